//! The blocks of a GIF (GIF89a): those that make up the picture, without comments and what programs leave in it.

/// A GIF taken apart.
pub struct Gif {
    /// It, without comments, text and notes of programs; a loop goes on.
    pub kept: Vec<u8>,
    /// How many pictures it shows one after the other.
    pub frames: usize,
}

/// Takes a GIF apart. `None` where it breaks off or is none.
pub fn read(bytes: &[u8]) -> Option<Gif> {
    const PICTURE: u8 = 0x2C;
    const EXTENSION: u8 = 0x21;
    const END: u8 = 0x3B;
    let mut at = 13 + table(*bytes.get(10)?);
    let mut gif = Gif { kept: bytes.get(..at)?.to_vec(), frames: 0 };
    loop {
        let start = at;
        match *bytes.get(at)? {
            END => {
                gif.kept.push(END);
                return Some(gif);
            }
            PICTURE => {
                // Its place and size, its colours, the width of a code, its pixels.
                at = pieces(bytes, at + 11 + table(*bytes.get(at + 9)?))?;
                gif.frames += 1;
                gif.kept.extend(bytes.get(start..at)?);
            }
            EXTENSION => {
                let label = *bytes.get(at + 1)?;
                at = pieces(bytes, at + 2)?;
                let block = bytes.get(start..at)?;
                if belongs(label, block) {
                    gif.kept.extend(block);
                }
            }
            _ => return None,
        }
    }
}

/// How many bytes a table of colours has, as its flags say.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where the pieces that begin at `at` end: each says how long it is, the last is empty.
fn pieces(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return (at <= bytes.len()).then_some(at);
        }
    }
}

/// How long a picture stands and how often all of them are shown; nothing else.
fn belongs(label: u8, block: &[u8]) -> bool {
    match label {
        0xF9 => true,
        0xFF => matches!(block.get(3..14), Some(b"NETSCAPE2.0" | b"ANIMEXTS1.0")),
        _ => false,
    }
}
