//! Institutions, agencies and companies that the text names.

use super::{Extractor, Reading};
use crate::article::Findings;
use crate::field::{Field, Kind, no_spellings};

pub static FIELD: Field = Field {
    name: "organization",
    key: "organizations",
    kind: Kind::Facet,
    help: "institutions, agencies and companies",
    resolve: no_spellings,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &[],
    extract,
};

fn extract(_reading: &Reading, _findings: &mut Findings) {}
