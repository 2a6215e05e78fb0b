//! Users' own lists: TOML files to people, organizations, instruments, topics and values to hide. What they say is checked
//! here, with file and line; how it is found in texts is the extractors' business.
//!
//! ```toml
//! [[person]]
//! name = "Jane Roe"
//! aliases = ["J. Q. Roe", "the Steel Lady"]
//! offices = [{ country = "Iceland", office = "trade minister", from = 2021, to = 2024 }]
//!
//! [[organization]]
//! name = "Northern Steel Guild"
//! aliases = ["NSG"]
//!
//! [[instrument]]
//! name = "North Sea Trade Accord"
//! aliases = ["NSTA"]
//!
//! [[topic]]
//! path = "sectors/green-steel"
//! label = "Green steel"
//! terms = ["green steel", "hydrogen-based steel"]
//!
//! [hide]
//! person = ["Paris Hilton"]
//! country = ["Jersey"]
//! ```

use serde::{Deserialize, Serialize};

mod fault;
mod merge;
mod parse;
mod read;

pub use fault::{Fault, Faults};
pub use read::read;

use crate::text::fold::fold;
use crate::text::gazetteer::variants;
use crate::text::legal_forms;

/// The values that a spelling stands for in a field, as far as our own lists know it: `("country", "uk")` gives
/// `United Kingdom`.
pub type Resolve<'a> = dyn Fn(&str, &str) -> Vec<&'static str> + 'a;

/// What all files of a user's lists say together, checked: by kind and value, each value once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    /// The files, as they lie below the folder that the user named; empty for the file that he named itself.
    pub files: Vec<String>,
    pub entries: Vec<Entry>,
    pub hidden: Vec<Hidden>,
}

/// What an entry names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    Person,
    Organization,
    Instrument,
    Topic,
}

impl Kind {
    pub const ALL: [Kind; 4] = [
        Kind::Person,
        Kind::Organization,
        Kind::Instrument,
        Kind::Topic,
    ];

    /// The name of the field whose values such entries are, and of their table in a file.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organization => "organization",
            Kind::Instrument => "instrument",
            Kind::Topic => "topic",
        }
    }
}

/// A value with all that stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub kind: Kind,
    /// The value of the facet; of a topic, its path.
    pub value: String,
    pub place: Place,
    /// What a topic is called.
    pub label: Option<Spelling>,
    /// The names that are found in texts: the value itself and its aliases, or the terms of a topic; sorted.
    pub spellings: Vec<Spelling>,
    /// The offices that a person held.
    pub offices: Vec<Office>,
}

/// A name as the user wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spelling {
    pub text: String,
    pub place: Place,
}

/// A time in office.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Office {
    /// As the facet has it: `United Kingdom`.
    pub country: String,
    /// In lower case: `trade minister`.
    pub office: String,
    pub from: i16,
    /// None while in office.
    pub to: Option<i16>,
    pub place: Place,
}

/// A value that is never given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hidden {
    /// The name of the field.
    pub field: String,
    /// As the facet has it; a topic hides those below it, too.
    pub value: String,
    pub place: Place,
}

/// Where something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The number of the file in `Lists::files`.
    pub file: u32,
    /// From 1.
    pub line: u32,
}

/// How much lists say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub files: usize,
    pub people: usize,
    pub organizations: usize,
    pub instruments: usize,
    pub topics: usize,
    pub hidden: usize,
}

impl Lists {
    /// Whether they change nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.hidden.is_empty()
    }

    pub fn counts(&self) -> Counts {
        let of = |kind: Kind| self.of(kind).count();
        Counts {
            files: self.files.len(),
            people: of(Kind::Person),
            organizations: of(Kind::Organization),
            instruments: of(Kind::Instrument),
            topics: of(Kind::Topic),
            hidden: self.hidden.len(),
        }
    }

    /// The entries of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.kind == kind)
    }

    /// What speaks for a value where a text has some words for it: the name that they are, or else the entry's first.
    pub fn speaks_for(&self, field: &str, value: &str, words: &str) -> Option<&Spelling> {
        let kind_name = if field == "speaker" { "person" } else { field };
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| kind.name() == kind_name)?;
        let entry_idx = self
            .entries
            .binary_search_by(|entry| (entry.kind, entry.value.as_str()).cmp(&(kind, value)))
            .ok()?;
        let spellings = &self.entries[entry_idx].spellings;
        let proper = key(legal_forms::split(words).0);
        let words = key(words);
        // Terms are found in the plural, too.
        let is_meant = |spelling: &&Spelling| {
            variants(&spelling.text)
                .iter()
                .any(|name| key(name) == words)
        };
        let is_of_firm = |spelling: &&Spelling| {
            kind == Kind::Organization && key(legal_forms::split(&spelling.text).0) == proper
        };
        let mut meant = spellings.iter().filter(is_meant);
        meant
            .next()
            .or_else(|| spellings.iter().find(is_of_firm))
            .or(spellings.first())
    }

    /// The values that a typed name stands for, in any case: `steel lady` → `Jane Roe`.
    pub fn resolve(&self, field: &str, typed: &str) -> Vec<&str> {
        let wanted = key(typed);
        if self.is_empty() || wanted.is_empty() {
            return Vec::new();
        }
        // Speakers are people.
        let kind_of = |entry: &Entry| {
            entry.kind.name() == field || entry.kind == Kind::Person && field == "speaker"
        };
        let is_meant = |entry: &&Entry| {
            let mut names = entry.spellings.iter().chain(&entry.label);
            kind_of(entry)
                && (key(&entry.value) == wanted || names.any(|name| key(&name.text) == wanted))
        };
        let meant: Vec<&Entry> = self.entries.iter().filter(is_meant).collect();
        let meant = match meant.is_empty() && field == Kind::Organization.name() {
            true => self.firms(typed),
            false => meant,
        };
        meant.iter().map(|entry| entry.value.as_str()).collect()
    }

    /// The organizations whose names differ from a typed one in the legal form alone.
    fn firms(&self, typed: &str) -> Vec<&Entry> {
        let (proper, form) = legal_forms::split(typed);
        let wanted = key(proper);
        let is_meant = |spelling: &Spelling| {
            let (proper, other) = legal_forms::split(&spelling.text);
            let agree = match (form, other) {
                (Some(form), Some(other)) => legal_forms::agree(form, other),
                _ => true,
            };
            agree && key(proper) == wanted
        };
        self.of(Kind::Organization)
            .filter(|entry| entry.spellings.iter().any(is_meant))
            .collect()
    }

    /// The hidden value that a typed name is, in any case; of a topic also one above it.
    pub fn hides(&self, field: &str, typed: &str) -> Option<&str> {
        let wanted = key(typed);
        let mut hidden = self.hidden_of(field);
        hidden.find(|hidden| {
            let below = wanted.strip_prefix(&key(hidden));
            below.is_some_and(|below| {
                below.is_empty() || field == Kind::Topic.name() && below.starts_with('/')
            })
        })
    }

    /// The hidden values of a field; speakers are people.
    pub fn hidden_of(&self, field: &str) -> impl Iterator<Item = &str> {
        let is_of_field = move |hidden: &&Hidden| {
            hidden.field == field || hidden.field == Kind::Person.name() && field == "speaker"
        };
        let hidden = self.hidden.iter().filter(is_of_field);
        hidden.map(|hidden| hidden.value.as_str())
    }

    /// The fingerprint of what is said, wherever it is said: lists of the same fingerprint find the same. 0 for those that
    /// change nothing.
    pub fn fingerprint(&self) -> u128 {
        if self.is_empty() {
            return 0;
        }
        // No text has control characters in it, so that two different lists never give the same bytes.
        let mut said = String::new();
        for entry in &self.entries {
            said += &format!("\u{1}{}\u{2}{}", entry.kind.name(), entry.value);
            if let Some(label) = &entry.label {
                said += &format!("\u{3}{}", label.text);
            }
            for spelling in &entry.spellings {
                said += &format!("\u{4}{}", spelling.text);
            }
            for office in &entry.offices {
                let to = office.to.map(|to| to.to_string()).unwrap_or_default();
                let (country, name, from) = (&office.country, &office.office, office.from);
                said += &format!("\u{5}{country}\u{6}{name}\u{6}{from}\u{6}{to}");
            }
        }
        for hidden in &self.hidden {
            said += &format!("\u{7}{}\u{8}{}", hidden.field, hidden.value);
        }
        xxhash_rust::xxh3::xxh3_128(said.as_bytes())
    }
}

/// The form in which names are compared: folded, without periods, quotation marks and a leading article, hyphens as spaces, `&`
/// as "and".
fn key(name: &str) -> String {
    let is_unsaid = |c: char| matches!(c, '.' | '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›');
    let folded = fold(name).replace(is_unsaid, "").replace('&', " and ");
    let words: Vec<&str> = folded
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|word| !word.is_empty())
        .collect();
    match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        words => words.join(" "),
    }
}

#[cfg(test)]
mod tests;
