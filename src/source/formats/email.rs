//! Messages: the subject is the headline, who sent it the author; what is attached in a format that is known is articles of
//! its own.

use std::path::Path;
use std::sync::LazyLock;

use mail_parser::{
    Address, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};
use regex::bytes::Regex;

use super::{Format, Reading, by_extension, choose, html, plain};
use crate::limits::source as limits;
use crate::source::story::{Document, Facts};
use crate::source::{Fault, Piece, Source, date, decode};

pub(super) const FORMAT: Format = Format {
    name: "email",
    extensions: &["eml"],
    sniff: is_message,
    misnamed: None,
    reading: Reading::Whole,
    help: "messages (e-mail): subject, sender, date and text, and what is attached",
    documents,
};

/// Fields of which one begins a message.
const FIRST: &[&str] = &[
    "received",
    "return-path",
    "delivered-to",
    "from",
    "date",
    "message-id",
    "mime-version",
    "to",
    "subject",
];

/// Fields of which every message that was sent has one.
const CERTAIN: &[&str] = &["received", "message-id", "mime-version"];

fn is_message(sample: &[u8]) -> bool {
    let lines = sample.split(|&byte| byte == b'\n');
    let mut fields = lines
        .map(|line| line.trim_ascii_end())
        .take_while(|line| !line.is_empty())
        .map(|line| {
            let end = memchr::memchr(b':', line).unwrap_or(0);
            line[..end].to_ascii_lowercase()
        });
    let is_one = |field: &[u8], names: &[&str]| names.iter().any(|name| name.as_bytes() == field);
    let Some(first) = fields.next() else {
        return false;
    };
    is_one(&first, FIRST)
        && (is_one(&first, CERTAIN) || fields.any(|field| is_one(&field, CERTAIN)))
}

/// How a part says of what type it is.
static TYPE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?i-u)content-type").expect("the expression is one"));

fn documents(piece: &Piece) -> Vec<Result<Document, Fault>> {
    if TYPE.find_iter(&piece.bytes).nth(limits::PARTS).is_some() {
        let reason = format!("more than {} parts in a message", limits::PARTS);
        return vec![Err(Fault::new(&piece.source.path, reason)
            .hint("save what is in it, each part in a file of its own"))];
    }
    match MessageParser::default().parse(&piece.bytes[..]) {
        Some(message) => documents_of(piece, &message, 0),
        None => vec![Err(Fault::new(&piece.source.path, "no message in it"))],
    }
}

/// The text of a message and what is attached, in their order. Messages may be attached to messages.
fn documents_of(piece: &Piece, message: &Message, depth: usize) -> Vec<Result<Document, Fault>> {
    let mut documents = text_of(piece, message);
    for (part, number) in message.attachments().zip(1..) {
        let source = Source {
            stem: format!("{}/{number}", piece.source.stem),
            ..piece.source.clone()
        };
        let piece = Piece {
            source,
            bytes: Vec::new(),
            ..*piece
        };
        let attached = attached(&piece, part, depth).into_iter();
        documents.extend(attached.map(|document| {
            let mut document = document?;
            document.stem.get_or_insert(piece.source.stem.clone());
            Ok(document)
        }));
    }
    if documents.is_empty() {
        documents.push(Err(Fault::new(&piece.source.path, "no text in it")));
    }
    documents
}

/// The text of a message itself.
fn text_of(piece: &Piece, message: &Message) -> Vec<Result<Document, Fault>> {
    let facts = Facts {
        title: message
            .subject()
            .map(|subject| subject.trim().to_string())
            .filter(|subject| !subject.is_empty()),
        byline: message.from().and_then(sender),
        published: message
            .header_raw(HeaderName::Date)
            .and_then(|date| date::parse(date.trim())),
        ..Facts::default()
    };
    let mut texts = Vec::new();
    let mut page = None;
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(text) => texts.push(without_marks(text)),
            PartType::Html(html) => {
                page.get_or_insert(html);
            }
            _ => {}
        }
    }
    let text = texts.join("\n\n");
    if let Some(html) = page.filter(|_| text.trim().is_empty()) {
        let page = Piece {
            source: piece.source.clone(),
            bytes: html.as_bytes().to_vec(),
            ..*piece
        };
        let mut documents = (html::FORMAT.documents)(&page);
        if let [Ok(document)] = &mut documents[..] {
            let of_page = std::mem::take(&mut document.facts);
            document.facts = Facts {
                title: facts.title.or(of_page.title),
                byline: facts.byline.or(of_page.byline),
                published: facts.published.or(of_page.published),
                ..of_page
            };
        }
        return documents;
    }
    if text.trim().is_empty() && message.attachment_count() > 0 {
        return Vec::new();
    }
    plain::documents_of_text(piece, &decode::clean(text.into()), facts)
}

/// The name of who sent a message, else the address.
fn sender(from: &Address) -> Option<String> {
    let first = from.first()?;
    let name = first.name().map(str::trim).filter(|name| !name.is_empty());
    name.or(first.address()).map(str::to_string)
}

/// A text without the marks of what is answered, and without the signature.
fn without_marks(text: &str) -> String {
    let lines = text
        .lines()
        .take_while(|line| !matches!(*line, "-- " | "--"));
    let lines = lines.map(|line| line.trim_start_matches(['>', ' ']));
    lines.collect::<Vec<_>>().join("\n")
}

/// The articles of what is attached. Pictures have none.
fn attached(piece: &Piece, part: &MessagePart, depth: usize) -> Vec<Result<Document, Fault>> {
    if let PartType::Message(message) = &part.body {
        return match depth + 1 < limits::NESTING {
            true => documents_of(piece, message, depth + 1),
            false => vec![Err(Fault::new(
                &piece.source.path,
                format!(
                    "messages within messages to more than {} levels",
                    limits::NESTING
                ),
            ))],
        };
    }
    let kind = part.content_type();
    if kind.is_some_and(|kind| matches!(kind.ctype(), "image" | "audio" | "video")) {
        return Vec::new();
    }
    let name = part.attachment_name().unwrap_or("without a name");
    match Path::new(name).extension().and_then(by_extension) {
        Some(named) => {
            let format = choose(Some(named), part.contents());
            (format.documents)(&Piece {
                source: piece.source.clone(),
                format,
                bytes: part.contents().to_vec(),
                ..*piece
            })
        }
        None => vec![Err(Fault::new(
            &piece.source.path,
            format!("its attachment `{name}` is of no known format"),
        )
        .hint("save it from the message and turn it into text"))],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{articles, standard_input};

    fn read(message: &str) -> Vec<String> {
        let message = message.replace('\n', "\r\n");
        let piece = standard_input(message.as_bytes()).next().unwrap().unwrap();
        assert_eq!(piece.format.name, "email");
        let shown = articles(&piece).into_iter().map(|article| match article {
            Ok(article) => format!(
                "{}|{}|{}|{}|{}",
                article.id,
                article.title,
                article
                    .published
                    .map_or(String::new(), |day| day.to_string()),
                article.byline.unwrap_or_default(),
                article.paragraphs.join(" / ")
            ),
            Err(fault) => fault.to_string(),
        });
        shown.collect()
    }

    #[test]
    fn a_message_is_an_article() {
        assert_eq!(
            read(
                "Received: from a by b\nFrom: \"Ann Doe\" <ann@example.org>\nTo: desk@example.org\nDate: Mon, 3 Dec 2018 10:15:00 +0100\nMessage-ID: <1@example.org>\nSubject: =?utf-8?Q?Duties_on_Pe=C3=B1a_pipes?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset=\"iso-8859-1\"\nContent-Transfer-Encoding: quoted-printable\n\nThe duty on pipes will rise to 25 percent next year, the ministry said in a=\n note.\n\n> Pe=F1a pipes are exempt.\n> So are rods.\n\nMakers were pleased.\n\n-- \nAnn Doe\nDesk\n"
            ),
            [
                "-|Duties on Peña pipes|2018-12-03T09:15:00Z|Ann Doe|The duty on pipes will rise to 25 percent next year, the ministry said in a note. / Peña pipes are exempt. / So are rods. / Makers were pleased."
            ]
        );
    }

    #[test]
    fn pages_and_what_is_attached_are_read() {
        assert_eq!(
            read(
                "From: ann@example.org\nSubject: Duties\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>The duty on pipes will rise next year, the ministry said in Geneva.</p><p>Makers were pleased with it, and so was the union.</p>\n--b\nContent-Type: text/plain; name=\"note.md\"\nContent-Disposition: attachment; filename=\"note.md\"\n\n# Rods\n\nRods are exempt.\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=\"logo.png\"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"notice.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--b\nContent-Type: message/rfc822\n\nFrom: Joe Roe <joe@example.org>\nSubject: Wires\n\nWires are not exempt.\n--b--\n"
            ),
            [
                "-|Duties||ann@example.org|The duty on pipes will rise next year, the ministry said in Geneva. / Makers were pleased with it, and so was the union.",
                "-/1|Rods|||Rods are exempt.",
                "-: its attachment `notice.pdf` is of no known format",
                "-/4|Wires||Joe Roe|Wires are not exempt.",
            ]
        );
    }

    #[test]
    fn what_is_attached_may_be_misnamed() {
        let part = |name: &str, content: &str| {
            format!(
                "--b\nContent-Type: application/octet-stream; name=\"{name}\"\nContent-Disposition: attachment; filename=\"{name}\"\n\n{content}\n"
            )
        };
        let parts = [
            part(
                "a.json",
                "{\"id\": \"x\", \"text\": \"Steel.\"}\n{\"id\": \"y\", \"text\": \"Zinc.\"}",
            ),
            part("b.doc", "<html><p>Tin is exempt.</p></html>"),
            part(
                "c.xml",
                "<rss><channel><item><guid>z</guid><title>Rods</title></item></channel></rss>",
            ),
        ];
        let head = "From: ann@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n";
        assert_eq!(
            read(&format!("{head}{}--b--\n", parts.concat())),
            [
                "x|Steel|||Steel.",
                "y|Zinc|||Zinc.",
                "-/2|Tin is exempt|||Tin is exempt.",
                "z|Rods|||Rods",
            ]
        );
    }

    #[test]
    fn what_only_begins_like_a_message_is_text() {
        for text in [
            "From: the desk\n\nThe duty rose.",
            "Subject: steel\nThe duty rose.",
            "Date: 3 December 2018",
            "",
        ] {
            assert!(!is_message(text.as_bytes()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_article_or_a_fault(text in r"(Content-Type: (multipart/mixed; boundary=b|text/html|message/rfc822|text/plain; charset=utf-7)|--b|--b--|From: |Subject: =\?|[a-z<>=@ ]{0,9}|\r|\n|\n\n){0,40}") {
            let message = format!("MIME-Version: 1.0\n{text}");
            let piece = standard_input(message.as_bytes()).next().unwrap().unwrap();
            for article in articles(&piece).into_iter().flatten() {
                prop_assert!(!article.paragraphs.is_empty() && !article.title.is_empty());
            }
        }
    }
}
