//! No text costs more than its length: what extractors look for, again and again.

use super::{Own, extract_all};
use crate::article::{Article, Findings};
use crate::growth::assert_linear;
use crate::lists::Lists;

/// Beginnings and middles of what is looked for. `{Word}` is another name each time, `{word}` another word, `{ABC}` other
/// letters, `{number}` another number.
const PARTS: &[&str] = &[
    // Marks and small words.
    "\"",
    "“",
    "”",
    "“Yes” ",
    "' ",
    "(",
    "( ",
    ")",
    "- ",
    "– ",
    ". ",
    "... ",
    "A. ",
    "? ",
    "é",
    "e\u{301}",
    "中",
    "1,",
    "1 ",
    "a",
    "'s ",
    "of ",
    "of the ",
    "and ",
    "that he ",
    "who ",
    "https://a.b ",
    "x@a.b ",
    // Persons and what they say.
    "Mr Quillby said ",
    "Mr {Word} said ",
    "Ana {Word} said. ",
    "{Word} {Word} ",
    "{Word} ",
    "{Word}, ",
    "{Word} and {Word}, ",
    "{Word}-{Word} ",
    "de la {Word} ",
    "J. ",
    "Dr. ",
    "Minister ",
    "Minister {Word} ",
    "the minister said. ",
    "the {word} said. ",
    "he said. ",
    "she told {Word}: \"",
    "He said: \"",
    "\"Yes,\" ",
    "\"Yes,\" {Word} said. ",
    "{Word}: \"Yes.\" ",
    "Q: ",
    "A: Yes. ",
    "\"? asked ",
    "according to ",
    "according to Ana {Word}, ",
    "spokesman for ",
    "said ",
    "both ministers ",
    "his wife {Word} ",
    // Countries.
    "China ",
    "China-",
    "China and ",
    "US, ",
    "U.S.-{Word} ",
    "United ",
    "New ",
    "Tokyo-",
    "GENEVA (Roe) - ",
    // Topics.
    "tariffs on steel ",
    "anti-dumping duties on ",
    "free trade ",
    // Legal instruments.
    "§ ",
    "§§ ",
    "Section ",
    "Sections 232, ",
    "Section 232(a)",
    "Section {number} ",
    "19 U.S.C. ",
    "19 U.S.C. §§ {number}, ",
    "15 CFR parts 730, ",
    "Article 5 of the ",
    "Annex I to the ",
    "DS{number} ",
    "DS5, ",
    "WT/DS",
    "{Word} v. ",
    "United States — {Word} (DS",
    "Regulation (EU) 2019/",
    "Regulation (EU) No {number}/2019 ",
    "{Word} Act ",
    "{Word} Act of 19{number} ",
    "{Word} Free Trade Agreement ({ABC}) ",
    "Agreement between ",
    "Executive Order ",
    "Pub. L. ",
    "HTS 7208.",
    // Organizations.
    "{Word} Corp. ",
    "{Word} Corp ({ABC}) ",
    "{Word} Association ",
    "{Word} Association ({ABC}) ",
    "European Commission (EC) ",
    "Ministry of ",
    "Ministry of {Word} ",
    "the Commission ",
    "of Steel ",
    "John & ",
    "Inc., ",
    "\"X\" (",
    "{Word} shares fell ",
    "carmaker {Word} ",
    "analyst at {Word} ",
    "{Word} CEO {Word} ",
    "{Word}, a steelmaker, ",
];

/// An article of about so many bytes of one part, in one paragraph or in many.
fn article(part: &str, n_bytes: usize, in_one: bool) -> Article {
    let parts = (0..n_bytes / part.len()).map(|number| filled(part, number));
    let paragraphs = match in_one {
        true => vec![parts.collect()],
        false => parts.map(|part| part.trim().to_string()).collect(),
    };
    Article {
        title: "Steel talks".to_string(),
        paragraphs,
        ..Article::default()
    }
}

fn filled(part: &str, number: usize) -> String {
    let mut out = String::new();
    let mut rest = part;
    // A part may have two names, which differ.
    let mut word_idx = 2 * number;
    while let Some((before, (name, after))) = rest
        .split_once('{')
        .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        out.push_str(before);
        match name {
            "number" => out.push_str(&number.to_string()),
            "word" => out.push_str(&word(word_idx)),
            "ABC" => out.push_str(&word(word_idx).to_uppercase()),
            _ => {
                let mut word = word(word_idx);
                word[..1].make_ascii_uppercase();
                out.push_str(&word);
            }
        }
        word_idx += 1;
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A word that no list has, another for each number.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 8] = ["qua", "blo", "zem", "fri", "gnu", "vax", "wiz", "hep"];
    let mut word = "ob".to_string();
    let mut rest = number;
    loop {
        word.push_str(SYLLABLES[rest % 8]);
        rest /= 8;
        if rest == 0 {
            return word;
        }
    }
}

fn check(in_one: bool) {
    const N_BYTES: usize = 32_000;
    let own = Own::new(Lists::default());
    let extract = |article: &Article| -> Vec<Findings> { extract_all([article], &own) };
    for part in PARTS {
        let article = |n_bytes| article(part, n_bytes, in_one);
        assert_linear(part, N_BYTES, article, extract);
    }
}

#[test]
fn hostile_paragraphs_take_linear_time() {
    check(true);
}

#[test]
fn hostile_articles_take_linear_time() {
    check(false);
}
