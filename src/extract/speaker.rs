//! People whose words the text reports, and the words.

use super::{Extractor, Reading};
use crate::article::Findings;
use crate::field::{Field, Kind, no_spellings};

pub static FIELD: Field = Field {
    name: "speaker",
    key: "speakers",
    kind: Kind::Facet,
    help: "people whose words the paragraph reports",
    resolve: no_spellings,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &["person"],
    rules: &[],
    extract,
};

fn extract(_reading: &Reading, _findings: &mut Findings) {}
