//! One text, cut once into tokens and sentences for all who read it. Spans are bytes of the text.

use std::hint::select_unpredictable;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::fold::{WordHash, eight, fold, hash, hash_of};
use super::ideographs::is_ideograph;
use super::table::{Table, names};
use super::vocabulary::{Entry, Marked, Marks, Vocabulary};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, perhaps with digits or an apostrophe inside: `steel`, `O'Neill`, `G7`, `U.S.`.
    Word,
    /// Digits: `232`, `25.5`, `155,221`.
    Number,
    /// The possessive ending: `'s`, `’s`, or the bare apostrophe after an s.
    Possessive,
    /// An opening or closing quotation mark of any shape, single ones only where they are no apostrophe.
    Quote,
    /// Any other character that is no white space.
    Punct,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `steel`; also all that are no words.
    Lower,
    /// `Steel`, `McConnell`, `O'Neill`
    Capital,
    /// `STEEL`, `WTO`, `U.S.`; two letters or more.
    Upper,
}

/// A word, number or mark of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    /// The hash of the folded word, by which gazetteers know it; the character's own for marks.
    pub fold: u64,
    /// The number of the word in the vocabulary.
    pub number: u32,
    pub kind: Kind,
    pub case: Case,
}

/// A text with its tokens and sentences.
#[derive(Debug, Clone, Default)]
pub struct Text<'a> {
    pub source: &'a str,
    pub tokens: Vec<Token>,
    /// How the tokens are written, and what lists have to do with them as they are written.
    marks: Marked,
    /// Ranges of token numbers; together they hold all tokens in order.
    pub sentences: Sentences,
}

/// Without memory of their own where there are few, as in most paragraphs.
type Sentences = SmallVec<[Range<usize>; 3]>;

/// The same of tokens that may end sentences.
type Stops = SmallVec<[usize; 16]>;

impl<'a> Text<'a> {
    /// Cuts a text of at most 4 GiB, and looks no word up.
    pub fn new(source: &'a str) -> Text<'a> {
        Text::cut(source, None)
    }

    /// Cuts a text of at most 4 GiB, and looks all words up.
    pub fn with(source: &'a str, vocabulary: &Vocabulary) -> Text<'a> {
        Text::cut(source, Some(vocabulary))
    }

    #[inline(always)]
    fn cut(source: &'a str, vocabulary: Option<&Vocabulary>) -> Text<'a> {
        let (mut tokens, stops) = tokens(source);
        if let Some(vocabulary) = vocabulary {
            vocabulary.fetch(tokens.iter().map(|token| token.fold));
        }
        let sentences = sentences(source, &tokens, &stops);
        let marks = Marked::collect(&mut tokens, |token| {
            let entry = vocabulary.map_or(Entry::UNREAD, |known| known.entry(token.fold));
            token.number = entry.number;
            let is_small = token.case == Case::Lower;
            select_unpredictable(is_small, entry.small, entry.marks).with(written(token))
        });
        Text {
            source,
            marks,
            tokens,
            sentences,
        }
    }

    /// The text with those of its tokens that are kept, all in one sentence, and the numbers that they had.
    pub fn keeping(&self, is_kept: impl Fn(usize) -> bool) -> (Text<'a>, Vec<usize>) {
        let kept: Vec<usize> = (0..self.tokens.len()).filter(|at| is_kept(*at)).collect();
        let mut numbers = kept.clone();
        let text = Text {
            source: self.source,
            tokens: kept.iter().map(|&at| self.tokens[at]).collect(),
            marks: Marked::collect(&mut numbers, |at| self.marks.of(*at)),
            sentences: std::iter::once(0..kept.len()).collect(),
        };
        (text, kept)
    }

    /// The characters of a token; empty past the end.
    pub fn word(&self, token_idx: usize) -> &'a str {
        self.tokens
            .get(token_idx)
            .map_or("", |token| token.word(self.source))
    }

    /// The fold of a token, to be told by `one_of!`; that of no word past the end.
    #[inline]
    pub fn fold(&self, token_idx: usize) -> u64 {
        self.tokens.get(token_idx).map_or(0, |token| token.fold)
    }

    /// The same of a token without a capital.
    #[inline]
    pub fn small(&self, token_idx: usize) -> u64 {
        match self.tokens.get(token_idx) {
            Some(token) if token.case == Case::Lower => token.fold,
            _ => 0,
        }
    }

    /// The characters from the first token of a range to the last.
    pub fn words(&self, range: Range<usize>) -> &'a str {
        &self.source[self.span(range)]
    }

    /// The bytes from the first token of a range to the last; the range must not be empty.
    pub fn span(&self, range: Range<usize>) -> Range<usize> {
        self.tokens[range.start].start as usize..self.tokens[range.end - 1].end as usize
    }

    /// Whether a token has one of the marks; none is past the end.
    #[inline]
    pub fn is_marked(&self, token_idx: usize, marks: Marks) -> bool {
        self.marks.has(token_idx, marks)
    }

    /// The first token from a place on that has one of the marks.
    #[inline]
    pub fn next_marked(&self, from: usize, marks: Marks) -> Option<usize> {
        self.next_marked_in(from..self.tokens.len(), marks)
    }

    /// The first token of a range that has one of the marks.
    #[inline]
    pub fn next_marked_in(&self, range: Range<usize>, marks: Marks) -> Option<usize> {
        self.marks.next_in(range, marks)
    }

    /// Whether no white space stands between a token and the one after it.
    pub fn glued(&self, token_idx: usize) -> bool {
        token_idx + 1 < self.tokens.len()
            && self.tokens[token_idx].end == self.tokens[token_idx + 1].start
    }

    /// Whether a token is that one mark.
    #[inline]
    pub fn is(&self, token_idx: usize, mark: &str) -> bool {
        self.tokens.get(token_idx).is_some_and(|token| {
            let (start, end) = (token.start as usize, token.end as usize);
            // Most others are told by their length alone.
            end - start == mark.len() && self.source.as_bytes()[start..end] == *mark.as_bytes()
        })
    }

    /// Whether a token is the first of its sentence.
    pub fn opens_sentence(&self, token_idx: usize) -> bool {
        let sentence = self.sentences.get(self.sentence_of(token_idx));
        sentence.is_some_and(|sentence| sentence.start == token_idx)
    }

    /// The number of the sentence that holds a token.
    pub fn sentence_of(&self, token_idx: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.end <= token_idx)
    }

    /// The first token that starts at or after a byte.
    pub fn token_at(&self, byte: usize) -> usize {
        if byte == 0 {
            return 0;
        }
        self.tokens
            .partition_point(|token| (token.start as usize) < byte)
    }
}

impl Token {
    /// The characters of a token of `source`.
    pub fn word<'a>(&self, source: &'a str) -> &'a str {
        &source[self.start as usize..self.end as usize]
    }
}

/// The tokens of a name: no sentences are looked for.
pub fn tokens_of(name: &str) -> Vec<Token> {
    tokens(name).0
}

/// The marks that tell how a token is written.
#[inline]
fn written(token: &Token) -> Marks {
    const BY_CASE: [Marks; 3] = [
        Marks::NONE,
        Marks::CAPITAL,
        Marks::CAPITAL.with(Marks::UPPER),
    ];
    const BY_KIND: [Marks; 5] = [
        Marks::NONE,
        Marks::NUMBER,
        Marks::NONE,
        Marks::QUOTE,
        Marks::NONE,
    ];
    BY_KIND[token.kind as usize].with(BY_CASE[token.case as usize])
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Whether the character is always a quotation mark.
fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '‚' | '‹' | '›' | '`'
    )
}

/// The tokens of a text, and the numbers of those that may end sentences.
fn tokens(source: &str) -> (Vec<Token>, Stops) {
    let bytes = source.as_bytes();
    let mut out = Vec::with_capacity(source.len() / 4 + 1);
    let mut stops = Stops::new();
    let mut at = 0;
    while at < bytes.len() {
        let head = eight(bytes, at);
        let byte = head as u8;
        at = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => match plain_word(bytes, at, head) {
                Some((token, is_spaced)) => {
                    out.push(token);
                    // One byte less to be told from others: what follows a word mostly is a space.
                    token.end as usize + usize::from(is_spaced)
                }
                None => push_any(source, at, &mut out, &mut stops),
            },
            0..=b' ' | 0x7f => at + 1,
            b'0'..=b'9' => match plain_number(bytes, at) {
                Some(token) => {
                    out.push(token);
                    token.end as usize
                }
                None => push_any(source, at, &mut out, &mut stops),
            },
            b'\'' | b'`' | 0x80.. => push_any(source, at, &mut out, &mut stops),
            _ => {
                if matches!(byte, b'.' | b'!' | b'?') {
                    stops.push(out.len());
                }
                out.push(plain_mark(byte, at));
                at + 1 + usize::from((head >> 8) as u8 == b' ')
            }
        };
    }
    (out, stops)
}

/// A mark that is one by itself whatever stands around it.
fn plain_mark(byte: u8, at: usize) -> Token {
    Token {
        start: at as u32,
        end: at as u32 + 1,
        fold: WordHash::NEW.add(byte.into()).0,
        number: Entry::UNREAD.number,
        kind: if byte == b'"' {
            Kind::Quote
        } else {
            Kind::Punct
        },
        case: Case::Lower,
    }
}

/// The word at `at`, where `head` stands, if it is plain, as most are: ASCII letters, and nothing after them that may belong to
/// it; and whether a space follows. Eight bytes are looked at together: how long words are, nobody can foretell, and a processor
/// that guesses wrong loses more time than it takes to fold them.
#[inline(always)]
fn plain_word(bytes: &[u8], at: usize, head: u64) -> Option<(Token, bool)> {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    /// A byte with its highest bit set stands for yes.
    const HIGH: u64 = ONES << 7;
    let mut end = at;
    let mut hash = WordHash::NEW;
    let mut small = 0;
    let mut word = head;
    let after = loop {
        // A capital differs from the small letter in one bit.
        let folded = word | (ONES << 5);
        let low = folded & !HIGH;
        let from_a = low + ONES * u64::from(0x80 - b'a');
        let beyond_z = low + ONES * u64::from(0x7f - b'z');
        let others = (!from_a | beyond_z | word) & HIGH;
        if others == 0 {
            small |= word & (ONES << 5);
            hash = hash.add(folded);
            end += 8;
            word = eight(bytes, end);
            continue;
        }
        // The bits below the first byte that does not belong to the word.
        let of_word = ((others & others.wrapping_neg()) >> 7).wrapping_sub(1);
        let n_bits = others.trailing_zeros() - 7;
        if n_bits > 0 {
            small |= word & (ONES << 5) & of_word;
            hash = hash.add(folded & of_word);
            end += n_bits as usize / 8;
        }
        // Past the end of the text there are zeros.
        break (word >> n_bits) as u8;
    };
    // An apostrophe or digit may stand inside, an accent over the last letter, and the period may be that of an initialism.
    let may_go_on = matches!(after, b'\'' | b'0'..=b'9' | 0x80..);
    let is_spaced = after == b' ';
    if !is_spaced && (may_go_on || after == b'.' && end == at + 1) {
        return None;
    }
    // Without a branch, which nobody can foretell either.
    const CASES: [Case; 3] = [Case::Lower, Case::Capital, Case::Upper];
    let is_capital = !head & (1 << 5) != 0;
    let is_upper = is_capital & (small == 0) & (end > at + 1);
    let token = Token {
        start: at as u32,
        end: end as u32,
        fold: hash.0,
        number: Entry::UNREAD.number,
        kind: Kind::Word,
        case: CASES[usize::from(is_capital) + usize::from(is_upper)],
    };
    Some((token, is_spaced))
}

/// The number at `at` if it is plain: digits, with periods and commas between them, and nothing after them that may belong to it.
fn plain_number(bytes: &[u8], at: usize) -> Option<Token> {
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = at;
    loop {
        match bytes.get(end) {
            Some(b'0'..=b'9') => end += 1,
            Some(b'.' | b',') if is_digit(end + 1) => end += 2,
            Some(b'a'..=b'z' | b'A'..=b'Z' | 0x80..) => return None,
            // A period or comma may stand before a digit of another script.
            Some(b'.' | b',') if bytes.get(end + 1).is_some_and(|next| !next.is_ascii()) => {
                return None;
            }
            _ => break,
        }
    }
    Some(Token {
        start: at as u32,
        end: end as u32,
        fold: hash(&bytes[at..end]),
        number: Entry::UNREAD.number,
        kind: Kind::Number,
        case: Case::Lower,
    })
}

/// Pushes what begins at `at`, whatever it is, and returns where it ends.
fn push_any(source: &str, at: usize, out: &mut Vec<Token>, stops: &mut Stops) -> usize {
    let Some(c) = source[at..].chars().next() else {
        return source.len();
    };
    let n_tokens = out.len();
    let end = if c.is_alphabetic() {
        push_word(source, at..word_end(source, at), out)
    } else if c.is_numeric() {
        push_word(source, at..number_end(source, at), out)
    } else if c.is_whitespace() || c.is_control() || is_combining_or_format(c) {
        at + c.len_utf8()
    } else {
        push_mark(source, at, c, out)
    };
    let pushed = out.get(n_tokens);
    if pushed.is_some_and(|token| is_stop(source, token)) {
        stops.push(n_tokens);
    }
    end
}

/// Marks that belong to the character before them, and invisible characters.
fn is_combining_or_format(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(
            c,
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}'
        )
}

/// Where a word ends: letters and digits, an apostrophe between letters unless it opens a possessive, and the periods of
/// `U.S.` (single letters, each with its period). An ideograph is a word by itself.
fn word_end(source: &str, start: usize) -> usize {
    let rest = &source[start..];
    if let Some(length) = initialism(rest) {
        return start + length;
    }
    let is_mark = |c: char| !c.is_ascii() && unicode_normalization::char::is_combining_mark(c);
    let is_alone = rest.starts_with(is_ideograph);
    for (at, c) in rest.char_indices() {
        if at > 0 && !is_mark(c) && (is_alone || !c.is_ascii() && is_ideograph(c)) {
            return start + at;
        }
        if c.is_alphanumeric() || is_mark(c) {
            continue;
        }
        let after = rest[at + c.len_utf8()..].chars().next();
        let inside = is_apostrophe(c)
            && after.is_some_and(char::is_alphabetic)
            && possessive(&rest[at..]).is_none();
        if !inside {
            return start + at;
        }
    }
    source.len()
}

/// The length of `U.S.`, `D.C.`, `p.m.` at the head of a text: two or more single letters, each with its period.
fn initialism(text: &str) -> Option<usize> {
    let mut length = 0;
    let mut n_letters = 0;
    let mut chars = text.chars().peekable();
    while let (Some(letter), Some('.')) = (chars.next(), chars.peek().copied()) {
        if !letter.is_alphabetic() {
            break;
        }
        chars.next();
        length += letter.len_utf8() + 1;
        n_letters += 1;
    }
    let next = text[length..].chars().next();
    (n_letters >= 2 && !next.is_some_and(char::is_alphanumeric)).then_some(length)
}

/// The length of a possessive ending at the head of a text.
fn possessive(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let mark = chars.next().filter(|&c| is_apostrophe(c))?;
    let s = chars.next().filter(|c| matches!(c, 's' | 'S'))?;
    (!chars.next().is_some_and(char::is_alphanumeric)).then_some(mark.len_utf8() + s.len_utf8())
}

/// Where a number ends: digits, with a period or comma between digits. Letters that follow belong to it: `25th`, `5G`.
fn number_end(source: &str, start: usize) -> usize {
    let rest = &source[start..];
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside =
            matches!(c, '.' | ',') && chars.peek().is_some_and(|(_, next)| next.is_numeric());
        let is_other = !c.is_ascii() && is_ideograph(c);
        if !(c.is_alphanumeric() || inside) || is_other {
            return start + at;
        }
    }
    source.len()
}

/// Pushes a word or number and returns where it ends.
fn push_word(source: &str, range: Range<usize>, out: &mut Vec<Token>) -> usize {
    let word = &source[range.clone()];
    let first = word.chars().next().unwrap_or(' ');
    let kind = if first.is_alphabetic() {
        Kind::Word
    } else {
        Kind::Number
    };
    out.push(Token {
        start: range.start as u32,
        end: range.end as u32,
        fold: hash_of(word),
        number: Entry::UNREAD.number,
        kind,
        case: case(word),
    });
    range.end
}

fn case(word: &str) -> Case {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return Case::Lower;
    };
    if !first.is_uppercase() {
        return Case::Lower;
    }
    let mut n_rest = 0;
    for c in letters {
        if !c.is_uppercase() {
            return Case::Capital;
        }
        n_rest += 1;
    }
    if n_rest == 0 {
        Case::Capital
    } else {
        Case::Upper
    }
}

/// Pushes the mark at `at` and returns where it ends.
fn push_mark(source: &str, at: usize, c: char, out: &mut Vec<Token>) -> usize {
    let rest = &source[at..];
    let glued = out.last().is_some_and(|token| {
        token.end as usize == at && matches!(token.kind, Kind::Word | Kind::Number)
    });
    let doubled = matches!(c, '\'' | '`' | '’' | '‘') && rest[c.len_utf8()..].starts_with(c);
    let (length, kind) = if let (true, Some(length)) = (glued, possessive(rest)) {
        (length, Kind::Possessive)
    } else if is_apostrophe(c)
        && glued
        && !doubled
        && out
            .last()
            .is_some_and(|token| source[..token.end as usize].ends_with(['s', 'S']))
    {
        // Either the end of a single quotation or a plural's possessive: the next character tells most of them apart.
        let next = rest[c.len_utf8()..].chars().next();
        let closes = next.is_none_or(|next| !next.is_whitespace());
        (
            c.len_utf8(),
            if closes {
                Kind::Quote
            } else {
                Kind::Possessive
            },
        )
    } else if is_quote(c) || is_apostrophe(c) {
        (
            if doubled {
                2 * c.len_utf8()
            } else {
                c.len_utf8()
            },
            Kind::Quote,
        )
    } else {
        (c.len_utf8(), Kind::Punct)
    };
    let end = at + length;
    let fold = if kind == Kind::Possessive {
        hash(b"'s")
    } else {
        hash(fold(&source[at..end]).as_bytes())
    };
    out.push(Token {
        start: at as u32,
        end: end as u32,
        fold,
        number: Entry::UNREAD.number,
        kind,
        case: Case::Lower,
    });
    end
}

/// What follows an abbreviation, so that its period ends no sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follows {
    Anything,
    /// The second word of a pair, by its hash.
    Word(u64),
    Nothing,
    Day,
    Number,
    /// As `Nothing`, of a word with a capital.
    Place,
    Name,
}

const TABLE: Table = Table::new("abbreviations.tsv", include_str!("abbreviations.tsv"));

/// What may follow a word, by the hash of its folded form; several where it has several senses (`Sec. 301`, `Sec. Roe`).
static ABBREVIATIONS: LazyLock<FxHashMap<u64, Vec<Follows>>> = LazyLock::new(|| {
    let mut abbreviations: FxHashMap<u64, Vec<Follows>> = FxHashMap::default();
    for [kind, words] in TABLE.cells() {
        for word in names(words) {
            let (word, follows) = match (kind, word.split_once(' ')) {
                (_, Some((word, second))) => (word, Follows::Word(hash(second.as_bytes()))),
                ("always", _) => (word, Follows::Anything),
                ("closing", _) => (word, Follows::Nothing),
                ("month", _) => (word, Follows::Day),
                ("number", _) => (word, Follows::Number),
                ("place", _) => (word, Follows::Place),
                _ => (word, Follows::Name),
            };
            let known = abbreviations.entry(hash(word.as_bytes())).or_default();
            known.push(follows);
        }
    }
    abbreviations
});

/// Forms of address, which no name or initials go before: `in the U.S. Mr. Roe said`.
const ADDRESSES: &[&str] = &["dr", "mr", "mrs", "ms"];

/// Words that, capitalised, open a sentence far more often than they continue one.
const OPENERS: &[&str] = &[
    "a",
    "after",
    "all",
    "although",
    "an",
    "and",
    "another",
    "any",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "during",
    "each",
    "earlier",
    "even",
    "for",
    "from",
    "he",
    "her",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "instead",
    "it",
    "its",
    "last",
    "many",
    "meanwhile",
    "most",
    "nor",
    "no",
    "not",
    "now",
    "of",
    "on",
    "one",
    "only",
    "or",
    "other",
    "our",
    "over",
    "several",
    "she",
    "since",
    "so",
    "some",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "to",
    "two",
    "under",
    "until",
    "we",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "with",
    "you",
];

/// The words that open a sentence, and the forms of address, by their hashes.
static OPENING: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let words = OPENERS.iter().chain(ADDRESSES);
    words.map(|word| hash(word.as_bytes())).collect()
});

/// Whether a token is a mark that ends sentences, or `U.S.`, whose period may.
fn is_stop(source: &str, token: &Token) -> bool {
    let mut bytes = source.as_bytes()[token.start as usize..token.end as usize].iter();
    match (token.kind, bytes.next_back()) {
        (Kind::Word, last) => last == Some(&b'.'),
        (Kind::Punct, Some(b'.' | b'!' | b'?')) => true,
        (Kind::Punct, Some(0x80..)) => source[token.start as usize..].starts_with('…'),
        _ => false,
    }
}

/// The sentences that end at some of the stops.
fn sentences(source: &str, tokens: &[Token], stops: &[usize]) -> Sentences {
    let mut out = Sentences::new();
    let mut start = 0;
    let mut next = 0;
    for &stop in stops {
        if stop < next {
            continue;
        }
        // Marks that close with the sentence: further stops, quotation marks, brackets.
        let mut end = stop + 1;
        while end < tokens.len()
            && tokens[end].start == tokens[end - 1].end
            && (tokens[end].kind == Kind::Quote
                || matches!(word(source, &tokens[end]), "." | "!" | "?" | ")" | "]"))
        {
            end += 1;
        }
        let spaced = end >= tokens.len() || tokens[end].start > tokens[end - 1].end;
        if spaced && ends_sentence(source, tokens, stop, end) {
            out.push(start..end);
            start = end;
        }
        next = end;
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

fn word<'a>(source: &'a str, token: &Token) -> &'a str {
    &source[token.start as usize..token.end as usize]
}

/// Whether the stop at `stop` ends a sentence when the tokens from `next` on follow it.
fn ends_sentence(source: &str, tokens: &[Token], stop: usize, next: usize) -> bool {
    // A quotation mark or bracket may open the next sentence.
    let opening = |token: &&Token| {
        token.kind == Kind::Quote || matches!(word(source, token), "(" | "[" | "-" | "—" | "–")
    };
    let Some(follower) = tokens[next..].iter().find(|token| !opening(token)) else {
        return true;
    };
    if follower.kind == Kind::Word && follower.case == Case::Lower {
        return false;
    }
    let opener = || OPENING.contains(&follower.fold);
    let mark = &tokens[stop];
    if mark.kind == Kind::Word {
        let goes_on = matches!(word(source, mark), "e.g." | "i.e." | "E.g." | "I.e.");
        return !goes_on && (opener() || next > stop + 1);
    }
    let before = stop.checked_sub(1).map(|before| &tokens[before]);
    let Some(before) = before.filter(|before| before.end == mark.start) else {
        return true;
    };
    if word(source, mark) != "." {
        return true;
    }
    let known = ABBREVIATIONS
        .get(&before.fold)
        .map_or(&[][..], Vec::as_slice);
    let written = word(source, before);
    let is_letter = before.kind == Kind::Word
        && match written.is_ascii() {
            true => written.len() == 1,
            false => fold(written).chars().count() == 1,
        };
    if is_letter && known.is_empty() {
        // `W. A. Pike`
        let initial = || {
            follower.end - follower.start == 1
                && source.as_bytes().get(follower.end as usize) == Some(&b'.')
        };
        return opener() && before.fold != hash(b"i") && !initial();
    }
    let goes_on = |follows: &Follows| match follows {
        Follows::Anything => true,
        Follows::Word(second) => follower.fold == *second,
        Follows::Nothing => !opener(),
        Follows::Day => follower.kind == Kind::Number,
        Follows::Number => follower.kind == Kind::Number || is_roman(word(source, follower)),
        Follows::Place => before.case == Case::Capital && !opener(),
        // `HR. Officials` is no title among words that are not in capitals.
        Follows::Name => match before.case {
            Case::Lower => false,
            Case::Capital => true,
            Case::Upper => follower.case == Case::Upper,
        },
    };
    !known.iter().any(goes_on)
}

/// Whether a word is a number as in `Art. XX`.
fn is_roman(word: &str) -> bool {
    !word.is_empty()
        && word
            .chars()
            .all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::table;

    fn check_tokens(source: &str, expected: &str) {
        let text = Text::new(source);
        let words: Vec<&str> = (0..text.tokens.len())
            .map(|token_idx| text.word(token_idx))
            .collect();
        assert_eq!(words.join(" "), expected);
    }

    fn check_sentences(expected: &[&str]) {
        let source = expected.join(" ");
        let text = Text::new(&source);
        let sentences: Vec<&str> = text
            .sentences
            .iter()
            .map(|sentence| text.words(sentence.clone()))
            .collect();
        assert_eq!(sentences, expected);
    }

    #[test]
    fn ideographs_are_words() {
        check_tokens("华龙精密2号 (WTO協定)", "华 龙 精 密 2 号 ( WTO 協 定 )");
    }

    #[test]
    fn words_numbers_and_marks() {
        check_tokens(
            "Japan's 25.5% tariff, O'Neill said.",
            "Japan 's 25.5 % tariff , O'Neill said .",
        );
        check_tokens(
            "U.S.-China talks (the G7's)",
            "U.S. - China talks ( the G7 's )",
        );
        check_tokens("“Xi’an,” he didn’t say", "“ Xi’an , ” he didn’t say");
        check_tokens("``We,'' said Abe", "`` We , '' said Abe");
        check_tokens("''the mills'' he said", "'' the mills '' he said");
        check_tokens(
            "J. D. Vance and W.T.O. rules",
            "J . D . Vance and W.T.O. rules",
        );
    }

    #[test]
    fn laws_and_cases_are_cited_in_one_sentence() {
        check_sentences(&["See Art. XX, para. 2, and No. 7 of Roe v. The Crown, cf. Doe et al."]);
        check_sentences(&["The rule (82 Fed. Reg. 1,234) holds.", "It is new."]);
        check_sentences(&["Poe, op. cit., pp. 3-4, Sec. 301 and Ch. IV.", "No more."]);
        check_sentences(&["Roe et al.", "The court agreed."]);
    }

    #[test]
    fn words_that_look_like_abbreviations_end_sentences() {
        check_sentences(&["It is a work of art.", "Critics agree."]);
        check_sentences(&["Iron is made of ore.", "Steel is made of iron."]);
        check_sentences(&["They heard mass.", "Priests sang."]);
        check_sentences(&["Did he pay?", "No.", "Banks did."]);
        check_sentences(&["Prices rose 3 pct.", "Japan said nothing."]);
        check_sentences(&["It was early in Sept.", "Mills closed on Oct. 3."]);
        check_sentences(&["He met the Fed.", "Officials were mute."]);
    }

    #[test]
    fn places_and_titles_of_other_tongues() {
        check_sentences(&["In Tampa, Fla., and St. Paul, Minn.", "The mood was low."]);
        check_sentences(&["Mme. Roe met Sra. Poe, Hr. Doe and Ing. Loe."]);
    }

    #[test]
    fn the_table_of_abbreviations_is_whole() {
        table::check(TABLE);
        for row in TABLE.rows() {
            let names: Vec<&str> = row.names(1).collect();
            assert!(names.is_sorted_by(|a, b| a < b), "{row:?}");
            assert!(names.iter().all(|name| fold(name) == *name), "{row:?}");
        }
    }

    #[test]
    fn plain_words_and_numbers_are_cut_as_others() {
        let marks: String = (0..0x80u8).map(char::from).chain("éß’…".chars()).collect();
        for mark in marks.chars() {
            for word in [
                "a",
                "A",
                "Ab",
                "AB",
                "A1",
                "a1",
                "aBC",
                "WTO",
                "G20x",
                "Steel",
                "STEEL25",
                "Tariffs",
                "tariffs4",
                "TARIFFS5",
                "T12345678",
                "importers",
                "STEELMAKERS",
                "Telecommunications",
                "countervailability",
                "7",
                "15",
                "1,250",
                "25.5",
                "232b",
                "5G",
            ] {
                let source = format!("{word}{mark}steel {word}");
                let text = Text::new(&source);
                let token = text.tokens[0];
                let whole = text.word(0);
                assert!(whole.starts_with(word), "{source}");
                assert_eq!(
                    (token.fold, token.case),
                    (hash_of(whole), case(whole)),
                    "{source}"
                );
                assert_eq!(
                    text.tokens.last().map(|last| last.fold),
                    Some(hash_of(word))
                );
            }
        }
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        check_sentences(&[
            "Sen. Wyden met Gov. Brown in Washington, D.C. on Sept. 3.",
            "He left.",
        ]);
        check_sentences(&[
            "The U.S. Trade Representative spoke.",
            "\"We will act.\"",
            "Nippon Steel Corp. said so.",
        ]);
        check_sentences(&["It hurt the U.S.", "The dollar fell."]);
        check_sentences(&["It hurt the U.S.", "Mr. Roe was not amused."]);
        check_sentences(&["U.S. Sen. Jane Roe met Lt. Col. John H. Doe and Sgt. Poe."]);
        check_sentences(&[
            "It sold Acme Inc.",
            "The price was low, i.e. The Crown paid.",
        ]);
        check_sentences(&["He came at 9 a.m.", "He left at 5 p.m. Tuesday."]);
        check_sentences(&["\"No!\" he said.", "“Why?” asked John F. Kennedy."]);
    }
}
