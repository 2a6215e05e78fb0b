//! Whether an entry names its country where it stands: rules that look at the words around it.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Candidate;
use super::lists::{Entry, Sense};
use super::words::*;
use crate::extract::known::marks;
use crate::extract::person::{is_given_name, may_be_given_name};
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::one_of;

/// How a sentence is written; in all but the first, capitals tell nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Mixed,
    /// `Japan Raises Duties on Steel`
    Title,
    /// `JAPAN RAISES DUTIES`
    Upper,
}

/// How the words of a sentence are written.
pub(super) fn style(text: &Text, sentence: &Range<usize>) -> Style {
    // Of words in capitals, of others, and of those without a capital.
    let (mut n_upper, mut n_others, mut n_lower) = (0, 0, 0);
    let closed = text.is(sentence.end - 1, ".");
    let (most_others, most_lower) = (sentence.len() / 5, sentence.len() / 10);
    for (token_idx, token) in sentence.clone().zip(&text.tokens[sentence.clone()]) {
        if token.kind != Kind::Word || token.end - token.start < 2 {
            continue;
        }
        if token.case == Case::Upper {
            n_upper += 1;
            continue;
        }
        n_others += 1;
        if token.case == Case::Lower {
            let is_small =
                text.is_marked(token_idx, marks::TITLE_SMALL) && TITLE_WORDS.has_fold(token.fold);
            n_lower += usize::from(!is_small);
        }
        // What no words that follow can change: most sentences are told by their first words.
        if n_others > most_others && (closed || n_lower > most_lower) {
            return Style::Mixed;
        }
    }
    let n_words = n_upper + n_others;
    if n_words >= 3 && n_upper * 10 >= n_words * 8 {
        Style::Upper
    } else if n_words >= 5 && n_lower * 10 <= n_words && !closed {
        Style::Title
    } else {
        Style::Mixed
    }
}

/// What the whole article tells about its ambiguous words.
#[derive(Debug, Default)]
pub(super) struct Clues {
    /// Words that a person of the article has as a surname (`Jim Jordan`).
    pub(super) surnames: FxHashSet<u64>,
    /// Whether Georgia is the state in the Caucasus.
    pub(super) is_georgia_a_country: bool,
    /// Whether Moscow is the Soviet Union's.
    pub(super) is_moscow_soviet: bool,
    /// Whether the Congo of Brazzaville is named.
    pub(super) names_brazzaville: bool,
    /// Whether Congo alone is the one of Brazzaville.
    pub(super) is_congo_brazzaville: bool,
}

impl Clues {
    /// The countries of an entry, in this article.
    pub(super) fn values(&self, entry: &'static Entry) -> &'static [&'static str] {
        let is_seat = matches!(entry.sense, Sense::Capital | Sense::Office);
        match &*entry.values {
            ["Russia"] if is_seat && self.is_moscow_soviet => &["Soviet Union"],
            ["Democratic Republic of the Congo"]
                if entry.is_shared && self.is_congo_brazzaville =>
            {
                &["Republic of the Congo"]
            }
            values => values,
        }
    }
}

/// How many tokens on either side of Georgia tell which one it is, before the article is asked.
const GEORGIA_WINDOW: usize = 30;

/// More cues for the country than for the American state, or fewer, or as many.
pub(super) fn georgia_cues(text: &Text, tokens: Range<usize>) -> std::cmp::Ordering {
    let count = |words: &Words| tokens.clone().filter(|&at| words.has(text, at)).count();
    count(&CAUCASUS).cmp(&count(&AMERICAN_SOUTH))
}

/// A candidate with all that surrounds it.
pub(super) struct Context<'a> {
    pub(super) text: &'a Text<'a>,
    /// All candidates of the paragraph.
    pub(super) found: &'a [Candidate],
    /// The number of the candidate among them.
    pub(super) at: usize,
    pub(super) candidate: Candidate,
    pub(super) sentence: Range<usize>,
    pub(super) style: Style,
}

impl Context<'_> {
    /// The rule by which the candidate names its countries; none when it does not.
    pub(super) fn rule(&self, clues: &Clues) -> Option<&'static str> {
        match self.candidate.entry.sense {
            Sense::Fixed => Some("expression"),
            Sense::Office => Some("government office"),
            Sense::Prefix => self.is_compound().then_some("compound"),
            Sense::Name => self.is_country(clues).then_some("name"),
            Sense::Adjective => self.is_people(clues).then_some("adjective"),
            Sense::Capital => self.is_government(clues).then_some("government seat"),
            Sense::City | Sense::Region | Sense::Abbreviation => None,
        }
    }

    /// Whether the candidate is a surname in the text: `Rep. Jim Jordan`.
    pub(super) fn is_surname(&self) -> bool {
        let start = self.start();
        if start == 0 || !self.is_single(&PERSONAL) || self.style == Style::Upper {
            return false;
        }
        let before = start - 1;
        if self.text.is(before, ".") && before > 0 {
            // An initial, or a title that is shortened: the period belongs to it.
            let token = self.text.tokens[before - 1];
            let is_initial = token.end - token.start == 1 && token.case == Case::Capital;
            return self.text.glued(before - 1)
                && (is_initial || self.is_name(before - 1) && TITLES.has(self.text, before - 1));
        }
        if !self.is_name(before) {
            return false;
        }
        if TITLES.has(self.text, before) || is_given_name(self.text.tokens[before].fold) {
            return true;
        }
        // `Paul Cuban, who`, `Paul Cuban said`; not `Paris French bread`.
        let end = self.end();
        let is_alone = || {
            self.candidate.entry.sense == Sense::Adjective
                && (self.is_clear(end) || self.is_verb_at(end))
        };
        if (SURNAMES.has(self.text, start) || is_alone())
            && may_be_given_name(self.text.tokens[before].fold)
        {
            return true;
        }
        SURNAMES.has(self.text, start)
            && self.style == Style::Mixed
            && self.text.tokens[before].case == Case::Capital
            && !self.opens_sentence(before)
            && self.found_before().is_none()
            && !DAYS_AND_MONTHS.has(self.text, before)
            && !INSTITUTIONS.has(self.text, before)
    }

    fn start(&self) -> usize {
        self.candidate.start
    }

    fn end(&self) -> usize {
        self.candidate.end
    }

    /// Whether the candidate is one word, and that word in the list.
    fn is_single(&self, words: &Words) -> bool {
        self.end() == self.start() + 1 && words.has(self.text, self.start())
    }

    /// The candidate that ends where this one begins.
    fn found_before(&self) -> Option<Candidate> {
        let before = self.found[..self.at].last()?;
        (before.end == self.start()).then_some(*before)
    }

    /// The candidate that begins at a token, of those that follow soon.
    fn found_at(&self, token_idx: usize) -> Option<Candidate> {
        self.found[self.at..]
            .iter()
            .take(4)
            .find(|next| next.start == token_idx)
            .copied()
    }

    /// The word in lower case; asked for capitals of countries only, which are rare.
    fn lower(&self, token_idx: usize) -> String {
        self.text.word(token_idx).to_lowercase()
    }

    fn is_name(&self, token_idx: usize) -> bool {
        self.text
            .tokens
            .get(token_idx)
            .is_some_and(|token| token.kind == Kind::Word && token.case != Case::Lower)
    }

    fn is_kind(&self, token_idx: usize, kind: Kind) -> bool {
        self.text
            .tokens
            .get(token_idx)
            .is_some_and(|token| token.kind == kind)
    }

    /// Whether nothing but a few marks stands between the start of the sentence and a token.
    fn opens_sentence(&self, token_idx: usize) -> bool {
        let before = &self.text.tokens[self.sentence.start.min(token_idx)..token_idx];
        before.len() <= 4
            && before
                .iter()
                .all(|token| !matches!(token.kind, Kind::Word | Kind::Number))
    }

    /// Whether the sentence or its part ends before a token, or a function word stands there: no noun follows.
    fn is_clear(&self, token_idx: usize) -> bool {
        token_idx >= self.sentence.end
            || matches!(
                self.text.tokens[token_idx].kind,
                Kind::Punct | Kind::Quote | Kind::Number
            )
            || FUNCTION_WORDS.has(self.text, token_idx)
    }

    /// `Sino-Indian`; before other than a country only where the first half says it all (`Sino-foreign`, not `Indo-Pacific`).
    fn is_compound(&self) -> bool {
        let hyphen = self.end();
        let is_hyphen = matches!(self.text.word(hyphen), "-" | "–" | "‑" | "‐")
            && self.text.glued(hyphen - 1)
            && self.text.glued(hyphen);
        let names_country = || {
            self.found_at(hyphen + 1)
                .is_some_and(|next| matches!(next.entry.sense, Sense::Name | Sense::Adjective))
        };
        is_hyphen && (names_country() || self.text.word(self.start()).eq_ignore_ascii_case("sino"))
    }

    fn is_country(&self, clues: &Clues) -> bool {
        let word = self.text.word(self.start());
        if self.candidate.entry.values[0] == "Georgia" {
            return !self.is_person(clues)
                && !self.is_company()
                && !self.is_other_place()
                && self.is_caucasian(clues);
        }
        if word == "US" && self.style == Style::Upper && self.is_pronoun() {
            return false;
        }
        let is_island = matches!(word, "Jersey" | "Guernsey");
        if is_island && !ISLAND_CUES.has_before(self.text, self.start()) {
            return false;
        }
        if word == "Common" && self.is_regional_market() {
            return false;
        }
        !(self.is_currency()
            || self.is_namesake()
            || self.is_other_place()
            || self.is_river()
            || self.is_good()
            || self.is_company()
            || self.is_ship()
            || self.is_firm()
            || self.is_person(clues))
    }

    /// `Iceland, the frozen-food chain,`
    fn is_firm(&self) -> bool {
        const LONGEST: usize = 4;
        let end = self.end();
        let mut words = (end + 2..end + 3 + LONGEST)
            .take_while(|&at| self.is_kind(at, Kind::Word) || self.text.is(at, "-"));
        self.text.is(end, ",")
            && one_of!(self.text.small(end + 1), "a" | "an" | "the")
            && words.any(|at| FIRMS.has(self.text, at) && self.is_clear(at + 1))
    }

    fn is_people(&self, clues: &Clues) -> bool {
        if self.candidate.entry.values[0] == "Georgia" {
            let is_style = STYLES.has(self.text, self.end());
            return !is_style && self.cues(clues) != Some(false);
        }
        !(self.is_currency()
            || self.is_language()
            || self.is_company()
            || self.is_ship()
            || self.is_street()
            || self.is_person(clues)
            || self.is_verb())
    }

    /// `Greek Street`
    fn is_street(&self) -> bool {
        self.style == Style::Mixed && self.is_name(self.end()) && STREETS.has(self.text, self.end())
    }

    /// `the bulk carrier Pacific Jamaica`: the name of a ship, which another word of it begins or ends.
    fn is_ship(&self) -> bool {
        const LONGEST: usize = 3;
        if self.style != Style::Mixed {
            return false;
        }
        let mut start = self.start();
        while start > 0 && self.is_name(start - 1) && self.start() - start < LONGEST {
            start -= 1;
        }
        start > 0
            && (start < self.start() || self.is_name(self.end()))
            && !self.is_name(start - 1)
            && SHIPS.has(self.text, start - 1)
    }

    /// `Polish the silver`
    fn is_verb(&self) -> bool {
        self.opens_sentence(self.start())
            && self.text.word(self.start()).eq_ignore_ascii_case("polish")
            && one_of!(
                self.text.small(self.end()),
                "the" | "your" | "up" | "it" | "a"
            )
    }

    /// `GIVE US A CHANCE`, `ALL OF US`
    fn is_pronoun(&self) -> bool {
        let start = self.start();
        PRONOUN_VERBS.has_before(self.text, start)
            || start >= 2
                && self.text.word(start - 1).eq_ignore_ascii_case("of")
                && QUANTITIES.has_before(self.text, start - 1)
    }

    /// `East African Common Market`
    fn is_regional_market(&self) -> bool {
        let start = self.start();
        start > 0
            && self.is_name(start - 1)
            && !self.opens_sentence(start - 1)
            && !self.text.word(start - 1).eq_ignore_ascii_case("european")
            && self.style == Style::Mixed
    }

    /// `Lebanon, Tennessee,`; in a list of places each counts for itself.
    fn is_namesake(&self) -> bool {
        let end = self.end();
        if !self.text.is(end, ",") {
            return false;
        }
        let Some(region) = self.found_at(end + 1) else {
            return false;
        };
        let is_listed = self.found[..self.at]
            .last()
            .is_some_and(|before| before.end + 1 == self.start() && self.text.is(before.end, ","));
        matches!(region.entry.sense, Sense::Region | Sense::Abbreviation)
            && region.entry.values != self.candidate.entry.values
            && !is_listed
            && (region.end >= self.sentence.end
                || self.is_kind(region.end, Kind::Possessive)
                || self.is_kind(region.end, Kind::Word)
                    && !self.is_name(region.end)
                    && !one_of!(self.text.small(region.end), "and" | "or")
                || matches!(
                    self.text.word(region.end),
                    "," | "." | ")" | ";" | "-" | "–" | "—"
                ))
    }

    /// `Lebanon County`, `Fort Jordan`, `Air France`
    fn is_other_place(&self) -> bool {
        if self.style != Style::Mixed {
            return false;
        }
        let (start, end) = (self.start(), self.end());
        let follows_head = start > 0
            && self.is_name(start - 1)
            && PLACE_HEADS.has_before(self.text, start)
            && !self.opens_sentence(start - 1);
        follows_head || end == start + 1 && self.is_name(end) && PLACE_NOUNS.has(self.text, end)
    }

    /// `down the Niger`, `the lower Jordan`; not `the Niger government`.
    fn is_river(&self) -> bool {
        let start = self.start();
        let is_led = || {
            let reach = usize::from(REACHES.has_before(self.text, start));
            ARTICLES.has_before(self.text, start - reach)
        };
        self.style == Style::Mixed
            && self.is_single(&RIVERS)
            && is_led()
            && !self.text.is(self.end(), "-")
            && self.is_clear(self.end())
    }

    /// `Turkey prices rose`, where the capital is the sentence's.
    fn is_good(&self) -> bool {
        let end = self.end();
        let is_joined = || {
            matches!(self.text.word(end), "," | "and" | "AND" | "or" | "OR")
                && MEATS.has(self.text, end + 1)
        };
        (self.style == Style::Upper || self.opens_sentence(self.start()))
            && self.is_single(&GOODS)
            && (is_joined() || GOODS_NOUNS.has(self.text, end))
    }

    /// Whether the word is part of a company's name: `Korea Zinc Co`, `Aluminum Corp of China`, `Air India`.
    fn is_company(&self) -> bool {
        let (start, end) = (self.start(), self.end());
        if self.style == Style::Upper {
            return false;
        }
        if self.style == Style::Title {
            return COMPANY_ENDS.has(self.text, end);
        }
        if start > 0 && self.text.is(start - 1, "Air") {
            return true;
        }
        // Of America are clubs, unions and companies.
        if self.text.is(start, "America")
            && start >= 2
            && self.text.is(start - 1, "of")
            && self.is_name(start - 2)
        {
            return true;
        }
        let is_bracketed = start > 0
            && self.text.is(start - 1, "(")
            && self.text.is(end, ")")
            && COMPANY_ENDS.has(self.text, end + 1);
        // State bodies of the United States are called corporations, too, and its steel is steel.
        let is_united_states = self.candidate.entry.sense == Sense::Name
            && self.candidate.entry.values[0] == "United States";
        is_bracketed || !is_united_states && self.is_name(end) && self.runs_to_company_end()
    }

    /// Whether a company's ending follows in the same name, or at once a word that companies have.
    fn runs_to_company_end(&self) -> bool {
        let end = self.end();
        for at in (end..self.text.tokens.len()).take(7) {
            if self.is_name(at) {
                if COMPANY_ENDS.has(self.text, at) {
                    return true;
                }
                if BODY_ENDS.has(self.text, at) {
                    return false;
                }
            } else if !one_of!(self.text.small(at), "&" | "and" | "of" | "-" | "/") {
                break;
            }
        }
        COMPANY_NOUNS.has(self.text, end)
    }

    fn is_person(&self, clues: &Clues) -> bool {
        if !self.is_single(&PERSONAL) || self.style == Style::Upper {
            return false;
        }
        // In a list of names nearly all words have capitals, as in a title; there a comma ends the name.
        let is_set_off = self.style == Style::Mixed || self.text.is(self.end() + 1, ",");
        if self.is_surname() || is_set_off && self.is_forename() {
            return true;
        }
        // Later the surname stands alone, and speaks or owns as persons do.
        let start = self.start();
        // `Cuban said`, where the article names Paul Cuban; `the Cuban said` speaks of the people.
        let is_people = self.candidate.entry.sense == Sense::Adjective;
        let is_word =
            SURNAMES.has(self.text, start) || is_people && !ARTICLES.has_before(self.text, start);
        let is_known = is_word && clues.surnames.contains(&self.text.tokens[start].fold);
        is_known
            && !PLACE_PREPOSITIONS.has_before(self.text, start)
            && !owns_nation(self.text, self.end())
            && (self.is_kind(self.end(), Kind::Possessive)
                || self.text.is(self.end(), ",")
                || self.is_verb_at(self.end())
                || ADVERBS.has(self.text, self.end()) && self.is_verb_at(self.end() + 1))
    }

    /// Whether a verb of saying or acting stands at a token.
    fn is_verb_at(&self, token_idx: usize) -> bool {
        let word = self.text.word(token_idx);
        ACTS.has(self.text, token_idx)
            || AUXILIARIES.has(self.text, token_idx)
            || BE.has(self.text, token_idx)
            || word.len() > 4 && word.ends_with("ed")
    }

    /// `Chad Bown said`: one more name, which is no institution's, and then none.
    fn is_forename(&self) -> bool {
        let end = self.end();
        self.is_single(&FORENAMES)
            && self
                .text
                .tokens
                .get(end)
                .is_some_and(|token| token.kind == Kind::Word && token.case == Case::Capital)
            && !self.is_name(end + 1)
            && !INSTITUTIONS.has(self.text, end)
            && !COMPANY_NOUNS.has(self.text, end)
            && self.found_at(end).is_none()
    }

    /// `in Chinese`, `Spanish-speaking`; not `in Chinese ports`, `in German and French courts`.
    fn is_language(&self) -> bool {
        let (start, end) = (self.start(), self.end());
        let noun = end + usize::from(self.text.is(end, "-"));
        let names_people = || self.text.word(start).ends_with('s');
        let is_joined = || {
            matches!(self.text.word(end), "and" | "or" | "," | "-" | "–")
                && self.found_at(end + 1).is_some()
        };
        LANGUAGE_NOUNS.has(self.text, noun)
            || self.is_clear(end)
                && (LANGUAGE_CUES.has_before(self.text, start)
                    || self.is_learnt()
                    || self.is_taught()
                    || self.is_switched_to())
                && !names_people()
                && !is_joined()
    }

    /// `switched to English`, `translated it to English`
    fn is_switched_to(&self) -> bool {
        const REACH: usize = 3;
        let Some(to) = self.start().checked_sub(1) else {
            return false;
        };
        // "switched to Thai-made tyres"
        self.text.is(to, "to")
            && !self.text.is(self.end(), "-")
            && (to.saturating_sub(REACH)..to).any(|at| SWITCHES.has(self.text, at))
    }

    /// `taught his children English`
    fn is_taught(&self) -> bool {
        const REACH: usize = 4;
        let start = self.start();
        (start.saturating_sub(REACH)..start).any(|at| TEACHING.has(self.text, at))
    }

    /// `a teacher of English`
    fn is_learnt(&self) -> bool {
        let start = self.start();
        start > 0 && self.text.is(start - 1, "of") && LEARNERS.has_before(self.text, start - 1)
    }

    /// `Canadian dollars`, `5 billion U.S. dlrs`
    fn is_currency(&self) -> bool {
        let end = self.end();
        // "EC$500" of the Caribbean
        let is_caribbean =
            self.text.is(self.start(), "EC") && self.text.is(end, "$") && self.text.glued(end - 1);
        is_caribbean || DOLLARS.has(self.text, end)
    }

    /// Whether Georgia is the country, by its neighbours, then by the words around it, then by the article.
    fn is_caucasian(&self, clues: &Clues) -> bool {
        let (start, end) = (self.start(), self.end());
        if self.end() > self.start() + 1 {
            return true;
        }
        let joined = |mark: &str| matches!(mark, "," | "and" | "or" | "-" | "/");
        let before = (start > 0 && joined(self.text.word(start - 1)))
            .then(|| {
                self.found[..self.at]
                    .last()
                    .filter(|before| before.end == start - 1)
            })
            .flatten();
        let after = joined(self.text.word(end))
            .then(|| self.found_at(end + 1))
            .flatten();
        for neighbour in before.copied().into_iter().chain(after) {
            let is_american = neighbour.entry.values.first() == Some(&"United States");
            match neighbour.entry.sense {
                Sense::Region | Sense::City | Sense::Abbreviation if is_american => return false,
                Sense::Name if !is_american => return true,
                _ => {}
            }
        }
        self.cues(clues).unwrap_or(false)
    }

    /// Whether the words around Georgia speak of the country, or of the American state.
    fn cues(&self, clues: &Clues) -> Option<bool> {
        let window = self.start().saturating_sub(GEORGIA_WINDOW)
            ..(self.end() + GEORGIA_WINDOW).min(self.text.tokens.len());
        match georgia_cues(self.text, window) {
            std::cmp::Ordering::Greater => Some(true),
            std::cmp::Ordering::Less => Some(false),
            std::cmp::Ordering::Equal => clues.is_georgia_a_country.then_some(true),
        }
    }

    /// Whether a capital acts, speaks, or is dealt with: it stands for the government then.
    fn is_government(&self, clues: &Clues) -> bool {
        if self.is_person(clues) || self.is_namesake() {
            return false;
        }
        let group = self.group();
        let (start, end) = (group.start, group.end);
        // `In a setback for Ankara, Baku agreed`: the comma need not make a list.
        let acts_alone = || {
            start < self.start()
                && self.text.is(self.start() - 1, ",")
                && self.acts(self.start(), end)
        };
        self.acts(start, end)
            || acts_alone()
            || self.owns_policy(start)
            || self.is_dealt_with(start, end)
            || {
                // Washington-Beijing talks
                let is_hyphened = group.len() > 2 && self.text.is(group.start + 1, "-");
                is_hyphened && (RELATIONS.has(self.text, end) || RELATIONS.has(self.text, end + 1))
            }
    }

    /// The capitals and countries that are named together with the candidate: `Washington and Tokyo`.
    fn group(&self) -> Range<usize> {
        let is_partner = |other: &Candidate| {
            matches!(
                other.entry.sense,
                Sense::Name | Sense::Capital | Sense::Office | Sense::Adjective
            )
        };
        let is_joint = |token_idx: usize| {
            matches!(
                self.lower(token_idx).as_str(),
                "and" | "or" | "nor" | "," | "-" | "–" | "&"
            )
        };
        let mut group = self.start()..self.end();
        for before in self.found[..self.at].iter().rev().take(4) {
            if before.end + 1 != group.start || !is_joint(before.end) || !is_partner(before) {
                break;
            }
            group.start = before.start;
        }
        for after in self.found[self.at + 1..].iter().take(4) {
            if group.end + 1 != after.start || !is_joint(group.end) || !is_partner(after) {
                break;
            }
            group.end = after.end;
        }
        group
    }

    /// As a subject: `Beijing said`, `Tokyo would retaliate`, `Washington, however,`.
    fn acts(&self, start: usize, end: usize) -> bool {
        if start > 0 {
            let before = start - 1;
            let is_name_part = self.is_name(before)
                && !self.opens_sentence(before)
                && !DAYS_AND_MONTHS.has(self.text, before)
                && self.style == Style::Mixed;
            // "as Brussels struggled to", "since Kinshasa doubled the levy", not "as Tokyo", "since Tokyo opened lower"
            let is_past = || {
                let has_object = || {
                    one_of!(
                        self.text.small(end + 1),
                        "a" | "all" | "an" | "its" | "the" | "their"
                    )
                };
                self.lower(end).ends_with("ed") && (self.text.is(before, "as") || has_object())
            };
            let while_it =
                CONJUNCTIONS.has(self.text, before) && (ACTS.has(self.text, end) || is_past());
            let is_behind =
                PLACE_PREPOSITIONS.has(self.text, before) || PREPOSITIONS.has(self.text, before);
            if is_name_part || is_behind && !while_it {
                return false;
            }
        }
        if OFFICIALS.has(self.text, self.end()) {
            return true;
        }
        let mut verb = end;
        if self.text.is(end, ",") {
            match self.lower(end + 1).as_str() {
                "which" | "who" => verb = end + 2,
                // "Ottawa, he complained, had sent"
                "he" | "she" | "they" if self.text.is(end + 3, ",") => verb = end + 4,
                // "London, whose cashmere producers are hurt"
                "whose" => {
                    return POLICIES.has(self.text, end + 2)
                        || (end + 2..end + 5)
                            .take_while(|&at| self.is_kind(at, Kind::Word))
                            .any(|at| SUBJECTS.has(self.text, at));
                }
                "meanwhile" | "however" | "too" => return true,
                _ => return false,
            }
        }
        // `New Delhi "should walk away"`
        let opens_quote = |at: usize| {
            self.is_kind(at, Kind::Quote) && !self.text.glued(at - 1) && self.text.glued(at)
        };
        verb += usize::from(opens_quote(verb));
        // "Tokyo last week threatened"
        if one_of!(self.text.small(verb), "last" | "this" | "next")
            && self.is_kind(verb + 1, Kind::Word)
        {
            let is_time = one_of!(
                self.text.small(verb + 1),
                "week" | "month" | "year" | "spring" | "summer" | "autumn" | "fall" | "winter"
            );
            verb += 2 * usize::from(is_time);
        }
        while verb < end + 4 && self.is_adverb(verb) {
            verb += 1;
        }
        let word = self.lower(verb);
        let is_lower = self.text.tokens.get(verb).is_some_and(|token| {
            token.kind == Kind::Word && (token.case == Case::Lower) != (self.style == Style::Upper)
        });
        if !is_lower {
            return false;
        }
        if MARKET_ACTS.has(self.text, verb) {
            // Tokyo closed lower, but Moscow closed its border and Washington ended the agreement.
            let hosts = word.starts_with("host");
            let object = self.text.is(verb + 1, "the") && !hosts;
            // "a waiver that Washington ended in March"
            let relative = !hosts
                && start > 1
                && self.text.is(start - 1, "that")
                && self.text.tokens[start - 2].case == Case::Lower
                && one_of!(
                    self.text.small(verb),
                    "closed" | "dropped" | "eased" | "ended"
                );
            return one_of!(self.text.small(verb + 1), "its" | "all" | "their")
                || relative
                || object && !PERIODS.has(self.text, verb + 2)
                || ACCUSATIONS.has(self.text, verb + 1);
        }
        let n_tokens = end - start;
        if ACTS.has(self.text, verb) || n_tokens > 2 && PLURAL_ACTS.has(self.text, verb) {
            return true;
        }
        if AUXILIARIES.has(self.text, verb) {
            let mut next = verb + 1;
            while next < verb + 3 && (self.is_adverb(next) || self.text.is(next, "been")) {
                next += 1;
            }
            let is_have = matches!(word.as_str(), "has" | "have" | "had");
            let is_acting = self.text.is(next - 1, "been") && self.lower(next).ends_with("ing");
            // "Washington has 30 days to comply"
            let has_time = self.is_kind(next, Kind::Number)
                && one_of!(
                    self.text.small(next + 1),
                    "days" | "hours" | "months" | "weeks" | "years"
                );
            return !is_have
                || is_acting
                || has_time
                || self.is_kind(next, Kind::Quote)
                || is_participle(self.text, next)
                || ACTS.has(self.text, next)
                || self.text.is(next, "to");
        }
        if BE.has(self.text, verb) {
            let mut next = verb + 1;
            while next < verb + 3 && ADVERBS.has(self.text, next) && !STATES.has(self.text, next) {
                next += 1;
            }
            // `was "engaging with" them`
            next += usize::from(opens_quote(next));
            return STATES.has(self.text, next)
                || self.lower(next).ends_with("ing")
                || n_tokens > 2;
        }
        word.len() > 4 && word.ends_with("ed")
    }

    fn is_adverb(&self, token_idx: usize) -> bool {
        let word = self.lower(token_idx);
        ADVERBS.has(self.text, token_idx) || word.len() > 4 && word.ends_with("ly")
    }

    /// `Tokyo's latest offer`, with at most two words between.
    fn owns_policy(&self, start: usize) -> bool {
        let end = self.end();
        if !self.is_kind(end, Kind::Possessive) {
            return false;
        }
        let is_place = start > 0 && matches!(self.lower(start - 1).as_str(), "in" | "at" | "near");
        !is_place
            && (end + 1..end + 4)
                .take_while(|&at| self.is_kind(at, Kind::Word))
                .any(|at| POLICIES.has(self.text, at))
    }

    /// As an object: `talks between Washington and Brussels`, `urged Tokyo to`, `sanctions against Moscow`.
    fn is_dealt_with(&self, start: usize, end: usize) -> bool {
        if start == 0 {
            return false;
        }
        // "reached by the European Community and Washington"
        let article =
            usize::from(start > 1 && self.text.is(start - 1, "the") && start < self.start());
        let before = start - 1 - article;
        let noun_before =
            |words: &Words| (before.saturating_sub(4)..before).any(|at| words.has(self.text, at));
        let is_clear = self.is_clear(end);
        match self.lower(before).as_str() {
            "between" => noun_before(&RELATIONS),
            "with" => {
                is_clear && DEALS.has_before(self.text, before)
                    || (is_clear || self.lower(end).ends_with("ed")) && noun_before(&RELATIONS)
            }
            // "would like Brussels to"
            "like" => {
                self.text.is(end, "to")
                    && one_of!(self.text.small(before.wrapping_sub(1)), "would" | "'d")
            }
            // "the quarrel between the guild and Addis Ababa"
            "and" => {
                const REACH: usize = 8;
                let between = (before.saturating_sub(REACH)..before)
                    .rev()
                    .find(|&at| self.text.is(at, "between"));
                is_clear
                    && between.is_some_and(|between| {
                        (between.saturating_sub(4)..between).any(|at| RELATIONS.has(self.text, at))
                    })
            }
            "against" => is_clear,
            "for" => is_clear && FAVOURS.has_before(self.text, before),
            "at" => is_clear && AIMS.has_before(self.text, before),
            "on" | "upon" => {
                is_clear
                    && (noun_before(&MEASURES)
                        || URGES.has_before(self.text, before)
                        || self.text.is(end, "to"))
            }
            "to" => {
                let is_message =
                    noun_before(&MESSAGES) && MESSAGES.has(self.text, before.wrapping_sub(1));
                let is_blow = BLOWS.has_before(self.text, before);
                // "lost the case to Bonn"
                let is_lost = || {
                    let lost = |at: usize| {
                        one_of!(self.text.small(at), "lose" | "loses" | "losing" | "lost")
                    };
                    CASES.has_before(self.text, before)
                        && (before.saturating_sub(6)..before).any(lost)
                };
                is_clear
                    && (is_message || is_blow || PLEADS.has_before(self.text, before) || is_lost())
            }
            // "the worries of Nairobi and Lusaka"
            "of" => is_clear && STANCES.has_before(self.text, before),
            "from" => {
                is_clear
                    && before > 0
                    && (MESSAGES.has(self.text, before - 1) || noun_before(&PURCHASES))
            }
            "by" => {
                // "set up by Brussels"
                let up = usize::from(
                    before > 1 && one_of!(self.text.small(before - 1), "down" | "out" | "up"),
                );
                is_clear
                    && before > 0
                    && (is_participle(self.text, before - 1 - up)
                        || DEEDS.has(self.text, before - 1)
                        || MEASURES.has(self.text, before - 1))
            }
            // "the ministry in Hanoi", "the ministry of mines in Hanoi", "In Hanoi, the ministry"
            "in" => {
                let is_seat = || {
                    self.text.is(end, ",")
                        && one_of!(self.text.fold(end + 1), "the")
                        && (end + 2..end + 5)
                            .take_while(|&at| self.is_kind(at, Kind::Word))
                            .any(|at| one_of!(self.text.fold(at), "government" | "ministry"))
                };
                is_seat()
                    || before > 0 && SEATED.has(self.text, before - 1)
                    || before > 2
                        && one_of!(self.text.small(before - 2), "of")
                        && one_of!(self.text.fold(before - 3), "ministry")
            }
            // "demanded that Hanoi open the port"
            "that" => {
                DEMANDS.has_before(self.text, before)
                    && self.is_kind(end, Kind::Word)
                    && !self.is_name(end)
                    && !FUNCTION_WORDS.has(self.text, end)
            }
            // "the deal should hold Warsaw to its word"
            "hold" | "holds" | "held" | "holding" => self.text.is(end, "to"),
            // "joined Warsaw in barring"
            "join" | "joined" | "joins" | "joining" => {
                is_clear || self.text.is(end, "in") && self.lower(end + 1).ends_with("ing")
            }
            // "gave Hanoi normal status"
            _ if GIFTS.has(self.text, before) && !self.is_name(end) => {
                self.is_kind(end, Kind::Word) && !PLACE_PREPOSITIONS.has(self.text, end)
                    || self.is_kind(end, Kind::Number)
                    || self.is_kind(end, Kind::Quote)
            }
            // "let Washington do what it will"
            "let" | "lets" | "make" | "makes" | "made" if !self.is_name(end) => {
                self.is_kind(end, Kind::Word) && !PLACE_PREPOSITIONS.has(self.text, end)
            }
            _ => is_clear && URGES.has(self.text, before),
        }
    }
}

/// Whether a possessive at a token leads to what countries have and persons have not: `Jordan's garment exports`.
pub(super) fn owns_nation(text: &Text, token_idx: usize) -> bool {
    const REACH: usize = 3;
    let is_kind =
        |at: usize, kind: Kind| text.tokens.get(at).is_some_and(|token| token.kind == kind);
    is_kind(token_idx, Kind::Possessive)
        && (token_idx + 1..token_idx + 1 + REACH)
            .take_while(|&at| is_kind(at, Kind::Word))
            .any(|at| NATIONAL.has(text, at))
}

/// `agreed`, `taken`, `sought`
fn is_participle(text: &Text, token_idx: usize) -> bool {
    let word = text.word(token_idx).to_lowercase();
    word.len() > 3 && (word.ends_with("ed") || word.ends_with("en"))
        || PARTICIPLES.has(text, token_idx)
}
