//! What could not be read, as it is named: of one file the parts that cannot be read for one reason in one line.

use rustc_hash::FxHashMap;

use super::Streams;
use crate::output::grouped;

/// Of one source, in the order of the first of each reason.
#[derive(Debug, Default)]
pub(super) struct Skipped {
    path: String,
    alike: Vec<Alike>,
    places: FxHashMap<String, usize>,
}

/// Parts that cannot be read for one reason.
#[derive(Debug)]
struct Alike {
    first: String,
    hint: Option<String>,
    n_others: u64,
}

impl Skipped {
    /// Adds a message; those of another source before it are named.
    pub(super) fn add(
        &mut self,
        path: &str,
        message: &str,
        hint: Option<&str>,
        streams: &mut Streams,
    ) {
        if self.path != path {
            self.name(streams);
            self.path = path.to_string();
        }
        let next = self.alike.len();
        match *self
            .places
            .entry(reason(path, message).to_string())
            .or_insert(next)
        {
            place if place < next => self.alike[place].n_others += 1,
            _ => self.alike.push(Alike {
                first: message.to_string(),
                hint: hint.map(str::to_string),
                n_others: 0,
            }),
        }
    }

    /// Names what was added.
    pub(super) fn name(&mut self, streams: &mut Streams) {
        for alike in std::mem::take(self).alike {
            streams.skipped(&alike.message(), alike.hint.as_deref());
        }
    }
}

impl Alike {
    fn message(&self) -> String {
        let first = &self.first;
        match self.n_others {
            0 => first.clone(),
            1 => format!("{first} (and 1 more line)"),
            n_others => format!("{first} (and {} more lines)", grouped(n_others)),
        }
    }
}

/// A message without the file and the line: "news.jsonl:7: no text in it" and "news.jsonl:9: no text in it" are alike.
fn reason<'a>(path: &str, message: &'a str) -> &'a str {
    let numbered = message
        .strip_prefix(path)
        .and_then(|rest| rest.strip_prefix(':'));
    let reason = numbered.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let reason = reason.and_then(|rest| rest.strip_prefix(": "));
    reason.unwrap_or(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_reason_are_alike() {
        for (message, expected) in [
            ("a.jsonl:12: no text in it", "no text in it"),
            ("a.jsonl: no text in it", "a.jsonl: no text in it"),
            ("b.jsonl:12: no text in it", "b.jsonl:12: no text in it"),
            ("a.jsonl:1x: no text", "a.jsonl:1x: no text"),
        ] {
            assert_eq!(reason("a.jsonl", message), expected);
        }
        let alike = |n_others| Alike {
            first: "a.jsonl:1: no text in it".to_string(),
            hint: None,
            n_others,
        };
        assert_eq!(alike(0).message(), "a.jsonl:1: no text in it");
        assert_eq!(
            alike(2999).message(),
            "a.jsonl:1: no text in it (and 2,999 more lines)"
        );
    }
}
