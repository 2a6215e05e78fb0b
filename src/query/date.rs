//! Dates as people write them in queries and flags: a year, a month or a day, or days back from today.

use std::fmt;
use std::str::FromStr;

use crate::text::months::MONTHS;
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
    #[error("{} may be two days: the first number a month, or a day", super::error::quoted(.0))]
    TwoDays(String),
}

/// How to write a period, for hints.
pub const FORMS: &str = "write `2018`, `2018-09`, `2018-09-27`, `yesterday` or `last-30-days`";

impl FromStr for Period {
    type Err = PeriodError;

    /// Reads a year of four digits, perhaps with month and day of one or two; any dash will do. Or a quarter or week of a year
    /// (`2018-Q1`, `2018-W39`), a day or month by its name (`27 September 2018`), in digits alone (`20180927`), with the year
    /// at the end where it can be but one day (`27.09.2018`). Or what is told from today (the day in UTC, as all dates are):
    /// `today`, `yesterday`, `this week`, `last month`, `last 30 days`, with spaces or dashes.
    fn from_str(text: &str) -> Result<Period, PeriodError> {
        if let Some(read) = named(text)
            .or_else(|| of_digits(text))
            .or_else(|| quarter_or_week(text))
        {
            return read;
        }
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

/// The number of a month by its name or the first letters of it.
pub(super) fn month(word: &str) -> Option<i16> {
    let word = word.trim_end_matches(['.', ',']).to_ascii_lowercase();
    let at = MONTHS
        .iter()
        .position(|name| word.len() >= 3 && name.starts_with(&word))?;
    i16::try_from(at + 1).ok()
}

/// Reads `27 September 2018`, `Sept. 27, 2018`, `September 2018`; none when it has no month's name.
fn named(text: &str) -> Option<Result<Period, PeriodError>> {
    let plain = super::lexer::plain_dashes(text);
    let words: Vec<&str> = plain
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | ','))
        .filter(|word| !word.is_empty())
        .collect();
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let (day, month, year) = match words.as_slice() {
        [name, year] => (None, month(name)?, *year),
        [day, name, year] if is_number(day) => (Some(*day), month(name)?, *year),
        [name, day, year] => (Some(*day), month(name)?, *year),
        _ => return None,
    };
    let day = day.map_or_else(String::new, |day| format!("-{day}"));
    Some(
        format!("{year}-{month}{day}")
            .parse()
            .map_err(|error| match error {
                PeriodError::Form(_) => PeriodError::Form(text.to_string()),
                error => error,
            }),
    )
}

/// Reads `20180927`, `2018/09/27`, `27.9.2018`, `9/27/2018`; none when it is nothing of the kind. That a number is a month or a
/// day has to be clear.
fn of_digits(text: &str) -> Option<Result<Period, PeriodError>> {
    let is_number =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() == 8 && is_number(&text) {
        return Some(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse());
    }
    let parts: Vec<&str> = text.split(['.', '/']).collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    if !parts.iter().all(is_number) {
        return None;
    }
    if first.len() == 4 {
        return Some(format!("{first}-{second}-{third}").parse());
    }
    let (a, b): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
    Some(match (a <= 12, b <= 12) {
        (true, true) if a != b => Err(PeriodError::TwoDays(text.to_string())),
        (true, _) => format!("{third}-{a}-{b}").parse(),
        (false, _) => format!("{third}-{b}-{a}").parse(),
    })
}

/// Reads `2018-Q1`, `Q1 2018`, `2018-W39`; none when it is nothing of the kind.
fn quarter_or_week(text: &str) -> Option<Result<Period, PeriodError>> {
    let plain = super::lexer::plain_dashes(text).to_ascii_lowercase();
    let at = plain.find(['q', 'w'])?;
    let (before, rest) = plain.split_at(at);
    let (kind, behind) = rest.split_at(1);
    let is_space = |c: char| c == '-' || c.is_whitespace();
    let n_digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    let (count, behind) = behind.split_at(n_digits);
    let year = match (
        before.trim_end_matches(is_space),
        behind.trim_start_matches(is_space),
    ) {
        (year, "") | ("", year) => number(Some(year), 4, 4)?,
        _ => return None,
    };
    let count = i8::try_from(number(Some(count), 1, 2)?).ok()?;
    let form = || PeriodError::Form(text.to_string());
    Some(match kind {
        "q" => quarter(year, count).ok_or_else(form),
        _ => jiff::civil::ISOWeekDate::new(year, count, jiff::civil::Weekday::Monday)
            .ok()
            .and_then(|monday| {
                let first = monday.date();
                let last = first.checked_add(6.days()).ok()?;
                Some(Period { first, last })
            })
            .ok_or_else(form),
    })
}

/// Three months of a year.
fn quarter(year: i16, number: i8) -> Option<Period> {
    let number = Some(number).filter(|number| (1..=4).contains(number))?;
    let first = Date::new(year, 3 * number - 2, 1).ok()?;
    let last = Date::new(year, 3 * number, 1).ok()?.last_of_month();
    Some(Period { first, last })
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
        } else if Some(*self) == quarter(year, (month + 2) / 3) {
            write!(f, "{year:04}-Q{}", (month + 2) / 3)
        } else if self.is_week() {
            let week = self.first.iso_week_date();
            write!(f, "{:04}-W{:02}", week.year(), week.week())
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

    /// From Monday to Sunday.
    fn is_week(self) -> bool {
        let is_monday = self.first.weekday().to_monday_zero_offset() == 0;
        is_monday
            && self
                .first
                .checked_add(6.days())
                .is_ok_and(|last| last == self.last)
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
        "quarter" => quarter(date.year(), (date.month() + 2) / 3),
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
            ("27/09/2018", "2018-09-27..2018-09-27 2018-09-27"),
            ("9/27/2018", "2018-09-27..2018-09-27 2018-09-27"),
            ("27.9.2018", "2018-09-27..2018-09-27 2018-09-27"),
            ("2018/09/07", "2018-09-07..2018-09-07 2018-09-07"),
            (
                "07.09.2018",
                "`07.09.2018` may be two days: the first number a month, or a day",
            ),
            ("27/19/2018", "there is no such month as `2018-19`"),
            ("20180927", "2018-09-27..2018-09-27 2018-09-27"),
            ("20181327", "there is no such month as `2018-13`"),
            ("27 September 2018", "2018-09-27..2018-09-27 2018-09-27"),
            ("Sept. 27, 2018", "2018-09-27..2018-09-27 2018-09-27"),
            ("27-Sep-2018", "2018-09-27..2018-09-27 2018-09-27"),
            ("September 2018", "2018-09-01..2018-09-30 2018-09"),
            ("Sep 18", "`Sep 18` is no day, month or year"),
            ("31 June 2018", "there is no such day as `2018-06-31`"),
            ("2018-Q1", "2018-01-01..2018-03-31 2018-Q1"),
            ("q4 2018", "2018-10-01..2018-12-31 2018-Q4"),
            ("2018Q5", "`2018Q5` is no day, month or year"),
            ("2018-W39", "2018-09-24..2018-09-30 2018-W39"),
            ("2018-w1", "2018-01-01..2018-01-07 2018-W01"),
            ("2018-W53", "`2018-W53` is no day, month or year"),
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
            ("this quarter", "2018-07-01..2018-09-30"),
            ("last-quarter", "2018-04-01..2018-06-30"),
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
