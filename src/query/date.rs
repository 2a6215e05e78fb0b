//! Dates as people write them in queries and flags: a year, a month or a day, or days back from today.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// A time as its first and last day: a day, a month or a year (`2018-09-27`, `2018-09`, `2018`), or one that depends on the
/// day it is read on (`yesterday`, `last month`, `last 30 days`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub first: Date,
    pub last: Date,
}

/// Why a text is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    #[error("{} is no day, month or year", super::error::quoted(.0))]
    Form(String),
    #[error("there is no such month as `{0:04}-{1:02}`")]
    Month(i16, i8),
    #[error("there is no such day as `{0:04}-{1:02}-{2:02}`")]
    Day(i16, i8, i8),
}

/// How to write a period, for hints.
pub const FORMS: &str = "write `2018`, `2018-09`, `2018-09-27`, `yesterday` or `last-30-days`";

impl FromStr for Period {
    type Err = PeriodError;

    /// Reads a year of four digits, perhaps with month and day of one or two; any dash will do. Or what is told from today
    /// (the day in UTC, as all dates are): `today`, `yesterday`, `this week`, `last month`, `last 30 days`, with spaces or dashes.
    fn from_str(text: &str) -> Result<Period, PeriodError> {
        if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let period = relative(text, today());
            return period.ok_or_else(|| PeriodError::Form(text.to_string()));
        }
        let form = || PeriodError::Form(text.to_string());
        let plain = super::lexer::plain_dashes(text);
        let mut parts = plain.split('-');
        let year = number(parts.next(), 4, 4).ok_or_else(form)?;
        let part = |part: Option<&str>| match part {
            Some(_) => number(part, 1, 2).map(Some).ok_or_else(form),
            None => Ok(None),
        };
        let (month, day) = (part(parts.next())?, part(parts.next())?);
        if parts.next().is_some() {
            return Err(form());
        }
        // Four and two digits fit.
        let month = month.map(|month| month as i8);
        let first_of = |month| Date::new(year, month, 1);
        match (month, day) {
            (None, _) => {
                let first = first_of(1).map_err(|_| form())?;
                Ok(Period {
                    first,
                    last: first.last_of_year(),
                })
            }
            (Some(month), None) => {
                let first = first_of(month).map_err(|_| PeriodError::Month(year, month))?;
                Ok(Period {
                    first,
                    last: first.last_of_month(),
                })
            }
            (Some(month), Some(day)) => {
                first_of(month).map_err(|_| PeriodError::Month(year, month))?;
                let day = Date::new(year, month, day as i8)
                    .map_err(|_| PeriodError::Day(year, month, day as i8))?;
                Ok(Period {
                    first: day,
                    last: day,
                })
            }
        }
    }
}

fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}

/// The shortest form that reads back the same.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        if *self == Period::year_of(self.first) {
            write!(f, "{year:04}")
        } else if *self == Period::month_of(self.first) {
            write!(f, "{year:04}-{month:02}")
        } else {
            write!(f, "{}", self.first)
        }
    }
}

impl Period {
    /// The day, month or year that begins and ends with those days, if one does.
    pub(super) fn spanning(first: Date, last: Date) -> Option<Period> {
        let period = Period { first, last };
        let whole =
            first == last || period == Period::month_of(first) || period == Period::year_of(first);
        whole.then_some(period)
    }

    /// The day so many days before today (the day in UTC), at most [`MOST_UNITS`].
    pub(super) fn days_ago(n_days: i32) -> Option<Period> {
        let n_days = Some(n_days).filter(|n_days| (0..=MOST_UNITS).contains(n_days))?;
        let day = today().checked_sub(n_days.days()).ok()?;
        Some(Period {
            first: day,
            last: day,
        })
    }

    fn month_of(day: Date) -> Period {
        Period {
            first: day.first_of_month(),
            last: day.last_of_month(),
        }
    }

    fn year_of(day: Date) -> Period {
        Period {
            first: day.first_of_year(),
            last: day.last_of_year(),
        }
    }
}

/// The most units that can be gone back.
const MOST_UNITS: i32 = 10_000;

/// Reads a time that is told from a day: whole weeks (from Monday), months and years, or so many of them up to that day.
fn relative(text: &str, today: Date) -> Option<Period> {
    let plain = super::lexer::plain_dashes(text).to_ascii_lowercase();
    let words: Vec<&str> = plain
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let day = |date: Date| Period {
        first: date,
        last: date,
    };
    // The week, month or year that a day is in.
    let around = |unit: &str, date: Date| match unit {
        "week" => {
            let n_before = date.weekday().to_monday_zero_offset();
            let first = date.checked_sub(i64::from(n_before).days()).ok()?;
            let last = first.checked_add(6.days()).ok()?;
            Some(Period { first, last })
        }
        "month" => Some(Period::month_of(date)),
        "year" => Some(Period::year_of(date)),
        _ => None,
    };
    match words.as_slice() {
        ["today"] => Some(day(today)),
        ["yesterday"] => today.yesterday().ok().map(day),
        ["this", unit] => around(unit, today),
        ["last", unit] => around(unit, around(unit, today)?.first.yesterday().ok()?),
        ["last", number, unit] => {
            let n_units = number.parse::<i32>().ok();
            let n_units = n_units.filter(|n_units| (1..=MOST_UNITS).contains(n_units))?;
            let back = match unit.trim_end_matches('s') {
                "day" => n_units.days(),
                "week" => n_units.weeks(),
                "month" => n_units.months(),
                "year" => n_units.years(),
                _ => return None,
            };
            let before = today.checked_sub(back).ok()?;
            let first = before.tomorrow().ok()?;
            // Years before 0 cannot be written.
            (first.year() >= 0).then_some(Period { first, last: today })
        }
        _ => None,
    }
}

fn number(digits: Option<&str>, min_len: usize, max_len: usize) -> Option<i16> {
    let digits = digits?;
    let fits = (min_len..=max_len).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_months_and_days() {
        let read = |text: &str| match text.parse::<Period>() {
            Ok(period) => format!("{}..{} {period}", period.first, period.last),
            Err(error) => error.to_string(),
        };
        for (text, expected) in [
            ("2018", "2018-01-01..2018-12-31 2018"),
            ("2018-09", "2018-09-01..2018-09-30 2018-09"),
            ("2018-9", "2018-09-01..2018-09-30 2018-09"),
            ("2016-02", "2016-02-01..2016-02-29 2016-02"),
            ("2018-09-27", "2018-09-27..2018-09-27 2018-09-27"),
            ("2018–09–7", "2018-09-07..2018-09-07 2018-09-07"),
            ("2018-13", "there is no such month as `2018-13`"),
            ("2018-13-01", "there is no such month as `2018-13`"),
            ("2018-02-30", "there is no such day as `2018-02-30`"),
            ("2018-09-00", "there is no such day as `2018-09-00`"),
            ("", "`` is no day, month or year"),
            ("18", "`18` is no day, month or year"),
            ("2018-", "`2018-` is no day, month or year"),
            ("2018-009", "`2018-009` is no day, month or year"),
            ("+018", "`+018` is no day, month or year"),
            ("27/09/2018", "`27/09/2018` is no day, month or year"),
            ("2018-09-27-1", "`2018-09-27-1` is no day, month or year"),
            ("２０１８", "`２０１８` is no day, month or year"),
            ("soon", "`soon` is no day, month or year"),
        ] {
            assert_eq!(read(text), expected);
        }
    }

    #[test]
    fn times_are_told_from_a_day() {
        let today = jiff::civil::date(2018, 9, 27);
        let read = |text: &str| match relative(text, today) {
            Some(period) => format!("{}..{}", period.first, period.last),
            None => "none".to_string(),
        };
        for (text, expected) in [
            ("today", "2018-09-27..2018-09-27"),
            ("Yesterday", "2018-09-26..2018-09-26"),
            ("this week", "2018-09-24..2018-09-30"),
            ("last week", "2018-09-17..2018-09-23"),
            ("this-month", "2018-09-01..2018-09-30"),
            ("last month", "2018-08-01..2018-08-31"),
            ("last_year", "2017-01-01..2017-12-31"),
            ("last 1 day", "2018-09-27..2018-09-27"),
            ("last 30 days", "2018-08-29..2018-09-27"),
            ("last–2–weeks", "2018-09-14..2018-09-27"),
            ("last 12 months", "2017-09-28..2018-09-27"),
            ("last 10000 years", "none"),
            ("last 0 days", "none"),
            ("last -1 days", "2018-09-27..2018-09-27"),
            ("last 99999999999 days", "none"),
            ("next week", "none"),
            ("last fortnight", "none"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
