//! Countries and blocs that the text names.

use super::{Extractor, Reading};
use crate::article::Findings;
use crate::field::{Field, Kind, no_spellings};

pub static FIELD: Field = Field {
    name: "country",
    key: "countries",
    kind: Kind::Facet,
    help: "countries and blocs that the paragraph names",
    resolve: no_spellings,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &[],
    rules: &[],
    extract,
};

fn extract(_reading: &Reading, _findings: &mut Findings) {}
