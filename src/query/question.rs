//! Plain words, and whole questions: many words side by side, of which nobody means that all must stand in one paragraph.

use super::ast::Query;
use super::lexer::{Token, TokenKind, lower_operator};
use super::names;
use super::passage::{Form, Passage};
use super::references::{Reference, n_words_of_first, reference};
use crate::text::fold::fold;

/// So many words without any operator are a question rather than conditions.
const LEAST_WORDS: usize = 6;

/// Words that carry no meaning of their own in a question.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "did", "do",
    "does", "for", "from", "had", "has", "have", "how", "if", "in", "into", "is", "it", "its",
    "no", "not", "of", "on", "or", "such", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "to", "was", "were", "what", "when", "where", "which", "who", "whose",
    "why", "will", "with", "would",
];

/// Verbs by which a question asks for somebody's words.
const SAYING: &[&str] = &[
    "admit",
    "admits",
    "admitted",
    "announce",
    "announced",
    "announces",
    "answer",
    "answered",
    "answers",
    "argue",
    "argued",
    "argues",
    "ask",
    "asked",
    "asks",
    "believe",
    "believed",
    "believes",
    "call",
    "called",
    "calls",
    "claim",
    "claimed",
    "claims",
    "comment",
    "commented",
    "comments",
    "complain",
    "complained",
    "complains",
    "deny",
    "denied",
    "denies",
    "explain",
    "explained",
    "explains",
    "promise",
    "promised",
    "promises",
    "reply",
    "replied",
    "replies",
    "respond",
    "responded",
    "responds",
    "said",
    "say",
    "says",
    "suggest",
    "suggested",
    "suggests",
    "tell",
    "tells",
    "think",
    "thinks",
    "thought",
    "told",
    "urge",
    "urged",
    "urges",
    "warn",
    "warned",
    "warns",
];

/// What a query of nothing but plain words asks about.
#[derive(Debug, PartialEq, Eq)]
pub struct Question<'a> {
    /// What carries meaning; all words, when nothing does.
    pub asked: Vec<Asked<'a>>,
    /// The words right before a verb of saying: surnames, where the question asks what a person said.
    pub sayers: Vec<&'a str>,
    /// Whether it is so long that it is a whole question.
    pub is_whole: bool,
}

/// What a question asks for, which a paragraph has or has not.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked<'a> {
    Word(&'a str),
    /// Of several words, which by themselves say something else: a *section* is not Section 232.
    Reference(Reference),
}

impl Asked<'_> {
    /// The ways in which texts write it, the full one first.
    pub fn spellings(&self) -> Vec<&str> {
        match self {
            Asked::Word(word) => vec![word],
            Asked::Reference(reference) => reference.spellings.iter().map(String::as_str).collect(),
        }
    }
}

/// Whether a word of the index carries no meaning of its own.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}

impl Question<'_> {
    /// What it is about: what carries meaning, but for the verbs of saying.
    pub fn subjects(&self) -> Vec<&str> {
        let asked = self.asked.iter().filter(|asked| match asked {
            Asked::Word(word) => !SAYING.contains(&fold(word).as_str()),
            Asked::Reference(_) => true,
        });
        asked
            .filter_map(|asked| asked.spellings().first().copied())
            .collect()
    }
}

impl Query {
    /// The query as a question; none when it is not of several plain words in the text of paragraphs.
    pub fn question(&self) -> Option<Question<'_>> {
        let Query::And(clauses) = self else {
            return None;
        };
        let words: Option<Vec<&str>> = clauses.iter().map(plain_word).collect();
        let words = words?;
        let is_whole = words.len() >= LEAST_WORDS;
        let meaningful: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| !is_function_word(&fold(word)))
            .collect();
        let pairs = meaningful.windows(2);
        let sayers = pairs.filter_map(|pair| match pair {
            [word, verb] => SAYING.contains(&fold(verb).as_str()).then_some(*word),
            _ => None,
        });
        Some(Question {
            sayers: sayers.collect(),
            asked: if meaningful.is_empty() {
                words.into_iter().map(Asked::Word).collect()
            } else {
                asked(&words)
            },
            is_whole,
        })
    }
}

/// The references and the words that carry meaning, in order.
fn asked<'a>(words: &[&'a str]) -> Vec<Asked<'a>> {
    let mut asked = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some(first) = rest.first() {
        let (unit, behind) = rest.split_at(n_words_of_first(rest));
        match reference(&unit.join(" ")).filter(|_| unit.len() > 1) {
            Some(reference) => asked.push(Asked::Reference(reference)),
            None if is_function_word(&fold(first)) => {}
            None => asked.push(Asked::Word(first)),
        }
        rest = behind;
    }
    asked
}

fn plain_word(clause: &Query) -> Option<&str> {
    match clause {
        Query::Text {
            field,
            passage: Passage::Word(word),
        } if field.name == names::DEFAULT && word.form == Form::Stem => Some(&word.text),
        _ => None,
    }
}

/// Whether the tokens of a text are those of a whole question, in which `or` and `not` are words like others: nothing but
/// words, and many of them without such a word between. Behind `but` a `not` is a word.
pub(super) fn is_whole(source: &str, tokens: &[Token]) -> bool {
    tokens.iter().all(|token| token.kind == TokenKind::Bare) && is_prose(source, tokens)
}

/// Whether so many words stand in a row, phrases and signs among them, that the text was not written as conditions.
pub(super) fn is_prose(source: &str, tokens: &[Token]) -> bool {
    let (mut n_words, mut before) = (0, "");
    for token in tokens {
        let word = source.get(token.span.clone()).unwrap_or_default();
        n_words = match token.kind {
            TokenKind::Bare if before == "but" && word == "not" => n_words + 1,
            TokenKind::Bare if lower_operator(word).is_none() => n_words + 1,
            TokenKind::Quoted(_) | TokenKind::Require => n_words,
            _ => 0,
        };
        before = word;
        if n_words == LEAST_WORDS {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Syntax, Unresolved, parse};

    fn check(text: &str) -> String {
        let nobody = |_: &'static crate::field::Field, _: &str| {
            Err(Unresolved {
                message: String::new(),
                hint: None,
                may_come: false,
                is_known: false,
            })
        };
        let query = parse(text, Syntax::Tradewire, &nobody).unwrap_or(Query::All);
        match query.question() {
            None => "no question".to_string(),
            Some(question) => {
                let asked = question.asked.iter().map(|asked| match asked {
                    Asked::Word(word) => word.to_string(),
                    Asked::Reference(reference) => format!("[{}]", reference.spellings[0]),
                });
                let asked = asked.collect::<Vec<String>>().join(" ");
                match question.is_whole {
                    true => format!("whole: {asked}"),
                    false => asked,
                }
            }
        }
    }

    #[test]
    fn a_question_is_many_words_of_which_some_matter() {
        insta::assert_snapshot!(check("what did japan say of the steel tariffs"), @"whole: japan say steel tariffs");
        insta::assert_snapshot!(check("the price of section 232 steel"), @"whole: price [Section 232] steel");
        insta::assert_snapshot!(check("sec. 232 of the act"), @"[Section 232] act");
        insta::assert_snapshot!(check("Article XXI security"), @"[Article XXI] security");
        insta::assert_snapshot!(check("the price of steel"), @"price steel");
        insta::assert_snapshot!(check("who is who"), @"who is who");
        insta::assert_snapshot!(check("steel"), @"no question");
        insta::assert_snapshot!(check("title:steel tariffs"), @"no question");
        insta::assert_snapshot!(check("japan korea china india brazil steel -tariffs"), @"no question");
    }

    #[test]
    fn who_is_asked_for_stands_before_a_verb_of_saying() {
        let sayers = |text: &str| {
            let nobody = |_: &'static crate::field::Field, _: &str| {
                Err(Unresolved {
                    message: String::new(),
                    hint: None,
                    may_come: false,
                    is_known: false,
                })
            };
            let query = parse(text, Syntax::Tradewire, &nobody).unwrap_or(Query::All);
            let question = query.question();
            question.map_or(String::new(), |question| question.sayers.join(", "))
        };
        insta::assert_snapshot!(sayers("what did Shinzo Abe say about section 232"), @"Abe");
        insta::assert_snapshot!(sayers("what abe has said and horn then replied"), @"abe, horn");
        insta::assert_snapshot!(sayers("who said that the tariffs would go"), @"");
        insta::assert_snapshot!(sayers("what was said of abe and the tariffs"), @"");
    }

    #[test]
    fn in_a_whole_question_or_and_not_are_words() {
        insta::assert_snapshot!(check("which countries put tariffs on steel or on aluminum"), @"whole: countries put tariffs steel aluminum");
        insta::assert_snapshot!(check("which of the many countries have not signed the pact"), @"whole: many countries signed pact");
        insta::assert_snapshot!(check("who is for tariffs but not for quotas"), @"whole: tariffs quotas");
        insta::assert_snapshot!(check("what japan said and what korea did about the cheese"), @"whole: japan said korea cheese");
        // Short conditions stay conditions.
        insta::assert_snapshot!(check("steel or aluminum or copper or tin or zinc or lead or gold"), @"no question");
        insta::assert_snapshot!(check("steel tariffs on imports not from japan"), @"no question");
        insta::assert_snapshot!(check("what did japan say of the steel tariffs OR quotas"), @"no question");
    }
}
