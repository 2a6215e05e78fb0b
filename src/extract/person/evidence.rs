//! What speaks for and against a candidate's being a person: the words in it and the words around it, weighed.

use super::lexicon::{Flags, flags};
use super::scan::{Candidate, Part, PartKind, TitleBefore};
use crate::text::tokens::{Case, Kind, Text};

/// A set of observations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Evidence(u32);

/// An observation, its weight for names of one part and of more, and the rule that a mention is then said to be found by.
struct Weight {
    evidence: Evidence,
    single: i32,
    full: i32,
    rule: &'static str,
}

const fn weight(bit: u32, single: i32, full: i32, rule: &'static str) -> Weight {
    Weight {
        evidence: Evidence(1 << bit),
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

    /// What speaks against a person only if it stands at every occurrence.
    pub(super) const EVERYWHERE: Evidence = Evidence(
        Evidence::ARTICLE.0
            | Evidence::PREPOSITION.0
            | Evidence::INITIAL.0
            | Evidence::TORN.0
            | Evidence::COUNTRY.0
            | Evidence::NOUN_AFTER.0,
    );

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

    /// What two occurrences of a name say together.
    pub(super) fn pooled(self, other: Evidence) -> Evidence {
        let every = Evidence::EVERYWHERE.0;
        Evidence((self.0 | other.0) & !every | self.0 & other.0 & every)
    }

    /// The sum of the weights and the rule that weighs most.
    pub(super) fn weigh(self, single: bool) -> (i32, &'static str) {
        let mut sum = if single { -25 } else { -10 };
        let mut best = (0, "name");
        for weight in WEIGHTS.iter().filter(|weight| self.has(weight.evidence)) {
            let points = if single { weight.single } else { weight.full };
            sum += points;
            if points > best.0 {
                best = (points, weight.rule);
            }
        }
        (sum, best.1)
    }
}

/// From this sum on a candidate is taken for a person.
pub(super) const THRESHOLD: i32 = 10;

const WEIGHTS: &[Weight] = &[
    weight(0, 50, 40, "title"),
    weight(1, 40, 28, "title"),
    weight(2, 10, 60, "authority"),
    weight(3, 20, 18, "role"),
    weight(4, 18, 18, "apposition"),
    weight(5, 11, 12, "speech"),
    weight(6, 10, 12, "pronoun"),
    weight(7, 2, 20, "given name"),
    weight(8, 0, 12, "given name"),
    weight(9, 12, 12, "surname"),
    weight(10, 4, 6, "surname"),
    weight(11, 0, 12, "surname first"),
    weight(12, 0, 16, "initials"),
    weight(13, 0, 8, "particle"),
    weight(14, 20, 15, "suffix"),
    weight(15, 3, 3, "possessive"),
    weight(16, 14, 0, "in office"),
    weight(17, 0, 20, "surname alone"),
    weight(18, -30, -25, ""),
    weight(19, -14, -14, ""),
    weight(20, -40, -35, ""),
    weight(21, -25, -12, ""),
    weight(22, -50, -22, ""),
    weight(23, -60, -45, ""),
    weight(24, -70, -60, ""),
    weight(25, -6, -4, ""),
    weight(26, -90, -90, ""),
    weight(27, -10, -6, ""),
    weight(28, 0, -14, ""),
    weight(29, -10, -12, ""),
    weight(30, -8, -14, ""),
];

/// What the words of a name and the words around it say.
pub(super) fn observe(text: &Text, parts: &[Part], candidate: &Candidate) -> Evidence {
    let mut out = Evidence::default();
    inside(parts, candidate, &mut out);
    before(text, parts, candidate, &mut out);
    after(text, parts, &mut out);
    out
}

fn inside(parts: &[Part], candidate: &Candidate, out: &mut Evidence) {
    let n_names = parts
        .iter()
        .filter(|part| part.kind == PartKind::Name)
        .count();
    let mut seen = 0;
    for part in parts {
        match part.kind {
            PartKind::Initial => out.add_if(n_names > 0, Evidence::INITIALS),
            PartKind::Particle => out.add(Evidence::PARTICLE),
            PartKind::Suffix => out.add(Evidence::SUFFIX),
            PartKind::Name => {
                seen += 1;
                let known = part.flags;
                let last = seen == n_names;
                if !last || n_names == 1 {
                    out.add_if(known.is_sure_given(), Evidence::GIVEN);
                    out.add_if(known.any(Flags::GIVEN), Evidence::WEAK_GIVEN);
                }
                if last {
                    let common = known.any(Flags::COMMON.with(Flags::AMBIGUOUS));
                    out.add_if(known.any(Flags::SURNAME) && !common, Evidence::SURNAME);
                    out.add_if(known.any(Flags::SURNAME), Evidence::WEAK_SURNAME);
                }
                if seen == 1 && n_names > 1 {
                    out.add_if(known.any(Flags::EASTERN) && n_names <= 3, Evidence::EASTERN);
                }
                out.add_if(part.ordinary, Evidence::ORDINARY);
                out.add_if(
                    part.acronym && part.end - part.start == 1,
                    Evidence::ACRONYM,
                );
            }
        }
    }
    if candidate.head != Flags::NONE {
        // "John Hall", "Benny Hill": a given name before a surname that is a common word.
        let names = || parts.iter().filter(|part| part.kind == PartKind::Name);
        let last_only = names()
            .rev()
            .skip(1)
            .all(|part| !part.flags.any(Flags::HEAD));
        let named = last_only
            && n_names == 2
            && out.has(Evidence::GIVEN)
            && out.has(Evidence::WEAK_SURNAME);
        let surname_only = n_names == 1 && out.has(Evidence::WEAK_SURNAME);
        if named || surname_only {
            out.add(Evidence::WEAK_HEAD);
        } else {
            out.add(Evidence::HEAD);
        }
    }
    match candidate.title {
        TitleBefore::Mr | TitleBefore::Mrs | TitleBefore::Courtesy => out.add(Evidence::COURTESY),
        TitleBefore::Office => out.add(Evidence::OFFICE),
        TitleBefore::None => {}
    }
    out.add_if(n_names > 4, Evidence::LONG);
    out.add_if(
        candidate.torn && candidate.title == TitleBefore::None,
        Evidence::TORN,
    );
    out.add_if(
        candidate.initial && candidate.title == TitleBefore::None,
        Evidence::INITIAL,
    );
}

fn known(text: &Text, at: usize) -> Flags {
    text.tokens
        .get(at)
        .filter(|token| token.kind == Kind::Word)
        .map_or(Flags::NONE, |token| flags(token.fold))
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
    let word = text.word(at);
    let titled = candidate.title != TitleBefore::None;
    if !titled {
        out.add_if(
            matches!(word, "the" | "The" | "an" | "a" | "THE"),
            Evidence::ARTICLE,
        );
        out.add_if(
            matches!(
                word,
                "in" | "at" | "near" | "outside" | "In" | "At" | "into" | "across"
            ),
            Evidence::PREPOSITION,
        );
        let of_body = matches!(word, "of") && at > 0 && {
            let token = text.tokens[at - 1];
            token.kind == Kind::Word
                && token.case != Case::Lower
                && known(text, at - 1).any(Flags::HEAD)
        };
        out.add_if(of_body, Evidence::PREPOSITION);
        let person = known(text, at).any(Flags::ROLE.with(Flags::TITLE));
        out.add_if(person && is_lower(text, at), Evidence::ROLE);
        // "the trade minister, Ahn Duk-geun,"
        if word == "," && at > 0 {
            let role = known(text, at - 1).any(Flags::ROLE.with(Flags::TITLE));
            let closes = parts
                .last()
                .is_some_and(|part| matches!(text.word(part.end as usize), "," | "." | "(" | ";"));
            out.add_if(
                role && is_lower(text, at - 1) && closes,
                Evidence::APPOSITION,
            );
        }
    }
    let said = known(text, at).any(Flags::SPEECH) && is_lower(text, at);
    if said {
        let next = parts.last().map_or("", |part| text.word(part.end as usize));
        out.add_if(
            matches!(
                next,
                "," | "." | "" | "who" | "of" | ";" | ":" | "in" | "at"
            ),
            Evidence::SPEECH,
        );
    }
    out.add_if(
        word == "to" && at > 0 && text.word(at - 1) == "according",
        Evidence::SPEECH,
    );
}

/// How far an apposition is read.
const APPOSITION_REACH: usize = 9;

fn after(text: &Text, parts: &[Part], out: &mut Evidence) {
    let Some(last) = parts.last() else { return };
    let mut at = last.end as usize;
    let Some(token) = text.tokens.get(at) else {
        return;
    };
    if token.kind == Kind::Possessive {
        out.add(Evidence::POSSESSIVE);
        return;
    }
    if token.kind == Kind::Word && token.case == Case::Lower {
        let word = text.word(at);
        out.add_if(
            matches!(word, "who" | "whose" | "himself" | "herself"),
            Evidence::PRONOUN,
        );
        for _ in 0..2 {
            if matches!(
                text.word(at),
                "has" | "had" | "also" | "later" | "then" | "earlier" | "did" | "would" | "himself"
            ) {
                at += 1;
            }
        }
        out.add_if(
            known(text, at).any(Flags::SPEECH) && is_lower(text, at),
            Evidence::SPEECH,
        );
        return;
    }
    if text.is(at, ",") {
        let next = at + 1;
        let word = text.word(next);
        if matches!(word, "who" | "whose" | "himself" | "herself") {
            out.add(Evidence::PRONOUN);
            return;
        }
        if known(text, next).any(Flags::AGE) {
            out.add(Evidence::APPOSITION);
            return;
        }
        if let Some(number) = text.tokens.get(next)
            && number.kind == Kind::Number
        {
            let age = word
                .parse::<u32>()
                .is_ok_and(|age| (10..110).contains(&age));
            out.add_if(
                age && matches!(text.word(next + 1), "," | "." | "and"),
                Evidence::APPOSITION,
            );
            return;
        }
        apposition(text, next, out);
    }
    if text.is(at, "(") && known(text, at + 1).any(Flags::AGE) {
        out.add(Evidence::APPOSITION);
    }
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
        let word_flags = flags(token.fold);
        if word_flags.any(Flags::SPEECH) && token.case == Case::Lower {
            return;
        }
        if word_flags.any(Flags::ROLE.with(Flags::TITLE)) {
            out.add(Evidence::APPOSITION);
            return;
        }
        let firm = word_flags.any(Flags::COMPANY) && token.case == Case::Lower;
        let ends = matches!(
            text.word(at + 1),
            "," | "." | "that" | "which" | "based" | "of" | "in" | "with" | ""
        );
        if firm && ends && matches!(text.word(start), "the" | "a" | "an") {
            out.add(Evidence::COMPANY);
            return;
        }
        if matches!(
            text.word(at),
            "which" | "where" | "but" | "and" | "when" | "while"
        ) {
            return;
        }
    }
}
