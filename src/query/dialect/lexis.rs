//! Terms and connectors, as Lexis and Nexis read them.
//!
//! `or` binds closest, then the connectors of nearness, of those the smallest number first and equal ones from the left, then
//! `w/s`, `w/p`, `w/seg`, then `and`, then `and not`. Words side by side are a phrase.

use std::ops::Range;

use super::token::Kind;
use super::{Near, Node, Part, Reader, Row, Target, date, in_case, is_number, reach, target_of};
use crate::query::error::{QueryError, quoted};
use crate::query::passage::{Case, Form, Passage, Proximity, Reach};

/// The segments of news.
static SEGMENTS: &[Row] = &[
    Row {
        names: &["headline", "title", "hl", "ti"],
        target: Target::Words("title"),
    },
    Row {
        names: &["hlead"],
        target: Target::HeadOrLead,
    },
    Row {
        names: &["lead"],
        target: Target::Lead,
    },
    Row {
        names: &["text", "body", "main"],
        target: Target::TEXT,
    },
    Row {
        names: &["byline", "author"],
        target: Target::Words("byline"),
    },
    Row {
        names: &["publication", "pub", "source"],
        target: Target::Values("publisher"),
    },
    Row {
        names: &["language"],
        target: Target::Language,
    },
    Row {
        names: &["geographic", "country"],
        target: Target::Values("country"),
    },
    Row {
        names: &["person"],
        target: Target::Values("person"),
    },
    Row {
        names: &["organization", "company"],
        target: Target::Values("organization"),
    },
    Row {
        names: &["date", "pub-date", "da"],
        target: Target::Date,
    },
    Row {
        names: &["length"],
        target: Target::None("leave it out: the length of articles is not kept"),
    },
    Row {
        names: &["subject", "su", "term", "terms", "industry"],
        target: Target::None(
            "the terms of that index are not ours: take `--topic`, and `topic` of `tradewire facets` for its values",
        ),
    },
    Row {
        names: &[
            "city",
            "state",
            "section",
            "edition",
            "dateline",
            "ticker",
            "type",
            "publication-type",
            "graphic",
            "highlight",
            "correction",
            "copyright",
            "load-date",
            "notes",
            "series",
            "column",
        ],
        target: Target::None("leave it out, or search its words without it"),
    },
];

/// Whether a segment is called so there.
pub(super) fn is_segment(name: &str) -> bool {
    target_of(SEGMENTS, name).is_some()
}

/// How one connector binds: those that rank lower bind closer.
#[derive(Debug)]
struct Connector {
    near: Near,
    /// Whether it wants both in one segment only, wherever.
    in_segment: bool,
}

impl Connector {
    fn rank(&self) -> u32 {
        match (self.in_segment, self.near.proximity.reach) {
            (true, _) => u32::MAX,
            (_, Reach::Words(n_words)) => n_words,
            (_, Reach::Sentence) => u32::MAX - 2,
            (_, Reach::Paragraph) => u32::MAX - 1,
        }
    }
}

/// Reads what `and not` joins.
pub(super) fn any(reader: &mut Reader) -> Result<Part, QueryError> {
    let start = reader.span_at(0).start;
    let mut parts = Vec::new();
    if not_len(reader) == 1 {
        reader.at += 1;
        parts.push(left_out(reader, start)?);
    } else {
        parts.push(all(reader)?);
    }
    loop {
        let len = not_len(reader);
        if len == 0 {
            break;
        }
        let start = reader.span_at(0).start;
        reader.at += len;
        parts.push(left_out(reader, start)?);
    }
    Ok(joined(parts, Node::And))
}

fn left_out(reader: &mut Reader, start: usize) -> Result<Part, QueryError> {
    let part = all(reader)?;
    Ok(Part {
        node: Node::Not(Box::new(part)),
        span: reader.since(start),
    })
}

/// How many words the `and not` or `not` has that stands here; none where `not` belongs to a connector.
fn not_len(reader: &Reader) -> usize {
    let is_not = |n_on: usize| {
        reader.word_at(n_on).is_some_and(|word| word == "not")
            && connector_at(reader, n_on).is_none()
    };
    match reader.word_at(0).as_deref() {
        Some("not") if is_not(0) => 1,
        Some("and" | "&") if is_not(1) => 2,
        _ => 0,
    }
}

/// Reads what `and` joins.
fn all(reader: &mut Reader) -> Result<Part, QueryError> {
    let mut parts = vec![near(reader)?];
    while not_len(reader) == 0 && is_and(reader) {
        reader.at += 1;
        parts.push(near(reader)?);
    }
    Ok(joined(parts, Node::And))
}

fn is_and(reader: &Reader) -> bool {
    matches!(reader.word_at(0).as_deref(), Some("and" | "&"))
}

/// Reads what `w/5` and its like join.
fn near(reader: &mut Reader) -> Result<Part, QueryError> {
    let mut parts = vec![either(reader)?];
    let mut waiting: Vec<Connector> = Vec::new();
    while let Some((len, connector)) = connector_at(reader, 0) {
        let connector = connector?;
        reader.at += len;
        while let Some(last) = waiting.pop_if(|last| last.rank() <= connector.rank()) {
            reduce(reader, &mut parts, last)?;
        }
        waiting.push(connector);
        parts.push(either(reader)?);
    }
    while let Some(last) = waiting.pop() {
        reduce(reader, &mut parts, last)?;
    }
    Ok(joined(parts, Node::And))
}

/// Joins the last two parts.
fn reduce(reader: &Reader, parts: &mut Vec<Part>, connector: Connector) -> Result<(), QueryError> {
    let (Some(right), Some(left)) = (parts.pop(), parts.pop()) else {
        return Err(reader.missing());
    };
    let span = left.span.start..right.span.end;
    let part = match connector.in_segment {
        false => reader.near(left, connector.near, right)?,
        true => {
            let right = match connector.near.proximity.negated {
                true => Part {
                    span: right.span.clone(),
                    node: Node::Not(Box::new(right)),
                },
                false => right,
            };
            Part {
                node: Node::And(vec![left, right]),
                span,
            }
        }
    };
    parts.push(part);
    Ok(())
}

/// Reads what `or` joins.
fn either(reader: &mut Reader) -> Result<Part, QueryError> {
    let mut parts = vec![one(reader)?];
    while reader.word_at(0).is_some_and(|word| word == "or") {
        reader.at += 1;
        parts.push(one(reader)?);
    }
    Ok(joined(parts, Node::Or))
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

/// The connector such as `w/5`, `not w/5` that stands so many tokens on, and how many tokens it has.
fn connector_at(reader: &Reader, n_on: usize) -> Option<(usize, Result<Connector, QueryError>)> {
    let word = reader.word_at(n_on)?;
    let span = reader.span_at(n_on);
    if word == "not" {
        let next = reader.word_at(n_on + 1)?;
        let span = span.start..reader.span_at(n_on + 1).end;
        return Some((2, connector(&next, true, span)?));
    }
    if let Some(rest) = word.strip_prefix("not/") {
        return Some((1, connector(&format!("/{rest}"), true, span)?));
    }
    Some((1, connector(&word, false, span)?))
}

/// Reads `w/5`, `/5`, `pre/5`, `+5`, `w/s`, `w/seg` and the like.
fn connector(
    word: &str,
    negated: bool,
    span: Range<usize>,
) -> Option<Result<Connector, QueryError>> {
    let (name, rest) = match word.strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => word.split_once('/')?,
    };
    let ordered = match name {
        "" | "w" | "near" => false,
        "+" | "pre" | "onear" => true,
        _ => return None,
    };
    let mut in_segment = false;
    let reach = match rest {
        "s" | "sent" | "sentence" => Ok(Reach::Sentence),
        "p" | "para" | "paragraph" => Ok(Reach::Paragraph),
        "seg" => {
            in_segment = true;
            Ok(Reach::Paragraph)
        }
        _ if is_number(rest) => reach(rest, &span),
        _ => return None,
    };
    Some(reach.map(|reach| Connector {
        near: Near {
            proximity: Proximity {
                reach,
                ordered,
                negated,
            },
            span,
        },
        in_segment,
    }))
}

fn is_operator(reader: &Reader) -> bool {
    let word = reader.word_at(0);
    matches!(word.as_deref(), Some("and" | "or" | "not" | "&")) || connector_at(reader, 0).is_some()
}

/// Reads a phrase, a parenthesis, a segment or an operator such as `allcaps(…)`.
fn one(reader: &mut Reader) -> Result<Part, QueryError> {
    let part = match reader.kind_at(0) {
        Some(Kind::Open) => reader.group(any)?,
        Some(Kind::Quoted) => reader.phrase(is_end)?,
        Some(Kind::Word) if is_operator(reader) => return Err(reader.missing()),
        Some(Kind::Word) if is_call(reader) => call(reader)?,
        Some(Kind::Word) => {
            no_segment(reader)?;
            reader.phrase(is_end)?
        }
        _ => return Err(reader.missing()),
    };
    if matches!(
        reader.kind_at(0),
        Some(Kind::Open | Kind::Quoted | Kind::Compare)
    ) || reader.kind_at(0) == Some(Kind::Word) && !is_operator(reader)
    {
        return Err(reader.unjoined());
    }
    Ok(part)
}

/// Refuses what others write for a segment or a day, and would be the words of a phrase.
fn no_segment(reader: &Reader) -> Result<(), QueryError> {
    let span = reader.span_at(0);
    let word = reader.word_at(0).unwrap_or_default();
    if let Some((name, _)) = word.split_once(':')
        && target_of(SEGMENTS, name).is_some()
    {
        let message = format!("{} is no segment", quoted(reader.text(&span)));
        return Err(QueryError::new(message, span).hint(format!(
            "write `{name}(…)`; to search for the words themselves, put them in quotation marks"
        )));
    }
    let next = reader.word_at(1).unwrap_or_default();
    if target_of(SEGMENTS, &word) == Some(Target::Date)
        && matches!(
            &*next,
            "between" | "from" | "last" | "since" | "until" | "within"
        )
    {
        let message = format!("{} cannot stand behind `{word}`", quoted(&next));
        return Err(QueryError::new(message, reader.span_at(1)).hint(
            "write `date aft 9/27/2018 and date bef 3/31/2019`; the words themselves go between quotation marks",
        ));
    }
    Ok(())
}

fn is_end(reader: &Reader) -> bool {
    is_operator(reader) || is_call(reader)
}

/// Whether a segment or an operator with parentheses stands here.
fn is_call(reader: &Reader) -> bool {
    let Some(word) = reader.word_at(0) else {
        return false;
    };
    let target = target_of(SEGMENTS, &word);
    let opens = reader.kind_at(1) == Some(Kind::Open);
    if n_times(&word).is_some() {
        return true;
    }
    if opens && (reader.is_tight() || target.is_some() || is_function(&word)) {
        return true;
    }
    match target {
        Some(Target::Date) => {
            reader.kind_at(1) == Some(Kind::Compare)
                || reader.word_at(1).is_some_and(|word| sign(&word).is_some())
                    && (reader.word_at(2).is_some_and(|word| date::is_part(&word))
                        || reader.kind_at(2) == Some(Kind::Open))
        }
        Some(Target::None(_)) => reader.kind_at(1) == Some(Kind::Compare),
        _ => false,
    }
}

fn is_function(word: &str) -> bool {
    n_times(word).is_some() || case(word).is_some() || matches!(word, "singular" | "plural")
}

/// The number of `atleast5` or `atl5`.
fn n_times(word: &str) -> Option<&str> {
    let digits = word
        .strip_prefix("atleast")
        .or_else(|| word.strip_prefix("atl"))?;
    is_number(digits).then_some(digits)
}

fn case(word: &str) -> Option<Case> {
    let known = Case::OPERATORS.iter();
    let mut known = known.filter(|(name, _)| name.eq_ignore_ascii_case(word));
    known.next().map(|(_, case)| *case)
}

fn call(reader: &mut Reader) -> Result<Part, QueryError> {
    let span = reader.span_at(0);
    let word = reader.word_at(0).unwrap_or_default();
    if n_times(&word).is_some() && reader.kind_at(1) != Some(Kind::Open) {
        let message = format!("no parenthesis stands behind {}", quoted(&word));
        return Err(QueryError::new(message, span).hint(format!(
            "write `{word}(tariff)`; to search for the word itself, put it in quotation marks"
        )));
    }
    if let Some(digits) = n_times(&word) {
        let n_times = reader.n_times(digits, &span)?;
        reader.at += 1;
        let inside = reader.group(any)?;
        let passage = reader.side(inside, &span)?;
        return Ok(Part {
            node: Node::AtLeast(n_times, passage),
            span: reader.since(span.start),
        });
    }
    if let Some(case) = case(&word) {
        reader.at += 1;
        let inside = reader.group(any)?;
        return in_case(inside, case).map_err(|place| {
            let message = format!("{} takes words and phrases only", quoted(&word));
            QueryError::new(message, place)
        });
    }
    if matches!(word.as_str(), "singular" | "plural") {
        return form(reader, word == "plural");
    }
    match target_of(SEGMENTS, &word) {
        Some(Target::None(hint)) => Err(reader.refused(&word, span, hint)),
        Some(Target::Date) => dates(reader),
        Some(target) => {
            reader.at += 1;
            let inside = reader.group(any)?;
            let query = reader.query(inside, target)?;
            Ok(Part {
                node: Node::Query(query),
                span: reader.since(span.start),
            })
        }
        None if matches!(word.as_str(), "atleast" | "atl") => {
            let message = format!("no number stands right behind {}", quoted(&word));
            Err(QueryError::new(message, span).hint("write `atleast5(tariff)`"))
        }
        None => {
            let message = format!("no segment is called {}", quoted(&word));
            Err(QueryError::new(message, span).hint(
                "the segments are `headline`, `hlead`, `lead`, `body`, `byline`, `publication`, `language`, `geographic`, `person`, `organization`, `date`; write `and` between a word and a parenthesis",
            ))
        }
    }
}

/// Reads `singular(job)` and `plural(jobs)`: the word as it is.
fn form(reader: &mut Reader, plural: bool) -> Result<Part, QueryError> {
    reader.at += 1;
    let inside = reader.group(any)?;
    let span = inside.span.clone();
    match inside.node {
        Node::Passage(Passage::Word(word)) if word.form == Form::Stem => {
            if plural && !word.text.to_lowercase().ends_with('s') {
                let message = format!("{} is not written as a plural", quoted(&word.text));
                return Err(QueryError::new(message, span)
                    .hint("write the word as it is to be found: `plural(jobs)`"));
            }
            let mut word = word;
            word.form = Form::Exact;
            Ok(Part {
                node: Node::Passage(Passage::Word(word)),
                span,
            })
        }
        _ => Err(QueryError::new(
            "one word stands in `singular` and `plural`",
            span,
        )),
    }
}

/// The sign of a comparison that is written as a word.
fn sign(word: &str) -> Option<&'static str> {
    Some(match word {
        "aft" | "after" => ">",
        "bef" | "before" => "<",
        "geq" => ">=",
        "leq" => "<=",
        "is" | "eq" => "=",
        _ => return None,
    })
}

/// Reads `date > 2018`, `date aft 1/31/2018`, `date(geq(1/1/2018) and leq(12/31/2018))`.
fn dates(reader: &mut Reader) -> Result<Part, QueryError> {
    let start = reader.span_at(0).start;
    reader.at += 1;
    if reader.kind_at(0) == Some(Kind::Open) {
        return reader.group(all_dates).map(|part| Part {
            span: reader.since(start),
            ..part
        });
    }
    compared(reader)
}

/// Reads several comparisons joined by `and` or `or`.
fn all_dates(reader: &mut Reader) -> Result<Part, QueryError> {
    let mut parts = vec![compared(reader)?];
    let is_or = reader.word_at(0).is_some_and(|word| word == "or");
    while reader
        .word_at(0)
        .is_some_and(|word| word == if is_or { "or" } else { "and" })
    {
        reader.at += 1;
        parts.push(compared(reader)?);
    }
    Ok(joined(parts, if is_or { Node::Or } else { Node::And }))
}

fn compared(reader: &mut Reader) -> Result<Part, QueryError> {
    let start = reader.span_at(0).start;
    reader.count(&reader.span_at(0))?;
    let mut sign_here = "=";
    if reader.kind_at(0) == Some(Kind::Compare) {
        sign_here = reader.text(&reader.span_at(0));
        reader.at += 1;
    } else if let Some(sign) = reader.word_at(0).as_deref().and_then(sign) {
        sign_here = sign;
        reader.at += 1;
    }
    let is_open = reader.kind_at(0) == Some(Kind::Open);
    let open = reader.span_at(0);
    if is_open {
        reader.at += 1;
    }
    let (period, _) = reader.period()?;
    if is_open {
        match reader.kind_at(0) {
            Some(Kind::Close) => reader.at += 1,
            Some(_) => return Err(reader.unjoined()),
            None => return Err(QueryError::new("this parenthesis is not closed", open)),
        }
    }
    reader.dates(sign_here, period, reader.since(start))
}
