//! Whole questions: many words side by side, of which nobody means that all must stand in one paragraph.

use super::ast::Query;
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

impl Query {
    /// What a question asks for: any of its words that carry meaning; none when the query is no question.
    pub fn of_question(&self) -> Option<Query> {
        let Query::And(clauses) = self else {
            return None;
        };
        if clauses.len() < LEAST_WORDS
            || !clauses
                .iter()
                .all(|clause| matches!(clause, Query::Word { .. }))
        {
            return None;
        }
        let mut words: Vec<Query> = clauses
            .iter()
            .filter(|clause| !is_function_word(clause))
            .cloned()
            .collect();
        if words.is_empty() {
            words = clauses.clone();
        }
        Some(Query::or(words))
    }
}

fn is_function_word(clause: &Query) -> bool {
    matches!(clause, Query::Word { word, .. } if FUNCTION_WORDS.contains(&fold(word).as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Unresolved, parse};

    fn check(text: &str) -> String {
        let nobody = |_: &'static crate::field::Field, _: &str| {
            Err(Unresolved {
                message: String::new(),
                hint: None,
            })
        };
        let query = parse(text, &nobody).unwrap_or(Query::All);
        query.of_question().map_or_else(
            || "no question".to_string(),
            |question| question.to_string(),
        )
    }

    #[test]
    fn a_question_is_many_words_of_which_some_matter() {
        insta::assert_snapshot!(check("what did japan say of the steel tariffs"), @"japan OR say OR steel OR tariffs");
        insta::assert_snapshot!(check("to be or not to be that is it"), @"no question");
        insta::assert_snapshot!(check("section 232 steel tariffs"), @"no question");
        insta::assert_snapshot!(check("japan korea china india brazil steel -tariffs"), @"no question");
    }
}
