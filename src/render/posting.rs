//! Postings as pages show them: in lists, and each on its own page.

use rust_decimal::Decimal;

use super::body::Scene;
use super::hospital;
use super::records::{area_card, contact, date, href, optional, text};
use super::view::{Anchor, PostingView};
use crate::locale::Argument;
use crate::model::Subject;
use crate::model::posting::{Employment, Per, Posting, Salary};

/// A posting, in a list or on its own page.
pub fn view(scene: &Scene<'_>, posting: &Posting) -> PostingView {
    let data = &scene.site.data;
    let title = scene.site.settings.shown(&posting.title, &scene.page.language);
    let employment: Vec<String> =
        posting.employment.iter().map(|kind| word(scene, &format!("employment-{}", employment(*kind)), &[])).collect();
    let salary = posting.salary.as_ref();
    PostingView {
        id: posting.id.clone(),
        title: title.text,
        html: title.lang,
        href: href(scene, Subject::Posting(posting.id.clone())),
        closed: posting.is_closed(scene.site.today),
        sample: posting.sample,
        hospital: hospital::card(scene, &posting.hospital),
        area: posting.area.as_deref().and_then(|id| data.area(id)).map(|area| area_card(scene, area)),
        programme: posting.programme.as_deref().and_then(|id| programme(scene, id)),
        employment: employment.join(" / "),
        places: posting.places,
        salary: salary.map(|salary| paid(scene, salary)).unwrap_or_default(),
        salary_note: salary.map(|salary| optional(scene, &salary.note)).unwrap_or_default(),
        posted: date(scene, posting.posted),
        deadline: posting.deadline().map(|day| date(scene, day)),
        begins: posting.begins.map(|day| date(scene, day)),
        requirements: posting.requirements.iter().map(|label| text(scene, label)).collect(),
        how: optional(scene, &posting.how),
        url: posting.url.clone(),
        contact: posting.contact.as_ref().map(|known| contact(scene, known)),
        summary: text(scene, &posting.summary),
        note: optional(scene, &posting.note),
        source: optional(scene, &posting.source),
        as_of: posting.as_of.map(|day| date(scene, day)),
    }
}

/// Those postings that are `wanted` and still open: the one that closes next first, those without an end last.
pub fn open(scene: &Scene<'_>, wanted: impl Fn(&Posting) -> bool) -> Vec<PostingView> {
    let today = scene.site.today;
    let mut open: Vec<&Posting> =
        scene.site.data.postings().filter(|posting| !posting.is_closed(today) && wanted(posting)).collect();
    open.sort_by_key(|posting| (posting.deadline().is_none(), posting.deadline(), posting.posted, &posting.id));
    open.into_iter().map(|posting| view(scene, posting)).collect()
}

fn word(scene: &Scene<'_>, key: &str, arguments: &[(&str, Argument)]) -> String {
    scene.words.get(key, arguments).unwrap_or_default()
}

/// The programme of a posting, and a page about it where there is one in this language.
fn programme(scene: &Scene<'_>, id: &str) -> Option<Anchor> {
    let programme = scene.site.data.programme(id)?;
    let href = href(scene, Subject::Programme(programme.id.clone()));
    Some(Anchor { title: text(scene, &programme.name), href: href.unwrap_or_default() })
}

/// `月給 350,000〜400,000円`.
fn paid(scene: &Scene<'_>, salary: &Salary) -> String {
    let figure = |amount: Decimal| Argument::Text(scene.locale.number(amount));
    let amount = match salary.most {
        Some(most) => word(scene, "salary-range", &[("from", figure(salary.least)), ("to", figure(most))]),
        None => scene.locale.number(salary.least),
    };
    let amount = Argument::Text(amount);
    let money = match salary.currency.as_str() {
        "JPY" => word(scene, "salary-yen", &[("amount", amount)]),
        other => word(scene, "salary-money", &[("amount", amount), ("currency", Argument::Text(other.to_owned()))]),
    };
    let per = match salary.per {
        Per::Hour => "hour",
        Per::Day => "day",
        Per::Week => "week",
        Per::Month => "month",
        Per::Year => "year",
    };
    word(scene, &format!("salary-{per}"), &[("amount", Argument::Text(money))])
}

fn employment(kind: Employment) -> &'static str {
    match kind {
        Employment::FullTime => "full-time",
        Employment::PartTime => "part-time",
        Employment::Contract => "contract",
        Employment::Temporary => "temporary",
        Employment::PerDiem => "per-diem",
    }
}
