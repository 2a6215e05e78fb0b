//! An alert as the text of its file: a line of JSON that says what is asked, a line for each paragraph that was seen, and a
//! last line with the fingerprint of all before, by which damage is noticed.

use std::io::{self, BufRead, Read, Write};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::{Alert, Seen};
use crate::limits::alerts::HEAD_BYTES;
use crate::search::Typed;

/// The version of what is written here.
pub(super) const FORMAT: u64 = 1;

/// A key in hexadecimal digits and the end of the line.
const LINE: usize = 33;

const END: &[u8] = b"end ";

/// What is wrong with a file.
#[derive(Debug)]
pub(super) enum Fault {
    Io(io::Error),
    OtherVersion(u64),
    Damaged(&'static str),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Fault::Damaged("its end is missing"),
            _ => Fault::Io(error),
        }
    }
}

#[derive(Deserialize)]
struct Version {
    tradewire_alert: u64,
}

#[derive(Serialize, Deserialize)]
struct Head {
    tradewire_alert: u64,
    query: String,
    flags: Vec<(String, String)>,
    note: Option<String>,
    created: String,
    last_run: Option<String>,
    checked: Option<String>,
    seen: u64,
}

pub(super) fn write(alert: &Alert, out: &mut impl Write) -> io::Result<()> {
    let head = Head {
        tradewire_alert: FORMAT,
        query: alert.typed.query.clone(),
        flags: alert.typed.flags.clone(),
        note: alert.note.clone(),
        created: alert.created.clone(),
        last_run: alert.last_run.clone(),
        checked: alert.checked.clone(),
        seen: alert.seen.n(),
    };
    let mut fingerprint = Xxh3::new();
    let mut line = serde_json::to_string(&head)?;
    line.push('\n');
    fingerprint.update(line.as_bytes());
    out.write_all(line.as_bytes())?;
    for key in &alert.seen.keys {
        let line = format!("{key:032x}\n");
        fingerprint.update(line.as_bytes());
        out.write_all(line.as_bytes())?;
    }
    writeln!(out, "end {:032x}", fingerprint.digest128())
}

/// Reads an alert; takes no more memory than what is in the file, whatever the file says of itself.
pub(super) fn read(input: &mut impl BufRead) -> Result<Alert, Fault> {
    let mut head = Vec::new();
    let n_read = Read::by_ref(input)
        .take(HEAD_BYTES)
        .read_until(b'\n', &mut head)?;
    if n_read == 0 {
        return Err(Fault::Damaged("it is empty"));
    }
    let unreadable = |_| Fault::Damaged("its first line cannot be read");
    let version: Version = serde_json::from_slice(&head).map_err(unreadable)?;
    if version.tradewire_alert != FORMAT {
        return Err(Fault::OtherVersion(version.tradewire_alert));
    }
    let mut fingerprint = Xxh3::new();
    fingerprint.update(&head);
    let head: Head = serde_json::from_slice(&head).map_err(unreadable)?;
    let mut keys = Vec::new();
    let mut line = [0; LINE];
    for _ in 0..head.seen {
        input.read_exact(&mut line)?;
        fingerprint.update(&line);
        keys.push(number(&line).ok_or(Fault::Damaged("a line of it cannot be read"))?);
    }
    let mut end = [0; END.len()];
    input.read_exact(&mut end)?;
    input.read_exact(&mut line)?;
    let is_whole = end == END && number(&line) == Some(fingerprint.digest128());
    if !is_whole || !input.fill_buf()?.is_empty() {
        return Err(Fault::Damaged("it is not as it was written"));
    }
    if !keys.is_sorted() {
        return Err(Fault::Damaged("its lines are not in order"));
    }
    Ok(Alert {
        typed: Typed {
            query: head.query,
            flags: head.flags,
        },
        note: head.note,
        created: head.created,
        last_run: head.last_run,
        checked: head.checked,
        seen: Seen { keys },
    })
}

fn number(line: &[u8; LINE]) -> Option<u128> {
    let digits = line.strip_suffix(b"\n")?;
    let is_plain = digits.iter().all(u8::is_ascii_hexdigit);
    let digits = std::str::from_utf8(digits).ok().filter(|_| is_plain)?;
    u128::from_str_radix(digits, 16).ok()
}
