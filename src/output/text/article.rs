//! A whole article: its head, the paragraphs with their mentions marked, then what was found, value by value.

use std::collections::BTreeSet;
use std::io;

use rustc_hash::{FxHashMap, FxHashSet};

use super::looks::{Looks, facet_idx};
use super::screen::Screen;
use super::styled::Styled;
use crate::article::{Head, Mention, Paragraph, Published, Quote};
use crate::field::Field;
use crate::output::OWN_FACETS;
use crate::output::numbers::ordinals;

const INDENT: usize = 2;

/// Where a paragraph is in focus, what was found is told of it alone.
pub(super) fn article(
    paragraphs: &[Paragraph],
    focus: Option<usize>,
    screen: &mut Screen,
) -> io::Result<()> {
    let Some(first) = paragraphs.first() else {
        return Ok(());
    };
    put_head(&first.head, screen)?;
    if screen.looks.colour {
        put_legend(paragraphs, screen)?;
    }
    screen.blank()?;
    let last = paragraphs.iter().map(|paragraph| paragraph.ordinal).max();
    let column = format!("> #{}  ", last.unwrap_or_default()).len();
    for paragraph in paragraphs {
        put_paragraph(paragraph, focus == Some(paragraph.ordinal), column, screen)?;
    }
    let told = paragraphs
        .iter()
        .filter(|paragraph| focus.is_none_or(|focus| focus == paragraph.ordinal));
    let told: Vec<&Paragraph> = told.collect();
    let place = match focus {
        Some(focus) => format!("in #{focus}"),
        None => "in the article".to_owned(),
    };
    put_values(&told, &place, focus.is_none(), screen)?;
    put_quotes(&told, screen)
}

fn put_head(head: &Head, screen: &mut Screen) -> io::Result<()> {
    let looks = screen.looks;
    screen.indented(0, &Styled::new(&head.title, looks.title))?;
    if let Some(byline) = &head.byline {
        screen.indented(0, &Styled::plain(byline))?;
    }
    let mut items = Vec::new();
    items.extend(head.publisher.as_deref().map(Styled::plain));
    items.extend(
        head.published
            .map(|published| Styled::plain(&instant(published))),
    );
    items.extend(head.language.as_deref().map(Styled::plain));
    if !items.is_empty() {
        screen.items(0, &items)?;
    }
    if let Some(url) = &head.url {
        screen.line(&Styled::new(url, looks.dim))?;
    }
    screen.line(&Styled::new(&head.path, looks.dim))?;
    screen.line(&Styled::new(&head.id, looks.dim))
}

/// `2018-09-27 14:05 UTC`
fn instant(published: Published) -> String {
    match published.second_of_day {
        Some(second) => format!(
            "{} {:02}:{:02} UTC",
            published.date,
            second / 3600,
            second / 60 % 60
        ),
        None => published.date.to_string(),
    }
}

/// The facets that are marked, each in its colour.
fn put_legend(paragraphs: &[Paragraph], screen: &mut Screen) -> io::Result<()> {
    let is_marked = |field: &Field| {
        let mut mentions = paragraphs.iter().flat_map(|paragraph| &paragraph.mentions);
        mentions.any(|mention| mention.field == field)
    };
    let facets = OWN_FACETS.iter().filter(|field| is_marked(field));
    let legend: Vec<Styled> = facets
        .map(|field| Styled::new(field.name, screen.looks.facet(field)))
        .collect();
    if legend.is_empty() {
        return Ok(());
    }
    screen.blank()?;
    screen.items(0, &legend)
}

fn put_paragraph(
    paragraph: &Paragraph,
    is_focus: bool,
    column: usize,
    screen: &mut Screen,
) -> io::Result<()> {
    let looks = screen.looks;
    let ordinal = format!("#{}", paragraph.ordinal);
    let mut label = Styled::default();
    if is_focus {
        label.push(">", looks.title);
    }
    label.pad(column.saturating_sub(ordinal.len() + 2));
    label.push(&ordinal, if is_focus { looks.title } else { looks.dim });
    label.pad(column);
    let text = if looks.colour {
        coloured(paragraph, looks)
    } else {
        bracketed(paragraph)
    };
    screen.wrapped(&label, &text)?;
    screen.blank()
}

/// The mentions whose place is one in the text.
fn marks(paragraph: &Paragraph) -> impl Iterator<Item = &Mention> {
    paragraph.mentions.iter().filter(|mention| {
        let words = paragraph.text.get(mention.span.clone());
        words.is_some_and(|words| !words.is_empty())
    })
}

/// Words that are named, each in the colour of the facet. Of several mentions the shortest shows, as the others are
/// seen around it; of equal ones that of the more telling facet.
fn coloured(paragraph: &Paragraph, looks: Looks) -> Styled {
    // Where mentions begin and end: the place, and the mention by how it ranks against others.
    let mut edges = Vec::new();
    for mention in marks(paragraph) {
        let facet_idx = facet_idx(mention.field);
        let rank = (
            mention.span.len(),
            usize::MAX - facet_idx,
            mention.span.start,
        );
        let look = looks.facet(mention.field);
        edges.push((mention.span.start, true, rank, look));
        edges.push((mention.span.end, false, rank, look));
    }
    edges.sort_unstable_by_key(|&(place, begins, rank, _)| (place, begins, rank));
    edges.dedup();

    let mut styled = Styled::default();
    let mut open = BTreeSet::new();
    let mut looks_of = FxHashMap::default();
    let mut start = 0;
    for (place, begins, rank, look) in edges {
        let shown = open.first().and_then(|rank| looks_of.get(rank));
        styled.push(
            &paragraph.text[start..place],
            shown.copied().unwrap_or_default(),
        );
        start = place;
        if begins {
            open.insert(rank);
            looks_of.insert(rank, look);
        } else {
            open.remove(&rank);
        }
    }
    styled.push_plain(&paragraph.text[start..]);
    styled
}

/// Words that are named, in brackets, within which there may be others. What they name is told below the text:
/// among the words it would make them unreadable.
fn bracketed(paragraph: &Paragraph) -> Styled {
    let spans: BTreeSet<(usize, usize)> = marks(paragraph)
        .map(|mention| (mention.span.start, mention.span.end))
        .collect();
    let closing = spans.iter().map(|&(_, end)| (end, "]"));
    let opening = spans.iter().map(|&(start, _)| (start, "["));
    // Stable, and closing ones first, so that `[one][two]` does not become `[one[]two]`.
    let mut brackets: Vec<(usize, &str)> = closing.chain(opening).collect();
    brackets.sort_by_key(|&(place, _)| place);

    let mut styled = Styled::default();
    let mut start = 0;
    for (place, bracket) in brackets {
        styled.push_plain(&paragraph.text[start..place]);
        styled.push_plain(bracket);
        start = place;
    }
    styled.push_plain(&paragraph.text[start..]);
    styled
}

/// A value with the words that name it and where.
struct Found<'a> {
    value: &'a str,
    words: Vec<&'a str>,
    ordinals: Vec<usize>,
}

/// The values of a facet in order of first mention.
fn found<'a>(paragraphs: &[&'a Paragraph], field: &Field) -> Vec<Found<'a>> {
    let mut found: Vec<Found> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    let mut seen: FxHashSet<(usize, &str)> = FxHashSet::default();
    for paragraph in paragraphs {
        let mentions = paragraph.mentions.iter();
        for mention in mentions.filter(|mention| mention.field == field) {
            let value: &str = &mention.value;
            let found_idx = *places.entry(value).or_insert_with(|| {
                found.push(Found {
                    value,
                    words: Vec::new(),
                    ordinals: Vec::new(),
                });
                found.len() - 1
            });
            let entry = &mut found[found_idx];
            let words = paragraph.text.get(mention.span.clone()).unwrap_or_default();
            if !words.is_empty() && words != value && seen.insert((found_idx, words)) {
                entry.words.push(words);
            }
            if entry.ordinals.last() != Some(&paragraph.ordinal) {
                entry.ordinals.push(paragraph.ordinal);
            }
        }
    }
    found
}

fn put_values(
    paragraphs: &[&Paragraph],
    place: &str,
    with_ordinals: bool,
    screen: &mut Screen,
) -> io::Result<()> {
    let looks = screen.looks;
    let names = OWN_FACETS.iter().map(|field| field.name.len());
    let column = INDENT + names.max().unwrap_or_default() + 2;
    let mut is_first = true;
    for field in OWN_FACETS.iter() {
        let mut name = field.name;
        for found in found(paragraphs, field) {
            if is_first {
                screen.line(&Styled::new(place, looks.title))?;
                is_first = false;
            }
            let mut label = Styled::plain(&" ".repeat(INDENT));
            // The name stands with the first value alone.
            label.push(std::mem::take(&mut name), looks.facet(field));
            label.pad(column);
            let mut line = Styled::plain(found.value);
            if !found.words.is_empty() {
                line.push(&format!(" ({})", found.words.join(", ")), looks.dim);
            }
            if with_ordinals {
                line.push(&format!(" {}", ordinals(&found.ordinals)), looks.dim);
            }
            screen.wrapped(&label, &line)?;
        }
    }
    Ok(())
}

fn put_quotes(paragraphs: &[&Paragraph], screen: &mut Screen) -> io::Result<()> {
    let mut is_first = true;
    for paragraph in paragraphs {
        for quote in &paragraph.quotes {
            if is_first {
                screen.blank()?;
                screen.line(&Styled::new("quotes", screen.looks.title))?;
                is_first = false;
            }
            put_quote(quote, paragraph, screen)?;
        }
    }
    Ok(())
}

/// Who, how and where; then the words.
fn put_quote(quote: &Quote, paragraph: &Paragraph, screen: &mut Screen) -> io::Result<()> {
    let looks = screen.looks;
    let text = |place: &std::ops::Range<usize>| paragraph.text.get(place.clone());
    let cue = quote.cue.as_ref().and_then(text);
    let manner = if quote.direct { "direct" } else { "indirect" };
    let mut items = vec![Styled::plain(&quote.speaker)];
    items.extend(cue.map(Styled::plain));
    items.push(Styled::plain(manner));
    items.push(Styled::new(&format!("#{}", paragraph.ordinal), looks.dim));
    screen.items(INDENT, &items)?;
    let words = text(&quote.content).unwrap_or_default();
    let words = if quote.direct {
        Styled::plain(&format!("“{words}”"))
    } else {
        Styled::plain(words)
    };
    screen.indented(2 * INDENT, &words)
}
