//! A training programme as articles, lists and its own page show it: who offers it, what follows what, how to apply.

use rust_decimal::Decimal;
use serde::Serialize;

use super::body::{Closed, Scene};
use super::view::{CalendarEntry, DateView, HospitalCard};
use super::{calendar, hospital, records};
use crate::locale::{Argument, DateStyle, Localized};
use crate::model::Subject;
use crate::model::programme::{Applications, Course, Place, Programme, ProgrammeKind};
use crate::model::question::{Question, asked};
use crate::parse::{BlockContent, Part};

/// A programme as templates receive it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgrammeView {
    /// What the data calls it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The tag for `lang` where the name is in another language.
    pub lang: Option<String>,
    /// Whether it is invented, as an example.
    pub sample: bool,
    /// Two sentences about it.
    pub summary: String,
    /// The tag for `lang` of the summary.
    pub summary_lang: Option<String>,
    /// What is known of it.
    pub facts: Vec<Fact>,
    /// Its courses.
    pub courses: Vec<Fact>,
}

/// One thing that is known, with its label.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// The tag for `lang` of the label.
    pub label_lang: Option<String>,
    /// The thing.
    pub text: String,
    /// The tag for `lang` of the text.
    pub lang: Option<String>,
    /// Where it leads.
    pub href: Option<String>,
}

/// A programme in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgrammeCard {
    /// What the data calls it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The tag for `lang` where the name is in another language.
    pub lang: Option<String>,
    /// The way to its page.
    pub href: Option<String>,
    /// What sort of training it is, in words.
    pub kind_label: String,
    /// Whether it is invented, as an example.
    pub sample: bool,
    /// Two sentences about it.
    pub summary: String,
    /// The tag for `lang` of the summary.
    pub summary_lang: Option<String>,
    /// From when until when applications are taken.
    pub applications: String,
}

/// A programme on its own page, and on one that compares its courses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgrammePage {
    /// What articles show of it.
    #[serde(flatten)]
    pub about: ProgrammeView,
    /// What lists show of it.
    pub card: ProgrammeCard,
    /// Whether the text of the page shows the facts itself.
    pub tells_facts: bool,
    /// Its courses, each with its panel; none where the text of the page shows panels of plans itself.
    pub plans: Vec<PlanView>,
    /// The panel that compares the courses by field, as HTML.
    pub totals: Option<String>,
    /// The panel with the rules and whether they hold, as HTML.
    pub rules: Option<String>,
    /// The way to the page that compares the courses.
    pub comparison: Option<String>,
    /// The hospitals where the training is.
    pub hospitals: Vec<HospitalCard>,
    /// Its days.
    pub calendar: Vec<CalendarEntry>,
    /// What must be said about it.
    pub note: Fact,
    /// Where this is from.
    pub source: Fact,
    /// The day of which this is.
    pub as_of: DateView,
}

/// A course on the page of its programme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanView {
    /// Its anchor, before that of its panel.
    pub id: String,
    /// Its name as label, and for whom it is.
    pub about: Fact,
    /// What of it is a reading and does not stand in the source.
    pub inferred: Fact,
    /// Where its years are.
    pub years: Vec<Fact>,
    /// Its panel as HTML.
    pub html: String,
}

/// The programmes of a list.
pub fn cards(scene: &Scene<'_>, wanted: impl Fn(&Programme) -> bool) -> Vec<ProgrammeCard> {
    scene.site.data.programmes().filter(|known| wanted(known)).map(|known| card(scene, known)).collect()
}

/// Whether some of the training is at a hospital, or the hospital offers it.
pub fn is_at(programme: &Programme, hospital: &str) -> bool {
    programme.hospital.as_deref() == Some(hospital) || sites(programme).contains(&hospital)
}

/// The ids of the hospitals of a programme, the one that offers it first.
fn sites(programme: &Programme) -> Vec<&str> {
    let years = programme.courses.iter().flat_map(|course| &course.years);
    let places = years.flat_map(|year| std::iter::once(&year.place).chain(year.blocks.iter().flat_map(|it| &it.place)));
    let mut ids: Vec<&str> = programme.hospital.as_deref().into_iter().collect();
    for id in places.flat_map(|place| &place.hospitals) {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    ids
}

/// The way to the page of a programme.
pub fn href(scene: &Scene<'_>, id: &str) -> Option<String> {
    let page = scene.site.page_about(scene.page, &Subject::Programme(id.to_owned()))?;
    Some(scene.site.settings.links.href(scene.standpoint, &page.route))
}

fn card(scene: &Scene<'_>, programme: &Programme) -> ProgrammeCard {
    let (name, lang) = shown(scene, &programme.name);
    let (summary, summary_lang) = programme.summary.as_ref().map(|text| shown(scene, text)).unwrap_or_default();
    let kind = match programme.kind {
        ProgrammeKind::ClinicalTraining => "clinical-training",
        ProgrammeKind::WideArea => "wide-area",
        ProgrammeKind::GeneralPractice => "general-practice",
        ProgrammeKind::Specialty => "specialty",
    };
    ProgrammeCard {
        id: programme.id.clone(),
        name,
        lang,
        href: href(scene, &programme.id),
        kind_label: word(scene, &format!("programme-kind-{kind}"), &[]),
        sample: programme.sample,
        summary,
        summary_lang,
        applications: programme.applications.as_ref().and_then(|it| when(scene, it)).unwrap_or_default(),
    }
}

/// The programme on its page, with the panels that the text does not show itself.
pub fn page(scene: &Scene<'_>, id: &str, closed: &mut Closed) -> Option<ProgrammePage> {
    let programme = scene.site.data.programme(id)?;
    let (tells_facts, tells_plans) = told(scene);
    let comparison = comparison(scene, id);
    let panel = |show: &str, closed: &mut Closed| {
        let options = serde_json::json!({"kind": "rotation", "id": show, "programme": id, "show": show});
        scene.made(&options, closed)
    };
    let plans: Vec<PlanView> = match tells_plans {
        true => Vec::new(),
        false => programme.courses.iter().filter_map(|course| plan(scene, programme, course, closed)).collect(),
    };
    // Where a page compares the courses, it shows their totals.
    let totals = (plans.len() > 1 && comparison.is_none()).then(|| panel("totals", closed)).flatten();
    let rules = (!tells_plans && !programme.rule_sets.is_empty()).then(|| panel("rules", closed)).flatten();
    let fact = |text: Option<&Localized>| {
        let (text, lang) = text.map(|text| shown(scene, text)).unwrap_or_default();
        Fact { text, lang, ..Fact::default() }
    };
    Some(ProgrammePage {
        about: view(scene, id)?,
        card: card(scene, programme),
        tells_facts,
        plans,
        totals,
        rules,
        comparison,
        hospitals: sites(programme).into_iter().filter_map(|id| hospital::card(scene, id)).collect(),
        calendar: calendar::of_programme(scene, programme),
        note: fact(programme.note.as_ref()),
        source: fact(Some(&programme.source)),
        as_of: records::date(scene, programme.as_of),
    })
}

/// Whether the text of the page shows the facts of a programme, and whether it shows plans.
fn told(scene: &Scene<'_>) -> (bool, bool) {
    let parts = scene.page.body().map(|body| body.parts.as_slice()).unwrap_or_default();
    let facts = |part: &Part| matches!(part, Part::Block(block) if block.name == "programme" && matches!(block.content, BlockContent::Data(_)));
    let plans = |part: &Part| matches!(part, Part::Panel(fence) if fence.text.lines().any(|it| it == "kind: rotation"));
    (parts.iter().any(facts), parts.iter().any(plans))
}

/// The page that compares the courses of a programme, seen from another one.
fn comparison(scene: &Scene<'_>, id: &str) -> Option<String> {
    let (site, here) = (scene.site, scene.page);
    let compares = |page: &&crate::model::Page| {
        page.template == "compare" && page.language == here.language && page.front.programme.as_deref() == Some(id)
    };
    asked(|| Question::Lists);
    let page = site.pages.iter().find(compares).filter(|page| page.route != here.route)?;
    Some(site.settings.links.href(scene.standpoint, &page.route))
}

fn plan(scene: &Scene<'_>, programme: &Programme, course: &Course, closed: &mut Closed) -> Option<PlanView> {
    let anchor = format!("course-{}", course.id);
    let options = serde_json::json!({
        "kind": "rotation", "id": format!("{anchor}-plan"), "programme": programme.id, "courses": [course.id],
    });
    let html = scene.made(&options, closed)?;
    let (label, label_lang) = shown(scene, &course.name);
    let (text, lang) = course.summary.as_ref().map(|text| shown(scene, text)).unwrap_or_default();
    let (inferred, inferred_lang) = course.inferred.as_ref().map(|text| shown(scene, text)).unwrap_or_default();
    let year = |(number, year): (usize, &crate::model::programme::Year)| {
        let number = Argument::Text((number + 1).to_string());
        let (text, lang) = place(scene, &year.place);
        Fact { label: word(scene, "rotation-year", &[("year", number)]), text, lang, ..Fact::default() }
    };
    Some(PlanView {
        id: anchor,
        about: Fact { label, label_lang, text, lang, href: None },
        inferred: Fact { text: inferred, lang: inferred_lang, ..Fact::default() },
        years: course.years.iter().enumerate().map(year).collect(),
        html,
    })
}

/// A place in words.
fn place(scene: &Scene<'_>, place: &Place) -> (String, Option<String>) {
    if let Some(name) = &place.name {
        return shown(scene, name);
    }
    let known = place.hospitals.iter().filter_map(|id| scene.site.data.hospital(id));
    let names: Vec<(String, Option<String>)> = known.map(|hospital| shown(scene, &hospital.name)).collect();
    let lang = names.iter().find_map(|(_, lang)| lang.clone());
    (names.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(" / "), lang)
}

/// The programme of that id.
pub fn view(scene: &Scene<'_>, id: &str) -> Option<ProgrammeView> {
    let programme = scene.site.data.programme(id)?;
    let (name, lang) = shown(scene, &programme.name);
    let (summary, summary_lang) = programme.summary.as_ref().map(|text| shown(scene, text)).unwrap_or_default();
    let course = |course: &crate::model::programme::Course| {
        let (label, label_lang) = shown(scene, &course.name);
        let (text, lang) = course.summary.as_ref().map(|text| shown(scene, text)).unwrap_or_default();
        Fact { label, label_lang, text, lang, href: None }
    };
    Some(ProgrammeView {
        id: programme.id.clone(),
        name,
        lang,
        sample: programme.sample,
        summary,
        summary_lang,
        facts: facts(scene, programme),
        courses: programme.courses.iter().map(course).collect(),
    })
}

fn shown(scene: &Scene<'_>, label: &Localized) -> (String, Option<String>) {
    let shown = scene.site.settings.shown(label, &scene.page.language);
    (shown.text, shown.lang)
}

fn word(scene: &Scene<'_>, key: &str, arguments: &[(&str, Argument)]) -> String {
    scene.words.get(key, arguments).unwrap_or_default()
}

fn facts(scene: &Scene<'_>, programme: &Programme) -> Vec<Fact> {
    let fact = |name: &str, text: String| {
        Some(Fact { label: word(scene, &format!("programme-{name}"), &[]), text, ..Fact::default() })
    };
    let label = |name: &str, text: &Option<Localized>| {
        let (text, lang) = shown(scene, text.as_ref()?);
        Some(Fact { lang, ..fact(name, text)? })
    };
    let count = |name: &str, count: Option<u32>| {
        let count = Argument::Number(Decimal::from(count?));
        fact(name, word(scene, "programme-people", &[("count", count)]))
    };
    let department = programme.department.as_deref().and_then(|id| scene.site.data.department_by_id(id));
    let department = department.map(|department| department.name.clone());
    let applications = programme.applications.as_ref();
    let facts = [
        at_hospital(scene, programme),
        label("department", &department),
        programme.intake_year.and_then(|year| {
            fact("intake", word(scene, "programme-intake-year", &[("year", Argument::Text(year.to_string()))]))
        }),
        count("places", programme.places),
        count("supervisors", programme.supervisors),
        label("pay", &programme.pay),
        label("housing", &programme.housing),
        label("duty", &programme.duty),
        applications.and_then(|applications| fact("applications", when(scene, applications)?)),
        applications.and_then(|applications| {
            let how = label("how", &applications.how);
            let href = applications.url.clone();
            let bare = || fact("how", href.clone()?);
            how.or_else(bare).map(|how| Fact { href: href.clone(), ..how })
        }),
        label("visits", &programme.visits),
        programme.url.as_ref().and_then(|url| Some(Fact { href: Some(url.clone()), ..fact("url", url.clone())? })),
    ];
    facts.into_iter().flatten().chain(contact(scene, programme)).collect()
}

fn at_hospital(scene: &Scene<'_>, programme: &Programme) -> Option<Fact> {
    let card = hospital::card(scene, programme.hospital.as_deref()?)?;
    let label = word(scene, "programme-hospital", &[]);
    Some(Fact { label, text: card.name, lang: card.html, href: card.href, ..Fact::default() })
}

/// Whom to write to, and where.
fn contact(scene: &Scene<'_>, programme: &Programme) -> Vec<Fact> {
    let Some(contact) = &programme.contact else { return Vec::new() };
    let (name, lang) = shown(scene, &contact.name);
    let office = Fact { label: word(scene, "programme-contact", &[]), text: name, lang, ..Fact::default() };
    let way = |key: &str, scheme: &str, text: &Option<String>| {
        let text = text.clone()?;
        let href = Some(format!("{scheme}:{text}"));
        Some(Fact { label: word(scene, key, &[]), text, href, ..Fact::default() })
    };
    let mail = way("programme-email", "mailto", &contact.email);
    let phone = way("programme-phone", "tel", &contact.phone);
    std::iter::once(office).chain(mail).chain(phone).collect()
}

/// From when until when applications are taken, and whether that is over.
fn when(scene: &Scene<'_>, applications: &Applications) -> Option<String> {
    let day = |day: jiff::civil::Date| scene.locale.date(day, DateStyle::Full);
    let text = |text: String| Argument::Text(text);
    let period = match (applications.from, applications.until) {
        (None, None) => return None,
        (Some(from), Some(until)) => {
            word(scene, "programme-from-until", &[("from", text(day(from))), ("until", text(day(until)))])
        }
        (Some(from), None) => word(scene, "programme-from", &[("from", text(day(from)))]),
        (None, Some(until)) => word(scene, "programme-until", &[("until", text(day(until)))]),
    };
    if applications.until.is_some_and(|until| until < scene.site.today) {
        return Some(word(scene, "programme-closed", &[("period", text(period))]));
    }
    Some(period)
}
