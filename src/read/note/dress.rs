//! What authors hang on the words of a block that is none of its words, and lists that are set in as code is.

use super::structure::{Block, Kind};
use std::ops::Range;

/// Words of a heading.
const HEADING: usize = 8;

/// Words of an entry of a list; what is set in with fewer is code more often.
const ENTRY: usize = 3;

/// Takes the attributes off the end of headings: `{#anchor}`, `{: .class}`.
pub(super) fn undress(block: &mut Block) {
    if !matches!(block.kind, Kind::Section(_)) {
        return;
    }
    let text = block.text.text.trim_end();
    let Some(open) = text.rfind('{').filter(|_| text.ends_with('}')) else {
        return;
    };
    let says = text.get(open + 1..).unwrap_or_default().trim_start();
    if !says.starts_with(['#', '.', ':']) {
        return;
    }
    let end = text.get(..open).unwrap_or_default().trim_end().len();
    block.text = block.text.slice(0..end);
    let within = |run: &Range<usize>| run.end <= end;
    block.runs.retain(within);
}

/// The level of a heading without the blank behind its signs, and the length of its words; tags stand in small letters, or several in a row.
pub(super) fn tight_heading(block: &Block) -> Option<(u8, usize)> {
    let text = block.text.text.trim_end();
    let title = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - title.len()).ok()?;
    let first = title.chars().next()?;
    let fits = block.kind == Kind::Paragraph
        && (1..=6).contains(&level)
        && first.is_alphabetic()
        && !first.is_lowercase()
        && !title.contains(['#', '\n'])
        && title.split_whitespace().count() <= HEADING;
    fits.then_some((level, block.text.text.len() - usize::from(level)))
}

/// Whether an indented block is a list in prose, which authors set in below the line that announces it, and no code.
pub(super) fn is_list(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let code = |line: &str| {
        line.contains(['{', '}', '$', '|', '=', '\\', '`'])
            || line.ends_with(';')
            || line.contains("--")
            // Who sees the stars of the emphasis in print shows how Markdown is written.
            || line.contains("**")
    };
    let (mut entries, mut long) = (0_usize, 0_usize);
    for (at, line) in lines().enumerate() {
        let words = entry(line).map(|said| said.split_whitespace().count());
        if code(line) || at == 0 && words.is_none() {
            return false;
        }
        match words {
            Some(words) => {
                entries += 1;
                long += usize::from(words > ENTRY);
            }
            // A line that goes on is prose, too.
            None if line.split_whitespace().count() <= ENTRY => return false,
            None => {}
        }
    }
    entries > 0 && long * 2 >= entries
}

/// What an entry of a list says behind its mark: a sign, a number or a letter.
fn entry(line: &str) -> Option<&str> {
    let (mark, said) = line.split_once(' ')?;
    let numbered = mark.strip_suffix(['.', ')']).is_some_and(|number| {
        let letter = number.len() == 1 && number.starts_with(|sign: char| sign.is_alphabetic());
        letter || !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
    });
    (matches!(mark, "-" | "*" | "+" | "•") || numbered).then_some(said)
}

/// Whether code at the start of a block is a name of several words: *Web Server*, and no command.
pub(super) fn is_title(code: &str) -> bool {
    let mut words = code.split(' ');
    let capital = |word: &str| word.starts_with(|first: char| first.is_uppercase());
    let plain = |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '-');
    words.next().is_some_and(capital)
        && words.clone().count() <= ENTRY
        && words.all(|word| !word.is_empty())
        && code.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_prose_are_told_from_code() {
        assert!(is_list(
            "a. kubelet - the agent of the node\n\nb. kube-proxy - looks after the network\n"
        ));
        assert!(is_list("- the kubelet starts what it is told to\n- pods\n"));
        assert!(!is_list("- name: web\n  image: nginx\n"));
        assert!(!is_list("kubectl get pods and more than that\n"));
        assert!(!is_list("1. export A=b and so on and on\n"));
    }

    #[test]
    fn names_in_code_are_told_from_commands() {
        assert!(is_title("Web Server"));
        assert!(is_title("Planer"));
        assert!(!is_title("kubectl get pods"));
        assert!(!is_title("SELECT * FROM a"));
    }
}
