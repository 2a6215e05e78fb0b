//! Texts of Chinese and Japanese have no spaces. There each character is a word by itself, so that a name is found within a
//! sentence: as a phrase.

use std::ops::Range;

/// Han, Hiragana and Katakana, after the blocks of Unicode 16.
pub fn is_ideograph(c: char) -> bool {
    matches!(
        c,
        '\u{3041}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3fffd}'
    )
}

/// Whether a run of letters and digits is of several words.
pub fn has_several(run: &str) -> bool {
    !run.is_ascii() && run.chars().any(is_ideograph) && parts(run).nth(1).is_some()
}

/// The words of a run of letters and digits, in bytes of the run: each ideograph with the marks behind it, and what stands
/// between them.
pub fn parts(run: &str) -> impl Iterator<Item = Range<usize>> {
    let is_mark = unicode_normalization::char::is_combining_mark;
    let mut chars = run.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.next()?;
        let is_alone = is_ideograph(first);
        let goes_on = |c: char| is_mark(c) || !is_alone && !is_ideograph(c);
        while chars.next_if(|(_, c)| goes_on(*c)).is_some() {}
        let end = chars.peek().map_or(run.len(), |(at, _)| *at);
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideographs_are_words() {
        let parts = |run: &'static str| parts(run).map(|part| &run[part]).collect::<Vec<_>>();
        assert_eq!(parts("华龙2号"), ["华", "龙", "2", "号"]);
        assert_eq!(parts("WTO協定"), ["WTO", "協", "定"]);
        assert_eq!(parts("か\u{3099}く"), ["か\u{3099}", "く"]);
        assert_eq!(parts("한국"), ["한국"]);
        assert_eq!(parts(""), [""; 0]);
        assert!(has_several("日本") && !has_several("日") && !has_several("Peña"));
    }
}
