//! Labels beside the things they name: how wide a text is, how it wraps, and where it goes so that none covers another.

use super::LINE_HEIGHT;

/// How wide a text is in em: an upper estimate for common sans-serif fonts in bold, without asking for any font.
pub fn width(text: &str) -> f64 {
    text.chars().map(character_width).sum()
}

fn character_width(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '’' | '‘' => 0.34,
        ' ' | '\u{a0}' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | '"' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' | '…' => 0.98,
        '0'..='9' | '−' | '+' | '–' | '=' | '<' | '>' => 0.62,
        'A'..='Z' => 0.76,
        // Half-width katakana; accented Latin letters are as wide as their base.
        'a'..='z' | '｡'..='ﾟ' | '\u{c0}'..='\u{24f}' => 0.64,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => 0.0,
        character if character.is_ascii() => 0.64,
        _ => 1.0,
    }
}

/// The lines of a text that is to be no wider than `limit` em where it can be broken: after a space or a hyphen, or
/// between Japanese characters. Nothing is cut off; what can't be broken makes the label wider.
pub fn wrap(text: &str, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces(text) {
        match lines.last_mut() {
            Some(line) if width(line.trim_end()) + width(" ") * spaces(line) + width(piece.trim_end()) <= limit => {
                line.push_str(&piece);
            }
            _ => lines.push(piece),
        }
    }
    let lines: Vec<String> = lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() { vec![String::new()] } else { lines }
}

fn spaces(line: &str) -> f64 {
    (line.chars().count() - line.trim_end().chars().count()) as f64
}

/// So many characters between Japanese brackets stay together.
const SHORT: usize = 3;

/// The smallest parts that stay whole on a line.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = vec![String::new()];
    let mut previous = ' ';
    // How many characters are left of a short remark in brackets.
    let mut remark: usize = 0;
    for (at, character) in text.char_indices() {
        let wide = |character: char| character_width(character) == 1.0 && character.is_alphanumeric();
        let closing = matches!(character, '）' | '」' | '、' | '。' | '・' | 'ー' | '％');
        let breaks = match previous {
            _ if remark > 0 => false,
            ' ' | '-' | '/' | '・' => character != ' ',
            // A Japanese name breaks anywhere but before what can't begin a line.
            previous if character == '（' => wide(previous) || previous == '）',
            previous => (wide(previous) && wide(character) || previous == '）') && !closing && character != ' ',
        };
        remark = match character {
            '（' => {
                text.get(at..).into_iter().flat_map(str::chars).take(SHORT + 2).position(|end| end == '）').unwrap_or(0)
            }
            _ => remark.saturating_sub(1),
        };
        if breaks {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(character);
        }
        previous = character;
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// A text with its lines and size.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The lines, from the top.
    pub lines: Vec<String>,
}

impl Label {
    /// A text broken to `limit` em.
    pub fn new(text: &str, limit: f64) -> Label {
        Label { lines: wrap(text, limit) }
    }

    /// A name and its value: on one line where they fit, else the value has a line of its own.
    pub fn with_value(name: &str, value: &str, limit: f64) -> Label {
        let together = format!("{name} {value}");
        if width(&together) <= limit {
            return Label { lines: vec![together] };
        }
        let mut lines = wrap(name, limit);
        match lines.last_mut() {
            Some(last) if width(last) + width(" ") + width(value) <= limit => *last = format!("{last} {value}"),
            _ => lines.push(value.to_owned()),
        }
        Label { lines }
    }

    /// The width of its longest line, in em.
    pub fn width(&self) -> f64 {
        self.lines.iter().map(|line| width(line)).fold(0.0, f64::max)
    }

    /// Its height, in em.
    pub fn height(&self) -> f64 {
        self.lines.len() as f64 * LINE_HEIGHT
    }
}

/// Something of a certain height that wants its middle at a certain place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// Where the middle would be best.
    pub middle: f64,
    /// The height, in the same unit.
    pub height: f64,
}

/// The middles of all, moved as little as possible so that none overlaps another and all are within `frame`.
///
/// In the order of their wishes the gaps are known, so what is left is a series that may not decrease, nearest to the
/// wishes: an isotonic regression, by pooling neighbours that would cross. Where the frame is too short for all, they
/// keep their order and share what there is evenly.
pub fn spread(wishes: &[Wish], frame: (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].middle.total_cmp(&wishes[*b].middle).then(a.cmp(b)));
    let total: f64 = wishes.iter().map(|wish| wish.height).sum();
    let room = frame.1 - frame.0;
    let squeeze = if total > room && total > 0.0 { room / total } else { 1.0 };
    // The top of each label if all were packed from zero.
    let mut packed = Vec::with_capacity(order.len());
    let mut below = 0.0;
    for &index in &order {
        packed.push(below);
        below += wishes[index].height * squeeze;
    }
    let slack = (room - below).max(0.0);
    let wanted: Vec<f64> = order
        .iter()
        .zip(&packed)
        .map(|(&index, packed)| wishes[index].middle - wishes[index].height * squeeze / 2.0 - packed - frame.0)
        .collect();
    let mut middles = vec![0.0; wishes.len()];
    for ((&index, packed), shift) in order.iter().zip(&packed).zip(non_decreasing(&wanted)) {
        middles[index] = frame.0 + shift.clamp(0.0, slack) + packed + wishes[index].height * squeeze / 2.0;
    }
    middles
}

/// The non-decreasing series with the least squared distance to `values`.
fn non_decreasing(values: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for &value in values {
        let mut pool = (value, 1);
        while let Some(&(sum, count)) = pools.last()
            && sum / count as f64 > pool.0 / pool.1 as f64
        {
            pool = (pool.0 + sum, pool.1 + count);
            pools.pop();
        }
        pools.push(pool);
    }
    pools.iter().flat_map(|(sum, count)| std::iter::repeat_n(sum / *count as f64, *count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_wrap_where_their_language_allows() {
        assert_eq!(wrap("熊本市外", 8.0), ["熊本市外"]);
        assert_eq!(wrap("Outside Kumamoto City", 8.5), ["Outside", "Kumamoto City"]);
        assert_eq!(wrap("Kumamoto-Kamimashiki", 8.0), ["Kumamoto-", "Kamimashiki"]);
        assert_eq!(wrap("熊本・上益城医療圏（平成の区分）", 7.0), ["熊本・上益城医", "療圏（平成の区", "分）"]);
        assert_eq!(wrap("沖ノ小島診療所（見本）", 10.0), ["沖ノ小島診療所", "（見本）"]);
        assert_eq!(wrap("", 8.0), [""]);
    }

    #[test]
    fn values_stay_beside_their_names_where_there_is_room() {
        assert_eq!(Label::with_value("熊本市外", "199.3", 8.0).lines, ["熊本市外 199.3"]);
        assert_eq!(
            Label::with_value("Outside Kumamoto City", "199.3", 8.5).lines,
            ["Outside", "Kumamoto City", "199.3"]
        );
    }

    /// A small generator of numbers, so that the loops below try the same cases on every run.
    fn numbers(seed: u64) -> impl Iterator<Item = f64> {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
        std::iter::from_fn(move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            Some((state >> 11) as f64 / (1u64 << 53) as f64)
        })
    }

    #[test]
    fn labels_never_overlap_and_never_leave_the_frame() {
        for seed in 0..400 {
            let mut random = numbers(seed);
            let mut next = || random.next().unwrap_or_default();
            let count = 1 + (next() * 14.0) as usize;
            let wishes: Vec<Wish> =
                (0..count).map(|_| Wish { middle: next() * 120.0 - 10.0, height: 2.0 + next() * 4.0 }).collect();
            let middles = spread(&wishes, (0.0, 100.0));
            let mut boxes: Vec<(f64, f64)> = middles
                .iter()
                .zip(&wishes)
                .map(|(middle, wish)| (middle - wish.height / 2.0, middle + wish.height / 2.0))
                .collect();
            boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(boxes.iter().all(|(top, bottom)| *top > -1e-9 && *bottom < 100.0 + 1e-9), "{boxes:?}");
            assert!(boxes.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1e-9), "{boxes:?}");
        }
    }

    #[test]
    fn labels_with_room_stay_where_they_wish() {
        let wishes = [Wish { middle: 71.63, height: 7.0 }, Wish { middle: 10.26, height: 7.0 }];
        assert_eq!(spread(&wishes, (0.0, 100.0)), [71.63, 10.26]);
    }

    #[test]
    fn too_many_labels_share_the_frame() {
        let middles = spread(&[Wish { middle: 5.0, height: 60.0 }; 4], (0.0, 100.0));
        assert_eq!(middles, [12.5, 37.5, 62.5, 87.5]);
    }
}
