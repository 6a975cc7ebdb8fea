//! SVG as text: elements with escaped attributes and rounded coordinates, the same on every machine.

/// A coordinate with at most two decimals, without trailing zeros and without a negative zero.
pub fn coordinate(value: f64) -> String {
    let mut text = String::new();
    push_coordinate(&mut text, value);
    text
}

/// Adds what [`coordinate`] gives. Drawings are made of little else.
pub fn push_coordinate(text: &mut String, value: f64) {
    let hundredths = (value * 100.0).round();
    if !value.is_finite() || hundredths == 0.0 {
        return text.push('0');
    }
    // Of whole hundredths the digits are plain; what is beyond any drawing is written in the slow way.
    if hundredths.abs() >= 1e12 {
        let digits = format!("{:.2}", hundredths / 100.0);
        return text.push_str(digits.trim_end_matches('0').trim_end_matches('.'));
    }
    let digits = hundredths.abs() as u64;
    let (whole, tenth, hundredth) = (digits / 100, digits / 10 % 10, digits % 10);
    if hundredths < 0.0 {
        text.push('-');
    }
    text.push_str(itoa::Buffer::new().format(whole));
    if (tenth, hundredth) != (0, 0) {
        text.push('.');
        text.push_str(itoa::Buffer::new().format(tenth));
    }
    if hundredth != 0 {
        text.push_str(itoa::Buffer::new().format(hundredth));
    }
}

/// Adds a place: both its coordinates, with a space between.
pub fn push_point(text: &mut String, (x, y): (f64, f64)) {
    push_coordinate(text, x);
    text.push(' ');
    push_coordinate(text, y);
}

/// A coordinate in percent of the outer SVG.
pub fn percent(value: f64) -> String {
    coordinate(value) + "%"
}

/// Text made safe for content and for attributes between double quotes.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    escape(&mut safe, text);
    safe
}

fn escape(safe: &mut String, text: &str) {
    // 0xC2 begins, among others, the control characters beyond ASCII.
    let is_safe = |byte: u8| byte >= b' ' && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 0x7f | 0xc2);
    if text.bytes().all(is_safe) {
        return safe.push_str(text);
    }
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
}

/// Elements, written one after the other.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
    open: Vec<&'static str>,
}

impl Writer {
    /// A writer with room for a drawing, which is not to be moved as it grows.
    pub fn for_drawing() -> Writer {
        const USUAL: usize = 4 * 1024;
        Writer { text: String::with_capacity(USUAL), open: Vec::new() }
    }

    /// Opens an element; [`Writer::close`] ends it.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push('>');
        self.open.push(name);
    }

    /// Ends the element opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            for piece in ["</", name, ">"] {
                self.text.push_str(piece);
            }
        }
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>");
    }

    /// Text within the open element.
    pub fn text(&mut self, text: &str) {
        escape(&mut self.text, text);
    }

    /// All that was written, every element closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            for piece in [" ", key, "=\""] {
                self.text.push_str(piece);
            }
            escape(&mut self.text, value);
            self.text.push('"');
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
