//! Every field of a paragraph document: the base fields and those that the extractors fill, by their rules.

use crate::extract::EXTRACTORS;
pub use crate::extract::{Rule, rule, rules};
use crate::field::{Field, Kind, no_groups, no_spellings};
use crate::text::languages;

/// The fields that come from the article itself.
pub static BASE: &[Field] = &[
    Field {
        name: "text",
        key: "text",
        kind: Kind::Text,
        help: "the words of the paragraph",
        resolve: no_spellings,
        groups: no_groups,
    },
    Field {
        name: "title",
        key: "title",
        kind: Kind::Text,
        help: "the headline",
        resolve: no_spellings,
        groups: no_groups,
    },
    Field {
        name: "byline",
        key: "byline",
        kind: Kind::Text,
        help: "who wrote the article",
        resolve: no_spellings,
        groups: no_groups,
    },
    Field {
        name: "article",
        key: "article",
        kind: Kind::Keyword,
        help: "the article's id",
        resolve: no_spellings,
        groups: no_groups,
    },
    Field {
        name: "path",
        key: "path",
        kind: Kind::Keyword,
        help: "the file",
        resolve: no_spellings,
        groups: no_groups,
    },
    Field {
        name: "url",
        key: "url",
        kind: Kind::Keyword,
        help: "the article's address",
        resolve: no_spellings,
        groups: no_groups,
    },
    Field {
        name: "language",
        key: "language",
        kind: Kind::Keyword,
        help: "the language, as `en` or `english`",
        resolve: languages::codes,
        groups: no_groups,
    },
    Field {
        name: "ordinal",
        key: "ordinal",
        kind: Kind::Number,
        help: "the paragraph's place in its article, from 0",
        resolve: no_spellings,
        groups: no_groups,
    },
    Field {
        name: "published",
        key: "published",
        kind: Kind::Date,
        help: "when the article was published",
        resolve: no_spellings,
        groups: no_groups,
    },
    Field {
        name: "publisher",
        key: "publisher",
        kind: Kind::Facet,
        help: "who published the article",
        resolve: no_spellings,
        groups: no_groups,
    },
];

/// All fields, in the order in which they are shown.
pub fn fields() -> impl Iterator<Item = &'static Field> {
    BASE.iter().chain(
        EXTRACTORS
            .iter()
            .flat_map(|extractor| extractor.fields.iter().copied()),
    )
}

/// The facets: those that the extractors fill, then those of the article.
pub fn facets() -> impl Iterator<Item = &'static Field> {
    EXTRACTORS
        .iter()
        .flat_map(|extractor| extractor.fields.iter().copied())
        .chain(BASE)
        .filter(|field| field.is_facet())
}

/// Whether the field's values are found in the text of paragraphs, and so have places there.
pub fn is_extracted(field: &Field) -> bool {
    let mut filled = EXTRACTORS.iter().flat_map(|extractor| extractor.fields);
    filled.any(|known| *known == field)
}

/// The field of that name.
pub fn field(name: &str) -> Option<&'static Field> {
    fields().find(|field| field.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_keys_are_unique_and_every_field_has_help() {
        let mut names: Vec<&str> = fields().map(|field| field.name).collect();
        let mut keys: Vec<&str> = fields().map(|field| field.key).collect();
        let n_fields = names.len();
        names.sort_unstable();
        names.dedup();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!((names.len(), keys.len()), (n_fields, n_fields));
        assert!(fields().all(|field| !field.help.is_empty()));
    }
}
