//! Markdown, with front matter in YAML or TOML; the text as a reader sees it, without marks.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Format, Reading, json, markup};
use crate::article::Article;
use crate::source::story::Facts;
use crate::source::{Fault, Piece, decode, paragraphs, story, wire};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    extensions: &["md", "markdown"],
    sniff: |sample| front_matter(&String::from_utf8_lossy(sample)).is_some(),
    reading: Reading::Whole,
    help: "Markdown, with front matter in YAML (`---`) or TOML (`+++`): title, author, date ...",
    articles,
};

fn articles(piece: &Piece) -> Vec<Result<Article, Fault>> {
    vec![article(piece)]
}

fn article(piece: &Piece) -> Result<Article, Fault> {
    let path = &piece.source.path;
    let text = decode::text(&piece.bytes, None).map_err(|reason| Fault::new(path, reason))?;
    let (mut facts, body) = match front_matter(&text) {
        Some(matter) => (matter.facts(path)?, matter.body),
        None => (Facts::default(), &*text),
    };
    let mut blocks = blocks(body);
    if let Some(first) = blocks.first()
        && first.title
        && facts
            .title
            .as_ref()
            .is_none_or(|title| repeats(title, &first.text))
    {
        facts
            .title
            .get_or_insert_with(|| first.text.trim().to_string());
        blocks.remove(0);
    }
    let layout = paragraphs::separated(blocks.into_iter().map(|block| block.text));
    let read = wire::read(layout, facts.title.as_deref());
    story::article(&piece.source, facts, read)
}

/// Whether a heading says what the title says: most of its longer words stand there, too.
fn repeats(title: &str, heading: &str) -> bool {
    if heading.len() > 500 {
        return false;
    }
    let title = title.to_lowercase();
    let heading = heading.to_lowercase();
    let words = || heading.split_whitespace().filter(|word| word.len() > 3);
    let n_known = words().filter(|word| title.contains(*word)).count();
    n_known * 2 > words().count()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Yaml,
    Toml,
}

struct FrontMatter<'a> {
    syntax: Syntax,
    text: &'a str,
    body: &'a str,
}

/// Divides a text that begins with front matter. A line of hyphens alone is none: the end and a key must be there.
fn front_matter(text: &str) -> Option<FrontMatter<'_>> {
    let text = text
        .trim_start_matches('\u{feff}')
        .trim_start_matches(['\n', '\r']);
    let (fence, syntax) = if text.starts_with("---") {
        ("---", Syntax::Yaml)
    } else if text.starts_with("+++") {
        ("+++", Syntax::Toml)
    } else {
        return None;
    };
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != fence {
        return None;
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let end = at + line.len();
        let bare = line.trim_end();
        if bare == fence || syntax == Syntax::Yaml && bare == "..." {
            let (text, body) = (&rest[..at], &rest[end..]);
            let sign = if syntax == Syntax::Yaml { ':' } else { '=' };
            let has_key = text.lines().any(|line| {
                line.split_once(sign).is_some_and(|(key, _)| {
                    !key.trim().is_empty() && !key.trim().contains(char::is_whitespace)
                })
            });
            return (has_key || text.trim().is_empty()).then_some(FrontMatter {
                syntax,
                text,
                body,
            });
        }
        at = end;
    }
    None
}

impl FrontMatter<'_> {
    /// What the front matter states, under the names that JSON has, too.
    fn facts(&self, path: &std::path::Path) -> Result<Facts, Fault> {
        let broken = |what: &str, line: Option<usize>, reason: String| {
            let reason = reason.lines().next().unwrap_or("").to_string();
            let fault = Fault::new(path, format!("broken {what} front matter: {reason}"))
                .hint("repair it, or put values with colons or quotation marks in quotation marks");
            Fault {
                line: line.map(|line| line + 1),
                ..fault
            }
        };
        let value: serde_json::Value = match self.syntax {
            Syntax::Yaml if self.text.trim().is_empty() => return Ok(Facts::default()),
            Syntax::Yaml => serde_saphyr::from_str(self.text).map_err(|error| {
                let line = error.location().map(|location| location.line() as usize);
                broken("YAML", line, error.without_snippet().to_string())
            })?,
            Syntax::Toml => {
                let table: toml::Table = self.text.parse().map_err(|error: toml::de::Error| {
                    let line = error.span().map(|span| {
                        self.text[..span.start.min(self.text.len())]
                            .matches('\n')
                            .count()
                            + 1
                    });
                    broken("TOML", line, error.message().to_string())
                })?;
                toml_to_json(toml::Value::Table(table))
            }
        };
        let text = value.to_string();
        Ok(json::facts(&text))
    }
}

/// Dates become strings; everything else is the same in both.
fn toml_to_json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(values) => values.into_iter().map(toml_to_json).collect(),
        toml::Value::Table(table) => table
            .into_iter()
            .map(|(key, value)| (key, toml_to_json(value)))
            .collect(),
    }
}

struct Block {
    text: String,
    /// Whether it is a heading of the first level.
    title: bool,
}

/// The blocks of the text: paragraphs, headings, items of lists, rows of tables, code.
fn blocks(body: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut blocks: Vec<Block> = Vec::new();
    let mut current = String::new();
    let mut flush = |current: &mut String, title: bool| {
        if !current.trim().is_empty() {
            let text = std::mem::take(current);
            blocks.push(Block { text, title });
        }
        current.clear();
    };
    let mut html = String::new();
    for event in Parser::new_ext(body, options) {
        match event {
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => {
                current.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => current.push(' '),
            Event::Html(text) => html.push_str(&text),
            Event::End(TagEnd::HtmlBlock) => {
                flush(&mut current, false);
                match markup::content(&std::mem::take(&mut html)) {
                    markup::Content::Paragraphs(paragraphs) => {
                        for mut paragraph in paragraphs {
                            flush(&mut paragraph, false);
                        }
                    }
                    markup::Content::Text(mut text) => flush(&mut text, false),
                }
            }
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => {
                current.push(' ')
            }
            Event::End(TagEnd::Heading(level)) => flush(&mut current, level == HeadingLevel::H1),
            Event::End(TagEnd::TableCell) => current.push_str(" | "),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                let mut row = current.trim().trim_end_matches('|').trim_end().to_string();
                current.clear();
                flush(&mut row, false);
            }
            Event::Start(tag) if is_block(&tag) => flush(&mut current, false),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::BlockQuote(_)
                | TagEnd::CodeBlock
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::FootnoteDefinition
                | TagEnd::DefinitionList
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            )
            | Event::Rule => flush(&mut current, false),
            _ => {}
        }
    }
    flush(&mut current, false);
    blocks
}

fn is_block(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::Table(_)
    )
}
