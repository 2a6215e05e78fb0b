//! Text to tokens with their places. Knows the fields, because `url:` and `published:` change how their value is cut.

use std::ops::Range;

use super::ast::is_letter;
use super::dialect::is_segment_of_lexis;
use super::error::{QueryError, quoted};
use super::names;
use super::passage::{Case, Proximity, Reach};
use super::strangers;
use crate::field::{Field, Kind};
use crate::limits::query::{MAX_REACH, MAX_TIMES};
use crate::schema;

/// A piece of the query; its span is in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open,
    Close,
    /// `AND`, `&&`
    And,
    /// `OR`, `||`, `|`
    Or,
    /// `NOT`
    Not,
    /// `-` or `!` at the start of a word
    Exclude,
    /// `+` at the start of a word
    Require,
    /// `W/5`, `PRE/S`; a `NOT` before it is a token of its own.
    Near(Proximity),
    /// `=` at the start of a word or phrase
    Exact,
    /// `ALLCAPS`; a parenthesis follows.
    Case(Case),
    /// `ATLEAST5`; a parenthesis follows.
    AtLeast(u32),
    /// `title:`; the value follows without a space.
    Field(&'static Field),
    /// `lead:`; a value follows without a space.
    Lead,
    /// `person:` beside an operator such as `W/5`: any value.
    AnyOf(&'static Field),
    /// What stands between quotation marks, without its escapes.
    Quoted(String),
    /// `[2018 TO 2019]`, brackets included
    Range,
    /// `/tarif+s?/`, slashes included
    Regex,
    /// Anything else up to the next space.
    Bare,
}

/// Cuts a query into tokens.
pub(super) fn tokens(source: &str) -> Result<Vec<Token>, QueryError> {
    let mut lexer = Lexer {
        source,
        at: 0,
        tokens: Vec::new(),
        groups: Vec::new(),
    };
    while let Some(c) = lexer.peek() {
        lexer.token(c)?;
    }
    Ok(lexer.tokens)
}

/// Whether the character parts words: white space, and the invisible marks that come along with pasted text.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}

/// Whether the character opens or closes a phrase.
pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// Returns words with plain apostrophes, hyphens and single spaces.
pub(super) fn normalized(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split(is_space).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(|c| match c {
            '’' | '‘' | 'ʼ' | '′' => '\'',
            _ if is_dash(c) => '-',
            _ => c,
        }));
    }
    out
}

/// Returns the text with hyphens for all dashes.
pub(super) fn plain_dashes(text: &str) -> String {
    text.chars()
        .map(|c| if is_dash(c) { '-' } else { c })
        .collect()
}

fn is_dash(c: char) -> bool {
    matches!(c, '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '－')
}

/// Whether the character ends sentences and their parts.
pub(super) fn is_closing_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…')
}

/// Whether the character stands before the number of a section or paragraph.
pub(super) fn is_section_mark(c: char) -> bool {
    matches!(c, '§' | '¶')
}

/// Whether a word is a code of laws, of which a section mark says no more: `U.S.C.`
pub(super) fn is_code(word: &str) -> bool {
    const CODES: &[&str] = &["usc", "cfr"];
    let letters: String = word.chars().filter(|c| *c != '.').collect();
    CODES.iter().any(|code| letters.eq_ignore_ascii_case(code))
}

/// A word that stands before a colon where a field's name does.
pub(super) struct Head<'a> {
    pub(super) name: &'a str,
    /// What it names; none when nothing has that name.
    pub(super) part: Option<Part>,
    /// Whether something stands right behind the colon.
    pub(super) has_value: bool,
}

/// What of a document a query can ask for by name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Field(&'static Field),
    Lead,
}

/// Returns the name of a field, known or not, at the head of a text. `12:30` and `https://…` have none, and `warned: ` only
/// ends in a colon; but `country: ` surely wants to be a field, and to take it for a word would mislead.
pub(super) fn head(text: &str) -> Option<Head<'_>> {
    let is_part = |c: char| c.is_alphabetic() || c == '_';
    let end = text.find(|c| !is_part(c)).filter(|&end| end > 0)?;
    let value = text[end..].strip_prefix(':')?;
    let name = &text[..end];
    let part = match names::find(name) {
        Some(field) => Some(Part::Field(field)),
        None if name.eq_ignore_ascii_case(names::LEAD) => Some(Part::Lead),
        None => None,
    };
    let has_value = !value.starts_with(|c| is_space(c) || c == ')') && !value.is_empty();
    let is_part =
        part.is_some() || has_value && !value.starts_with("//") && !value.starts_with(':');
    is_part.then_some(Head {
        name,
        part,
        has_value,
    })
}

/// An operator that is written as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
}

/// Returns the operator of that spelling in lower case.
pub(super) fn lower_operator(word: &str) -> Option<Operator> {
    match word {
        "and" => Some(Operator::And),
        "or" => Some(Operator::Or),
        "not" => Some(Operator::Not),
        _ => None,
    }
}

/// Returns the operator of that spelling in upper case.
pub(super) fn upper_operator(word: &str) -> Option<Operator> {
    match word {
        "AND" => Some(Operator::And),
        "OR" => Some(Operator::Or),
        "NOT" => Some(Operator::Not),
        _ => None,
    }
}

/// Reads `W/5`, `PRE/5`, `W/S`, `W/P` and the like, in any case; none when the word is nothing of the kind. `NEAR` is another
/// name for `W`, `ONEAR` for `PRE`.
pub(super) fn proximity(word: &str) -> Option<Result<Proximity, String>> {
    let (name, reach) = word.split_once('/')?;
    let ordered = match () {
        () if ["w", "near"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known)) =>
        {
            false
        }
        () if ["pre", "onear"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known)) =>
        {
            true
        }
        () => return None,
    };
    let reach = match reach {
        "s" | "S" => Reach::Sentence,
        "p" | "P" => Reach::Paragraph,
        "" => return None,
        _ if reach.bytes().all(|byte| byte.is_ascii_digit()) => {
            match reach.parse().ok().filter(|n_words| *n_words <= MAX_REACH) {
                Some(n_words) => Reach::Words(n_words),
                None => {
                    return Some(Err(format!(
                        "{} is too far: the most is {MAX_REACH} words",
                        quoted(word)
                    )));
                }
            }
        }
        _ => return None,
    };
    Some(Ok(Proximity {
        reach,
        ordered,
        negated: false,
    }))
}

/// An operator that is written like a function, right before a parenthesis: `ALLCAPS(`, `ATLEAST5 (`. Its length is that
/// without the parenthesis and the space before it.
fn function(text: &str) -> Option<(TokenKind, usize)> {
    let is_name = |c: char| c.is_ascii_alphabetic();
    let (name, rest) = text.split_at(text.find(|c| !is_name(c))?);
    let opens = |rest: &str| rest.trim_start_matches(is_space).starts_with('(');
    if name.eq_ignore_ascii_case("atleast") {
        let digits = rest.trim_start_matches(|c| is_space(c) || c == '/');
        let n_digits = digits.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = digits.split_at(n_digits);
        if digits.is_empty() || !opens(rest) {
            return None;
        }
        // What is too large to read is too large.
        let n_times = digits.parse().unwrap_or(u32::MAX);
        return Some((TokenKind::AtLeast(n_times), text.len() - rest.len()));
    }
    let (_, case) = Case::OPERATORS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    rest.starts_with('(')
        .then_some((TokenKind::Case(*case), name.len()))
}

/// The length of a regular expression between slashes at the head of a text, slashes included; `and/or` and `/usr/bin` are
/// none.
pub(super) fn regex_len(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('/')?;
    let mut is_escaped = false;
    let end = inside.find(|c| {
        let is_end = is_space(c) || c == '/' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })?;
    let behind = inside[end..].strip_prefix('/')?;
    // It ends where a word does; a word of that look would not read back.
    let is_whole = word_len(behind) == 0;
    (end > 0 && is_whole).then_some(end + 2)
}

/// Where a text stops being one bare word. `301(b)` and `XX(g)(i)` are whole: laws are cited so.
pub(super) fn word_len(text: &str) -> usize {
    let mut at = 0;
    let mut before = ' ';
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut len = c.len_utf8();
        match c {
            '(' => {
                let word = &text[..at];
                let is_word = lower_operator(word).is_none() && upper_operator(word).is_none();
                match citation_len(rest) {
                    Some(n_bytes) if is_word && (before.is_alphanumeric() || before == ')') => {
                        len = n_bytes;
                        before = ')';
                    }
                    _ => return at,
                }
            }
            ')' | '|' => return at,
            _ if is_space(c) || is_quotation_mark(c) || rest.starts_with("&&") => return at,
            _ => before = c,
        }
        at += len;
    }
    at
}

/// The length of `(b)`, `(12)`, `(iii)` at the head of a text.
pub(super) fn citation_len(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('(')?;
    let inside = &inside.as_bytes()[..inside.len().min(7)];
    let len = inside.iter().position(|&byte| byte == b')')?;
    let inside = &inside[..len];
    let is_letter = matches!(inside, [byte] if byte.is_ascii_alphabetic());
    let is_number = (1..=3).contains(&len) && inside.iter().all(u8::is_ascii_digit);
    let is_roman = len > 0
        && inside
            .iter()
            .all(|byte| matches!(byte.to_ascii_lowercase(), b'i' | b'v' | b'x' | b'l' | b'c'));
    (is_letter || is_number || is_roman).then_some(len + 2)
}

/// Where a text stops being one exact string: at a space, a quotation mark, or a parenthesis that it does not open.
fn keyword_len(text: &str) -> usize {
    let mut n_open = 0;
    text.char_indices()
        .find(|&(_, c)| {
            match c {
                '(' => n_open += 1,
                ')' if n_open > 0 => n_open -= 1,
                _ => return is_space(c) || is_quotation_mark(c) || c == ')',
            }
            false
        })
        .map_or(text.len(), |(at, _)| at)
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    tokens: Vec<Token>,
    /// The field of each parenthesis that is open; none for the default.
    groups: Vec<Option<&'static Field>>,
}

impl<'a> Lexer<'a> {
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn push(&mut self, kind: TokenKind, len: usize) {
        let span = self.at..self.at + len;
        self.at = span.end;
        self.tokens.push(Token { kind, span });
    }

    /// The field whose value stands right here.
    fn named(&self) -> Option<&'static Field> {
        match self.tokens.last()?.kind {
            TokenKind::Field(field) => Some(field),
            TokenKind::Lead => schema::field(names::DEFAULT),
            _ => None,
        }
    }

    /// Whether a phrase, parenthesis or range ends right here.
    fn is_behind_clause(&self) -> bool {
        self.tokens.last().is_some_and(|token| {
            let is_closed = matches!(
                token.kind,
                TokenKind::Quoted(_) | TokenKind::Close | TokenKind::Range
            );
            is_closed && token.span.end == self.at
        })
    }

    fn group(&self) -> Option<&'static Field> {
        self.groups.last().copied().flatten()
    }

    /// Whether words of a text are read here, and no values of a field.
    fn takes_words(&self) -> bool {
        matches!(
            self.group().map(|field| field.kind),
            None | Some(Kind::Text)
        )
    }

    /// Reads what begins with the character.
    fn token(&mut self, c: char) -> Result<(), QueryError> {
        let len = c.len_utf8();
        match c {
            _ if is_space(c) => self.at += len,
            '(' => {
                let group = match self.tokens.last().map(|token| &token.kind) {
                    Some(TokenKind::Field(field)) if field.name == names::ARTICLE => None,
                    Some(TokenKind::Field(field)) => Some(*field),
                    Some(TokenKind::Lead) => None,
                    _ => self.group(),
                };
                self.groups.push(group);
                self.push(TokenKind::Open, len);
            }
            ')' => {
                self.groups.pop();
                self.push(TokenKind::Close, len);
            }
            _ if is_quotation_mark(c) => self.quotation(len)?,
            _ => match self.named() {
                Some(field) => self.value(field, c)?,
                None => self.clause(c)?,
            },
        }
        Ok(())
    }

    fn quotation(&mut self, mark_len: usize) -> Result<(), QueryError> {
        let mut content = String::new();
        let mut chars = self.rest()[mark_len..].char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if is_quotation_mark(c) {
                self.push(TokenKind::Quoted(content), mark_len + at + c.len_utf8());
                return Ok(());
            }
            match chars.peek() {
                Some(&(_, escaped))
                    if c == '\\' && (is_quotation_mark(escaped) || escaped == '\\') =>
                {
                    content.push(escaped);
                    chars.next();
                }
                _ => content.push(c),
            }
        }
        let span = self.at..self.at + mark_len;
        Err(QueryError::new("this quotation mark is not closed", span)
            .hint("close it behind the last word of the phrase, or leave it out"))
    }

    /// Reads the value that stands right behind `field:`.
    fn value(&mut self, field: &'static Field, c: char) -> Result<(), QueryError> {
        let name = field.name;
        let ordered = matches!(field.kind, Kind::Date | Kind::Number);
        let span = self.at..self.at + c.len_utf8();
        match c {
            _ if field.kind == Kind::Keyword => {
                let len = keyword_len(self.rest());
                self.push(TokenKind::Bare, len);
                Ok(())
            }
            '[' | '{' if ordered => self.range(),
            '[' | '{' | '<' | '>' if !ordered => Err(QueryError::new(
                format!("`{c}` has no meaning here: the values of `{name}` have no order"),
                span,
            )
            .hint(format!("to search it as it is, write `{name}:\"…\"`"))),
            _ if matches!(c, '-' | '!') || is_dash(c) => Err(QueryError::new(
                format!("`{c}` has no meaning after `{name}:`"),
                span,
            )
            .hint(format!("to leave a value out, write `-{name}:…`"))),
            '+' => Err(
                QueryError::new(format!("`+` has no meaning after `{name}:`"), span)
                    .hint("leave it out: what is asked for is required"),
            ),
            '=' if field.kind == Kind::Text && self.rest()[1..].starts_with(is_quotation_mark) => {
                self.push(TokenKind::Exact, 1);
                Ok(())
            }
            _ => {
                let regex_len = regex_len(self.rest()).filter(|_| field.kind == Kind::Text);
                match (regex_len, word_len(self.rest())) {
                    (Some(len), _) => self.push(TokenKind::Regex, len),
                    (None, 0) => return Err(missing_value(name, self.field_span())),
                    (None, len) => self.push(TokenKind::Bare, len),
                }
                Ok(())
            }
        }
    }

    /// The place of the `field:` that was just read.
    fn field_span(&self) -> Range<usize> {
        self.tokens
            .last()
            .map_or(self.at..self.at, |token| token.span.clone())
    }

    fn range(&mut self) -> Result<(), QueryError> {
        match self.rest().find([']', '}']) {
            Some(end) => {
                self.push(TokenKind::Range, end + 1);
                Ok(())
            }
            None => Err(
                QueryError::new("this bracket is not closed", self.at..self.at + 1)
                    .hint("a range reads `[2018-01 TO 2018-09]`"),
            ),
        }
    }

    /// Reads what stands where a clause or an operator may.
    fn clause(&mut self, c: char) -> Result<(), QueryError> {
        let rest = self.rest();
        if self.is_behind_clause() {
            let len = word_len(rest);
            // As in `"trade war", steel`; in `war, steel` the word keeps it, and it means nothing either.
            if len > 0 && rest[..len].chars().all(is_closing_mark) {
                self.at += len;
                return Ok(());
            }
            // Other engines know `"steel tariffs"~5`; here it would become a word.
            if matches!(c, '~' | '*' | '^') {
                let message = format!("`{c}` has no meaning behind a phrase or parenthesis");
                return Err(QueryError::new(message, self.at..self.at + len)
                    .hint("a phrase is words next to each other; `steel W/5 tariff` lets others stand between"));
            }
        }
        let behind_mark = rest.trim_start_matches(is_section_mark);
        let number = behind_mark.trim_start_matches(is_space);
        if self.takes_words()
            && behind_mark.len() < rest.len()
            && number.len() < behind_mark.len()
            && number.starts_with(char::is_alphanumeric)
        {
            if c == '§' && !self.is_behind_code() {
                // The mark says what the number is of.
                let len = rest.len() - number.len() + word_len(number);
                self.push(TokenKind::Bare, len);
            } else {
                // As in `19 U.S.C. § 1862`: texts are searched without it.
                self.at += rest.len() - behind_mark.len();
            }
            return Ok(());
        }
        // As in `25 %`.
        if c == '%' && self.takes_words() && word_len(rest) == 1 {
            let number = self.tokens.last_mut().filter(|token| {
                let is_number =
                    self.source[token.span.clone()].ends_with(|c: char| c.is_ascii_digit());
                let between = &self.source[token.span.end..self.at];
                token.kind == TokenKind::Bare && is_number && between.chars().all(is_space)
            });
            if let Some(number) = number {
                self.at += 1;
                number.span.end = self.at;
                return Ok(());
            }
        }
        if rest.starts_with("&&") {
            self.push(TokenKind::And, 2);
            return Ok(());
        }
        if c == '|' {
            self.push(TokenKind::Or, if rest.starts_with("||") { 2 } else { 1 });
            return Ok(());
        }
        if matches!(c, '-' | '!' | '+') || is_dash(c) {
            return self.sign(c);
        }
        if let Some(head) = head(rest) {
            return self.field(&head);
        }
        let group = self.group().map(|field| field.kind);
        if self.takes_words() && self.operator(c)? {
            return Ok(());
        }
        if c == '[' && matches!(group, Some(Kind::Date | Kind::Number)) {
            return self.range();
        }
        let len = match group {
            Some(Kind::Keyword) => keyword_len(rest),
            _ => word_len(rest),
        };
        if self.takes_words() {
            self.no_lexis(len)?;
        }
        let kind = match upper_operator(&rest[..len]) {
            Some(Operator::And) => TokenKind::And,
            Some(Operator::Or) => TokenKind::Or,
            Some(Operator::Not) => TokenKind::Not,
            None => TokenKind::Bare,
        };
        // Only an operator's character can be no word at all, and all of those are read above.
        self.push(kind, len.max(c.len_utf8()));
        Ok(())
    }

    /// Refuses `retaliat! W/5 steel` and `headline(steel)`, which Lexis knows. A last word may have its `!` from a sentence.
    fn no_lexis(&self, len: usize) -> Result<(), QueryError> {
        let (word, behind) = self.rest().split_at(len);
        let refuse = |message: String, instead: String| {
            let hint = format!("write `{instead}`, or take `--syntax lexis`");
            Err(QueryError::new(message, self.at..self.at + len).hint(hint))
        };
        let stem = word.strip_suffix('!').filter(|stem| {
            const SHORTEST: usize = 3;
            stem.len() >= SHORTEST && stem.chars().all(char::is_alphabetic)
        });
        if let Some(stem) = stem.filter(|_| !behind.trim().is_empty()) {
            return refuse(
                format!("`!` behind {} cuts no word off here", quoted(stem)),
                format!("{stem}*"),
            );
        }
        let ours = strangers::before_parenthesis(word);
        let is_strange = ours.is_some() || names::find(word).is_none() && is_segment_of_lexis(word);
        if behind.starts_with('(') && is_strange {
            let message = format!("{} is no field here", quoted(&format!("{word}(")));
            let instead = match ours {
                Some(ours) => format!("write `{ours}:(…)`"),
                None => "take `--syntax lexis`".to_string(),
            };
            let hint = format!("{instead}, or put a space before the parenthesis to mean the word");
            return Err(QueryError::new(message, self.at..self.at + len).hint(hint));
        }
        if behind.starts_with('(')
            && let Some(field) = names::find(word)
        {
            return refuse(
                format!("{} stands without its colon", quoted(word)),
                format!("{}:(…)", field.name),
            );
        }
        Ok(())
    }

    /// Reads what has a meaning among words of a text only; tells whether there was any.
    fn operator(&mut self, c: char) -> Result<bool, QueryError> {
        let rest = self.rest();
        if c == '=' && rest[1..].starts_with(is_quotation_mark) {
            self.push(TokenKind::Exact, 1);
            return Ok(true);
        }
        if let Some((kind, len)) = function(rest) {
            if let TokenKind::AtLeast(n_times) = kind
                && !(1..=MAX_TIMES).contains(&n_times)
            {
                let message = format!("`ATLEAST` takes a number from 1 to {MAX_TIMES}");
                return Err(QueryError::new(message, self.at..self.at + len));
            }
            self.push(kind, len);
            return Ok(true);
        }
        if let Some(len) = regex_len(rest) {
            self.push(TokenKind::Regex, len);
            return Ok(true);
        }
        let len = word_len(rest);
        match proximity(&rest[..len]) {
            None => return Ok(false),
            Some(Ok(proximity)) => self.push(TokenKind::Near(proximity), len),
            Some(Err(message)) => {
                return Err(QueryError::new(message, self.at..self.at + len)
                    .hint("`W/P` finds both anywhere in one paragraph"));
            }
        }
        Ok(true)
    }

    /// Reads `-`, `!`, `+` or a dash where a word may begin.
    fn sign(&mut self, c: char) -> Result<(), QueryError> {
        let rest = self.rest();
        let word = &rest[..word_len(rest)];
        let next = rest[word.len()..].chars().next();
        let opens = next.is_some_and(|next| next == '(' || is_quotation_mark(next));
        if !opens && !word.contains(char::is_alphanumeric) {
            // A mark by itself; the parser says so.
            self.push(TokenKind::Bare, word.len());
            return Ok(());
        }
        let span = self.at..self.at + c.len_utf8();
        if is_dash(c) {
            return Err(QueryError::new(
                format!("the dash `{c}` has no meaning before a word"),
                span,
            )
            .hint("to leave the word out, write the hyphen `-`; otherwise leave out the dash"));
        }
        // `search steel -n 5`
        if c == '-'
            && let Some(letter) = word.get(1..).filter(|letter| is_letter(letter))
        {
            let message = format!("`{word}` is no flag of this command");
            let instead = match letter {
                "o" => "`> FILE` behind the command writes the answer there",
                _ => "`--help` names the flags",
            };
            return Err(
                QueryError::new(message, self.at..self.at + word.len()).hint(format!(
                    "{instead}; to leave out the letter itself, write `NOT {letter}`"
                )),
            );
        }
        if self.is_behind_clause() {
            let message = format!("`{c}` needs a space before it to be an operator");
            return Err(QueryError::new(message, span));
        }
        let last = self.tokens.last().filter(|token| token.span.end == self.at);
        if let Some(token) = last
            && matches!(token.kind, TokenKind::Exclude | TokenKind::Require)
        {
            let span = token.span.start..span.end;
            let signs = &self.source[span.clone()];
            return Err(QueryError::new(format!("`{signs}` is no operator"), span)
                .hint("one `-` before a word leaves it out"));
        }
        let kind = if c == '+' {
            TokenKind::Require
        } else {
            TokenKind::Exclude
        };
        self.push(kind, c.len_utf8());
        Ok(())
    }

    fn field(&mut self, head: &Head) -> Result<(), QueryError> {
        let len = head.name.len();
        let Some(part) = head.part else {
            let message = format!("no field is called {}", quoted(head.name));
            return Err(
                QueryError::new(message, self.at..self.at + len).hint(names::hint(head.name))
            );
        };
        if !head.has_value {
            return match part {
                Part::Field(field)
                    if schema::is_extracted(field) && self.is_beside_near(len + 1) =>
                {
                    self.push(TokenKind::AnyOf(field), len + 1);
                    Ok(())
                }
                _ => Err(missing_value(head.name, self.at..self.at + len + 1)),
            };
        }
        let kind = match part {
            Part::Field(field) => TokenKind::Field(field),
            Part::Lead => TokenKind::Lead,
        };
        self.push(kind, len + 1);
        Ok(())
    }

    /// Whether the last word is a code of laws, as in `19 U.S.C.`.
    fn is_behind_code(&self) -> bool {
        let last = self.tokens.last();
        let word = last.filter(|token| token.kind == TokenKind::Bare);
        word.is_some_and(|token| is_code(&self.source[token.span.clone()]))
    }

    /// Whether an operator such as `W/5` stands before what is read here, or behind it after so many bytes, parentheses and
    /// a `NOT` between them set aside.
    fn is_beside_near(&self, len: usize) -> bool {
        let is_open = |kind: &TokenKind| matches!(kind, TokenKind::Open | TokenKind::Or);
        let mut before = self.tokens.iter().rev().map(|token| &token.kind);
        let is_behind = before
            .find(|kind| !is_open(kind) && !matches!(kind, TokenKind::AnyOf(_)))
            .is_some_and(|kind| matches!(kind, TokenKind::Near(_)));
        let mut words = self.rest()[len..]
            .split(|c| is_space(c) || matches!(c, '(' | ')'))
            .filter(|word| !word.is_empty())
            .skip_while(|word| word.eq_ignore_ascii_case("not"));
        is_behind || words.next().is_some_and(|word| proximity(word).is_some())
    }
}

fn missing_value(name: &str, span: Range<usize>) -> QueryError {
    QueryError::new(format!("no value stands after `{name}:`"), span).hint(format!(
        "write it right behind the colon, as `{name}:…`; the word itself is `\"{name}\"`"
    ))
}
