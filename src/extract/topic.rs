//! Topics of trade news, by the terms of a taxonomy.

use super::{Extractor, Reading};
use crate::article::Findings;
use crate::field::{Field, Kind, no_spellings};

pub static FIELD: Field = Field {
    name: "topic",
    key: "topics",
    kind: Kind::Tree,
    help: "topics, as a path",
    resolve: no_spellings,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &[],
    rules: &[],
    extract,
};

fn extract(_reading: &Reading, _findings: &mut Findings) {}
