//! The authority file of office holders: who bore a name, in which office and when.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::lexicon::{join, name_keys};
use super::roster::Gender;
use crate::text::fold::hash;
use crate::text::table::Table;
use crate::text::words::WordTable;

/// A person of the authority file.
#[derive(Debug)]
pub struct Holder {
    /// The name as the file spells it.
    pub value: &'static str,
    pub gender: Option<Gender>,
    pub terms: Vec<Term>,
}

/// A time in office.
#[derive(Debug)]
pub struct Term {
    pub country: &'static str,
    /// In lower case and in words of today: `trade representative`.
    pub office: &'static str,
    pub from: i16,
    /// None while in office.
    pub to: Option<i16>,
}

impl Term {
    /// Whether the year falls into the term.
    pub fn holds(&self, year: i16) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }
}

/// The holder whose value that is.
pub fn holder(value: &str) -> Option<&'static Holder> {
    let authority = &*AUTHORITY;
    let holder_idx = authority.by_value.get(hash(value.as_bytes()))?;
    let holder = &authority.holders[*holder_idx as usize];
    (holder.value == value).then_some(holder)
}

/// The values that a spelling of a full name stands for: "bob lighthizer".
pub(super) fn resolve(spelling: &str) -> Vec<&'static str> {
    let keys = name_keys(spelling);
    if keys.len() < 2 {
        return Vec::new();
    }
    by_name(keys.into_iter())
        .map(|holder| holder.value)
        .collect()
}

/// All who bear a full name, given as the keys of its parts.
pub(super) fn by_name(keys: impl Iterator<Item = u64>) -> impl Iterator<Item = &'static Holder> {
    look_up(&AUTHORITY.by_name, name_hash(keys))
}

/// All who held an office of a country or institution in a year.
pub(super) fn in_office<'a>(
    country: &'a str,
    office: &'a str,
    year: i16,
) -> impl Iterator<Item = &'static Holder> + 'a {
    let holds =
        move |term: &Term| term.country == country && term.office == office && term.holds(year);
    let known = AUTHORITY
        .by_office
        .get(office)
        .map_or(&[][..], Vec::as_slice);
    known
        .iter()
        .map(|&holder_idx| &AUTHORITY.holders[holder_idx as usize])
        .filter(move |holder| holder.terms.iter().any(holds))
}

/// All who bear a surname.
pub(super) fn by_surname(key: u64) -> impl Iterator<Item = &'static Holder> {
    look_up(&AUTHORITY.by_surname, key)
}

/// The keys of all surnames of the file.
pub(super) fn surnames() -> Vec<u64> {
    let mut keys: Vec<u64> = AUTHORITY.by_surname.keys().copied().collect();
    keys.sort_unstable();
    keys
}

fn look_up(
    table: &'static FxHashMap<u64, Vec<u32>>,
    key: u64,
) -> impl Iterator<Item = &'static Holder> {
    let idxs = table.get(&key).map_or(&[][..], Vec::as_slice);
    idxs.iter()
        .map(|&holder_idx| &AUTHORITY.holders[holder_idx as usize])
}

fn name_hash(keys: impl Iterator<Item = u64>) -> u64 {
    keys.fold(0, join)
}

struct Authority {
    /// Sorted by value.
    holders: Vec<Holder>,
    /// By the hash of the value.
    by_value: WordTable<u32>,
    by_name: FxHashMap<u64, Vec<u32>>,
    by_surname: FxHashMap<u64, Vec<u32>>,
    by_office: FxHashMap<&'static str, Vec<u32>>,
}

pub(super) const OFFICE_HOLDERS: Table = Table::new(
    "person/office_holders.tsv",
    include_str!("office_holders.tsv"),
);

/// Countries where the surname, or the one name by which news call a person, is written first.
const SURNAME_FIRST: &[&str] = &[
    "Cambodia",
    "China",
    "Malaysia",
    "North Korea",
    "South Korea",
    "Taiwan",
    "Vietnam",
];

/// Countries where that holds of names of three words: "Lee Hsien Loong", "Tung Chee-hwa", but "Carrie Lam".
const SURNAME_FIRST_OF_THREE: &[&str] = &["Hong Kong", "Singapore"];

/// Countries where the father's surname comes before the mother's.
const TWO_SURNAMES: &[&str] = &[
    "Argentina",
    "Bolivia",
    "Chile",
    "Colombia",
    "Costa Rica",
    "Cuba",
    "Dominican Republic",
    "Ecuador",
    "El Salvador",
    "Guatemala",
    "Honduras",
    "Mexico",
    "Nicaragua",
    "Panama",
    "Paraguay",
    "Peru",
    "Spain",
    "Uruguay",
    "Venezuela",
];

static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| {
    let mut authority = Authority {
        holders: Vec::new(),
        by_value: WordTable::default(),
        by_name: FxHashMap::default(),
        by_surname: FxHashMap::default(),
        by_office: FxHashMap::default(),
    };
    for row in OFFICE_HOLDERS.rows() {
        let [value, also, country, office, from, to, gender, ..] = row[..] else {
            continue;
        };
        let Ok(from) = from.parse() else { continue };
        if authority
            .holders
            .last()
            .is_none_or(|last| last.value != value)
        {
            authority.holders.push(Holder {
                value,
                gender: Gender::from_letter(gender),
                terms: Vec::new(),
            });
        }
        let holder_idx = authority.holders.len() - 1;
        authority.holders[holder_idx].terms.push(Term {
            country,
            office,
            from,
            to: to.parse().ok(),
        });
        let of_office = authority.by_office.entry(office).or_default();
        if of_office.last() != Some(&(holder_idx as u32)) {
            of_office.push(holder_idx as u32);
        }
        let names = std::iter::once(value).chain(also.split('|'));
        for name in names.filter(|name| !name.is_empty()) {
            index(&mut authority, holder_idx as u32, name, country);
        }
    }
    let values = authority.holders.iter().zip(0..);
    authority.by_value = values
        .map(|(holder, holder_idx)| (hash(holder.value.as_bytes()), holder_idx))
        .collect();
    authority
});

/// Enters one spelling of a holder's name.
fn index(authority: &mut Authority, holder_idx: u32, name: &str, country: &str) {
    let keys = name_keys(name);
    let mut enter = |surname: bool, key: u64| {
        let table = if surname {
            &mut authority.by_surname
        } else {
            &mut authority.by_name
        };
        let holders = table.entry(key).or_default();
        if !holders.contains(&holder_idx) {
            holders.push(holder_idx);
        }
    };
    enter(false, name_hash(keys.iter().copied()));
    let [first, .., last] = keys[..] else {
        // A single name serves as a surname, too: Suharto.
        if let [only] = keys[..] {
            enter(true, only);
        }
        return;
    };
    enter(true, last);
    let three = name.split([' ', '-']).count() > 2;
    if SURNAME_FIRST.contains(&country) || three && SURNAME_FIRST_OF_THREE.contains(&country) {
        enter(true, first);
    }
    if keys.len() > 2 && TWO_SURNAMES.contains(&country) {
        enter(true, keys[keys.len() - 2]);
    }
}

/// Whether the file has an office of that name.
#[cfg(test)]
pub(super) fn has_office(office: &str) -> bool {
    AUTHORITY.by_office.contains_key(office)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sorted_and_whole() {
        let mut n_rows = 0;
        for row in OFFICE_HOLDERS.rows() {
            assert_eq!(row.len(), 8, "{row:?}");
            assert!(row[4].parse::<i16>().is_ok(), "{row:?}");
            assert!(
                row[5].is_empty() || row[5].parse::<i16>().is_ok(),
                "{row:?}"
            );
            n_rows += 1;
        }
        assert!(n_rows > 1000);
        assert!(AUTHORITY.holders.is_sorted_by(|a, b| a.value < b.value));
    }

    #[test]
    fn names_and_surnames_are_found() {
        let full = |name: &str| -> Vec<&str> {
            by_name(name_keys(name).into_iter())
                .map(|holder| holder.value)
                .collect()
        };
        assert_eq!(full("Robert E. Lighthizer"), ["Robert Lighthizer"]);
        assert_eq!(full("Bob Lighthizer"), ["Robert Lighthizer"]);
        assert_eq!(resolve("bob lighthizer"), ["Robert Lighthizer"]);
        assert!(by_surname(name_keys("Xi")[0]).any(|holder| holder.value == "Xi Jinping"));
        assert!(
            holder("Xi Jinping").is_some_and(|xi| xi.terms.iter().any(|term| term.holds(2018)))
        );
    }
}
