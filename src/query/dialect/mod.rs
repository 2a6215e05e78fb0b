//! Search strings of other services, read into the same tree: saved strings run as they are, or are refused with the place.
//!
//! The vendors' manuals say how their languages are read; where they are silent or disagree, `docs/query.md` says which reading
//! is ours. Each language has a small reader; what they share is here: tokens, phrases, truncated words, fields, limits.

mod date;
mod factiva;
mod lexis;
mod token;
mod word;

use std::fmt;
use std::ops::Range;

use super::ast::Query;
use super::error::{QueryError, quoted};
use super::lexer::normalized;
use super::names;
use super::passage::{Case, Form, Passage, Proximity, Reach, Word};
use super::{Resolve, parser};
use crate::field::Field;
use crate::limits::query::{MAX_BYTES, MAX_CLAUSES, MAX_COMPARED, MAX_DEPTH, MAX_REACH, MAX_TIMES};
use crate::schema;
use crate::text::languages::LANGUAGES;
use token::{Kind, Token};

/// The languages in which a query can be written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Syntax {
    /// Ours.
    #[default]
    Tradewire,
    /// Terms and connectors of Lexis and Nexis.
    Lexis,
    /// The search statements of Factiva.
    Factiva,
}

impl Syntax {
    pub fn name(self) -> &'static str {
        match self {
            Syntax::Tradewire => "tradewire",
            Syntax::Lexis => "lexis",
            Syntax::Factiva => "factiva",
        }
    }
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether a field is called so in the language of Factiva.
pub(super) fn is_field_of_factiva(name: &str) -> bool {
    factiva::is_field(name)
}

/// Whether a segment is called so in the language of Lexis.
pub(super) fn is_segment_of_lexis(name: &str) -> bool {
    lexis::is_segment(name)
}

/// Reads a query in that language; names of values are looked up with `resolve`.
pub(super) fn parse(source: &str, syntax: Syntax, resolve: &Resolve) -> Result<Query, QueryError> {
    let read = match syntax {
        Syntax::Tradewire => return parser::parse(source, resolve),
        Syntax::Lexis => lexis::any,
        Syntax::Factiva => factiva::any,
    };
    if source.len() > MAX_BYTES {
        return Err(parser::too_long(source));
    }
    let tokens = token::tokens(source, syntax)?;
    if tokens.is_empty() {
        return Ok(Query::All);
    }
    let mut reader = Reader {
        source,
        syntax,
        tokens,
        at: 0,
        depth: 0,
        n_clauses: 0,
        resolve,
    };
    let part = read(&mut reader)?;
    if let Some(token) = reader.peek() {
        return Err(match token.kind {
            Kind::Close => QueryError::new("this parenthesis was never opened", token.span.clone()),
            _ => reader.unjoined(),
        });
    }
    let span = part.span.clone();
    let query = articles(reader.query(part, Target::TEXT)?);
    if depth(&query) > MAX_DEPTH {
        return Err(too_deep(span));
    }
    if n_compared(&query) > MAX_COMPARED {
        return Err(parser::too_slow(span)
            .hint("these are words with `*`, `?` or `$` in them; those that end in `!` or `*` after three letters are looked up"));
    }
    Ok(query)
}

/// A part of what was read, before it is known which field it is about.
#[derive(Debug)]
struct Part {
    node: Node,
    span: Range<usize>,
}

#[derive(Debug)]
enum Node {
    Passage(Passage),
    AtLeast(u32, Passage),
    /// What has its field already: segments, dates.
    Query(Query),
    And(Vec<Part>),
    Or(Vec<Part>),
    Not(Box<Part>),
}

/// What of an article a field of another language is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// A field of words.
    Words(&'static str),
    Lead,
    /// The headline or the lead.
    HeadOrLead,
    /// A field of whole values.
    Values(&'static str),
    /// The country of a region's code.
    Region,
    /// A language by its code or its name.
    Language,
    Date,
    /// What an index of ours does not have, and what to write instead.
    None(&'static str),
}

impl Target {
    const TEXT: Target = Target::Words(names::DEFAULT);
}

/// A row of a table of fields.
struct Row {
    names: &'static [&'static str],
    target: Target,
}

fn target_of(rows: &'static [Row], name: &str) -> Option<Target> {
    let is_called = |row: &&Row| {
        row.names
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    };
    rows.iter().find(is_called).map(|row| row.target)
}

/// Codes of regions that differ from the names of their countries, as far as they could be confirmed.
static REGIONS: &[(&str, &str)] = &[
    ("aust", "Austria"),
    ("austr", "Australia"),
    ("braz", "Brazil"),
    ("cana", "Canada"),
    ("chil", "Chile"),
    ("fra", "France"),
    ("gfr", "Germany"),
    ("jap", "Japan"),
    ("uk", "United Kingdom"),
    ("usa", "United States"),
];

/// An operator of nearness as it stands in a query.
#[derive(Debug)]
struct Near {
    proximity: Proximity,
    span: Range<usize>,
}

struct Reader<'a> {
    source: &'a str,
    syntax: Syntax,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    n_clauses: usize,
    resolve: &'a Resolve<'a>,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn text(&self, span: &Range<usize>) -> &'a str {
        &self.source[span.clone()]
    }

    /// The word that stands so many tokens on, in lower case; none when it is no word without quotation marks.
    fn word_at(&self, n_on: usize) -> Option<String> {
        let token = self.tokens.get(self.at + n_on)?;
        (token.kind == Kind::Word).then(|| self.text(&token.span).to_ascii_lowercase())
    }

    fn is_word_of_digits(&self, n_on: usize) -> bool {
        self.word_at(n_on).is_some_and(|word| is_number(&word))
    }

    fn kind_at(&self, n_on: usize) -> Option<Kind> {
        self.tokens.get(self.at + n_on).map(|token| token.kind)
    }

    /// The place of the token so many on, or the end of the text.
    fn span_at(&self, n_on: usize) -> Range<usize> {
        let token = self.tokens.get(self.at + n_on);
        token.map_or(self.source.len()..self.source.len(), |token| {
            token.span.clone()
        })
    }

    /// Whether nothing stands between the token here and the next.
    fn is_tight(&self) -> bool {
        self.span_at(0).end == self.span_at(1).start
    }

    /// The place, or the last token where it has no extent.
    fn some_place(&self, span: Range<usize>) -> Range<usize> {
        let last = self.tokens.last().map(|token| token.span.clone());
        match last {
            Some(last) if span.is_empty() => last,
            _ => span,
        }
    }

    /// From a place to the end of what was read last.
    fn since(&self, start: usize) -> Range<usize> {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        start..last.map_or(start, |token| token.span.end).max(start)
    }

    /// Reads what stands between parentheses.
    fn group(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Part, QueryError>,
    ) -> Result<Part, QueryError> {
        let open = self.span_at(0);
        self.at += 1;
        if self.kind_at(0) == Some(Kind::Close) {
            let span = open.start..self.span_at(0).end;
            return Err(QueryError::new(
                "nothing stands between these parentheses",
                span,
            ));
        }
        let part = self.nested(open.clone(), read)?;
        match self.kind_at(0) {
            Some(Kind::Close) => {
                self.at += 1;
                let is_one = matches!(part.node, Node::Passage(_));
                let span = match is_one {
                    true => part.span,
                    false => self.since(open.start),
                };
                Ok(Part { span, ..part })
            }
            Some(_) => Err(self.unjoined()),
            None => Err(QueryError::new("this parenthesis is not closed", open)),
        }
    }

    /// Reads what stands inside of something, and refuses to go too deep.
    fn nested(
        &mut self,
        span: Range<usize>,
        read: impl FnOnce(&mut Self) -> Result<Part, QueryError>,
    ) -> Result<Part, QueryError> {
        if self.depth == MAX_DEPTH {
            return Err(too_deep(span));
        }
        self.depth += 1;
        let part = read(self);
        self.depth -= 1;
        part
    }

    fn count(&mut self, span: &Range<usize>) -> Result<(), QueryError> {
        self.n_clauses += 1;
        if self.n_clauses > MAX_CLAUSES {
            let message = format!("the query has more than {MAX_CLAUSES} clauses");
            return Err(QueryError::new(message, span.clone()));
        }
        Ok(())
    }

    /// Says that an operator is missing before the token here.
    fn unjoined(&self) -> QueryError {
        let here = self.span_at(0);
        let message = format!("no operator stands before {}", quoted(self.text(&here)));
        let next = match self.syntax {
            Syntax::Factiva => "adj1",
            _ => "pre/1",
        };
        let as_word = match self.kind_at(0) {
            Some(Kind::Word) => "; a word of a phrase goes between quotation marks",
            _ => "",
        };
        let hint = format!("write `and`, `or` or `{next}` before it{as_word}");
        QueryError::new(message, here).hint(hint)
    }

    /// Says what is missing where a word should stand.
    fn missing(&self) -> QueryError {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        match (before, self.peek()) {
            (
                Some(before),
                None
                | Some(Token {
                    kind: Kind::Close, ..
                }),
            ) => {
                let text = self.text(&before.span);
                QueryError::new(
                    format!("nothing stands after {}", quoted(text)),
                    before.span.clone(),
                )
                .hint("to search for the word itself, put it in quotation marks")
            }
            (_, Some(here)) if here.kind == Kind::Close => {
                QueryError::new("this parenthesis was never opened", here.span.clone())
            }
            (_, Some(here)) if here.kind == Kind::Compare => {
                let text = self.text(&here.span);
                QueryError::new(
                    format!("{} has no meaning here", quoted(text)),
                    here.span.clone(),
                )
            }
            (_, Some(here)) => {
                let text = self.text(&here.span);
                QueryError::new(
                    format!("nothing stands before {}", quoted(text)),
                    here.span.clone(),
                )
                .hint("to search for the word itself, put it in quotation marks")
            }
            (None, None) => QueryError::new("nothing to search for", 0..self.source.len()),
        }
    }

    /// Reads words side by side, which are a phrase; `ends` tells at which token it does not go on.
    fn phrase(&mut self, ends: impl Fn(&Self) -> bool) -> Result<Part, QueryError> {
        let (start, first) = (self.span_at(0).start, self.at);
        let mut words = Vec::new();
        while let Some(token) = self.peek() {
            let span = token.span.clone();
            match token.kind {
                Kind::Quoted => {
                    let text = self.text(&span);
                    let inside = text.trim_matches(super::lexer::is_quotation_mark);
                    word::read(inside, self.syntax, &span, &mut words)?;
                }
                Kind::Word if self.at == first || !ends(self) => {
                    self.no_stranger(&span)?;
                    word::read(self.text(&span), self.syntax, &span, &mut words)?;
                }
                _ => break,
            }
            self.at += 1;
            self.count_first(&words, &span)?;
        }
        let span = self.since(start);
        if span.is_empty() {
            return Err(self.missing());
        }
        let passage = match word::passage(words) {
            Some(passage) => passage,
            None => {
                let text = quoted(self.text(&span));
                return Err(QueryError::new(
                    format!("nothing to search for in {text}"),
                    span,
                ));
            }
        };
        if passage.depth() > MAX_DEPTH {
            return Err(too_deep(span));
        }
        Ok(Part {
            node: Node::Passage(passage),
            span,
        })
    }

    /// Refuses what would be an operator elsewhere, or has no letters.
    fn no_stranger(&self, span: &Range<usize>) -> Result<(), QueryError> {
        let word = self.text(span);
        let error = |message: String| QueryError::new(message, span.clone());
        if let Some(mark) = word
            .chars()
            .find(|c| matches!(c, '~' | '^' | '|' | '\\' | '#'))
        {
            let message = format!("`{mark}` has no meaning in this language");
            return Err(
                error(message).hint("leave it out, or write the operator that it stands for")
            );
        }
        let is_signed = |sign: char| {
            let rest = word.strip_prefix(sign);
            rest.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
        };
        if is_signed('-') || is_signed('+') {
            return Err(error(format!("{} begins with a sign", quoted(word)))
                .hint("write `not` to leave a word out; what is joined by `and` is required"));
        }
        if word == "%" {
            return Err(error(format!("{} stands for no word", quoted(word)))
                .hint("leave it out, or write `and not` if it stands for that"));
        }
        if matches!(word, "*" | "!" | "?" | "$" | "&" | "@" | "/" | "+") {
            return Err(error(format!("{} stands for no word", quoted(word))).hint("leave it out"));
        }
        let lower = word.to_ascii_lowercase();
        if matches!(&*lower, "atleast" | "atl") {
            let example = match self.syntax {
                Syntax::Factiva => "`atleast5 tariff`",
                _ => "`atleast5(tariff)`",
            };
            let message = format!("no number stands right behind {}", quoted(word));
            return Err(error(message).hint(format!(
                "write {example}; to search for the word itself, put it in quotation marks"
            )));
        }
        // What would be left out, as others write it.
        if lower == "but" && self.word_at(1).is_some_and(|next| next == "not") {
            return Err(error("`but not` is no operator".to_string()).hint(
                "write `and not`; to search for the word itself, put it in quotation marks",
            ));
        }
        let has_number = |name: &str| lower.strip_prefix(name).is_some_and(is_number);
        let is_operator = ["w/", "pre/", "near/", "onear/", "/"]
            .iter()
            .any(|name| lower.starts_with(name))
            || self.syntax == Syntax::Lexis && (has_number("near") || has_number("adj"))
            || ["w", "pre", "onear"].iter().any(|name| has_number(name));
        let is_parted = lower.ends_with('/')
            && self.is_word_of_digits(1)
            && self.span_at(0).end < self.span_at(1).start;
        if is_operator && is_parted {
            let digits = self.text(&self.span_at(1));
            return Err(error(format!("{} stands without its number", quoted(word)))
                .hint(format!("write `{lower}{digits}` without a space")));
        }
        if is_operator {
            let known = match self.syntax {
                Syntax::Factiva => "the operators are `near5`, `adj5`, `w/5`, `/n5/`, `same`",
                _ => "the connectors are `w/5`, `pre/5`, `w/s`, `w/p`, `w/seg`",
            };
            return Err(
                error(format!("{} is no operator", quoted(word))).hint(format!(
                    "{known}; to search for the word itself, put it in quotation marks"
                )),
            );
        }
        Ok(())
    }

    /// A phrase is one clause, but each truncated word of it may become one.
    fn count_first(&mut self, words: &[Word], span: &Range<usize>) -> Result<(), QueryError> {
        parser::refuse_longest(words, span)?;
        let is_one = words.last().is_some_and(|word| word.form == Form::Regex);
        if words.len() <= 1 || is_one {
            self.count(span)?;
        }
        Ok(())
    }

    /// What stands beside an operator such as `w/5`, or in one such as `atleast5`.
    fn side(&self, part: Part, operator: &Range<usize>) -> Result<Passage, QueryError> {
        let no = |what: &str, span: Range<usize>, hint: &str| {
            let operator = quoted(self.text(operator));
            let message = format!("{what} cannot stand with {operator}");
            Err(QueryError::new(message, span).hint(hint))
        };
        match part.node {
            Node::Passage(passage) => Ok(passage),
            Node::Or(parts) => {
                let mut passages = Vec::with_capacity(parts.len());
                for part in parts {
                    passages.push(self.side(part, operator)?);
                }
                Ok(Passage::or(passages))
            }
            Node::And(_) => no(
                "`and`",
                part.span,
                "write both out: `a w/5 b and a w/5 c` instead of `a w/5 (b and c)`",
            ),
            Node::Not(_) => no("`not`", part.span, "write `not` outside"),
            Node::AtLeast(..) => no("`atleast`", part.span, "join it by `and`"),
            Node::Query(_) => no("a field", part.span, "join it by `and`"),
        }
    }

    /// Joins two sides by an operator such as `w/5`.
    fn near(&self, left: Part, near: Near, right: Part) -> Result<Part, QueryError> {
        let span = left.span.start..right.span.end;
        let passage = Passage::Near {
            left: Box::new(self.side(left, &near.span)?),
            right: Box::new(self.side(right, &near.span)?),
            proximity: near.proximity,
        };
        if passage.depth() > MAX_DEPTH {
            return Err(too_deep(near.span));
        }
        Ok(Part {
            node: Node::Passage(passage),
            span,
        })
    }

    /// Reads how often something must stand there.
    fn n_times(&self, digits: &str, span: &Range<usize>) -> Result<u32, QueryError> {
        let n_times = digits.parse().ok();
        n_times
            .filter(|n_times| (1..=MAX_TIMES).contains(n_times))
            .ok_or_else(|| {
                let message = format!("`atleast` takes a number from 1 to {MAX_TIMES}");
                QueryError::new(message, span.clone())
            })
    }

    /// What a part asks of a part of the article.
    fn query(&mut self, part: Part, target: Target) -> Result<Query, QueryError> {
        let span = part.span;
        let all = |reader: &mut Self, parts: Vec<Part>| {
            let parts = parts.into_iter();
            parts
                .map(|part| reader.query(part, target))
                .collect::<Result<Vec<Query>, QueryError>>()
        };
        Ok(match part.node {
            Node::And(parts) => Query::and(all(self, parts)?),
            Node::Or(parts) => Query::or(all(self, parts)?),
            Node::Not(part) => Query::not(self.query(*part, target)?),
            Node::Passage(passage) => self.leaf(passage, target, span)?,
            Node::AtLeast(n_times, passage) if target == Target::TEXT => Query::AtLeast {
                n_times,
                field: default(),
                passage,
            },
            Node::AtLeast(..) => {
                let message = "`atleast` counts in the article as a whole, not in a part of it";
                return Err(
                    QueryError::new(message, span).hint("write it outside, joined by `and`")
                );
            }
            Node::Query(query) if target == Target::TEXT => query,
            Node::Query(_) => {
                return Err(QueryError::new("a field cannot stand within another", span)
                    .hint("write it outside, joined by `and`"));
            }
        })
    }

    fn leaf(
        &mut self,
        passage: Passage,
        target: Target,
        span: Range<usize>,
    ) -> Result<Query, QueryError> {
        let field = |name| schema::field(name).unwrap_or(default());
        match target {
            Target::Words(name) => Ok(text(field(name), passage)),
            Target::Lead => Ok(Query::Lead(Box::new(text(default(), passage)))),
            Target::HeadOrLead => {
                // Both count: the tree has twice as many.
                self.count(&span)?;
                let lead = Query::Lead(Box::new(text(default(), passage.clone())));
                Ok(Query::or(vec![
                    text(field("title"), passage),
                    Query::article(lead),
                ]))
            }
            Target::Values(name) => self.value(field(name), &passage, None, span),
            Target::Region => {
                let code = normalized(self.text(&span)).to_ascii_lowercase();
                let known = REGIONS.iter().find(|(known, _)| *known == code);
                let country = known.map(|(_, country)| *country);
                let found = self.value(field("country"), &passage, country, span);
                found.map_err(|error| {
                    error.hint("of the codes of regions few are known: write the country's name, or take `--country`")
                })
            }
            Target::Language => {
                let name = normalized(self.text(&span)).to_ascii_lowercase();
                let known = LANGUAGES.iter().find(|(known, _)| *known == name);
                let code = known.map(|(_, code)| *code);
                self.value(field("language"), &passage, code, span)
            }
            Target::Date | Target::None(_) => Err(QueryError::new("no words stand here", span)),
        }
    }

    /// The value that was written, or that it stands for.
    fn value(
        &self,
        field: &'static Field,
        passage: &Passage,
        name: Option<&str>,
        span: Range<usize>,
    ) -> Result<Query, QueryError> {
        let typed = self.text(&span);
        let plain = |word: &Word| matches!(word.form, Form::Stem | Form::Exact);
        let is_name = match passage {
            Passage::Word(word) => plain(word),
            Passage::Phrase(words) => words.iter().all(plain),
            _ => false,
        };
        if !is_name {
            let message = format!("{} is no name of a {}", quoted(typed), field.name);
            return Err(QueryError::new(message, span)
                .hint("write the whole name; several of them are joined by `or`"));
        }
        let typed = normalized(&typed.replace(super::lexer::is_quotation_mark, " "));
        let name = name.unwrap_or(typed.trim_matches(' '));
        let values = (self.resolve)(field, name).map_err(|unresolved| QueryError {
            message: unresolved.message,
            span: span.clone(),
            hint: unresolved.hint,
        })?;
        let mut values = values;
        if values.is_empty() {
            let message = format!("no value of `{}` is called {}", field.name, quoted(name));
            return Err(QueryError::new(message, span));
        }
        super::ast::dedup(&mut values);
        Ok(Query::Values { field, values })
    }

    /// Refuses what an index of ours does not have.
    fn refused(&self, what: &str, span: Range<usize>, hint: &str) -> QueryError {
        let message = format!("{} cannot be searched here", quoted(what));
        QueryError::new(message, span).hint(hint)
    }
}

fn too_deep(span: Range<usize>) -> QueryError {
    let message = format!("the query is nested more than {MAX_DEPTH} levels deep");
    QueryError::new(message, span)
}

/// Reads the number of words of an operator.
fn reach(digits: &str, span: &Range<usize>) -> Result<Reach, QueryError> {
    let n_words = digits.parse().ok();
    let n_words = n_words.filter(|n_words| (1..=MAX_REACH).contains(n_words));
    n_words.map(Reach::Words).ok_or_else(|| {
        let message = format!("words are near each other from 1 to {MAX_REACH} words");
        QueryError::new(message, span.clone())
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn default() -> &'static Field {
    schema::field(names::DEFAULT).unwrap_or(&schema::BASE[0])
}

/// A passage of a field; an *or* of passages is one of the query.
fn text(field: &'static Field, passage: Passage) -> Query {
    match passage {
        Passage::Or(passages) => {
            let passages = passages.into_iter();
            Query::or(passages.map(|passage| text(field, passage)).collect())
        }
        _ => Query::Text { field, passage },
    }
}

/// The part with its words in that case; an error's place where it asks for anything but words.
fn in_case(part: Part, case: Case) -> Result<Part, Range<usize>> {
    let all = |parts: Vec<Part>| {
        let parts = parts.into_iter().map(|part| in_case(part, case));
        parts.collect::<Result<Vec<Part>, Range<usize>>>()
    };
    let span = part.span;
    let node = match part.node {
        Node::Passage(passage) => Node::Passage(passage.in_case(case)),
        Node::And(parts) => Node::And(all(parts)?),
        Node::Or(parts) => Node::Or(all(parts)?),
        Node::Not(part) => Node::Not(Box::new(in_case(*part, case)?)),
        Node::AtLeast(..) | Node::Query(_) => return Err(span),
    };
    Ok(Part { node, span })
}

/// In those languages *and* joins what stands anywhere in an article, and *not* excludes articles. Where one thing alone is asked
/// of the text, the paragraphs that have it are found.
fn articles(query: Query) -> Query {
    match query {
        Query::And(clauses) => {
            let n_in_text = clauses
                .iter()
                .filter(|clause| !is_of_article(clause))
                .count();
            let n_words = clauses.iter().filter(|clause| is_words(clause)).count();
            let is_left_out = |clause: &Query| match clause {
                Query::Not(inner) => !is_of_article(inner),
                _ => false,
            };
            if n_in_text <= 1 && n_words <= 1 && !clauses.iter().any(is_left_out) {
                return Query::and(clauses.into_iter().map(articles).collect());
            }
            Query::article(within_article(Query::And(clauses)))
        }
        Query::Or(clauses) => Query::or(clauses.into_iter().map(articles).collect()),
        Query::Not(clause) if !is_of_article(&clause) => {
            Query::article(Query::not(within_article(*clause)))
        }
        Query::Article(inner) => Query::article(within_article(*inner)),
        _ => query,
    }
}

/// The query without what says once more that it is about the article.
fn within_article(query: Query) -> Query {
    match query {
        Query::Article(inner) => within_article(*inner),
        Query::And(clauses) => Query::and(clauses.into_iter().map(within_article).collect()),
        Query::Or(clauses) => Query::or(clauses.into_iter().map(within_article).collect()),
        Query::Not(clause) => Query::not(within_article(*clause)),
        _ => query,
    }
}

/// Whether all paragraphs of an article meet the query, or none.
fn is_of_article(query: &Query) -> bool {
    match query {
        Query::Text { field, .. } => field.name != names::DEFAULT,
        Query::Values { field, .. } | Query::Any { field } => !schema::is_extracted(field),
        Query::Dates { .. } | Query::AtLeast { .. } | Query::Article(_) | Query::All => true,
        Query::Numbers { .. } | Query::Lead(_) => false,
        Query::And(clauses) | Query::Or(clauses) | Query::Either(clauses) => {
            clauses.iter().all(is_of_article)
        }
        Query::Not(clause) => is_of_article(clause),
    }
}

fn is_words(query: &Query) -> bool {
    match query {
        Query::Text { .. } => true,
        Query::And(clauses) | Query::Or(clauses) => clauses.iter().all(is_words),
        _ => false,
    }
}

/// How many levels deep the query is nested as our own language writes it.
fn depth(query: &Query) -> usize {
    match query {
        Query::And(clauses) | Query::Or(clauses) => {
            1 + clauses.iter().map(depth).max().unwrap_or_default()
        }
        Query::Not(clause) | Query::Lead(clause) | Query::Article(clause) => 1 + depth(clause),
        Query::Text { passage, .. } | Query::AtLeast { passage, .. } => 1 + passage.depth(),
        _ => 1,
    }
}

/// How many words of a query are slow to look up; at most so deep as a query may be.
fn n_compared(query: &Query) -> usize {
    match query {
        Query::And(clauses) | Query::Or(clauses) | Query::Either(clauses) => {
            clauses.iter().map(n_compared).sum()
        }
        Query::Not(clause) | Query::Lead(clause) | Query::Article(clause) => n_compared(clause),
        Query::Text { passage, .. } | Query::AtLeast { passage, .. } => passage.n_compared(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
