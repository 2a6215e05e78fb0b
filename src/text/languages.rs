//! The names of languages.

/// Languages by their English names, with the codes that articles have.
pub static LANGUAGES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("dutch", "nl"),
    ("english", "en"),
    ("french", "fr"),
    ("german", "de"),
    ("hindi", "hi"),
    ("indonesian", "id"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("thai", "th"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("vietnamese", "vi"),
];

/// The codes of the languages of that name, in any case.
pub fn codes(name: &str) -> Vec<&'static str> {
    let known = LANGUAGES.iter();
    let known = known.filter(|(known, _)| known.eq_ignore_ascii_case(name.trim()));
    known.map(|(_, code)| *code).collect()
}
