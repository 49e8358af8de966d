//! What Graphviz draws for a string: escapes, entities, records and HTML become plain words on one line.

/// The names that escapes stand for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    /// `\N`: of the node.
    pub(super) node: &'a str,
    /// `\G`: of the graph.
    pub(super) graph: &'a str,
}

/// The words of an escaped string; in a record without its ports and braces.
pub(super) fn escaped(raw: &str, names: Names<'_>, record: bool) -> String {
    let mut words = String::with_capacity(raw.len());
    let mut letters = raw.chars();
    let mut port = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('N') => words.push_str(names.node),
                Some('G') => words.push_str(names.graph),
                Some('n' | 'l' | 'r') => words.push(' '),
                Some(other) if !port => words.push(other),
                _ => {}
            },
            '<' if record => port = true,
            '>' if record => port = false,
            _ if port => {}
            '{' | '}' if record => words.push(' '),
            '|' if record => words.push_str(" | "),
            _ => words.push(letter),
        }
    }
    one_line(&entities(&words))
}

/// The words of an HTML label.
pub(super) fn html(raw: &str) -> String {
    let mut words = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((text, after)) = rest.split_once('<') {
        words.push_str(text);
        let comment = after.starts_with("!--");
        let end = if comment { "-->" } else { ">" };
        let (tag, after) = after.split_once(end).unwrap_or((after, ""));
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/', '\n', '\t', '\r'])
            .next()
            .unwrap_or_default();
        let breaks = ["br", "td", "tr", "table", "hr", "vr"];
        if breaks.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            words.push(' ');
        }
        rest = after;
    }
    words.push_str(rest);
    one_line(&entities(&words))
}

/// `text` with single spaces.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Graphviz takes entities in every string.
fn entities(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        words.push_str(before);
        let known = after
            .split_once(';')
            .and_then(|(name, after)| Some((entity(name)?, after)));
        let (letter, after) = known.unwrap_or(('&', after));
        words.push(letter);
        rest = after;
    }
    words.push_str(rest);
    words
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let code = match hexadecimal {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Names<'_> = Names {
        node: "etcd",
        graph: "cluster",
    };

    #[test]
    fn escapes_and_entities_are_what_graphviz_draws() {
        assert_eq!(escaped(r"\N in \G", NAMES, false), "etcd in cluster");
        assert_eq!(escaped(r"one\ntwo\lthree\r", NAMES, false), "one two three");
        assert_eq!(escaped(r"a\\b \{", NAMES, false), r"a\b {");
        assert_eq!(
            escaped("R&amp;D &#233;&#xe9; &x; a && b;", NAMES, false),
            "R&D éé &x; a && b;"
        );
    }

    #[test]
    fn a_record_is_its_fields() {
        assert_eq!(
            escaped(r"{<f0> left|{a|<f1>b \| c}}", NAMES, true),
            "left | a | b | c"
        );
        assert_eq!(escaped("{a|b", NAMES, true), "a | b");
        assert_eq!(escaped("a|b", NAMES, false), "a|b");
    }

    #[test]
    fn html_is_its_words() {
        let raw =
            "<table><tr><td port=\"x\">API</td><td>v1 &amp; v2</td></tr></table><!-- <b>no</b> -->";
        assert_eq!(html(raw), "API v1 & v2");
        assert_eq!(html("<b>kube</b>-proxy<br/>node"), "kube-proxy node");
        assert_eq!(html("a <b"), "a");
    }
}
