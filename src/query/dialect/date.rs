//! Days as other services write them: `9/27/2018`, `27 sep 2018`, `20180927`, and ours.

use std::ops::Range;

use jiff::civil::Date;

use super::{Node, Part, Syntax};
use crate::query::ast::Query;
use crate::query::date::{Period, PeriodError, month};
use crate::query::error::{QueryError, quoted};
use crate::query::lexer::normalized;
use crate::schema;

/// How to write a day, for hints.
pub(super) const FORMS: &str =
    "write `2018`, `2018-09` or `2018-09-27`, or the month's name: `27 sep 2018`";

/// Whether a word may be a part of a day.
pub(super) fn is_part(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || month(word).is_some()
}

/// Whether a day ends with the word: a year, or all in one.
pub(super) fn is_last(word: &str) -> bool {
    let digits = word.trim_end_matches(['.', ',']);
    digits.len() >= 4 && digits.starts_with(|c: char| c.is_ascii_digit())
        || digits.contains(['/', '-'])
}

/// The number of `-30`, the day so many days before today.
fn n_days_ago(word: &str, syntax: Syntax) -> Option<&str> {
    let digits = word.strip_prefix('-').filter(|_| syntax == Syntax::Factiva);
    digits.filter(|digits| super::is_number(digits))
}

/// Reads a day, a month or a year from its words side by side.
///
/// # Errors
///
/// What is wrong with it, and a hint.
pub(super) fn read(text: &str, syntax: Syntax) -> Result<Period, (String, String)> {
    let none = || {
        (
            format!("{} is no day, month or year", quoted(text)),
            FORMS.to_string(),
        )
    };
    let plain = text.trim_end_matches(['.', ',']);
    if let Some(n_days) = n_days_ago(plain, syntax) {
        return n_days
            .parse()
            .ok()
            .and_then(Period::days_ago)
            .ok_or_else(none);
    }
    if plain.len() == 8 && super::is_number(plain) {
        let iso = format!("{}-{}-{}", &plain[..4], &plain[4..6], &plain[6..]);
        return iso
            .parse()
            .map_err(|error: PeriodError| (error.to_string(), FORMS.into()));
    }
    if let Some((first, last)) = plain.split_once('-')
        && first.len() == 8
        && last.len() == 8
    {
        let (first, last) = (read(first, syntax)?, read(last, syntax)?);
        if first.first > last.last {
            return Err((
                format!("{} ends before it begins", quoted(text)),
                "swap the days".to_string(),
            ));
        }
        return Ok(Period {
            first: first.first,
            last: last.last,
        });
    }
    if plain.contains('/') {
        let parts: Vec<&str> = plain.split('/').collect();
        return match parts.as_slice() {
            [month, year] => of(year, Some(month), None, syntax).ok_or_else(none),
            [first, second, year] => {
                let number = |part: &&str| part.parse::<i16>().ok().filter(|_| part.len() <= 2);
                let (Some(a), Some(b)) = (number(first), number(second)) else {
                    return Err(none());
                };
                let (month, day) = match (a <= 12, b <= 12) {
                    (true, true) if a != b => {
                        return Err((
                            format!(
                                "{} may be two days: the first number a month, or a day",
                                quoted(text)
                            ),
                            FORMS.to_string(),
                        ));
                    }
                    (true, _) => (first, second),
                    (false, _) => (second, first),
                };
                of(year, Some(month), Some(day), syntax).ok_or_else(none)
            }
            _ => Err(none()),
        };
    }
    let words: Vec<&str> = plain
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let named = |word: &str| month(word).map(|month| month.to_string());
    match words.as_slice() {
        [one] => one
            .parse()
            .map_err(|error: PeriodError| (error.to_string(), FORMS.into())),
        [name, year] => {
            let name = named(name).ok_or_else(none)?;
            of(year, Some(&name), None, syntax).ok_or_else(none)
        }
        [first, second, year] => {
            let (name, day) = match (named(first), named(second)) {
                (Some(name), None) => (name, second),
                (None, Some(name)) => (name, first),
                _ => return Err(none()),
            };
            of(year, Some(&name), Some(day), syntax).ok_or_else(none)
        }
        _ => Err(none()),
    }
}

fn of(year: &str, month: Option<&str>, day: Option<&str>, syntax: Syntax) -> Option<Period> {
    let year = match (syntax, year.len()) {
        // So Factiva's manual says.
        (Syntax::Factiva, 2) if super::is_number(year) => {
            let century = if year >= "60" { 19 } else { 20 };
            format!("{century}{year}")
        }
        _ => year.to_string(),
    };
    let parts = [Some(year.as_str()), month, day];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    parts.join("-").parse().ok()
}

/// The days of a comparison: `from` and `to`, both inclusive.
pub(super) fn compared(sign: &str, period: Period) -> Option<(Option<Date>, Option<Date>)> {
    Some(match sign {
        ">=" => (Some(period.first), None),
        "<=" => (None, Some(period.last)),
        ">" => (Some(period.last.tomorrow().ok()?), None),
        // Years before 0 cannot be written.
        "<" => {
            let day = period.first.yesterday().ok()?;
            (None, Some(Some(day).filter(|day| day.year() >= 0)?))
        }
        _ => (Some(period.first), Some(period.last)),
    })
}

impl super::Reader<'_> {
    /// Reads a day, a month or a year, which may be several words.
    pub(super) fn period(&mut self) -> Result<(Period, Range<usize>), QueryError> {
        let start = self.span_at(0).start;
        let is_ago = |word: String| n_days_ago(&normalized(&word), self.syntax).is_some();
        let mut n_words = usize::from(self.word_at(0).is_some_and(is_ago));
        let most = if n_words == 0 { 3 } else { 1 };
        while let Some(word) = self.word_at(n_words)
            && n_words < most
            && is_part(&word)
        {
            n_words += 1;
            if is_last(&word) {
                break;
            }
        }
        if n_words == 0 {
            let mut span = self.span_at(0);
            if span.is_empty() {
                span = self.since(self.span_at(0).start.saturating_sub(1));
            }
            let message = match self.word_at(0) {
                Some(word) => format!("{} is no day, month or year", quoted(&word)),
                None => "no day, month or year stands here".to_string(),
            };
            let is_relative = self
                .word_at(0)
                .is_some_and(|word| word.starts_with(['-', '+']));
            let hint = match is_relative {
                true => "days are not counted from today here: take `--after last-30-days`",
                false => FORMS,
            };
            return Err(QueryError::new(message, self.some_place(span)).hint(hint));
        }
        self.at += n_words;
        let span = self.since(start);
        let text = normalized(self.text(&span));
        match read(&text, self.syntax) {
            Ok(period) => Ok((period, span)),
            Err((message, hint)) => Err(QueryError::new(message, span).hint(hint)),
        }
    }

    /// The days that a comparison with one asks for.
    pub(super) fn dates(
        &self,
        sign: &str,
        period: Period,
        span: Range<usize>,
    ) -> Result<Part, QueryError> {
        let Some((from, to)) = compared(sign, period) else {
            return Err(QueryError::new("no day is before or after it", span));
        };
        self.published(from, to, span)
    }

    pub(super) fn published(
        &self,
        from: Option<Date>,
        to: Option<Date>,
        span: Range<usize>,
    ) -> Result<Part, QueryError> {
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let text = quoted(self.text(&span));
            return Err(
                QueryError::new(format!("the range {text} ends before it begins"), span)
                    .hint("swap its ends"),
            );
        }
        let field = schema::field("published").unwrap_or(super::default());
        Ok(Part {
            node: Node::Query(Query::Dates { field, from, to }),
            span,
        })
    }
}
