//! Colours, and how well they are told from each other.

use std::fmt;
use std::sync::OnceLock;

/// A colour of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// In how many steps a colour is brought to black or to white.
const STEPS: u16 = 100;

impl Colour {
    /// `#00665e`, `#06e`
    pub fn parse(text: &str) -> Option<Colour> {
        let digits: Vec<u8> =
            text.strip_prefix('#')?.chars().map(|digit| Some(digit.to_digit(16)? as u8)).collect::<Option<_>>()?;
        match digits[..] {
            [r, g, b] => Some(Colour([r * 17, g * 17, b * 17])),
            [r, s, g, h, b, c] => Some(Colour([r * 16 + s, g * 16 + h, b * 16 + c])),
            _ => None,
        }
    }

    /// Red, green and blue.
    pub fn channels(self) -> [u8; 3] {
        self.0
    }

    /// The ratio of the luminances, as WCAG 2 reckons it: 1 for the same colour, 21 for black on white.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The nearest colour on the way to black or to white for which `passes` holds, itself first.
    pub fn nearest(self, passes: impl Fn(Colour) -> bool) -> Option<Colour> {
        (0..=STEPS).flat_map(|step| [0, 255].map(|end| self.towards(end, step))).find(|colour| passes(*colour))
    }

    fn towards(self, end: u16, step: u16) -> Colour {
        Colour(self.0.map(|part| {
            let mixed = (u16::from(part) * (STEPS - step) + end * step + STEPS / 2) / STEPS;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        }))
    }

    fn luminance(self) -> f64 {
        let light = |part: u8| lights().get(usize::from(part)).copied().unwrap_or(1.0);
        let [r, g, b] = self.0.map(light);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// How much light each of the 256 steps of a screen gives.
fn lights() -> &'static Vec<f64> {
    static LIGHTS: OnceLock<Vec<f64>> = OnceLock::new();
    LIGHTS.get_or_init(|| {
        let light = |share: f64| if share <= 0.04045 { share / 12.92 } else { power((share + 0.055) / 1.055) };
        (0..=u8::MAX).map(|step| light(f64::from(step) / 255.0)).collect()
    })
}

/// To the power of 2.4, which is the fifth root of the twelfth power: by Newton's method, alike on every machine.
fn power(base: f64) -> f64 {
    let twelfth = (0..12).fold(1.0, |product, _| product * base);
    (0..100).fold(1.0, |root: f64, _| root - (root - twelfth / (root * root * root * root)) / 5.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!(colour("#06e").to_string(), "#0066ee");
        assert_eq!(colour("#00665E").to_string(), "#00665e");
        for text in ["", "00665e", "#00665", "#00665g", "teal", "#あいう"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_reckoned_as_wcag_does() {
        let contrast = |a, b| colour(a).contrast(colour(b));
        assert!((contrast("#000", "#fff") - 21.0).abs() < 1e-6);
        assert!((contrast("#767676", "#fff") - 4.54).abs() < 0.005);
        assert!((contrast("#0055ad", "#fff") - contrast("#fff", "#0055ad")).abs() < 1e-12);
    }

    #[test]
    fn the_nearest_colour_that_can_be_read_is_itself_where_it_can() {
        let on = |ground: &str, text: &str| {
            let ground = colour(ground);
            colour(text).nearest(|it| it.contrast(ground) >= 4.5).map(|it| it.to_string())
        };
        assert_eq!(on("#fff", "#00665e").as_deref(), Some("#00665e"));
        assert_eq!(on("#fff", "#1fa89a").as_deref(), Some("#188378"));
        assert_eq!(on("#10122f", "#00665e").as_deref(), Some("#3d8b85"));
        let none =
            colour("#888").nearest(|it| it.contrast(colour("#fff")) >= 4.5 && it.contrast(colour("#000")) >= 7.0);
        assert_eq!(none, None);
    }
}
