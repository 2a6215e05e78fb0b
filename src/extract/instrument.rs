//! Laws, agreements and cases that the text names.

use super::{Extractor, Reading};
use crate::article::Findings;
use crate::field::{Field, Kind, no_spellings};

pub static FIELD: Field = Field {
    name: "instrument",
    key: "instruments",
    kind: Kind::Facet,
    help: "laws, agreements and cases",
    resolve: no_spellings,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &[],
    rules: &[],
    extract,
};

fn extract(_reading: &Reading, _findings: &mut Findings) {}
