//! Documents of Word: a ZIP archive of XML, of which the main part, the footnotes and the endnotes are text. Not read is
//! what no reader sees (headers, comments, what was struck out, hidden text).

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::blocks::{Blocks, SAVE_AGAIN};
use super::markup::{self, Token};
use super::{Format, Reading};
use crate::limits::source as limits;
use crate::source::story::Document;
use crate::source::{Fault, Piece, decode};

pub(super) const FORMAT: Format = Format {
    name: "docx",
    extensions: &["docx"],
    sniff: is_document,
    // What a word processor opens is called by any of its names.
    misnamed: Some(|sample| !is_document(sample)),
    reading: Reading::Whole,
    help: "documents of Word (not of before 2007): text, tables and notes",
    documents,
};

/// Where the archive says which of its parts is the main one.
const RELATIONS: &str = "_rels/.rels";

/// What it is called otherwise.
const MAIN: &str = "word/document.xml";

/// Parts whose text comes after it.
const NOTES: &[&str] = &["footnotes.xml", "endnotes.xml"];

/// The style of a title; a heading says the same where it comes first.
const TITLES: &[&str] = &["Title", "Heading1"];

/// Elements whose text is said elsewhere, or no longer.
const UNSEEN: &[&str] = &["mc:Fallback", "w:moveFrom", "w:del"];

fn is_document(sample: &[u8]) -> bool {
    sample.starts_with(b"PK\x03\x04")
        && (memchr::memmem::find(sample, b"[Content_Types].xml").is_some()
            || memchr::memmem::find(sample, b"word/").is_some())
}

fn documents(piece: &Piece) -> Vec<Result<Document, Fault>> {
    match read(&piece.bytes) {
        Ok(blocks) => blocks.documents(piece),
        Err(reason) => vec![Err(Fault::new(&piece.source.path, reason).hint(SAVE_AGAIN))],
    }
}

fn read(bytes: &[u8]) -> Result<Blocks, String> {
    let broken = |error: ZipError| format!("broken Word document: {error}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let relations = part(&mut archive, RELATIONS)?;
    let main = relations.as_deref().and_then(main_part);
    let main = main.unwrap_or_else(|| MAIN.to_string());
    let Some(text) = part(&mut archive, &main)? else {
        return Err("an office document without text: no document of Word".into());
    };
    let mut blocks = Blocks::default();
    push_part(&mut blocks, &text);
    let folder = main.rfind('/').map_or("", |end| &main[..=end]);
    for notes in NOTES {
        if let Some(text) = part(&mut archive, &format!("{folder}{notes}"))? {
            blocks.open_aside();
            push_part(&mut blocks, &text);
            blocks.close_aside();
        }
    }
    Ok(blocks)
}

/// The text of a part of the archive; none where there is no such part.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, String> {
    let broken = |reason: String| format!("broken Word document: `{name}`: {reason}");
    let part = match archive.by_name(name) {
        Ok(part) => part,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(broken(error.to_string())),
    };
    let mut bytes = Vec::new();
    part.take(limits::FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| broken(error.to_string()))?;
    if bytes.len() as u64 > limits::FILE_BYTES {
        let megabytes = limits::FILE_BYTES >> 20;
        return Err(broken(format!("larger than {megabytes} MB unpacked")));
    }
    let text = decode::text(&bytes, None).map_err(broken)?;
    Ok(Some(text.into_owned()))
}

/// Which part the relations of an archive call its document.
fn main_part(relations: &str) -> Option<String> {
    markup::tokens(relations).find_map(|token| {
        let Token::Open { attributes, .. } = token else {
            return None;
        };
        let kind = markup::attribute(attributes, "Type")?;
        let target = markup::attribute(attributes, "Target")?;
        kind.ends_with("/officeDocument")
            .then(|| target.trim_start_matches('/').to_string())
    })
}

/// Adds the text of a part.
fn push_part(blocks: &mut Blocks, xml: &str) {
    let mut in_text = false;
    // The element that is left out, and how many of its name are open.
    let mut unseen: Option<(&str, usize)> = None;
    let mut is_hidden = false;
    for token in markup::tokens(xml) {
        match (token, &mut unseen) {
            (Token::Open { name, closed, .. }, Some((left_out, n_open))) => {
                *n_open += usize::from(name == *left_out && !closed);
            }
            (Token::Close(name), Some((left_out, n_open))) => {
                *n_open -= usize::from(name == *left_out);
                if *n_open == 0 {
                    unseen = None;
                }
            }
            (_, Some(_)) => {}
            (Token::Text(text), None) => {
                if in_text && !is_hidden {
                    blocks.push(&markup::decoded(text));
                }
            }
            (Token::Raw(_), None) => {}
            (
                Token::Open {
                    name,
                    attributes,
                    closed,
                },
                None,
            ) => match name {
                _ if UNSEEN.contains(&name) && !closed => unseen = Some((name, 1)),
                "w:t" => in_text = !closed,
                "w:r" => is_hidden = false,
                "w:vanish" => is_hidden = is_on(attributes),
                "w:tab" => blocks.push(" "),
                "w:noBreakHyphen" => blocks.push("-"),
                "w:br" | "w:cr" => blocks.end_line(),
                "w:tr" if !closed => blocks.begin_row(),
                "w:txbxContent" if !closed => blocks.open_aside(),
                "w:pStyle" => {
                    let style = markup::attribute(attributes, "w:val");
                    if style.is_some_and(|style| TITLES.contains(&&*style)) {
                        blocks.mark_title();
                    }
                }
                _ => {}
            },
            (Token::Close(name), None) => match name {
                "w:t" => in_text = false,
                "w:r" => is_hidden = false,
                "w:p" => blocks.end_paragraph(),
                "w:tc" => blocks.end_cell(),
                "w:tr" => blocks.end_row(),
                "w:txbxContent" => {
                    blocks.end_paragraph();
                    blocks.close_aside();
                }
                _ => {}
            },
        }
    }
}

/// Whether a property that needs no value is on.
fn is_on(attributes: &str) -> bool {
    let value = markup::attribute(attributes, "w:val");
    value.is_none_or(|value| !matches!(&*value, "0" | "false" | "off"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::article::Article;
    use crate::source::{articles, standard_input};

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            let options = SimpleFileOptions::default();
            archive.start_file(*name, options).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn read_archive(bytes: &[u8]) -> Result<Article, String> {
        let piece = standard_input(bytes).next().unwrap().unwrap();
        assert_eq!(piece.format.name, "docx");
        articles(&piece)
            .remove(0)
            .map_err(|fault| fault.to_string())
    }

    /// Reads a document of such paragraphs.
    fn read_document(paragraphs: &str) -> Article {
        let document = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:body>{paragraphs}</w:body></w:document>"#
        );
        let notes = "<w:footnotes><w:footnote><w:p><w:r><w:t>19 U.S.C. 1862.</w:t></w:r></w:p></w:footnote></w:footnotes>";
        read_archive(&archive(&[
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", &document),
            ("word/footnotes.xml", notes),
        ]))
        .unwrap()
    }

    #[test]
    fn a_document_is_an_article() {
        let article = read_document(
            r#"<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Duties rise</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>By Ann Doe</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">The duty on </w:t></w:r><w:del w:id="1"><w:r><w:delText>all </w:delText></w:r></w:del><w:r><w:rPr><w:b/></w:rPr><w:t>Smith &amp; Sons&#8217; pipes</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:tab/><w:t>rose.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Pipes</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>25 percent</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>Makers were pleased.</w:t></w:r></w:p>"#,
        );
        assert_eq!(article.title, "Duties rise");
        assert_eq!(article.byline.as_deref(), Some("Ann Doe"));
        assert_eq!(
            article.paragraphs,
            [
                "The duty on Smith & Sons’ pipes rose.",
                "Pipes | 25 percent",
                "Makers were pleased.",
                "19 U.S.C. 1862."
            ]
        );
    }

    #[test]
    fn text_boxes_are_read_once_and_after_the_text() {
        let article = read_document(
            "<w:p><w:r><w:t>The duty </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>rose.</w:t></w:r></w:p><w:p><w:r><w:t>It is the end of it.</w:t></w:r></w:p>",
        );
        assert_eq!(
            article.paragraphs,
            [
                "The duty rose.",
                "It is the end of it.",
                "A box.",
                "19 U.S.C. 1862."
            ]
        );
    }

    #[test]
    fn the_archive_says_where_its_text_is() {
        let relations = r#"<Relationships><Relationship Type="x/extended-properties" Target="docProps/app.xml"/><Relationship Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>"#;
        let article = read_archive(&archive(&[
            ("_rels/.rels", relations),
            (
                "word/document2.xml",
                "<w:p><w:r><w:t>The duty rose.</w:t></w:r></w:p>",
            ),
        ]));
        assert_eq!(article.unwrap().paragraphs, ["The duty rose."]);
    }

    #[test]
    fn what_is_no_document_is_a_fault() {
        let other = archive(&[("word/readme", "")]);
        assert_eq!(
            read_archive(&other).unwrap_err(),
            "-: an office document without text: no document of Word"
        );
        for length in 0..other.len() {
            let cut = &other[..length];
            let piece = standard_input(cut).next().unwrap();
            if let Ok(piece) = piece {
                let piece = Piece {
                    format: &FORMAT,
                    ..piece
                };
                assert!(super::documents(&piece)[0].is_err(), "{length}");
            }
        }
        for at in 0..other.len() {
            let mut damaged = other.clone();
            damaged[at] ^= 0x55;
            let _ = read(&damaged);
        }
    }
}
