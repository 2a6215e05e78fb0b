//! HTML without a tree: tags and text in a row, in linear time and with no recursion, whatever the input is.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// With character references as they are written.
    Text(&'a str),
    Open {
        name: &'a str,
        attributes: &'a str,
        /// `<br/>`
        closed: bool,
    },
    Close(&'a str),
    /// What `<script>`, `<style>` and the like hold.
    Raw(&'a str),
}

/// Elements that hold no markup.
const RAW: &[&str] = &[
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

/// Elements that begin and end paragraphs.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "title",
    "tr",
    "ul",
];

/// Elements within a line of text.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "caption", "cite", "code", "col",
    "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "td", "th", "time", "tt", "u", "var", "wbr",
];

/// Elements whose text no reader sees.
const UNSEEN: &[&str] = &[
    "script", "style", "textarea", "iframe", "noembed", "noframes", "title",
];

/// Elements that have no end tag.
pub(super) const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements whose end tags may be left out: they close each other and nest no deeper.
pub(super) const CLOSED_BY_NEXT: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody", "thead", "tfoot",
];

/// The tokens of a page or a part of one.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The element whose raw content comes next.
    raw: Option<&'a str>,
}

pub(super) fn tokens(html: &str) -> Tokens<'_> {
    Tokens {
        rest: html,
        raw: None,
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            let end = end_tag(self.rest, name).unwrap_or(self.rest.len());
            let (content, rest) = self.rest.split_at(end);
            self.rest = rest;
            if !content.is_empty() {
                return Some(Token::Raw(content));
            }
        }
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(at) = memchr::memchr(b'<', self.rest.as_bytes()) else {
                return Some(Token::Text(std::mem::take(&mut self.rest)));
            };
            if at > 0 && begins_tag(&self.rest[at..]) {
                return Some(self.take_text(at));
            }
            if !begins_tag(&self.rest[at..]) {
                // A bare `<` is text; so is all up to the next tag.
                let mut end = at + 1;
                while let Some(next) = memchr::memchr(b'<', &self.rest.as_bytes()[end..]) {
                    if begins_tag(&self.rest[end + next..]) {
                        return Some(self.take_text(end + next));
                    }
                    end += next + 1;
                }
                return Some(Token::Text(std::mem::take(&mut self.rest)));
            }
            if let Some(token) = self.take_tag() {
                return Some(token);
            }
        }
    }
}

impl<'a> Tokens<'a> {
    /// What was not read yet.
    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    fn take_text(&mut self, length: usize) -> Token<'a> {
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        Token::Text(text)
    }

    /// Takes the tag, comment or declaration that the rest begins with; none where there is nothing to see.
    fn take_tag(&mut self) -> Option<Token<'a>> {
        let tag = self.rest;
        if let Some(comment) = tag.strip_prefix("<!--") {
            self.rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            return None;
        }
        if let Some(section) = tag.strip_prefix("<![CDATA[") {
            let end = section.find("]]>").unwrap_or(section.len());
            self.rest = section.get(end + 3..).unwrap_or("");
            return Some(Token::Text(&section[..end]));
        }
        if tag.starts_with("<!") || tag.starts_with("<?") {
            self.rest = tag.find('>').map_or("", |end| &tag[end + 1..]);
            return None;
        }
        let is_end = tag.starts_with("</");
        let inside = &tag[1 + usize::from(is_end)..];
        let Some(end) = tag_end(inside) else {
            // Cut off in the middle of a tag.
            self.rest = "";
            return None;
        };
        self.rest = &inside[end + 1..];
        let inside = &inside[..end];
        let length = inside
            .find(|c: char| c.is_ascii_whitespace() || c == '/')
            .unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(length);
        if is_end {
            return Some(Token::Close(name));
        }
        if is_one_of(name, RAW) {
            self.raw = Some(name);
        }
        Some(Token::Open {
            name,
            attributes,
            closed: attributes.ends_with('/'),
        })
    }
}

fn begins_tag(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    match chars.next() {
        Some('!' | '?') => true,
        Some('/') => chars.next().is_some_and(|c| c.is_ascii_alphabetic()),
        Some(c) => c.is_ascii_alphabetic(),
        None => false,
    }
}

/// Where the `>` of a tag stands; those in quoted values do not count.
fn tag_end(inside: &str) -> Option<usize> {
    let bytes = inside.as_bytes();
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        let quote = bytes[at];
        if quote == b'>' {
            return Some(at);
        }
        // A quotation mark opens a value only after `=`; others are strays.
        let opens = inside[..at].trim_end().ends_with('=');
        at += 1;
        if opens {
            at += memchr::memchr(quote, &bytes[at..])? + 1;
        }
    }
}

/// Where `</name` begins, in any case.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    memchr::memmem::find_iter(text.as_bytes(), b"</").find(|&at| {
        let bytes = &text.as_bytes()[at + 2..];
        bytes.len() >= name.len() && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    })
}

/// Whether an element is one of those, in any case.
pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether an element begins and ends paragraphs.
pub(super) fn is_block(name: &str) -> bool {
    is_one_of(name, BLOCKS)
}

/// Adds text as it is written between tags.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}

/// The value of an attribute, without character references.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let length = rest
            .char_indices()
            .skip(1)
            .find(|(_, c)| c.is_ascii_whitespace() || matches!(c, '=' | '/'))
            .map_or(rest.len(), |(at, _)| at);
        let (key, after) = rest.split_at(length);
        let after_space = after.trim_start();
        let mut value = "";
        rest = after;
        if let Some(given) = after_space.strip_prefix('=') {
            let given = given.trim_start();
            let quote = given.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => given[1..].split_once(quote).unwrap_or((&given[1..], "")),
                None => {
                    let length = given
                        .find(|c: char| c.is_ascii_whitespace())
                        .unwrap_or(given.len());
                    given.split_at(length)
                }
            };
        }
        if key.eq_ignore_ascii_case(name) {
            return Some(decoded(value));
        }
    }
}

/// Whether a text is marked up: angle brackets alone are no proof, for wires write companies in them.
pub(super) fn is_marked_up(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let rest = &text[at + 1..];
        let (closes, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = &rest[..length];
        let ends = || rest[length..].starts_with(['>', ' ', '/', '\n', '\t']);
        let known = || is_one_of(name, BLOCKS) || is_one_of(name, INLINE);
        let certain = closes
            || matches!(
                name,
                "p" | "br" | "div" | "ul" | "ol" | "li" | "h1" | "h2" | "h3" | "table"
            );
        certain && ends() && known()
    })
}

/// The text of marked-up paragraphs: either each by itself, or, where the markup separates none, all in one with its
/// line ends.
pub(super) enum Content {
    Paragraphs(Vec<String>),
    Text(String),
}

/// Reads a part of a page as its text, without looking for what is main and what is not.
pub(super) fn content(html: &str) -> Content {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut separated = false;
    let mut n_breaks = 0;
    let mut unseen = false;
    for token in tokens(html) {
        match token {
            Token::Text(text) => {
                if !text.trim().is_empty() {
                    n_breaks = 0;
                }
                current.push_str(&decoded(text));
            }
            Token::Raw(text) => {
                if !unseen {
                    current.push_str(&decoded(text));
                }
            }
            Token::Open { name, .. } | Token::Close(name) => {
                unseen = is_one_of(name, UNSEEN);
                if name.eq_ignore_ascii_case("br") {
                    n_breaks += 1;
                    separated = true;
                    current.push('\n');
                    if n_breaks > 1 {
                        flush(&mut paragraphs, &mut current);
                    }
                } else if is_one_of(name, BLOCKS) {
                    separated = true;
                    n_breaks = 0;
                    flush(&mut paragraphs, &mut current);
                } else if matches!(token, Token::Close(_))
                    && is_one_of(name, &["td", "th"])
                    && !current.trim().is_empty()
                {
                    current.push_str(" | ");
                }
            }
        }
    }
    if !separated {
        return Content::Text(current);
    }
    flush(&mut paragraphs, &mut current);
    Content::Paragraphs(paragraphs)
}

fn flush(paragraphs: &mut Vec<String>, current: &mut String) {
    let text = current.trim().trim_end_matches('|').trim_end();
    if !text.is_empty() {
        paragraphs.push(text.to_string());
    }
    current.clear();
}

static ENTITIES: LazyLock<FxHashMap<&str, char>> = LazyLock::new(|| {
    include_str!("entities.tsv")
        .lines()
        .filter_map(|line| {
            let (name, character) = line.split_once('\t')?;
            let character = match character.strip_prefix("U+") {
                Some(code) => char::from_u32(u32::from_str_radix(code, 16).ok()?)?,
                None => character.chars().next()?,
            };
            Some((name, character))
        })
        .collect()
});

/// The longest name of a character reference.
const ENTITY_BYTES: usize = 10;

/// A text with its character references replaced; unknown ones stay.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    loop {
        match reference(rest) {
            Some((character, length)) => {
                out.push(character);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
        let Some(next) = memchr::memchr(b'&', rest.as_bytes()) else {
            out.push_str(rest);
            return Cow::Owned(out);
        };
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
}

/// The character reference that a text begins with, and its length.
fn reference(text: &str) -> Option<(char, usize)> {
    let inside = &text[1..];
    if let Some(number) = inside.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (number, 10),
        };
        let length = digits
            .bytes()
            .take(8)
            .take_while(|byte| (*byte as char).is_digit(radix))
            .count();
        let code = u32::from_str_radix(&digits[..length], radix).ok()?;
        let end = text.len() - digits.len() + length;
        let end = end + usize::from(digits[length..].starts_with(';'));
        return Some((character(code), end));
    }
    let length = inside
        .bytes()
        .take(ENTITY_BYTES)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    inside[length..].starts_with(';').then_some(())?;
    let character = ENTITIES.get(&inside[..length])?;
    Some((*character, length + 2))
}

/// A character by its code; those of Windows-1252 that Unicode gives to controls are what was meant.
fn character(code: u32) -> char {
    match code {
        0x80..=0x9f => {
            let byte = [code as u8];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
            text.chars().next().unwrap_or('\u{fffd}')
        }
        _ => char::from_u32(code).unwrap_or('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::growth::assert_linear;

    fn check_content(html: &str, expected: &[&str]) {
        match content(html) {
            Content::Paragraphs(paragraphs) => assert_eq!(paragraphs, expected, "{html}"),
            Content::Text(text) => assert_eq!([text.as_str()], expected, "{html}"),
        }
    }

    #[test]
    fn blocks_are_paragraphs() {
        check_content(
            "<p>Steel <b>duties</b> rise.<p>Zinc is <a href='x>y'>spared</a>.</p>",
            &["Steel duties rise.", "Zinc is spared."],
        );
        check_content(
            "Steel rises.<br><br/>Zinc<br>falls.",
            &["Steel rises.", "Zinc\nfalls."],
        );
        check_content("<ul><li>Steel<li>Zinc</ul>", &["Steel", "Zinc"]);
        check_content(
            "<table><tr><td>Steel</td><td>25</td></tr></table>",
            &["Steel | 25"],
        );
        check_content(
            "<p>A<script>var p = '<p>B';</script><style>p{}</style>C</p><!-- <p>D -->",
            &["AC"],
        );
        check_content("Steel <b>duties</b>\n\nrise", &["Steel duties\n\nrise"]);
        check_content("<p>1 < 2 & 3 > 2 <</p>", &["1 < 2 & 3 > 2 <"]);
    }

    #[test]
    fn character_references_are_replaced() {
        for (text, expected) in [
            ("Pe&ntilde;a &amp; Doe", "Peña & Doe"),
            ("&#8220;x&#x201D;&#147;", "“x”“"),
            ("AT&T &nosuch; &; &#; &#xzz;", "AT&T &nosuch; &; &#; &#xzz;"),
            ("&#0;&#xd800;&#99999999;", "\0\u{fffd}\u{fffd}"),
            ("&", "&"),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
        }
        assert!(ENTITIES.len() > 250 && ENTITIES.keys().all(|name| name.len() <= ENTITY_BYTES));
    }

    #[test]
    fn attributes_have_values() {
        let attributes = " href=\"a b\" REL = 'canonical' data-x content=c&amp;d é=\"f\" =g";
        let value = |name: &str| attribute(attributes, name).map(Cow::into_owned);
        assert_eq!(value("href").as_deref(), Some("a b"));
        assert_eq!(value("rel").as_deref(), Some("canonical"));
        assert_eq!(value("content").as_deref(), Some("c&d"));
        assert_eq!(value("é").as_deref(), Some("f"));
        assert_eq!(value("data-x").as_deref(), Some(""));
        assert_eq!(value("nothing"), None);
    }

    #[test]
    fn angle_brackets_alone_are_no_markup() {
        for text in [
            "ACME <ACM> and <Federal Works Ltd>",
            "a < b > c",
            "<B> Barnes <P>",
            "",
        ] {
            assert!(!is_marked_up(text), "{text}");
        }
        for text in [
            "<p>Steel",
            "Steel<br/>Zinc",
            "<B>Steel</B>",
            "a <em class='x'>b</em>",
        ] {
            assert!(is_marked_up(text), "{text}");
        }
    }

    #[test]
    fn hostile_markup_takes_linear_time() {
        for part in [
            "<a ",
            "<!--",
            "<a b=\"",
            "</",
            "&",
            "<![CDATA[",
            "<script>",
            "<p>",
            "<x/>",
            "<a =",
            "\"'>",
        ] {
            assert_linear(
                part,
                300_000,
                |n| part.repeat(n),
                |html| {
                    let _ = content(html);
                    is_marked_up(html)
                },
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_has_content(html in "[<>/a-z\"'=&;!\\-é ]{0,80}", wild in "\\PC{0,60}") {
            for html in [html, wild] {
                let _ = (content(&html), is_marked_up(&html), attribute(&html, "a"));
            }
        }
    }
}
