//! Articles made up for measuring: as many as wanted, always the same ones.
//!
//! Their sentences are those of the shipped corpus, put together anew. Numbers are drawn again, invented people speak, and some
//! of the words are replaced by invented ones, the more of them the longer the text: so that the vocabulary grows with the
//! corpus, as that of real news does.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use fastrand::Rng;
use tradewire::source;

/// Ends of invented words; with them they look like words that a stemmer changes.
const ENDINGS: [&str; 8] = ["", "s", "ing", "ed", "er", "ation", "al", "ment"];

const SYLLABLES: [&str; 24] = [
    "ba", "den", "kor", "li", "ma", "nos", "pel", "ri", "sto", "tan", "ul", "ver", "wen", "zar",
    "che", "fro", "gan", "hol", "jin", "kas", "mor", "nep", "quo", "syl",
];

const GIVEN: [&str; 16] = [
    "Anna", "Carlos", "Denise", "Erik", "Fatima", "George", "Helen", "Ivan", "Julia", "Kenji",
    "Laura", "Martin", "Nadia", "Oscar", "Paula", "Robert",
];

const OFFICES: [&str; 6] = [
    "trade minister",
    "chief economist",
    "commerce secretary",
    "spokesman for the ministry",
    "chairman of the association",
    "ambassador to the World Trade Organization",
];

/// One invented word in so many words of the corpus.
const INVENTED: usize = 16;

/// Writes articles as JSON Lines, one of seven paragraphs on average; says how many bytes of text they have.
///
/// # Errors
///
/// When the shipped corpus cannot be read or the file not be written.
pub(crate) fn articles(path: &Path, n_articles: usize) -> io::Result<u64> {
    let shipped = shipped()?;
    let mut rng = Rng::with_seed(19_470_130);
    let mut out = BufWriter::new(File::create(path)?);
    let mut n_bytes = 0;
    for number in 0..n_articles {
        let title = changed(&mut rng, &shipped.titles, number);
        let mut paragraphs = Vec::new();
        for _ in 0..rng.usize(3..12) {
            let mut paragraph = changed(&mut rng, &shipped.sentences, number);
            for _ in 0..rng.usize(0..3) {
                paragraph.push(' ');
                paragraph.push_str(&changed(&mut rng, &shipped.sentences, number));
            }
            if rng.usize(..4) == 0 {
                paragraph.push_str(&speech(&mut rng, &shipped.sentences, number));
            }
            n_bytes += paragraph.len() as u64;
            paragraphs.push(paragraph);
        }
        let day = format!(
            "{}-{:02}-{:02}",
            rng.usize(1995..2025),
            rng.usize(1..13),
            rng.usize(1..29)
        );
        let article = serde_json::json!({
            "id": format!("made/{number}"),
            "title": title,
            "published": day,
            "body": paragraphs.join("\n\n"),
        });
        writeln!(out, "{article}")?;
    }
    out.flush()?;
    Ok(n_bytes)
}

/// The shipped corpus in pieces.
struct Shipped {
    titles: Vec<String>,
    sentences: Vec<String>,
}

fn shipped() -> io::Result<Shipped> {
    let mut shipped = Shipped {
        titles: Vec::new(),
        sentences: Vec::new(),
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for source in source::walk(&root) {
        let pieces = source
            .and_then(|source| source::pieces(&source))
            .map_err(io::Error::other)?;
        for piece in pieces {
            for article in source::articles(&piece.map_err(io::Error::other)?) {
                let article = article.map_err(io::Error::other)?;
                shipped.titles.push(article.title);
                let sentences = article
                    .paragraphs
                    .iter()
                    .flat_map(|text| text.split_inclusive(". "));
                let whole = sentences.map(|sentence| sentence.trim().to_string());
                shipped
                    .sentences
                    .extend(whole.filter(|sentence| sentence.len() > 40));
            }
        }
    }
    Ok(shipped)
}

/// One of the texts with other numbers and some other words.
fn changed(rng: &mut Rng, texts: &[String], article: usize) -> String {
    let text = &texts[rng.usize(..texts.len())];
    let mut out = String::with_capacity(text.len() + 16);
    for word in text.split(' ') {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.bytes().all(|byte| byte.is_ascii_lowercase())
            && word.len() > 4
            && rng.usize(..INVENTED) == 0
        {
            out.push_str(&invented(rng, article));
        } else if word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            out.push_str(&rng.usize(1..10_000).to_string());
        } else {
            out.push_str(word);
        }
    }
    out
}

/// ` "…," said the trade minister of whom nobody has heard.`
fn speech(rng: &mut Rng, sentences: &[String], article: usize) -> String {
    let said = changed(rng, sentences, article);
    let said = said.trim_end_matches(['.', '"']);
    let given = GIVEN[rng.usize(..GIVEN.len())];
    let surname = invented(rng, article);
    let (first, rest) = surname.split_at(1);
    let office = OFFICES[rng.usize(..OFFICES.len())];
    format!(
        " \"{said},\" said {given} {}{rest}, the {office}.",
        first.to_uppercase()
    )
}

/// A word that does not exist. Few of them are frequent, as of real words, and each article brings some that are new.
fn invented(rng: &mut Rng, article: usize) -> String {
    let n_known = 2_000 + 2 * article;
    let rank = (n_known as f64).powf(rng.f64()) as usize;
    let mut number = rank;
    let mut word = String::new();
    while word.len() < 4 || number > 0 {
        word.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    word.push_str(ENDINGS[rank % ENDINGS.len()]);
    word
}
