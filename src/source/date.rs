//! Dates in the spellings of news and of its files. A broken one is no date, not an error.

use jiff::SignedDuration;
use jiff::civil::{self, Date};

use crate::article::Published;
use crate::text::months::MONTHS;

/// A day whose year may be left to the reader ("Sept. 26").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub year: Option<i16>,
    pub month: i8,
    pub day: i8,
}

impl Day {
    /// The date, in the given year where it states none itself.
    pub(super) fn date(self, year: Option<i16>) -> Option<Date> {
        Date::new(self.year.or(year)?, self.month, self.day).ok()
    }

    /// The date, in the year that brings it nearest to another where it states none itself: "Dec. 31" beside 2 January 2025
    /// is a day of 2024.
    pub(super) fn date_near(self, other: Date) -> Option<Date> {
        let years = other.year().saturating_sub(1)..=other.year().saturating_add(1);
        let dates = years.filter_map(|year| self.date(Some(year)));
        dates.min_by_key(|date| (*date - other).get_days().abs())
    }
}

/// The day of a story for which two are told, the better one first: a day whose year is told goes before one without.
pub(super) fn surest(first: Option<Day>, second: Option<Day>) -> Option<Day> {
    match (first, second) {
        (Some(first), Some(second)) if first.year.is_none() && second.year.is_some() => {
            Some(second)
        }
        (first, second) => first.or(second),
    }
}

/// Longer texts hold no date alone.
const MAX_BYTES: usize = 100;

/// The years that news may be of; others are numbers that look like years.
const YEARS: std::ops::Range<i16> = 1800..2200;

/// The months in other languages of news, where they are not as in English; those of one month in a row.
const OTHER_MONTHS: [&[&str]; 12] = [
    &[
        "janvier", "januar", "enero", "gennaio", "janeiro", "januari",
    ],
    &[
        "février",
        "fevrier",
        "februar",
        "febrero",
        "febbraio",
        "fevereiro",
        "februari",
    ],
    &["mars", "märz", "marzo", "março", "maart"],
    &["avril", "abril", "aprile"],
    &["mai", "mayo", "maggio", "maio", "mei"],
    &["juin", "juni", "junio", "giugno", "junho"],
    &["juillet", "juli", "julio", "luglio", "julho"],
    &["août", "aout", "agosto", "augustus"],
    &["septembre", "septiembre", "settembre", "setembro"],
    &["octobre", "oktober", "octubre", "ottobre", "outubro"],
    &["novembre", "noviembre", "novembro"],
    &[
        "décembre",
        "decembre",
        "dezember",
        "diciembre",
        "dicembre",
        "dezembro",
    ],
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Words around a date that say nothing about it.
const FILLERS: &[&str] = &[
    "at",
    "on",
    "of",
    "the",
    "date",
    "dated",
    "published",
    "posted",
    "updated",
    "release",
    "released",
    "th",
    "st",
    "nd",
    "rd",
    "hrs",
    "hours",
    "local",
    "time",
    "last",
    "modified",
    "publié",
    "le",
    "à",
    "er",
    "de",
    "del",
    "el",
    "publicado",
    "pubblicato",
    "il",
    "am",
    "um",
    "den",
    "uhr",
    "veröffentlicht",
];

/// Zones with one meaning, in minutes east of UTC.
const ZONES: &[(&str, i64)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("edt", -240),
    ("cdt", -300),
    ("mdt", -360),
    ("pdt", -420),
    ("pst", -480),
    ("mst", -420),
    ("est", -300),
    ("cet", 60),
    ("cest", 120),
    ("jst", 540),
    ("kst", 540),
    ("hkt", 480),
    ("sgt", 480),
];

/// Reads a date, with the time where its zone is stated; without one nobody knows which day it is in UTC. The day is the one
/// that is written, by which people cite: a time that is of another day in UTC is left out.
pub(super) fn parse(text: &str) -> Option<Published> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return None;
    }
    if let Ok(number) = text.parse::<i64>()
        && !text.starts_with('+')
    {
        return from_number(number, text.len());
    }
    let moment = Moment::read(text)?;
    let date = moment
        .day
        .date(None)
        .filter(|date| YEARS.contains(&date.year()))?;
    let (Some(second), Some(offset)) = (moment.second_of_day, moment.offset_minutes) else {
        return Some(Published::day(date));
    };
    let second = u32::try_from(second - offset * 60).ok();
    Some(Published {
        date,
        second_of_day: second.filter(|second| *second < 86_400),
    })
}

/// Reads a day alone, as in a place line; the year may be missing.
pub(super) fn parse_day(text: &str) -> Option<Day> {
    let text = text.trim();
    if text.is_empty() || text.len() > 40 {
        return None;
    }
    let moment = Moment::read(text)?;
    let year = moment.day.year.unwrap_or(2000);
    Date::new(year, moment.day.month, moment.day.day).ok()?;
    (moment.second_of_day.is_none() && YEARS.contains(&year)).then_some(moment.day)
}

/// Whether a word names a day of the week, in full or short.
pub(super) fn is_weekday(word: &str) -> bool {
    named(word, &WEEKDAYS).is_some()
}

/// Seconds, milliseconds or microseconds since 1970, or a day written as one number (`20180926`).
fn from_number(number: i64, n_digits: usize) -> Option<Published> {
    if n_digits == 8 {
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        let date = Date::new(year as i16, month as i8, day as i8).ok()?;
        return YEARS.contains(&date.year()).then(|| Published::day(date));
    }
    if n_digits == 14 && (18_000_101_000_000..22_000_101_000_000).contains(&number) {
        // 20180926140500
        return from_number(number / 1_000_000, 8);
    }
    let second = match number {
        ..10_000_000 => return None,
        10_000_000..100_000_000_000 => number,
        100_000_000_000..100_000_000_000_000 => number / 1_000,
        _ => number / 1_000_000,
    };
    let epoch = civil::date(1970, 1, 1).at(0, 0, 0, 0);
    let utc = epoch.checked_add(SignedDuration::from_secs(second)).ok()?;
    YEARS.contains(&utc.year()).then(|| at(utc))
}

fn at(utc: civil::DateTime) -> Published {
    let second =
        i64::from(utc.hour()) * 3600 + i64::from(utc.minute()) * 60 + i64::from(utc.second());
    Published {
        date: utc.date(),
        second_of_day: Some(second as u32),
    }
}

#[derive(Debug)]
struct Moment {
    day: Day,
    second_of_day: Option<i64>,
    offset_minutes: Option<i64>,
}

impl Moment {
    /// Reads all of `text`: a word or number that belongs to no date makes it none.
    fn read(text: &str) -> Option<Moment> {
        // Most of what is asked for are words without any number.
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut year = None;
        let mut month = None;
        let mut day = None;
        let mut second_of_day = None;
        let mut offset_minutes = None;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if first.is_ascii_digit() {
                if let Some((triple, after)) = numeric(rest) {
                    if month.is_some() || day.is_some() {
                        return None;
                    }
                    (year, month, day) = (triple.year, Some(triple.month), Some(triple.day));
                    // `2018-09-26T14:05`
                    rest = after
                        .strip_prefix(['T', 't'])
                        .filter(|after| after.starts_with(|c: char| c.is_ascii_digit()))
                        .unwrap_or(after);
                    continue;
                }
                // British papers write `09.12`, behind the date.
                let may_be_dotted = year.is_some() && day.is_some();
                if let Some((second, after)) = clock(rest, may_be_dotted) {
                    if second_of_day.replace(second).is_some() {
                        return None;
                    }
                    rest = after;
                    if let Some((offset, after)) = numeric_offset(rest) {
                        offset_minutes = Some(offset);
                        rest = after;
                    }
                    continue;
                }
                let length = rest.bytes().take_while(u8::is_ascii_digit).count();
                let number: i16 = rest[..length].parse().ok()?;
                match length {
                    1 | 2 if day.is_none() => day = Some(number as i8),
                    // `26-SEP-18`
                    2 if year.is_none() && month.is_some() => {
                        year = Some(number + if number < 70 { 2000 } else { 1900 });
                    }
                    4 if year.is_none() => year = Some(number),
                    _ => return None,
                }
                rest = &rest[length..];
            } else if first.is_alphabetic() {
                let length = rest
                    .find(|c: char| !c.is_alphabetic())
                    .unwrap_or(rest.len());
                let word = &rest[..length];
                let is_one_of = |names: &[&str]| names.iter().any(|name| is(word, name));
                if month.is_none()
                    && let Some(number) = named_month(word)
                {
                    month = Some(number as i8 + 1);
                } else if let Some(second) =
                    second_of_day.filter(|_| is_one_of(&["am", "pm", "a", "p"]))
                {
                    let hour = second / 3600;
                    match (word.starts_with(['p', 'P']), hour) {
                        (true, 1..12) => second_of_day = Some(second + 12 * 3600),
                        (false, 12) => second_of_day = Some(second - 12 * 3600),
                        _ => {}
                    }
                } else if let (Some(_), Some((_, offset))) =
                    (second_of_day, ZONES.iter().find(|(zone, _)| is(word, zone)))
                {
                    offset_minutes = Some(*offset);
                } else if !(named(word, &WEEKDAYS).is_some()
                    || is_one_of(FILLERS)
                    // "2 p.m.", or a zone that we do not know: the day stays.
                    || second_of_day.is_some() && length <= 5)
                {
                    return None;
                }
                rest = &rest[length..];
            } else if let (Some((offset, after)), Some(_)) = (numeric_offset(rest), second_of_day) {
                offset_minutes = Some(offset);
                rest = after;
            } else if matches!(first, ' ' | ',' | '.' | '-' | '|' | '(' | ')' | ':' | '/') {
                rest = &rest[1..];
            } else {
                return None;
            }
        }
        Some(Moment {
            day: Day {
                year,
                month: month?,
                day: day?,
            },
            second_of_day,
            offset_minutes,
        })
    }
}

struct Triple {
    year: Option<i16>,
    month: i8,
    day: i8,
}

/// `2018-09-26`, `2018/9/26`, `26.09.2018`, `09/26/2018`; not `5/6/2018`, of which only its writer knows the month.
fn numeric(text: &str) -> Option<(Triple, &str)> {
    let (first, rest) = digits(text)?;
    let separator = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, rest) = digits(&rest[1..])?;
    let (third, rest) = digits(rest.strip_prefix(separator)?)?;
    if rest.starts_with(|c: char| c.is_ascii_digit() || c == separator) {
        return None;
    }
    let (year, month, day) = match (first, second, third) {
        ((year, 4), (month, 1 | 2), (day, 1 | 2)) => (year, month, day),
        ((day, 1 | 2), (month, 1 | 2), (year, 4))
            if day > 12 || separator == '.' && month <= 12 || day == month =>
        {
            (year, month, day)
        }
        ((month, 1 | 2), (day, 1 | 2), (year, 4)) if day > 12 => (year, month, day),
        _ => return None,
    };
    let date = Triple {
        year: Some(year),
        month: i8::try_from(month).ok()?,
        day: i8::try_from(day).ok()?,
    };
    Some((date, rest))
}

/// A short number, how many digits it has, and what follows it.
fn digits(text: &str) -> Option<((i16, usize), &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..length].parse().ok().filter(|_| length <= 4)?;
    Some(((number, length), &text[length..]))
}

/// `14:05`, `14:05:33`, `14:05:33.25`, `14.05`: seconds since midnight.
fn clock(text: &str, may_be_dotted: bool) -> Option<(i64, &str)> {
    let part = |text: &'_ str, limit: i64| -> Option<(i64, usize)> {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = text[..length].parse().ok().filter(|_| length <= 2)?;
        (number < limit).then_some((number, length))
    };
    let (hour, length) = part(text, 24)?;
    let after = &text[length..];
    let is_dotted = may_be_dotted && after.starts_with('.');
    let rest = after.strip_prefix([':', 'h']);
    let rest = rest.or_else(|| after.strip_prefix('.').filter(|_| is_dotted))?;
    let (minute, length) = part(rest, 60)?;
    if is_dotted && length < 2 {
        return None;
    }
    let mut rest = &rest[length..];
    let mut second = 0;
    if let Some(after) = rest.strip_prefix(':') {
        // A leap second counts as the one before.
        let (number, length) = part(after, 61)?;
        second = number.min(59);
        rest = &after[length..];
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    Some((hour * 3600 + minute * 60 + second, rest))
}

/// `+09:00`, `-0500`, `+9`: minutes east of UTC.
fn numeric_offset(text: &str) -> Option<(i64, &str)> {
    let text = text.trim_start_matches(' ');
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let rest = text.trim_start_matches(['+', '-', '−']);
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number: i64 = rest[..length].parse().ok()?;
    let (minutes, rest) = match length {
        4 => (number / 100 * 60 + number % 100, &rest[4..]),
        1 | 2 => match rest[length..].strip_prefix(':') {
            Some(after) if after.len() >= 2 && after.is_char_boundary(2) => (
                number * 60 + after[..2].parse::<u8>().ok().map(i64::from)?,
                &after[2..],
            ),
            _ => (number * 60, &rest[length..]),
        },
        _ => return None,
    };
    (minutes <= 15 * 60).then_some((sign * minutes, rest))
}

/// The place of a month in the year.
fn named_month(word: &str) -> Option<usize> {
    let other = |names: &[&str]| names.iter().any(|name| is(word, name));
    named(word, &MONTHS).or_else(|| OTHER_MONTHS.iter().position(|names| other(names)))
}

/// Whether a word is that name, in whatever case.
fn is(word: &str, name: &str) -> bool {
    word.eq_ignore_ascii_case(name)
}

/// The place of a word in a list of names, which may be cut short ("sept", "wed").
fn named(word: &str, names: &[&str]) -> Option<usize> {
    (word.len() >= 3).then_some(())?;
    let short_enough = |name: &str| word.len() <= 5 || word.len() == name.len();
    let begins = |name: &str| {
        let start = name.as_bytes().get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    };
    names
        .iter()
        .position(|name| begins(name) && short_enough(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_a_day() {
        for text in [
            "2018-09-26",
            "2018/9/26",
            "20180926",
            "20180926140500",
            "26.09.2018",
            "09/26/2018",
            "26/09/2018",
            "Sept. 26, 2018",
            "Sep 26 2018",
            "September 26, 2018",
            "26 September 2018",
            "26-SEP-2018",
            "26-SEP-18",
            "Wednesday, September 26th, 2018",
            "Wed 26 Sep 2018",
            "the 26th of September 2018",
            "Published: 26 Sept 2018",
            "2018-09-26 14:05:00",
            "2018-09-26T14:05",
            "09.26.2018",
            "Publié le 26 septembre 2018 à 11h42",
            "26. September 2018 um 14:05 Uhr",
            "26 de septiembre de 2018",
            "le 26 sept. 2018",
            "Sept. 26, 2018 at 2:05 p.m. XYZ",
        ] {
            let published = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(published.to_string(), "2018-09-26", "{text}");
        }
    }

    #[test]
    fn times_with_a_zone_are_in_utc() {
        for (text, instant) in [
            ("2018-09-26T14:05:00Z", "2018-09-26T14:05:00Z"),
            ("2018-09-26T14:05:00.123+09:00", "2018-09-26T05:05:00Z"),
            ("2018-09-26T22:05:00-05:00", "2018-09-26"),
            ("2018-09-26T00:30:00+03:00", "2018-09-26"),
            ("Tuesday 14 January 2025 09.12 GMT", "2025-01-14T09:12:00Z"),
            ("2018-09-26 14:05:00 UTC", "2018-09-26T14:05:00Z"),
            ("2018-09-26 14:05:00 +0000", "2018-09-26T14:05:00Z"),
            ("Wed, 26 Sep 2018 14:05:00 +0900", "2018-09-26T05:05:00Z"),
            ("Wed, 26 Sep 2018 14:05:00 GMT", "2018-09-26T14:05:00Z"),
            ("Sept. 26, 2018, 2:05 pm EDT", "2018-09-26T18:05:00Z"),
            ("1537970700", "2018-09-26T14:05:00Z"),
            ("1537970700000", "2018-09-26T14:05:00Z"),
        ] {
            let published = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(published.to_string(), instant, "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "605:12:19",
            "5/6/2018",
            "2018",
            "2018-13-01",
            "2018-02-30",
            "Sept. 26",
            "26",
            "May",
            "yesterday",
            "-5",
            "99999999",
            "March against tariffs 2018 3",
            "2018-09-26-1",
            "1.2.3.4",
            "٢٠١٨",
            "1e9",
            "2018-09-26é",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_may_lack_the_year() {
        let day = |text: &str| parse_day(text).map(|day| (day.year, day.month, day.day));
        assert_eq!(day("Sept. 26"), Some((None, 9, 26)));
        assert_eq!(day("March 8"), Some((None, 3, 8)));
        assert_eq!(day("8 March"), Some((None, 3, 8)));
        assert_eq!(day("Dec. 10, 2019"), Some((Some(2019), 12, 10)));
        assert_eq!(day("Feb 29"), Some((None, 2, 29)));
        assert_eq!(day("1996-08-22"), Some((Some(1996), 8, 22)));
        assert_eq!(day("March"), None);
        assert_eq!(day("Mark 8"), None);
        assert_eq!(day("Sept. 31"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_none(text in "[ -~é]{0,40}", digits in "[0-9:./TZ+ -]{0,30}") {
            let _ = (parse(&text), parse(&digits), parse_day(&text), parse_day(&digits));
        }
    }
}
