//! A training programme as an article shows it: who offers it, how many it takes, what it pays, how to apply.

use rust_decimal::Decimal;
use serde::Serialize;

use super::body::Scene;
use super::hospital;
use crate::locale::{Argument, DateStyle, Localized};
use crate::model::programme::{Applications, Programme};

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
