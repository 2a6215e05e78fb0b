//! What was asked, as a tree.

use jiff::civil::Date;

use crate::field::Field;

/// What was asked; names are resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    All,
    Word {
        field: &'static Field,
        word: String,
    },
    Phrase {
        field: &'static Field,
        words: String,
    },
    Prefix {
        field: &'static Field,
        prefix: String,
    },
    Fuzzy {
        field: &'static Field,
        word: String,
        distance: u8,
    },
    Values {
        field: &'static Field,
        values: Vec<String>,
    },
    Dates {
        field: &'static Field,
        from: Option<Date>,
        to: Option<Date>,
    },
    Numbers {
        field: &'static Field,
        from: Option<u64>,
        to: Option<u64>,
    },
    And(Vec<Query>),
    Or(Vec<Query>),
    Not(Box<Query>),
}
