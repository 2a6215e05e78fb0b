//! The authority file of office holders, and the people of a user's lists: who bore a name, in which office and when.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::lexicon::{join, name_keys};
use super::roster::Gender;
use crate::article::Value;
use crate::lists::{Kind, Lists};
use crate::text::fold::{fold, hash};
use crate::text::table::{self, Table};
use crate::text::words::WordTable;

/// A person of the authority file.
#[derive(Debug)]
pub struct Holder {
    /// The name as the file spells it.
    pub value: Value,
    pub gender: Option<Gender>,
    pub terms: Vec<Term>,
}

/// A time in office.
#[derive(Debug, Clone)]
pub struct Term {
    pub country: Cow<'static, str>,
    /// In lower case and in words of today: `trade representative`.
    pub office: Cow<'static, str>,
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

/// Those to whom a name can lead: the people of the user's lists, and the holders of the authority file whom they do not
/// name otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Holders<'a> {
    own: Option<&'a Authority>,
}

impl<'a> Holders<'a> {
    pub(crate) fn new(own: Option<&'a Authority>) -> Holders<'a> {
        Holders { own }
    }

    /// The holder whose value that is.
    pub(super) fn holder(self, value: &str) -> Option<&'a Holder> {
        self.own
            .and_then(|own| own.holder(value))
            .or_else(|| AUTHORITY.holder(value))
    }

    /// All who bear a full name, given as the keys of its parts.
    pub(super) fn by_name(
        self,
        keys: impl Iterator<Item = u64>,
    ) -> impl Iterator<Item = &'a Holder> {
        let key = name_hash(keys);
        self.both(move |authority| &authority.by_name, key)
    }

    /// All who bear a surname.
    pub(super) fn by_surname(self, key: u64) -> impl Iterator<Item = &'a Holder> {
        self.both(|authority| &authority.by_surname, key)
    }

    /// All who held an office of a country or institution in a year: by the user's lists, or else by the authority file.
    pub(super) fn in_office<'b>(
        self,
        country: &'b str,
        office: &'b str,
        year: i16,
    ) -> impl Iterator<Item = &'a Holder> {
        let own = self.own.into_iter();
        let mut own = own
            .flat_map(move |own| own.in_office(country, office, year))
            .peekable();
        let ours = own
            .peek()
            .is_none()
            .then(|| AUTHORITY.in_office(country, office, year));
        own.chain(ours.into_iter().flatten())
    }

    /// Whether one of the user's office holders bears a surname.
    pub(super) fn is_own_surname(self, key: u64) -> bool {
        self.own
            .is_some_and(|own| own.by_surname.contains_key(&key))
    }

    fn both(
        self,
        table: fn(&Authority) -> &FxHashMap<u64, Vec<u32>>,
        key: u64,
    ) -> impl Iterator<Item = &'a Holder> {
        let own = self.own.into_iter();
        own.flat_map(move |own| own.look_up(table(own), key)).chain(
            AUTHORITY
                .look_up(table(&AUTHORITY), key)
                .filter(move |holder| {
                    self.own
                        .is_none_or(|own| !own.renamed.contains(&*holder.value))
                }),
        )
    }
}

/// The values that a spelling of a full name stands for: "bob lighthizer".
pub(super) fn resolve(spelling: &str) -> Vec<&'static str> {
    let keys = name_keys(spelling);
    if keys.len() < 2 {
        return Vec::new();
    }
    let values = by_name(keys.into_iter()).map(|holder| match &holder.value {
        Cow::Borrowed(value) => *value,
        Cow::Owned(_) => "",
    });
    values.collect()
}

/// All of the authority file who bear a full name, given as the keys of its parts.
pub(super) fn by_name(keys: impl Iterator<Item = u64>) -> impl Iterator<Item = &'static Holder> {
    AUTHORITY.look_up(&AUTHORITY.by_name, name_hash(keys))
}

/// The keys of all surnames of the file.
pub(super) fn surnames() -> Vec<u64> {
    let mut keys: Vec<u64> = AUTHORITY.by_surname.keys().copied().collect();
    keys.sort_unstable();
    keys
}

fn name_hash(keys: impl Iterator<Item = u64>) -> u64 {
    keys.fold(0, join)
}

/// People with the names and surnames that lead to them.
#[derive(Debug, Default)]
pub struct Authority {
    /// Sorted by value.
    holders: Vec<Holder>,
    /// By the hash of the value.
    by_value: WordTable<u32>,
    by_name: FxHashMap<u64, Vec<u32>>,
    by_surname: FxHashMap<u64, Vec<u32>>,
    by_office: FxHashMap<Cow<'static, str>, Vec<u32>>,
    /// Values of the authority file that are names of these people.
    renamed: FxHashSet<String>,
}

/// What decides, once all names are known, who has two surnames.
#[derive(Debug, Default)]
struct Fathers {
    /// The first words of names.
    given: FxHashSet<u64>,
    /// What may be the first of two surnames, with the second and whose they are.
    surnames: Vec<([u64; 2], u32)>,
}

impl Authority {
    /// The people of a user's lists. Whom the authority file knows by one of their names, too, keeps the offices that it
    /// gives.
    pub(crate) fn of(lists: &Lists) -> Option<Authority> {
        let mut authority = Authority::default();
        let mut fathers = Fathers::default();
        // Sorted by value, as lists are.
        for entry in lists.of(Kind::Person) {
            let mut holder = Holder {
                value: Cow::Owned(entry.value.clone()),
                gender: None,
                terms: Vec::new(),
            };
            for spelling in &entry.spellings {
                let folded = fold(&spelling.text);
                let known = by_name(name_keys(&spelling.text).into_iter())
                    .filter(|known| fold(&known.value) == folded);
                for known in known {
                    holder.gender = holder.gender.or(known.gender);
                    holder.terms.extend(known.terms.iter().cloned());
                    authority.renamed.insert(known.value.to_string());
                }
            }
            holder.terms.extend(entry.offices.iter().map(|office| Term {
                country: Cow::Owned(office.country.clone()),
                office: Cow::Owned(office.office.clone()),
                from: office.from,
                to: office.to,
            }));
            let holder_idx = authority.holders.len() as u32;
            let countries: Vec<String> = holder
                .terms
                .iter()
                .map(|term| term.country.to_string())
                .collect();
            let offices: Vec<Cow<'static, str>> = holder
                .terms
                .iter()
                .map(|term| term.office.clone())
                .collect();
            authority.holders.push(holder);
            for spelling in &entry.spellings {
                let keys = name_keys(&spelling.text);
                if keys.len() > 1 {
                    authority.enter(Looked::Name, name_hash(keys.into_iter()), holder_idx);
                }
            }
            // A bare surname is taken for those only who held an office; an alias need not end in one.
            let keys = name_keys(&entry.value);
            for country in &countries {
                authority.enter_surnames(&mut fathers, holder_idx, (&entry.value, &keys), country);
            }
            for office in offices {
                authority.enter_office(office, holder_idx);
            }
        }
        authority.finish(fathers);
        (!authority.holders.is_empty()).then_some(authority)
    }

    fn holder(&self, value: &str) -> Option<&Holder> {
        let holder_idx = self.by_value.get(hash(value.as_bytes()))?;
        let holder = self.holders.get(*holder_idx as usize)?;
        (holder.value == value).then_some(holder)
    }

    /// Enters what all names together tell.
    fn finish(&mut self, fathers: Fathers) {
        // The second word of "José María Aznar" is a given name.
        for ([father, mother], holder_idx) in fathers.surnames {
            if !fathers.given.contains(&father) {
                self.enter(Looked::Surname, father, holder_idx);
                // "López Obrador"
                self.enter(
                    Looked::Name,
                    name_hash([father, mother].into_iter()),
                    holder_idx,
                );
            }
        }
        let values = self.holders.iter().zip(0..);
        self.by_value = values
            .map(|(holder, holder_idx)| (hash(holder.value.as_bytes()), holder_idx))
            .collect();
    }

    fn look_up<'a>(
        &'a self,
        table: &'a FxHashMap<u64, Vec<u32>>,
        key: u64,
    ) -> impl Iterator<Item = &'a Holder> + 'a {
        let idxs = table.get(&key).map_or(&[][..], Vec::as_slice);
        idxs.iter()
            .map(|&holder_idx| &self.holders[holder_idx as usize])
    }

    fn enter(&mut self, table: Looked, key: u64, holder_idx: u32) {
        let table = match table {
            Looked::Name => &mut self.by_name,
            Looked::Surname => &mut self.by_surname,
        };
        let holders = table.entry(key).or_default();
        if !holders.contains(&holder_idx) {
            holders.push(holder_idx);
        }
    }

    fn enter_office(&mut self, office: Cow<'static, str>, holder_idx: u32) {
        let holders = self.by_office.entry(office).or_default();
        if holders.last() != Some(&holder_idx) {
            holders.push(holder_idx);
        }
    }

    /// All who held an office of a country or institution in a year.
    fn in_office<'a, 'b>(
        &'a self,
        country: &'b str,
        office: &'b str,
        year: i16,
    ) -> impl Iterator<Item = &'a Holder> {
        let holds =
            move |term: &Term| term.country == country && term.office == office && term.holds(year);
        let known = self.by_office.get(office).map_or(&[][..], Vec::as_slice);
        known
            .iter()
            .map(|&holder_idx| &self.holders[holder_idx as usize])
            .filter(move |holder| holder.terms.iter().any(holds))
    }

    /// Enters what one spelling of a holder's name, which comes with the keys of its parts, has for surnames.
    fn enter_surnames(
        &mut self,
        fathers: &mut Fathers,
        holder_idx: u32,
        (name, keys): (&str, &[u64]),
        country: &str,
    ) {
        fathers.given.extend(keys.first());
        let [first, .., last] = *keys else {
            // A single name serves as a surname, too: Suharto.
            if let [only] = *keys {
                self.enter(Looked::Surname, only, holder_idx);
            }
            return;
        };
        self.enter(Looked::Surname, last, holder_idx);
        let three = name.split([' ', '-']).count() > 2;
        if SURNAME_FIRST.contains(&country) || three && SURNAME_FIRST_OF_THREE.contains(&country) {
            self.enter(Looked::Surname, first, holder_idx);
        }
        if let [_, .., father, mother] = *keys
            && TWO_SURNAMES.contains(&country)
        {
            fathers.surnames.push(([father, mother], holder_idx));
        }
    }
}

/// What is looked up.
#[derive(Debug, Clone, Copy)]
enum Looked {
    Name,
    Surname,
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
    let mut authority = Authority::default();
    let mut fathers = Fathers::default();
    for [value, also, country, office, from, to, gender] in OFFICE_HOLDERS.cells() {
        let Ok(from) = from.parse() else { continue };
        if authority
            .holders
            .last()
            .is_none_or(|last| last.value != value)
        {
            authority.holders.push(Holder {
                value: Cow::Borrowed(value),
                gender: Gender::from_letter(gender),
                terms: Vec::new(),
            });
        }
        let holder_idx = authority.holders.len() - 1;
        authority.holders[holder_idx].terms.push(Term {
            country: Cow::Borrowed(country),
            office: Cow::Borrowed(office),
            from,
            to: to.parse().ok(),
        });
        authority.enter_office(Cow::Borrowed(office), holder_idx as u32);
        let names = std::iter::once(value).chain(table::pieces(also, b'|'));
        for name in names.filter(|name| !name.is_empty()) {
            let keys = name_keys(name);
            let key = name_hash(keys.iter().copied());
            authority.enter(Looked::Name, key, holder_idx as u32);
            authority.enter_surnames(&mut fathers, holder_idx as u32, (name, &keys), country);
        }
    }
    authority.finish(fathers);
    authority
});

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
                .map(|holder| &*holder.value)
                .collect()
        };
        assert_eq!(full("Robert E. Lighthizer"), ["Robert Lighthizer"]);
        assert_eq!(full("Bob Lighthizer"), ["Robert Lighthizer"]);
        assert_eq!(resolve("bob lighthizer"), ["Robert Lighthizer"]);
        let holders = Holders::new(None);
        assert!(
            holders
                .by_surname(name_keys("Xi")[0])
                .any(|holder| holder.value == "Xi Jinping")
        );
        assert!(
            holders
                .holder("Xi Jinping")
                .is_some_and(|xi| xi.terms.iter().any(|term| term.holds(2018)))
        );
    }
}
