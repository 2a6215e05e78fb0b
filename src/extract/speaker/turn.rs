//! Turns of transcripts and hearings: a paragraph to the name at its head and the words behind it.
//!
//! `Mr. PAYNE. We refine it.`, `JUDGE FARR: Counsel?`, `Ada Pike, 44, baker: I voted for it.` Whoever is only called
//! `The CHAIRMAN.` or `Q.` is nobody. What somebody in the words of a turn says is not told.

use std::ops::Range;

use super::chunks::{Chunk, What};
use super::paragraph::Paragraph;
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::one_of;

/// The head of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// The chunk of the name.
    pub(super) chunk: usize,
    /// The token with which the words begin.
    pub(super) words: usize,
}

/// What a paragraph of an interview is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// `Q: What is new?`
    Question,
    /// `A: Nothing is.`
    Answer,
}

/// How many tokens tell that a paragraph is a part of an interview; its words stand behind them.
pub(super) const PART_TOKENS: usize = 2;

/// The part of an interview that a paragraph says to be.
pub(super) fn part(text: &Text) -> Option<Part> {
    if !(text.is(1, ":") || text.is(1, ".")) {
        return None;
    }
    match text.word(0) {
        "Q" => Some(Part::Question),
        "A" => Some(Part::Answer),
        _ => None,
    }
}

/// Whether a paragraph of a transcript is what somebody asks whom it does not name: `Q: What is new?`, and `Q  What is new?` with a
/// capital behind a space, as briefings print it.
pub(super) fn asks(text: &Text) -> bool {
    let is_bare = text.is(0, "Q")
        && !text.glued(0)
        && text.tokens.get(1).is_some_and(|next| match next.kind {
            Kind::Word => next.case != Case::Lower,
            kind => matches!(kind, Kind::Number | Kind::Quote),
        });
    is_bare || part(text) == Some(Part::Question)
}

/// How many chunks the name and what describes it may have.
const REACH: usize = 16;
/// How many words the place of a member of parliament may have: `Ms. PIKE of New South Wales.`
const PLACE: usize = 4;

/// The turn that a paragraph without quotation marks around its words is; none where it begins otherwise.
pub(super) fn turn(paragraph: &Paragraph) -> Option<Turn> {
    let first = paragraph.chunks.first()?;
    let text = paragraph.text;
    let What::Person(name) = first.what else {
        return of_office(paragraph);
    };
    let name = &paragraph.names[name].tokens;
    let end = name.end;
    let words = match text.tokens.get(end)?.kind {
        Kind::Punct if let Some(words) = behind_dash(paragraph, end) => words,
        Kind::Punct if text.is(end, ":") => end + 1,
        // `Ada Pike (Vale of Ondreth) (Ind):`
        Kind::Punct if text.is(end, "(") => behind_brackets(text, end)?,
        // `Mr. PAYNE.`, `Ms. PIKE of Ohio.`
        _ => {
            let titled = first.tokens.start < name.start;
            let upper = text.tokens[end - 1].case == Case::Upper && text.word(end - 1).len() > 1;
            if !titled || !upper {
                return None;
            }
            let of = if text.is(end, "of") {
                let capital = |token_idx: &usize| {
                    matches!(text.tokens[*token_idx].case, Case::Capital | Case::Upper)
                };
                let place = (end + 1..text.tokens.len()).take(PLACE);
                1 + place.take_while(capital).count()
            } else {
                0
            };
            text.is(end + of, ".").then_some(end + of + 1)?
        }
    };
    let lower = |token_idx: usize| text.tokens[token_idx].case == Case::Lower;
    let speaks = text
        .tokens
        .get(words)
        .is_some_and(|token| token.kind != Kind::Quote)
        && (words..text.tokens.len()).take(PLACE * 4).any(lower);
    speaks.then_some(Turn { chunk: 0, words })
}

/// The turn of a record that sets names like others and a period behind them: `Mr. Neal. Thank you.`
pub(super) fn record(paragraph: &Paragraph) -> Option<Turn> {
    let [first, stop, next, ..] = paragraph.chunks.as_slice() else {
        return None;
    };
    let What::Person(name) = first.what else {
        return None;
    };
    let name = &paragraph.names[name].tokens;
    let is_head = first.tokens.start < name.start
        && name.end == first.tokens.end
        && paragraph.text.is(name.end, ".")
        && stop.what == What::Stop
        && !matches!(next.what, What::Quote(_));
    is_head.then_some(Turn {
        chunk: 0,
        words: name.end + 1,
    })
}

/// Whether a paragraph goes on with the turn of the one before: somebody speaks in it of himself or to others, in whole sentences,
/// and it is no stage direction and has no label of its own.
pub(super) fn goes_on(text: &Text) -> bool {
    const LEAST: usize = 5;
    const LABEL: usize = 6;
    // `The CHAIRWOMAN. Order.`
    let is_upper = |at: usize| text.tokens[at].case == Case::Upper && text.word(at).len() > 3;
    let mut head = 1..LABEL.min(text.tokens.len());
    let is_labelled = head.any(|at| text.is(at, ":") || text.is(at, ".") && is_upper(at - 1));
    let speaks = text.tokens.iter().any(|token| {
        one_of!(
            token.fold,
            "i" | "me" | "my" | "our" | "us" | "we" | "you" | "your"
        )
    });
    let closes = text.tokens.last().is_some_and(|last| {
        matches!(last.kind, Kind::Quote) || matches!(last.word(text.source), "." | "?" | "!" | "…")
    });
    let opens = !matches!(text.word(0), "(" | "[" | "*" | "-" | "—");
    let is_heading = text
        .tokens
        .iter()
        .take(LEAST)
        .all(|token| token.case == Case::Upper);
    text.tokens.len() > LEAST && closes && opens && speaks && !is_labelled && !is_heading
}

/// The first word behind a name with group and part, a period and a dash, as the European Parliament prints them:
/// `Ada Pike (S&D), rapporteur. – Madam President`.
fn behind_dash(paragraph: &Paragraph, name_end: usize) -> Option<usize> {
    const LONGEST: usize = 32;
    let Paragraph { text, chunks, .. } = paragraph;
    if !matches!(text.word(name_end), "(" | "," | ".") {
        return None;
    }
    let mut head = name_end..text.tokens.len().min(name_end + LONGEST);
    let is_end =
        |at: &usize| text.is(*at, ".") && matches!(text.word(at + 1), "–" | "—" | "−" | "-");
    let period = head.find(is_end)?;
    let told = chunks.iter().skip(1);
    let mut told = told.take_while(|chunk| chunk.tokens.end <= period && chunk.what != What::Stop);
    let says = |chunk: &Chunk| match chunk.what {
        What::Verb(verb) => verb.finite(),
        What::Quote(_) | What::Colon => true,
        _ => false,
    };
    (!told.any(says)).then_some(period + 2)
}

/// The first word behind what stands in brackets behind the name of a member of parliament, and a colon.
fn behind_brackets(text: &Text, open: usize) -> Option<usize> {
    const MOST_BRACKETS: usize = 2;
    let mut at = open;
    for _ in 0..MOST_BRACKETS {
        if text.is(at, "(") {
            let inside = at + 1..at + 2 + 2 * PLACE;
            at = inside.into_iter().find(|&close| text.is(close, ")"))? + 1;
        }
    }
    text.is(at, ":").then_some(at + 1)
}

/// `The Minister for Trade (Ada Pike): I beg to move`, as parliaments print the first words of a member of the government, and
/// `The Prime Minister, Ada Pike: I would say`.
fn of_office(paragraph: &Paragraph) -> Option<Turn> {
    let Paragraph { text, chunks, .. } = paragraph;
    if let [office, comma, name, colon, ..] = chunks.as_slice()
        && matches!(office.what, What::Noun(_))
        && comma.what == What::Comma
        && matches!(name.what, What::Person(_))
        && colon.what == What::Colon
    {
        let words = colon.tokens.end;
        let quoted = text
            .tokens
            .get(words)
            .is_none_or(|next| next.kind == Kind::Quote);
        return (!quoted).then_some(Turn { chunk: 2, words });
    }
    let open = chunks.iter().take(REACH).position(|chunk| {
        !matches!(
            chunk.what,
            What::Noun(_) | What::Preposition | What::And | What::Comma
        )
    })?;
    if open == 0 || chunks[open].what != What::Open {
        return None;
    }
    let colon = chunks
        .iter()
        .take(REACH)
        .position(|chunk| chunk.what == What::Colon)?;
    // `The Chair (Ms. Ada Pike (Vale, Ind.)):`
    let bracket = chunks.get(open + 1..colon)?;
    let is_whole = bracket.last()?.what == What::Close
        && bracket
            .iter()
            .skip(1)
            .all(|chunk| !matches!(chunk.what, What::Verb(_) | What::Stop));
    let words = chunks[colon].tokens.end;
    let capital = text.tokens.first()?.case != Case::Lower;
    let fits = matches!(bracket.first()?.what, What::Person(_))
        && is_whole
        && text.tokens.get(words)?.kind != Kind::Quote;
    (capital && fits).then_some(Turn {
        chunk: open + 1,
        words,
    })
}

/// The office at the head of a turn, by its tokens: `The Chair` in `The Chair (Ada Pike):` and `The Chair:`.
pub(super) fn label(paragraph: &Paragraph) -> Option<Range<usize>> {
    let end = paragraph.chunks.iter().position(|chunk| {
        !matches!(
            chunk.what,
            What::Noun(_) | What::Preposition | What::And | What::Comma
        )
    })?;
    let mark = &paragraph.chunks[end];
    // `The Prime Minister, Ada Pike:`
    let named = end > 1
        && matches!(mark.what, What::Person(_))
        && paragraph.chunks[end - 1].what == What::Comma
        && paragraph
            .chunks
            .get(end + 1)
            .is_some_and(|next| next.what == What::Colon);
    let label_end = match named {
        true => paragraph.chunks[end - 1].tokens.start,
        false => mark.tokens.start,
    };
    let is_label =
        (1..REACH).contains(&end) && (named || matches!(mark.what, What::Open | What::Colon));
    is_label.then_some(0..label_end)
}

/// Whether a paragraph begins with letters and a colon: `MK: We wait.`
pub(super) fn has_initials(text: &Text) -> bool {
    const LONGEST: u32 = 5;
    text.is(1, ":")
        && text
            .tokens
            .first()
            .is_some_and(|first| first.case == Case::Upper && first.end - first.start <= LONGEST)
}

/// The colon after a name and who that is, at the head of a paragraph: `Ada Pike, 44, baker:`. What follows must be in
/// quotation marks or speak of itself.
pub(super) fn is_described(paragraph: &Paragraph, colon_idx: usize) -> bool {
    let Paragraph { text, chunks, .. } = paragraph;
    let is_description = |chunk: &Chunk| {
        matches!(
            chunk.what,
            What::Noun(_)
                | What::Preposition
                | What::Comma
                | What::And
                | What::Time
                | What::Open
                | What::Close
        )
    };
    (3..REACH).contains(&colon_idx)
        && matches!(chunks[0].what, What::Person(_))
        && chunks[1].what == What::Comma
        && chunks[2..colon_idx].iter().all(is_description)
        && chunks.get(colon_idx + 1).is_some_and(|next| {
            matches!(next.what, What::Quote(_))
                || (next.tokens.start..text.tokens.len())
                    .take(40)
                    .any(|token_idx| {
                        matches!(
                            text.word(token_idx),
                            "I" | "I'm" | "I’m" | "We" | "we" | "My" | "my" | "Our" | "our"
                        )
                    })
        })
}

/// The number of the name of who asks, and where the question begins: `Q: Ada Pike, Vale Radio. Who pays?`
pub(super) fn asker(paragraph: &Paragraph) -> Option<(usize, usize)> {
    const LONGEST: usize = 6;
    let chunks = paragraph.chunks.get(1..)?;
    let name = chunks
        .iter()
        .position(|chunk| chunk.tokens.start >= PART_TOKENS)?;
    let What::Person(who) = chunks[name].what else {
        return None;
    };
    let rest = &chunks[name + 1..];
    let stop = rest
        .iter()
        .take(LONGEST)
        .position(|chunk| chunk.what == What::Stop)?;
    let is_outlet = rest[..stop]
        .iter()
        .all(|chunk| matches!(chunk.what, What::Noun(_) | What::Preposition | What::Comma));
    is_outlet.then(|| (who, rest[stop].tokens.start))
}
