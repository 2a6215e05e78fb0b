//! What the files say, each for itself, to what they say together.

use rustc_hash::FxHashMap;

use super::fault::{Fault, Faults};
use super::parse::quoted;
use super::{Entry, Hidden, Kind, Lists, Office, Place, Resolve, key};

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The files: their names below what the user named, and their paths.
    files: Vec<(String, String)>,
    pub(super) entries: Vec<Entry>,
    pub(super) hidden: Vec<Hidden>,
    /// Whether a fault has kept something out.
    pub(super) is_partial: bool,
}

impl Said {
    /// A file begins.
    pub(super) fn begin(&mut self, name: String, shown: String) {
        self.files.push((name, shown));
    }

    /// The path of the file that is being read.
    pub(super) fn shown(&self) -> &str {
        self.files.last().map_or("", |(_, shown)| shown)
    }

    pub(super) fn last_file(&self) -> u32 {
        self.files.len().saturating_sub(1) as u32
    }

    fn path(&self, place: Place) -> &str {
        let file = self.files.get(place.file as usize);
        file.map_or("", |(_, shown)| shown)
    }

    /// `lists/trade.toml:12`
    fn at(&self, place: Place) -> String {
        format!("{}:{}", self.path(place), place.line)
    }

    fn fault(&self, place: Place, what: String, advice: &str) -> Fault {
        Fault {
            path: self.path(place).to_string(),
            line: Some(place.line),
            what,
            advice: advice.to_string(),
        }
    }
}

/// Merges what the files say, and checks what only shows when all of them are known.
pub(super) fn merge(mut said: Said, resolve: &Resolve, faults: &mut Faults) -> Lists {
    let mut entries: Vec<Entry> = Vec::new();
    let mut by_value: FxHashMap<(Kind, String), usize> = FxHashMap::default();
    for entry in std::mem::take(&mut said.entries) {
        match by_value.entry((entry.kind, key(&entry.value))) {
            std::collections::hash_map::Entry::Vacant(vacant) => {
                vacant.insert(entries.len());
                entries.push(entry);
            }
            std::collections::hash_map::Entry::Occupied(known) => {
                join(&mut entries[*known.get()], entry, &said, faults);
            }
        }
    }
    for entry in &mut entries {
        entry.spellings.sort();
        entry
            .spellings
            .dedup_by(|later, kept| later.text == kept.text);
        entry.offices.sort();
        entry.offices.dedup_by(|later, kept| is_same(later, kept));
    }
    check_names(&entries, &said, faults);
    check_topics(&entries, resolve, &said, faults);
    let mut hidden = std::mem::take(&mut said.hidden);
    check_hidden(&hidden, &entries, resolve, &said, faults);
    entries.sort_by(|entry, other| (entry.kind, &entry.value).cmp(&(other.kind, &other.value)));
    hidden.sort();
    hidden.dedup_by(|later, kept| later.field == kept.field && later.value == kept.value);
    Lists {
        files: said.files.into_iter().map(|(name, _)| name).collect(),
        entries,
        hidden,
    }
}

/// Adds what another entry says of the same value, if they agree.
fn join(known: &mut Entry, other: Entry, said: &Said, faults: &mut Faults) {
    let first = said.at(known.place);
    let value = quoted(&other.value);
    if known.place.file == other.place.file {
        let what = format!("{value} is listed twice, first at {first}");
        faults.add(said.fault(other.place, what, "make one entry of the two"));
        return;
    }
    if known.value != other.value {
        let what = format!("{value} is {} at {first}", quoted(&known.value));
        faults.add(said.fault(other.place, what, "write it alike in both"));
        return;
    }
    if let (Some(label), Some(other)) = (&known.label, &other.label)
        && label.text != other.text
    {
        let what = format!(
            "{value} has the label {} here and {} at {}",
            quoted(&other.text),
            quoted(&label.text),
            said.at(label.place)
        );
        faults.add(said.fault(other.place, what, "take one of them out"));
    }
    for office in &other.offices {
        let contradicts = |held: &&Office| {
            let overlap = held.from <= office.to.unwrap_or(i16::MAX)
                && office.from <= held.to.unwrap_or(i16::MAX);
            held.country == office.country
                && held.office == office.office
                && overlap
                && !is_same(held, office)
        };
        if let Some(held) = known.offices.iter().find(contradicts) {
            let what = format!(
                "{value} has other years as {} at {}",
                quoted(&office.office),
                said.at(held.place)
            );
            faults.add(said.fault(office.place, what, "take one of them out"));
        }
    }
    known.label = known.label.take().or(other.label);
    known.spellings.extend(other.spellings);
    known.offices.extend(other.offices);
}

fn is_same(office: &Office, other: &Office) -> bool {
    (&office.country, &office.office, office.from, office.to)
        == (&other.country, &other.office, other.from, other.to)
}

/// A name stands for one person, organization or instrument only.
fn check_names(entries: &[Entry], said: &Said, faults: &mut Faults) {
    let mut claims: FxHashMap<(Kind, String), (usize, Place)> = FxHashMap::default();
    for (entry_idx, entry) in entries.iter().enumerate() {
        if entry.kind == Kind::Topic {
            continue;
        }
        for spelling in &entry.spellings {
            let claim = (entry.kind, key(&spelling.text));
            let (other_idx, place) = *claims.entry(claim).or_insert((entry_idx, spelling.place));
            if other_idx != entry_idx {
                let what = format!(
                    "{} stands for {} here and for {} at {}",
                    quoted(&spelling.text),
                    quoted(&entry.value),
                    quoted(&entries[other_idx].value),
                    said.at(place)
                );
                faults.add(said.fault(spelling.place, what, "leave it to one of them"));
            }
        }
    }
}

/// A topic of the user's own needs terms; one of ours, something that is added to it.
fn check_topics(entries: &[Entry], resolve: &Resolve, said: &Said, faults: &mut Faults) {
    for topic in entries.iter().filter(|entry| entry.kind == Kind::Topic) {
        let is_ours = resolve("topic", &topic.value).contains(&topic.value.as_str());
        if topic.spellings.is_empty() && (!is_ours || topic.label.is_none()) {
            let what = format!("the topic {} has no terms", quoted(&topic.value));
            faults.add(said.fault(topic.place, what, "write `terms = [\"…\"]`"));
        }
    }
}

fn check_hidden(
    hidden: &[Hidden],
    entries: &[Entry],
    resolve: &Resolve,
    said: &Said,
    faults: &mut Faults,
) {
    let mut listed: FxHashMap<(&str, String), &Entry> = FxHashMap::default();
    for entry in entries {
        listed.insert((entry.kind.name(), key(&entry.value)), entry);
    }
    for hidden in hidden {
        let entry = listed.get(&(hidden.field.as_str(), key(&hidden.value)));
        if let Some(entry) = entry {
            let what = format!(
                "{} is hidden here and listed at {}",
                quoted(&hidden.value),
                said.at(entry.place)
            );
            faults.add(said.fault(hidden.place, what, "take one of them out"));
        } else if hidden.field == "topic"
            && !said.is_partial
            && resolve("topic", &hidden.value).is_empty()
        {
            let what = format!("no topic is called {}", quoted(&hidden.value));
            let advice = "write its path, as `tradewire facets topic` shows it";
            faults.add(said.fault(hidden.place, what, advice));
        }
    }
}
