//! Text to candidates: sequences of capitalised words, cut into the parts of a name, with titles and ordinary words split off.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::Country;
use super::authority;
use super::lexicon::{self, Flags, Other, flags, join, other};
use super::people::n_full;
use super::syllables;
use crate::text::fold::fold;
use crate::text::tokens::{Case, Kind, Text, Token};
use crate::text::vocabulary::Marks;
use crate::text::words::one_of;

/// What a part of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    Name,
    /// `J.`, `W.T.`
    Initial,
    /// `von`
    Particle,
    /// `Jr.`
    Suffix,
}

/// A word of a candidate; several tokens where hyphens or periods belong to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) key: u64,
    pub(super) flags: Flags,
    pub(super) kind: PartKind,
    /// Written in capitals in a sentence that is not.
    pub(super) acronym: bool,
    /// A word that the article has in lower case, too.
    pub(super) ordinary: bool,
    /// In the name of a country or its people.
    pub(super) country: bool,
}

/// A sequence of parts that may be a name.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// 0 is the title, 1 the first paragraph.
    pub(super) text: u32,
    /// Numbers in the list of parts.
    pub(super) parts: Range<u32>,
    pub(super) title: TitleBefore,
    /// Where the title begins, or else the name.
    pub(super) title_start: u32,
    pub(super) flow: Flow,
    /// Whether one part tells the name; particles and suffixes do not.
    pub(super) single: bool,
    /// Whether it is the first word of a sentence (or of the words after a colon or quotation mark).
    pub(super) initial: bool,
    /// Whether it is a name that a firm bears, too.
    pub(super) namesake: bool,
    /// Whether a word of nationality stands before it.
    pub(super) national: bool,
    /// Part of a longer capitalised sequence on the left or the right.
    pub(super) torn: bool,
    /// Whether it is a word for an office alone, which only a person of that surname makes a name: "King said".
    pub(super) office: bool,
}

/// The title that stands directly before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleBefore {
    None,
    Mr,
    Mrs,
    Courtesy,
    Office,
}

/// How the sentence around a candidate is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// Capitals where they belong.
    Sentence,
    /// Most Words With Capitals.
    TitleCase,
    /// ALL IN CAPITALS.
    Upper,
}

/// The parts and candidates of an article.
#[derive(Debug)]
pub(super) struct Scan {
    pub(super) parts: Vec<Part>,
    pub(super) candidates: Vec<Candidate>,
    /// The words of names that the list of names of others has.
    pub(super) others: Vec<u64>,
}

impl Scan {
    /// With room for the parts and candidates that most texts of that length have.
    pub(super) fn with_room(texts: &[&Text]) -> Scan {
        let n_tokens: usize = texts.iter().map(|text| text.tokens.len()).sum();
        Scan {
            parts: Vec::with_capacity(n_tokens / 4),
            candidates: Vec::with_capacity(n_tokens / 6),
            others: Vec::new(),
        }
    }
}

/// More parts than a name can have; longer sequences are cut there.
pub(super) const MAX_PARTS: usize = 12;

/// The words that an article has in lower case, by their folds; of those that it is asked about, which are few: words with a
/// capital, and what a hyphen joins to another word.
#[derive(Debug)]
struct LowerWords {
    /// Tells of most words that they are none.
    bits: WordBits,
    folds: FxHashSet<u64>,
}

impl LowerWords {
    /// How many most articles have at most.
    const MOST: usize = 28;

    /// Of the words that are asked about, those that the texts have in lower case.
    fn found(texts: &[&Text], asked: &WordBits) -> LowerWords {
        let mut found = LowerWords {
            bits: WordBits::default(),
            folds: FxHashSet::with_capacity_and_hasher(LowerWords::MOST, FxBuildHasher),
        };
        for text in texts {
            for (chunk_idx, chunk) in text.tokens.chunks(u64::BITS as usize).enumerate() {
                // Without a branch for each word, since nobody can foretell which ones are asked about.
                let mut hits: u64 = 0;
                for token in chunk.iter().rev() {
                    hits = hits << 1 | asked.bit(token.fold);
                }
                while hits != 0 {
                    let place = hits.trailing_zeros() as usize;
                    hits &= hits - 1;
                    let token = &chunk[place];
                    if token.case == Case::Lower
                        && token.kind == Kind::Word
                        && !is_tail(text, chunk_idx * u64::BITS as usize + place)
                    {
                        found.bits.add(token.fold);
                        found.folds.insert(token.fold);
                    }
                }
            }
        }
        found
    }

    fn contains(&self, fold: u64) -> bool {
        self.bits.bit(fold) != 0 && self.folds.contains(&fold)
    }
}

/// Words, a bit for each; others may share it, in long articles many.
#[derive(Debug)]
struct WordBits([u64; WordBits::N_WORDS]);

impl Default for WordBits {
    fn default() -> WordBits {
        WordBits([0; WordBits::N_WORDS])
    }
}

impl WordBits {
    /// A power of two.
    const N_WORDS: usize = 128;

    #[inline]
    fn place(fold: u64) -> usize {
        (fold >> 6) as usize % WordBits::N_WORDS
    }

    fn add(&mut self, fold: u64) {
        self.0[WordBits::place(fold)] |= 1 << (fold & 63);
    }

    /// 1 if a word may be one of them.
    #[inline]
    fn bit(&self, fold: u64) -> u64 {
        self.0[WordBits::place(fold)] >> (fold & 63) & 1
    }
}

/// What the whole article says of its words.
pub(super) struct Words {
    lower: LowerWords,
    /// Where sequences may begin, in order: at words with a capital that are not plain.
    heads: Vec<u32>,
    /// By text: how many of them it and those before it have.
    ends: Vec<usize>,
}

impl Words {
    /// Reads the words of all texts.
    pub(super) fn of(texts: &[&Text]) -> Words {
        let n_tokens: usize = texts.iter().map(|text| text.tokens.len()).sum();
        let mut asked = WordBits::default();
        let mut heads = Vec::with_capacity(n_tokens / 4);
        let mut ends = Vec::with_capacity(texts.len());
        for text in texts {
            for sentence in &text.sentences {
                let mut from = sentence.start;
                while let Some(at) = text.next_marked_in(from..sentence.end, Marks::CAPITAL) {
                    let is_plain = is_plain(text, at, sentence.end);
                    if !is_plain {
                        heads.push(at as u32);
                    }
                    // Nobody asks about a plain word that opens a sentence.
                    if !is_plain || at > sentence.start {
                        asked.add(text.tokens[at].fold);
                        let mut tail = at + 2;
                        while is_tail(text, tail) {
                            asked.add(text.fold(tail));
                            // One with a capital is asked for its own tails.
                            if text.tokens[tail].case != Case::Lower {
                                break;
                            }
                            tail += 2;
                        }
                    }
                    from = at + 1;
                }
            }
            ends.push(heads.len());
        }
        Words {
            lower: LowerWords::found(texts, &asked),
            heads,
            ends,
        }
    }

    /// Where the sequences of a text may begin.
    fn heads(&self, text_idx: usize) -> &[u32] {
        let start = text_idx
            .checked_sub(1)
            .map_or(0, |before| self.ends[before]);
        &self.heads[start..self.ends[text_idx]]
    }
}

/// Whether a token is the tail of a word with a hyphen, which is no word by itself: "Jae-in".
fn is_tail(text: &Text, token_idx: usize) -> bool {
    token_idx > 0 && text.glued(token_idx - 1) && text.is(token_idx - 1, "-")
}

/// What hyphens join to a name and is no part of it: "Thatcher-style".
const NO_TAILS: &[&str] = &[
    "backed", "based", "born", "era", "free", "led", "like", "linked", "only", "owned", "run",
    "style", "type",
];

/// No name has a longer word, in bytes; the bound keeps values short whatever the text holds.
const LONGEST_WORD: usize = 64;

/// Reads one text from a token on and adds its candidates.
pub(super) fn scan(
    text: &Text,
    text_idx: usize,
    from: usize,
    words: &Words,
    countries: &[Country],
    out: &mut Scan,
) {
    let mut heads = words.heads(text_idx).iter().map(|&at| at as usize);
    let mut head = heads.find(|&at| at >= from);
    for sentence in &text.sentences {
        let start = sentence.start.max(from);
        let mut reader = None;
        while let Some(token_idx) = head.filter(|&at| at < sentence.end) {
            // Most sentences have nothing to be read.
            let reader = reader.get_or_insert_with(|| Reader {
                text,
                text_idx: text_idx as u32,
                end: sentence.end,
                sentence_start: start,
                flow: flow(
                    text,
                    text_idx,
                    start..sentence.end,
                    heads.clone().next().is_some_and(|at| at < sentence.end),
                ),
                lower: &words.lower,
                countries: Country::within(countries, text.span(sentence.clone())),
            });
            let next = reader.run(token_idx, out).min(sentence.end);
            head = heads.find(|&at| at >= next);
        }
    }
}

/// A sentence in capitals, or with many, has as many words of the kind at least.
const FEWEST_UPPER: usize = 2;
const FEWEST_CAPITAL: usize = 4;

/// How a sentence is written, by its words of more than one letter. A list of names has commas, a row of a table figures and
/// brackets, a headline seldom has a period. `several` tells whether sequences may begin at several of its
/// words, as they may at each in capitals.
fn flow(text: &Text, text_idx: usize, sentence: Range<usize>, several: bool) -> Flow {
    let (mut n_lower, mut n_capital, mut n_upper, mut n_commas) = (0, 0, 0, 0);
    let is_body = text_idx > 0;
    // A headline may have its period.
    let closed = is_body && text.is(sentence.end - 1, ".");
    let has = |number: usize, marks: Marks| {
        let mut from = sentence.start;
        (0..number).all(|_| {
            let next = text.next_marked_in(from..sentence.end, marks);
            from = next.map_or(from, |at| at + 1);
            next.is_some()
        })
    };
    // Words in capitals are seldom, and marked.
    let has_upper = several && has(FEWEST_UPPER, Marks::UPPER);
    if !has_upper && (closed || !has(FEWEST_CAPITAL, Marks::CAPITAL)) {
        return Flow::Sentence;
    }
    let n_tokens = sentence.len();
    for token in &text.tokens[sentence] {
        // What no words that follow can change: most sentences are told by their first words.
        if 4 * (n_lower + n_capital) >= n_tokens && (closed || 3 * n_lower >= n_tokens) {
            return Flow::Sentence;
        }
        let length = token.end - token.start;
        match token.kind {
            // Without a branch for each case, which nobody can foretell.
            Kind::Word => {
                n_lower += usize::from(token.case == Case::Lower && length > 3);
                n_capital += usize::from(token.case == Case::Capital && length > 1);
                n_upper += usize::from(token.case == Case::Upper);
            }
            Kind::Number if is_body => n_commas += 2,
            Kind::Punct => match text.source.as_bytes()[token.start as usize] {
                b',' => n_commas += 1,
                b'(' if is_body => n_commas += 2,
                _ => {}
            },
            _ => {}
        }
    }
    if n_upper >= FEWEST_UPPER && n_upper > 4 * (n_lower + n_capital) {
        Flow::Upper
    } else if !closed
        && n_capital >= FEWEST_CAPITAL
        && n_capital > 3 * n_lower
        && n_capital > 4 * n_commas
    {
        Flow::TitleCase
    } else {
        Flow::Sentence
    }
}

/// Whether a word with a capital is a sequence by itself and none that a name may be, as most words that open sentences.
fn is_plain(text: &Text, at: usize, end: usize) -> bool {
    let tokens = &text.tokens[at..end];
    let [token, next, ..] = tokens else {
        return false;
    };
    token.case == Case::Capital
        && next.kind == Kind::Word
        && next.case == Case::Lower
        && token.end - token.start > 1
        && lexicon::of(token)
            .without(Flags::HEAD)
            .without(Flags::SPEECH)
            == Flags::ORDINARY
        && !lexicon::of(next).any(Flags::PARTICLE)
        && !is_elided(text, next)
}

struct Reader<'a> {
    text: &'a Text<'a>,
    text_idx: u32,
    end: usize,
    sentence_start: usize,
    flow: Flow,
    lower: &'a LowerWords,
    countries: &'a [Country],
}

impl Reader<'_> {
    /// Reads a capitalised sequence, adds its candidates, and returns the token after it.
    fn run(&self, start: usize, out: &mut Scan) -> usize {
        let first_part = out.parts.len();
        let mut namesake = None;
        let mut at = start;
        while at < self.end && out.parts.len() < first_part + MAX_PARTS {
            let token = &self.text.tokens[at];
            let known = match token.kind {
                Kind::Word => lexicon::of(token),
                _ => break,
            };
            // Among capitals a plain word ends the sequence, lest the bound cut a name in two.
            if self.flow == Flow::Upper
                && known.any(Flags::ORDINARY)
                && !known.is_name()
                && !known.any(Flags::PARTICLE)
            {
                break;
            }
            // "van den Bosch" is no firm.
            let is_led = || {
                out.parts[first_part..]
                    .last()
                    .is_some_and(|part| part.kind == PartKind::Particle)
            };
            if token.case != Case::Lower
                && known.any(Flags::OTHER)
                && !is_led()
                && let Some((end, other)) = other(self.text, at)
                && end <= self.end
            {
                if other == Other::Never {
                    out.others
                        .extend(self.text.tokens[at..end].iter().map(|token| token.fold));
                }
                match other {
                    Other::Namesake => namesake = Some(at..end),
                    Other::Never if at == start => return end,
                    Other::Never => break,
                }
            }
            let Some(part) = self.part(at, known, at > start) else {
                break;
            };
            at = part.end as usize;
            let last_part = out.parts.len();
            out.parts.push(part);
            let next = self.text.tokens.get(at);
            if !next.is_some_and(|next| matches!(next.kind, Kind::Punct | Kind::Quote)) {
                continue;
            }
            if self.is_letter(at) {
                at += 1;
                out.parts[last_part].end = at as u32;
                continue;
            }
            // `Maria "Baby" Lorimer`
            if let Some(end) = self.nickname(at) {
                at = end;
            }
            // "Harry Connick, Jr."
            if self.text.is(at, ",")
                && at + 1 < self.end
                && self.flags(at + 1).any(Flags::SUFFIX)
                && self.text.tokens[at + 1].case != Case::Lower
            {
                at += 1;
            }
        }
        // Particles that nothing follows belong to the sentence.
        while out.parts.len() > first_part
            && out.parts[out.parts.len() - 1].kind == PartKind::Particle
        {
            out.parts.pop();
        }
        match out.parts.len() - first_part {
            0 => {}
            1 => self.lone_piece(first_part, &namesake, out),
            _ => self.pieces(first_part..out.parts.len(), &namesake, out),
        }
        at.max(start + 1)
    }

    /// Where a nickname in quotation marks ends that begins at a token and a capitalised word follows.
    fn nickname(&self, at: usize) -> Option<usize> {
        let token = |token_idx: usize| self.text.tokens.get(token_idx).copied();
        let marks = |token_idx: usize| {
            token(token_idx).is_some_and(|token| token.kind == Kind::Quote)
                && matches!(
                    self.text.word(token_idx),
                    "\"" | "“" | "”" | "'" | "‘" | "’"
                )
        };
        let capital = |token_idx: usize| {
            token(token_idx)
                .is_some_and(|token| token.kind == Kind::Word && token.case == Case::Capital)
        };
        // `Orville ("Red") Quillby`
        if self.text.is(at, "(") && marks(at + 1) && !self.text.glued(at - 1) {
            const MOST_WORDS: usize = 4;
            let words = (at + 2..at + 2 + MOST_WORDS).find(|end| marks(*end))?;
            let closes = self.text.is(words + 1, ")") && self.text.glued(words);
            return (closes && capital(words + 2) && words + 2 < self.end).then_some(words + 2);
        }
        const MOST_WORDS: usize = 3;
        let leads = marks(at) && !self.text.glued(at - 1) && self.text.glued(at);
        if !leads {
            return None;
        }
        let words = (at + 1..)
            .take(MOST_WORDS)
            .take_while(|word| capital(*word));
        let close = words.count() + at + 1;
        let ends =
            close > at + 1 && marks(close) && self.text.glued(close - 1) && !self.text.glued(close);
        (ends && capital(close + 1) && close + 1 < self.end).then_some(close + 1)
    }

    fn flags(&self, token_idx: usize) -> Flags {
        self.text
            .tokens
            .get(token_idx)
            .filter(|token| token.kind == Kind::Word)
            .map_or(Flags::NONE, lexicon::of)
    }

    /// Whether a token is a word without a capital; "d'Anjou" has one.
    #[inline]
    fn is_small(&self, token: &Token, inside: bool) -> bool {
        token.case == Case::Lower && !(inside && is_elided(self.text, token))
    }

    /// The part that begins at a token, if one does.
    #[inline(always)]
    fn part(&self, at: usize, known: Flags, inside: bool) -> Option<Part> {
        let token = &self.text.tokens[at];
        // Most sequences end at a small word.
        if self.is_small(token, inside) && !(inside && known.any(Flags::PARTICLE)) {
            return None;
        }
        let length = (token.end - token.start) as usize;
        if length > LONGEST_WORD {
            return None;
        }
        let part = Part {
            start: at as u32,
            end: at as u32 + 1,
            key: token.fold,
            flags: known,
            kind: PartKind::Name,
            acronym: false,
            ordinary: token.case != Case::Lower && self.lower.contains(token.fold),
            country: self.is_country(token),
        };
        // Most words have a capital, no period or hyphen behind, and nothing else to be asked.
        let behind = self.text.source.as_bytes().get(token.end as usize);
        let is_plain = length >= 4
            && token.case == Case::Capital
            && !matches!(behind, Some(b'.' | b'-' | 0x80..))
            && !known.any(Flags::SUFFIX.with(Flags::PARTICLE))
            && self.text.source.as_bytes()[token.end as usize - 1] != b'.';
        match is_plain {
            true => Some(part),
            false => self.special_part(part, inside),
        }
    }

    /// The part that a word makes of which more must be asked, with the marks and words that belong to it.
    #[inline(never)]
    fn special_part(&self, mut part: Part, inside: bool) -> Option<Part> {
        let at = part.start as usize;
        let known = part.flags;
        let token = &self.text.tokens[at];
        let word = self.text.word(at);
        let length = word.len();
        let glued = self.text.glued(at);
        // "Sá" is no "SA".
        if length < 4 && !word.is_ascii() {
            part.flags = known.without(Flags::COMPANY);
        }
        if self.is_small(token, inside) {
            // "de la Madrid", "al-Sisi": up to three particles, then a capital.
            let end = self.after_particle(at);
            if self.leads_to_name(end) {
                part.kind = PartKind::Particle;
                part.end = (end + usize::from(self.hyphen(end))) as u32;
                return Some(part);
            }
            // "Losa Quillby kyzy", the daughter of Quillby.
            let is_last = one_of!(token.fold, "kyzy" | "qizi" | "uulu");
            part.kind = PartKind::Suffix;
            return is_last.then_some(part);
        }
        let single = length < 4 && word.chars().count() == 1;
        // "U Than Shwe", as one addresses men of Myanmar.
        let is_address = || {
            word == "U"
                && !inside
                && !self.text.is(at + 1, ".")
                && !glued
                && self.leads_to_name(at + 1)
        };
        let has_period = glued && self.text.is(at + 1, ".");
        if single && !is_address() {
            let period = has_period && at + 1 < self.end;
            // The pronoun, unless it numbers a king: "Elizabeth I, the queen", "King Charles I was".
            // Or a word follows that no pronoun has behind it: "Peter I of the rival house".
            let numbers = one_of!(self.text.small(at + 1), "of" | "and" | "," | "." | ")")
                || self
                    .text
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.kind == Kind::Possessive);
            let royal = inside
                && (at > 1 && self.flags(at - 2).any(Flags::TITLE.with(Flags::COURTESY))
                    || numbers && self.flags(at - 1).any(Flags::GIVEN));
            let pronoun = word == "I"
                && !royal
                && self
                    .text
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.kind == Kind::Word && next.case == Case::Lower);
            // "A S Quillby"
            let leads = self.text.tokens.get(at + 1).is_some_and(|next| {
                next.kind == Kind::Word && next.case != Case::Lower && next.end - next.start == 1
            }) && self.leads_to_name(at + 2);
            let alone =
                matches!(word, "I" | "A") && !leads && (!inside || self.flow == Flow::Upper)
                    || pronoun;
            if !period && (alone || self.glued_hyphen(at)) {
                return None;
            }
            part.kind = PartKind::Initial;
            part.end += u32::from(period);
            return Some(part);
        }
        if word.ends_with('.') {
            // "W.T. Grant", but not "U.S. Steel" nor "U.S.-led".
            if word.len() > 6 || self.glued_hyphen(at) {
                return None;
            }
            // "Quillby-Lorimer S.A.S.": the form of a firm ends its name, the initials of "Ana B.V. Quillby" do not.
            let is_form = inside && known.any(Flags::COMPANY) && !self.leads_to_name(at + 1);
            if !known.any(Flags::ORDINARY) && !is_form {
                part.kind = PartKind::Initial;
            }
            return Some(part);
        }
        // "Monique St. Clair"
        if word == "St"
            && inside
            && has_period
            && self.flags(at - 1).any(Flags::GIVEN)
            && self.leads_to_name(at + 2)
        {
            part.kind = PartKind::Particle;
            part.end += 1;
            return Some(part);
        }
        if known.any(Flags::SUFFIX) && inside {
            let junior = matches!(word, "Jr" | "Sr" | "Jnr" | "Snr" | "JR" | "SR");
            if junior || token.case == Case::Upper {
                part.kind = PartKind::Suffix;
                part.end += u32::from(junior && has_period);
                return Some(part);
            }
        }
        // "Ma. Theresa Lorimer", "Md. Quillby": a given name that is shortened.
        if has_period
            && (matches!(word, "Ma" | "Md" | "Mohd" | "Wm" | "Geo" | "Chas" | "Thos")
                // "R. St. J. Lorimer"
                || word == "St" && inside && self.text.is(at - 1, "."))
            && self
                .text
                .tokens
                .get(at + 2)
                .is_some_and(|next| next.case == Case::Capital)
            && at + 2 < self.end
        {
            part.kind = PartKind::Initial;
            part.end += 1;
            return Some(part);
        }
        if has_period && known.any(Flags::TITLE.with(Flags::COURTESY)) && at + 2 < self.end {
            part.end += 1;
            return Some(part);
        }
        // "Le Thi Hoa": a surname of Vietnam.
        let vietnamese = || {
            matches!(word, "Le" | "LE")
                && matches!(self.text.word(at + 1), "Thi" | "Van" | "THI" | "VAN")
        };
        let particle = known.any(Flags::PARTICLE)
            && !vietnamese()
            && (!known.any(Flags::GIVEN)
                || self.flags(at + 1).any(Flags::PARTICLE)
                // "Al-Quillby", not Al Quillby
                || one_of!(token.fold, "al") && self.glued_hyphen(at)
                // "Van 't Quill"
                || self.after_particle(at) > at + 1)
            && (inside || self.leads_to_name(self.after_particle(at)) || self.glued_hyphen(at));
        if particle {
            let end = self.after_particle(at);
            let end = end + usize::from(self.hyphen(end));
            if self.leads_to_name(end) {
                part.kind = PartKind::Particle;
                part.end = end as u32;
                return Some(part);
            }
        }
        part.acronym = token.case == Case::Upper && self.flow != Flow::Upper;
        // "JD Vance"
        let next_named = || {
            self.text.tokens.get(at + 1).is_some_and(|next| {
                at + 1 < self.end
                    && next.case == Case::Capital
                    && lexicon::of(next).any(Flags::SURNAME)
            })
        };
        if part.acronym && word.len() == 2 && known == Flags::NONE && !part.country && next_named()
        {
            part.kind = PartKind::Initial;
            return Some(part);
        }
        match self.glued_hyphen(at) {
            true => self.joined(part, inside),
            false => Some(part),
        }
    }

    /// The part that a word makes with those that hyphens join to it: "Jae-in", "Okonjo-Iweala".
    fn joined(&self, mut part: Part, inside: bool) -> Option<Part> {
        let at = part.start as usize;
        let mut end = at + 1;
        // Behind a surname of Korea any syllable is one: "Huh Jae-won".
        let korean = inside && self.flags(at - 1).any(Flags::EASTERN);
        while self.glued_hyphen(end - 1) && end + 1 < self.end && end - at < 8 {
            let next = &self.text.tokens[end + 1];
            if next.kind != Kind::Word {
                return None;
            }
            let tail = self.text.word(end + 1);
            if tail.len() > LONGEST_WORD {
                return None;
            }
            if next.case == Case::Lower
                && (tail.len() > 6
                    || NO_TAILS.contains(&tail)
                    || !korean
                        && (self.lower.contains(next.fold) && !lexicon::of(next).is_name()
                            || lexicon::of(next).any(Flags::ROLE.with(Flags::ORDINARY))))
            {
                return None;
            }
            part.key = join(part.key, next.fold);
            // "Seo Ji-won" has nothing of the currency.
            let tail = match korean && next.case == Case::Lower {
                true => Flags::NONE,
                false => lexicon::of(next),
            };
            part.flags = part.flags.compound(tail).with(flags(part.key));
            part.acronym |= next.case == Case::Upper && self.flow != Flow::Upper;
            end += 2;
        }
        part.end = end as u32;
        if part.end > at as u32 + 1 {
            part.ordinary = false;
        }
        Some(part)
    }

    fn is_country(&self, token: &Token) -> bool {
        let span = token.start as usize..token.end as usize;
        !self.countries.is_empty() && !Country::within(self.countries, span).is_empty()
    }

    fn hyphen(&self, at: usize) -> bool {
        at < self.end
            && at > 0
            && self.text.glued(at - 1)
            && self.text.glued(at)
            && matches!(self.text.word(at), "-" | "‐" | "‑")
    }

    /// Whether a hyphen without spaces follows a token.
    fn glued_hyphen(&self, at: usize) -> bool {
        self.hyphen(at + 1)
    }

    /// The token after a particle and what goes with it: "van 't", "von und zu".
    fn after_particle(&self, at: usize) -> usize {
        let text = self.text;
        let is_mark = |at: usize| at < self.end && matches!(text.word(at), "'" | "’" | "‘");
        if is_mark(at + 1) && text.is(at + 2, "t") && text.glued(at + 1) && !text.glued(at) {
            return at + 3;
        }
        match text.is(at, "von") && text.is(at + 1, "und") && text.is(at + 2, "zu") {
            true => at + 3,
            false => at + 1,
        }
    }

    /// Whether the mark at a token is the last letter of a name of the Luo before another name: "Anyang' Quillby".
    fn is_letter(&self, at: usize) -> bool {
        matches!(self.text.word(at), "'" | "’")
            && self.text.glued(at - 1)
            && !self.text.glued(at)
            && self.text.word(at - 1).ends_with("ng")
            && self
                .text
                .tokens
                .get(at + 1)
                .is_some_and(|next| at + 1 < self.end && next.case == Case::Capital)
    }

    /// Whether a capitalised word follows, perhaps behind further particles.
    fn leads_to_name(&self, from: usize) -> bool {
        let mut at = from;
        for _ in 0..3 {
            if self.hyphen(at) {
                at += 1;
            }
            let Some(token) = self.text.tokens.get(at).filter(|_| at < self.end) else {
                return false;
            };
            if token.kind != Kind::Word {
                return false;
            }
            if token.case != Case::Lower {
                return true;
            }
            if !lexicon::of(token).any(Flags::PARTICLE) {
                return false;
            }
            at += 1;
        }
        false
    }

    /// Whether a word stands where any word has a capital.
    fn opens(&self, at: usize) -> bool {
        if at == self.sentence_start {
            return true;
        }
        match self.text.tokens[at - 1].kind {
            Kind::Quote => true,
            Kind::Punct => matches!(
                self.text.word(at - 1),
                ":" | "(" | "[" | "-" | "--" | "—" | "–" | "*" | "•"
            ),
            _ => false,
        }
    }

    /// Adds what a part that is a run by itself makes.
    fn lone_piece(&self, at: usize, namesake: &Option<Range<usize>>, out: &mut Scan) {
        let (is_name, office) = self.is_piece(&mut out.parts[at]);
        if is_name {
            self.push(&Piece::before(at), at + 1, namesake, false, out);
        }
        if office && let Some(candidate) = out.candidates.last_mut() {
            candidate.office = true;
        }
    }

    /// Cuts the parts of a run at titles and words that belong to no name, and adds what remains.
    fn pieces(&self, range: Range<usize>, namesake: &Option<Range<usize>>, out: &mut Scan) {
        let mut piece = Piece::before(range.start);
        for at in range.clone() {
            let run = &out.parts[range.clone()];
            let place = at - range.start;
            let part = &run[place];
            // "Prime Minister May said": behind an office the word is a holder of one.
            // So it is behind "Mrs", of whom nobody says a month.
            let is_held = piece.title != TitleBefore::None
                && at == piece.start
                && at + 1 == range.end
                && part.kind == PartKind::Name
                && part.flags.any(Flags::HOLDER)
                && !part.acronym
                && !part.country
                && self
                    .text
                    .tokens
                    .get(part.end as usize)
                    .is_none_or(|next| next.kind != Kind::Number);
            if is_held {
                continue;
            }
            // "Mr. King", "Sen. King": behind an address stands a surname.
            let addressed = match piece.title {
                TitleBefore::None => false,
                TitleBefore::Office => run[place - 1].end - run[place - 1].start > 1,
                _ => true,
            };
            let title = self.title(run, place, at > piece.start || addressed);
            if title != TitleBefore::None {
                // What stands before a title in the same sequence belongs to the title: the ministry, the country.
                piece
                    .title_start
                    .get_or_insert(out.parts[piece.start].start);
                if !matches!(piece.title, TitleBefore::Mr | TitleBefore::Mrs) {
                    piece.title = title;
                }
                piece.start = at + 1;
            } else if part.acronym
                && self.is_in_capitals(
                    piece.title != TitleBefore::None
                        && (at == piece.start || !run[place - 1].acronym),
                    part,
                )
            {
                out.parts[at].acronym = false;
            } else if self.splits(run, place) {
                let part = *part;
                // The letters of "Losa Quillby MP" are no word of another name.
                let letters = part.acronym && part.flags.any(Flags::TITLE);
                self.push(&piece, at, namesake, !letters, out);
                piece = Piece::after(at);
                piece.national = part.country;
                // "When Ana Quillby": what opens the sentence is no part of another name.
                piece.torn = !(place == 0
                    && part.flags.any(Flags::ORDINARY)
                    && self.opens(part.start as usize));
            } else if at > piece.start
                && self.cuts(
                    &run[place - 1],
                    part,
                    run.get(place + 1),
                    piece.title != TitleBefore::None && at == piece.start + 1,
                )
            {
                // "Democrat Ann Lorimer": a word for a person or place that a given name follows.
                let described = run[place - 1].flags.any(Flags::ROLE.with(Flags::ROLES));
                let national = run[place - 1].country;
                let title = piece.title;
                if title == TitleBefore::None {
                    self.push(&piece, at, namesake, true, out);
                }
                piece = Piece::after(at - 1);
                piece.national = national;
                if described || title != TitleBefore::None {
                    piece.title = TitleBefore::Office;
                }
            }
        }
        self.push(&piece, range.end, namesake, false, out);
    }

    /// Whether a part that is a run by itself is a piece, and whether it is the name of an office as well.
    fn is_piece(&self, part: &mut Part) -> (bool, bool) {
        if self.is_word_and_surname(part) {
            return (true, true);
        }
        let run = std::slice::from_ref(part);
        if self.title(run, 0, false) != TitleBefore::None {
            return (false, false);
        }
        if part.acronym && self.is_in_capitals(false, part) {
            part.acronym = false;
            return (true, false);
        }
        (!self.splits(run, 0), false)
    }

    /// Whether a part is a name that is written in capitals to stand out: "Mr. QUILLBY", and "LOSA QUILLBY:" at the head of a
    /// turn.
    fn is_in_capitals(&self, titled: bool, part: &Part) -> bool {
        const SHORTEST: usize = 4;
        let long = self.text.word(part.start as usize).len() >= SHORTEST;
        let plain = !part
            .flags
            .any(Flags::HEAD.with(Flags::ORDINARY).with(Flags::TITLE));
        long && plain && !part.country && (titled || self.heads_turn(part.end as usize))
    }

    /// Whether the paragraph begins with up to three words in capitals and a colon or what describes them, and a token is one
    /// of them or what follows.
    fn heads_turn(&self, at: usize) -> bool {
        const LONGEST: usize = 5;
        // "ANNA-LISE QUILLBY:"
        let joins = |at: usize| self.text.is(at, "-") && self.text.glued(at);
        let colon = (0..=LONGEST).find(|&token_idx| {
            !joins(token_idx)
                && self
                    .text
                    .tokens
                    .get(token_idx)
                    .is_none_or(|token| token.kind != Kind::Word || token.case != Case::Upper)
        });
        colon.is_some_and(|colon| {
            // "QUILLBY:", "LOSA QUILLBY:", "LOSA QUILLBY, chief of staff:"
            let speaks = self.text.is(colon, ":");
            let named = self.flags(0).is_sure_given() && (speaks || self.text.is(colon, ","));
            at <= colon && (colon == 1 && speaks || colon > 1 && named)
        })
    }

    /// Whether a name begins at a part although no title stands before it.
    fn cuts(&self, before: &Part, part: &Part, next: Option<&Part>, titled: bool) -> bool {
        let given = part.flags.any(Flags::GIVEN) && next.is_some();
        if !given || before.kind != PartKind::Name || before.flags.is_name() {
            return false;
        }
        let word = self.text.word(before.start as usize);
        // "Follow John Lorimer", "Celebrities Ana Brandel": a word of no list before a full name of the lists.
        let listed = part.flags.is_sure_given() && next.is_some_and(|next| next.flags.is_name());
        // So is "Lord Protector John Lorimer" with a part of an office that no list has.
        // "Nazmul Karim Quillby": no English word ends so.
        let compound = ["ul", "uddin", "ullah"]
            .iter()
            .any(|ending| word.ends_with(ending))
            && !word.ends_with("ful")
            && word.len() > 5;
        let opens =
            (titled || self.opens(before.start as usize) || word.ends_with('s')) && !compound;
        // "Governor of Oregon John Lorimer"
        let at = before.start as usize;
        let sent = at > self.sentence_start && one_of!(self.text.small(at - 1), "to" | "in" | "at");
        let region = before.flags.any(Flags::CITY) && (sent || self.follows_office(before.start));
        before.country
            || before.ordinary
            || region
            || before
                .flags
                .any(Flags::HEAD.with(Flags::ROLE).with(Flags::ROLES))
            || listed && opens && before.end - before.start == 1
    }

    /// The title that a part is, where a name follows.
    #[inline(always)]
    fn title(&self, run: &[Part], at: usize, inside: bool) -> TitleBefore {
        let part = &run[at];
        // Most words that end a sequence are none by themselves, and of the others what follows tells which are.
        let ends = at + 1 == run.len() && !part.flags.any(Flags::TITLE.with(Flags::COURTESY));
        match part.kind {
            PartKind::Name if !ends => self.title_of_name(run, at, inside),
            _ => TitleBefore::None,
        }
    }

    #[inline(never)]
    fn title_of_name(&self, run: &[Part], at: usize, inside: bool) -> TitleBefore {
        let part = &run[at];
        let known = part.flags;
        let next = run.get(at + 1);
        if part.end - part.start > 1
            && matches!(
                self.text.word(part.start as usize),
                "Saint" | "Sainte" | "St"
            )
        {
            return TitleBefore::None;
        }
        // "Del. Lorimer" is a delegate, "Del Norte" is not.
        if known.any(Flags::PARTICLE) && part.end - part.start < 2 {
            return TitleBefore::None;
        }
        // "Secretary of State John Kerry": the run begins behind the preposition.
        // So does "Minister of Trade and Integration Losa Quillby", whatever the minister is responsible for.
        let unknown = at == 0
            && known == Flags::NONE
            && next.is_some_and(|next| next.flags.is_sure_given())
            && run.len() > 2;
        if (known.any(Flags::PORTFOLIO) && !known.is_name() || unknown)
            && self.follows_office(run[0].start)
        {
            let leads = run[..at]
                .iter()
                .all(|part| part.flags.any(Flags::PORTFOLIO));
            if leads && next.is_some() {
                return TitleBefore::Office;
            }
        }
        // "Senate Majority Leader Losa Quillby": of many words that end such titles the last says little.
        let ends_title = at > 0
            && run[at - 1].end == part.start
            && next.is_some_and(|next| {
                let is_named = matches!(next.kind, PartKind::Name | PartKind::Initial);
                is_named && !next.flags.any(Flags::HEAD)
            })
            && lexicon::ends_title(run[at - 1].key, part.key);
        if ends_title {
            return TitleBefore::Office;
        }
        let role = known.any(Flags::ROLE.with(Flags::ROLES));
        // "Geologist Ana Lorimer": trades are without number, and no list has all names.
        let plain = |part: &Part| {
            let other = Flags::HEAD.with(Flags::NOUN).with(Flags::ORDINARY);
            part.kind == PartKind::Name && !part.country && !part.acronym && !part.flags.any(other)
        };
        let listed = role && !known.any(Flags::FIRM_ROLE) && !known.is_name();
        let trade = at == 0
            && run.len() == 3
            && self.opens(part.start as usize)
            && ((known == Flags::NONE || listed) && is_trade(self.text.word(part.start as usize))
                || listed && !known.any(Flags::NOUN) && run[1..].iter().all(plain));
        // "Farmer Ana Lorimer", though some are called Farmer.
        let surnamed = at == 0
            && role
            && !known.any(Flags::GIVEN)
            && known.any(Flags::SURNAME)
            && run.len() == 3
            && self.opens(part.start as usize)
            && run[1].flags.is_sure_given()
            && run[1..].iter().all(plain);
        // "Exporter Losa Quillby": where a given name follows that is nothing else, the exporter is no firm.
        let in_trade = at == 0
            && role
            && !known.is_name()
            && known.any(Flags::FIRM_ROLE)
            && (3..=4).contains(&run.len())
            && self.opens(part.start as usize)
            && run[1].flags.is_sure_given()
            && run[1..].iter().all(plain);
        if trade || in_trade || surnamed {
            return TitleBefore::Office;
        }
        if role && !known.any(Flags::TITLE.with(Flags::COURTESY)) {
            let named = next.is_some_and(|next| {
                next.flags.is_name() && !next.flags.any(Flags::HEAD) && next.kind == PartKind::Name
                    || next.kind == PartKind::Initial && run.len() > at + 2
            });
            return if named && !known.is_name() {
                TitleBefore::Office
            } else {
                TitleBefore::None
            };
        }
        let word = self.text.word(part.start as usize);
        // "Datuk Seri Quillby", "Tan Sri Quillby"
        if at > 0
            && next.is_some()
            && matches!(word, "Seri" | "Sri")
            && matches!(
                self.text.word(run[at - 1].start as usize),
                "Datin" | "Datuk" | "Dato" | "Tan"
            )
        {
            return TitleBefore::Courtesy;
        }
        if !known.any(Flags::TITLE.with(Flags::COURTESY)) {
            return TitleBefore::None;
        }
        // "Dean Rusk", "Sheikh Hasina": whom the authority file knows by that name.
        let known_as = |n_parts: usize| {
            let parts = run.get(at..at + n_parts);
            parts.is_some_and(|parts| {
                let keys = parts.iter().map(|part| part.key);
                authority::by_name(keys).next().is_some()
            })
        };
        if known_as(2) || known_as(3) {
            return TitleBefore::None;
        }
        // "Ana Tan Quillby"
        let tan =
            word == "Tan" && !next.is_some_and(|next| self.text.is(next.start as usize, "Sri"));
        // "Khalifa bin Sultan al-Quillby", "Khurram Sheikh Quillby"
        let within = inside
            && at > 0
            && next.is_some()
            && part.end - part.start == 1
            && (run[at - 1].kind == PartKind::Particle
                || run[at - 1].flags.any(Flags::GIVEN)
                    && (known.any(Flags::GIVEN) || is_name_and_honour(word)));
        // "Mr Dean Quillby"
        let addressed = at > 0
            && next.is_some()
            && known.any(Flags::GIVEN)
            && !known.any(Flags::COURTESY)
            && run[at - 1]
                .flags
                .any(Flags::COURTESY_MALE.with(Flags::COURTESY_FEMALE))
            && !run[at - 1].flags.any(Flags::TITLE);
        if tan || within || addressed {
            return TitleBefore::None;
        }
        // "Earl Lorimer": a given name, and what a peer is called.
        if self.text.is(part.start as usize, "Earl") && next.is_some() {
            return TitleBefore::None;
        }
        // "Losa Quillby MP"
        if part.acronym && next.is_none() && inside {
            return TitleBefore::None;
        }
        // "John Major", "Larry King": a title that ends a sequence after a given name is a surname.
        // So is one that no list of surnames has: "Gordon Seaman, who".
        let led = at > 0
            && inside
            && run[at - 1].flags.is_sure_given()
            && part.end - part.start == 1
            && !part.acronym
            && !self.text.is(part.end as usize, "of");
        if next.is_none_or(|next| next.kind == PartKind::Suffix)
            && inside
            && (known.is_name() || led)
        {
            return TitleBefore::None;
        }
        if known.any(COURTESIES) {
            return if known.any(Flags::COURTESY_FEMALE) {
                TitleBefore::Mrs
            } else if known.any(Flags::COURTESY_MALE) {
                TitleBefore::Mr
            } else {
                TitleBefore::Courtesy
            };
        }
        TitleBefore::Office
    }

    /// Whether a word that stands alone is a surname and the name of an office, which no article says to be meant, or a word or
    /// month that speaks: "King left", "Price said".
    fn is_word_and_surname(&self, part: &Part) -> bool {
        let known = part.flags;
        let at = part.start as usize;
        let word = Flags::ORDINARY.with(Flags::CALENDAR);
        self.flow == Flow::Sentence
            && known.any(Flags::SURNAME)
            && part.kind == PartKind::Name
            && part.end - part.start == 1
            && (known.any(Flags::TITLE)
                || known.any(word) && (self.speaks(at + 1) || self.is_met(at)))
            && !known.any(Flags::COURTESY)
            && !part.acronym
            && !self.text.is(at + 1, "of")
            && !at
                .checked_sub(1)
                .is_some_and(|before| ARTICLES.contains(&self.text.word(before)))
    }

    /// Whether a verb before a token has a person for its object, and no day follows: "met May in Downing Street".
    fn is_met(&self, at: usize) -> bool {
        let numbered = self
            .text
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.kind == Kind::Number);
        let before = at
            .checked_sub(1)
            .map_or(0, |before| self.text.small(before));
        !numbered && one_of!(before, "asked" | "met" | "told" | "urged" | "warned")
    }

    /// Whether a verb of saying stands at a token.
    fn speaks(&self, at: usize) -> bool {
        let token = self.text.tokens.get(at);
        token.is_some_and(|token| token.case == Case::Lower) && self.flags(at).any(Flags::SPEECH)
    }

    /// Whether an office and "of" or "for" stand before a token.
    fn follows_office(&self, start: u32) -> bool {
        let mut at = start as usize;
        for _ in 0..MOST_PORTFOLIOS {
            let Some(before) = at.checked_sub(1).filter(|at| *at >= self.sentence_start) else {
                return false;
            };
            match self.text.word(before) {
                "the" => at = before,
                // "Minister of Trade and Industry"
                "and" | "," if before > 0 && self.flags(before - 1).any(Flags::PORTFOLIO) => {
                    at = before - 1;
                }
                // "Minister of State for Planning"
                "of" | "for" | "OF" | "FOR" => {
                    let Some(office) = before.checked_sub(1) else {
                        return false;
                    };
                    let known = self.flags(office);
                    if known.any(Flags::TITLE) || !known.any(Flags::PORTFOLIO) {
                        return known.any(Flags::TITLE);
                    }
                    at = office;
                }
                // "Minister of Foreign Trade and Economic Cooperation"
                _ if at < start as usize && self.flags(before).any(Flags::PORTFOLIO) => {
                    at = before;
                }
                _ => return false,
            }
        }
        false
    }

    /// Whether a part belongs to no name, so that the sequence is cut there.
    #[inline(always)]
    fn splits(&self, parts: &[Part], at: usize) -> bool {
        const TELLING: Flags = Flags::CALENDAR
            .with(Flags::ORDINARY)
            .with(Flags::SPEECH)
            .with(Flags::DEED)
            .with(Flags::DEED_BEFORE);
        let part = &parts[at];
        let is_word = part.kind == PartKind::Name && part.end - part.start == 1;
        // Of most words nothing is known that tells so.
        let may_split = part.acronym
            || part.country
            || part.ordinary
            || part.flags.any(TELLING)
            || self.flow == Flow::Upper;
        is_word && may_split && self.splits_at_word(parts, at)
    }

    #[inline(never)]
    fn splits_at_word(&self, parts: &[Part], at: usize) -> bool {
        let part = &parts[at];
        let opens = || at == 0 && self.opens(part.start as usize);
        let known = part.flags;
        let next = parts.get(at + 1);
        if part.acronym && !known.is_name() {
            // "Oskar Brandt AB" is a firm, whole.
            return at == 0 || !known.any(Flags::COMPANY);
        }
        if part.country {
            // "Chad Lorimer", "Ana Holland", but "the German Jan Lorimer"
            let start = part.start as usize;
            let article = start > 0 && one_of!(self.text.fold(start - 1), "a" | "an" | "the");
            let given = !article
                && known.any(Flags::GIVEN)
                && next.is_some_and(|next| {
                    // "Dutch Queen Ana", "Chad King"
                    let leads = next.flags.any(Flags::TITLE) && parts.len() > at + 2;
                    next.kind == PartKind::Name && !next.country && !leads
                });
            // "Ana Lorimer Montenegro"
            let second = at > 1
                && next.is_none()
                && known.any(Flags::SURNAME)
                && parts[0].flags.is_sure_given()
                && parts[at - 1].kind == PartKind::Name
                && !parts[at - 1]
                    .flags
                    .any(Flags::HEAD.with(Flags::ROLE).with(Flags::TITLE));
            let surname =
                known.is_name() && at > 0 && parts[at - 1].flags.any(Flags::GIVEN) || second;
            // "Miguel de la Madrid"
            let is_particle = |part: &Part| part.kind == PartKind::Particle;
            let before = parts[..at].iter().rposition(|part| !is_particle(part));
            let descended =
                before.is_some_and(|before| before + 1 < at && parts[before].flags.is_sure_given());
            // "Rufus Germany, a singer,"
            let end = part.end as usize;
            let told = at == 1
                && next.is_none()
                && parts[0].flags.is_sure_given()
                && self.text.is(end, ",")
                && one_of!(self.text.small(end + 1), "a" | "an" | "who" | "whose");
            return !(given || surname || descended || told);
        }
        if self.flow == Flow::Upper {
            return !self.is_name_in_capitals(parts, at);
        }
        if known.any(Flags::CALENDAR) {
            // "April Glaspie", "Jan Timman", "Theresa May", "Edith March"
            let month = matches!(
                self.text.word(part.start as usize),
                "April" | "August" | "March" | "June"
            ) && at > 0
                && parts[at - 1].flags.is_sure_given()
                && self
                    .text
                    .tokens
                    .get(part.end as usize)
                    .is_none_or(|next| next.kind != Kind::Number);
            // "In August Tadeusz Lorimer"
            let start = part.start as usize;
            let dated = start > 0
                && one_of!(
                    self.text.fold(start - 1),
                    "by" | "early"
                        | "in"
                        | "last"
                        | "late"
                        | "mid"
                        | "next"
                        | "of"
                        | "since"
                        | "this"
                        | "until"
                );
            let named = month
                || !dated
                    && known.is_name()
                    && (next.is_some_and(|next| next.kind != PartKind::Suffix && !next.ordinary)
                        || at > 0 && parts[at - 1].flags.any(Flags::GIVEN));
            return !named;
        }
        if known.any(Flags::ORDINARY) {
            return !self.is_name_and_word(parts, at);
        }
        // "Replied Lorimer"
        if known.any(Flags::SPEECH) && !known.is_name() && next.is_some() && opens() {
            return true;
        }
        let verb = known.any(Flags::SPEECH.with(Flags::DEED).with(Flags::DEED_BEFORE));
        if self.flow == Flow::TitleCase && verb && !known.is_name() {
            return true;
        }
        if part.ordinary && !known.is_name() {
            // An ordinary word that opens the sentence, or any in a headline with capitals.
            return self.flow == Flow::TitleCase || next.is_some() && opens();
        }
        false
    }

    /// Whether a word of a sentence in capitals is part of a name: a word of the lists, or one that a title or given name leads.
    fn is_name_in_capitals(&self, parts: &[Part], at: usize) -> bool {
        let part = &parts[at];
        let known = part.flags;
        let other = Flags::ORDINARY.with(Flags::CALENDAR);
        if known.any(other) || known.any(Flags::PARTICLE) && at + 1 == parts.len() {
            return false;
        }
        if known.is_name() {
            return true;
        }
        let title = Flags::TITLE.with(Flags::COURTESY);
        let plain = Flags::SPEECH
            .with(Flags::DEED)
            .with(Flags::ROLE)
            .with(Flags::HEAD);
        let word = self.text.word(part.start as usize);
        let verb = ["ED", "ING", "LY"].iter().any(|end| word.ends_with(end));
        let led = at
            .checked_sub(1)
            .map(|before| &parts[before])
            .is_some_and(|before| {
                before.flags.is_sure_given()
                    || matches!(before.kind, PartKind::Initial | PartKind::Particle)
                    || before.flags.any(title)
            });
        led && !known.any(plain) && !part.ordinary && !verb
    }

    /// Whether a word that opens sentences is part of a name here: "Will Lorimer", "Ana West", "He Lifeng".
    fn is_name_and_word(&self, parts: &[Part], at: usize) -> bool {
        let part = &parts[at];
        // "Winona Red Elk"
        let coloured = at > 0
            && parts[at - 1].flags.is_sure_given()
            && parts
                .get(at + 1)
                .is_some_and(|next| next.kind == PartKind::Name)
            && matches!(
                self.text.word(part.start as usize),
                "Black"
                    | "Blue"
                    | "Gray"
                    | "Little"
                    | "Long"
                    | "Red"
                    | "Running"
                    | "White"
                    | "Yellow"
            );
        if coloured {
            return true;
        }
        if !part.flags.is_name() {
            return false;
        }
        if let Some(before) = at.checked_sub(1).map(|before| &parts[before]) {
            // Words as short as "In" and "To" begin the next sentence or belong to a headline.
            let length = self.text.tokens[part.start as usize].end
                - self.text.tokens[part.start as usize].start;
            // "Huey P. Long"
            let initial =
                before.kind == PartKind::Initial && at > 1 && parts[at - 2].flags.is_sure_given();
            let surname =
                part.flags.any(Flags::SURNAME) && (before.flags.any(Flags::GIVEN) || initial);
            // "Mr Per Olav Quillby"
            let given = part.flags.any(Flags::GIVEN)
                && before.flags.any(COURTESIES)
                && parts.get(at + 1).is_some_and(|next| next.flags.is_name());
            // "Mark Law of Trinity", "Miss June Day"
            let called = before.flags.any(COURTESIES) && part.flags.any(Flags::SURNAME);
            let sure = self.flow == Flow::Sentence
                && (before.flags.is_sure_given() || before.flags.any(Flags::INNER) || called);
            let long = length > if sure { 2 } else { 3 };
            return long && (surname || called) || given || is_held(before, part);
        }
        let Some(next) = parts.get(at + 1).filter(|next| next.kind == PartKind::Name) else {
            return false;
        };
        let led = part.flags.any(Flags::GIVEN.with(Flags::EASTERN)) && !next.flags.any(Flags::HEAD);
        let opens = self.opens(part.start as usize);
        // No pronoun stands before a name: "He Lianyu:".
        let syllables = part.flags.any(Flags::EASTERN)
            && !next.ordinary
            && syllables::is_chinese(self.text.word(next.start as usize));
        !opens && led || is_held(part, next) || opens && syllables
    }

    fn push(
        &self,
        piece: &Piece,
        end: usize,
        namesake: &Option<Range<usize>>,
        torn: bool,
        out: &mut Scan,
    ) {
        let (mut start, mut end) = (piece.start, end);
        while end > start && out.parts[end - 1].kind == PartKind::Particle {
            end -= 1;
        }
        while start + 1 < end && out.parts[start].kind == PartKind::Suffix {
            start += 1;
        }
        let Some(parts) = out.parts.get(start..end) else {
            return;
        };
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return;
        };
        if !parts.iter().any(|part| part.kind == PartKind::Name) {
            return;
        }
        // "The Minister for Industry, Ana Lorimer,"
        let is_portfolio = |part: &Part| part.flags.any(Flags::PORTFOLIO) && !part.flags.is_name();
        if parts.iter().all(is_portfolio) && self.follows_office(first.start) {
            return;
        }
        let namesake = namesake.as_ref().is_some_and(|span| {
            span.start == first.start as usize && span.end == last.end as usize
        });
        out.candidates.push(Candidate {
            text: self.text_idx,
            title: piece.title,
            title_start: piece.title_start.unwrap_or(first.start),
            flow: self.flow,
            single: n_full(parts) < 2,
            initial: self.opens(first.start as usize),
            namesake,
            national: piece.national,
            torn: torn || piece.torn && !piece.national,
            office: false,
            parts: start as u32..end as u32,
        });
    }
}

/// Forms of address.
const COURTESIES: Flags = Flags::COURTESY
    .with(Flags::COURTESY_FEMALE)
    .with(Flags::COURTESY_MALE);

/// Words behind which an office stands, not a surname: "the King".
const ARTICLES: &[&str] = &[
    "the", "The", "a", "A", "his", "her", "their", "our", "its", "my",
];

/// The most words that are read back from the last word of an office to its first: "of Trade, Industry and the".
const MOST_PORTFOLIOS: usize = 6;

/// Whether a word ends as words do for what persons work as.
fn is_trade(word: &str) -> bool {
    ["ologist", "ographer", "ician", "urist", "ivist"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// Whether a title is part of many names in the middle, too.
fn is_name_and_honour(word: &str) -> bool {
    matches!(
        word,
        "Emir" | "Imam" | "Mullah" | "Pir" | "Shah" | "Sheikh" | "Shaikh" | "Sultan"
    )
}

/// Whether a particle is drawn into the name: "d'Anjou".
#[inline]
fn is_elided(text: &Text, token: &Token) -> bool {
    matches!(text.source.as_bytes()[token.start as usize], b'd' | b'l')
        && token.word(text.source)[1..]
            .strip_prefix(['\'', '’'])
            .is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// Whether an office holder bears a name of two parts.
fn is_held(first: &Part, second: &Part) -> bool {
    authority::by_name([first.key, second.key].into_iter())
        .next()
        .is_some()
}

/// A candidate that is being read.
#[derive(Debug)]
struct Piece {
    start: usize,
    title: TitleBefore,
    title_start: Option<u32>,
    torn: bool,
    national: bool,
}

impl Piece {
    /// The piece that begins with a part.
    fn before(at: usize) -> Piece {
        Piece {
            start: at,
            title: TitleBefore::None,
            title_start: None,
            torn: false,
            national: false,
        }
    }

    /// The piece behind a part that belongs to none.
    fn after(at: usize) -> Piece {
        Piece {
            start: at + 1,
            title: TitleBefore::None,
            title_start: None,
            torn: true,
            national: false,
        }
    }
}

/// The words of a name as a value: without the line breaks and capitals of the text.
pub(super) fn spelled(text: &Text, parts: &[Part], flow: Flow) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() && !out.ends_with('-') {
            out.push(' ');
        }
        let words = text.words(part.start as usize..part.end as usize);
        match (flow, part.kind) {
            (Flow::Upper, PartKind::Name) => out.push_str(&capitalized(words)),
            // "Mr. QUILLBY", in a sentence that is not in capitals
            (_, PartKind::Name)
                if !part.acronym && text.tokens[part.start as usize].case == Case::Upper =>
            {
                out.push_str(&capitalized(words));
            }
            (Flow::Upper, PartKind::Particle) => out.push_str(&words.to_lowercase()),
            _ => out.push_str(words),
        }
    }
    out
}

/// `O'NEILL` → `O'Neill`
fn capitalized(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut open = true;
    for c in word.chars() {
        if open {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        open = !c.is_alphanumeric();
    }
    out
}

/// The first letter of a part, folded.
pub(super) fn first_letter(text: &Text, part: &Part) -> Option<char> {
    let word = text.word(part.start as usize);
    fold(word.get(..word.chars().next()?.len_utf8())?)
        .chars()
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::hash;

    #[test]
    fn lower_words_are_those_of_the_text_and_no_others() {
        let words = |from: usize| (from..from + 20_000).map(|number| format!("w{number}"));
        let source = words(0).collect::<Vec<_>>().join(" ");
        let both = format!("{source} {}", source.to_uppercase());
        let Words { lower, .. } = Words::of(&[&Text::new(&both)]);
        let n_found = |from: usize| {
            let folds = words(from).map(|word| hash(word.as_bytes()));
            folds.filter(|&fold| lower.contains(fold)).count()
        };
        assert_eq!((n_found(0), n_found(20_000)), (20_000, 0));
        assert!(!Words::of(&[]).lower.contains(hash(b"steel")));
    }
}
