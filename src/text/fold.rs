//! Folding: the form in which spellings are compared, without case, accents and typographic variants.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns `text` in lower case, without accents, with plain apostrophes, hyphens and spaces.
///
/// `São Tomé` → `sao tome`, `L’Oréal` → `l'oreal`, `Łódź` → `lodz`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|&c| !is_combining_mark(c)) {
        match c {
            '’' | '‘' | 'ʼ' | '′' => out.push('\''),
            '‐' | '‑' | '–' | '—' => out.push('-'),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => out.push(' '),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ł' | 'Ł' => out.push('l'),
            'þ' | 'Þ' => out.push_str("th"),
            'ı' => out.push('i'),
            _ => out.extend(c.to_lowercase().filter(|&lower| !is_combining_mark(lower))),
        }
    }
    out
}

/// Returns the hash under which tokens and gazetteers know a folded word.
#[inline]
pub const fn hash(folded: &[u8]) -> u64 {
    let mut hash = WordHash::NEW;
    let mut at = 0;
    while at < folded.len() {
        hash = hash.add(eight(folded, at));
        at += 8;
    }
    hash.0
}

/// Returns the hash of the folded form of a text.
pub fn hash_of(text: &str) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    if !text.is_ascii() {
        return hash(fold(text).as_bytes());
    }
    let bytes = text.as_bytes();
    let mut hash = WordHash::NEW;
    for at in (0..bytes.len()).step_by(8) {
        let eight = eight(bytes, at);
        // The highest bit of each byte, which is free in ASCII, says whether it is a capital; a small letter differs in one bit.
        let from_a = eight + ONES * u64::from(0x80 - b'A');
        let beyond_z = eight + ONES * u64::from(0x7f - b'Z');
        let capitals = from_a & !beyond_z & (ONES << 7);
        hash = hash.add(eight | capitals >> 2);
    }
    hash.0
}

/// The hash of a word in the making: eight bytes after the other, the last of them filled up with zeros.
#[derive(Debug, Clone, Copy)]
pub(super) struct WordHash(pub(super) u64);

impl WordHash {
    pub(super) const NEW: WordHash = WordHash(0x9e37_79b9_7f4a_7c15);

    #[inline]
    pub(super) const fn add(self, bytes: u64) -> WordHash {
        // Each bit of the product's halves depends on other bits of the word: together they depend on all.
        let product = (self.0 ^ bytes) as u128 * 0xd6e8_feb8_6659_fd93;
        let (low, high) = (product as u64, (product >> 64) as u64);
        WordHash(low ^ high)
    }
}

/// The eight bytes at a place, the first the lowest; zeros past the end.
#[inline]
pub(super) const fn eight(bytes: &[u8], at: usize) -> u64 {
    let Some((_, rest)) = bytes.split_at_checked(at) else {
        return 0;
    };
    if let Some(eight) = rest.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    // Two halves that overlap, or a byte each for up to three: the bytes that come twice are the same.
    let length = rest.len();
    match (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            let last = u32::from_le_bytes(*last) as u64;
            u32::from_le_bytes(*first) as u64 | last << (8 * (length - 4))
        }
        _ if length == 0 => 0,
        _ => {
            let (middle, last) = (length / 2, length - 1);
            rest[0] as u64
                | (rest[middle] as u64) << (8 * middle)
                | (rest[last] as u64) << (8 * last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_folded_bytes() {
        // One byte after the other, as `hash` takes them.
        let eight_at = |bytes: &[u8], at: usize| {
            let bytes = bytes.iter().skip(at).take(8).enumerate();
            bytes.fold(0, |eight, (place, byte)| {
                eight | u64::from(*byte) << (8 * place)
            })
        };
        let mut text = String::new();
        for c in "@AZ[`az{ Lighthizer-WTO_0123456789é’Ł".chars() {
            text.push(c);
            let folded = fold(&text);
            assert_eq!(hash_of(&text), hash(folded.as_bytes()), "{text}");
            for at in 0..folded.len() + 9 {
                assert_eq!(
                    eight(folded.as_bytes(), at),
                    eight_at(folded.as_bytes(), at)
                );
            }
        }
        assert_eq!(hash_of(""), hash(b""));
    }

    #[test]
    fn accents_case_and_typography_go() {
        for (text, folded) in [
            ("São Tomé", "sao tome"),
            ("L’Oréal", "l'oreal"),
            ("ŁÓDŹ", "lodz"),
            ("Malmström", "malmstrom"),
            ("İstanbul", "istanbul"),
            ("Türkiye", "turkiye"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }
}
