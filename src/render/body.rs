//! Closes the holes of a body: values, links, pictures, panels and blocks become HTML.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_yaml::Mapping;
use tera::Value;

use crate::derive;
use crate::diagnostic::{Diagnostic, Span, page as findings, rotation, say};
use crate::locale::{DateStyle, Locale, Localized, Words};
use crate::media::Pictures;
use crate::model::numbering::Numbers;
use crate::model::{Page, Route, Site, Standpoint, Subject};
use crate::panel::metadata::Facts;
use crate::panel::{self, OnPage, Panel};
use crate::parse::tree;
use crate::parse::{Block, BlockContent, Body, Fence, Formula, Image, Part, Question, Target, japanese};
use crate::render::exhibit::Paths;
use crate::render::picture::PictureView;
use crate::render::shared::Shared;
use crate::render::terms::Linker;
use crate::render::theme::Theme;
use crate::render::view::Ready;

/// What it takes to show the text of one page from one standpoint.
pub struct Scene<'s> {
    /// The site.
    pub site: &'s Site,
    /// The theme of the page.
    pub theme: &'s Theme,
    /// The formats of its language.
    pub locale: &'s Locale,
    /// The interface words of its language.
    pub words: &'s Words,
    /// The page.
    pub page: &'s Page,
    /// From where its links are seen.
    pub standpoint: Standpoint<'s>,
    /// The pictures, ready to be shown.
    pub pictures: &'s Pictures,
    /// What it has in common with other pages.
    pub shared: &'s Shared,
}

/// A panel that a page shows, for those who publish it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibit {
    /// The kind of the panel.
    pub kind: &'static str,
    /// What is said of its figures to machines, where the page says anything to them.
    pub facts: Option<Facts>,
    /// The address of its CSV, where one is written.
    pub csv: Option<Route>,
    /// The files that are written for it.
    pub files: Vec<(Route, Vec<u8>)>,
}

/// A text that is being closed: what came out so far.
#[derive(Default)]
pub struct Closed {
    /// The HTML.
    pub html: String,
    /// Its panels.
    pub exhibits: Vec<Exhibit>,
    /// What was wrong.
    pub findings: Vec<Diagnostic>,
    /// Whether a picture has a colour that a style sheet gives it.
    pub has_placeholders: bool,
    pictures_seen: usize,
    panels_seen: usize,
    /// Whether the text runs downwards, where short numbers stand upright.
    vertical: bool,
    /// Links terms of the glossary.
    linker: Option<Linker>,
    /// Outdated indicators whose values stand in the text; `None` where they are not marked.
    outdated: Option<BTreeSet<String>>,
}

impl Closed {
    fn pause_links(&mut self, paused: bool) {
        if let Some(linker) = &mut self.linker {
            linker.paused = paused;
        }
    }
}

/// A picture as templates get it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImageView {
    /// Its files.
    #[serde(flatten)]
    pub picture: PictureView,
    /// What a reader who can't see it is told.
    pub alt: String,
    /// Whether it may wait until it comes into view.
    pub lazy: bool,
    /// The caption as HTML.
    pub caption: String,
    /// The anchor.
    pub id: Option<String>,
    /// Classes that the author gave.
    pub classes: Vec<String>,
    /// `図1`, where it is numbered.
    pub number: Option<String>,
}

/// The fields of a `profile` block.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Profile {
    person: Option<String>,
    name: String,
    role: Option<String>,
    image: Option<String>,
    alt: Option<String>,
    sample: bool,
    rows: Mapping,
}

/// The fields of a `hospital` or `programme` block.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordBlock {
    id: String,
}

impl Scene<'_> {
    /// The language in which figures are printed.
    pub fn wording(&self) -> derive::Wording<'_> {
        let default_language = self.site.settings.default_language();
        derive::Wording { locale: self.locale, words: self.words, default_language }
    }

    /// The whole body as HTML.
    pub fn close(&self, body: &Body) -> Closed {
        // A cover is seen before the text.
        let pictures_seen = usize::from(self.page.front.cover.is_some());
        let (linker, outdated) = (Linker::new(self), Some(BTreeSet::new()));
        let html = String::with_capacity(body.parts.iter().map(Part::length).sum());
        let mut closed = Closed { html, linker, outdated, pictures_seen, ..Closed::default() };
        self.parts(&body.parts, self.site.numbers(self.page), &mut closed);
        self.note_outdated(&mut closed);
        closed
    }

    /// A few parts as HTML: a summary, a caption.
    pub fn close_parts(&self, parts: &[Part]) -> Closed {
        let mut closed = Closed::default();
        self.parts(parts, self.site.numbers(self.page), &mut closed);
        closed
    }

    fn parts(&self, parts: &[Part], numbers: &Numbers, closed: &mut Closed) {
        for part in parts {
            match part {
                Part::Html(html) => match &mut closed.linker {
                    Some(linker) => linker.push(html, &mut closed.html),
                    None => closed.html.push_str(html),
                },
                Part::Value(formula) => self.value(formula, closed),
                Part::Address(target) => self.address(target, closed),
                Part::Reference(target) => self.reference(target, closed),
                Part::Place(target) => closed.html.push_str(&escape(&self.place(&target.text))),
                Part::Label(target) => self.label(target, numbers, closed),
                Part::Image(image) => self.image(image, numbers, closed),
                Part::Panel(fence) => self.panel(fence, numbers, closed),
                Part::Block(block) => self.block(block, numbers, closed),
            }
        }
    }

    fn value(&self, formula: &Formula, closed: &mut Closed) {
        let figure = derive::formula::evaluate(formula, &self.site.data).take(&mut closed.findings);
        let text = figure.as_ref().map_or_else(|| "…".to_owned(), |figure| figure.print(self.wording()));
        if closed.vertical {
            upright(&text, &mut closed.html);
        } else {
            closed.html.push_str(&escape(&text));
        }
        let inputs = figure.into_iter().flat_map(|figure| figure.value.inputs);
        let indicators = inputs.filter_map(|input| self.site.data.indicator(&input.indicator));
        let old: Vec<String> =
            indicators.filter(|indicator| indicator.outdated.is_some()).map(|indicator| indicator.id.clone()).collect();
        if let Some(outdated) = closed.outdated.as_mut().filter(|_| !old.is_empty()) {
            outdated.extend(old);
            closed.html.push_str(&self.mark());
        }
    }

    /// The mark beside a value that is past its date: a dagger to the eye, words to the ear.
    fn mark(&self) -> String {
        let words = escape(&self.wording().say("outdated-aside", &[]));
        format!("<span class=\"past\"><sup aria-hidden=\"true\">†</sup><span class=\"vh\">{words}</span></span>")
    }

    /// What the marks mean, below the text: which figures were to be renewed, and when.
    fn note_outdated(&self, closed: &mut Closed) {
        let ids = closed.outdated.take().unwrap_or_default();
        let indicators: Vec<_> = ids.iter().filter_map(|id| self.site.data.indicator(id)).collect();
        if indicators.is_empty() {
            return;
        }
        let wording = self.wording();
        closed.html.push_str("\n<ul class=\"past-notes\">\n");
        for indicator in indicators {
            let Some(outdated) = indicator.outdated else { continue };
            let date = wording.locale.date(outdated.day(), DateStyle::Long);
            let key = format!("outdated-{}", outdated.name());
            let note = wording.say(&key, &[("name", wording.text(&indicator.name)), ("date", &date)]);
            closed.html.push_str(&format!("<li><span aria-hidden=\"true\">† </span>{}</li>\n", escape(&note)));
        }
        closed.html.push_str("</ul>\n");
    }

    fn address(&self, target: &Target, closed: &mut Closed) {
        match self.site.resolve(self.page, target) {
            // A place on this page needs no address but its own.
            Ok(_) if target.text.starts_with('#') => closed.html.push_str(&escape(&target.text.replace(' ', "%20"))),
            Ok(destination) => {
                let mut href = self.site.settings.links.href(self.standpoint, &destination.route);
                if let Some(fragment) = destination.fragment {
                    href = format!("{href}#{fragment}");
                }
                closed.html.push_str(&escape(&href));
            }
            Err(finding) => closed.findings.push(finding),
        }
    }

    /// The number of a table or formula where it stands itself.
    fn label(&self, target: &Target, numbers: &Numbers, closed: &mut Closed) {
        if let Some(number) = numbers.get(&target.text) {
            closed.html.push_str(&escape(&self.numbered(&target.text, *number)));
        }
    }

    /// `図3` / `Figure 3`: the word by the beginning of the id.
    pub fn numbered(&self, id: &str, number: usize) -> String {
        let key = match id.split(':').next() {
            Some("tbl") => "table-number",
            Some("eq") => "formula-number",
            _ => "figure-number",
        };
        let argument = crate::locale::Argument::Number(number.into());
        self.words.get(key, &[("number", argument)]).unwrap_or_else(|| number.to_string())
    }

    fn image(&self, image: &Image, numbers: &Numbers, closed: &mut Closed) {
        let view = self.image_view(image, numbers, closed);
        let template = if image.figure { "blocks/figure.html" } else { "blocks/image.html" };
        self.fill(template, "block", &view, closed);
    }

    fn image_view(&self, image: &Image, numbers: &Numbers, closed: &mut Closed) -> ImageView {
        let picture = self.picture(&image.source, closed);
        let caption = self.close_parts(&image.caption);
        closed.findings.extend(caption.findings);
        closed.pictures_seen += 1;
        ImageView {
            picture,
            alt: image.alt.clone(),
            lazy: closed.pictures_seen > 1,
            caption: caption.html,
            id: image.id.clone(),
            classes: image.classes.clone(),
            number: image.id.as_ref().and_then(|id| Some(self.numbered(id, *numbers.get(id)?))),
        }
    }

    fn panel(&self, fence: &Fence, numbers: &Numbers, closed: &mut Closed) {
        closed.panels_seen += 1;
        let panel = self.shared.panel(self, fence, closed.panels_seen);
        let Some(panel) = panel.take(&mut closed.findings) else { return };
        let number = self.numbers_word(&panel.id, numbers);
        // A panel before the first heading of the text comes right below the title of the page.
        let level = if closed.html.contains("<h2") { 3 } else { 2 };
        self.hang(&panel, number, level, closed);
    }

    /// A panel that nobody wrote, from its options, for a place below a heading of the second level. What is wrong with
    /// its figures is reported where they are written.
    pub(super) fn made(&self, options: &serde_json::Value, closed: &mut Closed) -> Option<String> {
        closed.panels_seen += 1;
        let text = options.to_string();
        let fence = Fence { span: Span::new(&"site.toml".into(), 0, text.len()), text };
        let context =
            panel::Context { data: &self.site.data, wording: self.wording(), number_on_page: closed.panels_seen };
        let panel = self.ready(panel::compose(&fence, &context).take(&mut Vec::new())?);
        let outer = std::mem::take(&mut closed.html);
        self.hang(&panel, None, 3, closed);
        Some(std::mem::replace(&mut closed.html, outer))
    }

    /// A panel for the template of its kind.
    pub(super) fn ready(&self, panel: Panel) -> Ready<Panel> {
        let names = self.theme.names(&format!("panels/{}", panel.kind));
        Ready::sparing(panel, names)
    }

    /// Puts a panel into the text, with its files.
    fn hang(&self, panel: &Ready<Panel>, number: Option<String>, level: u8, closed: &mut Closed) {
        let paths = Paths::of(self, panel);
        let view = panel.and(&OnPage::new(number.clone(), paths.from(self, self.standpoint), level));
        self.fill(&format!("panels/{}.html", panel.kind), "panel", &view, closed);
        let exhibit = self.exhibit(panel, number, &paths, closed);
        closed.exhibits.push(exhibit);
    }

    fn numbers_word(&self, id: &str, numbers: &Numbers) -> Option<String> {
        numbers.get(id).map(|number| self.numbered(id, *number))
    }

    fn block(&self, block: &Block, numbers: &Numbers, closed: &mut Closed) {
        let context = match &block.content {
            BlockContent::Prose { body, byline } => self.prose(block, body, byline, numbers, closed),
            BlockContent::Questions(questions) => self.questions(questions, numbers, closed),
            BlockContent::Images(images) => {
                let images: Vec<ImageView> =
                    images.iter().map(|image| self.image_view(image, numbers, closed)).collect();
                Some(Value::from_serializable(&BTreeMap::from([("images", images)])))
            }
            BlockContent::Data(_) if block.name == "figures" => return self.list_of("figures", closed),
            BlockContent::Data(_) if block.name == "tables" => return self.list_of("tables", closed),
            BlockContent::Data(fence) if block.name == "hospital" => self.hospital(fence, closed),
            BlockContent::Data(fence) if block.name == "programme" => self.programme(fence, closed),
            BlockContent::Data(fence) => self.profile(fence, closed),
        };
        if let Some(context) = context {
            self.fill(&format!("blocks/{}.html", block.name), "block", &context, closed);
        }
    }

    fn prose(
        &self,
        block: &Block,
        body: &Body,
        byline: &[Part],
        numbers: &Numbers,
        closed: &mut Closed,
    ) -> Option<Value> {
        closed.vertical = block.name == "tate";
        closed.pause_links(true);
        let html = self.inner(&body.parts, numbers, closed);
        closed.vertical = false;
        let byline = self.inner(byline, numbers, closed);
        closed.pause_links(false);
        let arguments = Value::from_serializable(&block.arguments);
        let fields = [("html", Value::from(html)), ("byline", Value::from(byline)), ("arguments", arguments)];
        Some(Value::from_serializable(&BTreeMap::from(fields)))
    }

    fn questions(&self, questions: &[Question], numbers: &Numbers, closed: &mut Closed) -> Option<Value> {
        #[derive(Serialize)]
        struct Item {
            question: String,
            speaker: Option<String>,
            answer: String,
        }
        let mut items = Vec::new();
        for question in questions {
            // A question is a heading.
            closed.pause_links(true);
            let asked = self.inner(&question.question, numbers, closed);
            closed.pause_links(false);
            let answer = self.inner(&question.answer.parts, numbers, closed);
            items.push(Item { question: asked, speaker: question.speaker.clone(), answer });
        }
        Some(Value::from_serializable(&BTreeMap::from([("items", items)])))
    }

    /// Parts within a block: their findings and files count, their HTML goes elsewhere.
    fn inner(&self, parts: &[Part], numbers: &Numbers, closed: &mut Closed) -> String {
        let outer = std::mem::take(&mut closed.html);
        self.parts(parts, numbers, closed);
        std::mem::replace(&mut closed.html, outer)
    }

    fn profile(&self, fence: &Fence, closed: &mut Closed) -> Option<Value> {
        #[derive(Serialize)]
        struct View {
            name: String,
            role: Option<String>,
            image: Option<ImageView>,
            sample: bool,
            href: Option<String>,
            rows: Vec<Row>,
        }
        #[derive(Serialize)]
        struct Row {
            label: String,
            value: String,
        }
        let read = tree::read::<Profile>(&fence.span.path, &fence.text, fence.span.start).take(&mut closed.findings)?;
        let Profile { person, name, role, image, alt, sample, rows } = read.value;
        // That there is such a person, and that they agreed, `check` sees to.
        let person = person.and_then(|id| self.site.data.person(&id));
        let text = |label: &Localized| self.site.settings.text(label, &self.page.language).to_owned();
        let name = if name.is_empty() { person.map(|person| text(&person.name)).unwrap_or_default() } else { name };
        let role = role.or_else(|| person.and_then(|person| person.role.as_ref()).map(text));
        let sample = sample || person.is_some_and(|person| person.sample);
        let about = person.and_then(|person| self.site.page_about(self.page, &Subject::Person(person.id.clone())));
        let href = about.map(|page| self.site.settings.links.href(self.standpoint, &page.route));
        let image = image.map(|text| {
            let source = Target { text, span: read.spans.value("image") };
            let alt = alt.unwrap_or_else(|| name.clone());
            let image = Image { source, alt, caption: Vec::new(), figure: true, id: None, classes: Vec::new() };
            self.image_view(&image, &BTreeMap::new(), closed)
        });
        let rows = rows.iter().map(|(label, value)| Row { label: scalar(label), value: scalar(value) }).collect();
        Some(Value::from_serializable(&View { name, role, image, sample, href, rows }))
    }

    fn hospital(&self, fence: &Fence, closed: &mut Closed) -> Option<Value> {
        let read =
            tree::read::<RecordBlock>(&fence.span.path, &fence.text, fence.span.start).take(&mut closed.findings)?;
        let id = read.value.id;
        if self.site.data.hospital(&id).is_none() {
            let known = self.site.data.hospitals().map(|hospital| hospital.id.as_str());
            closed.findings.push(findings::unknown_id(read.spans.value("id"), &say("病院", "hospital"), &id, known));
            return None;
        }
        let view = super::hospital::view(self, &id)?;
        let page = self.site.page_about(self.page, &Subject::Hospital(id));
        let href = page.map(|page| self.site.settings.links.href(self.standpoint, &page.route));
        let mut map = Value::from_serializable(&view).into_map()?;
        map.insert("href".into(), Value::from_serializable(&href));
        Some(Value::from(map))
    }

    fn programme(&self, fence: &Fence, closed: &mut Closed) -> Option<Value> {
        let read =
            tree::read::<RecordBlock>(&fence.span.path, &fence.text, fence.span.start).take(&mut closed.findings)?;
        let id = read.value.id;
        let Some(view) = super::programme::view(self, &id) else {
            let known = self.site.data.programmes().map(|programme| programme.id.as_str());
            closed.findings.push(rotation::unknown_programme(read.spans.value("id"), &id, known));
            return None;
        };
        Some(Value::from_serializable(&view))
    }

    /// Fills in a template of the theme and adds what comes out.
    pub(super) fn fill<T: Serialize>(&self, template: &str, name: &'static str, value: &T, closed: &mut Closed) {
        let mut context = self.theme.context(&self.page.language);
        context.insert(name, value);
        context.insert("root", &self.site.settings.links.root(self.standpoint));
        match self.theme.fill(&self.page.language, template, &context) {
            Ok(html) => closed.html.push_str(html.trim()),
            Err(finding) => closed.findings.push(finding),
        }
    }
}

/// Text for vertical lines: what is short enough stands upright.
fn upright(text: &str, html: &mut String) {
    japanese::upright(text, |piece, stands| match stands {
        true => html.push_str(&format!("<span class=\"tcy\">{}</span>", escape(piece))),
        false => html.push_str(&escape(piece)),
    });
}

/// A YAML scalar as text.
fn scalar(value: &serde_yaml::Value) -> String {
    match value {
        serde_yaml::Value::String(text) => text.clone(),
        serde_yaml::Value::Number(number) => number.to_string(),
        serde_yaml::Value::Bool(truth) => truth.to_string(),
        _ => String::new(),
    }
}

/// Text as HTML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    japanese::escape(&mut escaped, text);
    escaped
}

/// HTML as text: tags left out, the entities that [`escape`] writes undone.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        text.push_str(before);
        // A tag that does not end takes the rest with it.
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    if text.contains('&') {
        for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.replace(entity, sign);
        }
    }
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}
