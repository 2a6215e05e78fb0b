//! The legal forms of firms in all their spellings (`legal_forms.tsv`): `Co., Ltd.`, `Sp. z o.o.`, `OOO`. Knows no firm.

use std::cmp::Reverse;
use std::sync::LazyLock;

use super::table::{Table, names};
use super::tokens::{Case, Kind, Text, tokens_of};
use super::words::{WordTable, one_of};

const TABLE: Table = Table::new("legal_forms.tsv", include_str!("legal_forms.tsv"));

#[derive(Debug)]
struct Spelling {
    value: &'static str,
    /// The first word as it is written.
    first: &'static str,
    /// Whether it must be written so: short ones are words or other letters in another case.
    is_strict: bool,
    /// The folds of the others, without what may stand between them.
    rest: Box<[u64]>,
    /// Whether it must stand before a quotation mark.
    is_quoted: bool,
}

/// By the first word, the longest first.
type Spellings = WordTable<Vec<Spelling>>;

static BEHIND: LazyLock<Spellings> = LazyLock::new(|| {
    let rows = TABLE.cells().flat_map(|[value, behind]: [_; 2]| {
        names(behind).filter_map(move |name| spelling(value, name, false))
    });
    by_first(rows.collect())
});

static BEFORE: LazyLock<Spellings> = LazyLock::new(|| {
    let rows = TABLE
        .cells()
        .flat_map(|[value, _, before, quoted]: [_; 4]| {
            let before = names(before).map(|name| (name, false));
            let quoted = names(quoted).map(|name| (name, true));
            let all = before.chain(quoted);
            all.filter_map(move |(name, is_quoted)| spelling(value, name, is_quoted))
        });
    by_first(rows.collect())
});

fn by_first(mut spellings: Vec<(u64, Spelling)>) -> Spellings {
    // Stable, so that those alike stay in order.
    spellings.sort_by_key(|(first, spelling)| (*first, Reverse(spelling.rest.len())));
    let mut out: Vec<(u64, Vec<Spelling>)> = Vec::new();
    for (first, spelling) in spellings {
        match out.last_mut() {
            Some((same, spellings)) if *same == first => spellings.push(spelling),
            _ => out.push((first, vec![spelling])),
        }
    }
    out.into_iter().collect()
}

fn spelling(value: &'static str, name: &'static str, is_quoted: bool) -> Option<(u64, Spelling)> {
    const SHORT: usize = 3;
    let tokens = tokens_of(name);
    let (token, rest) = tokens.split_first()?;
    let first = token.word(name);
    let n_letters = first.chars().count();
    let rest = rest.iter().map(|token| token.fold);
    let spelling = Spelling {
        value,
        first,
        is_strict: n_letters < SHORT
            || first.contains('.')
            || n_letters == SHORT && token.case != Case::Capital,
        rest: rest.filter(|fold| !is_between(*fold)).collect(),
        is_quoted,
    };
    Some((token.fold, spelling))
}

/// Whether a mark may stand between the words of a legal form: `Co., Ltd.`, `(Pte) Ltd`.
fn is_between(fold: u64) -> bool {
    one_of!(fold, "." | "," | ")" | "(")
}

/// The folds of the words with which legal forms begin, and whether they may be written small.
pub fn firsts() -> impl Iterator<Item = (u64, bool)> {
    let tables = BEHIND.iter().chain(BEFORE.iter());
    tables.map(|(fold, spellings)| {
        let mut spellings = spellings.iter();
        let is_small = spellings.any(|spelling| spelling.first.starts_with(char::is_lowercase));
        (fold, is_small)
    })
}

/// The legal form behind a name that begins at a token: the token after it, and how values show it.
pub fn behind(text: &Text, token_idx: usize) -> Option<(usize, &'static str)> {
    let spelling = longest(&BEHIND, text, token_idx, |_| true)?;
    let (end, value) = spelling;
    // "AG Sessions", "SE Asia": two letters open a name rather than close one, but "Co" does not. "AS" is a word in headlines.
    let is_letters = end == token_idx + 1
        && text.tokens[token_idx].case == Case::Upper
        && text.word(token_idx).len() == 2;
    if !is_letters {
        return Some(spelling);
    }
    let opens = text
        .tokens
        .get(end)
        .is_some_and(|next| next.kind == Kind::Word && next.case != Case::Lower)
        && longest(&BEHIND, text, end, |_| true).is_none();
    let is_word =
        value == "AS" && token_idx > 0 && text.tokens[token_idx - 1].case != Case::Capital;
    (!opens && !is_word).then_some(spelling)
}

/// The legal form before a name that begins at a token: the first token of the name, and how values show the form.
pub fn before(text: &Text, token_idx: usize) -> Option<(usize, &'static str)> {
    let is_quote = |at: usize| {
        let token = text.tokens.get(at);
        token.is_some_and(|token| token.kind == Kind::Quote)
    };
    let stands = |spelling: &Spelling| !spelling.is_quoted || is_quote(token_idx + 1);
    let (end, value) = longest(&BEFORE, text, token_idx, stands)?;
    // "at 9 p.m. PT Roe spoke"
    let before = token_idx.checked_sub(1).map(|before| text.tokens[before]);
    let is_of_time = before.is_some_and(|before| {
        before.kind == Kind::Number || one_of!(before.fold, "a.m." | "p.m." | "am" | "pm")
    });
    if value == "PT" && is_of_time {
        return None;
    }
    let end = end + usize::from(text.is(end, "."));
    let first = end + usize::from(is_quote(end));
    let token = text.tokens.get(first)?;
    (first > end || token.case != Case::Lower).then_some((first, value))
}

#[inline]
fn longest(
    spellings: &Spellings,
    text: &Text,
    token_idx: usize,
    stands: impl Fn(&Spelling) -> bool,
) -> Option<(usize, &'static str)> {
    let token = text.tokens.get(token_idx)?;
    let mut spellings = spellings.get(token.fold)?.iter();
    spellings.find_map(|spelling| {
        let end = end_of(spelling, text, token_idx)?;
        let is_written = match spelling.is_strict {
            true => token.word(text.source) == spelling.first,
            false => token.case != Case::Lower || spelling.first.starts_with(char::is_lowercase),
        };
        (is_written && stands(spelling)).then_some((end, spelling.value))
    })
}

/// The token after a spelling whose first word stands at a token, if its others follow.
#[inline]
fn end_of(spelling: &Spelling, text: &Text, token_idx: usize) -> Option<usize> {
    const MOST_BETWEEN: usize = 3;
    let mut end = token_idx + 1;
    for fold in &spelling.rest {
        let mut at = end;
        while at < end + MOST_BETWEEN && text.fold(at) != *fold && is_between(text.fold(at)) {
            at += 1;
        }
        if text.fold(at) != *fold {
            return None;
        }
        end = at + 1;
    }
    Some(end)
}

/// The legal forms behind a name that ends at a token, which a comma or a closing quotation mark may set off: the token after
/// them, and how values show the last of them that says most. `Co., Ltd.` is `Ltd`.
pub fn after_name(text: &Text, end: usize) -> Option<(usize, &'static str)> {
    const MOST: usize = 4;
    // Told fast, since most names have none.
    let mut next = end;
    next += usize::from(text.tokens.get(next)?.kind == Kind::Quote);
    let first = next + usize::from(text.is(next, ","));
    let token = text.tokens.get(first)?;
    let may_be = match token.kind {
        Kind::Word => BEHIND.get(token.fold).is_some() || one_of!(token.fold, "and"),
        Kind::Punct => one_of!(token.fold, "(" | "&"),
        Kind::Number | Kind::Possessive | Kind::Quote => false,
    };
    if !may_be {
        return None;
    }
    let mut found: Option<(usize, &'static str)> = None;
    for _ in 0..MOST {
        let comma = text.is(next, ",");
        let bracket = text.is(next + usize::from(comma), "(");
        next += usize::from(comma) + usize::from(bracket);
        let and_co = found.is_none()
            && one_of!(text.small(next), "and" | "&")
            && matches!(text.word(next + 1), "Co" | "Company");
        next += usize::from(and_co);
        let Some((form_end, value)) = behind(text, next) else {
            break;
        };
        // `Roe, OAO Losa` are two; "Roe Association (ASA)" gives an acronym.
        if comma && before(text, next).is_some() || bracket && !may_be_bracketed(value) {
            break;
        }
        // "to Acme, Company officials said"
        let may_end = and_co || !comma && found.is_none();
        if is_generic(value) && !may_end && !goes_on(text, form_end) {
            break;
        }
        let before = found.map_or("", |(_, before)| before);
        // `Roe Pty Co Ltd`
        let says_less = is_generic(value) && !before.is_empty()
            || before
                .strip_suffix(value)
                .is_some_and(|rest| rest.ends_with(' '));
        let value = if says_less { before } else { value };
        next = form_end + usize::from(bracket && text.is(form_end, ")"));
        found = Some((next, value));
        // "Roe Inc. Limited supplies" ends a sentence; "Roe Co. Ltd" does not.
        next += usize::from(matches!(value, "Co" | "Corp") && text.is(next, "."));
    }
    found
}

/// Whether a form stands in brackets before another: `Roe (Pte) Ltd`.
pub fn may_be_bracketed(form: &str) -> bool {
    matches!(form, "Pte Ltd" | "Pty Ltd" | "Pvt Ltd")
}

/// Whether a form says no more than that it is a firm.
fn is_generic(form: &str) -> bool {
    matches!(form, "Co" | "Cos")
}

/// Whether another form follows: `Co., Ltd.`
fn goes_on(text: &Text, end: usize) -> bool {
    let mut at = end;
    while at < end + 2 && one_of!(text.fold(at), "." | ",") {
        at += 1;
    }
    behind(text, at).is_some_and(|(_, value)| !is_generic(value))
}

/// Whether two forms may be of one firm: `Co` is short for others.
pub fn agree(form: &str, other: &str) -> bool {
    form == other || is_generic(form) || is_generic(other)
}

/// A name in parts: the name proper, as it is written but for quotation marks around it, and its legal form.
pub fn split(name: &str) -> (&str, Option<&'static str>) {
    let text = Text::new(name);
    let n_tokens = text.tokens.len();
    let is_quote = |at: usize| text.tokens[at].kind == Kind::Quote;
    let (mut start, mut form) = match before(&text, 0) {
        Some((start, form)) => (start, Some(form)),
        None => (0, None),
    };
    let mut end = (start + 1..n_tokens)
        .find(|&end| {
            let after = after_name(&text, end).map(|(after, _)| after);
            after.is_some_and(|after| {
                after == n_tokens || after + 1 == n_tokens && text.is(after, ".")
            })
        })
        .unwrap_or(n_tokens);
    // `PT Roe Tbk`
    form = after_name(&text, end).map(|(_, form)| form).or(form);
    while start < end && is_quote(start) {
        start += 1;
    }
    while start < end && is_quote(end - 1) {
        end -= 1;
    }
    match start < end {
        true => (text.words(start..end), form),
        false => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::table;

    #[test]
    fn rows_are_sorted_and_whole() {
        table::check(TABLE);
    }

    #[test]
    fn spellings_of_a_form_are_one() {
        for (spellings, value) in [
            (
                &[
                    "Co., Ltd.",
                    "Co Ltd",
                    "Co. , Ltd",
                    "Co.,Ltd",
                    "Co., Limited",
                    "Company Limited",
                    ", Ltd.",
                    "CO., LTD.",
                    "Limited",
                ][..],
                "Ltd",
            ),
            (&["Pte. Ltd.", "(Pte) Ltd", "Pte Limited"], "Pte Ltd"),
            (&["Sp. z o.o.", "Sp. z o.o", "Sp. z oo"], "Sp z oo"),
            (&["S.p.A.", "SpA", "S.p.A"], "SpA"),
            (&["S.A. de C.V.", "SA de CV"], "SA de CV"),
            (&["S.à r.l.", "Sàrl", "SARL"], "SARL"),
            (&["GmbH & Co. KG", "GmbH & Co KG"], "GmbH & Co KG"),
            (&["a.s.", "A.Ş.", "AS"], "AS"),
            (&["K.K.", "KK", "Kabushiki Kaisha"], "KK"),
            (&["A/S"], "A/S"),
            (&["FZ-LLC", "FZ LLC"], "FZ-LLC"),
            (&["& Co", "Company"], "Co"),
        ] {
            for spelling in spellings {
                let name = format!("Quillby {spelling}");
                assert_eq!(split(&name), ("Quillby", Some(value)), "{name}");
            }
        }
    }

    #[test]
    fn names_without_their_forms() {
        for (name, proper, form) in [
            ("OOO \"Roe Losa\"", "Roe Losa", Some("LLC")),
            ("АО «Рой-Лоса»", "Рой-Лоса", Some("JSC")),
            ("PT Roe Losa Tbk", "Roe Losa", Some("Tbk")),
            ("SIA Roe", "SIA Roe", None),
            ("SIA “Roe”", "Roe", Some("SIA")),
            ("Roe, Losa & Co", "Roe, Losa", Some("Co")),
            ("Company", "Company", None),
            ("Ltd.", "Ltd.", None),
            ("«»", "«»", None),
            ("", "", None),
        ] {
            assert_eq!(split(name), (proper, form), "{name}");
        }
    }

    #[test]
    fn what_only_looks_like_a_form_is_none() {
        for (source, at) in [
            ("Roe SE Asia", 1),
            ("ROE AS Losa", 1),
            ("Roe company", 1),
            ("Roe as", 1),
            ("Roe spa", 1),
            ("Roe too", 1),
        ] {
            assert_eq!(behind(&Text::new(source), at), None, "{source}");
        }
        assert_eq!(before(&Text::new("TOO Roe"), 0), None);
        let text = Text::new("Roe Inc. Company officials");
        assert_eq!(after_name(&text, 1), Some((2, "Inc")));
        let text = Text::new("Roe Association (ASA) and Roe, OAO Losa");
        assert_eq!(after_name(&text, 2), None);
        assert_eq!(after_name(&text, 7), None);
        let text = Text::new("to Roe, Company officials");
        assert_eq!(after_name(&text, 2), None);
    }

    proptest::proptest! {
        #[test]
        fn any_name_is_safe(name in "(Roe|OOO|PT|Co|Ltd|Sp|z|o\\.o\\.|S|A|/|&|\"|«|\\.|,|\\(|\\)| |.){0,12}") {
            let (proper, _) = split(&name);
            proptest::prop_assert!(name.contains(proper));
        }
    }
}
