//! What is an operator or a field in the languages of others, and would be a word in ours: refused with what to write instead.
//! Words of news and of questions that only look so are not: each rule says where such a thing has to stand.

use super::dialect::{is_field_of_factiva, is_segment_of_lexis};
use super::error::quoted;
use super::lexer::proximity;
use super::names;

/// Operators between two things, in capitals, as their manuals write them, and ours.
const BETWEEN: &[(&str, &str)] = &[("ADJ", "PRE/1"), ("SAME", "W/P"), ("WITHIN", "W/5")];

/// The most words that `+5` and its like reach in other languages; what is more is a number that is asked for.
const FARTHEST: u32 = 255;

/// Fields that others write right before a parenthesis, and ours. What would be a word as well (`by`, `in`) is not among them.
const FIELDS: &[(&str, &str)] = &[
    ("ab", "lead"),
    ("au", "byline"),
    ("da", "published"),
    ("dt", "published"),
    ("ft", "text"),
    ("hd", "title"),
    ("hl", "title"),
    ("jn", "publisher"),
    ("lp", "lead"),
    ("nm", "person"),
    ("pd", "published"),
    ("pe", "person"),
    ("sj", "topic"),
    ("sn", "publisher"),
    ("su", "topic"),
    ("te", "text"),
    ("ti", "title"),
    ("tx", "text"),
];

/// Our operator for one of others that stands between two things in capitals.
pub(super) fn between(word: &str) -> Option<&'static str> {
    let row = BETWEEN.iter().find(|(theirs, _)| *theirs == word);
    row.map(|(_, ours)| *ours)
}

/// Our operator for `+s`, `+p`, `+5`, of which the word behind the sign is given.
pub(super) fn behind_plus(word: &str) -> Option<String> {
    let is_near = |n_words: u32| (1..=FARTHEST).contains(&n_words);
    match word {
        "s" | "S" => Some("PRE/S".to_string()),
        "p" | "P" => Some("PRE/P".to_string()),
        _ => word
            .parse()
            .is_ok_and(is_near)
            .then(|| format!("PRE/{word}")),
    }
}

/// Our field for one that others write right before a parenthesis.
pub(super) fn before_parenthesis(word: &str) -> Option<&'static str> {
    let is_called = |(theirs, _): &&(&str, &str)| theirs.eq_ignore_ascii_case(word);
    FIELDS.iter().find(is_called).map(|(_, ours)| *ours)
}

/// Whether a name before `=` is one of a field: letters, two at least (`E=mc2` is a word).
fn may_be_field(name: &str) -> bool {
    name.len() >= 2
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
}

/// How far `/s`, `/para` and `/5` of others reach, as it stands behind `W/`.
fn reach_of_others(reach: &str) -> Option<&str> {
    match reach {
        "s" | "sent" => Some("S"),
        "p" | "para" => Some("P"),
        _ => {
            let is_number = !reach.is_empty() && reach.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then_some(reach)
        }
    }
}

/// What is an operator or a field in the languages of others, and would be a word in ours: what is wrong, and a hint.
pub(super) fn stranger(word: &str) -> Option<(String, String)> {
    let lower = word.to_ascii_lowercase();
    let has_number = |name: &str| {
        let digits = lower.strip_prefix(name);
        digits.is_some_and(|digits| {
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let as_word = format!("the word itself is `\"{word}\"`");
    if matches!(word, "NEAR" | "ONEAR") {
        return Some((
            format!("{} stands without its number", quoted(word)),
            format!("write `{word}/5`; {as_word}"),
        ));
    }
    // "W/ 5", "pre/"
    if matches!(lower.as_str(), "w/" | "pre/" | "near/" | "onear/") {
        return Some((
            format!("{} stands without its number", quoted(word)),
            format!("write `{word}5`; {as_word}"),
        ));
    }
    if has_number("near") || has_number("adj") {
        let ours = if has_number("adj") { "PRE" } else { "W" };
        return Some((
            format!("{} is no operator", quoted(word)),
            format!("write `{ours}/5`, or take `--syntax factiva`; {as_word}"),
        ));
    }
    if let Some(ours) = lower.strip_prefix('/').and_then(reach_of_others) {
        return Some((
            format!("{} is no operator here", quoted(word)),
            format!("write `W/{ours}`, or take `--syntax lexis`; {as_word}"),
        ));
    }
    if has_number("atleast") {
        return Some((
            format!("no parenthesis stands behind {}", quoted(word)),
            format!("write `{word}(tariff)`; {as_word}"),
        ));
    }
    if let Some((name, reach)) = lower.split_once('/')
        && matches!(name, "w" | "pre" | "near" | "onear")
        && let Some(instead) = match reach {
            "sent" | "sentence" => Some("`W/S`"),
            "para" | "paragraph" => Some("`W/P`"),
            "seg" | "doc" => Some("`article:(steel tariff)`"),
            _ => None,
        }
    {
        return Some((
            format!("{} is no operator here", quoted(word)),
            format!("write {instead}, or take `--syntax lexis`; {as_word}"),
        ));
    }
    if let Some(near) = lower
        .strip_prefix("not")
        .filter(|near| proximity(near).is_some())
    {
        return Some((
            format!("{} is no operator", quoted(word)),
            format!("write `NOT {}`; {as_word}", near.to_ascii_uppercase()),
        ));
    }
    field_with_sign(word)
}

/// `hd=tariff`, `date>2018`: no word of news has such a sign behind two letters or more.
fn field_with_sign(word: &str) -> Option<(String, String)> {
    let as_word = format!("the word itself is `\"{word}\"`");
    let signs = if word.contains('=') {
        ['=', '=']
    } else {
        ['<', '>']
    };
    let (name, value) = word.split_once(signs)?;
    let is_compared = signs == ['<', '>'];
    let field = match names::find(name) {
        Some(field) => Some(field.name),
        None if name.eq_ignore_ascii_case(names::LEAD) => Some(names::LEAD),
        None => None,
    };
    let instead = match field {
        _ if is_compared && value.is_empty() => return None,
        Some(field) => {
            let sign = word[name.len()..].trim_start_matches('=').chars().next();
            let sign = sign.filter(|sign| matches!(sign, '<' | '>'));
            let sign = sign.map_or_else(String::new, String::from);
            format!("write `{field}:{sign}…`")
        }
        None if is_field_of_factiva(name) => "take `--syntax factiva`".to_string(),
        None if is_compared || !may_be_field(name) => return None,
        None if is_segment_of_lexis(name) => "take `--syntax lexis`".to_string(),
        None => "a field and its value are written as `title:…`".to_string(),
    };
    Some((
        format!(
            "{} is no field here",
            quoted(&word[..word.len() - value.len()])
        ),
        format!("{instead}; {as_word}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_name_what_we_have() {
        assert!(BETWEEN.is_sorted());
        assert!(FIELDS.is_sorted());
        for (theirs, ours) in FIELDS {
            assert!(
                names::find(ours).is_some() || *ours == names::LEAD,
                "{ours}"
            );
            assert!(names::find(theirs).is_none(), "{theirs}");
        }
    }

    #[test]
    fn fields_with_their_sign_are_no_words() {
        for word in [
            "hlead=tariff",
            "hd=tariff",
            "hlead=",
            "date>2018",
            "load-date=2018",
            "xyz=1",
        ] {
            assert!(stranger(word).is_some(), "{word}");
        }
        for word in [
            "E=mc2",
            "=tariffs",
            "a=b",
            "25=25",
            "https://x.example/?id=5",
            "p<0.05",
        ] {
            assert!(stranger(word).is_none(), "{word}");
        }
    }

    #[test]
    fn signs_before_numbers_are_operators_where_they_are_small() {
        assert_eq!(behind_plus("s").as_deref(), Some("PRE/S"));
        assert_eq!(behind_plus("5").as_deref(), Some("PRE/5"));
        assert_eq!(behind_plus("2018"), None);
        assert_eq!(behind_plus("25%"), None);
        assert_eq!(behind_plus("steel"), None);
    }
}
