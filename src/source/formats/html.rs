//! Pages: the main text without navigation and advertising, and what their head says about it.

use super::{Format, Reading, markup};
use crate::article::Article;
use crate::source::story::Facts;
use crate::source::{Fault, Piece, decode, paragraphs, story, wire};

pub(super) const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    sniff: is_page,
    reading: Reading::Whole,
    help: "web pages: the main text, with headline, byline and date from the page",
    articles,
};

fn is_page(sample: &[u8]) -> bool {
    let head = &sample[..sample.len().min(4096)];
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut text = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(rest) = text
        .strip_prefix("<?")
        .or_else(|| text.strip_prefix("<!--"))
    {
        text = rest
            .split_once('>')
            .map_or("", |(_, rest)| rest.trim_start());
    }
    ["<!doctype html", "<html", "<head", "<body", "<article"]
        .iter()
        .any(|start| text.starts_with(start))
}

fn articles(piece: &Piece) -> Vec<Result<Article, Fault>> {
    vec![article(piece)]
}

fn article(piece: &Piece) -> Result<Article, Fault> {
    let path = &piece.source.path;
    let text = decode::text(&piece.bytes, None).map_err(|reason| Fault::new(path, reason))?;
    let layout = match markup::content(&text) {
        markup::Content::Paragraphs(paragraphs) => paragraphs::separated(paragraphs),
        markup::Content::Text(text) => paragraphs::split(&text),
    };
    story::article(&piece.source, Facts::default(), wire::read(layout, None))
}
