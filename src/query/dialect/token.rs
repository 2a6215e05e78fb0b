//! Texts in other languages to tokens with their places.

use std::ops::Range;

use super::Syntax;
use crate::query::error::QueryError;
use crate::query::lexer::{citation_len, is_quotation_mark, is_space};

#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// In bytes of the text.
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    /// Quotation marks and what stands between them.
    Quoted,
    /// `=`, `<`, `>=`
    Compare,
    Word,
}

/// Cuts a text into tokens.
pub(super) fn tokens(source: &str, syntax: Syntax) -> Result<Vec<Token>, QueryError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let (kind, len) = match c {
            _ if is_space(c) => {
                at += c.len_utf8();
                continue;
            }
            '(' => (Kind::Open, 1),
            ')' => (Kind::Close, 1),
            '[' if syntax == Syntax::Factiva => (Kind::Open, 1),
            ']' if syntax == Syntax::Factiva => (Kind::Close, 1),
            '[' | ']' | '{' | '}' => {
                let message = format!("`{c}` has no meaning in this language");
                return Err(QueryError::new(message, at..at + 1).hint("write parentheses"));
            }
            '=' => (Kind::Compare, 1),
            '<' | '>' => (
                Kind::Compare,
                if rest[1..].starts_with('=') { 2 } else { 1 },
            ),
            _ if is_quotation_mark(c) => {
                let inside = &rest[c.len_utf8()..];
                let Some((end, close)) = inside.char_indices().find(|&(_, c)| is_quotation_mark(c))
                else {
                    let span = at..at + c.len_utf8();
                    return Err(QueryError::new("this quotation mark is not closed", span)
                        .hint("close it behind the last word of the phrase, or leave it out"));
                };
                (Kind::Quoted, c.len_utf8() + end + close.len_utf8())
            }
            _ => (Kind::Word, word_len(rest, syntax)),
        };
        tokens.push(Token {
            kind,
            span: at..at + len,
        });
        at += len;
    }
    Ok(tokens)
}

/// Where a text stops being one word.
fn word_len(text: &str, syntax: Syntax) -> usize {
    if syntax == Syntax::Factiva
        && let Some(len) = between_slashes(text)
    {
        return len;
    }
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        match c {
            // Laws are cited as `301(b)` and `XX(g)`; other words before a parenthesis are operators and fields.
            '(' if is_cited(&text[..at]) => match citation_len(rest) {
                Some(len) => at += len,
                None => break,
            },
            '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '=' => break,
            _ if is_space(c) || is_quotation_mark(c) => break,
            '/' if at > 0 && syntax == Syntax::Factiva && between_slashes(rest).is_some() => break,
            _ => at += c.len_utf8(),
        }
    }
    at
}

fn is_cited(word: &str) -> bool {
    word.ends_with(')')
        || word.starts_with(|c: char| c.is_ascii_digit())
        || !word.is_empty()
            && word
                .chars()
                .all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

/// The length of `/n30/` or `/f50/` at the head of a text.
fn between_slashes(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('/')?;
    let digits = inside.strip_prefix(['n', 'N', 'f', 'F'])?;
    let n_digits = digits.bytes().take_while(u8::is_ascii_digit).count();
    (n_digits > 0 && digits[n_digits..].starts_with('/')).then_some(n_digits + 3)
}
