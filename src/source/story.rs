//! What was read of an article, put together: what the format states (id, date, publisher) goes before what the text says.

use jiff::civil::Date;

use super::date::Day;
use super::paragraphs::Layout;
use super::{Fault, Source, shown, wire};
use crate::article::{Article, Dateline, Published};
use crate::limits::source as limits;
use crate::text::tokens::Text;

/// What a format states about an article apart from its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub id: Option<String>,
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<Published>,
    pub url: Option<String>,
    pub language: Option<String>,
}

impl Facts {
    /// With what another place states where these say nothing.
    pub(super) fn or(self, other: Facts) -> Facts {
        Facts {
            id: self.id.or(other.id),
            title: self.title.or(other.title),
            byline: self.byline.or(other.byline),
            publisher: self.publisher.or(other.publisher),
            published: self.published.or(other.published),
            url: self.url.or(other.url),
            language: self.language.or(other.language),
        }
    }
}

/// An article as its format gives it.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub facts: Facts,
    /// The id where the facts have none, and no URL; that of the source without it.
    pub stem: Option<String>,
    /// Of the place line, where that stands apart.
    pub place: Option<String>,
    pub body: Layout,
    /// The line of the file, from 1, where it holds more than one.
    pub line: Option<usize>,
}

/// A text as a reader of news sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Story {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    /// The date that the story tells, above the text or in its place line; the year may be missing there.
    pub day: Option<Day>,
    pub dateline: Option<Dateline>,
    pub paragraphs: Vec<String>,
    /// Lines of which only the meaning is kept: place lines that stand apart, dates, sign-offs.
    pub asides: Vec<String>,
}

/// The longest title that is made from a paragraph, in characters.
const TITLE_CHARS: usize = 100;

/// Tells the parts of a document, and makes the article.
pub(super) fn article(source: &Source, document: Document) -> Result<Article, Fault> {
    let Document {
        mut facts,
        stem,
        place,
        body,
        line,
    } = document;
    let mut story = wire::read(body, facts.title.as_deref());
    story.dateline = story.dateline.or_else(|| wire::stated_place(&place?));
    facts.id = facts.id.or_else(|| facts.url.clone()).or(stem);
    put_together(source, facts, story).map_err(|fault| Fault { line, ..fault })
}

fn put_together(source: &Source, facts: Facts, story: Story) -> Result<Article, Fault> {
    let path = &source.path;
    let Story {
        title,
        byline,
        publisher,
        day,
        dateline,
        mut paragraphs,
        asides: _,
    } = story;
    if paragraphs.is_empty() {
        // A headline alone is all there is to find.
        paragraphs.extend(title.clone().or_else(|| facts.title.clone()));
    }
    if paragraphs.is_empty() {
        return Err(Fault::new(path, "no text in it"));
    }
    if paragraphs.len() > limits::PARAGRAPHS {
        let n_paragraphs = paragraphs.len();
        return Err(
            Fault::new(path, format!("an article of {n_paragraphs} paragraphs"))
                .hint("split it into articles of one subject"),
        );
    }
    if let Some(paragraph) = paragraphs
        .iter()
        .find(|paragraph| paragraph.len() > limits::PARAGRAPH_BYTES)
    {
        let megabytes = paragraph.len() >> 20;
        return Err(Fault::new(path, format!("a paragraph of {megabytes} MB"))
            .hint("separate its paragraphs by blank lines"));
    }
    let path = shown(path);
    let published = facts
        .published
        .or_else(|| Some(Published::day(day_published(day, &path)?)));
    let title = facts.title.or(title).unwrap_or_else(|| {
        let start = dateline.as_ref().map_or(0, |dateline| dateline.end);
        title_from(&paragraphs[0][start..])
    });
    Ok(Article {
        id: facts.id.unwrap_or_else(|| source.stem.clone()),
        path,
        title,
        byline: facts.byline.or(byline),
        publisher: facts.publisher.or(publisher),
        published,
        url: facts.url,
        language: facts.language,
        dateline,
        paragraphs,
    })
}

/// The first sentence, cut at a word where it is long.
fn title_from(paragraph: &str) -> String {
    let paragraph = paragraph.trim_start();
    // Longer than any title in bytes: the rest need not be looked at.
    let head = super::beginning(paragraph, TITLE_CHARS * 8);
    let text = Text::new(head);
    let sentence = text
        .sentences
        .first()
        .map_or(head, |sentence| text.words(sentence.clone()));
    let sentence = sentence.trim_end_matches('.').trim();
    if sentence.chars().count() <= TITLE_CHARS && !sentence.is_empty() {
        return sentence.to_string();
    }
    let end = head
        .char_indices()
        .nth(TITLE_CHARS - 1)
        .map_or(head.len(), |(at, _)| at);
    let cut = head[..end].rfind(' ').unwrap_or(end);
    let words = head[..cut].trim_end_matches([' ', ',', ';', ':', '-', '–', '—']);
    format!("{words}…")
}

/// The day of publication by the day that the story tells and its path, which may know the year, or the whole day.
fn day_published(day: Option<Day>, path: &str) -> Option<Date> {
    let in_path = date_in_path(path);
    let told = day.and_then(|day| match in_path {
        Some(date) => day.date_near(date),
        None => day.date(year_in_path(path)),
    });
    told.or(in_path)
}

/// The last folder or file name that is a year or begins with one (`2018`, `2018-09`, `2018-09-26-talks`).
fn year_in_path(path: &str) -> Option<i16> {
    path.rsplit('/').find_map(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let after = part.as_bytes().get(digits);
        let is_year = digits == 4 && after.is_none_or(|byte| matches!(byte, b'-' | b'_' | b'.'));
        let year: i16 = part.get(..4).filter(|_| is_year)?.parse().ok()?;
        (1800..2200).contains(&year).then_some(year)
    })
}

/// The day that a path states in full: `2018/09/26/talks.txt`, `2018-09-26-talks.txt`, `afp_2018-09-26_talks.txt`.
fn date_in_path(path: &str) -> Option<Date> {
    let bytes = path.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let number = |at: usize, length: usize| -> Option<i16> {
        (at..at + length).all(is_digit).then_some(())?;
        path.get(at..at + length)?.parse().ok()
    };
    (0..bytes.len().saturating_sub(9)).rev().find_map(|at| {
        let separator = bytes[at + 4];
        let is_date = bytes[at].is_ascii_digit()
            && matches!(separator, b'-' | b'/' | b'_')
            && bytes[at + 7] == separator
            && (at == 0 || !is_digit(at - 1))
            && !is_digit(at + 10);
        let year = number(at, 4).filter(|year| is_date && (1800..2200).contains(year))?;
        Date::new(year, number(at + 5, 2)? as i8, number(at + 8, 2)? as i8).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str) -> Source {
        Source {
            path: path.into(),
            at: None,
            stem: "stem".into(),
            size: 0,
            modified: None,
            format: None,
        }
    }

    fn told(paragraph: &str) -> Story {
        Story {
            paragraphs: vec![paragraph.into()],
            ..Story::default()
        }
    }

    #[test]
    fn titles_are_made_from_the_first_sentence() {
        for (paragraph, title) in [
            ("Steel rose. Zinc fell.", "Steel rose"),
            (
                "The U.S. Trade Representative spoke. He left.",
                "The U.S. Trade Representative spoke",
            ),
            (
                "The two governments, which had met for the third time this year in a hotel by the lake, agreed on nothing, people who were there said.",
                "The two governments, which had met for the third time this year in a hotel by the lake, agreed on…",
            ),
            ("…", "…"),
        ] {
            assert_eq!(title_from(paragraph), title);
            assert!(title_from(paragraph).chars().count() <= TITLE_CHARS);
        }
        assert!(title_from(&"x".repeat(1_000)).ends_with("x…"));
    }

    #[test]
    fn the_place_line_is_no_title() {
        let mut story = told("GENEVA - Talks failed. They will resume.");
        story.dateline = Some(Dateline {
            place: "GENEVA".into(),
            end: 9,
        });
        let article = put_together(&source("a.txt"), Facts::default(), story).unwrap();
        assert_eq!(article.title, "Talks failed");
    }

    #[test]
    fn dates_without_a_year_take_it_from_the_path() {
        let published = |path: &str, year: Option<i16>| {
            let mut story = told("Steel rose.");
            story.day = Some(Day {
                year,
                month: 9,
                day: 26,
            });
            let article = put_together(&source(path), Facts::default(), story).unwrap();
            article.published.map(|published| published.to_string())
        };
        assert_eq!(published("corpus/2018/a.txt", None).unwrap(), "2018-09-26");
        assert_eq!(
            published("corpus/2018-10/a.txt", None).unwrap(),
            "2018-09-26"
        );
        assert_eq!(
            published("corpus/2018/a.txt", Some(2017)).unwrap(),
            "2017-09-26"
        );
        assert_eq!(published("corpus/20180/a.txt", None), None);
        // A path that knows the whole day tells the year by it.
        for (path, expected) in [
            ("2019-01-02-talks.txt", "2018-09-26"),
            ("2018-09-27-talks.txt", "2018-09-26"),
            ("afp_2018/09/26/talks.txt", "2018-09-26"),
        ] {
            assert_eq!(published(path, None).unwrap(), expected, "{path}");
        }
    }

    #[test]
    fn paths_state_dates() {
        for (path, date) in [
            ("2018/09/26/talks.txt", Some("2018-09-26")),
            ("a/afp_2018-09-26_talks.txt", Some("2018-09-26")),
            ("2018/talks.txt", None),
            ("2018-13-26.txt", None),
            ("12018-09-26.txt", None),
            ("é2018-09-26é", Some("2018-09-26")),
        ] {
            assert_eq!(
                date_in_path(path).map(|date| date.to_string()).as_deref(),
                date,
                "{path}"
            );
        }
    }

    #[test]
    fn a_headline_alone_is_a_paragraph() {
        let story = Story {
            title: Some("Steel tariffs".into()),
            ..Story::default()
        };
        let article = put_together(&source("a.txt"), Facts::default(), story).unwrap();
        assert_eq!(
            (article.title.as_str(), article.paragraphs.len()),
            ("Steel tariffs", 1)
        );
    }

    #[test]
    fn no_text_is_a_fault() {
        let fault = put_together(&source("a.txt"), Facts::default(), Story::default()).unwrap_err();
        assert_eq!(fault.to_string(), "a.txt: no text in it");
    }
}
