//! What an answer says besides its rows: how much was found and with what, where it is less than was asked for, what of it is
//! not shown. The text for people has it above and below the rows, all other formats leave it to messages.

use std::fmt::Display;

use super::numbers::{counted, grouped};
use super::{Answer, Page};
use crate::field::Field;
use crate::search::{FacetCounts, Grouping, Results, Suggestion};

/// What readers of the rows alone would not know, a line each; nothing where the rows are all that was asked for.
pub fn notes(answer: &Answer) -> Vec<String> {
    let mut notes = Vec::new();
    match *answer {
        Answer::Search {
            query,
            results,
            page,
            ..
        }
        | Answer::Quotes {
            query,
            results,
            page,
            ..
        } => {
            notes.extend(shortfall(query, results));
            notes.extend(not_grouped(results, page));
            notes.extend(not_of_group(results, page));
            notes.extend(paging(results, page));
        }
        Answer::Facets { query, results, .. } => {
            notes.extend(shortfall(query, results));
            if results.n_paragraphs > 0 {
                notes.extend(values_left_out(results));
            }
        }
        _ => {}
    }
    notes
}

/// That there is nothing, or only what has some of the words, and what else may have been meant.
pub fn shortfall(query: &str, results: &Results) -> Vec<String> {
    let is_whole = results.n_paragraphs > 0 && !results.relaxed;
    let summary = (!is_whole).then(|| summary(query, results));
    let suggestions = results.suggestions.iter().map(suggestion);
    summary.into_iter().chain(suggestions).collect()
}

/// How much was found.
pub(super) fn summary(query: &str, results: &Results) -> String {
    let size = format!(
        "{} in {}",
        counted(results.n_paragraphs, "paragraph"),
        counted(results.n_articles, "article")
    );
    match (results.n_paragraphs, results.relaxed) {
        (0, _) if query.is_empty() => "no paragraph matches".to_owned(),
        (0, _) => format!("no paragraph matches `{query}`"),
        (n_paragraphs, true) => {
            let whole = match results.n_whole {
                0 => "no paragraph has".to_owned(),
                1 => "1 paragraph has".to_owned(),
                n_whole => format!("{} have", counted(n_whole, "paragraph")),
            };
            let have = if n_paragraphs == 1 { "has" } else { "have" };
            format!("{whole} all of these words; {size} {have} some")
        }
        (_, false) => size,
    }
}

pub(super) fn suggestion(Suggestion { typed, known }: &Suggestion) -> String {
    format!("no paragraph has the word `{typed}`; did you mean `{known}`?")
}

/// How many paragraphs are in no group, of an answer that is grouped by a facet.
pub(super) fn without_group(results: &Results, page: Page) -> Option<(u64, &'static Field)> {
    match page.group {
        Some(Grouping::Facet(field)) if results.n_without_group > 0 => {
            Some((results.n_without_group, field))
        }
        _ => None,
    }
}

fn not_grouped(results: &Results, page: Page) -> Option<String> {
    let (n_without, field) = without_group(results, page)?;
    Some(format!(
        "{} of {} without any {}, not shown",
        grouped(n_without),
        counted(results.n_paragraphs, "paragraph"),
        field.name
    ))
}

/// The text says of each group how much of it is shown; here it is enough that there is more.
fn not_of_group(results: &Results, page: Page) -> Option<String> {
    page.group?;
    let groups = results.groups.iter();
    let cut = groups.filter(|group| (group.hits.len() as u64) < group.n_paragraphs);
    let n_cut = cut.count() as u64;
    let have = if n_cut == 1 { "has" } else { "have" };
    (n_cut > 0).then(|| {
        format!(
            "{} {have} more paragraphs than shown; all: --per-group all",
            counted(n_cut, "group")
        )
    })
}

/// Which part of the answer this was, and how to see more; nothing when it was all.
pub(super) fn paging(results: &Results, page: Page) -> Option<String> {
    let (n_shown, total, things) = match page.group {
        Some(group) if results.n_groups == 1 => (results.groups.len(), 1, group.name()),
        Some(group) => (results.groups.len(), results.n_groups, group.plural()),
        None if results.n_paragraphs == 1 => (results.hits().count(), 1, "paragraph"),
        None => (results.hits().count(), results.n_paragraphs, "paragraphs"),
    };
    let offset = page.offset as u64;
    let end = offset.saturating_add(n_shown as u64);
    let was_asked_for_none = page.limit == Some(0);
    if total == 0 || was_asked_for_none || (offset == 0 && end >= total) {
        return None;
    }
    let total_counted = format!("{} {things}", grouped(total));
    let mut hint = if n_shown == 0 {
        format!("{total_counted} in all; none after {}", grouped(offset))
    } else {
        format!(
            "{}-{} of {total_counted}",
            grouped(offset + 1),
            grouped(end)
        )
    };
    if n_shown > 0 && end < total {
        hint.push_str(&format!("; next page: --offset {end}"));
    }
    Some(hint)
}

/// That the counts of a facet are those without its own filter, which may be more than there are paragraphs.
pub(super) fn not_narrowed(counts: &FacetCounts) -> Option<String> {
    (!counts.is_narrowed).then(|| format!("not narrowed by --{}", counts.field.name))
}

/// The facets of which not all values are shown, or that have none.
fn values_left_out(results: &Results) -> Vec<String> {
    let mut notes = Vec::new();
    for counts in &results.facets {
        let (n_shown, name) = (counts.values.len(), counts.field.name);
        notes.extend(left_out(n_shown, counts.n_values, name, "--limit all"));
        notes.extend(not_narrowed(counts).map(|note| format!("{name}: {note}")));
    }
    for values in results.significant.iter().flat_map(|all| &all.facets) {
        let name = format!("unusual {}", values.field.name);
        let n_shown = values.values.len();
        notes.extend(left_out(n_shown, values.n_values, &name, "--limit all"));
    }
    if let Some(cross) = &results.cross {
        for (axis, flag) in [
            (&cross.rows, "--limit all"),
            (&cross.columns, "--columns all"),
        ] {
            let (n_shown, n_values) = axis.n_values();
            notes.extend(left_out(n_shown, n_values, axis.name(), flag));
        }
    }
    notes
}

/// As the text has it in its headings: `speaker (20 of 105)`, `speaker (none)`.
fn left_out(n_shown: usize, n_values: usize, name: impl Display, flag: &str) -> Option<String> {
    let (n_shown, n_values) = (n_shown as u64, n_values as u64);
    match n_values {
        0 => Some(format!("{name}: none")),
        _ if n_shown == n_values => None,
        _ => Some(format!(
            "{name}: {} of {}; all: {flag}",
            grouped(n_shown),
            grouped(n_values)
        )),
    }
}
