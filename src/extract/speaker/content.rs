//! A cue and its source to the words that they report: quotations beside them, or the clause that goes with the verb.

use std::ops::Range;

use super::chunks::{Chunk, Pronoun, What};
use super::lexicon::Takes;

/// Reported words: tokens, and whether they stand in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// The number of the quotation.
    Direct(usize),
    /// Tokens.
    Indirect(Range<usize>),
}

/// The words that belong to a cue, if there are any of the kind that the cue takes.
pub(super) fn content(
    chunks: &[Chunk],
    cue_idx: usize,
    members: &[usize],
    takes: Takes,
) -> Option<Vec<Content>> {
    let first = members
        .first()
        .map_or(cue_idx, |&member| member.min(cue_idx));
    let last = members
        .last()
        .map_or(cue_idx, |&member| member.max(cue_idx));
    let mut found = Vec::new();
    let before = phrase_start(chunks, first).checked_sub(1);
    let quote_before = before.and_then(|idx| match chunks[idx].what {
        What::Quote(quotation) => Some(quotation),
        What::Comma | What::Dash | What::Stop | What::Close => {
            match chunks.get(idx.wrapping_sub(1)).map(|chunk| chunk.what) {
                Some(What::Quote(quotation)) => Some(quotation),
                _ => None,
            }
        }
        _ => None,
    });
    let after_stop = before.is_some_and(|idx| chunks[idx].what == What::Stop);
    let rest = rest_of_sentence(chunks, last.max(cue_idx) + 1);
    let quotes_after: Vec<usize> = chunks[rest.clone()]
        .iter()
        .take_while(|chunk| !matches!(chunk.what, What::Verb(verb) if verb.cue == Some(Takes::Anything) && verb.finite()))
        .filter_map(|chunk| match chunk.what {
            What::Quote(quotation) => Some(quotation),
            _ => None,
        })
        .collect();
    let quote_next = quote_of_next_sentence(chunks, rest.end, cue_idx);
    if let Some(quotation) = quote_before
        && (!after_stop
            || quotes_after.is_empty()
                && !chunks[rest.clone()]
                    .iter()
                    .any(|chunk| matches!(chunk.what, What::Verb(_) | What::Colon)))
    {
        found.push(Content::Direct(quotation));
    }
    found.extend(
        quotes_after
            .iter()
            .map(|&quotation| Content::Direct(quotation)),
    );
    if found.is_empty()
        && let Some(quotation) = quote_next
    {
        found.push(Content::Direct(quotation));
    }
    let clause = is_clause(&chunks[rest.clone()]);
    let according = chunks[cue_idx].what == What::According;
    let trailing = before.is_some_and(|comma| trails(chunks, cue_idx, comma, &rest));
    match takes {
        Takes::Quotation if found.is_empty() => return None,
        Takes::Clause if found.is_empty() && !clause && !trailing => return None,
        Takes::Anything if found.is_empty() && !trailing && !according && rest.is_empty() => {
            return None;
        }
        _ => {}
    }
    if found.is_empty() {
        if clause || !trailing {
            if !rest.is_empty() {
                found.push(Content::Indirect(
                    chunks[rest.start].tokens.start..chunks[rest.end - 1].tokens.end,
                ));
            }
        } else if let Some(comma) = before {
            let start = sentence_start(chunks, comma);
            found.extend(
                chunks[start..comma]
                    .iter()
                    .filter_map(|chunk| match chunk.what {
                        What::Quote(quotation) => Some(Content::Direct(quotation)),
                        _ => None,
                    }),
            );
            if found.is_empty() && start < comma {
                found.push(Content::Indirect(
                    chunks[start].tokens.start..chunks[comma - 1].tokens.end,
                ));
            }
        }
    }
    Some(found)
}

/// Where a phrase begins with what stands before its name: `Smith & Co. (Securities) economist John Smith`.
fn phrase_start(chunks: &[Chunk], first: usize) -> usize {
    let Some(close) = first
        .checked_sub(1)
        .filter(|&idx| chunks[idx].what == What::Close)
    else {
        return first;
    };
    let Some(open) = chunks[..close]
        .iter()
        .rposition(|chunk| chunk.what == What::Open)
    else {
        return first;
    };
    match open.checked_sub(1).map(|idx| chunks[idx].what) {
        Some(What::Noun(_)) => open - 1,
        _ => open,
    }
}

/// Whether the clause before a comma is what is reported: `Prices will rise, he said on Monday`.
fn trails(chunks: &[Chunk], cue_idx: usize, comma: usize, rest: &Range<usize>) -> bool {
    let finite = |chunk: &Chunk| matches!(chunk.what, What::Verb(verb) if verb.finite());
    let bare = match chunks
        .get(rest.start)
        .filter(|_| !rest.is_empty())
        .map(|chunk| chunk.what)
    {
        None
        | Some(What::Time | What::Preposition | What::Comma | What::Subordinator | What::Dash) => {
            true
        }
        Some(What::Noun(_) | What::Person(_) | What::Pronoun(_)) => {
            matches!(chunks[cue_idx].what, What::Verb(verb) if verb.addresses)
        }
        _ => false,
    };
    bare && (finite(&chunks[cue_idx]) || chunks[cue_idx].what == What::According)
        && chunks[comma].what == What::Comma
        && !chunks[rest.clone()].iter().take(12).any(finite)
        && chunks[sentence_start(chunks, comma)..comma]
            .iter()
            .any(|chunk| finite(chunk) || matches!(chunk.what, What::Quote(_)))
}

/// The chunks up to the end of the sentence.
pub(super) fn rest_of_sentence(chunks: &[Chunk], start: usize) -> Range<usize> {
    let start = start.min(chunks.len());
    let length = chunks[start..]
        .iter()
        .take_while(|chunk| !matches!(chunk.what, What::Stop | What::Semicolon))
        .count();
    start..start + length
}

fn sentence_start(chunks: &[Chunk], idx: usize) -> usize {
    chunks[..idx]
        .iter()
        .rposition(|chunk| matches!(chunk.what, What::Stop | What::Semicolon))
        .map_or(0, |stop| stop + 1)
}

/// The quotation of `He was clear: "…"` and of `He put it so. "…"` when the sentence ends with a colon.
fn quote_of_next_sentence(chunks: &[Chunk], end: usize, cue_idx: usize) -> Option<usize> {
    if end == 0 || end <= cue_idx || !matches!(chunks[end - 1].what, What::Colon) {
        return None;
    }
    match chunks
        .get(end..)?
        .iter()
        .find(|chunk| chunk.what != What::Stop)?
        .what
    {
        What::Quote(quotation) => Some(quotation),
        _ => None,
    }
}

/// Whether what follows a cue is a clause, perhaps after times, places and the person addressed.
fn is_clause(rest: &[Chunk]) -> bool {
    let mut n_phrases = 0;
    let mut preposition = false;
    for (idx, chunk) in rest.iter().take(14).enumerate() {
        match chunk.what {
            What::That | What::Colon | What::Quote(_) => return true,
            What::Subordinator => return n_phrases <= 1,
            What::Person(_) | What::Noun(_) | What::Pronoun(_) => {
                let nominative = matches!(
                    chunk.what,
                    What::Pronoun(Pronoun::He | Pronoun::She | Pronoun::They)
                );
                if !preposition || nominative {
                    n_phrases += 1;
                }
                preposition = false;
            }
            What::Preposition => preposition = true,
            What::Verb(verb) => return verb.finite() && n_phrases > 0,
            What::And if matches!(rest.get(idx + 1).map(|next| next.what), Some(What::Verb(_))) => {
                return false;
            }
            What::Time | What::Open | What::Close | What::And | What::Comma => {}
            _ => return false,
        }
    }
    false
}
