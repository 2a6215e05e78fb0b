//! Names that no list has beside what somebody says: `“…,” Losa Quillby said`. Firms and places say things, too, so that the
//! name must look like one: no word of the article, of a firm, a body, a place, and none that ends as nouns of the language do.

use super::evidence::Evidence;
use super::lexicon::{self, Flags};
use super::scan::{Candidate, Flow, Part, PartKind, TitleBefore};
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::one_of;

/// What a verb of saying beside a candidate tells of it.
pub(super) fn observe(text: &Text, parts: &[Part], candidate: &Candidate, out: &mut Evidence) {
    let told = told(text, parts);
    // Whether they look like a name costs more to see than what stands beside them.
    if told != Evidence::default() && is_like_name(text, parts, candidate) {
        out.add(told);
        // What has words is no place.
        let owner = parts
            .last()
            .and_then(|last| text.tokens.get(last.end as usize));
        if told.has(Evidence::BESIDE_QUOTATION)
            && owner.is_some_and(|owner| owner.kind == Kind::Possessive)
        {
            out.remove(Evidence::PREPOSITION);
        }
    }
}

/// What a verb of saying beside some words tells of them, if they are a name.
fn told(text: &Text, parts: &[Part]) -> Evidence {
    let mut out = Evidence::default();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return out;
    };
    let (start, end) = (first.start as usize, last.end as usize);
    // “…,” said Losa Quillby
    let closes = || {
        end >= text.tokens.len()
            || one_of!(
                text.small(end),
                "," | "."
                    | ":"
                    | ";"
                    | "after"
                    | "as"
                    | "at"
                    | "from"
                    | "in"
                    | "of"
                    | "on"
                    | "when"
                    | "who"
                    | "with"
            )
    };
    let said_before =
        start > 1 && closes_quotation(text, start - 1) && is_verb(text, start - 1) && closes();
    // “…,” Losa Quillby said
    let said_after =
        (closes_quotation(text, start) || opens_quotation(text, end + 1)) && is_verb(text, end);
    out.add_if(
        said_before || said_after,
        Evidence::BESIDE_QUOTATION.with(Evidence::SPEECH),
    );
    // "Losa Quillby told reporters", "Losa Quillby wrote that"
    let tells = one_of!(text.small(end), "told") && !text.is(end + 1, "of")
        || one_of!(text.small(end), "wrote" | "recalled" | "replied");
    // "Quillby Ondreth said it would sell its mill"
    let itself = || one_of!(text.small(end + 1), "it" | "its" | "they" | "their");
    out.add_if(
        one_of!(text.small(end), "said" | "says") && !itself(),
        Evidence::SAYS,
    );
    // "steel exporter Losa Quillby said": houses that are brokers or exporters seldom look like persons.
    let described = start > 0
        && text.tokens[start - 1].case == Case::Lower
        && lexicon::of(&text.tokens[start - 1]).any(Flags::FIRM_ROLE);
    let claims = described && text.is(end + 1, "that") && text.word(end).ends_with('s');
    let says = described && (is_verb(text, end) || claims) && !itself();
    // "Its owner, Losa Quillby, said"
    let set_off = start > 1
        && one_of!(text.fold(start - 1), ",")
        && text.tokens[start - 2].case == Case::Lower
        && lexicon::of(&text.tokens[start - 2]).any(Flags::FIRM_ROLE)
        && text.is(end, ",")
        && is_verb(text, end + 1);
    out.add_if(set_off || claims, Evidence::SPEECH.with(Evidence::TELLS));
    // "in Losa Quillby's words"
    let words = text
        .tokens
        .get(end)
        .is_some_and(|token| token.kind == Kind::Possessive)
        && one_of!(
            text.small(end + 1),
            "account" | "opinion" | "phrase" | "telling" | "view" | "words"
        )
        && start > 0
        && one_of!(text.fold(start - 1), "by" | "in");
    out.add_if(words, Evidence::BESIDE_QUOTATION.with(Evidence::SPEECH));
    let according = start > 1 && text.is(start - 1, "to") && text.is(start - 2, "according");
    out.add_if(tells || according || says, Evidence::TELLS);
    out
}

/// Whether a verb of saying or of the tone in which something is said stands there: "said", "grumbled".
fn is_verb(text: &Text, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|token| {
        token.kind == Kind::Word
            && token.case == Case::Lower
            && (lexicon::of(token).any(Flags::SPEECH) || text.word(at).ends_with("ed"))
    })
}

/// Whether the mark that closes a quotation ends before a token, with a comma, a question mark or an exclamation mark.
fn closes_quotation(text: &Text, at: usize) -> bool {
    let Some(before) = at.checked_sub(2) else {
        return false;
    };
    let is_quote = |at: usize| text.tokens[at].kind == Kind::Quote;
    let marks = |at: usize| one_of!(text.small(at), "," | "?" | "!");
    if text.glued(at - 1) || !text.glued(before) {
        return false;
    }
    is_quote(at - 1) && marks(before) || is_quote(before) && text.is(at - 1, ",")
}

/// Whether a colon or comma and the mark that opens a quotation stand at a token: `said: “`.
fn opens_quotation(text: &Text, at: usize) -> bool {
    let quote = text.tokens.get(at + 1);
    one_of!(text.small(at), ":" | ",")
        && !text.glued(at)
        && quote.is_some_and(|quote| quote.kind == Kind::Quote)
        && text.glued(at + 1)
}

/// Whether the words of a candidate can be a given name and a surname that no list has.
fn is_like_name(text: &Text, parts: &[Part], candidate: &Candidate) -> bool {
    let n_names = parts
        .iter()
        .filter(|part| part.kind == PartKind::Name)
        .count();
    let no_name = Flags::HEAD
        .with(Flags::NOUN)
        .with(Flags::ORDINARY)
        .with(Flags::CALENDAR)
        .with(Flags::CITY)
        .with(Flags::ROLE)
        .with(Flags::ROLES)
        .with(Flags::TITLE)
        .with(Flags::PORTFOLIO)
        .with(Flags::SPEECH)
        .with(Flags::DEED);
    let plain = |part: &Part| {
        let listed = part.flags.any(no_name) && !part.flags.is_name();
        let joined = part.end - part.start > 1;
        let word = text.word(part.end as usize - 1);
        let case = text.tokens[part.start as usize].case;
        part.kind != PartKind::Name
            || case == Case::Capital
                && !part.acronym
                && !part.ordinary
                && !part.country
                && !listed
                && (joined || part.flags.is_name() || !ends_as_noun(word))
    };
    // "Merrill Lynch"
    let surname_first = parts.first().is_some_and(|part| {
        part.flags.any(Flags::SURNAME) && !part.flags.any(Flags::GIVEN.with(Flags::EASTERN))
    });
    (2..=3).contains(&n_names)
        && !surname_first
        && candidate.flow == Flow::Sentence
        && candidate.title == TitleBefore::None
        && !candidate.torn
        && !candidate.namesake
        && parts.iter().all(plain)
}

/// Whether a word ends as nouns and adjectives of the language do from which firms and bodies make their names.
fn ends_as_noun(word: &str) -> bool {
    let word = word.to_lowercase();
    NOUN_ENDINGS.iter().any(|end| word.ends_with(end))
}

const NOUN_ENDINGS: &[&str] = &[
    "able", "age", "aid", "ance", "ations", "bank", "board", "corp", "craft", "ders", "ed", "ence",
    "ers", "ful", "gen", "gate", "gas", "graphics", "ical", "ics", "ings", "ing", "ism", "ists",
    "ity", "less", "link", "lines", "logic", "ment", "ments", "metrics", "ness", "net", "ogy",
    "ors", "point", "port", "scape", "ship", "sions", "sight", "soft", "tech", "tel", "tion",
    "tions", "tive", "trade", "tronic", "ware", "watch", "wide", "wire", "works",
];
