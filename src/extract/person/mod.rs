//! People that the text names.

use crate::article::Findings;
use crate::extract::{Extractor, Reading};
use crate::field::{Field, Kind, no_spellings};

pub static FIELD: Field = Field {
    name: "person",
    key: "people",
    kind: Kind::Facet,
    help: "people that the paragraph names, by full name",
    resolve: no_spellings,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &["country"],
    rules: &[],
    extract,
};

fn extract(_reading: &Reading, _findings: &mut Findings) {}
