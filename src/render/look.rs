//! The look of a theme on this site: its colours, what the site changes of them, and whether they can be told apart.

use std::collections::BTreeMap;

use super::colour::Colour;
use super::theme::Manifests;
use crate::diagnostic::{Checked, Diagnostic, Span, look as findings};
use crate::model::Settings;
use crate::parse::ThemeDocument;
use crate::parse::settings::Look;
use crate::parse::theme::{Contrast, Knob};
use crate::parse::tree::Yaml;

/// A screen by day, or by night.
const SCHEMES: [Scheme; 2] = [Scheme::Light, Scheme::Dark];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    fn name(self) -> &'static str {
        match self {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }
}

/// A colour of a palette and where it is written.
#[derive(Debug, Clone)]
struct Paint {
    colour: Colour,
    span: Span,
    /// Whether the site says so, and not the theme.
    is_own: bool,
}

/// The colours of one scheme by their names.
type Palette = BTreeMap<String, Paint>;

/// The look of one theme.
struct Painter<'s> {
    /// Itself and the themes that it extends.
    chain: &'s [String],
    manifests: &'s Manifests,
    settings: &'s Settings,
}

/// The look of a theme as it is used.
pub struct Dress {
    /// Its custom properties as a style sheet.
    pub sheet: String,
    /// Its colours by day and on paper.
    pub paper: BTreeMap<String, [u8; 3]>,
}

/// The look of a theme, and what is wrong with it.
pub fn style(chain: &[String], manifests: &Manifests, settings: &Settings) -> Checked<Dress> {
    let painter = Painter { chain, manifests, settings };
    let mut found = Vec::new();
    let knobs = painter.knobs();
    let rules = painter.rules();
    let mut palettes = SCHEMES.map(|scheme| (scheme, painter.palette(scheme, &mut found)));
    let mut measures = BTreeMap::new();
    for (name, look) in &settings.look {
        // A knob of another theme of this site is none of this one's.
        let Some(knob) = knobs.get(name.as_str()) else { continue };
        if knob.choices.is_empty() {
            continue;
        }
        match painter.chosen(name, knob, look) {
            Ok(properties) => measures.extend(properties),
            Err(finding) => found.push(finding),
        }
    }
    for (scheme, palette) in &mut palettes {
        painter.paint(*scheme, palette, &knobs, &rules, &mut found);
    }
    painter.check_names(&palettes, &knobs, &mut found);
    if let Some(theme) = chain.first() {
        for (scheme, palette) in &palettes {
            found.extend(faint(theme, *scheme, palette, &rules));
        }
    }
    let [(_, light), (_, dark)] = &palettes;
    let paper = light.iter().map(|(name, paint)| (name.clone(), paint.colour.channels())).collect();
    Checked::new(Dress { sheet: sheet(light, dark, &measures), paper }, found)
}

/// What a site changes of a look that none of its themes knows.
pub fn unknown(chains: &[Vec<String>], manifests: &Manifests, settings: &Settings) -> Vec<Diagnostic> {
    let painters = chains.iter().map(|chain| Painter { chain, manifests, settings });
    let known: Vec<String> = painters.flat_map(|painter| painter.knobs().into_keys().map(str::to_owned)).collect();
    let unknown = settings.look.keys().filter(|name| !known.contains(name));
    unknown
        .map(|name| {
            let span = settings.spans.key(&format!("look.{name}"));
            findings::unknown_knob(span, name, known.iter().map(String::as_str))
        })
        .collect()
}

impl<'s> Painter<'s> {
    /// Manifests, the deepest parent first.
    fn parents_first(&self) -> impl Iterator<Item = &'s Yaml<ThemeDocument>> {
        self.chain.iter().rev().filter_map(|name| self.manifests.get(name))
    }

    fn knobs(&self) -> BTreeMap<&'s str, &'s Knob> {
        self.parents_first()
            .flat_map(|manifest| &manifest.value.look)
            .map(|(name, knob)| (name.as_str(), knob))
            .collect()
    }

    /// What must be told apart, with the place where that is said.
    fn rules(&self) -> Vec<(&'s Contrast, Span)> {
        self.parents_first()
            .flat_map(|manifest| {
                let spans = &manifest.spans;
                let numbered = manifest.value.contrast.iter().enumerate();
                numbered.map(move |(number, rule)| (rule, spans.value(&format!("contrast[{number}]"))))
            })
            .collect()
    }

    /// The colours of the theme itself.
    fn palette(&self, scheme: Scheme, found: &mut Vec<Diagnostic>) -> Palette {
        let mut palette = Palette::new();
        // What a theme says of light screens alone holds on dark ones too.
        for layer in if scheme == Scheme::Dark { vec![Scheme::Light, Scheme::Dark] } else { vec![Scheme::Light] } {
            for manifest in self.parents_first() {
                let tokens = &manifest.value.tokens;
                let named = if layer == Scheme::Light { &tokens.light } else { &tokens.dark };
                for (name, text) in named {
                    let span = manifest.spans.value(&format!("tokens.{}.{name}", layer.name()));
                    match Colour::parse(text) {
                        Some(colour) => _ = palette.insert(name.clone(), Paint { colour, span, is_own: false }),
                        // Told once, where it is read first.
                        None if layer == scheme => found.push(findings::no_colour(span, text)),
                        None => {}
                    }
                }
            }
        }
        palette
    }

    /// The custom properties of a word that the site chose.
    fn chosen(&self, name: &str, knob: &Knob, look: &Look) -> Result<BTreeMap<String, String>, Diagnostic> {
        let span = self.settings.spans.value(&format!("look.{name}"));
        let known = knob.choices.keys().map(String::as_str);
        match look {
            Look::One(word) => match knob.choices.get(word) {
                Some(properties) => Ok(properties.clone()),
                None => Err(findings::unknown_choice(span, name, word, known)),
            },
            Look::Two(_) => Err(findings::unknown_choice(span, name, "{ light, dark }", known)),
        }
    }

    /// Puts the colours of the site into the palette of one scheme.
    fn paint(
        &self,
        scheme: Scheme,
        palette: &mut Palette,
        knobs: &BTreeMap<&str, &Knob>,
        rules: &[(&Contrast, Span)],
        found: &mut Vec<Diagnostic>,
    ) {
        let mut exact = Vec::new();
        for (name, look) in &self.settings.look {
            let Some(knob) = knobs.get(name.as_str()).filter(|knob| knob.choices.is_empty()) else { continue };
            let Some((paint, is_for_this)) = self.own(name, look, scheme, found) else { continue };
            for token in &knob.follows {
                follow(palette, token, &paint, rules);
            }
            exact.extend(knob.sets.iter().map(|token| (token, paint.clone(), is_for_this)));
        }
        // What is said of a colour by its own name counts for more than what follows another.
        for (token, paint, is_for_this) in exact {
            match is_for_this {
                true => _ = palette.insert(token.clone(), paint),
                false => follow(palette, token, &paint, rules),
            }
        }
    }

    /// What the site says of a colour in this scheme, and whether it says so of this very scheme.
    fn own(&self, name: &str, look: &Look, scheme: Scheme, found: &mut Vec<Diagnostic>) -> Option<(Paint, bool)> {
        let path = |part: &str| self.settings.spans.value(&format!("look.{name}{part}"));
        let (text, span, is_for_this) = match (look, scheme) {
            (Look::One(text), _) => (text, path(""), scheme == Scheme::Light),
            (Look::Two(two), Scheme::Light) => (two.light.as_ref()?, path(".light"), true),
            (Look::Two(two), Scheme::Dark) => match (&two.dark, &two.light) {
                (Some(dark), _) => (dark, path(".dark"), true),
                (None, light) => (light.as_ref()?, path(".light"), false),
            },
        };
        match Colour::parse(text) {
            Some(colour) => Some((Paint { colour, span, is_own: true }, is_for_this)),
            None => {
                found.extend(is_for_this.then(|| findings::no_colour(span, text)));
                None
            }
        }
    }

    /// What the manifests name that is no colour of the theme.
    fn check_names(
        &self,
        palettes: &[(Scheme, Palette); 2],
        knobs: &BTreeMap<&str, &Knob>,
        found: &mut Vec<Diagnostic>,
    ) {
        let [(_, light), _] = palettes;
        let known = || light.keys().map(String::as_str);
        for (rule, span) in self.rules() {
            let unknown = rule.of.iter().chain(&rule.on).filter(|name| !light.contains_key(*name));
            found.extend(unknown.map(|name| findings::unknown_token(span.clone(), name, known())));
        }
        for manifest in self.parents_first() {
            for name in manifest.value.look.keys() {
                let Some(knob) = knobs.get(name.as_str()) else { continue };
                let unknown = knob.sets.iter().chain(&knob.follows).filter(|token| !light.contains_key(*token));
                let span = || manifest.spans.key(&format!("look.{name}"));
                found.extend(unknown.map(|token| findings::unknown_token(span(), token, known())));
            }
        }
    }
}

/// Makes `token` the nearest colour to `paint` that can be told from all that it must be told from.
fn follow(palette: &mut Palette, token: &str, paint: &Paint, rules: &[(&Contrast, Span)]) {
    let colour = readable(palette, token, paint.colour, rules).unwrap_or(paint.colour);
    palette.insert(token.to_owned(), Paint { colour, ..paint.clone() });
}

/// The nearest colour to `wanted` with which `token` breaks no rule.
fn readable(palette: &Palette, token: &str, wanted: Colour, rules: &[(&Contrast, Span)]) -> Option<Colour> {
    let others: Vec<(f64, Colour)> = rules
        .iter()
        .flat_map(|(rule, _)| {
            let is_of = rule.of.iter().any(|name| name == token);
            let is_on = rule.on.iter().any(|name| name == token);
            let on = rule.on.iter().filter(move |_| is_of);
            let of = rule.of.iter().filter(move |_| is_on);
            on.chain(of).filter(|name| *name != token).map(|name| (rule.least, name))
        })
        .filter_map(|(least, name)| Some((least, palette.get(name)?.colour)))
        .collect();
    wanted.nearest(|colour| others.iter().all(|(least, other)| colour.contrast(*other) >= *least))
}

/// What can't be told from its ground: for each colour the worst of its grounds.
fn faint(theme: &str, scheme: Scheme, palette: &Palette, rules: &[(&Contrast, Span)]) -> Vec<Diagnostic> {
    let mut worst: BTreeMap<&str, findings::Faint> = BTreeMap::new();
    for (rule, _) in rules {
        for (of, on) in rule.of.iter().flat_map(|of| rule.on.iter().map(move |on| (of, on))) {
            let (Some(upper), Some(lower)) = (palette.get(of), palette.get(on)) else { continue };
            let ratio = upper.colour.contrast(lower.colour);
            let lacks = |it: &findings::Faint| it.ratio / it.least;
            if ratio >= rule.least || worst.get(of.as_str()).is_some_and(|known| lacks(known) <= ratio / rule.least) {
                continue;
            }
            // To blame is what the site says, if it says anything of the two.
            let (name, blamed) = if lower.is_own && !upper.is_own { (on, lower) } else { (of, upper) };
            worst.insert(
                of,
                findings::Faint {
                    span: blamed.span.clone(),
                    theme: theme.to_owned(),
                    scheme: scheme.name(),
                    upper: (of.clone(), upper.colour.to_string()),
                    lower: (on.clone(), lower.colour.to_string()),
                    ratio,
                    least: rule.least,
                    better: readable(palette, name, blamed.colour, rules)
                        .map(|colour| (name.clone(), colour.to_string())),
                },
            );
        }
    }
    worst.into_values().map(findings::faint).collect()
}

/// The custom properties as a style sheet: all by day, by night what differs.
fn sheet(light: &Palette, dark: &Palette, measures: &BTreeMap<String, String>) -> String {
    let line = |name: &str, value: &str| format!("--{name}:{value};");
    let day: String = light.iter().map(|(name, paint)| line(name, &paint.colour.to_string())).collect();
    let differs = |name: &&String| light.get(*name).map(|paint| paint.colour) != dark.get(*name).map(|it| it.colour);
    let night: String =
        dark.keys().filter(differs).filter_map(|name| Some(line(name, &dark.get(name)?.colour.to_string()))).collect();
    let own: String = measures.iter().map(|(name, value)| line(name, value)).collect();
    let rule = |selector: &str, properties: &str| match properties.strip_suffix(';') {
        Some(properties) => format!("{selector}{{{properties}}}"),
        None => String::new(),
    };
    let all = ":root,[data-theme]";
    // What the site chose counts for more than what style sheets below say of the same properties.
    let chosen = rule(":root[data-theme]", &own);
    format!("{}{chosen}@media screen and (prefers-color-scheme:dark){{{}}}", rule(all, &day), rule(all, &night))
}
