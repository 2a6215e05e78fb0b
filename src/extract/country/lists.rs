//! The lists of this facet: the TSV files beside this one, as one gazetteer for texts and one table for queries.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::words::TITLE_WORDS;
use crate::extract::known::{Marking, marks};
use crate::text::fold::fold;
use crate::text::gazetteer::{Gazetteer, Spelling};
use crate::text::table::{self, Table};
use crate::text::tokens::{Case, Kind, Text, Token, tokens_of};

pub(super) const COUNTRIES: Table = Table::new("country/country.tsv", include_str!("country.tsv"));
pub(super) const PLACES: Table = Table::new("country/places.tsv", include_str!("places.tsv"));
pub(super) const FIXED_EXPRESSIONS: Table = Table::new(
    "country/fixed_expressions.tsv",
    include_str!("fixed_expressions.tsv"),
);

/// First halves of compounds (`Sino-Indian`); they count before a hyphen only.
const PREFIXES: &[(&str, &str)] = &[
    ("Anglo", "United Kingdom"),
    ("Austro", "Austria"),
    ("Franco", "France"),
    ("Greco", "Greece"),
    ("Hispano", "Spain"),
    ("Indo", "India"),
    ("Italo", "Italy"),
    ("Luso", "Portugal"),
    ("Russo", "Russia"),
    ("Sino", "China"),
    ("Turco", "Turkey"),
];

/// What an entry of the lists is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// `Japan`, `EU`
    Name,
    /// `Japanese`, `Britons`
    Adjective,
    /// A city that may stand for the government: `Tokyo`.
    Capital,
    /// What always stands for the government: `White House`.
    Office,
    /// Another city: `Osaka`.
    City,
    /// A state, a province, another part of a country: `Texas`.
    Region,
    /// Its short form: `Tex.`
    Abbreviation,
    /// `Sino`
    Prefix,
    /// Says nothing of the country whose word it has (`Dutch auction`), or names several (`two Koreas`).
    Fixed,
}

/// An entry of the lists.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) sense: Sense,
    /// Empty for most fixed expressions, otherwise mostly one.
    pub(super) values: Box<[&'static str]>,
    /// Whether another country has the same word (`Congo`).
    pub(super) is_shared: bool,
    /// Bit n is set when word n is listed with a capital.
    capitals: u32,
}

impl Entry {
    /// `tokens` are those of the name.
    fn new(name: &str, tokens: &[Token], sense: Sense, values: Box<[&'static str]>) -> Entry {
        let capitals = tokens
            .iter()
            .take(32)
            .enumerate()
            .filter(|(_, token)| token.kind == Kind::Word && token.case != Case::Lower)
            .fold(0, |bits, (token_idx, _)| bits | 1 << token_idx);
        Entry {
            sense,
            values,
            is_shared: matches!(name, "Congo" | "Congolese"),
            capitals,
        }
    }

    /// Whether there is a place where the entry names a country itself.
    pub(super) fn may_name_country(&self) -> bool {
        let is_place = matches!(
            self.sense,
            Sense::City | Sense::Region | Sense::Abbreviation
        );
        !is_place && !self.values.is_empty()
    }

    /// Whether the words have their capitals in the text: `American Express`, not `American express trains`.
    fn is_capitalized(&self, text: &Text, start: usize) -> bool {
        let mut bits = self.capitals;
        let mut token_idx = start;
        while bits != 0 {
            if bits & 1 == 1
                && text
                    .tokens
                    .get(token_idx)
                    .is_none_or(|token| token.case == Case::Lower)
            {
                return false;
            }
            bits >>= 1;
            token_idx += 1;
        }
        true
    }
}

/// The longest entry that begins at a token, and the token after its last.
pub(super) fn longest(text: &Text, token_idx: usize) -> Option<(usize, &'static Entry)> {
    let lists = &*LISTS;
    lists
        .gazetteer
        .matches(text, token_idx)
        .map(|(end, entry_idx)| (end, &lists.entries[*entry_idx]))
        .find(|(_, entry)| entry.is_capitalized(text, token_idx))
}

/// The entry of exactly these tokens as a city.
pub(super) fn city(text: &Text, tokens: Range<usize>) -> Option<&'static Entry> {
    let lists = &*LISTS;
    lists
        .gazetteer
        .matches(text, tokens.start)
        .map(|(end, entry_idx)| (end, &lists.entries[*entry_idx]))
        .find(|(end, entry)| *end == tokens.end && entry.sense == Sense::City)
        .map(|(_, entry)| entry)
}

/// Marks the words that tell where entries may begin.
pub(in crate::extract) fn mark(mark: Marking) {
    for (fold, small) in LISTS.gazetteer.telling() {
        mark(fold, marks::COUNTRY, small);
    }
    for fold in TITLE_WORDS.folds() {
        mark(fold, marks::TITLE_SMALL, true);
    }
}

struct Lists {
    entries: Vec<Entry>,
    /// Names with the numbers of their entries.
    gazetteer: Gazetteer<usize>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut names: Vec<(Cow<'static, str>, Spelling, usize)> = Vec::with_capacity(5_000);
    let mut entries = Vec::with_capacity(5_000);
    let mut add = |name: Cow<'static, str>, sense, values: &[&'static str]| {
        let tokens = tokens_of(&name);
        let spelling = spelling(&tokens);
        entries.push(Entry::new(&name, &tokens, sense, values.into()));
        names.push((name, spelling, entries.len() - 1));
    };
    for row in fixed_expressions() {
        add(row.expression.into(), Sense::Fixed, &row.values);
    }
    for row in countries() {
        add(row.value.into(), Sense::Name, &[row.value]);
        for (cell, sense) in [
            (row.names, Sense::Name),
            (row.adjectives, Sense::Adjective),
            (row.capitals, Sense::Capital),
            (row.offices, Sense::Office),
        ] {
            for name in listed(cell).filter(|name| !name.starts_with('~')) {
                add(name.into(), sense, &[row.value]);
            }
        }
        for adjective in listed(row.adjectives).filter(|name| !name.starts_with('~')) {
            if let Some(plural) = plural(adjective) {
                add(plural.into(), Sense::Adjective, &[row.value]);
            }
        }
    }
    for (prefix, value) in PREFIXES {
        add((*prefix).into(), Sense::Prefix, &[*value]);
    }
    for row in places() {
        add(row.name.into(), row.sense, &[row.country]);
    }
    let gazetteer = Gazetteer::new(
        names
            .iter()
            .map(|(name, spelling, entry_idx)| (name.as_ref(), *spelling, *entry_idx)),
    );
    Lists { entries, gazetteer }
});

/// Initialisms count as they are written (`US` is not `us`), names with a capital, and the rest (`euro zone`) in any case.
fn spelling(tokens: &[Token]) -> Spelling {
    match tokens.first() {
        Some(first) if first.case == Case::Upper && tokens.len() == 1 => Spelling::Exact,
        Some(first) if first.case == Case::Lower => Spelling::Any,
        _ => Spelling::Capitalized,
    }
}

/// The plural of a noun for people, where it is regular.
fn plural(noun: &str) -> Option<String> {
    // A Dutchman's plural is irregular, a German's is not.
    let irregular = ["s", "ese", "sh", "ch", "men", "man", "z", "é", "è"];
    let is_regular = noun.ends_with("German");
    let is_irregular = irregular.iter().any(|ending| noun.ends_with(ending));
    (is_regular || !is_irregular).then(|| format!("{noun}s"))
}

/// The values that a spelling stands for; the best reading only, and empty when it is not known.
pub(super) fn resolve(spelling: &str) -> Vec<&'static str> {
    let key = key(spelling);
    SPELLINGS
        .iter()
        .find_map(|tier| tier.get(&key))
        .cloned()
        .unwrap_or_default()
}

/// Spellings by how well they fit: codes and values, other names, adjectives, capitals and offices.
static SPELLINGS: LazyLock<[FxHashMap<String, Vec<&'static str>>; 4]> = LazyLock::new(|| {
    let mut tiers: [FxHashMap<String, Vec<&'static str>>; 4] = Default::default();
    for row in countries() {
        let mut add = |tier: usize, name: &str| {
            let values = tiers[tier].entry(key(name)).or_default();
            if !values.contains(&row.value) {
                values.push(row.value);
            }
        };
        add(0, row.value);
        listed(row.code).for_each(|code| add(0, code));
        listed(row.names).for_each(|name| add(1, name));
        for adjective in listed(row.adjectives) {
            add(2, adjective);
            if let Some(plural) = plural(adjective) {
                add(2, &plural);
            }
        }
        listed(row.capitals)
            .chain(listed(row.offices))
            .for_each(|name| add(3, name));
    }
    for row in fixed_expressions() {
        if !row.values.is_empty() {
            tiers[1].insert(key(row.expression), row.values);
        }
    }
    tiers
});

/// The form in which spellings are compared: folded, without periods, `the`, and what else people leave out.
fn key(spelling: &str) -> String {
    let folded = fold(spelling)
        .replace(['.', '~'], "")
        .replace('&', " and ")
        .replace(['-', ',', '(', ')'], " ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        _ => words.join(" "),
    }
}

struct CountryRow {
    value: &'static str,
    code: &'static str,
    names: &'static str,
    adjectives: &'static str,
    capitals: &'static str,
    offices: &'static str,
}

struct PlaceRow {
    name: &'static str,
    sense: Sense,
    country: &'static str,
}

struct FixedRow {
    expression: &'static str,
    values: Vec<&'static str>,
}

fn countries() -> impl Iterator<Item = CountryRow> {
    let country = |[value, _, code, names, adjectives, capitals, offices]: [_; 7]| CountryRow {
        value,
        code,
        names,
        adjectives,
        capitals,
        offices,
    };
    COUNTRIES.cells().map(country)
}

fn places() -> impl Iterator<Item = PlaceRow> {
    PLACES.cells().map(|[name, kind, country]| PlaceRow {
        name,
        sense: match kind {
            "region" => Sense::Region,
            "abbreviation" => Sense::Abbreviation,
            _ => Sense::City,
        },
        country,
    })
}

fn fixed_expressions() -> impl Iterator<Item = FixedRow> {
    FIXED_EXPRESSIONS
        .cells()
        .map(|[expression, _, values]| FixedRow {
            expression,
            values: listed(values).collect(),
        })
}

/// The names in a cell.
pub(super) fn listed(cell: &'static str) -> impl Iterator<Item = &'static str> {
    table::pieces(cell, b'|').filter(|name| *name != "-")
}

/// Whether a value is that of a bloc.
pub(super) fn is_bloc(value: &str) -> bool {
    BLOCS.contains(value)
}

static BLOCS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let rows = COUNTRIES.cells();
    rows.filter_map(|[value, kind]| (kind == "bloc").then_some(value))
        .collect()
});

/// Asserts that a table is sorted by a key and has no empty or repeated cells.
#[cfg(test)]
pub(super) fn check_table(table: Table, n_cells: usize, key: impl Fn(&[&str]) -> String) {
    let mut last = String::new();
    for row in table.rows() {
        assert_eq!(row.len(), n_cells, "{row:?}");
        for (cell_idx, cell) in row.iter().enumerate() {
            assert!(!cell.trim().is_empty() && cell.trim() == *cell, "{row:?}");
            let names: std::collections::HashSet<&str> = row.names(cell_idx).collect();
            assert_eq!(names.len(), cell.split('|').count(), "{row:?}");
        }
        let key = key(&row);
        assert!(last < key, "not sorted, or twice: {row:?}");
        last = key;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn tables_are_sorted_whole_and_without_repeats() {
        check_table(COUNTRIES, 7, |cells| fold(cells[0]));
        check_table(PLACES, 3, |cells| {
            format!("{}\t{}", fold(cells[0]), cells[1] == "abbreviation")
        });
        check_table(FIXED_EXPRESSIONS, 3, |cells| fold(cells[0]));
    }

    #[test]
    fn places_and_expressions_name_listed_countries() {
        let values: HashSet<&str> = countries().map(|row| row.value).collect();
        for row in places() {
            assert!(values.contains(row.country), "{}", row.name);
        }
        for row in fixed_expressions() {
            assert!(
                row.values.iter().all(|value| values.contains(value)),
                "{}",
                row.expression
            );
        }
    }

    #[test]
    fn kinds_are_known() {
        let check = |table: Table, kinds: &[&str]| {
            for row in table.rows() {
                assert!(kinds.contains(&row[1]), "{row:?}");
            }
        };
        check(COUNTRIES, &["country", "territory", "historical", "bloc"]);
        check(PLACES, &["city", "region", "abbreviation"]);
        check(
            FIXED_EXPRESSIONS,
            &[
                "company", "currency", "event", "medium", "name", "namesake", "region", "thing",
            ],
        );
    }

    #[test]
    fn codes_are_two_and_three_capitals_and_unique() {
        let mut seen = HashSet::new();
        for row in countries() {
            let lengths: Vec<usize> = listed(row.code).map(str::len).collect();
            assert!(matches!(*lengths, [] | [2] | [2, 3]), "{}", row.value);
            for code in listed(row.code) {
                assert!(code.chars().all(|c| c.is_ascii_uppercase()), "{code}");
                assert!(seen.insert(code), "{code}");
            }
        }
    }

    #[test]
    fn any_spelling_resolves() {
        for (spelling, value) in [
            ("us", "United States"),
            ("USA", "United States"),
            ("jpn", "Japan"),
            ("u.s.", "United States"),
            ("the united states", "United States"),
            ("america", "United States"),
            ("americans", "United States"),
            ("uk", "United Kingdom"),
            ("gb", "United Kingdom"),
            ("jp", "Japan"),
            (" japanese ", "Japan"),
            ("korea", "South Korea"),
            ("korea, north", "North Korea"),
            ("holland", "Netherlands"),
            ("burma", "Myanmar"),
            ("cote d’ivoire", "Côte d'Ivoire"),
            ("Ivory Coast", "Côte d'Ivoire"),
            ("trinidad & tobago", "Trinidad and Tobago"),
            ("guinea bissau", "Guinea-Bissau"),
            ("czech republic", "Czechia"),
            ("türkiye", "Turkey"),
            ("beijing", "China"),
            ("asean", "ASEAN"),
            ("eu", "European Union"),
            ("au", "Australia"),
            ("ec", "Ecuador"),
        ] {
            assert_eq!(resolve(spelling), [value], "{spelling}");
        }
        assert_eq!(
            resolve("congo"),
            ["Democratic Republic of the Congo", "Republic of the Congo"]
        );
        assert!(resolve("atlantis").is_empty());
        assert!(resolve("").is_empty());
        assert!(resolve("the").is_empty());
    }
}
