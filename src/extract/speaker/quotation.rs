//! Tokens of a paragraph to the stretches that stand in quotation marks. Of nested ones only the outer is told.

use std::ops::Range;

use crate::text::tokens::{Kind, Text};
use crate::text::vocabulary::Marks;
use crate::text::words::one_of;

/// A stretch in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The tokens with the marks.
    pub(super) tokens: Range<usize>,
    /// The tokens within the marks; may be empty.
    pub(super) inner: Range<usize>,
    /// Whether the words end with a question or exclamation mark, so that `she said` may follow without a comma.
    pub(super) calls: bool,
    /// Whether there is a mark at the end.
    pub(super) closed: bool,
}

/// How a mark may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Opens,
    Closes,
    Either,
}

/// How far the end of a quotation in single marks is looked for, in tokens.
const SINGLE_REACH: usize = 120;

/// Finds the quotations of a paragraph, in order; `within` tells whether the paragraph before ended inside one.
pub(super) fn quotations(text: &Text, within: bool) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    let mut open: Option<usize> = None;
    let mut token_idx = 0;
    if within
        && let Some(end) = first_double(text).filter(|&end| end > 0 && text.glued(end - 1))
        && double(text.word(end)) != Some(Mark::Opens)
    {
        out.push(Quotation {
            tokens: 0..end + 1,
            inner: 0..end,
            calls: one_of!(text.small(end - 1), "?" | "!"),
            closed: true,
        });
        token_idx = end + 1;
    }
    while let Some(quote_idx) = text.next_marked(token_idx, Marks::QUOTE) {
        token_idx = quote_idx;
        match (double(text.word(token_idx)), open) {
            (Some(mark), None) => {
                let stray =
                    mark == Mark::Closes || mark == Mark::Either && leans_left(text, token_idx);
                // A closing mark without an opening one: a slip for an opening mark if it stands at a word's head.
                if !stray || leans_right(text, token_idx) {
                    open = Some(token_idx);
                }
            }
            (Some(mark), Some(start)) => {
                let opens_anew = mark == Mark::Opens
                    || mark == Mark::Either
                        && leans_right(text, token_idx)
                        && after_stop(text, token_idx);
                if opens_anew && !text.glued(token_idx.wrapping_sub(1)) {
                    out.push(Quotation {
                        tokens: start..token_idx,
                        inner: start + 1..token_idx,
                        calls: false,
                        closed: false,
                    });
                    open = Some(token_idx);
                } else {
                    out.push(marked(text, start, token_idx));
                    open = None;
                }
            }
            (None, None) if opens_single(text, token_idx) => {
                if let Some(end) = single_end(text, token_idx) {
                    out.push(marked(text, token_idx, end));
                    token_idx = end;
                }
            }
            (None, _) => {}
        }
        token_idx += 1;
    }
    if let Some(start) = open {
        out.push(Quotation {
            tokens: start..text.tokens.len(),
            inner: start + 1..text.tokens.len(),
            calls: false,
            closed: false,
        });
    }
    out
}

/// Whether a paragraph ends inside a quotation.
pub(super) fn ends_within(text: &Text, quotations: &[Quotation]) -> bool {
    quotations
        .last()
        .is_some_and(|last| !last.closed && last.tokens.end == text.tokens.len())
}

fn first_double(text: &Text) -> Option<usize> {
    let marks = std::iter::successors(text.next_marked(0, Marks::QUOTE), |quote_idx| {
        text.next_marked(quote_idx + 1, Marks::QUOTE)
    });
    marks
        .into_iter()
        .find(|&quote_idx| double(text.word(quote_idx)).is_some())
}

/// Whether a quotation has double marks; single ones are often headings.
pub(super) fn is_double(text: &Text, quotation: &Quotation) -> bool {
    let marks = |token_idx: usize| double(text.word(token_idx)).is_some();
    marks(quotation.tokens.start) || marks(quotation.tokens.end - 1)
}

fn marked(text: &Text, start: usize, end: usize) -> Quotation {
    Quotation {
        tokens: start..end + 1,
        inner: start + 1..end,
        calls: end > start + 1 && one_of!(text.small(end - 1), "?" | "!"),
        closed: true,
    }
}

fn double(mark: &str) -> Option<Mark> {
    Some(match mark {
        "“" | "„" | "«" | "``" | "‘‘" => Mark::Opens,
        "”" | "»" | "’’" => Mark::Closes,
        "\"" | "''" | "‟" => Mark::Either,
        _ => return None,
    })
}

/// Whether a mark stands at the end of a word: nothing before it but the word, white space after it.
fn leans_left(text: &Text, token_idx: usize) -> bool {
    token_idx > 0 && text.glued(token_idx - 1) && !text.glued(token_idx)
}

/// Whether a mark stands at the head of a word.
fn leans_right(text: &Text, token_idx: usize) -> bool {
    !(token_idx > 0 && text.glued(token_idx - 1)) && text.glued(token_idx)
}

fn after_stop(text: &Text, token_idx: usize) -> bool {
    token_idx > 0 && one_of!(text.small(token_idx - 1), "." | "!" | "?" | ",")
}

fn opens_single(text: &Text, token_idx: usize) -> bool {
    matches!(text.word(token_idx), "‘" | "'" | "`" | "‚" | "‹") && leans_right(text, token_idx)
}

fn single_end(text: &Text, start: usize) -> Option<usize> {
    let end = text.tokens.len().min(start + SINGLE_REACH);
    (start + 2..end).find(|&token_idx| {
        text.tokens[token_idx].kind == Kind::Quote
            && matches!(text.word(token_idx), "’" | "'" | "›")
            && text.glued(token_idx - 1)
            && (!text.glued(token_idx) || text.tokens[token_idx + 1].kind != Kind::Word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let text = Text::new(source);
        let found: Vec<&str> = quotations(&text, false)
            .into_iter()
            .map(|quotation| {
                if quotation.inner.is_empty() {
                    ""
                } else {
                    text.words(quotation.inner)
                }
            })
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn all_shapes_of_marks() {
        check("“We act,” she said. “Soon.”", &["We act,", "Soon."]);
        check("\"We act,\" she said. \"Soon.\"", &["We act,", "Soon."]);
        check("``We act,'' she said.", &["We act,"]);
        check("''We act,'' she said. ''Soon.''", &["We act,", "Soon."]);
        check("‘We act,’ she said; the miners’ pay", &["We act,"]);
        check("'We act,' she said of the '80s", &["We act,"]);
        check("«We act», she said", &["We act"]);
    }

    #[test]
    fn nested_unclosed_and_stray_marks() {
        check(
            "“He said ‘never’ twice,” she said.",
            &["He said ‘never’ twice,"],
        );
        check("“We act. We must", &["We act. We must"]);
        check("We act.” She left.", &[]);
        check("\"We act, \" she said. \"Soon.\"", &["We act,", "Soon."]);
        check("the miners' pay and the clerks' pay", &[]);
        check("“", &[""]);
    }
}
