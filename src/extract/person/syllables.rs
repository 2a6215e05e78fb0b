//! Syllables of names from Chinese and its neighbours, as Latin letters write them.

use crate::text::fold::fold;

/// Whether a word is one or two Chinese syllables in pinyin: `Jinping`, `Yi`.
pub(super) fn is_chinese(word: &str) -> bool {
    let word = fold(word);
    if word.len() > 2 * LONGEST_SYLLABLE || !word.is_ascii() {
        return false;
    }
    is_syllable(&word)
        || (1..word.len()).any(|cut| is_syllable(&word[..cut]) && is_syllable(&word[cut..]))
}

/// Whether a word has one group of vowels, as a syllable of Chinese, Vietnamese or Korean has, in whatever spelling.
pub(super) fn is_one(word: &str) -> bool {
    let word = fold(word);
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut n_groups = 0;
    let mut inside = false;
    for (at, c) in word.char_indices() {
        let vowel = is_vowel(c) && !(at == 0 && c == 'y');
        n_groups += usize::from(vowel && !inside);
        inside = vowel;
    }
    word.len() <= LONGEST_SYLLABLE && n_groups == 1
}

/// `zhuang`
const LONGEST_SYLLABLE: usize = 6;

fn is_syllable(word: &str) -> bool {
    let cut = if word.starts_with("zh") || word.starts_with("ch") || word.starts_with("sh") {
        2
    } else {
        usize::from(word.starts_with(|c| "bpmfdtnlgkhjqxrzcsyw".contains(c)))
    };
    let (initial, rime) = word.split_at(cut);
    let rimes: &[&str] = match initial {
        "j" | "q" | "x" => PALATAL,
        "zh" | "ch" | "sh" | "r" | "z" | "c" | "s" => SIBILANT,
        "b" | "p" | "m" | "f" => LABIAL,
        "d" | "t" | "n" | "l" => DENTAL,
        "g" | "k" | "h" => VELAR,
        "y" => &[
            "a", "an", "ang", "ao", "e", "i", "in", "ing", "o", "ong", "ou", "u", "uan", "ue", "un",
        ],
        "w" => &["a", "ai", "an", "ang", "ei", "en", "eng", "o", "u"],
        _ => &["ai", "an", "ang", "ao", "e", "en", "er", "ou"],
    };
    rimes.contains(&rime)
}

const PALATAL: &[&str] = &[
    "i", "ia", "ian", "iang", "iao", "ie", "in", "ing", "iong", "iu", "u", "uan", "ue", "un",
];

const SIBILANT: &[&str] = &[
    "a", "ai", "an", "ang", "ao", "e", "en", "eng", "i", "ong", "ou", "u", "ua", "uai", "uan",
    "uang", "ui", "un", "uo",
];

const LABIAL: &[&str] = &[
    "a", "ai", "an", "ang", "ao", "ei", "en", "eng", "i", "ian", "iao", "ie", "in", "ing", "o",
    "ou", "u",
];

const DENTAL: &[&str] = &[
    "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "i", "ian", "iang", "iao", "ie", "in",
    "ing", "iu", "ong", "ou", "u", "uan", "ue", "ui", "un", "uo",
];

const VELAR: &[&str] = &[
    "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "ong", "ou", "u", "ua", "uai", "uan",
    "uang", "ui", "un", "uo",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_syllables_are_known() {
        for word in [
            "Jinping",
            "Yi",
            "Rongji",
            "Xiaoping",
            "Er",
            "Zemin",
            "Zhuangzhi",
        ] {
            assert!(is_chinese(word), "{word}");
        }
        for word in [
            "",
            "Xang",
            "Kiang",
            "Brandt",
            "Maria",
            "Zhu Rongji",
            "Österby",
        ] {
            assert!(!is_chinese(word), "{word}");
        }
    }

    #[test]
    fn single_syllables_are_known() {
        assert!(
            ["Hsien", "Loong", "Yew", "Duc"]
                .iter()
                .all(|word| is_one(word))
        );
        assert!(
            !["Jinping", "Maria", "", "Strengths"]
                .iter()
                .all(|word| is_one(word))
        );
    }
}
