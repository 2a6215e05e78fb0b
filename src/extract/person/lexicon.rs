//! What single words say about a name: the lists of names and of words that stand in or beside names, as one table from
//! folded words to flags.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::extract::{instrument, known, organization};
use crate::text::fold::{fold, hash, hash_of};
use crate::text::gazetteer::{Gazetteer, Spelling};
use crate::text::table::{self, Table};
use crate::text::tokens::{Text, Token};

/// A set of things known about a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::extract) struct Flags(u64);

impl Flags {
    pub(super) const NONE: Flags = Flags(0);
    /// A given name; with `AMBIGUOUS` one that is a word, a place or a surname, too.
    pub(super) const GIVEN: Flags = Flags(1);
    pub(super) const AMBIGUOUS: Flags = Flags(1 << 1);
    pub(super) const MALE: Flags = Flags(1 << 2);
    pub(super) const FEMALE: Flags = Flags(1 << 3);
    pub(super) const SURNAME: Flags = Flags(1 << 4);
    /// A surname that is an ordinary word or a place, too.
    pub(super) const COMMON: Flags = Flags(1 << 5);
    /// A surname that is written first: Chinese, Korean, Vietnamese.
    pub(super) const EASTERN: Flags = Flags(1 << 6);
    /// A surname of an office holder.
    pub(super) const HOLDER: Flags = Flags(1 << 7);
    pub(super) const PARTICLE: Flags = Flags(1 << 8);
    pub(super) const SUFFIX: Flags = Flags(1 << 9);
    /// An office or rank before a name: `President`.
    pub(super) const TITLE: Flags = Flags(1 << 10);
    pub(super) const COURTESY: Flags = Flags(1 << 11);
    pub(super) const COURTESY_MALE: Flags = Flags(1 << 12);
    pub(super) const COURTESY_FEMALE: Flags = Flags(1 << 13);
    /// What a person is or does: `economist`.
    pub(super) const ROLE: Flags = Flags(1 << 14);
    /// A verb of saying.
    pub(super) const SPEECH: Flags = Flags(1 << 15);
    /// A word that no name holds although sentences begin with it.
    pub(super) const ORDINARY: Flags = Flags(1 << 16);
    pub(super) const CALENDAR: Flags = Flags(1 << 17);
    /// A word that ends or begins the name of a company: `Inc`.
    pub(super) const COMPANY: Flags = Flags(1 << 18);
    /// Likewise of an institution: `Ministry`.
    pub(super) const BODY: Flags = Flags(1 << 19);
    /// Likewise of a place: `River`.
    pub(super) const PLACE: Flags = Flags(1 << 20);
    /// Likewise of a thing: `Amendment`.
    pub(super) const THING: Flags = Flags(1 << 21);
    pub(super) const AGE: Flags = Flags(1 << 22);
    /// What several persons are: `senators`, `singers`.
    pub(super) const ROLES: Flags = Flags(1 << 23);
    /// What persons did: `resigned`.
    pub(super) const DEED: Flags = Flags(1 << 28);
    /// What is done to or by persons: `defeated`, `by`.
    pub(super) const DEED_BEFORE: Flags = Flags(1 << 29);
    /// What takes its name from who leads it: `administration`.
    pub(super) const REALM: Flags = Flags(1 << 30);
    /// What only persons do: `married`.
    pub(super) const LIFE_DEED: Flags = Flags(1 << 33);
    /// The name of a city or a region.
    pub(super) const CITY: Flags = Flags(1 << 34);
    /// A relative: `sister`.
    pub(super) const KIN: Flags = Flags(1 << 35);
    /// A surname that alone means one person.
    pub(super) const EMINENT: Flags = Flags(1 << 36);
    /// A given name that is a word or surname, too, but mostly a name before a capitalised word.
    pub(super) const INNER: Flags = Flags(1 << 37);
    /// What names those who bear one surname: `family`.
    pub(super) const HOUSE: Flags = Flags(1 << 38);
    /// A word of which firms, papers and campaigns make their names, and persons seldom: `horizon`.
    pub(super) const NOUN: Flags = Flags(1 << 39);
    /// The definite article of another language: `El`.
    pub(super) const FOREIGN_ARTICLE: Flags = Flags(1 << 32);
    /// What a firm may be, too: `broker`, `publisher`.
    pub(super) const FIRM_ROLE: Flags = Flags(1 << 24);
    /// What a minister or secretary is responsible for: `Foreign Affairs`.
    pub(super) const PORTFOLIO: Flags = Flags(1 << 25);
    /// The first word of a name in the list of names of others.
    pub(super) const OTHER: Flags = Flags(1 << 26);

    /// What the name of something other than a person ends with.
    pub(super) const HEAD: Flags =
        Flags(Flags::COMPANY.0 | Flags::BODY.0 | Flags::PLACE.0 | Flags::THING.0);

    pub(in crate::extract) const fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    pub(super) const fn without(self, other: Flags) -> Flags {
        Flags(self.0 & !other.0)
    }

    /// What is known of a part whose words hyphens join: "Hans-Dietrich", "Director-General".
    pub(super) const fn compound(self, tail: Flags) -> Flags {
        let of_head = Flags::GIVEN.0
            | Flags::AMBIGUOUS.0
            | Flags::MALE.0
            | Flags::FEMALE.0
            | Flags::SURNAME.0
            | Flags::TITLE.0
            | Flags::ROLE.0
            | Flags::COURTESY.0;
        let of_tail = Flags::TITLE.0 | Flags::ROLE.0 | Flags::HEAD.0 | Flags::SURNAME.0;
        Flags(self.0 & of_head | tail.0 & of_tail)
    }

    /// With what follows from all that lists say of a word: surnames of office holders are surnames, and those of them that are
    /// places and no others' surnames are like words.
    pub(in crate::extract) fn completed(self) -> Flags {
        let is_place = self.any(Flags::CITY) && !self.any(Flags::SURNAME);
        match self.any(Flags::HOLDER) {
            true if is_place => self.with(Flags::SURNAME).with(Flags::COMMON),
            true => self.with(Flags::SURNAME),
            false => self,
        }
    }

    /// Whether one of the flags is set.
    pub(super) const fn any(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether a word is known as part of a name.
    pub(super) const fn is_name(self) -> bool {
        self.any(Flags(Flags::GIVEN.0 | Flags::SURNAME.0 | Flags::HOLDER.0))
    }

    /// Whether a word is a given name and hardly anything else.
    pub(super) const fn is_sure_given(self) -> bool {
        self.any(Flags::GIVEN) && !self.any(Flags::AMBIGUOUS)
    }
}

/// What is known about a folded word.
pub(super) fn flags(fold: u64) -> Flags {
    known::flags_of_fold(fold)
}

/// What is known about the word of a token.
#[inline]
pub(super) fn of(token: &Token) -> Flags {
    known::flags(token)
}

/// Whether a word that no list has ends as surnames of some language do, and hardly anything else: "Karimova".
pub(super) fn ends_as_surname(word: &str) -> bool {
    // No language has a surname that is all ending.
    const SHORTEST: usize = 6;
    word.len() >= SHORTEST && may_end(word.as_bytes()) && {
        let word = fold(word);
        SURNAME_ENDINGS.iter().any(|end| word.ends_with(end))
    }
}

/// Whether one of the endings of surnames may have the last two letters of a word, as few words do; those of ASCII tell.
fn may_end(word: &[u8]) -> bool {
    /// By the last letter: a bit for each that stands before it.
    const PAIRS: [u32; 26] = {
        let mut pairs = [0; 26];
        let mut end_idx = 0;
        while end_idx < SURNAME_ENDINGS.len() {
            let end = SURNAME_ENDINGS[end_idx].as_bytes();
            let (before, last) = (end[end.len() - 2], end[end.len() - 1]);
            pairs[(last - b'a') as usize] |= 1 << (before - b'a');
            end_idx += 1;
        }
        pairs
    };
    let &[.., before, last] = word else {
        return false;
    };
    let place = |letter: u8| letter.to_ascii_lowercase().wrapping_sub(b'a');
    match (place(before), place(last)) {
        (before @ 0..26, last @ 0..26) => PAIRS[last as usize] & (1 << before) != 0,
        _ => !(before.is_ascii() && last.is_ascii()),
    }
}

/// By language: Slavic, Baltic, Nordic, German, Romanian, Armenian, Turkish, Georgian, Greek, Spanish, Italian,
/// Indian, Japanese, Finnish.
const SURNAME_ENDINGS: &[&str] = &[
    "ov", "ova", "ev", "eva", "sky", "ski", "ska", "skaya", "enko", "chuk", "czyk", "wicz", "vich",
    "vic", "sic", "aitis", "auskas", "iene", "aite", "sson", "ssen", "nsen", "rsen", "lsen",
    "dsen", "tsen", "strom", "qvist", "kvist", "gaard", "mann", "bauer", "meyer", "maier", "escu",
    "eanu", "yan", "oglu", "shvili", "idze", "adze", "poulos", "poulou", "idis", "iadis", "akis",
    "andez", "inez", "guez", "ellini", "elli", "etti", "ucci", "aldi", "swamy", "krishnan",
    "raman", "nathan", "murthy", "wala", "jee", "singhe", "wardene", "moto", "mura", "yama",
    "kawa", "gawa", "zawa", "sawa", "hashi", "guchi", "shita", "zaki", "saki", "hara", "tani",
    "inen", "onen", "anen",
];

/// The group of short forms that a given name belongs to: the same number for Bill and William.
pub(super) fn short_form_group(fold: u64) -> Option<u32> {
    SHORT_FORMS.get(&fold).copied()
}

/// The hash by which a name part of several words is known: `Jae-in`.
pub(super) fn join(left: u64, right: u64) -> u64 {
    (left.rotate_left(5) ^ right).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The key of a name part as lists write it.
fn part_key(part: &str) -> u64 {
    match part.is_ascii() {
        true => key_of_plain(part),
        false => key_of_plain(&fold(part)),
    }
}

/// The same of a part whose hyphens are plain ones.
fn key_of_plain(part: &str) -> u64 {
    // Nearly none has one.
    if !part.bytes().any(|byte| byte == b'-') {
        return hash_of(part);
    }
    let words = part.split('-').filter(|word| !word.is_empty());
    words.map(hash_of).reduce(join).unwrap_or_default()
}

/// The keys of the parts of a listed name, without initials, particles and suffixes.
pub(super) fn name_keys(name: &str) -> SmallVec<[u64; 4]> {
    let name = fold(name);
    let parts = table::pieces(&name, b' ').map(|part| {
        let parts = part.split_once('-');
        let parts = parts.filter(|(head, _)| is_listed(PARTICLES, head));
        parts.map_or(part, |(_, rest)| rest)
    });
    let is_initial = |part: &str| part.chars().nth(1).is_none() || part.ends_with('.');
    let names = parts.filter(|part| {
        !(is_initial(part) || is_listed(PARTICLES, part) || is_listed(SUFFIXES, part))
    });
    names.map(key_of_plain).collect()
}

/// Whether a folded part is one of some short words.
fn is_listed(words: &[&str], part: &str) -> bool {
    part.len() <= LONGEST_LISTED && words.contains(&part)
}

/// The length of the longest of `PARTICLES` and `SUFFIXES`; most parts of names are longer.
const LONGEST_LISTED: usize = 5;

/// Words inside names that are no names themselves; lower case in most spellings.
const PARTICLES: &[&str] = &[
    "abu", "af", "al", "anak", "ap", "arap", "bin", "bint", "binti", "da", "dal", "dalla", "das",
    "de", "del", "dela", "della", "delle", "den", "der", "des", "di", "do", "dos", "du", "e", "el",
    "ibn", "kyzy", "la", "las", "le", "los", "ould", "qizi", "san", "te", "ten", "ter", "thi",
    "ul", "uulu", "van", "vom", "von", "wa", "y", "zu", "zur",
];

/// Of those, the ones that begin names of papers and bodies.
const FOREIGN_ARTICLES: &[&str] = &["das", "der", "des", "el", "la", "las", "le", "los"];

/// What stands after a surname and belongs to it.
const SUFFIXES: &[&str] = &[
    "ii", "iii", "iv", "jnr", "jr", "snr", "sr", "vi", "vii", "viii", "xii", "xiii", "xiv", "xvi",
    "xxiii",
];

pub(super) const GIVEN_NAMES: Table =
    Table::new("person/given_names.tsv", include_str!("given_names.tsv"));
pub(super) const SURNAMES: Table = Table::new("person/surnames.tsv", include_str!("surnames.tsv"));
/// The places that the country extractor knows.
const PLACES: Table = Table::new("country/places.tsv", include_str!("../country/places.tsv"));
/// The countries that the country extractor knows, with their capitals.
const COUNTRIES: Table = Table::new(
    "country/country.tsv",
    include_str!("../country/country.tsv"),
);
pub(super) const TITLES: Table = Table::new("person/titles.tsv", include_str!("titles.tsv"));
pub(super) const NOT_PERSONS: Table =
    Table::new("person/not_persons.tsv", include_str!("not_persons.tsv"));
pub(super) const NAMES_OF_OTHERS: Table = Table::new(
    "person/names_of_others.tsv",
    include_str!("names_of_others.tsv"),
);
pub(super) const WORD_CLASSES: Table = Table::new("person/words.tsv", include_str!("words.tsv"));
pub(super) const SHORT_FORM_ROWS: Table =
    Table::new("person/short_forms.tsv", include_str!("short_forms.tsv"));

const CLASSES: &[(&str, Flags)] = &[
    ("age", Flags::AGE),
    ("body", Flags::BODY),
    ("calendar", Flags::CALENDAR),
    ("company", Flags::COMPANY),
    ("courtesy", Flags::COURTESY),
    ("courtesyfemale", Flags::COURTESY_FEMALE),
    ("deed", Flags::DEED),
    ("deedbefore", Flags::DEED_BEFORE),
    ("eminent", Flags::EMINENT.with(Flags::SURNAME)),
    ("firmrole", Flags::FIRM_ROLE),
    ("house", Flags::HOUSE),
    ("innergiven", Flags::INNER),
    ("kin", Flags::KIN.with(Flags::ROLE)),
    ("lifedeed", Flags::LIFE_DEED.with(Flags::DEED)),
    ("noun", Flags::NOUN),
    ("ordinary", Flags::ORDINARY),
    ("place", Flags::PLACE),
    ("portfolio", Flags::PORTFOLIO),
    ("realm", Flags::REALM),
    ("role", Flags::ROLE),
    ("speech", Flags::SPEECH),
    ("thing", Flags::THING),
    ("title", Flags::TITLE),
];

/// Reads all lists: what each says of a word, names last. Of a word of several lists holds what they say together, `completed`.
pub(in crate::extract) fn words() -> Vec<(u64, Flags)> {
    let mut words = Vec::with_capacity(N_WORDS);
    let mut add = |key: u64, flags: Flags| words.push((key, flags));
    for [class, names] in WORD_CLASSES.cells() {
        let flags = CLASSES.iter().find(|(name, _)| *name == class);
        for name in table::pieces(names, b'|') {
            add(
                part_key(name),
                flags.map_or(Flags::NONE, |(_, flags)| *flags),
            );
        }
    }
    for [title, kind, gender] in TITLES.cells() {
        // Of titles of several words the last one is enough, unless it is that of an office: "Secretary of State".
        let word = title.trim_end_matches('.');
        if word.contains([' ', '.']) || word == "St" {
            continue;
        }
        let mut flags = match kind {
            "honorific" => Flags::COURTESY,
            "role" => Flags::ROLE,
            _ => Flags::TITLE,
        };
        if gender == "m" && kind != "role" {
            flags = flags.with(Flags::COURTESY_MALE);
        } else if gender == "f" && kind != "role" {
            flags = flags.with(Flags::COURTESY_FEMALE);
        }
        add(part_key(word), flags);
        if flags.any(Flags::ROLE.with(Flags::TITLE)) {
            add(hash(fold(&format!("{word}s")).as_bytes()), Flags::ROLES);
        }
    }
    for name in places().filter(|name| !name.contains([' ', '.'])) {
        add(part_key(name), Flags::CITY);
    }
    for [word, kind] in NOT_PERSONS.cells() {
        let class = match kind.trim_end_matches('?') {
            "company" => Flags::COMPANY,
            "institution" => Flags::BODY,
            "place" => Flags::PLACE,
            "work" => Flags::THING,
            "calendar" => Flags::CALENDAR,
            _ => Flags::ORDINARY,
        };
        // `Inc.` is two tokens, `S.A.` is one.
        let plain = word.trim_end_matches('.');
        let word = if plain.contains('.') { word } else { plain };
        add(part_key(word), class);
    }
    for (first, _) in OTHERS.firsts() {
        add(first, Flags::OTHER);
    }
    for particle in PARTICLES {
        add(part_key(particle), Flags::PARTICLE);
    }
    for article in FOREIGN_ARTICLES {
        add(part_key(article), Flags::FOREIGN_ARTICLE);
    }
    for suffix in SUFFIXES {
        add(part_key(suffix), Flags::SUFFIX);
    }
    for [name, gender, ambiguous] in GIVEN_NAMES.cells() {
        let mut flags = Flags::GIVEN;
        if gender == "m" {
            flags = flags.with(Flags::MALE);
        } else if gender == "f" {
            flags = flags.with(Flags::FEMALE);
        }
        if ambiguous == "y" {
            flags = flags.with(Flags::AMBIGUOUS);
        }
        add(part_key(name), flags);
    }
    for [name, order, ambiguous] in SURNAMES.cells() {
        let mut flags = Flags::SURNAME;
        if order == "first" {
            flags = flags.with(Flags::EASTERN);
        }
        if ambiguous == "y" {
            flags = flags.with(Flags::COMMON);
        }
        add(part_key(name), flags);
    }
    for surname in super::authority::surnames() {
        add(surname, Flags::HOLDER);
    }
    words
}

/// Room for all that the lists say, so that it need not move while it grows.
const N_WORDS: usize = 1 << 17;

/// Whether two words end a title of several words, "Majority Leader", of which the last alone tells little.
pub(super) fn ends_title(before: u64, last: u64) -> bool {
    TITLE_ENDS.contains(&join(before, last))
}

static TITLE_ENDS: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let titles = TITLES.cells().map(|[title]| title);
    let ends = titles.filter_map(|title| {
        let mut words = title.rsplit(' ').map(part_key);
        let last = words.next()?;
        Some(join(words.next()?, last))
    });
    ends.collect()
});

/// Whether a name of the list of names of others is borne by persons, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Other {
    Never,
    Namesake,
}

/// The longest name of something else that begins at a token: the token after it, and whether persons bear it, too.
pub(super) fn other(text: &Text, token_idx: usize) -> Option<(usize, Other)> {
    OTHERS
        .longest(text, token_idx)
        .map(|(end, other)| (end, *other))
}

fn others() -> impl Iterator<Item = (&'static str, Other)> {
    let listed = NAMES_OF_OTHERS.cells().map(|[name, kind]| match kind {
        "namesake" => (name, Other::Namesake),
        _ => (name, Other::Never),
    });
    let places = places()
        .filter(|name| name.contains(' '))
        .map(|name| (name, Other::Never));
    listed.chain(places).chain(bodies_and_laws())
}

/// Names of organizations and instruments that could be those of persons: of several words, the first and last with capitals.
fn bodies_and_laws() -> impl Iterator<Item = (&'static str, Other)> {
    let laws = instrument::names().map(|(name, _)| name);
    let names = organization::sure_names().chain(laws);
    let names = names.filter(|name| {
        let mut words = name.split([' ', '-']);
        let is_capital = |word: &str| word.starts_with(char::is_uppercase);
        words.next().is_some_and(is_capital) && words.next_back().is_some_and(is_capital)
    });
    names.map(|name| (name, Other::Never))
}

/// Whether a word alone is the name of an organization: "Suzuki".
pub(super) fn is_body(key: u64) -> bool {
    BODIES.contains(&key)
}

static BODIES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    // "Bea" is no BEA.
    let names = organization::sure_names()
        .filter(|name| !name.contains([' ', '-']) && name.contains(char::is_lowercase));
    names.map(part_key).collect()
});

/// Cities and regions, without the abbreviations of states.
fn places() -> impl Iterator<Item = &'static str> {
    let listed = PLACES.cells();
    let listed = listed.filter_map(|[name, kind]| (kind != "abbreviation").then_some(name));
    let capitals = COUNTRIES.cells();
    let capitals = capitals.map(|[_, _, _, _, _, capitals]| table::pieces(capitals, b'|'));
    let plain = |name: &&str| !name.starts_with('~') && *name != "-";
    listed.chain(capitals.flatten().filter(plain))
}

static OTHERS: LazyLock<Gazetteer<Other>> = LazyLock::new(|| {
    Gazetteer::new(others().map(|(name, other)| (name, Spelling::Capitalized, other)))
});

static SHORT_FORMS: LazyLock<FxHashMap<u64, u32>> = LazyLock::new(|| {
    let mut groups = FxHashMap::default();
    for (group, row) in SHORT_FORM_ROWS.rows().enumerate() {
        for name in row.iter().flat_map(|cell| table::pieces(cell, b'|')) {
            groups.entry(part_key(name)).or_insert(group as u32);
        }
    }
    groups
});

#[cfg(test)]
mod tests {
    use super::*;

    /// The tables whose rows are sorted by the first cell, with the number of their cells.
    const TABLES: &[(Table, usize)] = &[
        (GIVEN_NAMES, 3),
        (SURNAMES, 3),
        (TITLES, 3),
        (NOT_PERSONS, 2),
        (NAMES_OF_OTHERS, 2),
        (SHORT_FORM_ROWS, 2),
        (WORD_CLASSES, 2),
    ];

    #[test]
    fn tables_are_sorted_and_whole() {
        for &(table, n_cells) in TABLES {
            table::check(table);
            for row in table.rows() {
                assert_eq!(row.len(), n_cells, "{}: {row:?}", table.name);
                assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
            }
        }
    }

    #[test]
    fn classes_are_known_and_words_stand_once() {
        for row in WORD_CLASSES.rows() {
            assert!(CLASSES.iter().any(|(class, _)| *class == row[0]), "{row:?}");
            let words: Vec<&str> = row[1].split('|').collect();
            assert!(words.is_sorted_by(|a, b| a < b), "{}", row[0]);
        }
    }

    #[test]
    fn short_words_are_short() {
        let mut words = PARTICLES.iter().chain(SUFFIXES);
        assert!(words.all(|word| word.len() <= LONGEST_LISTED));
    }

    #[test]
    fn the_table_of_flags_holds_all_words() {
        assert!(
            words()
                .iter()
                .all(|(fold, known)| flags(*fold).with(*known) == flags(*fold))
        );
        assert_eq!(flags(hash(b"qwxz")), Flags::NONE);
        assert!(flags(hash(b"robert")).is_sure_given());
    }
}
