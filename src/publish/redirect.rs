//! The page at an old address (`aliases`), which leads to the new one.

/// A page that leads at once to `target` (relative to it, or absolute) and can be followed by hand.
///
/// `canonical` is the absolute address of the target, `language` the value for `lang`, `title` the target's title.
pub fn redirect(target: &str, canonical: &str, language: &str, title: &str) -> String {
    let (target, canonical) = (escaped(&address(target)), escaped(&address(canonical)));
    let (language, title) = (escaped(language), escaped(title));
    let moved = match language.split('-').next() {
        Some("ja") => "<p>このページは移動しました。</p>\n",
        Some("en") => "<p>This page has moved.</p>\n",
        _ => "",
    };
    format!(
        r#"<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta http-equiv="refresh" content="0; url={target}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
{moved}<p><a href="{target}">{title}</a></p>
</main>
</body>
</html>
"#
    )
}

/// Quotes and spaces would end the address early in the refresh; within an address they mean the same encoded.
fn address(address: &str) -> String {
    address.replace(' ', "%20").replace('"', "%22").replace('\'', "%27")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_is_led_on_and_can_follow_by_hand() {
        let page = redirect("../new/", "https://example.org/new/", "ja", "初期研修 <1年目> & \"2年目\"");
        let title = "初期研修 &lt;1年目&gt; &amp; &quot;2年目&quot;";
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"ja\">\n"));
        for part in [
            "<meta http-equiv=\"refresh\" content=\"0; url=../new/\">".to_owned(),
            "<link rel=\"canonical\" href=\"https://example.org/new/\">".to_owned(),
            "<meta name=\"robots\" content=\"noindex\">".to_owned(),
            "default-src 'none'".to_owned(),
            "このページは移動しました".to_owned(),
            format!("<title>{title}</title>"),
            format!("<a href=\"../new/\">{title}</a>"),
        ] {
            assert!(page.contains(&part), "{part}\n{page}");
        }
    }

    #[test]
    fn other_languages_get_the_link_alone() {
        assert!(redirect("x", "x", "en", "t").contains("This page has moved."));
        assert!(!redirect("x", "x", "vi", "t").contains("moved"));
        assert!(redirect("x", "x", "ja-easy", "t").contains("移動"));
    }

    #[test]
    fn an_address_stays_whole() {
        let page = redirect("it's \"here\"/?a=1&b=2", "x", "en", "t");
        assert!(page.contains("content=\"0; url=it%27s%20%22here%22/?a=1&amp;b=2\""), "{page}");
    }
}
