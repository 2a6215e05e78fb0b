//! Tokens to the tree. `W/5` and its like bind closest, then *not*, then *and*, written or by words side by side, then *or*.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::ast::Query;
use super::error::{QueryError, quoted};
use super::lexer::{
    Operator, Token, TokenKind, head, is_closing_mark, is_space, lower_operator, normalized,
    proximity, tokens, upper_operator,
};
use super::passage::{Case, Form, Passage, Proximity, Word};
use super::strangers::{self, stranger};
use super::{Resolve, names, question, value};
use crate::field::{Field, Kind};
use crate::limits::index::WORD_BYTES;
use crate::limits::query::{
    MAX_BYTES, MAX_CLAUSES, MAX_COMPARED, MAX_DEPTH, MAX_FUZZY_CHARS, MAX_REGEX_BYTES,
    MAX_REGEX_SIZE,
};
use crate::schema;
use crate::text::fold::fold;

/// Reads a query; names of values are looked up with `resolve`.
pub(super) fn parse(source: &str, resolve: &Resolve) -> Result<Query, QueryError> {
    if source.len() > MAX_BYTES {
        return Err(too_long(source));
    }
    let tokens = tokens(source)?;
    let Some(text) = schema::field(names::DEFAULT).filter(|_| !tokens.is_empty()) else {
        return Ok(Query::All);
    };
    let mut parser = Parser {
        source,
        is_question: question::is_whole(source, &tokens),
        is_prose: question::is_prose(source, &tokens),
        tokens,
        at: 0,
        depth: 0,
        n_clauses: 0,
        n_compared: 0,
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

/// Too many words that are slow to look up.
pub(super) fn too_slow(span: Range<usize>) -> QueryError {
    let message = format!(
        "more than {MAX_COMPARED} words of the query are compared with every word of the index"
    );
    QueryError::new(message, span)
}

/// Refuses words that no index has, whatever the texts say: *nothing found* would not be true.
pub(super) fn refuse_longest(words: &[Word], span: &Range<usize>) -> Result<(), QueryError> {
    let is_too_long = |word: &Word| {
        let mut runs = word.text.split(|c: char| !c.is_alphanumeric());
        matches!(word.form, Form::Stem | Form::Exact) && runs.any(|run| run.len() > WORD_BYTES)
    };
    match words.iter().find(|word| is_too_long(word)) {
        None => Ok(()),
        Some(word) => {
            let message = format!("{} has more than {WORD_BYTES} bytes", quoted(&word.text));
            let hint = "longer words are kept and shown, but not found: search for words beside it";
            Err(QueryError::new(message, span.clone()).hint(hint))
        }
    }
}

/// Refuses a text that has too many bytes.
pub(super) fn too_long(source: &str) -> QueryError {
    let start = (0..=MAX_BYTES)
        .rev()
        .find(|&at| source.is_char_boundary(at))
        .unwrap_or(0);
    let message = format!(
        "the query has {} bytes; the most is {MAX_BYTES}",
        source.len()
    );
    QueryError::new(message, start..source.len())
}

/// Words that are tried together as one name.
const MAX_NAME_WORDS: usize = 4;

struct Parser<'a> {
    source: &'a str,
    /// Whether `or` and `not` in lower case are words.
    is_question: bool,
    /// Whether it may be a sentence of news, which has words that look like operators.
    is_prose: bool,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    n_clauses: usize,
    n_compared: usize,
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

    /// Reads one clause, or several joined by `W/5` and its like, which bind closer than all but parentheses; the left ones
    /// first.
    fn near(&mut self, field: &'static Field) -> Result<Query, QueryError> {
        let start = self.at;
        let mut left = self.primary(field)?;
        while let Some((operator, proximity)) = self.proximity() {
            let left_side = self.side(left, start..self.at, "beside", &operator)?;
            self.at += if proximity.negated { 2 } else { 1 };
            let right = self.at;
            if let Some(token) = self.peek()
                && matches!(token.kind, TokenKind::Not | TokenKind::Exclude)
            {
                let message = format!(
                    "nothing can be left out behind {}",
                    quoted(self.text(&operator))
                );
                return Err(QueryError::new(message, token.span.clone())
                    .hint("`steel NOT W/5 tariff` finds steel where no tariff is near"));
            }
            let right_side = self.primary(field)?;
            let right_side = self.side(right_side, right..self.at, "beside", &operator)?;
            let ((left_field, left_side), (right_field, right_side)) = (left_side, right_side);
            if left_field != right_field {
                let message = format!(
                    "a word of `{}` and one of `{}` are never near each other",
                    left_field.name, right_field.name
                );
                return Err(QueryError::new(message, self.span(start..self.at)));
            }
            let passage = Passage::Near {
                left: Box::new(left_side),
                right: Box::new(right_side),
                proximity,
            };
            if passage.depth() > MAX_DEPTH {
                let message = format!("the query is nested more than {MAX_DEPTH} levels deep");
                return Err(QueryError::new(message, operator));
            }
            left = Query::Text {
                field: left_field,
                passage,
            };
        }
        Ok(left)
    }

    /// The operator such as `W/5` or `NOT W/5` that stands here, and its place.
    fn proximity(&self) -> Option<(Range<usize>, Proximity)> {
        let token = self.peek()?;
        let is_not = match token.kind {
            TokenKind::Near(proximity) => return Some((token.span.clone(), proximity)),
            TokenKind::Not => true,
            TokenKind::Bare => lower_operator(self.text(&token.span)) == Some(Operator::Not),
            _ => false,
        };
        let next = self.tokens.get(self.at + 1).filter(|_| is_not)?;
        match next.kind {
            TokenKind::Near(proximity) => Some((
                token.span.start..next.span.end,
                Proximity {
                    negated: true,
                    ..proximity
                },
            )),
            _ => None,
        }
    }

    /// What stands beside or within an operator such as `W/5`, and the field that it is in; `tokens` are those that it is of.
    fn side(
        &self,
        query: Query,
        tokens: Range<usize>,
        stands: &str,
        operator: &Range<usize>,
    ) -> Result<(&'static Field, Passage), QueryError> {
        passage(query).map_err(|(what, hint)| {
            let message = format!(
                "{what} cannot stand {stands} {}",
                quoted(self.text(operator))
            );
            QueryError::new(message, self.span(tokens)).hint(hint)
        })
    }

    /// From the first of some tokens to the last.
    fn span(&self, tokens: Range<usize>) -> Range<usize> {
        let tokens = self.tokens.get(tokens).unwrap_or_default();
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => self.source.len()..self.source.len(),
        }
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
                TokenKind::Close | TokenKind::And | TokenKind::Or | TokenKind::Near(_)
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
                self.refuse_plus_between(&span)?;
                self.at += 1;
                self.nested(span, |parser| parser.clause(field))
            }
            _ => self.near(field),
        }
    }

    /// Reads a word, phrase, value or parenthesis, with what stands right before it.
    fn primary(&mut self, field: &'static Field) -> Result<Query, QueryError> {
        let Some(token) = self.peek().cloned() else {
            return Err(self.missing_clause());
        };
        match token.kind {
            TokenKind::Open => self.group(field),
            TokenKind::Field(named) => {
                self.at += 1;
                let is_open = self.peek().is_some_and(|next| next.kind == TokenKind::Open);
                match schema::field(names::DEFAULT) {
                    Some(text) if is_open && named.name == names::ARTICLE => {
                        self.group(text).map(Query::article)
                    }
                    _ => self.value_of(named),
                }
            }
            TokenKind::Lead => {
                self.at += 1;
                match schema::field(names::DEFAULT) {
                    Some(text) => Ok(Query::Lead(Box::new(self.value_of(text)?))),
                    None => Err(self.missing_clause()),
                }
            }
            TokenKind::AnyOf(field) => {
                self.at += 1;
                self.count(&token.span)?;
                Ok(Query::Any { field })
            }
            TokenKind::Case(case) => {
                self.at += 1;
                let start = self.at;
                let query = self.group(field)?;
                in_case(query, case).ok_or_else(|| {
                    let operator = self.text(&token.span);
                    let message = format!("{} takes words and phrases only", quoted(operator));
                    QueryError::new(message, self.span(start..self.at))
                })
            }
            TokenKind::AtLeast(n_times) => {
                self.at += 1;
                let start = self.at;
                let query = self.group(field)?;
                let (field, passage) = self.side(query, start..self.at, "within", &token.span)?;
                if field.name != names::DEFAULT {
                    let message = format!(
                        "`ATLEAST` counts words of paragraphs, not of `{}`",
                        field.name
                    );
                    return Err(QueryError::new(message, self.span(start..self.at)));
                }
                Ok(Query::AtLeast {
                    n_times,
                    field,
                    passage,
                })
            }
            TokenKind::Bare => {
                let word = self.text(&token.span);
                if field.kind == Kind::Text {
                    self.refuse_stranger_between(&token)?;
                    if !self.is_prose
                        && let Some((message, hint)) = stranger(word)
                    {
                        return Err(QueryError::new(message, token.span).hint(hint));
                    }
                }
                self.leaf(field, token)
            }
            TokenKind::Quoted(_) | TokenKind::Range | TokenKind::Regex | TokenKind::Exact => {
                self.leaf(field, token)
            }
            _ => Err(self.missing_clause()),
        }
    }

    /// Whether a clause ends right before the token here, without an operator between.
    fn is_behind_clause(&self) -> bool {
        self.previous().is_some_and(|token| match token.kind {
            TokenKind::Bare => lower_operator(self.text(&token.span)).is_none(),
            TokenKind::Close | TokenKind::Quoted(_) | TokenKind::Range | TokenKind::Regex => true,
            _ => false,
        })
    }

    /// Refuses `but not`, and `SAME` and its like in capitals, between two clauses. Where all is in capitals, nothing tells words from
    /// operators, and in prose all are words.
    fn refuse_stranger_between(&self, token: &Token) -> Result<(), QueryError> {
        let word = self.text(&token.span);
        if self.is_prose || !self.is_behind_clause() {
            return Ok(());
        }
        let error = |message: String, span: Range<usize>| QueryError::new(message, span);
        if let Some(ours) = strangers::between(word)
            && self.starts_clause(self.at + 1)
            && self.source.contains(char::is_lowercase)
        {
            let message = format!("{} is no operator here", quoted(word));
            return Err(error(message, token.span.clone())
                .hint(format!("write `{ours}`; the word itself is `\"{word}\"`")));
        }
        let next = self.tokens.get(self.at + 1);
        let next = next.filter(|next| self.text(&next.span).eq_ignore_ascii_case("not"));
        if let Some(next) = next
            && word.eq_ignore_ascii_case("but")
            && self.starts_clause(self.at + 2)
        {
            let span = token.span.start..next.span.end;
            let message = format!("{} is no operator", quoted(self.text(&span)));
            return Err(error(message, span).hint(format!(
                "write `NOT` alone; the word itself is `\"{word}\"`"
            )));
        }
        Ok(())
    }

    /// Refuses `+s`, `+p` and `+5` between two clauses; not where others have that sign, too, as those that are required.
    fn refuse_plus_between(&self, sign: &Range<usize>) -> Result<(), QueryError> {
        let is_required = |before: usize| {
            let sign = self
                .at
                .checked_sub(before)
                .and_then(|at| self.tokens.get(at));
            sign.is_some_and(|token| token.kind == TokenKind::Require)
        };
        let is_between = !self.is_prose && self.is_behind_clause() && !is_required(2);
        let (Some(word), Some(next)) = (self.tokens.get(self.at + 1), self.tokens.get(self.at + 2))
        else {
            return Ok(());
        };
        let is_next = matches!(
            next.kind,
            TokenKind::Open | TokenKind::Bare | TokenKind::Quoted(_) | TokenKind::Regex
        );
        // "growth +5 percent"
        let is_figure = matches!(
            self.text(&next.span),
            "%" | "bn" | "per" | "percent" | "percentage" | "pct" | "points"
        );
        let is_next = is_next && !is_figure;
        match strangers::behind_plus(self.text(&word.span)) {
            Some(ours) if word.kind == TokenKind::Bare && is_between && is_next => {
                let span = sign.start..word.span.end;
                let (message, word) = (quoted(self.text(&span)), self.text(&word.span));
                Err(QueryError::new(format!("{message} is no operator here"), span).hint(format!(
                    "write `{ours}`, or take `--syntax lexis`; to demand the word, write `+\"{word}\"`"
                )))
            }
            _ => Ok(()),
        }
    }

    /// Reads what stands right behind `field:`.
    fn value_of(&mut self, field: &'static Field) -> Result<Query, QueryError> {
        match self.peek().cloned() {
            Some(token) if token.kind == TokenKind::Open => self.group(field),
            Some(token) => self.leaf(field, token),
            None => Err(self.missing_clause()),
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
            None if proximity(operator).is_some() => {
                format!("the word itself is `\"{operator}\"`")
            }
            None => "leave it out, or write what belongs there".to_string(),
        }
    }

    /// Reads a word, phrase, name, date or number of a field.
    fn leaf(&mut self, field: &'static Field, token: Token) -> Result<Query, QueryError> {
        self.at += 1;
        self.count(&token.span)?;
        match field.kind {
            Kind::Text => {
                let passage = match &token.kind {
                    TokenKind::Quoted(content) => phrase(content, &token.span, Form::Stem)?,
                    TokenKind::Exact => match self.peek().cloned() {
                        Some(Token {
                            kind: TokenKind::Quoted(content),
                            span,
                        }) => {
                            self.at += 1;
                            phrase(&content, &span, Form::Exact)?
                        }
                        _ => return Err(self.missing_clause()),
                    },
                    TokenKind::Regex => Passage::Word(self.regex(&token.span)?),
                    _ => Passage::Word(self.word(&token.span)?),
                };
                self.count_compared(&passage, &token.span)?;
                Ok(Query::Text { field, passage })
            }
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

    /// Counts one more word, phrase, name or range, and refuses too many.
    fn count(&mut self, span: &Range<usize>) -> Result<(), QueryError> {
        self.n_clauses += 1;
        if self.n_clauses > MAX_CLAUSES {
            let message = format!("the query has more than {MAX_CLAUSES} clauses");
            return Err(QueryError::new(message, span.clone()));
        }
        Ok(())
    }

    /// Counts words that are slow to look up, and refuses too many, and those that are nowhere.
    fn count_compared(&mut self, passage: &Passage, span: &Range<usize>) -> Result<(), QueryError> {
        let words = match passage {
            Passage::Word(word) => std::slice::from_ref(word),
            Passage::Phrase(words) => words,
            _ => &[],
        };
        refuse_longest(words, span)?;
        self.n_compared += words.iter().filter(|word| word.is_compared()).count();
        if self.n_compared > MAX_COMPARED {
            return Err(too_slow(span.clone()).hint(
                "these are `word~`, `/word/` and `*word`; `word*` and plain words are looked up",
            ));
        }
        Ok(())
    }

    fn word(&self, span: &Range<usize>) -> Result<Word, QueryError> {
        let mut word = normalized(self.text(span));
        // Signs may stand apart from their number: `§ 232`, `25 %`.
        if word.contains(' ') {
            word.retain(|c| c != ' ');
        }
        let error = |message: String| QueryError::new(message, span.clone());
        if !word.contains(char::is_alphanumeric) {
            let error = error(format!(
                "nothing to search for in {}",
                quoted(self.text(span))
            ));
            return Err(match word.as_str() {
                "&" => error.hint(
                    "put a name in quotation marks (`\"Smith & Sons\"`); to ask for both, write `AND` or nothing",
                ),
                _ if word.contains('*') => error.hint("an empty query finds everything"),
                _ if word.starts_with('-') => error.hint(
                    "`-china` leaves a word out; a dash by itself goes between quotation marks, with the words around it",
                ),
                _ => error,
            });
        }
        pattern(&word, Form::Stem).map_err(|(message, hint)| error(message).hint(hint))
    }

    /// Reads `/tarif+s?/`.
    fn regex(&self, span: &Range<usize>) -> Result<Word, QueryError> {
        let error = |message: String| QueryError::new(message, span.clone());
        let slashed = self.text(span);
        let text = &slashed[1..slashed.len() - 1];
        if text.len() > MAX_REGEX_BYTES {
            return Err(error(format!(
                "the regular expression has more than {MAX_REGEX_BYTES} bytes"
            )));
        }
        match word_regex(text) {
            Ok(_) if n_letters(text) < 2 => Err(error(format!("{} would find too many words", quoted(slashed)))
                .hint("write at least two letters that stand in every such word")),
            Ok(_) => Ok(Word {
                text: text.to_string(),
                form: Form::Regex,
                case: Case::Any,
            }),
            // The first line only says that it is one; the last says what is wrong.
            Err(problem) => Err(error(format!(
                "{} is no regular expression: {}",
                quoted(text),
                match problem.lines().last().unwrap_or_default() {
                    line if line.contains("size limit") => "it would be too large",
                    line => line.trim_start_matches("error: "),
                }
            ))
            .hint("it is matched with whole words in lower case; to search for the text, put it in quotation marks")),
        }
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
        if token.kind == TokenKind::Bare && name == "*" && field.is_facet() {
            return Ok(Query::Any { field });
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

fn is_connective(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::And | TokenKind::Or | TokenKind::Near(_)
    )
}

/// What a query asks for as one passage, and the field that it is in; or why it is none, and what to write instead.
fn passage(query: Query) -> Result<(&'static Field, Passage), (String, String)> {
    let no = |what: &str, hint: &str| Err((what.to_string(), hint.to_string()));
    let of_text = |field: &'static Field, values: Vec<String>| {
        if !schema::is_extracted(field) {
            let what = format!("`{}:`", field.name);
            return Err((
                what,
                "its values have no place in the text; join it by `AND`".to_string(),
            ));
        }
        let text = schema::field(names::DEFAULT).unwrap_or(field);
        Ok((text, Passage::Mention { field, values }))
    };
    match query {
        Query::Text { field, passage } => Ok((field, passage)),
        Query::Values { field, values } => of_text(field, values),
        Query::Any { field } => of_text(field, Vec::new()),
        Query::Or(clauses) | Query::Either(clauses) => {
            let mut passages = Vec::with_capacity(clauses.len());
            let mut of = None;
            for clause in clauses {
                let (field, clause) = passage(clause)?;
                if *of.get_or_insert(field) != field {
                    return no("words of different fields", "join them by `OR` outside");
                }
                passages.push(clause);
            }
            match of {
                Some(field) => Ok((field, Passage::or(passages))),
                None => no("nothing", "write a word"),
            }
        }
        Query::And(_) => no(
            "`AND`",
            "two conditions side by side mean both; join words by `W/P` (both in the paragraph), or make them a phrase",
        ),
        Query::Not(_) => no(
            "`NOT`",
            "`steel NOT W/5 tariff` finds steel where no tariff is near",
        ),
        Query::All => no("everything", "write a word"),
        Query::Dates { field, .. } | Query::Numbers { field, .. } => {
            let what = format!("`{}:`", field.name);
            Err((what, "join it by `AND`".to_string()))
        }
        Query::AtLeast { .. } => no("`ATLEAST`", "join it by `AND`"),
        Query::Lead(_) => no("`lead:`", "write it around: `lead:(steel W/5 tariff)`"),
        Query::Article(_) => no("`article:(…)`", "join it by `AND`"),
    }
}

/// The query with its words in that case; none when it asks for anything but words and phrases.
fn in_case(query: Query, case: Case) -> Option<Query> {
    let all = |clauses: Vec<Query>| {
        let clauses = clauses.into_iter().map(|clause| in_case(clause, case));
        clauses.collect::<Option<Vec<Query>>>()
    };
    match query {
        Query::Text { field, passage } => Some(Query::Text {
            field,
            passage: passage.in_case(case),
        }),
        Query::And(clauses) => all(clauses).map(Query::and),
        Query::Or(clauses) => all(clauses).map(Query::or),
        Query::Not(clause) => in_case(*clause, case).map(Query::not),
        _ => None,
    }
}

/// Reads a word with the marks of its form: `=tariffs`, `tarif*`, `wom?n`, `lighthiser~2`. Without any it has the form that
/// is given.
fn pattern(word: &str, form: Form) -> Result<Word, value::Problem> {
    let new = |text: &str, form: Form| Word {
        text: text.to_string(),
        form,
        case: Case::Any,
    };
    let (word, form) = match word.strip_prefix('=') {
        Some(exact) if exact.starts_with(|c: char| !is_closing_mark(c)) => (exact, Form::Exact),
        _ => (word, form),
    };
    // `="trade !war"`: behind `=` such a mark would be none of the word.
    let word = match word.trim_start_matches(is_closing_mark) {
        bare if form == Form::Exact && bare.contains(char::is_alphanumeric) => bare,
        _ => word,
    };
    // As in `tarif*, quota*`; a question mark at the end is one.
    let masked = match ends_in_masks(word) {
        true => word,
        false => word.trim_end_matches(is_closing_mark),
    };
    if masked.contains('*') || has_letter_mask(masked) || ends_in_masks(masked) {
        wildcard(masked)?;
        return Ok(new(masked, Form::Wildcard));
    }
    let fuzzy = masked.rsplit_once('~').filter(|(word, distance)| {
        word.contains(char::is_alphanumeric)
            && distance.chars().all(|c| c.is_ascii_digit() || c == '.')
    });
    if let Some((word, distance)) = fuzzy {
        return Ok(new(word, Form::Fuzzy(edits(word, distance)?)));
    }
    if let Some((_, weight)) = masked.rsplit_once('^').filter(|(_, weight)| {
        !weight.is_empty() && weight.chars().all(|c| c.is_ascii_digit() || c == '.')
    }) {
        return Err((
            format!("words have no weights such as `^{weight}`"),
            "leave it out; rare words count for more by themselves".into(),
        ));
    }
    // That of a sentence; without it `/tariffs?/!` would read back as an expression.
    let word = match word.trim_end_matches('!') {
        bare if bare.contains(char::is_alphanumeric) && !bare.ends_with('/') => bare,
        _ => word,
    };
    Ok(new(word, form))
}

/// Whether the word ends in several `?` behind letters and a digit, as `DS5??`: nobody asks so, but of years.
fn ends_in_masks(word: &str) -> bool {
    let stem = word.trim_end_matches('?');
    word.len() >= stem.len() + 2
        && stem.ends_with(|c: char| c.is_ascii_digit())
        && stem.contains(char::is_alphabetic)
        && stem
            .split(['?', '*'])
            .all(|part| part.is_empty() || is_plain(part))
}

/// Whether the word has a `?` between letters and is else a plain word, as `wom?n`; addresses have them, too.
fn has_letter_mask(word: &str) -> bool {
    word.split_once('?').is_some_and(|(before, after)| {
        (before.is_empty() || is_plain(before)) && after.chars().any(char::is_alphanumeric) && {
            let after = after.trim_start_matches('?');
            after
                .split('?')
                .all(|part| part.is_empty() || is_plain(part))
        }
    })
}

/// Reads what stands between quotation marks; its words have that form where they have no mark of another.
fn phrase(content: &str, span: &Range<usize>, form: Form) -> Result<Passage, QueryError> {
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
    let mut phrase = Vec::new();
    for word in words.split(' ') {
        if matches!(word, "*" | "**" | "?") {
            return Err(error(format!("`{word}` stands for no word in a phrase"))
                .hint("`trade PRE/2 war` finds both with a word between them at most"));
        }
        phrase.push(pattern(word, form).map_err(|(message, hint)| error(message).hint(hint))?);
    }
    Ok(Passage::Phrase(phrase))
}

/// Refuses wildcards that stand for too much.
fn wildcard(word: &str) -> Result<(), value::Problem> {
    one_word(&word.replace(['*', '?'], ""), word)?;
    let is_letter = |c: &char| !matches!(c, '*' | '?');
    // Accents are none: words are compared without them.
    if fold(word).chars().filter(is_letter).count() < 2 {
        return Err((
            format!("{} would find too many words", quoted(word)),
            "write at least two characters beside `*` and `?`".into(),
        ));
    }
    Ok(())
}

/// How many letters may differ.
fn edits(word: &str, distance: &str) -> Result<u8, value::Problem> {
    one_word(word, &format!("{word}~"))?;
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
    Ok(distance)
}

/// How many letters and digits of a regular expression stand for themselves.
fn n_letters(regex: &str) -> usize {
    let mut is_escaped = false;
    let mut is_class = false;
    let mut n_letters = 0;
    for c in regex.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_class = true,
            ']' => is_class = false,
            _ => n_letters += usize::from(!is_class && c.is_alphanumeric()),
        }
    }
    n_letters
}

/// Compiles a regular expression that is matched with whole folded words.
///
/// # Errors
///
/// What is wrong with it, in several lines.
pub fn word_regex(text: &str) -> Result<Regex, String> {
    RegexBuilder::new(&format!("^(?:{text})$"))
        .case_insensitive(true)
        .size_limit(MAX_REGEX_SIZE)
        .build()
        .map_err(|error| error.to_string())
}

/// Refuses `US-Chin*`: as text it is two words, and no word begins so. `typed` is the word with its marks.
fn one_word(word: &str, typed: &str) -> Result<(), value::Problem> {
    if is_plain(word) {
        return Ok(());
    }
    let apart = typed
        .split(|c: char| !is_plain_char(c) && !matches!(c, '*' | '?' | '~'))
        .filter(|part| !part.is_empty())
        .collect::<Vec<&str>>()
        .join(" ");
    Err((
        format!(
            "wildcards and misspellings are of single words, not of {}",
            quoted(typed)
        ),
        format!("write {}", quoted(&format!("\"{apart}\""))),
    ))
}

fn is_plain(word: &str) -> bool {
    word.starts_with(char::is_alphanumeric) && word.chars().all(is_plain_char)
}

pub(super) fn is_plain_char(c: char) -> bool {
    c.is_alphanumeric() || c == '\'' || unicode_normalization::char::is_combining_mark(c)
}

/// Whether a word has to be written as `text:word` to be read as a word.
pub(super) fn needs_field(word: &str) -> bool {
    lower_operator(word).is_some()
        || upper_operator(word).is_some()
        || proximity(word).is_some()
        || head(word).is_some()
        || stranger(word).is_some()
        || strangers::between(word).is_some()
}
