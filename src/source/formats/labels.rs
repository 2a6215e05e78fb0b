//! The head of a text whose lines say what they hold, as people copy it and as some programs write it: `Title: ...`,
//! `Author: ...`, `Date: ...`. Front matter without fences, so that two lines that are known must stand there together.

use serde_json::{Map, Value};

use super::json::{self, Name};
use crate::source::story::Facts;
use crate::source::{date, wire};

/// Lines of a text that belong to its head.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub facts: Facts,
    /// Of a place line.
    pub place: Option<String>,
    /// Whole lines.
    pub n_lines: usize,
    /// Bytes of the line that follows them: "Text: ".
    pub n_bytes: usize,
}

/// Lines, empty ones among them, within which a head has come to its end.
const MOST_LINES: usize = 40;

/// The longest line of a head, and the longest label, in bytes.
const LINE_BYTES: usize = 500;
const LABEL_BYTES: usize = 20;

/// Labels of lines that say nothing of what an article has, without spaces and in lower case.
const OTHERS: &[&str] = &[
    "accessed",
    "category",
    "categories",
    "copyright",
    "edition",
    "id",
    "keywords",
    "length",
    "page",
    "section",
    "slug",
    "tags",
    "updated",
    "wordcount",
    "words",
];

/// What a line of a head is.
enum Line<'a> {
    /// What facts are read from, under the name that JSON has for it.
    Fact(&'a str, &'a str),
    Place(&'a str),
    /// The text begins at this byte.
    Text(usize),
    Other,
    /// A label that nobody knows; of the head if a known one follows.
    Unknown,
}

/// Reads the head of a text, given its lines; none where it has no such head. The first line may be a headline without
/// a label.
pub(super) fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Head> {
    let mut head = Head::default();
    let mut object = Map::new();
    let mut n_known = 0;
    let mut headline = None;
    let mut is_first = true;
    let mut is_apart = false;
    for (line_idx, raw) in lines.take(MOST_LINES).enumerate() {
        let text = raw.trim();
        if text.is_empty() {
            is_apart = true;
            continue;
        }
        let is_behind_space = std::mem::take(&mut is_apart);
        match line(raw) {
            Some(Line::Fact(name, value)) => {
                n_known += 1;
                add(&mut object, name, value);
            }
            Some(Line::Place(place)) => {
                n_known += 1;
                head.place = Some(place.to_string());
            }
            Some(Line::Text(n_bytes)) => {
                head.n_lines = line_idx;
                head.n_bytes = n_bytes;
                break;
            }
            Some(Line::Other) => {}
            Some(Line::Unknown) | None if is_first && text.len() <= LINE_BYTES => {
                headline = Some(unmarked(text));
                is_first = false;
                continue;
            }
            Some(Line::Unknown) if !is_behind_space && is_entry(text) => continue,
            Some(Line::Unknown) | None => break,
        }
        is_first = false;
        head.n_lines = line_idx + 1;
    }
    if n_known < 2 {
        return None;
    }
    head.facts = json::facts(&Value::Object(object).to_string());
    head.facts.publisher = head.facts.publisher.as_deref().map(wire::house);
    if let Some(headline) = headline {
        // A line above the title is not of the head, nor is what follows it.
        let title = head.facts.title.replace(headline.to_string());
        return title.is_none().then_some(head);
    }
    Some(head)
}

/// A headline without the marks of Markdown: `## Duties rise`, `**Duties rise**`.
fn unmarked(line: &str) -> &str {
    let bare = line.trim_start_matches('#');
    let bare = if bare.starts_with(' ') { bare } else { line };
    bare.trim_matches(['*', '_', ' '])
}

/// Whether a line with a label that nobody knows looks like those of a head: a few words, no sentence and no answer (`Mood: good`).
fn is_entry(line: &str) -> bool {
    const LONGEST: usize = 80;
    let is_initial = line
        .split_once(':')
        .is_some_and(|(label, _)| label.chars().count() < 2);
    line.len() <= LONGEST && !is_initial && !line.ends_with(['.', '?', '!', '"', '”'])
}

/// What follows the head of a text.
pub(super) fn body<'a>(text: &'a str, head: &Head) -> &'a str {
    let lines = text.split_inclusive('\n').take(head.n_lines);
    let n_bytes: usize = lines.map(str::len).sum();
    &text[n_bytes + head.n_bytes..]
}

/// Several authors may have a line each; of all else the first line is meant.
fn add(object: &mut Map<String, Value>, name: &str, value: &str) {
    let is_byline = matches!(json::meaning(name), Some((Name::Byline, _)));
    let known = object.entry(name).or_insert_with(|| "".into());
    match known.as_str() {
        Some("") | None => *known = value.into(),
        Some(before) if is_byline => *known = format!("{before}, {value}").into(),
        Some(_) => {}
    }
}

fn line(raw: &str) -> Option<Line<'_>> {
    let is_mark = |c: char| matches!(c, '*' | '_' | '#' | ' ');
    let (label, value) = raw.split_once(':')?;
    let n_bytes = raw.len() - value.trim_start_matches([' ', '\t', '*', '_']).len();
    let label = label.trim().trim_matches(is_mark);
    let value = value.trim().trim_matches(is_mark);
    let is_label = label.len() <= LABEL_BYTES
        && label.starts_with(char::is_uppercase)
        && label
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'))
        && label.split(' ').count() <= 3
        && !value.starts_with("//");
    if !is_label {
        return None;
    }
    let plain: String = label
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    if OTHERS.contains(&&*plain) {
        return Some(Line::Other);
    }
    let is_short = raw.len() <= LINE_BYTES && !value.is_empty();
    Some(match json::meaning(label).map(|(name, _)| name) {
        Some(Name::Text) => Line::Text(n_bytes),
        Some(Name::Title | Name::Byline | Name::Url | Name::Language) if is_short => {
            Line::Fact(label, value)
        }
        Some(Name::Published) if date::parse(value).is_some() => Line::Fact(label, value),
        // What it cannot say stays a line of the text, and the text begins there.
        Some(Name::Published) => return None,
        Some(Name::Publisher) if value.starts_with("http") => Line::Fact("url", value),
        Some(Name::Publisher) if is_short => Line::Fact(label, value),
        _ if plain == "dateline" && is_short => Line::Place(value),
        _ => Line::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> Option<Facts> {
        read(text.lines()).map(|head| head.facts)
    }

    #[test]
    fn lines_with_labels_state_facts() {
        for text in [
            "Title: Duties: what rises\nAuthor: Jane Doe\nDate: December 1, 2026\nSource: Reuters News\nURL: https://example.org/a\n\nSteel.",
            "Headline: Duties: what rises\n\nBy: Jane Doe\n\nPublished: 2026-12-01\n\nSection: World\n\nPublisher: REUTERS\n\nLink: https://example.org/a\n\nSteel.",
            "Duties: what rises\nSource: Reuters\nMood: good\nPublication date: 1 December 2026\nByline: By Jane Doe\nSource URL: x\nUrl: https://example.org/a\nSteel.",
            "# Duties: what rises\n**Author:** Jane Doe\n**Published on:** 1 December 2026\n*Publication*: Reuters\n**URL:** https://example.org/a\n\nSteel.",
        ] {
            let facts = facts(text).unwrap();
            assert_eq!(facts.title.as_deref(), Some("Duties: what rises"), "{text}");
            assert_eq!(facts.byline.as_deref(), Some("Jane Doe"), "{text}");
            assert_eq!(facts.publisher.as_deref(), Some("Reuters"), "{text}");
            assert_eq!(facts.published.unwrap().to_string(), "2026-12-01", "{text}");
            assert_eq!(
                facts.url.as_deref(),
                Some("https://example.org/a"),
                "{text}"
            );
        }
        let several = facts("Title: Duties\nAuthor: Jane Doe\nAuthor: Ann Roe\n").unwrap();
        assert_eq!(several.byline.as_deref(), Some("Jane Doe, Ann Roe"));
    }

    #[test]
    fn the_text_begins_behind_the_last_line_that_is_known() {
        for (text, expected) in [
            ("Title: A\nDate: 2026-12-01\nTokyo: Steel.", "Tokyo: Steel."),
            ("Title: A\nDate: 2026-12-01\nTags: b, c\n\nSteel.", "Steel."),
            (
                "Title: A\nAuthor: B\nDate: last week\nSource: C\n\nSteel.",
                "Date: last week\nSource: C\n\nSteel.",
            ),
            (
                "Title: A\nDate: 2026-12-01\n\nTokyo: Steel rose, the ministry said.\n\nSource: Reuters\n\nMore.",
                "Tokyo: Steel rose, the ministry said.\n\nSource: Reuters\n\nMore.",
            ),
            (
                "Title: A\nAuthor: B\nQ: Did it rise?\nA: Yes\nSource: Reuters\n\nMore.",
                "Q: Did it rise?\nA: Yes\nSource: Reuters\n\nMore.",
            ),
            (
                "Title: A\nAuthor: B\nText: Steel.\n\nMore.",
                "Steel.\n\nMore.",
            ),
            ("Title: A\nAuthor: B\nBody:\nSteel.", "Steel."),
        ] {
            let head = read(text.lines()).unwrap();
            assert_eq!(body(text, &head).trim(), expected, "{text}");
        }
    }

    #[test]
    fn one_line_with_a_label_is_text() {
        for text in [
            "Title: A\n\nSteel.",
            "Source: Reuters\n\nSteel.\n\nAuthor: B",
            "Steel rose.\n\nZinc fell.\n\nSource: Reuters\nDate: 2026-12-01",
            "Q: Did it rise?\nA: Yes.",
            "Steel rose.\nTitle: A\nDate: 2026-12-01",
            "https://example.org/a\nhttps://example.org/b",
            "",
        ] {
            assert!(facts(text).is_none(), "{text}");
        }
    }
}
