//! What a field may be called in a query.

use crate::field::Field;
use crate::schema;

/// Other words for fields, next to their names and JSON keys.
static ALIASES: &[(&str, &str)] = &[
    ("about", "topic"),
    ("author", "byline"),
    ("date", "published"),
    ("headline", "title"),
    ("law", "instrument"),
    ("org", "organization"),
    ("said", "speaker"),
    ("source", "publisher"),
];

/// The longest text that is compared with the names.
const MAX_COMPARED: usize = 32;

/// The field that is searched when the query names none.
pub(super) const DEFAULT: &str = "text";

/// The field whose name opens a query for articles as a whole, too.
pub(super) const ARTICLE: &str = "article";

/// What asks for words of the first paragraphs only.
pub(super) const LEAD: &str = "lead";

/// Finds a field by name, JSON key or alias, in any case.
pub(super) fn find(name: &str) -> Option<&'static Field> {
    let name = ALIASES
        .iter()
        .find(|(alias, _)| alias.eq_ignore_ascii_case(name))
        .map_or(name, |&(_, target)| target);
    schema::fields()
        .find(|field| field.name.eq_ignore_ascii_case(name) || field.key.eq_ignore_ascii_case(name))
}

/// Returns what to do about a name that no field has.
pub(super) fn hint(name: &str) -> String {
    if let Some(similar) = similar(name) {
        return format!("did you mean `{similar}`?");
    }
    let names: Vec<String> = schema::fields()
        .map(|field| format!("`{}`", field.name))
        .collect();
    format!(
        "the fields are {}; to search for the word, put it in quotation marks",
        names.join(", ")
    )
}

fn similar(name: &str) -> Option<&'static str> {
    if name.len() > MAX_COMPARED {
        return None;
    }
    let name = name.to_lowercase();
    let known = schema::fields()
        .flat_map(|field| [field.name, field.key])
        .chain(ALIASES.iter().map(|&(alias, _)| alias))
        .chain([LEAD]);
    known
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&name, candidate);
            (distance, candidate)
        })
        // One slip in a short name, two in a longer one, three in the longest.
        .filter(|&(distance, candidate)| distance <= (candidate.len() / 3).clamp(1, 3))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_sorted_lead_to_fields_and_hide_none() {
        assert!(ALIASES.is_sorted());
        for (alias, target) in ALIASES {
            assert!(schema::field(target).is_some(), "{target}");
            assert!(schema::fields().all(|field| field.name != *alias && field.key != *alias));
        }
    }

    /// Only then does the lexer see them before a colon.
    #[test]
    fn names_are_letters_and_underscores() {
        for field in schema::fields() {
            for name in [field.name, field.key] {
                assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
            }
        }
        assert!(schema::field(DEFAULT).is_some());
    }

    #[test]
    fn fields_are_found_by_name_key_and_alias_in_any_case() {
        for (name, found) in [
            ("country", "country"),
            ("countries", "country"),
            ("PEOPLE", "person"),
            ("Headline", "title"),
            ("said", "speaker"),
        ] {
            assert_eq!(find(name).map(|field| field.name), Some(found));
        }
        assert_eq!(find("contry"), None);
    }

    #[test]
    fn similar_names_are_suggested() {
        for (name, suggested) in [
            ("contry", "did you mean `country`?"),
            ("Speakr", "did you mean `speaker`?"),
            ("organisation", "did you mean `organization`?"),
            ("uri", "did you mean `url`?"),
            ("headlines", "did you mean `headline`?"),
        ] {
            assert_eq!(hint(name), suggested);
        }
        assert!(hint("re").starts_with("the fields are `text`, `title`, "));
        assert!(hint(&"x".repeat(60_000)).starts_with("the fields are"));
    }
}
