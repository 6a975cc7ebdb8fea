//! How many panels a second one core makes: every sample of the manual, all kinds in both languages, again and again.
//!
//! `cargo bench --bench panels` prints the panels of a second, of all kinds together and of each, the best of five runs. A
//! panel is made from its YAML as a page makes it: figures, drawing, title and text, then the HTML of its template.
//! Figures of two machines are no measure of each other; at least 2,000 a second are what a site may count on.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use kairan::derive::Wording;
use kairan::model::{Choices, Page, Site};
use kairan::panel::{Addresses, Context, Csv, OnPage, compose};
use kairan::parse::{Fence, Part};
use kairan::pipeline;
use kairan::render::theme::{self, Theme};
use kairan::render::view::Ready;

const RUNS: usize = 5;
/// How often each sample is made in a run.
const ROUNDS: usize = 20;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built = pipeline::build(root, Choices::default(), &mut |_| {}).expect("the sample site");
    let site = built.site.as_ref().expect("the sample site");
    let manifests = theme::manifests(&built.sources).value;
    let name = "portal".to_owned();
    let names = BTreeMap::from([(name.clone(), kairan::diagnostic::Span::file(&"site.toml".into()))]);
    let themes = theme::load(&names, &manifests, &built.sources, &site.settings).value;
    let theme = themes.get(&name).expect("a theme");

    let samples: Vec<(&Page, &Fence)> = site
        .pages
        .iter()
        .filter(|page| page.key.starts_with("guide/panels/"))
        .flat_map(|page| page.body().into_iter().flat_map(|body| &body.parts).map(move |part| (page, part)))
        .filter_map(|(page, part)| if let Part::Panel(fence) = part { Some((page, fence)) } else { None })
        .collect();
    let mut best: BTreeMap<&str, (usize, Duration)> = BTreeMap::new();
    let mut whole = Duration::MAX;
    let mut bytes = 0;
    for _ in 0..RUNS {
        let mut spent: BTreeMap<&str, (usize, Duration)> = BTreeMap::new();
        bytes = 0;
        for _ in 0..ROUNDS {
            for (page, fence) in &samples {
                let start = Instant::now();
                let (kind, html) = panel(site, theme, page, fence);
                let (count, time) = spent.entry(kind).or_default();
                *count += 1;
                *time += start.elapsed();
                bytes += html.len();
            }
        }
        whole = whole.min(spent.values().map(|(_, time)| *time).sum());
        for (kind, (count, time)) in spent {
            let least = best.entry(kind).or_insert((count, time));
            least.1 = least.1.min(time);
        }
    }
    let count = samples.len() * ROUNDS;
    let rate = |count: usize, time: Duration| count as f64 / time.as_secs_f64();
    println!("{} samples, {} bytes of HTML each", samples.len(), bytes / count.max(1));
    println!("  all kinds {:>8.0} a second", rate(count, whole));
    for (kind, (count, time)) in best {
        println!("  {kind:<9} {:>8.0} a second", rate(count, time));
    }
}

/// A panel as its page shows it.
fn panel(site: &Site, theme: &Theme, page: &Page, fence: &Fence) -> (&'static str, String) {
    let language = &page.language;
    let (locale, words) = (theme.locale(language).expect("formats"), theme.words(language).expect("words"));
    let wording = Wording { locale, words, default_language: site.settings.default_language() };
    let checked = compose(fence, &Context { data: &site.data, wording, number_on_page: 1 });
    assert_eq!(checked.findings, []);
    let panel = checked.value.expect("a panel");
    let csv = Csv { href: "a.csv".to_owned(), size: "1.2 KB".to_owned() };
    let addresses = Addresses { csv: Some(csv), svg: Some("a.svg".to_owned()), alone: None };
    let mut context = tera::Context::new();
    let (kind, panel) = (panel.kind, Ready::new(panel));
    context.insert_value("panel", panel.and(&OnPage::new(None, addresses, 3)));
    context.insert("root", "");
    let html = theme.fill(language, &format!("panels/{kind}.html"), &context).expect("a template");
    (kind, html)
}
