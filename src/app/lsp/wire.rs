//! Messages on the wire: a head with their length, and JSON (Language Server Protocol 3.17, base protocol).

use serde_json::Value;
use std::io::{self, BufRead, Read, Write};

/// Bytes that one message may have.
const MOST: usize = 128 << 20;
/// Bytes that a line of a head may have.
const LINE: u64 = 4096;

/// The next message; `None` at the end.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.by_ref().take(LINE).read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<usize>().ok();
        }
    }
    let length = length.filter(|length| *length <= MOST);
    let length = length
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a message without a length"))?;
    let mut body = Vec::new();
    input.by_ref().take(length as u64).read_to_end(&mut body)?;
    Ok((body.len() == length).then_some(body))
}

/// Sends a message.
pub(super) fn write(message: &Value) -> io::Result<()> {
    let body = serde_json::to_vec(message)?;
    let mut out = io::stdout().lock();
    write!(out, "Content-Length: {}\r\n\r\n", body.len())?;
    out.write_all(&body)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_one_by_one() {
        let mut input = io::Cursor::new(b"Content-Length: 2\r\nX: y\r\n\r\n{}content-length: 3\r\n\r\n[1]Content-Length: 9\r\n\r\n{".to_vec());
        assert_eq!(read(&mut input).unwrap().unwrap(), b"{}");
        assert_eq!(read(&mut input).unwrap().unwrap(), b"[1]");
        assert_eq!(
            read(&mut input).unwrap(),
            None,
            "the end within a message is the end"
        );
        assert!(read(&mut io::Cursor::new(b"X: y\r\n\r\n".to_vec())).is_err());
        assert!(
            read(&mut io::Cursor::new(
                b"Content-Length: 99999999999\r\n\r\n".to_vec()
            ))
            .is_err()
        );
    }
}
