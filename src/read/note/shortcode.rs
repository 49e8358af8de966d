//! Template tags of site generators in the text of a note.

/// Puts blanks over template tags (`{{< … >}}`, `{% … %}`), so that no byte moves; the `text` of a tag stays.
pub(super) fn blank_shortcodes(text: &mut String) {
    if !text.contains("{{") && !text.contains("{%") {
        return;
    }
    let mut blanked = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = [rest.find("{{"), rest.find("{%")]
        .into_iter()
        .flatten()
        .min()
    {
        let (before, tag) = rest.split_at(start);
        blanked.push_str(before);
        let closing = if tag.starts_with("{{") { "}}" } else { "%}" };
        let Some(length) = tag.find(closing).map(|end| end + closing.len()) else {
            rest = tag;
            break;
        };
        let (tag, after) = tag.split_at(length);
        let shown = tag
            .find("text=\"")
            .map(|at| at + "text=\"".len())
            .and_then(|start| {
                let value = tag.get(start..)?;
                Some(start..start + value.find('"')?)
            });
        for (at, character) in tag.char_indices() {
            if shown.as_ref().is_some_and(|shown| shown.contains(&at)) {
                blanked.push(character);
            } else {
                blanked.extend(std::iter::repeat_n(' ', character.len_utf8()));
            }
        }
        rest = after;
    }
    blanked.push_str(rest);
    *text = blanked;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn template_tags_vanish_and_their_text_stays() {
        let mut text =
            "The {{< glossary_tooltip text=\"API server\" term_id=\"x\" >}} and {% raw %}b."
                .to_owned();
        let length = text.len();
        blank_shortcodes(&mut text);
        assert_eq!(text.len(), length);
        let words: Vec<_> = text.split_whitespace().collect();
        assert_eq!(words, ["The", "API", "server", "and", "b."]);
    }
}
