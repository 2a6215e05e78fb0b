//! Text to candidates: sequences of capitalised words, cut into the parts of a name, with titles and ordinary words split off.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::lexicon::{Flags, flags, join};
use crate::text::fold::fold;
use crate::text::tokens::{Case, Kind, Text, Token};

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
    /// Whether it is the first word of a sentence (or of the words after a colon or quotation mark).
    pub(super) initial: bool,
    /// Whether a word of another kind of name ends it: `Inc`.
    pub(super) head: Flags,
    /// Part of a longer capitalised sequence on the left or the right.
    pub(super) torn: bool,
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
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) parts: Vec<Part>,
    pub(super) candidates: Vec<Candidate>,
}

/// More parts than a name can have; longer sequences are cut there.
const MAX_PARTS: usize = 12;

/// Reads one text from a token on and adds its candidates. `lower` holds the folds of all words that the article has in lower case.
pub(super) fn scan(
    text: &Text,
    text_idx: usize,
    from: usize,
    lower: &FxHashSet<u64>,
    out: &mut Scan,
) {
    for sentence in &text.sentences {
        let start = sentence.start.max(from);
        if start >= sentence.end {
            continue;
        }
        let flow = flow(&text.tokens[start..sentence.end]);
        let mut reader = Reader {
            text,
            text_idx: text_idx as u32,
            end: sentence.end,
            sentence_start: start,
            flow,
            lower,
        };
        let mut token_idx = start;
        while token_idx < sentence.end {
            let token = text.tokens[token_idx];
            if token.kind == Kind::Word && token.case != Case::Lower {
                token_idx = reader.run(token_idx, out);
            } else {
                token_idx += 1;
            }
        }
    }
}

/// How a sentence is written, by its words of more than one letter.
fn flow(tokens: &[Token]) -> Flow {
    let (mut n_lower, mut n_capital, mut n_upper) = (0, 0, 0);
    for token in tokens.iter().filter(|token| token.kind == Kind::Word) {
        let length = token.end - token.start;
        match token.case {
            Case::Lower if length > 3 => n_lower += 1,
            Case::Capital if length > 1 => n_capital += 1,
            Case::Upper => n_upper += 1,
            _ => {}
        }
    }
    if n_upper >= 2 && n_upper > 4 * (n_lower + n_capital) {
        Flow::Upper
    } else if n_capital >= 4 && n_capital > 3 * n_lower {
        Flow::TitleCase
    } else {
        Flow::Sentence
    }
}

struct Reader<'a> {
    text: &'a Text<'a>,
    text_idx: u32,
    end: usize,
    sentence_start: usize,
    flow: Flow,
    lower: &'a FxHashSet<u64>,
}

impl Reader<'_> {
    /// Reads a capitalised sequence, adds its candidates, and returns the token after it.
    fn run(&mut self, start: usize, out: &mut Scan) -> usize {
        let first_part = out.parts.len();
        let mut at = start;
        let mut n_parts = 0;
        let mut titles_end = start;
        while at < self.end && n_parts < MAX_PARTS {
            let Some(part) = self.part(at, n_parts > 0) else {
                break;
            };
            at = part.end as usize;
            out.parts.push(part);
            n_parts += 1;
            // A run on words in capitals goes to the end of the sentence; nothing else may stand between the parts.
            if self.text.word(at) == ","
                && at + 1 < self.end
                && self.flags(at + 1).any(Flags::SUFFIX)
                && self.text.tokens[at + 1].case != Case::Lower
            {
                at += 1;
            }
            titles_end = at;
        }
        let end = titles_end.max(start + 1);
        // Particles that nothing follows belong to the sentence.
        while out.parts.len() > first_part
            && out.parts[out.parts.len() - 1].kind == PartKind::Particle
            && self.text.tokens[out.parts[out.parts.len() - 1].start as usize].case == Case::Lower
        {
            out.parts.pop();
        }
        self.pieces(first_part..out.parts.len(), out);
        end
    }

    fn flags(&self, token_idx: usize) -> Flags {
        self.text
            .tokens
            .get(token_idx)
            .filter(|token| token.kind == Kind::Word)
            .map_or(Flags::NONE, |token| flags(token.fold))
    }

    /// The part that begins at a token, if one does.
    fn part(&self, at: usize, inside: bool) -> Option<Part> {
        let token = self.text.tokens[at];
        if token.kind != Kind::Word {
            return None;
        }
        let word = self.text.word(at);
        let known = flags(token.fold);
        let mut part = Part {
            start: at as u32,
            end: at as u32 + 1,
            key: token.fold,
            flags: known,
            kind: PartKind::Name,
            acronym: false,
            ordinary: token.case != Case::Lower && self.lower.contains(&token.fold),
        };
        if token.case == Case::Lower {
            // "de la Madrid", "al-Sisi": up to three particles, then a capital.
            let leads = inside && known.any(Flags::PARTICLE) && self.leads_to_name(at + 1);
            if !leads {
                return None;
            }
            part.kind = PartKind::Particle;
            if self.hyphen(at + 1) {
                part.end += 1;
            }
            return Some(part);
        }
        let single = word.chars().count() == 1;
        if single {
            let period = self.text.is(at + 1, ".") && self.text.glued(at) && at + 1 < self.end;
            let alone = matches!(word, "I" | "A") && !inside;
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
            if !known.any(Flags::ORDINARY) {
                part.kind = PartKind::Initial;
            }
            return Some(part);
        }
        if known.any(Flags::SUFFIX) && inside {
            part.kind = PartKind::Suffix;
            part.end += u32::from(self.text.is(at + 1, ".") && self.text.glued(at));
            return Some(part);
        }
        if known.any(Flags::TITLE.with(Flags::COURTESY))
            && self.text.is(at + 1, ".")
            && self.text.glued(at)
            && at + 2 < self.end
        {
            part.end += 1;
            return Some(part);
        }
        let particle = known.any(Flags::PARTICLE)
            && !known.any(Flags::GIVEN)
            && (inside || self.leads_to_name(at + 1) || self.glued_hyphen(at));
        if particle && self.leads_to_name(at + 1 + usize::from(self.hyphen(at + 1))) {
            part.kind = PartKind::Particle;
            if self.hyphen(at + 1) {
                part.end += 1;
            }
            return Some(part);
        }
        part.acronym = token.case == Case::Upper && self.flow != Flow::Upper;
        // Hyphens join: "Jae-in", "Okonjo-Iweala".
        let mut end = at + 1;
        while self.glued_hyphen(end - 1) && end + 1 < self.end && end - at < 8 {
            let next = self.text.tokens[end + 1];
            if next.kind != Kind::Word {
                return None;
            }
            let tail = self.text.word(end + 1);
            if next.case == Case::Lower
                && (tail.len() > 6
                    || (self.lower.contains(&next.fold) && !flags(next.fold).is_name())
                    || flags(next.fold).any(Flags::ROLE.with(Flags::ORDINARY)))
            {
                return None;
            }
            part.key = join(part.key, next.fold);
            part.flags = part.flags.with(flags(part.key));
            part.acronym |= next.case == Case::Upper && self.flow != Flow::Upper;
            end += 2;
        }
        part.end = end as u32;
        if part.end > at as u32 + 1 {
            part.ordinary = false;
        }
        Some(part)
    }

    fn hyphen(&self, at: usize) -> bool {
        at < self.end
            && at > 0
            && matches!(self.text.word(at), "-" | "‐" | "‑")
            && self.text.glued(at - 1)
            && self.text.glued(at)
    }

    /// Whether a hyphen without spaces follows a token.
    fn glued_hyphen(&self, at: usize) -> bool {
        self.hyphen(at + 1)
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
            if !flags(token.fold).any(Flags::PARTICLE) {
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
        let before = self.text.word(at - 1);
        let mark = self.text.tokens[at - 1].kind;
        mark == Kind::Quote
            || matches!(before, ":" | "(" | "[" | "-" | "--" | "—" | "–" | "*" | "•")
    }

    /// Cuts the parts of a run at titles and words that belong to no name, and adds what remains.
    fn pieces(&self, range: Range<usize>, out: &mut Scan) {
        let mut start = range.start;
        let mut title = TitleBefore::None;
        let mut title_start = None;
        let mut at = range.start;
        while at < range.end {
            let part = out.parts[at];
            let first = at == range.start;
            let opens = first && self.opens(part.start as usize);
            let title_here = self.title(&out.parts[at..range.end], at > start, &part);
            if title_here != TitleBefore::None {
                // What stands before a title in the same sequence belongs to the title (the ministry, the country).
                title_start.get_or_insert(out.parts[start].start);
                title = match (title, title_here) {
                    (TitleBefore::Mr | TitleBefore::Mrs, _) => title,
                    _ => title_here,
                };
                start = at + 1;
            } else if self.splits(&out.parts[range.clone()], at - range.start, opens) {
                self.push(start..at, title, title_start, true, out);
                title = TitleBefore::None;
                title_start = None;
                start = at + 1;
            }
            at += 1;
        }
        self.push(
            start..range.end,
            title,
            title_start,
            start != range.start,
            out,
        );
    }

    /// The title that a part is, where a name follows.
    fn title(&self, rest: &[Part], inside: bool, part: &Part) -> TitleBefore {
        let known = part.flags;
        if !known.any(Flags::TITLE.with(Flags::COURTESY)) || part.kind != PartKind::Name {
            return TitleBefore::None;
        }
        let last = rest.len() == 1;
        // "John Major", "Larry King": a title that ends a sequence after a given name is a surname.
        if last && inside && known.is_name() {
            return TitleBefore::None;
        }
        if known.any(Flags::COURTESY) {
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

    /// Whether a part belongs to no name, so that the sequence is cut there.
    fn splits(&self, parts: &[Part], at: usize, opens: bool) -> bool {
        let part = &parts[at];
        if part.kind != PartKind::Name {
            return false;
        }
        let known = part.flags;
        let next = parts.get(at + 1);
        let joined = part.end - part.start > 1;
        if joined {
            return false;
        }
        if known.any(Flags::CALENDAR) {
            // "April Glaspie", "Jan Timman", "Theresa May"
            let named = known.is_name()
                && (next.is_some_and(|next| next.kind == PartKind::Name && !next.ordinary)
                    || at > 0 && parts[at - 1].flags.is_sure_given());
            return !named;
        }
        if self.flow == Flow::Upper {
            let led = at > 0
                && (parts[at - 1].flags.is_sure_given()
                    || parts[at - 1].kind == PartKind::Initial
                    || parts[at - 1].flags.any(Flags::TITLE.with(Flags::COURTESY)));
            let plain = known.any(
                Flags::ORDINARY
                    .with(Flags::SPEECH)
                    .with(Flags::ROLE)
                    .with(Flags::HEAD),
            ) || part.ordinary;
            return !(known.is_name() || led && !plain);
        }
        if known.any(Flags::ORDINARY) {
            let named = known.is_name()
                && !opens
                && (at > 0 || next.is_some_and(|next| next.kind != PartKind::Initial));
            return !named;
        }
        if self.flow == Flow::TitleCase && known.any(Flags::SPEECH) {
            return true;
        }
        if part.ordinary && !known.is_name() {
            // An ordinary word that opens the sentence, or any in a headline with capitals.
            return opens && next.is_some() || self.flow == Flow::TitleCase;
        }
        false
    }

    fn push(
        &self,
        range: Range<usize>,
        title: TitleBefore,
        title_start: Option<u32>,
        torn: bool,
        out: &mut Scan,
    ) {
        let mut range = range;
        while range.len() > 1 && out.parts[range.start].kind == PartKind::Suffix {
            range.start += 1;
        }
        let parts = &out.parts[range.clone()];
        if !parts.iter().any(|part| part.kind == PartKind::Name) {
            return;
        }
        let first = parts[0].start;
        let head = parts
            .iter()
            .filter(|part| part.kind == PartKind::Name)
            .fold(Flags::NONE, |head, part| {
                if part.flags.any(Flags::HEAD) {
                    head.with(part.flags)
                } else {
                    head
                }
            });
        out.candidates.push(Candidate {
            text: self.text_idx,
            title,
            title_start: title_start.unwrap_or(first),
            flow: self.flow,
            initial: self.opens(first as usize),
            head,
            torn,
            parts: range.start as u32..range.end as u32,
        });
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
        if flow == Flow::Upper && part.kind == PartKind::Name {
            out.push_str(&capitalized(words));
        } else {
            out.push_str(words);
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
