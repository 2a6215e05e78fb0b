//! What a user's lists name, found in articles and merged over what our own rules found: the user's people before the
//! speakers are told, so that they can speak; all else, and what is to be hidden, at the end.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Extractor, Reading, country, each, instrument, known, organization, person, speaker, topic,
};
use crate::article::{Findings, Mention, Value};
use crate::field::Field;
use crate::lists::{Entry, Hidden, Kind, Lists};
use crate::text::gazetteer::{Gazetteer, Spelling, dotted, variants};
use crate::text::legal_forms;
use crate::text::tokens::{Case, Kind as TokenKind, Text};
use crate::text::words::{fold_of, one_of};

/// The rule of all that comes from a user's lists.
const RULE: &str = "own list";

/// Finds the user's people among those who were found.
pub static PEOPLE: Extractor = Extractor {
    fields: &[],
    needs: &["country", "person"],
    extract: |readings, findings| each(readings, findings, people),
    lines: |_, _| Vec::new(),
};

/// Finds the rest, and takes away what the user hides.
pub static EXTRACTOR: Extractor = Extractor {
    fields: &[],
    needs: &["speaker", "topic", "instrument", "organization"],
    extract: |readings, findings| each(readings, findings, others),
    lines: |_, _| Vec::new(),
};

/// A user's lists, ready to be found in texts; made once for all articles.
#[derive(Debug)]
pub struct Own(Option<Box<Ready>>);

static NONE: Own = Own(None);

#[derive(Debug)]
struct Ready {
    lists: Lists,
    /// People, organizations and instruments.
    names: Gazetteer<Listed>,
    terms: Gazetteer<Listed>,
    people: FxHashSet<String>,
    authority: Option<person::Authority>,
    /// Hidden values by the names of their fields, with their numbers in the lists.
    hidden: FxHashMap<String, FxHashMap<String, usize>>,
    /// By that number, whether anything was hidden by it so far. What is found does not depend on it.
    has_hidden: Vec<AtomicBool>,
}

/// What a listed name stands for.
#[derive(Debug, Clone, Copy)]
struct Listed {
    entry_idx: usize,
    written: Written,
}

/// How a listed name is written.
#[derive(Debug, Clone, Copy)]
enum Written {
    /// As the user wrote it.
    Whole,
    /// Without its legal form, which an article may spell otherwise or leave out; words that may be others as well stand for
    /// the firm only where the article gives a legal form with them once.
    Bare { form: &'static str, is_word: bool },
}

impl Own {
    /// Lists that name nothing, which cost nothing.
    pub fn none() -> &'static Own {
        &NONE
    }

    pub fn new(lists: Lists) -> Own {
        if lists.is_empty() {
            return Own(None);
        }
        let gazetteer = |is_of: fn(Kind) -> bool| {
            let names = names(&lists, is_of);
            let entries = names.iter();
            Gazetteer::new(
                entries.map(|(name, spelling, listed)| (name.as_str(), *spelling, *listed)),
            )
        };
        let people = lists.of(Kind::Person);
        let mut hidden: FxHashMap<String, FxHashMap<String, usize>> = FxHashMap::default();
        for (number, value) in lists.hidden.iter().enumerate() {
            let values = hidden.entry(value.field.clone()).or_default();
            values.insert(value.value.clone(), number);
        }
        Own(Some(Box::new(Ready {
            names: gazetteer(|kind| kind != Kind::Topic),
            terms: gazetteer(|kind| kind == Kind::Topic),
            people: people.map(|person| person.value.clone()).collect(),
            authority: person::Authority::of(&lists),
            hidden,
            has_hidden: lists
                .hidden
                .iter()
                .map(|_| AtomicBool::new(false))
                .collect(),
            lists,
        })))
    }

    /// The values to hide of which nothing was hidden in all that was extracted so far.
    pub fn idle(&self) -> Vec<Hidden> {
        let Some(ready) = &self.0 else {
            return Vec::new();
        };
        let hidden = ready.lists.hidden.iter().zip(&ready.has_hidden);
        let idle = hidden.filter(|(_, has_hidden)| !has_hidden.load(Ordering::Relaxed));
        idle.map(|(hidden, _)| hidden.clone()).collect()
    }

    /// Those to whom a name can lead.
    pub(super) fn holders(&self) -> person::Holders<'_> {
        let ready = self.0.as_ref();
        person::Holders::new(ready.and_then(|ready| ready.authority.as_ref()))
    }

    /// Whether the word at a token is one of the user's names by itself.
    pub(super) fn has_word(&self, text: &Text, token_idx: usize) -> bool {
        let ready = self.0.as_ref();
        ready.is_some_and(|ready| {
            let mut names = ready.names.matches(text, token_idx);
            names.any(|(end, _)| end == token_idx + 1)
        })
    }

    /// Whether the lists name a person.
    pub(super) fn has_person(&self, value: &str) -> bool {
        let ready = self.0.as_ref();
        ready.is_some_and(|ready| ready.people.contains(value))
    }
}

/// All ways to write what entries of some kinds are called.
fn names(lists: &Lists, is_of: fn(Kind) -> bool) -> Vec<(String, Spelling, Listed)> {
    let mut out = Vec::new();
    for (entry_idx, entry) in lists.entries.iter().enumerate() {
        for spelling in entry.spellings.iter().filter(|_| is_of(entry.kind)) {
            let (name, form) = match entry.kind {
                Kind::Organization => legal_forms::split(&spelling.text),
                _ => (spelling.text.as_str(), None),
            };
            let written = match form {
                Some(form) => Written::Bare {
                    form,
                    is_word: is_word(name),
                },
                None => Written::Whole,
            };
            let listed = Listed { entry_idx, written };
            let bare = name.strip_prefix("the ").or(name.strip_prefix("The "));
            let spellings = variants(name)
                .into_iter()
                .chain(bare.into_iter().flat_map(variants))
                .chain(dotted(name));
            out.extend(spellings.map(|name| {
                let name = plain(&name);
                // `NINGBO QUILLBY` on an official list is Ningbo Quillby in papers.
                let is_shouted = name.contains(' ') && !name.contains(char::is_lowercase);
                let is_firm = entry.kind == Kind::Organization;
                let spelling = match is_firm && (form.is_some() || is_shouted) && name.contains(' ')
                {
                    true => Spelling::Capitals,
                    false => Spelling::of(&name),
                };
                (name, spelling, listed)
            }));
        }
    }
    out
}

/// A name as texts are compared with it: see `compared`.
fn plain(name: &str) -> String {
    let text = Text::new(name);
    let (kept, _) = compared(&text);
    let words: Vec<&str> = kept
        .tokens
        .iter()
        .map(|token| match token.word(name) {
            "&" => "and",
            word => word,
        })
        .collect();
    // Only marks that stand between words part them.
    match words.len() == text.tokens.len() && !name.contains('&') {
        true => name.to_string(),
        false => words.join(" "),
    }
}

/// What of a text is compared with names, and where it stands: all but quotation marks and the hyphens within words, with "&" as
/// "and".
fn compared<'a>(text: &Text<'a>) -> (Text<'a>, Vec<usize>) {
    let is_hyphen =
        |at: usize| at > 0 && one_of!(text.fold(at), "-") && text.glued(at - 1) && text.glued(at);
    let is_kept = |at: usize| text.tokens[at].kind != TokenKind::Quote && !is_hyphen(at);
    let (mut kept, places) = text.keeping(is_kept);
    for token in &mut kept.tokens {
        if one_of!(token.fold, "&") {
            token.fold = const { fold_of("and") };
        }
    }
    (kept, places)
}

/// Whether a firm's name without its legal form may be something else as well: `Target`, `Roe`, `General Trading`.
fn is_word(name: &str) -> bool {
    let text = known::read(name);
    let mut words = text
        .tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Word);
    match words.clone().count() {
        0 | 1 => {
            words.all(|token| person::is_known(token) || organization::is_common(token.fold))
                || text.is_marked(0, known::marks::COUNTRY)
        }
        2 if person::is_given_name(text.tokens[0].fold) => words.all(person::is_known),
        _ => words.all(|token| person::is_language(token) || organization::is_common(token.fold)),
    }
}

/// A listed name in a paragraph.
#[derive(Debug, Clone)]
struct Hit {
    paragraph: usize,
    /// Bytes of the paragraph.
    span: Range<usize>,
    listed: Listed,
    n_words: usize,
    /// Whether a given name stands right before it.
    is_led: bool,
    /// Whether it may be something else, unless the article tells.
    is_doubtful: bool,
}

/// The legal form with which a name stands in a text.
#[derive(Debug)]
struct Form {
    /// The name with it.
    tokens: Range<usize>,
    /// Whether it is that of the list, or one where the list has none.
    is_told: bool,
    /// Whether it is another one.
    is_other: bool,
    is_doubtful: bool,
}

impl Form {
    /// Whether the name may be that of the list: with another legal form, a name that is a word is another firm's.
    fn is_name(&self, listed: &Listed) -> bool {
        let is_word = matches!(listed.written, Written::Bare { is_word: true, .. });
        !(self.is_other && is_word)
    }
}

/// The legal form right before a name, from its first token on: `OOO`, `АО «`.
fn legal_form_before(text: &Text, start: usize) -> Option<(usize, &'static str)> {
    const LONGEST: usize = 6;
    (start.saturating_sub(LONGEST)..start).find_map(|at| {
        let (first, form) = legal_forms::before(text, at)?;
        (first == start).then_some((at, form))
    })
}

/// Drops the hits on words that the article never tells to be the firm's name, writes small as well, or has in other names.
fn forget_words(reading: &Reading, hits: &mut Vec<Hit>) {
    if hits.iter().all(|hit| !hit.is_doubtful) {
        return;
    }
    let told: FxHashSet<usize> = hits
        .iter()
        .filter(|hit| !hit.is_doubtful)
        .map(|hit| hit.listed.entry_idx)
        .collect();
    hits.retain(|hit| {
        !hit.is_doubtful
            || told.contains(&hit.listed.entry_idx)
                && !is_part(&reading.paragraphs[hit.paragraph], &hit.span)
    });
}

/// Whether words with capitals stand beside some words, so that all are one name.
fn is_part(text: &Text, span: &Range<usize>) -> bool {
    let (start, end) = (text.token_at(span.start), text.token_at(span.end));
    let is_name = |at: usize| {
        let token = text.tokens.get(at);
        token.is_some_and(|token| token.case != Case::Lower) && !text.opens_sentence(at)
    };
    // "In June Target sold out"
    let leads = |at: usize| is_name(at) && !organization::is_common(text.fold(at));
    start.checked_sub(1).is_some_and(leads) || is_name(end)
}

impl Ready {
    fn entry(&self, hit: &Hit) -> &Entry {
        &self.lists.entries[hit.listed.entry_idx]
    }

    /// The mention that a hit makes.
    fn mention(&self, hit: &Hit, field: &'static Field) -> Mention {
        Mention {
            field,
            value: Value::Owned(self.entry(hit).value.clone()),
            paragraph: hit.paragraph,
            span: hit.span.clone(),
            rule: RULE,
        }
    }

    /// The listed names of an article in order; the longest at each place, all who bear it.
    fn hits(&self, reading: &Reading, names: &Gazetteer<Listed>) -> Vec<Hit> {
        let mut out = Vec::new();
        for (paragraph, text) in reading.paragraphs.iter().enumerate() {
            let first = reading.first_token(paragraph);
            let (kept, places) = compared(text);
            let mut next = first;
            for (kept_idx, &token_idx) in places.iter().enumerate() {
                if token_idx < next || is_joined(text, token_idx.wrapping_sub(1)) {
                    continue;
                }
                let mut here: Vec<(usize, &Listed, Form)> = Vec::new();
                for (end, listed) in names.matches(&kept, kept_idx) {
                    let end = places[end - 1] + 1;
                    let is_longest = here.first().is_none_or(|(longest, ..)| *longest == end);
                    if !is_longest || is_joined(text, end) {
                        continue;
                    }
                    let form = self.form(text, token_idx..end, listed);
                    if form.is_name(listed) {
                        here.push((end, listed, form));
                    }
                }
                // Of namesakes the one with the legal form that the text gives.
                let is_told = |(.., form): &(usize, &Listed, Form)| form.is_told;
                if here.iter().any(is_told) {
                    here.retain(is_told);
                }
                // One value of each kind: its names may differ in the article only. Firms may differ in their legal form.
                let mut claimed = Vec::new();
                for (end, listed, form) in here {
                    let kind = self.lists.entries[listed.entry_idx].kind;
                    let claim = match listed.written {
                        Written::Whole => (kind, None),
                        Written::Bare { .. } => (kind, Some(listed.entry_idx)),
                    };
                    next = next.max(form.tokens.end);
                    if claimed.contains(&claim) {
                        continue;
                    }
                    claimed.push(claim);
                    out.push(Hit {
                        paragraph,
                        span: text.span(form.tokens),
                        listed: *listed,
                        n_words: n_words(text, token_idx..end),
                        is_led: token_idx.checked_sub(1).is_some_and(|before| {
                            text.tokens[before].case != Case::Lower
                                && person::may_be_given_name(text.tokens[before].fold)
                        }),
                        is_doubtful: form.is_doubtful,
                    });
                }
            }
        }
        forget_words(reading, &mut out);
        out
    }

    /// What legal form stands with a listed name.
    fn form(&self, text: &Text, tokens: Range<usize>, listed: &Listed) -> Form {
        let none = Form {
            tokens: tokens.clone(),
            is_told: false,
            is_other: false,
            is_doubtful: matches!(listed.written, Written::Bare { is_word: true, .. }),
        };
        if self.lists.entries[listed.entry_idx].kind != Kind::Organization {
            return none;
        }
        let behind = legal_forms::after_name(text, tokens.end);
        let ahead = legal_form_before(text, tokens.start);
        let mut forms = ahead
            .iter()
            .chain(&behind)
            .map(|(_, form)| *form)
            .peekable();
        if forms.peek().is_none() {
            return none;
        }
        let agrees = match listed.written {
            Written::Whole => true,
            Written::Bare { form, .. } => forms.any(|other| legal_forms::agree(form, other)),
        };
        let start = ahead.map_or(tokens.start, |(start, _)| start);
        let end = behind.map_or(tokens.end, |(end, _)| end);
        let is_quote = |at: usize| {
            let token = text.tokens.get(at);
            token.is_some_and(|token| token.kind == TokenKind::Quote)
        };
        let end = end + usize::from(start < tokens.start && is_quote(end) && end == tokens.end);
        match agrees {
            true => Form {
                tokens: start..end,
                is_told: true,
                is_other: false,
                is_doubtful: false,
            },
            false => Form {
                is_other: true,
                ..none
            },
        }
    }

    fn is_hidden(&self, field: &Field, value: &str) -> bool {
        let is_hidden = |field: &Field, value: &str| {
            let number = self
                .hidden
                .get(field.name)
                .and_then(|hidden| hidden.get(value));
            if let Some(hidden) = number.and_then(|number| self.has_hidden.get(*number)) {
                hidden.store(true, Ordering::Relaxed);
            }
            number.is_some()
        };
        if field == &speaker::FIELD && is_hidden(&person::FIELD, value) {
            return true;
        }
        let is_above = |at: usize| field == &topic::FIELD && is_hidden(field, &value[..at]);
        is_hidden(field, value) || value.match_indices('/').any(|(at, _)| is_above(at))
    }
}

/// Whether a token is a hyphen between two capitalised words: `Roe-Smith` is nobody called Roe.
fn is_joined(text: &Text, token_idx: usize) -> bool {
    let is_name = |at: usize| {
        let token = text.tokens.get(at);
        token.is_some_and(|token| token.kind == TokenKind::Word && token.case != Case::Lower)
    };
    let (Some(before), true) = (token_idx.checked_sub(1), text.is(token_idx, "-")) else {
        return false;
    };
    text.glued(before) && text.glued(token_idx) && is_name(before) && is_name(token_idx + 1)
}

fn n_words(text: &Text, tokens: Range<usize>) -> usize {
    let tokens = text.tokens.get(tokens).unwrap_or_default();
    let words = tokens.iter().filter(|token| token.kind == TokenKind::Word);
    words.count()
}

/// Whether a name has several words.
fn is_full(reading: &Reading, paragraph: usize, span: &Range<usize>) -> bool {
    let text = reading.paragraphs.get(paragraph);
    text.is_some_and(|text| n_words(text, text.token_at(span.start)..text.token_at(span.end)) > 1)
}

fn field_of(kind: Kind) -> &'static Field {
    match kind {
        Kind::Person => &person::FIELD,
        Kind::Organization => &organization::FIELD,
        Kind::Instrument => &instrument::FIELD,
        Kind::Topic => &topic::FIELD,
    }
}

fn overlap(span: &Range<usize>, other: &Range<usize>) -> bool {
    span.start < other.end && other.start < span.end
}

fn holds(span: &Range<usize>, other: &Range<usize>) -> bool {
    span.start <= other.start && other.end <= span.end
}

/// Merges the user's people over those who were found.
fn people(reading: &Reading, findings: &mut Findings) {
    let Some(ready) = &reading.own.0 else {
        return;
    };
    let hits = ready.hits(reading, &ready.names);
    if hits.is_empty() {
        return;
    }
    let (people, others): (Vec<&Hit>, Vec<&Hit>) = hits
        .iter()
        .partition(|hit| ready.entry(hit).kind == Kind::Person);
    let mut merging = Merging::new(ready, reading, &person::FIELD, findings);
    // Names of several words first: whom they name, single words may mean.
    let (long, short): (Vec<&Hit>, Vec<&Hit>) = people.iter().partition(|hit| hit.n_words > 1);
    let mut taken = merging.take(&long);
    taken.extend(merging.take(&short));
    // What the user calls an organization or an instrument is nobody's name.
    for hit in others {
        merging.give_way(hit);
    }
    merging.finish(findings);
    // No country is named within a person's name.
    taken.sort_by_key(|hit| (hit.paragraph, hit.span.start));
    let is_within = |mention: &Mention| {
        let begins_before =
            |hit: &&Hit| (hit.paragraph, hit.span.start) <= (mention.paragraph, mention.span.start);
        let last = taken.partition_point(begins_before).checked_sub(1);
        last.is_some_and(|last| {
            let hit = taken[last];
            hit.paragraph == mention.paragraph
                && hit.span != mention.span
                && holds(&hit.span, &mention.span)
        })
    };
    findings
        .mentions
        .retain(|mention| mention.field != &country::FIELD || !is_within(mention));
    findings
        .mentions
        .sort_by_key(|mention| (mention.paragraph, mention.span.start, mention.span.end));
}

/// Merges the user's organizations, instruments and topics over those that were found, and hides what is to be hidden.
fn others(reading: &Reading, findings: &mut Findings) {
    let Some(ready) = &reading.own.0 else {
        return;
    };
    let hits = ready.hits(reading, &ready.names);
    for kind in [Kind::Organization, Kind::Instrument] {
        let of_kind = hits.iter().filter(|hit| ready.entry(hit).kind == kind);
        let of_kind: Vec<&Hit> = of_kind.collect();
        let mut merging = Merging::new(ready, reading, field_of(kind), findings);
        merging.take(&of_kind);
        // Whom the user calls a person is no organization.
        if kind == Kind::Organization {
            for hit in &hits {
                if ready.entry(hit).kind == Kind::Person {
                    merging.give_way(hit);
                }
            }
        }
        merging.finish(findings);
    }
    let known: FxHashSet<(usize, usize, String)> = findings
        .mentions
        .iter()
        .filter(|mention| mention.field == &topic::FIELD)
        .map(|mention| {
            (
                mention.paragraph,
                mention.span.start,
                mention.value.to_string(),
            )
        })
        .collect();
    for hit in ready.hits(reading, &ready.terms) {
        let value = ready.entry(&hit).value.clone();
        if !known.contains(&(hit.paragraph, hit.span.start, value)) {
            findings.mentions.push(ready.mention(&hit, &topic::FIELD));
        }
    }
    if !ready.hidden.is_empty() {
        let is_shown = |field: &Field, value: &str| !ready.is_hidden(field, value);
        findings
            .mentions
            .retain(|mention| is_shown(mention.field, &mention.value));
        findings
            .quotes
            .retain(|quote| is_shown(&speaker::FIELD, &quote.speaker));
    }
}

/// The user's names of one kind over the mentions of ours.
struct Merging<'a> {
    ready: &'a Ready,
    reading: &'a Reading<'a>,
    field: &'static Field,
    /// Our mentions of the field by paragraph: number in the findings, span, value.
    ours: Vec<Vec<(usize, Range<usize>, Value)>>,
    /// How often the article gives a value by a name of several words.
    in_full: FxHashMap<Value, usize>,
    /// Ours that give way.
    gone: FxHashSet<usize>,
    added: Vec<Mention>,
    /// What our values are called by the user; none where two of the user's values claim one.
    renamed: FxHashMap<Value, Option<String>>,
}

impl<'a> Merging<'a> {
    fn new(
        ready: &'a Ready,
        reading: &'a Reading<'a>,
        field: &'static Field,
        findings: &Findings,
    ) -> Merging<'a> {
        let mut ours = vec![Vec::new(); reading.paragraphs.len()];
        let mut in_full: FxHashMap<Value, usize> = FxHashMap::default();
        for (mention_idx, mention) in findings.mentions.iter().enumerate() {
            if mention.field != field || mention.paragraph >= ours.len() {
                continue;
            }
            let (span, value) = (mention.span.clone(), mention.value.clone());
            if is_full(reading, mention.paragraph, &span) {
                *in_full.entry(value.clone()).or_default() += 1;
            }
            ours[mention.paragraph].push((mention_idx, span, value));
        }
        for places in &mut ours {
            places.sort_by_key(|(_, span, _)| (span.start, span.end));
        }
        Merging {
            ready,
            reading,
            field,
            ours,
            in_full,
            gone: FxHashSet::default(),
            added: Vec::new(),
            renamed: FxHashMap::default(),
        }
    }

    /// Our mentions that share characters with a hit and have not given way.
    fn beside(&self, hit: &Hit) -> Vec<(usize, Range<usize>, Value)> {
        let places = &self.ours[hit.paragraph];
        let from = places.partition_point(|(_, span, _)| span.end <= hit.span.start);
        let beside = places[from..]
            .iter()
            .take_while(|(_, span, _)| span.start < hit.span.end);
        beside
            .filter(|(mention_idx, span, _)| {
                overlap(span, &hit.span) && !self.gone.contains(mention_idx)
            })
            .cloned()
            .collect()
    }

    /// Takes the hits for mentions, but for those that are parts of other names. Returns those that were taken.
    fn take<'h>(&mut self, hits: &[&'h Hit]) -> Vec<&'h Hit> {
        let mut taken = Vec::new();
        for hit in hits {
            let beside = self.beside(hit);
            if beside
                .iter()
                .any(|(_, span, value)| self.belongs(hit, span, value))
            {
                continue;
            }
            let own = &self.ready.entry(hit).value;
            for (mention_idx, span, value) in beside {
                if self.is_other(hit, &span) {
                    continue;
                }
                self.let_go(hit.paragraph, mention_idx, &span, &value);
                if holds(&span, &hit.span) && !self.ready.people.contains(&*value) && value != *own
                {
                    let renamed = self
                        .renamed
                        .entry(value)
                        .or_insert_with(|| Some(own.clone()));
                    *renamed = renamed.take().filter(|other| other == own);
                }
            }
            self.added.push(self.ready.mention(hit, self.field));
            taken.push(*hit);
        }
        taken
    }

    /// Whether a hit stands in a longer name, which is another's: "Zork Holdings Inc" has to do with Zork, and both are given.
    fn is_other(&self, hit: &Hit, span: &Range<usize>) -> bool {
        self.field != &person::FIELD && *span != hit.span && holds(span, &hit.span)
    }

    /// Whether a hit is part of what our rules took, rightly, for a longer name or for somebody else.
    fn belongs(&self, hit: &Hit, span: &Range<usize>, value: &Value) -> bool {
        let is_longer = *span != hit.span && holds(span, &hit.span);
        if is_longer {
            let is_person = self.field == &person::FIELD;
            // "Mary Jane Roe" is not Jane Roe; in "Jane Roe Sees Steel Rise" our rules read too far.
            return *value == self.ready.entry(hit).value
                || is_person && (hit.n_words < 2 || span.start < hit.span.start && hit.is_led);
        }
        // "Roe" is who the article has named in full, if that is somebody else.
        hit.n_words < 2
            && *value != self.ready.entry(hit).value
            && !self.renamed.contains_key(value)
            && self.is_named_in_full(value)
    }

    fn is_named_in_full(&self, value: &Value) -> bool {
        self.in_full.get(value).is_some_and(|n_full| *n_full > 0)
    }

    /// One of ours gives way.
    fn let_go(&mut self, paragraph: usize, mention_idx: usize, span: &Range<usize>, value: &Value) {
        if self.gone.insert(mention_idx)
            && is_full(self.reading, paragraph, span)
            && let Some(n_full) = self.in_full.get_mut(value)
        {
            *n_full -= 1;
        }
    }

    /// Lets our mentions go that lie within a name of another kind.
    fn give_way(&mut self, hit: &Hit) {
        for (mention_idx, span, value) in self.beside(hit) {
            // "Ford" may be the maker or, once he has been named in full, the man.
            let is_else = hit.n_words < 2 && span == hit.span && self.is_named_in_full(&value);
            if holds(&hit.span, &span) && !is_else {
                self.let_go(hit.paragraph, mention_idx, &span, &value);
            }
        }
    }

    /// Puts the findings in order: ours that gave way are gone, the others have the user's values.
    fn finish(self, findings: &mut Findings) {
        let mut mention_idx = 0;
        findings.mentions.retain(|_| {
            mention_idx += 1;
            !self.gone.contains(&(mention_idx - 1))
        });
        for mention in &mut findings.mentions {
            if mention.field == self.field
                && let Some(Some(value)) = self.renamed.get(&mention.value)
            {
                mention.value = Value::Owned(value.clone());
            }
        }
        findings.mentions.extend(self.added);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::article::{Article, Published};
    use crate::extract::{extract, resolve};

    fn own(toml: &str) -> Own {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), toml).unwrap();
        let lists = crate::lists::read(file.path(), &resolve);
        Own::new(lists.unwrap_or_else(|faults| panic!("{faults}")))
    }

    const ROE: &str = r#"
        [[person]]
        name = "Jane Roe"
        aliases = ["J. Q. Roe", "the Steel Lady", "Roe"]
    "#;

    /// What the fields of that names give for paragraphs: the words with their values, and who is quoted.
    fn found(toml: &str, fields: &[&str], text: &str) -> String {
        let article = Article {
            title: "Trade notes".to_string(),
            published: Some(Published::day(date(2022, 6, 1))),
            paragraphs: text.split('\n').map(str::to_string).collect(),
            ..Article::default()
        };
        let findings = extract(&article, &own(toml));
        let mentions = findings.mentions.iter();
        let mut out: Vec<String> = mentions
            .filter(|mention| fields.contains(&mention.field.name))
            .map(|mention| {
                let words = &article.paragraphs[mention.paragraph][mention.span.clone()];
                format!("{} {}: {words}", mention.field.name, mention.value)
            })
            .collect();
        if fields.contains(&"speaker") {
            let quotes = findings.quotes.iter();
            out.extend(quotes.map(|quote| format!("quote of {}", quote.speaker)));
        }
        out.join("\n")
    }

    fn people(toml: &str, text: &str) -> String {
        found(toml, &["person", "speaker"], text)
    }

    #[test]
    fn people_of_the_lists_are_people_and_speak() {
        insta::assert_snapshot!(people(ROE, "Jane Roe met the Steel Lady's aides. The Steel Lady said steel was dear."), @r"
        person Jane Roe: Jane Roe
        person Jane Roe: the Steel Lady
        person Jane Roe: The Steel Lady
        speaker Jane Roe: The Steel Lady
        quote of Jane Roe
        ");
        insta::assert_snapshot!(people(ROE, "J. Q. Roe spoke. Roe said steel was dear, and she left."), @r"
        person Jane Roe: J. Q. Roe
        person Jane Roe: Roe
        speaker Jane Roe: Roe
        quote of Jane Roe
        ");
        insta::assert_snapshot!(people("[[person]]\nname = \"Zork Blip\"", "Prices fell. Zork Blip said so.\nLater Blip left."), @r"
        person Zork Blip: Zork Blip
        person Zork Blip: Blip
        ");
        insta::assert_snapshot!(people("[[person]]\nname = \"Mint Harbour\"", "A talk by Mint Harbour followed.\nHarbour said tea was dear."), @"person Mint Harbour: Mint Harbour");
    }

    #[test]
    fn others_of_the_same_name_stay_themselves() {
        insta::assert_snapshot!(people(ROE, "Richard Roe met Anne Roe-Smith. Mr. Roe said steel was dear."), @r"
        person Richard Roe: Richard Roe
        person Anne Roe-Smith: Anne Roe-Smith
        person Richard Roe: Roe
        speaker Richard Roe: Roe
        quote of Richard Roe
        ");
        insta::assert_snapshot!(people(ROE, "Mary Jane Roe said steel was dear."), @r"
        person Mary Jane Roe: Mary Jane Roe
        speaker Mary Jane Roe: Mary Jane Roe
        quote of Mary Jane Roe
        ");
        insta::assert_snapshot!(people(ROE, "The roe of a sturgeon is dear, said the steel lady."), @"");
    }

    #[test]
    fn the_users_value_is_the_value() {
        let potus = "[[person]]\nname = \"Donald J. Trump\"\naliases = [\"Donald Trump\"]";
        insta::assert_snapshot!(people(potus, "President Donald Trump left.\nTrump said tariffs would stay."), @r"
        person Donald J. Trump: Donald Trump
        person Donald J. Trump: Trump
        speaker Donald J. Trump: Trump
        quote of Donald J. Trump
        ");
        insta::assert_snapshot!(people(potus, "The tariffs of President Trump angered Xi."), @r"
        person Donald J. Trump: Trump
        person Xi Jinping: Xi
        ");
    }

    #[test]
    fn offices_lead_to_their_holders() {
        let roe = "[[person]]\nname = \"Jane Roe\"\noffices = [{ country = \"Iceland\", office = \"trade minister\", from = 2021, to = 2024 }]";
        insta::assert_snapshot!(people(roe, "The tariffs of Trade Minister Roe stayed."), @"person Jane Roe: Roe");
        insta::assert_snapshot!(people(roe, "Tariffs angered Roe, who left."), @"person Jane Roe: Roe");
        insta::assert_snapshot!(people(roe, "Jane Roe met Karl Vosper. The trade minister said talks would go on."), @r"
        person Jane Roe: Jane Roe
        person Karl Vosper: Karl Vosper
        speaker Jane Roe: The trade minister
        quote of Jane Roe
        ");
        // Nobody need be named for an office with its country.
        insta::assert_snapshot!(people(roe, "Iceland's trade minister said talks would go on."), @r"
        speaker Jane Roe: Iceland's trade minister
        person Jane Roe: Iceland's trade minister
        quote of Jane Roe
        ");
        let long_ago = roe.replace("from = 2021, to = 2024", "from = 1991, to = 1994");
        insta::assert_snapshot!(people(&long_ago, "The tariffs of Trade Minister Roe stayed."), @"person Roe: Roe");
    }

    #[test]
    fn organizations_and_instruments() {
        let lists = r#"
            [[organization]]
            name = "Northern Steel Guild"
            aliases = ["NSG", "Steel Guild"]
            [[instrument]]
            name = "North Sea Trade Accord"
            aliases = ["NSTA", "Jane Roe Act"]
            [[organization]]
            name = "Zork"
        "#;
        let found = |text: &str| found(lists, &["person", "organization", "instrument"], text);
        insta::assert_snapshot!(found("The NSG and the N.S.G. praised the NSTA. The nsg did not."), @r"
        organization Northern Steel Guild: NSG
        organization Northern Steel Guild: N.S.G.
        instrument North Sea Trade Accord: NSTA
        ");
        insta::assert_snapshot!(found("The Steel Guild sued. The Global Steel Guild Association did not."), @r"
        organization Northern Steel Guild: Steel Guild
        organization Global Steel Guild Association: Global Steel Guild Association
        organization Northern Steel Guild: Steel Guild
        ");
        insta::assert_snapshot!(found("The Jane Roe Act passed. Zork Holdings Inc sued Zork."), @r"
        instrument North Sea Trade Accord: Jane Roe Act
        organization Zork: Zork
        organization Zork Holdings Inc: Zork Holdings Inc
        organization Zork: Zork
        ");
    }

    fn firms(lists: &str, text: &str) -> String {
        found(lists, &["organization"], text)
    }

    const FIRMS: &str = r#"
        [[organization]]
        name = "Losa Hualung Precision Machinery Co., Ltd."
        aliases = ["Hualung Precision"]
        [[organization]]
        name = "Kestrelby"
        aliases = ["Kestrelby Hydraulics, Inc."]
        [[organization]]
        name = "АО «Станкоквил-Север»"
        [[organization]]
        name = "Target Inc"
        [[organization]]
        name = "Quill & Losa-Trading GmbH"
        [[organization]]
        name = "Vosperby AG"
        [[organization]]
        name = "Vosperby Ltd"
    "#;

    #[test]
    fn legal_forms_may_be_spelled_in_any_way() {
        for form in [
            "",
            " Co Ltd",
            " Co., Ltd.",
            " Co. , Ltd",
            " Company Limited",
            " Co., Limited",
            " Limited",
        ] {
            let text = format!("It fined Losa Hualung Precision Machinery{form} in June.");
            let found = firms(FIRMS, &text);
            let value = "organization Losa Hualung Precision Machinery Co., Ltd.: Losa";
            assert!(found.starts_with(value) && !found.contains('\n'), "{found}");
        }
        insta::assert_snapshot!(firms(FIRMS, "Kestrelby Hydraulics Inc. sued. Kestrelby Hydraulics won."), @"
        organization Kestrelby: Kestrelby Hydraulics Inc
        organization Kestrelby: Kestrelby Hydraulics
        ");
        insta::assert_snapshot!(firms(FIRMS, "АО Станкоквил Север, АО «Станкоквил-Север», Quill and Losa Trading, “Quill” & Losa Trading GmbH."), @"
        organization АО «Станкоквил-Север»: АО Станкоквил Север
        organization АО «Станкоквил-Север»: АО «Станкоквил-Север»
        organization Quill & Losa-Trading GmbH: Quill and Losa Trading
        organization Quill & Losa-Trading GmbH: Quill” & Losa Trading GmbH
        ");
    }

    #[test]
    fn the_users_names_are_given_within_longer_ones() {
        insta::assert_snapshot!(firms(FIRMS, "It fined Hualung Precision Machinery Co., Ltd. in June."), @"
        organization Losa Hualung Precision Machinery Co., Ltd.: Hualung Precision
        organization Hualung Precision Machinery Ltd: Hualung Precision Machinery Co., Ltd
        ");
        // Another legal form is another firm, which may have to do with it.
        insta::assert_snapshot!(firms(FIRMS, "It fined Kestrelby Hydraulics GmbH in June."), @"
        organization Kestrelby: Kestrelby Hydraulics
        organization Kestrelby Hydraulics GmbH: Kestrelby Hydraulics GmbH
        ");
    }

    #[test]
    fn namesakes_are_told_by_their_legal_forms() {
        insta::assert_snapshot!(firms(FIRMS, "It fined Vosperby AG and Vosperby Limited."), @"
        organization Vosperby AG: Vosperby AG
        organization Vosperby Ltd: Vosperby Limited
        ");
    }

    #[test]
    fn words_are_firms_where_the_article_says_so() {
        insta::assert_snapshot!(firms(FIRMS, "Target dates were missed. Target missed them."), @"");
        insta::assert_snapshot!(firms(FIRMS, "Target Inc. missed dates. In June Target sold out, a Target Field guard said."), @"
        organization Target Inc: Target Inc
        organization Target Inc: Target
        ");
    }

    #[test]
    fn topics() {
        let lists = "[[topic]]\npath = \"sectors/green-steel\"\nterms = [\"green steel\", \"fossil-free mill\"]\n[[topic]]\npath = \"trade-remedies/section-232\"\nterms = [\"steel wall\"]";
        insta::assert_snapshot!(found(lists, &["topic"], "Green steel is made in fossil free mills.\nThe steel wall stays."), @r"
        topic sectors/green-steel: Green steel
        topic sectors/metals/steel: steel
        topic sectors/green-steel: fossil free mills
        topic sectors/metals/steel: steel
        topic trade-remedies/section-232: steel wall
        ");
    }

    #[test]
    fn hidden_values_are_not_given() {
        let text = "Jane Roe met Karl Vosper in Japan. Vosper said the WTO would rule on anti-dumping duties under Section 232.";
        let all = &[
            "person",
            "speaker",
            "country",
            "organization",
            "instrument",
            "topic",
        ];
        insta::assert_snapshot!(found("", all, text), @r"
        person Jane Roe: Jane Roe
        person Karl Vosper: Karl Vosper
        country Japan: Japan
        person Karl Vosper: Vosper
        speaker Karl Vosper: Vosper
        topic trade: WTO
        topic trade-policy/wto: WTO
        organization World Trade Organization: WTO
        topic trade-remedies/anti-dumping: anti-dumping
        instrument Anti-dumping duty: anti-dumping duties
        topic trade-remedies/section-232: Section 232
        instrument Section 232: Section 232
        quote of Karl Vosper
        ");
        let hide = "[hide]\nperson = [\"Karl Vosper\"]\ncountry = [\"jp\"]\ninstrument = [\"s232\", \"Section 232\"]\norganization = [\"WTO\"]\ntopic = [\"trade-remedies\"]";
        insta::assert_snapshot!(found(hide, all, text), @r"
        person Jane Roe: Jane Roe
        topic trade: WTO
        topic trade-policy/wto: WTO
        instrument Anti-dumping duty: anti-dumping duties
        ");
        insta::assert_snapshot!(people("[hide]\nspeaker = [\"Karl Vosper\"]", text), @r"
        person Jane Roe: Jane Roe
        person Karl Vosper: Karl Vosper
        person Karl Vosper: Vosper
        ");
    }

    #[test]
    fn names_that_share_words_with_other_things() {
        let lists = "[[person]]\nname = \"Jane Ireland\"\n[[person]]\nname = \"Steel Wall\"";
        insta::assert_snapshot!(found(lists, &["person", "country", "organization"], "Jane Ireland left Ireland. Steel Wall stayed."), @r"
        person Jane Ireland: Jane Ireland
        country Ireland: Ireland
        person Steel Wall: Steel Wall
        ");
    }

    #[test]
    fn lists_that_name_nothing_change_nothing() {
        let text = "Jane Roe said the WTO would rule.";
        assert_eq!(
            people("# Nothing yet.", text),
            people("[[person]]\nname = \"Zork Blip\"", text)
        );
        assert!(Own::new(Lists::default()).0.is_none());
    }

    proptest! {
        #[test]
        fn spans_lie_in_the_text(paragraphs in prop::collection::vec("(Roe|Jane|the|The|Steel|Lady|J\\.|Q\\.|-|’s|said|NSG|Mr\\.|é|,|\"| |.){0,30}", 0..4)) {
            let lists = format!("{ROE}\n[[organization]]\nname = \"Lady Roe\"\naliases = [\"NSG\", \"é Roe\"]\n[hide]\nperson = [\"Mr Roe\"]");
            let article = Article { paragraphs, ..Article::default() };
            let findings = extract(&article, &own(&lists));
            for mention in &findings.mentions {
                let paragraph = &article.paragraphs[mention.paragraph];
                prop_assert!(paragraph.get(mention.span.clone()).is_some_and(|words| !words.is_empty()));
            }
            for quote in &findings.quotes {
                prop_assert!(article.paragraphs[quote.paragraph].get(quote.content.clone()).is_some());
            }
        }
    }
}
