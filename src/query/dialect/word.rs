//! Words of other languages, truncated ones among them, in the forms of the tree.

use std::ops::Range;

use super::Syntax;
use crate::limits::query::MAX_REGEX_BYTES;
use crate::query::error::{QueryError, quoted};
use crate::query::lexer::{citation_len, is_code, is_section_mark, normalized};
use crate::query::parser::{is_plain_char, word_regex};
use crate::query::passage::{Case, Form, Passage, Proximity, Reach, Word};
use crate::text::fold::fold;

/// A character of a truncated word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Letter(char),
    /// Any letter.
    One,
    /// So many letters at most.
    UpTo(u32),
    /// Any letters or none.
    Any,
}

/// Reads a word, or what stands between quotation marks, and adds its words. Marks that no word has part words.
pub(super) fn read(
    text: &str,
    syntax: Syntax,
    span: &Range<usize>,
    words: &mut Vec<Word>,
) -> Result<(), QueryError> {
    for typed in normalized(text).split(' ') {
        let number = typed.trim_start_matches(is_section_mark);
        // Of a code it says nothing: `19 U.S.C. § 1862`.
        let is_section =
            typed.starts_with('§') && !words.last().is_some_and(|word| is_code(&word.text));
        if is_section {
            plain("Section", form_of(syntax), words);
        }
        let typed = number;
        if is_truncated(typed, syntax) {
            truncated(typed, syntax, span, words)?;
        } else {
            plain(typed, form_of(syntax), words);
        }
    }
    Ok(())
}

fn form_of(syntax: Syntax) -> Form {
    match syntax {
        // There a word stands for itself: variants are asked for by truncation.
        Syntax::Factiva => Form::Exact,
        _ => Form::Stem,
    }
}

/// The words as one passage: a phrase, or what is next to each other where a phrase cannot have such words.
pub(super) fn passage(mut words: Vec<Word>) -> Option<Passage> {
    if words.len() == 1 {
        let word = words.remove(0);
        // The word alone before a parenthesis would be the operator.
        let is_operator =
            word.form == Form::Stem && word.text.to_ascii_lowercase().starts_with("atleast");
        return Some(match is_operator {
            true => Passage::Phrase(vec![word]),
            false => Passage::Word(word),
        });
    }
    let is_regex = |word: &Word| word.form == Form::Regex;
    let runs = words.chunk_by(|left, right| !is_regex(left) && !is_regex(right));
    let runs = runs.map(|run| match run {
        [word] => Passage::Word(word.clone()),
        _ => Passage::Phrase(run.to_vec()),
    });
    runs.reduce(|left, right| Passage::Near {
        left: Box::new(left),
        right: Box::new(right),
        proximity: Proximity {
            reach: Reach::Words(1),
            ordered: true,
            negated: false,
        },
    })
}

fn is_truncated(typed: &str, syntax: Syntax) -> bool {
    let typed = typed.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_mask(c, syntax));
    let has_letter = typed.contains(char::is_alphanumeric);
    // A price begins with that sign.
    let typed = typed.trim_start_matches('$');
    has_letter && typed.contains(|c| is_mask(c, syntax))
        || !has_letter && matches!(typed, "*" | "!" | "?")
}

fn is_mask(c: char, syntax: Syntax) -> bool {
    match syntax {
        Syntax::Factiva => matches!(c, '*' | '?' | '$'),
        _ => matches!(c, '*' | '!' | '?'),
    }
}

/// Adds the words of a text without truncation. The analysis of the index takes hyphens and such for what they are.
fn plain(typed: &str, form: Form, words: &mut Vec<Word>) {
    let chars: Vec<char> = typed.chars().collect();
    let is_word = |c: Option<&char>| c.is_some_and(|&c| is_plain_char(c) && c != '\'');
    let is_digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let mut word = String::new();
    let mut push = |word: &mut String| {
        let mut text = word
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .to_string();
        let kept = text.trim_end_matches(|c: char| c == '\'' || !is_plain_char(c) && c != ')');
        // `U.S.` keeps its last point.
        let is_abbreviation = kept.contains('.') && text[kept.len()..].starts_with('.');
        text.truncate(kept.len() + usize::from(is_abbreviation));
        if text.contains(char::is_alphanumeric) {
            words.push(Word {
                text,
                form,
                case: Case::Any,
            });
        }
        word.clear();
    };
    // Where a citation such as `(b)` ends that begins further left.
    let mut cited = 0;
    let mut at_byte = 0;
    for (at, &c) in chars.iter().enumerate() {
        if c == '(' && word.ends_with(|c: char| c.is_alphanumeric() || c == ')') {
            cited = citation_len(&typed[at_byte..]).map_or(0, |len| at_byte + len);
        }
        at_byte += c.len_utf8();
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let after = chars.get(at + 1);
        let is_kept = match c {
            _ if is_plain_char(c) => true,
            '.' => is_word(before),
            ',' | ':' => is_digit(before) && is_digit(after),
            '-' | '&' | '/' => is_word(before) && is_word(after),
            _ => at_byte <= cited,
        };
        if is_kept {
            word.push(c);
        } else {
            push(&mut word);
        }
    }
    push(&mut word);
}

/// Adds the words of a text with truncation; hyphens part them, because none of the index has one.
fn truncated(
    typed: &str,
    syntax: Syntax,
    span: &Range<usize>,
    words: &mut Vec<Word>,
) -> Result<(), QueryError> {
    let error = |message: String, hint: &str| QueryError::new(message, span.clone()).hint(hint);
    let parts = typed.split(|c: char| !is_plain_char(c) && !is_mask(c, syntax));
    for part in parts.filter(|part| !part.is_empty()) {
        if !part.contains(|c| is_mask(c, syntax)) {
            plain(part, form_of(syntax), words);
            continue;
        }
        let pieces = pieces(part, syntax).map_err(|(message, hint)| error(message, hint))?;
        // Accents are none: words are compared without them.
        let letters = pieces.iter().filter_map(|piece| match piece {
            Piece::Letter(c) => Some(*c),
            _ => None,
        });
        let letters = fold(&letters.collect::<String>());
        let n_letters = letters.chars().filter(|c| c.is_alphanumeric()).count();
        if !matches!(pieces.first(), Some(Piece::Letter(c)) if c.is_alphanumeric()) {
            return Err(error(
                format!("{} does not begin with a letter", quoted(part)),
                "write the first letters of the word",
            ));
        }
        if n_letters < 2 {
            return Err(error(
                format!("{} would find too many words", quoted(part)),
                "write at least two letters",
            ));
        }
        let (text, form) = pattern(&pieces);
        if form == Form::Regex && (text.len() > MAX_REGEX_BYTES || word_regex(&text).is_err()) {
            return Err(error(
                format!("{} is too long for a truncated word", quoted(part)),
                "write fewer letters",
            ));
        }
        words.push(Word {
            text,
            form,
            case: Case::Any,
        });
    }
    Ok(())
}

fn pieces(part: &str, syntax: Syntax) -> Result<Vec<Piece>, (String, &'static str)> {
    let chars: Vec<char> = part.chars().collect();
    let end = chars
        .iter()
        .rposition(|&c| c.is_alphanumeric())
        .map_or(0, |at| at + 1);
    let mut pieces = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        at += 1;
        pieces.push(match (syntax, c) {
            (Syntax::Factiva, '*') => Piece::Any,
            (Syntax::Factiva, '?') => Piece::One,
            (Syntax::Factiva, '$') => {
                let digit = chars.get(at).and_then(|c| c.to_digit(10));
                let Some(n_chars) = digit.filter(|&n_chars| n_chars > 0) else {
                    return Err((
                        "`$` wants a number behind it, from 1 to 9".to_string(),
                        "`engineer$3` takes three letters more at most, `engineer*` any",
                    ));
                };
                at += 1;
                if at < chars.len() {
                    return Err((
                        format!("`${n_chars}` must end a word"),
                        "`engineer$3` takes three letters more at most",
                    ));
                }
                Piece::UpTo(n_chars)
            }
            (_, '!') if at > end => Piece::Any,
            (_, '!') if at == 1 => {
                return Err((
                    "`!` must end a word".to_string(),
                    "`and not` leaves a word out",
                ));
            }
            (_, '!') => {
                return Err((
                    "`!` must end a word".to_string(),
                    "`*` stands for one letter within it",
                ));
            }
            (_, '*') if at > end => Piece::UpTo(1),
            (_, '*') => Piece::One,
            (_, '?') if at < end => Piece::One,
            (_, '?') => {
                return Err((
                    "`?` does not end a word".to_string(),
                    "`*` stands for one letter more at most, `!` for any",
                ));
            }
            _ => Piece::Letter(c),
        });
    }
    Ok(pieces)
}

/// A wildcard where it can say it, else a regular expression over the folded word.
fn pattern(pieces: &[Piece]) -> (String, Form) {
    let has_mark = pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Letter(c) if !c.is_alphanumeric()));
    let has_one = pieces.contains(&Piece::One);
    let has_limit = pieces.iter().any(|piece| matches!(piece, Piece::UpTo(_)));
    // There a `?` at the end is a question mark.
    let ends_in_one = pieces.last() == Some(&Piece::One);
    if !(has_limit || ends_in_one || has_one && has_mark) {
        let text = pieces.iter().map(|piece| match piece {
            Piece::Letter(c) => *c,
            Piece::One | Piece::UpTo(_) => '?',
            Piece::Any => '*',
        });
        return (text.collect(), Form::Wildcard);
    }
    let mut text = String::new();
    let mut n_more = 0;
    for piece in pieces {
        match piece {
            Piece::UpTo(n_chars) => n_more += n_chars,
            Piece::Letter(c) => text.push_str(&regex::escape(&fold(c.encode_utf8(&mut [0; 4])))),
            Piece::One => text.push('.'),
            Piece::Any => text.push_str(".*"),
        }
    }
    match n_more {
        0 => {}
        1 => text.push_str(".?"),
        _ => text.push_str(&format!(".{{0,{n_more}}}")),
    }
    (text, Form::Regex)
}
