//! A source to the pieces in which it is read: a file as a whole, or some hundred kilobytes of complete lines, so that
//! memory stays bounded however large a file of lines is.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::PathBuf;

use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::formats::{self, Reading};
use super::{Fault, Piece, Source, decode};
use crate::limits::source as limits;

/// The pieces of a source, in order.
pub struct Pieces<R = File> {
    source: Source,
    state: State<R>,
}

enum State<R> {
    /// Nothing was read yet.
    Fresh(R),
    /// The beginning was read.
    Begun(Vec<u8>, R),
    Lines(Box<Lines<R>>),
    Done,
}

type Rest<R> = std::io::Chain<Cursor<Vec<u8>>, R>;

enum Reader<R> {
    /// The bytes as they are.
    Plain(Rest<R>),
    Utf16(DecodeReaderBytes<Rest<R>, Vec<u8>>),
}

impl<R: Read> Reader<R> {
    /// Reads a file whose beginning was read already; without its byte order mark.
    fn new(beginning: Vec<u8>, reader: R) -> Reader<R> {
        if decode::utf16(&beginning).is_some() {
            let decoded = DecodeReaderBytesBuilder::new()
                .encoding(decode::utf16_without_mark(&beginning))
                .strip_bom(true)
                .build(Cursor::new(beginning).chain(reader));
            return Reader::Utf16(decoded);
        }
        let mark = "\u{feff}".as_bytes();
        let n_skipped = if beginning.starts_with(mark) {
            mark.len()
        } else {
            0
        };
        let mut beginning = Cursor::new(beginning);
        beginning.set_position(n_skipped as u64);
        Reader::Plain(beginning.chain(reader))
    }

    /// Adds so many bytes at most; says how many there were.
    fn read(&mut self, n_bytes: u64, out: &mut Vec<u8>) -> std::io::Result<usize> {
        match self {
            Reader::Plain(bytes) => bytes.take(n_bytes).read_to_end(out),
            Reader::Utf16(text) => text.take(n_bytes).read_to_end(out),
        }
    }
}

struct Lines<R> {
    format: &'static formats::Format,
    reader: Reader<R>,
    /// What was read and not yet given out.
    buffer: Vec<u8>,
    /// The line on which the buffer begins.
    line: usize,
    /// Whether the buffer begins within a line that is too long.
    skipping: bool,
}

/// Opens a source.
pub fn pieces(source: &Source) -> Result<Pieces, Fault> {
    let file = File::open(source.file()).map_err(|error| Fault::io(&source.path, &error))?;
    Ok(Pieces {
        source: source.clone(),
        state: State::Fresh(file),
    })
}

/// Opens a source; returns the fingerprint of its bytes as well. A small one is read only once for both.
pub fn fingerprinted(source: Source) -> Result<(u128, Pieces), Fault> {
    let mut file = File::open(source.file()).map_err(|error| Fault::io(&source.path, &error))?;
    let beginning = beginning(&source, &mut file)?;
    let hash = match is_whole(&beginning) {
        true => xxhash_rust::xxh3::xxh3_128(&beginning),
        false => super::fingerprint(source.file())?,
    };
    let pieces = Pieces {
        source,
        state: State::Begun(beginning, file),
    };
    Ok((hash, pieces))
}

/// Reads as much of a source as tells its format.
fn beginning(source: &Source, reader: &mut impl Read) -> Result<Vec<u8>, Fault> {
    let n_bytes = source.size.min(limits::SNIFF_BYTES as u64) as usize;
    let mut beginning = Vec::with_capacity(n_bytes + 1);
    reader
        .take(limits::SNIFF_BYTES as u64)
        .read_to_end(&mut beginning)
        .map_err(|error| Fault::io(&source.path, &error))?;
    Ok(beginning)
}

/// Whether nothing follows such a beginning.
fn is_whole(beginning: &[u8]) -> bool {
    beginning.len() < limits::SNIFF_BYTES
}

/// Reads a stream as the source `-`; its content tells the format.
pub fn standard_input<R: Read>(reader: R) -> Pieces<R> {
    Pieces {
        source: Source {
            path: PathBuf::from("-"),
            at: None,
            stem: "-".into(),
            size: 0,
            modified: None,
            format: None,
        },
        state: State::Fresh(reader),
    }
}

impl<R: Read> Iterator for Pieces<R> {
    type Item = Result<Piece, Fault>;

    fn next(&mut self) -> Option<Result<Piece, Fault>> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Fresh(mut reader) => match beginning(&self.source, &mut reader) {
                Ok(beginning) => {
                    self.state = State::Begun(beginning, reader);
                    self.next()
                }
                Err(fault) => Some(Err(fault)),
            },
            State::Begun(beginning, reader) => match self.open(beginning, reader) {
                Ok(Opened::Whole(piece)) => Some(Ok(piece)),
                Ok(Opened::Lines(lines)) => {
                    self.state = State::Lines(lines);
                    self.next()
                }
                Err(fault) => Some(Err(fault)),
            },
            State::Lines(mut lines) => {
                let piece = lines.next_piece(&self.source)?;
                // After an error of the disk, nothing more is to be had.
                let broken = piece.as_ref().is_err_and(|fault| fault.line.is_none());
                if !broken {
                    self.state = State::Lines(lines);
                }
                Some(piece)
            }
            State::Done => None,
        }
    }
}

enum Opened<R> {
    Whole(Piece),
    Lines(Box<Lines<R>>),
}

impl<R: Read> Pieces<R> {
    fn open(&mut self, beginning: Vec<u8>, reader: R) -> Result<Opened<R>, Fault> {
        let path = &self.source.path;
        if beginning.is_empty() {
            return Err(Fault::new(path, "empty file"));
        }
        let format = formats::choose(self.source.format, &beginning);
        if format.reading == Reading::Lines {
            return Ok(Opened::Lines(Box::new(Lines {
                format,
                reader: Reader::new(beginning, reader),
                buffer: Vec::new(),
                line: 1,
                skipping: false,
            })));
        }
        let mut bytes = beginning;
        if !is_whole(&bytes) {
            reader
                .take(limits::FILE_BYTES + 1 - bytes.len() as u64)
                .read_to_end(&mut bytes)
                .map_err(|error| Fault::io(path, &error))?;
        }
        if bytes.len() as u64 > limits::FILE_BYTES {
            let megabytes = limits::FILE_BYTES >> 20;
            return Err(Fault::new(path, format!("larger than {megabytes} MB"))
                .hint("split it, or turn it into JSON Lines, which may be of any size"));
        }
        Ok(Opened::Whole(Piece {
            // Nothing else comes of it.
            source: std::mem::take(&mut self.source),
            format,
            line: 1,
            bytes,
        }))
    }
}

impl<R: Read> Lines<R> {
    fn next_piece(&mut self, source: &Source) -> Option<Result<Piece, Fault>> {
        let mut searched = 0;
        loop {
            let at_end = match self.fill() {
                Ok(at_end) => at_end,
                Err(error) => return Some(Err(Fault::io(&source.path, &error))),
            };
            if self.skipping {
                match memchr::memchr(b'\n', &self.buffer) {
                    Some(end) => {
                        self.buffer.drain(..=end);
                        self.line += 1;
                        self.skipping = false;
                    }
                    None => self.buffer.clear(),
                }
                searched = 0;
            }
            let is_too_long = self.buffer.len() > limits::LINE_BYTES
                && !self.buffer[..=limits::LINE_BYTES].contains(&b'\n');
            if is_too_long {
                let megabytes = limits::LINE_BYTES >> 20;
                let fault = Fault::new(&source.path, format!("a line of more than {megabytes} MB"))
                    .at(self.line)
                    .hint("each line is to hold one article");
                self.skipping = true;
                return Some(Err(fault));
            }
            if at_end {
                let bytes = std::mem::take(&mut self.buffer);
                return (!bytes.is_empty()).then(|| Ok(self.piece(source, bytes)));
            }
            // Nothing before `searched` holds the end of a line: looked at once only, however long the line is.
            let end = memchr::memrchr(b'\n', &self.buffer[searched..]).map(|at| searched + at);
            if let Some(end) = end {
                let rest = self.buffer.split_off(end + 1);
                let bytes = std::mem::replace(&mut self.buffer, rest);
                return Some(Ok(self.piece(source, bytes)));
            }
            searched = self.buffer.len();
        }
    }

    /// Reads until there is enough for a piece; says whether the end was met.
    fn fill(&mut self) -> std::io::Result<bool> {
        let start = self.buffer.len();
        // A line that was longer than a piece is read on by pieces.
        let target = (start / limits::PIECE_BYTES + 1) * limits::PIECE_BYTES;
        let missing = (target - start) as u64;
        self.buffer.reserve(target - start);
        let n_read = self.reader.read(missing, &mut self.buffer)?;
        Ok((n_read as u64) < missing)
    }

    fn piece(&mut self, source: &Source, bytes: Vec<u8>) -> Piece {
        let line = self.line;
        self.line += memchr::memchr_iter(b'\n', &bytes).count();
        Piece {
            source: source.clone(),
            format: self.format,
            line,
            bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: Vec<u8>) -> Vec<Result<Piece, Fault>> {
        standard_input(Cursor::new(bytes)).collect()
    }

    #[test]
    fn lines_are_cut_between_records() {
        let record = format!("{{\"text\": \"{}\"}}\n", "steel ".repeat(5_000));
        let file = record.repeat(100);
        let pieces: Vec<Piece> = read(file.clone().into_bytes())
            .into_iter()
            .flatten()
            .collect();
        assert!(pieces.len() > 3);
        assert!(pieces.iter().all(|piece| piece.bytes.ends_with(b"}\n")));
        assert_eq!(
            pieces.iter().map(|piece| piece.bytes.len()).sum::<usize>(),
            file.len()
        );
        let second = pieces[0].bytes.len() / record.len() + 1;
        assert_eq!((pieces[0].line, pieces[1].line), (1, second));
    }

    #[test]
    fn a_line_without_end_is_a_fault_and_the_others_stay() {
        let mut file = b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n{\"text\": \"".to_vec();
        file.resize(file.len() + limits::LINE_BYTES + limits::PIECE_BYTES, b'x');
        file.extend(b"\"}\n{\"text\": \"c\"}\n");
        let mut lines = Vec::new();
        for piece in read(file) {
            match piece {
                Ok(piece) => lines.push((piece.line, piece.bytes.len())),
                Err(fault) => {
                    assert_eq!(fault.to_string(), "-:3: a line of more than 16 MB");
                    lines.push((3, 0));
                }
            }
        }
        assert_eq!(lines, [(1, 28), (3, 0), (4, 14)]);
    }

    #[test]
    fn bounds_hold_on_both_sides() {
        let line = |n_bytes: usize, end: &str| {
            let start = "{\"text\": \"b\"}\n{\"text\": \"";
            let text = "a".repeat(n_bytes - "{\"text\": \"\"}".len());
            let pieces = read(format!("{start}{text}\"}}{end}").into_bytes());
            let fault = pieces.into_iter().find_map(Result::err);
            fault.map(|fault| fault.to_string())
        };
        for end in ["", "\n", "\n{\"text\": \"c\"}\n"] {
            assert_eq!(line(limits::LINE_BYTES, end), None);
            let fault = "-:2: a line of more than 16 MB".to_string();
            assert_eq!(line(limits::LINE_BYTES + 1, end), Some(fault));
        }
        let file = |n_bytes: u64| read(vec![b'a'; n_bytes as usize]).remove(0);
        assert!(file(limits::FILE_BYTES).is_ok());
        let fault = file(limits::FILE_BYTES + 1).unwrap_err();
        assert_eq!(fault.to_string(), "-: larger than 64 MB");
    }

    #[test]
    fn lines_in_utf_16_are_read() {
        let text = "{\"text\": \"Müller\"}\n{\"text\": \"b\"}\n";
        for mark in [vec![0xff, 0xfe], vec![]] {
            let mut bytes = mark;
            bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            let pieces = read(bytes);
            assert_eq!(pieces[0].as_ref().unwrap().bytes, text.as_bytes());
        }
    }

    #[test]
    fn an_empty_stream_is_a_fault() {
        let fault = read(Vec::new()).remove(0).unwrap_err();
        assert_eq!(fault.to_string(), "-: empty file");
    }
}
