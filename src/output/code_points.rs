//! Places in a text counted in bytes to places counted in Unicode code points.

use std::ops::Range;

/// Bytes between two known places: short enough to count through, long enough for a small table.
const STEP: usize = 64;

/// The code points of one text. Made in one pass; each question then takes the time of at most `STEP` bytes,
/// in whatever order they come.
#[derive(Debug)]
pub(super) struct CodePoints<'a> {
    bytes: &'a [u8],
    /// How many code points begin before each multiple of `STEP`; empty where every byte is one.
    counts: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    pub(super) fn new(text: &'a str) -> CodePoints<'a> {
        let bytes = text.as_bytes();
        let mut counts = Vec::new();
        if !text.is_ascii() {
            counts.reserve(bytes.len() / STEP + 1);
            counts.push(0);
            let mut n_before = 0;
            for chunk in bytes.chunks_exact(STEP) {
                n_before += count(chunk);
                counts.push(n_before);
            }
        }
        CodePoints { bytes, counts }
    }

    /// How many code points begin before a byte.
    pub(super) fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.bytes.len());
        match self.counts.get(byte / STEP) {
            Some(n_before) => n_before + count(&self.bytes[byte / STEP * STEP..byte]),
            None => byte,
        }
    }

    pub(super) fn range(&self, bytes: &Range<usize>) -> Range<usize> {
        self.at(bytes.start)..self.at(bytes.end)
    }
}

/// How many code points begin in these bytes of UTF-8.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_characters() {
        for text in [
            String::new(),
            "Steel and aluminium.".to_owned(),
            "a".repeat(STEP),
            "é".repeat(STEP / 2),
            "Zölle auf Stahl: 25 % 鉄鋼 🛳 ".repeat(20),
        ] {
            let code_points = CodePoints::new(&text);
            for (n_before, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(code_points.at(byte), n_before);
            }
            assert_eq!(code_points.at(text.len()), text.chars().count());
            assert_eq!(code_points.at(text.len() + 1), text.chars().count());
        }
    }
}
