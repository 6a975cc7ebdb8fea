//! Patterns that JSON Schemas have for what `model` asks of names.

/// What an id may be: letters and digits of any script, `-` and `_`, the first of them no `-`.
pub const ID: &str = r"^[^\s\x00-/:-@\[-^`\x7b-\x7f、。・「」（）][^\s\x00-,./:-@\[-^`\x7b-\x7f、。・「」（）]*$";

/// What the id of an indicator may be: a word of the language of formulas.
pub const WORD: &str = r"^[^\s\x00-@\[-^`\x7b-\x7f、。・「」（）][^\s\x00-/:-@\[-^`\x7b-\x7f、。・「」（）]*$";
