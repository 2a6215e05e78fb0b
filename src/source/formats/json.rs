//! JSON: one object an article, or an array of them; and JSON Lines, one object a line.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::{Format, Reading, markup, tidy};
use crate::article::Published;
use crate::limits::source as limits;
use crate::source::paragraphs::Layout;
use crate::source::story::{Document, Facts};
use crate::source::{Fault, Piece, date, decode, paragraphs};

pub(super) const FORMAT: Format = Format {
    name: "json",
    extensions: &["json"],
    sniff: is_json,
    // JSON Lines are often called `.json`.
    misnamed: Some(is_json_lines),
    reading: Reading::Whole,
    help: "JSON: an object with title, text, date ..., or an array of them",
    documents,
};

pub(super) const LINES: Format = Format {
    name: "jsonl",
    extensions: &["jsonl", "ndjson", "jsonlines"],
    sniff: is_json_lines,
    misnamed: None,
    reading: Reading::Lines,
    help: "JSON Lines: one such object a line, in a file of any size",
    documents: documents_of_lines,
};

/// What a member of an object holds; of several with the same meaning the first in this list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Id,
    Title,
    Text,
    Paragraphs,
    Published,
    Byline,
    Publisher,
    Url,
    Language,
    Articles,
    /// An object with more members of the same article.
    Fields,
}

/// The rank of the first name of a text that may mean something else: text is what has words.
const DOUBTFUL: usize = 11;

/// Names of members as they are usual, best first, in lower case and without `_` and `-`.
const NAMES: &[(Name, &[&str])] = &[
    (Name::Id, &["id", "uuid", "guid"]),
    (Name::Title, &["title", "headline", "head", "webtitle"]),
    (
        Name::Text,
        &[
            "body",
            "articlebody",
            "fulltext",
            "articletext",
            "maintext",
            "bodytext",
            "text",
            "content",
            "contenthtml",
            "contenttext",
            "bodyhtml",
            "html",
            "story",
            "article",
        ],
    ),
    (Name::Paragraphs, &["paragraphs"]),
    (
        Name::Published,
        &[
            "published",
            "datepublished",
            "publishedat",
            "publicationdate",
            "pubdate",
            "publisheddate",
            "publishdate",
            "datepublish",
            "publishedon",
            "webpublicationdate",
            "datetime",
            "date",
            "dateposted",
            "postdate",
            "posted",
            "timestamp",
            "created",
            "createdat",
            "datecreated",
        ],
    ),
    (
        Name::Byline,
        &[
            "byline",
            "author",
            "authors",
            "creator",
            "writtenby",
            "reporter",
            "writer",
            "by",
        ],
    ),
    (
        Name::Publisher,
        &[
            "publisher",
            "source",
            "outlet",
            "site",
            "sitename",
            "newspaper",
            "publication",
            "sourcedomain",
            "agency",
        ],
    ),
    (
        Name::Url,
        &[
            "url",
            "canonicalurl",
            "link",
            "weburl",
            "sourceurl",
            "permalink",
            "mainentityofpage",
        ],
    ),
    (Name::Language, &["language", "lang", "inlanguage"]),
    (
        Name::Articles,
        &[
            "articles", "items", "results", "records", "docs", "data", "posts", "stories",
            "entries", "response", "db",
        ],
    ),
    (Name::Fields, &["fields"]),
];

fn is_json(sample: &[u8]) -> bool {
    let text = sample
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(sample)
        .trim_ascii_start();
    let Some((&first, rest)) = text.split_first() else {
        return false;
    };
    matches!(
        (first, rest.trim_ascii_start().first()),
        (b'{', Some(b'"' | b'}')) | (b'[', Some(b'{' | b']'))
    )
}

/// Whether the first line is an object by itself and another follows.
fn is_json_lines(sample: &[u8]) -> bool {
    let text = sample
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(sample)
        .trim_ascii_start();
    if !is_json(text) || text.starts_with(b"[") {
        return false;
    }
    let Some(end) = memchr::memchr(b'\n', text) else {
        // One line longer than the sample may be the first of many; a single short one is an object.
        return text.len() >= limits::SNIFF_BYTES / 2;
    };
    let (first, rest) = text.split_at(end);
    let complete = serde_json::from_slice::<IgnoredAny>(first).is_ok();
    complete
        && rest
            .trim_ascii_start()
            .first()
            .is_some_and(|&byte| byte == b'{')
}

/// A record, and by which numbers it is known in its file: of the line, of the record.
struct Numbered<'a> {
    record: Box<Record<'a>>,
    line: Option<usize>,
    number: Option<usize>,
}

fn documents(piece: &Piece) -> Vec<Result<Document, Fault>> {
    let path = &piece.source.path;
    let text = match decoded(piece) {
        Ok(text) => text,
        Err(fault) => return vec![Err(fault)],
    };
    let mut values = Vec::new();
    let mut fault = None;
    // Several values may follow each other.
    for value in serde_json::Deserializer::from_str(&text).into_iter::<Records>() {
        match value {
            Ok(value) => values.push(value),
            Err(error) => {
                fault = Some(broken(path, &error, piece.line + error.line() - 1));
                break;
            }
        }
    }
    let is_alone = matches!(values.as_slice(), [Records::One(record)] if !record.is_wrapper());
    let mut records = Vec::new();
    for value in values {
        value.flatten(&mut records);
    }
    let documents = records.into_iter().zip(1..).map(|(record, number)| {
        let record =
            record.ok_or_else(|| Fault::new(path, format!("record {number} is no object")))?;
        let number = (!is_alone).then_some(number);
        document(
            piece,
            Numbered {
                record,
                line: None,
                number,
            },
        )
    });
    let mut documents: Vec<_> = documents.chain(fault.map(Err)).collect();
    if documents.is_empty() {
        documents.push(Err(Fault::new(path, "no article in it")));
    }
    documents
}

fn documents_of_lines(piece: &Piece) -> Vec<Result<Document, Fault>> {
    let lines = lines(piece);
    // All lines are parsed before the first text is laid out, so that the code of each step stays in the caches.
    let mut records = Vec::with_capacity(lines.len());
    for (line, text) in &lines {
        match text {
            Ok(text) => push_records(&piece.source.path, *line, text, &mut records),
            Err(reason) => {
                records.push(Err(Fault::new(&piece.source.path, reason).at(*line)));
            }
        }
    }
    let records = records.into_iter();
    records.map(|record| document(piece, record?)).collect()
}

/// The lines of a piece that are not empty, with their numbers, and their text or why it is none. One line in another charset
/// is no reason to lose the others.
fn lines(piece: &Piece) -> Vec<(usize, Result<Cow<'_, str>, String>)> {
    let whole = std::str::from_utf8(&piece.bytes).ok();
    let ends = memchr::memchr_iter(b'\n', &piece.bytes).chain([piece.bytes.len()]);
    let mut start = 0;
    let lines = ends.zip(piece.line..).filter_map(|(end, line)| {
        let place = start..end;
        start = end + 1;
        let bytes = &piece.bytes[place.clone()];
        let is_empty = bytes.trim_ascii().is_empty();
        (!is_empty).then(|| match whole {
            Some(text) => (line, Ok(Cow::Borrowed(&text[place]))),
            None => (line, decode::text(bytes, None)),
        })
    });
    lines.collect()
}

/// Adds the records of a line: one, or several in an array or a wrapper.
fn push_records<'a>(
    path: &Path,
    line: usize,
    text: &'a str,
    records: &mut Vec<Result<Numbered<'a>, Fault>>,
) {
    match serde_json::from_str::<Records>(text.trim_start_matches('\u{feff}')) {
        Ok(Records::One(record)) if !record.is_wrapper() => {
            records.push(Ok(Numbered {
                record,
                line: Some(line),
                number: None,
            }));
        }
        Ok(values) => {
            let mut flat = Vec::new();
            values.flatten(&mut flat);
            let flat = flat.into_iter().zip(1..);
            records.extend(flat.map(|(record, number)| match record {
                Some(record) => Ok(Numbered {
                    record,
                    line: Some(line),
                    number: Some(number),
                }),
                None => Err(Fault::new(path, "no JSON object").at(line)),
            }));
        }
        Err(error) => records.push(Err(broken(path, &error, line))),
    }
}

/// The text of a whole file. Strings are brought into form one by one, so that escapes are, too.
fn decoded(piece: &Piece) -> Result<Cow<'_, str>, Fault> {
    if let Ok(text) = std::str::from_utf8(&piece.bytes) {
        return Ok(Cow::Borrowed(text.trim_start_matches('\u{feff}')));
    }
    decode::text(&piece.bytes, None).map_err(|reason| Fault::new(&piece.source.path, reason))
}

fn broken(path: &std::path::Path, error: &serde_json::Error, line: usize) -> Fault {
    let text = error.to_string();
    // serde adds a line of its own, which is that of the record.
    let reason = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(reason, _)| reason);
    let column = error.column();
    Fault::new(path, format!("broken JSON at column {column}: {reason}"))
        .at(line)
        .hint("articles before and after it are kept; repair the record to have it as well")
}

fn document(piece: &Piece, numbered: Numbered) -> Result<Document, Fault> {
    let Numbered {
        mut record,
        line,
        number,
    } = numbered;
    let (text, paragraphs) = (record.text.take(), std::mem::take(&mut record.paragraphs));
    let body = match (paragraphs, text) {
        (paragraphs, _) if !paragraphs.is_empty() => paragraphs::separated(
            paragraphs
                .iter()
                .map(|paragraph| decode::clean(Cow::Borrowed(paragraph)).into_owned()),
        ),
        (_, Some(text)) => layout(&text),
        (_, None) => {
            let names: Vec<&str> = NAMES
                .iter()
                .filter(|(name, _)| matches!(name, Name::Text | Name::Paragraphs))
                .flat_map(|(_, names)| names.iter().copied())
                .collect();
            let fault = Fault::new(&piece.source.path, "an object without text");
            let hint = format!("its text is looked for in {}", names.join(", "));
            return Err(Fault { line, ..fault }.hint(hint));
        }
    };
    let facts = record.facts();
    let is_named = facts.id.is_some() || facts.url.is_some();
    let stem = (!is_named).then(|| {
        let numbers = [line, number].into_iter().flatten();
        numbers.fold(piece.source.stem.clone(), |stem, number| {
            format!("{stem}/{number}")
        })
    });
    Ok(Document {
        facts,
        stem,
        body,
        line,
        ..Document::default()
    })
}

/// What a single object states, its text left aside.
pub(super) fn facts(text: &str) -> Facts {
    match serde_json::from_str::<Records>(text) {
        Ok(Records::One(record)) => record.facts(),
        _ => Facts::default(),
    }
}

/// The name of somebody, without "By"; an address stands for a name that is told elsewhere.
pub(super) fn name(text: &str) -> Option<String> {
    let bare = ["By ", "by ", "BY "]
        .iter()
        .find_map(|by| text.strip_prefix(by))
        .unwrap_or(text);
    // What JSON-LD points to is called by an address, or by a mark in it.
    let is_address = ["http://", "https://", "#", "_:"]
        .iter()
        .any(|start| bare.starts_with(start));
    (!is_address && !bare.is_empty()).then(|| bare.to_string())
}

/// The paragraphs of a text, which may be marked up.
pub(super) fn layout(text: &str) -> Layout {
    if !markup::is_marked_up(text) {
        return paragraphs::split(&decode::clean(Cow::Borrowed(text)));
    }
    match markup::content(&tidy::tidied(text)) {
        markup::Content::Paragraphs(paragraphs) => paragraphs::separated(
            paragraphs
                .into_iter()
                .map(|paragraph| decode::clean(Cow::Owned(paragraph)).into_owned()),
        ),
        markup::Content::Text(text) => paragraphs::split(&decode::clean(Cow::Owned(text))),
    }
}

/// A text that is a line, without markup.
pub(super) fn one_line(text: &str) -> String {
    let text = if markup::is_marked_up(text) {
        match markup::content(text) {
            markup::Content::Paragraphs(paragraphs) => Cow::Owned(paragraphs.join(" ")),
            markup::Content::Text(text) => Cow::Owned(text),
        }
    } else {
        Cow::Borrowed(text)
    };
    let clean = decode::clean(text);
    let mut line = String::with_capacity(clean.len());
    paragraphs::push_words(&mut line, &clean);
    line
}

/// An object, as far as it says something about an article.
#[derive(Debug, Default)]
struct Record<'a> {
    id: Option<String>,
    title: Option<Cow<'a, str>>,
    text: Option<Cow<'a, str>>,
    paragraphs: Vec<Cow<'a, str>>,
    published: Option<Published>,
    byline: Option<Cow<'a, str>>,
    publisher: Option<Cow<'a, str>>,
    url: Option<Cow<'a, str>>,
    language: Option<Cow<'a, str>>,
    articles: Vec<Records<'a>>,
}

/// A JSON value: an article, several, or something else.
#[derive(Debug)]
enum Records<'a> {
    One(Box<Record<'a>>),
    Many(Vec<Records<'a>>),
    Other,
}

impl<'a> Records<'a> {
    /// Adds the records in order; none for values that are no objects.
    fn flatten(self, out: &mut Vec<Option<Box<Record<'a>>>>) {
        match self {
            Records::One(mut record) if record.is_wrapper() => {
                for value in std::mem::take(&mut record.articles) {
                    value.flatten(out);
                }
            }
            Records::One(record) => out.push(Some(record)),
            Records::Many(values) => {
                for value in values {
                    value.flatten(out);
                }
            }
            Records::Other => out.push(None),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Records<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        RecordsWithin(limits::NESTING).deserialize(deserializer)
    }
}

/// Reads records that are nested no deeper than this.
struct RecordsWithin(usize);

impl<'de> DeserializeSeed<'de> for RecordsWithin {
    type Value = Records<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Records<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RecordsWithin {
    type Value = Records<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an article")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Records<'de>, A::Error> {
        let mut values = Vec::new();
        if self.0 == 0 {
            while sequence.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Records::Other);
        }
        while let Some(value) = sequence.next_element_seed(RecordsWithin(self.0 - 1))? {
            values.push(value);
        }
        Ok(Records::Many(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Records<'de>, A::Error> {
        let mut record = Box::<Record>::default();
        // The rank of the name from which each meaning was taken.
        let mut ranks = [usize::MAX; NAMES.len()];
        let mut fields = None;
        while let Some(Key(key)) = map.next_key()? {
            let Some((name, rank)) = key else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if name == Name::Articles {
                if self.0 == 0 {
                    map.next_value::<IgnoredAny>()?;
                } else {
                    match map.next_value_seed(RecordsWithin(self.0 - 1))? {
                        Records::Many(values) => {
                            let is_object = |value: &Records| matches!(value, Records::One(_));
                            if values.iter().any(is_object) {
                                record.articles = values;
                            }
                        }
                        // `{"response": {"results": [...]}}`
                        Records::One(inner) if inner.is_wrapper() => {
                            record.articles = inner.articles
                        }
                        _ => {}
                    }
                }
                continue;
            }
            if name == Name::Fields {
                if self.0 == 0 {
                    map.next_value::<IgnoredAny>()?;
                } else if let Records::One(inner) =
                    map.next_value_seed(RecordsWithin(self.0 - 1))?
                {
                    fields = Some(inner);
                }
                continue;
            }
            let value: Loose = map.next_value()?;
            // The `article` of a record may be its id, its `story` the name of a subject.
            let is_word = || matches!(&value, Loose::Text(text) if !text.trim().contains(' '));
            let is_doubtful = name == Name::Text && rank >= DOUBTFUL && is_word();
            let known = &mut ranks[name as usize];
            if rank < *known && !is_doubtful && record.take(name, value) {
                *known = rank;
            }
        }
        if let Some(fields) = fields {
            record.complete(*fields);
        }
        Ok(Records::One(record))
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Records<'de>, E> {
        Ok(Records::Other)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Records<'de>, E> {
        Ok(Records::Other)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Records<'de>, E> {
        Ok(Records::Other)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Records<'de>, E> {
        Ok(Records::Other)
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<Records<'de>, E> {
        Ok(Records::Other)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Records<'de>, E> {
        Ok(Records::Other)
    }
}

impl<'a> Record<'a> {
    /// Whether it only holds articles and is none itself.
    fn is_wrapper(&self) -> bool {
        !self.articles.is_empty() && self.text.is_none() && self.paragraphs.is_empty()
    }

    /// Takes from another object of the same article what this one has not.
    fn complete(&mut self, other: Record<'a>) {
        if self.text.is_none() && self.paragraphs.is_empty() {
            self.text = other.text;
            self.paragraphs = other.paragraphs;
        }
        self.title = self.title.take().or(other.title);
        self.published = self.published.take().or(other.published);
        self.byline = self.byline.take().or(other.byline);
        self.publisher = self.publisher.take().or(other.publisher);
        self.url = self.url.take().or(other.url);
        self.language = self.language.take().or(other.language);
    }

    fn facts(self) -> Facts {
        let line = |value: Option<Cow<str>>| {
            let line = value.map(|value| one_line(&value));
            line.filter(|line| !line.is_empty())
        };
        Facts {
            id: self.id,
            title: line(self.title),
            byline: line(self.byline).and_then(|byline| name(&byline)),
            publisher: line(self.publisher).and_then(|publisher| name(&publisher)),
            published: self.published,
            url: line(self.url),
            language: line(self.language),
        }
    }

    /// Takes a value; says whether it meant anything.
    fn take(&mut self, name: Name, value: Loose<'a>) -> bool {
        let slot = match name {
            Name::Id => {
                self.id = value
                    .plain()
                    .map(|id| id.trim().to_string())
                    .filter(|id| !id.is_empty());
                return self.id.is_some();
            }
            Name::Published => {
                self.published = value.plain().and_then(|text| date::parse(&text));
                return self.published.is_some();
            }
            Name::Text | Name::Paragraphs if matches!(value, Loose::List(_)) => {
                let Loose::List(values) = value else {
                    return false;
                };
                self.paragraphs = values.into_iter().filter_map(Loose::name).collect();
                return !self.paragraphs.is_empty();
            }
            Name::Title => &mut self.title,
            Name::Text | Name::Paragraphs => &mut self.text,
            Name::Byline => &mut self.byline,
            Name::Publisher => &mut self.publisher,
            Name::Url => &mut self.url,
            Name::Language => &mut self.language,
            Name::Articles | Name::Fields => return false,
        };
        *slot = value.name().filter(|text| !text.trim().is_empty());
        slot.is_some()
    }
}

/// A key that means something to us, with the rank of its name.
struct Key(Option<(Name, usize)>);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E: de::Error>(self, key: &str) -> Result<Key, E> {
                Ok(Key(meaning(key)))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// What a member's name means: `publication_date`, `publicationDate` and `Publication-Date` mean the same.
pub(super) fn meaning(key: &str) -> Option<(Name, usize)> {
    /// Bytes; no name is as long.
    const LONGEST: usize = 20;
    if key.len() > LONGEST {
        return None;
    }
    let mut plain = [0; LONGEST];
    let mut length = 0;
    for byte in key.bytes().filter(|byte| !b"_- ".contains(byte)) {
        plain[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    let plain = &plain[..length];
    NAMES.iter().find_map(|(name, names)| {
        names
            .iter()
            .position(|candidate| candidate.as_bytes() == plain)
            .map(|rank| (*name, rank))
    })
}

/// A value in the shapes in which names and texts come: a string, a number, a list, an object with a name.
#[derive(Debug)]
enum Loose<'a> {
    Text(Cow<'a, str>),
    Number(String),
    List(Vec<Loose<'a>>),
    Nothing,
}

impl<'a> Loose<'a> {
    /// A string or a number.
    fn plain(self) -> Option<Cow<'a, str>> {
        match self {
            Loose::Text(text) => Some(text),
            Loose::Number(number) => Some(Cow::Owned(number)),
            Loose::List(_) | Loose::Nothing => None,
        }
    }

    /// A string, or several names in a row.
    fn name(self) -> Option<Cow<'a, str>> {
        match self {
            Loose::Text(text) => Some(text),
            Loose::List(values) => {
                let names: Vec<Cow<str>> = values.into_iter().filter_map(Loose::name).collect();
                (!names.is_empty()).then(|| Cow::Owned(names.join(", ")))
            }
            Loose::Number(_) | Loose::Nothing => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        LooseWithin(limits::NESTING).deserialize(deserializer)
    }
}

struct LooseWithin(usize);

impl<'de> DeserializeSeed<'de> for LooseWithin {
    type Value = Loose<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Loose<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for LooseWithin {
    type Value = Loose<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Loose<'de>, E> {
        Ok(Loose::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Loose<'de>, E> {
        Ok(Loose::Text(Cow::Owned(text.to_string())))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Loose<'de>, E> {
        Ok(Loose::Number(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Loose<'de>, E> {
        Ok(Loose::Number(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Loose<'de>, E> {
        // Seconds with a fraction.
        Ok(Loose::Number(format!("{}", number.trunc())))
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Loose<'de>, E> {
        Ok(Loose::Nothing)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Loose<'de>, E> {
        Ok(Loose::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Loose<'de>, A::Error> {
        let mut values = Vec::new();
        if self.0 == 0 {
            while sequence.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Loose::Nothing);
        }
        while let Some(value) = sequence.next_element_seed(LooseWithin(self.0 - 1))? {
            values.push(value);
        }
        Ok(Loose::List(values))
    }

    /// `{"name": ...}`, as JSON-LD has it; `{"$oid": ...}` and `{"$date": ...}` of database exports; `{"text": ...}`;
    /// `{"rendered": ...}` and `{"value": ...}` of content systems.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose<'de>, A::Error> {
        let names = [
            "name", "text", "rendered", "value", "$oid", "$date", "url", "@id",
        ];
        let mut found = Loose::Nothing;
        let mut known = usize::MAX;
        while let Some(key) = map.next_key::<Cow<str>>()? {
            let rank = names.iter().position(|name| *name == key);
            if let Some(rank) = rank.filter(|&rank| rank < known && self.0 > 0) {
                found = map.next_value_seed(LooseWithin(self.0 - 1))?;
                known = rank;
                // What is rendered is a part of a page, even without a tag.
                if let Loose::Text(text) = &mut found
                    && key == "rendered"
                    && !markup::is_marked_up(text)
                {
                    *text = Cow::Owned(markup::decoded(text).into_owned());
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::Article;
    use crate::source::{articles, standard_input};

    /// The articles of a file, a line each: id, title, published, byline, publisher, paragraphs; faults as they print.
    fn check_articles(content: &str, expected: &[&str]) {
        let mut lines = Vec::new();
        for piece in standard_input(content.as_bytes()) {
            for article in articles(&piece.unwrap()) {
                lines.push(match article {
                    Ok(article) => [
                        article.id,
                        article.title,
                        article
                            .published
                            .map_or(String::new(), |published| published.to_string()),
                        article.byline.unwrap_or_default(),
                        article.publisher.unwrap_or_default(),
                        article.paragraphs.join(" / "),
                    ]
                    .join("|"),
                    Err(fault) => fault.to_string(),
                });
            }
        }
        assert_eq!(lines, expected, "{content}");
    }

    #[test]
    fn names_and_shapes_are_many() {
        check_articles(
            r#"{"Headline": "Duties rise", "articleBody": "Steel is dear.\n\nZinc is not.", "datePublished": "2018-09-26", "author": {"@id": "1", "name": "Jane Doe"}, "source": {"id": null, "name": "Desk"}}"#,
            &["-|Duties rise|2018-09-26|Jane Doe|Desk|Steel is dear. / Zinc is not."],
        );
        check_articles(
            r#"{"_id": {"$oid": "7"}, "title": "A", "paragraphs": ["Steel.", "Zinc."], "created": 1537970700, "authors": ["Jane Doe", {"name": "John Roe"}]}"#,
            &["7|A|2018-09-26T14:05:00Z|Jane Doe, John Roe||Steel. / Zinc."],
        );
        check_articles(
            r#"{"id": 12, "url": "https://example.org", "text": "Steel is dear.", "byline": "By Jane Doe", "extra": {"deep": [1, {"text": "no"}]}}"#,
            &["12|Steel is dear||Jane Doe||Steel is dear."],
        );
        check_articles(
            r#"{"url": "https://example.org", "text": "Summary only.", "full_text": "Steel is dear.", "title": null, "date": "605:12:19"}"#,
            &["https://example.org|Steel is dear||||Steel is dear."],
        );
    }

    #[test]
    fn exports_of_many_systems_are_read() {
        check_articles(
            r#"[{"id": 1, "date": "2024-05-30T06:30:00", "title": {"rendered": "Duties &amp; pipes"}, "content": {"rendered": "<p>Pipes are dear.</p>\n<p>Bolts are not.</p>", "protected": false}, "author": 4}]"#,
            &["1|Duties & pipes|2024-05-30|||Pipes are dear. / Bolts are not."],
        );
        check_articles(
            r#"{"posts": [{"id": "a", "title": "Pipes", "html": "<p>Pipes are dear.</p>", "published_at": "2024-05-30T06:30:00Z"}]}"#,
            &["a|Pipes|2024-05-30T06:30:00Z|||Pipes are dear."],
        );
        check_articles(
            r#"{"response": {"status": "ok", "results": [{"id": "b", "webTitle": "Pipes", "webPublicationDate": "2024-05-30T06:30:00Z", "fields": {"byline": "Jane Doe", "bodyText": "Pipes are dear."}}]}}"#,
            &["b|Pipes|2024-05-30T06:30:00Z|Jane Doe||Pipes are dear."],
        );
        for key in [
            "body_html",
            "html",
            "article",
            "article_text",
            "story",
            "maintext",
        ] {
            let content = format!(r#"{{"id": "c", "title": "Pipes", "{key}": "Pipes are dear."}}"#);
            check_articles(&content, &["c|Pipes||||Pipes are dear."]);
        }
        for (key, value, day) in [
            ("publish_date", "\"September 10, 2025\"", "2025-09-10"),
            (
                "datetime",
                "\"2025-09-10T10:00:00Z\"",
                "2025-09-10T10:00:00Z",
            ),
            ("timestamp", "1757498400", "2025-09-10T10:00:00Z"),
            ("date_publish", "\"2025-09-10 10:00:00\"", "2025-09-10"),
        ] {
            let content = format!(r#"{{"id": "c", "text": "Pipes are dear.", "{key}": {value}}}"#);
            check_articles(
                &content,
                &[&format!("c|Pipes are dear|{day}|||Pipes are dear.")],
            );
        }
        // The id of an article is not its text.
        check_articles(
            r#"{"id": "d", "article": "2018/pipes", "text": "Pipes are dear."}"#,
            &["d|Pipes are dear||||Pipes are dear."],
        );
        let content = r#"{"id": "d", "article": "2018/pipes"}"#;
        check_articles(content, &["-: an object without text"]);
    }

    #[test]
    fn bodies_may_be_marked_up() {
        check_articles(
            r#"{"title": "Pe&ntilde;a", "content": "<p>Steel &amp; zinc.</p><p>Tin.</p>"}"#,
            &["-|Pe&ntilde;a||||Steel & zinc. / Tin."],
        );
        check_articles(
            r#"{"title": "A", "content": "ACME <ACM> &amp; zinc"}"#,
            &["-|A||||ACME <ACM> &amp; zinc"],
        );
    }

    #[test]
    fn arrays_and_wrappers_hold_articles() {
        check_articles(
            r#"[{"text": "Steel."}, 5, {"id": "z", "text": "Zinc."}]"#,
            &[
                "-/1|Steel||||Steel.",
                "-: record 2 is no object",
                "z|Zinc||||Zinc.",
            ],
        );
        check_articles(
            r#"{"status": "ok", "articles": [{"content": "Steel."}]}"#,
            &["-/1|Steel||||Steel."],
        );
        check_articles(
            "{\n\"text\": \"Steel.\"}\n{\"text\":\n \"Zinc.\"}",
            &["-/1|Steel||||Steel.", "-/2|Zinc||||Zinc."],
        );
        check_articles(
            r#"{"text": "Steel.", "data": [{"chart": 1}]}"#,
            &["-|Steel||||Steel."],
        );
        check_articles("[]", &["-: no article in it"]);
    }

    #[test]
    fn one_bad_line_leaves_the_others() {
        check_articles(
            "{\"text\": \"Steel.\"}\n\n{\"text\": \"Zinc.\"\n{\"title\": \"No text\"}\n[1]\n{\"text\": \"Tin.\"}\n",
            &[
                "-/1|Steel||||Steel.",
                "-:3: broken JSON at column 16: EOF while parsing an object",
                "-:4: an object without text",
                "-:5: no JSON object",
                "-/6|Tin||||Tin.",
            ],
        );
    }

    #[test]
    fn a_line_says_what_is_wrong_with_it_once() {
        check_articles(
            "{\"text\": \"Steel.\"}\n{\"text\": \"Tin.\"}\n[1, {\"text\": \"Zinc.\"}, 2, {\"a\": 1}, {\"a\": 2}]\n[1,2]\n",
            &[
                "-/1|Steel||||Steel.",
                "-/2|Tin||||Tin.",
                "-:3: no JSON object",
                "-/3/2|Zinc||||Zinc.",
                "-:3: an object without text",
                "-:4: no JSON object",
            ],
        );
    }

    #[test]
    fn broken_json_says_where() {
        check_articles(
            "[{\"text\": \"Steel.\"},\n {\"text\": Zinc}]",
            &["-:2: broken JSON at column 11: expected value"],
        );
        let deep = format!("{{\"text\": {}", "[".repeat(100_000));
        assert!(articles(&standard_input(deep.as_bytes()).next().unwrap().unwrap())[0].is_err());
    }

    #[test]
    fn lines_in_another_charset_are_read() {
        let mut bytes = b"{\"text\": \"Steel.\"}\n".to_vec();
        bytes.extend(
            encoding_rs::WINDOWS_1252
                .encode("{\"text\": \"Peña Nieto visits a café.\"}\n")
                .0
                .iter(),
        );
        let piece = standard_input(&bytes[..]).next().unwrap().unwrap();
        let read: Vec<Article> = articles(&piece).into_iter().flatten().collect();
        assert_eq!(read[1].paragraphs, ["Peña Nieto visits a café."]);
    }

    #[test]
    fn every_name_is_in_its_plain_form() {
        for (name, names) in NAMES {
            for (rank, plain) in names.iter().enumerate() {
                assert_eq!(meaning(plain), Some((*name, rank)), "{plain}");
            }
        }
        for (position, (name, _)) in NAMES.iter().enumerate() {
            assert_eq!(*name as usize, position);
        }
        assert_eq!(meaning("Publication-Date"), meaning("publication_date"));
        assert_eq!(meaning("texture"), None);
    }

    proptest! {
        #[test]
        fn any_text_gives_articles_or_faults(json in "[\\[\\]{}:,\"a-z0-9\\\\ \n]{0,60}", bytes: Vec<u8>) {
            for bytes in [json.as_bytes(), &bytes] {
                for format in [&FORMAT, &LINES] {
                    for piece in standard_input(bytes).flatten() {
                        let _ = articles(&Piece { format, ..piece });
                    }
                }
            }
        }
    }
}
