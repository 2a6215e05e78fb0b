//! Plain text: the layout tells paragraphs, headline and place line.

use super::{Format, Reading, labels};
use crate::source::story::{Document, Facts};
use crate::source::{Fault, Piece, decode, paragraphs, prints};

pub(super) const FORMAT: Format = Format {
    name: "plain",
    extensions: &["txt", "text", "asc"],
    sniff: |_| true,
    misnamed: None,
    reading: Reading::Whole,
    help: "plain text, one article a file: headline, place line and paragraphs are told by the layout; lines such as `Title:` and `Date:` at its head state facts",
    documents,
};

fn documents(piece: &Piece) -> Vec<Result<Document, Fault>> {
    let path = &piece.source.path;
    let text = match decode::text(&piece.bytes, None) {
        Ok(text) => text,
        Err(reason) => return vec![Err(Fault::new(path, reason))],
    };
    documents_of_text(piece, &text, Facts::default())
}

/// The articles of a text: one, of which facts may be known, or those of a print. What its own head states goes before them.
pub(super) fn documents_of_text(
    piece: &Piece,
    text: &str,
    facts: Facts,
) -> Vec<Result<Document, Fault>> {
    if let Some(documents) = prints::documents(text) {
        return documents_of(piece, documents);
    }
    let head = labels::read(text.lines()).unwrap_or_default();
    vec![Ok(Document {
        body: paragraphs::split(labels::body(text, &head)),
        facts: head.facts.or(facts),
        place: head.place,
        ..Document::default()
    })]
}

/// The articles of a print of a database, each with an id of its own.
pub(super) fn documents_of(
    piece: &Piece,
    documents: Vec<Document>,
) -> Vec<Result<Document, Fault>> {
    let has_many = documents.len() > 1;
    let documents = documents.into_iter().zip(1..);
    documents
        .map(|(document, number)| {
            let stem = || format!("{}/{number}", piece.source.stem);
            Ok(Document {
                stem: has_many.then(stem),
                ..document
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::Article;
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
    fn lines_with_labels_at_the_head_state_facts() {
        let article = read("Title: Duties rise\nAuthor: Jane Doe\nDate: December 10, 2019\nDateline: GENEVA\n\nDuties rise\n\nThe duty on steel will rise, the minister said.\n\nMakers were pleased.\n\nSource: Reuters\n".as_bytes()).unwrap();
        assert_eq!(article.title, "Duties rise");
        assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(article.published.unwrap().to_string(), "2019-12-10");
        assert_eq!(article.dateline.unwrap().place, "GENEVA");
        assert_eq!(article.paragraphs.len(), 3);
        assert_eq!(article.paragraphs[2], "Source: Reuters");
    }

    #[test]
    fn a_print_of_a_database_holds_articles() {
        let print = "1 of 2 DOCUMENTS\n\nSample Post\n\nSeptember 10, 2018 Monday\n\nDuty on pipes to rise\n\nBYLINE: Ann Doe\n\nLENGTH: 9 words\n\nDATELINE: GENEVA\n\nBODY:\n\nThe duty on pipes will rise, the minister said.\n\nLOAD-DATE: September 11, 2018\n\n";
        let text = print.to_string() + &print.replace("1 of 2", "2 of 2");
        let piece = standard_input(text.as_bytes()).next().unwrap().unwrap();
        let articles: Vec<Article> = articles(&piece).into_iter().map(Result::unwrap).collect();
        let ids: Vec<&str> = articles.iter().map(|article| article.id.as_str()).collect();
        assert_eq!(ids, ["-/1", "-/2"]);
        let article = &articles[1];
        assert_eq!(article.title, "Duty on pipes to rise");
        assert_eq!(article.byline.as_deref(), Some("Ann Doe"));
        assert_eq!(article.publisher.as_deref(), Some("Sample Post"));
        assert_eq!(article.published.unwrap().to_string(), "2018-09-10");
        assert_eq!(article.dateline.as_ref().unwrap().place, "GENEVA");
        assert_eq!(
            article.paragraphs,
            ["The duty on pipes will rise, the minister said."]
        );
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
