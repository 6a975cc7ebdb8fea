//! How long the figures of a country take: 335 areas, 40 indicators, 20 periods, 20 derived indicators and their checks.
//!
//! `cargo bench --bench data` prints the milliseconds of each stage, the best of five runs on one core. On a quiet machine all
//! of it stays well below a second. Read ratios between two runs on one machine, never milliseconds of two.

use std::sync::Arc;
use std::time::{Duration, Instant};

use kairan::model::{Books, data};
use kairan::parse::DataDocument;
use kairan::read::Source;
use kairan::{check, derive, parse};

const AREAS: usize = 335;
const INDICATORS: usize = 40;
const PERIODS: usize = 20;
const DERIVED: usize = 20;
const RUNS: usize = 5;

/// Formulas of every weight, each with another that gives the same.
const FORMULAS: [(&str, &str); 10] = [
    ("per(t0, t1, 100000)", "t0 / t1 * 100000"),
    ("share(t2, of: jp)", "t2 / t2[jp]"),
    ("rate(t4, 2000)", "(t4 - t4[., 2000]) / t4[., 2000]"),
    ("change(t6, 2000)", "t6 - t6[., 2000]"),
    ("moving(t8, 2)", "moving(t8, 2)"),
    ("index(t10, 2000)", "t10 / t10[., 2000] * 100"),
    ("gap(t12, t14)", "t14 - t12"),
    ("rank(t16, high)", "rank(t16, high)"),
    ("t18 * 2", "t18 + t18"),
    ("(t20 + t22) / 2", "t20 / 2 + t22 / 2"),
];

fn main() {
    let (areas, tables) = (areas(), (0..INDICATORS).map(table).collect::<Vec<_>>());
    let head = "indicators:\n".to_owned();
    let derived = (0..DERIVED).fold(head.clone(), |text, number| text + &derived(number));
    let several: Vec<String> = tables.iter().map(|table| head.clone() + table).collect();
    let several = [vec![areas.clone(), derived.clone()], several].concat();
    measure("a file for each indicator", &several);
    measure("one file for all", &[areas, head + &tables.concat(), derived]);
}

fn measure(what: &str, files: &[String]) {
    let sources: Vec<Source> = files
        .iter()
        .enumerate()
        .map(|(number, text)| Source::new(format!("content/data/{number:02}.yaml"), text.as_bytes()))
        .collect();
    let runs: Vec<[Duration; 4]> = (0..RUNS).map(|_| run(&sources)).collect();
    let best = |stage: usize| runs.iter().map(|run| run[stage]).min().unwrap_or_default();
    let bytes: usize = files.iter().map(String::len).sum();
    println!("{what}: {AREAS} areas × {INDICATORS} indicators × {PERIODS} periods, {} KB", bytes / 1000);
    for (stage, name) in ["parse", "assemble", "derive", "check"].into_iter().enumerate() {
        println!("  {name:<9}{:>8.1} ms", best(stage).as_secs_f64() * 1e3);
    }
    let whole = runs.iter().map(|run| run.iter().sum::<Duration>()).min().unwrap_or_default();
    println!("  all      {:>8.1} ms", whole.as_secs_f64() * 1e3);
}

/// The time of each stage.
fn run(sources: &[Source]) -> [Duration; 4] {
    let start = Instant::now();
    let documents: Vec<Arc<DataDocument>> =
        sources.iter().filter_map(|source| sound(parse::data::document(source)).map(Arc::new)).collect();
    let parsed = start.elapsed();
    let assembled = sound(data::assemble(&documents, &Books::new()));
    let joined = start.elapsed();
    let derived = sound(derive::figures(assembled));
    let worked_out = start.elapsed();
    assert_eq!(derived.indicators().count(), INDICATORS + DERIVED);
    let known = sound(check::figures(&derived));
    assert!(known.is_empty());
    [parsed, joined - parsed, worked_out - joined, start.elapsed() - worked_out]
}

/// What a stage made; nothing is wrong with these figures.
fn sound<T>(checked: kairan::diagnostic::Checked<T>) -> T {
    assert_eq!(checked.findings, []);
    checked.value
}

fn areas() -> String {
    let mut text = String::from("areas:\n  - {id: jp, name: {ja: 全国, en: Japan}, kind: country}\n");
    for area in 0..AREAS {
        let code = format!("{:04}", 100 + area);
        text.push_str(&format!(
            "  - {{id: a{area}, name: {{ja: 圏域{area}, en: Area {area}}}, kind: secondary-medical-area, parent: jp, code: \"{code}\"}}\n"
        ));
    }
    text
}

/// Tables of whole numbers and of numbers with a decimal, in turn; areas add up to the country.
fn table(number: usize) -> String {
    let periods: Vec<String> = (0..PERIODS).map(|period| (2000 + period).to_string()).collect();
    let mut text = format!(
        "  - id: t{number}\n    name: {{ja: 指標{number}, en: Indicator {number}}}\n    unit: 人\n    source: 調べ\n    as_of: 2020\n    periods: [{}]\n    checks:\n      - {{sum: t{number}, whole: jp, children-of: jp}}\n      - {{bounds: t{number}, from: 0}}\n      - {{no-jump: t{number}, factor: 3}}\n    values:\n",
        periods.join(", ")
    );
    // In tenths.
    let value = |area: usize, period: usize| {
        let tenths = 1000 + area * 37 % 900 * 10 + period * 11 + number;
        if number.is_multiple_of(2) { tenths / 10 * 10 } else { tenths }
    };
    let shown = |tenths: usize| match number.is_multiple_of(2) {
        true => (tenths / 10).to_string(),
        false => format!("{}.{}", tenths / 10, tenths % 10),
    };
    let row =
        |value: &dyn Fn(usize) -> usize| (0..PERIODS).map(|period| shown(value(period))).collect::<Vec<_>>().join(", ");
    let whole = |period| (0..AREAS).map(|area| value(area, period)).sum();
    text.push_str(&format!("      jp: [{}]\n", row(&whole)));
    for area in 0..AREAS {
        text.push_str(&format!("      圏域{area}: [{}]\n", row(&|period| value(area, period))));
    }
    text
}

fn derived(number: usize) -> String {
    let (formula, same) = FORMULAS[number % FORMULAS.len()];
    let bounds = format!("{{bounds: d{number}, from: -1000000000}}");
    format!(
        "  - id: d{number}\n    name: 導いた指標{number}\n    unit: \"\"\n    formula: \"{formula}\"\n    checks: [{bounds}, {{equals: d{number}, formula: \"{same}\"}}]\n"
    )
}
