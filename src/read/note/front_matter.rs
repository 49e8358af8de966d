//! The YAML (or skipped TOML) at the head of a note.

use std::ops::Range;

/// The head of a note: the bytes of its YAML, and where the body starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// The YAML between the fences; `None` where there is none, or it is TOML.
    pub yaml: Option<Range<usize>>,
    /// First byte of the body.
    pub body: usize,
}

/// Cuts the head off. Done by hand: a Markdown parser that does it takes any `---` … `---` in the text for one.
pub(super) fn cut(source: &str) -> Head {
    let start = source.len() - source.trim_start_matches(['\u{feff}', '\n', '\r']).len();
    let text = source.get(start..).unwrap_or_default();
    let none = Head {
        yaml: None,
        body: start,
    };
    let Some(fence) = ["---", "+++"]
        .into_iter()
        .find(|fence| text.starts_with(fence))
    else {
        return none;
    };
    let mut offset = start;
    let mut yaml = None;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let end = offset + line.len();
        let words = line.trim_end();
        if number == 0 {
            if words != fence {
                return none;
            }
            yaml = Some(end);
        } else if words == fence || fence == "---" && words == "..." {
            let yaml = yaml.map(|from| from..offset).filter(|_| fence == "---");
            return Head { yaml, body: end };
        }
        offset = end;
    }
    none
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_cut_and_a_rule_is_none() {
        let head = cut("---\ntitle: x\n---\nbody\n");
        assert_eq!(
            head,
            Head {
                yaml: Some(4..13),
                body: 17
            }
        );
        assert_eq!(cut("text\n---\nmore\n---\n").yaml, None);
        assert_eq!(cut("---\nnever closed\n").body, 0);
        assert_eq!(cut("+++\nx = 1\n+++\nbody").yaml, None);
        assert_eq!(cut("+++\nx = 1\n+++\nbody").body, 14);
    }
}
