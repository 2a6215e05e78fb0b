//! The people of an article as the text goes on: who was last spoken of, and who holds which office.
//! A pronoun or `the minister` goes in, the person comes out, or nobody.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;

use super::lexicon::Role;
use crate::article::Value;
use crate::extract::person::Gender;
use crate::text::tokens::Text;
use crate::text::words::one_of;

/// Most people have few.
type Roles = SmallVec<[Role; 8]>;

/// A person of the article.
#[derive(Debug, Clone, Default)]
struct Person {
    gender: Option<Gender>,
    /// As the given names have it; nothing where the gender is known.
    guess: Option<Gender>,
    /// The offices in which the article names the person.
    roles: Roles,
    /// The offices that the article says they held once.
    former: Roles,
    /// The offices that the authority file has them in.
    incumbent: Roles,
    /// The words that go with them: state, party.
    modifiers: SmallVec<[u64; 2]>,
    /// The states of which they speak, by their values.
    states: SmallVec<[&'static str; 1]>,
    party: Option<Party>,
}

impl Person {
    fn gender(&self) -> Option<Gender> {
        self.gender.or(self.guess)
    }
}

/// Somebody who was spoken of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recent {
    /// Nobody of a name (`a spokesman`).
    pub(super) person: Option<usize>,
    pub(super) place: Place,
    pub(super) weight: Weight,
    /// What the noun for nobody of a name tells (`a woman`).
    pub(super) gender: Option<Gender>,
}

/// A place in the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) paragraph: usize,
    /// Counted through the article.
    pub(super) sentence: usize,
    /// The number of the chunk in its paragraph.
    pub(super) chunk: usize,
}

/// How prominent the phrase was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// The object of a verb or preposition.
    Other,
    /// The owner of something.
    Owner,
    /// The subject of a clause that is reported: `said that Abe left`.
    Reported,
    /// The subject of another clause within the sentence.
    Embedded,
    /// The first subject of the sentence.
    Subject,
    Speaker,
}

#[derive(Debug, Default)]
pub(super) struct People {
    persons: IndexMap<Value, Person, FxBuildHasher>,
    holders: FxHashMap<Role, SmallVec<[usize; 2]>>,
    recent: Vec<Recent>,
    pair: Option<Pair>,
    /// The offices and trades of those who have no name.
    unnamed: Roles,
}

/// People who were named together.
#[derive(Debug)]
struct Pair {
    persons: SmallVec<[usize; 2]>,
    place: Place,
    /// Whether they were the subject, and no other several since.
    subject: bool,
}

/// More holders of an office are no help in telling one.
const MOST_HOLDERS: usize = 16;
/// More words of description are none.
const MOST_MODIFIERS: usize = 32;
/// How far back a pronoun is resolved.
const REACH: usize = 24;

impl People {
    /// The number of a person, new or known.
    pub(super) fn number(&mut self, value: &Value) -> usize {
        if let Some(person) = self.persons.get_index_of(value) {
            return person;
        }
        let (person, _) = self.persons.insert_full(value.clone(), Person::default());
        person
    }

    pub(super) fn is_empty(&self) -> bool {
        self.persons.is_empty()
    }

    pub(super) fn value(&self, person: usize) -> &Value {
        let (value, _) = self
            .persons
            .get_index(person)
            .expect("a person has a number");
        value
    }

    /// What is known first stays.
    pub(super) fn learn_gender(&mut self, person: usize, gender: Option<Gender>) {
        let known = &mut self.persons[person].gender;
        *known = known.or(gender);
    }

    pub(super) fn guess_gender(&mut self, person: usize, gender: Option<Gender>) {
        self.persons[person].guess = gender;
    }

    pub(super) fn learn_party(&mut self, person: usize, party: Party) {
        self.persons[person].party.get_or_insert(party);
    }

    pub(super) fn learn_roles(&mut self, person: usize, roles: &[Role]) {
        for &role in roles {
            if !self.persons[person].roles.contains(&role) {
                self.persons[person].roles.push(role);
                let holders = self.holders.entry(role).or_default();
                if holders.len() < MOST_HOLDERS {
                    holders.push(person);
                }
            }
        }
    }

    pub(super) fn learn_former_roles(&mut self, person: usize, roles: &[Role]) {
        for &role in roles {
            let Person { former, .. } = &mut self.persons[person];
            if !former.contains(&role) {
                former.push(role);
                let holders = self.holders.entry(role).or_default();
                if holders.len() < MOST_HOLDERS {
                    holders.push(person);
                }
            }
        }
    }

    pub(super) fn learn_incumbency(&mut self, person: usize, roles: &[Role]) {
        let incumbent = &mut self.persons[person].incumbent;
        for role in roles {
            if !incumbent.contains(role) {
                incumbent.push(*role);
            }
        }
    }

    pub(super) fn learn_modifier(&mut self, person: usize, fold: u64) {
        let modifiers = &mut self.persons[person].modifiers;
        if modifiers.len() < MOST_MODIFIERS && !modifiers.contains(&fold) {
            modifiers.push(fold);
        }
    }

    pub(super) fn learn_state(&mut self, person: usize, state: &'static str) {
        let states = &mut self.persons[person].states;
        if states.len() < MOST_MODIFIERS && !states.contains(&state) {
            states.push(state);
        }
    }

    /// The person who was spoken of, if nobody else was; or the only one who spoke or of whom sentences told, more often than any
    /// other is spoken of.
    pub(super) fn only(&self) -> Option<usize> {
        let only = |least: Weight| {
            let recent = self.recent.iter().filter(|recent| recent.weight >= least);
            sole(recent.filter_map(|recent| recent.person))
        };
        only(Weight::Other).or_else(|| {
            let first = only(Weight::Subject)?;
            let mut n_times = vec![0; self.persons.len()];
            for person in self.recent.iter().filter_map(|recent| recent.person) {
                n_times[person] += 1;
            }
            let most = n_times.iter().max().copied();
            let leads = n_times.iter().filter(|&&n| Some(n) == most).count() == 1;
            (leads && Some(n_times[first]) == most).then_some(first)
        })
    }

    /// The person of those spoken of whose surname a title has, if there is one only.
    pub(super) fn only_in(&self, title: &Text) -> Option<usize> {
        let is_titled = |person: &usize| {
            let value = self.value(*person);
            let surname = value.rsplit(' ').next().unwrap_or(value);
            (0..title.tokens.len()).any(|token_idx| title.is(token_idx, surname))
        };
        let persons = self.recent.iter().filter_map(|recent| recent.person);
        sole(persons.filter(is_titled))
    }

    /// Remembers that one is spoken of who has no name: `a designer watched`.
    pub(super) fn meet(&mut self, roles: &[Role]) {
        for role in roles {
            if !self.unnamed.contains(role) {
                self.unnamed.push(*role);
            }
        }
    }

    pub(super) fn note(&mut self, recent: Recent) {
        self.recent.push(recent);
    }

    /// Remembers people who are named together.
    pub(super) fn note_pair(&mut self, persons: &[usize], place: Place, subject: bool) {
        self.pair = Some(Pair {
            persons: persons.into(),
            place,
            subject,
        });
    }

    /// Whether several who are spoken of may be people who were named together.
    pub(super) fn has_pair(&self) -> bool {
        self.pair.as_ref().is_some_and(|pair| pair.subject)
    }

    /// Remembers that others than those of the last pair are spoken of as several.
    pub(super) fn note_several(&mut self) {
        if let Some(pair) = &mut self.pair {
            pair.subject = false;
        }
    }

    /// The people whom `both men` means, or `they` where `subject` asks for the subject of a sentence just before.
    pub(super) fn of_pair(&self, at: Place, subject: bool) -> &[usize] {
        match &self.pair {
            Some(pair)
                if at.paragraph <= pair.place.paragraph + 1
                    && at.sentence <= pair.place.sentence + 2
                    && (pair.subject || !subject) =>
            {
                &pair.persons
            }
            _ => &[],
        }
    }

    /// The person of whom a chunk of a paragraph was taken to speak.
    pub(super) fn noted(&self, paragraph: usize, chunk: usize) -> Option<usize> {
        let mut recent = self.recent.iter().rev().take(REACH);
        let is_here =
            |recent: &&Recent| recent.place.paragraph == paragraph && recent.place.chunk == chunk;
        recent.find(is_here)?.person
    }

    /// Forgets what was taken from a place, so that it can be asked again.
    pub(super) fn forget(&mut self, place: Place) {
        let from = self.recent.len().saturating_sub(REACH);
        if let Some(at) = self.recent[from..]
            .iter()
            .rposition(|recent| recent.place == place)
        {
            self.recent.remove(from + at);
        }
    }

    /// The person that `he` or `she` means at a place, and how many paragraphs before; never one of `others`, whom the same
    /// sentence names beside the pronoun.
    pub(super) fn of_pronoun(
        &self,
        gender: Gender,
        at: Place,
        reach: Reach,
        others: &[usize],
    ) -> Option<(usize, usize)> {
        let best = self.best(at, reach, |recent| match recent.person {
            Some(person) if others.contains(&person) => None,
            Some(person) => match self.persons[person].gender() {
                Some(known) if known != gender => None,
                Some(_) => Some(0),
                None => Some(-2),
            },
            None if recent.gender.is_some_and(|known| known != gender) => None,
            None => Some(0),
        });
        let (_, recent) = best?;
        let distance = at.paragraph - recent.place.paragraph;
        // `Robin Hale disagreed. “No,” she said.`: rather Robin than somebody of a paragraph before, and so nobody for certain.
        let may_be_other = |nearer: &&Recent| {
            let person = nearer.person.map(|person| &self.persons[person]);
            nearer.place.paragraph == at.paragraph
                && nearer.place.sentence + 1 == at.sentence
                && nearer.weight >= Weight::Subject
                && person.is_some_and(|person| person.gender.is_none() && person.guess.is_some())
        };
        let mut nearer = self.recent.iter().rev().take(REACH);
        if distance > 0 && nearer.any(|recent| may_be_other(&recent)) {
            return None;
        }
        // `In the next stall sat Abe. “All sold,” he said.`: no one of a paragraph before.
        if distance > 0
            && reach == Reach::Dialogue
            && let Some((person, weight)) = self.only_before(gender, at, others)
        {
            // `It followed a call with Abe. “No,” he said.`: Abe, or who spoke before.
            return (weight > Weight::Other).then_some((person, 0));
        }
        Some((recent.person?, distance))
    }

    /// The only one of that gender whom the sentence just before names, in the same paragraph, and how prominently.
    fn only_before(&self, gender: Gender, at: Place, others: &[usize]) -> Option<(usize, Weight)> {
        let near = self.recent.iter().rev().take(REACH);
        let near = near.filter(|recent| {
            recent.place.paragraph == at.paragraph && recent.place.sentence + 1 == at.sentence
        });
        let persons = near.filter_map(|recent| Some((recent.person?, recent.weight)));
        let mut persons = persons.filter(|(person, _)| {
            let known = self.persons[*person].gender();
            !others.contains(person) && known.is_none_or(|known| known == gender)
        });
        let (first, mut most) = persons.next()?;
        let is_only = persons.all(|(person, weight)| {
            most = most.max(weight);
            person == first
        });
        is_only.then_some((first, most))
    }

    /// The person that `the Ohio senator` means: one who is named in that office, or the one just spoken of; never one of
    /// `others`, whom the same sentence names beside it.
    pub(super) fn of_office(
        &self,
        office: &Office,
        at: Place,
        reach: Reach,
        others: &[usize],
    ) -> Option<usize> {
        let holders = self.recent.iter().rev().take(REACH).filter_map(|recent| {
            let person = recent.person.filter(|person| !others.contains(person))?;
            let known = &self.persons[person];
            (office.fits(known) && office.is_held_by(known)).then_some(known)
        });
        // How much the one has in common with the description who is best told by it.
        let most_shared = holders.map(|known| office.n_shared(known)).max();
        let held = !office.several && most_shared.is_some();
        let best = self.best(at, reach, |recent| {
            let person = recent.person.filter(|person| !others.contains(person))?;
            let person = &self.persons[person];
            if !office.fits(person) {
                return None;
            }
            let holds = office.is_held_by(person);
            // Nobody else is meant where one was told to hold it.
            if held && !holds {
                return None;
            }
            let near = recent.weight >= Weight::Owner && at.paragraph <= recent.place.paragraph + 1;
            if !holds && (office.told || !near) {
                return None;
            }
            // Of two nominees whose party nobody has told, either may be `the Republican nominee`.
            if office.party.is_some() && person.party.is_none() {
                return near.then_some(DIFFERS);
            }
            let n_shared = office.n_shared(person);
            // Of a Kenyan and a Ugandan minister only one is `the Ugandan minister`.
            if holds && most_shared.is_some_and(|most| n_shared < most) {
                return None;
            }
            Some(if holds {
                HOLDS + SHARES * n_shared.min(2) as i32
            } else {
                DIFFERS * office.modifiers.len().saturating_sub(n_shared).min(3) as i32
            })
        });
        if let Some((score, recent)) = best
            && score >= LEAST
        {
            return recent.person;
        }
        // Whoever holds the office, however long ago he was named.
        let mut holders: Vec<usize> = office
            .roles
            .iter()
            .filter_map(|role| self.holders.get(role))
            .flatten()
            .filter(|person| {
                !others.contains(person)
                    && office.fits(&self.persons[**person])
                    && office.is_held_by(&self.persons[**person])
                    && (office.party.is_none() || self.persons[**person].party.is_some())
            })
            .copied()
            .collect();
        holders.sort_unstable();
        holders.dedup();
        match holders.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The person of whom alone this paragraph and the one before speak, if nothing is told of his office.
    pub(super) fn only_near(&self, office: &Office, at: Place, others: &[usize]) -> Option<usize> {
        // `A designer watched. “It hurts,” the designer said.`
        if office.roles.iter().any(|role| self.unnamed.contains(role)) {
            return None;
        }
        let near = self.recent.iter().rev().take(REACH);
        let mut near = near
            .take_while(|recent| at.paragraph <= recent.place.paragraph + 1)
            .filter(|recent| recent.place != at);
        let mut only = None;
        let mut is_subject = false;
        let is_only = near.all(|recent| match recent.person {
            Some(person) => {
                is_subject |= recent.weight >= Weight::Subject;
                *only.get_or_insert(person) == person
            }
            None => recent.weight < Weight::Embedded,
        });
        only.filter(|person| {
            let known = &self.persons[*person];
            is_only
                && is_subject
                && known.roles.is_empty()
                && known.former.is_empty()
                && office.fits(known)
                && !others.contains(person)
        })
    }

    /// The most prominent of those last spoken of, among those to whom `bonus` gives a figure.
    fn best(
        &self,
        at: Place,
        reach: Reach,
        bonus: impl Fn(&Recent) -> Option<i32>,
    ) -> Option<(i32, Recent)> {
        let mut best: Option<(i32, Recent)> = None;
        for recent in self.recent.iter().rev().take(REACH) {
            if reach == Reach::SentencesBefore && recent.place.sentence == at.sentence {
                continue;
            }
            // Nobody is told by himself.
            if recent.place == at {
                continue;
            }
            // What comes later in the paragraph is not meant.
            if recent.place.paragraph == at.paragraph && recent.place.chunk > at.chunk {
                continue;
            }
            let Some(bonus) = bonus(recent) else {
                continue;
            };
            let n_sentences = (at.sentence - recent.place.sentence.min(at.sentence)) as i32;
            let n_paragraphs = (at.paragraph - recent.place.paragraph.min(at.paragraph)) as i32;
            if n_paragraphs > 4 {
                break;
            }
            let weight = match recent.weight {
                Weight::Other => 0,
                Weight::Owner => 4,
                Weight::Reported => 4,
                Weight::Embedded => 8,
                Weight::Subject => 10,
                Weight::Speaker if reach == Reach::Dialogue => 16,
                Weight::Speaker => 10,
            };
            let score = weight + bonus - 4 * n_sentences.min(8) - 2 * n_paragraphs;
            if best.is_none_or(|(other, _)| score > other) {
                best = Some((score, *recent));
            }
        }
        best
    }
}

/// The person that all of these are, if there are any.
fn sole(mut persons: impl Iterator<Item = usize>) -> Option<usize> {
    let first = persons.next()?;
    persons.all(|other| other == first).then_some(first)
}

/// Where the one who is meant was spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    SameSentence,
    /// Not in the sentence itself: in `Trump will lose, he said`, he is somebody else.
    SentencesBefore,
    /// Beside a quotation: most likely the one who spoke last.
    Dialogue,
}

/// A description in place of a name.
#[derive(Debug, Default)]
pub(super) struct Office {
    pub(super) roles: &'static [Role],
    pub(super) modifiers: Vec<u64>,
    /// The states that it names, by their values.
    pub(super) states: SmallVec<[&'static str; 1]>,
    pub(super) gender: Option<Gender>,
    pub(super) party: Option<Party>,
    /// Whether it is one who held the office before.
    pub(super) former: bool,
    /// Whether a text may call several people so: `the candidate`.
    pub(super) several: bool,
    /// Whether only one is meant of whom the article has told it: `the prosecutor`, `the leader of the delegation`.
    pub(super) told: bool,
}

impl Office {
    /// Whether nothing that is known of a person speaks against the description.
    fn fits(&self, person: &Person) -> bool {
        let differs = |asked: Option<Party>, known: Option<Party>| {
            asked.is_some_and(|asked| known.is_some_and(|known| known != asked))
        };
        let other_gender = self
            .gender
            .is_some_and(|gender| person.gender().is_some_and(|known| known != gender));
        !other_gender
            && !differs(self.party, person.party)
            && !self.is_of_another(person)
            && !self.is_of_another_state(person)
    }

    /// Whether the offices of a person are all of other states.
    fn is_of_another_state(&self, person: &Person) -> bool {
        let is_theirs = |state: &&str| person.states.contains(state);
        !self.states.is_empty() && !person.states.is_empty() && !self.states.iter().any(is_theirs)
    }

    /// Whether a person holds such an office of another department, or where a former one is asked for, holds it still.
    fn is_of_another(&self, person: &Person) -> bool {
        let holds = |roles: &[Role]| roles.iter().any(|role| self.roles.contains(role));
        if self.former && holds(&person.incumbent) && !holds(&person.former) {
            return true;
        }
        let mut own = self.modifiers.iter().filter_map(|word| department(*word));
        let mut theirs = person
            .modifiers
            .iter()
            .filter_map(|word| department(*word))
            .peekable();
        let is_known = theirs.peek().is_some();
        let theirs: Vec<Department> = theirs.collect();
        let mut is_asked = false;
        let shares = own.any(|department| {
            is_asked = true;
            theirs.contains(&department)
        });
        is_known && is_asked && !shares && (holds(&person.roles) || holds(&person.former))
    }

    fn is_held_by(&self, person: &Person) -> bool {
        // A prime minister is no other minister.
        let is_prime = |modifiers: &[u64]| modifiers.iter().any(|word| one_of!(*word, "prime"));
        if is_prime(&self.modifiers) && !is_prime(&person.modifiers) {
            return false;
        }
        let holds = |roles: &[Role]| roles.iter().any(|role| self.roles.contains(role));
        holds(&person.roles) || self.former && holds(&person.former)
    }

    fn n_shared(&self, person: &Person) -> usize {
        let modifiers = self.modifiers.iter();
        let states = self.states.iter();
        modifiers
            .filter(|modifier| person.modifiers.contains(modifier))
            .count()
            + states.filter(|state| person.states.contains(state)).count()
    }
}

/// What a ministry is for; those that are often one are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Department {
    Agriculture,
    Defence,
    Economy,
    Education,
    Energy,
    Finance,
    Foreign,
    Health,
    Interior,
    Justice,
    Labour,
    Transport,
}

/// The department that a word of an office tells.
fn department(fold: u64) -> Option<Department> {
    Some(
        if one_of!(fold, "agriculture" | "farm" | "fisheries" | "food") {
            Department::Agriculture
        } else if one_of!(fold, "defence" | "defense" | "war") {
            Department::Defence
        } else if one_of!(
            fold,
            "business" | "commerce" | "economic" | "economy" | "industry" | "trade"
        ) {
            Department::Economy
        } else if one_of!(fold, "education" | "science") {
            Department::Education
        } else if one_of!(fold, "energy" | "oil" | "petroleum") {
            Department::Energy
        } else if one_of!(fold, "finance" | "treasury") {
            Department::Finance
        } else if one_of!(fold, "foreign") {
            Department::Foreign
        } else if one_of!(fold, "health") {
            Department::Health
        } else if one_of!(fold, "home" | "homeland" | "interior") {
            Department::Interior
        } else if one_of!(fold, "attorney" | "justice") {
            Department::Justice
        } else if one_of!(fold, "employment" | "labor" | "labour") {
            Department::Labour
        } else if one_of!(fold, "transport" | "transportation") {
            Department::Transport
        } else {
            return None;
        },
    )
}

/// The two parties whose names tell American politicians apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party {
    Democratic,
    Republican,
}

impl Party {
    pub(super) fn of(word: &str) -> Option<Party> {
        Some(match word {
            "Democrat" | "Democratic" | "D" => Party::Democratic,
            "Republican" | "GOP" | "R" => Party::Republican,
            _ => return None,
        })
    }
}

/// What it counts that the article names the person in the office.
const HOLDS: i32 = 12;
/// What each word counts that goes with both (`Ohio`).
const SHARES: i32 = 6;
/// What each word counts that is said of the office and not of a person who does not hold it.
const DIFFERS: i32 = -4;
/// The least score with which a person is taken.
const LEAST: i32 = -6;
