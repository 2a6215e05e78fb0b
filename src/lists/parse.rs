//! One file of lists: bytes to entries, each with its line. All that is wrong is told, not only the first.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Fault, Faults};
use super::merge::Said;
use super::{Entry, Hidden, Kind, Office, Place, Resolve, Spelling};
use crate::limits::lists as limits;

/// The keys of an entry, the first of which it must have.
fn keys(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Person => &["name", "aliases", "offices"],
        Kind::Organization | Kind::Instrument => &["name", "aliases"],
        Kind::Topic => &["path", "label", "terms"],
    }
}

const OFFICE_KEYS: &[&str] = &["country", "office", "from", "to"];

/// The facets whose values can be hidden.
const HIDDEN: &[&str] = &[
    "person",
    "speaker",
    "country",
    "topic",
    "instrument",
    "organization",
];

/// How alike a key must be to one that there is for "did you mean" (Jaro-Winkler, 0 to 1).
const ALIKE: f64 = 0.7;

/// Words that would be found in every other sentence.
const ORDINARY: &[&str] = &[
    "ad", "ah", "am", "an", "as", "at", "be", "by", "do", "go", "he", "hi", "if", "in", "is", "it",
    "me", "my", "no", "of", "oh", "ok", "on", "or", "ox", "so", "to", "up", "us", "we",
];

/// Reads a file into what is said so far; the file is the last of `said.files`.
pub(super) fn file(bytes: &[u8], resolve: &Resolve, said: &mut Said, faults: &mut Faults) {
    let n_faults = faults.n_faults;
    let mut parser = Parser {
        line_ends: (0..bytes.len()).filter(|&at| bytes[at] == b'\n').collect(),
        shown: said.shown().to_string(),
        resolve,
        said,
        faults,
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let (table, errors) = DeTable::parse_recoverable(text);
            for error in &errors {
                let at = error.span().map_or(0, |span| span.start);
                let what = error.message().lines().next().unwrap_or("this is no TOML");
                parser.fault(at, what, "https://toml.io shows how TOML is written");
            }
            // What is left of a torn file would give rise to faults that are none.
            if errors.is_empty() {
                parser.lists(table.get_ref());
            }
        }
        Err(error) => parser.fault(
            error.valid_up_to(),
            "the text is not UTF-8",
            "save the file as UTF-8",
        ),
    }
    said.is_partial |= faults.n_faults > n_faults;
}

struct Parser<'a> {
    line_ends: Vec<usize>,
    shown: String,
    resolve: &'a Resolve<'a>,
    said: &'a mut Said,
    faults: &'a mut Faults,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Parser<'_> {
    fn fault(&mut self, at: usize, what: impl Into<String>, advice: impl Into<String>) {
        self.faults.add(Fault {
            path: self.shown.clone(),
            line: Some(self.line(at)),
            what: what.into(),
            advice: advice.into(),
        });
    }

    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> u32 {
        self.line_ends.partition_point(|&end| end < at) as u32 + 1
    }

    fn place(&self, at: usize) -> Place {
        Place {
            file: self.said.last_file(),
            line: self.line(at),
        }
    }

    fn lists(&mut self, table: &DeTable) {
        for (key, value) in table {
            let kind = Kind::ALL
                .into_iter()
                .find(|kind| kind.name() == key.get_ref());
            match (kind, value.get_ref()) {
                (Some(kind), DeValue::Array(entries)) => {
                    for entry in entries {
                        match entry.get_ref() {
                            DeValue::Table(table) => self.entry(kind, table, entry.span()),
                            _ => self.no_table(kind, entry.span()),
                        }
                    }
                }
                (Some(kind), _) => self.no_table(kind, key.span()),
                (None, DeValue::Table(table)) if key.get_ref() == "hide" => self.hide(table),
                (None, _) if key.get_ref() == "hide" => {
                    let advice = "write `[hide]`, and below it `person = [\"…\"]`";
                    self.fault(key.span().start, "`hide` is no table", advice);
                }
                (None, _) => {
                    let names = ["person", "organization", "instrument", "topic", "hide"];
                    self.unknown(key.get_ref(), key.span(), &names, "a list");
                }
            }
        }
    }

    fn no_table(&mut self, kind: Kind, span: Range<usize>) {
        let name = kind.name();
        let what = format!("`{name}` is not a list of entries");
        let advice = format!("write `[[{name}]]` above each, in two pairs of brackets");
        self.fault(span.start, what, advice);
    }

    fn unknown(&mut self, key: &str, span: Range<usize>, names: &[&str], owner: &str) {
        let likeness = |name: &str| strsim::jaro_winkler(name, &key.to_lowercase());
        let alike = names
            .iter()
            .copied()
            .filter(|name| key.len() < limits::MAX_CHARS && likeness(name) >= ALIKE)
            .max_by(|name, other| likeness(name).total_cmp(&likeness(other)));
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let advice = match alike {
            Some(alike) => format!("did you mean `{alike}`?"),
            None => format!("{owner} has {}", names.join(", ")),
        };
        self.fault(
            span.start,
            format!("no key is called {}", quoted(key)),
            advice,
        );
    }

    fn entry(&mut self, kind: Kind, table: &DeTable, span: Range<usize>) {
        let names = keys(kind);
        let n_faults = self.faults.n_faults;
        let mut entry = Entry {
            kind,
            value: String::new(),
            place: self.place(span.start),
            label: None,
            spellings: Vec::new(),
            offices: Vec::new(),
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" if kind != Kind::Topic => {
                    if let Some(name) = self.findable(value, "name") {
                        entry.value.clone_from(&name.text);
                        entry.place = name.place;
                        entry.spellings.push(name);
                    }
                }
                "path" if kind == Kind::Topic => {
                    if let Some(path) = self.path(value) {
                        entry.value = path.text;
                        entry.place = path.place;
                    }
                }
                "aliases" if kind != Kind::Topic => {
                    let names = self.texts(value, "aliases", |parser, alias| {
                        parser.findable(alias, "alias")
                    });
                    entry.spellings.extend(names);
                }
                "terms" if kind == Kind::Topic => {
                    let terms =
                        self.texts(value, "terms", |parser, term| parser.findable(term, "term"));
                    entry.spellings.extend(terms);
                }
                "label" if kind == Kind::Topic => entry.label = self.text(value, "label"),
                "offices" if kind == Kind::Person => entry.offices = self.offices(value),
                other => self.unknown(other, key.span(), names, &a(kind)),
            }
        }
        if !table.keys().any(|key| key.get_ref() == names[0]) {
            let what = format!("this {} has no `{}`", kind.name(), names[0]);
            let advice = match kind {
                Kind::Topic => "write `path = \"sectors/green-steel\"`",
                _ => "write `name = \"…\"`, the value of the facet",
            };
            self.fault(span.start, what, advice);
        }
        if self.faults.n_faults == n_faults {
            self.said.entries.push(entry);
        }
    }

    /// Calls `read` on each part of a list of texts, and keeps what it gives.
    fn texts(
        &mut self,
        value: &Value,
        key: &str,
        read: impl Fn(&mut Self, &Value) -> Option<Spelling>,
    ) -> Vec<Spelling> {
        match value.get_ref() {
            DeValue::Array(parts) => parts.iter().filter_map(|part| read(self, part)).collect(),
            _ => {
                let advice = format!("write `{key} = [\"…\", \"…\"]`");
                self.fault(value.span().start, format!("`{key}` is no list"), advice);
                Vec::new()
            }
        }
    }

    /// A text that says something, its white space put in order.
    fn text(&mut self, value: &Value, what: &str) -> Option<Spelling> {
        let at = value.span().start;
        let DeValue::String(text) = value.get_ref() else {
            let what = format!("the {what} is no text");
            self.fault(at, what, "put it in quotation marks");
            return None;
        };
        if let Some(c) = text.chars().find(|&c| is_unseen(c)) {
            let what = format!(
                "the {what} holds an invisible character (U+{:04X})",
                c as u32
            );
            self.fault(at, what, "type it anew");
            return None;
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        if text.is_empty() {
            let advice = "write it, or take it out";
            self.fault(at, format!("the {what} is empty"), advice);
            return None;
        }
        if text.chars().count() > limits::MAX_CHARS {
            let what = format!("the {what} is too long");
            let advice = format!("it may have {} characters", limits::MAX_CHARS);
            self.fault(at, what, advice);
            return None;
        }
        if !text.contains(char::is_alphanumeric) {
            let what = format!("the {what} {} has no letter or digit", quoted(&text));
            self.fault(at, what, "write it as texts do");
            return None;
        }
        let place = self.place(at);
        Some(Spelling { text, place })
    }

    /// A text that is looked for in articles.
    fn findable(&mut self, value: &Value, what: &str) -> Option<Spelling> {
        let spelling = self.text(value, what)?;
        let letters: String = spelling
            .text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        let is_common = match letters.chars().count() {
            1 => true,
            2 => ORDINARY.contains(&letters.to_lowercase().as_str()),
            _ => false,
        };
        if is_common {
            let what = format!(
                "the {what} {} is an ordinary word, found everywhere",
                quoted(&spelling.text)
            );
            self.fault(
                value.span().start,
                what,
                "write a longer one, or take it out",
            );
            return None;
        }
        Some(spelling)
    }

    fn path(&mut self, value: &Value) -> Option<Spelling> {
        let path = self.text(value, "path")?;
        let is_part = |part: &str| {
            !part.is_empty()
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        let n_parts = path.text.split('/').count();
        if n_parts <= limits::MAX_PARTS && path.text.split('/').all(is_part) {
            return Some(path);
        }
        let what = format!("{} is no path of a topic", quoted(&path.text));
        let advice = match n_parts > limits::MAX_PARTS {
            true => format!("it may have {} parts", limits::MAX_PARTS),
            false => {
                "write small letters, digits and hyphens, as `sectors/green-steel`".to_string()
            }
        };
        self.fault(value.span().start, what, advice);
        None
    }

    fn offices(&mut self, value: &Value) -> Vec<Office> {
        let form =
            "write `offices = [{ country = \"…\", office = \"…\", from = 2021, to = 2024 }]`";
        let DeValue::Array(offices) = value.get_ref() else {
            self.fault(value.span().start, "`offices` is no list", form);
            return Vec::new();
        };
        let mut out = Vec::new();
        for office in offices {
            match office.get_ref() {
                DeValue::Table(table) => out.extend(self.office(table, office.span())),
                _ => self.fault(office.span().start, "this is no office", form),
            }
        }
        out
    }

    fn office(&mut self, table: &DeTable, span: Range<usize>) -> Option<Office> {
        let (mut country, mut office, mut from, mut to) = (None, None, None, None);
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "country" => country = self.country(value),
                "office" => office = self.text(value, "office"),
                "from" => from = self.year(value),
                "to" => to = self.year(value),
                other => self.unknown(other, key.span(), OFFICE_KEYS, "an office"),
            }
        }
        for needed in &OFFICE_KEYS[..3] {
            if !table.keys().any(|key| key.get_ref() == needed) {
                let what = format!("this office has no `{needed}`");
                let advice = match *needed {
                    "from" => "write the year in which it began; `to` may be left out",
                    _ => "write it, or take the office out",
                };
                self.fault(span.start, what, advice);
            }
        }
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let what = format!("the office ends in {to}, before it begins in {from}");
            self.fault(span.start, what, "swap the years");
        }
        Some(Office {
            country: country?,
            office: office?.text.to_lowercase(),
            from: from?,
            to,
            place: self.place(span.start),
        })
    }

    fn country(&mut self, value: &Value) -> Option<String> {
        let name = self.text(value, "country")?.text;
        match (self.resolve)("country", &name).as_slice() {
            [country] => return Some(country.to_string()),
            [] => {
                let advice = "write its English name, or its code of two letters";
                let what = format!("no country is called {}", quoted(&name));
                self.fault(value.span().start, what, advice);
            }
            several => self.ambiguous(value, &name, several),
        }
        None
    }

    fn ambiguous(&mut self, value: &Value, name: &str, several: &[&str]) {
        let several: Vec<String> = several.iter().map(|value| quoted(value)).collect();
        let what = format!("{} may be {}", quoted(name), several.join(" or "));
        self.fault(value.span().start, what, "write which");
    }

    fn year(&mut self, value: &Value) -> Option<i16> {
        let year = match value.get_ref() {
            DeValue::Integer(digits) => i64::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => None,
        };
        let year = year.filter(|year| limits::YEARS.contains(year));
        if year.is_none() {
            let advice = "write it as four digits, without quotation marks";
            self.fault(value.span().start, "this is no year", advice);
        }
        year.and_then(|year| i16::try_from(year).ok())
    }

    fn hide(&mut self, table: &DeTable) {
        for (key, values) in table {
            let field = key.get_ref().as_ref();
            if !HIDDEN.contains(&field) {
                self.unknown(field, key.span(), HIDDEN, "`hide`");
                continue;
            }
            let DeValue::Array(values) = values.get_ref() else {
                let advice = format!("write `{field} = [\"…\", \"…\"]`");
                self.fault(values.span().start, format!("`{field}` is no list"), advice);
                continue;
            };
            for value in values {
                if let Some(hidden) = self.hidden(field, value) {
                    self.said.hidden.push(hidden);
                }
            }
        }
    }

    fn hidden(&mut self, field: &str, value: &Value) -> Option<Hidden> {
        let typed = self.text(value, "value")?;
        let known_as = if field == "speaker" { "person" } else { field };
        let known = (self.resolve)(known_as, &typed.text);
        let value = match known.as_slice() {
            [known] => known.to_string(),
            [] if field == "country" => {
                self.country(value)?;
                return None;
            }
            // Whether a topic is one of the user's own shows when all files are read.
            [] => typed.text,
            several if several.contains(&typed.text.as_str()) => typed.text,
            several => {
                self.ambiguous(value, &typed.text, several);
                return None;
            }
        };
        Some(Hidden {
            field: field.to_string(),
            value,
            place: typed.place,
        })
    }
}

fn a(kind: Kind) -> String {
    match kind {
        Kind::Organization | Kind::Instrument => format!("an {}", kind.name()),
        Kind::Person | Kind::Topic => format!("a {}", kind.name()),
    }
}

/// A text as it stands in a message: not longer than a line.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("`{}…`", &text[..at]),
        None => format!("`{text}`"),
    }
}

/// Whether a character does not show, or changes how others show.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}
