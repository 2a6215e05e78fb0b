//! What stands in a text: words, phrases and names, next to or near one another. The part of the tree that has places.
//!
//! What a passage finds in a text are places: those of words, of whole phrases, of names. An operator such as `W/5` keeps of
//! the places on both sides those that have a partner on the other, so that what it finds can be asked of again.

use std::fmt;

use super::ast::{Name, Prefixed, Quoted, joined};
use super::names;
use super::parser::needs_field;
use crate::field::Field;

/// What is to stand in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    Word(Word),
    /// Words in this order, next to each other; never empty.
    Phrase(Vec<Word>),
    /// A place that names one of these values of a facet; any value when there is none. A speaker's places are those where
    /// he is named and the words that are reported of him.
    Mention {
        field: &'static Field,
        values: Vec<String>,
    },
    /// One of several; two at least, and no *or* among them.
    Or(Vec<Passage>),
    Near {
        left: Box<Passage>,
        right: Box<Passage>,
        proximity: Proximity,
    },
}

/// A word, and which others stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As typed, without the marks of its form. A plain or exact word may be several terms for the index (`US-China`), which
    /// then stand next to each other.
    pub text: String,
    pub form: Form,
    pub case: Case,
}

/// Which words of a text a word of the query stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Those of the same stem: `tariff`, `tariffs`.
    Stem,
    /// Itself alone, whatever its case and accents.
    Exact,
    /// `*` stands for any letters or none, `?` for one.
    Wildcard,
    /// Those at most so many edits away: 1 or 2.
    Fuzzy(u8),
    /// Those that the regular expression matches as a whole.
    Regex,
}

/// How words of a text must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    Any,
    /// No lower-case letter: `AD`, `G7`.
    AllCaps,
    /// An upper-case letter at least: `China`, `AD`.
    Caps,
    /// No upper-case letter.
    NoCaps,
}

impl Word {
    /// Whether all words of an index have to be looked at to find those that it stands for.
    pub(super) fn is_compared(&self) -> bool {
        match self.form {
            Form::Stem | Form::Exact => false,
            Form::Wildcard => self.text.starts_with(['*', '?']),
            Form::Fuzzy(_) | Form::Regex => true,
        }
    }
}

impl Case {
    /// The cases that a query can ask for, by the names of their operators.
    pub(super) const OPERATORS: [(&'static str, Case); 3] = [
        ("ALLCAPS", Case::AllCaps),
        ("CAPS", Case::Caps),
        ("NOCAPS", Case::NoCaps),
    ];

    /// Whether a word of a text is written so.
    pub fn fits(self, word: &str) -> bool {
        let is_plain = word.is_ascii();
        let has_upper = || match is_plain {
            true => word.bytes().any(|byte| byte.is_ascii_uppercase()),
            false => word.chars().any(char::is_uppercase),
        };
        let has_lower = || match is_plain {
            true => word.bytes().any(|byte| byte.is_ascii_lowercase()),
            false => word.chars().any(char::is_lowercase),
        };
        match self {
            Case::Any => true,
            Case::AllCaps => has_upper() && !has_lower(),
            Case::Caps => has_upper(),
            Case::NoCaps => !has_upper(),
        }
    }
}

/// How two places have to lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proximity {
    pub reach: Reach,
    /// Whether the left one must end before the right one begins.
    pub ordered: bool,
    /// Whether those of the left side are found that have no partner.
    pub negated: bool,
}

/// How far apart two places may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// So many words on; 1 is the next word, 0 only what overlaps.
    Words(u32),
    /// In one sentence, as far as they reach into it.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

impl Passage {
    /// One of several passages.
    pub(super) fn or(passages: Vec<Passage>) -> Passage {
        let mut flat = Vec::with_capacity(passages.len());
        for passage in passages {
            match passage {
                Passage::Or(inner) => flat.extend(inner),
                _ => flat.push(passage),
            }
        }
        match flat.len() {
            1 => flat.remove(0),
            _ => Passage::Or(flat),
        }
    }

    /// The passage with its words in that case, where they are in none yet.
    pub(super) fn in_case(self, case: Case) -> Passage {
        let word = |word: Word| match word.case {
            Case::Any => Word {
                form: match word.form {
                    Form::Stem => Form::Exact,
                    form => form,
                },
                case,
                ..word
            },
            _ => word,
        };
        match self {
            Passage::Word(inner) => Passage::Word(word(inner)),
            Passage::Phrase(words) => Passage::Phrase(words.into_iter().map(word).collect()),
            Passage::Mention { .. } => self,
            Passage::Or(passages) => {
                let passages = passages.into_iter();
                Passage::Or(passages.map(|passage| passage.in_case(case)).collect())
            }
            Passage::Near {
                left,
                right,
                proximity,
            } => Passage::Near {
                left: Box::new(left.in_case(case)),
                right: Box::new(right.in_case(case)),
                proximity,
            },
        }
    }

    /// How many levels deep it is nested.
    pub(super) fn depth(&self) -> usize {
        match self {
            Passage::Word(_) | Passage::Phrase(_) | Passage::Mention { .. } => 1,
            Passage::Or(passages) => {
                1 + passages
                    .iter()
                    .map(Passage::depth)
                    .max()
                    .unwrap_or_default()
            }
            Passage::Near { left, right, .. } => 1 + left.depth().max(right.depth()),
        }
    }

    /// How many of its words have to be compared with all words of an index.
    pub(super) fn n_compared(&self) -> usize {
        match self {
            Passage::Word(word) => usize::from(word.is_compared()),
            Passage::Phrase(words) => words.iter().filter(|word| word.is_compared()).count(),
            Passage::Mention { .. } => 0,
            Passage::Or(passages) => passages.iter().map(Passage::n_compared).sum(),
            Passage::Near { left, right, .. } => left.n_compared() + right.n_compared(),
        }
    }

    /// Whether it is words or a phrase, and so may be missing from a relaxed answer.
    pub(super) fn is_plain(&self) -> bool {
        match self {
            Passage::Word(_) | Passage::Phrase(_) => true,
            // What synonyms add to words does not make them a condition.
            Passage::Or(passages) => passages.iter().any(Passage::is_plain),
            Passage::Mention { .. } | Passage::Near { .. } => false,
        }
    }
}

/// A passage of a field, as it is written.
pub(super) struct Of<'a>(pub(super) &'static Field, pub(super) &'a Passage);

impl fmt::Display for Of<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Of(field, passage) = *self;
        match passage {
            Passage::Word(word) => in_case(f, word.case, |f| one_word(f, field, word)),
            Passage::Phrase(words) => {
                let case = words.first().map_or(Case::Any, |word| word.case);
                in_case(f, case, |f| {
                    let words: Vec<String> =
                        words.iter().map(|word| Typed(word).to_string()).collect();
                    write!(f, "{}{}", Prefixed(field), Quoted(&words.join(" ")))
                })
            }
            Passage::Mention { field, values } => match values.as_slice() {
                [] => write!(f, "{}:*", field.name),
                [value] => write!(f, "{}:{}", field.name, Name(value)),
                _ => {
                    write!(f, "{}:(", field.name)?;
                    joined(f, values.iter().map(|value| Name(value)), " OR ")?;
                    f.write_str(")")
                }
            },
            Passage::Or(passages) => {
                joined(f, passages.iter().map(|passage| Of(field, passage)), " OR ")
            }
            Passage::Near {
                left,
                right,
                proximity,
            } => write!(
                f,
                "{} {proximity} {}",
                Operand(field, left),
                Operand(field, right)
            ),
        }
    }
}

/// A side of `W/5`, in parentheses where it needs them.
struct Operand<'a>(&'static Field, &'a Passage);

impl fmt::Display for Operand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Operand(field, passage) = *self;
        match passage {
            Passage::Or(_) | Passage::Near { .. } => write!(f, "({})", Of(field, passage)),
            _ => write!(f, "{}", Of(field, passage)),
        }
    }
}

impl fmt::Display for Proximity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("NOT ")?;
        }
        f.write_str(if self.ordered { "PRE/" } else { "W/" })?;
        match self.reach {
            Reach::Words(n_words) => write!(f, "{n_words}"),
            Reach::Sentence => f.write_str("S"),
            Reach::Paragraph => f.write_str("P"),
        }
    }
}

fn in_case(
    f: &mut fmt::Formatter<'_>,
    case: Case,
    inside: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    let operator = Case::OPERATORS.iter().find(|(_, known)| *known == case);
    let Some((name, _)) = operator else {
        return inside(f);
    };
    write!(f, "{name}(")?;
    inside(f)?;
    f.write_str(")")
}

fn one_word(f: &mut fmt::Formatter<'_>, field: &'static Field, word: &Word) -> fmt::Result {
    let is_default = field.name == names::DEFAULT;
    let typed = Typed(word).to_string();
    if !is_default && typed.starts_with(['[', '{', '<', '>']) {
        // Right behind the colon they would open a range.
        return write!(f, "{}:({typed})", field.name);
    }
    if is_default && matches!(word.form, Form::Stem | Form::Exact) && needs_field(&typed) {
        write!(f, "{}:", field.name)?;
    }
    write!(f, "{}{typed}", Prefixed(field))
}

/// A word with the marks of its form.
struct Typed<'a>(&'a Word);

impl fmt::Display for Typed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Word { text, form, case } = self.0;
        match form {
            // Words in a case are exact by themselves.
            Form::Exact if *case == Case::Any => write!(f, "={text}"),
            Form::Stem | Form::Exact | Form::Wildcard => f.write_str(text),
            Form::Fuzzy(1) => write!(f, "{text}~"),
            Form::Fuzzy(distance) => write!(f, "{text}~{distance}"),
            Form::Regex => write!(f, "/{text}/"),
        }
    }
}
