//! Text to queries: what a person types becomes a tree, checked against the schema. Knows no engine.
//!
//! # The query language
//!
//! | to find paragraphs | write |
//! |---|---|
//! | with all of these words, in any form (`tariff`, `tariffs`) | `steel tariff`, `steel AND tariff`, `steel && tariff` |
//! | with one of them at least | `steel OR aluminum`, <code>steel &#124;&#124; aluminum</code> |
//! | without a word | `steel -china`, `steel NOT china`, `steel !china` |
//! | with words in this order, next to each other | `"trade war"` |
//! | with a word in this form only | `=tariffs` |
//! | with words that fit a wildcard (two letters or more beside it) | `tarif*`, `wom?n`, `DS5??`, `"tarif* war"` |
//! | with words that fit a regular expression | `/tarif+s?/` |
//! | with words that are spelled almost so | `lighthiser~` (one letter off), `lighthiser~2` (two) |
//! | with words in capitals, with a capital, with none | `ALLCAPS(AD)`, `CAPS(aid)`, `NOCAPS(aid)` |
//! | with two things at most five words apart, in that order | `steel W/5 tariff`, `steel PRE/5 tariff` |
//! | with both in one sentence, in the paragraph | `steel W/S tariff`, `steel W/P tariff` |
//! | with one that is not near the other | `steel NOT W/5 tariff` |
//! | with a word near a name, within what somebody said | `tariff W/8 person:`, `tariff W/0 speaker:abe` |
//! | with either of two things and a third | `(steel OR aluminum) quota` |
//! | of an article whose headline has a word | `title:tariff`, `title:"trade war"`, `title:(steel OR aluminum)` |
//! | at the head of an article | `lead:tariff`, `lead:(steel W/5 tariff)` |
//! | of an article that has both somewhere | `article:(steel soybeans)` |
//! | of an article that has it so often | `ATLEAST5(tariff OR dut*)` |
//! | that name a country, person, law, … | `country:japan`, `person:abe`, `instrument:"section 232"` |
//! | with one of several values | `country:(japan OR korea)` |
//! | that name a member of a group of countries | `country:G7`, `country:EU-27`, `country:"gulf states"` |
//! | that report someone's words | `speaker:lighthizer` |
//! | on a topic or one below it | `topic:trade-remedies` |
//! | with any value, without a value | `person:*`, `-country:china` |
//! | published in a year, in a month, on a day | `published:2018`, `published:2018-09`, `published:2018-09-27` |
//! | published in a time told from today | `published:yesterday`, `published:last-month`, `published:"last 30 days"` |
//! | published then or later, before then | `published:>=2018-09`, `published:<2018-09` (also `>`, `<=`) |
//! | published from then to then | `published:[2018-01 TO 2018-09]` (both ends belong to it; `*` is an open end) |
//! | that open an article | `ordinal:0`, `ordinal:[0 TO 2]` |
//! | of all kinds | nothing |
//!
//! `W/5` and its like bind closest, then *not*, then *and*, then *or*: `a b W/5 c OR -d` is `(a AND (b W/5 c)) OR (NOT d)`.
//! Parentheses change that.
//!
//! Operators are upper or lower case. In lower case they are operators only between things that they can join: in
//! `and tariffs` and `yes or`, in `title:not`, and in `not guilty` at the start of a query or parenthesis, they are words.
//! In quotation marks they always are. `+word` is the same as `word`.
//!
//! A query of nothing but plain words, six of them in a row without *and*, *or* or *not*, is a whole question, and in one `or`
//! and `not` in lower case are words: `who of all the ministers has not signed it` leaves nothing out. [`Query::question`]
//! says which of its words matter.
//!
//! Fields go by their name, their key in JSON (`countries:japan`) or another name: `about` (topic), `author` (byline), `date`
//! (published), `headline` (title), `law` (instrument), `org` (organization), `said` (speaker), `source` (publisher). Case
//! does not matter. The colon stands between name and value without a space; in `12:30`, `https://…` and `warned: ` it is part
//! of the word, but `country: japan` is an error rather than two words.
//!
//! All double quotation marks are the same (`"…"`, `“…”`, `„…“`, `«…»`), and so are apostrophes, dashes within words, and
//! spaces of any kind. Between quotation marks, `\"` is a quotation mark and `\\` a backslash. Single quotation marks make no
//! phrase. Laws are cited as usual: `301(b)` and `§ 232` are one word. A comma or period behind a word or phrase means nothing.
//!
//! Nothing is dropped or guessed: what cannot be read (`"unclosed`, `steel AND`, `()`, `%`, `contry:japan`) is an error that
//! shows the place, and so are operators of other search engines that this one does not have (`"…"~5`, `word^2`).
//! [`limits`](crate::limits::query) says how large a query may be.
//!
//! Queries in the languages of other services ([`Syntax`]) become the same tree.

mod ast;
pub mod date;
mod dialect;
mod error;
mod lexer;
mod names;
mod parser;
mod passage;
mod question;
mod references;
mod spelling;
mod strangers;
mod synonyms;
mod value;

pub use ast::Query;
pub use dialect::Syntax;
pub use error::{QueryError, Unresolved};
pub use parser::word_regex;
pub use passage::{Case, Form, Passage, Proximity, Reach, Word};
pub use question::{Asked, Question, is_function_word};
pub use references::{Reference, reference};
pub use synonyms::{Synonym, Synonyms, SynonymsError, Widened};

use crate::field::Field;

/// How many paragraphs the lead of an article has: where news says who did what.
pub const N_OF_LEAD: u64 = 2;

/// Finds the values that a name stands for in a facet or keyword field.
pub type Resolve<'a> = dyn Fn(&'static Field, &str) -> Result<Vec<String>, Unresolved> + 'a;

/// Reads a query in a language; a blank one asks for everything.
///
/// `resolve` is asked for every name in a facet or keyword field, and gets it as the user wrote it, without the space around.
/// What it says of a name that it does not know becomes the error, with the name's place.
pub fn parse(text: &str, syntax: Syntax, resolve: &Resolve) -> Result<Query, QueryError> {
    dialect::parse(text, syntax, resolve)
}

/// Whether a query says that nothing of it may be missing: by `AND`, `&&` or `+`.
pub fn demands_all(text: &str) -> bool {
    use lexer::TokenKind;
    let is_demand = |token: &lexer::Token| match token.kind {
        // In lower case it is what people write between any words.
        TokenKind::And => text.get(token.span.clone()) != Some("and"),
        TokenKind::Require => true,
        _ => false,
    };
    lexer::tokens(text).is_ok_and(|tokens| tokens.iter().any(is_demand))
}

#[cfg(test)]
mod tests;
