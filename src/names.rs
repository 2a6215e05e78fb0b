//! Names as people type them to the values of an index: `us` → `United States`, `abe` → `Shinzo Abe`.

use crate::field::{Field, Kind, ValueGroup};
use crate::lists::Lists;
use crate::query::{Unresolved, is_function_word, reference};
use crate::text::fold::fold;
use crate::text::legal_forms;

/// How many values a message lists at most.
const N_LISTED: usize = 8;

/// How many values a message proposes at most.
const N_MEANT: usize = 3;

/// How alike two spellings must be to ask "did you mean" (Jaro-Winkler, 0 to 1).
const ALIKE: f64 = 0.84;

/// What a typed name stands for.
#[derive(Debug)]
pub struct Resolved {
    /// Values of the index; never empty.
    pub values: Vec<String>,
    /// The group that the name has to do with.
    pub group: Option<NamedGroup>,
    /// Of a bare surname that is a value: other values that have it, with their counts.
    pub namesakes: Vec<(String, u64)>,
}

/// A group of values that a name has to do with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedGroup {
    /// The name stands for its members: `G7`, `ASEAN countries`.
    Members(&'static ValueGroup),
    /// The name stands for the whole, which is a value of its own: `ASEAN`.
    Whole(&'static ValueGroup),
}

/// Finds the values that a typed name stands for, among those of the index with their counts.
///
/// A name that is a value, the name of a group, or by the user's lists or ours a spelling of some values is those. Else it is
/// the one value that has all its words, or whose words begin with its letters. Laws may be cited in any way.
///
/// # Errors
///
/// When several values have them, with the list to choose from, or none, with those that are spelled alike.
pub fn resolve(
    field: &'static Field,
    typed: &str,
    values: &[(String, u64)],
    lists: &Lists,
) -> Result<Resolved, Unresolved> {
    let resolved = resolve_typed(field, typed, values, lists);
    let Err(unresolved) = resolved else {
        return resolved;
    };
    let cited = reference(typed.trim()).filter(|_| field.name == "instrument");
    let spellings = cited.iter().flat_map(|cited| {
        let spellings = cited.instrument.iter().chain(&cited.spellings);
        spellings.chain(&cited.whole)
    });
    let firm = (field.name == "organization").then(|| firm(typed.trim()));
    let others: Vec<&String> = spellings
        .chain(firm.iter().flatten())
        .filter(|spelling| fold(spelling) != fold(typed.trim()))
        .collect();
    let mut resolved = others
        .iter()
        .map(|other| resolve_typed(field, other, values, lists));
    if let Some(Ok(resolved)) = resolved.find(Result::is_ok) {
        return Ok(resolved);
    }
    if let Some(value) = others
        .iter()
        .find_map(|other| lists.hides(field.name, other))
    {
        return Err(hidden(field, value));
    }
    Err(match cited.and_then(|cited| cited.instrument) {
        // What is cited is known, whether there is anything of it or not.
        Some(value) if unresolved.may_come => absent(field, &value, listing(field)),
        _ => unresolved,
    })
}

/// That the user's lists hide a value, however it was typed.
fn hidden(field: &Field, value: &str) -> Unresolved {
    Unresolved {
        message: hidden_value(field, value),
        hint: listing(field),
        may_come: false,
        is_known: false,
    }
}

/// That the user's lists hide a value.
pub fn hidden_value(field: &Field, value: &str) -> String {
    format!("the {} `{value}` is hidden by your lists", field.name)
}

/// That nothing has a value that is known.
fn absent(field: &Field, value: &str, hint: Option<String>) -> Unresolved {
    Unresolved {
        message: format!("no paragraph has the {} `{value}`", field.name),
        hint,
        may_come: true,
        is_known: true,
    }
}

/// A firm's name with its legal form as values show it, and the name proper: `Roe Co., Ltd.` → `Roe Ltd`, `Roe`.
fn firm(typed: &str) -> Vec<String> {
    match legal_forms::split(typed) {
        (proper, Some(form)) => vec![format!("{proper} {form}"), proper.to_string()],
        (_, None) => Vec::new(),
    }
}

fn resolve_typed(
    field: &'static Field,
    typed: &str,
    values: &[(String, u64)],
    lists: &Lists,
) -> Result<Resolved, Unresolved> {
    let wanted = fold(typed.trim());
    if wanted.is_empty() {
        return Err(Unresolved {
            message: format!("no {} is named", field.name),
            hint: listing(field),
            may_come: false,
            is_known: false,
        });
    }
    if let Some((value, _)) = values.iter().find(|(value, _)| fold(value) == wanted) {
        return Ok(Resolved {
            namesakes: namesakes(field, value, values),
            ..of_values(field, vec![value.clone()])
        });
    }
    if let Some(group) = group_called(field, &wanted) {
        return members(field, group, values);
    }
    let mut known = lists.resolve(field.name, typed);
    if known.is_empty() {
        known = (field.resolve)(typed.trim());
    }
    let held = held(&known, values);
    if !held.is_empty() {
        return Ok(of_values(field, held));
    }
    let value = known.first().copied().unwrap_or(typed);
    if let Some(value) = lists.hides(field.name, value) {
        return Err(hidden(field, value));
    }
    if let Some(first) = known.first() {
        let members = group_of(field, first).map(|group| {
            format!(
                "`{}` means any of its {} members",
                group.name,
                group.members.len()
            )
        });
        return Err(absent(field, first, members.or_else(|| listing(field))));
    }
    if let Some(group) = group_by_members(field, &wanted) {
        return members(field, group, values);
    }
    let wanted_plain = without_umlauts(&wanted);
    let words = words(&wanted_plain);
    let mut found: Vec<&(String, u64)> = values
        .iter()
        .filter(|(value, _)| has_words(field, &without_umlauts(&fold(value)), &words))
        .collect();
    if found.is_empty() {
        found = initialled(field, &wanted, values);
    }
    match found.as_slice() {
        [] => {
            let mut values_hidden = lists.hidden_of(field.name);
            let has_words = |value: &&str| has_words(field, &without_umlauts(&fold(value)), &words);
            Err(match values_hidden.find(has_words) {
                Some(value) => hidden(field, value),
                None => unknown(field, typed, &wanted, values),
            })
        }
        // A part of a country's name says another one, or a continent.
        [_] if field.name == "country" => Err(Unresolved {
            message: format!("no such country: `{}`", typed.trim()),
            hint: Some(format!("did you mean {}?", listed(&found))),
            may_come: false,
            is_known: false,
        }),
        [(value, _)] => Ok(of_values(field, vec![value.clone()])),
        _ => {
            most_frequent_first(&mut found);
            Err(Unresolved {
                message: format!(
                    "`{}` may be any of {} values of {}",
                    typed.trim(),
                    found.len(),
                    field.name
                ),
                hint: Some(format!("choose one: {}", listed(&found))),
                may_come: false,
                is_known: false,
            })
        }
    }
}

/// Whether a name stands for nothing but the value that it is, or of a topic the last part: `japan`, `steel` for
/// `sectors/metals/steel`.
pub fn says_itself(name: &str, values: &[String]) -> bool {
    let last = |value: &str| fold(value.rsplit('/').next().unwrap_or(value));
    let (name, bare) = (fold(name), last(name));
    matches!(values, [value] if fold(value) == name || last(value) == bare)
}

/// The values that a text is part of, or a spelling, without regard to case and accents: `malm` and `MALMSTROM` for `Cecilia
/// Malmström`, `usa` for `United States`. Of several words each must be there, in any order.
pub fn matching(
    field: &'static Field,
    typed: &str,
    values: &[(String, u64)],
    lists: &Lists,
) -> Vec<String> {
    let wanted = fold(typed.trim());
    let plain = without_umlauts(&wanted);
    let parts: Vec<&str> = plain.split_whitespace().collect();
    let mut known = lists.resolve(field.name, typed);
    known.extend((field.resolve)(typed.trim()));
    let members = group_called(field, &wanted).map_or(&[][..], |group| &group.members);
    let is_match = |value: &str| {
        let folded = without_umlauts(&fold(value));
        parts.iter().all(|part| folded.contains(part))
            || known.contains(&value)
            || members.contains(&value)
    };
    let values = values.iter().map(|(value, _)| value);
    values.filter(|value| is_match(value)).cloned().collect()
}

/// Those of the values that the index has.
fn held(known: &[&str], values: &[(String, u64)]) -> Vec<String> {
    known
        .iter()
        .filter(|value| values.iter().any(|(held, _)| held == *value))
        .map(|value| value.to_string())
        .collect()
}

fn of_values(field: &'static Field, values: Vec<String>) -> Resolved {
    let whole = match values.as_slice() {
        [value] => group_of(field, value),
        _ => None,
    };
    Resolved {
        values,
        group: whole.map(NamedGroup::Whole),
        namesakes: Vec::new(),
    }
}

fn members(
    field: &'static Field,
    group: &'static ValueGroup,
    values: &[(String, u64)],
) -> Result<Resolved, Unresolved> {
    let held = held(&group.members, values);
    if held.is_empty() {
        return Err(Unresolved {
            message: format!("no paragraph has a {} of `{}`", field.name, group.name),
            hint: Some(format!("these are {}", group.members.join(", "))),
            may_come: true,
            is_known: true,
        });
    }
    Ok(Resolved {
        values: held,
        group: Some(NamedGroup::Members(group)),
        namesakes: Vec::new(),
    })
}

/// The group whose whole is a value.
fn group_of(field: &Field, value: &str) -> Option<&'static ValueGroup> {
    (field.groups)()
        .iter()
        .find(|group| group.whole == Some(value))
}

/// The group of that name; `eu27` and `EU-27` are one.
fn group_called(field: &Field, folded: &str) -> Option<&'static ValueGroup> {
    fn compact(folded: &str) -> String {
        folded
            .chars()
            .filter(|c| c.is_alphanumeric() || *c == '+')
            .collect()
    }
    let wanted = compact(folded.strip_prefix("the ").unwrap_or(folded));
    if wanted.is_empty() {
        return None;
    }
    (field.groups)().iter().find(|group| {
        let mut names = group.spellings.iter().chain([&group.name]);
        names.any(|name| compact(&fold(name)) == wanted)
    })
}

/// The group whose members are spoken of: `members of the eu`, `mercosur countries`.
fn group_by_members(field: &Field, folded: &str) -> Option<&'static ValueGroup> {
    const BEFORE: &[&str] = &["members of ", "member states of ", "countries of "];
    const AFTER: &[&str] = &[
        " member states",
        " member countries",
        " members",
        " countries",
        " states",
        " nations",
        " economies",
    ];
    let before = BEFORE.iter().find_map(|words| folded.strip_prefix(words));
    let after = AFTER.iter().find_map(|words| folded.strip_suffix(words));
    let name = before.or(after)?;
    group_called(field, name).or_else(|| match (field.resolve)(name).as_slice() {
        [value] => group_of(field, value),
        _ => None,
    })
}

/// Makes `schroeder` and `schroder` one: wires without umlauts write them with an `e`.
fn without_umlauts(folded: &str) -> String {
    folded
        .replace("oe", "o")
        .replace("ue", "u")
        .replace("ae", "a")
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether all words are words of the value; of a path, of its last part.
fn has_words(field: &Field, value: &str, wanted: &[&str]) -> bool {
    let part = match field.kind {
        Kind::Tree => value.rsplit('/').next().unwrap_or(value),
        _ => value,
    };
    let held = words(part);
    !wanted.is_empty() && wanted.iter().all(|word| held.contains(word))
}

/// The persons who have a bare surname among other names, the most frequent first.
fn namesakes(field: &Field, value: &str, values: &[(String, u64)]) -> Vec<(String, u64)> {
    let folded = fold(value);
    if !matches!(field.name, "person" | "speaker") || words(&folded).len() != 1 {
        return Vec::new();
    }
    let mut others: Vec<&(String, u64)> = values
        .iter()
        .filter(|(other, _)| *other != value && words(&fold(other)).contains(&folded.as_str()))
        .collect();
    most_frequent_first(&mut others);
    others.into_iter().cloned().collect()
}

/// The institutions and laws whose words begin with the letters of a name: `ofsi` for `Office of Financial Sanctions
/// Implementation`; what stands in parentheses does not count, and little words may be left out.
fn initialled<'a>(
    field: &Field,
    wanted: &str,
    values: &'a [(String, u64)],
) -> Vec<&'a (String, u64)> {
    const LEAST: usize = 3;
    let is_abbreviation =
        wanted.len() >= LEAST && wanted.bytes().all(|byte| byte.is_ascii_lowercase());
    if !matches!(field.name, "organization" | "instrument") || !is_abbreviation {
        return Vec::new();
    }
    let initials = |words: &[&str], keeps: fn(&str) -> bool| -> String {
        let kept = words.iter().filter(|word| keeps(word));
        kept.filter_map(|word| word.chars().next()).collect()
    };
    let is_called = |value: &str| {
        let folded = fold(value.split('(').next().unwrap_or(value));
        let words = words(&folded);
        initials(&words, |word| !is_function_word(word)) == wanted
            || initials(&words, |_| true) == wanted
    };
    values
        .iter()
        .filter(|(value, _)| is_called(value))
        .collect()
}

/// Whether two words may be one misspelled: their beginnings alone make `ofsi` like `of`, and all long names like a short one.
fn may_be_misspelled(word: &str, wanted: &str) -> bool {
    const LEAST: usize = 3;
    let (short, long) = (word.len().min(wanted.len()), word.len().max(wanted.len()));
    short >= LEAST && long - short <= (long / 4).max(1)
}

fn unknown(field: &Field, typed: &str, wanted: &str, values: &[(String, u64)]) -> Unresolved {
    let likeness = |value: &str| {
        let value = fold(value);
        let whole = strsim::jaro_winkler(&value, wanted);
        words(&value)
            .iter()
            .filter(|word| may_be_misspelled(word, wanted))
            .map(|word| strsim::jaro_winkler(word, wanted))
            .fold(whole, f64::max)
    };
    let mut alike: Vec<(f64, &(String, u64))> = values
        .iter()
        .map(|value| (likeness(&value.0), value))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    alike.sort_by(
        |(likeness, (value, count)), (other_likeness, (other, other_count))| {
            other_likeness
                .total_cmp(likeness)
                .then(other_count.cmp(count))
                .then(value.cmp(other))
        },
    );
    let mut alike: Vec<&(String, u64)> = alike.into_iter().map(|(_, value)| value).collect();
    if alike.is_empty()
        && let [.., _, last] = words(wanted).as_slice()
    {
        // "President Trump", "Prime Minister Abe"
        let has_last = |(value, _): &&(String, u64)| words(&fold(value)).contains(last);
        alike = values.iter().filter(has_last).collect();
        most_frequent_first(&mut alike);
    }
    alike.truncate(N_MEANT);
    let hint = if typed.contains(',') {
        Some(format!(
            "one name for each flag: write `--{}` again for the next",
            field.name
        ))
    } else if alike.is_empty() {
        listing(field)
    } else {
        Some(format!("did you mean {}?", listed(&alike)))
    };
    Unresolved {
        message: format!("no such {}: `{}`", field.name, typed.trim()),
        hint,
        may_come: !ALL_KNOWN.contains(&field.name),
        is_known: false,
    }
}

/// The values that may have been meant by a name that nothing has, the most frequent first: those with all its words, or else those
/// that are spelled almost so. Closer ones than for a question back: `Kim Jong Il` is not meant by `Kim Jong Un`.
pub fn meant(field: &'static Field, name: &str, values: &[(String, u64)]) -> Vec<(String, u64)> {
    /// One of so many letters may be wrong.
    const LETTERS_FOR_A_SLIP: usize = 6;
    let folded = without_umlauts(&fold(name.trim()));
    let n_slips = (folded.chars().count() / LETTERS_FOR_A_SLIP).max(1);
    let wanted = words(&folded);
    let is_alike = |(value, _): &&(String, u64)| {
        strsim::osa_distance(&without_umlauts(&fold(value)), &folded) <= n_slips
    };
    let mut meant: Vec<&(String, u64)> = values
        .iter()
        .filter(|(value, _)| has_words(field, &without_umlauts(&fold(value)), &wanted))
        .collect();
    if meant.is_empty() {
        meant = values.iter().filter(is_alike).collect();
    }
    most_frequent_first(&mut meant);
    meant.truncate(N_MEANT);
    meant.into_iter().cloned().collect()
}

/// Facets whose values are all known: what is not among them will never come.
const ALL_KNOWN: &[&str] = &["country", "topic"];

/// How to see all values of a facet.
fn listing(field: &Field) -> Option<String> {
    field.is_facet().then(|| {
        format!(
            "`tradewire facets {}` lists those that are there",
            field.name
        )
    })
}

fn most_frequent_first(values: &mut [&(String, u64)]) {
    values.sort_by(|(value, count), (other, other_count)| {
        other_count.cmp(count).then(value.cmp(other))
    });
}

/// Values with their counts, as messages list them.
pub fn listed_counts(values: &[(String, u64)]) -> String {
    listed(&values.iter().collect::<Vec<_>>())
}

fn listed(values: &[&(String, u64)]) -> String {
    let mut out: Vec<String> = values
        .iter()
        .take(N_LISTED)
        .map(|(value, count)| format!("`{value}` ({count})"))
        .collect();
    if values.len() > N_LISTED {
        out.push(format!("and {} more", values.len() - N_LISTED));
    }
    out.join(", ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_says_itself_when_it_is_the_value() {
        let says = |name: &str, values: &[&str]| {
            let values: Vec<String> = values.iter().map(|value| value.to_string()).collect();
            super::says_itself(name, &values)
        };
        assert!(says(" Côte d'Ivoire", &["Cote d’Ivoire"]) || says("japan", &["Japan"]));
        assert!(says("steel", &["sectors/metals/steel"]));
        assert!(says("metals/steel", &["sectors/metals/steel"]));
        assert!(!says("liu", &["Liu He"]));
        assert!(!says(
            "steel",
            &["sectors/metals/steel", "sectors/metals/steel/green"]
        ));
    }

    use super::*;
    use crate::field::{no_groups, no_spellings};

    static SPEAKER: Field = Field {
        name: "speaker",
        key: "speakers",
        kind: Kind::Facet,
        help: "who speaks",
        resolve: no_spellings,
        groups: no_groups,
    };

    #[test]
    fn only_facets_can_be_listed() {
        static PATH: Field = Field {
            name: "path",
            key: "path",
            kind: Kind::Keyword,
            help: "where the source lies",
            resolve: no_spellings,
            groups: no_groups,
        };
        let values = [("corpus/a.txt".to_string(), 1)];
        let unresolved = resolve(&PATH, "zzz", &values, &Lists::default()).unwrap_err();
        assert_eq!(unresolved.message, "no such path: `zzz`");
        assert_eq!(unresolved.hint, None);
    }

    fn check(typed: &str) -> String {
        let values = [
            ("Bill Clinton", 2),
            ("Hillary Clinton", 5),
            ("Shinzo Abe", 3),
            ("Cecilia Malmström", 1),
            ("Karl Otto Poehl", 1),
        ];
        let values = values.map(|(value, count)| (value.to_string(), count));
        match resolve(&SPEAKER, typed, &values, &Lists::default()) {
            Ok(resolved) => resolved.values.join(", "),
            Err(unresolved) => format!(
                "{}; {}",
                unresolved.message,
                unresolved.hint.unwrap_or_default()
            ),
        }
    }

    #[test]
    fn names_resolve_or_say_why_not() {
        insta::assert_snapshot!(check("abe"), @"Shinzo Abe");
        insta::assert_snapshot!(check("SHINZO ABE"), @"Shinzo Abe");
        insta::assert_snapshot!(check("malmstrom"), @"Cecilia Malmström");
        insta::assert_snapshot!(check("malmstroem"), @"Cecilia Malmström");
        insta::assert_snapshot!(check("pöhl"), @"Karl Otto Poehl");
        insta::assert_snapshot!(check("clinton"), @"`clinton` may be any of 2 values of speaker; choose one: `Hillary Clinton` (5), `Bill Clinton` (2)");
        insta::assert_snapshot!(check("clintno"), @"no such speaker: `clintno`; did you mean `Hillary Clinton` (5), `Bill Clinton` (2)?");
        insta::assert_snapshot!(check("prime minister clinton"), @"no such speaker: `prime minister clinton`; did you mean `Hillary Clinton` (5), `Bill Clinton` (2)?");
        insta::assert_snapshot!(check("abe,clinton"), @"no such speaker: `abe,clinton`; one name for each flag: write `--speaker` again for the next");
        insta::assert_snapshot!(check("zzz"), @"no such speaker: `zzz`; `tradewire facets speaker` lists those that are there");
    }

    #[test]
    fn names_that_nothing_has_mean_what_is_spelled_almost_so() {
        let values = [
            ("Donald Brandt", 72),
            ("Kim Jong Un", 3),
            ("Paula Brandt", 2),
            ("Steel Guild", 1),
        ];
        let values = values.map(|(value, count)| (value.to_string(), count));
        let check = |name: &str| {
            let meant = meant(&SPEAKER, name, &values).into_iter();
            meant
                .map(|(value, _)| value)
                .collect::<Vec<String>>()
                .join(", ")
        };
        assert_eq!(check("Donald Brndt"), "Donald Brandt");
        assert_eq!(check("brandt"), "Donald Brandt, Paula Brandt");
        assert_eq!(check("Guild Steel"), "Steel Guild");
        assert_eq!(check("Kim Jong Il"), "");
        assert_eq!(check("Donald Brown"), "");
    }

    #[test]
    fn what_is_hidden_is_told_however_it_is_spelled() {
        let hidden = |field: &str, value: &str| crate::lists::Hidden {
            field: field.to_string(),
            value: value.to_string(),
            place: crate::lists::Place { file: 0, line: 1 },
        };
        let lists = Lists {
            hidden: vec![
                hidden("person", "Shinzo Abe"),
                hidden("topic", "sectors/metals"),
                hidden("instrument", "DS543"),
            ],
            ..Lists::default()
        };
        let check = |field: &str, typed: &str| {
            let field = crate::schema::field(field).unwrap();
            let values = [("Akie Kono".to_string(), 1)];
            match resolve(field, typed, &values, &lists) {
                Ok(resolved) => resolved.values.join(", "),
                Err(unresolved) => unresolved.message,
            }
        };
        for typed in ["Shinzo Abe", "abe", "SHINZO", "abe, shinzo"] {
            assert_eq!(
                check("person", typed),
                "the person `Shinzo Abe` is hidden by your lists"
            );
            assert_eq!(
                check("speaker", typed),
                "the speaker `Shinzo Abe` is hidden by your lists"
            );
        }
        insta::assert_snapshot!(check("topic", "steel"), @"the topic `sectors/metals` is hidden by your lists");
        insta::assert_snapshot!(check("instrument", "WT/DS543/R"), @"the instrument `DS543` is hidden by your lists");
        assert_eq!(check("person", "kono"), "Akie Kono");
    }

    #[test]
    fn parts_and_spellings_match() {
        let check = |field: &'static Field, typed: &str| {
            let values = [
                "Côte d’Ivoire",
                "Cecilia Malmström",
                "Karl Otto Poehl",
                "South Korea",
                "United States",
            ];
            let values = values.map(|value| (value.to_string(), 1));
            matching(field, typed, &values, &Lists::default()).join(", ")
        };
        assert_eq!(check(&SPEAKER, "MALM"), "Cecilia Malmström");
        assert_eq!(check(&SPEAKER, "malmstroem cec"), "Cecilia Malmström");
        assert_eq!(check(&SPEAKER, "pöhl"), "Karl Otto Poehl");
        assert_eq!(check(&SPEAKER, "d'iv"), "Côte d’Ivoire");
        assert_eq!(check(&SPEAKER, "usa"), "");
        let country = crate::schema::field("country").unwrap();
        assert_eq!(check(country, "usa"), "United States");
        assert_eq!(check(country, "rok"), "South Korea");
        assert_eq!(check(country, "G7"), "United States");
        assert_eq!(check(country, "zzz"), "");
    }

    fn check_law(field: &str, typed: &str) -> String {
        let values = [
            "19 U.S.C. § 1307",
            "DS598",
            "Executive Order 14299",
            "GATT Article VI",
            "GATT Article XXI",
            "Section 301",
            "Court of International Trade",
            "Ministry of Commerce (China)",
            "Office of Financial Tariffs Implementation",
            "Trade Remedies Authority (United Kingdom)",
            "World Trade Organization",
        ];
        let values = values.map(|value| (value.to_string(), 1));
        let field = crate::schema::field(field).unwrap();
        match resolve(field, typed, &values, &Lists::default()) {
            Ok(resolved) => resolved.values.join(", "),
            Err(Unresolved { message, hint, .. }) => {
                format!("{message}; {}", hint.unwrap_or_default())
            }
        }
    }

    #[test]
    fn laws_are_cited_in_any_way_and_institutions_by_initials() {
        let law = |typed: &str| check_law("instrument", typed);
        assert_eq!(law("EO 14299"), "Executive Order 14299");
        assert_eq!(law("e.o. 14299"), "Executive Order 14299");
        assert_eq!(law("19 USC 1307"), "19 U.S.C. § 1307");
        assert_eq!(law("Art. XXI"), "GATT Article XXI");
        assert_eq!(law("WT/DS598"), "DS598");
        assert_eq!(law("sec. 301(b)"), "Section 301");
        assert_eq!(law("WT/DS598/AB/R"), "DS598");
        insta::assert_snapshot!(law("sec. 999"), @"no paragraph has the instrument `Section 999`; `tradewire facets instrument` lists those that are there");
        insta::assert_snapshot!(law("Article 102 TFEU"), @"no such instrument: `Article 102 TFEU`; `tradewire facets instrument` lists those that are there");
        let organization = |typed: &str| check_law("organization", typed);
        assert_eq!(organization("CIT"), "Court of International Trade");
        assert_eq!(
            organization("OFTI"),
            "Office of Financial Tariffs Implementation"
        );
        assert_eq!(
            organization("TRA"),
            "Trade Remedies Authority (United Kingdom)"
        );
        insta::assert_snapshot!(organization("OFXI"), @"no such organization: `OFXI`; `tradewire facets organization` lists those that are there");
        insta::assert_snapshot!(organization("Word Trade Organisation"), @"no such organization: `Word Trade Organisation`; did you mean `World Trade Organization` (1)?");
    }

    #[test]
    fn a_bare_surname_has_namesakes() {
        let values = [("Brandt", 2), ("Chris Brandt", 3), ("Brandtner", 1)];
        let values = values.map(|(value, count)| (value.to_string(), count));
        let resolved = resolve(&SPEAKER, "brandt", &values, &Lists::default()).unwrap();
        assert_eq!(resolved.values, ["Brandt"]);
        assert_eq!(resolved.namesakes, [("Chris Brandt".to_string(), 3)]);
    }

    #[test]
    fn continents_are_groups_and_parts_of_names_no_countries() {
        let values = [
            "Bahrain",
            "Brazil",
            "Nigeria",
            "South Africa",
            "Sri Lanka",
            "Vietnam",
        ];
        let values = values.map(|value| (value.to_string(), 1));
        let field = crate::schema::field("country").unwrap();
        let check = |typed: &str| match resolve(field, typed, &values, &Lists::default()) {
            Ok(resolved) => resolved.values.join(", "),
            Err(Unresolved { message, hint, .. }) => {
                format!("{message}; {}", hint.unwrap_or_default())
            }
        };
        assert_eq!(check("Africa"), "Nigeria, South Africa");
        assert_eq!(check("sub-saharan africa"), "Nigeria, South Africa");
        assert_eq!(check("African countries"), "Nigeria, South Africa");
        assert_eq!(check("asia"), "Bahrain, Sri Lanka, Vietnam");
        assert_eq!(check("Middle East"), "Bahrain");
        assert_eq!(check("latin america"), "Brazil");
        insta::assert_snapshot!(check("lanka"), @"no such country: `lanka`; did you mean `Sri Lanka` (1)?");
    }

    fn check_country(typed: &str) -> String {
        let values = ["ASEAN", "Canada", "France", "Germany", "Japan", "Vietnam"];
        let values = values.map(|value| (value.to_string(), 1));
        let field = crate::schema::field("country").unwrap();
        match resolve(field, typed, &values, &Lists::default()) {
            Ok(Resolved { values, group, .. }) => match group {
                Some(NamedGroup::Members(group)) => {
                    format!("{} = {}", group.name, values.join(", "))
                }
                Some(NamedGroup::Whole(group)) => {
                    format!("{}, not {}", values.join(", "), group.name)
                }
                None => values.join(", "),
            },
            Err(unresolved) => format!(
                "{}; {}",
                unresolved.message,
                unresolved.hint.unwrap_or_default()
            ),
        }
    }

    #[test]
    fn groups_are_their_members_and_blocs_themselves() {
        insta::assert_snapshot!(check_country("g7"), @"G7 = Canada, France, Germany, Japan");
        insta::assert_snapshot!(check_country("the G-7"), @"G7 = Canada, France, Germany, Japan");
        insta::assert_snapshot!(check_country("G7 countries"), @"G7 = Canada, France, Germany, Japan");
        insta::assert_snapshot!(check_country("eu27"), @"EU-27 = France, Germany");
        insta::assert_snapshot!(check_country("EU members"), @"EU-27 = France, Germany");
        insta::assert_snapshot!(check_country("member states of the European Union"), @"EU-27 = France, Germany");
        insta::assert_snapshot!(check_country("asean"), @"ASEAN, not ASEAN members");
        insta::assert_snapshot!(check_country("ASEAN countries"), @"ASEAN members = Vietnam");
        insta::assert_snapshot!(check_country("ASEAN-10"), @"ASEAN-10 = Vietnam");
        insta::assert_snapshot!(check_country("cptpp"), @"CPTPP = Canada, Japan, Vietnam");
        insta::assert_snapshot!(check_country("eu"), @"no paragraph has the country `European Union`; `EU-27` means any of its 27 members");
        insta::assert_snapshot!(check_country("gulf states"), @"no paragraph has a country of `Gulf Cooperation Council members`; these are Bahrain, Kuwait, Oman, Qatar, Saudi Arabia, United Arab Emirates");
        insta::assert_snapshot!(check_country("united states"), @"no paragraph has the country `United States`; `tradewire facets country` lists those that are there");
        insta::assert_snapshot!(check_country("countries"), @"no such country: `countries`; `tradewire facets country` lists those that are there");
        insta::assert_snapshot!(check_country("+"), @"no such country: `+`; `tradewire facets country` lists those that are there");
    }
}
