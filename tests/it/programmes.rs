//! Training programmes: what a secretary writes wrongly is told with the line, and what is right is shown.

use crate::support::Site;

/// A programme of one course with these years.
fn plan(years: &str) -> String {
    format!(
        "-- content/data/plan.yaml --
programmes:
  - id: plan
    name: {{ja: 研修計画, en: Training plan}}
    rules: [clinical-training-2020]
    source: {{ja: 案内, en: Leaflet}}
    as_of: 2026-04-01
    courses:
      - id: a
        name: {{ja: Aコース, en: Course A}}
        years:
{years}
"
    )
}

const FIRST: &str = "          - blocks:
              - 内科（循環器） 24
              - 救急 12
              - 外科 4
              - 小児科 4
              - 産婦人科 4
              - 精神科 4";

const SECOND: &str = "          - blocks:
              - 地域医療 4
              - 選択 内科 48";

#[test]
fn a_plan_that_keeps_the_rules_is_shown_without_a_word() {
    let site = Site::small(&plan(&format!("{FIRST}\n{SECOND}")));
    site.edit("-- content/plan.md --\n---\ntitle: 計画\nprogramme: plan\n---\n\n```panel\nkind: rotation\nprogramme: plan\n```\n\n```panel\nkind: rotation\nprogramme: plan\nshow: rules\n```\n\n```programme\nid: plan\n```\n");
    site.edit("-- content/plan.en.md --\n---\ntitle: Plan\n---\n\n```panel\nkind: rotation\nprogramme: plan\n```\n");
    site.built();
    let page = site.page("plan/index.html");
    assert!(page.contains("<li class=\"k1 n24\"><span class=\"wk\">1〜24週</span>"), "{page}");
    assert!(page.contains("○ 満たす（72週）"), "{page}");
    assert!(page.contains("<p class=\"hd\">研修計画</p>"), "{page}");
    assert!(!page.contains("style="), "{page}");
    assert!(site.page("en/plan/index.html").contains("Required 24 wk"));
}

#[test]
fn a_broken_rule_is_told_with_the_blocks_that_count() {
    let short = FIRST.replace("救急 12", "救急 8").replace("外科 4", "外科 8");
    let run = Site::small(&plan(&format!("{short}\n{SECOND}"))).build();
    let finding = run.finding("rotation-rule");
    assert_eq!(finding.severity(), "warning");
    assert!(finding.message().contains("救急") || finding.message().contains("Emergency"), "{run}");
    assert!(run.stdout.contains("12") && run.stdout.contains("content/data/plan.yaml"), "{run}");
    assert_eq!(run.findings().len(), 1, "{run}");
}

#[test]
fn every_slip_of_a_secretary_has_a_line() {
    let second = |blocks: &str| format!("{FIRST}\n          - blocks: [{blocks}]");
    let cases = [
        (second("地域医療 4, 内科 40"), "year-does-not-add-up"),
        (second("地域医療 4, {department: 内科, length: 48, from: 3}"), "blocks-overlap"),
        (second("地域医療 4, {department: 内科, length: 48, from: 6}"), "gap-between-blocks"),
        (second("地域医療 4, 血圧内科 48"), "unknown-department"),
        (second("地域医療 4, {department: 内科, length: 48, sites: [nowhere]}"), "unknown-hospital"),
        (second("地域医療 4, 選択 内科 48-4"), "range-upside-down"),
        (second("地域医療 4, 内科 11か月"), "other-unit"),
        (second("地域医療 4, 内科四十八週"), "invalid-value"),
    ];
    for (years, code) in cases {
        let run = Site::small(&plan(&years)).build();
        let finding = run.finding(code);
        assert_eq!(finding.severity(), "error", "{run}");
        assert!(finding.place().starts_with("content/data/plan.yaml:"), "{run}");
        assert!(!finding.remedy().is_empty(), "{code} says nothing of what to do: {run}");
    }
}

#[test]
fn two_programmes_of_one_id_and_rules_of_nothing_are_errors() {
    let twice = plan(&format!("{FIRST}\n{SECOND}"));
    let site = Site::small(&twice);
    site.edit(&twice.replace("content/data/plan.yaml", "content/data/again.yaml"));
    site.build().finding("duplicate-id");
    let rules = "-- content/data/rules.yaml --\nrule_sets:\n  - {id: own, name: {ja: 自院, en: Own}, source: S, rules: [{departments: [血圧内科], at_least: 4}]}\n";
    let run = Site::small(rules).build();
    assert!(run.finding("unknown-department").help().contains("血液内科"), "{run}");
    let site = Site::small(&twice.replace("clinical-training-2020", "clinical-training-2021"));
    assert!(site.build().finding("unknown-rule-set").help().contains("clinical-training-2020"));
}

#[test]
fn a_page_names_a_programme_that_there_is() {
    let site = Site::small("-- content/plan.md --\n---\ntitle: 計画\nprogramme: plan\n---\n");
    assert_eq!(site.build().finding("unknown-id").place(), "content/plan.md:3:12");
}
