//! The conventions of news copy: headline, byline, place line, sign-off. Goes by form alone and knows few names; an
//! ordinary paragraph that is taken for one of them does more harm than one of them left among the paragraphs.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use super::boilerplate;
use super::date::{self, Day};
use super::paragraphs::{Layout, ends_sentence};
use super::story::Story;
use crate::article::{Dateline, Published};
use crate::text::table::Table;

const AGENCY_TABLE: Table = Table::new("agencies.tsv", include_str!("agencies.tsv"));
const PAPER_TABLE: Table = Table::new("papers.tsv", include_str!("papers.tsv"));

/// Names as publishers by the names that are printed.
type Houses = FxHashMap<&'static str, &'static str>;

/// Agencies by signature.
static AGENCIES: LazyLock<Houses> = LazyLock::new(|| houses(AGENCY_TABLE));

/// Papers, broadcasters and services; they sign no text, and some are called as people and things are.
static PAPERS: LazyLock<Houses> = LazyLock::new(|| houses(PAPER_TABLE));

fn houses(table: Table) -> Houses {
    let mut names = FxHashMap::default();
    for row in table.rows() {
        names.extend(row.iter().map(|name| (*name, row[0])));
    }
    names
}

/// The longest headline in characters, counting all its lines.
const HEADLINE_CHARS: usize = 200;

/// The longest headline with a period at its end; first sentences of stories are rarely so short.
const STOPPED_HEADLINE_CHARS: usize = 120;

/// The longest text above the byline that belongs to the headline, in bytes.
const STANDFIRST_BYTES: usize = 400;

/// Bytes within which a place line has come to its end.
const DATELINE_BYTES: usize = 140;

/// The paragraphs at the head among which headline, byline and place line are looked for.
const HEAD_PARAGRAPHS: usize = 6;

/// The paragraphs at the end among which those are named who reported and edited.
const CREDIT_PARAGRAPHS: usize = 6;

/// The longest line that names them, in bytes.
const CREDIT_BYTES: usize = 400;

/// How its parts begin, in lower case.
const CREDITS: &[&str] = &[
    "reporting by",
    "reporting and writing by",
    "additional reporting by",
    "writing by",
    "editing by",
    "compiled by",
    "translated by",
    "graphics by",
];

/// What lines that say who reported have, and hardly any other.
static ING_BY: LazyLock<Finder> = LazyLock::new(|| Finder::new("ing by "));

/// Capital words before a colon or dash that are no places.
const LABELS: &[&str] = &[
    "CHAIRMAN",
    "CHAIRWOMAN",
    "COUNSEL",
    "COURT",
    "DR",
    "DR.",
    "HOST",
    "INTERVIEWER",
    "JUDGE",
    "JUSTICE",
    "MINISTER",
    "MODERATOR",
    "MR",
    "MR.",
    "MRS",
    "MRS.",
    "MS",
    "MS.",
    "REP.",
    "REPORTER",
    "SEN.",
    "SENATOR",
    "SPEAKER",
    "WITNESS",
    "ABSTRACT",
    "ADVISORY",
    "ALERT",
    "ANALYSIS",
    "BACKGROUND",
    "BYLINE",
    "DATELINE",
    "BREAKING",
    "BRIEF",
    "CHRONOLOGY",
    "COLUMN",
    "COMMENT",
    "CORRECTED",
    "CORRECTION",
    "EDITORIAL",
    "EXCLUSIVE",
    "EXPLAINER",
    "FACTBOX",
    "FEATURE",
    "FLASH",
    "FOCUS",
    "HIGHLIGHTS",
    "INSIGHT",
    "INTERVIEW",
    "LEAD",
    "LIVE",
    "MORE",
    "NEWS",
    "NOTE",
    "OPINION",
    "POLL",
    "PREVIEW",
    "PROFILE",
    "QUESTION",
    "ANSWER",
    "REFILE",
    "REPEAT",
    "REVIEW",
    "SCENARIOS",
    "SUMMARY",
    "TABLE",
    "TEXT",
    "TIMELINE",
    "TOPLINE",
    "TOP",
    "UPDATE",
    "URGENT",
    "WATCH",
    "WRAPUP",
    "WARNING",
    "WHY",
    "HOW",
    "WHAT",
    "WHO",
    "ASEAN",
    "APEC",
    "AIIB",
    "BRICS",
    "CAFTA",
    "CEPA",
    "CETA",
    "CPTPP",
    "EFTA",
    "ECOWAS",
    "FTAA",
    "GATS",
    "GATT",
    "IEEPA",
    "IPEF",
    "KORUS",
    "MERCOSUR",
    "NAFTA",
    "NATO",
    "OECD",
    "OPEC",
    "RCEP",
    "SAARC",
    "TRIPS",
    "UNCTAD",
    "UNESCO",
    "UNICEF",
    "USMCA",
    "USTR",
    "AFCFTA",
    "CBAM",
    "COVID",
];

/// Words in names of people and places that are written small.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
    "e", "el", "en", "la", "le", "ibn", "of", "sur", "the", "van", "vom", "von", "y", "zu", "upon",
];

/// A place line, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PlaceLine {
    /// As printed; empty where only the agency is named.
    pub place: String,
    pub agency: Option<String>,
    pub day: Option<Day>,
}

/// A line that ends an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SignOff {
    pub agency: Option<String>,
    /// Whether the line can be nothing else.
    pub sure: bool,
}

/// Tells the parts of an article from its paragraphs. With a `title` that is known no headline is looked for.
pub(super) fn read(layout: Layout, title: Option<&str>) -> Story {
    let mut story = Story::default();
    let mut paragraphs = layout.paragraphs;
    // A rule such as "___" between the story and what follows it.
    paragraphs.retain(|paragraph| !paragraph.bytes().all(|byte| byte == b'_'));
    story.asides = boilerplate::take(&mut paragraphs);
    let n_head = head(&paragraphs, title, &mut story);
    paragraphs.drain(..n_head);
    take_credits(&mut paragraphs, &mut story);
    take_end(&mut paragraphs, &mut story);
    if let Some((line, end)) = dateline_of(&paragraphs, 0) {
        story.publisher = story.publisher.or(line.agency);
        story.day = date::surest(story.day, line.day);
        // The end is a place in the first paragraph, and a second headline may be that.
        let is_first = story.paragraphs.is_empty();
        story.dateline = Some(Dateline {
            place: line.place,
            end: if is_first { end } else { 0 },
        });
    }
    let last = paragraphs.last().map_or("", String::as_str);
    story.publisher = story.publisher.or_else(|| {
        let signed = layout
            .sign_offs
            .iter()
            .find_map(|line| sign_off(line)?.agency);
        signed.or_else(|| closing_agency(last))
    });
    story.asides.extend(layout.sign_offs);
    story.paragraphs.extend(paragraphs);
    story
}

/// Takes the line at the end that says so and who sent the story, with what stands below it: "(END) Dow Jones Newswires", and
/// when that was.
fn take_end(paragraphs: &mut Vec<String>, story: &mut Story) {
    let first = paragraphs.len().saturating_sub(CREDIT_PARAGRAPHS).max(1);
    let sender = |line: &String| agency(line.strip_prefix("(END)")?.trim());
    let Some(at) = (first..paragraphs.len()).find(|&idx| sender(&paragraphs[idx]).is_some()) else {
        return;
    };
    story.publisher = story.publisher.take().or(sender(&paragraphs[at]));
    for line in paragraphs.drain(at..) {
        // "March 01, 2018 15:12 ET (20:12 GMT)"
        let day = date_line(line.split('(').next().unwrap_or(&line));
        story.day = date::surest(story.day, day);
        story.asides.push(line);
    }
}

/// Takes the lines at the end that name who reported and edited: "(Reporting by Jane Doe; Editing by John Roe)".
fn take_credits(paragraphs: &mut Vec<String>, story: &mut Story) {
    let n_before = paragraphs.len().saturating_sub(CREDIT_PARAGRAPHS).max(1);
    let mut idx = paragraphs.len();
    while idx > n_before {
        idx -= 1;
        let Some(names) = reporters(&paragraphs[idx]) else {
            continue;
        };
        story.byline = story.byline.take().or(names);
        story.asides.push(paragraphs.remove(idx));
    }
}

/// Who reported, of a line that says nothing else; none for those who only helped or edited.
fn reporters(line: &str) -> Option<Option<String>> {
    if line.len() > CREDIT_BYTES || ING_BY.find(line.as_bytes()).is_none() {
        return None;
    }
    let bare = line.trim_matches(['(', ')', '[', ']', ' ', '.', '*', '—', '-']);
    let mut reporters = None;
    for (part_idx, part) in bare.split([';', '.']).map(str::trim).enumerate() {
        let role = CREDITS.iter().find_map(|start| {
            let begins = part.get(..start.len())?.eq_ignore_ascii_case(start);
            begins.then(|| (*start, part[start.len()..].trim()))
        });
        let Some((role, names)) = role else {
            // The initial of a name: "Jane Q. Doe".
            if part_idx > 0
                && part
                    .split(' ')
                    .all(|word| word.is_empty() || is_name_word(word))
            {
                continue;
            }
            return None;
        };
        let names = byline(&format!("By {names}"))?;
        // Who wrote it is named by itself where nobody else is: that line is a byline, and stays as it is.
        if part_idx == 0 && role == "writing by" {
            return None;
        }
        if part_idx == 0 && role == "reporting by" {
            reporters = Some(names);
        }
    }
    Some(reporters)
}

/// Reads the paragraphs before the text proper into `story` and says how many they are. A second headline stays a
/// paragraph.
fn head(paragraphs: &[String], title: Option<&str>, story: &mut Story) -> usize {
    let mut n_read = 0;
    for (paragraph_idx, paragraph) in paragraphs.iter().enumerate().take(HEAD_PARAGRAPHS) {
        let neighbour = |idx: usize| paragraphs.get(idx).map(String::as_str);
        let next = neighbour(paragraph_idx + 1);
        let before = neighbour(paragraph_idx.wrapping_sub(1));
        // A place line above the date may have told the day without its year.
        let is_dated = story.day.is_some_and(|day| day.year.is_some());
        if next.is_some() && is_release(paragraph) {
            story.asides.push(paragraph.clone());
        } else if let Some(names) =
            byline(paragraph).filter(|_| story.byline.is_none() && next.is_some())
        {
            story.byline = Some(names);
        } else if let (Some(names), Some(_), Some(before)) = (&story.byline, next, before)
            && let Some(names) = continued(names, before, paragraph)
        {
            story.byline = Some(names);
        } else if let Some(publisher) = house_line(paragraph)
            .filter(|_| next.is_some() && is_beside_credit(paragraphs, paragraph_idx))
        {
            story.asides.push(paragraph.clone());
            story.publisher.get_or_insert(publisher);
        } else if let Some(line) = place_line(paragraph).filter(|line| {
            // A headline may end in a date: "TALKS TO RESUME APRIL 7".
            let opens = paragraph_idx == 0 && title.is_none();
            let set_off =
                paragraph.contains([',', '(']) || line.day.is_some_and(|day| day.year.is_some());
            story.dateline.is_none() && next.is_some() && (set_off || !opens)
        }) {
            story.asides.push(paragraph.clone());
            story.publisher = story.publisher.take().or(line.agency);
            story.day = date::surest(story.day, line.day);
            if !line.place.is_empty() {
                story.dateline = Some(Dateline {
                    place: line.place,
                    end: 0,
                });
            }
        } else if let Some(day) = date_line(paragraph).filter(|_| !is_dated && next.is_some()) {
            story.asides.push(paragraph.clone());
            story.day = Some(day);
        } else if let Some((Some(byline), Some(published))) =
            credit(paragraph).filter(|_| story.byline.is_none() && !is_dated && next.is_some())
        {
            story.asides.push(paragraph.clone());
            story.byline = Some(byline);
            story.day = Some(day_of(published));
        } else if title.is_some_and(|title| is_same(title, paragraph)) && next.is_some() {
            // The text repeats the headline that the format states.
            story.asides.push(paragraph.clone());
        } else if title.is_none() && story.title.is_none() && is_headline(paragraphs, paragraph_idx)
        {
            story.title = Some(paragraph.clone());
        } else if story.byline.is_none()
            && paragraph_idx > 0
            && is_name(paragraph)
            && agency(paragraph).is_none()
            && (next.is_some_and(|next| place_line(next).is_some() || date_line(next).is_some())
                || dateline_of(paragraphs, paragraph_idx + 1).is_some())
        {
            story.byline = Some(paragraph.clone());
        } else if (title.is_some() || story.title.is_some())
            && story.paragraphs.is_empty()
            && story.byline.is_none()
            && paragraph.len() <= STANDFIRST_BYTES
            && next.is_some_and(|next| byline(next).is_some())
        {
            // A second headline, or a sentence or two that stand above the byline.
            story.paragraphs.push(paragraph.clone());
        } else if let Some(names) = &story.byline
            && is_name(paragraph)
            && leads_to_day(&paragraphs[paragraph_idx + 1..])
        {
            if is_paper(paragraph) {
                story.publisher = story.publisher.take().or_else(|| Some(paragraph.clone()));
            } else {
                // A second author, or what the first one is: "Trade Correspondent".
                story.byline = Some(format!("{names}, {paragraph}"));
            }
        } else {
            break;
        }
        n_read = paragraph_idx + 1;
    }
    if let Some(names) = &story.byline {
        story.publisher = story.publisher.take().or_else(|| house_after_name(names));
    }
    n_read
}

/// The names of a byline with those of the next line, where it goes on there: `before` is the line that it ends in so far.
fn continued(names: &str, before: &str, line: &str) -> Option<String> {
    const JOINTS: [&str; 3] = ["and", "&", "AND"];
    let last = before.rsplit(' ').next().unwrap_or(before);
    let is_joined = JOINTS.contains(&last) || JOINTS.contains(&line.split(' ').next()?);
    let whole = match is_joined {
        true => format!("{names} {line}"),
        false if last.ends_with(',') => format!("{names}, {line}"),
        false => return None,
    };
    byline(&format!("By {whole}"))
}

/// Whether a name of a publisher stands where it says who published: at the very top, or beside what tells author or day.
fn is_beside_credit(paragraphs: &[String], paragraph_idx: usize) -> bool {
    let rest = &paragraphs[paragraph_idx + 1..];
    let is_credit = |line: &str| byline(line).is_some() || date_line(line).is_some();
    let before = paragraphs[..paragraph_idx].last();
    leads_to_day(rest)
        || rest.first().is_some_and(|line| is_credit(line))
        || before.map_or(rest.len() > 1, |line| {
            is_credit(line) || credit(line).is_some()
        })
}

/// Whether the first paragraph that is no name tells a day, by itself or in its place line.
fn leads_to_day(paragraphs: &[String]) -> bool {
    let n_names = paragraphs
        .iter()
        .take(HEAD_PARAGRAPHS)
        .take_while(|line| is_name(line) || house_line(line).is_some())
        .count();
    paragraphs
        .get(n_names)
        .is_some_and(|line| date_line(line).is_some() || place_line(line).is_some())
        || dateline_of(paragraphs, n_names).is_some()
}

/// Whether a line of a few words ends as names of papers do: `Dallas Morning News`.
fn is_paper(line: &str) -> bool {
    const ENDS: &[&str] = &[
        "agency",
        "chronicle",
        "gazette",
        "herald",
        "journal",
        "news",
        "post",
        "press",
        "service",
        "times",
        "tribune",
    ];
    let last = line.rsplit(' ').next().unwrap_or_default();
    ENDS.contains(&&*last.to_lowercase())
}

/// Whether a line at the head of a text stands by itself, whatever the lines around it: `before` is the one above it.
pub(super) fn stands_alone(line: &str, before: Option<&str>) -> bool {
    let goes_on = |before: &str| {
        let names = byline(before)?;
        continued(&names, before, line)
    };
    byline(line).is_some()
        || place_line(line).is_some()
        // The last words of a paragraph may be a date.
        || !line.ends_with('.') && date_line(line).is_some()
        || house_line(line).is_some()
        || before.and_then(goes_on).is_some()
}

/// What stands above the headline of what is sent to the press.
const RELEASES: &[&str] = &[
    "for immediate release",
    "for release",
    "media release",
    "news release",
    "press release",
    "press statement",
];

fn is_release(line: &str) -> bool {
    let line = line.trim_matches(|c: char| !c.is_alphabetic());
    RELEASES
        .iter()
        .any(|release| line.eq_ignore_ascii_case(release))
}

/// Whether two headlines have the same letters and numbers: pages print them with other marks than they state them.
fn is_same(title: &str, paragraph: &str) -> bool {
    let letters = |text: &'_ str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    title.len().abs_diff(paragraph.len()) <= 20 && letters(title) == letters(paragraph)
}

fn is_headline(paragraphs: &[String], paragraph_idx: usize) -> bool {
    let (text, rest) = (&paragraphs[paragraph_idx], &paragraphs[paragraph_idx + 1..]);
    if text.len() > HEADLINE_CHARS * 4 || text.chars().count() > HEADLINE_CHARS || rest.is_empty() {
        return false;
    }
    let n_bytes_after: usize = rest.iter().take(HEAD_PARAGRAPHS).map(String::len).sum();
    if n_bytes_after <= text.len() && paragraphs.len() < 4
        || dateline_of(paragraphs, paragraph_idx).is_some()
    {
        return false;
    }
    // Nor is the first question of a transcript.
    let is_transcript = begins_a_turn(text) && begins_a_turn(&rest[0]);
    if text.ends_with([':', ';', ',']) || is_transcript {
        return false;
    }
    // A place line opens the story: what stands before it is the headline, even with a period.
    if dateline_of(paragraphs, paragraph_idx + 1).is_some() && paragraph_idx == 0 {
        return true;
    }
    let stopped = ends_sentence(text) && !text.ends_with('?') && !ends_abbreviated(text);
    !stopped || is_title_case(text) || paragraph_idx == 0 && is_stopped_headline(text, rest)
}

/// Whether a first paragraph that ends with a period is a headline all the same: one short sentence before longer
/// paragraphs, that tells no day and reports no words, as the first sentence of a story does.
fn is_stopped_headline(text: &str, rest: &[String]) -> bool {
    let bare = text.trim_end_matches('.');
    let inner_stop = bare.char_indices().any(|(at, c)| {
        matches!(c, '.' | '!' | '?')
            && bare[at + 1..].starts_with(' ')
            && !ends_abbreviated(&bare[..=at])
    });
    let tells = text.split(' ').any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphabetic());
        matches!(word, "said" | "told" | "announced" | "today" | "yesterday")
            || date::is_weekday(word)
    });
    text.chars().count() <= STOPPED_HEADLINE_CHARS
        && !inner_stop
        && !tells
        && rest.len() >= 3
        && rest[..3]
            .iter()
            .any(|paragraph| paragraph.len() > text.len() * 3 / 2)
        && !text.starts_with(is_quotation_mark)
}

/// "... TARIFFS AGAINST THE U.S.": the period is no full stop.
fn ends_abbreviated(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text);
    let stem = last.trim_end_matches('.');
    stem.contains('.')
        || [
            "Inc", "Corp", "Co", "Ltd", "Jr", "Sr", "INC", "CORP", "CO", "LTD",
        ]
        .contains(&stem)
}

/// "The Long Way to a Deal.": as titles are printed, and no sentence is.
fn is_title_case(text: &str) -> bool {
    let long_words = || {
        text.split_whitespace()
            .filter(|word| word.chars().count() > 3)
    };
    let n_words = long_words().count();
    let n_capital = long_words()
        .filter(|word| word.starts_with(|c: char| !c.is_lowercase()))
        .count();
    let has_lower = text.contains(char::is_lowercase);
    has_lower && n_words >= 3 && n_capital == n_words && !text.contains(is_quotation_mark)
}

pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '„' | '`'
    )
}

/// How lines begin that name the authors.
const BYLINE_STARTS: &[&str] = &[
    "By ",
    "by ",
    "BY ",
    "By: ",
    "Byline: ",
    "BYLINE: ",
    "Author: ",
    "Written by ",
    "Par ",
    "Von ",
    "Por ",
    "Door ",
];

/// "By" in other languages.
const FOREIGN_BY: &[&str] = &["Par ", "Von ", "Por ", "Door "];

/// What stands between the parts of a line that names the author and the day.
const CREDIT_MARKS: &[&str] = &[
    " | ", " · ", " • ", " – ", " — ", " - ", " on ", ", ", " by ", " By ",
];

/// The author and the day, where one line names both: "By Jane Doe on Nov. 5, 2025 at 4:44 pm", "Posted on April 5, 2019 by
/// jdoe". Either may be missing, not both.
pub(super) fn credit(text: &str) -> Option<(Option<String>, Option<Published>)> {
    let text = text.trim();
    if text.len() > 150 {
        return None;
    }
    if let Some(byline) = byline(text) {
        return Some((Some(byline), None));
    }
    // All days have their year; to look for one costs less than to read.
    let mut digits = text.as_bytes().windows(4);
    if !digits.any(|digits| digits.iter().all(u8::is_ascii_digit)) {
        return None;
    }
    if let Some(published) = date::parse(text).filter(|_| !is_number(text)) {
        return Some((None, Some(published)));
    }
    CREDIT_MARKS.iter().find_map(|mark| {
        text.match_indices(mark).take(3).find_map(|(at, _)| {
            let (left, right) = (text[..at].trim(), text[at + mark.len()..].trim());
            if let Some(published) = date::parse(right).filter(|_| !is_number(right)) {
                return Some((Some(byline(left)?), Some(published)));
            }
            let published = date::parse(left).filter(|_| !is_number(left))?;
            let by = mark.trim().eq_ignore_ascii_case("by");
            let named = match by {
                // A name by which somebody signs in.
                true if !right.contains(' ') => Some(right.to_string()),
                true => byline(&format!("By {right}")),
                false => byline(right),
            };
            Some((Some(named?), Some(published)))
        })
    })
}

/// A number alone may be anything.
fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// "By Jane Doe and John Roe, Reuters" → "Jane Doe and John Roe, Reuters".
pub(super) fn byline(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 150 {
        return None;
    }
    let (prefix, names) = BYLINE_STARTS
        .iter()
        .find_map(|prefix| Some((prefix, text.strip_prefix(prefix)?)))?;
    // After a label even a period ends no sentence.
    let labelled = prefix.ends_with(": ");
    let names = names.trim().trim_end_matches(',');
    let names = if labelled {
        names.trim_end_matches('.')
    } else {
        names
    };
    let words: Vec<&str> = names.split_whitespace().collect();
    let is_joint = |word: &str| {
        matches!(
            word,
            "and" | "&" | "AND" | "with" | "in" | "for" | "at" | "|" | "-" | "–" | "/"
        )
    };
    let n_names = words.iter().filter(|word| is_name_word(word)).count();
    let fits = words
        .iter()
        .all(|word| is_name_word(word) || is_joint(word) || PARTICLES.contains(word));
    // "Von" may be a name itself, and "Par" a word of a headline.
    let is_enough = n_names > usize::from(FOREIGN_BY.contains(prefix));
    let stopped =
        names.ends_with(['.', '!', '?', ':']) && !names.ends_with("Jr.") && !names.ends_with("Sr.");
    let is_time = words.first().is_some_and(|word| {
        date::is_weekday(word.trim_end_matches(',')) || date::parse_day(names).is_some()
    });
    (fits && is_enough && words.len() <= 16 && !stopped && !is_time && !is_joint(words[0]))
        .then(|| names.to_string())
}

/// "Doe", "O'Neill", "McKay,", "J.", "Jean-Luc", "DOE"
fn is_name_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, ',' | '(' | ')'));
    word.starts_with(char::is_uppercase)
        && word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
}

/// Whether a text is nothing but a name: "Jane Doe", "Jean de la Fontaine".
pub(super) fn is_name(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let words: Vec<&str> = text.split(' ').collect();
    (2..=5).contains(&words.len())
        && words
            .iter()
            .all(|word| is_name_word(word) || PARTICLES.contains(word))
        && words.first().is_some_and(|word| is_name_word(word))
        && text.contains(char::is_lowercase)
        && !text.contains([',', '(', ')'])
}

fn house_after_name(byline: &str) -> Option<String> {
    known_house(
        byline
            .rsplit_once([',', '(', '|', '/'])?
            .1
            .trim_matches([' ', ')']),
    )
}

/// The publisher's name of an agency that is known by this signature.
fn agency(signature: &str) -> Option<String> {
    AGENCIES.get(signature).map(|name| name.to_string())
}

/// The name of a publisher as other articles have it: databases call agencies "Reuters News".
pub(super) fn house(name: &str) -> String {
    known_house(name).unwrap_or_else(|| name.to_string())
}

/// The same of a publisher that is known.
fn known_house(name: &str) -> Option<String> {
    let paper = || PAPERS.get(name).map(|name| name.to_string());
    agency(name)
        .or_else(|| agency(name.strip_suffix(" News")?))
        .or_else(paper)
}

/// The publisher that a line names and nothing else: "Reuters", "(AFP)", "Source: Financial Times".
fn house_line(line: &str) -> Option<String> {
    let name = line.strip_prefix("Source: ").unwrap_or(line);
    known_house(name.trim_matches(['(', ')', '[', ']', '-', '–', '—', ' ']))
}

/// Two to six capital letters: what an agency that nobody listed looks like.
fn is_initials(text: &str) -> bool {
    (2..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The agency in brackets: one that is known, or initials.
fn bracketed_agency(inside: &str) -> Option<String> {
    let inside = inside.trim();
    agency(inside)
        .or_else(|| agency(inside.split([' ', '/', ',', '-']).next().unwrap_or("")))
        .or_else(|| is_initials(inside).then(|| inside.to_string()))
}

/// What agencies write into the brackets of a place line that is no name.
const REMARKS: &[&str] = &[
    "adds",
    "analysis",
    "clarifies",
    "comment",
    "corrected",
    "correction",
    "corrects",
    "exclusive",
    "update",
    "updated",
    "updates",
    "recasts",
    "refiles",
    "repeats",
];

/// Whether words between the date and the dash of a place line may be the name of a paper: "Northgate News", "The National".
fn may_be_house(text: &str) -> bool {
    let mut words = text.split(' ');
    (3..=40).contains(&text.len())
        && words.clone().count() <= 5
        && words.all(|word| {
            word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphanumeric)
                || PARTICLES.contains(&word)
                || word == "&"
        })
        && !REMARKS.contains(&text.to_lowercase().as_str())
}

/// A date that stands alone, with its year.
fn date_line(text: &str) -> Option<Day> {
    let published =
        date::parse(text).filter(|_| text.bytes().any(|byte| !byte.is_ascii_digit()))?;
    Some(day_of(published))
}

fn day_of(published: Published) -> Day {
    let date = published.date;
    Day {
        year: Some(date.year()),
        month: date.month(),
        day: date.day(),
    }
}

/// A place line that stands apart: "BRUSSELS 1996-08-22", "WASHINGTON, Sept. 26 (AFP) —".
pub(super) fn place_line(text: &str) -> Option<PlaceLine> {
    let text = text.trim();
    if text.len() > DATELINE_BYTES {
        return None;
    }
    let bare = text.trim_end_matches(['-', '–', '—', '―', ':', ' ']);
    let dashed = bare.len() < text.len();
    let head = Head::read(bare)?;
    let fits = match head.case {
        Case::Upper => {
            head.line.day.is_some() || head.bracketed || dashed && !is_label(&head.line.place)
        }
        Case::Mixed => {
            head.line.day.is_some()
                && (dashed || head.line.agency.is_some() || has_comma_or_year(bare, &head))
        }
        Case::None => {
            head.bracketed
                && head
                    .line
                    .agency
                    .as_deref()
                    .is_some_and(|name| agency(name).is_some())
        }
    };
    fits.then_some(head.line)
}

/// The place that a label names: "GENEVA", "GENEVA, Sept. 9".
pub(super) fn stated_place(text: &str) -> Option<Dateline> {
    let head = Head::read(super::beginning(text.trim(), DATELINE_BYTES))?;
    let place = head.line.place;
    (!place.is_empty()).then_some(Dateline { place, end: 0 })
}

/// A mixed-case place must be set off from its date: "Geneva, 8 March", "Geneva 2018-03-08"; "Ides March 15" is a title.
fn has_comma_or_year(text: &str, head: &Head) -> bool {
    text.contains(',') || head.line.day.is_some_and(|day| day.year.is_some())
}

/// The place line that one of the first paragraphs begins with, and where its text proper begins. Of two that begin with a name
/// and a colon neither does: those who speak in a transcript are no places.
fn dateline_of(paragraphs: &[String], paragraph_idx: usize) -> Option<(PlaceLine, usize)> {
    let text = paragraphs.get(paragraph_idx)?;
    let (line, end) = dateline(text)?;
    let is_bare = line.day.is_none() && line.agency.is_none();
    let is_turn = is_bare && text[..end].trim_end().ends_with(':') && {
        let mut others = paragraphs.iter().take(HEAD_PARAGRAPHS).enumerate();
        others.any(|(idx, other)| idx != paragraph_idx && begins_a_turn(other))
    };
    (!is_turn).then_some((line, end))
}

/// Whether a paragraph begins with a name, one word or a few with capitals, and a colon.
fn begins_a_turn(paragraph: &str) -> bool {
    const MOST_WORDS: usize = 4;
    let head = super::beginning(paragraph, DATELINE_BYTES).split_once(": ");
    let head = head.map_or("", |(head, _)| head);
    let mut words = head.split(' ').take(MOST_WORDS + 1);
    let n_words = words.clone().count();
    (1..=MOST_WORDS).contains(&n_words) && words.all(|word| word.starts_with(char::is_uppercase))
}

/// The place line that a paragraph begins with, and where the text proper begins.
pub(super) fn dateline(text: &str) -> Option<(PlaceLine, usize)> {
    let window = super::beginning(text, DATELINE_BYTES);
    let may_be_mark = |(_, byte): &(usize, u8)| matches!(byte, b'-' | b':' | b')' | 0xe2);
    let mut n_tried = 0;
    for (at, _) in window.bytes().enumerate().filter(may_be_mark) {
        let Some((mark, end)) = mark_at(text, at) else {
            continue;
        };
        n_tried += 1;
        if n_tried > 4 {
            return None;
        }
        let head_end = if mark == Mark::Bracket { at + 1 } else { at };
        let Some(head) = Head::read(&text[..head_end]) else {
            continue;
        };
        if fits_dateline(&head, mark, &text[end..]) {
            let line = head.line;
            return Some(match day_behind(&line, &text[end..]) {
                Some((day, length)) => {
                    let day = Some(day);
                    (PlaceLine { day, ..line }, end + length)
                }
                None => (line, end),
            });
        }
    }
    None
}

/// The day that press releases put behind the dash, between it and another, with or without who sends it:
/// "CLEVELAND, Ohio – December 2, 2025 (Acme Wire) – Acme said".
fn day_behind(line: &PlaceLine, after: &str) -> Option<(Day, usize)> {
    const DAY_BYTES: usize = 40;
    if line.day.is_some() || line.place.is_empty() {
        return None;
    }
    let head = super::beginning(after, DAY_BYTES);
    let (at, _) = head
        .char_indices()
        .find(|&(at, c)| matches!(c, '—' | '–' | '―' | '-') && head[..at].ends_with(' '))?;
    let said = head[..at].trim_end();
    let sender = said
        .strip_suffix(')')
        .and_then(|said| said.rsplit_once(" ("));
    let day = date::parse_day(sender.map_or(said, |(day, _)| day));
    let day = day.filter(|day| day.year.is_some())?;
    let (_, end) = mark_at(after, at)?;
    Some((day, end))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dash,
    /// Two hyphens without space: a place line only if it has a date or an agency.
    Tight,
    Colon,
    /// A closing bracket with no dash after it: "New Delhi, Sep 27 (PTI) The government".
    Bracket,
}

/// The mark that begins at `at`, and where the text after it begins.
fn mark_at(text: &str, at: usize) -> Option<(Mark, usize)> {
    let rest = &text[at..];
    let c = rest.chars().next()?;
    let (mark, length) = match c {
        '—' | '–' | '―' => (Mark::Dash, c.len_utf8()),
        '-' if rest.starts_with("--") => {
            let spaced = text[..at].ends_with([' ', ')']);
            let length = rest.len() - rest.trim_start_matches('-').len();
            (if spaced { Mark::Dash } else { Mark::Tight }, length)
        }
        // A hyphen is a dash between spaces, and after a bracket or a place where a space got lost.
        '-' if text[..at].ends_with(' ') => (Mark::Dash, 1),
        '-' if text[..at].ends_with(')') => (Mark::Dash, 1),
        ':' if rest[1..].starts_with(' ') => (Mark::Colon, 1),
        ')' if rest[1..].starts_with(' ')
            && !rest[1..]
                .trim_start()
                .starts_with(['-', '–', '—', '―', ':']) =>
        {
            (Mark::Bracket, 1)
        }
        _ => return None,
    };
    let after = &rest[length..];
    let space = after.len() - after.trim_start().len();
    (!after.trim_start().is_empty()).then_some((mark, at + length + space))
}

fn fits_dateline(head: &Head, mark: Mark, after: &str) -> bool {
    let line = &head.line;
    let opens = after.starts_with(|c: char| !c.is_lowercase());
    let named = line
        .agency
        .as_deref()
        .is_some_and(|name| agency(name).is_some());
    match (mark, head.case) {
        (Mark::Dash | Mark::Tight, Case::Upper) if line.day.is_some() || head.bracketed => true,
        (Mark::Dash | Mark::Colon, Case::Upper) => {
            let (least, limit) = if mark == Mark::Colon { (5, 3) } else { (4, 5) };
            opens
                && line.place.len() >= least
                && !is_label(&line.place)
                && line.place.split(' ').count() <= limit
                && !is_upper(after)
        }
        (Mark::Dash | Mark::Colon, Case::Mixed) => {
            opens && (line.day.is_some() || head.bracketed && named)
        }
        (Mark::Dash, Case::None) => head.bracketed && (opens || named),
        (Mark::Colon, Case::None) => false,
        (Mark::Tight | Mark::Bracket, Case::None) => false,
        (Mark::Tight, _) => false,
        (Mark::Bracket, _) => opens && (line.day.is_some() || named) && !is_upper(after),
    }
}

/// Whether a capital word before a dash or colon is a label or an abbreviation rather than a place.
fn is_label(place: &str) -> bool {
    let n_letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let vowels = ['A', 'E', 'I', 'O', 'U', 'Y'];
    n_letters < 4
        || !place.contains(vowels) && place.is_ascii()
        || place
            .split([' ', '/', '-'])
            .any(|word| LABELS.contains(&word))
}

/// Whether a text is printed in capitals, judged by its beginning.
fn is_upper(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).take(30);
    letters.all(|c| !c.is_lowercase())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// "WASHINGTON", "RIO DE JANEIRO", "ST. LOUIS, Mo."
    Upper,
    /// "Washington"
    Mixed,
    /// No place.
    None,
}

/// What stands before the dash of a place line.
struct Head {
    line: PlaceLine,
    case: Case,
    /// Whether an agency stands in brackets.
    bracketed: bool,
}

impl Head {
    /// Reads place, regions, date and agency; text that has anything else is none.
    fn read(text: &str) -> Option<Head> {
        let text = text.trim();
        let inside = |open: &str, close: char| text.strip_suffix(close)?.rsplit_once(open);
        // "CLEVELAND, Dec. 2, 2025 /PRNewswire/"
        let (text, inside) = match inside("(", ')').or_else(|| inside(" /", '/')) {
            Some((before, inside)) => (before.trim_end_matches([' ', ',']), Some(inside.trim())),
            None => (text, None),
        };
        let bracket = inside.and_then(bracketed_agency);
        if let Some(inside) = inside.filter(|_| bracket.is_none()) {
            return Head::with_house(text, inside);
        }
        Head::without_brackets(text, bracket)
    }

    /// A place line whose brackets hold no agency that is known: a name beside a date, or a date beside the agency ("Law360
    /// (March 4, 2025, 6:15 PM EST)").
    fn with_house(text: &str, inside: &str) -> Option<Head> {
        if may_be_house(inside) {
            let head = Head::without_brackets(text, Some(inside.to_string()))?;
            return head.line.day.is_some().then_some(head);
        }
        let name = agency(text)?;
        let without_time = inside.rsplit_once(',').map_or("", |(day, _)| day);
        let day = [inside, without_time]
            .into_iter()
            .find_map(date::parse_day)?;
        Some(Head {
            line: PlaceLine {
                agency: Some(name),
                day: Some(day),
                ..PlaceLine::default()
            },
            case: Case::None,
            bracketed: true,
        })
    }

    fn without_brackets(text: &str, bracket: Option<String>) -> Option<Head> {
        let mut line = PlaceLine {
            agency: bracket.clone(),
            ..PlaceLine::default()
        };
        let bracketed = bracket.is_some();
        if text.is_empty() {
            return bracketed.then_some(Head {
                line,
                case: Case::None,
                bracketed,
            });
        }
        let mut parts: Vec<(usize, &str)> = Vec::new();
        let mut start = 0;
        for part in text.split(',') {
            parts.push((start + part.len(), part.trim()));
            start += part.len() + 1;
        }
        if parts.len() > 6 {
            return None;
        }
        let mut place_end = 0;
        let mut case = Case::None;
        let mut part_idx = 0;
        while let Some(&(end, part)) = parts.get(part_idx) {
            part_idx += 1;
            let year = parts.get(part_idx).filter(|(_, part)| is_year(part));
            if let Some(day) = date::parse_day(part).filter(|_| line.day.is_none()) {
                let year_given = year.filter(|_| day.year.is_none());
                line.day = Some(Day {
                    year: day
                        .year
                        .or(year_given.and_then(|(_, part)| part.parse().ok())),
                    ..day
                });
                part_idx += usize::from(year_given.is_some());
            } else if case == Case::None && line.day.is_none() {
                // "BRUSSELS 1996-08-22", "WASHINGTON Sept 26"
                let (place, day) = split_day(part);
                case = place_case(place)?;
                place_end = end - (part.len() - place.len());
                line.day = day;
            } else if date::is_weekday(part.trim_end_matches('.')) && case != Case::None {
            } else if let Some(name) = agency(part).filter(|_| line.agency.is_none()) {
                line.agency = Some(name);
            } else if line.day.is_none() && line.agency == bracket && is_region(part) {
                place_end = end;
            } else {
                return None;
            }
        }
        line.place = text[..place_end].trim().to_string();
        Some(Head {
            line,
            case,
            bracketed,
        })
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && text
            .parse()
            .is_ok_and(|year: u16| (1800..2200).contains(&year))
}

/// Takes a date from the end of a place.
fn split_day(part: &str) -> (&str, Option<Day>) {
    // Most have none.
    if !part.bytes().any(|byte| byte.is_ascii_digit()) {
        return (part, None);
    }
    for (at, _) in part.rmatch_indices(' ').take(3) {
        if let Some(day) = date::parse_day(&part[at..]) {
            return (part[..at].trim_end(), Some(day));
        }
    }
    (part, None)
}

/// How a place is printed; none if the text cannot be one.
fn place_case(text: &str) -> Option<Case> {
    let fits = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '/');
    if text.len() > 60 || !text.chars().all(fits) {
        return None;
    }
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() > 6 {
        return None;
    }
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let small = |word: &&str| PARTICLES.contains(word);
    let upper = |word: &&str| capital(word) && !word.contains(char::is_lowercase);
    let first = words.first()?;
    let n_letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if (upper(first) || is_mc(first))
        && n_letters >= 2
        && words
            .iter()
            .all(|word| upper(word) || small(word) || is_mc(word))
    {
        Some(Case::Upper)
    } else if words.len() <= 4
        && capital(first)
        && words.iter().all(|word| capital(word) || small(word))
        && *first != "The"
    {
        Some(Case::Mixed)
    } else {
        None
    }
}

/// "McLEAN"
fn is_mc(word: &str) -> bool {
    word.strip_prefix("Mc")
        .is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_lowercase))
}

/// "Indonesia", "Calif.", "D.C.", "South Korea"
fn is_region(text: &str) -> bool {
    text.len() <= 40
        && text.split(' ').count() <= 4
        && text
            .split(' ')
            .all(|word| is_name_word(word) || PARTICLES.contains(&word))
}

/// Tells whether a line only signs the article off: "Reuter", "-PTI", "(AFP)", "-30-", "ENDS".
pub(super) fn sign_off(line: &str) -> Option<SignOff> {
    let line = line.trim();
    if line.is_empty() || line.len() > 40 {
        return None;
    }
    let core = line.trim_matches(|c: char| {
        matches!(
            c,
            '-' | '–' | '—' | '(' | ')' | '[' | ']' | '*' | '#' | ' ' | '.' | '/'
        )
    });
    let marks = ['-', '–', '—', '(', ')', '[', ']', '*', '#'];
    let marked = line.starts_with(marks) || line.ends_with(marks);
    let sign_off = |agency, sure| Some(SignOff { agency, sure });
    if core.is_empty() {
        // `###`, `* * *`; a lone dash or a row of periods is something else.
        return (line.len() >= 3 && line.contains(['#', '*'])).then_some(SignOff {
            agency: None,
            sure: true,
        });
    }
    if let Some(name) =
        agency(core).or_else(|| core.split_once('/').and_then(|(first, _)| agency(first)))
    {
        return sign_off(Some(name), true);
    }
    match core {
        "30" | "0" => marked.then_some(SignOff {
            agency: None,
            sure: true,
        }),
        "ENDS" | "Ends" | "END" | "End" | "ends" | "end" | "Enditem" | "ENDITEM" | "Endit"
        | "ENDIT" => sign_off(None, true),
        "MORE" | "more" | "MTF" => marked.then_some(SignOff {
            agency: None,
            sure: true,
        }),
        _ if is_initials(core) && core.len() <= 5 && (marked || core == line) => {
            sign_off(marked.then(|| core.to_string()), marked)
        }
        _ => None,
    }
}

/// The agency that closes the last paragraph: "... he said. (AFP)", "... he said. -PTI".
fn closing_agency(paragraph: &str) -> Option<String> {
    let (before, last) = paragraph.trim_end_matches('.').rsplit_once(' ')?;
    let bare = last.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '(' | ')' | '/'));
    let marked = bare.len() < last.len() && last.starts_with(['-', '–', '—', '(', '/']);
    let dashed = before.ends_with(['-', '–', '—']);
    (marked || dashed && ends_sentence(before.trim_end_matches(['-', '–', '—', ' '])))
        .then(|| agency(bare))
        .flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{decode, paragraphs};
    use crate::text::table;

    fn story(text: &str) -> Story {
        read(paragraphs::split(text), None)
    }

    /// Place, agency and date, and the text after them.
    fn check_dateline(text: &str, expected: &str) {
        let shown = dateline(text).map_or("none".into(), |(line, end)| {
            let day = line.day.map_or(String::new(), |day| {
                let year = day.year.map_or(String::new(), |year| format!("{year}-"));
                format!("{year}{}-{}", day.month, day.day)
            });
            let agency = line.agency.unwrap_or_default();
            format!("{}|{agency}|{day}|{}", line.place, &text[end..])
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn who_speaks_in_a_transcript_is_no_place() {
        let told = |text: &str| {
            let story = story(text);
            let place = story.dateline.map(|line| line.place);
            (story.title, place, story.paragraphs.len())
        };
        let transcript =
            "INTERVIEWER: What did the duty change?\n\nMARA QUILLBY: It brought us bicycles.";
        assert_eq!(told(transcript), (None, None, 2));
        let story = "Duties bring bicycles\n\nGENEVA: Duties brought bicycles to the lake.";
        let place = Some("GENEVA".to_string());
        assert_eq!(
            told(story),
            (Some("Duties bring bicycles".to_string()), place, 1)
        );
    }

    #[test]
    fn place_lines_of_many_houses() {
        for (text, expected) in [
            (
                "WASHINGTON, March 8 - Duties rose",
                "WASHINGTON||3-8|Duties rose",
            ),
            (
                "WASHINGTON, Sept 26 (AFP) - Duties rose",
                "WASHINGTON|AFP|9-26|Duties rose",
            ),
            (
                "GENEVA, Dec. 10, 2019 (TSD) — Duties rose",
                "GENEVA|TSD|2019-12-10|Duties rose",
            ),
            ("BRUSSELS — Duties rose", "BRUSSELS|||Duties rose"),
            ("BRUSSELS—Duties rose", "BRUSSELS|||Duties rose"),
            ("(Reuters) - Duties rose", "|Reuters||Duties rose"),
            (
                "Sept 26 (Reuters) - Duties rose",
                "|Reuters|9-26|Duties rose",
            ),
            (
                "WASHINGTON (AP) -- Duties rose",
                "WASHINGTON|AP||Duties rose",
            ),
            ("NEW DELHI: Duties rose", "NEW DELHI|||Duties rose"),
            (
                "New Delhi, Sep 27 (PTI) Duties rose",
                "New Delhi|PTI|9-27|Duties rose",
            ),
            (
                "Tokyo, 27 September 2018 (Kyodo) -- Duties",
                "Tokyo|Kyodo|2018-9-27|Duties",
            ),
            (
                "SAN JOSE, Calif. — Duties rose",
                "SAN JOSE, Calif.|||Duties rose",
            ),
            (
                "NUSA DUA, Indonesia, Dec. 7 - Duties rose",
                "NUSA DUA, Indonesia||12-7|Duties rose",
            ),
            (
                "WASHINGTON/BEIJING, Sept 3 (Reuters) - Duties",
                "WASHINGTON/BEIJING|Reuters|9-3|Duties",
            ),
            (
                "RIO DE JANEIRO — Duties rose",
                "RIO DE JANEIRO|||Duties rose",
            ),
            ("McLEAN, Va. — Duties rose", "McLEAN, Va.|||Duties rose"),
            ("SÃO PAULO — Duties rose", "SÃO PAULO|||Duties rose"),
            (
                "WASHINGTON, March 4, 2025 (Northgate News) - Duties rose",
                "WASHINGTON|Northgate News|2025-3-4|Duties rose",
            ),
            (
                "ABU DHABI, March 4 (The National) - Duties rose",
                "ABU DHABI|The National|3-4|Duties rose",
            ),
            (
                "NEW YORK, April 2, 2025 (GLOBE NEWSWIRE) -- Duties rose",
                "NEW YORK|GlobeNewswire|2025-4-2|Duties rose",
            ),
            (
                "CLEVELAND, Dec. 2, 2025 /PRNewswire/ -- Duties rose",
                "CLEVELAND|PR Newswire|2025-12-2|Duties rose",
            ),
            (
                "CLEVELAND, Ohio — December 2, 2025 (Acme Wire) — Duties rose",
                "CLEVELAND, Ohio||2025-12-2|Duties rose",
            ),
            (
                "CLEVELAND, Ohio – December 2, 2025 – Duties rose",
                "CLEVELAND, Ohio||2025-12-2|Duties rose",
            ),
            (
                "Law360 (March 4, 2025, 6:15 PM EST) -- Duties rose",
                "|Law360|2025-3-4|Duties rose",
            ),
            (
                "BEIJING, Sept. 26 (Xinhua) -- \"We\" rose",
                "BEIJING|Xinhua|9-26|\"We\" rose",
            ),
        ] {
            check_dateline(text, expected);
        }
    }

    #[test]
    fn ordinary_paragraphs_have_no_place_line() {
        for text in [
            "The United States, March 8 - and that was it - raised duties",
            "President Trump - who spoke on Monday - raised duties",
            "OPEC — The cartel met",
            "NATO - the alliance - met",
            "UPDATE: Duties rose",
            "LONDON, March 4 (Updates) - Duties rose",
            "LONDON (Northgate News) and Paris - duties rose",
            "ANALYSIS — Duties rose",
            "Steel: Duties rose",
            "U.S. - China talks ended",
            "BOOM: Duties rose",
            "IBM (NYSE: IBM) - The company rose",
            "ACME CORP (ACM) SETS DIVIDEND",
            "Brazil, Argentina and Chile - all of them members - met",
            "DUTIES ON STEEL AND ZINC - MINISTERS MEET IN GENEVA",
            "A (AFP)",
            "-",
            ") - : —",
            "",
        ] {
            check_dateline(text, "none");
        }
    }

    #[test]
    fn bylines_are_names() {
        for (text, names) in [
            ("By Jane Doe", Some("Jane Doe")),
            ("by Jane Doe", Some("Jane Doe")),
            ("BY JANE DOE AND JOHN ROE", Some("JANE DOE AND JOHN ROE")),
            ("By Jane Doe, Reuters", Some("Jane Doe, Reuters")),
            (
                "By Jane Doe in Geneva and John van der Roe in Paris",
                Some("Jane Doe in Geneva and John van der Roe in Paris"),
            ),
            ("By the Sample Desk", Some("the Sample Desk")),
            ("BYLINE: Jane Doe.", Some("Jane Doe")),
            ("Par Marie Essai", Some("Marie Essai")),
            ("Von Max Muster", Some("Max Muster")),
            ("Von Muster", None),
            ("Par Avion", None),
            ("By Friday", None),
            ("By March 8", None),
            ("By then it was too late", None),
            ("By the Sample Desk GENEVA, Feb. 15 - Duties rose.", None),
            ("By raising duties", None),
            ("By", None),
        ] {
            assert_eq!(byline(text).as_deref(), names, "{text}");
        }
    }

    #[test]
    fn a_line_may_name_author_and_day() {
        for (text, expected) in [
            (
                "By Jane Doe on Nov 5, 2025 at 4:44 pm",
                "Jane Doe|2025-11-05",
            ),
            ("By Jane Doe | September 10, 2025", "Jane Doe|2025-09-10"),
            ("September 10, 2025 | By Jane Doe", "Jane Doe|2025-09-10"),
            ("By Jane Doe, September 10, 2025", "Jane Doe|2025-09-10"),
            ("Posted on April 5, 2019 by jdoe7", "jdoe7|2019-04-05"),
            ("Publié le 15 décembre 2025 à 11h42", "|2025-12-15"),
            ("By Jane Doe", "Jane Doe|"),
            ("By 2025, duties will rise", "none"),
            ("On April 5, 2019, by a vote of 5 to 4, it fell", "none"),
            ("20250910", "none"),
        ] {
            let shown = credit(text).map_or("none".to_string(), |(byline, published)| {
                let day = published.map_or(String::new(), |published| published.date.to_string());
                format!("{}|{day}", byline.unwrap_or_default())
            });
            assert_eq!(shown, expected, "{text}");
        }
    }

    #[test]
    fn what_stands_above_the_byline_is_no_lead() {
        let paragraphs = [
            "Duties Rise",
            "Makers had waited for it.",
            "By Jane Doe",
            "March 9, 2023",
            "The duty on steel rose.",
        ];
        let layout = Layout {
            paragraphs: paragraphs.map(String::from).to_vec(),
            sign_offs: Vec::new(),
        };
        let read = read(layout, Some("“Duties rise”"));
        assert_eq!(read.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(read.day.unwrap().year, Some(2023));
        assert_eq!(
            read.paragraphs,
            ["Makers had waited for it.", "The duty on steel rose."]
        );
    }

    #[test]
    fn what_stands_below_the_end_is_no_paragraph() {
        let read = story(
            "Duties rise\n\nThe duty on pipes rose, he said.\n\nMakers were pleased with it and said so.\n\n(END) Dow Jones Newswires\n\nMarch 01, 2018 15:12 ET (20:12 GMT)",
        );
        assert_eq!(read.publisher.as_deref(), Some("Dow Jones"));
        assert_eq!(read.day.and_then(|day| day.year), Some(2018));
        assert_eq!(read.paragraphs.len(), 2);
    }

    #[test]
    fn who_reported_is_the_byline() {
        let told = |line: &str| {
            let read = story(&format!(
                "Duties rose, he said on Monday.\n\nMakers were pleased.\n\n{line}"
            ));
            (read.byline, read.paragraphs.len())
        };
        let doe = Some("Jane Doe".to_string());
        for line in [
            "(Reporting by Jane Doe; Editing by John Roe)",
            "Reporting by Jane Doe; Additional reporting by Max Muster in Geneva; Editing by John Roe and Jim Coe.",
            "Reporting by Jane Doe. Editing by John Roe",
        ] {
            assert_eq!(told(line), (doe.clone(), 2), "{line}");
        }
        assert_eq!(told("Editing by John Roe"), (None, 2));
        for line in [
            "Reporting by the agency was late.",
            "Reporting by makers will be a duty.",
        ] {
            assert_eq!(told(line), (None, 3), "{line}");
        }
    }

    #[test]
    fn lines_that_sign_off() {
        let agency =
            |line: &str| sign_off(line).map(|found| (found.agency.unwrap_or_default(), found.sure));
        assert_eq!(agency(" Reuter"), Some(("Reuters".into(), true)));
        assert_eq!(agency("REUTER"), Some(("Reuters".into(), true)));
        assert_eq!(agency("-PTI"), Some(("PTI".into(), true)));
        assert_eq!(agency("(AFP)"), Some(("AFP".into(), true)));
        assert_eq!(agency("--Kyodo"), Some(("Kyodo".into(), true)));
        assert_eq!(agency("(TSD)"), Some(("TSD".into(), true)));
        assert_eq!(agency("TSD"), Some((String::new(), false)));
        for line in ["-30-", "ENDS", "###", "Enditem", "(END)"] {
            assert_eq!(agency(line), Some((String::new(), true)), "{line}");
        }
        for line in [
            "",
            "-",
            "Steel rose.",
            "30",
            "2018",
            "Zinc",
            "STEEL .",
            "TSD.",
        ] {
            assert_eq!(agency(line), None, "{line}");
        }
    }

    #[test]
    fn the_head_of_a_story_is_told_apart() {
        let body = "The duty on steel will rise to 25 percent in the spring, the minister said on Monday in the capital.\n\nMakers were pleased.";
        let read = story(&format!(
            "Duties rise\n\nBy Jane Doe, Reuters\n\nBRUSSELS 1996-08-22\n\n{body}\n\n(AFP)"
        ));
        assert_eq!(read.title.as_deref(), Some("Duties rise"));
        assert_eq!(read.byline.as_deref(), Some("Jane Doe, Reuters"));
        assert_eq!(read.publisher.as_deref(), Some("Reuters"));
        let dateline = Dateline {
            place: "BRUSSELS".into(),
            end: 0,
        };
        assert_eq!(read.dateline, Some(dateline));
        assert_eq!(
            read.day.and_then(|day| day.date(None)).unwrap().to_string(),
            "1996-08-22"
        );
        assert_eq!(read.paragraphs.len(), 2);

        let read = story(&format!(
            "Duties rise\n\nJane Doe\n\nWASHINGTON, Sept. 26 (AFP) —\n\n{body}"
        ));
        assert_eq!(read.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(read.publisher.as_deref(), Some("AFP"));

        let read = story(&format!(
            "Duties rise\nMakers of steel hope for more\nBy JANE DOE\nAssociated Press\nTuesday, September 9, 2025\n\nWASHINGTON (AP) — {body}\n\n___\n\nMore follows."
        ));
        assert_eq!(read.title.as_deref(), Some("Duties rise"));
        assert_eq!(read.byline.as_deref(), Some("JANE DOE"));
        assert_eq!(read.publisher.as_deref(), Some("AP"));
        assert_eq!(read.day.unwrap().year, Some(2025));
        assert_eq!(read.paragraphs[0], "Makers of steel hope for more");
        assert_eq!(read.paragraphs.len(), 4);
        assert_eq!(read.dateline.unwrap().end, 0);

        let read = story(&format!("Duties rise\nSept. 26, 2018\n{body}"));
        assert_eq!(read.day.unwrap().year, Some(2018));

        let read = story(&format!(
            "FOR IMMEDIATE RELEASE\n\nDuties rise\n\nJane Doe\n\n26 September 2018\n\n{body}"
        ));
        assert_eq!(read.title.as_deref(), Some("Duties rise"));
        assert_eq!(read.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(read.day.unwrap().year, Some(2018));
        assert_eq!(read.paragraphs.len(), 2);
    }

    const LEAD: &str = "The duty on steel will rise to 25 percent in the spring, the minister said on Monday in the capital.\n\nMakers were pleased.";

    #[test]
    fn a_date_with_its_year_goes_before_one_without() {
        for head in [
            "Duties rise\nBy Jane Doe\nMarch 5, 2019\n\nTOKYO, March 4 (Reuters) - ",
            "Duties rise\n\nBy Jane Doe | March 5, 2019\n\nTOKYO, March 4 (Reuters) - ",
            "March 5, 2019\n\nDuties rise\n\nTOKYO, Mar 4 - ",
            "Duties rise\n\nTOKYO, March 4 (Reuters) -\n\nPublished: 2019-03-05\n\n",
            "Duties rise\n\n5 March 2019\n\nTOKYO, March 4, 2019 (Reuters) - ",
        ] {
            let read = story(&format!("{head}{LEAD}"));
            let date = read.day.and_then(|day| day.date(None)).unwrap();
            assert_eq!(date.to_string(), "2019-03-05", "{head}");
            assert_eq!(read.paragraphs.len(), 2, "{head}");
            assert_eq!(read.dateline.unwrap().place, "TOKYO");
        }
    }

    #[test]
    fn a_publisher_may_stand_alone_beside_author_or_day() {
        for (head, byline) in [
            ("Duties rise\nReuters\nMarch 5, 2019\n\n", None),
            ("Reuters\n5 March 2019\nDuties rise\n\n", None),
            ("Duties rise\n\nBy Jane Doe\nReuters\n\n", Some("Jane Doe")),
            (
                "Duties rise\n\nMarch 5, 2019\n\n(Reuters)\n\nBy Jane Doe\n\n",
                Some("Jane Doe"),
            ),
            (
                "Reuters News\n\nDuties rise\n\nBy Jane Doe\n\n",
                Some("Jane Doe"),
            ),
            ("Duties rise\n\nSource: Reuters\n\nTOKYO, March 5 - ", None),
        ] {
            let read = story(&format!("{head}{LEAD}"));
            assert_eq!(read.title.as_deref(), Some("Duties rise"), "{head}");
            assert_eq!(read.publisher.as_deref(), Some("Reuters"), "{head}");
            assert_eq!(read.byline.as_deref(), byline, "{head}");
            assert_eq!(read.paragraphs.len(), 2, "{head}");
        }
        let read = story(&format!("Duties rise\n\nReuters\n\n{LEAD}"));
        assert_eq!((read.publisher, read.paragraphs.len()), (None, 3));
    }

    #[test]
    fn a_byline_goes_on_and_names_further_authors() {
        for (lines, expected) in [
            ("By Jane Doe and\nAnn Roe", "Jane Doe and Ann Roe"),
            ("By Jane Doe\nand Ann Roe", "Jane Doe and Ann Roe"),
            (
                "By Jane Doe,\nAnn Roe &\nJim Coe",
                "Jane Doe, Ann Roe & Jim Coe",
            ),
            (
                "By Jane Doe, Ann Roe,\nand Jim Coe",
                "Jane Doe, Ann Roe and Jim Coe",
            ),
            ("By Jane Doe\nAnn Roe", "Jane Doe, Ann Roe"),
            (
                "By Jane Doe\nAnn Roe\nJim Coe",
                "Jane Doe, Ann Roe, Jim Coe",
            ),
            (
                "By Jane Doe\nTrade Correspondent",
                "Jane Doe, Trade Correspondent",
            ),
            (
                "By Jane Doe and\nAnn Roe\nFinancial Times",
                "Jane Doe and Ann Roe",
            ),
        ] {
            for end in ["\nMarch 5, 2019\n\n", "\n\nTOKYO, March 5, 2019 - "] {
                let text = format!("Duties rise\n\n{lines}{end}{LEAD}");
                let read = story(&text);
                assert_eq!(read.byline.as_deref(), Some(expected), "{text}");
                assert_eq!(read.day.and_then(|day| day.year), Some(2019), "{text}");
                assert_eq!(read.paragraphs.len(), 2, "{text}");
            }
        }
        // Without a day behind it a name may be a heading.
        let read = story(&format!(
            "Duties rise\n\nBy Jane Doe\n\nSteel Prices\n\n{LEAD}"
        ));
        assert_eq!(read.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(read.paragraphs[0], "Steel Prices");
    }

    #[test]
    fn lines_of_a_head_stand_alone_before_filled_lines() {
        let text = "Duties on steel to rise\nReuters\nMarch 5, 2019\nBy Jane Doe and\nAnn Roe\nThe duty on steel will rise to 25 percent in the spring, as the\nminister said on Monday in the capital. Makers were pleased and\nsaid so on the same day. Importers were not, and they asked for\ntalks about it, which are to be held in Geneva no later than on\nMarch 14, 2019.\n";
        let read = story(text);
        assert_eq!(read.title.as_deref(), Some("Duties on steel to rise"));
        assert_eq!(read.publisher.as_deref(), Some("Reuters"));
        assert_eq!(read.byline.as_deref(), Some("Jane Doe and Ann Roe"));
        assert_eq!(read.paragraphs.len(), 1, "{:?}", read.paragraphs);
    }

    #[test]
    fn a_text_may_have_no_headline() {
        let lead =
            "The duty on steel will rise to 25 percent in the spring, the minister said on Monday.";
        for text in [
            format!(
                "{lead}\n\nMakers were pleased with it.\n\nImporters were not.\n\nTalks go on."
            ),
            format!("GENEVA, March 8 - {lead}\n\nMakers were pleased."),
            lead.to_string(),
        ] {
            let read = story(&text);
            assert_eq!(read.title, None, "{text}");
            assert!(read.paragraphs[0].ends_with("on Monday."));
        }
    }

    #[test]
    fn headlines_may_end_in_a_date_or_an_abbreviation() {
        let body = "\n    GENEVA, March 8 - The duty on steel will rise to 25 percent, he\nsaid.\n";
        for headline in [
            "TALKS TO RESUME APRIL 10",
            "DUTIES RISE IN THE U.S.",
            "ACME CORP (CP) SETS DIVIDEND",
            "Will duties rise?",
        ] {
            assert_eq!(
                story(&format!("{headline}{body}")).title.as_deref(),
                Some(headline)
            );
        }
    }

    #[test]
    fn the_agency_may_close_the_last_paragraph() {
        assert_eq!(
            story("Duties rose, he said. (AFP)").publisher.as_deref(),
            Some("AFP")
        );
        assert_eq!(
            story("Duties rose, he said. - PTI").publisher.as_deref(),
            Some("PTI")
        );
        assert_eq!(story("Duties rose, he told AFP").publisher, None);
    }

    #[test]
    fn publishers_are_listed_once_and_sorted() {
        let mut n_known = 0;
        for table in [AGENCY_TABLE, PAPER_TABLE] {
            table::check(table);
            n_known += table.rows().map(|row| row.len()).sum::<usize>();
        }
        let all: std::collections::HashSet<&str> =
            AGENCIES.keys().chain(PAPERS.keys()).copied().collect();
        assert_eq!(n_known, all.len());
    }

    /// Texts like news: words, numbers, marks, agencies and line ends at random.
    fn copy() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            8 => "[a-z]{1,9}", 3 => "[A-Z][a-z]{1,9}", 2 => "[A-Z]{2,9}", 1 => "[0-9]{1,5}",
            4 => Just("\n".to_string()), 1 => Just("\n\n".to_string()), 1 => Just("\n    ".to_string()),
            1 => Just(" - ".to_string()), 1 => Just("(AFP)".to_string()), 1 => Just("Reuter".to_string()),
            1 => Just("By".to_string()), 1 => Just("March 8,".to_string()), 1 => Just("GENEVA,".to_string()),
            1 => Just(".".to_string()), 1 => Just("—".to_string()), 1 => Just("-".to_string()),
        ];
        proptest::collection::vec(word, 0..80).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in copy(), wild in "\\PC{0,60}") {
            for text in [text, wild] {
                let text = decode::clean(text.into()).into_owned();
                let read = story(&text);
                let mut kept = String::new();
                for part in read.title.iter().chain(&read.byline).chain(&read.asides).chain(&read.paragraphs) {
                    kept.push_str(part);
                }
                // Rules such as "___" are left out on purpose.
                let is_kept = |c: &char| !c.is_whitespace() && *c != '_';
                let counts = |text: &str| {
                    let mut chars: Vec<char> = text.chars().filter(is_kept).collect();
                    chars.sort_unstable();
                    chars
                };
                // A byline is kept without "By" and its marks.
                // Two lines of it are joined by a comma.
                let lost = counts(&text).len().saturating_sub(counts(&kept).len());
                let allowed = if read.byline.is_some() { "Written by:,,.".len() } else { 0 };
                prop_assert!(lost <= allowed, "{lost} lost of {text:?}: {read:?}");
                for paragraph in &read.paragraphs {
                    prop_assert!(!paragraph.trim().is_empty() && !paragraph.contains('\n'));
                }
                if let (Some(dateline), Some(first)) = (&read.dateline, read.paragraphs.first()) {
                    prop_assert!(first.is_char_boundary(dateline.end) && dateline.end < first.len());
                }
            }
        }
    }
}
