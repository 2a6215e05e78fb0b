//! Text to queries: what a person types becomes a tree, checked against the schema. Knows no engine.

mod ast;
pub mod date;
mod error;

pub use ast::Query;
pub use error::{QueryError, Unresolved};

use crate::field::Field;
use crate::schema;

/// Finds the values that a name stands for in a facet or keyword field.
pub type Resolve<'a> = dyn Fn(&'static Field, &str) -> Result<Vec<String>, Unresolved> + 'a;

/// Reads a query; a blank one asks for everything.
pub fn parse(text: &str, _resolve: &Resolve) -> Result<Query, QueryError> {
    let Some(field) = schema::field("text") else {
        return Ok(Query::All);
    };
    let words: Vec<Query> = text
        .split_whitespace()
        .map(|word| Query::Word {
            field,
            word: word.to_string(),
        })
        .collect();
    Ok(if words.is_empty() {
        Query::All
    } else {
        Query::And(words)
    })
}
