//! Paragraphs as they are cited: footnotes, BibTeX, CSL-JSON. Each has the paragraph's number, as people count them, and its
//! permanent id.

use std::io::{self, Write};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Export, Part, command, on_one_line, origin};
use crate::article::{Head, Paragraph};
use crate::report::Provenance;

pub(super) const FOOTNOTES: Export = Export {
    name: "footnotes",
    help: "citations as text, one a line",
    is_ranking: false,
    write: write_footnotes,
};

pub(super) const BIBTEX: Export = Export {
    name: "bibtex",
    help: "citations for LaTeX",
    is_ranking: false,
    write: write_bibtex,
};

pub(super) const CSL: Export = Export {
    name: "csl",
    help: "citations as CSL-JSON, for Zotero and other reference managers",
    is_ranking: false,
    write: write_csl,
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn write_footnotes(part: &Part, provenance: &Provenance, out: &mut dyn Write) -> io::Result<()> {
    match part {
        Part::Head => {
            let head = [command(provenance, FOOTNOTES.name), origin(provenance)];
            head.iter()
                .try_for_each(|line| writeln!(out, "# {}", on_one_line(line)))
        }
        Part::Hits { hits, .. } => hits
            .iter()
            .try_for_each(|hit| writeln!(out, "{}", footnote(&hit.paragraph))),
        Part::End { .. } => Ok(()),
    }
}

/// `Ada Writer, “Tokyo opens talks”, Harbour Wire, 27 September 2018, para. 1, https://example.org [2018/tokyo-talks#0].`
fn footnote(paragraph: &Paragraph) -> String {
    let head = &*paragraph.head;
    let published = head.published.map(|published| long_date(published.date));
    let parts = [
        author(head).map(str::to_owned),
        Some(format!("“{}”", head.title)),
        head.publisher.clone(),
        published,
        Some(format!("para. {}", paragraph.ordinal + 1)),
        head.url.clone(),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    on_one_line(&format!("{} [{}].", parts.join(", "), paragraph.id()))
}

fn long_date(date: Date) -> String {
    let month = MONTHS
        .get(date.month() as usize - 1)
        .copied()
        .unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// The byline without the word before the name.
fn author(head: &Head) -> Option<&str> {
    let byline = head.byline.as_deref()?.trim();
    let (first, rest) = byline
        .split_once(char::is_whitespace)
        .unwrap_or((byline, ""));
    let is_by = first.eq_ignore_ascii_case("by");
    let author = if is_by { rest.trim() } else { byline };
    (!author.is_empty()).then_some(author)
}

fn write_bibtex(part: &Part, provenance: &Provenance, out: &mut dyn Write) -> io::Result<()> {
    match part {
        Part::Head => {
            // Text between entries is comment, but for what would begin an entry.
            let head = [command(provenance, BIBTEX.name), origin(provenance)];
            head.iter().try_for_each(|line| {
                writeln!(out, "% {}", on_one_line(line).replace('@', "(at)"))
            })?;
            writeln!(out)
        }
        Part::Hits { hits, .. } => hits
            .iter()
            .try_for_each(|hit| out.write_all(entry(&hit.paragraph).as_bytes())),
        Part::End { .. } => Ok(()),
    }
}

fn entry(paragraph: &Paragraph) -> String {
    let head = &*paragraph.head;
    let id = paragraph.id();
    let number = paragraph.ordinal + 1;
    let date = head.published.map(|published| published.date);
    // In braces of their own, words keep their capitals, and a name of several parts stays one.
    let fields = [
        (
            "author",
            author(head).map(|author| format!("{{{}}}", latex(author))),
        ),
        ("title", Some(format!("{{{}}}", latex(&head.title)))),
        ("howpublished", head.publisher.as_deref().map(latex)),
        ("date", date.map(|date| date.to_string())),
        ("year", date.map(|date| date.year().to_string())),
        ("month", date.map(|date| date.month().to_string())),
        ("url", head.url.as_deref().map(address)),
        ("note", Some(format!("para.~{number} [{}]", latex(&id)))),
    ];
    let mut entry = format!("@misc{{{},\n", key(&id));
    for (name, value) in fields {
        if let Some(value) = value {
            entry += &format!("  {name} = {{{value}}},\n");
        }
    }
    entry + "}\n\n"
}

/// The id with `:` before the paragraph's number, of the characters that keys may have; where others are replaced the id's
/// fingerprint tells it from its like.
fn key(id: &str) -> String {
    let (article, ordinal) = id.rsplit_once('#').unwrap_or((id, ""));
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | ':' | '_' | '+');
    let plain = |c: char| if is_plain(c) { c } else { '_' };
    let key: String = article.chars().map(plain).collect();
    match key == article && !key.is_empty() {
        true => format!("{key}:{ordinal}"),
        false => format!(
            "{key}-{:08x}:{ordinal}",
            xxhash_rust::xxh3::xxh3_64(article.as_bytes()) as u32
        ),
    }
}

/// A text as LaTeX sets it. Braces are not escaped but named: BibTeX counts them wherever they stand.
fn latex(text: &str) -> String {
    let mut out = String::new();
    for c in on_one_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '_' | '%' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// An address as the package `url` takes it.
fn address(url: &str) -> String {
    let mut out = String::new();
    for c in on_one_line(url).chars() {
        match c {
            '{' | '}' | '\\' | ' ' => out += &format!("%{:02X}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out
}

fn write_csl(part: &Part, provenance: &Provenance, out: &mut dyn Write) -> io::Result<()> {
    match part {
        // An array of nothing but items; each names where it was found.
        Part::Head => Ok(()),
        Part::Hits { hits, n_before } => {
            let source = format!(
                "{}, index of {}: {}",
                provenance.program,
                provenance.built,
                command(provenance, CSL.name)
            );
            for (hit, place) in hits.iter().zip(*n_before..) {
                out.write_all(if place == 0 { b"[" } else { b",\n" })?;
                serde_json::to_writer(&mut *out, &item(&hit.paragraph, &source))?;
            }
            Ok(())
        }
        Part::End { n_hits: 0 } => out.write_all(b"[]\n"),
        Part::End { .. } => out.write_all(b"]\n"),
    }
}

fn item(paragraph: &Paragraph, source: &str) -> Value {
    let head = &*paragraph.head;
    let mut item = json!({
        "id": paragraph.id(),
        "type": "article-newspaper",
        "title": head.title,
        "note": format!("para. {}", paragraph.ordinal + 1),
        "source": source,
    });
    let issued = head.published.map(|published| published.date);
    let issued =
        issued.map(|date| json!({"date-parts": [[date.year(), date.month(), date.day()]]}));
    for (key, value) in [
        (
            "author",
            author(head).map(|author| json!([{"literal": author}])),
        ),
        (
            "container-title",
            head.publisher.as_deref().map(Value::from),
        ),
        ("issued", issued),
        ("URL", head.url.as_deref().map(Value::from)),
        ("language", head.language.as_deref().map(Value::from)),
    ] {
        if let (Some(value), Some(item)) = (value, item.as_object_mut()) {
            item.insert(key.to_owned(), value);
        }
    }
    item
}
