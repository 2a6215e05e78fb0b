//! Search statements of Factiva.
//!
//! `adj`, `near`, `w/`, `/n5/` and `same` bind closest, from the left, then `atleast5` and fields, then `not`, `and`, `or`.
//! What stands side by side is next to each other.

use super::token::Kind;
use super::{Near, Node, Part, Reader, Row, Target, is_number, reach, target_of};
use crate::query::error::{QueryError, quoted};
use crate::query::passage::{Proximity, Reach};

/// The codes of fields.
static FIELDS: &[Row] = &[
    Row {
        names: &["hd", "hl"],
        target: Target::Words("title"),
    },
    Row {
        names: &["hlp"],
        target: Target::HeadOrLead,
    },
    Row {
        names: &["lp"],
        target: Target::Lead,
    },
    Row {
        names: &["tx", "txt"],
        target: Target::TEXT,
    },
    Row {
        names: &["by", "au"],
        target: Target::Words("byline"),
    },
    Row {
        names: &["la"],
        target: Target::Language,
    },
    Row {
        names: &["sn", "pub"],
        target: Target::Values("publisher"),
    },
    Row {
        names: &["re"],
        target: Target::Region,
    },
    Row {
        names: &["pd", "date"],
        target: Target::Date,
    },
    Row {
        names: &["td"],
        target: Target::None(
            "it is the text behind the lead, which is not told apart: take `tx=`, which has the lead, too",
        ),
    },
    Row {
        names: &["rst", "sc"],
        target: Target::None(
            "codes of sources are not ours: write the publisher's name, `sn=\"…\"`",
        ),
    },
    Row {
        names: &["ns", "in"],
        target: Target::None("codes of subjects and industries are not ours: take `--topic`"),
    },
    Row {
        names: &["co", "fds", "ric", "de"],
        target: Target::None(
            "codes of companies are not ours: take `--organization`, or write the name",
        ),
    },
    Row {
        names: &["pe"],
        target: Target::None("codes of persons are not ours: take `--person`, or write the name"),
    },
    Row {
        names: &["wc"],
        target: Target::None("leave it out: the length of articles is not kept"),
    },
    Row {
        names: &[
            "ld", "upd", "et", "an", "art", "clm", "ct", "cx", "cr", "ed", "pg", "rf", "se", "vol",
            "cy", "ipc", "ipd",
        ],
        target: Target::None("leave it out: articles have no such field here"),
    },
];

/// Whether a field is called so there.
pub(super) fn is_field(name: &str) -> bool {
    target_of(FIELDS, name).is_some()
}

/// Reads what `or` joins.
pub(super) fn any(reader: &mut Reader) -> Result<Part, QueryError> {
    let mut parts = vec![all(reader)?];
    while is(reader, "or") {
        reader.at += 1;
        parts.push(all(reader)?);
    }
    Ok(joined(parts, Node::Or))
}

/// Reads what `and` joins.
fn all(reader: &mut Reader) -> Result<Part, QueryError> {
    let mut parts = vec![except(reader)?];
    while is(reader, "and") {
        reader.at += 1;
        parts.push(except(reader)?);
    }
    Ok(joined(parts, Node::And))
}

/// Reads what `not` joins; `and not` is the same.
fn except(reader: &mut Reader) -> Result<Part, QueryError> {
    let mut parts = Vec::new();
    if !is(reader, "not") {
        parts.push(of_field(reader)?);
    }
    while is(reader, "not") {
        let start = reader.span_at(0).start;
        reader.at += 1;
        let part = of_field(reader)?;
        parts.push(Part {
            node: Node::Not(Box::new(part)),
            span: reader.since(start),
        });
    }
    Ok(joined(parts, Node::And))
}

fn joined(mut parts: Vec<Part>, join: impl Fn(Vec<Part>) -> Node) -> Part {
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let start = parts.first().map_or(0, |part| part.span.start);
    let end = parts.last().map_or(start, |part| part.span.end);
    Part {
        node: join(parts),
        span: start..end,
    }
}

fn is(reader: &Reader, operator: &str) -> bool {
    reader.word_at(0).is_some_and(|word| word == operator)
}

/// Reads `hd=…`, `atleast5 …`, `date from … to …`, or what has neither.
fn of_field(reader: &mut Reader) -> Result<Part, QueryError> {
    let span = reader.span_at(0);
    let Some(word) = reader.word_at(0) else {
        return near(reader);
    };
    if let Some(digits) = word
        .strip_prefix("atleast")
        .filter(|digits| is_number(digits))
    {
        let n_times = reader.n_times(digits, &span)?;
        reader.at += 1;
        let inside = near(reader)?;
        let passage = reader.side(inside, &span)?;
        return Ok(Part {
            node: Node::AtLeast(n_times, passage),
            span: reader.since(span.start),
        });
    }
    if word == "date" {
        reader.at += 1;
        if reader.kind_at(0) == Some(Kind::Compare) {
            reader.at += 1;
        }
        return dates(reader, span.start);
    }
    if let Some((name, _)) = word.split_once(':')
        && target_of(FIELDS, name).is_some()
    {
        let message = format!("{} is no field of a search statement", quoted(&word));
        return Err(QueryError::new(message, span).hint(format!("write `{name}=…`")));
    }
    if reader.kind_at(1) != Some(Kind::Compare) {
        return near(reader);
    }
    let sign = reader.text(&reader.span_at(1));
    match target_of(FIELDS, &word) {
        Some(Target::None(hint)) => Err(reader.refused(&word, span, hint)),
        Some(_) if sign != "=" => {
            let place = reader.span_at(1);
            let message = format!("{} has no meaning here", quoted(sign));
            let is_day = target_of(FIELDS, &word) == Some(Target::Date);
            let hint = match (is_day, sign.starts_with('>')) {
                (false, _) => format!("write `{word}=…`"),
                (true, true) => "write `date after 20180131`".to_string(),
                (true, false) => "write `date before 20180131`".to_string(),
            };
            Err(QueryError::new(message, place).hint(hint))
        }
        Some(Target::Date) => {
            reader.at += 2;
            dates(reader, span.start)
        }
        Some(target) => {
            reader.at += 2;
            let inside = near(reader)?;
            let query = reader.query(inside, target)?;
            Ok(Part {
                node: Node::Query(query),
                span: reader.since(span.start),
            })
        }
        None => {
            let message = format!("no field is called {}", quoted(&word));
            Err(QueryError::new(message, span).hint(
                "the fields are `hd`, `hl`, `hlp`, `lp`, `tx`, `by`, `la`, `sn`, `re`, `pd`, and `date from … to …`",
            ))
        }
    }
}

/// Reads what `near5` and its like join, or stands side by side.
fn near(reader: &mut Reader) -> Result<Part, QueryError> {
    let mut left = one(reader)?;
    loop {
        let span = reader.span_at(0);
        let proximity = match operator(reader)? {
            Some(proximity) => {
                reader.at += 1;
                proximity
            }
            None if starts_one(reader) || is_exactly_one(reader) || is_within_words(reader) => {
                Proximity {
                    reach: Reach::Words(1),
                    ordered: true,
                    negated: false,
                }
            }
            None => return Ok(left),
        };
        let right = one(reader)?;
        left = reader.near(left, Near { proximity, span }, right)?;
    }
}

/// Whether a phrase or parenthesis begins here.
fn starts_one(reader: &Reader) -> bool {
    match reader.kind_at(0) {
        Some(Kind::Open | Kind::Quoted) => true,
        Some(Kind::Word) => !is_end(reader),
        _ => false,
    }
}

/// Reads a phrase or a parenthesis.
fn one(reader: &mut Reader) -> Result<Part, QueryError> {
    match reader.kind_at(0) {
        Some(Kind::Open) => reader.group(any),
        Some(Kind::Quoted) => reader.phrase(is_end),
        Some(Kind::Word) if is_within_words(reader) => {
            let span = reader.span_at(0);
            let what = reader.text(&span);
            Err(reader.refused(what, span, "`lp=…` asks for the first two paragraphs"))
        }
        Some(Kind::Word) if is_exactly_one(reader) => {
            let message = "`%` stands for no word here";
            Err(QueryError::new(message, reader.span_at(0))
                .hint("`president w/2 clinton` lets one word at most stand between"))
        }
        Some(Kind::Word) if !is_end(reader) => reader.phrase(is_end),
        _ => Err(reader.missing()),
    }
}

fn is_exactly_one(reader: &Reader) -> bool {
    is(reader, "%")
}

/// Whether `/f50/` stands here.
fn is_within_words(reader: &Reader) -> bool {
    let word = reader.word_at(0).unwrap_or_default();
    let digits = word
        .strip_prefix("/f")
        .and_then(|word| word.strip_suffix('/'));
    digits.is_some_and(is_number)
}

fn is_end(reader: &Reader) -> bool {
    let word = reader.word_at(0).unwrap_or_default();
    let digits = word.strip_prefix("atleast");
    matches!(word.as_str(), "and" | "or" | "not" | "date" | "%")
        || !matches!(operator(reader), Ok(None))
        || reader.kind_at(1) == Some(Kind::Compare)
        || is_within_words(reader)
        || digits.is_some_and(is_number)
}

/// The operator of nearness that stands here.
fn operator(reader: &Reader) -> Result<Option<Proximity>, QueryError> {
    let Some(word) = reader.word_at(0) else {
        return Ok(None);
    };
    let near = |ordered: bool, digits: &str| -> Result<Option<Proximity>, QueryError> {
        let reach = match digits {
            // So the manual says of `adj`.
            "" => Reach::Words(1),
            _ if is_number(digits) => reach(digits, &reader.span_at(0))?,
            _ => return Ok(None),
        };
        Ok(Some(Proximity {
            reach,
            ordered,
            negated: false,
        }))
    };
    if word == "same" {
        return Ok(Some(Proximity {
            reach: Reach::Paragraph,
            ordered: false,
            negated: false,
        }));
    }
    if let Some(digits) = word.strip_prefix("adj") {
        return near(true, digits);
    }
    if let Some(digits) = word.strip_prefix("near") {
        return near(false, digits);
    }
    if let Some(digits) = word.strip_prefix("w/").filter(|digits| !digits.is_empty()) {
        return near(true, digits);
    }
    let between = word
        .strip_prefix("/n")
        .and_then(|word| word.strip_suffix('/'));
    match between.filter(|digits| !digits.is_empty()) {
        Some(digits) => near(false, digits),
        None => Ok(None),
    }
}

/// Reads `from 01/31/2018 to 12/31/2018`, `after 20180131`, `before 20180131`, `20180131`.
fn dates(reader: &mut Reader, start: usize) -> Result<Part, QueryError> {
    reader.count(&reader.span_at(0))?;
    let sign = match reader.word_at(0).as_deref() {
        Some("after") => ">",
        Some("before") => "<",
        Some("from") => {
            reader.at += 1;
            let (from, _) = reader.period()?;
            if !is(reader, "to") {
                let place = reader.some_place(reader.span_at(0));
                return Err(QueryError::new("`to` and a day are missing here", place)
                    .hint("a range reads `date from 20180101 to 20181231`"));
            }
            reader.at += 1;
            let (to, _) = reader.period()?;
            let span = reader.since(start);
            return reader.published(Some(from.first), Some(to.last), span);
        }
        _ => "=",
    };
    if sign != "=" {
        reader.at += 1;
    }
    let (period, _) = reader.period().map_err(|error| match sign {
        "=" => error
            .hint("a range reads `date from 20180101 to 20181231`; the word itself is `\"date\"`"),
        _ => error,
    })?;
    reader.dates(sign, period, reader.since(start))
}
