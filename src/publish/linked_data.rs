//! What machines are told of a page, from its view: JSON-LD after schema.org.

use serde_json::Value;

use crate::model::question::{Question, asked};
use crate::model::{Page, Route, Site, Subject};
use crate::parse::front_matter::Kind;
use crate::publish::structured_data::{
    Article, ArticleKind, Author, Dataset, Hospital, HospitalKind, Issue, Organization, Site as WebSite, Whole,
    WholeKind, article, breadcrumbs, dataset, hospital, issue, script, training as told, web_site,
};
use crate::render::Exhibit;
use crate::render::view::{HospitalView, IssueView, View, text};

mod training;

/// The JSON-LD of a page, ready for its script element. Empty where there is nothing to say.
pub(super) fn of(site: &Site, page: &Page, view: &View, exhibits: &[Exhibit]) -> String {
    let teller = Teller { site, page, view };
    let mut values = match &page.subject {
        Subject::Home => vec![web_site(&teller.web_site())],
        Subject::Article => teller.article_and_programme(),
        Subject::Programme(_) => teller.of_programme().into_iter().collect(),
        Subject::Hospital(_) => view.hospital.iter().filter_map(|own| hospital(&teller.hospital(own))).collect(),
        Subject::Event(id) => teller.of_event(id).into_iter().collect(),
        Subject::Posting(id) => {
            let known = site.data.posting(id).and_then(|known| teller.posting(known));
            known.and_then(|known| told::posting(&known)).into_iter().collect()
        }
        _ => Vec::new(),
    };
    match &view.issue {
        Some(_) if page.is_for_paper() => {}
        Some(shown) => values.extend(teller.issue_shown(shown).as_ref().map(issue)),
        None if page.subject == Subject::Home && view.page.extra.get("issue").is_some() => {
            values.push(issue(&teller.issue()));
        }
        None => {}
    }
    if view.breadcrumbs.len() > 1 && page.subject != Subject::NotFound {
        values.extend(breadcrumbs(&teller.steps()));
    }
    values.extend(exhibits.iter().filter_map(|exhibit| Some(dataset(&teller.dataset(exhibit)?))));
    if values.is_empty() { String::new() } else { script(&values) }
}

struct Teller<'v> {
    site: &'v Site,
    page: &'v Page,
    view: &'v View,
}

/// `None` for an empty text.
fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl Teller<'_> {
    fn canonical(&self, route: &Route) -> String {
        self.site.settings.links.canonical(route)
    }

    fn home(&self) -> String {
        self.canonical(&Route::page([self.site.settings.prefix(&self.page.language)]))
    }

    fn publisher(&self) -> Option<Organization> {
        let publisher = &self.view.site.publisher;
        (!publisher.name.is_empty()).then(|| Organization {
            name: publisher.name.clone(),
            url: publisher.url.clone(),
            logo: None,
            address: some(&publisher.address),
            email: publisher.email.clone(),
        })
    }

    fn images(&self) -> Vec<String> {
        self.view.page.cover.iter().map(|cover| cover.canonical.clone()).collect()
    }

    fn web_site(&self) -> WebSite {
        let settings = &self.site.settings;
        let name = self.view.site.title.clone();
        WebSite {
            other_names: settings.title.texts().filter(|other| **other != *name).map(str::to_owned).collect(),
            name,
            url: self.home(),
            description: some(&self.view.site.description),
            languages: vec![self.page.language.html().to_owned()],
            publisher: self.publisher(),
        }
    }

    fn whole(&self) -> Whole {
        Whole { kind: WholeKind::WebSite, name: self.view.site.title.clone(), url: self.home() }
    }

    /// What an article is a part of: its issue, or else the site.
    fn whole_of_article(&self) -> Whole {
        match self.site.issues_with(self.page).zip(&self.view.page.issues).next() {
            Some((cover, issue)) => Whole {
                kind: WholeKind::PublicationIssue,
                name: issue.title.clone(),
                url: self.canonical(&cover.route),
            },
            None => self.whole(),
        }
    }

    fn article(&self) -> Article {
        let (page, front) = (&self.view.page, &self.page.front);
        let summary = if page.description.is_empty() { &page.summary } else { &page.description };
        Article {
            kind: match front.kind {
                Some(Kind::News) => ArticleKind::NewsArticle,
                Some(Kind::Report) => ArticleKind::Report,
                _ => ArticleKind::Article,
            },
            headline: page.title.clone(),
            description: some(summary),
            url: page.canonical.clone(),
            published: front.date.map(|date| date.to_string()),
            updated: front.updated.map(|date| date.to_string()),
            authors: page.authors.iter().map(|name| Author::Person { name: name.clone(), url: None }).collect(),
            publisher: self.publisher(),
            images: self.images(),
            language: self.page.language.html().to_owned(),
            part_of: Some(self.whole_of_article()),
            keywords: front.tags.clone(),
        }
    }

    /// An article, and the programme that it is about.
    fn article_and_programme(&self) -> Vec<Value> {
        std::iter::once(article(&self.article())).chain(self.of_programme()).collect()
    }

    /// The programme whose page it is.
    fn of_programme(&self) -> Option<Value> {
        let plan = self.site.data.programme(self.page.programme()?)?;
        told::programme(&self.programme(plan)?)
    }

    fn of_event(&self, id: &str) -> Option<Value> {
        let event = self.event(self.site.data.event(id)?, self.view.event.as_ref()?)?;
        told::event(&event)
    }

    fn hospital(&self, own: &HospitalView) -> Hospital {
        Hospital {
            kind: if own.kind == "clinic" { HospitalKind::Clinic } else { HospitalKind::Hospital },
            name: own.name.clone(),
            other_names: own.reading.iter().cloned().collect(),
            page: self.view.page.canonical.clone(),
            url: own.url.clone(),
            description: some(&own.summary),
            address: some(&own.address),
            place: self.address(None, own.area.as_ref().map(|area| area.id.as_str())),
            telephone: own.phone.clone(),
            email: own.email.clone(),
            point: own.point,
            departments: own.departments.clone(),
            images: self.images(),
            sample: self.hides(own.sample),
        }
    }

    fn issue(&self) -> Issue {
        let page = &self.view.page;
        let number = page.extra.pointer("/issue/number").and_then(|number| match number {
            serde_json::Value::String(text) => Some(text.clone()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        });
        asked(|| Question::Lists);
        let own = |id: &&usize| self.site.pages[**id].language == self.page.language;
        let sections = self.site.sections.iter().filter(|((language, _), _)| *language == self.page.language);
        let articles = sections.flat_map(|(_, section)| section.pages.iter().filter(own));
        let dated = articles.map(|id| &self.site.pages[*id]).filter(|page| page.front.date.is_some());
        Issue {
            name: page.title.clone(),
            number,
            url: page.canonical.clone(),
            description: some(&page.description),
            published: self.page.front.date.map(|date| date.to_string()),
            images: self.images(),
            language: self.page.language.html().to_owned(),
            part_of: Some(self.whole()),
            publisher: self.publisher(),
            articles: dated.map(|page| (page.title.clone(), self.canonical(&page.route))).collect(),
        }
    }

    /// An issue with a page of its own, on that page and on the title page that shows it.
    fn issue_shown(&self, shown: &IssueView) -> Option<Issue> {
        let cover = self.site.issue_of(self.page)?;
        let articles = self.site.articles_of(cover);
        Some(Issue {
            name: shown.title.clone(),
            number: cover.front.issue.as_ref().and_then(|issue| issue.number.clone()),
            url: self.canonical(&cover.route),
            description: some(&shown.description),
            published: shown.date.as_ref().map(|date| date.iso.clone()),
            images: shown.cover.iter().map(|cover| cover.canonical.clone()).collect(),
            language: cover.language.html().to_owned(),
            part_of: Some(Whole { kind: WholeKind::Periodical, ..self.whole() }),
            publisher: self.publisher(),
            articles: articles
                .into_iter()
                .zip(&shown.articles)
                .map(|(id, card)| (text(&card.title).to_owned(), self.canonical(&self.site.pages[id].route)))
                .collect(),
        })
    }

    fn dataset(&self, exhibit: &Exhibit) -> Option<Dataset> {
        let facts = exhibit.facts.as_ref()?;
        Some(Dataset {
            name: facts.name.clone(),
            description: facts.description.clone(),
            url: format!("{}#{}", self.view.page.canonical, facts.id),
            creator: some(&self.view.site.publisher.name),
            licence: self.site.settings.licence.as_ref().map(|licence| licence.url.clone()),
            csv: exhibit.csv.as_ref().map(|route| self.canonical(route)),
            period: facts.period.clone(),
            places: facts.places.clone(),
            measures: facts.measures.clone(),
        })
    }

    fn steps(&self) -> Vec<(String, String)> {
        let mut steps = Vec::new();
        let mut folder = self.page.section.clone();
        while let Some(section) = folder.and_then(|folder| self.site.section_page(&self.page.language, &folder)) {
            steps.push((section.title.clone(), self.canonical(&section.route)));
            folder = section.section.clone();
        }
        steps.reverse();
        // The words of the way are those that the page shows; the last step is the page itself.
        let mut named: Vec<(String, String)> =
            steps.into_iter().zip(&self.view.breadcrumbs).map(|((_, url), crumb)| (crumb.title.clone(), url)).collect();
        named.push((self.view.page.title.clone(), self.view.page.canonical.clone()));
        named
    }
}
