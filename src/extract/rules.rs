//! The rules by which values are found, as they explain themselves (`rules.tsv`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::field::Field;
use crate::text::table::{Row, Table};

/// A rule of one facet's extractor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The name of the facet.
    pub facet: &'static str,
    /// As in `Mention::rule` and `Quote::rule`.
    pub name: &'static str,
    /// Of a hundred values that the rule found, how many were right; none where that was not measured.
    pub confidence: Option<u8>,
    /// What the rule says, in a few words.
    pub help: &'static str,
}

pub(super) const TABLE: Table = Table::new("rules.tsv", include_str!("rules.tsv"));

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |row: Row| {
        let (facet, name) = row.cell(0).split_once('/').unwrap_or(("", row.cell(0)));
        Rule {
            facet,
            name,
            confidence: row.cell(1).parse().ok(),
            help: row.cell(2),
        }
    };
    TABLE.rows().map(rule).collect()
});

/// By facet and name.
static BY_NAME: LazyLock<FxHashMap<(&str, &str), &Rule>> = LazyLock::new(|| {
    let rules = RULES.iter();
    rules.map(|rule| ((rule.facet, rule.name), rule)).collect()
});

/// All rules, by facet and name.
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule of a facet by its name; those of quotes are the speakers'. None for a rule of another version of the program.
pub fn rule(field: &Field, name: &str) -> Option<&'static Rule> {
    BY_NAME.get(&(field.name, name)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;
    use crate::text::table;

    #[test]
    fn every_row_is_found_and_whole() {
        table::check(TABLE);
        for row in TABLE.rows() {
            assert_eq!(row.len(), 3, "{row:?}");
        }
        for known in RULES.iter() {
            let field = schema::field(known.facet).expect("the facet is a field");
            assert_eq!(rule(field, known.name), Some(known));
            assert!(known.confidence.is_none_or(|confidence| confidence < 100));
            assert!(!known.help.is_empty());
            let is_plain = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b' ' | b'-');
            assert!(
                known.name.bytes().all(is_plain),
                "names stand in JSON as they are"
            );
        }
    }
}
