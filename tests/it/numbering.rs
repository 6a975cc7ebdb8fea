//! Numbers of figures, tables and formulas, on a page and through a report, and the lists of them.

use crate::support::Site;

const REPORT: &str = r#"
-- content/report/_index.md --
---
title: 報告
numbering: report
sort: weight
---
```figures
```

```tables
```
-- content/report/_index.en.md --
---
title: The report
---
```figures
```
-- content/report/one.md --
---
title: 一
weight: 1
---
![潮見市の地図](map.svg "市の <地図>"){#fig:map}

[図](#fig:trend)と[表](#tbl:beds)を見る。
-- content/report/two.md --
---
title: 二
weight: 2
---
```panel
kind: trend
id: fig:trend
title: "医師は`= physicians[shiomi, 2018]`人"
indicator: physicians
```

表：病床の**数** {#tbl:beds}

| 病院 | 数 |
|:--|--:|
| 潮見 | 320 |

[図](#fig:map)は前の頁。[図](#fig:trend)はこの頁。
-- content/report/map.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><title>x</title></svg>
-- content/report/two.en.md --
---
title: Two
---
```panel
kind: trend
id: fig:trend
title: Few physicians
indicator: physicians
```

[Figure](#fig:trend)
"#;

#[test]
fn a_report_is_numbered_through_and_its_pages_point_at_each_other() {
    let site = Site::small(REPORT);
    site.built();
    let two = site.page("report/two/index.html");
    assert!(two.contains("図2"), "{two}");
    assert!(two.contains("<a class=\"ref\" href=\"../one/index.html#fig:map\">図1</a>"), "{two}");
    assert!(two.contains("<a class=\"ref\" href=\"#fig:trend\">図2</a>"), "{two}");
    let one = site.page("report/one/index.html");
    assert!(one.contains("<a class=\"ref\" href=\"../two/index.html#fig:trend\">図2</a>"), "{one}");
    assert!(one.contains("<a class=\"ref\" href=\"../two/index.html#tbl:beds\">表1</a>"), "{one}");
    // The English report is one of its own, with one figure.
    let english = site.page("en/report/two/index.html");
    assert!(english.contains("<a class=\"ref\" href=\"#fig:trend\">Figure 1</a>"), "{english}");
}

#[test]
fn lists_name_the_figures_and_tables_of_all_pages_of_a_report() {
    let site = Site::small(REPORT);
    site.built();
    let list = site.page("report/index.html");
    for line in [
        "<nav class=\"lof\" aria-label=\"図の一覧\">",
        "<li><a href=\"one/index.html#fig:map\"><b>図1</b> 市の &lt;地図&gt;</a></li>",
        "<li><a href=\"two/index.html#fig:trend\"><b>図2</b> 医師は305人</a></li>",
        "<nav class=\"lof\" aria-label=\"表の一覧\">",
        "<li><a href=\"two/index.html#tbl:beds\"><b>表1</b> 病床の数</a></li>",
    ] {
        assert!(list.contains(line), "{line} in {list}");
    }
    let english = site.page("en/report/index.html");
    assert!(
        english.contains("<li><a href=\"two/index.html#fig:trend\"><b>Figure 1</b> Few physicians</a></li>"),
        "{english}"
    );
}

#[test]
fn without_the_mark_every_page_counts_for_itself() {
    let site = Site::small(&REPORT.replace("numbering: report\n", ""));
    let run = site.build();
    // The pages do not see each other: each reference across is reported where it stands.
    let found: Vec<String> =
        run.findings().iter().map(|finding| format!("{} {}", finding.code(), finding.found())).collect();
    assert_eq!(
        found,
        ["unknown-reference #fig:trend", "unknown-reference #tbl:beds", "unknown-reference #fig:map"],
        "{run}"
    );
}

#[test]
fn a_report_of_several_pages_is_one_of_the_list_of_the_section_around_it() {
    let around = "\n-- content/all/_index.md --\n---\ntitle: 報告のすべて\n---\n";
    let site = Site::small(&format!("{around}{}", REPORT.replace("content/report/", "content/all/report/")));
    site.built();
    let list = site.page("all/index.html");
    assert!(list.contains("href=\"report/index.html\""), "{list}");
    assert!(!list.contains("href=\"report/one/index.html\""), "{list}");
    // A section that is not one report stands for nothing in the section around it.
    let plain = "-- content/all/plain/_index.md --\n---\ntitle: ふつうの節\n---\n";
    site.edit(plain).built();
    assert!(!site.page("all/index.html").contains("href=\"plain/index.html\""));
}
