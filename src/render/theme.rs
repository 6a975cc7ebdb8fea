//! Themes: chains of folders in which the first file of a name wins, and the Tera templates made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::look::{self, Dress};
use super::sparing::Names;
use super::style_sheet::{minified, of_drawings, quoted};
use crate::diagnostic::{Checked, Diagnostic, Span, nearest, theme as findings, translations};
use crate::fingerprint::Fingerprint;
use crate::locale::{Argument, Language, Locale, Override, Words};
use crate::model::question::{Question, asked};
use crate::model::{Route, Settings};
use crate::panel::{KINDS, standalone};
use crate::parse::front_matter::HomeKind;
use crate::parse::theme::{self, Need};
use crate::parse::tree::Yaml;
use crate::parse::{ThemeDocument, japanese};
use crate::read::{self, Source};

/// The lists that Kairan fills by themselves, not by a query: `hospitals = true`.
pub const KNOWN_NEEDS: [&str; 12] = [
    "hospitals",
    "areas",
    "events",
    "people",
    "postings",
    "terms",
    "discrepancies",
    "programmes",
    "comparison",
    "calendar",
    "sections",
    "tags",
];

/// What templates call the JSON-LD of their page.
pub const STRUCTURED_DATA: &str = "structured_data";

/// Style sheets for panels of every kind, among those of single kinds.
const EVERY_KIND: &str = "all";

/// What is asked where not one template matters but which there are.
const EVERY_TEMPLATE: &str = "*";
/// Words of so many letters may be parted.
const LONG_WORD: usize = 8;

/// Where a manifest names them.
const PANEL_STYLES: &str = "panel_styles.";

/// Where a manifest names the style sheets of single templates.
const TEMPLATE_STYLES: &str = "template_styles.";

/// All themes that a site uses, by name.
pub type Themes = BTreeMap<String, Theme>;

/// A theme that is ready to show pages.
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Its style sheets.
    pub styles: Styles,
    /// The scripts of its pages.
    pub scripts: Vec<Route>,
    /// The scripts of pages with panels, after those.
    pub panel_scripts: Vec<Route>,
    /// Its files as they are published, with the hash of their content in their names.
    pub files: Vec<(Route, Arc<[u8]>)>,
    /// The parts of a home page that names none.
    pub home: Vec<HomeKind>,
    /// Its colours on paper, by their names.
    pub paper: BTreeMap<String, [u8; 3]>,
    needs: BTreeMap<String, BTreeMap<String, Need>>,
    /// The templates that show [`STRUCTURED_DATA`].
    tells_machines: BTreeSet<String>,
    /// The files of its templates, and of those of its parents, in the order of their paths.
    templates: Vec<Source>,
    /// What each template of a page or of a kind of panel reads: worked out for the first that is filled in.
    names: BTreeMap<String, OnceLock<Names>>,
    chain: Vec<String>,
    voices: BTreeMap<Language, Voice>,
}

/// The style sheets of a theme.
#[derive(Default)]
pub struct Styles {
    /// The part of them that drawings need in files of their own, in the colours of paper.
    pub drawings: String,
    pages: Vec<Route>,
    templates: Vec<PartStyle>,
    math: Vec<Route>,
    pictures: Vec<Route>,
    panels: Vec<PartStyle>,
    print: Vec<Route>,
}

/// What a page shows besides text, as far as style sheets are concerned.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown<'k> {
    /// The name of its template.
    pub template: &'k str,
    /// The kinds of its panels.
    pub kinds: &'k [&'k str],
    /// Whether there are formulas.
    pub has_math: bool,
    /// Whether there are pictures that have a colour until they are there.
    pub has_pictures: bool,
}

/// A style sheet that only some pages need: those of some templates, or with panels of some kinds.
struct PartStyle {
    /// Names of templates; or of kinds, or [`EVERY_KIND`].
    names: Vec<String>,
    route: Route,
}

/// A style sheet as it is read.
struct Sheet {
    name: String,
    /// Where manifests name it.
    fields: Vec<String>,
    text: String,
}

/// The static files of a theme and of the site: their addresses by name.
type Assets = BTreeMap<String, Route>;

/// What a theme has of a language, besides templates.
struct Speaker {
    language: Language,
    words: Arc<Words>,
    locale: Locale,
}

/// A theme in one language.
struct Voice {
    tera: Tera,
    words: Arc<Words>,
    /// The words as templates take them: `words["read-more"]`.
    said: Value,
    locale: Locale,
}

/// The themes of a site as written: `theme.toml` by the theme's name.
pub type Manifests = BTreeMap<String, Yaml<ThemeDocument>>;

/// Reads the `theme.toml` of every theme among `sources`.
pub fn manifests(sources: &[Source]) -> Checked<Manifests> {
    let mut findings = Vec::new();
    let mut manifests = Manifests::new();
    for source in sources {
        let name = source.path.strip_prefix("themes/").and_then(|path| path.strip_suffix("/theme.toml"));
        if let Some(name) = name.filter(|name| !name.contains('/'))
            && let Some(manifest) = theme::parse(source).take(&mut findings)
        {
            manifests.insert(name.to_owned(), manifest);
        }
    }
    Checked::new(manifests, findings)
}

/// Makes ready the themes called `names`, each with the place where it is named.
pub fn load(
    names: &BTreeMap<String, Span>,
    manifests: &Manifests,
    sources: &[Source],
    settings: &Settings,
) -> Checked<Themes> {
    let mut findings = Vec::new();
    let mut themes = Themes::new();
    let files: BTreeMap<&str, &Source> = sources.iter().map(|source| (&*source.path, source)).collect();
    let mut chains: Vec<Vec<String>> = Vec::new();
    for (name, span) in names {
        match chain(name, span, manifests) {
            Err(finding) => findings.push(finding),
            Ok(chain) => {
                chains.push(chain.clone());
                let loader = Loader { chain, manifests, files: &files, settings };
                if let Some(theme) = loader.load(name).take(&mut findings) {
                    themes.insert(name.clone(), theme);
                }
            }
        }
    }
    findings.extend(look::unknown(&chains, manifests, settings));
    Checked::new(themes, findings)
}

/// The theme and those it extends, itself first.
fn chain(name: &str, span: &Span, manifests: &Manifests) -> Result<Vec<String>, Diagnostic> {
    let mut chain = vec![name.to_owned()];
    let (mut name, mut span) = (name.to_owned(), span.clone());
    loop {
        let Some(manifest) = manifests.get(&name) else {
            return Err(findings::unknown_theme(span, &name, manifests.keys().map(String::as_str)));
        };
        let Some(parent) = &manifest.value.extends else { return Ok(chain) };
        span = manifest.spans.value("extends");
        let repeated = chain.contains(parent);
        chain.push(parent.clone());
        if repeated {
            return Err(findings::theme_cycle(span, &chain));
        }
        name.clone_from(parent);
    }
}

struct Loader<'s> {
    chain: Vec<String>,
    manifests: &'s Manifests,
    files: &'s BTreeMap<&'s str, &'s Source>,
    settings: &'s Settings,
}

impl Loader<'_> {
    fn load(&self, name: &str) -> Checked<Option<Theme>> {
        let mut findings = Vec::new();
        let mut files = Vec::new();
        let assets = Arc::new(self.assets(&mut files));
        let Dress { sheet, paper } = look::style(&self.chain, self.manifests, self.settings).take(&mut findings);
        let styles = self.styles(name, sheet, &mut files, &mut findings);
        self.check_kinds(&mut findings);
        let scripts = self.scripts("scripts", |manifest| &manifest.scripts, &assets, &mut findings);
        let panel_scripts = self.scripts("panel_scripts", |manifest| &manifest.panel_scripts, &assets, &mut findings);
        let needs = self.needs(&mut findings);
        let voices = self.voices(&assets).take(&mut findings);
        let homes = self.chain.iter().filter_map(|name| Some(&self.manifests.get(name)?.value.home));
        let home = homes.into_iter().find(|home| !home.is_empty()).cloned().unwrap_or_default();
        let chain = self.chain.clone();
        let name = name.to_owned();
        let theme = |voices: BTreeMap<Language, Voice>| {
            let tera = voices.values().next().map(|voice| &voice.tera);
            let tells_machines = tera.map(telling_machines).unwrap_or_default();
            let names = tera.map(unread).unwrap_or_default();
            let templates = self.template_files().cloned().collect();
            Theme {
                name,
                styles,
                scripts,
                panel_scripts,
                files,
                home,
                paper,
                needs,
                tells_machines,
                templates,
                names,
                chain,
                voices,
            }
        };
        Checked::new(voices.map(theme), findings)
    }

    /// The theme in each language, where its templates can be read. They are read once: from language to language only the
    /// functions that they call are others.
    fn voices(&self, assets: &Arc<Assets>) -> Checked<Option<BTreeMap<Language, Voice>>> {
        let mut findings = Vec::new();
        let templates = self.templates(&mut findings);
        let speakers: Vec<_> = self.settings.languages.par_iter().map(|language| self.speaker(language)).collect();
        let speakers: Vec<Speaker> = speakers.into_iter().map(|speaker| speaker.take(&mut findings)).collect();
        let read = speakers.first().map(|first| filled(&templates, || self.engine(first, assets))).transpose();
        let tera = read.map_err(|errors| findings.extend(errors)).ok().flatten();
        let voice = |tera: &Tera, speaker: Speaker| speaker.voice(tera.clone(), assets);
        let voices = tera.map(|tera| speakers.into_iter().map(|speaker| voice(&tera, speaker)).collect());
        Checked::new(voices, findings)
    }

    /// The words and formats of a language.
    fn speaker(&self, language: &Language) -> Checked<Speaker> {
        let rule = self.settings.small_numbers.as_ref();
        let sign = rule.map_or("x", |rule| rule.show.as_str());
        let locale = Locale::new(language, self.settings.negative).with_suppressed(sign);
        self.words(language).map(|words| Speaker { language: language.clone(), words: Arc::new(words), locale })
    }

    /// Manifests from the deepest parent to the theme itself.
    fn parents_first(&self) -> impl Iterator<Item = (&String, &Yaml<ThemeDocument>)> {
        self.chain.iter().rev().filter_map(|name| Some((name, self.manifests.get(name)?)))
    }

    /// The file of this name below `folder` of the first theme that has one.
    fn find(&self, folder: &str, name: &str) -> Option<&Source> {
        self.chain.iter().find_map(|theme| self.files.get(format!("themes/{theme}/{folder}/{name}").as_str()).copied())
    }

    /// The names of all files below `folder` of any theme of the chain.
    fn names(&self, folder: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for theme in &self.chain {
            let prefix = format!("themes/{theme}/{folder}/");
            let below = self.files.range(prefix.as_str()..).take_while(|(path, _)| path.starts_with(&prefix));
            names.extend(below.map(|(path, _)| path[prefix.len()..].to_owned()));
        }
        names
    }

    /// Static files that are no style sheets of pages, by their names within the theme or the site's `static/`.
    fn assets(&self, files: &mut Vec<(Route, Arc<[u8]>)>) -> Assets {
        let named = |manifest: &'_ ThemeDocument| {
            let of_parts = manifest.panel_styles.values().chain(manifest.template_styles.values()).flatten();
            let lists = [&manifest.styles, &manifest.math_styles, &manifest.picture_styles, &manifest.print_styles];
            lists.into_iter().flatten().chain(of_parts).cloned().collect::<Vec<_>>()
        };
        let bundled: BTreeSet<String> = self.parents_first().flat_map(|(_, manifest)| named(&manifest.value)).collect();
        let names = self.names("static").into_iter().filter(|name| !bundled.contains(name));
        let mut assets = BTreeMap::new();
        for name in names {
            let Some(source) = self.find("static", &name) else { continue };
            let route = hashed(&name, &source.bytes);
            files.push((route.clone(), source.bytes.clone()));
            assets.insert(name, route);
        }
        // The site's own static files keep their names; the theme's come first.
        let own = self.files.range("static/"..).map_while(|(path, _)| path.strip_prefix("static/"));
        for path in own {
            assets.entry(path.to_owned()).or_insert_with(|| Route::file(path));
        }
        assets
    }

    /// All style sheets, parents first. Those of all pages are one file: a page then asks for no more than that.
    /// Before them stands its `look`: the custom properties that they name.
    fn styles(
        &self,
        theme: &str,
        look: String,
        files: &mut Vec<(Route, Arc<[u8]>)>,
        findings: &mut Vec<Diagnostic>,
    ) -> Styles {
        let pages = self.sheets(|manifest| vec![("styles".to_owned(), &manifest.styles)], findings);
        let math = self.sheets(|manifest| vec![("math_styles".to_owned(), &manifest.math_styles)], findings);
        let print = self.sheets(|manifest| vec![("print_styles".to_owned(), &manifest.print_styles)], findings);
        let pictures = self.sheets(|manifest| vec![("picture_styles".to_owned(), &manifest.picture_styles)], findings);
        let panels = self.part_sheets(PANEL_STYLES, |manifest| &manifest.panel_styles, findings);
        let templates = self.part_sheets(TEMPLATE_STYLES, |manifest| &manifest.template_styles, findings);
        let texts = pages.iter().map(|sheet| sheet.text.as_str());
        let bundle: String = std::iter::once(look.as_str()).chain(texts).collect();
        let of_panels: String = panels.iter().map(|sheet| sheet.text.as_str()).collect();
        let drawings = of_drawings(&format!("{bundle}{of_panels}"), standalone::texts(), theme);
        let mut publish = |name: &str, text: String| {
            let bytes: Arc<[u8]> = Arc::from(text.into_bytes());
            let route = hashed(name, &bytes);
            files.push((route.clone(), bytes));
            route
        };
        let foot = running_foot(self.settings);
        let pages = (!bundle.is_empty()).then(|| publish(&format!("{theme}.css"), bundle + &foot));
        let math = math.into_iter().map(|sheet| publish(&sheet.name, sheet.text)).collect();
        let pictures = pictures.into_iter().map(|sheet| publish(&sheet.name, sheet.text)).collect();
        let print: String = print.into_iter().map(|sheet| sheet.text).collect();
        let print = (!print.is_empty()).then(|| publish(&format!("{theme}-print.css"), print));
        let mut parts = |sheets: Vec<Sheet>, field: &str| -> Vec<PartStyle> {
            let part = |sheet: Sheet| PartStyle {
                names: sheet.fields.iter().filter_map(|name| Some(name.strip_prefix(field)?.to_owned())).collect(),
                route: publish(&sheet.name, sheet.text),
            };
            sheets.into_iter().map(part).collect()
        };
        let templates = parts(templates, TEMPLATE_STYLES);
        let panels = parts(panels, PANEL_STYLES);
        let print = print.into_iter().collect();
        Styles { pages: pages.into_iter().collect(), templates, math, pictures, panels, print, drawings }
    }

    /// The style sheets of single templates or kinds of panel, as the manifests name them below `field`.
    fn part_sheets(
        &self,
        field: &str,
        named: fn(&ThemeDocument) -> &BTreeMap<String, Vec<String>>,
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<Sheet> {
        let lists = |manifest| named(manifest).iter().map(|(part, names)| (format!("{field}{part}"), names)).collect();
        joined(self.sheets(lists, findings))
    }

    /// The style sheets that the manifests name in the fields that `lists` takes from each, every one of them once.
    fn sheets<'m>(
        &'m self,
        lists: impl Fn(&'m ThemeDocument) -> Vec<(String, &'m Vec<String>)>,
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> = Vec::new();
        for (_, manifest) in self.parents_first() {
            for (field, names) in lists(&manifest.value) {
                for (number, name) in names.iter().enumerate() {
                    if let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.name == *name) {
                        sheet.fields.push(field.clone());
                        continue;
                    }
                    match self.find("static", name).map(Source::text) {
                        None => {
                            let span = manifest.spans.value(&format!("{field}[{number}]"));
                            findings.push(self::findings::missing_static(span, name));
                        }
                        Some(Err(finding)) => findings.push(finding),
                        Some(Ok(text)) => {
                            let fields = vec![field.clone()];
                            sheets.push(Sheet { name: name.clone(), fields, text: minified(text) });
                        }
                    }
                }
            }
        }
        sheets
    }

    /// Style sheets are for templates and for kinds of panel that there are.
    fn check_kinds(&self, findings: &mut Vec<Diagnostic>) {
        let files = self.names("templates");
        let templates: Vec<&str> = files.iter().filter_map(|name| name.strip_suffix(".html")).collect();
        let known = || KINDS.iter().map(|kind| kind.name()).chain([EVERY_KIND]);
        for (_, manifest) in self.parents_first() {
            for kind in manifest.value.panel_styles.keys().filter(|kind| !known().any(|known| known == *kind)) {
                let span = manifest.spans.key(&format!("{PANEL_STYLES}{kind}"));
                findings.push(self::findings::unknown_panel_styles(span, kind, known()));
            }
            for name in manifest.value.template_styles.keys().filter(|name| !templates.contains(&name.as_str())) {
                let span = manifest.spans.key(&format!("{TEMPLATE_STYLES}{name}"));
                findings.push(self::findings::unknown_template_styles(span, name, templates.iter().copied()));
            }
        }
    }

    /// The scripts that the manifests name in `field`, parents first.
    fn scripts(
        &self,
        field: &str,
        named: impl Fn(&ThemeDocument) -> &Vec<String>,
        assets: &Assets,
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<Route> {
        let mut routes = Vec::new();
        for (_, manifest) in self.parents_first() {
            for (number, name) in named(&manifest.value).iter().enumerate() {
                match assets.get(name) {
                    Some(route) => routes.push(route.clone()),
                    None => {
                        let span = manifest.spans.value(&format!("{field}[{number}]"));
                        findings.push(self::findings::missing_static(span, name));
                    }
                }
            }
        }
        routes
    }

    /// What each template needs; a child's list takes the place of its parent's of the same name.
    fn needs(&self, findings: &mut Vec<Diagnostic>) -> BTreeMap<String, BTreeMap<String, Need>> {
        let mut needs: BTreeMap<String, BTreeMap<String, Need>> = BTreeMap::new();
        for (_, manifest) in self.parents_first() {
            for (template, lists) in &manifest.value.views {
                for (name, need) in lists {
                    if matches!(need, Need::Known(_)) && !KNOWN_NEEDS.contains(&name.as_str()) {
                        let span = manifest.spans.key(&format!("views.{template}.{name}"));
                        findings.push(self::findings::unknown_need(span, name, KNOWN_NEEDS));
                    }
                    needs.entry(template.clone()).or_default().insert(name.clone(), need.clone());
                }
            }
        }
        needs
    }

    /// The files of all templates of the chain, in the order of their paths.
    fn template_files(&self) -> impl Iterator<Item = &Source> {
        let is_own = |path: &str| path.split('/').nth(1).is_some_and(|theme| self.chain.iter().any(|own| own == theme));
        self.files.values().copied().filter(move |source| is_template(&source.path) && is_own(&source.path))
    }

    /// Every template of every theme of the chain by its path, so that a child can extend its parent's of the same name.
    fn templates(&self, findings: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
        let mut templates = Vec::new();
        for theme in &self.chain {
            let prefix = format!("themes/{theme}/templates/");
            let below = self.files.range(prefix.as_str()..).take_while(|(path, _)| path.starts_with(&prefix));
            for (path, source) in below.filter(|(path, _)| path.ends_with(".html")) {
                match source.text() {
                    Ok(text) => templates.push(((*path).to_owned(), text.to_owned())),
                    Err(finding) => findings.push(finding),
                }
            }
        }
        templates
    }

    /// The interface words: parents first, then the theme, then the site's own. What a language lacks it has in English,
    /// what やさしい日本語 lacks in Japanese.
    fn words(&self, language: &Language) -> Checked<Words> {
        let mut texts: Vec<(Arc<str>, &str)> = Vec::new();
        let ground = if language.is_japanese() { "ja" } else { "en" };
        let own = (language.as_str() != ground).then_some(language.as_str());
        for tag in [ground].into_iter().chain(own) {
            for theme in self.chain.iter().rev() {
                let source = self.files.get(format!("themes/{theme}/locales/{tag}.ftl").as_str());
                if let Some((source, Ok(text))) = source.map(|source| (source, source.text())) {
                    texts.push((source.path.clone(), text));
                }
            }
        }
        let mut findings = Vec::new();
        let words = Words::parse(language, &texts).take(&mut findings);
        let words = words.overridden(&self.overrides(language)).take(&mut findings);
        Checked::new(words, findings)
    }

    /// The words that `site.toml` gives for `language`.
    fn overrides(&self, language: &Language) -> Vec<Override<'_>> {
        let own = self.settings.words.get(language.as_str()).into_iter().flatten();
        let span = |id: &str| self.settings.spans.value(&format!("words.{language}.{id}"));
        own.map(|(id, text)| Override { id, text, span: span(id) }).collect()
    }

    /// A Tera with the functions and filters of a language, and no templates yet.
    fn engine(&self, speaker: &Speaker, assets: &Arc<Assets>) -> Tera {
        let mut tera = Tera::new();
        let prefixes: Vec<String> = self.chain.iter().map(|theme| format!("themes/{theme}/templates/")).collect();
        // Fails only where templates are there already.
        _ = tera.set_fallback_prefixes(prefixes);
        tera.autoescape_on(vec![".html"]);
        speaker.teach(&mut tera, assets);
        tera
    }
}

impl Speaker {
    /// Gives templates the functions and filters of the language.
    fn teach(&self, tera: &mut Tera, assets: &Arc<Assets>) {
        let words = self.words.clone();
        tera.register_function("word", move |kwargs: Kwargs, _: &State| word(&words, &kwargs));
        let routes = assets.clone();
        tera.register_function("asset", move |kwargs: Kwargs, state: &State| asset(&routes, &kwargs, state));
        let breaks = self.language.is_japanese();
        tera.register_filter("phrases", move |text: String, _: Kwargs, _: &State| phrases(&text, breaks));
        let english = self.language.html() == "en";
        tera.register_filter("hyphens", move |text: String, _: Kwargs, _: &State| hyphens(text, english));
        let locale = self.locale.clone();
        tera.register_filter("num", move |number: Value, _: Kwargs, _: &State| num(&locale, &number));
    }

    /// A theme in the language. Its templates have been read, with the functions of whatever language.
    fn voice(self, mut tera: Tera, assets: &Arc<Assets>) -> (Language, Voice) {
        self.teach(&mut tera, assets);
        let Speaker { language, words, locale } = self;
        let said = Value::from(words.alone().map(|(key, text)| (key.to_owned(), text)).collect::<BTreeMap<_, _>>());
        (language, Voice { tera, words, said, locale })
    }
}

/// What stands below every printed page: the name of the site, and the number of the page. The name is that of the
/// page's language, for which there is a page of its own where the name differs.
fn running_foot(settings: &Settings) -> String {
    let default = settings.default_language();
    let name = |language: &Language| settings.text(&settings.title, language);
    let content = |language: &Language| {
        format!("{{@bottom-center{{content:{}counter(page)}}}}", quoted(&format!("{}\u{2003}", name(language))))
    };
    let others = settings.languages.iter().filter(|language| name(language) != name(default));
    let others = others.map(|language| {
        let tag = language.html();
        format!("@page of-{tag}{}body:lang({tag}){{page:of-{tag}}}", content(language))
    });
    format!("@page{}{}", content(default), others.collect::<String>())
}

/// Style sheets that follow each other and are for the same kinds as one.
fn joined(sheets: Vec<Sheet>) -> Vec<Sheet> {
    let mut joined: Vec<Sheet> = Vec::new();
    for sheet in sheets {
        match joined.last_mut().filter(|last| last.fields == sheet.fields) {
            Some(last) => last.text.push_str(&sheet.text),
            None => joined.push(sheet),
        }
    }
    joined
}

impl Styles {
    /// The style sheets of what is made for paper, after those of its articles.
    pub fn for_paper(&self) -> &[Route] {
        &self.print
    }

    /// The style sheets of a page that shows this.
    pub fn of(&self, Shown { template, kinds, has_math, has_pictures }: Shown<'_>) -> Vec<Route> {
        let of_kinds = |style: &&PartStyle| {
            !kinds.is_empty() && style.names.iter().any(|kind| kind == EVERY_KIND || kinds.contains(&kind.as_str()))
        };
        let of_template = |style: &&PartStyle| style.names.iter().any(|name| name == template);
        let templates = self.templates.iter().filter(of_template).map(|style| &style.route);
        let math = self.math.iter().filter(|_| has_math);
        let pictures = self.pictures.iter().filter(|_| has_pictures);
        let panels = self.panels.iter().filter(of_kinds).map(|style| &style.route);
        let mut routes: Vec<Route> = Vec::new();
        for route in self.pages.iter().chain(templates).chain(math).chain(pictures).chain(panels) {
            // A style sheet may be for formulas wherever they stand.
            if !routes.contains(route) {
                routes.push(route.clone());
            }
        }
        routes
    }
}

/// The name of a published file: `assets/icon.1a2b3c4d.svg`.
fn hashed(name: &str, bytes: &[u8]) -> Route {
    let hash = Fingerprint::of_bytes(bytes).short();
    let path = match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}.{hash}.{extension}"),
        None => format!("assets/{name}.{hash}"),
    };
    Route::file(path)
}

/// A Tera with the templates. One mistake makes Tera refuse all of them, so each is then tried alone, to name every mistake.
fn filled(templates: &[(String, String)], engine: impl Fn() -> Tera) -> Result<Tera, Vec<Diagnostic>> {
    let mut tera = engine();
    let pairs = || templates.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let error = match tera.add_raw_templates(pairs()) {
        Ok(()) => return Ok(tera),
        Err(error) => error,
    };
    let mut errors = vec![diagnostic(&error, templates)];
    for (name, text) in pairs() {
        if let Err(error) = engine().add_raw_template(name, text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            errors.push(diagnostic(&error, templates));
        }
    }
    errors.sort();
    errors.dedup();
    Err(errors)
}

/// The page templates in which, or in what they extend and include, [`STRUCTURED_DATA`] stands.
fn telling_machines(tera: &Tera) -> BTreeSet<String> {
    let shows = |name: &&str| {
        tera.get_template_variables(&format!("{name}.html")).is_ok_and(|names| names.contains(STRUCTURED_DATA))
    };
    page_templates(tera).filter(shows).map(str::to_owned).collect()
}

/// The templates of pages and of kinds of panels, before it is known what they read.
fn unread(tera: &Tera) -> BTreeMap<String, OnceLock<Names>> {
    let panels = KINDS.iter().map(|kind| format!("panels/{}", kind.name()));
    page_templates(tera).map(str::to_owned).chain(panels).map(|template| (template, OnceLock::new())).collect()
}

/// The names of the page templates: `home`, `section`, …
fn page_templates(tera: &Tera) -> impl Iterator<Item = &str> {
    let names = tera.get_template_names();
    names.filter_map(|path| path.split_once("/templates/")?.1.strip_suffix(".html")).filter(|name| !name.contains('/'))
}

/// A finding that says what Tera says, where it says it.
fn diagnostic(error: &tera::Error, templates: &[(String, String)]) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = &report.span().range;
            let span = Span::new(&Arc::from(report.filename()), range.start, range.end);
            findings::template(Some(span), report.message())
        }
        kind => {
            let text = kind.to_string();
            findings::template(place_in(&text, templates), text.lines().next().unwrap_or_default())
        }
    }
}

/// Some errors come as prose with ` --> file:line:column` in it.
fn place_in(text: &str, templates: &[(String, String)]) -> Option<Span> {
    let place = text.split("--> ").nth(1)?.lines().next()?;
    let mut parts = place.rsplitn(3, ':');
    let (column, line, file) = (parts.next()?.trim(), parts.next()?, parts.next()?);
    let (_, source) = templates.iter().find(|(name, _)| name == file)?;
    let before: usize =
        source.split_inclusive('\n').take(line.parse::<usize>().ok()?.checked_sub(1)?).map(str::len).sum();
    let line_text = source.get(before..)?.lines().next()?;
    let skipped =
        line_text.chars().take(column.parse::<usize>().ok()?.checked_sub(1)?).map(char::len_utf8).sum::<usize>();
    Some(Span::new(&Arc::from(file), before + skipped, before + line_text.len()))
}

fn word(words: &Words, kwargs: &Kwargs) -> TeraResult<String> {
    let key = kwargs.must_get::<&str>("key")?;
    let named = kwargs.iter().filter_map(|(name, value)| Some((name.as_str()?, value)));
    let arguments: Vec<(&str, Argument)> =
        named.filter(|(name, _)| *name != "key").map(|(name, value)| (name, argument(value))).collect();
    words.get(key, &arguments).ok_or_else(|| {
        let near = nearest(key, words.keys()).join(", ");
        tera::Error::message(format!("there is no word `{key}`; the nearest: {near}"))
    })
}

fn argument(value: &Value) -> Argument {
    match value.as_f64().filter(|_| value.is_number()).and_then(Decimal::from_f64) {
        Some(number) => Argument::Number(number.normalize()),
        None => Argument::Text(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
    }
}

fn asset(assets: &Assets, kwargs: &Kwargs, state: &State) -> TeraResult<String> {
    let path = kwargs.must_get::<String>("path")?;
    let root = state.get::<String>("root")?.unwrap_or_default();
    match assets.get(&path) {
        Some(route) => Ok(format!("{root}{route}")),
        None => {
            let near = nearest(&path, assets.keys().map(String::as_str)).join(", ");
            Err(tera::Error::message(format!("the theme has no file static/{path}; the nearest: {near}")))
        }
    }
}

fn phrases(text: &str, breaks: bool) -> Value {
    if breaks { Value::safe_string(&japanese::phrases(text)) } else { Value::normal_string(text) }
}

/// The text with soft hyphens in its long words, for narrow places: not every browser knows where English words part.
fn hyphens(text: String, english: bool) -> String {
    let parted = |word: &str| match word.chars().count() >= LONG_WORD {
        true => hypher::hyphenate(word, hypher::Lang::English).join("\u{ad}"),
        false => word.to_owned(),
    };
    if english { text.split(' ').map(parted).collect::<Vec<_>>().join(" ") } else { text }
}

fn num(locale: &Locale, number: &Value) -> TeraResult<String> {
    let text = number.to_string();
    let decimal = text.parse::<Decimal>().map_err(|_| tera::Error::message(format!("`{text}` is no number")))?;
    Ok(locale.number(decimal))
}

impl Theme {
    /// What the template `name` needs: its own lists and those of `*`.
    pub fn needs(&self, template: &str) -> impl Iterator<Item = (&String, &Need)> {
        ["*", template].into_iter().filter_map(|name| self.needs.get(name)).flatten()
    }

    /// The interface words of `language`.
    pub fn words(&self, language: &Language) -> Option<&Words> {
        self.voices.get(language).map(|voice| &*voice.words)
    }

    /// The interface words that some of the site's languages lack.
    pub fn untranslated(&self) -> Vec<Diagnostic> {
        let lacks = |voice: &Voice| {
            let (language, borrowed) = (voice.words.language(), voice.words.borrowed());
            let finding = || translations::untranslated_words(&self.name, language.as_str(), &borrowed);
            (!borrowed.is_empty() && !language.is_easy_japanese()).then(finding)
        };
        self.voices.values().filter_map(lacks).collect()
    }

    /// The formats of `language`.
    pub fn locale(&self, language: &Language) -> Option<&Locale> {
        self.voices.get(language).map(|voice| &voice.locale)
    }

    /// Whether there is a template `name`.
    pub fn has_template(&self, name: &str) -> bool {
        self.asked(name);
        self.voices.values().next().is_some_and(|voice| voice.tera.contains_template(name))
    }

    /// The names of the page templates, for help: `home`, `section`, …
    pub fn page_templates(&self) -> BTreeSet<String> {
        self.asked(EVERY_TEMPLATE);
        let tera = self.voices.values().next().map(|voice| &voice.tera);
        tera.into_iter().flat_map(page_templates).map(str::to_owned).collect()
    }

    /// The fields that the template of a page or of a kind of panel (`panels/trend`) may read of what it is given.
    pub fn names(&self, template: &str) -> &Names {
        self.asked(&format!("{template}.html"));
        self.names.get(template).map_or(&Names::All, |names| names.get_or_init(|| self.names_in(template)))
    }

    fn asked(&self, name: &str) {
        asked(|| Question::Template { theme: self.name.as_str().into(), name: name.into() });
    }

    /// What all templates of a language know: its words.
    pub fn context(&self, language: &Language) -> Context {
        let mut context = Context::new();
        if let Some(voice) = self.voices.get(language) {
            context.insert_value("words", voice.said.clone());
        }
        context
    }

    /// Fills in the template `name`.
    ///
    /// # Errors
    /// A finding in the template where it can't be filled in.
    pub fn fill(&self, language: &Language, name: &str, context: &Context) -> Result<String, Diagnostic> {
        self.asked(name);
        let Some(voice) = self.voices.get(language) else { return Ok(String::new()) };
        voice.tera.render(name, context).map_err(|error| diagnostic(&error, &[]))
    }

    /// Fills in the template `name` and adds what comes out, in UTF-8.
    ///
    /// # Errors
    /// As [`Theme::fill`].
    pub fn write(
        &self,
        language: &Language,
        name: &str,
        context: &Context,
        out: &mut Vec<u8>,
    ) -> Result<(), Diagnostic> {
        self.asked(name);
        let Some(voice) = self.voices.get(language) else { return Ok(()) };
        voice.tera.render_to(name, context, out).map_err(|error| diagnostic(&error, &[]))
    }

    /// Whether the pages of a template tell machines what they are about: where none shows it, it need not be put together.
    pub fn tells_machines(&self, template: &str) -> bool {
        self.asked(&format!("{template}.html"));
        self.tells_machines.contains(template)
    }
}

impl Theme {
    /// The files of a page template and of all that it extends or includes, in the order in which they are met.
    pub fn sources_of(&self, template: &str, sources: &[Source]) -> Vec<String> {
        self.made_of(&format!("{template}.html"), sources).iter().map(|source| source.path.to_string()).collect()
    }

    /// The files that the template `name` is made of. `sources` are in the order of their paths.
    fn made_of<'s>(&self, name: &str, sources: &'s [Source]) -> Vec<&'s Source> {
        let mut found: Vec<&Source> = Vec::new();
        let mut wanted = vec![name.to_owned()];
        while let Some(name) = wanted.pop() {
            let Some(source) =
                self.chosen(&name, sources).filter(|source| found.iter().all(|it| it.path != source.path))
            else {
                continue;
            };
            found.push(source);
            let named =
                tags(source.text().unwrap_or_default()).filter(|(word, _)| ["extends", "include"].contains(word));
            wanted.extend(named.flat_map(|(_, rest)| quoted_in(rest)).map(str::to_owned));
        }
        found
    }

    /// What the files of a template name.
    fn names_in(&self, template: &str) -> Names {
        if self.templates.iter().any(is_tangled) {
            return Names::All;
        }
        let files = self.made_of(&format!("{template}.html"), &self.templates);
        let names: Vec<Names> = files.iter().map(|file| Names::of(file.text().unwrap_or_default())).collect();
        Names::of_all(names.iter())
    }

    /// The file that a template's name stands for: itself, or that of the first theme of the chain in which it can be read.
    fn chosen<'s>(&self, name: &str, sources: &'s [Source]) -> Option<&'s Source> {
        let mut names = std::iter::once(name.to_owned())
            .chain(self.chain.iter().map(|theme| format!("themes/{theme}/templates/{name}")));
        names.find_map(|path| read::find(sources, &path).filter(|source| source.text().is_ok()))
    }

    /// Whether the template `name` is made of the same files among `old` and `new`, which are in the order of their paths.
    pub fn is_same_template(&self, name: &str, old: &[Source], new: &[Source]) -> bool {
        if name == EVERY_TEMPLATE || old.iter().chain(new).any(is_tangled) {
            return false;
        }
        let files = |sources| self.made_of(name, sources).into_iter().map(|source| (&source.path, source.fingerprint));
        files(old).eq(files(new))
    }
}

/// Whether a template uses others, or is used by them, in ways that no file name tells of.
fn is_tangled(source: &Source) -> bool {
    let text = source.text().unwrap_or_default();
    tags(text).any(|(word, _)| ["component", "import", "macro"].contains(&word))
}

/// The tags of a template, `{% … %}`: the first word of each, and what follows it.
fn tags(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let inner = text.split("{%").skip(1).map(|rest| rest.split("%}").next().unwrap_or(rest));
    inner.map(|tag| {
        let tag = tag.trim_start_matches('-').trim_start();
        tag.split_at(tag.find(|c: char| !c.is_alphanumeric()).unwrap_or(tag.len()))
    })
}

/// The texts in quotes of any kind.
fn quoted_in(tag: &str) -> impl Iterator<Item = &str> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        let open = rest.find(['"', '\'', '`'])?;
        let mark = rest.get(open..)?.chars().next()?;
        let (text, after) = rest.get(open + 1..)?.split_once(mark)?;
        rest = after;
        Some(text)
    })
}

/// Whether a file is a template of a theme.
pub fn is_template(path: &str) -> bool {
    path.starts_with("themes/") && path.contains("/templates/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_that_a_template_names_are_found_in_any_quotes() {
        let named = |text: &'static str| {
            tags(text).flat_map(|(word, rest)| quoted_in(rest).map(move |file| (word, file))).collect::<Vec<_>>()
        };
        assert_eq!(
            named("{%- extends 'a' -%}{% if x %}{%include `b`%}{% include \"c\" %}{% endif %}"),
            [("extends", "a"), ("include", "b"), ("include", "c")]
        );
        assert!(named("{% extends 'open %} 'text'").is_empty());
        assert_eq!(tags("{% component x() %}").map(|(word, _)| word).collect::<Vec<_>>(), ["component"]);
    }

    #[test]
    fn long_english_words_part_at_their_syllables() {
        let parted = hyphens("Immunology and rheumatology".to_owned(), true);
        assert_eq!(parted.replace('\u{ad}', ""), "Immunology and rheumatology");
        assert!(parted.contains('\u{ad}') && parted.contains(" and "), "{parted:?}");
        assert_eq!(hyphens("血液内科 Haematology".to_owned(), false), "血液内科 Haematology");
    }
}
