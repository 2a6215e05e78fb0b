//! The seal of an index's list of contents: a fingerprint that the list carries, so that a changed byte is noticed in it as
//! in the other files, which end with checksums of the engine's. The list has none of its own, and a changed figure in it
//! would give other scores without a word.

use super::error::Damage;

const BEFORE: &str = ",\n  \"checksum\": \"";
const AFTER: &str = "\"\n}\n";
const DIGITS: usize = 32;

/// The list, an object of JSON, with its seal as the last member: those who do not know the seal can still read the list.
pub(super) fn sealed(list: &[u8]) -> Vec<u8> {
    let Some(open) = list.trim_ascii_end().strip_suffix(b"}") else {
        return list.to_vec();
    };
    let open = open.trim_ascii_end();
    let seal = format!("{BEFORE}{}{AFTER}", fingerprint(open));
    [open, seal.as_bytes()].concat()
}

/// The list without its seal, which must be that of the list. Earlier versions wrote none.
pub(super) fn unsealed(list: Vec<u8>) -> Result<Vec<u8>, Damage> {
    let parts = list
        .strip_suffix(AFTER.as_bytes())
        .and_then(|rest| rest.split_at_checked(rest.len().checked_sub(DIGITS)?))
        .and_then(|(rest, seal)| Some((rest.strip_suffix(BEFORE.as_bytes())?, seal)));
    match parts {
        None => Ok(list),
        Some((open, seal)) if seal == fingerprint(open).as_bytes() => Ok([open, b"\n}\n"].concat()),
        Some(_) => Err(Damage),
    }
}

fn fingerprint(bytes: &[u8]) -> String {
    format!("{:0DIGITS$x}", xxhash_rust::xxh3::xxh3_128(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_breaks_the_seal() {
        let list = b"{\n  \"opstamp\": 17\n}\n";
        let whole = sealed(list);
        assert!(serde_json::from_slice::<serde_json::Value>(&whole).is_ok());
        assert_eq!(unsealed(whole.clone()), Ok(list.to_vec()));
        assert_eq!(unsealed(list.to_vec()), Ok(list.to_vec()));
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            // Where the seal itself is no longer seen, the list is as it was, or no JSON.
            let seen = unsealed(changed).map(|list| serde_json::from_slice(&list));
            if let Ok(Ok(serde_json::Value::Object(members))) = seen {
                assert_eq!(members["opstamp"], 17, "byte {at}");
            }
        }
    }
}
