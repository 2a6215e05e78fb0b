//! What speaks for and against a candidate's being a person: the words in it and the words around it, weighed.

use std::sync::LazyLock;

use super::lexicon::{self, Flags, ends_as_surname, short_form_group};
use super::scan::{Candidate, Flow, Part, PartKind, TitleBefore};
use super::syllables;
use crate::extract::country::{SHIPS, STREETS};
use crate::extract::known::marks;
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::{Words, one_of};

/// A set of observations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Evidence(u64);

/// An observation, its weight for names of one part and of more, and the rule that a mention is then said to be found by.
struct Weight {
    bit: usize,
    single: i32,
    full: i32,
    rule: &'static str,
}

const fn weight(bit: usize, single: i32, full: i32, rule: &'static str) -> Weight {
    Weight {
        bit,
        single,
        full,
        rule,
    }
}

impl Evidence {
    pub(super) const COURTESY: Evidence = Evidence(1);
    pub(super) const OFFICE: Evidence = Evidence(1 << 1);
    pub(super) const AUTHORITY: Evidence = Evidence(1 << 2);
    pub(super) const ROLE: Evidence = Evidence(1 << 3);
    pub(super) const APPOSITION: Evidence = Evidence(1 << 4);
    pub(super) const SPEECH: Evidence = Evidence(1 << 5);
    pub(super) const PRONOUN: Evidence = Evidence(1 << 6);
    pub(super) const GIVEN: Evidence = Evidence(1 << 7);
    pub(super) const WEAK_GIVEN: Evidence = Evidence(1 << 8);
    pub(super) const SURNAME: Evidence = Evidence(1 << 9);
    pub(super) const WEAK_SURNAME: Evidence = Evidence(1 << 10);
    pub(super) const EASTERN: Evidence = Evidence(1 << 11);
    pub(super) const INITIALS: Evidence = Evidence(1 << 12);
    pub(super) const PARTICLE: Evidence = Evidence(1 << 13);
    pub(super) const SUFFIX: Evidence = Evidence(1 << 14);
    pub(super) const POSSESSIVE: Evidence = Evidence(1 << 15);
    pub(super) const IN_OFFICE: Evidence = Evidence(1 << 16);
    /// Somewhere in the article the surname stands alone as that of a person.
    pub(super) const ALONE: Evidence = Evidence(1 << 17);
    pub(super) const ARTICLE: Evidence = Evidence(1 << 18);
    pub(super) const PREPOSITION: Evidence = Evidence(1 << 19);
    pub(super) const COMPANY: Evidence = Evidence(1 << 20);
    pub(super) const ORDINARY: Evidence = Evidence(1 << 21);
    pub(super) const ACRONYM: Evidence = Evidence(1 << 22);
    pub(super) const COUNTRY: Evidence = Evidence(1 << 23);
    pub(super) const HEAD: Evidence = Evidence(1 << 24);
    pub(super) const INITIAL: Evidence = Evidence(1 << 25);
    pub(super) const LISTED_OTHER: Evidence = Evidence(1 << 26);
    pub(super) const TORN: Evidence = Evidence(1 << 27);
    pub(super) const LONG: Evidence = Evidence(1 << 28);
    pub(super) const WEAK_HEAD: Evidence = Evidence(1 << 29);
    pub(super) const NOUN_AFTER: Evidence = Evidence(1 << 30);
    pub(super) const NOUN_BEFORE: Evidence = Evidence(1 << 31);
    pub(super) const QUOTED: Evidence = Evidence(1 << 32);
    pub(super) const NAMESAKE: Evidence = Evidence(1 << 33);
    /// Beside persons in a list.
    pub(super) const LISTED: Evidence = Evidence(1 << 34);
    /// A paragraph of its own.
    pub(super) const BYLINE: Evidence = Evidence(1 << 35);
    /// A pronoun follows in the sentence.
    pub(super) const HE_LATER: Evidence = Evidence(1 << 36);
    pub(super) const BRACKET: Evidence = Evidence(1 << 37);
    /// A headline seems to run on from the name into other words.
    pub(super) const HEADLINE: Evidence = Evidence(1 << 38);
    pub(super) const CAPITALS: Evidence = Evidence(1 << 39);
    /// After a nationality: "American Tad Lorimer".
    pub(super) const NATIONAL: Evidence = Evidence(1 << 40);
    /// With a verb for what persons do.
    pub(super) const DEED: Evidence = Evidence(1 << 41);
    /// "the Clinton administration"
    pub(super) const REALM: Evidence = Evidence(1 << 42);
    /// Begins with the article of another language: "El Comercio".
    pub(super) const FOREIGN_ARTICLE: Evidence = Evidence(1 << 43);
    /// "of Australia" follows.
    pub(super) const CITY: Evidence = Evidence(1 << 46);
    /// None of its words is known as part of a name.
    pub(super) const UNLISTED: Evidence = Evidence(1 << 47);
    /// In office as one of those whom news call by surname alone.
    pub(super) const LEADER: Evidence = Evidence(1 << 48);
    /// The last word ends as surnames do.
    pub(super) const ENDING: Evidence = Evidence(1 << 49);
    pub(super) const LIFE_DEED: Evidence = Evidence(1 << 45);
    /// In a table, where the rows name persons: a rank before, a country behind in brackets.
    pub(super) const RANKED: Evidence = Evidence(1 << 50);
    /// In a report of a match, with a minute, a wicket or a bowling figure.
    pub(super) const SCORE: Evidence = Evidence(1 << 51);
    /// In a column of the article that holds persons.
    pub(super) const COLUMN: Evidence = Evidence(1 << 52);
    /// In an enumeration of persons.
    pub(super) const ENUMERATED: Evidence = Evidence(1 << 53);
    /// A surname written first, and syllables of the same language: "Luo Yigang".
    pub(super) const SYLLABLES: Evidence = Evidence(1 << 54);
    /// A surname that alone means one person: "Thatcher".
    pub(super) const EMINENT: Evidence = Evidence(1 << 56);
    /// Does or says something, and "he" or "she" follows in the sentence, with nobody else between.
    pub(super) const HE_ACTS: Evidence = Evidence(1 << 57);
    /// A capitalised word follows at once: "Quillby Red Lake Mines".
    pub(super) const RUNS_ON: Evidence = Evidence(1 << 58);
    /// After the word for a relative: "his wife Ana", "the son of Ana".
    pub(super) const RELATIVE: Evidence = Evidence(1 << 59);
    /// A given name that is a surname or word, too, but hardly before a capitalised word.
    pub(super) const INNER_GIVEN: Evidence = Evidence(1 << 55);
    pub(super) const OF_COUNTRY: Evidence = Evidence(1 << 44);
    /// Looks like a name, with a verb of saying, beside a quotation that closes.
    pub(super) const BESIDE_QUOTATION: Evidence = Evidence(1 << 60);
    /// Looks like a name, and tells somebody something.
    pub(super) const TELLS: Evidence = Evidence(1 << 61);
    /// Looks like a name, and says something that is not quoted; that alone firms do as well.
    pub(super) const SAYS: Evidence = Evidence(1 << 62);
    /// Two initials and more: "D. N. Lorimer".
    pub(super) const TWO_INITIALS: Evidence = Evidence(1 << 63);

    /// What speaks against a person only if it stands at every occurrence.
    pub(super) const EVERYWHERE: Evidence = Evidence(
        Evidence::ARTICLE.0
            | Evidence::PREPOSITION.0
            | Evidence::INITIAL.0
            | Evidence::TORN.0
            | Evidence::COUNTRY.0
            | Evidence::NOUN_AFTER.0
            | Evidence::NOUN_BEFORE.0
            | Evidence::QUOTED.0
            | Evidence::HEADLINE.0
            | Evidence::CAPITALS.0
            | Evidence::RUNS_ON.0,
    );

    pub(super) const fn with(self, other: Evidence) -> Evidence {
        Evidence(self.0 | other.0)
    }

    pub(super) fn has(self, other: Evidence) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn add(&mut self, other: Evidence) {
        self.0 |= other.0;
    }

    pub(super) fn add_if(&mut self, condition: bool, other: Evidence) {
        if condition {
            self.add(other);
        }
    }

    pub(super) fn remove(&mut self, other: Evidence) {
        self.0 &= !other.0;
    }

    /// What two occurrences of a name say together.
    pub(super) fn pooled(self, other: Evidence) -> Evidence {
        let every = Evidence::EVERYWHERE.0;
        Evidence((self.0 | other.0) & !every | self.0 & other.0 & every)
    }

    /// Whether the words of a name speak so much against a person that no words around it outweigh them: "Reliance Group
    /// Holdings". Four of ten candidates are so; for them those words need not be read.
    fn is_hopeless(self, single: bool) -> bool {
        let steady = Evidence(self.0 & !Evidence::EVERYWHERE.0);
        steady.has(COUNTERS) && steady.weigh(single).0 <= HOPELESS
    }

    /// The sum of the weights and the rule that weighs most.
    pub(super) fn weigh(self, single: bool) -> (i32, &'static str) {
        let mut sum = if single { -25 } else { -10 };
        let mut best = (0, "name");
        let mut weak = 0;
        let mut rest = self.0;
        let is_unknown = single && self.has(Evidence::UNLISTED);
        while let Some(weight) = WEIGHTS.get(rest.trailing_zeros() as usize) {
            rest &= rest - 1;
            let points = if single { weight.single } else { weight.full };
            // Firms and cities say and do things, too: many weak signs for an unknown word count as the strongest of them.
            if is_unknown && (1..=WEAK).contains(&points) {
                weak = weak.max(points);
            } else {
                sum += points;
            }
            if points > best.0 {
                best = (points, weight.rule);
            }
        }
        // Only persons are both said to be somebody "who" and to have said something.
        if single && self.has(Evidence::PRONOUN) && self.has(Evidence::SPEECH) {
            sum += 30;
        }
        // "Ana, whose name has been changed": persons have given names.
        if single && self.has(Evidence::PRONOUN) && self.has(Evidence::GIVEN) {
            sum += 20;
        }
        (sum + weak, best.1)
    }
}

/// The most points that a sign has which firms and places show, too.
const WEAK: i32 = 12;

/// Up to this sum, which the words of a name make at each of its places, nothing makes a person of it.
const HOPELESS: i32 = -70;

/// From this sum on a candidate is taken for a person.
pub(super) const THRESHOLD: i32 = 8;

/// By bit.
const WEIGHTS: &[Weight] = &[
    weight(0, 50, 40, "title"),
    weight(1, 40, 28, "title"),
    weight(2, 18, 60, "authority"),
    weight(3, 22, 22, "role"),
    weight(4, 30, 24, "apposition"),
    weight(5, 11, 12, "speech"),
    weight(6, 10, 18, "pronoun"),
    weight(7, 6, 20, "given name"),
    weight(8, 0, 14, "given name"),
    weight(9, 19, 12, "surname"),
    weight(10, 6, 8, "surname"),
    weight(11, 0, 12, "surname first"),
    weight(12, 0, 16, "initials"),
    weight(13, 0, 8, "particle"),
    weight(14, 20, 15, "suffix"),
    weight(15, 5, 3, "possessive"),
    weight(16, 14, 0, "in office"),
    weight(17, 0, 20, "surname alone"),
    weight(18, -30, -32, ""),
    weight(19, -14, -20, ""),
    weight(20, -40, -35, ""),
    weight(21, -25, -12, ""),
    weight(22, -50, -22, ""),
    weight(23, -60, -45, ""),
    weight(24, -70, -100, ""),
    weight(25, -3, -4, ""),
    weight(26, -90, -90, ""),
    weight(27, -10, -6, ""),
    weight(28, 0, -30, ""),
    weight(29, -16, -12, ""),
    weight(30, -30, -30, ""),
    weight(31, -25, -25, ""),
    weight(32, -25, -20, ""),
    weight(33, 0, -30, ""),
    weight(34, 11, 19, "list"),
    weight(35, 0, 12, "byline"),
    weight(36, 9, 6, "pronoun"),
    weight(37, 5, 14, "bracket"),
    weight(38, 0, -100, ""),
    weight(39, -12, -8, ""),
    weight(40, 0, 12, "nationality"),
    weight(41, 11, 8, "deed"),
    weight(42, 8, 0, "administration"),
    weight(43, 0, -16, ""),
    weight(44, 0, 10, "country"),
    weight(45, 24, 10, "deed"),
    weight(46, -25, -14, ""),
    weight(47, 0, 0, ""),
    weight(48, 12, 0, "in office"),
    weight(49, 0, 18, "ending of surnames"),
    weight(50, 0, 15, "table"),
    weight(51, 40, 20, "match"),
    weight(52, 28, 20, "table"),
    weight(53, 33, 18, "list"),
    weight(54, 0, 14, "surname first"),
    weight(55, 0, 7, "given name"),
    weight(56, 30, 0, "eminent"),
    weight(57, 38, 0, "pronoun"),
    weight(58, -25, 0, ""),
    weight(59, 12, 0, "role"),
    weight(60, 0, 14, "speech"),
    weight(61, 0, 10, "speech"),
    weight(62, 0, 0, ""),
    weight(63, 0, 4, "initials"),
];

const _: () = {
    let mut bit = 0;
    while bit < WEIGHTS.len() {
        assert!(
            WEIGHTS[bit].bit == bit,
            "weights stand in the order of their bits"
        );
        bit += 1;
    }
};

/// What speaks against a person.
const COUNTERS: Evidence = {
    let mut counters = 0;
    let mut bit = 0;
    while bit < WEIGHTS.len() {
        if WEIGHTS[bit].single < 0 || WEIGHTS[bit].full < 0 {
            counters |= 1 << bit;
        }
        bit += 1;
    }
    Evidence(counters)
};

/// What the words of a name and the words around it say.
pub(super) fn observe(text: &Text, parts: &[Part], candidate: &Candidate) -> Evidence {
    let mut out = Evidence::default();
    inside(text, parts, candidate, &mut out);
    if out.is_hopeless(candidate.single) {
        return out;
    }
    before(text, parts, candidate, &mut out);
    after(text, parts, candidate, &mut out);
    around(text, parts, candidate, &mut out);
    super::columns::observe(text, parts, &mut out);
    super::spoken::observe(text, parts, candidate, &mut out);
    // "at Quillby, the director of the school": what stands for a place is none of the roles that follow.
    if out.has(Evidence::PREPOSITION) && candidate.title == TitleBefore::None {
        out.remove(Evidence::APPOSITION);
    }
    // "the Thatcher government" speaks of a government, unless the article tells more.
    if out.has(Evidence::REALM) {
        out.remove(Evidence::EMINENT);
    }
    // "the Thatcher years", "the Ana Lorimer case"
    let leads = parts
        .last()
        .is_some_and(|part| is_lower(text, part.end as usize));
    let known = out.has(Evidence::EMINENT) || out.has(Evidence::GIVEN) && parts.len() > 1;
    if out.has(Evidence::REALM) || known && leads {
        out.0 &= !Evidence::ARTICLE.0;
    }
    out
}

fn inside(text: &Text, parts: &[Part], candidate: &Candidate, out: &mut Evidence) {
    let (mut n_names, mut n_known, mut n_initials) = (0, 0, 0);
    let mut last_name = Flags::NONE;
    for part in parts {
        let is_name = part.kind == PartKind::Name;
        n_names += usize::from(is_name);
        // "Will Brown" is a name although both are words, too.
        n_known += usize::from(is_name && part.flags.is_name());
        n_initials += usize::from(part.kind == PartKind::Initial);
        if is_name {
            last_name = part.flags;
        }
    }
    // "El Comercio", "La Stampa": papers and bodies; persons have given names before the article.
    out.add_if(n_known == 0, Evidence::UNLISTED);
    let city = last_name.any(Flags::CITY) && !(n_names > 1 && last_name.any(Flags::SURNAME));
    out.add_if(city && n_known < 2, Evidence::CITY);
    let article = parts.first().is_some_and(|part| {
        part.kind == PartKind::Particle && part.flags.any(Flags::FOREIGN_ARTICLE)
    });
    out.add_if(article && n_names > 1, Evidence::FOREIGN_ARTICLE);
    let mut seen = 0;
    for part in parts {
        match part.kind {
            PartKind::Initial => out.add_if(seen < n_names, Evidence::INITIALS),
            PartKind::Particle => out.add(Evidence::PARTICLE),
            PartKind::Suffix => out.add(Evidence::SUFFIX),
            PartKind::Name => {
                seen += 1;
                // "RAF Lorimer": short words in capitals are given names where all is in capitals only.
                let known = match part.acronym && length(text, part.start as usize) < 4 {
                    true => part.flags.without(Flags::GIVEN),
                    false => part.flags,
                };
                let last = seen == n_names;
                if !last || n_names == 1 {
                    // "Joe", "Tom" mean little else where they are no words of the article.
                    let other = Flags::ORDINARY.with(Flags::CALENDAR).with(Flags::HEAD);
                    let is_short = || {
                        known.any(Flags::GIVEN)
                            && !known.any(other)
                            && !part.ordinary
                            && short_form_group(part.key).is_some()
                    };
                    out.add_if(known.is_sure_given() || is_short(), Evidence::GIVEN);
                    out.add_if(known.any(Flags::GIVEN), Evidence::WEAK_GIVEN);
                    let place = Flags::CITY.with(Flags::PLACE);
                    let inner = known.any(Flags::GIVEN)
                        && (known.any(Flags::INNER)
                            || !known.any(NO_GIVEN)
                                && candidate.flow == Flow::Sentence
                                && leads_to_unknown(text, parts));
                    out.add_if(
                        inner && !known.any(place) && !part.ordinary && n_names > 1,
                        Evidence::INNER_GIVEN,
                    );
                }
                if last {
                    let common = known.any(Flags::COMMON.with(Flags::AMBIGUOUS));
                    out.add_if(known.any(Flags::SURNAME) && !common, Evidence::SURNAME);
                    out.add_if(known.any(Flags::SURNAME), Evidence::WEAK_SURNAME);
                    let eminent = n_names == 1
                        && known.any(Flags::EMINENT)
                        && !part.ordinary
                        && candidate.flow == Flow::Sentence;
                    out.add_if(eminent, Evidence::EMINENT);
                    let unknown = known == Flags::NONE && !part.ordinary && !part.country;
                    out.add_if(
                        unknown && seen > 1 && ends_as_surname(text.word(part.end as usize - 1)),
                        Evidence::ENDING,
                    );
                }
                if seen == 1 && n_names > 1 {
                    // "Business Quillby": a paper, or part of a ministry's name
                    let portfolio = known.any(Flags::PORTFOLIO) && !known.is_name();
                    out.add_if(
                        portfolio && candidate.title == TitleBefore::None,
                        Evidence::ORDINARY,
                    );
                    out.add_if(known.any(Flags::EASTERN) && n_names <= 3, Evidence::EASTERN);
                }
                let roles = last && known.any(Flags::ROLES) && !known.is_name();
                let plain = known.any(Flags::ORDINARY) && n_names > 1 || roles;
                let named = n_known > 1 && known.is_name();
                // Whatever word stands behind "Mr" is a name.
                let called =
                    n_names == 1 && matches!(candidate.title, TitleBefore::Mr | TitleBefore::Mrs);
                out.add_if(
                    (part.ordinary || plain) && !named && !called,
                    Evidence::ORDINARY,
                );
                let firm = || {
                    let start = part.start as usize;
                    n_names == 1
                        && candidate.flow != Flow::Upper
                        && text.tokens[start].case == Case::Capital
                        && has_inner_capital(text.word(start))
                };
                out.add_if(
                    part.end - part.start == 1 && (part.acronym || firm()),
                    Evidence::ACRONYM,
                );
            }
        }
    }
    out.add_if(n_initials > 1, Evidence::TWO_INITIALS);
    // "Edward VI", "Peter I of the rival house": a given name with a number is a monarch's.
    let numbered = n_names == 1
        && out.has(Evidence::SUFFIX)
        && out.has(Evidence::GIVEN)
        && parts
            .last()
            .is_some_and(|part| is_numeral(text.word(part.start as usize)));
    out.add_if(numbered, Evidence::APPOSITION);
    out.add_if(
        is_surname_first(parts),
        Evidence::SYLLABLES.with(Evidence::EASTERN),
    );
    out.add_if(has_syllables(text, parts), Evidence::SYLLABLES);
    head(parts, n_names, out);
    match candidate.title {
        TitleBefore::Mr | TitleBefore::Mrs | TitleBefore::Courtesy => out.add(Evidence::COURTESY),
        TitleBefore::Office => out.add(Evidence::OFFICE),
        TitleBefore::None => {}
    }
    out.add_if(candidate.national, Evidence::NATIONAL);
    // A headline runs on from a name into other words.
    let mixed = n_names > 2 && n_known < n_names;
    out.add_if(mixed && candidate.flow == Flow::Upper, Evidence::LONG);
    out.add_if(
        mixed && candidate.flow == Flow::TitleCase,
        Evidence::HEADLINE,
    );
    out.add_if(n_names > 4, Evidence::LONG);
    out.add_if(candidate.namesake, Evidence::NAMESAKE);
    out.add_if(candidate.flow != Flow::Sentence, Evidence::CAPITALS);
    out.add_if(
        candidate.torn && candidate.title == TitleBefore::None,
        Evidence::TORN,
    );
    out.add_if(
        candidate.initial && candidate.title == TitleBefore::None,
        Evidence::INITIAL,
    );
}

/// Whether a name of two words ends with one of no list, in the singular: "Skip Lorimer".
fn leads_to_unknown(text: &Text, parts: &[Part]) -> bool {
    const SHORTEST: usize = 4;
    let [_, last] = parts else {
        return false;
    };
    let word = text.word(last.end as usize - 1);
    last.kind == PartKind::Name
        && last.end - last.start == 1
        && last.flags == Flags::NONE
        && !last.ordinary
        && !last.country
        && !last.acronym
        && word.len() > SHORTEST
        && !word.ends_with('s')
}

/// Words that lead names of firms, clubs and places rather than persons.
const NO_GIVEN: Flags = Flags::ORDINARY
    .with(Flags::CALENDAR)
    .with(Flags::CITY)
    .with(Flags::HEAD);

/// Whether a word is a Roman number.
fn is_numeral(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'))
}

/// Whether a word is a name, and neither a word of the language nor the name of a place or a body.
fn is_plain(part: &Part) -> bool {
    part.kind == PartKind::Name
        && !part.ordinary
        && !part.acronym
        && !part.country
        && !part
            .flags
            .any(Flags::HEAD.with(Flags::ORDINARY).with(Flags::CITY))
}

/// Whether a surname that is nothing else stands before a given name that is nothing else: "Hara Takashi", "Végh Zsuzsanna".
fn is_surname_first(parts: &[Part]) -> bool {
    let [first, last] = parts else {
        return false;
    };
    first.flags.any(Flags::SURNAME)
        && !first.flags.any(Flags::COMMON.with(Flags::GIVEN))
        && last.flags.is_sure_given()
        && !last.flags.any(Flags::SURNAME)
        && is_plain(first)
        && is_plain(last)
}

/// Whether a surname that is written first leads words which can be given names of the same language: two Chinese syllables,
/// two words that a hyphen joins, two words of one syllable each.
fn has_syllables(text: &Text, parts: &[Part]) -> bool {
    let Some((first, rest)) = parts.split_first() else {
        return false;
    };
    if !first.flags.any(Flags::EASTERN)
        || first.kind != PartKind::Name
        || !rest.iter().all(is_plain)
    {
        return false;
    }
    let word = |part: &Part| text.word(part.start as usize);
    match rest {
        [given] => given.end - given.start > 1 || syllables::is_chinese(word(given)),
        [one, other] => [one, other]
            .iter()
            .all(|part| part.end - part.start == 1 && syllables::is_one(word(part))),
        _ => false,
    }
}

/// The length of a token in bytes.
fn length(text: &Text, at: usize) -> u32 {
    text.tokens[at].end - text.tokens[at].start
}

/// Whether a word has capitals as names of firms have: `USAir`, `BuzzFeed`, but not `McConnell`, `O'Neill`.
fn has_inner_capital(word: &str) -> bool {
    const PREFIXES: &[&str] = &["Del", "Fitz", "Mac", "Van", "Von"];
    let others = word.as_bytes().get(1..).unwrap_or_default();
    let is_plain = |byte: &u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if others.iter().all(is_plain) {
        return false;
    }
    let Some(inner) = word
        .char_indices()
        .skip(1)
        .find_map(|(at, c)| c.is_uppercase().then_some(at))
    else {
        return false;
    };
    inner == 1
        || inner > 2 && word.chars().all(char::is_alphabetic) && !PREFIXES.contains(&&word[..inner])
}

/// Looks for words that names of firms, bodies, places and things have.
fn head(parts: &[Part], n_names: usize, out: &mut Evidence) {
    // Most names have none.
    if !parts.iter().any(|part| part.flags.any(Flags::HEAD)) {
        return;
    }
    let names = || parts.iter().filter(|part| part.kind == PartKind::Name);
    let is_head = |(name_idx, part): (usize, &Part)| {
        if !part.flags.any(Flags::HEAD) {
            return false;
        }
        // "Everard Compton-Hill"
        let double = name_idx > 0 && part.end - part.start > 2 && out.has(Evidence::GIVEN);
        if double {
            return false;
        }
        // "Gao" is an office of audit, too, but not in "Gao Ruilin".
        let leads = name_idx == 0
            && (part.flags.any(Flags::GIVEN) || n_names > 1 && out.has(Evidence::SYLLABLES));
        !leads
    };
    let n_heads = names().enumerate().filter(|&name| is_head(name)).count();
    if n_heads == 0 {
        return;
    }
    // "John Hall", "Ana Hill": a given name before a surname that is a common word, too.
    let last_only = n_heads == 1 && names().enumerate().last().is_some_and(is_head);
    let given = names()
        .next()
        .is_some_and(|part| part.flags.any(Flags::GIVEN));
    // "Hermann Lorimer Street"
    let place = n_names > 2 && names().any(|part| part.flags.any(Flags::PLACE));
    let named = last_only && !place && out.has(Evidence::WEAK_SURNAME) && (n_names == 1 || given);
    out.add(if named {
        Evidence::WEAK_HEAD
    } else {
        Evidence::HEAD
    });
}

fn known(text: &Text, at: usize) -> Flags {
    text.tokens
        .get(at)
        .filter(|token| token.kind == Kind::Word)
        .map_or(Flags::NONE, lexicon::of)
}

fn is_lower(text: &Text, at: usize) -> bool {
    text.tokens
        .get(at)
        .is_some_and(|token| token.kind == Kind::Word && token.case == Case::Lower)
}

fn before(text: &Text, parts: &[Part], candidate: &Candidate, out: &mut Evidence) {
    let start = candidate.title_start as usize;
    let Some(at) = start.checked_sub(1) else {
        return;
    };
    let token = &text.tokens[at];
    let small = text.small(at);
    let titled = candidate.title != TitleBefore::None;
    // "on Catherine Street"
    let street = || {
        let last = parts.last().filter(|_| parts.len() > 1);
        last.is_some_and(|part| STREETS.has(text, part.start as usize))
    };
    match (token.kind, token.case) {
        (Kind::Word, Case::Lower) => {
            // "the frigate Admiral Lorimer", "the ferry Ana Lorimer"
            out.add_if(SHIPS.has(text, at), Evidence::HEAD);
            let lies = one_of!(small, "along" | "at" | "in" | "near" | "of" | "off" | "on");
            out.add_if(lies && !titled && street(), Evidence::HEAD);
            if !titled {
                behind_small_word(text, parts, candidate, at, out);
            }
            if lexicon::of(token).any(Flags::SPEECH) {
                let next = parts.last().map_or(0, |part| part.end as usize);
                out.add_if(
                    next >= text.tokens.len()
                        || one_of!(
                            text.small(next),
                            "," | "." | "who" | "of" | ";" | ":" | "in" | "at"
                        ),
                    Evidence::SPEECH,
                );
            }
            out.add_if(
                one_of!(small, "to") && at > 0 && one_of!(text.small(at - 1), "according"),
                Evidence::SPEECH,
            );
        }
        (Kind::Word, case) if !titled => {
            let word = text.word(at);
            out.add_if(matches!(word, "The" | "THE"), Evidence::ARTICLE);
            out.add_if(matches!(word, "In" | "At"), Evidence::PREPOSITION);
            let ship = case == Case::Upper
                && matches!(
                    word,
                    "HMAS" | "HMCS" | "HMS" | "INS" | "MS" | "MT" | "MV" | "SS" | "USNS" | "USS"
                );
            out.add_if(ship, Evidence::HEAD);
        }
        _ if !titled => {
            out.add_if(one_of!(small, "&"), Evidence::COMPANY);
            if one_of!(small, ",") && at > 0 {
                behind_comma(text, parts, candidate, at, out);
            }
        }
        _ => {}
    }
}

/// What a word without a capital says that stands before a name without a title.
fn behind_small_word(
    text: &Text,
    parts: &[Part],
    candidate: &Candidate,
    at: usize,
    out: &mut Evidence,
) {
    let token = &text.tokens[at];
    let small = token.fold;
    let here = lexicon::of(token);
    out.add_if(one_of!(small, "the" | "an" | "a"), Evidence::ARTICLE);
    out.add_if(
        one_of!(small, "in" | "at" | "near" | "outside" | "into" | "across"),
        Evidence::PREPOSITION,
    );
    let behind = parts.last().map_or(0, |last| last.end as usize);
    // "a grower from Quillby in Ohio"
    let lies_in = || {
        text.is(behind, "in")
            && text
                .tokens
                .get(behind + 1)
                .is_some_and(|token| token.kind == Kind::Word && token.case != Case::Lower)
            && !known(text, behind + 1).any(Flags::CALENDAR)
    };
    let from = one_of!(small, "from") && parts.len() == 1 && lies_in();
    out.add_if(from, Evidence::PREPOSITION.with(Evidence::HEAD));
    let kin_of = one_of!(small, "of") && at > 0 && behind_of(text, parts, at - 1, out);
    // "chief-of-staff" is what its first word is.
    let mut head = at;
    while head > 1 && text.is(head - 1, "-") && text.glued(head - 1) && text.glued(head - 2) {
        head -= 2;
    }
    // "taught his children English"
    let several = || text.word(at).ends_with('s') || one_of!(small, "children");
    let relative = here.any(Flags::KIN) && (!several() || out.has(Evidence::GIVEN));
    out.add_if(kin_of || relative, Evidence::RELATIVE);
    let mut noun = here;
    if head < at && known(text, head).any(Flags::ROLE.with(Flags::TITLE)) {
        noun = known(text, head);
    }
    let role = noun.any(Flags::ROLE.with(Flags::TITLE))
        && (!noun.any(Flags::KIN) || !several() || out.has(Evidence::GIVEN));
    out.add_if(role && !noun.any(Flags::FIRM_ROLE), Evidence::ROLE);
    out.add_if(!role && noun.any(Flags::HEAD), Evidence::NOUN_BEFORE);
    out.add_if(noun.any(Flags::DEED_BEFORE), Evidence::DEED);
    // "who gave her name as Lorimer", "identified only as Lorimer", "a caller named Lorimer"
    let someone = Flags::ROLE.with(Flags::TITLE).with(Flags::KIN);
    let introduced = || {
        one_of!(small, "named")
            && at > 0
            && known(text, at - 1).any(someone)
            && is_lower(text, at - 1)
            || one_of!(small, "as")
                && (1..=2)
                    .any(|back| at >= back && one_of!(text.small(at - back), "name" | "identified"))
            || one_of!(small, "name")
                && at > 1
                && one_of!(text.small(at - 1), "the")
                && one_of!(
                    text.small(at - 2),
                    "by" | "gave" | "gives" | "giving" | "only"
                )
    };
    out.add_if(
        candidate.single && introduced(),
        Evidence::APPOSITION.with(Evidence::ROLE),
    );
    // "have elected Ana Lorimer to head"
    let appoints = one_of!(
        small,
        "appointed" | "chose" | "chosen" | "elected" | "named" | "nominated" | "picked"
    );
    let office = || match text.word(behind) {
        "to" => one_of!(
            text.small(behind + 1),
            "chair" | "head" | "lead" | "replace" | "run" | "succeed"
        ),
        "as" => known(text, behind + 1).any(Flags::ROLE.with(Flags::TITLE)),
        _ => false,
    };
    out.add_if(appoints && office(), Evidence::APPOSITION);
}

/// What the word before "of" says of a name behind it; whether that is a relative's.
fn behind_of(text: &Text, parts: &[Part], at: usize, out: &mut Evidence) -> bool {
    let token = &text.tokens[at];
    if token.kind != Kind::Word {
        return false;
    }
    let owner = lexicon::of(token);
    let of_body = token.case != Case::Lower && owner.any(Flags::HEAD);
    // "Ana Lorimer of Vosper Quillby": where a person is from, or the firm.
    let office = Flags::TITLE
        .with(Flags::ROLE)
        .with(Flags::HEAD)
        .with(Flags::PORTFOLIO);
    let of_person = token.case == Case::Capital && owner.any(Flags::SURNAME) && !owner.any(office);
    out.add_if(of_person, Evidence::PREPOSITION);
    // "the Centre Party of Ana Lorimer"
    let named = out.has(Evidence::GIVEN) && parts.len() > 1;
    out.add_if(of_body && !named, Evidence::PREPOSITION);
    // "the son of Ana"
    let kin = token.case == Case::Lower && owner.any(Flags::KIN);
    out.add_if(kin, Evidence::ROLE);
    kin
}

/// What stands before a comma and a name without a title says of the name: "the trade minister, Yoo Myung-hee,".
fn behind_comma(text: &Text, parts: &[Part], candidate: &Candidate, at: usize, out: &mut Evidence) {
    // "gave a name, Lorimer"
    out.add_if(
        candidate.single && one_of!(text.small(at - 1), "name" | "surname"),
        Evidence::APPOSITION.with(Evidence::ROLE),
    );
    let closes = parts
        .last()
        .is_some_and(|part| one_of!(text.small(part.end as usize), "," | "." | "(" | ";"));
    if closes {
        let one = at > 2
            && text.is(at - 1, "them")
            && text.is(at - 2, "of")
            && matches!(text.word(at - 3), "One" | "one");
        let role = role_ends_at(text, at);
        out.add_if(one || role, Evidence::APPOSITION);
        // "his driver, Quillby,"
        let owner = |owner: usize| {
            PRONOUNS.has_fold(text.tokens[owner].fold)
                && matches!(text.word(owner), "her" | "Her" | "his" | "His")
        };
        let owned = || (at.saturating_sub(4)..at - 1).any(owner);
        out.add_if(role && owned(), Evidence::RELATIVE);
    }
    // "her sons, Ana and Losa"
    let given = out.has(Evidence::GIVEN) && candidate.single;
    let kin = || is_lower(text, at - 1) && known(text, at - 1).any(Flags::KIN);
    out.add_if(given && kin(), Evidence::RELATIVE.with(Evidence::ROLE));
}

/// Whether a noun phrase for a person ends before a token: "the trade minister", "the ambassador to the bloc".
fn role_ends_at(text: &Text, end: usize) -> bool {
    let is_role = |at: usize| {
        is_lower(text, at)
            && known(text, at).any(Flags::ROLE.with(Flags::TITLE))
            && !known(text, at).any(Flags::FIRM_ROLE)
    };
    let mut at = end;
    while at > end.saturating_sub(APPOSITION_REACH) {
        at -= 1;
        if text.tokens[at].kind != Kind::Word {
            return false;
        }
        if is_role(at) {
            // With words between, the noun must be the head of the phrase, which a preposition follows.
            return at + 1 == end || one_of!(text.small(at + 1), "of" | "for" | "to" | "in" | "at");
        }
        // What speaks or is told of the person is no phrase for it.
        if is_lower(text, at) && known(text, at).any(Flags::SPEECH.with(Flags::DEED)) {
            return false;
        }
    }
    false
}

/// How far an apposition is read.
const APPOSITION_REACH: usize = 9;

fn after(text: &Text, parts: &[Part], candidate: &Candidate, out: &mut Evidence) {
    let Some(last) = parts.last() else { return };
    let mut at = last.end as usize;
    // "A spokesman for Quillby said": it is not Quillby who speaks.
    let governed = || {
        let before = (candidate.title_start as usize).checked_sub(1);
        one_of!(
            before.map_or(0, |before| text.small(before)),
            "at" | "by" | "for" | "from" | "in" | "near" | "of" | "on" | "outside" | "to" | "with"
        )
    };
    // "a weaver from Quillby who asked"
    let unlisted = parts.len() == 1 && out.has(Evidence::UNLISTED);
    let lies = || unlisted && governed();
    let Some(token) = text.tokens.get(at) else {
        return;
    };
    if token.kind == Kind::Possessive {
        out.add(Evidence::POSSESSIVE);
        // "Quillby's widow", not "Quillby's sister company"
        let kin = is_lower(text, at + 1) && known(text, at + 1).any(Flags::KIN);
        let thing = is_lower(text, at + 2) && known(text, at + 2).any(Flags::HEAD);
        out.add_if(kin && !thing, Evidence::RELATIVE.with(Evidence::ROLE));
        let next = text.tokens.get(at + 1);
        let firm = next.is_some_and(|next| next.case != Case::Lower)
            && matches!(
                text.word(at + 1),
                // "On St Patrick's Day"
                "Bar"
                    | "Cathedral"
                    | "Church"
                    | "College"
                    | "Cup"
                    | "Day"
                    | "Diner"
                    | "Hospital"
                    | "Inn"
                    | "Pub"
                    | "School"
                    | "Tavern"
                    | "Inc"
                    | "Inc."
                    | "Ltd"
                    | "Corp"
                    | "Co"
                    | "Plc"
            );
        // "the front pew of St Joseph's."
        let saint = parts
            .first()
            .is_some_and(|part| matches!(text.word(part.start as usize), "St" | "St."));
        let ends = next.is_none_or(|next| next.kind == Kind::Punct);
        out.add_if(firm || saint && ends, Evidence::COMPANY);
        return;
    }
    firm_after(text, at, out);
    // "Losa Quillby MP": letters that only persons bear.
    if token.case != Case::Lower && is_letters(text.word(at)) && !parts.is_empty() {
        out.add(Evidence::APPOSITION);
        return;
    }
    let runs_on = token.kind == Kind::Word
        && token.case != Case::Lower
        && !lexicon::of(token).any(Flags::CALENDAR)
        && candidate.flow == Flow::Sentence;
    out.add_if(
        runs_on && candidate.title == TitleBefore::None,
        Evidence::RUNS_ON,
    );
    if token.kind == Kind::Word && token.case == Case::Lower {
        let small = token.fold;
        let noun = lexicon::of(token);
        out.add_if(
            noun.any(Flags::PLACE.with(Flags::COMPANY).with(Flags::HOUSE))
                && !noun.any(Flags::ROLE),
            Evidence::NOUN_AFTER,
        );
        // "the Quillby-Ondreth act"
        let two = last.end - last.start > 1 && !last.flags.any(Flags::GIVEN);
        let law = two
            && one_of!(
                small,
                "act" | "amendment" | "bill" | "law" | "pact" | "tariff" | "treaty"
            );
        out.add_if(law, Evidence::NOUN_AFTER);
        let named = last.flags.any(Flags::SURNAME);
        out.add_if(named && noun.any(Flags::REALM), Evidence::REALM);
        out.add_if(
            one_of!(small, "who" | "whose" | "himself" | "herself") && !lies(),
            Evidence::PRONOUN,
        );
        if is_copula(text, at) {
            apposition(text, at + 1, out);
        }
        out.add_if(is_appointed(text, at), Evidence::APPOSITION);
        for _ in 0..2 {
            let leads = one_of!(
                text.small(at),
                "has"
                    | "had"
                    | "also"
                    | "later"
                    | "then"
                    | "earlier"
                    | "did"
                    | "would"
                    | "himself"
                    | "was"
                    | "is"
                    | "never"
                    | "who"
                    | "be"
                    | "been"
                    | "will"
                    | "could"
                    | "subsequently"
                    | "first"
                    | "once"
            );
            if !leads {
                break;
            }
            at += 1;
        }
        if text.is(at, "re") && text.is(at + 1, "-") {
            at += 2;
        }
        let verb = known(text, at);
        let acts = verb.any(Flags::DEED.with(Flags::LIFE_DEED).with(Flags::SPEECH));
        if acts && is_lower(text, at) && !governed() {
            out.add_if(verb.any(Flags::DEED), Evidence::DEED);
            out.add_if(verb.any(Flags::LIFE_DEED), Evidence::LIFE_DEED);
            out.add_if(verb.any(Flags::SPEECH), Evidence::SPEECH);
        }
        return;
    }
    if one_of!(token.fold, ",") {
        let next = at + 1;
        if one_of!(text.small(next), "who" | "whose" | "himself" | "herself") {
            let lies = lies();
            out.add_if(!lies, Evidence::PRONOUN);
            // "Quillby, who farms four hectares, said"
            out.add_if(!lies && speaks_behind(text, next), Evidence::SPEECH);
            return;
        }
        if known(text, next).any(Flags::AGE) {
            out.add(Evidence::APPOSITION);
            return;
        }
        if let Some(number) = text.tokens.get(next)
            && number.kind == Kind::Number
        {
            let age = text
                .word(next)
                .parse::<u32>()
                .is_ok_and(|age| (10..110).contains(&age));
            out.add_if(
                age && one_of!(text.small(next + 1), "," | "." | "and"),
                Evidence::APPOSITION,
            );
            return;
        }
        apposition(text, next, out);
        out.add_if(speaks_behind(text, next), Evidence::SPEECH);
    }
    if one_of!(token.fold, "(") {
        let inside = text.tokens.get(at + 1);
        let aged = known(text, at + 1).any(Flags::AGE)
            || matches!(
                text.word(at + 1),
                "born" | "b" | "née" | "rtd" | "retd" | "ret" | "retired"
            );
        out.add_if(aged, Evidence::APPOSITION);
        // "(Germany)", "(D-Iowa)"
        let capital = inside.is_some_and(|token| token.case != Case::Lower);
        let closes = (at + 2..at + 6).any(|close| text.is(close, ")"));
        out.add_if(capital && closes, Evidence::BRACKET);
    }
}

/// Whether the words at a token say what somebody is: "was a", "served as".
fn is_copula(text: &Text, at: usize) -> bool {
    let small = text.small(at);
    one_of!(small, "is" | "was" | "became") && one_of!(text.small(at + 1), "a" | "an" | "the")
        || one_of!(small, "served" | "worked") && text.is(at + 1, "as")
}

/// Whether the words at a token give an office to somebody: "was named to head", "has been appointed deputy".
fn is_appointed(text: &Text, at: usize) -> bool {
    let small = text.small(at);
    let verb = if one_of!(small, "is" | "was") {
        at + 1
    } else if one_of!(small, "has" | "had") && text.is(at + 1, "been") {
        at + 2
    } else {
        return false;
    };
    one_of!(
        text.small(verb),
        "appointed" | "elected" | "named" | "nominated" | "promoted" | "sworn"
    ) && match text.word(verb + 1) {
        "to" => one_of!(text.small(verb + 2), "head" | "lead" | "run" | "succeed"),
        "as" => known(text, verb + 2).any(Flags::ROLE.with(Flags::TITLE)),
        "in" => text.is(verb, "sworn"),
        _ => {
            let office = known(text, verb + 1);
            office.any(Flags::ROLE.with(Flags::TITLE)) && !office.any(Flags::FIRM_ROLE)
        }
    }
}

/// Whether letters for an office, an order or a degree stand there as they do behind a name.
pub(super) fn is_letters(word: &str) -> bool {
    matches!(
        word,
        "CBE"
            | "DBE"
            | "KC"
            | "MBE"
            | "MEP"
            | "MLA"
            | "MP"
            | "MPP"
            | "MSP"
            | "OBE"
            | "PhD"
            | "QC"
            | "TD"
    )
}

/// Whether the name of a firm goes on: "& Co", "and Sons".
fn firm_after(text: &Text, at: usize, out: &mut Evidence) {
    let and = one_of!(text.fold(at), "&");
    let firm = (and || text.is(at, "and"))
        && matches!(
            text.word(at + 1),
            "Co" | "Sons"
                | "Son"
                | "Inc"
                | "Company"
                | "Partners"
                | "Associates"
                | "Brothers"
                | "CO"
                | "SONS"
        );
    out.add_if(firm || and, Evidence::COMPANY);
}

/// What speaks of a person who was named before.
static PRONOUNS: LazyLock<Words> =
    LazyLock::new(|| Words::new(["he", "she", "his", "her", "him", "himself", "herself"]));

/// The words that speak of a person who was named before.
pub(super) fn pronouns() -> impl Iterator<Item = u64> {
    PRONOUNS.folds()
}

/// How far a pronoun is looked for.
const PRONOUN_REACH: usize = 24;

/// What the rest of the sentence and the paragraph say.
fn around(text: &Text, parts: &[Part], candidate: &Candidate, out: &mut Evidence) {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return;
    };
    let (start, end) = (candidate.title_start as usize, last.end as usize);
    let quoted = start > 0
        && text.tokens[start - 1].kind == Kind::Quote
        && text
            .tokens
            .get(end)
            .is_some_and(|token| token.kind == Kind::Quote);
    out.add_if(quoted, Evidence::QUOTED);
    let sentence = &text.sentences[text.sentence_of(first.start as usize)];
    let reach = sentence.end.min(end + PRONOUN_REACH);
    let is_pronoun = |at: usize| {
        let token = &text.tokens[at];
        PRONOUNS.has_fold(token.fold) && token.case == Case::Lower
    };
    let mut pronoun = text.next_marked_in(end..reach, marks::PRONOUN);
    while let Some(at) = pronoun
        && !is_pronoun(at)
    {
        pronoun = text.next_marked_in(at + 1..reach, marks::PRONOUN);
    }
    out.add_if(pronoun.is_some(), Evidence::HE_LATER);
    let another = |at: usize| {
        let token = &text.tokens[at];
        let role = Flags::ROLE.with(Flags::TITLE).with(Flags::ROLES);
        token.kind == Kind::Quote
            || token.kind == Kind::Word && token.case != Case::Lower
            || lexicon::of(token).any(role)
    };
    // "Magistrates ordered him"
    let is_plural = || text.word(last.end as usize - 1).ends_with('s') && !last.flags.is_name();
    let is_next = |pronoun| !(end..pronoun).any(another);
    out.add_if(
        out.has(Evidence::SPEECH.with(Evidence::DEED))
            && pronoun.is_some_and(is_next)
            && !is_plural(),
        Evidence::HE_ACTS,
    );
    // A paragraph that is nothing but the name, or begins so after dashes.
    if text.tokens.len() <= BYLINE_LENGTH {
        let before = &text.tokens[..first.start as usize];
        let leads = before.iter().all(|token| token.kind == Kind::Punct);
        let closes = text
            .tokens
            .get(end)
            .is_none_or(|token| token.kind == Kind::Number || token.kind == Kind::Punct);
        out.add_if(leads && closes, Evidence::BYLINE);
    }
}

/// The longest paragraph that is taken for a line with the name of the author.
const BYLINE_LENGTH: usize = 20;

/// Whether what stands between commas is followed by a verb of saying: ", a broker in Leeds, says".
fn speaks_behind(text: &Text, start: usize) -> bool {
    let reach = start..(start + APPOSITION_REACH).min(text.tokens.len());
    let comma = reach
        .into_iter()
        .find(|&at| matches!(text.tokens[at].kind, Kind::Punct | Kind::Quote) && !text.is(at, "-"));
    comma.is_some_and(|comma| {
        text.is(comma, ",")
            && is_lower(text, comma + 1)
            && known(text, comma + 1).any(Flags::SPEECH)
    })
}

/// Reads the words after a comma: a role makes a person, a kind of firm makes a firm.
fn apposition(text: &Text, start: usize, out: &mut Evidence) {
    for at in start..(start + APPOSITION_REACH).min(text.tokens.len()) {
        let token = text.tokens[at];
        match token.kind {
            Kind::Word => {}
            Kind::Possessive | Kind::Number => continue,
            _ if text.is(at, "-") => continue,
            _ => return,
        }
        let word_flags = lexicon::of(&token);
        let joins = one_of!(
            text.small(at),
            "and" | "or" | "but" | "while" | "when" | "where"
        ) || at > start && text.is(at, "as");
        if joins || word_flags.any(Flags::SPEECH) && token.case == Case::Lower {
            return;
        }
        if word_flags.any(Flags::ROLE.with(Flags::TITLE)) && is_office(text, start, at, word_flags)
        {
            if word_flags.any(Flags::FIRM_ROLE) && speaks_of_itself(text, at + 1) {
                out.add(Evidence::COMPANY);
                return;
            }
            // "a trader at Merrill", but "a producer of steel"
            let person = !word_flags.any(Flags::FIRM_ROLE)
                || one_of!(
                    text.small(at + 1),
                    "at" | "with" | "for" | "from" | "," | "who"
                );
            out.add_if(person, Evidence::APPOSITION);
            return;
        }
        let firm = word_flags.any(Flags::COMPANY) && token.case == Case::Lower;
        let ends = || {
            at + 1 >= text.tokens.len()
                || one_of!(
                    text.small(at + 1),
                    "," | "." | "that" | "which" | "based" | "of" | "in" | "with"
                )
        };
        if firm && ends() && one_of!(text.small(start), "the" | "a" | "an") {
            out.add(Evidence::COMPANY);
            return;
        }
        // A role stands before the first preposition: "an analyst with", not "hours after he met the minister".
        let opens = || {
            at == start
                || one_of!(
                    token.fold,
                    "a" | "an"
                        | "the"
                        | "former"
                        | "first"
                        | "new"
                        | "old"
                        | "most"
                        | "other"
                        | "then"
                        | "own"
                )
        };
        if word_flags.any(Flags::ORDINARY) && token.case == Case::Lower && !opens() {
            return;
        }
    }
}

/// Whether whoever an apposition is of, which a comma ends, is a thing by what it says: "said it had stopped", "said on Monday that
/// its sales fell"; "it was dear" may be of anything.
fn speaks_of_itself(text: &Text, comma: usize) -> bool {
    const REACH: usize = 6;
    let verb = comma + 1;
    if !text.is(comma, ",") || !known(text, verb).any(Flags::SPEECH) {
        return false;
    }
    let words = verb + 1..(verb + REACH).min(text.tokens.len());
    let mut words = words.take_while(|&at| text.tokens[at].kind == Kind::Word);
    words.any(|at| {
        one_of!(text.small(at), "its")
            || one_of!(text.small(at), "it")
                && one_of!(
                    text.small(at + 1),
                    "had" | "has" | "planned" | "plans" | "will" | "would"
                )
    })
}

/// Whether a word for an office in an apposition is no part of a name. In capitals only an office that names nobody else is:
/// "Active Quillby, New Fighter", "Later, General Lorimer".
fn is_office(text: &Text, start: usize, at: usize, known: Flags) -> bool {
    if text.tokens[at].case == Case::Lower {
        return true;
    }
    // "Slaton, Cpl. Ana Lorimer"
    let next = at + 1 + usize::from(text.is(at + 1, ".") && text.glued(at));
    let named = text
        .tokens
        .get(next)
        .is_some_and(|next| next.kind == Kind::Word && next.case != Case::Lower);
    let article = at > start && one_of!(text.small(at - 1), "a" | "an" | "the");
    let shortened = next > at + 1 && named;
    let head = article || known.any(Flags::TITLE) && !shortened || text.is(at + 1, "of");
    head && !named
}
