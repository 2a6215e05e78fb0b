//! Rich text, as databases of news save it and word processors write it: what a reader sees of it.
//!
//! After the Rich Text Format (RTF) Specification, version 1.9.1 (Microsoft, 2008). Groups and words that are not known here are
//! passed over, as it demands. Time and memory are linear in the length of the file.

use encoding_rs::Encoding;
use rustc_hash::FxHashMap;

use super::blocks::{Blocks, SAVE_AGAIN};
use super::{Format, Reading};
use crate::limits::source as limits;
use crate::source::story::Document;
use crate::source::{Fault, Piece};

pub(super) const FORMAT: Format = Format {
    name: "rtf",
    // Databases call what they save so `.doc`, too.
    extensions: &["rtf", "doc"],
    sniff: is_rich_text,
    // What a word processor opens is called by any of its names.
    misnamed: Some(|sample| !is_rich_text(sample)),
    reading: Reading::Whole,
    help: "rich text: what Factiva, Lexis and word processors save",
    documents,
};

/// Groups of which nothing is text.
const UNSEEN: &[&str] = &[
    "atnauthor",
    "atndate",
    "atnicn",
    "atnid",
    "annotation",
    "bkmkend",
    "bkmkstart",
    "colortbl",
    "comment",
    "datafield",
    "do",
    "fldinst",
    "filetbl",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "ftncn",
    "ftnsep",
    "ftnsepc",
    "generator",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "info",
    "keycode",
    "listtext",
    "nonshppict",
    "objdata",
    "pict",
    "pntext",
    "revtbl",
    "rxe",
    "shprslt",
    "sp",
    "stylesheet",
    "tc",
    "txe",
    "xe",
];

/// Words that stand for characters.
const CHARACTERS: &[(&str, &str)] = &[
    ("bullet", "•"),
    ("emdash", "—"),
    ("emspace", " "),
    ("endash", "–"),
    ("enspace", " "),
    ("ldblquote", "“"),
    ("lquote", "‘"),
    ("qmspace", " "),
    ("rdblquote", "”"),
    ("rquote", "’"),
    ("tab", " "),
];

/// The charsets of fonts, by number, as labels of the WHATWG; those that are missing are the document's own.
const FONT_CHARSETS: &[(i32, &str)] = &[
    (77, "macintosh"),
    (128, "shift_jis"),
    (129, "euc-kr"),
    (134, "gbk"),
    (136, "big5"),
    (161, "windows-1253"),
    (162, "windows-1254"),
    (163, "windows-1258"),
    (177, "windows-1255"),
    (178, "windows-1256"),
    (186, "windows-1257"),
    (204, "windows-1251"),
    (222, "windows-874"),
    (238, "windows-1250"),
];

fn is_rich_text(sample: &[u8]) -> bool {
    sample.starts_with(b"{\\rtf")
}

fn documents(piece: &Piece) -> Vec<Result<Document, Fault>> {
    match Reader::default().read(&piece.bytes) {
        Ok(blocks) => blocks.documents(piece),
        Err(reason) => vec![Err(Fault::new(&piece.source.path, reason).hint(SAVE_AGAIN))],
    }
}

/// A code page as documents name it.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_string(),
        936 => "gbk".to_string(),
        949 => "euc-kr".to_string(),
        950 => "big5".to_string(),
        10000 => "macintosh".to_string(),
        65001 => "utf-8".to_string(),
        _ => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// What is set in a group and ends with it.
#[derive(Debug, Clone, Copy)]
struct Group {
    place: Place,
    is_hidden: bool,
    font: i32,
    /// How many characters follow a `\u` for those who cannot read it.
    n_substitutes: usize,
    /// Whether an aside ends with the group.
    closes_aside: bool,
}

/// Where the words of a group belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Fonts,
    Unseen,
}

/// A piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Open,
    Close,
    Word {
        name: &'a str,
        number: Option<i32>,
    },
    /// `\~` and the like.
    Symbol(u8),
    /// A byte of text in the charset of the font.
    Byte(u8),
}

#[derive(Debug, Default)]
struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (&first, rest) = self.rest.split_first()?;
            self.rest = rest;
            return Some(match first {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\r' | b'\n' | 0 => continue,
                b'\\' => match self.escape() {
                    Some(token) => token,
                    None => continue,
                },
                byte => Token::Byte(byte),
            });
        }
    }
}

impl<'a> Tokens<'a> {
    /// Takes what follows a backslash.
    fn escape(&mut self) -> Option<Token<'a>> {
        let length = self
            .rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        if length == 0 {
            let (&symbol, rest) = self.rest.split_first()?;
            self.rest = rest;
            if symbol != b'\'' {
                return Some(Token::Symbol(symbol));
            }
            let digits = self
                .rest
                .get(..2)
                .and_then(|digits| std::str::from_utf8(digits).ok());
            let byte = u8::from_str_radix(digits?, 16).ok()?;
            self.rest = &self.rest[2..];
            return Some(Token::Byte(byte));
        }
        let (name, rest) = self.rest.split_at(length);
        let name = std::str::from_utf8(name).unwrap_or_default();
        let n_signs = usize::from(rest.first() == Some(&b'-'));
        let n_digits = rest[n_signs..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let (number, mut rest) = match n_digits {
            0 => (None, rest),
            _ => {
                let (number, rest) = rest.split_at(n_signs + n_digits);
                let number = std::str::from_utf8(number).ok();
                (number.and_then(|number| number.parse().ok()), rest)
            }
        };
        if rest.first() == Some(&b' ') {
            rest = &rest[1..];
        }
        self.rest = rest;
        if name == "bin" {
            let n_bytes = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.rest = self.rest.get(n_bytes..).unwrap_or_default();
            return None;
        }
        Some(Token::Word { name, number })
    }
}

#[derive(Debug, Default)]
struct Reader {
    blocks: Blocks,
    /// The groups around the current one.
    around: Vec<Group>,
    group: Group,
    /// The charset of the document.
    charset: Option<&'static Encoding>,
    /// Those of fonts that have another, by the font's number.
    fonts: FxHashMap<i32, &'static Encoding>,
    /// Text that is not decoded yet, in the charset of the current font.
    bytes: Vec<u8>,
    /// The same as UTF-16; only one of the two has any.
    units: Vec<u16>,
    /// How many characters are left out, as substitutes of one that was read.
    n_skipped: usize,
    /// Whether the group was just opened, so that its first word says what it is.
    is_opened: bool,
    /// Whether that word need not be known.
    is_optional: bool,
}

impl Default for Group {
    fn default() -> Group {
        Group {
            place: Place::Text,
            is_hidden: false,
            font: -1,
            n_substitutes: 1,
            closes_aside: false,
        }
    }
}

impl Reader {
    fn read(mut self, bytes: &[u8]) -> Result<Blocks, String> {
        for token in (Tokens { rest: bytes }) {
            let is_first = std::mem::take(&mut self.is_opened);
            match token {
                Token::Open => {
                    self.flush();
                    if self.around.len() == limits::GROUPS {
                        return Err(format!(
                            "groups within each other to more than {} levels",
                            limits::GROUPS
                        ));
                    }
                    self.around.push(self.group);
                    self.group.closes_aside = false;
                    self.is_opened = true;
                    self.is_optional = false;
                    self.n_skipped = 0;
                }
                Token::Close => {
                    self.flush();
                    self.n_skipped = 0;
                    if self.group.closes_aside {
                        self.blocks.close_aside();
                    }
                    match self.around.pop() {
                        Some(group) => self.group = group,
                        // What follows the document is none of it.
                        None => break,
                    }
                    if self.around.is_empty() {
                        break;
                    }
                }
                Token::Symbol(b'*') => {
                    self.is_optional = true;
                    self.is_opened = is_first;
                }
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Byte(byte) => self.byte(byte),
                Token::Word { name, number } => {
                    if is_first {
                        self.destination(name);
                    }
                    self.word(name, number);
                }
            }
        }
        self.flush();
        Ok(self.blocks)
    }

    fn is_seen(&self) -> bool {
        self.group.place == Place::Text && !self.group.is_hidden
    }

    /// The first word of a group says where its text belongs.
    fn destination(&mut self, name: &str) {
        match name {
            "fonttbl" => self.group.place = Place::Fonts,
            "footnote" | "shptxt" => {
                self.blocks.open_aside();
                self.group.closes_aside = true;
            }
            // It need not be known, but has text boxes in it.
            "shpinst" => {}
            _ if UNSEEN.contains(&name) || self.is_optional => self.group.place = Place::Unseen,
            _ => {}
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        if name == "u" {
            self.unit(number.unwrap_or(0));
            return;
        }
        self.flush();
        let is_on = number != Some(0);
        match name {
            "ansicpg" => self.charset = number.and_then(code_page),
            "mac" => self.charset = Some(encoding_rs::MACINTOSH),
            "f" => self.group.font = number.unwrap_or(-1),
            "fcharset" if self.group.place == Place::Fonts => {
                let charset = FONT_CHARSETS
                    .iter()
                    .find(|(known, _)| Some(*known) == number);
                let charset = charset.and_then(|(_, label)| Encoding::for_label(label.as_bytes()));
                if let Some(charset) = charset {
                    self.fonts.insert(self.group.font, charset);
                }
            }
            "plain" => (self.group.font, self.group.is_hidden) = (-1, false),
            "v" | "deleted" => self.group.is_hidden = is_on,
            "uc" => self.group.n_substitutes = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            _ if self.group.place != Place::Text => {}
            "par" | "sect" | "page" => self.blocks.end_paragraph(),
            "line" => self.blocks.end_line(),
            "trowd" => self.blocks.begin_row(),
            "cell" | "nestcell" => self.blocks.end_cell(),
            "row" | "nestrow" => self.blocks.end_row(),
            _ => {
                let character = CHARACTERS.iter().find(|(known, _)| *known == name);
                if let Some((_, character)) = character.filter(|_| self.is_seen()) {
                    self.blocks.push(character);
                }
            }
        }
    }

    fn symbol(&mut self, symbol: u8) {
        self.flush();
        match symbol {
            // The end of a line behind a backslash ends the paragraph.
            b'\n' | b'\r' => self.blocks.end_paragraph(),
            b'~' if self.is_seen() => self.blocks.push(" "),
            b'_' if self.is_seen() => self.blocks.push("-"),
            b'{' | b'}' | b'\\' => self.byte(symbol),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.n_skipped > 0 {
            self.n_skipped -= 1;
        } else if self.is_seen() {
            if !self.units.is_empty() {
                self.flush();
            }
            self.bytes.push(byte);
        }
    }

    /// Takes a unit of UTF-16; those from 32768 on are written as negative numbers.
    fn unit(&mut self, number: i32) {
        if self.is_seen() {
            if !self.bytes.is_empty() {
                self.flush();
            }
            self.units.push(number as u16);
        }
        self.n_skipped = self.group.n_substitutes;
    }

    /// Adds the text that was read so far.
    fn flush(&mut self) {
        if !self.units.is_empty() {
            let text = String::from_utf16_lossy(&self.units);
            self.blocks.push(&text);
            self.units.clear();
        }
        if !self.bytes.is_empty() {
            let own = self.fonts.get(&self.group.font).copied();
            let charset = own.or(self.charset).unwrap_or(encoding_rs::WINDOWS_1252);
            let (text, _) = charset.decode_without_bom_handling(&self.bytes);
            self.blocks.push(&text);
            self.bytes.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::article::Article;
    use crate::source::{articles, standard_input};

    fn paragraphs(document: &[u8]) -> Vec<String> {
        let piece = standard_input(document).next().unwrap().unwrap();
        assert_eq!(piece.format.name, "rtf");
        let article = articles(&piece).remove(0).unwrap();
        let headline =
            Some(article.title).filter(|title| !article.paragraphs[0].starts_with(title));
        headline.into_iter().chain(article.paragraphs).collect()
    }

    /// The text of one paragraph.
    fn check(inside: &str, expected: &str) {
        let document = format!("{{\\rtf1\\ansi\\ansicpg1252 {inside}\\par}}");
        assert_eq!(paragraphs(document.as_bytes()), [expected], "{inside}");
    }

    #[test]
    fn characters_are_those_that_a_reader_sees() {
        check(
            r"The {\b duty} on {\i pipes\i0} rose.",
            "The duty on pipes rose.",
        );
        check(
            r"Pe\'f1a \'96 20\~percent, Ill\_fated",
            "Peña – 20 percent, Ill-fated",
        );
        check(
            r"\ldblquote Yes,\rdblquote  he said. It\rquote s 25\'80\emdash no more",
            "“Yes,” he said. It’s 25€—no more",
        );
        check(
            r"Caf\u233?s and \u8220\'93tariffs\u8221\'94 of \uc0\u26085\u26412",
            "Cafés and “tariffs” of 日本",
        );
        check(
            r"An emoji \u-10179?\u-8704? of {\uc2\u8364 EU}",
            "An emoji 😀 of €",
        );
        check(
            r"A brace \{ and \} and a backslash \\ stay.",
            r"A brace { and } and a backslash \ stay.",
        );
    }

    #[test]
    fn fonts_have_charsets() {
        let fonts = r"{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial Cyr;}{\f2\fnil\fcharset128 Gothic;}}";
        check(
            &format!(r"{fonts}\f0 Steel: {{\f1 \'f1\'f2\'e0\'eb\'fc}}, {{\f2 \'93\'fa\'96\'7b}}."),
            "Steel: сталь, 日本.",
        );
    }

    #[test]
    fn what_no_reader_sees_is_left_out() {
        check(
            r"{\info{\title Old}{\author Nobody}}{\stylesheet{\s0 Normal;}}{\*\generator Word;}{\header Page 1\par}The duty{\v  secret}{\deleted  once} rose{\*\bkmkstart a}.{\pict\bin4 }}}}",
            "The duty rose.",
        );
        check(
            r#"See {\field{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt the notice}}."#,
            "See the notice.",
        );
        check(r"{\pict{\*\picprop}89504e47}Steel fell.", "Steel fell.");
    }

    #[test]
    fn rows_are_paragraphs_and_notes_come_last() {
        let document = br"{\rtf1 Duties rise\par\par By Ann Doe\par\par The duty{\footnote\pard See below.\par} on pipes will rise next year, the minister said.\par\trowd\cellx1 Pipes\cell 25 percent\cell\row\trowd Rods\cell 10 percent\cell\row\pard The end of it.\par} and more";
        assert_eq!(
            paragraphs(document),
            [
                "Duties rise",
                "The duty on pipes will rise next year, the minister said.",
                "Pipes | 25 percent",
                "Rods | 10 percent",
                "The end of it.",
                "See below."
            ]
        );
    }

    #[test]
    fn a_print_of_a_database_holds_articles() {
        let article = r"HD\cell Duty on pipes to rise\cell\row\trowd BY\cell By Ann Doe\cell\row\trowd WC\cell 9 words\cell\row\trowd PD\cell 10 September 2018\cell\row\trowd SN\cell Sample Post\cell\row\trowd LP\cell The duty on pipes will rise, the minister said.\cell\row\trowd AN\cell Document SMPL000020180910ee9a0012\cell\row\pard\par";
        let document = format!("{{\\rtf1\\trowd {article}\\trowd {article}}}");
        let piece = standard_input(document.as_bytes()).next().unwrap().unwrap();
        let articles: Vec<Article> = articles(&piece).into_iter().map(Result::unwrap).collect();
        assert_eq!(articles.len(), 2);
        let article = &articles[1];
        assert_eq!(article.id, "-/2");
        assert_eq!(article.title, "Duty on pipes to rise");
        assert_eq!(article.byline.as_deref(), Some("Ann Doe"));
        assert_eq!(article.published.unwrap().to_string(), "2018-09-10");
        assert_eq!(
            article.paragraphs,
            ["The duty on pipes will rise, the minister said."]
        );
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_article_or_a_fault(text in r"([{}\\a-z0-9' -]|\\par|\\u[0-9]{1,6}|\\cell|\\row|\\trowd|\{\\footnote|\\'[0-9a-f]{2}|\\bin[0-9]){0,60}") {
            let document = format!("{{\\rtf1 {text}");
            let piece = standard_input(document.as_bytes()).next().unwrap().unwrap();
            for article in articles(&piece).into_iter().flatten() {
                prop_assert!(!article.paragraphs.is_empty() && !article.title.is_empty());
            }
        }
    }
}
