//! The one test binary: each file a subject.
