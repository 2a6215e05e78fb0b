//! The paragraphs that were found in a page, as the page itself has them.
//!
//! What finds the main text goes by a tree: it runs paragraphs together that it does not know for such (with `<br><br>` or
//! `<center>` between them), puts what it takes up late in the wrong place or there twice, and takes headings that hold a time
//! for no text. Which text is the main one is its to say; where it stands, the page's. Time is linear in the text.

use rustc_hash::{FxHashMap, FxHashSet};

use super::markup::{self, Token};
use crate::source::decode;

/// Letters of a paragraph that is told from others by itself.
const LONG: usize = 40;

/// Letters by which the beginning of a paragraph is looked up.
const START: usize = 16;

/// Paragraphs of one beginning that are compared.
const CANDIDATES: usize = 4;

/// Letters of a line that only says the time: `11.32 GMT`, `10:45 a.m. (updated)`.
const STAMP: usize = 24;

/// The headings of parts of a text.
const HEADINGS: &[&str] = &["h2", "h3", "h4", "h5", "h6"];

/// The paragraphs that were found, cut and ordered as those of the page, each as often as it stands there, with the headings
/// before them. `html` is the page, `texts` its paragraphs.
pub(super) fn as_on_page(found: Vec<String>, texts: &[String], html: &str) -> Vec<String> {
    let mut page = Page::new(texts);
    let mut last = 0;
    let mut unplaced = FxHashSet::default();
    let mut placed: Vec<(usize, String)> = Vec::with_capacity(found.len());
    for paragraph in found {
        let letters = letters(&paragraph);
        if page.has_no_more(&letters) {
            continue;
        }
        if let Some((first, n_taken)) = page.take(&letters, last) {
            last = first + n_taken;
            let taken = (first..last).map(|place| (place, texts[place].clone()));
            placed.extend(taken);
        } else {
            // It stays behind the one before it.
            placed.push((placed.last().map_or(0, |(place, _)| *place), paragraph));
            unplaced.insert(letters);
        }
    }
    let headings = headings(html);
    let is_heading = |letters: &str| headings.contains(letters) || is_stamp(letters);
    let lost = page.lost(|letters| is_heading(letters) && !unplaced.contains(letters));
    placed.splice(
        0..0,
        lost.into_iter().map(|place| (place, texts[place].clone())),
    );
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, paragraph)| paragraph).collect()
}

/// A text without its spaces.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The first of the letters, at most so many.
fn beginning(letters: &str, n_letters: usize) -> &str {
    let end = letters.char_indices().nth(n_letters);
    &letters[..end.map_or(letters.len(), |(end, _)| end)]
}

fn is_long(letters: &str) -> bool {
    letters.chars().nth(LONG).is_some()
}

/// Whether a line says the time and little else.
fn is_stamp(letters: &str) -> bool {
    let n_digits = letters.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &letters.as_bytes()[n_digits..];
    (1..=2).contains(&n_digits)
        && letters.len() <= STAMP
        && matches!(rest, [b':' | b'.' | b'h', first, second, ..] if first.is_ascii_digit() && second.is_ascii_digit())
}

/// The headings of a page, as letters.
fn headings(html: &str) -> FxHashSet<String> {
    let mut headings = FxHashSet::default();
    let mut heading: Option<String> = None;
    for token in markup::tokens(html) {
        match token {
            Token::Text(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&markup::decoded(text));
                }
            }
            Token::Open { name, .. } if markup::is_one_of(name, HEADINGS) => {
                heading = Some(String::new());
            }
            Token::Open { name, .. } if markup::is_block(name) => heading = None,
            Token::Close(name) if markup::is_block(name) => {
                let read = heading
                    .take()
                    .map(|heading| letters(&decode::clean(heading.into())));
                headings.extend(read.filter(|letters| !letters.is_empty()));
            }
            _ => {}
        }
    }
    headings
}

struct Page {
    letters: Vec<String>,
    /// Where paragraphs begin so, the last first.
    starts: FxHashMap<String, Vec<usize>>,
    /// How many of a paragraph are still to be found.
    n_left: FxHashMap<String, usize>,
    is_taken: Vec<bool>,
}

impl Page {
    fn new(texts: &[String]) -> Page {
        let letters: Vec<String> = texts.iter().map(|text| letters(text)).collect();
        let mut starts: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut n_left: FxHashMap<String, usize> = FxHashMap::default();
        for (place, letters) in letters.iter().enumerate().rev() {
            let start = beginning(letters, START).to_string();
            starts.entry(start).or_default().push(place);
            *n_left.entry(letters.clone()).or_default() += 1;
        }
        Page {
            is_taken: vec![false; letters.len()],
            letters,
            starts,
            n_left,
        }
    }

    /// Whether a paragraph was found as often as the page has it.
    fn has_no_more(&self, letters: &str) -> bool {
        is_long(letters) && self.n_left.get(letters) == Some(&0)
    }

    /// Takes the paragraphs that are together such a text, rather behind a place than before it: the first, and how many. One
    /// that begins with a short paragraph is several; a short text is told only where no other begins so.
    fn take(&mut self, letters: &str, behind: usize) -> Option<(usize, usize)> {
        let n_letters = letters.chars().take(LONG + 1).count();
        let lengths = match n_letters {
            0..START => return None,
            START..=LONG => START..=START,
            _ => 1..=START,
        };
        let (first, n_taken) = lengths.rev().find_map(|length| {
            let start = beginning(letters, length);
            let places = self.starts.get(start)?;
            if n_letters <= LONG && places.len() > 1 {
                return None;
            }
            let candidates = self.candidates(start);
            let (before, after): (Vec<usize>, Vec<usize>) =
                candidates.into_iter().partition(|place| *place < behind);
            [after, before]
                .concat()
                .into_iter()
                .find_map(|first| Some((first, self.n_together(letters, first)?)))
        })?;
        for place in first..first + n_taken {
            self.is_taken[place] = true;
            if let Some(n_left) = self.n_left.get_mut(&self.letters[place]) {
                *n_left -= 1;
            }
        }
        Some((first, n_taken))
    }

    /// The first paragraphs of a beginning that were not taken.
    fn candidates(&mut self, start: &str) -> Vec<usize> {
        let mut candidates = Vec::with_capacity(CANDIDATES);
        let Some(places) = self.starts.get_mut(start) else {
            return candidates;
        };
        for idx in (0..places.len()).rev() {
            if self.is_taken[places[idx]] {
                // Only candidates stand behind it.
                places.remove(idx);
            } else {
                candidates.push(places[idx]);
            }
            if candidates.len() == CANDIDATES {
                break;
            }
        }
        candidates
    }

    /// How many paragraphs from a place on are together such a text.
    fn n_together(&self, letters: &str, first: usize) -> Option<usize> {
        let mut rest = letters;
        let mut n_taken = 0;
        while !rest.is_empty() {
            let place = first + n_taken;
            let next = self.letters.get(place).filter(|_| !self.is_taken[place])?;
            rest = rest.strip_prefix(next.as_str())?;
            n_taken += 1;
        }
        Some(n_taken)
    }

    /// The headings that stand right before what was found and were not found. One before all of it may be that of the page;
    /// where more follow, it is the first of them.
    fn lost(&self, is_heading: impl Fn(&str) -> bool) -> Vec<usize> {
        let mut lost = Vec::new();
        let mut first = Vec::new();
        let mut run = Vec::new();
        let mut was_found = false;
        for (place, letters) in self.letters.iter().enumerate() {
            if self.is_taken[place] {
                match was_found {
                    true => lost.append(&mut run),
                    false => first = std::mem::take(&mut run),
                }
                was_found = true;
            } else if is_heading(letters) {
                run.push(place);
            } else {
                run.clear();
            }
        }
        if !lost.is_empty() {
            lost.extend(first);
        }
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::assert_linear;

    const PAGE: [&str; 5] = [
        "Duties on pipes",
        "The duty on steel pipes will rise to 25 percent next month.",
        "Makers of pipes were pleased with the decision of the ministry.",
        "Zinc",
        "The opposition said the duty would harm builders in the country.",
    ];

    /// Finds such paragraphs, which are told by their places, several in one.
    fn check(found: &[&[usize]], expected: &[usize]) {
        let page = PAGE.map(String::from);
        let text = |places: &&[usize]| places.iter().map(|place| PAGE[*place]).collect::<String>();
        let expected: Vec<&str> = expected.iter().map(|place| PAGE[*place]).collect();
        let found = found.iter().map(text).collect();
        assert_eq!(as_on_page(found, &page, ""), expected);
    }

    #[test]
    fn paragraphs_come_in_the_order_of_the_page_and_once() {
        check(&[&[1], &[2], &[4]], &[1, 2, 4]);
        check(&[&[4], &[1], &[2]], &[1, 2, 4]);
        check(&[&[1], &[2], &[1], &[2]], &[1, 2]);
        check(&[&[1], &[3], &[2], &[3], &[4]], &[1, 3, 2, 3, 4]);
        check(&[], &[]);
    }

    #[test]
    fn paragraphs_that_were_run_together_are_cut() {
        check(&[&[1, 2, 3, 4]], &[1, 2, 3, 4]);
        check(&[&[0, 1, 2]], &[0, 1, 2]);
        check(&[&[3, 4], &[1]], &[1, 3, 4]);
        check(&[&[4], &[1, 2]], &[1, 2, 4]);
    }

    #[test]
    fn what_the_page_has_twice_may_be_found_twice() {
        let twice = vec![PAGE[1].to_string(); 2];
        assert_eq!(as_on_page(twice.clone(), &twice, ""), twice);
        let thrice = vec![PAGE[1].to_string(); 3];
        assert_eq!(as_on_page(thrice, &twice, ""), twice);
    }

    #[test]
    fn what_the_page_has_not_stays_where_it_is() {
        let other = "What was put together from several parts of the page.".to_string();
        let page = PAGE.map(String::from);
        let found = vec![page[4].clone(), page[1].clone(), other.clone()];
        assert_eq!(
            as_on_page(found, &page, ""),
            [page[1].clone(), other, page[4].clone()]
        );
    }

    #[test]
    fn headings_stay_with_what_follows() {
        let page: Vec<String> = [
            "Live",
            "10:45",
            "Talks begin",
            PAGE[1],
            "11:10 No end",
            PAGE[2],
            "More",
            "x",
            PAGE[4],
        ]
        .map(String::from)
        .to_vec();
        let html = "<h2>Live</h2><h3>Talks <b>begin</b></h3><h3><time>11:10</time> No end</h3><h3>More</h3>";
        let found = |places: &[usize]| places.iter().map(|place| page[*place].clone()).collect();
        let read = |places: &[usize]| as_on_page(found(places), &page, html);
        // The one before it has no text of its own.
        assert_eq!(
            read(&[3, 5, 8]),
            found(&[0, 1, 2, 3, 4, 5, 8]) as Vec<String>
        );
        assert_eq!(read(&[3]), found(&[3]) as Vec<String>);
        assert_eq!(read(&[5]), found(&[5]) as Vec<String>);
        assert_eq!(read(&[3, 4, 5]), found(&[3, 4, 5]) as Vec<String>);
    }

    #[test]
    fn stamps_are_told() {
        for stamp in ["10:45", "9.05", "11.32GMT", "14h30", "10:45a.m.(updated)"] {
            assert!(is_stamp(stamp), "{stamp}");
        }
        for other in [
            "",
            "10",
            "2018",
            "10:4",
            "123:45",
            "10:45thetalksofthetwoministers",
        ] {
            assert!(!is_stamp(other), "{other}");
        }
    }

    #[test]
    fn many_paragraphs_of_one_beginning_take_linear_time() {
        let page = |n: usize| -> Vec<String> {
            (0..n)
                .map(|number| format!("{} number {number}", PAGE[1]))
                .collect()
        };
        assert_linear("turned round", 50_000, page, |page| {
            let found: Vec<String> = page.iter().rev().cloned().collect();
            assert_eq!(as_on_page(found, page, "").len(), page.len());
        });
    }
}
