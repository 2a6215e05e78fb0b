//! Bytes to text: finds the charset, and brings characters into one form.
//!
//! What comes out has `\n` for line ends, `\t` and no other control characters, plain spaces, no invisible characters,
//! and is in Unicode normalization form C.

use std::borrow::Cow;
use std::ops::RangeInclusive;

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

/// The encoding of bytes that are UTF-16 and do not say so: read in one of the two orders they are text and nothing else.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES) & !1];
    // Other text has none of those bytes; this has one in each space, line end or full stop.
    memchr::memchr3(0, 1, 2, sample)?;
    if Encoding::for_bom(bytes).is_some() || signature(bytes).is_some() {
        return None;
    }
    let pairs = || sample.chunks_exact(2).map(|pair| [pair[0], pair[1]]);
    let little = Units::count(pairs().map(u16::from_le_bytes));
    let big = Units::count(pairs().map(u16::from_be_bytes));
    let read = [(UTF_16LE, little), (UTF_16BE, big)];
    let texts = read.iter().filter(|(_, units)| units.are_text());
    let best = texts.max_by_key(|(_, units)| units.n_certain);
    best.map(|(encoding, _)| *encoding)
}

/// What 16-bit units are, read as characters.
#[derive(Debug, Default)]
struct Units {
    n_all: usize,
    /// That no text has: controls, halves of characters, private ones.
    n_bad: usize,
    /// That every text has: spaces, line ends, letters and digits of ASCII, full stops and commas of East Asia.
    n_certain: usize,
    /// Of no one script.
    n_common: usize,
    /// Two letters or signs of ASCII beside each other: names in a binary file look like Chinese.
    n_pairs: usize,
    /// By script.
    n_of: [usize; SCRIPTS.len()],
}

/// The letters of scripts, as far as files in UTF-16 are met in them. A text has those of one, and Latin ones.
const SCRIPTS: &[&[RangeInclusive<char>]] = &[
    // Greek, Cyrillic, Armenian, Hebrew, Arabic.
    &['\u{370}'..='\u{3ff}', '\u{1f00}'..='\u{1fff}'],
    &['\u{400}'..='\u{52f}'],
    &['\u{530}'..='\u{58f}'],
    &['\u{590}'..='\u{5ff}'],
    &[
        '\u{600}'..='\u{77f}',
        '\u{fb50}'..='\u{fdff}',
        '\u{fe70}'..='\u{fefe}',
    ],
    // Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Kannada, Malayalam, Sinhala, Thai, Lao, Burmese, Georgian, Amharic,
    // Khmer.
    &['\u{900}'..='\u{97f}'],
    &['\u{980}'..='\u{9ff}'],
    &['\u{a00}'..='\u{a7f}'],
    &['\u{a80}'..='\u{aff}'],
    &['\u{b80}'..='\u{bff}'],
    &['\u{c00}'..='\u{c7f}'],
    &['\u{c80}'..='\u{cff}'],
    &['\u{d00}'..='\u{d7f}'],
    &['\u{d80}'..='\u{dff}'],
    &['\u{e00}'..='\u{e7f}'],
    &['\u{e80}'..='\u{eff}'],
    &['\u{1000}'..='\u{109f}'],
    &['\u{10a0}'..='\u{10ff}'],
    &['\u{1200}'..='\u{137f}'],
    &['\u{1780}'..='\u{17ff}'],
    // Chinese and Japanese; Korean.
    &[
        '\u{2e80}'..='\u{2fdf}',
        '\u{3040}'..='\u{312f}',
        '\u{31f0}'..='\u{4dbf}',
        '\u{4e00}'..='\u{9fff}',
        '\u{f900}'..='\u{faff}',
    ],
    &[
        '\u{1100}'..='\u{11ff}',
        '\u{3130}'..='\u{318f}',
        '\u{ac00}'..='\u{d7a3}',
    ],
];

/// Latin letters, signs, and forms of both for East Asia.
const COMMON: &[RangeInclusive<char>] = &[
    ' '..='\u{36f}',
    '\u{1e00}'..='\u{1eff}',
    '\u{2010}'..='\u{27bf}',
    '\u{3000}'..='\u{303f}',
    '\u{ff00}'..='\u{ffef}',
];

impl Units {
    fn count(units: impl Iterator<Item = u16>) -> Units {
        let mut counted = Units::default();
        for read in char::decode_utf16(units) {
            counted.n_all += 1;
            match read {
                Ok(c) => counted.add(c),
                Err(_) => counted.n_bad += 1,
            }
        }
        counted
    }

    fn add(&mut self, c: char) {
        let is_ascii = |byte: u32| (0x20..0x7f).contains(&byte);
        let (high, low) = (u32::from(c) >> 8, u32::from(c) & 0xff);
        // Kana are such pairs, too.
        self.n_pairs += usize::from(is_ascii(high) && is_ascii(low) && high != 0x30);
        let is_in = |ranges: &[RangeInclusive<char>]| ranges.iter().any(|range| range.contains(&c));
        match c {
            ' ' | '\t' | '\n' | '\r' | 'a'..='z' | 'A'..='Z' | '0'..='9' | '、' | '。' | '，' => {
                self.n_certain += 1;
                self.n_common += 1;
            }
            '\0'..'\t'
            | '\u{e}'..' '
            | '\u{7f}'..='\u{9f}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{fff0}'..='\u{ffff}' => self.n_bad += 1,
            _ if is_in(COMMON) => self.n_common += 1,
            _ => {
                let script = SCRIPTS.iter().position(|ranges| is_in(ranges));
                if let Some(script) = script {
                    self.n_of[script] += 1;
                }
            }
        }
    }

    fn are_text(&self) -> bool {
        let n_of_one = self.n_of.iter().max().copied().unwrap_or(0);
        // What is in no script of its own has Latin letters and spaces.
        let least_certain = match n_of_one * 2 >= self.n_all {
            true => self.n_all.div_ceil(100),
            false => self.n_all.div_ceil(8),
        };
        self.n_all >= 2
            && self.n_bad * 100 <= self.n_all
            && self.n_certain >= least_certain
            && self.n_pairs * 2 < self.n_all
            && (self.n_common + n_of_one) * 10 >= self.n_all * 9
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
    fn utf_16_needs_no_mark() {
        for sentence in [
            "The duty on steel will rise.\r\n\r\nMakers were pleased.\r\n",
            "Пошлина на сталь вырастет до 25 процентов, сообщил министр.\nПроизводители довольны.\n",
            "Ο δασμός στον χάλυβα θα αυξηθεί, είπε ο υπουργός.",
            "المكسيك ترفع الرسوم على الصلب إلى 25 في المئة.",
            "יפן תעלה את המכס על הפלדה, אמר השר.",
            "ญี่ปุ่นจะขึ้นภาษีเหล็ก รัฐมนตรีกล่าว",
            "商务部宣布，对进口钢铁加征关税，税率为百分之二十五。一些企业表示欢迎。",
            "日本政府は鉄鋼への関税を引き上げると発表した。業界は歓迎している。",
            "정부는 철강 관세를 25퍼센트로 올린다고 발표했다.",
            "शुल्क बढ़ेगा, मंत्री ने कहा।",
            "Steel",
            "Zölle 📈 steigen",
        ] {
            let little: Vec<u8> = sentence.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = sentence.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(utf16_without_mark(&little), Some(UTF_16LE), "{sentence}");
            assert_eq!(utf16_without_mark(&big), Some(UTF_16BE), "{sentence}");
            // What is cut in the middle of a character is still one.
            let cut = &sentence
                .repeat(20)
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<u8>>();
            assert_eq!(
                utf16_without_mark(&cut[..cut.len() - 1]),
                Some(UTF_16LE),
                "{sentence}"
            );
        }
    }

    #[test]
    fn binary_files_are_no_utf_16() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0\x1f\xf3\xffa\0\0\0\x04gAMA\0\0\xb1\x8f\x0b\xfca\x05";
        let zip = b"PK\x03\x04\x14\0\0\0\x08\0\x21\x4e\x1a\x5a\x12\x34\x56\x78\x0c\0\0\0\x0a\0\0\0\x05\0\0\0a.txt";
        let elf = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0\x40\x10\0\0\0\0\0\0\x40\0\0\0\0\0\0\0";
        let pdf: Vec<u8> = "%PDF-1.7\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0\0\0\0\0\0\0\x40\0\0\0";
        let sound: Vec<u8> = (0..4_000i16)
            .flat_map(|at| ((at % 200 - 100) * 40).to_le_bytes())
            .collect();
        let counts: Vec<u8> = (0..4_000u16)
            .flat_map(|at| (at % 120).to_le_bytes())
            .collect();
        let wide: Vec<u8> = "The duty rises."
            .chars()
            .flat_map(|c| (c as u32).to_le_bytes())
            .collect();
        // The names in a table of Windows, each with its end.
        let names: Vec<u8> = "Open\0Close\0Save\0Print\0"
            .repeat(40)
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [
            &png[..],
            zip,
            elf,
            program,
            &sound,
            &counts,
            &wide,
            &names,
            b"",
            b"\0",
            b"\0\0",
        ] {
            assert_eq!(utf16_without_mark(bytes), None, "{bytes:?}");
        }
        let strings = b"shutdown\0restart\0no such file or folder\0".repeat(30);
        let table: Vec<u8> = (0..700u16)
            .flat_map(|at| (0x100 + at % 0x200).to_le_bytes())
            .collect();
        for bytes in [&strings[..], &strings[1..], &table] {
            assert_eq!(utf16_without_mark(bytes), None, "{bytes:?}");
        }
        // That is text in UTF-16 indeed, and one that begins as a file of another kind does in UTF-8.
        assert!(utf16_without_mark(&pdf).is_some());
        assert_eq!(
            utf16_without_mark(b"%PDF-1.7\n\0a\0b\0c\0d\0e\0f\0g\0h"),
            None
        );
        for text in ["The duty on steel will rise.", "Zölle", "关税", "a\u{1}b"] {
            assert_eq!(utf16_without_mark(text.as_bytes()), None, "{text}");
        }
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
