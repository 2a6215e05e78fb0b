//! Prints of news databases: several articles in one text, each with its facts in lines around it. The layouts are those of
//! Lexis and Nexis (labels such as `LENGTH:`), of Factiva (codes such as `HD`, or a head of short lines), and of wire
//! messages between `ZCZC` and `NNNN`. A text that only resembles one is read as plain text.

use std::sync::LazyLock;

use regex::Regex;

use super::story::{Document, Facts};
use super::{beginning, date, paragraphs, wire};
use crate::article::Published;
use crate::text::languages::LANGUAGES;

/// Bytes within which a print shows what it is.
const HEAD_BYTES: usize = 8 << 10;

/// The longest line of a head that holds a day or an edition, in bytes.
const DAY_BYTES: usize = 80;

/// Words of the name of a section.
const SECTION_WORDS: usize = 5;

/// Lines before and after the number of words in the head of an article.
const HEAD_LINES: usize = 12;

/// Labels of Lexis and Nexis that stand before the text, in lower case.
const HEAD_LABELS: &[&str] = &[
    "byline",
    "dateline",
    "headline",
    "highlight",
    "length",
    "section",
    "series",
    "source",
];

/// Those that stand after it.
const TAIL_LABELS: &[&str] = &[
    "category",
    "city",
    "classification",
    "company",
    "correction",
    "correction-date",
    "country",
    "distribution",
    "document-type",
    "geographic",
    "graphic",
    "industry",
    "issn",
    "journal-code",
    "language",
    "load-date",
    "organization",
    "person",
    "pub-type",
    "publication-type",
    "state",
    "subject",
    "ticker",
    "type",
    "url",
];

/// Lines of Nexis after which no text of the article comes.
const TAIL_LINES: &[&str] = &["Classification", "Graphic", "End of Document"];

/// The codes of Factiva.
const CODES: &[&str] = &[
    "AN", "ART", "BY", "CLM", "CO", "CR", "CT", "CX", "CY", "ED", "ET", "HD", "HL", "IN", "IPC",
    "IPD", "LA", "LP", "NS", "PD", "PG", "PUB", "RE", "RF", "SC", "SE", "SN", "TD", "VOL", "WC",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `1 of 2 DOCUMENTS`, and labels.
    Numbered,
    /// Labels, and `End of Document`.
    Labelled,
    /// `HD`, `PD`, `LP`
    Coded,
    /// Headline, byline, `812 words`, date, source, at last `Document ABC0000020180910ee9a0012`.
    Headed,
    /// `ZCZC`
    Wire,
}

/// The articles of a print; none where a text is no print.
pub(super) fn documents(text: &str) -> Option<Vec<Document>> {
    let kind = kind(beginning(text, HEAD_BYTES))?;
    let documents: Option<Vec<Document>> = parts(text, kind)
        .into_iter()
        .map(|lines| match kind {
            Kind::Numbered | Kind::Labelled => labelled(&lines),
            Kind::Coded => coded(&lines),
            Kind::Headed => headed(&lines),
            Kind::Wire => Some(message(&lines)),
        })
        .collect();
    documents.filter(|documents| !documents.is_empty())
}

/// One of these is in each print but those of wires: other texts are told by one look through them.
static SIGNS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("DOCUMENT|ength:|LENGTH:|\nPD| words").expect("it is one"));

/// What the beginning of a text is a print of.
fn kind(head: &str) -> Option<Kind> {
    let has = |text: &str| memchr::memmem::find(head.as_bytes(), text.as_bytes()).is_some();
    let lines = || head.lines().map(str::trim);
    if head.trim_start().starts_with("ZCZC ") {
        return Some(Kind::Wire);
    }
    if !SIGNS.is_match(head) {
        return None;
    }
    if has("DOCUMENT") && lines().any(is_number_of_document) {
        return Some(Kind::Numbered);
    }
    if (has("ength:") || has("LENGTH:"))
        && lines().any(|line| matches!(label(line), Some(("length", words)) if n_words(words)))
        && lines()
            .any(|line| line == "Body" || matches!(label(line), Some(("body" | "load-date", _))))
    {
        return Some(Kind::Labelled);
    }
    if has("HD") && has("\nPD") {
        let codes = || head.lines().filter_map(|line| code(line, false));
        let is_there = |name: &str| codes().any(|(code, _)| code == name);
        if is_there("HD") && is_there("PD") && (is_there("LP") || is_there("TD") || is_there("WC"))
        {
            return Some(Kind::Coded);
        }
    }
    if has(" words") {
        let lines: Vec<&str> = lines().filter(|line| !line.is_empty()).take(40).collect();
        let count = lines.iter().position(|line| n_words(line))?;
        let is_dated = lines.get(count + 1).is_some_and(|line| day(line).is_some());
        let is_signed = || {
            let rest = &lines[count..];
            rest.iter()
                .take(HEAD_LINES)
                .any(|line| is_copyright(line) || is_accession(line))
        };
        return (count > 0 && count < HEAD_LINES && is_dated && is_signed())
            .then_some(Kind::Headed);
    }
    None
}

/// The lines of each article.
fn parts(text: &str, kind: Kind) -> Vec<Vec<&str>> {
    let mut parts: Vec<Vec<&str>> = vec![Vec::new()];
    let mut has_head = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let begins = match kind {
            Kind::Numbered => is_number_of_document(trimmed),
            Kind::Wire => trimmed.starts_with("ZCZC "),
            Kind::Coded => {
                let is_head = matches!(code(line, has_head), Some(("HD", _)));
                is_head && std::mem::replace(&mut has_head, true)
            }
            Kind::Labelled | Kind::Headed => false,
        };
        if begins {
            parts.push(Vec::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(line);
        }
        let ends = match kind {
            Kind::Labelled => trimmed == "End of Document",
            Kind::Headed => is_accession(trimmed),
            Kind::Coded => has_head && matches!(code(line, true), Some(("AN", _))),
            Kind::Numbered | Kind::Wire => false,
        };
        if ends {
            has_head = false;
            parts.push(Vec::new());
        }
    }
    // What stands before the first and after the last are covers and lists of what was asked.
    let is_article = |part: &Vec<&str>| match kind {
        Kind::Numbered => part
            .first()
            .is_some_and(|line| is_number_of_document(line.trim())),
        Kind::Wire => part
            .first()
            .is_some_and(|line| line.trim().starts_with("ZCZC ")),
        Kind::Labelled => part
            .iter()
            .any(|line| matches!(label(line.trim()), Some(("length", _)))),
        Kind::Coded => part
            .iter()
            .any(|line| matches!(code(line, false), Some(("HD", _)))),
        Kind::Headed => part
            .iter()
            .take(HEAD_LINES * 2)
            .any(|line| n_words(line.trim())),
    };
    parts.retain(is_article);
    parts
}

/// "47 of 112 DOCUMENTS"
fn is_number_of_document(line: &str) -> bool {
    let line = line
        .strip_suffix("DOCUMENTS")
        .or_else(|| line.strip_suffix("DOCUMENT"));
    let line = line.map(str::trim_end);
    line.and_then(|line| line.split_once(" of "))
        .is_some_and(|(number, all)| is_number(number) && is_number(all))
}

fn is_number(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// "812 words", "1,812 words"
fn n_words(line: &str) -> bool {
    let number = line
        .strip_suffix(" words")
        .or_else(|| line.strip_suffix(" word"));
    number.is_some_and(|number| {
        (1..=9).contains(&number.len())
            && number
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b',')
    })
}

/// "Document LBA0000020180910ee9a0012"
fn is_accession(line: &str) -> bool {
    line.strip_prefix("Document ").is_some_and(|number| {
        (15..=40).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && number.bytes().filter(u8::is_ascii_digit).count() >= 8
    })
}

fn is_copyright(line: &str) -> bool {
    let line = line.trim();
    ["(c) ", "(C) ", "© ", "Copyright ", "COPYRIGHT "]
        .iter()
        .any(|start| line.starts_with(start))
        || line.eq_ignore_ascii_case("all rights reserved")
        || line.eq_ignore_ascii_case("all rights reserved.")
}

/// The day in a line of a head: "September 10, 2018 Monday", "Monday 10 September 2018 8:15 PM EST"; the edition may stand in
/// the same line: "September 10, 2018, Monday, BC cycle".
fn day(line: &str) -> Option<Published> {
    if line.len() > DAY_BYTES || !line.bytes().any(|byte| byte.is_ascii_digit()) || is_number(line)
    {
        return None;
    }
    let ends = line.match_indices(' ').skip(2).take(4);
    let mut days = ends
        .map(|(at, _)| line.split_at(at))
        .filter_map(|(words, rest)| Some((date::parse(words)?, rest)));
    match date::parse(line) {
        // Which day it was elsewhere is not asked: papers are of the day that they print.
        Some(moment) if moment.second_of_day.is_some() => {
            Some(days.next().map_or(moment, |(day, _)| day))
        }
        Some(day) => Some(day),
        None => days.find(|(_, rest)| is_edition(rest)).map(|(day, _)| day),
    }
}

/// "Late Edition - Final", "BC cycle"
fn is_edition(line: &str) -> bool {
    let line = line.to_lowercase();
    let words = ["edition", "final", "cycle", "correction appended"];
    line.len() <= DAY_BYTES && words.iter().any(|word| line.contains(word))
}

/// The label that a line begins with, in lower case, and what follows it.
fn label(line: &str) -> Option<(&'static str, &str)> {
    let (name, rest) = line.split_once(':')?;
    if name.len() > 20 || !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let mut known = ["body"].iter().chain(HEAD_LABELS).chain(TAIL_LABELS);
    let name = known.find(|known| known.eq_ignore_ascii_case(name))?;
    Some((name, rest.trim()))
}

/// Lexis and Nexis.
fn labelled(lines: &[&str]) -> Option<Document> {
    let mut head: Vec<Vec<&str>> = vec![Vec::new()];
    let mut values: Vec<(&str, String)> = Vec::new();
    let mut body: Vec<&str> = Vec::new();
    let mut has_length = false;
    let mut in_value = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let trimmed = line.trim();
        if is_number_of_document(trimmed) || is_copyright(trimmed) {
            continue;
        }
        if trimmed == "Body" {
            break;
        }
        match label(trimmed) {
            Some(("body", rest)) => {
                body.push(rest);
                break;
            }
            Some((name, rest)) => {
                has_length |= name == "length";
                in_value = true;
                values.push((name, rest.to_string()));
            }
            None if trimmed.is_empty() => {
                in_value = false;
                head.push(Vec::new());
            }
            None if in_value => {
                if let Some((_, value)) = values.last_mut() {
                    value.push(' ');
                    value.push_str(trimmed);
                }
            }
            // Some have no label for the text.
            None if has_length => {
                body.push(line);
                break;
            }
            None => {
                if let Some(block) = head.last_mut() {
                    block.push(trimmed);
                }
            }
        }
    }
    // Labels are written as in the head: a line such as "Country: ..." may be of the text.
    let is_upper = lines.iter().any(|line| line.trim().starts_with("LENGTH:"));
    let is_tail = |line: &str| match label(line) {
        Some((name, _)) if TAIL_LABELS.contains(&name) => {
            let is_written_so = line[..name.len()]
                .bytes()
                .all(|byte| !byte.is_ascii_lowercase());
            is_upper && is_written_so || name == "load-date"
        }
        _ => TAIL_LINES.contains(&line),
    };
    while let Some(line) = lines.get(at).filter(|line| !is_tail(line.trim())) {
        body.push(line);
        at += 1;
    }
    for line in &lines[at..] {
        let label = label(line.trim());
        values.extend(label.map(|(name, rest)| (name, rest.to_string())));
    }
    while body
        .pop_if(|line| line.trim().is_empty() || is_copyright(line))
        .is_some()
    {}
    let value = |name: &str| {
        let value = values.iter().find(|(known, _)| *known == name);
        value
            .map(|(_, value)| value.clone())
            .filter(|value| !value.is_empty())
    };
    head.retain(|block| !block.is_empty());
    let (title, publisher, published) = title_of(&head);
    let title = value("headline").or(title);
    let mut text = value("highlight").map_or(String::new(), |text| text + "\n\n");
    text.push_str(&body.join("\n"));
    if text.trim().is_empty() {
        return None;
    }
    Some(Document {
        facts: Facts {
            title,
            byline: value("byline").as_deref().map(author),
            publisher: publisher
                .or_else(|| value("source"))
                .as_deref()
                .map(wire::house),
            published: published.or_else(|| day(&value("load-date")?)),
            language: value("language").and_then(|name| language(&name)),
            ..Facts::default()
        },
        place: value("dateline"),
        body: paragraphs::split(&text),
        ..Document::default()
    })
}

/// Headline, newspaper and day of the blocks of lines before the labels: Lexis prints the headline below the day, Nexis
/// above.
fn title_of(head: &[Vec<&str>]) -> (Option<String>, Option<String>, Option<Published>) {
    let joined = |lines: &[&str]| (!lines.is_empty()).then(|| lines.join(" "));
    let place = head.iter().enumerate().find_map(|(block_idx, block)| {
        let line_idx = block.iter().position(|line| day(line).is_some())?;
        Some((block_idx, line_idx))
    });
    let Some((block_idx, line_idx)) = place else {
        return (head.last().and_then(|block| joined(block)), None, None);
    };
    let published = day(head[block_idx][line_idx]);
    let before: Vec<&str> = head[..block_idx]
        .iter()
        .flatten()
        .copied()
        .chain(head[block_idx][..line_idx].iter().copied())
        .collect();
    let below = head[block_idx + 1..]
        .iter()
        .find(|block| !block.iter().all(|line| is_edition(line)));
    let (publisher, above) = match before.split_last() {
        Some((publisher, above)) => (Some(publisher.to_string()), above),
        None => (None, &[][..]),
    };
    let title = below
        .and_then(|block| joined(block))
        .or_else(|| joined(above));
    (title, publisher, published)
}

/// A byline without "By".
fn author(text: &str) -> String {
    let text = text.trim();
    wire::byline(text).unwrap_or_else(|| {
        let bare = ["By ", "BY ", "by "]
            .iter()
            .find_map(|by| text.strip_prefix(by));
        bare.unwrap_or(text)
            .trim_end_matches([',', ';', ' '])
            .to_string()
    })
}

fn language(name: &str) -> Option<String> {
    let name = name.split([';', ',', ' ']).next()?.to_lowercase();
    let found = LANGUAGES.iter().find(|(known, _)| *known == name);
    found.map(|(_, tag)| tag.to_string())
}

/// The code that a line begins with, and what follows it. Words of a text may look like one: there only what has no other
/// meaning counts.
fn code(line: &str, in_text: bool) -> Option<(&'static str, &str)> {
    let length = line.bytes().take_while(u8::is_ascii_uppercase).count();
    if !(2..=3).contains(&length) {
        return None;
    }
    let rest = &line[length..];
    let name = CODES.iter().find(|name| **name == &line[..length])?;
    let value = rest.trim();
    let is_apart = value.is_empty() || rest.starts_with('\t') || rest.starts_with("  ");
    let is_told = || {
        value.contains(" : ")
            || value.contains(" | ")
            || *name == "AN" && value.starts_with("Document ")
    };
    (rest.is_empty() || is_apart || rest.starts_with(' ') && (!in_text || is_told()))
        .then_some((name, value))
}

/// Factiva with codes.
fn coded(lines: &[&str]) -> Option<Document> {
    let mut values: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        let in_text = values
            .last()
            .is_some_and(|(name, _)| matches!(*name, "LP" | "TD"));
        match code(line, in_text) {
            Some((name, rest)) => values.push((name, vec![rest])),
            None => {
                if let Some((_, value)) = values.last_mut() {
                    value.push(line);
                }
            }
        }
    }
    let value = |name: &str| {
        let value = values.iter().find(|(known, _)| *known == name);
        let words = value.map(|(_, lines)| lines.join(" "));
        let words = words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
        words.filter(|words| !words.is_empty())
    };
    let text: Vec<String> = values
        .iter()
        .filter(|(name, _)| matches!(*name, "LP" | "TD"))
        .map(|(_, lines)| lines.join("\n"))
        .collect();
    let text = text.join("\n\n");
    if text.trim().is_empty() {
        return None;
    }
    Some(Document {
        facts: Facts {
            title: value("HD").or_else(|| value("HL")),
            byline: value("BY").as_deref().map(author),
            publisher: value("SN").as_deref().map(wire::house),
            published: value("PD").and_then(|text| day(&text)),
            language: value("LA").and_then(|name| language(&name)),
            ..Facts::default()
        },
        body: paragraphs::split(&text),
        ..Document::default()
    })
}

/// Factiva without codes.
fn headed(lines: &[&str]) -> Option<Document> {
    let count = lines.iter().position(|line| n_words(line.trim()))?;
    let mut above: Vec<&str> = lines[..count]
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .collect();
    let byline = above.pop_if(|line| wire::byline(line).is_some());
    let named = match (byline, above.as_slice()) {
        (None, [.., _, last]) if wire::is_name(last) => above.pop(),
        _ => byline,
    };
    // The section stands above the headline.
    let title = match above.as_slice() {
        [section, rest @ ..] if !rest.is_empty() && section.split(' ').count() <= SECTION_WORDS => {
            rest.join(" ")
        }
        lines => lines.join(" "),
    };
    let below = &lines[count + 1..];
    let mut head: Vec<&str> = Vec::new();
    let mut end = 0;
    let mut is_signed = false;
    for (idx, line) in below.iter().enumerate().take(HEAD_LINES * 2) {
        let line = line.trim();
        // Below the rights the text begins.
        if is_copyright(line) {
            (end, is_signed) = (idx + 1, true);
        } else if is_signed && !line.is_empty() {
            break;
        } else if !line.is_empty() && head.len() < HEAD_LINES {
            head.push(line);
        }
    }
    if !is_signed {
        // Day, time, source, code and language are short lines without a blank one.
        end = below.iter().position(|line| line.trim().is_empty())?;
        head = below[..end].iter().map(|line| line.trim()).collect();
    }
    let published = head.first().and_then(|line| day(line))?;
    // "14:05", "08:14 PM"
    let is_time = |line: &&&str| {
        line.len() <= 12 && line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(':')
    };
    let publisher = head.iter().skip(1).find(|line| !is_time(line));
    let named_language = head.iter().skip(2).find_map(|line| language(line));
    let text: Vec<&str> = below[end..]
        .iter()
        .filter(|line| !is_accession(line.trim()))
        .copied()
        .collect();
    let text = text.join("\n");
    if text.trim().is_empty() {
        return None;
    }
    Some(Document {
        facts: Facts {
            title: Some(title).filter(|title| !title.is_empty()),
            byline: named.map(author),
            publisher: publisher.map(|line| wire::house(line)),
            published: Some(published),
            language: named_language,
            ..Facts::default()
        },
        body: paragraphs::split(&text),
        ..Document::default()
    })
}

/// A wire message, without the lines that are for machines.
fn message(lines: &[&str]) -> Document {
    let is_code = |line: &&&str| {
        let line = line.trim();
        let is_slug = ["BC-", "AM-", "PM-", "^", "a0", "r0"]
            .iter()
            .any(|start| line.starts_with(start))
            && !line.contains(". ");
        let is_short = line.len() <= 24
            && line
                .split(' ')
                .all(|word| word.len() <= 3 || word.bytes().all(|byte| byte.is_ascii_digit()));
        line.starts_with("ZCZC ") || line.is_empty() || is_slug || is_short
    };
    let n_codes = lines.iter().take(HEAD_LINES).take_while(is_code).count();
    let end = lines.iter().position(|line| line.trim() == "NNNN");
    let end = end.unwrap_or(lines.len()).max(n_codes);
    Document {
        body: paragraphs::split(&lines[n_codes..end].join("\n")),
        ..Document::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::growth::assert_linear;

    /// Title, byline, publisher, day, language, place and paragraphs of each article.
    fn check_documents(text: &str, expected: &[&str]) {
        let shown: Vec<String> = documents(text)
            .unwrap_or_default()
            .into_iter()
            .map(|document| {
                let facts = document.facts;
                let day = facts.published.map(|published| published.date.to_string());
                let facts = [
                    facts.title,
                    facts.byline,
                    facts.publisher,
                    day,
                    facts.language,
                    document.place,
                ];
                let facts = facts.map(Option::unwrap_or_default).join("|");
                format!("{facts}|{}", document.body.paragraphs.join(" / "))
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn downloads_of_lexis_hold_numbered_articles() {
        let article = |number: u8, title: &str| {
            format!(
                "\n\n                               {number} of 2 DOCUMENTS\n\n\n                              The Sample Post\n\n                            September 10, 2018 Monday\n                              Late Edition - Final\n\n{title}\n\nBYLINE: By ANN DOE\n\nSECTION: Section A; Column 1; Business Desk;\nPg. 1\n\nLENGTH: 812 words\n\nDATELINE: GENEVA, Sept. 9\n\nBODY:\n\n   The duty on pipes will rise, the minister said.\n\n   Makers were pleased.\n\nGRAPHIC: PHOTO: Pipes (Photograph by John Roe)\n\nLOAD-DATE: September 11, 2018\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\n                 Copyright 2018 The Sample Post Company\n                        All Rights Reserved\n"
            )
        };
        let expected = |title: &str| {
            format!(
                "{title}|ANN DOE|The Sample Post|2018-09-10|en|GENEVA, Sept. 9|The duty on pipes will rise, the minister said. / Makers were pleased."
            )
        };
        check_documents(
            &(article(1, "Duty on Pipes to Rise") + &article(2, "Bolts Are Spared")),
            &[
                &expected("Duty on Pipes to Rise"),
                &expected("Bolts Are Spared"),
            ],
        );
        let wire = article(1, "Duty on Pipes to Rise").replace(
            "Monday\n                              Late",
            "Monday, BC cycle, Late",
        );
        check_documents(&wire, &[&expected("Duty on Pipes to Rise")]);
        // Without a label for the text, and with the rights at the head.
        check_documents(
            "1 of 1 DOCUMENT\n\nCopyright 2018 Sample Post Ltd.\nAll Rights Reserved\nSample Post (London)\n\nSeptember 10, 2018\n\nDuty on pipes to rise\n\nLENGTH: 12 words\n\nThe duty on pipes will rise, the minister said.\n\nCountry: that is what the form asks for.\n\nLOAD-DATE: September 11, 2018\n",
            &[
                "Duty on pipes to rise||Sample Post (London)|2018-09-10|||The duty on pipes will rise, the minister said. / Country: that is what the form asks for.",
            ],
        );
    }

    #[test]
    fn downloads_of_nexis_hold_labelled_articles() {
        let article = "Duty on pipes to rise\nThe Sample Post\nSeptember 10, 2018 Monday\nLate Edition\n\nCopyright 2018 The Sample Post Company All Rights Reserved\n\nSection: Section A; Pg. 1\nLength: 812 words\nByline: By Ann Doe and John Roe\nHighlight: Makers had waited for it.\nBody\n\nThe duty on pipes will rise, the minister said.\n\nCompany: it was the first.\n\nClassification\n\nLanguage: ENGLISH\n\nSubject: PIPES (90%)\n\nLoad-Date: September 11, 2018\n\nEnd of Document\n\n";
        let expected = "Duty on pipes to rise|Ann Doe and John Roe|The Sample Post|2018-09-10|en||Makers had waited for it. / The duty on pipes will rise, the minister said. / Company: it was the first.";
        check_documents(&article.repeat(2), &[expected; 2]);
    }

    #[test]
    fn prints_of_factiva_have_codes() {
        for apart in ["\t", "   ", " "] {
            let article = "SE~Business\nHD~Duty on pipes to rise\nBY~By Ann Doe\nWC~812 words\nPD~10 September 2018\nET~14:05\nSN~Sample News\nSC~SAMP\nLA~English\nCY~(c) 2018 Sample News Ltd\n\nLP\nThe duty on pipes will rise, the minister said.\n\nTD\nIN time makers will be pleased.\n\nBY then bolts are spared.\n\nCO~smpl : Sample Pipes\nIN~ipip : Pipes\nNS~ctrade : Trade\nRE~switz : Switzerland\nAN~Document SAMP000020180910ee9a0012\n\n".replace('~', apart);
            let expected = "Duty on pipes to rise|Ann Doe|Sample News|2018-09-10|en||The duty on pipes will rise, the minister said. / IN time makers will be pleased. / BY then bolts are spared.";
            check_documents(&article.repeat(2), &[expected; 2]);
        }
    }

    #[test]
    fn prints_of_factiva_have_heads() {
        let article = "Business\nDuty on pipes to rise\nBy Ann Doe\n1,812 words\n10 September 2018\n08:14 PM\nReuters News\nSAMP\nEnglish\n(c) 2018 Sample News Ltd. All rights reserved.\n\nThe duty on pipes will rise, the minister said.\n\nMakers were pleased.\n\nDocument SAMP000020180910ee9a0012\n\n";
        let expected = "Duty on pipes to rise|Ann Doe|Reuters|2018-09-10|en||The duty on pipes will rise, the minister said. / Makers were pleased.";
        check_documents(&article.repeat(2), &[expected; 2]);
        let text = "Duty on pipes to rise\nIt has 12 words\n12 words\nMakers were pleased.\n";
        assert!(documents(text).is_none());
    }

    #[test]
    fn wire_messages_have_lines_for_machines() {
        let message = "ZCZC R A A 0312\nR I\nBC-PIPES-DUTY 03-08 0112\nDUTY ON PIPES TO RISE\n    GENEVA, March 8 - The duty on pipes will rise, the minister\nsaid.\n    Makers were pleased.\nNNNN\n";
        let expected = "||||||DUTY ON PIPES TO RISE / GENEVA, March 8 - The duty on pipes will rise, the minister said. / Makers were pleased.";
        check_documents(&message.repeat(2), &[expected; 2]);
    }

    #[test]
    fn other_texts_are_no_prints() {
        for text in [
            "",
            "Duty on pipes to rise\n\nThe duty on pipes will rise. It has 10 words.\n",
            "The minister put 5 of 10 DOCUMENTS on the table.\n",
            "Length: 812 words\n\nThat was the whole of the report.\n",
            "HD pictures are dear.\nPD is a party.\n",
        ] {
            assert!(documents(text).is_none(), "{text}");
        }
    }

    #[test]
    fn long_prints_take_linear_time() {
        for part in [
            "1 of 2 DOCUMENTS\n",
            "HD\nPD\nLP\n",
            "Length: 1 words\nBody\n",
            "a\n1 words\n10 September 2018\n(c) x\n",
            "ZCZC a\n",
            "BYLINE: a\n",
        ] {
            for head in ["1 of 2 DOCUMENTS\n", ""] {
                let text = |n: usize| format!("{head}{}", part.repeat(n));
                assert_linear(part, 100_000, text, |text| documents(text).is_some());
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_may_be_a_print(parts in proptest::collection::vec(prop_oneof![
            Just("1 of 2 DOCUMENTS"), Just("September 10, 2018"), Just("LENGTH: 8 words"), Just("8 words"), Just("BODY:"), Just("Body"), Just("é words"),
            Just("LOAD-DATE: x"), Just("HD  x"), Just("PD x"), Just("LP"), Just("AN Document x"), Just("ZCZC x"), Just("NNNN"), Just("(c) x"), Just(""),
            Just("Document SAMP000020180910ee9a0012"), Just("End of Document"), Just("A word of it."),
        ], 0..40), wild in "\\PC{0,60}") {
            let _ = (documents(&parts.join("\n")), documents(&wild));
        }
    }
}
