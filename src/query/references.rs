//! How laws, cases, tariff codes and figures are cited: one reference, and the ways in which texts write it.
//!
//! `Sec. 232`, `§ 232` and `Section 232` are one thing, and so are `25%` and `25 per cent`. The table of forms knows no single
//! law: what it reads is known by its look alone.

use std::sync::{LazyLock, OnceLock};

use regex::{Captures, Regex, RegexBuilder};

/// A longer text is no reference.
const MAX_BYTES: usize = 60;

/// Nor are more words.
const MOST_WORDS: usize = 5;

/// Something that is cited by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// All its spellings, the full one first.
    pub spellings: Vec<String>,
    /// What it is a part of: `Section 301` of `Section 301(b)`.
    pub whole: Option<String>,
    /// The value of the facet `instrument` that it would be.
    pub instrument: Option<String>,
    /// Whether its words are looked for apart, too, as in `Sections 301 and 232`.
    pub may_be_apart: bool,
}

/// A way of citing.
struct Form {
    /// The characters that such a text begins with, in small letters; `0` stands for any digit. Few patterns are compiled for a
    /// text that way: all of them would take longer than the search.
    begins: &'static str,
    /// The characters of which it has one; empty when any text may be it.
    has: &'static str,
    /// What people type, in any case. The number is `n`, a part of what it numbers is `p`, other parts have names of their own.
    typed: &'static str,
    /// The ways in which a number is written; none when it is no such number.
    numbers: fn(&str) -> Vec<String>,
    /// How it is written, the full spelling first; `{n}` is the number.
    written: &'static [&'static str],
    /// Empty when it is no value.
    instrument: &'static str,
    may_be_apart: bool,
}

/// `(b)(2)`
const PART: &str = r"(?<p>(?: ?\([0-9a-z]{1,4}\)){0,6})";

/// Every way of citing; of several that a text fits the first counts.
static FORMS: &[Form] = &[
    Form {
        begins: "s§",
        has: "",
        typed: r"(?:sections?|secs?\.?|sects?\.?|ss?\.?|§+) ?(?<n>\d{2,5}[a-z]{0,2}){p}",
        numbers: itself,
        written: &["Section {n}{p}", "Sec. {n}{p}", "Sect. {n}{p}", "s. {n}{p}"],
        instrument: "Section {n}",
        may_be_apart: true,
    },
    Form {
        begins: "a",
        has: "",
        typed: r"(?:articles?|arts?\.?) (?<n>\d{1,3}[a-z]?|(?-i:[IVXLC]{1,7})){p}",
        numbers: itself,
        written: &["Article {n}{p}", "Art. {n}{p}"],
        instrument: "Article {n}",
        may_be_apart: true,
    },
    Form {
        begins: "dw",
        has: "",
        // Of a case the report, that of the appeal, an arbitration, a document: `/R`, `/AB/RW`, `/ARB`, `/7/Add.1`.
        typed: r"(?:wt/)?ds[-/ ]?(?<n>\d{1,4})(?<p>(?:/(?:(?:r|rw|rpt|ab|arb|inf|add|corr|rev|suppl)\.?\d{0,2}|\d{1,2})){0,5})",
        numbers: itself,
        written: &["DS{n}{p}", "DS {n}{p}"],
        instrument: "DS{n}",
        may_be_apart: false,
    },
    Form {
        begins: "e",
        has: "",
        typed: r"(?:executive orders?|e\. ?o\.|eo)(?: nos?\.?| number)? ?(?<n>\d{4,5})",
        numbers: itself,
        written: &[
            "Executive Order {n}",
            "Executive Order No. {n}",
            "E.O. {n}",
            "EO {n}",
        ],
        instrument: "Executive Order {n}",
        may_be_apart: true,
    },
    Form {
        begins: "g",
        has: "l",
        typed: r"(?:general licen[cs]es?|gl)(?: nos?\.?| number)? ?(?<n>\d{1,3}[a-z]{0,2})",
        numbers: itself,
        written: &[
            "General License {n}",
            "General License No. {n}",
            "General Licence {n}",
            "GL {n}",
        ],
        instrument: "General License {n}",
        may_be_apart: false,
    },
    Form {
        begins: "0",
        has: "u",
        typed: r"(?<t>\d{1,2}) ?(?:u\. ?s\. ?c\.|usc)(?: ?(?:§+|sections?|secs?\.?))? ?(?<n>\d{1,5}[a-z]{0,3}(?:-\d{1,3}[a-z]?)?){p}",
        numbers: itself,
        written: &[
            "{t} U.S.C. {n}{p}",
            "{t} USC {n}{p}",
            "{t} U.S.C. Section {n}{p}",
            "{t} U.S.C. Sec. {n}{p}",
        ],
        instrument: "{t} U.S.C. § {n}",
        may_be_apart: false,
    },
    Form {
        begins: "0",
        has: "c",
        typed: r"(?<t>\d{1,2}) ?(?:c\. ?f\. ?r\.|cfr)(?: ?(?:§+|parts?|sections?|secs?\.?))? ?(?<n>\d{1,4}(?:\.\d{1,4}[a-z]?)?){p}",
        numbers: itself,
        written: &[
            "{t} C.F.R. {n}{p}",
            "{t} CFR {n}{p}",
            "{t} C.F.R. Part {n}{p}",
            "{t} CFR Part {n}{p}",
        ],
        instrument: "{t} C.F.R. § {n}",
        may_be_apart: false,
    },
    // Of the Department of Commerce: A is dumping, C subsidies, then the country and the case.
    Form {
        begins: "ac",
        has: "-0",
        typed: r"(?<a>[ac])-?(?<n>\d{3}-?\d{3})",
        numbers: case_numbers,
        written: &["{a}-{n}", "{a}{n}"],
        instrument: "",
        may_be_apart: false,
    },
    Form {
        begins: "0",
        has: "",
        typed: r"(?<n>\d{4}\.\d{2}(?:\.?\d{2}){0,2}|\d{4} \d{2} \d{2}(?: \d{2})?|\d{8}|\d{10})",
        numbers: tariff_codes,
        written: &["{n}"],
        instrument: "",
        may_be_apart: false,
    },
    Form {
        begins: "0",
        has: "%p",
        typed: r"(?<n>\d{1,4}(?:\.\d{1,3})?)[ -]?(?:%|percent|per ?cent|pct\.?)",
        numbers: decimals,
        written: &["{n} percent", "{n} per cent", "{n} pct"],
        instrument: "",
        may_be_apart: true,
    },
    Form {
        begins: "0$€£¥",
        has: "b",
        typed: r"(?:[$€£¥](?<n>\d{1,4}(?:\.\d{1,3})?) ?b|[$€£¥]?(?<m>\d{1,4}(?:\.\d{1,3})?)[ -]?(?:billion|bn))",
        numbers: itself,
        written: &["{n} billion", "{n}bn", "{n} bn", "{n}b"],
        instrument: "",
        may_be_apart: true,
    },
    Form {
        begins: "0$€£¥",
        has: "m",
        typed: r"(?:[$€£¥](?<n>\d{1,4}(?:\.\d{1,3})?) ?m|[$€£¥]?(?<m>\d{1,4}(?:\.\d{1,3})?)[ -]?(?:million|mn|mln))",
        numbers: itself,
        written: &["{n} million", "{n}m", "{n}mn", "{n} mn", "{n} mln"],
        instrument: "",
        may_be_apart: true,
    },
    Form {
        begins: "0$€£¥",
        has: "t",
        typed: r"[$€£¥]?(?<n>\d{1,4}(?:\.\d{1,3})?)[ -]?(?:trillion|trn|tn)",
        numbers: itself,
        written: &["{n} trillion", "{n}tn", "{n} tn", "{n}trn"],
        instrument: "",
        may_be_apart: true,
    },
    Form {
        begins: "0",
        has: "",
        typed: r"(?<n>\d{4,7}|\d{1,3}(?:,\d{3}){1,2})",
        numbers: thousands,
        written: &["{n}"],
        instrument: "",
        may_be_apart: false,
    },
];

/// The patterns of the forms, each compiled when a text may be of it; a test compiles them all.
static PATTERNS: LazyLock<Vec<OnceLock<Option<Regex>>>> =
    LazyLock::new(|| FORMS.iter().map(|_| OnceLock::new()).collect());

impl Form {
    /// Whether a text may be of this form by a quick look.
    fn may_be(&self, text: &str) -> bool {
        let is_one = |of: &str, c: char| {
            let c = c.to_ascii_lowercase();
            of.contains(c) || c.is_ascii_digit() && of.contains('0')
        };
        text.starts_with(|c| is_one(self.begins, c))
            && (self.has.is_empty() || text.contains(|c| is_one(self.has, c)))
    }

    fn compiled(&self) -> Option<Regex> {
        // The digits of all scripts would be compiled for long.
        let typed = self.typed.replace("{p}", PART).replace(r"\d", "[0-9]");
        RegexBuilder::new(&format!("^(?:{typed})$"))
            .case_insensitive(true)
            .build()
            .ok()
    }
}

/// Reads a text that is a reference as a whole.
pub fn reference(text: &str) -> Option<Reference> {
    // All but `Article XXI` have a digit.
    let is_article = text.starts_with(['a', 'A']) && text.contains(' ');
    let may_be_one = is_article || text.bytes().any(|byte| byte.is_ascii_digit());
    if text.len() > MAX_BYTES || !may_be_one {
        return None;
    }
    let forms = FORMS.iter().zip(&*PATTERNS);
    forms
        .filter(|(form, _)| form.may_be(text))
        .find_map(|(form, pattern)| {
            let pattern = pattern.get_or_init(|| form.compiled()).as_ref()?;
            written(form, &pattern.captures(text)?)
        })
}

/// How many of the first words are one reference together: `Section 232` of `Section 232 tariffs`, the longest; one when none is.
pub(super) fn n_words_of_first(words: &[&str]) -> usize {
    let is_numeral = |word: &str| word.bytes().all(|byte| b"IVXLC".contains(&byte));
    let may_number =
        |word: &&str| word.bytes().any(|byte| byte.is_ascii_digit()) || is_numeral(word);
    let is_one = |n_words: &usize| {
        let words = words.get(..*n_words).unwrap_or_default();
        words.iter().any(may_number) && reference(&words.join(" ")).is_some()
    };
    let lengths = 2..=words.len().min(MOST_WORDS);
    lengths.rev().find(is_one).unwrap_or(1)
}

fn written(form: &Form, typed: &Captures) -> Option<Reference> {
    let of = |name: &str| typed.name(name).map_or("", |found| found.as_str());
    let number = if of("n").is_empty() { of("m") } else { of("n") };
    let part = of("p").replace(' ', "");
    let fill = |template: &str, number: &str, part: &str| {
        template
            .replace("{n}", number)
            .replace("{p}", part)
            .replace("{t}", of("t"))
            .replace("{a}", &of("a").to_uppercase())
    };
    let numbers = (form.numbers)(number);
    let mut spellings = Vec::new();
    for number in &numbers {
        for template in form.written {
            let spelling = fill(template, number, &part);
            if !spellings.contains(&spelling) {
                spellings.push(spelling);
            }
        }
    }
    if spellings.is_empty() {
        return None;
    }
    let whole = form.written.first().filter(|_| !part.is_empty());
    Some(Reference {
        spellings,
        whole: whole.map(|template| fill(template, number, "")),
        instrument: (!form.instrument.is_empty()).then(|| fill(form.instrument, number, "")),
        may_be_apart: form.may_be_apart,
    })
}

fn itself(number: &str) -> Vec<String> {
    vec![number.to_string()]
}

/// `17.0` is `17`, and `2.5` is `2.50`.
fn decimals(number: &str) -> Vec<String> {
    let (before, behind) = number.split_once('.').unwrap_or((number, ""));
    match behind.trim_end_matches('0') {
        "" => vec![before.to_string(), format!("{before}.0")],
        short => {
            let mut numbers = vec![format!("{before}.{short}")];
            if short.len() == 1 {
                numbers.push(format!("{before}.{short}0"));
            }
            numbers
        }
    }
}

/// `570-158`, `570158`
fn case_numbers(number: &str) -> Vec<String> {
    let digits = number.replace('-', "");
    match digits.split_at_checked(3) {
        Some((country, case)) => vec![format!("{country}-{case}"), digits.clone()],
        None => Vec::new(),
    }
}

/// `8703.80.10`, `8703 80 10`, `87038010`; chapters go from 01 to 99.
fn tariff_codes(number: &str) -> Vec<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.starts_with("00") || !matches!(digits.len(), 6 | 8 | 10) {
        return Vec::new();
    }
    let (heading, rest) = digits.split_at(4);
    let pairs: Vec<&str> = (0..rest.len())
        .step_by(2)
        .map(|at| &rest[at..at + 2])
        .collect();
    let mut codes = vec![
        format!("{heading}.{}", pairs.join(".")),
        format!("{heading} {}", pairs.join(" ")),
        digits.clone(),
    ];
    // The schedule of the United States ends in four digits.
    if let [first, second, third] = pairs.as_slice() {
        codes.push(format!("{heading}.{first}.{second}{third}"));
    }
    codes
}

/// `13000`, `13,000`; what may be a year is none.
fn thousands(number: &str) -> Vec<String> {
    let digits = number.replace(',', "");
    let may_be_year = digits.len() == 4 && ("1700".."2200").contains(&digits.as_str());
    if digits.starts_with('0') || may_be_year || digits.len() < 4 {
        return Vec::new();
    }
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    vec![digits, grouped]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile_and_write_what_they_read() {
        assert!(FORMS.iter().all(|form| form.compiled().is_some()));
        for text in [
            "Section 999",
            "Article XI",
            "DS999",
            "Executive Order 19999",
            "19 U.S.C. 9999",
            "19 C.F.R. 351.9",
            "A-999-888",
            "8888.77.66",
            "3 percent",
            "3 billion",
            "3 million",
            "3 trillion",
            "12345",
        ] {
            let read = reference(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(read.spellings[0], text);
            for spelling in &read.spellings {
                // A letter alone may be anything but million where no currency stands before it.
                if spelling.ends_with(['m', 'b']) {
                    continue;
                }
                let again = reference(spelling).unwrap_or_else(|| panic!("{spelling}"));
                assert_eq!(again.spellings, read.spellings, "{spelling}");
            }
        }
    }

    #[test]
    fn spellings_of_one_reference_are_one() {
        for (typed, full) in [
            ("sec. 232", "Section 232"),
            ("Sect 232", "Section 232"),
            ("§232", "Section 232"),
            ("§ 232", "Section 232"),
            ("Section 301 (b)", "Section 301(b)"),
            ("art. XXI(b)", "Article XXI(b)"),
            ("WT/DS543", "DS543"),
            ("DS-543", "DS543"),
            ("WT/DS543/R", "DS543/R"),
            ("wt/ds437/ab/rw", "DS437/ab/rw"),
            ("DS543/544", "none"),
            ("e.o. 14157", "Executive Order 14157"),
            ("EO14157", "Executive Order 14157"),
            ("19 usc 1516a", "19 U.S.C. 1516a"),
            ("19 U.S.C. § 1516a(a)(2)", "19 U.S.C. 1516a(a)(2)"),
            ("19 cfr part 351", "19 C.F.R. 351"),
            ("a570158", "A-570-158"),
            ("72085100", "7208.51.00"),
            ("7208 51 00", "7208.51.00"),
            ("25 %", "25 percent"),
            ("25%", "25 percent"),
            ("25-per-cent", "none"),
            ("25.0 per cent", "25 percent"),
            ("$11.5bn", "11.5 billion"),
            ("€3m", "3 million"),
            ("3m", "none"),
            ("13,000", "13000"),
            ("2018", "none"),
            ("s", "none"),
            ("articles I", "Article I"),
            ("art i", "none"),
        ] {
            let read = reference(typed).map(|read| read.spellings[0].clone());
            assert_eq!(read.as_deref().unwrap_or("none"), full, "{typed}");
        }
        let part = reference("sec. 301(b)").unwrap();
        assert_eq!(part.whole.as_deref(), Some("Section 301"));
        assert_eq!(part.instrument.as_deref(), Some("Section 301"));
        for symbol in [
            "WT/DS543/R",
            "DS543/AB/RW2",
            "wt/ds543/7",
            "WT/DS543/R/Add.1",
        ] {
            let part = reference(symbol).unwrap_or_else(|| panic!("{symbol}"));
            assert_eq!(part.whole.as_deref(), Some("DS543"), "{symbol}");
            assert_eq!(part.instrument.as_deref(), Some("DS543"), "{symbol}");
        }
        let code = reference("8703801000").unwrap();
        assert_eq!(
            code.spellings,
            [
                "8703.80.10.00",
                "8703 80 10 00",
                "8703801000",
                "8703.80.1000"
            ]
        );
    }

    #[test]
    fn words_side_by_side_are_references_as_long_as_they_can_be() {
        let n_words = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            n_words_of_first(&words)
        };
        assert_eq!(n_words("Section 232 tariffs"), 2);
        assert_eq!(n_words("Article XI exceptions"), 2);
        assert_eq!(n_words("Executive Order No. 14257"), 4);
        assert_eq!(n_words("25 per cent tariffs"), 3);
        assert_eq!(n_words("tariffs of 25 percent"), 1);
        assert_eq!(n_words("DS543 panel"), 1);
        assert_eq!(n_words("section chief"), 1);
        assert_eq!(n_words("232"), 1);
    }
}
