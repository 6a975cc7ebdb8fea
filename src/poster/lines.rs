//! A text in lines: broken between phrases and words, as large as it can be in the room there is.

use super::letters::Letters;
use crate::parse::japanese;

/// The room for a text.
#[derive(Debug, Clone, Copy)]
pub struct Room<'r> {
    /// How wide it is.
    pub width: f32,
    /// How high.
    pub height: f32,
    /// The sizes of letters that look well there, the largest first.
    pub sizes: &'r [f32],
}

/// A text in lines.
#[derive(Debug, PartialEq)]
pub struct Lines {
    /// The size of its letters.
    pub size: f32,
    /// The lines.
    pub lines: Vec<String>,
}

/// From one line to the next, by the size of letters.
pub const LEADING: f32 = 1.32;

/// The text in letters as large as it can have, without parting phrases and words; else parting them; else cut short.
pub fn fit(letters: &Letters, text: &str, room: Room<'_>) -> Lines {
    let phrases = pieces(text, &breaks(text));
    let signs = pieces(text, &japanese::letter_breaks(text));
    let whole = [&phrases, &signs].into_iter().find_map(|pieces| {
        room.sizes.iter().find_map(|size| {
            let lines = balanced(letters, pieces, room.across(*size))?;
            (lines.len() <= room.down(*size)).then_some(Lines { size: *size, lines })
        })
    });
    whole.unwrap_or_else(|| {
        let size = room.sizes.last().copied().unwrap_or(40.0);
        let wide = room.across(size);
        let mut lines =
            [&phrases, &signs].into_iter().find_map(|pieces| lines(letters, pieces, wide)).unwrap_or_default();
        lines.truncate(room.down(size));
        if let Some(last) = lines.last_mut() {
            *last = cut(letters, last, wide);
        }
        Lines { size, lines }
    })
}

/// One line, cut short where it is wider than `across`.
pub fn line(letters: &Letters, text: &str, size: f32, across: f32) -> String {
    let wide = Room { width: across, height: size, sizes: &[] }.across(size);
    if letters.width(text) <= wide { text.to_owned() } else { cut(letters, text, wide) }
}

impl Room<'_> {
    /// Its width for letters of that size, in the measures of the font.
    fn across(&self, size: f32) -> i32 {
        (self.width * 1000.0 / size) as i32
    }

    /// How many lines it has room for.
    fn down(&self, size: f32) -> usize {
        ((self.height / (size * LEADING)) as usize).max(1)
    }
}

/// Where a line may end: between phrases, and after spaces.
fn breaks(text: &str) -> Vec<usize> {
    let spaces = text.char_indices().filter(|(_, letter)| letter.is_whitespace());
    let mut breaks = japanese::breaks(text);
    breaks.extend(spaces.map(|(place, space)| place + space.len_utf8()));
    breaks.sort_unstable();
    breaks
}

fn pieces<'t>(text: &'t str, breaks: &[usize]) -> Vec<&'t str> {
    let starts = std::iter::once(0).chain(breaks.iter().copied());
    let ends = breaks.iter().copied().chain([text.len()]);
    starts.zip(ends).filter_map(|(start, end)| text.get(start..end)).filter(|piece| !piece.is_empty()).collect()
}

/// As few lines as there can be, of about the same length. `None` where a piece is wider than a line.
fn balanced(letters: &Letters, pieces: &[&str], wide: i32) -> Option<Vec<String>> {
    let fewest = lines(letters, pieces, wide)?;
    let narrower = (10..20).map(|step| wide / 20 * step).filter_map(|wide| lines(letters, pieces, wide));
    Some(narrower.into_iter().find(|lines| lines.len() == fewest.len()).unwrap_or(fewest))
}

/// Each line as full as it can be. `None` where a piece is wider than a line.
fn lines(letters: &Letters, pieces: &[&str], wide: i32) -> Option<Vec<String>> {
    let fits = |line: &str| letters.width(line.trim_end()) <= wide;
    let (mut lines, mut line) = (Vec::new(), String::new());
    for piece in pieces {
        if !fits(piece) {
            return None;
        }
        let longer = format!("{line}{piece}");
        if fits(&longer) {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, (*piece).to_owned()));
        }
    }
    lines.push(line);
    Some(lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect())
}

/// As much of a text as fits, with dots behind it: those of Japanese stand in the middle of the line.
fn cut(letters: &Letters, text: &str, wide: i32) -> String {
    let dots = if text.chars().any(japanese::is_japanese) { "…" } else { "..." };
    let mut head = text.to_owned();
    loop {
        let cut = format!("{}{dots}", head.trim_end().trim_end_matches(['、', ',', '・']));
        if letters.width(&cut) <= wide || head.pop().is_none() {
            return cut;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room<'_> = Room { width: 1000.0, height: 300.0, sizes: &[80.0, 60.0, 40.0] };

    #[track_caller]
    fn check(text: &str, size: f32, expected: &[&str]) {
        let Lines { size: set, lines } = fit(Letters::get().expect("a font"), text, ROOM);
        assert_eq!((set, lines), (size, expected.iter().map(ToString::to_string).collect()), "{text}");
    }

    #[test]
    fn a_title_is_as_large_as_it_can_be() {
        check("夏の学習会", 80.0, &["夏の学習会"]);
        check("", 80.0, &[]);
        check(
            "医学生と研修医のための夏の学習会をひらきました",
            80.0,
            &["医学生と研修医のための", "夏の学習会をひらきました"],
        );
        check("A summer school by the sea for students", 80.0, &["A summer school by", "the sea for students"]);
    }

    #[test]
    fn words_are_parted_only_where_no_size_is_small_enough() {
        check("Pneumonoultramicroscopic", 60.0, &["Pneumonoultramicroscopic"]);
        let long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        let Lines { size, lines } = fit(Letters::get().expect("a font"), long, ROOM);
        assert_eq!((size, lines.concat()), (60.0, long.to_owned()));
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let Lines { size, lines } = fit(Letters::get().expect("a font"), &"地域の医療を学ぶ、".repeat(40), ROOM);
        assert_eq!((size, lines.len()), (40.0, 5));
        assert!(lines.last().is_some_and(|line| line.ends_with("学ぶ…") || line.ends_with('…')), "{lines:?}");
        let letters = Letters::get().expect("a font");
        assert!(lines.iter().all(|line| letters.width(line) <= 25_000), "{lines:?}");
        assert_eq!(line(letters, "地域の医療を学ぶ、", 40.0, 200.0), "地域の医…");
        assert_eq!(line(letters, "地域", 40.0, 200.0), "地域");
    }

    #[test]
    fn no_line_begins_with_what_belongs_to_the_line_before() {
        let text = "ーっ、。」".repeat(30);
        let Lines { lines, .. } = fit(Letters::get().expect("a font"), &format!("医{text}"), ROOM);
        assert!(lines.len() <= 5, "{lines:?}");
    }
}
