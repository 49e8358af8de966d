//! What of a page is HTML, and what is a fenced block of ours: a Markdown parser says so, for comments within code are code.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// A stretch of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Stretch {
    /// HTML, comments too.
    Html(Range<usize>),
    /// A fenced block whose language is `k8sdiag`.
    Fenced {
        /// All of it, with its fences.
        whole: Range<usize>,
        /// The words after the language.
        info: String,
        /// What it holds.
        text: String,
    },
}

/// The stretches of a text, in its order.
pub(in crate::app) fn stretches(text: &str) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut open = false;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => found.push(Stretch::Html(range)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let (language, rest) = info.split_once([' ', ',']).unwrap_or((&info, ""));
                open = language == "k8sdiag";
                if open {
                    found.push(Stretch::Fenced {
                        whole: range,
                        info: rest.to_owned(),
                        text: String::new(),
                    });
                }
            }
            Event::Text(words) if open => {
                if let Some(Stretch::Fenced { text, .. }) = found.last_mut() {
                    text.push_str(&words);
                }
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            _ => {}
        }
    }
    found
}
