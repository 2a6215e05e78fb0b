//! Lines that pages put between the paragraphs of a story and that are none: offers, notices, headings of other stories.
//! They are told as whole lines; what may be a sentence of a story stays.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::paragraphs::ends_sentence;

/// Longer paragraphs are none, in bytes.
const LINE_BYTES: usize = 160;

/// Bytes of the longest first word of a line in the lists.
const LONGEST_WORD: usize = 16;

/// Lines below a heading of other stories that are its headlines at most.
const OTHER_STORIES: usize = 12;

/// In lower case, without the marks at both ends.
const LINES: &[&str] = &[
    "advertisement",
    "advertisement - scroll to continue",
    "advertising",
    "all rights reserved",
    "already a subscriber? log in",
    "already a subscriber? sign in",
    "already have an account? log in",
    "already have an account? sign in",
    "article continues below",
    "article continues after advertisement",
    "back to top",
    "click here to subscribe",
    "continue reading below",
    "create a free account to continue reading",
    "enable javascript to view this page",
    "get the newsletter",
    "listen to this article",
    "our standards: the thomson reuters trust principles",
    "our standards: the thomson reuters trust principles., opens new tab",
    "please enable javascript",
    "please enable javascript to view this page",
    "purchase licensing rights",
    "purchase licensing rights, opens new tab",
    "report a typo",
    "report an editorial error",
    "report an error",
    "save this article",
    "scroll to continue",
    "share this article",
    "share this story",
    "sign up here",
    "sign up for our newsletter",
    "skip advertisement",
    "story continues below",
    "story continues below advertisement",
    "story continues below this ad",
    "subscribe now",
    "subscribe to continue reading",
    "subscribe to our newsletter",
    "suggest a correction",
    "this article is for subscribers only",
    "to continue reading, log in",
    "to continue reading, subscribe now",
    "to continue reading, subscribe today",
    "you need to enable javascript to run this app",
];

/// Beginnings of lines that name another story; one that ends as a sentence does may be of the story.
const POINTERS: &[&str] = &[
    "also read: ",
    "also read | ",
    "more on this: ",
    "read also: ",
    "read also | ",
    "read also – ",
    "read more: ",
    "read more | ",
    "read next: ",
    "related article: ",
    "related story: ",
    "related: ",
    "see also: ",
];

/// Lines above headlines of other stories.
const HEADINGS: &[&str] = &[
    "also read",
    "more from this section",
    "more like this",
    "more on this story",
    "more stories",
    "most popular",
    "most read",
    "read also",
    "read more",
    "read next",
    "recommended for you",
    "recommended stories",
    "related",
    "related articles",
    "related content",
    "related news",
    "related stories",
    "related topics",
    "trending now",
    "you may also like",
    "you might also like",
];

/// Lines that say where a text of a feed is from, by their beginning and what comes later; the headline between may be long.
const ORIGINS: &[(&str, &str)] = &[("The post ", " appeared first on ")];

/// The longest of them, in bytes.
const ORIGIN_BYTES: usize = 500;

/// The lists by the first words of their lines: most paragraphs begin with none of them.
static BY_WORD: LazyLock<FxHashMap<&str, Vec<(Kind, &str)>>> = LazyLock::new(|| {
    let mut lines: FxHashMap<&str, Vec<(Kind, &str)>> = FxHashMap::default();
    let kinds = [
        (Kind::Line, LINES),
        (Kind::Pointer, POINTERS),
        (Kind::Heading, HEADINGS),
    ];
    for (kind, names) in kinds {
        for name in names {
            lines
                .entry(first_word(name))
                .or_default()
                .push((kind, name));
        }
    }
    lines
});

/// The first words in both cases in which they come, for a quick look.
static FIRST_BYTES: LazyLock<FxHashSet<u8>> = LazyLock::new(|| {
    let bytes = BY_WORD.keys().filter_map(|word| word.bytes().next());
    bytes
        .flat_map(|byte| [byte, byte.to_ascii_uppercase()])
        .collect()
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Line,
    Pointer,
    Heading,
}

/// Takes the lines that are no part of the story from its paragraphs.
pub(super) fn take(paragraphs: &mut Vec<String>) -> Vec<String> {
    let mut taken = Vec::new();
    // Most stories have none.
    if !paragraphs.iter().any(|paragraph| kind(paragraph).is_some()) {
        return taken;
    }
    // How many lines may still be headlines of other stories.
    let mut n_others = 0;
    let mut kept = Vec::with_capacity(paragraphs.len());
    // Lines below a heading that are followed by more of the story may be its own.
    let is_line = |paragraph: &String| {
        kind(paragraph).is_some() || paragraph.len() <= LINE_BYTES && !ends_sentence(paragraph)
    };
    let last_text = paragraphs.iter().rposition(|paragraph| !is_line(paragraph));
    for (idx, paragraph) in std::mem::take(paragraphs).into_iter().enumerate() {
        let kind = kind(&paragraph);
        let is_other = n_others > 0 && paragraph.len() <= LINE_BYTES && !ends_sentence(&paragraph);
        n_others = match kind {
            Some(Kind::Heading) if last_text.is_some_and(|last| last < idx) => OTHER_STORIES,
            _ if is_other => n_others - 1,
            Some(_) => n_others,
            None => 0,
        };
        match kind.is_some() || is_other {
            true => taken.push(paragraph),
            false => kept.push(paragraph),
        }
    }
    // A text that is nothing else is one all the same.
    if kept.is_empty() {
        kept = std::mem::take(&mut taken);
    }
    *paragraphs = kept;
    taken
}

/// Whether a paragraph is one that pages print where no story is, too.
pub(super) fn is_one(paragraph: &str) -> bool {
    kind(paragraph).is_some()
}

/// What a paragraph is if it is no part of a story.
fn kind(paragraph: &str) -> Option<Kind> {
    if names_origin(paragraph) {
        return Some(Kind::Line);
    }
    if paragraph.len() > LINE_BYTES {
        return None;
    }
    let line = bare(paragraph);
    let first = line.bytes().next()?;
    if first == b'p' || first == b'P' {
        if is_page_number(line) {
            return Some(Kind::Line);
        }
    } else if !FIRST_BYTES.contains(&first) {
        return None;
    }
    // Most lines are told by their first word, without a copy of the rest.
    let word = first_word(line);
    let mut lower = [0; LONGEST_WORD];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let candidates = BY_WORD.get(std::str::from_utf8(lower).ok()?)?;
    let line = line.to_lowercase();
    let found = candidates.iter().find(|(kind, name)| match kind {
        Kind::Pointer => line.starts_with(name) && !paragraph.ends_with('.'),
        Kind::Line | Kind::Heading => line == *name,
    });
    found.map(|(kind, _)| *kind)
}

fn names_origin(paragraph: &str) -> bool {
    paragraph.len() <= ORIGIN_BYTES
        && ORIGINS.iter().any(|(start, later)| {
            let rest = paragraph.strip_prefix(start);
            rest.is_some_and(|rest| rest.contains(later))
        })
}

/// A line without the marks at both its ends.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| !c.is_alphanumeric())
}

fn first_word(line: &str) -> &str {
    let end = line.find(|c: char| !c.is_alphanumeric());
    &line[..end.unwrap_or(line.len())]
}

/// "Page 1 of 2"
fn is_page_number(line: &str) -> bool {
    let mut words = line.split(' ');
    let is_number = |word: Option<&str>| {
        word.is_some_and(|word| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    words
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("page"))
        && is_number(words.next())
        && words.next() == Some("of")
        && is_number(words.next())
        && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_kept(paragraphs: &[&str], expected: &[&str]) {
        let mut paragraphs: Vec<String> = paragraphs.iter().map(|text| text.to_string()).collect();
        take(&mut paragraphs);
        assert_eq!(paragraphs, expected);
    }

    #[test]
    fn names_are_as_lines_are_compared() {
        for name in LINES.iter().chain(HEADINGS) {
            assert_eq!(bare(name), *name);
        }
        for name in LINES.iter().chain(POINTERS).chain(HEADINGS) {
            assert_eq!(name.to_lowercase(), *name);
            assert!(first_word(name).len() <= LONGEST_WORD);
        }
    }

    #[test]
    fn offers_and_notices_are_no_paragraphs() {
        for line in [
            "· Scroll to continue",
            "Sign up here.",
            "ALSO READ: Makers of pipes wait for word",
            "Report an editorial error",
            "Page 1 of 2",
            "To continue reading, subscribe today.",
            "Already a subscriber? Log in.",
            "Our Standards: The Thomson Reuters Trust Principles.",
            "The post Makers of pipes wait for word appeared first on Trade Notes.",
        ] {
            check_kept(
                &["Pipes are dear.", line, "So are bolts."],
                &["Pipes are dear.", "So are bolts."],
            );
        }
        for line in [
            "Sign up here for the hearing, the ministry said.",
            "Read more: that was his advice.",
            "Page 3 of the report has it.",
            "Related duties rise",
            "The post of minister is vacant, which appeared first in his paper.",
        ] {
            check_kept(&["Pipes are dear.", line], &["Pipes are dear.", line]);
        }
    }

    #[test]
    fn headlines_of_other_stories_are_left_out_at_the_end() {
        let story = ["Pipes are dear.", "So are bolts.", "Nuts are not."];
        check_kept(
            &[&story[..], &["Read Next", "Zinc falls", "Tin in talks"]].concat(),
            &story,
        );
        check_kept(
            &[
                "Pipes",
                "Read more",
                "Bolts",
                "Pipes are dear.",
                "So are bolts.",
            ],
            &["Pipes", "Bolts", "Pipes are dear.", "So are bolts."],
        );
        check_kept(&["Related"], &["Related"]);
    }
}
