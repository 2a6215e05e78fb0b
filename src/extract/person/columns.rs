//! Tables, line-ups, score cards: names that stand between marks and figures. What single marks tell is an observation like any
//! other (`observe`); which columns of an article hold persons, the names of the lists tell for the others (`Column`).

use super::evidence::Evidence;
use super::scan::{Candidate, Part, PartKind};
use crate::text::tokens::{Case, Kind, Text, Token};
use crate::text::words::one_of;

/// Between which marks or figures a name stands; names between the same ones are likely of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Column {
    left: Side,
    right: Side,
    single: bool,
}

/// What stands beside a name in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    /// The edge of the text or of a sentence.
    Edge,
    /// A comma, or "and".
    List,
    Colon,
    /// A number at the beginning of the row: `3.`, `9/16 -`.
    Rank,
    Number,
    Dash,
    Slash,
    Open,
    Close,
    /// `(66th`
    OpenNumber,
    /// `(Germany)`
    OpenName,
    /// A short word between names: `beat`, `v`.
    Word(u64),
}

impl Side {
    /// Whether running text seldom has it beside a name.
    fn is_of_tables(self) -> bool {
        !matches!(self, Side::Edge | Side::List | Side::Colon | Side::Close)
    }
}

/// The column of a candidate, where it seems to stand in one.
pub(super) fn column(text: &Text, parts: &[Part], candidate: &Candidate) -> Option<Column> {
    let last = parts.last()?;
    let left = left(text, candidate.title_start as usize)?;
    let right = right(text, last.end as usize)?;
    let n_words = parts
        .iter()
        .filter(|part| matches!(part.kind, PartKind::Name | PartKind::Initial))
        .count();
    (left.is_of_tables() || right.is_of_tables()).then_some(Column {
        left,
        right,
        single: n_words < 2,
    })
}

fn left(text: &Text, start: usize) -> Option<Side> {
    let Some(at) = start.checked_sub(1) else {
        return Some(Side::Edge);
    };
    let token = text.tokens[at];
    if token.kind == Kind::Number {
        return Some(if at == 0 { Side::Rank } else { Side::Number });
    }
    let number_before = at > 0 && text.tokens[at - 1].kind == Kind::Number;
    if token.kind == Kind::Word {
        return match text.is(at, "and") {
            true => Some(Side::List),
            false => between_names(text, at),
        };
    }
    match text.word(at) {
        "," | ";" => Some(Side::List),
        "(" => Some(Side::Open),
        ":" => Some(Side::Colon),
        "/" => Some(Side::Slash),
        "." | ")" if number_before && (at < 3 || one_of!(text.small(at - 2), ";" | ",")) => {
            Some(Side::Rank)
        }
        "." if number_before => Some(Side::Number),
        "." if at > 0 && one_of!(text.small(at - 1), "v" | "vs") => {
            Some(Side::Word(text.tokens[at - 1].fold))
        }
        "-" | "–" | "--" | "—" if number_before => Some(Side::Rank),
        "-" | "–" | "--" | "—" => Some(Side::Dash),
        _ => None,
    }
}

fn right(text: &Text, end: usize) -> Option<Side> {
    let Some(token) = text.tokens.get(end) else {
        return Some(Side::Edge);
    };
    if token.kind == Kind::Number {
        return Some(Side::Number);
    }
    if token.kind == Kind::Word {
        return match text.is(end, "and") {
            true => Some(Side::List),
            false => between_names(text, end),
        };
    }
    match text.word(end) {
        "," | ";" => Some(Side::List),
        "." => Some(Side::Edge),
        "(" => Some(match text.tokens.get(end + 1).map(|inside| inside.kind) {
            Some(Kind::Number) => Side::OpenNumber,
            _ if closes(text, end) => Side::OpenName,
            _ => Side::Open,
        }),
        ")" => Some(Side::Close),
        "/" => Some(Side::Slash),
        "-" | "–" | "--" | "—" => Some(Side::Dash),
        _ => None,
    }
}

/// Words that stand between the names of a table.
fn between_names(text: &Text, at: usize) -> Option<Side> {
    let small = text.small(at);
    one_of!(
        small,
        "b" | "beat"
            | "bt"
            | "c"
            | "def"
            | "defeated"
            | "lbw"
            | "not"
            | "run"
            | "st"
            | "through"
            | "v"
            | "vs"
    )
    .then_some(Side::Word(small))
}

/// Whether a bracket closes within a few words.
fn closes(text: &Text, open: usize) -> bool {
    (open + 2..open + 6).any(|at| text.is(at, ")"))
}

/// What the marks and figures beside one name tell.
pub(super) fn observe(text: &Text, parts: &[Part], out: &mut Evidence) {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return;
    };
    let (start, end) = (first.start as usize, last.end as usize);
    let next = text.tokens.get(end);
    let (opens, number) = (
        next.is_some_and(|next| one_of!(next.fold, "(")),
        next.is_some_and(is_number),
    );
    // "3. Ana Lorimer (Norway) 21.4", "6 - Ana Lorimer (Norway) beat"
    if opens {
        let ranked = || matches!(left(text, start), Some(Side::Rank | Side::Slash));
        let country = right(text, end) == Some(Side::OpenName) && text.is(end + 2, ")")
            || text.is(end + 3, ")") && !text.is(end + 2, ",");
        out.add_if(country && ranked(), Evidence::RANKED);
    }
    let before = start.checked_sub(1).map_or(0, |at| text.small(at));
    let bowled = |small: u64| one_of!(small, "b" | "c" | "lbw" | "st");
    let named = |at: usize| {
        text.tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Word && token.case != Case::Lower)
    };
    let wicket = bowled(before)
        || bowled(text.small(end)) && (named(end + 1) || bowled(text.small(end + 1)))
        || one_of!(text.small(end), "not" | "run") && text.is(end + 1, "out");
    out.add_if(wicket || number && is_figure(text, end), Evidence::SCORE);
    // "(Lorimer 66th, Vosper 71st)", "Lorimer (5th and 89th minutes)"
    let minute = number
        && one_of!(before, "(" | ",")
        && (is_ordinal(text, end) || one_of!(text.small(end + 1), "min" | "minute" | "pen"))
        || opens
            && is_ordinal(text, end + 1)
            && one_of!(
                text.small(end + 2),
                ")" | "," | "and" | "min" | "minute" | "minutes" | "pen" | "penalty" | "-"
            );
    out.add_if(minute, Evidence::SCORE);
}

/// Whether what a bowler did follows: `12-1-76-0`.
fn is_figure(text: &Text, at: usize) -> bool {
    (0..7).all(|offset| {
        if offset % 2 == 0 {
            text.tokens.get(at + offset).is_some_and(is_number)
        } else {
            text.is(at + offset, "-")
        }
    })
}

fn is_number(token: &Token) -> bool {
    token.kind == Kind::Number
}

/// Whether a token is a number like `66th`.
fn is_ordinal(text: &Text, at: usize) -> bool {
    text.tokens.get(at).is_some_and(is_number)
        && ["st", "nd", "rd", "th"]
            .iter()
            .any(|end| text.word(at).ends_with(end))
}

/// Whether nothing but marks, figures, "and" and what is in brackets stands between two places, as in an enumeration.
pub(super) fn enumerates(text: &Text, from: usize, to: usize) -> bool {
    const LONGEST: usize = 24;
    if to <= from || to - from > LONGEST {
        return false;
    }
    let mut separated = false;
    let mut depth = 0;
    for at in from..to {
        match text.word(at) {
            "(" => depth += 1,
            ")" if depth > 0 => depth -= 1,
            ")" => return false,
            _ if depth > 0 => {}
            "," | ";" | "and" | "or" | "&" | "/" => separated = true,
            "-" | "–" => {}
            _ if text.tokens[at].kind == Kind::Number => separated = true,
            _ => return false,
        }
    }
    separated && depth == 0
}
