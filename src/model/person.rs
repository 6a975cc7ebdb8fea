//! A person, and what they agreed to.

use educe::Educe;
use jiff::civil::Date;
use serde::Serialize;

use super::freshness::as_text;
use crate::diagnostic::Span;
use crate::locale::Localized;
pub use crate::parse::data::Use;

/// A lecturer, a trainee, an author.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Person {
    /// What other files call them, and the name of their page.
    pub id: String,
    /// Their name.
    pub name: Localized,
    /// The name in kana.
    pub reading: Option<String>,
    /// What they do.
    pub role: Option<Localized>,
    /// Where they belong, in words.
    pub affiliation: Option<Localized>,
    /// The id of the hospital they work at.
    pub hospital: Option<String>,
    /// Whether they are made up: nobody has to agree.
    pub sample: bool,
    /// What they agreed to.
    pub consent: Vec<Consent>,
    /// Where their id stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

/// A use that a person agreed to. What a note says of it is for the office alone.
#[derive(Debug, Clone, Educe, Serialize)]
#[educe(PartialEq)]
pub struct Consent {
    /// What for.
    pub purpose: Use,
    /// The day on which they agreed.
    #[serde(serialize_with = "as_text")]
    pub given: Option<Date>,
    /// The last day for which they agreed; without one, until they say otherwise.
    #[serde(serialize_with = "as_text")]
    pub until: Option<Date>,
    /// Where it stands.
    #[educe(PartialEq(ignore))]
    pub span: Span,
}

/// Whether a person agreed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Agreement<'p> {
    /// They did, or are made up.
    Given,
    /// They did, and it has run out: the day, and the consent.
    Expired(Date, &'p Consent),
    /// They did not.
    Missing,
}

impl Person {
    /// Whether they agreed to that use and it holds on the day `today`.
    pub fn agreed(&self, purpose: Use, today: Date) -> Agreement<'_> {
        if self.sample {
            return Agreement::Given;
        }
        let begun = |consent: &&Consent| consent.given.is_none_or(|given| given <= today || today == Date::ZERO);
        let mut last = Agreement::Missing;
        for consent in self.consent.iter().filter(|consent| consent.purpose == purpose).filter(begun) {
            match (consent.until, last) {
                (Some(until), Agreement::Expired(known, _)) if until < today && until <= known => {}
                (Some(until), _) if until < today => last = Agreement::Expired(until, consent),
                _ => return Agreement::Given,
            }
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn consent_is_for_one_use_and_ends() {
        let span = Span::file(&"content/data/people.yaml".into());
        let consent = |purpose, until: Option<Date>| Consent { purpose, given: None, until, span: span.clone() };
        let person = Person {
            id: "p".into(),
            name: Localized::any("P"),
            reading: None,
            role: None,
            affiliation: None,
            hospital: None,
            sample: false,
            consent: vec![consent(Use::Name, None), consent(Use::Photograph, Some(date(2026, 3, 31)))],
            span: span.clone(),
        };
        assert_eq!(person.agreed(Use::Name, date(2030, 1, 1)), Agreement::Given);
        assert_eq!(person.agreed(Use::Photograph, date(2026, 3, 31)), Agreement::Given);
        assert!(matches!(person.agreed(Use::Photograph, date(2026, 4, 1)), Agreement::Expired(_, _)));
        assert_eq!(person.agreed(Use::Interview, date(2026, 4, 1)), Agreement::Missing);
        let sample = Person { sample: true, ..person };
        assert_eq!(sample.agreed(Use::Interview, date(2026, 4, 1)), Agreement::Given);
    }
}
