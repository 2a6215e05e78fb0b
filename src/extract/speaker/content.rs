//! A cue and its source to the words that they report: quotations beside them, or the clause that goes with the verb.

use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use super::chunks::{self, Chunk, Noun, Pronoun, Verb, What, is_reduced};
use super::lexicon::{self, Class, Form, Takes};
use super::quotation::Quotation;
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::one_of;

/// Reported words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// The number of the quotation.
    Direct(usize),
    /// Tokens.
    Indirect(Range<usize>),
    /// Tokens that tell what is spoken of, and nothing that is said: `announced the plan`, `the duties that he announced in May`.
    /// They are no quote.
    SpokenOf(Range<usize>),
}

/// How many chunks of a sentence are looked at on either side of a cue.
const REACH: usize = 300;

/// How many chunks may stand between a cue and the `that` with which its clause begins.
const REACH_OF_THAT: usize = 16;

/// How many words in no chunk belong to what is reported, on either side; a bound for texts that are no prose.
const MOST_BESIDE: usize = 12;

/// What stands around a cue.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) chunks: &'a [Chunk],
    pub(super) quotations: &'a [Quotation],
    /// Whether the next paragraph begins with a quotation.
    pub(super) leads_on: bool,
}

/// Most cues have words at one place.
pub(super) type Contents = SmallVec<[Content; 1]>;

/// The words that belong to a cue; none if there are not those that the cue takes.
pub(super) fn content(
    sides: Sides,
    cue_idx: usize,
    members: &[usize],
    takes: Takes,
) -> Option<Contents> {
    let frame = Frame::new(sides.text, sides.chunks, cue_idx, members);
    // Most paragraphs have no quotation.
    if !sides.quotations.is_empty() {
        if takes != Takes::Quotation
            && let Some(mixed) = frame.mixed(sides)
        {
            return Some(smallvec![mixed]);
        }
        let direct = frame.quotations(sides.text, sides.quotations).into_iter();
        let direct: Contents = direct.map(Content::Direct).collect();
        if !direct.is_empty() {
            return Some(direct);
        }
    }
    // `His view: “No,” he said`: the second cue has the words.
    if frame.what(frame.rest.start) == Some(What::Colon) && frame.is_told(frame.rest.start + 1) {
        return None;
    }
    if sides.leads_on && frame.ends_with_colon() {
        return Some(Contents::new());
    }
    if frame.what(cue_idx) == Some(What::Dash) {
        return Some(frame.content_before(sides.text));
    }
    if takes != Takes::Quotation && frame.is_aside(sides.text) {
        return Some(frame.content_around(sides.text));
    }
    if takes != Takes::Quotation && (frame.is_inserted() || frame.interrupts(sides.text)) {
        return Some(frame.content_around_cue(sides.text));
    }
    if takes != Takes::Quotation
        && let Some(resumed) = frame.resumed(sides.text)
    {
        return Some(match frame.what(resumed - 1) {
            Some(What::And) => frame.content_on_both_sides(sides.text, resumed),
            _ => frame.content_around_cue(sides.text),
        });
    }
    if frame.is_told_elsewhere() {
        return None;
    }
    let clause = frame.is_clause(sides.text);
    let quoted = frame.is_quoted;
    let trailing = !clause
        && (frame.trails(sides.text)
            || takes != Takes::Quotation && frame.is_addition(sides.text)
            || takes == Takes::Anything && (frame.closes() || frame.trails_quoted(quoted)));
    // `“…,” the agency quoted exporter John Smith as saying.`
    if quoted && frame.rest.is_empty() {
        let before = frame.content_before(sides.text);
        if before
            .iter()
            .any(|content| matches!(content, Content::Direct(_)))
        {
            return Some(before);
        }
    }
    // `told Fox Business on Monday`: what, nobody says.
    if !clause && !trailing && frame.tells_only_whom(sides.text) {
        return Some(Contents::new());
    }
    // `announced it in a joint statement`: what, the text has told before.
    if !clause && !trailing && (frame.is_told_before(sides.text) || frame.is_told_to()) {
        return None;
    }
    let enough = match takes {
        Takes::Quotation => false,
        Takes::Clause => clause || trailing,
        Takes::Anything => trailing || frame.is_according() || !frame.rest.is_empty(),
    };
    if !enough {
        return frame
            .quotation_of_next_sentence()
            .filter(|_| {
                // `A clerk disagreed. “No,” he said`: whoever he is.
                !matches!(frame.teller(frame.rest.end + 1), Some(What::Person(_)))
            })
            .map(|quotation| smallvec![Content::Direct(quotation)]);
    }
    Some(if trailing {
        let before = frame.content_before(sides.text);
        if frame.follows_circumstance(sides.text) {
            only_spoken_of(before)
        } else {
            before
        }
    } else {
        frame.content_after(sides.text, takes)
    })
}

/// A cue in its sentence.
struct Frame<'a> {
    chunks: &'a [Chunk],
    cue_idx: usize,
    /// The chunk before the cue and its source.
    before: Option<usize>,
    /// The chunks after the cue and its source, to the end of the sentence.
    rest: Range<usize>,
    /// Whether somebody else tells it: `was quoted as saying`.
    is_quoted: bool,
}

impl<'a> Frame<'a> {
    fn new(text: &Text, chunks: &'a [Chunk], cue_idx: usize, members: &[usize]) -> Frame<'a> {
        // The subject of a participle at the head of a sentence stands after the words.
        let participle =
            matches!(chunks[cue_idx].what, What::Verb(verb) if verb.form == Form::Gerund);
        // `was quoted as saying` is said of the one before.
        let is_quoted = cue_idx
            .checked_sub(1)
            .is_some_and(|before| text.is(chunks[before].tokens.start, "as"));
        let first = members.first().filter(|_| !participle || is_quoted);
        let first = first.map_or(cue_idx, |&member| member.min(cue_idx));
        let first = described_from(text, chunks, first).unwrap_or(first);
        let last = members
            .last()
            .map_or(cue_idx, |&member| member.max(cue_idx));
        // `In Abe's view`: the preposition belongs to the cue.
        let noun = matches!(chunks[cue_idx].what, What::Noun(_));
        let preposition = noun
            && first
                .checked_sub(1)
                .is_some_and(|before| chunks[before].what == What::Preposition);
        let first = if preposition { first - 1 } else { first };
        Frame {
            chunks,
            cue_idx,
            before: phrase_start(chunks, first).checked_sub(1),
            rest: rest_of_sentence(chunks, if participle { cue_idx } else { last } + 1),
            is_quoted,
        }
    }

    fn what(&self, idx: usize) -> Option<What> {
        self.chunks.get(idx).map(|chunk| chunk.what)
    }

    fn rest(&self) -> &'a [Chunk] {
        &self.chunks[self.rest.clone()]
    }

    fn is_according(&self) -> bool {
        matches!(
            self.chunks[self.cue_idx].what,
            What::According | What::Noun(_)
        )
    }

    /// Whether the paragraph ends with a colon after the cue.
    fn ends_with_colon(&self) -> bool {
        self.rest.end == self.chunks.len()
            && self
                .rest()
                .last()
                .is_some_and(|chunk| chunk.what == What::Colon)
    }

    fn is_finite(&self) -> bool {
        is_finite(&self.chunks[self.cue_idx])
    }

    /// Whether the name after the verb is that of the one spoken to.
    fn addresses(&self) -> bool {
        matches!(self.chunks[self.cue_idx].what, What::Verb(verb) if verb.addresses)
    }

    /// The quotations before and after the cue that it introduces.
    fn quotations(&self, text: &Text, quotations: &[Quotation]) -> SmallVec<[usize; 2]> {
        let after = self.quotations_after(text);
        let mut out: SmallVec<[usize; 2]> = self
            .quotation_before(text, quotations, after.is_empty())
            .into_iter()
            .collect();
        out.extend(after);
        if out.is_empty() {
            out.extend(self.quotation_after_colon());
        }
        out
    }

    fn quotation_before(
        &self,
        text: &Text,
        quotations: &[Quotation],
        none_after: bool,
    ) -> Option<usize> {
        // `said “…,” adding that`: the words before are those of another verb.
        if self.is_participle() && !self.opens() && !self.is_quoted {
            return None;
        }
        let before = self.before?;
        let before = self.before_how(before).unwrap_or(before);
        let (quotation, stopped) = match self.chunks[before].what {
            What::Quote(quotation) => (quotation, false),
            mark @ (What::Comma | What::Dash | What::Stop | What::Close) => {
                match self.what(before.wrapping_sub(1)) {
                    Some(What::Quote(quotation)) => (quotation, mark == What::Stop),
                    _ => return None,
                }
            }
            _ => return None,
        };
        // `"Why now?" Abe asked` is one sentence; `"We act." Abe said that …` and `"We act." Abe praised it` are two.
        let alone = || {
            none_after
                && (!self.is_phrase(self.rest.start) || self.tells_only_whom(text))
                && !self
                    .rest()
                    .iter()
                    .any(|chunk| matches!(chunk.what, What::Verb(_) | What::Colon))
        };
        // In `The duties were "theft." Abe praised them.` the words are those of the sentence before.
        let is_fragment = || stopped && !self.is_whole(before - 1);
        let goes_on = !stopped || quotations[quotation].calls || alone();
        (goes_on && !is_fragment()).then_some(quotation)
    }

    /// Whether nothing but a mark leads to a quotation: it is no part of a sentence that somebody else began.
    fn is_whole(&self, quote_idx: usize) -> bool {
        let before = quote_idx.checked_sub(1).and_then(|idx| self.what(idx));
        let is_mark = |what: What| {
            matches!(
                what,
                What::Stop | What::Quote(_) | What::Colon | What::Dash | What::Comma
            )
        };
        before.is_none_or(is_mark)
    }

    /// The chunk before `is how` in `"We wait," is how Abe puts it`.
    fn before_how(&self, before: usize) -> Option<usize> {
        let is_how = self.chunks[before].what == What::Subordinator
            && matches!(self.what(before.checked_sub(1)?), Some(What::Verb(verb)) if verb.cue.is_none());
        let quoted = before.checked_sub(2)?;
        (is_how && matches!(self.chunks[quoted].what, What::Quote(_) | What::Comma))
            .then_some(quoted)
    }

    /// The quotations up to the next cue that has words of its own.
    fn quotations_after(&self, text: &Text) -> SmallVec<[usize; 2]> {
        let mut is_told = false;
        // `winking at them, telling the crowd: “…”`
        let is_participle = self.is_participle();
        let next = self.rest().iter().skip(1).map(|chunk| chunk.what);
        let next = next.map(Some).chain([None]);
        let has_own =
            |idx: usize| self.what(idx - 1) == Some(What::Comma) && self.is_telling(text, idx);
        self.rest
            .clone()
            .zip(self.rest().iter().zip(next))
            .take_while(|(idx, (chunk, next))| match chunk.what {
                // `said he would go, telling them: “…”`, `said, adding that “…”`
                What::Verb(verb) if verb.form == Form::Gerund => {
                    let ends = is_told || is_participle || *next == Some(What::That);
                    verb.cue.is_none() || !ends && !has_own(*idx)
                }
                What::Verb(verb) if verb.finite() => {
                    is_told = true;
                    verb.cue.is_none()
                }
                // `denied it: “No,” he said`
                What::Colon => !self.is_told(idx + 1),
                _ => true,
            })
            .filter_map(|(_, (chunk, _))| match chunk.what {
                What::Quote(quotation) => Some(quotation),
                _ => None,
            })
            .collect()
    }

    /// The quotation of `He was clear: "…"` where a new sentence begins after the colon.
    fn quotation_after_colon(&self) -> Option<usize> {
        if !matches!(self.rest().last()?.what, What::Colon) {
            return None;
        }
        let mut after = self.rest.end..self.chunks.len().min(self.rest.end + 2);
        let idx = after.find(|&idx| self.chunks[idx].what != What::Stop)?;
        match self.chunks[idx].what {
            What::Quote(quotation) if !self.is_told(idx) => Some(quotation),
            _ => None,
        }
    }

    /// The quotation of `Maybe Abe, one of them says. "…"`.
    fn quotation_of_next_sentence(&self) -> Option<usize> {
        match (self.what(self.rest.end), self.what(self.rest.end + 1)) {
            (Some(What::Stop), Some(What::Quote(quotation)))
                if self.rest.is_empty() && self.is_finite()
                    || matches!(self.chunks[self.cue_idx].what, What::Noun(_)) =>
            {
                Some(quotation)
            }
            _ => None,
        }
    }

    /// Whose the quotation at a chunk is by a cue of its own: `“…,” said Abe`.
    fn teller(&self, quote_idx: usize) -> Option<What> {
        if !matches!(self.what(quote_idx), Some(What::Quote(_))) {
            return None;
        }
        let behind = self.chunks[quote_idx + 1..].iter().take(3);
        let mut behind = behind
            .map(|chunk| chunk.what)
            .skip_while(|what| *what == What::Comma);
        let is_named = |what: &What| {
            matches!(
                what,
                What::Person(_) | What::Pronoun(Pronoun::He | Pronoun::She)
            )
        };
        let is_cue =
            |what: &What| matches!(what, What::Verb(verb) if verb.cue.is_some() && verb.finite());
        let (one, other) = (behind.next()?, behind.next()?);
        if is_named(&one) && is_cue(&other) {
            Some(one)
        } else {
            (is_cue(&one) && is_named(&other)).then_some(other)
        }
    }

    fn is_told(&self, quote_idx: usize) -> bool {
        self.teller(quote_idx).is_some()
    }

    /// Whether a relative clause has no words of its own: `the deal that Abe announced on Thursday holds`.
    fn is_told_elsewhere(&self) -> bool {
        self.is_relative()
            && self.is_finite()
            && matches!(
                self.rest().first().map(|chunk| chunk.what),
                Some(What::Time | What::Preposition)
            )
            && !self.rest().iter().any(|chunk| chunk.what == What::That)
            && self.before.is_some_and(|before| {
                let left = self.chunks[..before].iter().rev().map(|chunk| chunk.what);
                let mut left = left.skip_while(|what| *what == What::Comma);
                matches!(left.next(), Some(What::Noun(_)))
            })
    }

    /// Whether a participle says only to whom something is said: `telling him`.
    fn is_told_to(&self) -> bool {
        let is_object = |chunk: &Chunk| matches!(chunk.what, What::Person(_) | What::Pronoun(_));
        self.addresses()
            && self.is_participle()
            && matches!(self.rest(), [object] if is_object(object))
    }

    /// Whether behind `told` stands nothing but to whom, when and where: a person, people or a body with a name.
    fn tells_only_whom(&self, text: &Text) -> bool {
        let What::Verb(verb) = self.chunks[self.cue_idx].what else {
            return false;
        };
        let is_whom = self.rest().first().is_some_and(|first| match first.what {
            What::Person(_) | What::Pronoun(_) => true,
            What::Noun(noun) => {
                text.tokens[noun.head as usize].case != Case::Lower
                    || chunks::unnamed(text, noun)
                    || !chunks::plural_roles(text, noun).is_empty()
            }
            _ => false,
        });
        verb.finite()
            && is_told(text, verb)
            && is_whom
            && self.behind_asides(self.rest.start + 1) == self.rest.end
    }

    /// Whether what is announced is only `it`.
    fn is_told_before(&self, text: &Text) -> bool {
        let first = self.rest().first();
        let is_it = first.is_some_and(|first| {
            matches!(first.what, What::Pronoun(Pronoun::Other | Pronoun::They))
                && one_of!(text.small(first.tokens.start), "it" | "them")
        });
        let announces = match self.chunks[self.cue_idx].what {
            What::Verb(verb) => one_of!(
                text.small(verb.main as usize),
                "announce" | "announced" | "announces" | "announcing" | "proposed" | "proposes"
            ),
            _ => false,
        };
        is_it && announces
    }

    /// The whole clause where it goes over into a quotation: `said that the ban would last “until the lab says otherwise”`.
    fn mixed(&self, sides: Sides) -> Option<Content> {
        let text = sides.text;
        let quote = self
            .rest()
            .iter()
            .position(|chunk| matches!(chunk.what, What::Quote(_)))?;
        let quote_idx = self.rest.start + quote;
        let What::Quote(quotation) = self.chunks[quote_idx].what else {
            return None;
        };
        let start = self.clause_start(text);
        let clause = self.chunks.get(start..quote_idx)?;
        let has_verb = clause.len() > 1 && clause.iter().any(is_finite);
        let is_led = clause.iter().any(|chunk| {
            matches!(
                chunk.what,
                What::Colon | What::Dash | What::Semicolon | What::Quote(_)
            ) || matches!(chunk.what, What::Verb(verb) if verb.cue.is_some() && verb.finite())
        });
        let opens = match clause.first()?.what {
            What::Noun(_) | What::Person(_) | What::Pronoun(_) => true,
            What::Subordinator => is_asked(text, clause.first()?),
            _ => false,
        };
        let inner = &sides.quotations[quotation].inner;
        let goes_on = text
            .tokens
            .get(inner.start)
            .is_some_and(|first| first.case == Case::Lower);
        let is_cue = self.is_finite() || self.is_participle();
        if !has_verb || is_led || !opens || !goes_on || !is_cue {
            return None;
        }
        let end = self.end_of_words(text, start);
        (end > quote_idx)
            .then(|| self.words(text, start..end))
            .flatten()
    }

    /// Whether what follows the cue is a clause, perhaps after times, places and the person addressed.
    fn is_clause(&self, text: &Text) -> bool {
        // `If she wins, Abe suggested in a letter, we lose`: the cue stands in the middle of what it reports.
        let inserted = self.is_finite()
            && self.before.is_some_and(|before| {
                matches!(self.chunks[before].what, What::Comma | What::Subordinator)
            });
        let mut n_phrases = 0;
        let mut n_commas = 0;
        let mut preposition = false;
        let object = |n_phrases: usize| n_phrases == 0 || self.addresses() && n_phrases == 1;
        for (idx, chunk) in self.rest().iter().take(16).enumerate() {
            match chunk.what {
                What::Colon | What::Quote(_) => return true,
                // `more than two hundred`
                What::Subordinator if text.is(chunk.tokens.start, "than") => {}
                What::Subordinator
                    if self.addresses()
                        && n_commas > 0
                        && self.is_subordinate(self.rest.start + idx) =>
                {
                    return false;
                }
                // `declared, within two minutes of one another, that`
                What::That if n_commas == 2 && idx > 0 => return true,
                What::That | What::Subordinator => return object(n_phrases),
                What::Person(_) | What::Noun(_) | What::Pronoun(_) => {
                    let nominative = matches!(
                        chunk.what,
                        What::Pronoun(Pronoun::He | Pronoun::She | Pronoun::They)
                    );
                    if !preposition || nominative {
                        n_phrases += 1;
                    }
                    preposition = false;
                }
                What::Preposition => preposition = true,
                // `With all districts reporting, the race is open`: what comes after one comma is not reported.
                // `suggested lowering the rate`
                What::Verb(verb) if idx == 0 && verb.form == Form::Gerund => return true,
                // `a plan which he says will cost jobs`
                What::Verb(verb) if idx == 0 && verb.finite() && self.is_relative() => return true,
                // `threatened on Tuesday to double the duty`
                What::Verb(verb)
                    if verb.infinitive && n_phrases == 0 && n_commas == 0 && self.commits(text) =>
                {
                    return true;
                }
                // `reminded sailors to carry two beacons`, `expects sailors to carry them`
                What::Verb(verb)
                    if verb.infinitive
                        && n_phrases == 1
                        && (self.addresses() || self.expects(text)) =>
                {
                    return true;
                }
                // `suggests any plan to raise rates should wait`
                What::Verb(verb) if verb.infinitive && n_phrases > 0 => preposition = true,
                What::Verb(verb) => {
                    return verb.finite() && n_phrases > 0 && (n_commas != 1 || inserted);
                }
                What::And
                    if matches!(
                        self.rest().get(idx + 1).map(|next| next.what),
                        Some(What::Verb(_))
                    ) =>
                {
                    return false;
                }
                What::Comma => {
                    n_commas += 1;
                    if n_commas == 2 {
                        n_phrases = 0;
                    }
                }
                What::Time | What::Open | What::Close | What::And => {}
                _ => return false,
            }
        }
        false
    }

    /// Whether the object of the cue is who hears it: `warned Abe that`.
    fn is_heard(&self, text: &Text) -> bool {
        match self.chunks[self.cue_idx].what {
            What::Verb(verb) => {
                let word = lexicon::of(&text.tokens[verb.main as usize]);
                word.is_some_and(|word| word.has_hearer)
            }
            _ => false,
        }
    }

    /// Whether the cue says what somebody thinks others will do.
    fn expects(&self, text: &Text) -> bool {
        let What::Verb(verb) = self.chunks[self.cue_idx].what else {
            return false;
        };
        one_of!(
            text.small(verb.main as usize),
            "expect" | "expected" | "expects"
        )
    }

    /// Whether the cue says what somebody will do.
    fn commits(&self, text: &Text) -> bool {
        let What::Verb(verb) = self.chunks[self.cue_idx].what else {
            return false;
        };
        one_of!(
            text.small(verb.main as usize),
            "offered"
                | "offers"
                | "pledged"
                | "pledges"
                | "promised"
                | "promises"
                | "threatened"
                | "threatens"
                | "vowed"
                | "vows"
        )
    }

    /// Whether `who` or `which` stands before the source: what is said of it follows the cue.
    fn is_relative(&self) -> bool {
        self.before
            .is_some_and(|before| matches!(self.chunks[before].what, What::Who | What::That))
    }

    /// Whether the clause before the cue is what is reported: `Prices will rise, he said on Monday`.
    fn trails(&self, text: &Text) -> bool {
        let Some(before) = self
            .before
            .filter(|&before| self.chunks[before].what == What::Comma)
        else {
            return false;
        };
        let bare = match self.rest().first().map(|chunk| chunk.what) {
            None
            | Some(
                What::Time | What::Preposition | What::Comma | What::Subordinator | What::Dash,
            ) => true,
            Some(What::Noun(_) | What::Person(_) | What::Pronoun(_)) => self.addresses(),
            _ => false,
        };
        // `Prices rose, said Abe, a miller who knows that`, `Prices rose, he said, but mills stay open`
        let is_behind = self.is_finite() && self.rest.start > self.cue_idx + 1;
        // `Abe called it unfair: prices rose, he said, and so did costs`
        let mut clause = self.chunks[sentence_start(self.chunks, before)..before].iter();
        let is_plain = clause.all(|chunk| chunk.what != What::Colon);
        let ends = |idx: usize| {
            self.chunks[idx - 1].what == What::Comma
                && match self.chunks[idx].what {
                    What::Noun(_) => is_behind && idx == self.rest.start + 1,
                    What::And => is_plain && idx == self.behind_asides(self.rest.start) + 1,
                    _ => false,
                }
        };
        bare && !self.ends_open(text)
            && (self.is_finite() || self.is_according())
            && !self
                .rest
                .clone()
                .take(12)
                .take_while(|&idx| !self.is_subordinate(idx) && !ends(idx))
                .any(|idx| {
                    is_finite(&self.chunks[idx])
                        && !is_reduced(self.chunks, idx)
                        // `remembers Abe, who keeps a shop`
                        && self.chunks[idx - 1].what != What::Who
                })
            && self.is_statement(sentence_start(self.chunks, before)..before)
            && !self.is_question(text, sentence_start(self.chunks, before))
    }

    /// Whether what stands before a source only tells when the speaker did what follows: `After the levy had fallen, Abe disagreed
    /// with them`.
    fn follows_circumstance(&self, text: &Text) -> bool {
        let Some(before) = self.before else {
            return false;
        };
        let clause = &self.chunks[sentence_start(self.chunks, before)..before];
        let leads = clause.first().is_some_and(|first| {
            first.what == What::Subordinator
                && matches!(
                    text.word(first.tokens.start),
                    "After" | "As" | "Before" | "Since" | "Until" | "When" | "While"
                )
        });
        leads
            && self
                .rest()
                .first()
                .is_some_and(|first| first.what == What::Preposition)
            && clause.iter().all(|chunk| chunk.what != What::Comma)
    }

    /// Whether a sentence begins with what somebody was asked: `Asked whether she would wait, Abe smiled`.
    fn is_question(&self, text: &Text, start: usize) -> bool {
        let first = self.chunks[start].tokens.start;
        matches!(
            text.word(first),
            "Asked" | "Pressed" | "Questioned" | "Quizzed"
        )
    }

    /// Whether a clause of circumstances begins with a chunk: `he told leaders in Lima, as they signed`.
    fn is_subordinate(&self, idx: usize) -> bool {
        self.chunks[idx].what == What::Subordinator && self.chunks[idx - 1].what == What::Comma
    }

    /// Whether a cue that needs nothing else closes its sentence: `Sorry, he said.`
    fn closes(&self) -> bool {
        self.rest.is_empty()
            && self.is_finite()
            && self
                .before
                .is_some_and(|before| before > 0 && self.chunks[before].what == What::Comma)
    }

    /// Whether `was quoted as saying` closes the sentence after a comma.
    fn trails_quoted(&self, quoted: bool) -> bool {
        quoted
            && self.rest.is_empty()
            && self
                .before
                .is_some_and(|before| self.chunks[before].what == What::Comma)
    }

    /// Whether the source and its cue are put into what is reported: `Prices, as he has said, will rise`.
    fn is_aside(&self, text: &Text) -> bool {
        let linked = self.before.is_some_and(|before| {
            let chunk = &self.chunks[before];
            let set_off = before.checked_sub(1).is_none_or(|left| {
                matches!(
                    self.chunks[left].what,
                    What::Comma | What::Dash | What::Stop | What::Open | What::Quote(_)
                )
            });
            set_off
                && chunk.what == What::Subordinator
                && matches!(text.word(chunk.tokens.start), "as" | "As")
        });
        linked
            && self.is_finite()
            && matches!(
                self.rest().first().map(|chunk| chunk.what),
                None | Some(What::Comma | What::Time | What::Preposition | What::Dash)
            )
    }

    /// Whether a source and its cue stand between the subject and the verb of what is reported: `Prices, he writes in a letter,
    /// will rise`.
    fn is_inserted(&self) -> bool {
        let Some(before) = self
            .before
            .filter(|&before| self.chunks[before].what == What::Comma)
        else {
            return false;
        };
        let start = sentence_start(self.chunks, before);
        let subject = &self.chunks[start..before];
        let leads = subject.len() < 8
            && !subject.is_empty()
            && subject.iter().all(|chunk| match chunk.what {
                What::Noun(_)
                | What::Person(_)
                | What::Pronoun(_)
                | What::Preposition
                | What::And
                | What::Time => true,
                What::Verb(verb) => verb.form == Form::Gerund,
                _ => false,
            })
            && subject
                .iter()
                .any(|chunk| matches!(chunk.what, What::Noun(_) | What::Person(_) | What::Verb(_)))
            && subject
                .first()
                .is_some_and(|first| first.what != What::Preposition);
        let mut rest = self.rest.clone();
        // `she whispered, looking over her shoulder,`
        if let (Some(What::Comma), Some(What::Verb(verb))) =
            (self.what(rest.start), self.what(rest.start + 1))
            && verb.form == Form::Gerund
            && rest.len() > 2
        {
            rest.start += 2;
        }
        // `Prices, said Abe, head of the guild, have doubled`
        let is_behind = self.rest.start > self.cue_idx + 1;
        if let (true, Some(What::Comma), Some(What::Noun(_))) =
            (is_behind, self.what(rest.start), self.what(rest.start + 1))
        {
            let behind = self.behind_asides(rest.start + 2);
            if self.what(behind) == Some(What::Comma) {
                rest.start = behind;
            }
        }
        let end = rest.find(|&idx| {
            !matches!(
                self.chunks[idx].what,
                What::Time | What::Preposition | What::Noun(_) | What::Person(_)
            )
        });
        let Some(comma) = end.filter(|&end| self.chunks[end].what == What::Comma) else {
            return false;
        };
        let first = self.rest().first().map(|chunk| chunk.what);
        let bare = match first {
            Some(What::Comma | What::Time | What::Preposition) => true,
            // `A rate of ten, he told the workers, would not do`
            Some(What::Noun(_) | What::Person(_) | What::Pronoun(_)) => self.addresses(),
            _ => false,
        };
        let goes_on = matches!(self.what(comma + 1), Some(What::Verb(verb)) if verb.finite());
        leads && bare && self.is_finite() && goes_on
    }

    /// Whether a source and its cue stand between commas behind what only opens a sentence, or before what ends it: `To wait, he
    /// said, was no choice`, `If mills close, he warned, ports will follow`, `He was for it, he said, because it works`.
    fn interrupts(&self, text: &Text) -> bool {
        let Some(before) = self
            .before
            .filter(|&before| self.chunks[before].what == What::Comma)
        else {
            return false;
        };
        let is_whom = self.addresses() && self.is_phrase(self.rest.start);
        let comma = self.behind_asides(self.rest.start + usize::from(is_whom));
        if !self.is_finite() || self.what(comma) != Some(What::Comma) || comma >= self.rest.end {
            return false;
        }
        let clause = &self.chunks[sentence_start(self.chunks, before)..before];
        let is_plain = |chunk: &Chunk| !matches!(chunk.what, What::Quote(_) | What::Colon);
        // `And if mills close, he said, ports will follow`
        let mut leading = clause.iter().skip_while(|chunk| chunk.what == What::And);
        let (Some(first), true) = (leading.next(), clause.iter().all(is_plain)) else {
            return false;
        };
        let only_opens = match first.what {
            What::Verb(verb) => verb.infinitive,
            What::Preposition | What::Subordinator => true,
            _ => false,
        } && clause.iter().all(|chunk| chunk.what != What::Comma);
        let next = comma + 1;
        let is_verb =
            |idx: usize| matches!(self.what(idx), Some(What::Verb(verb)) if verb.finite());
        // `mills, he said, there are none`
        let is_there =
            is_verb(next) && text.is(self.chunks[next].tokens.start.saturating_sub(1), "there");
        if only_opens {
            let words = next..self.rest.end.min(next + MOST_BESIDE);
            return is_there
                || is_verb(next) && matches!(first.what, What::Verb(_))
                || self.is_phrase(next) && !self.is_source(next) && self.has_clause(text, words);
        }
        let start = sentence_start(self.chunks, before);
        // `Those who wait, he said, must pay`
        if self.is_phrase(start) && is_verb(next) && !is_there {
            return !self.has_clause(text, start..before);
        }
        self.is_statement(start..before)
            && match (self.what(next), self.what(next + 1)) {
                (Some(What::Subordinator), _) => one_of!(
                    text.small(self.chunks[next].tokens.start),
                    "because" | "if" | "unless" | "until"
                ),
                (Some(What::Verb(verb)), _) => verb.infinitive,
                // `Brussels had no choice, she said, but to wait`, `wants a law, he said, and would pay`
                (Some(What::And), Some(What::Verb(verb))) => {
                    verb.infinitive || verb.modal && verb.cue.is_none()
                }
                _ => false,
            }
    }

    /// Where the reported words go on if a source and its cue stand behind a whole clause: `Prices will rise, Abe said on Friday,
    /// the most in a year`, `Prices rose, he said, and mines may close`.
    fn resumed(&self, text: &Text) -> Option<usize> {
        let before = self
            .before
            .filter(|&before| self.chunks[before].what == What::Comma)?;
        let start = sentence_start(self.chunks, before);
        let clause = &self.chunks[start..before];
        let opens = clause.first().is_some_and(|first| {
            matches!(
                first.what,
                What::Noun(_) | What::Person(_) | What::Pronoun(_) | What::And
            )
        });
        let is_plain = opens
            && !clause
                .iter()
                .any(|chunk| matches!(chunk.what, What::Quote(_) | What::Colon));
        // `predicts Abe, the former miller`
        let is_before = self.rest.start == self.cue_idx + 1;
        if !is_plain || !is_before || !self.is_finite() {
            return None;
        }
        let aside = self.rest().iter().take(4).take_while(|chunk| {
            matches!(chunk.what, What::Time | What::Preposition | What::Noun(_))
        });
        let n_aside = aside.clone().count();
        let is_bare = aside
            .clone()
            .next()
            .is_none_or(|first| !matches!(first.what, What::Noun(_)));
        let comma = self.rest.start + n_aside;
        if !is_bare || self.what(comma) != Some(What::Comma) {
            return None;
        }
        let goes_on = match (self.what(comma + 1), self.what(comma + 2)) {
            (Some(What::And), Some(What::Noun(_) | What::Pronoun(Pronoun::Other))) => {
                text.is(self.chunks[comma + 1].tokens.start, "and")
                    && !self.is_source(comma + 2)
                    && self.chunks[comma + 2..self.rest.end].iter().any(is_finite)
            }
            (Some(What::Noun(noun)), _) => {
                noun.article == chunks::Article::Definite
                    && clause.iter().any(is_finite)
                    && !matches!(self.what(comma + 2), Some(What::Verb(verb)) if verb.finite())
            }
            _ => false,
        };
        let joins = self.what(comma + 1) == Some(What::And);
        goes_on.then_some(comma + 1 + usize::from(joins))
    }

    /// Whether a chunk is a name, a noun or a pronoun.
    fn is_phrase(&self, idx: usize) -> bool {
        matches!(
            self.what(idx),
            Some(What::Noun(_) | What::Person(_) | What::Pronoun(_))
        )
    }

    /// Whether a finite verb follows a chunk at once.
    fn leads_verb(&self, idx: usize) -> bool {
        let next = self.chunks.get(idx + 1);
        next.is_some_and(|next| is_finite(next) && next.tokens.start == self.chunks[idx].tokens.end)
    }

    /// Whether a phrase is the source of the verb behind it.
    fn is_source(&self, idx: usize) -> bool {
        self.is_phrase(idx)
            && matches!(self.what(idx + 1), Some(What::Verb(verb)) if verb.cue.is_some() && verb.finite())
    }

    /// Whether chunks have verbs, and none with a subject of its own.
    fn has_infinitives(&self, words: Range<usize>) -> bool {
        const LONGEST: usize = 32;
        let is_verb = |chunk: &Chunk| matches!(chunk.what, What::Verb(_));
        let has_finite = || {
            words
                .clone()
                .any(|idx| is_finite(&self.chunks[idx]) && !is_reduced(self.chunks, idx))
        };
        words.len() < LONGEST && self.chunks[words.clone()].iter().any(is_verb) && !has_finite()
    }

    /// Whether a phrase, perhaps with what says of it who that is, is the source of the verb behind it: `his rival, Abe of Ohio, said`.
    fn is_described_source(&self, idx: usize) -> bool {
        self.verb_of_source(idx).is_some()
    }

    /// The cue of which a phrase, perhaps with what says of it who that is, is the source.
    fn verb_of_source(&self, idx: usize) -> Option<usize> {
        const LONGEST: usize = 8;
        if !self.is_phrase(idx) {
            return None;
        }
        let mut n_commas = 0;
        let mut rest = idx + 1..self.rest.end.min(idx + LONGEST);
        let verb = rest.find(|&at| match self.chunks[at].what {
            What::Comma => {
                n_commas += 1;
                false
            }
            What::Noun(_) | What::Person(_) | What::Preposition | What::Open | What::Close => false,
            _ => true,
        });
        let is_cue = |at: &usize| matches!(self.chunks[*at].what, What::Verb(verb) if verb.cue.is_some() && verb.finite());
        verb.filter(is_cue).filter(|_| n_commas % 2 == 0)
    }

    /// What is reported before a source and behind its cue, with both between: one half alone would say nothing.
    fn content_around_cue(&self, text: &Text) -> Contents {
        let mut contents = self.content_before(text);
        if let [Content::Indirect(before)] = contents.as_mut_slice()
            && let Some(Content::Indirect(after)) = self.words(text, self.rest.clone())
        {
            before.end = after.end;
        }
        contents
    }

    /// What is reported before a source and where it goes on behind its cue: each is a clause.
    fn content_on_both_sides(&self, text: &Text, resumed: usize) -> Contents {
        let mut contents = self.content_before(text);
        contents.extend(self.words(text, resumed..self.end_of_words(text, resumed)));
        contents
    }

    /// The sentence before an aside, or what follows where it opens the sentence.
    fn content_around(&self, text: &Text) -> Contents {
        let opens = self
            .before
            .is_none_or(|before| sentence_start(self.chunks, before) == before);
        if opens {
            // `As Abe said in Lima last week, mills close.`
            let comma = self
                .rest
                .clone()
                .find(|&idx| self.chunks[idx].what == What::Comma);
            let words = comma.map_or(self.rest.clone(), |comma| comma + 1..self.rest.end);
            self.words(text, words).into_iter().collect()
        } else if self.before.is_some_and(|before| {
            !self.chunks[sentence_start(self.chunks, before)..before]
                .iter()
                .any(|chunk| matches!(chunk.what, What::Verb(_) | What::Quote(_)))
        }) {
            // `In the old mills, as Abe wrote in Lima, clerks had houses.`
            self.content_around_cue(text)
        } else {
            self.content_before(text)
        }
    }

    /// Whether a fragment adds to what was said before: `Or from Peru, she added.`
    fn is_addition(&self, text: &Text) -> bool {
        let Some(before) = self.before else {
            return false;
        };
        let start = sentence_start(self.chunks, before);
        let first = self.chunks[start].tokens.start;
        self.chunks[before].what == What::Comma
            && start < before
            && self.rest.is_empty()
            && self.is_finite()
            && matches!(text.word(first), "And" | "But" | "Nor" | "Not" | "Or")
    }

    /// Whether chunks are a sentence by themselves: they have a verb, a quotation, or at least begin like one and are long.
    fn is_statement(&self, range: Range<usize>) -> bool {
        let chunks = &self.chunks[range];
        let begins = chunks
            .iter()
            .find(|chunk| chunk.what != What::And)
            .is_some_and(|chunk| {
                matches!(
                    chunk.what,
                    What::Noun(_) | What::Person(_) | What::Pronoun(_)
                )
            });
        begins && chunks.len() >= 3
            || chunks
                .iter()
                .any(|chunk| is_finite(chunk) || matches!(chunk.what, What::Quote(_)))
    }

    fn content_after(&self, text: &Text, takes: Takes) -> Contents {
        let start = self.clause_start(text);
        let end = self.end_of_words(text, start);
        // `responded on Twitter, calling it a theft`: the participle has the words.
        let is_where = end > start
            && one_of!(
                text.small(self.chunks[start].tokens.start),
                "at" | "during" | "in" | "on"
            )
            && self.behind_asides(start) == end
            && self.is_telling(text, end + 1);
        if is_where {
            return Contents::new();
        }
        let is_led = start > self.rest.start && self.chunks[start - 1].what == What::That
            || is_class(text, self.chunks[self.cue_idx].tokens.end - 1, Class::That)
            || self.is_that_one(text, start);
        if is_led && self.denies_noun(text, start - 1) {
            return only_spoken_of(self.words(text, start..end).into_iter().collect());
        }
        if !is_led && self.is_what(text) {
            return only_spoken_of(self.words(text, start..end).into_iter().collect());
        }
        if is_led || self.is_according() || self.has_clause(text, start..end) {
            return self.words(text, start..end).into_iter().collect();
        }
        let end = if self.takes_phrase(text, takes) {
            self.end_of_phrase(text, start..end)
        } else {
            end
        };
        let said = self.says(text, takes, start..end);
        let contents: Contents = self.words(text, start..end).into_iter().collect();
        if said {
            contents
        } else {
            only_spoken_of(contents)
        }
    }

    /// Whether a `that` is the subject of the verb behind it: `that was a theft`.
    fn is_that_one(&self, text: &Text, idx: usize) -> bool {
        self.what(idx) == Some(What::That)
            && idx == self.rest.start
            && self.leads_verb(idx)
            && one_of!(
                text.small(self.chunks[idx + 1].tokens.start),
                "could" | "is" | "may" | "might" | "was" | "will" | "would"
            )
    }

    /// Whether what is said stands before the source: `what Abe said was a mistake`.
    fn is_what(&self, text: &Text) -> bool {
        let source = self.before.map_or(0, |before| before + 1);
        let start = self.chunks[source].tokens.start;
        // A name has the word among its own.
        let is_what = |at: usize| matches!(text.word(at), "What" | "what" | "whatever");
        source < self.cue_idx && (is_what(start) || start > 0 && is_what(start - 1))
    }

    /// Whether a `that` leads what others say and the cue denies: `dismissed a report that mills close`, not `denied that`.
    fn denies_noun(&self, text: &Text, that: usize) -> bool {
        let What::Verb(cue) = self.chunks[self.cue_idx].what else {
            return false;
        };
        that > self.rest.start
            && matches!(self.chunks[that - 1].what, What::Noun(_))
            && one_of!(
                text.small(cue.main as usize),
                "denied"
                    | "denies"
                    | "deny"
                    | "denying"
                    | "dismissed"
                    | "dismisses"
                    | "dismissing"
                    | "disputed"
                    | "disputes"
                    | "mocked"
                    | "mocks"
                    | "questioned"
                    | "questions"
                    | "rejected"
                    | "rejects"
                    | "rejecting"
            )
    }

    /// Whether chunks behind a cue are a clause, or hold one that no other word leads: `the rye had burnt`, `if it rains, mills
    /// close`, not `the plan that works`, `a plan backed by the guild`.
    fn has_clause(&self, text: &Text, words: Range<usize>) -> bool {
        let (mut has_subject, mut n_led) = (false, 0_usize);
        let takes_object = self.takes_object(text);
        for idx in words.clone() {
            let chunk = &self.chunks[idx];
            let before = (idx > words.start).then(|| self.chunks[idx - 1].what);
            match chunk.what {
                What::Who | What::That => n_led += 1,
                // `larger than`, `as a blow`, `after winning`
                What::Subordinator => {
                    let leads =
                        self.is_phrase(idx + 1) && self.chunks.get(idx + 2).is_some_and(is_finite);
                    let is_bare = one_of!(text.small(chunk.tokens.start), "as" | "than")
                        || matches!(self.what(idx + 1), Some(What::Verb(verb)) if verb.form == Form::Gerund);
                    // `after the talks he would wait`
                    let is_preposition = self.is_phrase(idx + 1) && self.is_phrase(idx + 2);
                    n_led += usize::from((!is_bare || leads) && !is_preposition);
                }
                // `the duties he backs`
                What::Pronoun(Pronoun::He | Pronoun::She | Pronoun::They)
                    if idx == words.start + 1 && matches!(before, Some(What::Noun(_))) =>
                {
                    n_led += 1;
                }
                What::Noun(_) | What::Person(_) | What::Pronoun(_) => has_subject = true,
                // `fighting was over`
                What::Verb(verb) if verb.form == Form::Gerund => has_subject = true,
                // `announced cuts but kept the levy`
                What::And
                    if self.chunks.get(idx + 1).is_some_and(is_finite)
                        || one_of!(text.small(chunk.tokens.start), "but" | "yet") =>
                {
                    return false;
                }
                // `after she announced the levy, mills closed`
                What::Comma
                    if takes_object
                        && n_led == 0
                        && self.is_phrase(words.start)
                        && !matches!(self.what(idx + 1), Some(What::Who | What::That)) =>
                {
                    return false;
                }
                // `of paid speeches`
                What::Verb(_) if before == Some(What::Preposition) => {}
                What::Verb(verb)
                    if verb.finite()
                        && !is_reduced(self.chunks, idx)
                        && !self.is_past_of_agent(text, idx) =>
                {
                    if n_led > 0 {
                        n_led -= 1;
                    } else if has_subject || idx == words.start {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    /// Whether a verb says by whom the noun before it is: `a plan backed by the guild`.
    fn is_past_of_agent(&self, text: &Text, idx: usize) -> bool {
        matches!(self.what(idx), Some(What::Verb(verb)) if verb.form == Form::Past)
            && self.chunks[idx].tokens.len() == 1
            && self.what(idx + 1) == Some(What::Preposition)
            && text.is(self.chunks[idx + 1].tokens.start, "by")
    }

    /// Whether words in which no clause is seen are what somebody says: what he will do or bids others do, what he asks for or
    /// foretells, and what he says that something is. A phrase behind a verb that takes an object is only what is spoken of; behind
    /// another it may be a clause whose verb is not known.
    fn says(&self, text: &Text, takes: Takes, words: Range<usize>) -> bool {
        let What::Verb(cue) = self.chunks[self.cue_idx].what else {
            return true;
        };
        let is_mark = |&idx: &usize| matches!(self.what(idx), Some(What::Comma | What::Dash));
        let start = words.start + words.clone().take_while(is_mark).count();
        let Some(first) = self.chunks.get(start).filter(|_| start < words.end) else {
            return true;
        };
        let takes_object = self.takes_object(text);
        match first.what {
            What::Verb(verb) if verb.form == Form::Gerund => !is_considered(text, cue),
            What::Verb(verb) => {
                !verb.infinitive || start > self.rest.start || !self.misses_object(start)
            }
            What::Subordinator => is_asked(text, first),
            // `questioned what kind of mill it was`
            What::Noun(_) if text.is(first.tokens.start, "what") => true,
            What::Who | What::That => false,
            What::And => !matches!(self.what(start + 1), Some(What::Who | What::That)),
            What::Preposition | What::Time => {
                let behind = self.behind_asides(start);
                // `insisted on waiting`
                matches!(self.what(start + 1), Some(What::Verb(verb)) if verb.form == Form::Gerund)
                    || is_voiced(text, cue)
                    // `warned us of delays`
                    || start > self.rest.start && text.is(first.tokens.start, "of")
                    || self.is_phrase(behind) && behind > start && !takes_object
            }
            What::Noun(noun) if cue.cue.is_none() && chunks::words(text, noun) => {
                is_voiced(text, cue)
            }
            What::Noun(_) | What::Person(_) | What::Pronoun(_) if takes_object => {
                // `called it a blow`, `dismissed it as a blow`
                let is_as = |chunk: &Chunk| {
                    chunk.what == What::Subordinator && text.is(chunk.tokens.start, "as")
                };
                cue.cue == Some(Takes::Quotation) && takes == Takes::Anything
                    || self.chunks[words].iter().any(is_as)
            }
            _ => true,
        }
    }

    /// Whether the cue ends with a preposition: `called for`.
    fn ends_open(&self, text: &Text) -> bool {
        let What::Verb(cue) = self.chunks[self.cue_idx].what else {
            return false;
        };
        self.last_word(cue).is_some_and(|last| {
            is_class(text, last, Class::Preposition) || is_class(text, last, Class::To)
        })
    }

    /// Whether the object of an infinitive stands before the cue: `the duty that he threatened to raise in May`.
    fn misses_object(&self, infinitive: usize) -> bool {
        let Some(before) = self.before.filter(|before| before + 2 == self.cue_idx) else {
            return false;
        };
        let is_noun = |idx: Option<usize>| {
            idx.is_some_and(|idx| matches!(self.chunks[idx].what, What::Noun(_)))
        };
        let left = before.checked_sub(1);
        let is_object = match self.chunks[before].what {
            What::That => is_noun(left),
            // `the duty he threatened to raise`, not `in his speech he threatened to leave`
            What::Noun(_) => left.is_some_and(|left| self.chunks[left].what != What::Preposition),
            _ => false,
        };
        is_object && !self.is_phrase(infinitive + 1)
    }

    /// Whether the cue may have an object that is only spoken of.
    fn takes_object(&self, text: &Text) -> bool {
        matches!(self.chunks[self.cue_idx].what, What::Verb(cue)
            if lexicon::of(&text.tokens[cue.main as usize]).is_some_and(|word| word.takes_object))
    }

    /// Whether behind the cue stands a phrase, if no clause is seen there: `called it a blow`, `mentioned the plan`, `warned of it`.
    fn takes_phrase(&self, text: &Text, takes: Takes) -> bool {
        let What::Verb(cue) = self.chunks[self.cue_idx].what else {
            return false;
        };
        let is_judged = cue.cue == Some(Takes::Quotation) && takes == Takes::Anything;
        is_judged
            || self.takes_object(text)
            || self
                .last_word(cue)
                .is_some_and(|last| is_class(text, last, Class::Preposition))
    }

    /// The last word of a cue of several.
    fn last_word(&self, cue: Verb) -> Option<usize> {
        let last = self.chunks[self.cue_idx].tokens.end - 1;
        (last > cue.main as usize).then_some(last)
    }

    /// Where a phrase ends before a lesser clause and the day, which say when and where it was said: `called it a blow on Friday,
    /// when mills closed`.
    fn end_of_phrase(&self, text: &Text, words: Range<usize>) -> usize {
        let Range { start, mut end } = words;
        if !self.is_phrase(start) {
            return end;
        }
        let is_lesser = |idx: &usize| {
            self.chunks[*idx].what == What::Comma
                && matches!(
                    self.what(idx + 1),
                    Some(What::Who | What::That | What::Subordinator)
                )
        };
        end = (start + 1..end).find(is_lesser).unwrap_or(end);
        while end > start + 1 {
            end -= match (self.chunks[end - 2].what, self.chunks[end - 1].what) {
                (What::Preposition, What::Time) => 2,
                // `in a statement`
                (What::Preposition, What::Noun(noun))
                    if chunks::words(text, noun)
                        && text.is(self.chunks[end - 2].tokens.start, "in") =>
                {
                    2
                }
                (_, What::Time) => 1,
                _ => break,
            };
        }
        end.max(start + 1)
    }

    /// Where the words begin behind the one to whom they are said: `to wait` of `told his staff to wait`, `whether it pays` of
    /// `asked Abe on Friday whether it pays`.
    fn behind_addressee(&self, text: &Text) -> Option<usize> {
        const LONGEST: usize = 10;
        let start = self.rest.start;
        let is_somebody = match self.what(start)? {
            What::Person(_) | What::Pronoun(_) => true,
            // `urged an effort to save mills`
            What::Noun(noun) => {
                !one_of!(text.small(self.chunks[start].tokens.start), "a" | "an")
                    || chunks::unnamed(text, noun)
                    || !chunks::roles(text, noun).is_empty()
            }
            _ => false,
        };
        let is_open = self.ends_open(text)
            && !one_of!(
                text.small(self.chunks[self.cue_idx].tokens.end - 1),
                "on" | "upon"
            );
        let hears = self.is_heard(text) || self.ends_open(text);
        if !is_somebody || is_open || !hears {
            return None;
        }
        let mut at = start + 1;
        while at < self.rest.end.min(start + LONGEST) {
            at += match (self.what(at)?, self.what(at + 1)) {
                (What::Verb(verb), _) if verb.infinitive => return Some(at),
                // `warned us of delays`
                (What::Preposition, Some(_))
                    if at == start + 1
                        && !matches!(self.chunks[start].what, What::Noun(_))
                        && one_of!(text.small(self.chunks[at].tokens.start), "about" | "of") =>
                {
                    return Some(at);
                }
                (What::Subordinator, _) if is_asked(text, &self.chunks[at]) => return Some(at),
                (What::Time, _) => 1,
                // `called on Abe months ago to wait`
                (What::Noun(noun), _) if is_class(text, noun.head as usize, Class::TimeNoun) => 1,
                // `urged the opposite in a speech to millers`
                (What::Preposition, Some(What::Noun(noun))) if chunks::words(text, noun) => {
                    return None;
                }
                (What::Preposition, Some(What::Time | What::Noun(_) | What::Person(_))) => 2,
                (What::And, Some(What::Noun(_) | What::Person(_))) => 2,
                // `her clerk, Abe of Lima, to wait`
                (What::Comma, Some(What::Noun(_) | What::Person(_))) => 2,
                (What::Comma, Some(What::Verb(verb))) if verb.infinitive => 1,
                _ => return None,
            };
        }
        None
    }

    /// Where the words behind a cue begin: past `that`, whom they are said to, and when and where.
    fn clause_start(&self, text: &Text) -> usize {
        if let Some(that) = self.that(text) {
            // `said that was a theft`
            return that + usize::from(!self.is_that_one(text, that));
        }
        if let Some(behind) = self.behind_addressee(text) {
            return behind;
        }
        let has_verb = |idx: usize| {
            let clause = self.chunks[idx.min(self.rest.end)..self.rest.end].iter();
            let mut clause = clause.take(8).take_while(|chunk| {
                !matches!(
                    chunk.what,
                    What::That | What::Who | What::And | What::Comma | What::Subordinator
                )
            });
            self.is_phrase(idx) && clause.any(is_finite)
        };
        let start = self.rest.start;
        // `According to Abe, the head of the guild, prices fall`
        if self.is_according()
            && self.what(start) == Some(What::Comma)
            && matches!(self.what(start + 1), Some(What::Noun(_)))
        {
            let behind = self.behind_asides(start + 2);
            if self.what(behind) == Some(What::Comma) && has_verb(behind + 1) {
                return behind + 1;
            }
        }
        // `Asked by Abe about it, she said`
        if self.is_participle() && self.opens() {
            return start;
        }
        // `told lawmakers it had been the plan`, `told the paper in an interview it had been the plan`
        if self.is_heard(text) && self.is_phrase(start) {
            let behind = self.behind_asides(start + 1);
            // `told a session there were no mills`, `told millers his trip, which went on, was over`
            let is_there = || {
                let next = self.chunks.get(behind);
                next.is_some_and(|next| {
                    is_finite(next) && text.is(next.tokens.start.saturating_sub(1), "there")
                })
            };
            let is_clause = || {
                match self.what(behind) {
                    Some(What::Noun(_)) => self.chunks[behind..self.rest.end].iter().any(is_finite),
                    // `told the paper he'd wait`
                    Some(What::Pronoun(pronoun)) => pronoun != Pronoun::Other,
                    _ => false,
                }
            };
            let is_told =
                matches!(self.chunks[self.cue_idx].what, What::Verb(verb) if is_told(text, verb));
            if has_verb(behind) || is_told && (is_there() || is_clause()) {
                return behind;
            }
        }
        // `said on Monday she would wait`, `pointed out in a lecture in Washington last week, three in four wait`
        let end = self.behind_asides(start);
        let is_dated = self.chunks[start..end]
            .last()
            .is_some_and(|chunk| chunk.what == What::Time);
        match self.what(end) {
            Some(What::Comma) if end > start && has_verb(end + 1) => end + 1,
            // `vowed on Monday to wait`
            Some(What::Verb(verb)) if is_dated && verb.infinitive => end,
            // `Thursday's speeches`
            _ if is_dated
                && has_verb(end)
                && text.tokens[self.chunks[end].tokens.start].kind != Kind::Possessive =>
            {
                end
            }
            _ => start,
        }
    }

    /// The chunk behind times and places that begin at a chunk: `on Monday`, `in a letter from Lima`.
    fn behind_asides(&self, start: usize) -> usize {
        let mut end = start.min(self.rest.end);
        while end < self.rest.end {
            end += match (self.what(end), self.what(end + 1)) {
                (Some(What::Time), _) => 1,
                (Some(What::Preposition), Some(What::Time | What::Noun(_))) => 2,
                _ => break,
            };
        }
        end.min(self.rest.end)
    }

    /// Whether a participle tells more of the speaker's words, not of what he speaks of: `adding that`, not `causing`.
    fn is_telling(&self, text: &Text, idx: usize) -> bool {
        let Some(What::Verb(verb)) = self.what(idx) else {
            return false;
        };
        verb.form == Form::Gerund
            && verb.cue.is_some()
            && one_of!(
                text.small(verb.main as usize),
                "adding"
                    | "arguing"
                    | "asserting"
                    | "calling"
                    | "claiming"
                    | "complaining"
                    | "declaring"
                    | "denouncing"
                    | "describing"
                    | "explaining"
                    | "insisting"
                    | "noting"
                    | "predicting"
                    | "promising"
                    | "recalling"
                    | "reminding"
                    | "saying"
                    | "stating"
                    | "stressing"
                    | "telling"
                    | "urging"
                    | "vowing"
                    | "warning"
            )
    }

    /// Whether the cue opens its sentence.
    fn opens(&self) -> bool {
        self.cue_idx == 0 || self.chunks[self.cue_idx - 1].what == What::Stop
    }

    /// Whether the cue is a participle: `arguing`, `Asked by`.
    fn is_participle(&self) -> bool {
        let cue = &self.chunks[self.cue_idx];
        match cue.what {
            What::Verb(verb) => {
                verb.form == Form::Gerund
                    || verb.form == Form::Past && self.opens() && cue.tokens.len() == 1
            }
            _ => false,
        }
    }

    /// Where the words end that begin at a chunk behind a cue.
    fn end_of_words(&self, text: &Text, start: usize) -> usize {
        let end = self.next_deed(start);
        let is_verb =
            |idx: usize| matches!(self.what(idx), Some(What::Verb(verb)) if verb.finite());
        let (is_participle, opens) = (self.is_participle(), self.opens());
        let is_that = start > self.rest.start && self.chunks[start - 1].what == What::That;
        let is_bygone = self.is_bygone(text, start..end);
        let is_end = |idx: usize| {
            // `Asked whether she would wait, Abe said no`
            if is_participle && opens {
                return self.is_phrase(idx + 1)
                    && (is_verb(idx + 2) || self.what(idx + 2) == Some(What::Comma));
            }
            // `Abe, arguing for the mills, told them`
            if is_participle && is_verb(idx + 1) {
                return true;
            }
            // `said he would go, telling them: “…”`
            if self.is_telling(text, idx + 1) {
                return true;
            }
            let is_next = match self.what(idx + 1) {
                // `said that prices fell, but Abe said they rose`, `asked them to wait, but they left`
                Some(What::And) => {
                    let is_whole = || !is_that && self.has_infinitives(start..idx);
                    self.is_described_source(idx + 2)
                        || self.is_phrase(idx + 2) && is_verb(idx + 3) && is_whole()
                        // `said that it was bad, and mills have closed since`
                        || is_bygone && self.is_phrase(idx + 2) && self.is_present(text, idx + 3)
                }
                // `said that prices fell, while Abe praised it`
                Some(What::Subordinator) => {
                    text.is(self.chunks[idx + 1].tokens.start, "while")
                        && self.is_described_source(idx + 2)
                }
                Some(What::According) => !self.is_according(),
                _ => false,
            };
            if is_next {
                return true;
            }
            // `said that prices fell, a clerk of the ministry said on Sunday`, `…, an aide told Reuters`
            self.verb_of_source(idx + 1).is_some_and(|cue_idx| {
                let is_whom = matches!(self.what(cue_idx), Some(What::Verb(verb)) if is_told(text, verb))
                    && self.is_phrase(cue_idx + 1);
                matches!(
                    self.what(cue_idx + 1 + usize::from(is_whom)),
                    None | Some(What::Stop | What::Semicolon | What::Time | What::Preposition)
                )
            })
        };
        let ends = |idx: usize, before: &Chunk, chunk: &Chunk| {
            if matches!(before.what, What::Quote(_)) {
                return match chunk.what {
                    // `would give “coal a year,” and his rival, Abe, said`
                    What::And => ends_with_comma(text, before) && self.is_described_source(idx + 1),
                    // `was “theft,” according to the paper`
                    What::According => ends_with_comma(text, before) && !self.is_according(),
                    What::Comma => is_end(idx),
                    // `would do well at “lesser schools,” the judge said`
                    _ => idx > start + 1 && self.is_source(idx),
                };
            }
            match chunk.what {
                What::Comma => is_end(idx),
                // `said that it was a theft: “No,” he added`
                What::Colon => self.is_told(idx + 1),
                _ => false,
            }
        };
        let words = self.chunks.get(start..end).unwrap_or_default();
        let mut pairs = (start + 1..).zip(words.iter().zip(words.iter().skip(1)));
        let first = pairs.find(|&(idx, (before, chunk))| ends(idx, before, chunk));
        first.map_or(end, |(idx, _)| idx)
    }

    /// Whether what is reported was, as seen from the text: the cue and the first verb of the words are of the past.
    fn is_bygone(&self, text: &Text, words: Range<usize>) -> bool {
        let is_past = |chunk: &Chunk| match chunk.what {
            What::Verb(verb) => {
                verb.form == Form::Past && chunk.tokens.len() == 1
                    || one_of!(
                        text.small(chunk.tokens.start),
                        "had" | "was" | "were" | "would"
                    )
            }
            _ => false,
        };
        let words = self.chunks.get(words).unwrap_or_default();
        is_past(&self.chunks[self.cue_idx])
            && words
                .iter()
                .find(|chunk| is_finite(chunk))
                .is_some_and(is_past)
    }

    /// Whether a verb tells what is.
    fn is_present(&self, text: &Text, idx: usize) -> bool {
        let Some(What::Verb(verb)) = self.what(idx) else {
            return false;
        };
        let first = text.small(self.chunks[idx].tokens.start);
        verb.finite() && !verb.modal && one_of!(first, "are" | "has" | "have" | "is")
    }

    /// The `that` with which the clause behind a cue begins: not the one that tells of a noun, as in `hailed a deal that works`
    /// and `said the deal, which works, is good`.
    fn that(&self, text: &Text) -> Option<usize> {
        // `agreed on a tariff for goods that they sell`
        let agrees = matches!(self.chunks[self.cue_idx].what, What::Verb(verb)
            if one_of!(text.small(verb.main as usize), "agree" | "agreed" | "agrees"));
        let mut on = self.rest.start;
        // `on Sunday`
        while self.what(on) == Some(What::Preposition) && self.what(on + 1) == Some(What::Time) {
            on += 2;
        }
        let is_on = self.what(on) == Some(What::Preposition)
            && text.is(self.chunks[on].tokens.start, "on")
            && matches!(self.what(on + 1), Some(What::Noun(_)));
        if agrees && is_on {
            return None;
        }
        // `told reporters that`, `said after meeting them in Lima that`, not `called it a deal that`
        let mut n_named = usize::from(!self.addresses() && !self.is_heard(text));
        let mut is_led = false;
        for idx in self.rest.clone().take(REACH_OF_THAT) {
            let start = self.chunks[idx].tokens.start;
            match self.chunks[idx].what {
                // `said that week that`
                What::That
                    if matches!(self.what(idx + 1), Some(What::Time | What::Noun(_)))
                        && self.what(idx + 2) == Some(What::That) => {}
                // `described a set of rules that left mills open`, not `that there were`
                What::That if idx > self.rest.start && self.leads_verb(idx) => return None,
                What::That => return text.is(start, "that").then_some(idx),
                // `told a press briefing that`
                What::Verb(verb)
                    if verb.form == Form::Gerund
                        && self.what(idx + 1) == Some(What::That)
                        && matches!(self.chunks[idx - 1].what, What::Noun(_)) => {}
                // `said at a session held by video that`
                What::Verb(_)
                    if is_reduced(self.chunks, idx) || self.is_past_of_agent(text, idx) => {}
                // `said in the briefing room that`
                What::Verb(verb)
                    if is_led
                        && verb.form == Form::Gerund
                        && matches!(
                            (self.chunks[idx - 1].what, self.what(idx + 1)),
                            (What::Noun(_), Some(What::Noun(_)))
                        ) => {}
                What::Verb(_) | What::Quote(_) => return None,
                What::Subordinator if one_of!(text.small(start), "as" | "than") => return None,
                // `the plan that he announced in May, and the one that failed`
                What::Comma if self.is_relative() => return None,
                What::Preposition | What::Subordinator | What::Comma => is_led = true,
                // `told Abe the day before that`
                What::Noun(noun) if is_class(text, noun.head as usize, Class::TimeNoun) => {}
                // `voiced the hope that`
                What::Noun(noun)
                    if self.what(idx + 1) == Some(What::That)
                        && (chunks::words(text, noun) || is_thought(text, noun)) => {}
                // `told Abe and others that`
                What::Noun(_) | What::Person(_) | What::Pronoun(_)
                    if !is_led && self.chunks[idx - 1].what != What::And =>
                {
                    n_named += 1;
                    if n_named > 1 {
                        return None;
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Where what is reported ends because the speaker does something else: `called it a blow and said that`, `said that it was a
    /// blow, and blamed them`, `who had called it a blow, said that`.
    fn next_deed(&self, start: usize) -> usize {
        let verb = |idx: usize| match self.what(idx) {
            Some(What::Verb(verb)) if verb.finite() => Some(verb),
            _ => None,
        };
        let is_told_of = self.is_told_of();
        // `called it a blow and left`, `told them to wait and left`
        let is_thing = match self.what(start) {
            Some(What::Noun(_) | What::Person(_) | What::Pronoun(_)) => true,
            Some(What::Verb(verb)) => verb.infinitive || verb.form == Form::Gerund,
            _ => false,
        };
        let (mut has_verb, mut n_open) = (false, 0_usize);
        // Whether the verb before is `would resist`, to which no `dismissed` can be joined.
        let mut is_bare = false;
        // Whether the words have a verb, the first of them with an auxiliary: `had closed`.
        let mut is_joined = false;
        for idx in start + 1..self.rest.end {
            let after_comma = || self.chunks[idx - 1].what == What::Comma;
            let is_thing = is_thing && !has_verb;
            match self.chunks[idx].what {
                What::And => {
                    let next = verb(idx + 1).filter(|&next| self.is_like(next));
                    let is_deed = |next: Verb| {
                        is_bare && !next.modal && self.chunks[idx + 1].tokens.len() == 1
                    };
                    if is_thing && next.is_some() || next.is_some_and(is_deed) {
                        return idx - usize::from(after_comma());
                    }
                    // `said that ports had closed, and held up a list`, not `were closing, and had been`
                    let is_done = |next: Verb| {
                        is_joined
                            && next.form == Form::Past
                            && self.chunks[idx + 1].tokens.len() == 1
                            // "had fallen, and stayed low"
                            && matches!(
                                self.what(idx + 2),
                                Some(
                                    What::Noun(_)
                                        | What::Person(_)
                                        | What::Pronoun(_)
                                        | What::Preposition
                                )
                            )
                    };
                    if next.is_some_and(|next| next.cue.is_some() || is_done(next)) && after_comma()
                    {
                        return idx - 1;
                    }
                }
                What::Comma => {
                    let Some(next) = verb(idx + 1) else { continue };
                    // `the deal, which he backed, was good`
                    if n_open > 0 {
                        n_open -= 1;
                    } else if is_told_of || is_thing && next.cue.is_some() {
                        return idx;
                    }
                }
                What::Who | What::That => n_open += usize::from(after_comma()),
                What::Verb(verb) => {
                    is_joined |= verb.finite() && !has_verb && self.chunks[idx].tokens.len() > 1;
                    has_verb |= verb.finite();
                    if verb.finite() {
                        is_bare = verb.modal && verb.form == Form::Base && !verb.passive;
                    }
                }
                _ => {}
            }
        }
        self.rest.end
    }

    /// Whether a verb has the tense of the cue.
    fn is_like(&self, verb: Verb) -> bool {
        let is_past = |form: Form| matches!(form, Form::Past | Form::Participle);
        match self.chunks[self.cue_idx].what {
            What::Verb(cue) => cue.form == verb.form || is_past(cue.form) && is_past(verb.form),
            _ => false,
        }
    }

    /// Whether the source is `who`: the sentence goes on behind what it says.
    fn is_told_of(&self) -> bool {
        let before = self.chunks[..self.cue_idx].iter().rev().take(REACH);
        let ends =
            |what: &What| matches!(what, What::Who | What::Comma | What::Stop | What::Semicolon);
        before.map(|chunk| chunk.what).find(ends) == Some(What::Who)
    }

    /// The words of some chunks, with those beside them that are in no chunk, as `even` and `back`; none of none.
    fn words(&self, text: &Text, chunks: Range<usize>) -> Option<Content> {
        let inner = self.chunks.get(chunks.clone())?;
        let (first, last) = (&inner.first()?.tokens, &inner.last()?.tokens);
        let before = &self.chunks[..chunks.start];
        let before = before.last().map_or(0, |chunk| chunk.tokens.end);
        let after = self.chunks.get(chunks.end);
        let after = after.map_or(text.tokens.len(), |chunk| chunk.tokens.start);
        let is_word = |&token_idx: &usize| text.tokens[token_idx].kind != Kind::Punct;
        let head = (before..first.start).rev().take(MOST_BESIDE);
        let tail = (last.end..after).take(MOST_BESIDE);
        let start = head.take_while(is_word).last().unwrap_or(first.start);
        let end = tail.take_while(is_word).last();
        Some(Content::Indirect(
            start..end.map_or(last.end, |end| end + 1),
        ))
    }

    /// The quotations before the cue, or else the whole clause.
    fn content_before(&self, text: &Text) -> Contents {
        let Some(before) = self.before else {
            return Contents::new();
        };
        let mut clause = sentence_start(self.chunks, before)..before;
        // `LIMA: Talks have ended, Abe said`
        if let [first, colon, ..] = &self.chunks[clause.clone()]
            && matches!(first.what, What::Noun(_))
            && colon.what == What::Colon
            && text.tokens[first.tokens.start].case == Case::Upper
        {
            clause.start += 2;
        }
        let quotations: Contents = self.chunks[clause.clone()]
            .iter()
            .filter_map(|chunk| match chunk.what {
                What::Quote(quotation) => Some(Content::Direct(quotation)),
                _ => None,
            })
            .collect();
        if !quotations.is_empty() {
            return quotations;
        }
        self.words(text, clause).into_iter().collect()
    }
}

/// The same contents, of which what is no quotation is not said.
fn only_spoken_of(contents: Contents) -> Contents {
    let contents = contents.into_iter().map(|content| match content {
        Content::Indirect(tokens) => Content::SpokenOf(tokens),
        content => content,
    });
    contents.collect()
}

/// Whether a quotation ends with a comma.
fn ends_with_comma(text: &Text, quote: &Chunk) -> bool {
    let comma = quote.tokens.end.checked_sub(2);
    comma.is_some_and(|comma| text.is(comma, ","))
}

/// Where what is said of a name before it begins: `the guild's chief, John Smith, said`. At the head of a sentence any noun may be
/// it, elsewhere one for a person.
fn described_from(text: &Text, chunks: &[Chunk], name: usize) -> Option<usize> {
    const MOST_NOUNS: usize = 4;
    let set_off = name >= 2
        && matches!(chunks[name].what, What::Person(_))
        && chunks[name - 1].what == What::Comma
        && chunks
            .get(name + 1)
            .is_some_and(|next| next.what == What::Comma);
    if !set_off {
        return None;
    }
    let mut first = name - 2;
    for _ in 0..MOST_NOUNS {
        let joins = first >= 2
            && chunks[first - 1].what == What::Preposition
            && matches!(chunks[first - 2].what, What::Noun(_));
        if !joins {
            break;
        }
        first -= 2;
    }
    let What::Noun(noun) = chunks[first].what else {
        return None;
    };
    let before = first.checked_sub(1).map(|before| chunks[before].what);
    let is_person = chunks::unnamed(text, noun) || !chunks::roles(text, noun).is_empty();
    match before {
        None | Some(What::Stop) => Some(first),
        Some(What::Comma | What::And | What::Quote(_) | What::Subordinator) => {
            is_person.then_some(first)
        }
        _ => None,
    }
}

/// Whether the head of a noun phrase is what somebody thinks.
fn is_thought(text: &Text, noun: Noun) -> bool {
    let head = text.small(noun.head as usize);
    one_of!(
        head,
        "belief"
            | "concern"
            | "confidence"
            | "conviction"
            | "doubt"
            | "fact"
            | "fear"
            | "fears"
            | "hope"
            | "hopes"
            | "idea"
            | "suspicion"
    )
}

/// Whether a word is of a class.
fn is_class(text: &Text, token_idx: usize, class: Class) -> bool {
    lexicon::of(&text.tokens[token_idx]).is_some_and(|word| word.class == Some(class))
}

/// Whether a verb tells a thought that need not be said.
fn is_considered(text: &Text, verb: Verb) -> bool {
    let main = text.small(verb.main as usize);
    one_of!(
        main,
        "consider" | "considered" | "considering" | "considers"
    )
}

/// Whether a verb goes with a noun for what one feels: `expressed doubt about it`.
fn is_voiced(text: &Text, verb: Verb) -> bool {
    one_of!(
        text.small(verb.main as usize),
        "express"
            | "expressed"
            | "expresses"
            | "expressing"
            | "voice"
            | "voiced"
            | "voices"
            | "voicing"
    )
}

/// Whether the object of a verb always is who is told.
fn is_told(text: &Text, verb: Verb) -> bool {
    one_of!(text.small(verb.main as usize), "tell" | "tells" | "told")
}

/// Whether a word leads a question that is reported.
fn is_asked(text: &Text, chunk: &Chunk) -> bool {
    one_of!(
        text.small(chunk.tokens.start),
        "how" | "if" | "where" | "whether" | "why"
    )
}

fn is_finite(chunk: &Chunk) -> bool {
    matches!(chunk.what, What::Verb(verb) if verb.finite())
}

/// Where a phrase begins with what stands before its name: `Smith & Co. (Securities) economist John Smith`.
fn phrase_start(chunks: &[Chunk], first: usize) -> usize {
    // `retired general John Smith`
    let participle = first >= 2
        && matches!(chunks[first - 1].what, What::Verb(verb) if verb.form == Form::Past && verb.cue.is_none())
        && matches!(chunks[first - 2].what, What::Quote(_));
    if participle {
        return first - 1;
    }
    let Some(close) = first
        .checked_sub(1)
        .filter(|&idx| chunks[idx].what == What::Close)
    else {
        return first;
    };
    let Some(open) = (close.saturating_sub(8)..close)
        .rev()
        .find(|&idx| chunks[idx].what == What::Open)
    else {
        return first;
    };
    match open.checked_sub(1).map(|idx| chunks[idx].what) {
        Some(What::Noun(_)) => open - 1,
        _ => open,
    }
}

/// The chunks from a place up to the end of the sentence.
fn rest_of_sentence(chunks: &[Chunk], start: usize) -> Range<usize> {
    let start = start.min(chunks.len());
    let length = chunks[start..]
        .iter()
        .take(REACH)
        .take_while(|chunk| !matches!(chunk.what, What::Stop | What::Semicolon))
        .count();
    start..start + length
}

/// The first chunk of the sentence that holds a place.
fn sentence_start(chunks: &[Chunk], idx: usize) -> usize {
    let from = idx.saturating_sub(REACH);
    chunks[from..idx]
        .iter()
        .rposition(|chunk| matches!(chunk.what, What::Stop | What::Semicolon))
        .map_or(from, |stop| from + stop + 1)
}
