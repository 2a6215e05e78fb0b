//! Candidates to people: which candidates are names of persons, and which of them name the same person.

use std::borrow::Cow;
use std::ops::{Deref, Range};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::authority::{Holder, Holders};
use super::columns::{Column, column, enumerates};
use super::evidence::{Evidence, THRESHOLD, observe};
use super::lexicon::{self, Flags, flags, join, short_form_group};
use super::roster::Gender;
use super::scan::{
    Candidate, Flow, MAX_PARTS, Part, PartKind, Scan, TitleBefore, first_letter, spelled,
};
use super::{Countries, Country};
use crate::article::Value;
use crate::extract::country::STREETS;
use crate::text::fold::fold;
use crate::text::tokens::{Kind, Text};
use crate::text::words::one_of;

/// A mention of a person, in tokens of a text (0 is the title).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Naming {
    pub(super) text: usize,
    pub(super) tokens: Range<usize>,
    pub(super) person: usize,
    pub(super) rule: &'static str,
}

/// What the article around the texts tells.
pub(super) struct Setting<'a> {
    /// The title, then the paragraphs.
    pub(super) texts: Vec<&'a Text<'a>>,
    pub(super) year: Option<i16>,
    pub(super) countries: Countries,
    pub(super) holders: Holders<'a>,
}

/// All candidates that are written alike.
struct Type {
    /// A candidate to show for them, written in capitals only if all are.
    example: u32,
    evidence: Evidence,
    single: bool,
    accepted: bool,
    rule: &'static str,
    person: Option<u32>,
    /// The first candidates that stand behind an office, at most `MOST_TITLED`; of "Ministers Quillby and Ondreth" both have
    /// the first.
    titled: Vec<u32>,
    /// As "Mr" or "Ms" tells.
    gender: Option<Gender>,
    /// Whether a firm of the article bears the name.
    firm: bool,
}

/// The rule of a surname that stands for a person named in full.
const SURNAME_CARRIED: &str = "surname carried";

/// How many titles of a surname are read to tell which office holder it means.
const MOST_TITLED: usize = 4;

/// A person in the making.
struct Person<'a> {
    /// The fullest name so far.
    example: u32,
    n_parts: usize,
    holder: Option<&'a Holder>,
    gender: Option<Gender>,
    /// The last word of the first title before the full name.
    title: Option<u64>,
    /// Where the person was last mentioned: the number of the candidate.
    seen: u32,
    /// How often so far.
    n_seen: u32,
    /// How often by the surname alone.
    n_alone: u32,
    /// The candidate whose surname the person bears, too: "Ana and Losa Quillby".
    shares: Option<u32>,
}

/// How a part of a person's name may stand for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Surname,
    Middle,
    Given,
}

/// The candidates of an article on their way to its people.
pub(super) struct Book<'a> {
    setting: &'a Setting<'a>,
    scan: &'a Scan,
    types: Vec<Type>,
    /// By candidate.
    type_of: Vec<u32>,
    observed: Vec<Evidence>,
    people: Vec<Person<'a>>,
    /// By the key of a part: people with such a part, at most `MOST_NAMESAKES`.
    by_part: FxHashMap<u64, SmallVec<[(Role, u32); 2]>>,
}

/// More people of one name than an article has; the bound keeps hostile texts linear.
const MOST_NAMESAKES: usize = 16;

impl<'a> Book<'a> {
    /// Gathers what each candidate tells by itself.
    pub(super) fn observe(setting: &'a Setting<'a>, scan: &'a Scan) -> Book<'a> {
        let mut book = Book {
            setting,
            scan,
            types: Vec::new(),
            type_of: Vec::new(),
            observed: Vec::new(),
            people: Vec::new(),
            by_part: FxHashMap::default(),
        };
        let candidates = scan.candidates.iter();
        book.observed = candidates
            .map(|candidate| book.observed(candidate))
            .collect();
        book
    }

    /// The texts in which they are named.
    pub(super) fn texts(&self) -> &'a [&'a Text<'a>] {
        &self.setting.texts
    }

    /// The people: their values, and where they are named.
    pub(super) fn people(mut self) -> (Vec<Value>, Vec<Naming>) {
        self.types();
        self.judge();
        // Only persons make persons of others.
        if !self.types.iter().any(|known| known.accepted) {
            return (Vec::new(), Vec::new());
        }
        self.columns();
        self.lists();
        self.enumerations();
        self.surnames_of_several_words();
        self.full_names();
        let namings = self.namings();
        (self.values(), namings)
    }

    /// Puts those together that are written alike.
    fn types(&mut self) {
        let (setting, scan) = (self.setting, self.scan);
        self.types.reserve(scan.candidates.len());
        self.type_of.reserve(scan.candidates.len());
        let mut by_key: FxHashMap<u64, u32> = FxHashMap::default();
        by_key.reserve(scan.candidates.len());
        // The last candidate with an office in the plural, and where its enumeration ends so far.
        let mut office_of_several: Option<(u32, usize)> = None;
        for (candidate_idx, candidate) in scan.candidates.iter().enumerate() {
            let observed = self.observed[candidate_idx];
            // "King" alone tells nothing of who else is a person.
            let evidence = if candidate.office {
                Evidence::default()
            } else {
                observed
            };
            let parts = self.parts(candidate);
            // Father and son are two: "Ana Quillby Sr." and "Jr.".
            let key = parts.iter().fold(0, |key, part| join(key, part.key));
            let single = candidate.single;
            let type_idx = *by_key.entry(key).or_insert_with(|| {
                self.types.push(Type {
                    example: candidate_idx as u32,
                    evidence,
                    single,
                    accepted: false,
                    rule: "",
                    person: None,
                    titled: Vec::new(),
                    gender: None,
                    firm: false,
                });
                self.types.len() as u32 - 1
            });
            let known = &mut self.types[type_idx as usize];
            known.evidence = known.evidence.pooled(evidence);
            let text = setting.texts[candidate.text as usize];
            let start = candidate.title_start as usize;
            let end = parts.last().map_or(start, |part| part.end as usize);
            office_of_several = match (candidate.title, office_of_several) {
                (TitleBefore::Office, _) => {
                    let name = parts.first().map_or(start, |part| part.start as usize);
                    let last = text.tokens.get(name.wrapping_sub(1));
                    let several = last.is_some_and(|title| lexicon::of(title).any(Flags::ROLES));
                    several.then_some((candidate_idx as u32, end))
                }
                (TitleBefore::None, Some((leader, before)))
                    if scan.candidates[leader as usize].text == candidate.text
                        && start == before + 1
                        && one_of!(text.small(before), "," | "and") =>
                {
                    Some((leader, end))
                }
                _ => None,
            };
            let office = match office_of_several {
                Some((leader, _)) => Some(leader),
                None => (candidate.title == TitleBefore::Office).then_some(candidate_idx as u32),
            };
            if let Some(office) = office.filter(|_| single && known.titled.len() < MOST_TITLED) {
                known.titled.push(office);
            }
            known.gender = known.gender.or(match candidate.title {
                TitleBefore::Mr => Some(Gender::Male),
                TitleBefore::Mrs => Some(Gender::Female),
                _ => None,
            });
            let example = &scan.candidates[known.example as usize];
            if example.flow == Flow::Upper && candidate.flow != Flow::Upper {
                known.example = candidate_idx as u32;
            }
            self.type_of.push(type_idx);
        }
    }

    fn parts(&self, candidate: &Candidate) -> &'a [Part] {
        &self.scan.parts[candidate.parts.start as usize..candidate.parts.end as usize]
    }

    fn text(&self, candidate: &Candidate) -> &'a Text<'a> {
        self.setting.texts[candidate.text as usize]
    }

    fn observed(&self, candidate: &Candidate) -> Evidence {
        let parts = self.parts(candidate);
        let text = self.text(candidate);
        let mut evidence = observe(text, parts, candidate);
        evidence.add_if(self.names_country(candidate), Evidence::COUNTRY);
        evidence.add_if(self.country_follows(candidate), Evidence::OF_COUNTRY);
        let mut names = names(parts);
        match (names.next(), names.next()) {
            (Some(name), None) => {
                if candidate.single && self.is_held(name) {
                    self.observe_surname(text, parts, name.key, &mut evidence);
                }
            }
            (first, second) => {
                let names = first.into_iter().chain(second).chain(names);
                let mut held = self.setting.holders.by_name(names.map(|part| part.key));
                evidence.add_if(held.next().is_some(), Evidence::AUTHORITY);
            }
        }
        evidence
    }

    /// Whether an office holder bears a surname.
    fn is_held(&self, name: &Part) -> bool {
        name.flags.any(Flags::HOLDER) || self.setting.holders.is_own_surname(name.key)
    }

    /// What the authority file tells of a surname that an office holder bears and that stands alone.
    fn observe_surname(&self, text: &Text, parts: &[Part], key: u64, evidence: &mut Evidence) {
        let plain = Flags::COMMON
            .with(Flags::AMBIGUOUS)
            .with(Flags::GIVEN)
            .with(Flags::CITY);
        // "Kan." and "Il" are abbreviations, too.
        let long = parts.iter().all(|part| {
            let first = &text.tokens[part.start as usize];
            part.end - part.start > 1 || first.end - first.start > 3
        });
        evidence.add_if(long && !flags(key).any(plain), Evidence::AUTHORITY);
        let mut in_office = self
            .setting
            .holders
            .by_surname(key)
            .filter(|holder| self.in_office(holder));
        if let Some(holder) = in_office.next() {
            evidence.add(Evidence::IN_OFFICE);
            let head = |holder: &Holder| self.leads(holder);
            let leads = head(holder) || in_office.any(head);
            evidence.add_if(leads, Evidence::LEADER);
            if leads {
                evidence.remove(Evidence::CITY);
            }
        }
    }

    fn in_office(&self, holder: &Holder) -> bool {
        self.setting
            .year
            .is_some_and(|year| holder.terms.iter().any(|term| term.holds(year)))
    }

    /// Whether a holder leads a state or a government, or negotiates for it, in the year of the article.
    fn leads(&self, holder: &Holder) -> bool {
        const LEADERS: &[&str] = &[
            "president",
            "prime minister",
            "premier",
            "chancellor",
            "general secretary",
            "trade representative",
            "vice president",
            "commission president",
            "trade commissioner",
        ];
        self.setting.year.is_some_and(|year| {
            holder
                .terms
                .iter()
                .any(|term| term.holds(year) && LEADERS.contains(&&*term.office))
        })
    }

    /// Whether "of" and a country follow.
    fn country_follows(&self, candidate: &Candidate) -> bool {
        let text = self.text(candidate);
        let Some(last) = self.parts(candidate).last() else {
            return false;
        };
        let end = last.end as usize;
        if !one_of!(text.small(end), "of" | "from") {
            return false;
        }
        let after = end + 1 + usize::from(text.is(end + 1, "the"));
        let Some(token) = text.tokens.get(after) else {
            return false;
        };
        self.country_at(candidate.text, token.start as usize..token.end as usize)
    }

    fn country_at(&self, text: u32, span: Range<usize>) -> bool {
        !self.countries_in(text, span).is_empty()
    }

    /// The countries that a text names in a range of bytes.
    fn countries_in(&self, text: u32, span: Range<usize>) -> &'a [Country] {
        Country::within(self.setting.countries.of(text as usize), span)
    }

    /// Whether a country's name covers most of the candidate.
    fn names_country(&self, candidate: &Candidate) -> bool {
        let parts = self.parts(candidate);
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return false;
        };
        // Where each token is a part, the parts tell whether one is there at all.
        let is_whole = parts.len() as u32 == last.end - first.start;
        if is_whole && !parts.iter().any(|part| part.country) {
            return false;
        }
        let span = self
            .text(candidate)
            .span(first.start as usize..last.end as usize);
        self.countries_in(candidate.text, span.clone())
            .iter()
            .any(|country| 2 * country.span.len() > span.len())
    }

    /// The first parts of names of firms, "Vosper" of "Vosper Inc".
    fn firms(&self) -> FxHashSet<u64> {
        let mut firms = FxHashSet::default();
        for known in &self.types {
            let parts = self.parts(&self.scan.candidates[known.example as usize]);
            let is_firm = known.evidence.has(Evidence::COMPANY)
                || parts
                    .iter()
                    .skip(1)
                    .any(|part| part.flags.any(Flags::COMPANY) && !part.flags.is_name());
            let first = parts.iter().find(|part| part.kind == PartKind::Name);
            if let (true, Some(first)) = (is_firm, first) {
                firms.insert(first.key);
            }
        }
        firms
    }

    /// Weighs the evidence of each type.
    fn judge(&mut self) {
        // Surnames that stand alone as persons do, for the full names to which they belong.
        let mut alone: FxHashMap<u64, Evidence> =
            FxHashMap::with_capacity_and_hasher(self.types.len(), FxBuildHasher);
        for known in self.types.iter().filter(|known| known.single) {
            let candidate = &self.scan.candidates[known.example as usize];
            let mut names = names(self.parts(candidate));
            if let (Some(name), None) = (names.next(), names.next()) {
                alone.insert(name.key, known.evidence);
            }
        }
        let firms = self.firms();
        let others: FxHashSet<u64> = self.scan.others.iter().copied().collect();
        for type_idx in 0..self.types.len() {
            let known = &self.types[type_idx];
            let candidate = &self.scan.candidates[known.example as usize];
            let mut evidence = known.evidence;
            let mut names = names(self.parts(candidate)).map(|part| part.key);
            let first = names.next();
            let named = first.is_some_and(|key| firms.contains(&key));
            if known.single {
                let is_other = |key| others.contains(&key) || lexicon::is_body(key);
                let firm = named || first.is_some_and(is_other);
                evidence.add_if(firm, Evidence::COMPANY);
            } else {
                let last = names.next_back().or(first);
                if let Some(lone) = last.and_then(|key| alone.get(&key)) {
                    // "Lorimer, 34, laughs"
                    let told = lone.has(Evidence::APPOSITION) && lone.has(Evidence::SPEECH);
                    evidence.add_if(
                        lone.has(Evidence::COURTESY) || lone.has(Evidence::OFFICE) || told,
                        Evidence::ALONE,
                    );
                    evidence.add_if(lone.has(Evidence::SPEECH), Evidence::SPEECH);
                    // Persons are called by the last word of their names, firms by the first.
                    let by_first = first.is_some_and(|key| alone.contains_key(&key));
                    let says = evidence.has(Evidence::SAYS) && lone.has(Evidence::SPEECH);
                    evidence.add_if(says && !by_first, Evidence::TELLS);
                }
            }
            let (sum, rule) = evidence.weigh(known.single);
            let known = &mut self.types[type_idx];
            known.accepted = sum >= THRESHOLD;
            known.rule = rule;
            known.firm = named;
        }
    }

    /// Takes candidates for persons that stand in a column with persons.
    fn columns(&mut self) {
        const FEWEST: usize = 3;
        let n_sure = (0..self.types.len())
            .filter(|&idx| self.is_sure(idx))
            .count();
        if n_sure < FEWEST {
            return;
        }
        let mut places: Vec<(Column, u32)> = Vec::new();
        for (candidate_idx, candidate) in self.scan.candidates.iter().enumerate() {
            let column = column(self.text(candidate), self.parts(candidate), candidate);
            places.extend(column.map(|column| (column, self.type_of[candidate_idx])));
        }
        places.sort_unstable();
        places.dedup();
        for rows in places.chunk_by(|a, b| a.0 == b.0) {
            let types = rows.iter().map(|(_, type_idx)| *type_idx as usize);
            let n_persons = types.clone().filter(|&idx| self.is_sure(idx)).count();
            let n_others = types.clone().filter(|&idx| self.is_other(idx)).count();
            if n_persons < FEWEST || n_persons < 3 * n_others || 3 * n_persons < rows.len() {
                continue;
            }
            for type_idx in types {
                self.support(type_idx, Evidence::COLUMN);
            }
        }
    }

    /// Whether a type is accepted for more than where it stands.
    fn is_sure(&self, type_idx: usize) -> bool {
        let known = &self.types[type_idx];
        let sure = [
            Evidence::GIVEN,
            Evidence::AUTHORITY,
            Evidence::INITIALS,
            Evidence::COURTESY,
            Evidence::OFFICE,
            Evidence::SCORE,
        ];
        known.accepted && (known.single || sure.iter().any(|&sign| known.evidence.has(sign)))
    }

    /// Whether a type is by its words something else than a person.
    fn is_other(&self, type_idx: usize) -> bool {
        let known = &self.types[type_idx];
        let other = [
            Evidence::HEAD,
            Evidence::COMPANY,
            Evidence::COUNTRY,
            Evidence::CITY,
            Evidence::ACRONYM,
            Evidence::LISTED_OTHER,
        ];
        !known.accepted && other.iter().any(|&counter| known.evidence.has(counter))
    }

    /// Adds to the evidence of a type that is no person yet, and judges it again.
    fn support(&mut self, type_idx: usize, more: Evidence) {
        let known = &mut self.types[type_idx];
        if known.accepted {
            return;
        }
        known.evidence.add(more);
        let (sum, rule) = known.evidence.weigh(known.single);
        known.accepted = sum >= THRESHOLD;
        known.rule = rule;
    }

    /// Takes the others of an enumeration for persons where most are: full names first, then single names.
    fn enumerations(&mut self) {
        let scan = self.scan;
        let mut group: Vec<usize> = Vec::new();
        let mut end_before: Option<(u32, usize)> = None;
        for (candidate_idx, candidate) in scan.candidates.iter().enumerate() {
            let text = self.text(candidate);
            let parts = self.parts(candidate);
            let (start, Some(last)) = (candidate.title_start as usize, parts.last()) else {
                continue;
            };
            let end = last.end as usize;
            let bracketed = start > 0 && text.is(start - 1, "(") && text.is(end, ")");
            if bracketed {
                continue;
            }
            let goes_on = end_before.is_some_and(|(text_idx, before)| {
                text_idx == candidate.text && enumerates(text, before, start)
            });
            if !goes_on {
                self.enumeration(&group);
                group.clear();
            }
            group.push(self.type_of[candidate_idx] as usize);
            end_before = Some((candidate.text, end));
        }
        self.enumeration(&group);
    }

    fn enumeration(&mut self, group: &[usize]) {
        if group.len() < 2 {
            return;
        }
        // "Quillby, Ondreth and Co" is one firm.
        let firm = group
            .last()
            .is_some_and(|&idx| self.types[idx].evidence.has(Evidence::COMPANY));
        if firm && group.iter().all(|&idx| self.types[idx].single) {
            for &type_idx in group {
                self.types[type_idx].accepted = false;
            }
            return;
        }
        if group.len() < 3 {
            return;
        }
        for single in [false, true] {
            let n_persons = group
                .iter()
                .filter(|&&idx| self.types[idx].accepted)
                .count();
            let n_full = group.iter().filter(|&&idx| !self.types[idx].single).count();
            let n_others = group.iter().filter(|&&idx| self.is_other(idx)).count();
            let all = if single { group.len() } else { n_full };
            // "Quillby, Ondreth and Vosper" may be the name of one firm.
            let sure = group
                .iter()
                .filter(|&&idx| self.types[idx].accepted && !self.types[idx].single);
            if single && sure.count() < 2
                || n_persons < 2
                || 2 * n_persons < all
                || n_persons < 4 * n_others
            {
                continue;
            }
            for &type_idx in group {
                if self.types[type_idx].single == single {
                    self.support(type_idx, Evidence::ENUMERATED);
                }
            }
        }
    }

    /// Takes candidates in an enumeration with persons for persons, too, if nothing speaks against it.
    fn lists(&mut self) {
        let n_candidates = self.scan.candidates.len();
        for candidate_idx in 1..n_candidates {
            self.listed(candidate_idx - 1, candidate_idx);
        }
        for candidate_idx in (1..n_candidates).rev() {
            self.listed(candidate_idx, candidate_idx - 1);
        }
    }

    /// Takes what ends a longer name of the article for that person's surname: "Lopez Obrador", "Van Quillby".
    fn surnames_of_several_words(&mut self) {
        let mut ends: FxHashSet<u64> = FxHashSet::default();
        let end = |keys: &[u64]| keys.iter().fold(0, |end, &key| join(end, key));
        for known in self.types.iter().filter(|known| known.accepted) {
            let parts = self.parts(&self.scan.candidates[known.example as usize]);
            let keys = name_keys(parts);
            ends.extend((1..keys.len().saturating_sub(1)).map(|from| end(&keys[from..])));
            // A particle that opens a sentence looks like the given name "Van".
            if let [.., particle, last] = parts
                && particle.kind == PartKind::Particle
            {
                ends.insert(end(&[particle.key, last.key]));
            }
        }
        if ends.is_empty() {
            return;
        }
        for type_idx in 0..self.types.len() {
            let known = &self.types[type_idx];
            if known.accepted {
                continue;
            }
            let keys = name_keys(self.parts(&self.scan.candidates[known.example as usize]));
            if keys.len() > 1 && ends.contains(&end(&keys)) {
                self.types[type_idx].accepted = true;
                self.types[type_idx].rule = SURNAME_CARRIED;
            }
        }
    }

    /// Passes the standing of an accepted candidate on to its neighbour in a list.
    fn listed(&mut self, accepted_idx: usize, other_idx: usize) {
        let accepted = &self.types[self.type_of[accepted_idx] as usize];
        let type_idx = self.type_of[other_idx] as usize;
        let other = &self.types[type_idx];
        if !accepted.accepted || other.accepted {
            return;
        }
        let right_idx = accepted_idx.max(other_idx);
        let left = &self.scan.candidates[accepted_idx.min(other_idx)];
        let right = &self.scan.candidates[right_idx];
        if left.text != right.text || left.flow != Flow::Sentence {
            return;
        }
        let end = self.parts(left).last().map_or(0, |part| part.end as usize);
        let start = right.title_start as usize;
        let text = self.text(left);
        let between = start.saturating_sub(end);
        let joins = match between {
            1 => one_of!(text.small(end), "," | "and" | "or" | "et"),
            2 => text.is(end, ",") && one_of!(text.small(end + 1), "and" | "or"),
            _ => false,
        };
        if !joins {
            return;
        }
        let mut evidence = other.evidence;
        evidence.add(Evidence::LISTED);
        let couple = right_idx == accepted_idx && self.is_couple(other_idx, accepted_idx);
        evidence.add_if(couple, Evidence::RELATIVE.with(Evidence::ROLE));
        // "her sons Ana and Losa"
        let kin = accepted.single && accepted.evidence.has(Evidence::RELATIVE);
        evidence.add_if(
            kin && other.single && other.evidence.has(Evidence::GIVEN),
            Evidence::RELATIVE.with(Evidence::ROLE),
        );
        let (sum, rule) = evidence.weigh(other.single);
        let known = &mut self.types[type_idx];
        known.evidence = evidence;
        known.accepted = sum >= THRESHOLD;
        known.rule = rule;
    }

    /// Whether a given name shares the surname of the full name that follows: "Ana and Losa Quillby".
    fn is_couple(&self, given_idx: usize, full_idx: usize) -> bool {
        let Some(full) = self.scan.candidates.get(full_idx) else {
            return false;
        };
        let given = &self.scan.candidates[given_idx];
        let of = |candidate_idx: usize| &self.types[self.type_of[candidate_idx] as usize];
        let (one, other) = (of(given_idx), of(full_idx));
        let end = self.parts(given).last().map_or(0, |part| part.end);
        // "Garfield and William Quillby" are two surnames.
        let surname = Evidence::SURNAME
            .with(Evidence::AUTHORITY)
            .with(Evidence::EMINENT);
        one.single
            && self.parts(given).len() == 1
            && !one.evidence.has(surname)
            && !other.single
            && one.evidence.has(Evidence::GIVEN)
            && other.evidence.has(Evidence::GIVEN)
            && given.text == full.text
            && full.title_start == end + 1
            && self.text(given).is(end as usize, "and")
    }

    /// Makes people of the full names, in the order of the text.
    fn full_names(&mut self) {
        for candidate_idx in 0..self.scan.candidates.len() {
            let type_idx = self.type_of[candidate_idx] as usize;
            let known = &self.types[type_idx];
            if known.single || !known.accepted {
                continue;
            }
            if let Some(person_idx) = known.person {
                self.learn_title(person_idx, candidate_idx);
                continue;
            }
            let example = known.example;
            let person_idx = match self.same_person(example) {
                Some(person_idx) => {
                    self.enrich(person_idx, example);
                    person_idx
                }
                None => self.add_person(example),
            };
            self.types[type_idx].person = Some(person_idx);
            self.learn_title(person_idx, candidate_idx);
        }
    }

    fn learn_title(&mut self, person_idx: u32, candidate_idx: usize) {
        let title = self.title(&self.scan.candidates[candidate_idx]);
        let person = &mut self.people[person_idx as usize];
        person.title = person.title.or(title);
    }

    /// The last word of the office before a name.
    fn title(&self, candidate: &Candidate) -> Option<u64> {
        if candidate.title != TitleBefore::Office {
            return None;
        }
        let text = self.text(candidate);
        let name = self.parts(candidate).first()?.start as usize;
        let last = name.checked_sub(1)?;
        let last = last - usize::from(text.is(last, "."));
        text.tokens.get(last).map(|token| token.fold)
    }

    /// The person of whose name another full name is a variant.
    fn same_person(&self, candidate_idx: u32) -> Option<u32> {
        let candidate = &self.scan.candidates[candidate_idx as usize];
        let parts = self.parts(candidate);
        let last = names(parts).next_back()?;
        let found = self.by_part.get(&last.key)?;
        let mut same = found
            .iter()
            .filter(|(role, _)| *role != Role::Given)
            .map(|(_, person_idx)| *person_idx)
            .filter(|&person_idx| self.agree(person_idx, candidate));
        let first = same.next()?;
        // A name that fits two people names neither of them.
        same.all(|other| other == first).then_some(first)
    }

    /// Whether the given names of a person and of a candidate with the same surname do not contradict each other.
    fn agree(&self, person_idx: u32, candidate: &Candidate) -> bool {
        let person = &self.people[person_idx as usize];
        let other = &self.scan.candidates[person.example as usize];
        let (left, right) = (self.parts(candidate), self.parts(other));
        // "John Adams" is not "John Quincy Adams".
        if let (Some(one), Some(two)) = (self.holder(candidate, &name_keys(left)), person.holder)
            && one.value != two.value
        {
            return false;
        }
        let suffix = |parts: &[Part]| {
            let suffix = parts.iter().find(|part| part.kind == PartKind::Suffix);
            suffix.map(|part| part.key)
        };
        // Father and son.
        if let (Some(left), Some(right)) = (suffix(left), suffix(right))
            && left != right
        {
            return false;
        }
        let given = |parts: &'a [Part]| {
            let surname = parts
                .iter()
                .rposition(|part| part.kind == PartKind::Name)
                .unwrap_or(0);
            parts[..surname]
                .iter()
                .filter(|part| part.kind != PartKind::Particle)
                .collect::<Vec<_>>()
        };
        let (left_given, right_given) = (given(left), given(right));
        let (Some(a), Some(b)) = (left_given.first(), right_given.first()) else {
            return true;
        };
        let alike = |a: &Part, b: &Part| {
            if a.key == b.key {
                return true;
            }
            if a.kind == PartKind::Initial || b.kind == PartKind::Initial {
                return first_letter(self.text(candidate), a) == first_letter(self.text(other), b);
            }
            let group = short_form_group(a.key);
            group.is_some() && group == short_form_group(b.key)
        };
        // "Van Quillby" beside "Maarten van Quillby"
        let is_particle = |part: &Part| part.kind == PartKind::Particle && part.key == a.key;
        if left_given.len() == 1 && right.iter().any(is_particle) {
            return true;
        }
        let eastern = flags(a.key).any(Flags::EASTERN);
        if !alike(a, b) {
            // "Manuel Lopez Obrador" beside "Andres Manuel Lopez Obrador".
            return !eastern
                && (right_given.iter().any(|part| part.key == a.key)
                    || left_given.iter().any(|part| part.key == b.key));
        }
        // "George H.W. Bush" is not "George W. Bush".
        match (left_given.get(1), right_given.get(1)) {
            (Some(a), Some(b)) if a.kind == PartKind::Initial && b.kind == PartKind::Initial => {
                first_letter(self.text(candidate), a) == first_letter(self.text(other), b)
            }
            _ => true,
        }
    }

    fn add_person(&mut self, example: u32) -> u32 {
        let person_idx = self.people.len() as u32;
        self.people.push(Person {
            example,
            n_parts: 0,
            holder: None,
            gender: None,
            title: None,
            seen: u32::MAX,
            n_seen: 0,
            n_alone: 0,
            shares: None,
        });
        self.enrich(person_idx, example);
        person_idx
    }

    /// Takes a name of a person for the fullest if it is, and enters its parts.
    fn enrich(&mut self, person_idx: u32, example: u32) {
        let candidate = &self.scan.candidates[example as usize];
        let parts = self.parts(candidate);
        let n_parts = n_full(parts);
        let keys = name_keys(parts);
        let holder = self.holder(candidate, &keys);
        let person = &mut self.people[person_idx as usize];
        if n_parts > person.n_parts {
            person.n_parts = n_parts;
            person.example = example;
        }
        person.holder = person.holder.or(holder);
        let given = keys.first().map_or(Flags::NONE, |&key| flags(key));
        person.gender = person
            .gender
            .or(person.holder.and_then(|holder| holder.gender))
            .or(match candidate.title {
                TitleBefore::Mr => Some(Gender::Male),
                TitleBefore::Mrs => Some(Gender::Female),
                _ if given.any(Flags::MALE) => Some(Gender::Male),
                _ if given.any(Flags::FEMALE) => Some(Gender::Female),
                _ => None,
            });
        let last = keys.len().saturating_sub(1);
        for (key_idx, &key) in keys.iter().enumerate() {
            let eastern = key_idx == 0 && flags(key).any(Flags::EASTERN) && keys.len() < 4;
            let role = if key_idx == last || eastern {
                Role::Surname
            } else if key_idx == 0 {
                Role::Given
            } else {
                Role::Middle
            };
            let namesakes = self.by_part.entry(key).or_default();
            if namesakes.len() < MOST_NAMESAKES && !namesakes.contains(&(role, person_idx)) {
                namesakes.push((role, person_idx));
            }
        }
    }

    /// The office holder whose full name that is.
    fn holder(&self, candidate: &Candidate, keys: &[u64]) -> Option<&'a Holder> {
        if keys.len() < 2 {
            return None;
        }
        let holders: Vec<&'a Holder> = self.setting.holders.by_name(keys.iter().copied()).collect();
        match holders[..] {
            [] => None,
            [only] => Some(only),
            _ => {
                // George H.W. and George W. Bush: as printed, or else the one who was in office.
                let printed = spelled(self.text(candidate), self.parts(candidate), candidate.flow);
                let mut in_office = holders
                    .iter()
                    .copied()
                    .filter(|holder| self.in_office(holder));
                let current = in_office.next().filter(|_| in_office.next().is_none());
                holders
                    .iter()
                    .copied()
                    .find(|holder| letters(&holder.value) == letters(&printed))
                    .or(current)
            }
        }
    }

    /// Gives each accepted candidate its person, in the order of the text.
    fn namings(&mut self) -> Vec<Naming> {
        let mut out = Vec::new();
        for candidate_idx in 0..self.scan.candidates.len() {
            let known = &self.types[self.type_of[candidate_idx] as usize];
            let candidate = &self.scan.candidates[candidate_idx];
            let evidence = self.observed[candidate_idx];
            let found = match known.person {
                Some(person_idx) if !known.single => Some((person_idx, known.rule)),
                _ if known.single => self.single(candidate_idx as u32, candidate, evidence),
                _ => None,
            };
            let Some((person_idx, rule)) = found else {
                continue;
            };
            // "Jomo Kenyatta airport"
            let parts = self.parts(candidate);
            let thing = evidence.has(Evidence::NOUN_AFTER)
                && parts
                    .last()
                    .is_some_and(|part| names_things(self.text(candidate), part.end as usize));
            if thing && candidate.title == TitleBefore::None {
                continue;
            }
            let person = &mut self.people[person_idx as usize];
            person.seen = candidate_idx as u32;
            person.n_seen += 1;
            person.n_alone += u32::from(rule == SURNAME_CARRIED);
            let parts = self.parts(candidate);
            let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
                continue;
            };
            out.push(Naming {
                text: candidate.text as usize,
                tokens: first.start as usize..last.end as usize,
                person: person_idx as usize,
                rule,
            });
        }
        out
    }

    /// The person whom a name of one part means.
    fn single(
        &mut self,
        candidate_idx: u32,
        candidate: &Candidate,
        evidence: Evidence,
    ) -> Option<(u32, &'static str)> {
        let parts = self.parts(candidate);
        let key = names(parts).next_back()?.key;
        if evidence.has(Evidence::QUOTED) && candidate.title == TitleBefore::None {
            return None;
        }
        let type_idx = self.type_of[candidate_idx as usize] as usize;
        if let Some(person_idx) = self.titled_holder(key, candidate_idx, candidate) {
            return Some((person_idx, "title"));
        }
        if let Some((person_idx, role)) = self.carried(key, candidate) {
            let rule = match role {
                Role::Given => "given name carried",
                _ => SURNAME_CARRIED,
            };
            if self.may_carry(candidate, evidence, role) {
                return Some((person_idx, rule));
            }
            if role == Role::Surname {
                return None;
            }
        }
        let known = &self.types[type_idx];
        if !known.accepted
            || candidate.office
            || evidence.has(Evidence::HEAD)
            || evidence.has(Evidence::COUNTRY)
        {
            return None;
        }
        let rule = known.rule;
        if let Some(person_idx) = known.person {
            return Some((person_idx, rule));
        }
        let person_idx = self.add_person(known.example);
        if self.is_couple(candidate_idx as usize, candidate_idx as usize + 1) {
            let other = &self.scan.candidates[candidate_idx as usize + 1];
            let surname = names(self.parts(other)).next_back().map(|part| part.key);
            let mut holders = self
                .setting
                .holders
                .by_name([key].into_iter().chain(surname));
            let person = &mut self.people[person_idx as usize];
            person.shares = Some(candidate_idx + 1);
            person.holder = holders.next().filter(|_| holders.next().is_none());
            self.types[type_idx].person = Some(person_idx);
            return Some((person_idx, rule));
        }
        // "Edward VIII" bears no surname.
        if parts.iter().all(|part| part.kind != PartKind::Suffix) {
            self.people[person_idx as usize].holder = self.holder_by_surname(key, type_idx);
        }
        self.types[type_idx].person = Some(person_idx);
        Some((person_idx, rule))
    }

    /// Whether a name of one part, at this place, can stand for a person named in full elsewhere.
    fn may_carry(&self, candidate: &Candidate, evidence: Evidence, role: Role) -> bool {
        let titled = evidence.has(Evidence::COURTESY) || evidence.has(Evidence::OFFICE);
        if titled {
            return true;
        }
        let mut names = self.parts(candidate).iter();
        let ordinary = names.any(|part| part.kind == PartKind::Name && part.ordinary);
        let blocked = [
            Evidence::HEAD,
            Evidence::COUNTRY,
            Evidence::LISTED_OTHER,
            Evidence::ACRONYM,
        ];
        if blocked.iter().any(|&counter| evidence.has(counter)) {
            return false;
        }
        // "Lorimer & Sons", "Lorimer's Tavern"
        let text = self.text(candidate);
        let end = self
            .parts(candidate)
            .last()
            .map_or(0, |part| part.end as usize);
        let firm = text.is(end, "&")
            || evidence.has(Evidence::COMPANY) && evidence.has(Evidence::POSSESSIVE);
        if firm {
            return false;
        }
        let place = evidence.has(Evidence::PREPOSITION) && !evidence.has(Evidence::POSSESSIVE);
        // "Price said": a word that says something is none of the language.
        let opens = ordinary && candidate.initial && !evidence.has(Evidence::SPEECH);
        if opens || place || evidence.has(Evidence::NOUN_BEFORE) {
            return false;
        }
        role != Role::Given || !ordinary
    }

    /// The person who bears a name; of several the one that the title or the nearest mention before means.
    fn carried(&self, key: u64, candidate: &Candidate) -> Option<(u32, Role)> {
        let namesakes = self.by_part.get(&key)?;
        let role = namesakes.iter().map(|(role, _)| *role).min()?;
        let wanted = match candidate.title {
            TitleBefore::Mr => Some(Gender::Male),
            TitleBefore::Mrs => Some(Gender::Female),
            _ => None,
        };
        let fits = |person: &Person| {
            wanted.is_none() || person.gender.is_none() || person.gender == wanted
        };
        let mut fitting: SmallVec<[u32; 4]> = namesakes
            .iter()
            .filter(|(other, _)| *other == role)
            .map(|(_, person_idx)| *person_idx)
            .filter(|&person_idx| fits(&self.people[person_idx as usize]))
            .collect();
        fitting.dedup();
        match fitting[..] {
            [] => None,
            [only] => Some((only, role)),
            _ => {
                // Senator Quillby is not Governor Quillby.
                let title = self.title(candidate);
                let mut titled = fitting
                    .iter()
                    .copied()
                    .filter(|&idx| title.is_some() && self.people[idx as usize].title == title);
                if let (Some(only), None) = (titled.next(), titled.next()) {
                    return Some((only, role));
                }
                let seen = fitting
                    .iter()
                    .copied()
                    .filter(|&idx| self.people[idx as usize].seen != u32::MAX)
                    .max_by_key(|&idx| {
                        let person = &self.people[idx as usize];
                        (person.n_alone, person.n_seen, person.seen)
                    });
                seen.or(fitting.first().copied())
                    .map(|person_idx| (person_idx, role))
            }
        }
    }

    /// The one whom a title means by the year where the article names only others of the surname in full: "President Quillby"
    /// beside "Losa Quillby", his wife.
    fn titled_holder(
        &mut self,
        key: u64,
        candidate_idx: u32,
        candidate: &Candidate,
    ) -> Option<u32> {
        if candidate.title != TitleBefore::Office {
            return None;
        }
        let is_held = |&(_, person_idx): &(Role, u32)| {
            let holder = self.people[person_idx as usize].holder;
            holder.is_some_and(|holder| self.in_office(holder))
        };
        if self.by_part.get(&key)?.iter().any(is_held) {
            return None;
        }
        let words = self.title_words(candidate);
        let holds = |holder: &&Holder| {
            self.in_office(holder)
                && holder
                    .terms
                    .iter()
                    .any(|term| is_office(&words, &term.office))
        };
        let mut holders = self.setting.holders.by_surname(key).filter(holds);
        let holder = holders.next().filter(|_| holders.next().is_none())?;
        let person_idx = self.add_person(candidate_idx);
        self.people[person_idx as usize].holder = Some(holder);
        self.people[person_idx as usize].gender = holder.gender;
        Some(person_idx)
    }

    /// The words of [`Book::title_tokens`], folded.
    fn title_words(&self, candidate: &Candidate) -> Vec<String> {
        let text = self.text(candidate);
        let tokens = self.title_tokens(candidate);
        tokens.map(|at| fold(text.word(at))).collect()
    }

    /// The tokens before a name that make its title, and the one before them, or two where that is a possessive.
    fn title_tokens(&self, candidate: &Candidate) -> Range<usize> {
        let name = self.parts(candidate).first().map_or(0, |part| part.start);
        let before = (candidate.title_start as usize).saturating_sub(1);
        let tokens = &self.text(candidate).tokens;
        let is_owned = tokens
            .get(before)
            .is_some_and(|token| token.kind == Kind::Possessive);
        before.saturating_sub(usize::from(is_owned))..name as usize
    }

    /// The office holder whom a surname means by the year, the titles that stand before it, or because no other bears it.
    fn holder_by_surname(&self, key: u64, type_idx: usize) -> Option<&'a Holder> {
        let mut bearers: Vec<&'a Holder> = self.setting.holders.by_surname(key).collect();
        if self.is_royal(type_idx) {
            // Princes are called by their given names.
            bearers.retain(|holder| super::lexicon::name_keys(&holder.value).first() == Some(&key));
        }
        let known = &self.types[type_idx];
        let eminent = flags(key).any(Flags::EMINENT);
        // "Mr Vosper" of "Vosper Precision" is its owner.
        if known.firm && !eminent && known.titled.is_empty() {
            return None;
        }
        let fits = |holder: &Holder| match (known.gender, holder.gender) {
            (Some(called), Some(gender)) => called == gender,
            _ => true,
        };
        bearers.retain(|&holder| fits(holder));
        let (recent, former): (Vec<_>, Vec<_>) = bearers
            .into_iter()
            .partition(|holder| self.is_recent(holder));
        let unique = eminent || !flags(key).any(Flags::COMMON);
        self.bearer(key, &recent, type_idx, unique)
            .or_else(|| self.bearer(key, &former, type_idx, eminent))
    }

    /// Whether news of today, or of the year of the article, may have known a holder in office.
    fn is_recent(&self, holder: &Holder) -> bool {
        /// The first year of the authority file proper.
        const FIRST: i16 = 1980;
        let from = self.setting.year.unwrap_or(FIRST).min(FIRST);
        holder
            .terms
            .iter()
            .any(|term| term.to.is_none_or(|to| from <= to))
    }

    /// The one of several bearers of a surname whom the titles mean, who was in office, or, if the surname alone means
    /// somebody, who is the only one.
    fn bearer(
        &self,
        key: u64,
        bearers: &[&'a Holder],
        type_idx: usize,
        unique: bool,
    ) -> Option<&'a Holder> {
        let near = |holder: &&Holder| {
            self.setting.year.is_none_or(|year| {
                holder
                    .terms
                    .iter()
                    .any(|term| term.from - 1 <= year && term.to.is_none_or(|to| year <= to + 1))
            })
        };
        let chosen = |wanted: &dyn Fn(&&'a Holder) -> bool| {
            let mut holders = bearers.iter().copied().filter(wanted);
            holders.next().filter(|_| holders.next().is_none())
        };
        let titled =
            |holder: &&'a Holder| near(holder) && self.titled_as(holder, type_idx, is_office);
        let alike =
            |holder: &&'a Holder| near(holder) && self.titled_as(holder, type_idx, is_like_office);
        let by_title = chosen(&titled)
            .or_else(|| chosen(&|holder| titled(holder) && self.in_office(holder)))
            .or_else(|| chosen(&|holder| titled(holder) && self.is_of_country(holder, type_idx)))
            .or_else(|| chosen(&alike));
        // A title that none of the bearers had speaks of somebody else: President Kennedy is not the senator.
        if by_title.is_some() || !self.types[type_idx].titled.is_empty() {
            return by_title;
        }
        // Without a date nobody knows whose time it is: only a surname that is no given name means its bearer.
        let known = flags(key);
        let given = known.any(Flags::GIVEN) && !known.any(Flags::EMINENT);
        // "Dr Lorimer" is anybody of that name.
        let address = self.setting.year.is_none()
            && !known.any(Flags::EMINENT)
            && self.types[type_idx].evidence.has(Evidence::COURTESY);
        let only = unique && !given && !address;
        let is_of_time = |holder: &&Holder| known.any(Flags::EMINENT) || self.is_of_time(holder);
        chosen(&|holder| self.in_office(holder))
            .or_else(|| chosen(&|holder| only && self.has_begun(holder)).filter(is_of_time))
    }

    /// Whether people still call a holder by the surname alone: in office not long before the article, or without a date, not
    /// long ago.
    fn is_of_time(&self, holder: &Holder) -> bool {
        const LONG: i16 = 15;
        const RECENT: i16 = 2000;
        let since = self.setting.year.map_or(RECENT, |year| year - LONG);
        let mut terms = holder.terms.iter();
        terms.any(|term| term.to.is_none_or(|to| to >= since))
    }

    /// Whether the title before the example of a type goes with a given name.
    fn is_royal(&self, type_idx: usize) -> bool {
        let candidate = &self.scan.candidates[self.types[type_idx].example as usize];
        let name = self.parts(candidate).first().map_or(0, |part| part.start);
        let title = (candidate.title_start..name).last();
        title.is_some_and(|at| {
            let word = fold(self.text(candidate).word(at as usize));
            matches!(
                word.as_str(),
                "prince"
                    | "princess"
                    | "king"
                    | "queen"
                    | "emir"
                    | "sheikh"
                    | "sheikha"
                    | "sultan"
                    | "pope"
            )
        })
    }

    /// Whether a country that stands with a title before a candidate of the type is that of an office of the holder.
    fn is_of_country(&self, holder: &Holder, type_idx: usize) -> bool {
        let mut named = self.titled(type_idx).flat_map(|candidate| {
            let words = self.title_tokens(candidate);
            let span = (!words.is_empty()).then(|| self.text(candidate).span(words));
            self.countries_in(candidate.text, span.unwrap_or_default())
        });
        named.any(|country| {
            let mut terms = holder.terms.iter();
            terms.any(|term| term.country == country.value)
        })
    }

    /// Whether a holder had taken office when the article appeared, as far as that is known.
    fn has_begun(&self, holder: &Holder) -> bool {
        self.setting
            .year
            .is_none_or(|year| holder.terms.iter().any(|term| term.from <= year + 1))
    }

    /// Whether a title before a candidate of the type is that of an office of the holder.
    fn titled_as(
        &self,
        holder: &Holder,
        type_idx: usize,
        fits: fn(&[String], &str) -> bool,
    ) -> bool {
        self.titled(type_idx).any(|candidate| {
            let words = self.title_words(candidate);
            holder.terms.iter().any(|term| fits(&words, &term.office))
        })
    }

    /// The candidates whose titles tell whom a type means.
    fn titled(&self, type_idx: usize) -> impl Iterator<Item = &'a Candidate> {
        let titled = self.types[type_idx].titled.iter();
        titled.map(|&candidate_idx| &self.scan.candidates[candidate_idx as usize])
    }

    /// The value of each person: as the authority file spells it, or else the fullest name that the article gives.
    fn values(&self) -> Vec<Value> {
        self.people
            .iter()
            .map(|person| {
                let candidate = &self.scan.candidates[person.example as usize];
                match person.holder {
                    Some(holder) => holder.value.clone(),
                    None => {
                        let spell = |candidate: &Candidate, parts: &[Part]| {
                            spelled(self.text(candidate), parts, candidate.flow)
                        };
                        let mut value = spell(candidate, self.parts(candidate));
                        let other = person
                            .shares
                            .map(|other| &self.scan.candidates[other as usize]);
                        if let Some(other) = other {
                            value.push(' ');
                            value.push_str(&spell(other, surname(self.parts(other))));
                        }
                        Cow::Owned(value)
                    }
                }
            })
            .collect()
    }
}

/// Whether a noun behind a name is what is called so, not what the person has.
fn names_things(text: &Text, token_idx: usize) -> bool {
    one_of!(
        text.small(token_idx),
        "airport"
            | "bridge"
            | "cathedral"
            | "dam"
            | "hospital"
            | "museum"
            | "prison"
            | "stadium"
            | "station"
            | "university"
    ) || text.small(token_idx) != 0 && STREETS.has(text, token_idx)
}

/// A name without what spellings differ in: "George HW Bush" and "George H.W. Bush".
fn letters(name: &str) -> String {
    let mut folded = fold(name);
    folded.retain(char::is_alphanumeric);
    folded
}

/// Whether the words before a name are those of an office.
fn is_office(words: &[String], office: &str) -> bool {
    office.split([' ', '-']).all(|word| has_word(words, word))
        && has_word(words, "vice") == office.contains("vice")
}

/// Whether the words before a name may be short for an office: "Minister Freeland", "Secretary" for one of state.
fn is_like_office(words: &[String], office: &str) -> bool {
    let title = office.split(" of ").next().unwrap_or_default();
    [title, office].iter().any(|words_of| {
        let noun = words_of.rsplit(' ').next().unwrap_or_default();
        noun.split('-').all(|word| has_word(words, word))
    })
}

fn has_word(words: &[String], wanted: &str) -> bool {
    words.iter().any(|word| {
        word == wanted
            || word.strip_suffix('s') == Some(wanted)
            || matches!(
                (word.as_str(), wanted),
                ("sen", "senator")
                    | ("rep" | "congressman" | "congresswoman", "representative")
                    | ("gov", "governor")
                    | ("premier", "minister" | "prime")
            )
    })
}

/// The parts of a name that relatives share: the last, with its particles and what follows.
fn surname(parts: &[Part]) -> &[Part] {
    let last = parts.iter().rposition(|part| part.kind == PartKind::Name);
    let last = last.unwrap_or_default();
    let particles = parts[..last].iter().rev();
    let n_particles = particles.take_while(|part| part.kind == PartKind::Particle);
    &parts[last - n_particles.count()..]
}

/// The parts that make a name: no initials, particles, suffixes.
fn names(parts: &[Part]) -> impl DoubleEndedIterator<Item = &Part> {
    parts.iter().filter(|part| part.kind == PartKind::Name)
}

/// Their keys.
fn name_keys(parts: &[Part]) -> Keys {
    let mut keys = Keys {
        keys: [0; MAX_PARTS],
        n_keys: 0,
    };
    for (slot, part) in keys.keys.iter_mut().zip(names(parts)) {
        *slot = part.key;
        keys.n_keys += 1;
    }
    keys
}

/// A few keys without an allocation.
struct Keys {
    keys: [u64; MAX_PARTS],
    n_keys: usize,
}

impl Deref for Keys {
    type Target = [u64];

    fn deref(&self) -> &[u64] {
        &self.keys[..self.n_keys]
    }
}

/// How many parts tell the name: initials count, particles do not.
pub(super) fn n_full(parts: &[Part]) -> usize {
    parts
        .iter()
        .filter(|part| matches!(part.kind, PartKind::Name | PartKind::Initial))
        .count()
}
