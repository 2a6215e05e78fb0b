//! What says the same in trade news: terms that are searched along with those of a query.
//!
//! A query is widened after it was read, and what was added is said. Exact words, wildcards and near spellings stay what
//! they are, and so does a whole question.

use std::fmt;

use super::ast::Query;
use super::names;
use super::passage::{Case, Form, Of, Passage, Proximity, Reach, Word};
use super::references::{Reference, reference};
use super::spelling;
use crate::field::Field;
use crate::schema;
use crate::text::fold::fold;

const OURS: &str = include_str!("synonyms.tsv");

/// So many words are tried together as one term.
const LONGEST_TERM: usize = 12;

/// In phrases of at most so many words terms are looked for.
const LONGEST_PHRASE: usize = 16;

/// A phrase is searched in so many wordings at most.
const MOST_WORDINGS: usize = 12;

/// Longer words in capitals are no abbreviations.
const LONGEST_ABBREVIATION: usize = 8;

/// Between the first party of a case and the `v.` so many words may stand: `Inc.`, `et al.`
const N_OF_COMPANY: u32 = 2;

/// What stands between the parties of a case.
const AGAINST: &[&str] = &["v", "v.", "vs", "vs."];

/// Terms that say the same, nearly the same, or something related.
#[derive(Debug, Clone)]
pub struct Synonyms {
    rows: Vec<Row>,
    /// Whether the other ways to write a reference are searched, too.
    writes: bool,
}

/// What a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Same,
    Wider,
    Related,
}

#[derive(Debug, Clone)]
struct Row {
    kind: Kind,
    terms: Vec<Term>,
    note: String,
}

#[derive(Debug, Clone)]
struct Term {
    /// As it is written, without the mark of capitals.
    text: String,
    passage: Passage,
    /// Its words, folded, the last one in the singular.
    key: Vec<String>,
    in_capitals: bool,
}

/// A row of a user's file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct SynonymsError {
    /// From 1.
    pub line: usize,
    pub message: String,
}

/// What was searched along with a term of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// The term as typed.
    pub typed: String,
    /// The terms that say the same, as they would be typed.
    pub also: Vec<String>,
}

/// As people read it: `TPP: "Trans-Pacific Partnership"`.
impl fmt::Display for Synonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.typed, self.also.join(", "))
    }
}

/// A query with all that says the same.
#[derive(Debug, Clone)]
pub struct Widened {
    pub query: Query,
    /// What was added, in the order of the query.
    pub synonyms: Vec<Synonym>,
    /// What is worth a search of its own, with the reason: `USMCA (the USMCA replaced NAFTA …)`.
    pub related: Vec<String>,
    /// The laws and cases of the query that no paragraph has, however it writes them.
    pub absent: Vec<String>,
}

impl Synonyms {
    /// None at all.
    pub fn none() -> Synonyms {
        Synonyms {
            rows: Vec::new(),
            writes: false,
        }
    }

    /// Other ways to write the same, but no other words: `Sec. 232` for `Section 232`.
    pub fn spellings() -> Synonyms {
        Synonyms {
            rows: Vec::new(),
            writes: true,
        }
    }

    /// Ours.
    pub fn ours() -> Synonyms {
        let mut synonyms = Synonyms::spellings();
        // A test reads them all.
        let _ = synonyms.add(OURS);
        synonyms
    }

    /// Adds the rows of a text such as ours.
    ///
    /// # Errors
    ///
    /// The first line that is no row; nothing is added then.
    pub fn add(&mut self, text: &str) -> Result<(), SynonymsError> {
        let lines = text.lines().enumerate();
        let lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let rows = lines.map(|(line_idx, line)| {
            row(line).map_err(|message| SynonymsError {
                line: line_idx + 1,
                message,
            })
        });
        let rows = rows.collect::<Result<Vec<Row>, SynonymsError>>()?;
        self.rows.extend(rows);
        Ok(())
    }

    /// Adds to a query what says the same as its words and phrases; `wider` also what says nearly the same. `is_there` tells
    /// whether any paragraph meets a query.
    pub fn widen(&self, query: &Query, wider: bool, is_there: &dyn Fn(&Query) -> bool) -> Widened {
        let mut widening = Widening {
            synonyms: self,
            wider,
            is_there,
            found: Vec::new(),
            related: Vec::new(),
            absent: Vec::new(),
        };
        let is_question = query.question().is_some_and(|question| question.is_whole);
        let query = match is_question {
            true => query.clone(),
            false => widening.query(query),
        };
        Widened {
            query,
            synonyms: widening.found,
            related: widening.related,
            absent: widening.absent,
        }
    }
}

fn row(line: &str) -> Result<Row, String> {
    let mut cells = line.split('\t');
    let kind = match cells.next().unwrap_or_default() {
        "same" => Kind::Same,
        "wider" => Kind::Wider,
        "related" => Kind::Related,
        other => {
            return Err(format!(
                "a row begins with `same`, `wider` or `related` and a tab, not with `{}`",
                other.chars().take(40).collect::<String>()
            ));
        }
    };
    let terms = cells.next().unwrap_or_default();
    let terms: Vec<Term> = terms
        .split('|')
        .map(term)
        .collect::<Option<_>>()
        .ok_or("a term has no letter or digit")?;
    if terms.len() < 2 {
        return Err("a row has two terms at least, set off by `|`".to_string());
    }
    Ok(Row {
        kind,
        terms,
        note: cells.next().unwrap_or_default().trim().to_string(),
    })
}

fn term(text: &str) -> Option<Term> {
    let text = text.trim();
    let (text, in_capitals) = match text.strip_prefix('=') {
        Some(text) => (text, true),
        None => (text, false),
    };
    let key = key(text);
    if key.is_empty() {
        return None;
    }
    let passage = passage_of(text.split_whitespace().map(plain_word).collect());
    Some(Term {
        text: text.to_string(),
        passage: match in_capitals {
            true => passage.in_case(Case::AllCaps),
            false => passage,
        },
        key,
        in_capitals,
    })
}

fn plain_word(text: &str) -> Word {
    Word {
        text: text.to_string(),
        form: Form::Stem,
        case: Case::Any,
    }
}

fn passage_of(mut words: Vec<Word>) -> Passage {
    match words.len() {
        1 => Passage::Word(words.remove(0)),
        _ => Passage::Phrase(words),
    }
}

/// The words of a term, as they are compared: folded, the last one in the singular.
fn key(text: &str) -> Vec<String> {
    let folded = fold(text).replace('%', " percent ");
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let mut words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_string)
        .collect();
    if let Some(last) = words.last_mut()
        && last.len() > 3
    {
        if let Some(singular) = last.strip_suffix("ies") {
            *last = format!("{singular}y");
        } else if last.ends_with('s') && !last.ends_with("ss") {
            last.pop();
        }
    }
    words
}

/// Goes through a query and adds to it.
struct Widening<'a> {
    synonyms: &'a Synonyms,
    wider: bool,
    is_there: &'a dyn Fn(&Query) -> bool,
    found: Vec<Synonym>,
    related: Vec<String>,
    absent: Vec<String>,
}

/// What says the same as a term.
struct Also {
    terms: Vec<Term>,
    /// What is cited, where the term is a reference.
    reference: Option<Reference>,
    /// The places that are marked as naming it: some say it by a sign that texts are searched without.
    mention: Option<Passage>,
    /// Whether it is a law or a case that no paragraph has.
    is_absent: bool,
}

impl Also {
    /// Whether a term has a sign that texts are searched without (`§ 232`, `25 %`), so that what is left of it says less.
    fn replaces(&self, text: &str) -> bool {
        let has_no_word = |part: &str| !part.contains(char::is_alphanumeric);
        self.reference.is_some()
            && (text.starts_with('§') || text.split_whitespace().any(has_no_word))
    }
}

impl Widening<'_> {
    fn query(&mut self, query: &Query) -> Query {
        match query {
            Query::Text { field, passage } => match self.together(std::slice::from_ref(query)) {
                Some(together) => together,
                None => Query::Text {
                    field,
                    passage: self.passage(field, passage),
                },
            },
            Query::AtLeast {
                n_times,
                field,
                passage,
            } => Query::AtLeast {
                n_times: *n_times,
                field,
                passage: self.passage(field, passage),
            },
            Query::And(clauses) => Query::and(self.clauses(clauses)),
            Query::Or(clauses) => {
                Query::or(clauses.iter().map(|clause| self.query(clause)).collect())
            }
            Query::Either(clauses) => {
                Query::Either(clauses.iter().map(|clause| self.query(clause)).collect())
            }
            Query::Not(clause) => Query::not(self.query(clause)),
            Query::Lead(clause) => Query::Lead(Box::new(self.query(clause))),
            Query::Article(clause) => Query::article(self.query(clause)),
            Query::All
            | Query::Values { .. }
            | Query::Any { .. }
            | Query::Dates { .. }
            | Query::Numbers { .. } => query.clone(),
        }
    }

    /// Words side by side may be a term together (`section 232`), the longest first.
    fn clauses(&mut self, clauses: &[Query]) -> Vec<Query> {
        let mut out = Vec::with_capacity(clauses.len());
        let mut rest = clauses;
        while let Some(first) = rest.first() {
            let n_plain = rest
                .iter()
                .take(LONGEST_TERM)
                .take_while(|clause| {
                    plain(clause).map(|(field, _)| field) == plain(first).map(|(field, _)| field)
                })
                .take_while(|clause| plain(clause).is_some())
                .count();
            let together = (2..=n_plain).rev().find_map(|n_words| {
                let together = self.together(rest.get(..n_words)?)?;
                Some((n_words, together))
            });
            let (n_words, clause) = match together {
                Some(together) => together,
                None => (1, self.query(first)),
            };
            out.push(clause);
            rest = rest.get(n_words..).unwrap_or_default();
        }
        out
    }

    /// Plain words as one term: next to each other, or in other words; those that were typed also apart.
    fn together(&mut self, run: &[Query]) -> Option<Query> {
        let (field, _) = run.first().and_then(plain)?;
        let words: Vec<&str> = run.iter().filter_map(plain).map(|(_, word)| word).collect();
        let text = words.join(" ");
        if let ([word], false) = (&*words, text.starts_with('§')) {
            // A word is said in other words as a passage; its parts are not apart.
            debug_assert_eq!(*word, text);
            return None;
        }
        let also = self.also(field, &text)?;
        let full = also.reference.as_ref().and_then(|reference| {
            let full = reference.spellings.first()?;
            let may_be_apart = reference.may_be_apart && !also.is_absent;
            may_be_apart.then(|| full.clone())
        });
        let apart: Vec<Word> = match (&also.reference, full) {
            (None, _) => words.iter().map(|word| plain_word(word)).collect(),
            (Some(_), Some(full)) => full.split_whitespace().map(plain_word).collect(),
            (Some(_), None) => Vec::new(),
        };
        let typed = passage_of(words.iter().map(|word| plain_word(word)).collect());
        let next = Query::Text {
            field,
            passage: Self::either(&text, typed, also),
        };
        if apart.is_empty() {
            return Some(next);
        }
        // What their words are for themselves was not asked.
        let n_found = self.found.len();
        let apart = apart.into_iter().map(|word| {
            let passage = self.passage(field, &Passage::Word(word));
            Query::Text { field, passage }
        });
        let apart = Query::and(apart.collect());
        self.found.truncate(n_found);
        Some(Query::Either(vec![next, apart]))
    }

    /// A term as typed, or in other words.
    fn either(text: &str, typed: Passage, also: Also) -> Passage {
        let mut ways = Vec::with_capacity(also.terms.len() + 2);
        if !also.replaces(text) {
            ways.push(typed);
        }
        ways.extend(also.terms.into_iter().map(|term| term.passage));
        ways.extend(also.mention);
        Passage::or(ways)
    }

    fn passage(&mut self, field: &'static Field, passage: &Passage) -> Passage {
        match passage {
            Passage::Word(_) | Passage::Phrase(_) => self.words(field, passage),
            Passage::Mention { .. } => passage.clone(),
            Passage::Or(passages) => {
                let passages = passages.iter();
                Passage::or(
                    passages
                        .map(|passage| self.passage(field, passage))
                        .collect(),
                )
            }
            Passage::Near {
                left,
                right,
                proximity,
            } => Passage::Near {
                left: Box::new(self.passage(field, left)),
                right: Box::new(self.passage(field, right)),
                proximity: *proximity,
            },
        }
    }

    fn words(&mut self, field: &'static Field, passage: &Passage) -> Passage {
        let Some(words) = plain_words(passage) else {
            return passage.clone();
        };
        let text = text_of(words);
        if let Some(also) = self.also(field, &text) {
            return Self::either(&text, passage.clone(), also);
        }
        if words.len() < 2 || words.len() > LONGEST_PHRASE {
            return passage.clone();
        }
        if let Some(case) = self.case(field, words) {
            return case;
        }
        self.wordings(field, words)
    }

    /// The parties of a case, of which the first may have a word such as `Inc.` before the `v.`.
    fn case(&mut self, field: &'static Field, words: &[Word]) -> Option<Passage> {
        let place = words
            .iter()
            .position(|word| AGAINST.contains(&fold(&word.text).as_str()))?;
        let (first, rest) = words.split_at(place);
        let (_, second) = rest
            .split_first()
            .filter(|(_, second)| !second.is_empty())?;
        if first.is_empty() {
            return None;
        }
        let against = ["v.", "vs."].map(|against| {
            let words = std::iter::once(plain_word(against)).chain(second.iter().cloned());
            Passage::Phrase(words.collect())
        });
        // What the party is called for itself was not asked.
        let n_found = self.found.len();
        let left = self.words(field, &passage_of(first.to_vec()));
        self.found.truncate(n_found);
        let case = Passage::Near {
            left: Box::new(left),
            right: Box::new(Passage::or(against.to_vec())),
            proximity: Proximity {
                reach: Reach::Words(N_OF_COMPANY + 1),
                ordered: true,
                negated: false,
            },
        };
        self.say(&text_of(words), std::slice::from_ref(&case));
        Some(Passage::or(vec![Passage::Phrase(words.to_vec()), case]))
    }

    /// A phrase in all wordings that its terms have.
    fn wordings(&mut self, field: &'static Field, words: &[Word]) -> Passage {
        // What terms say for themselves was not asked.
        let n_found = self.found.len();
        let n_related = self.related.len();
        let mut wordings: Vec<Vec<Word>> = vec![Vec::new()];
        let mut loses_typed = false;
        // Among words in capitals none are initials for that.
        let may_have_initials =
            self.synonyms.writes && words.iter().any(|word| !Case::AllCaps.fits(&word.text));
        let mut rest = words;
        while !rest.is_empty() {
            let n_most = rest.len().min(LONGEST_TERM);
            let term = (1..=n_most).rev().find_map(|n_words| {
                let run = rest.get(..n_words)?;
                let also = self.also(field, &text_of(run))?;
                Some((run, also))
            });
            let (run, ways): (&[Word], Vec<Vec<Word>>) = match term {
                None => {
                    let typed = &rest[..1];
                    let initials = typed
                        .first()
                        .filter(|_| may_have_initials)
                        .and_then(|word| spelling::with_periods(&word.text));
                    let initials = initials.map(|initials| vec![plain_word(&initials)]);
                    (
                        typed,
                        std::iter::once(typed.to_vec()).chain(initials).collect(),
                    )
                }
                Some((run, also)) => {
                    let replaces = also.replaces(&text_of(run));
                    loses_typed |= replaces;
                    let typed = (!replaces).then(|| run.to_vec());
                    let terms = also.terms.iter();
                    let others =
                        terms.map(|term| term.text.split_whitespace().map(plain_word).collect());
                    (run, typed.into_iter().chain(others).collect())
                }
            };
            let mut longer = Vec::with_capacity(wordings.len() * ways.len());
            // The first wording is the one as typed, and its own words come first.
            for way in &ways {
                for wording in &wordings {
                    longer.push([wording.as_slice(), way.as_slice()].concat());
                }
            }
            longer.truncate(MOST_WORDINGS);
            wordings = longer;
            rest = &rest[run.len()..];
        }
        self.found.truncate(n_found);
        self.related.truncate(n_related);
        let mut wordings: Vec<Passage> = wordings.into_iter().map(Passage::Phrase).collect();
        let mut is_first = true;
        wordings.retain(|wording| {
            let passage = wording.clone();
            std::mem::take(&mut is_first) || (self.is_there)(&Query::Text { field, passage })
        });
        let also = match loses_typed {
            true => wordings.as_slice(),
            false => wordings.get(1..).unwrap_or_default(),
        };
        if !also.is_empty() {
            let also = also.to_vec();
            self.say(&text_of(words), &also);
        }
        match wordings.len() {
            1 => wordings.remove(0),
            _ => Passage::or(wordings),
        }
    }

    /// What says the same as a text; keeps in mind what was found.
    fn also(&mut self, field: &'static Field, text: &str) -> Option<Also> {
        let reference = self.reference(field, text);
        let full = reference
            .as_ref()
            .and_then(|reference| reference.spellings.first());
        let asked = key(text);
        let asked_in_full = full.map_or_else(Vec::new, |full| key(full));
        let is_asked = |term: &&Term| {
            (term.key == asked || term.key == asked_in_full)
                && (!term.in_capitals || Case::AllCaps.fits(text))
        };
        let mut terms: Vec<Term> = Vec::new();
        let add = |terms: &mut Vec<Term>, term: Term| {
            if terms.iter().all(|known| known.key != term.key) {
                terms.push(term);
            }
        };
        // Only what texts have is worth a word.
        let is_there = |term: &Term| {
            (self.is_there)(&Query::Text {
                field,
                passage: term.passage.clone(),
            })
        };
        let spellings = |reference: &Option<Reference>| -> Vec<Term> {
            let spellings = reference.iter().flat_map(|reference| &reference.spellings);
            let terms = spellings.filter_map(|spelling| term(spelling));
            terms.filter(is_there).collect()
        };
        spellings(&reference)
            .into_iter()
            .for_each(|term| add(&mut terms, term));
        for row in &self.synonyms.rows {
            if !row.terms.iter().any(|term| is_asked(&term)) {
                continue;
            }
            let others = row
                .terms
                .iter()
                .filter(|term| !is_asked(term) && term.key != asked);
            match row.kind {
                Kind::Related => {
                    let others: Vec<&str> = others.map(|term| term.text.as_str()).collect();
                    let hint = match row.note.as_str() {
                        "" => others.join(", "),
                        note => format!("{} ({note})", others.join(", ")),
                    };
                    if !self.related.contains(&hint) {
                        self.related.push(hint);
                    }
                }
                Kind::Wider if !self.wider => {}
                Kind::Same | Kind::Wider => {
                    for other in others {
                        if is_there(other) {
                            add(&mut terms, other.clone());
                        }
                        if self.synonyms.writes {
                            spellings(&self::reference(&other.text))
                                .into_iter()
                                .for_each(|term| add(&mut terms, term));
                        }
                    }
                }
            }
        }
        if self.synonyms.writes && !text.contains(' ') {
            let others = spelling::others(text);
            let others = others.iter().filter_map(|other| term(other));
            others
                .filter(is_there)
                .for_each(|term| add(&mut terms, term));
        }
        let mention = self.mention(field, text, reference.as_ref(), terms.is_empty());
        let cites = reference
            .as_ref()
            .is_some_and(|reference| reference.instrument.is_some());
        let mut also = Also {
            is_absent: cites && terms.is_empty() && mention.is_none(),
            mention,
            terms,
            reference,
        };
        if also.is_absent && field.name == names::DEFAULT {
            self.say_absent(&also);
        }
        match also.replaces(text) {
            false => also.terms.retain(|term| term.key != asked),
            // Something has to stand for what is replaced.
            true if also.terms.is_empty() => {
                let full = also.reference.as_ref();
                let full = full.and_then(|reference| reference.spellings.first());
                also.terms.extend(full.and_then(|full| term(full)));
            }
            true => {}
        }
        let terms = also.terms.iter().map(|term| &term.passage);
        let passages: Vec<Passage> = terms.chain(&also.mention).cloned().collect();
        if also.is_absent {
            return Some(also);
        }
        if passages.is_empty() {
            return None;
        }
        self.say(text, &passages);
        Some(also)
    }

    /// The places of paragraphs that are marked as naming a reference, or what an abbreviation in capitals stands for of which no
    /// row says it.
    fn mention(
        &self,
        field: &'static Field,
        text: &str,
        reference: Option<&Reference>,
        is_unknown: bool,
    ) -> Option<Passage> {
        if field.name != names::DEFAULT || !self.synonyms.writes {
            return None;
        }
        let cited = reference.and_then(|reference| reference.instrument.clone());
        let of_reference = cited.map(|value| ("instrument", value));
        let abbreviated = || is_unknown.then(|| self.abbreviated(text))?;
        let (of, value) = of_reference.or_else(abbreviated)?;
        let field = schema::field(of)?;
        let values = vec![value];
        let named = Query::Values {
            field,
            values: values.clone(),
        };
        (self.is_there)(&named).then_some(Passage::Mention { field, values })
    }

    /// What an abbreviation in capitals stands for as a name in a filter, when that is one thing.
    fn abbreviated(&self, text: &str) -> Option<(&'static str, String)> {
        let is_abbreviation = (2..=LONGEST_ABBREVIATION).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_uppercase())
            && !self.synonyms.rows.is_empty();
        if !is_abbreviation {
            return None;
        }
        ["organization", "instrument"].into_iter().find_map(|name| {
            let field = schema::field(name)?;
            match (field.resolve)(text).as_slice() {
                [value] if *value != text => Some((name, value.to_string())),
                _ => None,
            }
        })
    }

    /// The reference that a text is; where no paragraph has the part that it names, what that is a part of.
    fn reference(&self, field: &'static Field, text: &str) -> Option<Reference> {
        let found = reference(text).filter(|_| self.synonyms.writes)?;
        let Some(whole) = &found.whole else {
            return Some(found);
        };
        let terms = found.spellings.iter().filter_map(|spelling| term(spelling));
        let passage = Passage::or(terms.map(|term| term.passage).collect());
        match (self.is_there)(&Query::Text { field, passage }) {
            true => Some(found),
            false => reference(whole),
        }
    }

    /// Keeps in mind what no paragraph has.
    fn say_absent(&mut self, also: &Also) {
        let full = also.reference.as_ref();
        let full = full.and_then(|reference| reference.spellings.first());
        if let Some(full) = full.filter(|full| !self.absent.contains(full)) {
            self.absent.push(full.clone());
        }
    }

    /// Keeps in mind what is searched along with a text.
    fn say(&mut self, text: &str, also: &[Passage]) {
        let Some(default) = schema::field(names::DEFAULT) else {
            return;
        };
        let synonym = Synonym {
            typed: text.to_string(),
            also: also
                .iter()
                .map(|passage| Of(default, passage).to_string())
                .collect(),
        };
        if !self.found.contains(&synonym) {
            self.found.push(synonym);
        }
    }
}

/// The field and the word of a clause that is a plain word.
fn plain(clause: &Query) -> Option<(&'static Field, &str)> {
    match clause {
        Query::Text {
            field,
            passage: Passage::Word(word),
        } if is_plain(word) => Some((field, &word.text)),
        _ => None,
    }
}

fn is_plain(word: &Word) -> bool {
    word.form == Form::Stem && word.case == Case::Any
}

/// The words of a word or phrase; none when a word in it has a form of its own.
fn plain_words(passage: &Passage) -> Option<&[Word]> {
    let words = match passage {
        Passage::Word(word) => std::slice::from_ref(word),
        Passage::Phrase(words) => words,
        _ => return None,
    };
    words.iter().all(is_plain).then_some(words)
}

fn text_of(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Syntax, Unresolved, parse};

    fn check(text: &str, wider: bool) -> String {
        let resolve = |_: &'static Field, name: &str| -> Result<Vec<String>, Unresolved> {
            Ok(vec![name.to_string()])
        };
        let query = parse(text, Syntax::Tradewire, &resolve).expect("it can be read");
        let widened = Synonyms::ours().widen(&query, wider, &|_| true);
        let mut out = widened.query.to_string();
        for synonym in &widened.synonyms {
            out += &format!("\nalso searched for {synonym}");
        }
        for related in &widened.related {
            out += &format!("\nrelated: {related}");
        }
        out
    }

    #[test]
    fn a_law_that_is_not_there_is_no_part_of_it() {
        let resolve =
            |_: &'static Field, _: &str| -> Result<Vec<String>, Unresolved> { Ok(Vec::new()) };
        let check = |text: &str| {
            let query = parse(text, Syntax::Tradewire, &resolve).expect("it can be read");
            let widened = Synonyms::ours().widen(&query, false, &|_| false);
            let absent = widened.absent.join(", ");
            format!(
                "{} ({} added; absent: {absent})",
                widened.query,
                widened.synonyms.len()
            )
        };
        insta::assert_snapshot!(check("section 999"), @r#""section 999" (0 added; absent: Section 999)"#);
        insta::assert_snapshot!(check("§ 999 duties"), @r#""Section 999" duties (0 added; absent: Section 999)"#);
        insta::assert_snapshot!(check("Article XI AND DS999"), @r#""Article XI" DS999 (0 added; absent: Article XI, DS999)"#);
        insta::assert_snapshot!(check("title:DS999"), @"title:DS999 (0 added; absent: )");
        insta::assert_snapshot!(check("25 percent tariffs"), @"25 percent tariffs (0 added; absent: )");
    }

    #[test]
    fn our_rows_can_be_read() {
        let mut synonyms = Synonyms::none();
        assert_eq!(synonyms.add(OURS), Ok(()));
        for row in &synonyms.rows {
            let mut keys: Vec<&[String]> = row.terms.iter().map(|term| &*term.key).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), row.terms.len(), "{row:?} says a term twice");
            assert_eq!(row.kind == Kind::Related, !row.note.is_empty(), "{row:?}");
        }
    }

    #[test]
    fn what_says_the_same_is_added_and_said() {
        insta::assert_snapshot!(check("cptpp", false), @r#"
        cptpp OR TPP-11 OR TPP11 OR "Comprehensive and Progressive Agreement for Trans-Pacific Partnership" OR "Comprehensive and Progressive Trans-Pacific Partnership"
        also searched for cptpp: TPP-11, TPP11, "Comprehensive and Progressive Agreement for Trans-Pacific Partnership", "Comprehensive and Progressive Trans-Pacific Partnership"
        related: TPP (the CPTPP is the TPP without the United States, in force since 30 December 2018)
        "#);
        insta::assert_snapshot!(check("section 232 tariffs", false), @r#"
        ("section 232" OR "Sec. 232" OR "Sect. 232" OR "s. 232" OR "19 U.S.C. 1862" OR "19 USC 1862" OR "19 U.S.C. Section 1862" OR "19 U.S.C. Sec. 1862" OR "Trade Expansion Act of 1962 section 232" OR instrument:"Section 232" OR Section 232) tariffs
        also searched for section 232: "Sec. 232", "Sect. 232", "s. 232", "19 U.S.C. 1862", "19 USC 1862", "19 U.S.C. Section 1862", "19 U.S.C. Sec. 1862", "Trade Expansion Act of 1962 section 232", instrument:"Section 232"
        "#);
        insta::assert_snapshot!(check("\"Section 232\"", false), @r#"
        "Section 232" OR "Sec. 232" OR "Sect. 232" OR "s. 232" OR "19 U.S.C. 1862" OR "19 USC 1862" OR "19 U.S.C. Section 1862" OR "19 U.S.C. Sec. 1862" OR "Trade Expansion Act of 1962 section 232" OR instrument:"Section 232"
        also searched for Section 232: "Sec. 232", "Sect. 232", "s. 232", "19 U.S.C. 1862", "19 USC 1862", "19 U.S.C. Section 1862", "19 U.S.C. Sec. 1862", "Trade Expansion Act of 1962 section 232", instrument:"Section 232"
        "#);
        insta::assert_snapshot!(check("AD duties", false), @r#"
        (AD OR antidumping OR anti-dumping) duties
        also searched for AD: antidumping, anti-dumping
        related: countervailing duty (duties against dumping and against subsidies are mostly asked for together)
        "#);
        insta::assert_snapshot!(check("ad duties", false), @"ad duties");
        insta::assert_snapshot!(check("tariffs W/5 aluminium", true), @r#"
        (tariffs OR duty OR "customs duty" OR "import tax" OR levy) W/5 (aluminium OR aluminum)
        also searched for tariffs: duty, "customs duty", "import tax", levy
        also searched for aluminium: aluminum
        "#);
        insta::assert_snapshot!(check("title:NAFTA -TPP", false), @r#"
        (title:NAFTA OR title:"North American Free Trade Agreement") -(TPP OR "Trans-Pacific Partnership")
        also searched for NAFTA: "North American Free Trade Agreement"
        also searched for TPP: "Trans-Pacific Partnership"
        related: USMCA (the USMCA replaced NAFTA on 1 July 2020)
        related: CPTPP (the CPTPP is the TPP without the United States, in force since 30 December 2018)
        "#);
        insta::assert_snapshot!(check("=NAFTA nafta* NAFTA~", false), @"=NAFTA nafta* NAFTA~");
        insta::assert_snapshot!(check("what did the ministers say of the WTO last year", false), @"what did the ministers say of the WTO last year");
    }

    #[test]
    fn references_are_searched_as_texts_write_them() {
        insta::assert_snapshot!(check("§ 999", false), @r#"
        "Section 999" OR "Sec. 999" OR "Sect. 999" OR "s. 999" OR instrument:"Section 999" OR Section 999
        also searched for §999: "Section 999", "Sec. 999", "Sect. 999", "s. 999", instrument:"Section 999"
        "#);
        insta::assert_snapshot!(check("\"25 %\" W/5 steel", false), @r#"
        ("25 percent" OR "25 per cent" OR "25 pct" OR "25.0 percent" OR "25.0 per cent" OR "25.0 pct") W/5 steel
        also searched for 25 %: "25 percent", "25 per cent", "25 pct", "25.0 percent", "25.0 per cent", "25.0 pct"
        "#);
        insta::assert_snapshot!(check("title:DS-999", false), @r#"
        title:DS-999 OR title:DS999
        also searched for DS-999: DS999
        "#);
        insta::assert_snapshot!(check("\"sec. 999 duties\"", false), @r#"
        "sec. 999 duties" OR "Section 999 duties" OR "Sect. 999 duties" OR "s. 999 duties"
        also searched for sec. 999 duties: "Section 999 duties", "Sect. 999 duties", "s. 999 duties"
        "#);
        insta::assert_snapshot!(check("=\"Section 999\" ALLCAPS(EO) 25~", false), @r#""=Section =999" ALLCAPS(EO) 25~"#);
    }

    #[test]
    fn terms_within_phrases_have_other_wordings() {
        insta::assert_snapshot!(check("\"TPP members\"", false), @r#"
        "TPP members" OR "Trans-Pacific Partnership members"
        also searched for TPP members: "Trans-Pacific Partnership members"
        "#);
        insta::assert_snapshot!(check("\"KLM Traders\"", false), @r#"
        "KLM Traders" OR "K.L.M. Traders"
        also searched for KLM Traders: "K.L.M. Traders"
        "#);
        insta::assert_snapshot!(check("\"Harbor Tools v. Brandt\"", false), @r#"
        "Harbor Tools v. Brandt" OR ("Harbor Tools" OR "harbour Tools") PRE/3 ("v. Brandt" OR "vs. Brandt")
        also searched for Harbor Tools v. Brandt: ("Harbor Tools" OR "harbour Tools") PRE/3 ("v. Brandt" OR "vs. Brandt")
        "#);
        insta::assert_snapshot!(check("\"trade war\"", false), @r#""trade war""#);
    }

    #[test]
    fn words_have_other_spellings_and_abbreviations_are_names() {
        insta::assert_snapshot!(check("liters", false), @r#"
        liters OR litres
        also searched for liters: litres
        "#);
        insta::assert_snapshot!(check("MOFCOM", false), @r#"
        MOFCOM OR organization:"Ministry of Commerce (China)"
        also searched for MOFCOM: organization:"Ministry of Commerce (China)"
        "#);
    }

    #[test]
    fn what_no_text_has_is_not_searched() {
        let resolve =
            |_: &'static Field, _: &str| -> Result<Vec<String>, Unresolved> { Ok(Vec::new()) };
        let widened = |text: &str| {
            let query = parse(text, Syntax::Tradewire, &resolve).expect("it can be read");
            let is_there = |query: &Query| {
                !query.to_string().contains("(b)") && !query.to_string().contains("Sec")
            };
            Synonyms::spellings()
                .widen(&query, false, &is_there)
                .query
                .to_string()
        };
        assert_eq!(widened("liters steel"), "(liters OR litres) steel");
        // The whole stands for its part.
        insta::assert_snapshot!(widened("\"Article XI(b)\""), @r#""Article XI(b)" OR "Article XI" OR "Art. XI" OR instrument:"Article XI""#);
    }

    #[test]
    fn rows_of_a_user_are_checked() {
        let error = |text: &str| {
            Synonyms::none()
                .add(text)
                .map_err(|error| error.to_string())
        };
        assert_eq!(error("same\tGHG|greenhouse gas\n"), Ok(()));
        assert_eq!(
            error("# ours\n\nequal\ta|b"),
            Err("line 3: a row begins with `same`, `wider` or `related` and a tab, not with `equal`".into())
        );
        assert_eq!(
            error("same\ta"),
            Err("line 1: a row has two terms at least, set off by `|`".into())
        );
        assert_eq!(
            error("same\ta|—"),
            Err("line 1: a term has no letter or digit".into())
        );
    }
}
