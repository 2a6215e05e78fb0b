//! A list of names, looked up in tokens: finds the longest entry that begins at a token.

use std::cmp::Reverse;
use std::ops::Range;

use super::tokens::{Case, Kind, Text, Token, tokens_of};
use super::words::fold_of;

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
        let (n_capitals, has_small) = match name.is_ascii() {
            true => {
                let capitals = name.bytes().filter(u8::is_ascii_uppercase);
                let mut bytes = name.bytes();
                (
                    capitals.count(),
                    bytes.any(|byte| byte.is_ascii_lowercase()),
                )
            }
            false => {
                let capitals = name.chars().filter(|c| c.is_uppercase());
                (capitals.count(), name.chars().any(char::is_lowercase))
            }
        };
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
    let has_capital = name.bytes().any(|byte| byte.is_ascii_uppercase());
    for idx in 0..if has_capital { out.len() } else { 0 } {
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
    /// A power of two, half of them free at least: where those stand whose first token it is, or in the next free slot.
    begun: Box<[Begun]>,
    /// By the first token: the names of one token, then those of several by their second token; of those that have both alike
    /// the longest first.
    entries: Box<[Entry<T>]>,
    /// The second tokens of the entries; 0 for names of one.
    seconds: Box<[u64]>,
    /// The tokens after the second of all names.
    rests: Box<[u64]>,
}

/// The names that begin with a token; none where there are no entries.
#[derive(Debug, Clone, Copy, Default)]
struct Begun {
    first: u64,
    /// A bit for each second token, which tells of most others that no name goes on with them.
    seconds: u64,
    /// The first of the entries, the first of those with several tokens, and the one after the last.
    start: u32,
    longer: u32,
    end: u32,
}

#[derive(Debug)]
struct Entry<T> {
    /// How many tokens the name has, and where those after the second stand in `rests`.
    n_tokens: u32,
    rest: u32,
    /// The words as listed, for `Spelling::Exact` and `Spelling::Capitals`.
    exact: Option<Box<[Box<str>]>>,
    spelling: Spelling,
    value: T,
}

/// The bit of a second token.
#[inline]
fn bit(second: u64) -> u64 {
    1 << (second & 63)
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
        let names = names.into_iter();
        let n_names = names.size_hint().0;
        let mut firsts = Vec::with_capacity(n_names);
        let mut telling = Vec::with_capacity(n_names);
        let mut entries: Vec<(u64, u64, Entry<T>)> = Vec::with_capacity(n_names);
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
            let second = rest.first().map_or(0, |second| second.fold);
            let entry = Entry {
                n_tokens: tokens.len() as u32,
                rest: rests.len() as u32,
                exact,
                spelling,
                value,
            };
            rests.extend(rest.iter().skip(1).map(|token| token.fold));
            entries.push((first.fold, second, entry));
        }
        // Stable, so that of equals the first stays. Few names begin alike, so that one number tells nearly all apart.
        entries.sort_by_cached_key(|(first, ..)| *first);
        for chunk in entries.chunk_by_mut(|(first, ..), (other, ..)| first == other) {
            chunk.sort_by_key(|(_, second, entry)| {
                (entry.n_tokens > 1, *second, Reverse(entry.n_tokens))
            });
        }
        let mut begun: Vec<Begun> = Vec::new();
        for chunk in entries.chunk_by(|(first, ..), (other, ..)| first == other) {
            let (singles, longer) =
                chunk.split_at(chunk.partition_point(|(.., entry)| entry.n_tokens == 1));
            let seconds = longer.iter().map(|(_, second, _)| bit(*second));
            let start = begun.last().map_or(0, |before| before.end);
            begun.push(Begun {
                first: chunk[0].0,
                seconds: seconds.fold(0, |bits, bit| bits | bit),
                start,
                longer: start + singles.len() as u32,
                end: start + chunk.len() as u32,
            });
        }
        Gazetteer {
            firsts,
            telling,
            begun: in_slots(&begun),
            seconds: entries.iter().map(|(_, second, _)| *second).collect(),
            entries: entries.into_iter().map(|(.., entry)| entry).collect(),
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
    #[inline]
    pub fn longest<'a>(&'a self, text: &'a Text, token_idx: usize) -> Option<(usize, &'a T)> {
        self.matches(text, token_idx).next()
    }

    /// All names that begin at a token, the longest first.
    #[inline]
    pub fn matches<'a>(&'a self, text: &'a Text, token_idx: usize) -> Matches<'a, T> {
        let tokens = &text.tokens[token_idx..];
        let begun = begun_with(&self.begun, tokens[0].fold);
        Matches {
            list: self,
            text,
            token_idx,
            longer: self.longer(begun, tokens),
            singles: begun.start..begun.longer,
        }
    }

    /// The entries that have the first two of some tokens.
    #[inline]
    fn longer(&self, begun: &Begun, tokens: &[Token]) -> Range<u32> {
        match tokens.get(1) {
            Some(second) if begun.seconds & bit(second.fold) != 0 => {
                self.with_second(begun, second.fold)
            }
            _ => 0..0,
        }
    }

    #[inline(never)]
    fn with_second(&self, begun: &Begun, second: u64) -> Range<u32> {
        let seconds = &self.seconds[begun.longer as usize..begun.end as usize];
        let start = seconds.partition_point(|other| *other < second);
        let same = seconds[start..]
            .iter()
            .take_while(|other| **other == second);
        let n_same = same.count() as u32;
        let start = begun.longer + start as u32;
        start..start + n_same
    }

    /// Whether the tokens after the second are those of an entry.
    #[inline]
    fn goes_on(&self, entry: &Entry<T>, tokens: &[Token]) -> bool {
        let n_tokens = entry.n_tokens as usize;
        if n_tokens <= 2 {
            return true;
        }
        let rest = &self.rests[entry.rest as usize..][..n_tokens - 2];
        tokens.get(2..n_tokens).is_some_and(|tokens| {
            let mut pairs = tokens.iter().zip(rest);
            pairs.all(|(token, fold)| token.fold == *fold)
        })
    }

    /// Whether a single word is in the list.
    pub fn has_word(&self, text: &Text, token_idx: usize) -> bool {
        self.matches(text, token_idx)
            .any(|(end, _)| end == token_idx + 1)
    }
}

/// The names that begin with a token.
#[inline]
fn begun_with(slots: &[Begun], first: u64) -> &Begun {
    // There is a free slot, which ends the search.
    let mut slot = (first >> 32) as usize;
    loop {
        let begun = &slots[slot & (slots.len() - 1)];
        if begun.first == first || begun.end == 0 {
            return begun;
        }
        slot += 1;
    }
}

/// Gives those that begin with different tokens their slots.
fn in_slots(all: &[Begun]) -> Box<[Begun]> {
    let n_slots = (2 * all.len() + 1).next_power_of_two();
    let mut slots = vec![Begun::default(); n_slots].into_boxed_slice();
    for begun in all {
        let mut slot = (begun.first >> 32) as usize;
        while slots[slot & (n_slots - 1)].end != 0 {
            slot += 1;
        }
        slots[slot & (n_slots - 1)] = *begun;
    }
    slots
}

/// The names that begin at a token, the longest first.
pub struct Matches<'a, T> {
    list: &'a Gazetteer<T>,
    text: &'a Text<'a>,
    token_idx: usize,
    /// The entries that are still to be compared.
    longer: Range<u32>,
    singles: Range<u32>,
}

impl<'a, T> Matches<'a, T> {
    fn next_entry(&mut self) -> Option<(usize, &'a T)> {
        let tokens = &self.text.tokens[self.token_idx..];
        loop {
            let entry_idx = self.longer.next().or_else(|| self.singles.next())?;
            let entry = &self.list.entries[entry_idx as usize];
            if self.list.goes_on(entry, tokens) && entry.is_spelled(self.text, self.token_idx) {
                return Some((self.token_idx + entry.n_tokens as usize, &entry.value));
            }
        }
    }
}

impl<'a, T> Iterator for Matches<'a, T> {
    type Item = (usize, &'a T);

    #[inline]
    fn next(&mut self) -> Option<(usize, &'a T)> {
        // Told without a call, since mostly there is none.
        if self.longer.is_empty() && self.singles.is_empty() {
            return None;
        }
        self.next_entry()
    }
}

impl<T> Entry<T> {
    #[inline]
    fn is_spelled(&self, text: &Text, token_idx: usize) -> bool {
        let first = text.tokens[token_idx];
        match self.spelling {
            Spelling::Any => true,
            Spelling::Capitalized => first.kind != Kind::Word || first.case != Case::Lower,
            Spelling::Capitals | Spelling::Exact => self.is_spelled_by_word(text, token_idx),
        }
    }

    fn is_spelled_by_word(&self, text: &Text, token_idx: usize) -> bool {
        let is_exact = self.spelling == Spelling::Exact;
        self.all_words(|word_idx, word| match is_exact {
            true => text.word(token_idx + word_idx) == word,
            false => {
                let token = text.tokens.get(token_idx + word_idx);
                !word.starts_with(char::is_uppercase)
                    || token.is_some_and(|token| token.case != Case::Lower)
            }
        })
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
