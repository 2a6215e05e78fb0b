//! A paragraph as JSON: its one shape, in every command. It is put straight into text, since the export of a corpus is little
//! else. Keys keep their order, places count code points.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use super::code_points::CodePoints;
use super::{OWN_FACETS, SPEAKER};
use crate::article::{Head, Line, Mention, Paragraph, Quote};
use crate::field::Field;
use crate::report::{Explanation, Reason};
use crate::schema;
use crate::search::Hit;

/// Writes paragraphs; what those of an article have in common is made once.
#[derive(Debug, Default)]
pub(super) struct ParagraphWriter {
    /// The article of the paragraph before.
    head: Option<HeadJson>,
}

/// The facets that a paragraph has of its own, each with what opens the list of its values.
static VALUE_LISTS: LazyLock<Vec<(&'static Field, String)>> = LazyLock::new(|| {
    let facets = OWN_FACETS.iter();
    facets
        .map(|field| (*field, format!(",\"{}\":[", field.key)))
        .collect()
});

/// The lists of a paragraph that names nothing.
static NO_VALUES: LazyLock<String> = LazyLock::new(|| {
    let lists = VALUE_LISTS.iter();
    lists.map(|(_, opening)| format!("{opening}]")).collect()
});

/// An article as JSON.
#[derive(Debug)]
struct HeadJson {
    head: Arc<Head>,
    /// Its id without quotation marks.
    id: String,
    members: String,
}

impl ParagraphWriter {
    /// Adds a paragraph to `out`.
    pub(super) fn put(&mut self, paragraph: &Paragraph, out: &mut String) {
        self.put_open(paragraph, out);
        out.push('}');
    }

    /// Adds a paragraph that is an answer to a search: how well it matches, and where.
    pub(super) fn put_hit(&mut self, hit: &Hit, out: &mut String) {
        self.put_open(&hit.paragraph, out);
        out.push_str(",\"score\":");
        out.push_str(&serde_json::to_string(&hit.score).unwrap_or_default());
        self.put_matches(hit, out);
    }

    /// Adds where a paragraph matches, and ends it.
    fn put_matches(&mut self, hit: &Hit, out: &mut String) {
        out.push_str(",\"highlights\":");
        let code_points = CodePoints::new(&hit.paragraph.text);
        put_list(out, &hit.highlights, |out, bytes| {
            let place = code_points.range(bytes);
            out.push('[');
            put_number(out, place.start);
            out.push(',');
            put_number(out, place.end);
            out.push(']');
        });
        if !hit.parts.is_empty() {
            out.push_str(",\"parts\":");
            put_list(out, &hit.parts, |out, (clause, score)| {
                out.push_str("{\"clause\":");
                put_number(out, *clause);
                out.push_str(",\"score\":");
                out.push_str(&serde_json::to_string(score).unwrap_or_default());
                out.push('}');
            });
        }
        if let Some(context) = &hit.context {
            for (key, around) in [
                (",\"before\":", &context.before),
                (",\"after\":", &context.after),
            ] {
                out.push_str(key);
                put_list(out, around, |out, paragraph| self.put(paragraph, out));
            }
        }
        out.push('}');
    }

    /// Adds a paragraph that is new for an alert, whose name comes first. These come by date, and have no score.
    pub(super) fn put_news(&mut self, alert: &str, hit: &Hit, out: &mut String) {
        out.push_str("{\"alert\":");
        put_string(out, alert);
        let start = out.len();
        self.put_open(&hit.paragraph, out);
        self.put_matches(hit, out);
        // What follows is no object of its own.
        out.replace_range(start..=start, ",");
    }

    /// Adds a paragraph that is one of a group, which comes first, as JSON.
    pub(super) fn put_of_group(&mut self, group: &str, hit: &Hit, out: &mut String) {
        out.push_str("{\"group\":");
        out.push_str(group);
        self.put_rest(hit, out);
    }

    /// Adds a paragraph behind a first member.
    fn put_rest(&mut self, hit: &Hit, out: &mut String) {
        let start = out.len();
        self.put_hit(hit, out);
        // What follows is no object of its own.
        out.replace_range(start..=start, ",");
    }

    /// Adds the members that every paragraph has.
    fn put_open(&mut self, paragraph: &Paragraph, out: &mut String) {
        let head = self.head(&paragraph.head);
        // Only asked where something is named.
        let code_points = LazyCell::new(|| CodePoints::new(&paragraph.text));
        out.push_str("{\"id\":\"");
        out.push_str(&head.id);
        out.push('#');
        put_number(out, paragraph.ordinal);
        out.push_str("\",\"article\":\"");
        out.push_str(&head.id);
        out.push_str("\",\"ordinal\":");
        put_number(out, paragraph.ordinal);
        out.push(',');
        out.push_str(&head.members);
        out.push_str(",\"text\":");
        put_string(out, &paragraph.text);
        if paragraph.mentions.is_empty() {
            out.push_str(&NO_VALUES);
        } else {
            put_values(out, paragraph);
        }
        out.push_str(",\"mentions\":");
        put_list(out, &paragraph.mentions, |out, mention| {
            put_mention(out, mention, &code_points);
            out.push('}');
        });
        out.push_str(",\"quotes\":");
        put_list(out, &paragraph.quotes, |out, quote| {
            put_quote(out, quote, &paragraph.text, &code_points);
            out.push('}');
        });
    }

    fn head(&mut self, head: &Arc<Head>) -> &HeadJson {
        let known = self.head.take();
        let known = known.filter(|known| Arc::ptr_eq(&known.head, head));
        self.head.insert(known.unwrap_or_else(|| {
            let mut id = String::new();
            put_escaped(&mut id, &head.id);
            // Room for most, so that they need not move while they grow.
            let mut members = String::with_capacity(256 + head.path.len() + head.title.len());
            put_head(&mut members, head);
            HeadJson {
                head: Arc::clone(head),
                id,
                members,
            }
        }))
    }
}

/// Adds the values of each facet.
fn put_values(out: &mut String, paragraph: &Paragraph) {
    for (field, opening) in VALUE_LISTS.iter() {
        out.push_str(opening);
        let start = out.len();
        paragraph.each_value(field, |value| {
            if out.len() > start {
                out.push(',');
            }
            put_string(out, value);
        });
        out.push(']');
    }
}

/// Adds the members that paragraphs and articles both have of the article, without brackets.
pub(super) fn put_head(out: &mut String, head: &Head) {
    out.push_str("\"path\":");
    put_string(out, &head.path);
    out.push_str(",\"title\":");
    put_string(out, &head.title);
    let published = head.published.map(|published| published.to_string());
    for (key, value) in [
        (",\"byline\":", &head.byline),
        (",\"publisher\":", &head.publisher),
        (",\"published\":", &published),
        (",\"url\":", &head.url),
        (",\"language\":", &head.language),
    ] {
        out.push_str(key);
        put_or_null(out, value.as_deref());
    }
}

/// Adds a mention without its closing bracket, so that more may be said of it.
fn put_mention(out: &mut String, mention: &Mention, code_points: &CodePoints) {
    out.push_str("{\"facet\":\"");
    out.push_str(mention.field.name);
    out.push_str("\",\"value\":");
    put_string(out, &mention.value);
    put_place(out, &mention.span, code_points);
    put_rule(out, mention.rule);
}

/// Adds a quote by itself: the paragraph that it stands in, the members that quotes have there, and the words.
pub(super) fn put_quoted(out: &mut String, paragraph: &Paragraph, quote: &Quote) {
    let text = &paragraph.text;
    out.push_str("{\"id\":");
    put_string(out, &paragraph.id());
    out.push_str(",\"article\":");
    put_string(out, &paragraph.head.id);
    out.push_str(",\"ordinal\":");
    put_number(out, paragraph.ordinal);
    out.push(',');
    put_head(out, &paragraph.head);
    out.push_str(",\"quote\":");
    put_quote(out, quote, text, &CodePoints::new(text));
    out.push_str(",\"text\":");
    put_string(out, text.get(quote.content.clone()).unwrap_or_default());
    out.push_str("}}");
}

/// Adds a quote without its closing bracket.
fn put_quote(out: &mut String, quote: &Quote, text: &str, code_points: &CodePoints) {
    out.push_str("{\"speaker\":");
    put_string(out, &quote.speaker);
    out.push_str(",\"cue\":");
    put_or_null(
        out,
        quote.cue.as_ref().and_then(|cue| text.get(cue.clone())),
    );
    out.push_str(if quote.direct {
        ",\"direct\":true"
    } else {
        ",\"direct\":false"
    });
    put_place(out, &quote.content, code_points);
    put_rule(out, quote.rule);
    put_confidence(out, quote_confidence(quote));
}

/// Adds the name of a rule, which has nothing to escape.
fn put_rule(out: &mut String, rule: &str) {
    out.push_str(",\"rule\":\"");
    out.push_str(rule);
    out.push('"');
}

/// Adds the share of values that a rule gets right, from 0 to 1.
fn put_confidence(out: &mut String, confidence: Option<u8>) {
    out.push_str(",\"confidence\":");
    match confidence {
        None => out.push_str("null"),
        Some(hundredths) => put_share(out, hundredths),
    }
}

/// Adds hundredths as every format has them: `0.98`, `0.9`, `1.0`.
pub(super) fn put_share(out: &mut String, hundredths: u8) {
    put_number(out, usize::from(hundredths / 100));
    out.push('.');
    put_number(out, usize::from(hundredths / 10 % 10));
    if !hundredths.is_multiple_of(10) {
        put_number(out, usize::from(hundredths % 10));
    }
}

/// How often the rule that found a quote is right, in hundredths.
pub(super) fn quote_confidence(quote: &Quote) -> Option<u8> {
    let rule = SPEAKER.and_then(|field| schema::rule(field, quote.rule));
    rule.and_then(|rule| rule.confidence)
}

/// Adds a paragraph with what speaks for its values.
pub(super) fn put_explanation(out: &mut String, explanation: &Explanation) {
    let paragraph = &explanation.paragraph;
    let text = &paragraph.text;
    let code_points = CodePoints::new(text);
    out.push_str("{\"id\":");
    put_string(out, &paragraph.id());
    out.push_str(",\"text\":");
    put_string(out, text);
    out.push_str(",\"mentions\":");
    let mentions: Vec<_> = paragraph
        .mentions
        .iter()
        .zip(&explanation.mentions)
        .collect();
    put_list(out, &mentions, |out, (mention, reason)| {
        put_mention(out, mention, &code_points);
        out.push_str(",\"words\":");
        put_string(out, text.get(mention.span.clone()).unwrap_or_default());
        put_confidence(out, reason.confidence);
        put_reason(out, reason);
    });
    out.push_str(",\"quotes\":");
    let quotes: Vec<_> = paragraph.quotes.iter().zip(&explanation.quotes).collect();
    put_list(out, &quotes, |out, (quote, reason)| {
        put_quote(out, quote, text, &code_points);
        put_reason(out, reason);
    });
    out.push('}');
}

/// Adds what speaks for a value, and closes it.
fn put_reason(out: &mut String, reason: &Reason) {
    out.push_str(",\"help\":");
    put_or_null(out, reason.help);
    out.push_str(",\"lines\":");
    put_list(out, &reason.lines, put_line);
    out.push_str(",\"in_full\":");
    match &reason.in_full {
        Some(in_full) => {
            out.push_str("{\"ordinal\":");
            put_number(out, in_full.ordinal);
            out.push_str(",\"words\":");
            put_string(out, &in_full.words);
            out.push('}');
        }
        None => out.push_str("null"),
    }
    out.push('}');
}

fn put_line(out: &mut String, line: &Line) {
    out.push_str("{\"list\":");
    put_string(out, &line.list);
    out.push_str(",\"line\":");
    put_number(out, line.number);
    out.push_str(",\"entry\":");
    put_string(out, &line.entry);
    out.push('}');
}

fn put_place(out: &mut String, bytes: &Range<usize>, code_points: &CodePoints) {
    let place = code_points.range(bytes);
    out.push_str(",\"start\":");
    put_number(out, place.start);
    out.push_str(",\"end\":");
    put_number(out, place.end);
}

/// Adds an array.
pub(super) fn put_list<T>(out: &mut String, items: &[T], mut put: impl FnMut(&mut String, &T)) {
    out.push('[');
    for (item_idx, item) in items.iter().enumerate() {
        if item_idx > 0 {
            out.push(',');
        }
        put(out, item);
    }
    out.push(']');
}

fn put_or_null(out: &mut String, text: Option<&str>) {
    match text {
        Some(text) => put_string(out, text),
        None => out.push_str("null"),
    }
}

pub(super) fn put_number(out: &mut String, number: usize) {
    out.push_str(itoa::Buffer::new().format(number));
}

/// Adds a string with its quotation marks.
pub(super) fn put_string(out: &mut String, text: &str) {
    out.push('"');
    put_escaped(out, text);
    out.push('"');
}

/// Adds a string without its quotation marks.
fn put_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = first_escaped(rest.as_bytes()) {
        let (plain, escaped) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = escaped.chars();
        match chars.next() {
            Some(mark @ ('"' | '\\')) => out.extend(['\\', mark]),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\t') => out.push_str("\\t"),
            Some('\n') => out.push_str("\\n"),
            Some('\u{c}') => out.push_str("\\f"),
            Some('\r') => out.push_str("\\r"),
            control => {
                let code = control.map_or(0, u32::from);
                out.push_str(&format!("\\u{code:04x}"));
            }
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// The place of the first byte that cannot stand in a string as it is.
fn first_escaped(bytes: &[u8]) -> Option<usize> {
    let Some(last) = bytes.last_chunk::<8>() else {
        let is_escaped = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
        return bytes.iter().position(is_escaped);
    };
    let place = |at: usize, word: &[u8; 8]| {
        let escaped = escaped(*word);
        (escaped > 0).then(|| at + escaped.trailing_zeros() as usize / 8)
    };
    let (words, _) = bytes.as_chunks::<8>();
    let mut places = (0..).step_by(8).zip(words);
    // The last bytes overlap those of the word before.
    places
        .find_map(|(at, word)| place(at, word))
        .or_else(|| place(bytes.len() - 8, last))
}

/// Marks those of eight bytes that must be escaped, all looked at together: the lowest bit that is set lies in the first of
/// them, those above may be wrong.
fn escaped(word: [u8; 8]) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let word = u64::from_le_bytes(word);
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let is_control = word.wrapping_sub(ONES * b' ' as u64);
    let quote = has_zero(word ^ (ONES * b'"' as u64));
    let backslash = has_zero(word ^ (ONES * b'\\' as u64));
    (is_control & !word | quote | backslash) & HIGH
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn strings_are_escaped_at_any_place() {
        for special in [
            '"', '\\', '\u{8}', '\t', '\n', '\u{c}', '\r', '\u{1}', '\u{1f}', '\u{7f}', 'é',
        ] {
            for n_before in 0..40 {
                let text = format!("{}{special}tariffs on steel", "x".repeat(n_before));
                let mut out = String::new();
                put_string(&mut out, &text);
                assert_eq!(out, serde_json::json!(text).to_string());
            }
        }
    }

    proptest! {
        #[test]
        fn strings_and_numbers_are_those_of_json(text in "\\PC*|[\\x00-\\x7f]*", number: usize) {
            let mut out = String::new();
            put_string(&mut out, &text);
            prop_assert_eq!(&out, &serde_json::json!(text).to_string());
            out.clear();
            put_number(&mut out, number);
            prop_assert_eq!(out, number.to_string());
        }
    }
}
