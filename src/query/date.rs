//! Dates as people write them in queries and flags: a year, a month or a day.

use std::str::FromStr;

use jiff::civil::Date;

/// A day, a month or a year, as its first and last day: `2018-09-27`, `2018-09`, `2018`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub first: Date,
    pub last: Date,
}

/// Why a text is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no year, month or day; write `2018`, `2018-09` or `2018-09-27`")]
pub struct PeriodError {
    pub text: String,
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Period, PeriodError> {
        let error = || PeriodError {
            text: text.to_string(),
        };
        let day: Date = text.parse().map_err(|_| error())?;
        Ok(Period {
            first: day,
            last: day,
        })
    }
}
