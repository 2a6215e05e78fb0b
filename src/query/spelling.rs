//! The other spellings of a word: American and British, with a hyphen and without, with the periods of initials and without.
//!
//! What comes out may be no word at all (`tariff-free` gives `tarifffree`): whoever asks takes what texts have.

use crate::text::fold::fold;

/// Beginnings of words, American and British; what follows is one of [`ENDINGS`].
const PAIRS: &[(&str, &str)] = &[
    ("acknowledgment", "acknowledgement"),
    ("aging", "ageing"),
    ("airplane", "aeroplane"),
    ("aluminum", "aluminium"),
    ("analog", "analogue"),
    ("analyz", "analys"),
    ("armor", "armour"),
    ("artifact", "artefact"),
    ("behavior", "behaviour"),
    ("caliber", "calibre"),
    ("cancel", "cancell"),
    ("catalog", "catalogue"),
    ("catalyz", "catalys"),
    ("center", "centre"),
    ("channel", "channell"),
    ("clamor", "clamour"),
    ("color", "colour"),
    ("cozy", "cosy"),
    ("defense", "defence"),
    ("dialog", "dialogue"),
    ("disfavor", "disfavour"),
    ("endeavor", "endeavour"),
    ("enroll", "enrol"),
    ("favor", "favour"),
    ("fiber", "fibre"),
    ("flavor", "flavour"),
    ("fuel", "fuell"),
    ("fulfill", "fulfil"),
    ("gray", "grey"),
    ("harbor", "harbour"),
    ("honor", "honour"),
    ("humor", "humour"),
    ("installment", "instalment"),
    ("jewelry", "jewellery"),
    ("judgment", "judgement"),
    ("kilometer", "kilometre"),
    ("label", "labell"),
    ("labor", "labour"),
    ("level", "levell"),
    ("license", "licence"),
    ("liter", "litre"),
    ("luster", "lustre"),
    ("maneuver", "manoeuvre"),
    ("meter", "metre"),
    ("model", "modell"),
    ("mold", "mould"),
    ("neighbor", "neighbour"),
    ("odor", "odour"),
    ("offense", "offence"),
    ("paralyz", "paralys"),
    ("parlor", "parlour"),
    ("plow", "plough"),
    ("pretense", "pretence"),
    ("program", "programme"),
    ("rancor", "rancour"),
    ("rigor", "rigour"),
    ("rumor", "rumour"),
    ("saber", "sabre"),
    ("savor", "savour"),
    ("signal", "signall"),
    ("skeptic", "sceptic"),
    ("skillful", "skilful"),
    ("specter", "spectre"),
    ("splendor", "splendour"),
    ("sulfur", "sulphur"),
    ("theater", "theatre"),
    ("tire", "tyre"),
    ("ton", "tonne"),
    ("total", "totall"),
    ("travel", "travell"),
    ("tumor", "tumour"),
    ("valor", "valour"),
    ("vapor", "vapour"),
    ("vigor", "vigour"),
    ("willful", "wilful"),
];

/// What follows the beginnings; an `e` before it goes when it begins with a vowel.
const ENDINGS: &[&str] = &[
    "", "s", "d", "ed", "ing", "ings", "r", "er", "ers", "e", "es", "al", "ally", "able", "ably",
    "ful", "fully", "less", "hood", "hoods", "ation", "ations", "ist", "ists", "ism", "ment",
    "ments", "ly",
];

/// Endings of verbs, American and British.
const VERBS: &[(&str, &str)] = &[
    ("ize", "ise"),
    ("izes", "ises"),
    ("ized", "ised"),
    ("izing", "ising"),
    ("izer", "iser"),
    ("izers", "isers"),
    ("ization", "isation"),
    ("izations", "isations"),
];

/// What stands before words with a hyphen or without.
const PREFIXES: &[&str] = &[
    "anti", "co", "counter", "cyber", "e", "inter", "micro", "mid", "multi", "non", "over", "post",
    "pre", "re", "semi", "sub", "trans", "under",
];

/// What is left of a word behind a prefix has so many letters at least.
const LEAST_BEHIND_PREFIX: usize = 3;

/// The other spellings that a word may have.
pub(super) fn others(word: &str) -> Vec<String> {
    let folded = fold(word);
    let mut others = Vec::new();
    if let Some(joined) = without_periods(word) {
        others.push(joined);
    }
    if let Some((before, behind)) = folded.split_once('-') {
        let are_letters = |part: &str| !part.is_empty() && part.chars().all(char::is_alphabetic);
        if are_letters(before) && are_letters(behind) {
            others.push(format!("{before}{behind}"));
        }
        return others;
    }
    if !folded.is_ascii() || !folded.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return others;
    }
    for (american, british) in PAIRS {
        for (one, other) in [(american, british), (british, american)] {
            let is_like = |ending: &&&str| joined(one, ending) == folded;
            if folded.as_bytes().first() == one.as_bytes().first()
                && let Some(ending) = ENDINGS.iter().find(is_like)
            {
                others.push(joined(other, ending));
            }
        }
    }
    for (american, british) in VERBS {
        for (one, other) in [(american, british), (british, american)] {
            let stem = folded.strip_suffix(one).filter(|stem| stem.len() >= 3);
            others.extend(stem.map(|stem| format!("{stem}{other}")));
        }
    }
    for prefix in PREFIXES {
        let rest = folded.strip_prefix(prefix);
        let rest = rest.filter(|rest| rest.len() >= LEAST_BEHIND_PREFIX);
        others.extend(rest.map(|rest| format!("{prefix}-{rest}")));
    }
    others.retain(|other| *other != folded);
    others
}

fn joined(beginning: &str, ending: &str) -> String {
    match beginning.strip_suffix('e') {
        Some(short) if ending.starts_with(['a', 'e', 'i']) => format!("{short}{ending}"),
        _ => format!("{beginning}{ending}"),
    }
}

/// `VOS` for `V.O.S.`
fn without_periods(word: &str) -> Option<String> {
    let pairs = word.as_bytes().chunks(2);
    let are_initials = pairs.len() > 1
        && pairs
            .clone()
            .all(|pair| matches!(pair, [letter, b'.'] if letter.is_ascii_uppercase()));
    are_initials.then(|| word.replace('.', ""))
}

/// `V.O.S.` for `VOS`; longer words are no initials.
pub(super) fn with_periods(word: &str) -> Option<String> {
    let are_initials =
        (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    are_initials.then(|| word.chars().flat_map(|letter| [letter, '.']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_sorted_and_differ() {
        assert!(PAIRS.is_sorted());
        assert!(PAIRS.iter().all(|(american, british)| american != british));
    }

    #[test]
    fn words_have_other_spellings() {
        for (word, other) in [
            ("colored", "coloured"),
            ("harbours", "harbors"),
            ("Liters", "litres"),
            ("centered", "centred"),
            ("centring", "centering"),
            ("licensing", "licencing"),
            ("canceled", "cancelled"),
            ("tons", "tonnes"),
            ("apologized", "apologised"),
            ("normalisation", "normalization"),
            ("analyse", "analyze"),
            ("antisubsidy", "anti-subsidy"),
            ("ecommerce", "e-commerce"),
            ("pick-up", "pickup"),
            ("Co-operation", "cooperation"),
            ("K.L.M.", "KLM"),
        ] {
            assert!(
                others(word).iter().any(|known| known == other),
                "{word}: {:?}",
                others(word)
            );
        }
        assert_eq!(others("actor"), Vec::<String>::new());
        assert_eq!(others("steel"), Vec::<String>::new());
        assert_eq!(others("G-7"), Vec::<String>::new());
        assert_eq!(with_periods("KLM").as_deref(), Some("K.L.M."));
        assert_eq!(with_periods("STEEL"), None);
    }
}
