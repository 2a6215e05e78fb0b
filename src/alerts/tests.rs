//! Names, files, and what is told of damage.

use super::*;

fn alert() -> Alert {
    let mut seen = Seen::default();
    seen.extend(vec![key("b", "two"), key("a", "one"), key("a", "one")]);
    Alert {
        typed: Typed {
            query: "steel \"section 232\"\n\u{202e}".to_string(),
            flags: vec![("country".to_string(), "japan".to_string())],
        },
        note: Some("for the desk".to_string()),
        created: "2025-03-01T08:30:00Z".to_string(),
        last_run: None,
        checked: Some("1f".to_string()),
        seen,
    }
}

#[test]
fn names_are_safe_on_any_file_system() {
    for name in [
        "steel",
        "steel-japan",
        "ds543.panel",
        "7",
        "a_b",
        "console",
        "com",
        "com10",
    ] {
        assert_eq!(Name::parse(name).unwrap().as_str(), name);
    }
    let long = "x".repeat(65);
    for name in [
        "", ".", "..", "../x", "a/b", "a\\b", "/etc", "Steel", "-x", " -x", "x.", ".x", "con",
        "con.x", "nul", "com1", "lpt9.a", "é", "a b", "a\0b", "a\nb", &long,
    ] {
        assert!(Name::parse(name).is_err(), "{name:?}");
    }
}

#[test]
fn files_are_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let alerts = Alerts::of(&dir.path().join("index")).unwrap();
    let name = Name::parse("steel").unwrap();
    assert_eq!(alerts.names().unwrap(), []);
    assert!(matches!(alerts.read(&name), Err(Error::Missing { .. })));
    alerts.create().unwrap();
    alerts.write(&name, &alert()).unwrap();
    assert_eq!(alerts.read(&name).unwrap(), alert());
    assert_eq!(alerts.names().unwrap(), std::slice::from_ref(&name));
    assert_eq!(alert().seen.n(), 2);
    let lock = alerts.lock().unwrap();
    assert!(matches!(alerts.lock(), Err(Error::Busy { .. })));
    drop(lock);
    drop(alerts.lock().unwrap());
    alerts.remove(&name).unwrap();
    assert!(!alerts.has(&name));
    assert!(matches!(alerts.remove(&name), Err(Error::Missing { .. })));
}

#[test]
fn any_damage_is_noticed() {
    let mut bytes = Vec::new();
    file::write(&alert(), &mut bytes).unwrap();
    assert_eq!(file::read(&mut &bytes[..]).unwrap(), alert());
    for at in 0..bytes.len() {
        assert!(file::read(&mut &bytes[..at]).is_err(), "cut at {at}");
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x01;
        assert!(file::read(&mut &bytes[..]).is_err(), "changed at {at}");
    }
    bytes.push(b'\n');
    assert!(file::read(&mut &bytes[..]).is_err());
    let many = br#"{"tradewire_alert":1,"query":"","flags":[],"note":null,"created":"","last_run":null,"checked":null,"seen":18446744073709551615}"#;
    assert!(file::read(&mut &many[..]).is_err());
    let newer = br#"{"tradewire_alert":2,"ask":"x"}"#;
    assert!(matches!(
        file::read(&mut &newer[..]),
        Err(file::Fault::OtherVersion(2))
    ));
}

#[test]
fn paragraphs_are_told_apart_by_article_and_words() {
    assert_ne!(key("a", "bc"), key("ab", "c"));
    let mut seen = Seen::default();
    seen.extend(vec![key("a", "one")]);
    assert!(seen.contains(key("a", "one")));
    assert!(!seen.contains(key("a", "two")));
}

#[test]
fn alerts_lie_beside_the_index() {
    let check = |index: &str, expected: &str| {
        let alerts = Alerts::of(Path::new(index)).unwrap();
        assert_eq!(alerts.folder, Path::new(expected));
    };
    check("index", "index.alerts");
    check("a/index/", "a/index.alerts");
    check("a/news.2018", "a/news.2018.alerts");
    assert!(Alerts::of(Path::new("/")).is_err());
    let here = Alerts::of(Path::new(".")).unwrap();
    assert!(here.folder.is_absolute());
}
