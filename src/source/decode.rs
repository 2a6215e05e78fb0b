//! Bytes to text: finds the charset, and brings characters into one form.
//!
//! What comes out has `\n` for line ends, `\t` and no other control characters, plain spaces, no invisible characters,
//! and is in Unicode normalization form C.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Bytes from which binary files, UTF-16 and other charsets are told.
const SAMPLE_BYTES: usize = 64 << 10;

/// How files begin that are no text; a name says more than "binary".
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP archive or office document"),
    (
        b"\xd0\xcf\x11\xe0",
        "office document of before 2007: save it as .docx",
    ),
    (b"\x1f\x8b", "gzip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
    (b"\xfd7zXZ", "xz archive"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "rich text"),
];

/// Returns the text of a file, or the reason why it is none. `declared` is the charset that the file itself names.
pub(super) fn text<'a>(
    bytes: &'a [u8],
    declared: Option<&'static Encoding>,
) -> Result<Cow<'a, str>, String> {
    // Nothing need be asked of plain text, not even what it is.
    if is_plain(bytes)
        && signature(bytes).is_none()
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Ok(Cow::Borrowed(text));
    }
    Ok(clean(characters(bytes, declared)?))
}

/// What bytes are that begin like no text.
fn signature(bytes: &[u8]) -> Option<&'static str> {
    let mut signatures = SIGNATURES.iter();
    let found = signatures.find(|(start, _)| bytes.starts_with(start));
    found.map(|(_, name)| *name)
}

/// The encoding of bytes that are UTF-16 and do not say so: every other byte of Western text is zero.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if Encoding::for_bom(bytes).is_some() {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES) & !1];
    memchr::memchr(0, sample)?;
    let n_units = sample.len() / 2;
    let n_zeros = |offset: usize| {
        sample[offset.min(sample.len())..]
            .iter()
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (even, odd) = (n_zeros(0), n_zeros(1));
    if n_units >= 2 && odd * 2 > n_units && even * 20 < n_units {
        Some(UTF_16LE)
    } else if n_units >= 2 && even * 2 > n_units && odd * 20 < n_units {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding of bytes that are UTF-16, and the length of the mark that says so.
pub(super) fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    let marked = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8);
    marked.or_else(|| utf16_without_mark(bytes).map(|encoding| (encoding, 0)))
}

/// The beginning of a file as far as formats look at it: UTF-16 as UTF-8, everything else as it is.
pub(super) fn sample(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Some((encoding, length)) = utf16(bytes) else {
        return Cow::Borrowed(bytes);
    };
    let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
    Cow::Owned(text.into_owned().into_bytes())
}

fn characters<'a>(
    bytes: &'a [u8],
    declared: Option<&'static Encoding>,
) -> Result<Cow<'a, str>, String> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[length..]).0);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(encoding.decode_without_bom_handling(bytes).0);
    }
    if let Some(name) = signature(bytes) {
        return Err(format!("binary file ({name})"));
    }
    if is_binary(&bytes[..bytes.len().min(SAMPLE_BYTES)]) {
        return Err("binary file".into());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let encoding = if is_damaged_utf8(bytes) {
        UTF_8
    } else if let Some(declared) = declared.filter(|&declared| declared != UTF_8) {
        declared
    } else {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(
            &bytes[..bytes.len().min(SAMPLE_BYTES)],
            bytes.len() <= SAMPLE_BYTES,
        );
        // The sample may be plain: then what is not tells, from its first place on.
        if let Some(first) = bytes.iter().position(|byte| !byte.is_ascii())
            && first >= SAMPLE_BYTES
        {
            let sample = &bytes[first..];
            detector.feed(&sample[..sample.len().min(SAMPLE_BYTES)], true);
        }
        detector.guess(None, Utf8Detection::Deny)
    };
    Ok(encoding.decode_without_bom_handling(bytes).0)
}

fn is_binary(sample: &[u8]) -> bool {
    let n_zeros = sample.iter().filter(|&&byte| byte == 0).count();
    let n_controls = sample
        .iter()
        .filter(|&&byte| {
            (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | 0x0b | 0x0c | b'\r' | 0x1b))
                || byte == 0x7f
        })
        .count();
    n_zeros * 1000 > sample.len() || n_controls * 20 > sample.len()
}

/// Whether the bytes are UTF-8 but for a few places: then reading all of it as another charset would spoil the rest.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut n_good, mut n_bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_good += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        n_bad += usize::from(!chunk.invalid().is_empty());
    }
    n_good > 2 * n_bad
}

/// Whether bytes are text that is in its one form already, in ASCII.
fn is_plain(bytes: &[u8]) -> bool {
    let is_plain = |&byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    // Without a branch for each byte, so that many are looked at together.
    let are_plain = |bytes: &[u8]| bytes.iter().fold(true, |all, byte| all & is_plain(byte));
    bytes.chunks(64).all(are_plain)
}

/// Brings the characters of a text into one form.
pub(super) fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_plain(text.as_bytes()) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 2);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\t' => out.push(c),
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => out.push('\n'),
            '\u{2029}' => out.push_str("\n\n"),
            ' '..='~' => out.push(c),
            _ if c.is_control() => {}
            // Soft hyphen, marks of direction and of width zero: nobody sees them, nobody types them into a query.
            '\u{ad}'
            | '\u{feff}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}' => {}
            '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}' => out.push(' '),
            _ => out.push(c),
        }
    }
    match is_nfc_quick(out.chars()) {
        IsNormalized::Yes => Cow::Owned(out),
        _ => Cow::Owned(out.nfc().collect()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_text(bytes: &[u8], expected: &str) {
        assert_eq!(text(bytes, None).unwrap(), expected);
    }

    #[test]
    fn charsets_are_found() {
        let sentence =
            "Peña Nieto’s café – “tariffs” on Müller’s steel and on Brazil’s São Paulo sugar";
        check_text(sentence.as_bytes(), sentence);
        check_text(format!("\u{feff}{sentence}").as_bytes(), sentence);
        let little: Vec<u8> = sentence.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = sentence.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check_text(&little, sentence);
        check_text(&big, sentence);
        check_text(&[&[0xff, 0xfe][..], &little].concat(), sentence);
        check_text(&[&[0xfe, 0xff][..], &big].concat(), sentence);
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(sentence);
        check_text(&windows, sentence);
    }

    #[test]
    fn a_declared_charset_counts_where_the_bytes_are_not_utf8() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Сталь и алюминий");
        let declared = Some(encoding_rs::WINDOWS_1251);
        assert_eq!(text(&bytes, declared).unwrap(), "Сталь и алюминий");
        assert_eq!(text("Müller".as_bytes(), declared).unwrap(), "Müller");
    }

    #[test]
    fn damage_stays_where_it_is() {
        let mut bytes = "Müller, Ångström, Çelik, Peña, García und Straße"
            .as_bytes()
            .to_vec();
        bytes.insert(8, 0xff);
        let read = text(&bytes, None).unwrap().into_owned();
        assert!(
            read.contains("Straße") && read.contains('\u{fffd}'),
            "{read}"
        );
    }

    #[test]
    fn binary_files_are_refused() {
        for (bytes, reason) in [
            (&b"\x7fELF\x02\x01\x01\0\0\0\0"[..], "binary file"),
            (b"%PDF-1.7 and more", "binary file (PDF)"),
            (b"\x01\x02\x03 steel", "binary file"),
        ] {
            assert_eq!(text(bytes, None).unwrap_err(), reason);
        }
    }

    #[test]
    fn characters_come_in_one_form() {
        check_text(b"a\r\nb\rc\nd", "a\nb\nc\nd");
        check_text("10\u{a0}percent\u{202f}!".as_bytes(), "10 percent !");
        check_text("tar\u{ad}iff\u{200b}s\u{feff}".as_bytes(), "tariffs");
        check_text("Sa\u{303}o Paulo".as_bytes(), "São Paulo");
        check_text(
            b"steel \x1b and zinc, tin, lead, copper and nickel",
            "steel  and zinc, tin, lead, copper and nickel",
        );
    }

    #[test]
    fn many_accents_on_one_letter_take_no_time() {
        let text = format!("e{}", "\u{301}".repeat(500_000));
        assert!(clean(Cow::Owned(text)).starts_with('é'));
    }

    proptest! {
        #[test]
        fn any_bytes_give_clean_text_or_a_reason(bytes: Vec<u8>) {
            if let Ok(read) = text(&bytes, None) {
                let bad = ['\r', '\0', '\u{a0}', '\u{ad}'];
                prop_assert!(!read.contains(bad));
                let again = clean(Cow::Borrowed(&*read)).into_owned();
                prop_assert_eq!(again, read.into_owned());
            }
        }
    }
}
