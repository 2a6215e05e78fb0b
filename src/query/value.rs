//! What stands behind `field:` for dates and numbers: one value, a comparison or a range.

use jiff::civil::Date;

use super::date::{FORMS, Period};
use super::error::quoted;
use super::lexer::is_space;

/// What is wrong with a value, and a hint.
pub(super) type Problem = (String, String);

/// Values that have an order.
pub(super) trait Ordered: Copy + Ord {
    /// How to write one, for hints.
    const FORMS: &'static str;

    /// Reads a value, or several side by side (the days of a month), as the first and the last.
    fn read(text: &str) -> Result<(Self, Self), String>;
    fn before(self) -> Option<Self>;
    fn after(self) -> Option<Self>;
}

impl Ordered for Date {
    const FORMS: &'static str = FORMS;

    fn read(text: &str) -> Result<(Date, Date), String> {
        let period: Period = text
            .parse()
            .map_err(|error: super::date::PeriodError| error.to_string())?;
        Ok((period.first, period.last))
    }

    fn before(self) -> Option<Date> {
        // Years before 0 cannot be written.
        self.yesterday().ok().filter(|day| day.year() >= 0)
    }

    fn after(self) -> Option<Date> {
        self.tomorrow().ok()
    }
}

impl Ordered for u64 {
    const FORMS: &'static str = "write `5`, `>=5` or `[0 TO 5]`";

    fn read(text: &str) -> Result<(u64, u64), String> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("{} is no whole number", quoted(text)));
        }
        let number = text
            .parse()
            .map_err(|_| format!("{} is too large a number", quoted(text)))?;
        Ok((number, number))
    }

    fn before(self) -> Option<u64> {
        self.checked_sub(1)
    }

    fn after(self) -> Option<u64> {
        self.checked_add(1)
    }
}

/// Both ends of what is asked for, inclusive; none where it is open.
pub(super) type Interval<T> = (Option<T>, Option<T>);

/// Reads `5`, `>=5`, `>5`, `<=5` or `<5`.
pub(super) fn comparison<T: Ordered>(text: &str) -> Result<Interval<T>, Problem> {
    let (sign, operand) = ["<=", ">=", "<", ">"]
        .into_iter()
        .find_map(|sign| Some((sign, text.strip_prefix(sign)?)))
        .unwrap_or(("", text));
    let operand = operand.trim_matches(is_space);
    if operand.is_empty() {
        let message = format!("no value stands after {}", quoted(text));
        return Err((message, T::FORMS.to_string()));
    }
    let (first, last) = read::<T>(operand)?;
    let nothing = || {
        let message = format!("nothing can be {}", quoted(text));
        (message, T::FORMS.to_string())
    };
    Ok(match sign {
        "<=" => (None, Some(last)),
        ">=" => (Some(first), None),
        "<" => (None, Some(first.before().ok_or_else(nothing)?)),
        ">" => (Some(last.after().ok_or_else(nothing)?), None),
        _ => (Some(first), Some(last)),
    })
}

/// Reads `[2018 TO 2019]`; `*` is an open end.
pub(super) fn range<T: Ordered>(text: &str) -> Result<Interval<T>, Problem> {
    let form = || "a range reads `[2018-01 TO 2018-09]`, and `*` is an open end".to_string();
    let Some(inside) = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
    else {
        let message = "a range has square brackets, and both ends belong to it".to_string();
        return Err((message, form()));
    };
    let mut parts = inside.split(is_space).filter(|part| !part.is_empty());
    let (Some(from), Some(to), Some(last), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err((format!("{} is no range", quoted(text)), form()));
    };
    if !to.eq_ignore_ascii_case("to") {
        return Err((format!("{} is no range", quoted(text)), form()));
    }
    let from = end(from)?.map(|(first, _)| first);
    let to = end(last)?.map(|(_, last)| last);
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        let message = format!("the range {} ends before it begins", quoted(text));
        return Err((message, "swap its ends".to_string()));
    }
    Ok((from, to))
}

fn end<T: Ordered>(text: &str) -> Result<Option<(T, T)>, Problem> {
    match text {
        "*" => Ok(None),
        _ => read(text).map(Some),
    }
}

fn read<T: Ordered>(text: &str) -> Result<(T, T), Problem> {
    T::read(text).map_err(|message| (message, T::FORMS.to_string()))
}
