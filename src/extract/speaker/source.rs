//! Chunks of a paragraph and a cue to the phrases that name its source: the subject of the verb, wherever it stands.

use smallvec::{SmallVec, smallvec};

use super::chunks::{Article, Chunk, Pronoun, Verb, What, is_reduced, roles, unnamed, words};
use super::lexicon::Form;
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::one_of;

/// The numbers of chunks; most sources are one or two.
pub(super) type Members = SmallVec<[usize; 2]>;

/// The phrases that name the source of reported words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// The numbers of the chunks: names, pronouns or nouns.
    pub(super) members: Members,
    pub(super) rule: &'static str,
}

/// How many chunks are looked at on the way to a subject.
const REACH: usize = 60;
/// How many chunks a name and what describes it may have.
const APPOSITION: usize = 8;
/// How many tokens before `would say` the word stands in `was all that Abe would say`.
const ALL: usize = 10;
/// How often a subject is taken over from another verb.
const DEPTH: usize = 3;

/// A paragraph in chunks, to be asked for the sources of its cues.
#[derive(Clone, Copy)]
pub(super) struct Clauses<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) chunks: &'a [Chunk],
}

impl Clauses<'_> {
    /// The source of a cue that is a verb.
    pub(super) fn of_verb(&self, verb_idx: usize, verb: Verb) -> Option<Source> {
        if let Some(source) = self.quoted_by_another(verb_idx) {
            return Some(source);
        }
        if verb.passive {
            return self.agent(verb_idx);
        }
        // `Asked by X whether`
        let bare = self.chunks[verb_idx].tokens.len() == 1;
        if bare
            && verb.form == Form::Past
            && self.is_word(verb_idx + 1, What::Preposition, "by")
            && !self.is_means(verb_idx + 2)
        {
            return self.agent(verb_idx);
        }
        let told = !verb.modal
            || self.is_beside_quotation(verb_idx)
            || self.concedes(verb_idx, verb)
            || self.is_later(verb_idx);
        // What somebody does not think is his view, too; what he does not say is not told.
        let thinks = || {
            one_of!(
                self.text.small(verb.main as usize),
                "believe"
                    | "believed"
                    | "believes"
                    | "expect"
                    | "expected"
                    | "expects"
                    | "think"
                    | "thinks"
                    | "thought"
            )
        };
        if verb.negated && !thinks() || !told {
            return None;
        }
        if verb.infinitive {
            return self.of_infinitive(verb_idx);
        }
        if verb.form == Form::Gerund {
            return self.of_gerund(verb_idx);
        }
        let after = match self.inversion(verb_idx, verb) {
            Inversion::No => None,
            Inversion::Likely => self.after(verb_idx + 1),
            // `Abe, the director, said her opponent, John Smith, had lied`
            Inversion::Possible
                if self.is_described_clause(verb_idx + 1)
                    && self.subject(verb_idx, 0).is_some_and(|members| {
                        matches!(self.chunks[members[0]].what, What::Person(_))
                    }) =>
            {
                None
            }
            // `say` has no name for an object.
            // Unless a name goes before it: `Abe, the director, said any voter who came should stay`.
            Inversion::Possible
                if one_of!(self.text.small(verb.main as usize), "said" | "says")
                    && !(matches!(self.what(verb_idx + 1), Some(What::Noun(_)))
                        && self.what(verb_idx + 2) == Some(What::Who)) =>
            {
                self.after(verb_idx + 1)
            }
            Inversion::Possible => {
                if let Some(members) = self.subject(verb_idx, 0)
                    && matches!(self.chunks[members[0]].what, What::Person(_))
                {
                    return Some(Source {
                        members,
                        rule: "subject before",
                    });
                }
                self.after(verb_idx + 1)
            }
        };
        if let Some(members) = after {
            return Some(Source {
                members,
                rule: "subject after",
            });
        }
        let members = self.subject(verb_idx, 0)?;
        // `Smith, say the tabloids,`: of one person the verb would be another.
        if verb.form == Form::Base
            && self.text.is(verb.main as usize, "say")
            && matches!(members[..], [member] if member + 2 == verb_idx && matches!(self.chunks[member].what, What::Person(_)))
            && self.what(verb_idx - 1) == Some(What::Comma)
            && matches!(self.what(verb_idx + 1), Some(What::Noun(_)))
        {
            return None;
        }
        // `Neither Smith nor Jones has said`
        let start = self.chunks[members[0]].tokens.start;
        let neither = |token_idx: usize| {
            one_of!(self.text.fold(token_idx), "neither")
                && matches!(self.text.word(token_idx), "Neither" | "neither")
        };
        if neither(start) || start > 0 && neither(start - 1) {
            return None;
        }
        let members = match self.writer(&members) {
            Some(writer) => smallvec![writer],
            None => members,
        };
        Some(Source {
            members,
            rule: "subject before",
        })
    }

    /// The name in `a statement by Smith said`.
    fn writer(&self, members: &[usize]) -> Option<usize> {
        let &[noun_idx] = members else { return None };
        let What::Noun(noun) = self.chunks[noun_idx].what else {
            return None;
        };
        if !matches!(self.what(noun_idx + 2), Some(What::Person(_))) {
            return None;
        }
        let by = ["by", "from"]
            .iter()
            .any(|by| self.is_word(noun_idx + 1, What::Preposition, by));
        // A report says what its author found, a statement what he says.
        let says = one_of!(
            self.text.small(noun.head as usize),
            "affidavit"
                | "declaration"
                | "email"
                | "letter"
                | "memo"
                | "message"
                | "note"
                | "post"
                | "statement"
                | "telegram"
                | "tweet"
        );
        (by && says).then_some(noun_idx + 2)
    }

    /// Whether a noun is that by which words are sent: `said by email that`.
    fn is_means(&self, chunk_idx: usize) -> bool {
        self.chunks.get(chunk_idx).is_some_and(|chunk| {
            one_of!(
                self.text.small(chunk.tokens.start),
                "e" | "e-mail"
                    | "email"
                    | "fax"
                    | "letter"
                    | "phone"
                    | "telephone"
                    | "telex"
                    | "text"
                    | "video"
            )
        })
    }

    /// `would only say that`, `would say only that`, `was all that Abe would say`
    fn concedes(&self, verb_idx: usize, verb: Verb) -> bool {
        let tokens = &self.chunks[verb_idx].tokens;
        let only = |token_idx: usize| self.text.is(token_idx, "only");
        let before = tokens.start.saturating_sub(ALL)..tokens.start;
        let all = || {
            before
                .clone()
                .any(|token_idx| self.text.is(token_idx, "all"))
        };
        // `would say no more than that`
        let no_more = self.text.is(tokens.end, "no") && self.text.is(tokens.end + 1, "more");
        self.text.is(verb.main as usize, "say")
            && (no_more || tokens.clone().any(only) || only(tokens.end) || all())
    }

    /// `would later tell parliament that`
    fn is_later(&self, verb_idx: usize) -> bool {
        let mut tokens = self.chunks[verb_idx].tokens.clone();
        let first = tokens.next();
        first.is_some_and(|first| self.text.is(first, "would"))
            && tokens.any(|at| {
                one_of!(
                    self.text.small(at),
                    "afterwards" | "eventually" | "later" | "subsequently"
                )
            })
    }

    /// `"We must act," she will say`: the words are there, though the speech is to come.
    fn is_beside_quotation(&self, verb_idx: usize) -> bool {
        let quote = |idx: Option<usize>| {
            idx.is_some_and(|idx| matches!(self.what(idx), Some(What::Quote(_))))
        };
        quote(verb_idx.checked_sub(2)) || quote(verb_idx.checked_sub(1))
    }

    /// The source that `according to` names.
    pub(super) fn of_according(&self, chunk_idx: usize) -> Option<Source> {
        // `per Smith`, not `per tonne`
        let named = matches!(self.what(chunk_idx + 1), Some(What::Person(_)));
        if self.is_word(chunk_idx, What::According, "per") && !named {
            return None;
        }
        if let (Some(What::Noun(_)), Some(What::Person(_))) =
            (self.what(chunk_idx + 1), self.what(chunk_idx + 3))
            && self.is_word(chunk_idx + 2, What::Preposition, "by")
        {
            return Some(Source {
                members: smallvec![chunk_idx + 3],
                rule: "according to",
            });
        }
        let members = self.after(chunk_idx + 1)?;
        Some(Source {
            members,
            rule: "according to",
        })
    }

    /// `said by X`, `was told by X that`
    fn agent(&self, verb_idx: usize) -> Option<Source> {
        // `were told on Thursday by X that`
        let mut by = verb_idx + 1;
        while self.what(by) == Some(What::Time)
            || self.what(by) == Some(What::Preposition) && self.what(by + 1) == Some(What::Time)
        {
            by += 1;
        }
        if !self.is_word(by, What::Preposition, "by") {
            return None;
        }
        let members = self.after(by + 1)?;
        Some(Source {
            members,
            rule: "agent",
        })
    }

    /// `went on to say`: the infinitive has the subject of its verb if that verb lets him speak.
    fn of_infinitive(&self, verb_idx: usize) -> Option<Source> {
        let (governor_idx, governor) = self.finite_before(verb_idx)?;
        let yet = self.chunks[verb_idx].tokens.start.checked_sub(1);
        let not_yet = yet.is_some_and(|yet| self.text.is(yet, "yet"));
        // `is reported to have said`
        let is_hearsay = || {
            governor.passive
                && one_of!(
                    self.text.small(governor.main as usize),
                    "alleged" | "believed" | "reported" | "rumored" | "rumoured" | "understood"
                )
                && self.chunks[verb_idx]
                    .tokens
                    .clone()
                    .any(|at| self.text.is(at, "have"))
        };
        if is_hearsay() && !governor.negated && !governor.modal {
            return Some(Source {
                members: self.subject(governor_idx, 1)?,
                rule: "infinitive",
            });
        }
        if governor.negated || governor.modal || governor.passive || not_yet {
            return None;
        }
        let lets = !one_of!(
            self.text.small(governor.main as usize),
            "declined"
                | "declines"
                | "refused"
                | "refuses"
                | "failed"
                | "fails"
                | "wanted"
                | "wants"
                | "want"
                | "planned"
                | "plans"
                | "plan"
                | "needed"
                | "needs"
                | "need"
                | "expected"
                | "expects"
                | "expect"
                | "hopes"
                | "hoped"
                | "hope"
                | "intends"
                | "intended"
                | "asked"
                | "asks"
                | "told"
                | "tells"
                | "urged"
                | "urges"
                | "ordered"
                | "allowed"
                | "is"
                | "was"
                | "are"
                | "were"
                | "be"
                | "has"
                | "had"
                | "have"
                | "chose"
                | "neglected"
                | "promised"
                | "threatened"
                | "helped"
                | "forced"
                | "tends"
                | "got"
                | "encouraged"
                | "invited"
                | "called"
                | "led"
                | "left"
                | "prompted"
        );
        if !lets {
            return None;
        }
        let members = self.subject(governor_idx, 1)?;
        Some(Source {
            members,
            rule: "infinitive",
        })
    }

    /// `the paper quoted X as saying`, `X was quoted as saying`: X, whoever quotes.
    fn quoted_by_another(&self, verb_idx: usize) -> Option<Source> {
        let linked = verb_idx
            .checked_sub(1)
            .is_some_and(|idx| self.text.is(self.chunks[idx].tokens.start, "as"));
        if !linked {
            return None;
        }
        let before = &self.chunks[..verb_idx - 1];
        let start = before.len().saturating_sub(2 * APPOSITION);
        let quoting_idx = (start..before.len())
            .rev()
            .find(|&idx| matches!(before[idx].what, What::Verb(_) | What::Stop))?;
        let What::Verb(quoting) = before[quoting_idx].what else {
            return None;
        };
        let word = self.text.word(quoting.main as usize);
        if !matches!(
            word,
            "quoted" | "quotes" | "quoting" | "quote" | "cited" | "cites" | "citing"
        ) {
            return None;
        }
        let members = if quoting.passive {
            self.subject(quoting_idx, 0)?
        } else {
            let named =
                |idx: &usize| matches!(before[*idx].what, What::Person(_) | What::Pronoun(_));
            smallvec![(quoting_idx + 1..before.len()).rev().find(named)?]
        };
        Some(Source {
            members,
            rule: "quoted by another",
        })
    }

    /// `Trump left, calling it "a waste"`: the participle has the subject of the sentence.
    fn of_gerund(&self, verb_idx: usize) -> Option<Source> {
        // `without asking anybody`
        let without = |before| self.is_word(before, What::Preposition, "without");
        if verb_idx.checked_sub(1).is_some_and(without) || self.is_charge(verb_idx) {
            return None;
        }
        let members = self.controller(verb_idx)?;
        Some(Source {
            members,
            rule: "participle",
        })
    }

    /// Whether a participle is what the object of a verb of saying is told to do: `accused Abe of insulting them`.
    fn is_charge(&self, verb_idx: usize) -> bool {
        let Some(accusing) = verb_idx.checked_sub(3) else {
            return false;
        };
        let is_object = matches!(
            self.chunks[accusing + 1].what,
            What::Person(_) | What::Noun(_) | What::Pronoun(_)
        );
        let of = accusing + 2;
        let is_led = ["for", "of"]
            .iter()
            .any(|word| self.is_word(of, What::Preposition, word));
        let accuses = matches!(self.chunks[accusing].what, What::Verb(verb) if verb.addresses);
        is_led && is_object && accuses
    }

    fn controller(&self, verb_idx: usize) -> Option<Members> {
        let before = verb_idx.checked_sub(1).map(|idx| self.chunks[idx].what);
        if matches!(
            before,
            Some(What::Person(_) | What::Noun(_) | What::Pronoun(_))
        ) {
            return self.of_participle_after_noun(verb_idx);
        }
        let mut at = verb_idx;
        for _ in 0..DEPTH {
            let Some((finite_idx, _)) = self.finite_before(at) else {
                break;
            };
            let members = self.subject(finite_idx, 1)?;
            // In `X said Y lied, calling it`, X calls, not Y.
            match self.complement_of(members[0]) {
                Some(outer) => at = outer + 1,
                None => return Some(members),
            }
        }
        self.subject_around(verb_idx)
            .or_else(|| self.subject_of_rest(verb_idx))
    }

    /// `Trump, after saying he would stay, left`: the name before the parenthesis.
    fn subject_around(&self, verb_idx: usize) -> Option<Members> {
        let start = self.sentence_start(verb_idx);
        let comma = (start..verb_idx)
            .rev()
            .take(4)
            .find(|&idx| self.chunks[idx].what == What::Comma)?;
        let name = comma.checked_sub(1).filter(|&idx| idx >= start)?;
        let subject = matches!(self.chunks[name].what, What::Person(_)) && !self.is_object(name);
        subject.then(|| smallvec![name])
    }

    /// `footage of Trump saying`: the name; `Trump sent a letter saying`: the subject of the verb.
    fn of_participle_after_noun(&self, verb_idx: usize) -> Option<Members> {
        let noun_idx = verb_idx.checked_sub(1)?;
        if let Some(writing_idx) = self.writing_before(noun_idx) {
            return self.subject(writing_idx, 1);
        }
        let left = noun_idx.checked_sub(1).map(|idx| self.chunks[idx].what);
        let named = matches!(self.chunks[noun_idx].what, What::Person(_));
        match left {
            Some(What::Preposition) if named => Some(smallvec![noun_idx]),
            Some(What::Verb(verb))
                if verb.finite() && !verb.passive && !named && self.is_quoting(verb_idx) =>
            {
                self.subject(noun_idx - 1, 1)
            }
            _ => self.subject(verb_idx, 1),
        }
    }

    /// The verb of `wrote a letter to Abe urging`: a text is its object, and phrases may stand between.
    fn writing_before(&self, noun_idx: usize) -> Option<usize> {
        let mut at = noun_idx;
        for _ in 0..4 {
            let left = at.checked_sub(1)?;
            match (self.chunks[at].what, self.chunks[left].what) {
                (What::Noun(noun), What::Verb(verb)) if words(self.text, noun) => {
                    return (verb.finite() && !verb.passive).then_some(left);
                }
                (_, What::Preposition) => at = left.checked_sub(1)?,
                (What::Time, _) => at = left,
                _ => return None,
            }
        }
        None
    }

    /// Whether a participle can only report words: `saying`, not `urging`.
    fn is_quoting(&self, verb_idx: usize) -> bool {
        let Some(What::Verb(verb)) = self.what(verb_idx) else {
            return false;
        };
        one_of!(
            self.text.small(verb.main as usize),
            "adding"
                | "arguing"
                | "assuring"
                | "claiming"
                | "complaining"
                | "declaring"
                | "explaining"
                | "insisting"
                | "noting"
                | "reminding"
                | "saying"
                | "stating"
                | "telling"
                | "warning"
        )
    }

    /// `Calling it "a waste," Trump left`: the first name or noun after the comma.
    fn subject_of_rest(&self, verb_idx: usize) -> Option<Members> {
        let start = self.sentence_start(verb_idx);
        if self.chunks[start..verb_idx]
            .iter()
            .any(|chunk| matches!(chunk.what, What::Person(_) | What::Verb(_)))
        {
            return None;
        }
        let mut comma = false;
        for (idx, chunk) in self
            .chunks
            .iter()
            .enumerate()
            .skip(verb_idx + 1)
            .take(REACH)
        {
            match chunk.what {
                What::Stop => return None,
                What::Comma | What::Quote(_) => comma = true,
                What::Person(_) | What::Pronoun(_) | What::Noun(_) if comma => {
                    let finite = self.chunks.get(idx + 1).is_some_and(|next| {
                        matches!(next.what, What::Verb(verb) if verb.finite())
                            || matches!(next.what, What::Comma)
                    });
                    return finite.then(|| smallvec![idx]);
                }
                What::Time => {}
                _ => comma = false,
            }
        }
        None
    }

    /// The cue whose complement the clause of a subject is.
    fn complement_of(&self, subject_idx: usize) -> Option<usize> {
        let mut idx = subject_idx.checked_sub(1)?;
        if matches!(self.chunks[idx].what, What::That) {
            idx = idx.checked_sub(1)?;
        }
        if matches!(self.chunks[idx].what, What::Time) {
            idx = idx.checked_sub(1)?;
        }
        match self.chunks[idx].what {
            What::Verb(verb) if verb.cue.is_some() => Some(idx),
            _ => None,
        }
    }

    /// The nearest verb with a subject, in the same sentence.
    fn finite_before(&self, chunk_idx: usize) -> Option<(usize, Verb)> {
        for idx in (chunk_idx.saturating_sub(REACH)..chunk_idx).rev() {
            match self.chunks[idx].what {
                What::Stop | What::Semicolon => return None,
                What::Verb(verb) if verb.finite() => return Some((idx, verb)),
                _ => {}
            }
        }
        None
    }

    fn sentence_start(&self, chunk_idx: usize) -> usize {
        (0..chunk_idx)
            .rev()
            .take(4 * REACH)
            .find(|&idx| self.chunks[idx].what == What::Stop)
            .map_or(0, |idx| idx + 1)
    }

    fn is_word(&self, chunk_idx: usize, what: What, word: &str) -> bool {
        self.chunks
            .get(chunk_idx)
            .is_some_and(|chunk| chunk.what == what && self.text.is(chunk.tokens.start, word))
    }

    /// Whether the words come first: `"…," said X`, `Tariffs hurt, said X`, `Said X: "…"`.
    fn inversion(&self, verb_idx: usize, verb: Verb) -> Inversion {
        if verb.addresses {
            return self.inversion_of_address(verb_idx, verb);
        }
        let likely = |condition| {
            if condition {
                Inversion::Likely
            } else {
                Inversion::No
            }
        };
        let Some(before) = verb_idx.checked_sub(1) else {
            return likely(self.is_heading(verb_idx));
        };
        let quoted = before > 0
            && matches!(self.chunks[before - 1].what, What::Quote(_))
            && (!self.is_title(before - 1) || self.names_source(verb_idx + 1));
        match self.chunks[before].what {
            // `the author of "Coal," thinks that`
            What::Quote(_) => likely(!self.is_title(before) || self.names_source(verb_idx + 1)),
            What::Comma | What::Dash if quoted => Inversion::Likely,
            What::Comma | What::Dash
                if self.names_source(verb_idx + 1) && !self.is_clause(verb_idx + 1) =>
            {
                Inversion::Possible
            }
            What::Stop => {
                let lower =
                    self.text.tokens[self.chunks[verb_idx].tokens.start].case == Case::Lower;
                likely(quoted && lower || self.is_heading(verb_idx))
            }
            _ => Inversion::No,
        }
    }

    /// `"Wait," urges Abe, who knows it`: right behind a quotation nobody else can be the subject.
    fn inversion_of_address(&self, verb_idx: usize, verb: Verb) -> Inversion {
        let behind = |distance: usize| {
            verb_idx
                .checked_sub(distance)
                .is_some_and(|idx| matches!(self.chunks[idx].what, What::Quote(_)))
        };
        let set_off = behind(2) && self.what(verb_idx - 1) == Some(What::Comma);
        let utters = one_of!(
            self.text.small(verb.main as usize),
            "advised" | "advises" | "counselled" | "counsels" | "urged" | "urges"
        );
        let ends = matches!(
            self.what(verb_idx + 2),
            None | Some(What::Comma | What::Stop | What::Preposition | What::Who)
        );
        let named = matches!(self.what(verb_idx + 1), Some(What::Person(_)));
        if utters && named && ends && (behind(1) || set_off) {
            Inversion::Likely
        } else {
            Inversion::No
        }
    }

    /// `Said Abe: "…"`, `Said Abe, who grew up there, "…"`, `Answers the general amiably: "…"`
    fn is_heading(&self, verb_idx: usize) -> bool {
        const HEAD: usize = 8;
        let rest = &self.chunks[verb_idx + 1..];
        let to_colon = rest.iter().take(HEAD).take_while(|chunk| match chunk.what {
            What::Stop | What::Quote(_) => false,
            // `Replied Abe, lighting his pipe: “…”`
            What::Verb(verb) => verb.form == Form::Gerund && verb.cue.is_none(),
            _ => true,
        });
        let colon = to_colon
            .enumerate()
            .find(|(_, chunk)| chunk.what == What::Colon);
        let quoted = colon.is_some_and(|(at, _)| {
            matches!(
                rest.get(at + 1).map(|chunk| chunk.what),
                Some(What::Quote(_))
            )
        });
        if quoted && self.names_source(verb_idx + 1) {
            return true;
        }
        matches!(self.what(verb_idx + 1), Some(What::Person(_)))
            && matches!(
                self.what(verb_idx),
                Some(What::Verb(Verb {
                    form: Form::Past,
                    ..
                }))
            )
            && matches!(
                self.what(verb_idx + 2),
                Some(What::Colon | What::Comma | What::Open) | None
            )
    }

    /// Whether a phrase can be a source: a name, `he`, or a noun for a person.
    fn names_source(&self, chunk_idx: usize) -> bool {
        match self.what(chunk_idx) {
            Some(What::Person(_) | What::Pronoun(Pronoun::He | Pronoun::She)) => true,
            Some(What::Noun(noun)) => {
                unnamed(self.text, noun)
                    || !roles(self.text, noun).is_empty()
                    || self.apposition_after(chunk_idx).is_some()
            }
            _ => false,
        }
    }

    /// Whether a name or noun with its verb begins at a chunk.
    fn is_clause(&self, chunk_idx: usize) -> bool {
        let mut n_phrases = 0;
        for (idx, chunk) in self.chunks.iter().enumerate().skip(chunk_idx).take(12) {
            match chunk.what {
                What::Person(_) | What::Noun(_) | What::Pronoun(_) => n_phrases += 1,
                What::Preposition | What::Time | What::And | What::Open | What::Close => {}
                // `write A and B in a paper published last year`
                What::Verb(_) if is_reduced(self.chunks, idx) => {}
                What::Verb(verb) => return n_phrases > 0 && verb.finite() || n_phrases == 0,
                What::That | What::Subordinator => return n_phrases == 0,
                What::Quote(_) => return true,
                _ => return n_phrases == 0,
            }
        }
        n_phrases == 0
    }

    /// Whether a noun, the name of whom it describes between commas, and their verb begin at a chunk.
    fn is_described_clause(&self, chunk_idx: usize) -> bool {
        let what = |distance: usize| self.what(chunk_idx + distance);
        matches!(what(0), Some(What::Noun(_)))
            && what(1) == Some(What::Comma)
            && matches!(what(2), Some(What::Person(_)))
            && what(3) == Some(What::Comma)
            && matches!(what(4), Some(What::Verb(verb)) if verb.finite())
    }

    /// The phrase that begins at a chunk, as in `said X` and `according to X`.
    fn after(&self, chunk_idx: usize) -> Option<Members> {
        let what = self.chunks.get(chunk_idx)?.what;
        match what {
            What::Time => self.after(chunk_idx + 1),
            What::Person(_) => {
                let mut members = smallvec![chunk_idx];
                if let (Some(What::And), Some(What::Person(_))) =
                    (self.what(chunk_idx + 1), self.what(chunk_idx + 2))
                    && !matches!(self.what(chunk_idx + 3), Some(What::Verb(_)))
                {
                    members.push(chunk_idx + 2);
                }
                Some(members)
            }
            What::Pronoun(_) => Some(smallvec![chunk_idx]),
            // `said former governor and party chairman John Smith`
            What::Noun(noun)
                if noun.article == Article::Indefinite
                    && !roles(self.text, noun).is_empty()
                    && self.what(chunk_idx + 1) == Some(What::And)
                    && matches!(self.what(chunk_idx + 2), Some(What::Person(_))) =>
            {
                Some(smallvec![chunk_idx + 2])
            }
            What::Noun(_) => Some(smallvec![
                self.apposition_after(chunk_idx).unwrap_or(chunk_idx)
            ]),
            _ => None,
        }
    }

    fn what(&self, chunk_idx: usize) -> Option<What> {
        self.chunks.get(chunk_idx).map(|chunk| chunk.what)
    }

    /// The name in `the chairman of the board, John Smith,`.
    fn apposition_after(&self, noun_idx: usize) -> Option<usize> {
        let mut idx = noun_idx + 1;
        // `one of them, Smith`
        while matches!(self.what(idx), Some(What::Preposition))
            && (matches!(self.what(idx + 1), Some(What::Noun(_)))
                || self.is_word(idx + 1, What::Pronoun(Pronoun::Other), "them"))
        {
            idx += 2;
        }
        if self.what(idx) != Some(What::Comma)
            || !matches!(self.what(idx + 1), Some(What::Person(_)))
        {
            return None;
        }
        let ends = matches!(
            self.what(idx + 2),
            None | Some(
                What::Stop
                    | What::Comma
                    | What::Colon
                    | What::Quote(_)
                    | What::Dash
                    | What::Semicolon
                    | What::Open
                    | What::Preposition
            )
        );
        ends.then_some(idx + 1)
    }

    /// The subject of a finite verb, found backwards.
    pub(super) fn subject(&self, verb_idx: usize, depth: usize) -> Option<Members> {
        if depth > DEPTH {
            return None;
        }
        // `read out the prices, then said`
        let start = self.chunks[verb_idx].tokens.start;
        if let Some(comma) = verb_idx.checked_sub(1)
            && self.chunks[comma].what == What::Comma
            && start > 0
            && self.text.is(start - 1, "then")
            && let Some(members) = self.subject_of_coordinate(comma, depth)
        {
            return Some(members);
        }
        // `accepted the prize, said "good night," and left`
        if let Some(comma) = verb_idx.checked_sub(1)
            && self.chunks[comma].what == What::Comma
            && matches!(self.what(verb_idx + 1), Some(What::Quote(_)))
            && matches!(self.what(comma.wrapping_sub(1)), Some(What::Noun(_)))
            && matches!(self.what(comma.wrapping_sub(2)), Some(What::Verb(verb)) if verb.finite() && !verb.passive)
        {
            return self.subject(comma - 2, depth + 1);
        }
        if let Some(doer) = self.doer(verb_idx) {
            return Some(smallvec![doer]);
        }
        let mut at = verb_idx;
        // Between the commas of a parenthesis, seen from its end.
        let mut inside: Option<What> = None;
        let mut n_commas = 0;
        let mut fallback = None;
        let mut inside_end = verb_idx;
        for _ in 0..REACH {
            let Some(idx) = at.checked_sub(1) else {
                return fallback;
            };
            let what = self.chunks[idx].what;
            if let Some(mark) = inside {
                match what {
                    What::Stop | What::Semicolon => return self.lone_phrase(idx + 1, inside_end),
                    // The last comma of a list: `refugees, and migration`.
                    What::Comma if self.what(idx + 1) == Some(What::And) => {}
                    _ if what == mark => {
                        if let Some(name) = self.apposition_before(idx, inside_end) {
                            let partner = self.partner(idx);
                            return Some(partner.into_iter().chain([name]).collect());
                        }
                        inside = None;
                    }
                    _ if idx == 0 => return self.lone_phrase(0, inside_end),
                    _ => {}
                }
                at = idx;
                continue;
            }
            match what {
                What::Time => {
                    let dated = idx > 0 && self.chunks[idx - 1].what == What::Preposition;
                    at = if dated { idx - 1 } else { idx };
                }
                What::Open => at = idx,
                What::Close => at = self.open_before(idx)?,
                What::Person(_) | What::Pronoun(_) | What::Noun(_) => {
                    match self.phrase(idx, n_commas, depth) {
                        Some(Step::Found(members)) => {
                            return Some(match self.described(&members, verb_idx) {
                                Some(name) => smallvec![name],
                                None => members,
                            });
                        }
                        Some(Step::On(next)) => {
                            // A noun after a comma is the subject unless a name goes before the comma.
                            if self.chunks[next].what == What::Comma && fallback.is_none() {
                                fallback = Some(smallvec![idx]);
                            }
                            at = next;
                        }
                        None => return fallback,
                    }
                }
                What::Comma | What::Dash => {
                    n_commas += 1;
                    let quoted = matches!(self.what(idx.wrapping_sub(1)), Some(What::Quote(_)))
                        && !self.is_title(idx - 1);
                    if n_commas == 1 && !quoted {
                        inside = Some(what);
                        inside_end = idx;
                    }
                    at = idx;
                }
                What::Quote(_) if n_commas == 0 && self.ends_parenthesis(idx) => {
                    n_commas = 1;
                    inside = Some(What::Comma);
                    inside_end = idx;
                    at = idx;
                }
                What::And => return self.subject_of_coordinate(idx, depth),
                What::Who => return self.antecedent(idx),
                What::Verb(verb) if !verb.finite() => at = idx,
                // `had in March told`
                What::Verb(_)
                    if n_commas == 0
                        && self.chunks[idx].tokens.len() == 1
                        && one_of!(
                            self.text.small(self.chunks[idx].tokens.start),
                            "had" | "has" | "have"
                        ) =>
                {
                    return self.subject(idx, depth + 1);
                }
                What::Preposition if n_commas > 0 => at = idx,
                _ => return fallback,
            }
        }
        fallback
    }

    /// Who does all that a sentence lists: `Smith flew home, told parliament that she would stay, and left again`.
    fn doer(&self, verb_idx: usize) -> Option<usize> {
        let comma = verb_idx.checked_sub(1)?;
        let is_past = |idx: usize| {
            matches!(self.what(idx), Some(What::Verb(verb)) if verb.form == Form::Past
                && !verb.passive && self.chunks[idx].tokens.len() == 1)
        };
        if self.chunks[comma].what != What::Comma || !is_past(verb_idx) {
            return None;
        }
        let start = self.sentence_start(verb_idx);
        let doer = (start..comma).find(|&idx| self.chunks[idx].what != What::Time)?;
        let named = match self.chunks[doer].what {
            What::Person(_) | What::Pronoun(Pronoun::He | Pronoun::She) => true,
            What::Noun(noun) => {
                noun.article == Article::Definite && !roles(self.text, noun).is_empty()
            }
            _ => false,
        };
        let mut rest = verb_idx + 1..self.chunks.len().min(verb_idx + REACH);
        let last = rest
            .by_ref()
            .take_while(|&idx| !matches!(self.chunks[idx].what, What::Stop | What::Semicolon))
            .find(|&idx| self.chunks[idx].what == What::And && is_past(idx + 1))?;
        (named && doer + 1 < comma && is_past(doer + 1) && last > verb_idx).then_some(doer)
    }

    /// The name before a description that has no comma at its end: `Smith, chairman of the board told reporters`.
    fn described(&self, members: &[usize], verb_idx: usize) -> Option<usize> {
        let &[noun_idx] = members else { return None };
        let What::Noun(noun) = self.chunks[noun_idx].what else {
            return None;
        };
        // `Smith, a friend said, left`
        let inserted = noun_idx + 1 == verb_idx
            || matches!(
                self.what(verb_idx + 1),
                None | Some(What::Comma | What::Stop)
            );
        let person = noun.article == Article::Indefinite
            && (unnamed(self.text, noun) || !roles(self.text, noun).is_empty());
        let comma = noun_idx.checked_sub(1)?;
        if inserted || !person || self.chunks[comma].what != What::Comma {
            return None;
        }
        let mut name = comma.checked_sub(1)?;
        if self.chunks[name].what == What::Close {
            name = self.open_before(name)?.checked_sub(1)?;
        }
        let opens = name.checked_sub(1).is_none_or(|before| {
            matches!(
                self.chunks[before].what,
                What::Stop | What::That | What::Subordinator | What::Comma
            )
        });
        (opens && matches!(self.chunks[name].what, What::Person(_))).then_some(name)
    }

    /// Whether a quotation is the name of something that the noun before it is: `Smith, of the group "Coal",`.
    fn is_title(&self, quote_idx: usize) -> bool {
        const LONGEST: usize = 7;
        let tokens = &self.chunks[quote_idx].tokens;
        let is_word = |token_idx: usize| {
            !matches!(self.text.tokens[token_idx].kind, Kind::Punct)
                && (self.text.tokens[token_idx].case != Case::Lower
                    || self.text.tokens[token_idx].kind == Kind::Quote)
        };
        // `"Coal,"`
        let is_last =
            |token_idx: usize| token_idx + 2 == tokens.end && self.text.is(token_idx, ",");
        let capital = tokens.clone().all(|at| is_word(at) || is_last(at));
        let named = quote_idx.checked_sub(1).is_some_and(|before| {
            matches!(self.chunks[before].what, What::Noun(_) | What::Preposition)
        });
        tokens.len() <= LONGEST && capital && named
    }

    /// Whether a quotation in the middle of a sentence ends with a comma: `Pike, star of "Cargo," thanked`.
    fn ends_parenthesis(&self, quote_idx: usize) -> bool {
        let tokens = &self.chunks[quote_idx].tokens;
        let comma = tokens
            .end
            .checked_sub(2)
            .is_some_and(|token_idx| self.text.is(token_idx, ","));
        comma && quote_idx > 0 && self.chunks[quote_idx - 1].what != What::Stop
    }

    /// A phrase on the way back: the subject, or part of something that is passed over.
    fn phrase(&self, idx: usize, n_commas: usize, depth: usize) -> Option<Step> {
        let what = self.chunks[idx].what;
        let found = |members| Some(Step::Found(members));
        let Some(left) = idx.checked_sub(1) else {
            return found(smallvec![idx]);
        };
        let nominative = matches!(
            what,
            What::Pronoun(Pronoun::He | Pronoun::She | Pronoun::They)
        );
        // `between what Abe says and what he does`: the name is the subject of its own clause.
        let relative =
            matches!(what, What::Person(_)) && self.text.is(self.chunks[idx].tokens.start, "what");
        match self.chunks[left].what {
            What::Preposition if !nominative && !relative => Some(Step::On(left)),
            What::And => Some(self.coordination(idx, left, n_commas > 0)),
            What::Verb(verb) if nominative || verb.cue.is_some() && verb.finite() => {
                found(smallvec![idx])
            }
            What::Verb(verb) if !verb.finite() => {
                // `The rise hurts, visiting minister Abe said`: the participle belongs to the name.
                let attached = n_commas > 0
                    || left.checked_sub(1).is_some_and(|before| {
                        matches!(
                            self.chunks[before].what,
                            What::Person(_) | What::Noun(_) | What::Verb(_) | What::Preposition
                        )
                    });
                if attached {
                    Some(Step::On(left))
                } else {
                    found(smallvec![idx])
                }
            }
            What::Verb(_) => match left.checked_sub(1).map(|idx| self.chunks[idx].what) {
                Some(What::Who) => self.antecedent(left - 1).map(Step::Found),
                Some(What::That) if left >= 2 && self.chunks[left - 2].what != What::Stop => {
                    Some(Step::On(left - 1))
                }
                // `Smith, elected in May, said`
                Some(What::Comma) if n_commas > 0 => Some(Step::On(left)),
                Some(What::Person(_) | What::Noun(_) | What::Pronoun(_))
                    if n_commas > 0 && depth < DEPTH =>
                {
                    self.subject(left, depth + 1).map(Step::Found)
                }
                _ => found(smallvec![idx]),
            },
            What::Comma if n_commas > 0 && matches!(what, What::Noun(_)) => Some(Step::On(left)),
            // `the mayor of Dallas, Texas said`
            What::Comma if self.is_place(idx) => Some(Step::On(left - 2)),
            _ => found(smallvec![idx]),
        }
    }

    /// Whether a noun is the second part of a place after a preposition: `of Dallas, Texas`.
    fn is_place(&self, idx: usize) -> bool {
        let capital = |idx: usize| match self.chunks[idx].what {
            What::Noun(noun) => {
                self.text.tokens[noun.head as usize].case == Case::Capital
                    && !unnamed(self.text, noun)
                    && roles(self.text, noun).is_empty()
            }
            _ => false,
        };
        idx >= 3
            && capital(idx)
            && self.chunks[idx - 1].what == What::Comma
            && capital(idx - 2)
            && self.chunks[idx - 3].what == What::Preposition
    }

    fn is_object(&self, idx: usize) -> bool {
        idx.checked_sub(1)
            .is_some_and(|left| matches!(self.chunks[left].what, What::Verb(_) | What::Preposition))
    }

    /// `A and B said`: both, unless the first is the object of a preposition or verb.
    fn coordination(&self, idx: usize, and_idx: usize, parenthesis: bool) -> Step {
        let mut members = smallvec![idx];
        let mut at = and_idx;
        for _ in 0..8 {
            let Some(mut other) = at.checked_sub(1) else {
                break;
            };
            if let Some(partner) = self.described_partner(idx, other) {
                members.push(partner);
                break;
            }
            if self.chunks[other].what == What::Comma {
                // `…, and B said` begins a clause unless a list goes before.
                if members.len() == 1
                    && parenthesis
                    && matches!(self.chunks[idx].what, What::Noun(_))
                {
                    return Step::On(other);
                }
                if members.len() == 1 && !self.is_list(other) {
                    break;
                }
                match other.checked_sub(1) {
                    Some(before) => other = before,
                    None => break,
                }
            }
            if self.chunks[other].what == What::Close {
                match self.open_before(other).and_then(|open| open.checked_sub(1)) {
                    Some(before) => other = before,
                    None => break,
                }
            }
            if !matches!(
                self.chunks[other].what,
                What::Person(_) | What::Noun(_) | What::Pronoun(_)
            ) {
                break;
            }
            match other.checked_sub(1).map(|left| self.chunks[left].what) {
                // `In a letter to C, A and B said`
                Some(What::Preposition) if members.len() > 1 && self.opens_with_phrase(other) => {
                    break;
                }
                Some(What::Preposition) if self.same_sort(other, idx) => {
                    return Step::On(other - 1);
                }
                Some(What::Preposition) => break,
                Some(What::Verb(verb)) if verb.cue.is_none() || !verb.finite() => break,
                Some(What::Comma) => {
                    members.push(other);
                    at = other - 1;
                }
                _ => {
                    members.push(other);
                    break;
                }
            }
        }
        members.reverse();
        Step::Found(members)
    }

    /// Whether a phrase ends those that a preposition at the head of its sentence leads: `In a letter to A`.
    fn opens_with_phrase(&self, idx: usize) -> bool {
        let mut before = (idx.saturating_sub(APPOSITION)..idx).rev();
        let is_led = |at: usize| {
            matches!(
                self.chunks[at].what,
                What::Noun(_) | What::Person(_) | What::Preposition | What::Time
            )
        };
        let stop = before.find(|&at| !is_led(at));
        let first = match stop {
            Some(stop) if self.chunks[stop].what == What::Stop => stop + 1,
            None if idx <= APPOSITION => 0,
            _ => return false,
        };
        self.chunks[first].what == What::Preposition
    }

    /// A in `A, appointed in May, and B said`, `A, who left, and B said` and `A of the guild and B said`, where `last` is the
    /// chunk before `and`; not of `Aides to A, who left, and B`.
    fn described_partner(&self, name: usize, last: usize) -> Option<usize> {
        if !matches!(self.chunks[name].what, What::Person(_)) {
            return None;
        }
        let start = last.saturating_sub(2 * APPOSITION);
        let partner = match self.chunks[last].what {
            What::Comma => {
                let comma = (start..last).rev().find(|&idx| {
                    matches!(
                        self.chunks[idx].what,
                        What::Comma | What::Stop | What::Semicolon | What::Quote(_)
                    )
                })?;
                let between = &self.chunks[comma + 1..last];
                let describes = between.first().is_some_and(|first| match first.what {
                    What::Who | What::Noun(_) | What::Preposition => true,
                    What::Verb(verb) => verb.form == Form::Past,
                    _ => self.text.is(first.tokens.start, "whose"),
                });
                let relative = between.iter().any(|chunk| {
                    chunk.what == What::Who || self.text.is(chunk.tokens.start, "whose")
                });
                let is_finite =
                    |chunk: &Chunk| matches!(chunk.what, What::Verb(verb) if verb.finite());
                let clause = !relative && between.iter().skip(1).any(is_finite);
                let set_off = self.chunks[comma].what == What::Comma && describes && !clause;
                set_off.then_some(comma)?
            }
            What::Noun(_) => {
                let of = last.checked_sub(1)?;
                (self.chunks[of].what == What::Preposition).then_some(of)?
            }
            _ => return None,
        };
        let partner = partner.checked_sub(1)?;
        let opens = partner.checked_sub(1).is_none_or(|before| {
            matches!(
                self.chunks[before].what,
                What::Stop | What::Semicolon | What::That | What::Subordinator | What::Comma
            )
        });
        (matches!(self.chunks[partner].what, What::Person(_)) && opens).then_some(partner)
    }

    /// Whether the phrase before a comma has another comma before it, or begins the sentence.
    fn is_list(&self, comma_idx: usize) -> bool {
        comma_idx >= 2
            && self.chunks[comma_idx - 2].what == What::Comma
            && matches!(
                self.chunks[comma_idx - 1].what,
                What::Person(_) | What::Noun(_)
            )
    }

    /// Whether both are names, or neither is.
    fn same_sort(&self, one: usize, other: usize) -> bool {
        let named = |idx: usize| matches!(self.chunks[idx].what, What::Person(_));
        named(one) == named(other)
    }

    /// The subject of `and said` is that of the verb before, unless that verb is part of something else.
    fn subject_of_coordinate(&self, and_idx: usize, depth: usize) -> Option<Members> {
        let mut at = and_idx;
        for _ in 0..DEPTH {
            let (finite_idx, verb) = self.finite_before(at)?;
            at = finite_idx;
            let Some(members) = self.subject(finite_idx, depth + 1) else {
                continue;
            };
            if let Some(outer) = self.complement_of(members[0]) {
                at = outer + 1;
                continue;
            }
            // The object of a verb is no subject: that verb has one. Unless `who` makes it one: `It is Smith, who mocked it and said`.
            let who = (members[0] + 1..members[0] + 3).any(|idx| self.what(idx) == Some(What::Who));
            let before = members[0].checked_sub(1).and_then(|idx| self.what(idx));
            let object =
                matches!(before, Some(What::Verb(verb)) if verb.finite() && verb.cue.is_none());
            if object && !who {
                continue;
            }
            if let What::Noun(noun) = self.chunks[members[0]].what
                && !unnamed(self.text, noun)
                && roles(self.text, noun).is_empty()
            {
                let embedded = members[0].checked_sub(1).is_some_and(|before| {
                    matches!(
                        self.chunks[before].what,
                        What::That | What::Subordinator | What::Who
                    )
                });
                // `the people killed on Thursday`
                let participle = verb.form == Form::Past
                    && self.chunks[finite_idx].tokens.len() == 1
                    && matches!(self.what(finite_idx.wrapping_sub(1)), Some(What::Noun(_)))
                    && !matches!(
                        self.what(finite_idx + 1),
                        Some(What::Noun(_) | What::Person(_) | What::That)
                    );
                if embedded || participle {
                    continue;
                }
            }
            return Some(members);
        }
        None
    }

    /// The name or noun that `who` refers to.
    fn antecedent(&self, who_idx: usize) -> Option<Members> {
        let mut idx = who_idx.checked_sub(1)?;
        if matches!(self.chunks[idx].what, What::Comma | What::Dash) {
            idx = idx.checked_sub(1)?;
        }
        if self.chunks[idx].what == What::Close {
            idx = self.open_before(idx)?.checked_sub(1)?;
        }
        match self.chunks[idx].what {
            What::Person(_) => match self.coordination_of_antecedent(idx) {
                Some(members) => Some(members),
                None => Some(smallvec![idx]),
            },
            What::Noun(_) => {
                // `Smith, a lawyer, who said` and `Smith, chairman of the board, who said`
                let mut at = idx;
                while at >= 2
                    && self.chunks[at - 1].what == What::Preposition
                    && matches!(self.chunks[at - 2].what, What::Noun(_))
                {
                    at -= 2;
                }
                // `Smith of Dallas, a librarian, who asked`
                if at >= 4
                    && self.chunks[at - 1].what == What::Comma
                    && matches!(self.chunks[at - 2].what, What::Noun(_))
                    && self.chunks[at - 3].what == What::Preposition
                    && matches!(self.chunks[at - 4].what, What::Person(_))
                {
                    return Some(smallvec![at - 4]);
                }
                // `Smith, 71, a librarian, who asked`
                if at >= 2
                    && self.chunks[at - 1].what == What::Comma
                    && matches!(self.chunks[at - 2].what, What::Noun(_))
                    && self.chunks[at - 2].tokens.len() == 1
                    && self.text.tokens[self.chunks[at - 2].tokens.start].kind == Kind::Number
                {
                    at -= 2;
                }
                if at >= 2
                    && self.chunks[at - 1].what == What::Comma
                    && matches!(self.chunks[at - 2].what, What::Person(_))
                {
                    return Some(smallvec![at - 2]);
                }
                Some(smallvec![idx])
            }
            _ => None,
        }
    }

    /// `Bush and Christie, who say`: both when the verb is in the plural.
    fn coordination_of_antecedent(&self, idx: usize) -> Option<Members> {
        let who = (idx + 1..idx + 3).find(|&at| self.what(at) == Some(What::Who))?;
        let plural =
            matches!(self.what(who + 1), Some(What::Verb(verb)) if verb.form == Form::Base);
        let pair = idx >= 2
            && self.chunks[idx - 1].what == What::And
            && matches!(self.chunks[idx - 2].what, What::Person(_));
        (plural && pair).then(|| smallvec![idx - 2, idx])
    }

    /// The name in `The chairman, John Smith of Acme, said`.
    fn apposition_before(&self, comma_idx: usize, end: usize) -> Option<usize> {
        let name = comma_idx + 1;
        // `Smith (no relation of Jones)`
        let mut n_open = 0;
        let alone = end - name <= 10
            && self.chunks[name..end].iter().skip(1).all(|chunk| {
                n_open += i32::from(chunk.what == What::Open);
                n_open -= i32::from(chunk.what == What::Close);
                n_open > 0
                    || matches!(
                        chunk.what,
                        // `(I-Conn.)`
                        What::Pronoun(Pronoun::Other)
                            | What::Time
                            | What::Open
                            | What::Close
                            | What::Noun(_)
                            | What::Preposition
                    )
            });
        let alone = alone
            || matches!(self.what(name + 1), Some(What::Comma | What::Who))
                && self.chunks[comma_idx].what == What::Dash;
        let described =
            comma_idx
                .checked_sub(1)
                .is_some_and(|before| match self.chunks[before].what {
                    What::Noun(_) => true,
                    // `A lawyer who knows her, Smith, said`, `A clerk who left in May, Smith, said`
                    What::Person(_) | What::Pronoun(Pronoun::He | Pronoun::She) => {
                        self.is_object(before)
                    }
                    What::Time => true,
                    // `one of them, Smith, said`
                    What::Pronoun(Pronoun::Other) => {
                        let him = one_of!(
                            self.text.small(self.chunks[before].tokens.start),
                            "him" | "it" | "me" | "us"
                        );
                        him && self.is_object(before)
                            || self.text.is(self.chunks[before].tokens.start, "them")
                                && before > 0
                                && self.is_word(before - 1, What::Preposition, "of")
                    }
                    _ => false,
                });
        (alone && described && matches!(self.what(name), Some(What::Person(_)))).then_some(name)
    }

    /// Smith in `Smith and his rival, Jones, said`.
    fn partner(&self, comma_idx: usize) -> Option<usize> {
        let mut noun_idx = comma_idx.checked_sub(1)?;
        while noun_idx >= 2
            && self.chunks[noun_idx - 1].what == What::Preposition
            && matches!(self.chunks[noun_idx - 2].what, What::Noun(_))
        {
            noun_idx -= 2;
        }
        let owned = matches!(self.chunks[noun_idx].what, What::Noun(noun) if noun.article == Article::Owned);
        let name = noun_idx.checked_sub(2)?;
        let joined = self.chunks[noun_idx - 1].what == What::And
            && matches!(self.chunks[name].what, What::Person(_))
            && !self.is_object(name);
        (owned && joined).then_some(name)
    }

    /// `Smith, said`: a name with a comma too many.
    fn lone_phrase(&self, start: usize, end: usize) -> Option<Members> {
        let alone = end == start + 1 && matches!(self.chunks[start].what, What::Person(_));
        alone.then(|| smallvec![start])
    }

    fn open_before(&self, close_idx: usize) -> Option<usize> {
        (close_idx.saturating_sub(REACH)..close_idx)
            .rev()
            .find(|&idx| self.chunks[idx].what == What::Open)
    }
}

/// Whether the subject stands after its verb.
enum Inversion {
    No,
    /// Unless there is a name before the verb.
    Possible,
    Likely,
}

enum Step {
    Found(Members),
    /// Go on before this chunk.
    On(usize),
}
