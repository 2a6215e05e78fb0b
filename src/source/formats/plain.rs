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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{articles, standard_input};

    fn read(bytes: &[u8]) -> Result<Article, String> {
        let piece = standard_input(bytes)
            .next()
            .unwrap()
            .map_err(|fault| fault.to_string())?;
        articles(&piece)
            .remove(0)
            .map_err(|fault| fault.to_string())
    }

    #[test]
    fn a_wire_story_is_an_article() {
        let article = read("\u{feff}Duties rise\r\n\r\nBy Jane Doe\r\n\r\nGENEVA, Dec. 10, 2019 (TSD) — The duty on steel will rise to 25 percent, the minister said.\r\n\r\nMakers were pleased.\r\n".as_bytes()).unwrap();
        assert_eq!((article.id.as_str(), article.path.as_str()), ("-", "-"));
        assert_eq!(article.title, "Duties rise");
        assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(article.publisher.as_deref(), Some("TSD"));
        assert_eq!(article.published.unwrap().to_string(), "2019-12-10");
        let dateline = article.dateline.unwrap();
        assert_eq!(dateline.place, "GENEVA");
        assert!(article.paragraphs[0][dateline.end..].starts_with("The duty"));
        assert_eq!(article.paragraphs.len(), 2);
    }

    #[test]
    fn what_is_no_text_is_a_fault() {
        assert_eq!(read(b"").unwrap_err(), "-: empty file");
        assert_eq!(read(b" \n\n").unwrap_err(), "-: no text in it");
        assert_eq!(read(b"\0\x01\x02\x03").unwrap_err(), "-: binary file");
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_article_or_a_fault(bytes in proptest::collection::vec(any::<u8>(), 1..200)) {
            let piece = Piece { format: &FORMAT, ..standard_input(&bytes[..]).next().unwrap().unwrap() };
            for article in articles(&piece).into_iter().flatten() {
                prop_assert!(!article.paragraphs.is_empty() && !article.title.is_empty());
            }
        }
    }
}
