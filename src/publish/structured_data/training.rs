//! Events, postings and programmes, as Google's pages on Event, JobPosting and job training ask for them.

use serde_json::Value;

use super::{Author, Node, Organization, organization, postal_code, prefecture};

/// A place on a map, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// The address in one line.
    pub line: Option<String>,
    /// The city, town or village.
    pub locality: Option<String>,
    /// The prefecture.
    pub region: Option<String>,
    /// Whether it is in Japan.
    pub in_japan: bool,
}

impl Address {
    /// The address as a node, where anything of it is known.
    pub(super) fn node(&self) -> Option<Value> {
        let (code, rest) = self.line.as_deref().map_or((None, ""), |line| postal_code(line.trim()));
        let (region, street) = prefecture(rest);
        let in_japan = self.in_japan || code.is_some() || !region.is_empty();
        let region = if region.is_empty() { self.region.as_deref().unwrap_or_default() } else { region };
        let locality = self.locality.as_deref().unwrap_or_default();
        // The line itself says the town again.
        let street = street.strip_prefix(locality).unwrap_or(street).trim_start();
        let known = !street.is_empty() || !region.is_empty() || self.locality.is_some();
        let node = Node::new("PostalAddress")
            .maybe("postalCode", &code)
            .text("addressRegion", region)
            .maybe("addressLocality", &self.locality)
            .text("streetAddress", street)
            .text("addressCountry", if in_japan { "JP" } else { "" });
        known.then(|| node.done())
    }
}

/// Whether an event will be as planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum EventState {
    /// It will.
    #[default]
    Scheduled,
    /// It was to begin at another time: which, as in `start`.
    Rescheduled(String),
    /// It does not take place.
    Cancelled,
}

/// An event at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// A sentence or two.
    pub description: Option<String>,
    /// The absolute address of its page.
    pub url: String,
    /// When it begins: a date, or a date with a time and an offset.
    pub start: String,
    /// When it ends.
    pub end: Option<String>,
    /// Whether it will be as planned.
    pub state: EventState,
    /// The name of its place.
    pub place: String,
    /// Where that is.
    pub address: Address,
    /// Who holds it.
    pub organizer: Option<Organization>,
    /// Who speaks or leads: only those who agreed to be named.
    pub performers: Vec<Author>,
    /// How many can take part.
    pub capacity: Option<u32>,
    /// Absolute addresses of pictures.
    pub images: Vec<String>,
    /// The language of its page, as `lang` takes it.
    pub language: String,
}

/// An event. `None` where nobody knows where it is: Google asks for an address.
pub fn event(event: &Event) -> Option<Value> {
    let state = match &event.state {
        EventState::Scheduled => "EventScheduled",
        EventState::Rescheduled(_) => "EventRescheduled",
        EventState::Cancelled => "EventCancelled",
    };
    let previous = match &event.state {
        EventState::Rescheduled(start) => Some(start.clone()),
        _ => None,
    };
    let address = event.address.node()?;
    let place = Node::new("Place").text("name", &event.place).node("address", Some(address)).done();
    let node = Node::new("Event")
        .text("name", &event.name)
        .maybe("description", &event.description)
        .text("startDate", &event.start)
        .maybe("endDate", &event.end)
        .text("eventStatus", &format!("https://schema.org/{state}"))
        .maybe("previousStartDate", &previous)
        .node("location", Some(place))
        .node("organizer", event.organizer.as_ref().map(organization))
        .list("performer", event.performers.iter().map(super::author))
        .node("maximumAttendeeCapacity", event.capacity.map(Value::from))
        .texts("image", &event.images)
        .text("inLanguage", &event.language)
        .text("url", &event.url);
    Some(node.done())
}

/// A posting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posting {
    /// What the employer calls it.
    pub id: String,
    /// What the job is called.
    pub title: String,
    /// What it is, as HTML.
    pub description: String,
    /// The absolute address of its page.
    pub url: String,
    /// The day on which it was posted.
    pub posted: String,
    /// The last moment for applications.
    pub until: Option<String>,
    /// The kinds of employment as Google names them: `FULL_TIME`.
    pub employment: Vec<String>,
    /// Who employs.
    pub employer: Organization,
    /// Where the work is.
    pub address: Address,
    /// What is paid.
    pub salary: Option<Salary>,
    /// How many are taken.
    pub places: Option<u32>,
    /// The first day of work.
    pub begins: Option<String>,
    /// What applicants must have.
    pub requirements: Vec<String>,
    /// Whom to write to.
    pub contact: Option<Organization>,
}

/// What is paid for a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salary {
    /// The least.
    pub least: u64,
    /// The most, where it is not the same.
    pub most: Option<u64>,
    /// The currency by its three letters.
    pub currency: String,
    /// `HOUR`, `DAY`, `WEEK`, `MONTH`, `YEAR`.
    pub unit: String,
}

/// A posting that is open. `None` where nobody knows where the work is: Google asks for an address.
pub fn posting(posting: &Posting) -> Option<Value> {
    let place = Node::new("Place").node("address", Some(posting.address.node()?)).done();
    let identifier = Node::new("PropertyValue").text("name", &posting.employer.name).text("value", &posting.id).done();
    let contact = |office: &Organization| {
        Node::new("ContactPoint").text("name", &office.name).maybe("email", &office.email).done()
    };
    let node = Node::new("JobPosting")
        .text("title", &posting.title)
        .text("description", &posting.description)
        .text("datePosted", &posting.posted)
        .maybe("validThrough", &posting.until)
        .texts("employmentType", &posting.employment)
        .node("hiringOrganization", Some(organization(&posting.employer)))
        .node("identifier", Some(identifier))
        .node("jobLocation", Some(place))
        .node("baseSalary", posting.salary.as_ref().map(salary))
        .node("totalJobOpenings", posting.places.map(Value::from))
        .maybe("jobStartDate", &posting.begins)
        .texts("qualifications", &posting.requirements)
        .node("applicationContact", posting.contact.as_ref().map(contact))
        // Nobody can apply on the page itself.
        .value("directApply", Value::from(false))
        .text("url", &posting.url);
    Some(node.done())
}

fn salary(salary: &Salary) -> Value {
    let value = match salary.most {
        Some(most) => Node::new("QuantitativeValue")
            .value("minValue", Value::from(salary.least))
            .value("maxValue", Value::from(most)),
        None => Node::new("QuantitativeValue").value("value", Value::from(salary.least)),
    };
    let value = value.text("unitText", &salary.unit).done();
    Node::new("MonetaryAmount").text("currency", &salary.currency).node("value", Some(value)).done()
}

/// A training programme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Programme {
    /// Its name.
    pub name: String,
    /// A sentence or two.
    pub description: String,
    /// The absolute address of its page.
    pub url: String,
    /// Who offers it.
    pub provider: Option<Organization>,
    /// Where that is.
    pub address: Address,
    /// How many years it takes, where all its courses take as many.
    pub years: Option<usize>,
    /// Its first day.
    pub starts: Option<String>,
    /// The first day for applications.
    pub applications_from: Option<String>,
    /// The last day for applications.
    pub applications_until: Option<String>,
    /// How many it takes a year.
    pub places: Option<u32>,
    /// The names of its courses.
    pub courses: Vec<String>,
}

/// A training programme. `None` where nothing is said of it.
pub fn programme(programme: &Programme) -> Option<Value> {
    if programme.description.trim().is_empty() {
        return None;
    }
    let provider = programme.provider.as_ref().map(|provider| {
        let node = Node::new("Organization").text("name", &provider.name).maybe("url", &provider.url);
        node.node("address", programme.address.node()).maybe("email", &provider.email).done()
    });
    let course = |name: &String| {
        let node = Node::new("Course").text("name", name).text("description", &programme.description);
        node.node("provider", provider.clone()).done()
    };
    let courses: Vec<Value> = programme.courses.iter().map(course).collect();
    let node = Node::new("EducationalOccupationalProgram")
        .text("name", &programme.name)
        .text("description", &programme.description)
        .text("url", &programme.url)
        .node("provider", provider)
        .maybe("timeToComplete", &programme.years.map(|years| format!("P{years}Y")))
        .maybe("startDate", &programme.starts)
        .maybe("applicationStartDate", &programme.applications_from)
        .maybe("applicationDeadline", &programme.applications_until)
        .node("maximumEnrollment", programme.places.map(Value::from))
        .list("hasCourse", courses.into_iter());
    Some(node.done())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn iwaki() -> Address {
        Address {
            line: Some("〒970-0000 福島県いわき市見本町1".to_owned()),
            locality: Some("いわき市".to_owned()),
            region: None,
            in_japan: true,
        }
    }

    #[test]
    fn an_event_without_a_place_is_not_told_of() {
        assert_eq!(event(&Event { name: "会".to_owned(), ..Event::default() }), None);
        assert_eq!(posting(&Posting::default()), None);
    }

    #[test]
    fn an_event_tells_what_has_become_of_it() {
        let of = |state| event(&Event { name: "会".to_owned(), state, address: iwaki(), ..Event::default() }).unwrap();
        assert_eq!(of(EventState::Cancelled)["eventStatus"], "https://schema.org/EventCancelled");
        let moved = of(EventState::Rescheduled("2026-07-01".to_owned()));
        assert_eq!(moved["eventStatus"], "https://schema.org/EventRescheduled");
        assert_eq!(moved["previousStartDate"], "2026-07-01");
        assert_eq!(
            moved["location"]["address"],
            json!({
                "@type": "PostalAddress",
                "postalCode": "970-0000",
                "addressRegion": "福島県",
                "addressLocality": "いわき市",
                "streetAddress": "見本町1",
                "addressCountry": "JP",
            })
        );
    }

    #[test]
    fn pay_is_one_amount_or_a_range() {
        let one = Salary { least: 300_000, most: None, currency: "JPY".to_owned(), unit: "MONTH".to_owned() };
        let range = Salary { most: Some(400_000), ..one.clone() };
        assert_eq!(
            salary(&one),
            json!({"@type": "MonetaryAmount", "currency": "JPY",
                "value": {"@type": "QuantitativeValue", "value": 300_000, "unitText": "MONTH"}})
        );
        assert_eq!(salary(&range)["value"]["minValue"], 300_000);
        assert_eq!(salary(&range)["value"]["maxValue"], 400_000);
    }
}
