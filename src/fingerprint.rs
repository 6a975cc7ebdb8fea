//! The fingerprint of a value: what memo and write compare instead of the value itself.

use std::fmt;
use std::io::BufWriter;

use serde::{Deserialize, Serialize};
use twox_hash::xxhash3_128;

/// How many bytes a hasher is given at a time.
const PIECE: usize = 4096;

/// 128 bits of a hash. Two values with the same fingerprint are taken to be the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of bytes, by BLAKE3: nobody can make others that have the same.
    pub fn of_bytes(bytes: &[u8]) -> Fingerprint {
        Fingerprint::short_of(&blake3::hash(bytes))
    }

    /// The fingerprint of bytes that are compared only with what stands or stood in their place, by XXH3: six times as fast.
    /// No two are the same by chance, but somebody who tried could make them. So what is kept where others may write, such
    /// as pictures in a cache, is named by [`Fingerprint::of_bytes`].
    pub fn quick(bytes: &[u8]) -> Fingerprint {
        Fingerprint(xxhash3_128::Hasher::oneshot(bytes).to_be_bytes())
    }

    fn short_of(hash: &blake3::Hash) -> Fingerprint {
        let mut short = [0; 16];
        short.copy_from_slice(&hash.as_bytes()[..16]);
        Fingerprint(short)
    }

    /// The fingerprint of any serializable value: of all of it, so that no field can be forgotten.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Fingerprint {
        // A hasher is slow with a few bytes at a time.
        let mut pieces = BufWriter::with_capacity(PIECE, blake3::Hasher::new());
        // Our types have no map with keys that JSON refuses, and a hasher takes every byte.
        let is_written = serde_json::to_writer(&mut pieces, value).is_ok();
        match pieces.into_inner() {
            Ok(hasher) if is_written => Fingerprint::short_of(&hasher.finalize()),
            _ => Fingerprint::of_bytes(b"unserializable"),
        }
    }

    /// Reads what `Display` writes: 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let is_hexadecimal = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let number = u128::from_str_radix(text, 16).ok().filter(|_| is_hexadecimal)?;
        Some(Fingerprint(number.to_be_bytes()))
    }

    /// The first eight hexadecimal digits: enough for the name of an asset.
    pub fn short(&self) -> String {
        self.to_string()[..8].to_owned()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_one_is_the_published_hash() {
        // XXH3 of nothing, with 128 bits, as its authors give it.
        assert_eq!(Fingerprint::quick(b"").to_string(), "99aa06d3014798d86001c324468d497f");
        assert_ne!(Fingerprint::quick(b"a"), Fingerprint::quick(b"b"));
    }

    #[test]
    fn what_is_printed_is_read_back() {
        let print = Fingerprint::of_bytes(b"kairan");
        assert_eq!(print.to_string().len(), 32);
        assert_eq!(Fingerprint::parse(&print.to_string()), Some(print));
        assert_eq!(
            Fingerprint(std::array::from_fn(|index| index as u8)).to_string(),
            "000102030405060708090a0b0c0d0e0f"
        );
        assert_eq!(Fingerprint::parse("+0010203040506070809 0a0b0c0d0e0"), None);
        assert_eq!(Fingerprint::parse(""), None);
    }
}
