//! Markdown, with front matter in YAML or TOML, or with labels; the text as a reader sees it, without marks.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Format, Reading, json, labels, markup};
use crate::source::story::{Document, Facts};
use crate::source::{Fault, Piece, decode, paragraphs, wire};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    extensions: &["md", "markdown"],
    sniff: |sample| front_matter(&String::from_utf8_lossy(sample)).is_some(),
    misnamed: None,
    reading: Reading::Whole,
    help: "Markdown, with front matter in YAML (`---`) or TOML (`+++`): title, author, date ...",
    documents,
};

fn documents(piece: &Piece) -> Vec<Result<Document, Fault>> {
    vec![document(piece)]
}

fn document(piece: &Piece) -> Result<Document, Fault> {
    let path = &piece.source.path;
    let text = decode::text(&piece.bytes, None).map_err(|reason| Fault::new(path, reason))?;
    let (mut facts, place, body) = match front_matter(&text) {
        Some(matter) => (matter.facts(path)?, None, matter.body),
        None => {
            let head = labels::read(text.lines()).unwrap_or_default();
            let body = labels::body(&text, &head);
            (head.facts, head.place, body)
        }
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
            .get_or_insert_with(|| first.text.split_whitespace().collect::<Vec<_>>().join(" "));
        blocks.remove(0);
    }
    let blocks = blocks.into_iter().enumerate();
    let layout = paragraphs::separated(blocks.flat_map(|(block_idx, block)| {
        match block_idx < HEAD_BLOCKS && block.text.contains('\n') {
            true => head_lines(&block.text),
            false => vec![block.text],
        }
    }));
    Ok(Document {
        facts,
        place,
        body: layout,
        ..Document::default()
    })
}

/// The blocks in which headline, byline and date may stand, and the lines of each.
const HEAD_BLOCKS: usize = 3;
const HEAD_LINES: usize = 8;

/// The lines of a block up to the last that is a byline, a date or the like, each by itself, and the rest as it is: people write
/// them without the blank lines that would make them paragraphs.
fn head_lines(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_of_head = |line_idx: usize| {
        let before = line_idx.checked_sub(1).map(|before| lines[before]);
        wire::stands_alone(lines[line_idx], before)
    };
    let is_there = |line_idx: usize| line_idx < lines.len() && is_of_head(line_idx);
    // Above the byline a headline may stand, below it a second author; a sentence goes on in small letters.
    let is_above = |line_idx: usize| {
        is_there(line_idx + 1) && !lines[line_idx + 1].starts_with(char::is_lowercase)
    };
    let most = lines.len().min(HEAD_LINES);
    let n_lines = (0..most)
        .take_while(|&line_idx| is_of_head(line_idx) || is_above(line_idx))
        .count();
    let (head, rest) = lines.split_at(n_lines);
    let head = head.iter().map(|line| line.to_string());
    head.chain([rest.join("\n")]).collect()
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
            Event::SoftBreak | Event::HardBreak => current.push('\n'),
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::Article;
    use crate::source::{articles, standard_input};

    fn read(text: &str) -> Result<Article, String> {
        let piece = standard_input(text.as_bytes()).next().unwrap().unwrap();
        let piece = Piece {
            format: &FORMAT,
            ..piece
        };
        articles(&piece)
            .remove(0)
            .map_err(|fault| fault.to_string())
    }

    #[test]
    fn lines_of_the_head_need_no_blank_lines() {
        for text in [
            "# Duties rise\nBy Jane Doe\nSeptember 26, 2018\n\nTOKYO, Sept. 25 (Reuters) - Steel is\n*dear*.\n",
            "Duties rise\nBy Jane Doe\n26 September 2018\nTOKYO, Sept. 25 (Reuters) - Steel is\n*dear*.\n",
        ] {
            let article = read(text).unwrap();
            assert_eq!(article.title, "Duties rise");
            assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
            assert_eq!(article.published.unwrap().to_string(), "2018-09-26");
            assert!(
                article.paragraphs[0].ends_with("- Steel is dear."),
                "{text}"
            );
            assert_eq!(article.paragraphs.len(), 1);
        }
    }

    #[test]
    fn labels_are_front_matter_without_fences() {
        let article = read("**Title:** Duties rise\n**Date:** 2018-09-26\nSource: Desk\n\n# Duties rise\n\nSteel is *dear*.\n").unwrap();
        assert_eq!(article.title, "Duties rise");
        assert_eq!(article.publisher.as_deref(), Some("Desk"));
        assert_eq!(article.published.unwrap().to_string(), "2018-09-26");
        assert_eq!(article.paragraphs, ["Steel is dear."]);
    }

    #[test]
    fn front_matter_states_facts() {
        for matter in [
            "---\ntitle: \"Duties: rise\"\nauthor: Jane Doe\ndate: 2018-09-26\npublisher: Desk\nlang: en\nurl: https://example.org/a\ntags: [a, b]\n---\n",
            "+++\ntitle = \"Duties: rise\"\nauthors = [\"Jane Doe\"]\ndate = 2018-09-26\nsource = \"Desk\"\nlanguage = \"en\"\ncanonical_url = \"https://example.org/a\"\n+++\n",
        ] {
            let article = read(&format!("{matter}\nSteel is dear.\n")).unwrap();
            assert_eq!(article.title, "Duties: rise", "{matter}");
            assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
            assert_eq!(article.published.unwrap().to_string(), "2018-09-26");
            assert_eq!(article.publisher.as_deref(), Some("Desk"));
            assert_eq!(article.language.as_deref(), Some("en"));
            assert_eq!(article.id, "https://example.org/a");
            assert_eq!(article.paragraphs, ["Steel is dear."]);
        }
    }

    #[test]
    fn marks_become_text() {
        let article = read(
            "# Duties rise\n\nThe *duty* on [steel](https://example.org) is\n`25%`.\n\n## Zinc\n\n- one **pound**\n- two\n\n> He said so.\n\n| Metal | Duty |\n|---|---|\n| Tin | 5 |\n\n```\ncode & more\n```\n\n<p>Lead</p>\n\nEnd<br>of &amp; it[^1]\n\n[^1]: A note\n",
        )
        .unwrap();
        assert_eq!(article.title, "Duties rise");
        assert_eq!(
            article.paragraphs,
            [
                "The duty on steel is 25%.",
                "Zinc",
                "one pound",
                "two",
                "He said so.",
                "Metal | Duty",
                "Tin | 5",
                "code & more",
                "Lead",
                "End of & it",
                "A note"
            ]
        );
    }

    #[test]
    fn a_heading_that_repeats_the_title_is_no_paragraph() {
        let article = read("---\ntitle: Four years on, duties on steel rise again\n---\n# Steel duties rise\n\nGENEVA — Steel is dear.\n").unwrap();
        assert_eq!(article.paragraphs, ["GENEVA — Steel is dear."]);
        assert_eq!(article.dateline.unwrap().place, "GENEVA");
        let article =
            read("---\ntitle: Weekly letter\n---\n# Steel duties rise\n\nSteel is dear.\n")
                .unwrap();
        assert_eq!(article.paragraphs, ["Steel duties rise", "Steel is dear."]);
    }

    #[test]
    fn broken_front_matter_is_named_with_its_line() {
        let fault = read("---\ntitle: \"Duties\ndate: [\n---\nSteel\n").unwrap_err();
        assert!(
            fault.starts_with("-:") && fault.contains("broken YAML front matter: "),
            "{fault}"
        );
        let fault = read("+++\ntitle = \"A\"\ndate = = 1\n+++\nSteel\n").unwrap_err();
        assert!(
            fault.starts_with("-:3: broken TOML front matter: "),
            "{fault}"
        );
    }

    #[test]
    fn rules_are_no_front_matter() {
        for text in [
            "---\n\nSteel is dear.\n\n---\n",
            "---\nSteel is dear, he said.\n",
            "---",
        ] {
            assert!(front_matter(text).is_none(), "{text}");
        }
    }

    #[test]
    fn nested_marks_take_no_stack() {
        for part in ["> ", "* ", "[", "![", "**a *b ", "`", "<b>", "&", "|"] {
            let _ = read(&part.repeat(20_000));
        }
        let _ = read(&format!("---\na: {}\n---\nSteel", "[".repeat(50_000)));
        let _ = read(&format!("+++\na = {}\n+++\nSteel", "[".repeat(50_000)));
    }

    proptest! {
        #[test]
        fn any_text_gives_an_article_or_a_fault(text in "[-+a-z:=#>*\\[\\]()|`<&\n ]{1,80}", wild in "\\PC{1,60}") {
            let _ = (read(&text), read(&wild), read(&format!("---\n{text}\n---\n{wild}")), read(&format!("+++\n{text}\n+++\n{wild}")));
        }
    }
}
