//! What says the same in trade news: terms that are searched along with those of a query.
//!
//! A query is widened after it was read, and what was added is said. Exact words, wildcards and near spellings stay what
//! they are, and so does a whole question.

use std::fmt;

use super::ast::Query;
use super::names;
use super::passage::{Case, Form, Of, Passage, Word};
use crate::field::Field;
use crate::schema;
use crate::text::fold::fold;

const OURS: &str = include_str!("synonyms.tsv");

/// So many words are tried together as one term.
const LONGEST_TERM: usize = 12;

/// Terms that say the same, nearly the same, or something related.
#[derive(Debug, Clone)]
pub struct Synonyms {
    rows: Vec<Row>,
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
}

impl Synonyms {
    /// None at all.
    pub fn none() -> Synonyms {
        Synonyms { rows: Vec::new() }
    }

    /// Ours.
    pub fn ours() -> Synonyms {
        let mut synonyms = Synonyms::none();
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

    /// Adds to a query what says the same as its words and phrases; `wider` also what says nearly the same.
    pub fn widen(&self, query: &Query, wider: bool) -> Widened {
        let mut widening = Widening {
            synonyms: self,
            wider,
            found: Vec::new(),
            related: Vec::new(),
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
    let word = |text: &str| Word {
        text: text.to_string(),
        form: Form::Stem,
        case: Case::Any,
    };
    let mut words: Vec<Word> = text.split_whitespace().map(word).collect();
    let passage = match words.len() {
        1 => Passage::Word(words.remove(0)),
        _ => Passage::Phrase(words),
    };
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

/// The words of a term, as they are compared: folded, the last one in the singular.
fn key(text: &str) -> Vec<String> {
    let folded = fold(text);
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
    found: Vec<Synonym>,
    related: Vec<String>,
}

impl Widening<'_> {
    fn query(&mut self, query: &Query) -> Query {
        match query {
            Query::Text { field, passage } => Query::Text {
                field,
                passage: self.passage(passage),
            },
            Query::AtLeast {
                n_times,
                field,
                passage,
            } => Query::AtLeast {
                n_times: *n_times,
                field,
                passage: self.passage(passage),
            },
            Query::And(clauses) => Query::and(self.clauses(clauses)),
            Query::Or(clauses) => {
                Query::or(clauses.iter().map(|clause| self.query(clause)).collect())
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
                let run = rest.get(..n_words)?;
                let (field, _) = plain(first)?;
                let words: Vec<&str> = run.iter().filter_map(plain).map(|(_, word)| word).collect();
                let also = self.also(&words.join(" "))?;
                let run = Query::and(run.to_vec());
                let also = Query::Text {
                    field,
                    passage: also,
                };
                Some((n_words, Query::or(vec![run, also])))
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

    fn passage(&mut self, passage: &Passage) -> Passage {
        match passage {
            Passage::Word(_) | Passage::Phrase(_) => {
                let also = typed(passage).and_then(|text| self.also(&text));
                match also {
                    Some(also) => Passage::or(vec![passage.clone(), also]),
                    None => passage.clone(),
                }
            }
            Passage::Mention { .. } => passage.clone(),
            Passage::Or(passages) => {
                let passages = passages.iter();
                Passage::or(passages.map(|passage| self.passage(passage)).collect())
            }
            Passage::Near {
                left,
                right,
                proximity,
            } => Passage::Near {
                left: Box::new(self.passage(left)),
                right: Box::new(self.passage(right)),
                proximity: *proximity,
            },
        }
    }

    /// What says the same as a text; keeps in mind what was found.
    fn also(&mut self, text: &str) -> Option<Passage> {
        let asked = key(text);
        let is_asked =
            |term: &&Term| term.key == asked && (!term.in_capitals || Case::AllCaps.fits(text));
        let mut also: Vec<&Term> = Vec::new();
        for row in &self.synonyms.rows {
            if !row.terms.iter().any(|term| is_asked(&term)) {
                continue;
            }
            let others = row.terms.iter().filter(|term| term.key != asked);
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
                    for term in others {
                        if also.iter().all(|known| known.key != term.key) {
                            also.push(term);
                        }
                    }
                }
            }
        }
        if also.is_empty() {
            return None;
        }
        let synonym = Synonym {
            typed: text.to_string(),
            also: also
                .iter()
                .filter_map(|term| {
                    let default = schema::field(names::DEFAULT)?;
                    Some(Of(default, &term.passage).to_string())
                })
                .collect(),
        };
        if !self.found.contains(&synonym) {
            self.found.push(synonym);
        }
        Some(Passage::or(
            also.into_iter().map(|term| term.passage.clone()).collect(),
        ))
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

/// The text of a word or phrase; none when a word in it has a form of its own.
fn typed(passage: &Passage) -> Option<String> {
    let words = match passage {
        Passage::Word(word) => std::slice::from_ref(word),
        Passage::Phrase(words) => words,
        _ => return None,
    };
    if !words.iter().all(is_plain) {
        return None;
    }
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Unresolved, parse};

    fn check(text: &str, wider: bool) -> String {
        let resolve = |_: &'static Field, name: &str| -> Result<Vec<String>, Unresolved> {
            Ok(vec![name.to_string()])
        };
        let query = parse(text, &resolve).expect("it can be read");
        let widened = Synonyms::ours().widen(&query, wider);
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
        (section 232 OR "Sec. 232" OR "s. 232" OR "19 U.S.C. 1862" OR "19 USC 1862" OR "Trade Expansion Act of 1962 section 232") tariffs
        also searched for section 232: "Sec. 232", "s. 232", "19 U.S.C. 1862", "19 USC 1862", "Trade Expansion Act of 1962 section 232"
        "#);
        insta::assert_snapshot!(check("\"Section 232\"", false), @r#"
        "Section 232" OR "Sec. 232" OR "s. 232" OR "19 U.S.C. 1862" OR "19 USC 1862" OR "Trade Expansion Act of 1962 section 232"
        also searched for Section 232: "Sec. 232", "s. 232", "19 U.S.C. 1862", "19 USC 1862", "Trade Expansion Act of 1962 section 232"
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
