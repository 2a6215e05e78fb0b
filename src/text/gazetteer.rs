//! A list of names, looked up in tokens: finds the longest entry that begins at a token.

use super::tokens::{Case, Kind, Text, tokens_of};
use super::words::{WordTable, fold_of};

/// How an entry must be written in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// In any case: `tariff`, `Tariff`.
    Any,
    /// Its first word with a capital: `Turkey`, not `turkey`.
    Capitalized,
    /// With a capital each word that has one in the list: `the Steel Lady`, not `the steel lady`.
    Capitals,
    /// As in the list, accents and apostrophes apart: `US`, not `us`.
    Exact,
}

impl Spelling {
    /// How a name in a list is meant: acronyms (`GATT`, `AfCFTA`) as they are, names with a capital, other words in any case.
    /// What begins small has its capitals further on: `accession to GATT`.
    pub fn of(name: &str) -> Spelling {
        let n_capitals = name.chars().filter(|c| c.is_uppercase()).count();
        let has_small = name.chars().any(char::is_lowercase);
        let begins_small = name.starts_with(char::is_lowercase);
        match n_capitals {
            0 => Spelling::Any,
            _ if !has_small => Spelling::Exact,
            _ if begins_small && name.contains(' ') => Spelling::Capitals,
            _ if begins_small => Spelling::Exact,
            1 => Spelling::Capitalized,
            _ if name.contains(' ') => Spelling::Capitalized,
            _ => Spelling::Exact,
        }
    }
}

/// Acronyms that are words, names or letters of something else when they are written as words.
const NO_WORDS: &[&str] = &[
    "ARCO", "CISA", "CITES", "EXIM", "ITAR", "JAMA", "KITA", "REACH", "SIAM", "TRIMS", "TRIPS",
];

/// An acronym as papers write it that take it for a word: `Nafta`, `Gatt`; none for those that nobody can speak (`USTR`) and
/// for short ones.
fn spoken(word: &str) -> Option<String> {
    const LENGTHS: std::ops::RangeInclusive<usize> = 4..=7;
    let is_acronym =
        LENGTHS.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_acronym || NO_WORDS.contains(&word) {
        return None;
    }
    let is_vowel = |byte: u8| matches!(byte, b'A' | b'E' | b'I' | b'O' | b'U');
    let bytes = word.as_bytes();
    let is_runs_short = bytes
        .chunk_by(|one, other| is_vowel(*one) == is_vowel(*other))
        .all(|run| run.len() < 3);
    let opens = !bytes.iter().take(2).any(|byte| is_vowel(*byte));
    (is_runs_short && !opens).then(|| {
        let (first, rest) = word.split_at(1);
        first.to_string() + &rest.to_ascii_lowercase()
    })
}

/// The ways to write a listed name: its plural where its last word is a common one, its hyphens as spaces or not at all, its
/// acronyms as words.
pub fn variants(name: &str) -> Vec<String> {
    let mut out = vec![name.to_string()];
    let last = name.rsplit([' ', '-']).next().unwrap_or(name);
    let common = last.len() > 2
        && last.bytes().all(|byte| byte.is_ascii_lowercase())
        && !last.ends_with('s');
    if common {
        out.push(plural(name));
    }
    if name.contains('-') {
        for idx in 0..out.len() {
            out.push(out[idx].replace('-', " "));
            out.push(out[idx].replace('-', ""));
        }
    }
    for idx in 0..out.len() {
        if out[idx].split(' ').any(|word| spoken(word).is_some()) {
            let words = out[idx].split(' ');
            let words: Vec<String> = words
                .map(|word| spoken(word).unwrap_or_else(|| word.to_string()))
                .collect();
            out.push(words.join(" "));
        }
    }
    out
}

/// An acronym with periods, as it is written, too: `I.M.F.`; none for other names.
pub fn dotted(name: &str) -> Option<String> {
    let is_acronym = name.len() >= 2 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    is_acronym.then(|| name.chars().flat_map(|letter| [letter, '.']).collect())
}

fn plural(name: &str) -> String {
    let stem = name.strip_suffix('y').filter(|stem| {
        stem.chars()
            .next_back()
            .is_some_and(|c| !"aeiou".contains(c))
    });
    match stem {
        Some(stem) => format!("{stem}ies"),
        None if name.ends_with(['x', 'z']) || name.ends_with("ch") || name.ends_with("sh") => {
            format!("{name}es")
        }
        None => format!("{name}s"),
    }
}

/// Names with what they stand for.
#[derive(Debug)]
pub struct Gazetteer<T> {
    /// The first tokens of all names, and whether they may be written small.
    firsts: Vec<(u64, bool)>,
    /// The tokens that tell where a name may begin, and whether they may be written small.
    telling: Vec<(u64, bool)>,
    /// By key: the names that have it together, within them the longest first.
    entries: Box<[Entry<T>]>,
    /// By the first two tokens of the name, or its only one: the first of its entries and the one after the last.
    ranges: WordTable<(u32, u32)>,
    /// The tokens after the first of all names.
    rests: Box<[u64]>,
}

#[derive(Debug)]
struct Entry<T> {
    /// Where the tokens after the first stand in `rests`.
    rest: (u32, u32),
    /// The words as listed, for `Spelling::Exact` and `Spelling::Capitals`.
    exact: Option<Box<[Box<str>]>>,
    spelling: Spelling,
    value: T,
}

/// The key of the names that begin with two tokens: "trade" alone begins hundreds.
fn pair(first: u64, second: u64) -> u64 {
    (first.rotate_left(25) ^ second).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Words that stand before nearly anything, so that they tell nothing of the names that begin with them: "to trade in".
pub const LEADING: &[u64] = &[
    fold_of("a"),
    fold_of("an"),
    fold_of("and"),
    fold_of("at"),
    fold_of("could"),
    fold_of("for"),
    fold_of("his"),
    fold_of("in"),
    fold_of("may"),
    fold_of("of"),
    fold_of("on"),
    fold_of("over"),
    fold_of("the"),
    fold_of("their"),
    fold_of("to"),
    fold_of("will"),
    fold_of("would"),
];

impl<T> Gazetteer<T> {
    /// Builds the list; of names that are tokenized alike and written alike the first stays.
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, Spelling, T)>) -> Gazetteer<T> {
        let (mut firsts, mut telling) = (Vec::new(), Vec::new());
        let mut entries: Vec<(u64, Entry<T>)> = Vec::new();
        let mut rests = Vec::new();
        for (name, spelling, value) in names {
            let tokens = tokens_of(name);
            let Some((first, rest)) = tokens.split_first() else {
                continue;
            };
            let is_by_word = matches!(spelling, Spelling::Exact | Spelling::Capitals);
            let exact = is_by_word.then(|| {
                let words = tokens.iter().map(|token| token.word(name).into());
                words.collect()
            });
            let small = match spelling {
                Spelling::Any => true,
                Spelling::Capitalized => first.kind != Kind::Word,
                Spelling::Capitals | Spelling::Exact => first.case == Case::Lower,
            };
            firsts.push((first.fold, small));
            telling.push(match rest.first() {
                Some(second)
                    if LEADING.contains(&first.fold) && !LEADING.contains(&second.fold) =>
                {
                    (second.fold, true)
                }
                _ => (first.fold, small),
            });
            let key = rest
                .first()
                .map_or(first.fold, |second| pair(first.fold, second.fold));
            let start = rests.len() as u32;
            rests.extend(rest.iter().map(|token| token.fold));
            let entry = Entry {
                rest: (start, rests.len() as u32),
                exact,
                spelling,
                value,
            };
            entries.push((key, entry));
        }
        // Stable, so that of equals the first stays.
        entries.sort_by_key(|(key, entry)| (*key, std::cmp::Reverse(entry.rest.1 - entry.rest.0)));
        let mut end = 0;
        let ranges = entries.chunk_by(|(key, _), (other, _)| key == other);
        let ranges = ranges.map(|chunk| {
            let start = end;
            end += chunk.len() as u32;
            (chunk[0].0, (start, end))
        });
        Gazetteer {
            firsts,
            telling,
            ranges: ranges.collect(),
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
            rests: rests.into(),
        }
    }

    /// The folds of the first tokens of all names, and whether they may be written small; some repeatedly.
    pub fn firsts(&self) -> impl Iterator<Item = (u64, bool)> {
        self.firsts.iter().copied()
    }

    /// The folds of the tokens that tell where names may begin, and whether they may be written small; some repeatedly: the
    /// first ones, but the second ones behind a leading word. They are much rarer in texts than the first.
    pub fn telling(&self) -> impl Iterator<Item = (u64, bool)> {
        self.telling.iter().copied()
    }

    /// The longest name that begins at a token: the token after its last, and what it stands for.
    pub fn longest<'a>(&'a self, text: &'a Text, token_idx: usize) -> Option<(usize, &'a T)> {
        self.matches(text, token_idx).next()
    }

    /// All names that begin at a token, the longest first.
    pub fn matches<'a>(
        &'a self,
        text: &'a Text,
        token_idx: usize,
    ) -> impl Iterator<Item = (usize, &'a T)> {
        let bucket = |key| {
            let range = self.ranges.get(key);
            range.map_or(&[][..], |&(start, end)| {
                &self.entries[start as usize..end as usize]
            })
        };
        let first = text.tokens[token_idx].fold;
        let single = bucket(first);
        let next = text.tokens.get(token_idx + 1);
        let longer = next.map_or(&[][..], |next| bucket(pair(first, next.fold)));
        longer.iter().chain(single).filter_map(move |entry| {
            let listed = &self.rests[entry.rest.0 as usize..entry.rest.1 as usize];
            let end = token_idx + 1 + listed.len();
            let rest = text.tokens.get(token_idx + 1..end)?;
            let same = rest
                .iter()
                .zip(listed)
                .all(|(token, fold)| token.fold == *fold);
            (same && entry.is_spelled(text, token_idx)).then_some((end, &entry.value))
        })
    }

    /// Whether a single word is in the list.
    pub fn has_word(&self, text: &Text, token_idx: usize) -> bool {
        self.matches(text, token_idx)
            .any(|(end, _)| end == token_idx + 1)
    }
}

impl<T> Entry<T> {
    fn is_spelled(&self, text: &Text, token_idx: usize) -> bool {
        let first = text.tokens[token_idx];
        match self.spelling {
            Spelling::Any => true,
            Spelling::Capitalized => first.kind != Kind::Word || first.case != Case::Lower,
            Spelling::Capitals => self.all_words(|word_idx, word| {
                let token = text.tokens.get(token_idx + word_idx);
                !word.starts_with(char::is_uppercase)
                    || token.is_some_and(|token| token.case != Case::Lower)
            }),
            Spelling::Exact => {
                self.all_words(|word_idx, word| text.word(token_idx + word_idx) == word)
            }
        }
    }

    fn all_words(&self, fits: impl Fn(usize, &str) -> bool) -> bool {
        self.exact.as_deref().is_some_and(|words| {
            let mut words = words.iter().enumerate();
            words.all(|(word_idx, word)| fits(word_idx, word))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_names_tell_how_they_are_written() {
        assert_eq!(Spelling::of("import duty"), Spelling::Any);
        assert_eq!(Spelling::of("Brexit"), Spelling::Capitalized);
        assert_eq!(Spelling::of("TRIPS Agreement"), Spelling::Capitalized);
        assert_eq!(Spelling::of("T-MEC"), Spelling::Exact);
        assert_eq!(Spelling::of("TRIMs"), Spelling::Exact);
        assert_eq!(Spelling::of("eBay"), Spelling::Exact);
        assert_eq!(Spelling::of("accession to GATT"), Spelling::Capitals);
        assert_eq!(Spelling::of("surplus with Japan"), Spelling::Capitals);
        let expected = [
            "anti-dumping duty",
            "anti-dumping duties",
            "anti dumping duty",
            "antidumping duty",
            "anti dumping duties",
            "antidumping duties",
        ];
        assert_eq!(variants("anti-dumping duty"), expected);
        assert_eq!(variants("Trade Act"), ["Trade Act"]);
        assert_eq!(dotted("IMF").as_deref(), Some("I.M.F."));
        assert_eq!(dotted("Imf"), None);
        assert_eq!(dotted("X"), None);
    }

    #[test]
    fn leading_words_tell_of_no_name() {
        let names = ["to trade in", "at the port", "the", "The Hague", "Peru"];
        let names = names.map(|name| (name, Spelling::of(name), ()));
        let gazetteer = Gazetteer::new(names);
        let telling: Vec<(u64, bool)> = gazetteer.telling().collect();
        let expected = [
            ("trade", true),
            ("at", true),
            ("the", true),
            ("hague", true),
            ("peru", false),
        ];
        assert_eq!(
            telling,
            expected.map(|(word, small)| (fold_of(word), small))
        );
    }

    #[test]
    fn the_longest_name_wins_and_case_counts_where_asked() {
        let names = [
            ("Korea", Spelling::Capitalized, 1),
            ("South Korea", Spelling::Capitalized, 2),
            ("US", Spelling::Exact, 3),
            ("tariff", Spelling::Any, 4),
            ("the Steel Lady", Spelling::of("the Steel Lady"), 5),
        ];
        let gazetteer = Gazetteer::new(names);
        let found = |source: &str| {
            let text = Text::new(source);
            (0..text.tokens.len())
                .filter_map(|at| gazetteer.longest(&text, at).map(|(_, value)| *value))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("South Korea and US tell us of a Tariff; korea"),
            [2, 1, 3, 4]
        );
        assert_eq!(
            found("The Steel Lady met the STEEL LADY, a steel lady."),
            [5, 5]
        );
        assert!(found("the steel Lady and the Steel lady").is_empty());
    }
}
