//! The query as a tree: checked against the schema, names resolved, free of any engine.

use std::fmt;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::date::Period;
use super::lexer::{is_quotation_mark, lower_operator};
use super::names;
use super::passage::{Form, Of, Passage, Word};
use super::references::n_words_of_first;
use crate::field::Field;
use crate::schema;

/// Which paragraphs are asked for.
///
/// Trees that [`parse`](super::parse) and the constructors make have no *and* right inside an *and*, no *or* right inside an
/// *or*, and no *not* right inside a *not*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    All,
    /// Paragraphs with such a passage in a field of words; only synonyms make it a [`Passage::Or`], which is read as an *or*
    /// of the query.
    Text {
        field: &'static Field,
        passage: Passage,
    },
    /// Paragraphs that have one of these values; names are resolved, never empty.
    Values {
        field: &'static Field,
        values: Vec<String>,
    },
    /// Paragraphs that have any value of a facet.
    Any {
        field: &'static Field,
    },
    /// Days, both inclusive.
    Dates {
        field: &'static Field,
        from: Option<Date>,
        to: Option<Date>,
    },
    /// Numbers, both inclusive.
    Numbers {
        field: &'static Field,
        from: Option<u64>,
        to: Option<u64>,
    },
    /// The paragraphs of articles that have a passage so many times at least in that field.
    AtLeast {
        n_times: u32,
        field: &'static Field,
        passage: Passage,
    },
    /// The first paragraphs of articles, those that meet the query.
    Lead(Box<Query>),
    /// The paragraphs of articles that meet the query as a whole: each of its words, values and ranges somewhere in it, in
    /// one paragraph or several; what it leaves out stands nowhere in it.
    Article(Box<Query>),
    And(Vec<Query>),
    Or(Vec<Query>),
    /// One thing in several ways, the closest first: of those that a paragraph has the first is marked, and the best weighs.
    /// Only synonyms make it; it is read as an *or*.
    Either(Vec<Query>),
    Not(Box<Query>),
}

impl Query {
    /// Joins clauses that must all hold; of none, everything.
    pub fn and(clauses: Vec<Query>) -> Query {
        let mut flat = Vec::with_capacity(clauses.len());
        for clause in clauses {
            match clause {
                Query::All => {}
                Query::And(inner) => flat.extend(inner),
                _ => flat.push(clause),
            }
        }
        match flat.len() {
            0 => Query::All,
            1 => flat.remove(0),
            _ => Query::And(flat),
        }
    }

    /// Joins clauses of which one must hold; there must be one. Values of one field become one clause.
    pub fn or(clauses: Vec<Query>) -> Query {
        if clauses.contains(&Query::All) {
            return Query::All;
        }
        let mut flat: Vec<Query> = Vec::with_capacity(clauses.len());
        // Where in `flat` the values of each field are: there are few fields.
        let mut places: Vec<(&'static Field, usize)> = Vec::new();
        let mut merged = false;
        let inner = clauses.into_iter().flat_map(|clause| match clause {
            Query::Or(inner) => inner,
            _ => vec![clause],
        });
        for clause in inner {
            let Query::Values { field, values } = clause else {
                flat.push(clause);
                continue;
            };
            let place = places.iter().find(|(known, _)| *known == field);
            match place.and_then(|&(_, place)| flat.get_mut(place)) {
                Some(Query::Values { values: known, .. }) => {
                    known.extend(values);
                    merged = true;
                }
                _ => {
                    places.push((field, flat.len()));
                    flat.push(Query::Values { field, values });
                }
            }
        }
        if merged {
            for clause in &mut flat {
                if let Query::Values { values, .. } = clause {
                    dedup(values);
                }
            }
        }
        match flat.len() {
            1 => flat.remove(0),
            _ => Query::Or(flat),
        }
    }

    /// Turns a clause round.
    #[expect(
        clippy::should_implement_trait,
        reason = "it takes part in a set with `and` and `or`"
    )]
    pub fn not(clause: Query) -> Query {
        match clause {
            Query::Not(inner) => *inner,
            _ => Query::Not(Box::new(clause)),
        }
    }

    /// What articles have to meet as a whole.
    pub fn article(query: Query) -> Query {
        match query {
            Query::All | Query::Article(_) => query,
            _ => Query::Article(Box::new(query)),
        }
    }

    /// The plain words that it asks for, with their fields; not those that it leaves out.
    pub fn plain_words(&self) -> Vec<(&'static Field, &str)> {
        fn of_passage<'a>(passage: &'a Passage, words: &mut Vec<&'a str>) {
            let plain = |word: &&'a Word| word.form == Form::Stem;
            match passage {
                Passage::Word(word) => {
                    words.extend(Some(word).filter(plain).map(|word| &*word.text))
                }
                Passage::Phrase(phrase) => {
                    words.extend(phrase.iter().filter(plain).map(|word| &*word.text));
                }
                Passage::Mention { .. } => {}
                Passage::Or(passages) => {
                    passages
                        .iter()
                        .for_each(|passage| of_passage(passage, words));
                }
                Passage::Near { left, right, .. } => {
                    of_passage(left, words);
                    of_passage(right, words);
                }
            }
        }
        match self {
            Query::Text { field, passage } | Query::AtLeast { field, passage, .. } => {
                let mut words = Vec::new();
                of_passage(passage, &mut words);
                words.into_iter().map(|word| (*field, word)).collect()
            }
            Query::And(clauses) | Query::Or(clauses) | Query::Either(clauses) => {
                clauses.iter().flat_map(Query::plain_words).collect()
            }
            Query::Lead(query) | Query::Article(query) => query.plain_words(),
            Query::All
            | Query::Values { .. }
            | Query::Any { .. }
            | Query::Dates { .. }
            | Query::Numbers { .. }
            | Query::Not(_) => Vec::new(),
        }
    }

    /// The same words and phrases, asked of headlines; none when it asks for anything else than words of the text.
    pub fn of_headlines(&self) -> Option<Query> {
        let of_all = |clauses: &[Query]| -> Option<Vec<Query>> {
            clauses.iter().map(Query::of_headlines).collect()
        };
        match self {
            Query::Text { field, passage }
                if field.name == names::DEFAULT && passage.is_plain() =>
            {
                let field = schema::field("title")?;
                let passage = passage.clone();
                Some(Query::Text { field, passage })
            }
            Query::And(clauses) => of_all(clauses).map(Query::and),
            Query::Or(clauses) => of_all(clauses).map(Query::or),
            _ => None,
        }
    }

    /// Returns the query with its words and phrases joined by *or* instead of *and*, while values, dates, numbers and what is left
    /// out stay as they are; none when nothing would change.
    pub fn relaxed(&self) -> Option<Query> {
        let relaxed = relax(self);
        (relaxed != *self).then_some(relaxed)
    }
}

fn relax(query: &Query) -> Query {
    match query {
        Query::And(clauses) => {
            let mut out = Vec::with_capacity(clauses.len());
            let mut words = Vec::new();
            let mut place = None;
            let mut rest = clauses.as_slice();
            while let Some(clause) = rest.first() {
                let (unit, behind) = rest.split_at(n_of_reference(rest));
                rest = behind;
                if unit.len() > 1 {
                    place.get_or_insert(out.len());
                    words.push(Query::and(unit.to_vec()));
                } else if is_text(clause) {
                    place.get_or_insert(out.len());
                    words.push(relax(clause));
                } else {
                    out.push(relax(clause));
                }
            }
            if let Some(place) = place {
                out.insert(place, Query::or(words));
            }
            Query::and(out)
        }
        Query::Or(clauses) => Query::or(clauses.iter().map(relax).collect()),
        _ => query.clone(),
    }
}

/// How many of the first clauses are the words of one reference, which say something else by themselves; one when they are none.
fn n_of_reference(clauses: &[Query]) -> usize {
    let word = |clause: &'_ Query| match clause {
        Query::Text {
            field,
            passage: Passage::Word(word),
        } if word.form == Form::Stem => Some((*field, word.text.clone())),
        _ => None,
    };
    let words = clauses.iter().map_while(word);
    let of = clauses.first().and_then(word).map(|(field, _)| field);
    let words = words.take_while(|(field, _)| Some(*field) == of);
    let words: Vec<String> = words.map(|(_, word)| word).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    n_words_of_first(&words)
}

/// Whether the clause asks for words and phrases and for nothing else. Who says how near words must be means it.
fn is_text(query: &Query) -> bool {
    match query {
        Query::Text { passage, .. } => passage.is_plain(),
        Query::And(clauses) | Query::Or(clauses) | Query::Either(clauses) => {
            clauses.iter().all(is_text)
        }
        Query::All
        | Query::Values { .. }
        | Query::Any { .. }
        | Query::Dates { .. }
        | Query::Numbers { .. }
        | Query::AtLeast { .. }
        | Query::Lead(_)
        | Query::Article(_)
        | Query::Not(_) => false,
    }
}

/// Removes repeated values; the first stays.
pub(super) fn dedup(values: &mut Vec<String>) {
    let mut seen = FxHashSet::default();
    values.retain(|value| seen.insert(value.clone()));
}

/// The query in its own language, in a short form that reads back to an equal tree.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Query::All => Ok(()),
            Query::Text { field, passage } => write!(f, "{}", Of(field, passage)),
            Query::Values { field, values } => {
                // Parentheses behind `article:` are a query of its own.
                if field.name == names::ARTICLE && values.len() > 1 {
                    let values = values.iter().map(|value| Value(field, value));
                    f.write_str("(")?;
                    joined(f, values, " OR ")?;
                    return f.write_str(")");
                }
                write!(f, "{}:", field.name)?;
                match values.as_slice() {
                    [value] => write!(f, "{}", Name(value)),
                    _ => {
                        f.write_str("(")?;
                        joined(f, values.iter().map(|value| Name(value)), " OR ")?;
                        f.write_str(")")
                    }
                }
            }
            Query::Any { field } => write!(f, "{}:*", field.name),
            Query::AtLeast {
                n_times,
                field,
                passage,
            } => write!(f, "ATLEAST{n_times}({})", Of(field, passage)),
            Query::Lead(query) => write!(f, "{}:({query})", names::LEAD),
            Query::Article(query) => write!(f, "{}:({query})", names::ARTICLE),
            Query::Dates { field, from, to } => {
                write!(f, "{}:", field.name)?;
                let period = from
                    .zip(*to)
                    .and_then(|(first, last)| Period::spanning(first, last));
                match period {
                    Some(period) => write!(f, "{period}"),
                    None => interval(f, from, to),
                }
            }
            Query::Numbers { field, from, to } => {
                write!(f, "{}:", field.name)?;
                match (from, to) {
                    (Some(from), Some(to)) if from == to => write!(f, "{from}"),
                    _ => interval(f, from, to),
                }
            }
            Query::And(clauses) => joined(f, clauses.iter().map(Clause), " "),
            // No parentheses around an *and*: it binds closer.
            Query::Or(clauses) | Query::Either(clauses) => joined(f, clauses.iter(), " OR "),
            Query::Not(clause) => match &**clause {
                Query::Text {
                    passage: Passage::Near { .. },
                    ..
                } => write!(f, "-({clause})"),
                // `-n` looks like a flag.
                Query::Text {
                    field,
                    passage: Passage::Word(word),
                } if field.name == names::DEFAULT && is_letter(&word.text) => {
                    write!(f, "-({})", Clause(clause))
                }
                _ => write!(f, "-{}", Clause(clause)),
            },
        }
    }
}

/// Whether a word is one letter, as the flags of programs are.
pub(super) fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The name of a field that is not the default, with its colon.
pub(super) struct Prefixed(pub(super) &'static Field);

impl fmt::Display for Prefixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.name {
            names::DEFAULT => Ok(()),
            name => write!(f, "{name}:"),
        }
    }
}

/// A part of an *and* or a *not*, in parentheses where it needs them.
struct Clause<'a>(&'a Query);

impl fmt::Display for Clause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Query::And(_)
            | Query::Or(_)
            | Query::Either(_)
            | Query::Text {
                passage: Passage::Or(_),
                ..
            } => write!(f, "({})", self.0),
            _ => write!(f, "{}", self.0),
        }
    }
}

/// A value of a field.
struct Value<'a>(&'static Field, &'a str);

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.0.name, Name(self.1))
    }
}

/// A value, in quotation marks unless it is of plain characters.
pub(super) struct Name<'a>(pub(super) &'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain = self.0.starts_with(char::is_alphanumeric)
            && self
                .0
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '/' | '_'))
            && lower_operator(&self.0.to_lowercase()).is_none();
        if is_plain {
            f.write_str(self.0)
        } else {
            write!(f, "{}", Quoted(self.0))
        }
    }
}

/// Words in quotation marks.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;

        f.write_str("\"")?;
        for c in self.0.chars() {
            if is_quotation_mark(c) || c == '\\' {
                f.write_str("\\")?;
            }
            f.write_char(c)?;
        }
        f.write_str("\"")
    }
}

pub(super) fn joined<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    parts: impl Iterator<Item = T>,
    separator: &str,
) -> fmt::Result {
    for (part_idx, part) in parts.enumerate() {
        if part_idx > 0 {
            f.write_str(separator)?;
        }
        write!(f, "{part}")?;
    }
    Ok(())
}

fn interval<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    from: &Option<T>,
    to: &Option<T>,
) -> fmt::Result {
    match (from, to) {
        (Some(from), None) => write!(f, ">={from}"),
        (None, Some(to)) => write!(f, "<={to}"),
        (Some(from), Some(to)) => write!(f, "[{from} TO {to}]"),
        (None, None) => f.write_str("[* TO *]"),
    }
}
