//! Signs of a text: blanks, dashes, punctuation, arrows.

use super::fold::{Folded, is_unspaced};
use super::token::{Heads, Kind};
use crate::model::phrases::is_alphanumeric;

/// Whether the blank at a place was one before folding, and no hyphen.
pub(super) fn is_blank(folded: &Folded, plain: &str, at: usize) -> bool {
    let place = folded.plain(&(at..at)).start;
    plain.as_bytes().get(place) == Some(&b' ')
}

/// Whether the blank at a place was a hyphen between blanks, as people write for a dash.
pub(super) fn is_dash(folded: &Folded, plain: &str, at: usize) -> bool {
    let place = folded.plain(&(at..at + 1)).start;
    let mut around = plain.get(place..).unwrap_or_default().chars();
    around.next() == Some('-')
        && around.next().is_none_or(char::is_whitespace)
        && folded.before(at).is_none_or(char::is_whitespace)
}

/// Whether the word at a place is part of a path, `/brokers/topics`: names of files are no names of parts.
pub(super) fn is_in_path(plain: &str, folded: &Folded, at: usize) -> bool {
    let place = folded.plain(&(at..at)).start;
    let before = plain.as_bytes().get(..place).unwrap_or_default();
    if !before.ends_with(b"/") && !before.ends_with(b"-") && !before.ends_with(b"_") {
        return false;
    }
    let joins = |byte: &&u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'*')
    };
    let length = before.iter().rev().take_while(joins).count();
    let (outside, path) = before.split_at(before.len() - length);
    let deeper = path.iter().skip(1).any(|byte| *byte == b'/');
    // *A/B* names two; behind a letter of a script without blanks one slash may do so too.
    path.starts_with(b"/") && (deeper || outside.last().is_none_or(u8::is_ascii))
}

/// Punctuation at a place: its kind (`None` for what says nothing) and length.
pub(super) fn sign(folded: &Folded, at: usize, character: char) -> Option<(Option<Kind>, usize)> {
    let rest = folded.from(at);
    let length = character.len_utf8();
    let next = rest.get(length..).and_then(|rest| rest.chars().next());
    let kind = match character {
        ',' | '，' | '、' => Some(Kind::Comma),
        ';' | '；' | '–' | '—' | '…' => Some(Kind::Semicolon),
        ':' if next.is_none_or(|next| !is_alphanumeric(next) || is_unspaced(next)) => {
            Some(Kind::Semicolon)
        }
        '(' | '[' | '（' => Some(Kind::Open),
        ')' | ']' | '）' => Some(Kind::Close),
        '?' => Some(Kind::Question),
        '!' | '。' | '\n' | '\u{2028}' => Some(Kind::Stop),
        '.' if next.is_none_or(|next| !is_alphanumeric(next)) => Some(Kind::Stop),
        '&' | '+' | '=' | '\u{fffc}' => return None,
        character if is_alphanumeric(character) => return None,
        _ => None,
    };
    Some((kind, length))
}

/// Whether an arrow stands in a text.
pub(crate) fn draws(text: &str) -> bool {
    let head = |sign: char| matches!(sign, '<' | '>') || drawn(sign).is_some();
    text.contains(head) && {
        let folded = Folded::new(text);
        let mut places = folded.text.char_indices();
        places.any(|(at, sign)| !is_alphanumeric(sign) && arrow(&folded, text, at).is_some())
    }
}

/// Where a character that is an arrow has its heads.
fn drawn(character: char) -> Option<Heads> {
    match character {
        '→' | '⇒' | '➜' | '➡' | '⟶' => Some(Heads::Forward),
        '←' => Some(Heads::Backward),
        '↔' | '⇄' | '⇔' => Some(Heads::Both),
        _ => None,
    }
}

/// An arrow that starts at byte `at`, drawn with signs (`-->`, `<=>`) or a character of its own; folding has made blanks of its hyphens.
pub(super) fn arrow(folded: &Folded, plain: &str, at: usize) -> Option<(Heads, usize)> {
    let first = folded.at(at)?;
    if let Some(heads) = drawn(first) {
        return Some((heads, first.len_utf8()));
    }
    let rest = plain.get(folded.plain(&(at..at + 1)).start..)?;
    let inner = rest.strip_prefix('<').unwrap_or(rest);
    let shaft = inner.len() - inner.trim_start_matches(['-', '=']).len();
    let after = inner.get(shaft..)?;
    let backward = inner.len() < rest.len();
    let forward = after.starts_with('>');
    // `=>` is an arrow; a lone `-` or `>=` is not.
    let heads = match (backward, forward) {
        _ if shaft == 0 => return None,
        (true, true) => Heads::Both,
        (false, true) => Heads::Forward,
        (true, false) => Heads::Backward,
        (false, false) => return None,
    };
    Some((heads, usize::from(backward) + shaft + usize::from(forward)))
}
