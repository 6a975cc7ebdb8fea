//! SVG as text: elements with escaped attributes and rounded coordinates, the same on every machine.

use std::fmt::Write;

/// A coordinate with at most two decimals, without trailing zeros and without a negative zero.
pub fn coordinate(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let hundredths = (value * 100.0).round();
    if hundredths == 0.0 {
        return "0".to_owned();
    }
    let text = format!("{:.2}", hundredths / 100.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A coordinate in percent of the outer SVG.
pub fn percent(value: f64) -> String {
    coordinate(value) + "%"
}

/// Text made safe for content and for attributes between double quotes.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Control characters are not allowed in XML, however they are written.
            character if character.is_control() && character != '\n' && character != '\t' => {}
            character => safe.push(character),
        }
    }
    safe
}

/// Elements, written one after the other.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
    open: Vec<&'static str>,
}

impl Writer {
    /// Opens an element; [`Writer::close`] ends it.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push('>');
        self.open.push(name);
    }

    /// Ends the element opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            // Writing to a string can't fail.
            let _ = write!(self.text, "</{name}>");
        }
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>");
    }

    /// Text within the open element.
    pub fn text(&mut self, text: &str) {
        self.text.push_str(&escaped(text));
    }

    /// All that was written, every element closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.text, "<{name}");
        for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            let _ = write!(self.text, " {key}=\"{}\"", escaped(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short_and_have_no_negative_zero() {
        let cases = [(0.0, "0"), (-0.0, "0"), (-0.001, "0"), (71.428_571, "71.43"), (-2.5, "-2.5"), (100.0, "100")];
        for (value, expected) in cases {
            assert_eq!(coordinate(value), expected);
        }
        assert_eq!(coordinate(f64::NAN), "0");
        assert_eq!(coordinate(f64::INFINITY), "0");
    }

    #[test]
    fn names_can_hold_anything() {
        let mut writer = Writer::default();
        writer.open("text", &[("class", "\"><script>"), ("lang", "")]);
        writer.text("R&D <b>'\u{1}");
        let svg = writer.finish();
        assert_eq!(svg, "<text class=\"&quot;&gt;&lt;script&gt;\">R&amp;D &lt;b&gt;&#39;</text>");
    }
}
