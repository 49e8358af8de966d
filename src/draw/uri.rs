//! Addresses for formats whose readers refuse a whole file for one wrong character.

use std::fmt::Write;

/// `address` with the characters that a URI may not have (RFC 3986) in percents: strict readers refuse a whole file for one of them.
pub(super) fn encoded(address: &str) -> String {
    let mut uri = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0..=b' ' | 0x7f.. => {
                let _ = write!(uri, "%{byte:02X}");
            }
            other => uri.push(char::from(other)),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn an_address_is_a_uri_whatever_it_was() {
        assert_eq!(
            encoded("https://e.org/a?b=1&c#d"),
            "https://e.org/a?b=1&c#d"
        );
        assert_eq!(
            encoded("/Größe/\"<x>|{y}"),
            "/Gr%C3%B6%C3%9Fe/%22%3Cx%3E%7C%7By%7D"
        );
    }
}
