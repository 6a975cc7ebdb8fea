//! Fenced code with its words in twelve kinds of colour, as classes that a theme styles.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::super::japanese::escape;

/// The most code of one page that is coloured; what comes after stays plain, so that no page takes seconds.
pub const MOST: usize = 512 * 1024;
/// The longest line that is coloured.
const LONGEST_LINE: usize = 2_000;

/// Names of texts that have no colours.
const PLAIN: [&str; 16] = [
    "text",
    "txt",
    "plain",
    "plaintext",
    "none",
    "console",
    "output",
    "csv",
    "tsv",
    "toml",
    "ftl",
    "mermaid",
    "log",
    "ini",
    "tera",
    "dockerfile",
];

/// Names that people use for languages that are known by another.
const ALIASES: [(&str, &str); 8] = [
    ("ts", "js"),
    ("typescript", "js"),
    ("jsx", "js"),
    ("tsx", "js"),
    ("jsonc", "json"),
    ("shell", "sh"),
    ("golang", "go"),
    ("jinja", "html"),
];

/// What a scope means to a reader, most special first. The class is the second word.
const CLASSES: [(&str, &str); 29] = [
    ("comment", "hl-comment"),
    ("string", "hl-string"),
    ("constant.character.escape", "hl-constant"),
    ("constant.numeric", "hl-constant"),
    ("constant", "hl-constant"),
    ("keyword.operator", "hl-keyword"),
    ("keyword", "hl-keyword"),
    ("storage", "hl-storage"),
    ("entity.name.function", "hl-entity"),
    ("support.function", "hl-support"),
    ("variable.function", "hl-entity"),
    ("entity.name.tag", "hl-tag"),
    ("entity.other.attribute-name", "hl-attribute"),
    ("entity.name", "hl-entity"),
    ("entity.other.inherited-class", "hl-entity"),
    ("support.type", "hl-support"),
    ("support.class", "hl-support"),
    ("support.constant", "hl-constant"),
    ("variable.parameter", "hl-variable"),
    ("variable.language", "hl-constant"),
    ("variable.other.member", "hl-attribute"),
    ("markup.heading", "hl-keyword"),
    ("markup.bold", "hl-keyword"),
    ("markup.raw", "hl-string"),
    ("markup.underline", "hl-string"),
    ("markup.inserted", "hl-inserted"),
    ("markup.deleted", "hl-deleted"),
    ("invalid", "hl-invalid"),
    ("meta.diff", "hl-comment"),
];

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);
static SCOPES: LazyLock<Vec<(Scope, &str)>> =
    LazyLock::new(|| CLASSES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect());

/// Whether a text of this name needs no colours.
pub fn is_plain(language: &str) -> bool {
    PLAIN.iter().any(|plain| plain.eq_ignore_ascii_case(language))
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let alias = ALIASES.iter().find(|(name, _)| name.eq_ignore_ascii_case(language));
    SYNTAXES.find_syntax_by_token(alias.map_or(language, |(_, known)| known))
}

/// Whether a language can be coloured.
pub fn is_known(language: &str) -> bool {
    is_plain(language) || syntax(language).is_some()
}

/// The names of all languages, for help.
pub fn names() -> Vec<&'static str> {
    let extensions = SYNTAXES.syntaxes().iter().flat_map(|syntax| syntax.file_extensions.iter());
    let mut names: Vec<&str> = extensions.map(String::as_str).filter(|name| !name.is_empty()).collect();
    names.extend(PLAIN);
    names.extend(ALIASES.iter().map(|(name, _)| *name));
    names.sort_unstable();
    names.dedup();
    names
}

/// Appends code as HTML, coloured where the language is known.
pub fn write(html: &mut String, code: &str, language: &str) {
    match syntax(language).filter(|_| !is_plain(language)) {
        Some(syntax) => coloured(html, code, syntax),
        None => escape(html, code),
    }
}

fn coloured(html: &mut String, code: &str, syntax: &SyntaxReference) {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut painter = Painter { html, class: "" };
    let mut rest = code;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.find('\n').map_or(rest.len(), |end| end + 1));
        let parsed = if line.len() > LONGEST_LINE { None } else { state.parse_line(line, &SYNTAXES).ok() };
        let Some(operations) = parsed else {
            // The state is of no use after a line that was not read.
            painter.paint("", rest);
            break;
        };
        let mut start = 0;
        for (end, operation) in operations {
            painter.paint(class(&stack), line.get(start..end).unwrap_or_default());
            start = end;
            if stack.apply(&operation).is_err() {
                stack = ScopeStack::new();
            }
        }
        painter.paint(class(&stack), line.get(start..).unwrap_or_default());
        rest = after;
    }
    painter.paint("", "");
    painter.close();
}

/// The class of the innermost scope that has one.
fn class(stack: &ScopeStack) -> &'static str {
    let of_scope = |scope: &Scope| SCOPES.iter().find(|(known, _)| known.is_prefix_of(*scope)).map(|(_, class)| *class);
    let innermost = stack.as_slice().iter().rev();
    // The quotes of a string are of its colour; other punctuation has none of its own.
    innermost.filter_map(of_scope).next().unwrap_or("")
}

/// Writes neighbours of one class as one span.
struct Painter<'h> {
    html: &'h mut String,
    class: &'static str,
}

impl Painter<'_> {
    fn paint(&mut self, class: &'static str, text: &str) {
        if text.is_empty() {
            return;
        }
        if class != self.class && !text.trim().is_empty() {
            self.close();
            if !class.is_empty() {
                self.html.push_str("<span class=\"");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.class = class;
        }
        escape(self.html, text);
    }

    fn close(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
        }
        self.class = "";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_has_short_classes() {
        let check = |language: &str, code: &str, expected: &str| {
            let mut html = String::new();
            write(&mut html, code, language);
            assert_eq!(html, expected);
        };
        check(
            "python",
            "x = 1  # 数\n",
            "x <span class=\"hl-keyword\">= </span><span class=\"hl-constant\">1  </span><span class=\"hl-comment\"># 数\n</span>",
        );
        check("text", "a < b", "a &lt; b");
        check("nonsense", "a < b", "a &lt; b");
        check(
            "json",
            "{\"a\": null}",
            "{<span class=\"hl-string\">&quot;a&quot;</span>: <span class=\"hl-constant\">null</span>}",
        );
    }

    #[test]
    fn languages_are_found_by_their_usual_names() {
        for name in [
            "rust", "py", "yaml", "yml", "r", "R", "sql", "html", "css", "js", "ts", "sh", "bash", "text", "toml", "md",
        ] {
            assert!(is_known(name), "{name}");
        }
        assert!(!is_known("pythn"));
        assert!(names().contains(&"py"));
    }
}
