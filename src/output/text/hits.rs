//! The answer to a search: how much was found, the paragraphs with the words that matched, the counts, the next page.

use std::io;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::looks::Looks;
use super::screen::Screen;
use super::styled::Styled;
use super::{counts, cross, histogram, significant};
use crate::article::{Head, Paragraph};
use crate::field::{Field, Kind};
use crate::limits::output::SHOWN_BYTES;
use crate::output::numbers::{counted, grouped};
use crate::output::{OWN_FACETS, Page, notes};
use crate::search::{self, Block, Clause, Expansion, Hit, Results, Weight};

const INDENT: usize = 4;

/// How many of the words that a word stands for are named.
const N_WORDS: usize = 8;

/// How many bytes of a hit with more than `SHOWN_BYTES` are shown before the first word that matches.
const BEFORE: usize = 300;

/// Marks words that match where there is no colour. A star is one column at each side, in no way of the eye, and
/// hardly ever in news.
const MARK: &str = "*";

pub(super) fn search(
    query: &str,
    expansions: &[Expansion],
    results: &Results,
    page: Page,
    screen: &mut Screen,
) -> io::Result<()> {
    put_summary(query, expansions, results, screen)?;
    if let Some((n_without, field)) = notes::without_group(results, page) {
        let line = format!("{} of them without any {}", grouped(n_without), field.name);
        screen.indented(0, &Styled::new(&line, screen.looks.dim))?;
    }
    let has_context = results.hits().any(|hit| hit.context.is_some());
    if has_context && page.group.is_none() {
        let hits: Vec<&Hit> = results.hits().collect();
        for block in search::blocks(&hits) {
            screen.blank()?;
            if let Some((first, _)) = block.paragraphs.first() {
                put_head(&first.head, &first.head.id, None, screen)?;
            }
            put_blocks(&[block], screen)?;
        }
    }
    for group in &results.groups {
        if has_context && page.group.is_none() {
            break;
        }
        if page.group.is_some() {
            screen.blank()?;
            let n_shown = group.hits.len() as u64;
            let size = if n_shown < group.n_paragraphs {
                format!(
                    "{} of {}",
                    grouped(n_shown),
                    counted(group.n_paragraphs, "paragraph")
                )
            } else {
                counted(group.n_paragraphs, "paragraph")
            };
            let hits: Vec<&Hit> = group.hits.iter().collect();
            if let Some(value) = &group.value {
                let mut heading = Styled::new(value, screen.looks.value);
                heading.push(&format!(" · {size}"), screen.looks.dim);
                screen.indented(0, &heading)?;
                if has_context {
                    for block in search::blocks(&hits) {
                        screen.blank()?;
                        if let Some((first, _)) = block.paragraphs.first() {
                            put_head(&first.head, &first.head.id, None, screen)?;
                        }
                        put_blocks(&[block], screen)?;
                    }
                } else {
                    for hit in hits {
                        screen.blank()?;
                        put_hit(hit, &results.clauses, screen)?;
                    }
                }
                continue;
            }
            put_head(&group.head, &group.head.id, Some(&size), screen)?;
            if has_context {
                put_blocks(&search::blocks(&hits), screen)?;
                continue;
            }
            let column = ordinal_column(group.hits.iter().map(|hit| &hit.paragraph));
            for hit in hits {
                let part = part_shown(&hit.paragraph.text, &hit.highlights);
                put_ordinal_and_text(&hit.paragraph, &hit.highlights, part, column, screen)?;
            }
        } else {
            for hit in &group.hits {
                screen.blank()?;
                put_hit(hit, &results.clauses, screen)?;
            }
        }
    }
    if !results.facets.is_empty() && results.n_paragraphs > 0 {
        counts::facets(&results.facets, screen)?;
    }
    put_paging(results, page, screen)
}

/// Hits among the paragraphs around them, which are dim and, as with grep, have a dash behind their number.
fn put_blocks(blocks: &[Block], screen: &mut Screen) -> io::Result<()> {
    let all = blocks.iter().flat_map(|block| &block.paragraphs);
    let column = ordinal_column(all.map(|(paragraph, _)| *paragraph));
    for (block_idx, block) in blocks.iter().enumerate() {
        if block_idx > 0 {
            screen.indented(
                column.saturating_sub(2),
                &Styled::new("⋮", screen.looks.dim),
            )?;
        }
        for (paragraph, hit) in &block.paragraphs {
            match hit {
                Some(hit) => {
                    let part = part_shown(&paragraph.text, &hit.highlights);
                    put_ordinal_and_text(paragraph, &hit.highlights, part, column, screen)?;
                }
                None => put_context(paragraph, column, screen)?,
            }
        }
    }
    Ok(())
}

fn put_context(paragraph: &Paragraph, column: usize, screen: &mut Screen) -> io::Result<()> {
    let ordinal = format!("{}-", paragraph.ordinal);
    let mut label = Styled::default();
    label.pad(column.saturating_sub(ordinal.len() + 1));
    label.push(&ordinal, screen.looks.dim);
    label.push_plain(" ");
    let part = part_shown(&paragraph.text, &[]);
    let mut text = Styled::new(&paragraph.text[part.clone()], screen.looks.dim);
    if part.end < paragraph.text.len() {
        text.push(" …", screen.looks.dim);
    }
    screen.wrapped(&label, &text)
}

/// The counts alone.
pub(super) fn facets(
    query: &str,
    expansions: &[Expansion],
    results: &Results,
    screen: &mut Screen,
) -> io::Result<()> {
    put_summary(query, expansions, results, screen)?;
    if results.n_paragraphs > 0 {
        counts::facets(&results.facets, screen)?;
    }
    if let Some(significant) = &results.significant {
        significant::significant(significant, screen)?;
    }
    if results.n_paragraphs == 0 {
        return Ok(());
    }
    if let Some(cross) = &results.cross {
        cross::cross(cross, screen)?;
    }
    if let Some(histogram) = &results.histogram {
        histogram::histogram(histogram, screen)?;
    }
    Ok(())
}

/// Paragraphs that were not searched for: those of an article in a row stand together.
pub(super) fn paragraphs(paragraphs: &[Paragraph], screen: &mut Screen) -> io::Result<()> {
    for article in paragraphs.chunk_by(|left, right| left.head == right.head) {
        put_head(&article[0].head, &article[0].head.id, None, screen)?;
        let column = ordinal_column(article.iter());
        for paragraph in article {
            put_ordinal_and_text(paragraph, &[], 0..paragraph.text.len(), column, screen)?;
        }
        screen.blank()?;
    }
    Ok(())
}

/// How much was found, and what the names of groups were taken for.
pub(super) fn put_summary(
    query: &str,
    expansions: &[Expansion],
    results: &Results,
    screen: &mut Screen,
) -> io::Result<()> {
    screen.indented(0, &Styled::plain(&notes::summary(query, results)))?;
    for expansion in expansions {
        screen.indented(0, &Styled::plain(&expansion.to_string()))?;
    }
    for suggestion in &results.suggestions {
        screen.indented(0, &Styled::plain(&notes::suggestion(suggestion)))?;
    }
    match results.clauses.is_empty() {
        true => put_weighed(results, screen),
        false => {
            put_clauses(results, screen)?;
            put_all_weighed(results, screen)
        }
    }
}

/// What weighed along with a question, but for its own words.
fn put_weighed(results: &Results, screen: &mut Screen) -> io::Result<()> {
    let mut words = Vec::new();
    for weighed in &results.weighed {
        match &weighed.what {
            Weight::Quoted(names) => {
                let line = format!("also weighed: who quotes {}", names.join(" or "));
                screen.indented(0, &Styled::plain(&line))?;
            }
            Weight::Words {
                words: of_stem,
                is_asked,
            } => {
                let shortest = of_stem.iter().min_by_key(|word| word.chars().count());
                words.extend(shortest.filter(|_| !is_asked).map(String::as_str));
            }
        }
    }
    words.truncate(N_WORDS);
    if words.is_empty() {
        return Ok(());
    }
    let line = format!(
        "also weighed, words that the best articles share: {}",
        words.join(", ")
    );
    screen.indented(0, &Styled::plain(&line))
}

/// All that weighed along with a question, and how much.
fn put_all_weighed(results: &Results, screen: &mut Screen) -> io::Result<()> {
    for (number, weighed) in results.weighed.iter().enumerate() {
        if number == 0 {
            screen.blank()?;
        }
        let label = format!("{:.2}  ", weighed.share);
        let text = match &weighed.what {
            Weight::Quoted(names) => format!("quotes {}", names.join(" or ")),
            Weight::Words { words, .. } => words.join(", "),
        };
        screen.wrapped(&Styled::plain(&label), &Styled::plain(&text))?;
    }
    Ok(())
}

pub(super) fn put_hit(hit: &Hit, clauses: &[Clause], screen: &mut Screen) -> io::Result<()> {
    let paragraph = &hit.paragraph;
    put_head(&paragraph.head, &paragraph.id(), None, screen)?;
    let part = part_shown(&paragraph.text, &hit.highlights);
    let text = marked(paragraph, &hit.highlights, part, screen.looks);
    screen.indented(INDENT, &text)?;
    put_facets(paragraph, INDENT, screen)?;
    put_parts(hit, clauses, INDENT, screen)
}

/// How the query was read, where that was asked for: how many paragraphs each clause finds by itself, and the words of the
/// index that its words stand for.
fn put_clauses(results: &Results, screen: &mut Screen) -> io::Result<()> {
    let Some(first) = results.clauses.first() else {
        return Ok(());
    };
    screen.blank()?;
    // The first finds the most, or those left out do.
    let most = results
        .clauses
        .iter()
        .map(|clause| clause.n_paragraphs)
        .max();
    let column = grouped(most.unwrap_or(first.n_paragraphs)).len();
    for clause in &results.clauses {
        let number = grouped(clause.n_paragraphs);
        let indent = 2 * clause.depth;
        let label = format!("{number:>column$}  {:indent$}", "");
        let mut text = Styled::plain(match clause.text.as_str() {
            "" => "everything",
            text => text,
        });
        let words = clause.words.iter();
        let words = words.map(|(word, n_with)| format!("{word} {}", grouped(*n_with)));
        let mut shown: Vec<String> = words.take(N_WORDS).collect();
        if let Some(n_more) = clause.words.len().checked_sub(N_WORDS + 1) {
            shown.push(format!("{} more", n_more + 1));
        }
        if !shown.is_empty() {
            text.push(&format!(": {}", shown.join(", ")), screen.looks.dim);
        }
        screen.wrapped(&Styled::plain(&label), &text)?;
    }
    Ok(())
}

/// What the clauses of the query gave to the score of a hit, where that was asked for.
fn put_parts(hit: &Hit, clauses: &[Clause], indent: usize, screen: &mut Screen) -> io::Result<()> {
    if clauses.is_empty() {
        return Ok(());
    }
    let parts = hit.parts.iter().filter_map(|(number, score)| {
        let clause = clauses.get(*number)?;
        Some(format!("{score:.2} {}", clause.text))
    });
    let parts: Vec<String> = parts.collect();
    let sum = match parts.is_empty() {
        true => String::new(),
        false => format!(" = {}", parts.join(" + ")),
    };
    let line = format!("score {:.2}{sum}", hit.score);
    screen.indented(indent, &Styled::new(&line, screen.looks.dim))
}

/// A paragraph below the head that it shares with others.
fn put_ordinal_and_text(
    paragraph: &Paragraph,
    highlights: &[Range<usize>],
    part: Range<usize>,
    column: usize,
    screen: &mut Screen,
) -> io::Result<()> {
    let mut label = Styled::default();
    let ordinal = format!("#{}", paragraph.ordinal);
    label.pad(column.saturating_sub(ordinal.len() + 1));
    label.push(&ordinal, screen.looks.dim);
    label.push_plain(" ");
    let text = marked(paragraph, highlights, part, screen.looks);
    screen.wrapped(&label, &text)?;
    put_facets(paragraph, label.width(), screen)
}

/// Where text begins to the right of ordinals.
fn ordinal_column<'a>(paragraphs: impl Iterator<Item = &'a Paragraph>) -> usize {
    let last = paragraphs.map(|paragraph| paragraph.ordinal).max();
    INDENT.max(format!("#{} ", last.unwrap_or_default()).len())
}

/// The title, and below it what places the text: publisher, date, id. Ids are never cut, to be copied.
fn put_head(head: &Head, id: &str, size: Option<&str>, screen: &mut Screen) -> io::Result<()> {
    let looks = screen.looks;
    screen.indented(0, &Styled::new(&head.title, looks.title))?;
    let mut items = Vec::new();
    items.extend(head.publisher.as_deref().map(Styled::plain));
    items.extend(
        head.published
            .map(|published| Styled::plain(&published.date.to_string())),
    );
    items.push(Styled::new(id, looks.dim));
    items.extend(size.map(Styled::plain));
    screen.items(0, &items)
}

/// All of a text, or of one that is too long whole words around the first that matches.
fn part_shown(text: &str, highlights: &[Range<usize>]) -> Range<usize> {
    if text.len() <= SHOWN_BYTES {
        return 0..text.len();
    }
    let first = highlights.iter().map(|place| place.start).min();
    let start = first.unwrap_or(0).min(text.len()).saturating_sub(BEFORE);
    let end = start.saturating_add(SHOWN_BYTES);
    let is_gap = |(_, c): &(usize, char)| c.is_whitespace();
    // A text without spaces is cut within a word, between characters.
    let cut = |from: usize| {
        let from = (from..text.len()).find(|place| text.is_char_boundary(*place));
        let rest = from.map_or("", |from| &text[from..]);
        let gap = rest.char_indices().take(BEFORE / 4).find(is_gap);
        text.len() - rest.len() + gap.map_or(0, |(gap, _)| gap)
    };
    let start = if start == 0 { 0 } else { cut(start) };
    start..cut(end)
}

/// Part of the text with the words that matched marked; words side by side as one.
fn marked(
    paragraph: &Paragraph,
    highlights: &[Range<usize>],
    part: Range<usize>,
    looks: Looks,
) -> Styled {
    let text = &*paragraph.text;
    let mut styled = Styled::default();
    if part.start > 0 {
        styled.push("…", looks.dim);
    }
    styled.append(marked_part(text, highlights, part.clone(), looks));
    if part.end < text.len() {
        styled.push(" …", looks.dim);
    }
    styled
}

/// The same without what tells that there is more.
pub(super) fn marked_part(
    text: &str,
    highlights: &[Range<usize>],
    part: Range<usize>,
    looks: Looks,
) -> Styled {
    let mark = if looks.colour { "" } else { MARK };
    let mut styled = Styled::default();
    let mut start = part.start;
    let places = joined(highlights, text);
    let is_shown = |place: &Range<usize>| part.start <= place.start && place.end <= part.end;
    for place in places.into_iter().filter(is_shown) {
        styled.push_plain(&text[start..place.start]);
        styled.push_plain(mark);
        styled.push(&text[place.clone()], looks.matched);
        styled.push_plain(mark);
        start = place.end;
    }
    styled.push_plain(&text[start..part.end]);
    styled
}

/// The places in order, those that overlap or have only white space, or only signs as in `U.S.`, between them as one.
fn joined(places: &[Range<usize>], text: &str) -> Vec<Range<usize>> {
    let is_part = |place: &&Range<usize>| {
        text.get((*place).clone())
            .is_some_and(|part| !part.is_empty())
    };
    let mut places: Vec<Range<usize>> = places.iter().filter(is_part).cloned().collect();
    places.sort_unstable_by_key(|place| (place.start, place.end));
    places.dedup_by(|next, place| {
        let is_joined = next.start <= place.end || {
            let between = &text[place.end..next.start];
            let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
            between.trim().is_empty() || between.chars().all(is_sign)
        };
        if is_joined {
            place.end = place.end.max(next.end);
        }
        is_joined
    });
    places
}

/// One dim line of what the paragraph names. What two facets name is shown with the later, more telling one:
/// every speaker is a person, too.
fn put_facets(paragraph: &Paragraph, indent: usize, screen: &mut Screen) -> io::Result<()> {
    let values: Vec<Vec<&str>> = OWN_FACETS
        .iter()
        .map(|field| paragraph.values(field))
        .collect();
    let mut last_facets: FxHashMap<&str, usize> = FxHashMap::default();
    for (facet_idx, values) in values.iter().enumerate() {
        last_facets.extend(values.iter().map(|value| (*value, facet_idx)));
    }
    let mut line = String::new();
    for (facet_idx, field) in OWN_FACETS.iter().enumerate() {
        let mut label = format!("{}: ", field.name);
        for value in &values[facet_idx] {
            if last_facets.get(value) != Some(&facet_idx) {
                continue;
            }
            let separator = match (label.is_empty(), line.is_empty()) {
                (true, _) => ", ",
                (false, true) => "",
                (false, false) => " · ",
            };
            line.push_str(separator);
            line.push_str(&label);
            line.push_str(last_part(field, value));
            label.clear();
        }
    }
    if line.is_empty() {
        return Ok(());
    }
    screen.indented(indent, &Styled::new(&line, screen.looks.dim))
}

/// Of a path its last part, which says enough here and is understood by the flags: `steel` for `sectors/metals/steel`.
fn last_part<'a>(field: &Field, value: &'a str) -> &'a str {
    match field.kind {
        Kind::Tree => value.rsplit('/').next().unwrap_or(value),
        _ => value,
    }
}

/// Which part of the answer this was, and how to see more; nothing when it was all.
pub(super) fn put_paging(results: &Results, page: Page, screen: &mut Screen) -> io::Result<()> {
    let Some(hint) = notes::paging(results, page) else {
        return Ok(());
    };
    screen.blank()?;
    screen.indented(0, &Styled::new(&hint, screen.looks.dim))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_texts_whole_words_around_the_match_are_shown() {
        assert_eq!(part_shown("short", &[]), 0..5);
        let text = "é tariff ".repeat(10_000);
        for at in [0, 2, 299, 500, 40_000, text.len()] {
            let part = part_shown(&text, std::slice::from_ref(&(at..at + 1)));
            assert!(part.start <= at && (at < part.end || at == text.len()));
            assert!(part.len() <= SHOWN_BYTES + BEFORE, "{part:?}");
            assert!(
                text[part.clone()].trim().starts_with(['é', 't']),
                "{part:?}"
            );
            assert!(part.start == 0 || text[part].starts_with(' '));
        }
        let text = "é".repeat(10_000);
        assert_eq!(part_shown(&text, &[]), 0..SHOWN_BYTES);
        let part = part_shown(&text, std::slice::from_ref(&(5_000..5_002)));
        assert_eq!(part, 4_700..7_700);
    }

    #[test]
    fn words_side_by_side_are_marked_as_one() {
        let text = "Section 232 duties, é 232 U.S.";
        let check = |places: &[Range<usize>], expected: &[&str]| {
            let parts: Vec<&str> = joined(places, text)
                .into_iter()
                .map(|place| &text[place])
                .collect();
            assert_eq!(parts, expected);
        };
        check(&[], &[]);
        check(&[0..7, 8..11], &["Section 232"]);
        check(&[8..11, 0..7, 12..18], &["Section 232 duties"]);
        check(&[0..7, 12..18], &["Section", "duties"]);
        check(&[12..18, 20..22], &["duties", "é"]);
        check(&[0..11, 2..4], &["Section 232"]);
        check(&[27..28, 29..30], &["U.S"]);
        // Places that are none: within a character, beyond the end, empty.
        check(&[20..21, 21..25, 20..99, 3..3], &[]);
    }
}
