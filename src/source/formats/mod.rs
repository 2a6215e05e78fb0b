//! The table of formats. To add one, write its file and name it here.

use std::ffi::OsStr;

use super::story::Document;
use super::{Fault, Piece, decode};

mod blocks;
mod docx;
mod email;
mod feed;
mod html;
mod json;
mod labels;
mod markdown;
mod markup;
mod order;
mod plain;
mod rtf;
mod tidy;

/// A way in which articles are written in files.
#[derive(Debug)]
pub struct Format {
    /// The name in messages and in `--help`.
    pub name: &'static str,
    /// In lower case, without the period.
    pub extensions: &'static [&'static str],
    /// Whether a file that begins so is of this format; asked in the order of the table.
    pub sniff: fn(&[u8]) -> bool,
    /// Whether a file that an extension calls so is of another format, by how it begins: then its content alone tells. None
    /// where the extension is believed whatever comes.
    pub misnamed: Option<fn(&[u8]) -> bool>,
    pub reading: Reading,
    /// One line for `--help`.
    pub help: &'static str,
    /// Reads the articles of a piece, as the format gives them.
    pub(super) documents: fn(&Piece) -> Vec<Result<Document, Fault>>,
}

/// How much of a file is needed to read an article in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Whole,
    /// Each line is an article by itself.
    Lines,
}

/// One that stumbles over `stone`.
#[cfg(test)]
pub(crate) static STUMBLING: Format = Format {
    documents: |piece| match piece.bytes.starts_with(b"stone") {
        true => panic!("a stone"),
        false => (plain::FORMAT.documents)(piece),
    },
    ..plain::FORMAT
};

/// Every format; in the order in which they are tried when the name of a file says nothing.
pub static FORMATS: &[Format] = &[
    json::LINES,
    json::FORMAT,
    docx::FORMAT,
    rtf::FORMAT,
    html::FORMAT,
    feed::FORMAT,
    email::FORMAT,
    markdown::FORMAT,
    plain::FORMAT,
];

/// The format that the extension of a file names.
pub(super) fn by_extension(extension: &OsStr) -> Option<&'static Format> {
    let extension = extension.to_str()?;
    let is_named = |known: &&str| known.eq_ignore_ascii_case(extension);
    FORMATS
        .iter()
        .find(|format| format.extensions.iter().any(is_named))
}

/// The format in which to read a file, by what its name and its first bytes say.
pub(super) fn choose(named: Option<&'static Format>, beginning: &[u8]) -> &'static Format {
    let is_misnamed = |format: &Format| {
        let is_another = format.misnamed;
        is_another.is_some_and(|is_another| is_another(&decode::sample(beginning)))
    };
    if let Some(format) = named
        && !is_misnamed(format)
    {
        return format;
    }
    let sample = decode::sample(beginning);
    let found = FORMATS.iter().find(|format| (format.sniff)(&sample));
    found.unwrap_or(&FORMATS[FORMATS.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_and_names_are_unique() {
        let mut seen = std::collections::HashSet::new();
        for format in FORMATS {
            assert!(seen.insert(format.name), "{}", format.name);
            for extension in format.extensions {
                assert!(
                    seen.insert(*extension) || *extension == format.name,
                    "{extension}"
                );
                assert_eq!(*extension, extension.to_ascii_lowercase());
            }
        }
    }

    #[test]
    fn every_content_has_a_format() {
        for (content, name) in [
            ("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", "jsonl"),
            ("  {\n \"text\": \"a\"}\n", "json"),
            ("{\"text\": \"a\"}\n", "json"),
            ("[{\"text\": \"a\"}]", "json"),
            ("\u{feff}<!DOCTYPE html><html>", "html"),
            (
                "<?xml version=\"1.0\"?>\n<!-- a -->\n<html xmlns=\"\">",
                "html",
            ),
            ("---\ntitle: A\n---\nText", "markdown"),
            ("+++\ntitle = \"A\"\n+++\nText", "markdown"),
            ("Headline\n\nText", "plain"),
            ("[Reuters] Steel", "plain"),
            ("-----\n\nText", "plain"),
            ("", "plain"),
        ] {
            assert_eq!(choose(None, content.as_bytes()).name, name, "{content}");
        }
    }

    #[test]
    fn lines_of_json_may_be_called_json() {
        let named = by_extension(OsStr::new("JSON"));
        assert_eq!(
            choose(named, b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n").name,
            "jsonl"
        );
        assert_eq!(choose(named, b"{\"text\": \"a\"}\n").name, "json");
    }

    #[test]
    fn documents_may_be_called_by_the_name_of_another_kind() {
        for (extension, content, name) in [
            ("doc", "{\\rtf1 Steel.}", "rtf"),
            ("doc", "PK\u{3}\u{4} [Content_Types].xml", "docx"),
            ("docx", "{\\rtf1 Steel.}", "rtf"),
            ("rtf", "<html><p>Steel.", "html"),
            ("docx", "Steel.", "plain"),
            // These are believed.
            ("txt", "{\\rtf1 Steel.}", "plain"),
            ("json", "Steel.", "json"),
        ] {
            let named = by_extension(OsStr::new(extension));
            let chosen = choose(named, content.as_bytes());
            assert_eq!(chosen.name, name, "{content} in .{extension}");
        }
    }
}
