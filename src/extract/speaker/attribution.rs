//! Paragraphs to quotes and speaker mentions, read in order: who speaks at each cue, and whose words go on without one.

use std::ops::Range;

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::FIELD;
use super::chunks::{self, Article, Chunk, Name, Noun, Pronoun, Verb, What};
use super::content::{Content, Sides, content};
use super::lexicon::{self, Form, Judging, Takes};
use super::paragraph::{self, Paragraph, gender_of_noun};
use super::people::{Office, Party, People, Place, Reach, Recent, Weight};
use super::quotation::{self, Quotation};
use super::source::{Clauses, Members, Source};
use super::turn::{self, Part, Turn};
use crate::article::{Findings, Mention, Quote};
use crate::extract::known::marks;
use crate::extract::person::{self, Gender, Holders, Meant, Phrase};
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::one_of;

/// What is known of the article beside its paragraphs.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) title: &'a Text<'a>,
    /// Of publication.
    pub(super) year: Option<i16>,
    pub(super) holders: Holders<'a>,
}

/// Adds the speakers of all paragraphs to the findings.
pub(super) fn attribute(
    setting: Setting,
    paragraphs: &[Paragraph],
    people: People,
    findings: &mut Findings,
) {
    let mut article = Listener {
        setting,
        people,
        findings,
        n_sentences: 0,
        carried: None,
        announced: None,
        asker: None,
        interviewed: None,
        labels: FxHashMap::default(),
        transcript: Transcript::of(paragraphs),
        turn_of: None,
    };
    let mut before: Option<&Paragraph> = None;
    for (ordinal, paragraph) in paragraphs.iter().enumerate() {
        article.paragraph(ordinal, paragraph);
        if let Some(before) = before.filter(|before| is_quotation(before)) {
            article.sign(ordinal, paragraph, before);
        }
        before = Some(paragraph);
    }
}

/// The article up to the paragraph that is being read.
struct Listener<'a> {
    setting: Setting<'a>,
    people: People,
    findings: &'a mut Findings,
    n_sentences: usize,
    /// Whose words go on where a paragraph is a quotation and names no source.
    carried: Option<usize>,
    /// Whose words the next paragraph is, with or without marks, unless it names a source.
    announced: Option<usize>,
    /// Who last put a question to somebody, and in which sentence.
    asker: Option<(usize, usize)>,
    /// Who answers where `Q:` and `A:` stand at the heads of paragraphs, if that is known; nothing before the first question.
    interviewed: Option<Option<usize>>,
    /// Who has the office with which a turn of a transcript begins (`The Chair`), or such initials.
    labels: FxHashMap<String, usize>,
    transcript: Transcript,
    /// Whose turn the paragraph before was, in a transcript.
    turn_of: Option<usize>,
}

/// What an article is made of.
#[derive(Clone, Copy, Default)]
struct Transcript {
    /// Whether any paragraph is a turn by itself.
    has_any_turn: bool,
    /// Whether its paragraphs are turns, so that one without a name goes on with that before.
    has_turns: bool,
    /// Whether names at the heads of paragraphs have a period behind them: `Mr. Neal. Thank you.`
    is_record: bool,
}

impl Transcript {
    fn of(paragraphs: &[Paragraph]) -> Transcript {
        const LEAST: usize = 3;
        let n_records = paragraphs
            .iter()
            .filter(|paragraph| turn::record(paragraph).is_some())
            .count();
        let n_turns = paragraphs
            .iter()
            .filter(|paragraph| turn::turn(paragraph).is_some())
            .count();
        let has_any_turn = n_turns > 0;
        let is_record = n_records >= LEAST;
        let n_turns = n_turns + if is_record { n_records } else { 0 };
        Transcript {
            has_any_turn,
            has_turns: n_turns >= LEAST && LEAST * n_turns >= paragraphs.len(),
            is_record,
        }
    }
}

/// Somebody who speaks in a paragraph: the phrase that tells and the person.
struct Speaker {
    person: usize,
    tokens: Range<usize>,
    rule: &'static str,
}

/// What is known of the one who is looked for.
struct Asked {
    reach: Reach,
    /// Who it cannot be.
    others: SmallVec<[usize; 2]>,
}

/// What a paragraph has told so far.
#[derive(Default)]
struct Heard {
    /// Whether anybody spoke, known or not.
    any: bool,
    /// Who spoke last.
    last: Option<usize>,
    /// By quotation: whether it has a source.
    used: SmallVec<[bool; 8]>,
    /// Mentions of the paragraph, each once.
    speakers: SmallVec<[(usize, Range<usize>); 2]>,
    /// People whom the paragraph names, sorted; gathered when somebody speaks.
    named: Option<SmallVec<[usize; 4]>>,
}

impl Listener<'_> {
    fn paragraph(&mut self, ordinal: usize, paragraph: &Paragraph) {
        self.n_sentences += 1;
        if paragraph.chunks.is_empty() {
            self.n_sentences += paragraph.text.sentences.len().saturating_sub(1);
        }
        let mut heard = Heard {
            used: smallvec![false; paragraph.quotations.len()],
            ..Heard::default()
        };
        let Transcript {
            has_any_turn,
            is_record,
            ..
        } = self.transcript;
        let turn = has_any_turn.then(|| turn::turn(paragraph)).flatten();
        let record = || is_record.then(|| turn::record(paragraph)).flatten();
        let turn = turn.or_else(record);
        let turn_before = self.turn_of.take();
        if let Some(turn) = turn {
            self.take_turn(ordinal, paragraph, turn, &mut heard);
        }
        let mut is_turn = turn.is_some() || self.take_turn_again(ordinal, paragraph, &mut heard);
        // Whoever asks is none of those whose turns have their names.
        let asks = has_any_turn && !is_turn && turn::asks(paragraph.text);
        if asks {
            self.announced = None;
        }
        let turn_before = turn_before.filter(|_| !is_turn && !asks);
        if let Some(person) = turn_before.filter(|_| turn::goes_on(paragraph.text)) {
            is_turn = true;
            heard.any = true;
            heard.last = Some(person);
            self.block(ordinal, paragraph, person, &mut heard);
        }
        self.turn_of = heard.last.filter(|_| is_turn && self.transcript.has_turns);
        // What somebody in the words of an answer says is not told.
        let answered = self.interview(ordinal, paragraph, &mut heard) || asks;
        let mut names = paragraph.names.as_slice();
        for (idx, chunk) in paragraph.chunks.iter().enumerate() {
            let sentence = self.n_sentences;
            let place = || Place {
                paragraph: ordinal,
                sentence,
                chunk: idx,
            };
            match chunk.what {
                What::Stop => {
                    self.n_sentences += 1;
                    continue;
                }
                What::Person(name) => {
                    self.notice_name(paragraph, idx, name, place());
                    continue;
                }
                What::Noun(noun) => {
                    while let Some((_, rest)) = names
                        .split_first()
                        .filter(|(name, _)| name.tokens.start < chunk.tokens.start)
                    {
                        names = rest;
                    }
                    self.notice_noun(paragraph, idx, noun, names, place());
                    // Only words that are somebody's may be told: `his claim`.
                    if noun.article != Article::Owned {
                        continue;
                    }
                }
                What::Pronoun(pronoun @ (Pronoun::He | Pronoun::She)) => {
                    self.notice_pronoun(paragraph, idx, pronoun, place());
                    continue;
                }
                What::Verb(verb)
                    if verb.passive
                        && is_verb_of(paragraph, idx, &["asked", "pressed", "questioned"]) =>
                {
                    self.ask(paragraph, idx, place());
                }
                What::Verb(_) | What::According | What::Colon | What::Dash => {}
                // No other chunk is a cue.
                _ => continue,
            }
            if !is_turn
                && !answered
                && let Some(source) = source(paragraph, idx, &chunk.what)
            {
                self.hear(paragraph, idx, &source, place(), &mut heard);
            }
        }
        self.carry(ordinal, paragraph, &mut heard);
    }

    /// Gives an answer to the one of whom the article or its title told before the first question, and a question to whom it
    /// names at its head; says whether it did.
    fn interview(&mut self, ordinal: usize, paragraph: &Paragraph, heard: &mut Heard) -> bool {
        let words = turn::PART_TOKENS..paragraph.text.tokens.len();
        let part = turn::part(paragraph.text);
        if part == Some(Part::Question) && self.interviewed.is_none() {
            let only = self.people.only();
            let only = only.or_else(|| self.people.only_in(self.setting.title));
            self.interviewed = Some(only);
        }
        match (part, self.interviewed) {
            (Some(Part::Question), _) => {
                let Some((name, words)) = turn::asker(paragraph) else {
                    return false;
                };
                let name = &paragraph.names[name];
                let speaker = Speaker {
                    person: name.person,
                    tokens: name.tokens.clone(),
                    rule: "turn",
                };
                let turn = Turn { chunk: 0, words };
                self.speak(ordinal, paragraph, turn, &speaker, heard);
                return true;
            }
            (Some(Part::Answer), Some(Some(person))) if !words.is_empty() => {
                let speaker = Speaker {
                    person,
                    tokens: 0..1,
                    rule: "turn",
                };
                heard.any = true;
                heard.last = Some(person);
                self.mention(ordinal, paragraph, &speaker, heard);
                let contents = [Content::Indirect(words)];
                self.quotes(ordinal, paragraph, &speaker, &contents, None);
                return true;
            }
            _ => {}
        }
        false
    }

    /// Remembers whom a name speaks of.
    fn notice_name(&mut self, paragraph: &Paragraph, idx: usize, name: usize, place: Place) {
        let weight = weight(&paragraph.chunks, idx);
        let person = paragraph.names[name].person;
        self.people.note(Recent {
            person: Some(person),
            place,
            weight,
            gender: None,
        });
        if let Some([and, other]) = paragraph.chunks.get(idx + 1..idx + 3)
            && and.what == What::And
            && let What::Person(other) = other.what
        {
            let persons = [person, paragraph.names[other].person];
            self.people
                .note_pair(&persons, place, weight >= Weight::Embedded);
        }
    }

    /// Remembers whom a noun phrase speaks of; `names` are those from its first token on.
    fn notice_noun(
        &mut self,
        paragraph: &Paragraph,
        idx: usize,
        noun: Noun,
        names: &[Name],
        place: Place,
    ) {
        let Paragraph { text, chunks, .. } = paragraph;
        let tokens = &chunks[idx].tokens;
        // Few phrases are of anybody: what only those need to know is asked last.
        let weight = || weight(chunks, idx);
        for name in names
            .iter()
            .take_while(|name| name.tokens.end <= tokens.end)
        {
            let opens = idx.checked_sub(1).is_none_or(|before| {
                matches!(
                    chunks[before].what,
                    What::Stop | What::Subordinator | What::And
                )
            });
            let owner = noun.article == Article::Owned && (opens || weight() >= Weight::Embedded);
            self.people.note(Recent {
                person: Some(name.person),
                place,
                weight: if owner { Weight::Owner } else { Weight::Other },
                gender: None,
            });
        }
        if let Some(word) = lexicon::of(&text.tokens[noun.head as usize])
            && (word.unnamed || !word.roles.is_empty())
        {
            let is_named = is_apposition(chunks, idx)
                || is_named_next(chunks, idx)
                || self.notice_named_behind(paragraph, idx, place);
            // `the 64-year-old`: whoever was just spoken of.
            let aged = || {
                one_of!(
                    text.fold(noun.head as usize),
                    "boy" | "girl" | "guy" | "man" | "person" | "woman"
                ) && noun.article == Article::Definite
                    && tokens.clone().any(|at| is_age(text, at))
            };
            let is_one = !is_named && !is_plural(text, noun) && !is_reporter(text, noun);
            let weight = || weight().max(weight_of_met(paragraph, idx));
            let is_known = !word.unnamed && is_certain_one(noun) && weight() >= Weight::Subject;
            if (word.unnamed || is_known || is_somebody(paragraph, idx, noun))
                && is_one
                && !aged()
                && weight() >= Weight::Embedded
            {
                let asked = Asked {
                    reach: Reach::Dialogue,
                    others: SmallVec::new(),
                };
                let known = is_known
                    .then(|| self.of_noun(paragraph, idx, noun, place, &asked))
                    .flatten();
                self.people.note(Recent {
                    person: known.map(|(person, _)| person),
                    place,
                    weight: weight(),
                    gender: gender_of_noun(text.word(noun.head as usize)),
                });
            }
            if noun.article == Article::Indefinite && !is_named {
                self.people.meet(&word.roles);
            }
        }
        if self.people.has_pair() && is_plural(text, noun) && weight() >= Weight::Embedded {
            self.people.note_several();
        }
    }

    /// Remembers who a noun is said to be, and says whether the sentence tells: `The owner is Abe`.
    fn notice_named_behind(&mut self, paragraph: &Paragraph, idx: usize, place: Place) -> bool {
        let name = named_behind(paragraph.text, &paragraph.chunks, idx);
        if let Some(name) = name {
            self.people.note(Recent {
                person: Some(paragraph.names[name].person),
                place,
                weight: Weight::Subject,
                gender: None,
            });
        }
        name.is_some()
    }

    /// Remembers whom `he` or `she` speaks of.
    fn notice_pronoun(
        &mut self,
        paragraph: &Paragraph,
        idx: usize,
        pronoun: Pronoun,
        place: Place,
    ) {
        let weight = weight(&paragraph.chunks, idx);
        if weight < Weight::Embedded {
            return;
        }
        let asked = Asked {
            reach: Reach::SameSentence,
            others: SmallVec::new(),
        };
        let gender = match pronoun {
            Pronoun::He => Some(Gender::Male),
            Pronoun::She => Some(Gender::Female),
            Pronoun::They | Pronoun::Other => None,
        };
        let person = self
            .pronoun(pronoun, place, &asked)
            .map(|(person, _)| person);
        if person.is_some() || gender.is_some() {
            self.people.note(Recent {
                person,
                place,
                weight,
                gender: gender.filter(|_| person.is_none()),
            });
        }
    }

    /// Remembers who was asked: `Abe was asked about it. “No,” he said.`
    fn ask(&mut self, paragraph: &Paragraph, verb_idx: usize, place: Place) {
        let clauses = Clauses {
            text: paragraph.text,
            chunks: &paragraph.chunks,
        };
        if let Some([subject]) = clauses.subject(verb_idx, 0).as_deref()
            && let What::Person(name) = paragraph.chunks[*subject].what
        {
            self.people.note(Recent {
                person: Some(paragraph.names[name].person),
                place: Place {
                    chunk: *subject,
                    ..place
                },
                weight: Weight::Speaker,
                gender: None,
            });
        }
    }

    /// Notes what a source says at a cue.
    fn hear(
        &mut self,
        paragraph: &Paragraph,
        cue_idx: usize,
        source: &Source,
        place: Place,
        heard: &mut Heard,
    ) {
        let cue = &paragraph.chunks[cue_idx];
        let takes = match cue.what {
            What::Verb(verb)
                if verb.cue == Some(Takes::Anything) && !is_means(paragraph, cue_idx) =>
            {
                Takes::Anything
            }
            What::Verb(verb) if utters(paragraph, cue_idx, verb) => Takes::Anything,
            // `won by promising a tariff`: a means, unless it is told what was said.
            What::Verb(verb) if verb.cue == Some(Takes::Anything) => Takes::Clause,
            What::Verb(verb) => verb.cue.unwrap_or(Takes::Quotation),
            _ => Takes::Anything,
        };
        let sides = Sides {
            text: paragraph.text,
            chunks: &paragraph.chunks,
            quotations: &paragraph.quotations,
            leads_on: paragraph.leads_on,
        };
        let Some(mut contents) = content(sides, cue_idx, &source.members, takes) else {
            return;
        };
        // What goes over into another's words is not told again with these.
        let is_new = |content: &Content| match content {
            Content::Direct(quotation) => !heard.used[*quotation],
            Content::Indirect(_) | Content::SpokenOf(_) => true,
        };
        if heard.used.contains(&true) && contents.iter().any(is_new) {
            contents.retain(|content| is_new(content));
        }
        heard.any = true;
        for content in &contents {
            match content {
                Content::Direct(quotation) => heard.used[*quotation] = true,
                Content::Indirect(tokens) => {
                    let from = paragraph
                        .quotations
                        .partition_point(|quotation| quotation.tokens.start < tokens.start);
                    let within = paragraph.quotations[from..]
                        .iter()
                        .take_while(|quotation| quotation.tokens.end <= tokens.end);
                    let n_within = within.count();
                    heard.used[from..from + n_within].fill(true);
                }
                Content::SpokenOf(_) => {}
            }
        }
        // `lost, by her own count, only six`: whoever the sentence is about.
        let by = cue_idx.checked_sub(1).is_some_and(|before| {
            paragraph
                .text
                .is(paragraph.chunks[before].tokens.start, "by")
        });
        let mut asked = match cue.what {
            What::Noun(_) if by => Asked {
                reach: Reach::SameSentence,
                others: SmallVec::new(),
            },
            _ => Asked {
                reach: reach(paragraph, cue, &contents),
                others: others(paragraph, cue_idx, source, &contents),
            },
        };
        // Nobody answers his own question.
        if let Some((asker, sentence)) = self.asker
            && place.sentence <= sentence + ANSWER
            && is_verb_of(paragraph, cue_idx, ANSWERS)
        {
            asked.others.push(asker);
        }
        let mut persons = Members::new();
        for &member in &source.members {
            let place = Place {
                chunk: member,
                ..place
            };
            if matches!(paragraph.chunks[member].what, What::Pronoun(_)) {
                self.people.forget(place);
            }
            let rule = rule(paragraph, cue_idx, source, member);
            let speakers = self.resolve(paragraph, member, place, &asked, rule);
            let reported = rule == REPORTED;
            // `The mayor said Abe promised to pay` tells what Abe did.
            if reported && is_verb_of(paragraph, cue_idx, DEEDS) {
                continue;
            }
            if speakers.is_empty() && !reported {
                heard.last = None;
            }
            let weight = speaker_weight(paragraph, cue_idx, source, member);
            let recent = |person| Recent {
                person,
                place,
                weight,
                gender: None,
            };
            // Who is no person at all, as a ministry, does not stand in the way of a later `he`.
            // Whoever asked will not be the one who answers.
            if speakers.is_empty()
                && is_human(paragraph, member)
                && !matches!(paragraph.chunks[member].what, What::Noun(noun) if is_reporter(paragraph.text, noun))
                && !is_verb_of(paragraph, cue_idx, QUESTIONS)
            {
                self.people.note(recent(None));
            }
            for speaker in speakers {
                self.people.note(recent(Some(speaker.person)));
                persons.push(speaker.person);
                // Who only is reported to speak does not go on afterwards.
                if !reported || heard.last.is_none() {
                    heard.last = Some(speaker.person);
                }
                let marks = matches!(cue.what, What::Colon | What::Dash);
                let cue = (!marks).then(|| paragraph.text.span(cue.tokens.clone()));
                self.mention(place.paragraph, paragraph, &speaker, heard);
                if !contents.is_empty() {
                    self.end_before(place.paragraph, paragraph, &speaker, cue_idx);
                }
                self.quotes(place.paragraph, paragraph, &speaker, &contents, cue);
            }
        }
        self.asker = match persons[..] {
            [asker] if is_verb_of(paragraph, cue_idx, QUESTIONS) => {
                let asked = paragraph.chunks.get(cue_idx + 1);
                if let Some(What::Person(name)) = asked.map(|chunk| chunk.what) {
                    self.people.note(Recent {
                        person: Some(paragraph.names[name].person),
                        place: Place {
                            chunk: cue_idx + 1,
                            ..place
                        },
                        weight: Weight::Subject,
                        gender: None,
                    });
                }
                Some((asker, place.sentence))
            }
            _ => None,
        };
        if persons.len() > 1 {
            self.people.note_pair(&persons, place, true);
        }
    }

    /// The person whom a pronoun means, and in which paragraph before.
    fn pronoun(&self, pronoun: Pronoun, place: Place, asked: &Asked) -> Option<(usize, usize)> {
        let gender = match pronoun {
            Pronoun::He => Gender::Male,
            Pronoun::She => Gender::Female,
            Pronoun::They | Pronoun::Other => return None,
        };
        let Asked { reach, others } = asked;
        self.people.of_pronoun(gender, place, *reach, others)
    }

    /// The people whom a phrase means; several only where it says so (`both men`).
    fn resolve(
        &mut self,
        paragraph: &Paragraph,
        idx: usize,
        place: Place,
        asked: &Asked,
        rule: &'static str,
    ) -> SmallVec<[Speaker; 1]> {
        let chunk = &paragraph.chunks[idx];
        let speaker = |person, tokens, rule| Speaker {
            person,
            tokens,
            rule,
        };
        if is_several(paragraph, idx) {
            let they = matches!(chunk.what, What::Pronoun(_));
            let persons = self.people.of_pair(place, they).iter();
            return persons
                .map(|&person| speaker(person, chunk.tokens.clone(), "pair"))
                .collect();
        }
        let found = match chunk.what {
            What::Person(name) => {
                let name = &paragraph.names[name];
                Some((name.person, name.tokens.clone(), rule))
            }
            What::Pronoun(pronoun) => {
                // `according to him`
                let pronoun = match paragraph.text.word(chunk.tokens.start) {
                    "him" if rule == "according to" => Pronoun::He,
                    "her" if rule == "according to" => Pronoun::She,
                    _ => pronoun,
                };
                let mut others = in_opening(paragraph, idx);
                let is_another = |(_, distance): &(usize, usize)| *distance <= ANOTHER;
                let another = if others.is_empty() {
                    None
                } else {
                    others.extend_from_slice(&asked.others);
                    let reach = asked.reach;
                    self.pronoun(pronoun, place, &Asked { reach, others })
                        .filter(is_another)
                };
                another
                    .or_else(|| self.pronoun(pronoun, place, asked))
                    .map(|(person, distance)| {
                        (person, chunk.tokens.clone(), rule_of_pronoun(distance))
                    })
            }
            What::Noun(noun)
                if chunks::words(paragraph.text, noun) || introduces(paragraph, idx, noun) =>
            {
                match owner(paragraph, idx, noun) {
                    Some(Owner::Named(name)) => Some((name.person, name.tokens.clone(), "owner")),
                    // `In her own words, Abe could not stay`
                    Some(Owner::Pronoun(_))
                        if opens_sentence(&paragraph.chunks, idx.saturating_sub(1))
                            && let Some(name) = named_subject(paragraph, idx + 1) =>
                    {
                        Some((name.person, name.tokens.clone(), "owner"))
                    }
                    Some(Owner::Pronoun(pronoun)) => {
                        self.pronoun(pronoun, place, asked)
                            .map(|(person, distance)| {
                                let word = chunk.tokens.start..chunk.tokens.start + 1;
                                (person, word, rule_of_pronoun(distance))
                            })
                    }
                    None => None,
                }
            }
            What::Noun(noun) => self
                .of_noun(paragraph, idx, noun, place, asked)
                .map(|(person, rule)| (person, chunk.tokens.clone(), rule)),
            _ => None,
        };
        found
            .map(|(person, tokens, rule)| speaker(person, tokens, rule))
            .into_iter()
            .collect()
    }

    /// The person whom `the minister` means: who holds the office that it names with its country, or one of whom the article
    /// has told it, or the one just spoken of.
    fn of_noun(
        &mut self,
        paragraph: &Paragraph,
        idx: usize,
        noun: Noun,
        place: Place,
        asked: &Asked,
    ) -> Option<(usize, &'static str)> {
        let chunks = &paragraph.chunks;
        let tokens = chunks[idx].tokens.clone();
        let of = chunks.get(idx + 1).filter(|next| {
            next.what == What::Preposition && paragraph.text.is(next.tokens.start, "of")
        });
        let phrase = Phrase {
            text: paragraph.text,
            head: noun.head as usize,
            end: of
                .and(chunks.get(idx + 2))
                .map_or(tokens.end, |owner| owner.tokens.end),
            tokens,
        };
        let meant = person::in_office(&phrase, self.setting.year, self.setting.holders);
        if let Meant::Holder(holder) = meant {
            let person = self.people.number(&holder.value);
            self.people.learn_gender(person, holder.gender);
            return Some((person, "office"));
        }
        let mut office = office(paragraph, idx, noun)?;
        office.told |= matches!(meant, Meant::Somebody);
        let holder = self
            .people
            .of_office(&office, place, asked.reach, &asked.others);
        // `“It hums,” the engineer said`, of one whose trade nobody has told.
        let is_telling = asked.reach == Reach::Dialogue
            && matches!(meant, Meant::NoOffice)
            && of.is_none()
            && !office.several
            && !office.former
            && noun.article == Article::Definite;
        let only = || self.people.only_near(&office, place, &asked.others);
        let person = holder.or_else(|| is_telling.then(only).flatten())?;
        Some((person, "title"))
    }

    /// Notes a speaker, and the person at the same place when the paragraph does not name him otherwise.
    fn mention(
        &mut self,
        ordinal: usize,
        paragraph: &Paragraph,
        speaker: &Speaker,
        heard: &mut Heard,
    ) {
        if heard
            .speakers
            .contains(&(speaker.person, speaker.tokens.clone()))
        {
            return;
        }
        let mut push = |field, rule| {
            self.findings.mentions.push(Mention {
                field,
                value: self.people.value(speaker.person).clone(),
                paragraph: ordinal,
                span: paragraph.text.span(speaker.tokens.clone()),
                rule,
            });
        };
        push(&FIELD, speaker.rule);
        let named = heard.named.get_or_insert_with(|| {
            let named = paragraph.names.iter().map(|name| name.person);
            let mut named: SmallVec<[usize; 4]> = named.collect();
            named.sort_unstable();
            named
        });
        if let Err(at) = named.binary_search(&speaker.person) {
            push(&person::FIELD, "speaker");
            named.insert(at, speaker.person);
        }
        // Only the last few can be met again: by a second verb of the same subject.
        if heard.speakers.len() >= 8 {
            heard.speakers.remove(0);
        }
        heard
            .speakers
            .push((speaker.person, speaker.tokens.clone()));
    }

    fn quotes(
        &mut self,
        ordinal: usize,
        paragraph: &Paragraph,
        speaker: &Speaker,
        contents: &[Content],
        cue: Option<Range<usize>>,
    ) {
        for content in contents {
            let (tokens, direct) = match content {
                Content::Direct(quotation) => {
                    (paragraph.quotations[*quotation].inner.clone(), true)
                }
                Content::Indirect(tokens) => (without_marks(paragraph.text, tokens), false),
                Content::SpokenOf(_) => continue,
            };
            if tokens.is_empty() {
                continue;
            }
            let content = paragraph.text.span(tokens);
            let value = self.people.value(speaker.person);
            // `told them he expected “no change”`: what the first verb reports, the second does not report again.
            let holds = |told: &Quote| {
                told.paragraph == ordinal
                    && told.content.start <= content.start
                    && content.end <= told.content.end
                    && told.speaker == *value
            };
            let mut last = self.findings.quotes.iter().rev().take(MOST_AROUND);
            if last.any(holds) {
                continue;
            }
            self.findings.quotes.push(Quote {
                speaker: value.clone(),
                paragraph: ordinal,
                cue: cue.clone(),
                content,
                direct,
                rule: speaker.rule,
            });
        }
    }

    /// Ends what a speaker was said to say before another verb of his: `said that prices would fall and asked for calm`.
    fn end_before(
        &mut self,
        ordinal: usize,
        paragraph: &Paragraph,
        speaker: &Speaker,
        cue_idx: usize,
    ) {
        let and = cue_idx.checked_sub(1).map(|idx| &paragraph.chunks[idx]);
        let Some(and) = and.filter(|and| and.what == What::And) else {
            return;
        };
        if matches!(paragraph.chunks[cue_idx].what, What::Verb(verb) if verb.infinitive) {
            return;
        }
        let text = paragraph.text;
        let mut ends = text.tokens[..and.tokens.start].iter().rev();
        let last = ends.find(|token| !matches!(token.word(text.source), "," | "-" | "–" | "—"));
        let Some(end) = last.map(|last| last.end as usize) else {
            return;
        };
        let value = self.people.value(speaker.person);
        let told = self.findings.quotes.iter_mut().rev().take(MOST_AROUND);
        let told = told.filter(|told| told.paragraph == ordinal && told.speaker == *value);
        for told in told.filter(|told| !told.direct) {
            if told.content.start < end && end < told.content.end {
                told.content.end = end;
            }
        }
    }

    /// Gives the quotation of a paragraph to the one whom the next one names, as `- Abe` under it.
    fn sign(&mut self, ordinal: usize, paragraph: &Paragraph, before: &Paragraph) {
        let Some((
            Chunk {
                what: What::Dash, ..
            },
            rest,
        )) = paragraph.chunks.split_first()
        else {
            return;
        };
        let Some(What::Person(name)) = rest
            .first()
            .filter(|_| is_signature(rest))
            .map(|chunk| chunk.what)
        else {
            return;
        };
        let name = &paragraph.names[name];
        let speaker = Speaker {
            person: name.person,
            tokens: name.tokens.clone(),
            rule: "signature",
        };
        self.mention(ordinal, paragraph, &speaker, &mut Heard::default());
        let mut heard = Heard::default();
        for (quotation, Quotation { inner, .. }) in before.quotations.iter().enumerate() {
            if inner.is_empty() {
                continue;
            }
            let speaker = Speaker {
                tokens: inner.clone(),
                ..speaker
            };
            if heard.speakers.is_empty() {
                self.mention(ordinal - 1, before, &speaker, &mut heard);
            }
            let contents = [Content::Direct(quotation)];
            self.quotes(ordinal - 1, before, &speaker, &contents, None);
        }
    }

    /// Gives a paragraph to the one whose name is at its head, as in a transcript.
    fn take_turn(&mut self, ordinal: usize, paragraph: &Paragraph, turn: Turn, heard: &mut Heard) {
        let What::Person(name) = paragraph.chunks[turn.chunk].what else {
            return;
        };
        let name = &paragraph.names[name];
        if turn.chunk > 0
            && let Some(label) = turn::label(paragraph)
        {
            let words = paragraph.text.words(label);
            self.labels
                .insert(without_the(words).to_string(), name.person);
        }
        self.label_by_initials(name.person);
        let speaker = Speaker {
            person: name.person,
            tokens: name.tokens.clone(),
            rule: "turn",
        };
        self.speak(ordinal, paragraph, turn, &speaker, heard);
    }

    /// `NTP:` after `Nguyen Thanh Phuong:`, unless two have the same initials.
    fn label_by_initials(&mut self, person: usize) {
        let words = self.people.value(person).split([' ', '-']);
        let initials: String = words
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .collect();
        if initials.chars().count() > 1 {
            let known = self.labels.entry(initials).or_insert(person);
            if *known != person {
                *known = NOBODY;
            }
        }
    }

    /// Gives a paragraph to the one whose office is at its head, if an earlier paragraph has told who that is; says whether it
    /// did.
    fn take_turn_again(
        &mut self,
        ordinal: usize,
        paragraph: &Paragraph,
        heard: &mut Heard,
    ) -> bool {
        let text = paragraph.text;
        if self.labels.is_empty() {
            return false;
        }
        let Some(tokens) = turn::label(paragraph).filter(|label| text.is(label.end, ":")) else {
            return false;
        };
        let person = self
            .labels
            .get(without_the(text.words(tokens.clone())))
            .copied();
        let Some(person) = person.filter(|person| *person != NOBODY) else {
            return false;
        };
        let turn = Turn {
            chunk: 0,
            words: tokens.end + 1,
        };
        let speaker = Speaker {
            person,
            tokens,
            rule: "turn",
        };
        self.speak(ordinal, paragraph, turn, &speaker, heard);
        true
    }

    /// Notes whose words a paragraph is from a token on.
    fn speak(
        &mut self,
        ordinal: usize,
        paragraph: &Paragraph,
        turn: Turn,
        speaker: &Speaker,
        heard: &mut Heard,
    ) {
        self.people.note(Recent {
            person: Some(speaker.person),
            place: Place {
                paragraph: ordinal,
                sentence: self.n_sentences,
                chunk: turn.chunk,
            },
            weight: Weight::Speaker,
            gender: None,
        });
        heard.any = true;
        heard.last = Some(speaker.person);
        self.mention(ordinal, paragraph, speaker, heard);
        let words = turn.words..paragraph.text.tokens.len();
        self.quotes(
            ordinal,
            paragraph,
            speaker,
            &[Content::Indirect(words)],
            None,
        );
    }

    /// Gives a paragraph without marks to the one who was said to speak at the end of the paragraph before.
    fn block(&mut self, ordinal: usize, paragraph: &Paragraph, person: usize, heard: &mut Heard) {
        let tokens = 0..paragraph.text.tokens.len();
        if tokens.is_empty() {
            return;
        }
        let speaker = Speaker {
            person,
            tokens: tokens.clone(),
            rule: "carried",
        };
        self.mention(ordinal, paragraph, &speaker, heard);
        let contents = [Content::Indirect(tokens)];
        self.quotes(ordinal, paragraph, &speaker, &contents, None);
    }

    /// Who is the subject of a short sentence that introduces a quotation: `Abe was blunt. “…”`
    fn framed(&self, ordinal: usize, paragraph: &Paragraph, quote_idx: usize) -> Option<Speaker> {
        let subject = framing_subject(paragraph, quote_idx)
            .or_else(|| gesturing_subject(paragraph, quote_idx))?;
        let chunk = &paragraph.chunks[subject];
        let (person, tokens) = match chunk.what {
            What::Person(name) => {
                let name = &paragraph.names[name];
                (name.person, name.tokens.clone())
            }
            What::Pronoun(_) => (self.people.noted(ordinal, subject)?, chunk.tokens.clone()),
            _ => return None,
        };
        let What::Quote(quotation) = paragraph.chunks[quote_idx].what else {
            return None;
        };
        let inner = &paragraph.quotations[quotation].inner;
        let named = names_within(&paragraph.names, inner).any(|name| name.person == person);
        (!named).then_some(Speaker {
            person,
            tokens,
            rule: "framed",
        })
    }

    /// Gives the quotations without a source of their own to the one who spoke before them.
    fn carry(&mut self, ordinal: usize, paragraph: &Paragraph, heard: &mut Heard) {
        let announced = self.announced.take();
        if heard.any {
            self.carried = heard.last;
            self.announced = heard.last.filter(|_| paragraph.announces());
        } else if !is_quotation(paragraph) {
            self.carried = None;
            if let Some(person) = announced {
                self.block(ordinal, paragraph, person, heard);
            }
        }
        if paragraph.quotations.is_empty() {
            return;
        }
        for (idx, chunk) in paragraph.chunks.iter().enumerate() {
            let What::Quote(quotation) = chunk.what else {
                continue;
            };
            let tokens = paragraph.quotations[quotation].inner.clone();
            if tokens.is_empty() || heard.used[quotation] || !stands_alone(&paragraph.chunks, idx) {
                continue;
            }
            let framed = self.framed(ordinal, paragraph, idx);
            if let Some(speaker) = framed {
                self.carried = Some(speaker.person);
                heard.any = true;
                self.mention(ordinal, paragraph, &speaker, heard);
                let contents = [Content::Direct(quotation)];
                self.quotes(ordinal, paragraph, &speaker, &contents, None);
                continue;
            }
            let Some(person) = self.carried else { continue };
            let speaker = Speaker {
                person,
                tokens,
                rule: if heard.any { "continued" } else { "carried" },
            };
            if !heard.any && heard.speakers.is_empty() {
                self.mention(ordinal, paragraph, &speaker, heard);
            }
            self.quotes(
                ordinal,
                paragraph,
                &speaker,
                &[Content::Direct(quotation)],
                None,
            );
        }
    }
}

/// How many quotes before one may hold its words.
const MOST_AROUND: usize = 4;

/// The same label with and without its article.
fn without_the(label: &str) -> &str {
    label.strip_prefix("The ").unwrap_or(label)
}

/// The number of no person.
const NOBODY: usize = usize::MAX;

/// Verbs that put a question to somebody, and those with which it is answered.
const QUESTIONS: &[&str] = &["Asked", "ask", "asked", "asks", "inquired", "wondered"];
const ANSWERS: &[&str] = &[
    "answered",
    "answers",
    "replied",
    "replies",
    "responded",
    "responds",
    "retorted",
    "shot",
    "snapped",
];
/// Verbs for deeds that are done with words.
const DEEDS: &[&str] = &[
    "demanded",
    "demands",
    "promised",
    "promises",
    "threatened",
    "threatens",
];
/// Participles of deeds that can be done with words.
const MEANS: &[&str] = &[
    "admonishing",
    "blaming",
    "denying",
    "describing",
    "estimating",
    "informing",
    "promising",
    "repeating",
    "responding",
    "suggesting",
];
/// How many sentences after a question an answer may come.
const ANSWER: usize = 2;

/// Whether a participle that can be more than speech stands behind a preposition: `by promising`, `in describing`.
fn is_means(paragraph: &Paragraph, cue_idx: usize) -> bool {
    let behind = cue_idx
        .checked_sub(1)
        .is_some_and(|before| paragraph.chunks[before].what == What::Preposition);
    behind && is_verb_of(paragraph, cue_idx, MEANS)
}

/// Whether a chunk is one of some verbs.
fn is_verb_of(paragraph: &Paragraph, cue_idx: usize, verbs: &[&str]) -> bool {
    matches!(paragraph.chunks[cue_idx].what, What::Verb(verb) if verbs.contains(&paragraph.text.word(verb.main as usize)))
}

/// The source that a chunk asks for, if it is a cue.
fn source(paragraph: &Paragraph, idx: usize, what: &What) -> Option<Source> {
    let chunks = &paragraph.chunks;
    let clauses = Clauses {
        text: paragraph.text,
        chunks,
    };
    match *what {
        What::Verb(verb) if verb.cue.is_some() || utters(paragraph, idx, verb) => {
            clauses.of_verb(idx, verb)
        }
        What::Verb(verb) if frames_quotation(paragraph, idx, verb) => {
            // Whatever somebody did not do, the words are his: `Abe did not mince words: "…"`
            let done = Verb {
                negated: false,
                modal: false,
                ..verb
            };
            let source = clauses.of_verb(idx, done)?;
            // In `Abe said that she learned: "…"` Abe speaks.
            let first = *source.members.first()?;
            (!is_dependent(chunks, first)).then_some(source)
        }
        What::According => clauses.of_according(idx),
        What::Noun(noun) => words_of(paragraph, idx, noun),
        What::Colon => heading(paragraph, idx),
        What::Dash => signature(paragraph.text, chunks, idx),
        _ => None,
    }
}

/// `made a comment about`, `issued a statement that`: a verb that says nothing, and a noun that does.
fn utters(paragraph: &Paragraph, idx: usize, verb: Verb) -> bool {
    let text = paragraph.text;
    let what = |idx: usize| paragraph.chunks.get(idx).map(|chunk| chunk.what);
    let is_light = |verb: u64| {
        one_of!(
            verb,
            "make"
                | "makes"
                | "made"
                | "making"
                | "give"
                | "gives"
                | "gave"
                | "giving"
                | "issue"
                | "issues"
                | "issued"
                | "release"
                | "releases"
                | "released"
                | "send"
                | "sends"
                | "sent"
                | "write"
                | "writes"
                | "wrote"
                | "post"
                | "posts"
                | "posted"
                | "publish"
                | "publishes"
                | "published"
                | "deliver"
                | "delivers"
                | "delivered"
                | "repeat"
                | "repeats"
                | "repeated"
        )
    };
    if one_of!(text.small(verb.main as usize), "put" | "puts") {
        return puts_a_figure(paragraph, idx);
    }
    if verb.cue == Some(Takes::Quotation) && verb.addresses && judges(paragraph, idx, verb) {
        return true;
    }
    if is_be(text, verb) && is_of_the_view(paragraph, idx + 1) {
        return true;
    }
    let Some(What::Noun(noun)) = what(idx + 1) else {
        return false;
    };
    // `expressed her doubts`: whatever it is, it is told.
    let told = one_of!(
        text.small(verb.main as usize),
        "express"
            | "expresses"
            | "expressed"
            | "expressing"
            | "voice"
            | "voices"
            | "voiced"
            | "voicing"
    );
    if told {
        return true;
    }
    let about = match what(idx + 2) {
        Some(What::That) => !matches!(what(idx + 3), Some(What::Verb(_))),
        Some(What::Preposition) => {
            let word = text.word(paragraph.chunks[idx + 2].tokens.start);
            matches!(word, "about" | "against")
        }
        _ => false,
    };
    about && is_light(text.small(verb.main as usize)) && chunks::words(text, noun)
}

/// Whether a phrase tells what one thinks: `of the view that prices will rise`, `of the firm opinion that …`.
fn is_of_the_view(paragraph: &Paragraph, idx: usize) -> bool {
    let Paragraph { text, chunks, .. } = paragraph;
    let [of, view, that, ..] = &chunks[idx.min(chunks.len())..] else {
        return false;
    };
    let is_view = |noun: Noun| {
        one_of!(
            text.small(noun.head as usize),
            "belief" | "conviction" | "opinion" | "view"
        )
    };
    that.what == What::That
        && of.what == What::Preposition
        && text.is(of.tokens.start, "of")
        && matches!(view.what, What::Noun(noun) if is_view(noun))
}

/// `called the fees absurd`, `labelled it a tax`, `ridiculed the plan as a joke`: what somebody says that something is.
fn judges(paragraph: &Paragraph, verb_idx: usize, verb: Verb) -> bool {
    let text = paragraph.text;
    let what = |idx: usize| paragraph.chunks.get(idx).map(|chunk| chunk.what);
    let mut at = verb_idx + 1;
    if !matches!(
        what(at),
        Some(What::Noun(_) | What::Person(_) | What::Pronoun(_) | What::That)
    ) {
        return false;
    }
    let judging = lexicon::judging(&text.tokens[verb.main as usize]);
    let calls = judging == Some(Judging::Naming);
    // `called that unacceptable`
    at += usize::from(what(at) == Some(What::That));
    let last = paragraph.chunks.get(at).map(|chunk| chunk.tokens.clone());
    if calls
        && last.is_some_and(|tokens| tokens.len() > 1 && lexicon::is_verdict(text, tokens.end - 1))
    {
        return true;
    }
    // Of what stands there a preposition may tell more: `called the end of the quota a mistake`.
    let mut next = at + 1;
    loop {
        next += match (what(next), what(next + 1)) {
            (Some(What::Preposition), Some(What::Noun(_) | What::Person(_))) => 2,
            // `the risk to health` looks like a verb.
            (Some(What::Verb(verb)), Some(What::Noun(noun)))
                if verb.infinitive && verb.cue.is_none() && noun.article == Article::Indefinite =>
            {
                1
            }
            _ => break,
        };
    }
    let Some(chunk) = paragraph.chunks.get(next) else {
        return false;
    };
    if calls {
        let named = matches!(chunk.what, What::Noun(noun) if noun.article == Article::Indefinite)
            && (one_of!(
                text.small(chunk.tokens.start),
                "a" | "an" | "one" | "nothing" | "too" | "very"
            ) || lexicon::is_verdict(text, chunk.tokens.end - 1)
                || chunk.tokens.start.checked_sub(1).is_some_and(|degree| {
                    one_of!(
                        text.small(degree),
                        "extremely" | "highly" | "so" | "too" | "utterly" | "very"
                    )
                }));
        // `called the embargo the first mistake`, not `called the minister the next day`
        let the = matches!(chunk.what, What::Noun(noun) if noun.article == Article::Definite)
            && text.is(chunk.tokens.start, "the");
        let it = matches!(what(verb_idx + 1), Some(What::Pronoun(_)))
            && matches!(chunk.what, What::Noun(_));
        return named || the || it;
    }
    judging != Some(Judging::Picturing)
        && chunk.what == What::Subordinator
        && text.is(chunk.tokens.start, "as")
        && matches!(what(next + 1), Some(What::Noun(_)))
        && !matches!(what(next + 2), Some(What::Verb(verb)) if verb.finite())
}

/// `puts the harvest at 17 million tonnes`
fn puts_a_figure(paragraph: &Paragraph, verb_idx: usize) -> bool {
    const OBJECT: usize = 10;
    let text = paragraph.text;
    let rest = &paragraph.chunks[verb_idx + 1..];
    let object = rest.iter().take(OBJECT).take_while(|chunk| {
        matches!(
            chunk.what,
            What::Noun(_) | What::Person(_) | What::Preposition | What::And
        )
    });
    let mut object = object.peekable();
    while let Some(chunk) = object.next() {
        let first = object.peek().map_or(0, |next| next.tokens.start);
        let figure = text
            .tokens
            .get(first)
            .is_some_and(|token| token.kind == Kind::Number)
            || matches!(
                text.word(first),
                "$" | "£" | "€" | "a" | "about" | "half" | "nearly" | "roughly" | "some" | "two"
            );
        if chunk.what == What::Preposition && text.is(chunk.tokens.start, "at") && figure {
            return true;
        }
    }
    false
}

/// Whose words a noun phrase names.
enum Owner<'a> {
    Named(&'a Name),
    Pronoun(Pronoun),
}

/// The owner of `Abe's claim` and `his claim`, not of `Abe's lawyer's claim`.
fn owner<'a>(paragraph: &'a Paragraph, idx: usize, noun: Noun) -> Option<Owner<'a>> {
    if noun.article != Article::Owned {
        return None;
    }
    let text = paragraph.text;
    let tokens = &paragraph.chunks[idx].tokens;
    let mark = tokens
        .clone()
        .rev()
        .find(|&token_idx| text.tokens[token_idx].kind == Kind::Possessive);
    match mark {
        Some(mark) => names_within(&paragraph.names, tokens)
            .find(|name| name.tokens.end == mark || name.tokens.end == mark + 1)
            .map(Owner::Named),
        None => match text.word(tokens.start) {
            "his" | "His" => Some(Owner::Pronoun(Pronoun::He)),
            "her" | "Her" => Some(Owner::Pronoun(Pronoun::She)),
            _ => None,
        },
    }
}

/// The name behind a comma that a verb follows.
fn named_subject<'a>(paragraph: &'a Paragraph, comma_idx: usize) -> Option<&'a Name> {
    let what = |idx: usize| paragraph.chunks.get(idx).map(|chunk| chunk.what);
    match (what(comma_idx), what(comma_idx + 1), what(comma_idx + 2)) {
        (Some(What::Comma), Some(What::Person(name)), Some(What::Verb(_))) => {
            Some(&paragraph.names[name])
        }
        _ => None,
    }
}

/// `Abe's claim that …`, `Her answer was: “…”`, `in Abe's view`: a noun that reports the words of its owner.
fn words_of(paragraph: &Paragraph, idx: usize, noun: Noun) -> Option<Source> {
    let text = paragraph.text;
    if introduces(paragraph, idx, noun) {
        owner(paragraph, idx, noun)?;
        return Some(Source {
            members: smallvec![idx],
            rule: "according to",
        });
    }
    if !chunks::words(text, noun) {
        return None;
    }
    // What `his claim` is and whose is seldom sure: it must have its words beside it.
    let named = matches!(owner(paragraph, idx, noun)?, Owner::Named(_));
    let chunks = &paragraph.chunks;
    let what = |idx: usize| chunks.get(idx).map(|chunk| chunk.what);
    let quoted = |idx: usize| match what(idx) {
        Some(What::Quote(_)) => true,
        Some(What::Colon) => {
            matches!(what(idx + 1), Some(What::Quote(_)))
                || idx + 1 == chunks.len() && paragraph.leads_on
        }
        Some(What::Comma) => matches!(what(idx + 1), Some(What::Quote(_))),
        _ => false,
    };
    let reports = match what(idx + 1)? {
        What::That => named && !matches!(what(idx + 2), Some(What::Verb(_))),
        What::Verb(verb) if one_of!(text.small(verb.main as usize), "is" | "was") => {
            named && what(idx + 2) == Some(What::That) || quoted(idx + 2)
        }
        // `“We act,” his post read`
        What::Verb(verb)
            if one_of!(
                text.small(verb.main as usize),
                "read" | "reads" | "ran" | "said" | "says" | "went"
            ) =>
        {
            quoted(idx + 2) || ends_quotation(chunks, idx)
        }
        // `Abe's forecast: a loss`
        // `Abe's message to Ghana? “Wait.”`
        What::Stop | What::Preposition => {
            named && opens_sentence(chunks, idx) && asks(paragraph, idx)
        }
        What::Colon => {
            quoted(idx + 1)
                || named && opens_sentence(chunks, idx) && is_said(text.word(noun.head as usize))
        }
        _ => false,
    };
    reports.then(|| Source {
        members: smallvec![idx],
        rule: "words of",
    })
}

/// Whether a noun phrase is a question by itself, and a quotation answers it.
fn asks(paragraph: &Paragraph, idx: usize) -> bool {
    let chunks = &paragraph.chunks;
    let mut rest = chunks[idx + 1..].iter().take(ASKED);
    let stop = rest.find(|chunk| !matches!(chunk.what, What::Preposition | What::Noun(_)));
    let Some(stop) = stop.filter(|stop| stop.what == What::Stop) else {
        return false;
    };
    let end = stop.tokens.start;
    let quoted = chunks
        .iter()
        .skip(idx + 1)
        .find(|chunk| chunk.tokens.start >= end && chunk.what != What::Stop);
    end > 0
        && paragraph.text.is(end - 1, "?")
        && quoted.is_some_and(|chunk| matches!(chunk.what, What::Quote(_)))
}

/// How many chunks such a question has at most behind its noun.
const ASKED: usize = 6;

/// Whether a chunk begins a sentence.
fn opens_sentence(chunks: &[Chunk], idx: usize) -> bool {
    idx.checked_sub(1)
        .is_none_or(|before| chunks[before].what == What::Stop)
}

/// Whether a noun is said, whatever comes after a colon.
fn is_said(word: &str) -> bool {
    matches!(
        word,
        "advice"
            | "answer"
            | "argument"
            | "explanation"
            | "forecast"
            | "message"
            | "prediction"
            | "reply"
            | "response"
            | "verdict"
            | "warning"
    )
}

/// Whether a quotation ends before a chunk, perhaps with a comma behind it.
fn ends_quotation(chunks: &[Chunk], idx: usize) -> bool {
    let before = |distance: usize| idx.checked_sub(distance).map(|at| chunks[at].what);
    matches!(before(1), Some(What::Quote(_)))
        || before(1) == Some(What::Comma) && matches!(before(2), Some(What::Quote(_)))
}

/// `in Abe's view`, `by her account`
fn introduces(paragraph: &Paragraph, idx: usize, noun: Noun) -> bool {
    let text = paragraph.text;
    let preposition = idx.checked_sub(1).map(|before| &paragraph.chunks[before]);
    preposition.is_some_and(|chunk| {
        chunk.what == What::Preposition
            && one_of!(text.fold(chunk.tokens.start), "by" | "in")
            && matches!(text.word(chunk.tokens.start), "in" | "In" | "by" | "By")
    }) && one_of!(
        text.small(noun.head as usize),
        "account"
            | "admission"
            | "count"
            | "estimate"
            | "estimation"
            | "judgment"
            | "opinion"
            | "reckoning"
            | "telling"
            | "view"
            | "words"
    )
}

/// Whether a verb that is no cue has a quotation beside it: `He thundered: "…"`, `He had advice for them: "…"`, `"…," he gloated.`
fn frames_quotation(paragraph: &Paragraph, idx: usize, verb: Verb) -> bool {
    if paragraph.quotations.is_empty() && !paragraph.leads_on {
        return false;
    }
    let chunks = &paragraph.chunks;
    let what = |idx: usize| chunks.get(idx).map(|chunk| chunk.what);
    // `liked to put it differently: “…”` has one cue.
    let leads =
        matches!(what(idx + 1), Some(What::Verb(next)) if next.infinitive && next.cue.is_some());
    if !verb.finite() || verb.passive || idx == 0 || leads {
        return false;
    }
    let colon = chunks[idx + 1..]
        .iter()
        .take(CLAUSE)
        .position(|chunk| match chunk.what {
            What::Verb(verb) => verb.finite(),
            What::Colon | What::Stop | What::Semicolon | What::Quote(_) | What::According => true,
            _ => false,
        })
        .map(|length| idx + 1 + length)
        .filter(|&colon| chunks[colon].what == What::Colon);
    let before = colon.is_some_and(|colon| {
        matches!(what(colon + 1), Some(What::Quote(_)))
            || colon + 1 == chunks.len() && paragraph.leads_on
    });
    let named = matches!(
        what(idx - 1),
        Some(What::Person(_) | What::Pronoun(Pronoun::He | Pronoun::She))
    );
    let quoted = ends_quotation(chunks, idx - 1);
    let ends = matches!(
        what(idx + 1),
        None | Some(What::Stop | What::Time | What::Comma)
    );
    before || named && quoted && ends
}

/// `John Smith: "…"`, `John Smith (Acme): "…"` and `John Smith, baker: "…"` at the head of a paragraph.
fn heading(paragraph: &Paragraph, colon_idx: usize) -> Option<Source> {
    let chunks = &paragraph.chunks;
    // `The judge quoted Abe: “…”`
    let by_another = colon_idx >= 2
        && matches!(chunks[colon_idx - 1].what, What::Person(_))
        && is_verb_of(paragraph, colon_idx - 2, &["quoted", "quotes", "quoting"]);
    if by_another {
        return Some(Source {
            members: smallvec![colon_idx - 1],
            rule: "quoted by another",
        });
    }
    let quotes = chunks
        .get(colon_idx + 1)
        .is_some_and(|chunk| matches!(chunk.what, What::Quote(_)));
    // `- Abe: “…”`, an item of a list
    let start = usize::from(chunks[0].what == What::Dash);
    let item = colon_idx == start + 1 && matches!(chunks[start].what, What::Person(_));
    if item {
        return Some(Source {
            members: smallvec![start],
            rule: "colon",
        });
    }
    let first = matches!(chunks[0].what, What::Person(_));
    // `Abe, serving in her shop: “…”`
    let busy = quotes
        && (4..=12).contains(&colon_idx)
        && chunks[1].what == What::Comma
        && matches!(chunks[2].what, What::Verb(verb) if verb.form == Form::Gerund && verb.cue.is_none())
        && chunks[3..colon_idx]
            .iter()
            .all(|chunk| matches!(chunk.what, What::Noun(_) | What::Preposition | What::Time));
    // `Abe on the failed round: “…”`
    let topical = quotes
        && (3..=8).contains(&colon_idx)
        && chunks[1].what == What::Preposition
        && paragraph.text.is(chunks[1].tokens.start, "on")
        && chunks[2..colon_idx]
            .iter()
            .all(|chunk| matches!(chunk.what, What::Noun(_) | What::Preposition | What::And));
    let alone = busy
        || topical
        || (3..=5).contains(&colon_idx)
            && chunks[1].what == What::Open
            && chunks[colon_idx - 1].what == What::Close
        || turn::is_described(paragraph, colon_idx);
    if first && alone {
        return Some(Source {
            members: smallvec![0],
            rule: "colon",
        });
    }
    // `They were asked about it. Abe: “No.”`
    let answers = quotes
        && colon_idx >= 2
        && matches!(chunks[colon_idx - 1].what, What::Person(_))
        && chunks[colon_idx - 2].what == What::Stop;
    if answers {
        return Some(Source {
            members: smallvec![colon_idx - 1],
            rule: "colon",
        });
    }
    if !quotes {
        return None;
    }
    for_whom(paragraph, colon_idx).map(|member| Source {
        members: smallvec![member],
        rule: "colon",
    })
}

/// The name in `For Abe, the franc is a scapegoat: “…”`.
fn for_whom(paragraph: &Paragraph, colon_idx: usize) -> Option<usize> {
    const SENTENCE: usize = 24;
    let chunks = &paragraph.chunks;
    let from = colon_idx.saturating_sub(SENTENCE);
    let stop = chunks[from..colon_idx]
        .iter()
        .rposition(|chunk| chunk.what == What::Stop);
    let first = stop.map_or(from, |stop| from + stop + 1);
    let leads = chunks[first].what == What::Preposition
        && paragraph.text.is(chunks[first].tokens.start, "For");
    let inside = chunks.get(first + 1..colon_idx)?;
    let named = matches!(inside.first()?.what, What::Person(_));
    let comma = inside.iter().any(|chunk| chunk.what == What::Comma);
    let only = !inside[1..].iter().any(|chunk| match chunk.what {
        What::Person(_) => true,
        What::Verb(verb) => verb.cue.is_some(),
        _ => false,
    });
    (leads && named && comma && only).then_some(first + 1)
}

/// `"…" - John Smith` at the end of a paragraph.
fn signature(text: &Text, chunks: &[Chunk], dash_idx: usize) -> Option<Source> {
    let rest = &chunks[dash_idx + 1..];
    // `We act — Abe (@abe)`
    let handle = |chunk: &Chunk| text.is(chunk.tokens.start, "@");
    let posted = rest.get(1).is_some_and(|chunk| chunk.what == What::Open)
        && rest.get(2).is_some_and(handle);
    if posted && dash_idx > 0 && matches!(rest[0].what, What::Person(_)) {
        return Some(Source {
            members: smallvec![dash_idx + 1],
            rule: "signature",
        });
    }
    let quoted = chunks[..dash_idx]
        .iter()
        .rev()
        .take(4)
        .find(|chunk| chunk.what != What::Stop)
        .is_some_and(|chunk| matches!(chunk.what, What::Quote(_)));
    (quoted && is_signature(rest)).then(|| Source {
        members: smallvec![dash_idx + 1],
        rule: "signature",
    })
}

/// Whether what stands after a dash is a name, perhaps with what describes it, and nothing else.
fn is_signature(rest: &[Chunk]) -> bool {
    let named = matches!(rest.first().map(|chunk| chunk.what), Some(What::Person(_)));
    let described = matches!(
        rest.get(1).map(|chunk| chunk.what),
        None | Some(What::Comma | What::Open)
    );
    // `Abe, retired customs officer`
    let acts = |(idx, chunk): (usize, &Chunk)| match chunk.what {
        // `Abe, in an advertisement airing in May`
        What::Verb(verb) if verb.form == Form::Gerund => verb.cue.is_some(),
        What::Verb(verb) => idx != 2 || verb.form != Form::Past || verb.cue.is_some(),
        What::Stop => true,
        _ => false,
    };
    let ends = rest.len() < 24 && !rest.iter().enumerate().any(acts);
    named && described && ends
}

/// Where the one whom a pronoun means can stand, by where the reported words do.
fn reach(paragraph: &Paragraph, cue: &Chunk, contents: &[Content]) -> Reach {
    match contents.first() {
        // `Abe said so; Japan, he added, had told him`
        Some(Content::Indirect(tokens))
            if tokens.start > 0 && paragraph.text.is(tokens.start - 1, ";") =>
        {
            Reach::SameSentence
        }
        Some(Content::Indirect(tokens)) if tokens.start < cue.tokens.start => {
            Reach::SentencesBefore
        }
        Some(Content::Direct(quotation))
            if paragraph.quotations[*quotation].tokens.end <= cue.tokens.start =>
        {
            Reach::Dialogue
        }
        _ => Reach::SameSentence,
    }
}

/// Whether a token is the last of `64-year-old`.
fn is_age(text: &Text, token_idx: usize) -> bool {
    token_idx > 0 && text.is(token_idx, "old") && text.is(token_idx - 1, "-")
}

/// What `the Ohio senator` asks for; nothing where no office is named, or no certain person.
fn office(paragraph: &Paragraph, idx: usize, noun: Noun) -> Option<Office> {
    let text = paragraph.text;
    let roles = chunks::roles(text, noun);
    let tokens = || paragraph.chunks[idx].tokens.clone();
    let aged = tokens().any(|token_idx| is_age(text, token_idx));
    let countryman = roles.is_empty() && is_countryman(text, noun, &tokens());
    // `the 64-year-old`, `the Norwegian`: whoever was just spoken of.
    let holds_none = aged || countryman;
    // `its president`
    let its = noun.article == Article::Owned
        && matches!(text.word(paragraph.chunks[idx].tokens.start), "Its" | "its");
    if noun.article != Article::Definite && !its || roles.is_empty() && !holds_none {
        return None;
    }
    let next = paragraph.chunks.get(idx + 1);
    // `the state minister for commerce`
    let for_what = next.and_then(|next| {
        let joins = next.what == What::Preposition && text.is(next.tokens.start, "for");
        let noun = paragraph.chunks.get(idx + 2)?;
        (joins && matches!(noun.what, What::Noun(_))).then(|| noun.tokens.clone())
    });
    Some(Office {
        roles,
        modifiers: tokens()
            .filter(|&token_idx| token_idx != noun.head as usize || countryman)
            .chain(for_what.unwrap_or_default())
            .map(|token_idx| text.tokens[token_idx])
            .filter(|token| {
                token.kind == Kind::Number
                    || countryman && token.case == Case::Capital
                    || !holds_none
                        && token.kind == Kind::Word
                        && lexicon::of(token).is_none_or(|word| word.class.is_none())
            })
            .map(|token| token.fold)
            .collect(),
        states: tokens()
            .filter_map(|token_idx| paragraph::state(text, token_idx))
            .collect(),
        gender: gender_of_noun(text.word(noun.head as usize)),
        party: tokens().find_map(|token_idx| Party::of(text.word(token_idx))),
        former: tokens()
            .any(|token_idx| one_of!(text.small(token_idx), "former" | "then" | "ex" | "onetime")),
        several: lexicon::of(&text.tokens[noun.head as usize]).is_some_and(|word| word.several),
        told: its
            || !holds_none && !chunks::familiar(text, noun)
            || next.is_some_and(|next| {
                next.what == What::Preposition && text.is(next.tokens.start, "of")
            }),
    })
}

/// Whether a phrase calls one person by his people: `the Norwegian`, not `the Chinese`, who are many.
fn is_countryman(text: &Text, noun: Noun, tokens: &Range<usize>) -> bool {
    const LONGEST: usize = 2;
    let head = noun.head as usize;
    let word = text.word(head);
    let single = ["an", "ard", "er", "i", "eek"]
        .iter()
        .any(|end| word.ends_with(end))
        || matches!(
            word,
            "Briton"
                | "Croat"
                | "Czech"
                | "Dane"
                | "Finn"
                | "Kazakh"
                | "Pole"
                | "Scot"
                | "Serb"
                | "Slovak"
                | "Slovene"
                | "Spaniard"
                | "Swede"
                | "Thai"
                | "Turk"
                | "Uzbek"
        );
    tokens.len() <= LONGEST
        && single
        && text.tokens[head].case == Case::Capital
        && text.is_marked(head, marks::COUNTRY)
}

/// The names that stand in a noun phrase: `Trump's plan`.
fn names_within<'a>(names: &'a [Name], tokens: &Range<usize>) -> impl Iterator<Item = &'a Name> {
    let first = names.partition_point(|name| name.tokens.start < tokens.start);
    let end = tokens.end;
    names[first..]
        .iter()
        .take_while(move |name| name.tokens.end <= end)
}

/// The rule of those who speak within what somebody else says, or in a lesser clause.
const REPORTED: &str = "subject within";

/// The rule by which a source is found, by how far its name stands from the cue.
fn rule(paragraph: &Paragraph, cue_idx: usize, source: &Source, member: usize) -> &'static str {
    let chunks = &paragraph.chunks;
    let frames = matches!(chunks[cue_idx].what, What::Verb(verb) if verb.cue.is_none())
        && !matches!(chunks[cue_idx].what, What::Verb(verb) if utters(paragraph, cue_idx, verb));
    if source.rule != "subject before" {
        return source.rule;
    }
    let near = chunks
        .get(member + 1..cue_idx)
        .is_some_and(|between| between.iter().all(|chunk| chunk.what == What::Time));
    if frames {
        "beside quotation"
    } else if is_dependent(chunks, member) {
        REPORTED
    } else if near {
        "subject before"
    } else {
        "subject afar"
    }
}

fn rule_of_pronoun(distance: usize) -> &'static str {
    if distance == 0 {
        "pronoun"
    } else {
        "pronoun afar"
    }
}

/// Whether a phrase means several people: `they`, `both men`, `two ministers`.
fn is_several(paragraph: &Paragraph, idx: usize) -> bool {
    let text = paragraph.text;
    let chunk = &paragraph.chunks[idx];
    match chunk.what {
        What::Pronoun(pronoun) => pronoun == Pronoun::They,
        What::Noun(noun) => {
            let first = chunk.tokens.start;
            let both = |word: &str| matches!(word, "both" | "Both" | "two" | "Two");
            is_plural(text, noun)
                && (both(text.word(first)) || first > 0 && both(text.word(first - 1)))
                && (chunks::unnamed(text, noun) || !chunks::plural_roles(text, noun).is_empty())
        }
        _ => false,
    }
}

/// Whether a noun phrase says who the one named before it is: `Abe, an importer who`, `Abe, 29, a teacher`.
fn is_apposition(chunks: &[Chunk], idx: usize) -> bool {
    let what = |distance: usize| idx.checked_sub(distance).map(|idx| chunks[idx].what);
    let comma = |distance: usize| what(distance) == Some(What::Comma);
    let person = |distance: usize| matches!(what(distance), Some(What::Person(_)));
    let aged = matches!(what(2), Some(What::Noun(_))) && comma(3) && person(4);
    comma(1) && (person(2) || aged)
}

/// Whether a noun means those who ask and tell, and whom `he` seldom means.
fn is_reporter(text: &Text, noun: Noun) -> bool {
    one_of!(
        text.small(noun.head as usize),
        "interviewer" | "journalist" | "questioner" | "reporter"
    )
}

/// Whether a name says who the noun before it means: `a delegate, Abe of Ohio,`.
fn is_named_next(chunks: &[Chunk], idx: usize) -> bool {
    let what = |idx: usize| chunks.get(idx).map(|chunk| chunk.what);
    // `his deputy and friend, Abe,`
    let is_joined =
        what(idx + 1) == Some(What::And) && matches!(what(idx + 2), Some(What::Noun(_)));
    let comma = if is_joined { idx + 3 } else { idx + 1 };
    let ends = matches!(what(comma + 2), Some(What::Comma | What::Preposition));
    what(comma) == Some(What::Comma) && matches!(what(comma + 1), Some(What::Person(_))) && ends
}

/// The name by which the sentence tells who a noun means: `The owner of the mill is Abe`.
fn named_behind(text: &Text, chunks: &[Chunk], idx: usize) -> Option<usize> {
    let behind = &chunks[behind_places(chunks, idx)..];
    let verb_idx = match behind {
        // `Their leader, more or less, was Abe`
        [comma, aside @ ..] if comma.what == What::Comma => {
            let mut aside = aside.iter().take(CLAUSE);
            let end = aside.position(|chunk| chunk.what == What::Comma);
            end.map_or(0, |end| end + 2)
        }
        _ => 0,
    };
    match behind.get(verb_idx..verb_idx + 2)? {
        [verb, name] if matches!(verb.what, What::Verb(verb) if is_be(text, verb)) => {
            match name.what {
                What::Person(name) => Some(name),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether the head of a noun phrase is in the plural.
fn is_plural(text: &Text, noun: Noun) -> bool {
    let word = text.word(noun.head as usize);
    word.ends_with('s') && !word.ends_with("ss") || matches!(word, "people" | "men" | "women")
}

/// The people who are named in the reported words, or as those spoken to: whoever speaks is somebody else.
fn others(
    paragraph: &Paragraph,
    cue_idx: usize,
    source: &Source,
    contents: &[Content],
) -> SmallVec<[usize; 2]> {
    let mut out = SmallVec::new();
    let addressed = match (
        paragraph.chunks[cue_idx].what,
        paragraph.chunks.get(cue_idx + 1),
    ) {
        (What::Verb(_), Some(next)) if !source.members.contains(&(cue_idx + 1)) => {
            next.tokens.clone()
        }
        _ => 0..0,
    };
    let reported = contents.iter().map(|content| match content {
        Content::Direct(quotation) => paragraph.quotations[*quotation].tokens.clone(),
        Content::Indirect(tokens) | Content::SpokenOf(tokens) => tokens.clone(),
    });
    for tokens in reported.chain([addressed]) {
        for name in names_within(&paragraph.names, &tokens).take(MOST_OTHERS) {
            if !out.contains(&name.person) {
                out.push(name.person);
            }
        }
    }
    out
}

/// The people whom a phrase names that opens a sentence before its pronoun: `After talks with Abe, he said`. None
/// of a clause: `After Abe on Monday left, he said`.
fn in_opening(paragraph: &Paragraph, idx: usize) -> SmallVec<[usize; 2]> {
    let before = &paragraph.chunks[..idx];
    let Some((comma, before)) = before.split_last() else {
        return SmallVec::new();
    };
    if comma.what != What::Comma {
        return SmallVec::new();
    }
    let near = before.iter().rev().take(CLAUSE);
    let n_chunks = near.take_while(|chunk| chunk.what != What::Stop).count();
    let (earlier, opening) = before.split_at(before.len() - n_chunks);
    let is_sentence = earlier.last().is_none_or(|chunk| chunk.what == What::Stop);
    let leads = match opening {
        // `As for Abe, he said`
        [first, next, ..] if first.what == What::Subordinator => next.what != What::Preposition,
        [first, ..] => matches!(first.what, What::Preposition | What::Verb(_)),
        [] => false,
    };
    let is_clause = opening
        .iter()
        .skip(1)
        .any(|chunk| matches!(chunk.what, What::Verb(verb) if verb.finite()));
    if !is_sentence || !leads || is_clause {
        return SmallVec::new();
    }
    let tokens = opening[0].tokens.start..comma.tokens.start;
    let names = names_within(&paragraph.names, &tokens).take(MOST_OTHERS);
    names.map(|name| name.person).collect()
}

/// So many paragraphs before, at most, somebody spoke whom a pronoun means rather than one whom its own sentence names.
const ANOTHER: usize = 2;

/// More people than that in a quotation tell nothing of who speaks.
const MOST_OTHERS: usize = 16;

/// How prominent a speaker is: one who speaks within what another clause tells, less.
fn speaker_weight(paragraph: &Paragraph, cue_idx: usize, source: &Source, member: usize) -> Weight {
    let chunks = &paragraph.chunks;
    let before = |idx: usize| {
        chunks[..idx]
            .iter()
            .rev()
            .map(|chunk| chunk.what)
            .find(|what| *what != What::Time)
    };
    let within = before(cue_idx) == Some(What::Who)
        || matches!(
            before(member),
            Some(What::That | What::Subordinator | What::Who)
        )
        || matches!(source.rule, "participle" | "infinitive" | "words of");
    if within {
        weight(chunks, member).max(Weight::Reported)
    } else {
        Weight::Speaker
    }
}

/// Whether a noun with an office or a trade means a certain one: `the minister`, `his deputy`.
fn is_certain_one(noun: Noun) -> bool {
    matches!(noun.article, Article::Definite | Article::Owned)
}

/// Whether a noun with an office or a trade brings somebody new: `a baker swept the pavement`; not where it tells what one is
/// (`is a baker`) or speaks of any (`a baker must rise early`).
fn is_somebody(paragraph: &Paragraph, idx: usize, noun: Noun) -> bool {
    let Paragraph { text, chunks, .. } = paragraph;
    let start = chunks[idx].tokens.start;
    let has_article = one_of!(text.fold(start), "a" | "an" | "another" | "one");
    let what = |idx: usize| chunks.get(idx).map(|chunk| chunk.what);
    let before = idx.checked_sub(1).and_then(what);
    let is_any = matches!(what(idx + 1), Some(What::Verb(verb)) if verb.modal);
    let is_told = matches!(before, Some(What::Verb(verb)) if is_be(text, verb));
    noun.article == Article::Indefinite
        && has_article
        && !is_any
        && !is_told
        && before != Some(What::Subordinator)
}

/// Whether a verb is a form of `be` or `become`.
fn is_be(text: &Text, verb: Verb) -> bool {
    one_of!(
        text.fold(verb.main as usize),
        "am" | "are"
            | "be"
            | "became"
            | "become"
            | "becomes"
            | "been"
            | "being"
            | "is"
            | "remained"
            | "remains"
            | "was"
            | "were"
    )
}

/// Verbs that bring in whom the next sentences are of: `I asked a baker. “Flour,” he said.`
const MEETING: &[&str] = &[
    "ask",
    "asked",
    "asks",
    "found",
    "interviewed",
    "met",
    "saw",
    "visited",
];

/// How prominent one is whom somebody met.
fn weight_of_met(paragraph: &Paragraph, idx: usize) -> Weight {
    let behind = idx.checked_sub(1);
    match behind.is_some_and(|behind| is_verb_of(paragraph, behind, MEETING)) {
        true => Weight::Embedded,
        false => Weight::Other,
    }
}

/// Whether a chunk is a noun for a person.
fn is_human(paragraph: &Paragraph, idx: usize) -> bool {
    let text: &Text = paragraph.text;
    match paragraph.chunks[idx].what {
        What::Noun(noun) => chunks::unnamed(text, noun) || !chunks::roles(text, noun).is_empty(),
        _ => false,
    }
}

/// Whether a paragraph is nothing but a quotation; single marks are often those of a heading.
fn is_quotation(paragraph: &Paragraph) -> bool {
    let double = |quotation| quotation::is_double(paragraph.text, quotation);
    paragraph.quotations.first().is_some_and(double)
        && paragraph
            .chunks
            .iter()
            .all(|chunk| matches!(chunk.what, What::Quote(_) | What::Stop))
}

/// The subject of the sentence before a quotation, if that sentence is short and says nothing else of anybody.
fn framing_subject(paragraph: &Paragraph, quote_idx: usize) -> Option<usize> {
    let chunks = &paragraph.chunks;
    let end = quote_idx.checked_sub(1)?;
    let start = chunks[..end]
        .iter()
        .rev()
        .take(FRAME + 1)
        .position(|chunk| matches!(chunk.what, What::Stop))
        .map_or(0, |distance| end - distance);
    if chunks[end].what != What::Stop || end - start > FRAME || end - start < 2 {
        return None;
    }
    let sentence = &chunks[start..end];
    let subject = sentence
        .iter()
        .position(|chunk| !matches!(chunk.what, What::Time | What::And))?;
    let verb_idx = behind_apposition(sentence, subject);
    let acts = matches!(
        sentence.get(verb_idx).map(|chunk| chunk.what),
        Some(What::Verb(verb)) if verb.finite() && !verb.passive && !verb.modal && (!verb.negated || is_mood(paragraph.text, verb))
    );
    let rest = &sentence[subject + 1..];
    let alone = rest
        .iter()
        .enumerate()
        .all(|(idx, chunk)| match chunk.what {
            What::Person(_) | What::Quote(_) | What::Colon | What::Pronoun(Pronoun::They) => false,
            // `Abe laughed when she heard it`
            What::Pronoun(Pronoun::He | Pronoun::She) => {
                idx > 0 && rest[idx - 1].what == What::Subordinator
            }
            _ => true,
        });
    let named = matches!(
        sentence[subject].what,
        What::Person(_) | What::Pronoun(Pronoun::He | Pronoun::She)
    );
    (named && acts && alone).then_some(start + subject)
}

/// Whether a verb that is denied tells a mood: `was not having it`, `is not so sure`; not `was not there`.
fn is_mood(text: &Text, verb: Verb) -> bool {
    let main = verb.main as usize;
    let behind = text.small(main + 1);
    let is_away = one_of!(
        behind,
        "at" | "available" | "here" | "home" | "in" | "present" | "reachable" | "there"
    );
    is_be(text, verb) && !is_away || one_of!(text.small(main), "having" | "buying")
}

/// The subject of a gesture after a quotation: `“It is late.” Abe shrugged and left.`
fn gesturing_subject(paragraph: &Paragraph, quote_idx: usize) -> Option<usize> {
    let what = |idx: usize| paragraph.chunks.get(idx).map(|chunk| chunk.what);
    let gestures = |verb: Verb| {
        verb.finite()
            && !verb.negated
            && one_of!(
                paragraph.text.small(verb.main as usize),
                "frowned"
                    | "grinned"
                    | "grins"
                    | "laughed"
                    | "laughs"
                    | "nodded"
                    | "nods"
                    | "paused"
                    | "shrugged"
                    | "shrugs"
                    | "sighed"
                    | "sighs"
                    | "smiled"
                    | "smiles"
            )
    };
    let named = matches!(
        what(quote_idx + 2),
        Some(What::Person(_) | What::Pronoun(Pronoun::He | Pronoun::She))
    );
    let smiles = matches!(what(quote_idx + 3), Some(What::Verb(verb)) if gestures(verb));
    (what(quote_idx + 1) == Some(What::Stop) && named && smiles).then_some(quote_idx + 2)
}

/// The chunk behind a subject and what says of it, between commas, who it is: `Abe, an aide at the time, recalled`.
fn behind_apposition(sentence: &[Chunk], subject: usize) -> usize {
    let is = |idx: usize, what: What| sentence.get(idx).is_some_and(|chunk| chunk.what == what);
    if !is(subject + 1, What::Comma) {
        return subject + 1;
    }
    let close = (subject + 2..sentence.len()).find(|&idx| {
        !matches!(
            sentence[idx].what,
            What::Noun(_) | What::Preposition | What::Time
        )
    });
    match close {
        Some(close) if is(close, What::Comma) && close > subject + 2 => close + 1,
        _ => subject + 1,
    }
}

/// How many chunks a sentence has at most that introduces a quotation.
const FRAME: usize = 12;

/// Whether a quotation is a sentence by itself.
fn stands_alone(chunks: &[Chunk], idx: usize) -> bool {
    let edge = |chunk: Option<&Chunk>| {
        chunk.is_none_or(|chunk| matches!(chunk.what, What::Stop | What::Quote(_)))
    };
    edge(idx.checked_sub(1).and_then(|before| chunks.get(before))) && edge(chunks.get(idx + 1))
}

/// How many chunks before a subject are looked at for a verb.
const CLAUSE: usize = 24;

/// The chunk behind those that tell where a person belongs: `of a shop in Ohio`.
fn behind_places(chunks: &[Chunk], idx: usize) -> usize {
    const MOST: usize = 3;
    let is_place = |pair: &[Chunk]| {
        pair[0].what == What::Preposition
            && matches!(
                pair[1].what,
                What::Noun(_) | What::Person(_) | What::Pronoun(_)
            )
    };
    let pairs = chunks[idx + 1..].chunks_exact(2).take(MOST);
    idx + 1 + 2 * pairs.take_while(|pair| is_place(pair)).count()
}

/// How prominent a name, pronoun or noun is in its sentence.
fn weight(chunks: &[Chunk], idx: usize) -> Weight {
    let before = idx.checked_sub(1).map(|before| chunks[before].what);
    // `As for Abe, he said`
    if idx >= 2 && before == Some(What::Preposition) && chunks[idx - 2].what == What::Subordinator {
        return Weight::Subject;
    }
    if matches!(before, Some(What::Preposition | What::According)) {
        return Weight::Other;
    }
    let what = |idx: usize| chunks.get(idx).map(|chunk| chunk.what);
    // `Abe of Ohio praised`, `the owner of a shop in Ohio put`, `a delegate, Abe of Ohio, had heard`
    let behind = behind_places(chunks, idx);
    let placed = match what(behind) {
        Some(What::Verb(_)) => true,
        Some(What::Comma) => idx >= 2 && behind == idx + 3 && is_named_next(chunks, idx - 2),
        _ => false,
    };
    let next = if placed { behind } else { idx + 1 };
    let has_verb = matches!(what(next), Some(What::Verb(verb)) if verb.finite());
    if is_inverted(chunks, idx) {
        return Weight::Subject;
    }
    // `A baker outside was sweeping`
    let is_aside = what(next) == Some(What::Preposition)
        && matches!(what(next + 1), Some(What::Verb(verb)) if verb.finite());
    let has_verb = has_verb || is_aside;
    let subject = match what(next) {
        Some(What::Comma | What::Who | What::Open | What::And | What::Time | What::Dash) => {
            !matches!(before, Some(What::Verb(verb)) if verb.cue.is_none())
        }
        _ => has_verb,
    };
    if !subject {
        return Weight::Other;
    }
    let opens = match before {
        Some(What::Comma | What::Semicolon) => true,
        Some(What::And) => idx < 2 || chunks[idx - 2].what == What::Comma,
        _ => false,
    };
    let verb_before = || {
        chunks[..idx]
            .iter()
            .rev()
            .take(CLAUSE)
            .take_while(|chunk| chunk.what != What::Stop)
            .any(|chunk| matches!(chunk.what, What::Verb(verb) if verb.finite()))
    };
    if matches!(before, Some(What::That))
        || matches!(before, Some(What::Verb(verb)) if verb.cue.is_some() && verb.finite())
    {
        Weight::Reported
    } else if is_dependent(chunks, idx) || !(opens && has_verb) && verb_before() {
        Weight::Embedded
    } else {
        Weight::Subject
    }
}

/// Whether a name stands behind its verb because a place opens the sentence: `Among them was Abe`.
fn is_inverted(chunks: &[Chunk], idx: usize) -> bool {
    let Some(verb_idx) = idx.checked_sub(1) else {
        return false;
    };
    let is_bare = matches!(chunks[verb_idx].what, What::Verb(verb) if matches!(verb.form, Form::Third | Form::Past) && verb.cue.is_none() && !verb.modal);
    if !is_bare || !matches!(chunks[idx].what, What::Person(_)) {
        return false;
    }
    let before = &chunks[verb_idx.saturating_sub(CLAUSE)..verb_idx];
    let stop = before.iter().rposition(|chunk| chunk.what == What::Stop);
    let sentence = match stop {
        Some(stop) => &before[stop + 1..],
        None if before.len() == verb_idx => before,
        None => return false,
    };
    sentence
        .first()
        .is_some_and(|first| first.what == What::Preposition)
        && !sentence
            .iter()
            .any(|chunk| matches!(chunk.what, What::Person(_) | What::Comma))
}

/// Whether a subject is that of a lesser clause: `When Abe spoke, Kishida left`, `He said that Abe left`.
fn is_dependent(chunks: &[Chunk], idx: usize) -> bool {
    match idx.checked_sub(1).map(|before| chunks[before].what) {
        Some(What::That | What::Subordinator | What::Who) => true,
        Some(What::Verb(verb)) => verb.cue.is_some() && verb.finite(),
        _ => false,
    }
}

/// Without the commas, colons and dashes that only join the words to their source.
fn without_marks(text: &Text, tokens: &Range<usize>) -> Range<usize> {
    let joins = |token_idx: usize| {
        matches!(
            text.word(token_idx),
            "," | ":" | ";" | "-" | "–" | "—" | ")" | "]"
        )
    };
    let mut tokens = tokens.clone();
    while tokens.start < tokens.end && joins(tokens.start) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end
        && matches!(text.word(tokens.end - 1), "," | ":" | ";" | "-" | "–" | "—")
    {
        tokens.end -= 1;
    }
    tokens
}
