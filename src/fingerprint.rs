//! The fingerprint of a value: what memo and write compare instead of the value itself.

use std::fmt;

use serde::{Deserialize, Serialize};

/// 128 bits of BLAKE3. Two values with the same fingerprint are taken to be the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of bytes.
    pub fn of_bytes(bytes: &[u8]) -> Fingerprint {
        let mut short = [0; 16];
        short.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
        Fingerprint(short)
    }

    /// The fingerprint of any serializable value: of all of it, so that no field can be forgotten.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Fingerprint {
        let mut hasher = blake3::Hasher::new();
        // Writing into a hasher can't fail, and our types have no map with keys that JSON refuses.
        if serde_json::to_writer(&mut hasher, value).is_err() {
            hasher.update(b"unserializable");
        }
        let mut short = [0; 16];
        short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Fingerprint(short)
    }

    /// The first eight hexadecimal digits: enough for the name of an asset.
    pub fn short(&self) -> String {
        self.to_string()[..8].to_owned()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
