//! Plain text: the layout tells paragraphs, headline and place line.

use super::{Format, Reading};
use crate::article::Article;
use crate::source::story::Facts;
use crate::source::{Fault, Piece, decode, paragraphs, story, wire};

pub(super) const FORMAT: Format = Format {
    name: "plain",
    extensions: &["txt", "text", "asc"],
    sniff: |_| true,
    reading: Reading::Whole,
    help: "plain text, one article a file: headline, place line and paragraphs are told by the layout",
    articles,
};

fn articles(piece: &Piece) -> Vec<Result<Article, Fault>> {
    vec![article(piece)]
}

fn article(piece: &Piece) -> Result<Article, Fault> {
    let path = &piece.source.path;
    let text = decode::text(&piece.bytes, None).map_err(|reason| Fault::new(path, reason))?;
    let read = wire::read(paragraphs::split(&text), None);
    story::article(&piece.source, Facts::default(), read)
}
