//! What a picture shows, in a few words that are hidden in it: so `build --check` can tell what changed since a committed PNG, PDF or slide was drawn,
//! without git history, a cache or another file.
//!
//! The words are JSON in base64 between two marks: plain ASCII that can stand in XML, in a comment of PDF and in a chunk of PNG, and that is found again in
//! the bytes of the file by looking for the mark.

use crate::geom::Rect;
use crate::scene::{Place, Scene, Subject};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// What stands before the words.
const MARK: &str = "k8sdiag:shows:";
/// What stands after them.
const END: char = '.';
/// Bytes of hidden words that are read.
const MOST: usize = 64 << 20;

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Its title.
    pub title: String,
    /// Components and groups.
    pub boxes: Vec<Boxed>,
    /// Links: the ids of both ends, what is said of them first, and whether they are known.
    pub links: Vec<(String, String, String, bool)>,
}

/// A component or group.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Boxed {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Whether it is a group.
    pub is_group: bool,
    /// Left, top, right, bottom.
    pub frame: [f64; 4],
}

/// The hidden words of a picture.
#[cfg_attr(
    not(any(
        feature = "png",
        feature = "pdf",
        feature = "pptx",
        feature = "drawio",
        feature = "excalidraw"
    )),
    expect(dead_code, reason = "all formats that hide words are left out")
)]
pub(super) fn hidden(scene: &Scene) -> String {
    let mut outline = Outline {
        title: scene.title.clone(),
        boxes: Vec::new(),
        links: Vec::new(),
    };
    let frame = |rect: &Rect| [rect.x0, rect.y0, rect.x1, rect.y1].map(super::number::rounded);
    for item in &scene.items {
        match (&item.subject, &item.place) {
            (subject @ (Subject::Component(_, id) | Subject::Group(_, id)), Place::Box(rect)) => {
                outline.boxes.push(Boxed {
                    id: id.to_string(),
                    label: item.name().to_owned(),
                    is_group: matches!(subject, Subject::Group(..)),
                    frame: frame(rect),
                });
            }
            (
                Subject::Link {
                    from, to, known, ..
                },
                _,
            ) => {
                let ends = (from.to_string(), to.to_string());
                let said = item.name().to_owned();
                outline.links.push((ends.0, ends.1, said, *known));
            }
            _ => {}
        }
    }
    let json = serde_json::to_string(&outline).unwrap_or_default();
    format!("{MARK}{}{END}", STANDARD.encode(json))
}

/// What is hidden in the bytes of a file; nothing where it is none of ours.
pub fn found(bytes: &[u8]) -> Option<Outline> {
    let mark = MARK.as_bytes();
    let at = bytes
        .windows(mark.len())
        .position(|window| window == mark)?;
    let rest = bytes.get(at + mark.len()..)?;
    let end = rest.iter().take(MOST).position(|byte| *byte == END as u8)?;
    // In a PDF the words are broken into lines that are comments.
    let letters = rest.get(..end)?.iter().copied();
    let letters: Vec<u8> = letters.filter(|byte| !b"\r\n%".contains(byte)).collect();
    serde_json::from_slice(&STANDARD.decode(letters).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::tests::{SHOP, drawn};
    use crate::draw::{Settings, format};

    #[test]
    fn a_file_tells_what_it_shows_and_others_tell_nothing() {
        for name in ["png", "pdf", "pptx", "drawio", "excalidraw"] {
            if format(name).is_none() {
                continue;
            }
            let outline = found(&drawn(name, SHOP, &Settings::default())).unwrap();
            assert_eq!(outline.title, "Shop <&>", "{name}");
            let labels: Vec<&str> = outline.boxes.iter().map(|one| &*one.label).collect();
            assert!(
                labels.contains(&"till") && labels.contains(&"Office"),
                "{name}: {labels:?}"
            );
            assert_eq!(outline.links.len(), 2, "{name}");
        }
        for other in [
            &b""[..],
            b"k8sdiag:shows:",
            b"k8sdiag:shows:AAAA.",
            b"k8sdiag:shows:!!.",
        ] {
            assert_eq!(found(other), None);
        }
    }
}
