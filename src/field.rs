//! A named slot of a paragraph document: plain data. The list of all of them is in `schema`.

/// What a field holds, and so how it is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, stemmed.
    Text,
    /// One exact string.
    Keyword,
    /// A day or an instant.
    Date,
    /// A whole number.
    Number,
    /// Values that are counted and drilled into.
    Facet,
    /// A facet whose values are paths (`sectors/steel`): a value counts for those above it, too.
    Tree,
}

/// A named slot of a paragraph document.
#[derive(Debug)]
pub struct Field {
    /// The name in queries, flags and the index (`country`).
    pub name: &'static str,
    /// The key in JSON and the column in CSV (`countries`).
    pub key: &'static str,
    pub kind: Kind,
    /// One line for `--help`.
    pub help: &'static str,
    /// The values that a spelling stands for whatever the index holds (`us` → `United States`); empty when it is not known.
    pub resolve: fn(&str) -> Vec<&'static str>,
    /// Names for several values at once.
    pub groups: fn() -> &'static [ValueGroup],
}

/// A name for several values at once: `G7`.
#[derive(Debug, PartialEq, Eq)]
pub struct ValueGroup {
    pub name: &'static str,
    /// The value whose members these are, where the whole is a value of its own (`ASEAN`).
    pub whole: Option<&'static str>,
    /// Other names.
    pub spellings: Vec<&'static str>,
    pub members: Vec<&'static str>,
}

/// Fields are statics: each is the same as itself alone.
impl PartialEq for Field {
    fn eq(&self, other: &Field) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Field {}

impl Field {
    /// Whether values of the field are counted and drilled into.
    pub fn is_facet(&self) -> bool {
        matches!(self.kind, Kind::Facet | Kind::Tree)
    }
}

/// For fields whose values have one spelling only.
pub fn no_spellings(_: &str) -> Vec<&'static str> {
    Vec::new()
}

/// For fields whose values have no names in common.
pub fn no_groups() -> &'static [ValueGroup] {
    &[]
}
