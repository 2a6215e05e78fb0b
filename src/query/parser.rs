//! Tokens to the tree. *Not* binds closest, then *and*, written or by words side by side, then *or*.

use std::ops::Range;

use super::ast::Query;
use super::error::{QueryError, quoted};
use super::lexer::{
    Operator, Token, TokenKind, head, is_space, lower_operator, normalized, tokens, upper_operator,
};
use super::limits::{MAX_BYTES, MAX_CLAUSES, MAX_DEPTH, MAX_FUZZY_CHARS};
use super::{Resolve, names, question, value};
use crate::field::{Field, Kind};
use crate::schema;

/// Reads a query; names of values are looked up with `resolve`.
pub(super) fn parse(source: &str, resolve: &Resolve) -> Result<Query, QueryError> {
    if source.len() > MAX_BYTES {
        let start = (0..=MAX_BYTES)
            .rev()
            .find(|&at| source.is_char_boundary(at))
            .unwrap_or(0);
        let message = format!(
            "the query has {} bytes; the most is {MAX_BYTES}",
            source.len()
        );
        return Err(QueryError::new(message, start..source.len()));
    }
    let tokens = tokens(source)?;
    let Some(text) = schema::field(names::DEFAULT).filter(|_| !tokens.is_empty()) else {
        return Ok(Query::All);
    };
    let mut parser = Parser {
        source,
        is_question: question::is_whole(source, &tokens),
        tokens,
        at: 0,
        depth: 0,
        n_clauses: 0,
        resolve,
    };
    let query = parser.any(text)?;
    match parser.peek() {
        None => Ok(query),
        // Nothing else ends an expression.
        Some(token) => Err(QueryError::new(
            "this parenthesis was never opened",
            token.span.clone(),
        )),
    }
}

/// Words that are tried together as one name.
const MAX_NAME_WORDS: usize = 4;

struct Parser<'a> {
    source: &'a str,
    /// Whether `or` and `not` in lower case are words.
    is_question: bool,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    n_clauses: usize,
    resolve: &'a Resolve<'a>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn previous(&self) -> Option<&Token> {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at))
    }

    fn text(&self, span: &Range<usize>) -> &str {
        &self.source[span.clone()]
    }

    /// Reads clauses joined by *or*.
    fn any(&mut self, field: &'static Field) -> Result<Query, QueryError> {
        let mut branches = vec![self.all(field)?];
        while self.connective() == Some(Operator::Or) {
            self.at += 1;
            branches.push(self.all(field)?);
        }
        Ok(Query::or(branches))
    }

    /// Reads clauses joined by *and*.
    fn all(&mut self, field: &'static Field) -> Result<Query, QueryError> {
        let mut clauses = vec![self.clause(field)?];
        loop {
            match self.connective() {
                Some(Operator::Or) => break,
                Some(_) => self.at += 1,
                None if self.starts_clause(self.at) => {}
                None => break,
            }
            clauses.push(self.clause(field)?);
        }
        Ok(Query::and(clauses))
    }

    /// The *and* or *or* that stands here, behind a clause. In lower case it needs a clause on its other side, too, or
    /// else it is a word.
    fn connective(&self) -> Option<Operator> {
        let token = self.peek()?;
        match token.kind {
            TokenKind::And => Some(Operator::And),
            TokenKind::Or => Some(Operator::Or),
            TokenKind::Bare if self.starts_clause(self.at + 1) => {
                lower_operator(self.text(&token.span)).filter(|&operator| {
                    operator == Operator::And || operator == Operator::Or && !self.is_question
                })
            }
            _ => None,
        }
    }

    fn starts_clause(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            !matches!(
                token.kind,
                TokenKind::Close | TokenKind::And | TokenKind::Or
            )
        })
    }

    /// Whether the lower-case `not` that stands here is the operator. At the start of a query or parenthesis it is the word
    /// (`not guilty`), unless what follows is no plain word.
    fn is_lower_not(&self) -> bool {
        if self.is_question {
            return false;
        }
        let opens = match self.previous().map(|token| &token.kind) {
            None | Some(TokenKind::Open) => true,
            // `-not` and `+not` are signs on a word.
            Some(TokenKind::Exclude | TokenKind::Require) => return false,
            Some(_) => false,
        };
        let Some(next) = self.tokens.get(self.at + 1) else {
            return false;
        };
        match next.kind {
            TokenKind::Open | TokenKind::Quoted(_) | TokenKind::Field(_) => true,
            TokenKind::Bare => !opens && lower_operator(self.text(&next.span)).is_none(),
            _ => !opens && self.starts_clause(self.at + 1),
        }
    }

    /// Reads one clause, with its *not*s before it.
    fn clause(&mut self, field: &'static Field) -> Result<Query, QueryError> {
        let Some(token) = self.peek().cloned() else {
            return Err(self.missing_clause());
        };
        let span = token.span;
        match token.kind {
            TokenKind::Close | TokenKind::And | TokenKind::Or => Err(self.missing_clause()),
            TokenKind::Not | TokenKind::Exclude => {
                self.at += 1;
                self.nested(span, |parser| parser.clause(field))
                    .map(Query::not)
            }
            TokenKind::Bare
                if lower_operator(self.text(&span)) == Some(Operator::Not)
                    && self.is_lower_not() =>
            {
                self.at += 1;
                self.nested(span, |parser| parser.clause(field))
                    .map(Query::not)
            }
            TokenKind::Require => {
                self.at += 1;
                self.nested(span, |parser| parser.clause(field))
            }
            TokenKind::Open => self.group(field),
            TokenKind::Field(named) => {
                self.at += 1;
                match self.peek().cloned() {
                    Some(token) if token.kind == TokenKind::Open => self.group(named),
                    Some(token) => self.leaf(named, token, Place::Named),
                    None => Err(self.missing_clause()),
                }
            }
            TokenKind::Quoted(_) | TokenKind::Range | TokenKind::Bare => {
                self.leaf(field, Token { span, ..token }, Place::Free)
            }
        }
    }

    fn group(&mut self, field: &'static Field) -> Result<Query, QueryError> {
        let open = self.tokens[self.at].span.clone();
        self.at += 1;
        let query = self.nested(open.clone(), |parser| parser.any(field))?;
        if self.peek().is_none() {
            return Err(QueryError::new("this parenthesis is not closed", open));
        }
        self.at += 1;
        Ok(query)
    }

    /// Reads what stands inside of something, and refuses to go too deep.
    fn nested(
        &mut self,
        span: Range<usize>,
        read: impl FnOnce(&mut Self) -> Result<Query, QueryError>,
    ) -> Result<Query, QueryError> {
        if self.depth == MAX_DEPTH {
            return Err(QueryError::new(
                format!("the query is nested more than {MAX_DEPTH} levels deep"),
                span,
            ));
        }
        self.depth += 1;
        let query = read(self);
        self.depth -= 1;
        query
    }

    /// Says what is missing where a clause should stand.
    fn missing_clause(&self) -> QueryError {
        let here = self.peek().map(|token| token.span.clone());
        let previous = self.previous();
        match (previous.map(|token| &token.kind), here) {
            // `AND` at the start or behind another operator.
            (previous_kind, Some(here)) if self.peek().is_some_and(is_connective) => {
                let operator = self.text(&here);
                let behind = match (previous_kind, previous) {
                    (Some(TokenKind::Open) | None, _) | (_, None) => {
                        format!("nothing stands before {}", quoted(operator))
                    }
                    (_, Some(previous)) => {
                        let before = quoted(self.text(&previous.span));
                        format!("nothing stands between {before} and {}", quoted(operator))
                    }
                };
                QueryError::new(behind, here.clone()).hint(self.as_word(&here))
            }
            (Some(TokenKind::Open), Some(here)) => {
                let start = previous.map_or(here.start, |token| token.span.start);
                QueryError::new("nothing stands between these parentheses", start..here.end)
            }
            (Some(TokenKind::Open), None) => {
                let span = previous.map_or(0..0, |token| token.span.clone());
                QueryError::new("this parenthesis is not closed", span)
            }
            (Some(_), _) => {
                let span = previous.map_or(0..0, |token| token.span.clone());
                let message = format!("nothing stands after {}", quoted(self.text(&span)));
                let hint = self.as_word(&span);
                QueryError::new(message, span).hint(hint)
            }
            (None, here) => {
                QueryError::new("this parenthesis was never opened", here.unwrap_or(0..0))
            }
        }
    }

    /// How to search for an operator as a word.
    fn as_word(&self, span: &Range<usize>) -> String {
        let operator = self.text(span);
        match upper_operator(operator) {
            Some(_) => format!("the word itself is `\"{operator}\"`"),
            None => "leave it out, or write what belongs there".to_string(),
        }
    }

    /// Reads a word, phrase, name, date or number of a field.
    fn leaf(
        &mut self,
        field: &'static Field,
        token: Token,
        place: Place,
    ) -> Result<Query, QueryError> {
        self.at += 1;
        self.n_clauses += 1;
        if self.n_clauses > MAX_CLAUSES {
            let message = format!("the query has more than {MAX_CLAUSES} clauses");
            return Err(QueryError::new(message, token.span));
        }
        match field.kind {
            Kind::Text => match &token.kind {
                TokenKind::Quoted(content) => phrase(field, content, &token.span),
                _ => self.word(field, &token.span, place),
            },
            Kind::Keyword | Kind::Facet | Kind::Tree => self.values(field, &token),
            Kind::Date => {
                let (from, to) = self.interval(&token)?;
                Ok(Query::Dates { field, from, to })
            }
            Kind::Number => {
                let (from, to) = self.interval(&token)?;
                Ok(Query::Numbers { field, from, to })
            }
        }
    }

    fn word(
        &self,
        field: &'static Field,
        span: &Range<usize>,
        place: Place,
    ) -> Result<Query, QueryError> {
        let word = normalized(self.text(span));
        let error = |message: String| QueryError::new(message, span.clone());
        if place == Place::Free && is_reserved(&self.source[span.start..], &word) {
            return Err(error(format!(
                "{} looks like an operator, but there is none of that name",
                quoted(&word)
            ))
            .hint("to search for it as words, put it in quotation marks"));
        }
        if !word.contains(char::is_alphanumeric) {
            let error = error(format!(
                "nothing to search for in {}",
                quoted(self.text(span))
            ));
            return Err(match word.as_str() {
                "&" => error.hint("write `AND`, or nothing: words side by side must all be there"),
                _ if word.contains('*') => error.hint("an empty query finds everything"),
                _ => error,
            });
        }
        if word.contains('*') {
            return prefix(field, &word).map_err(|(message, hint)| error(message).hint(hint));
        }
        if let Some((word, distance)) = word.rsplit_once('~').filter(|(word, distance)| {
            word.contains(char::is_alphanumeric)
                && distance.chars().all(|c| c.is_ascii_digit() || c == '.')
        }) {
            return fuzzy(field, word, distance)
                .map_err(|(message, hint)| error(message).hint(hint));
        }
        if let Some((_, weight)) = word.rsplit_once('^').filter(|(_, weight)| {
            !weight.is_empty() && weight.chars().all(|c| c.is_ascii_digit() || c == '.')
        }) {
            return Err(error(format!("words have no weights such as `^{weight}`"))
                .hint("leave it out; rare words count for more by themselves"));
        }
        if has_letter_mask(&word) {
            return Err(error(format!(
                "`?` does not stand for a letter in {}",
                quoted(&word)
            ))
            .hint("`word*` finds words that begin so, `word~` those that are spelled almost so"));
        }
        Ok(Query::Word { field, word })
    }

    fn values(&self, field: &'static Field, token: &Token) -> Result<Query, QueryError> {
        let span = &token.span;
        let name = match &token.kind {
            TokenKind::Quoted(content) => content.as_str(),
            _ => self.text(span),
        };
        let name = name.trim_matches(is_space);
        let error = |message: String| QueryError::new(message, span.clone());
        if name.is_empty() {
            return Err(error("nothing stands between these quotation marks".into()));
        }
        if token.kind == TokenKind::Bare && name.ends_with('*') {
            return Err(error(format!(
                "`*` is for words of the text; `{}` has whole values",
                field.name
            ))
            .hint("to mean the character, put the value in quotation marks"));
        }
        let mut values = (self.resolve)(field, name).map_err(|unresolved| QueryError {
            message: unresolved.message,
            span: span.clone(),
            hint: self.longer_name(field, token).or(unresolved.hint),
        })?;
        if values.is_empty() {
            return Err(error(format!(
                "no value of `{}` is called {}",
                field.name,
                quoted(name)
            )));
        }
        super::ast::dedup(&mut values);
        Ok(Query::Values { field, values })
    }

    /// How to write a name of several words that stands without quotation marks, as in `country:south korea`.
    fn longer_name(&self, field: &'static Field, token: &Token) -> Option<String> {
        if token.kind != TokenKind::Bare || !field.is_facet() {
            return None;
        }
        let rest = self.tokens.get(self.at..)?;
        rest.iter()
            .take_while(|next| next.kind == TokenKind::Bare)
            .take(MAX_NAME_WORDS - 1)
            .map(|last| normalized(self.text(&(token.span.start..last.span.end))))
            .find(|name| (self.resolve)(field, name).is_ok_and(|values| !values.is_empty()))
            .map(|name| {
                format!(
                    "a name of several words needs quotation marks: `{}:\"{name}\"`",
                    field.name
                )
            })
    }

    fn interval<T: value::Ordered>(&self, token: &Token) -> Result<value::Interval<T>, QueryError> {
        let interval = match &token.kind {
            TokenKind::Quoted(content) => value::comparison(content.trim_matches(is_space)),
            TokenKind::Range => value::range(self.text(&token.span)),
            _ => value::comparison(self.text(&token.span)),
        };
        interval.map_err(|(message, hint)| QueryError::new(message, token.span.clone()).hint(hint))
    }
}

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Right behind `field:`, where it can be nothing but a value.
    Named,
    Free,
}

fn is_connective(token: &Token) -> bool {
    matches!(token.kind, TokenKind::And | TokenKind::Or)
}

/// Whether a word is an operator of other search languages: it would be found in no text, and the answer would be to
/// another question. `text` begins with the word.
fn is_reserved(text: &str, word: &str) -> bool {
    let bytes = text.as_bytes();
    let mentions = |name: &str| {
        let digits = bytes.get(name.len()..).unwrap_or_default();
        let n_digits = digits
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        bytes
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
            && n_digits > 0
            && digits.get(n_digits) == Some(&b'(')
    };
    if mentions("atleast") {
        return true;
    }
    let Some((name, reach)) = word.split_once('/') else {
        return false;
    };
    let is_distance = !reach.is_empty() && reach.bytes().all(|byte| byte.is_ascii_digit());
    let is_unit = ["p", "s"]
        .iter()
        .any(|unit| reach.eq_ignore_ascii_case(unit));
    let named = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
    named(&["w", "pre", "near", "onear"]) && is_distance || named(&["w", "pre"]) && is_unit
}

/// Whether the word has a `?` between letters and is else a plain word, as `wom?n`; addresses have them, too.
fn has_letter_mask(word: &str) -> bool {
    word.split_once('?').is_some_and(|(before, after)| {
        is_plain(before) && after.chars().any(char::is_alphanumeric) && {
            let after = after.trim_start_matches('?');
            after
                .split('?')
                .all(|part| part.is_empty() || is_plain(part))
        }
    })
}

fn phrase(field: &'static Field, content: &str, span: &Range<usize>) -> Result<Query, QueryError> {
    let words = normalized(content);
    let error = |message: String| QueryError::new(message, span.clone());
    if words.is_empty() {
        return Err(error("nothing stands between these quotation marks".into()));
    }
    if !words.contains(char::is_alphanumeric) {
        return Err(error(format!(
            "nothing to search for in {}",
            quoted(content)
        )));
    }
    // The analyzer would drop them in silence.
    let masked = words
        .split(' ')
        .find(|word| word.ends_with(['*', '~']) && word.contains(char::is_alphanumeric));
    if let Some(word) = masked {
        let operator = &word[word.len() - 1..];
        return Err(
            error(format!("`{operator}` has no meaning in a phrase")).hint(format!(
                "leave it out, or write {} without quotation marks",
                quoted(word)
            )),
        );
    }
    Ok(Query::Phrase { field, words })
}

fn prefix(field: &'static Field, word: &str) -> Result<Query, value::Problem> {
    let Some(prefix) = word.strip_suffix('*').filter(|word| !word.contains('*')) else {
        return Err((
            format!(
                "`*` can stand only at the end of a word, not as in {}",
                quoted(word)
            ),
            "`tarif*` finds words that begin so".into(),
        ));
    };
    one_word(prefix, '*')?;
    if prefix.chars().count() < 2 {
        return Err((
            format!("{} would find too many words", quoted(word)),
            "write at least two characters before `*`".into(),
        ));
    }
    let prefix = prefix.to_string();
    Ok(Query::Prefix { field, prefix })
}

fn fuzzy(field: &'static Field, word: &str, distance: &str) -> Result<Query, value::Problem> {
    one_word(word, '~')?;
    let distance = match distance {
        "" | "1" => 1,
        "2" => 2,
        _ => {
            return Err((
                format!("one or two letters may differ, not `~{distance}`"),
                "write `~1` or `~2`; `~` alone is `~1`".into(),
            ));
        }
    };
    let n_chars = word.chars().count();
    if n_chars > MAX_FUZZY_CHARS {
        return Err((
            format!(
                "{} has more than {MAX_FUZZY_CHARS} characters",
                quoted(word)
            ),
            "leave out `~`, or write a shorter word".into(),
        ));
    }
    if n_chars <= usize::from(distance) {
        return Err((
            format!("every letter of {} could differ", quoted(word)),
            "write a longer word before `~`".into(),
        ));
    }
    let word = word.to_string();
    Ok(Query::Fuzzy {
        field,
        word,
        distance,
    })
}

/// Refuses `US-Chin*`: as text it is two words, and no word begins so.
fn one_word(word: &str, operator: char) -> Result<(), value::Problem> {
    if is_plain(word) {
        return Ok(());
    }
    let apart = word
        .split(|c: char| !is_plain_char(c))
        .filter(|part| !part.is_empty())
        .collect::<Vec<&str>>()
        .join(" ");
    Err((
        format!(
            "`{operator}` works on a single word, not on {}",
            quoted(word)
        ),
        format!("write {}", quoted(&format!("{apart}{operator}"))),
    ))
}

fn is_plain(word: &str) -> bool {
    word.starts_with(char::is_alphanumeric) && word.chars().all(is_plain_char)
}

fn is_plain_char(c: char) -> bool {
    c.is_alphanumeric() || c == '\'' || unicode_normalization::char::is_combining_mark(c)
}

/// Whether a word has to be written as `text:word` to be read as a word.
pub(super) fn needs_field(word: &str) -> bool {
    lower_operator(word).is_some()
        || upper_operator(word).is_some()
        || is_reserved(word, word)
        || head(word).is_some()
}
