//! A Markdown page becomes the pictures that it asks for, and the text that shows them.
//!
//! A page asks by a pair of comments, `<!-- k8sdiag: SOURCE OPTIONS -->` and `<!-- /k8sdiag -->`; what stands between them is ours. A note asks for its own picture by a
//! `k8sdiag` key in its front matter, or a fenced `k8sdiag` block. Comments within code are code: a Markdown parser says which is which.

use super::markdown::{Stretch, stretches};
use super::safe::{address, as_attribute, as_markdown, is_link, one_line};
use super::tree::{folder, joined, relative, stem};
use super::words::{self, Words};
use crate::model::{Code, Diagnostic, Source, SourceId, Sources};
use crate::yaml::{self, Caps, Node, Value};
use std::fmt::Write;
use std::ops::Range;

/// What opens our comments.
const OPEN: &str = "<!-- k8sdiag:";
/// What closes a pair.
const CLOSE: &str = "<!-- /k8sdiag -->";
/// A picture that a page asks for.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct Wish {
    /// The input, from the root on.
    pub(in crate::app) source: String,
    /// The outputs, from the root on, each with its theme, where the page gives one.
    pub(in crate::app) outputs: Vec<(String, Option<&'static str>)>,
    /// Options.
    pub(in crate::app) words: Words,
    /// What stands for the picture where it cannot be seen.
    pub(in crate::app) alt: Option<String>,
    /// What stands before the name of the picture's file in its address, where the page is served elsewhere than it lies.
    pub(in crate::app) link: Option<String>,
    /// The bytes between the comments; `None` of a note that asks for its own picture.
    pub(in crate::app) between: Option<Range<usize>>,
    /// The bytes of the comments and of what is between.
    pub(in crate::app) whole: Range<usize>,
}

/// A page, taken apart.
#[derive(Debug, Default)]
pub(in crate::app) struct Page {
    /// What it asks for, in its order.
    pub(in crate::app) wishes: Vec<Wish>,
    /// What is wrong with its comments.
    pub(in crate::app) diagnostics: Vec<Diagnostic>,
}

/// Takes a page apart.
pub(in crate::app) fn read(sources: &Sources, id: SourceId) -> Page {
    let mut page = Page::default();
    let source = sources.get(id);
    if !source.text().contains("k8sdiag") {
        return page;
    }
    let mut reader = Reader {
        sources,
        id,
        page: &mut page,
    };
    let fenced = reader.pairs();
    reader.own(fenced);
    page
}

struct Reader<'a> {
    sources: &'a Sources,
    id: SourceId,
    page: &'a mut Page,
}

impl Reader<'_> {
    fn name(&self) -> &str {
        self.sources.get(self.id).name()
    }

    fn complain(&mut self, message: String, bytes: Range<usize>, help: &str) {
        let span = self.sources.span(self.id, bytes);
        let told = Diagnostic::new(Code::Syntax, message).at(span).help(help);
        self.page.diagnostics.push(told);
    }

    /// Finds the pairs of comments; says whether there is a fenced block of ours.
    fn pairs(&mut self) -> bool {
        let text = self.sources.get(self.id).text().to_owned();
        let mut fenced = false;
        let mut open: Option<Range<usize>> = None;
        for comment in comments(&text, &mut fenced) {
            let words = text.get(comment.clone()).unwrap_or_default();
            if words == CLOSE {
                match open.take() {
                    Some(start) => self.pair(&text, start, comment),
                    None => self.complain(
                        "this closes a picture that was not opened".to_owned(),
                        comment,
                        "write `<!-- k8sdiag: SOURCE -->` before it",
                    ),
                }
                continue;
            }
            // An author's correction (`a -> b`, `ignore a`) stands alone; a picture's comment has its end.
            if let Some(start) = open.replace(comment) {
                self.alone(&text, start);
            }
        }
        if let Some(start) = open {
            self.alone(&text, start);
        }
        fenced
    }

    /// A comment of ours without an end is a correction, or has lost it.
    fn alone(&mut self, text: &str, comment: Range<usize>) {
        let inner = inner(text, &comment);
        let first = inner.split_whitespace().next().unwrap_or_default();
        let is_correction = inner.contains("->") || inner.contains('→') || first == "ignore";
        if !is_correction && !first.is_empty() {
            self.complain(
                format!("the picture of `{first}` has no end"),
                comment,
                "write `<!-- /k8sdiag -->` on a line below it",
            );
        }
    }

    fn pair(&mut self, text: &str, start: Range<usize>, end: Range<usize>) {
        let between = start.end..end.start;
        let mut wish = Wish {
            source: String::new(),
            outputs: Vec::new(),
            words: Words::new(),
            alt: None,
            link: None,
            between: Some(between),
            whole: start.start..end.end,
        };
        let here = folder(self.name()).to_owned();
        let mut output = None;
        let mut words = split(inner(text, &start)).into_iter().peekable();
        match words.next() {
            Some(source) if matches!(source.as_str(), "." | "this") => {
                self.name().clone_into(&mut wish.source);
            }
            Some(source) => wish.source = joined(&here, &source),
            None => {
                self.complain(
                    "this comment names no input".to_owned(),
                    start,
                    "write `<!-- k8sdiag: notes.md -->`, or `<!-- k8sdiag: . -->` for this page",
                );
                return;
            }
        }
        while let Some(word) = words.next() {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name.to_owned(), value.to_owned()),
                None if words.peek().is_some_and(|next| !next.starts_with("--"))
                    && word.starts_with("--") =>
                {
                    (word, words.next().unwrap_or_default())
                }
                None => (word, "true".to_owned()),
            };
            match name.trim_start_matches("--") {
                "alt" => wish.alt = Some(value),
                "output" | "o" => output = Some(value),
                "link" if is_link(&value) => wish.link = Some(value),
                "link" => {
                    let message = format!("`{value}` cannot stand before the name of a picture");
                    let help =
                        "write a path or an https address that ends in `/`: `link=/assets/images/`";
                    self.complain(message, start.clone(), help);
                    return;
                }
                _ => match words::allowed(&name) {
                    Ok(name) => {
                        wish.words.insert(name, value);
                    }
                    Err((message, near)) => {
                        let help = near.map(|near| format!("did you mean `{near}`?"));
                        let help = help.unwrap_or_else(|| "beside `output`, `link` and `alt`, they are the drawing options of `render`".to_owned());
                        self.complain(message, start.clone(), &help);
                        return;
                    }
                },
            }
        }
        let output = match output {
            Some(output) => joined(&here, &output),
            None => joined(
                &here,
                &format!("{}.{}", stem(&wish.source), ending(&wish.words)),
            ),
        };
        wish.outputs = outputs(&output, &mut wish.words);
        self.page.wishes.push(wish);
    }

    /// The picture that a note asks for itself.
    fn own(&mut self, fenced: bool) {
        let text = self.sources.get(self.id).text();
        let name = self.name().to_owned();
        let head = head(text);
        let node = head.clone().and_then(|bytes| {
            // A broken head is told when the note is read.
            yaml::stretch(self.sources, self.id, bytes, Caps::default()).ok()?
        });
        let own = node.as_ref().and_then(|node| field(node, "k8sdiag"));
        if own.is_none() && !fenced || self.page.wishes.iter().any(|wish| wish.source == name) {
            return;
        }
        let mut words = Words::new();
        let mut output = None;
        if let Some(Node {
            value: Value::Map(entries),
            ..
        }) = own
        {
            for (key, value) in entries {
                let Some(value) = super::config::scalar(value) else {
                    continue;
                };
                match &*key.text {
                    "output" => output = Some(value),
                    // The reader of the note has these from the note itself.
                    "title" | "direction" | "links" => {}
                    key => {
                        if let Ok(key) = words::allowed(key) {
                            words.insert(key, value);
                        }
                    }
                }
            }
        }
        let here = folder(&name);
        let output = match output {
            Some(output) => joined(here, &output),
            None => joined(here, &format!("{}.{}", stem(&name), ending(&words))),
        };
        let outputs = outputs(&output, &mut words);
        self.page.wishes.push(Wish {
            source: name,
            outputs,
            words,
            alt: None,
            link: None,
            between: None,
            whole: 0..0,
        });
    }
}

/// The ending of a picture's file.
fn ending(words: &Words) -> &str {
    words.get("format").map_or("svg", String::as_str)
}

/// One output, or a light and a dark one.
fn outputs(output: &str, words: &mut Words) -> Vec<(String, Option<&'static str>)> {
    if words.get("theme").is_none_or(|theme| theme != "both") {
        return vec![(output.to_owned(), None)];
    }
    words.remove("theme");
    let (name, ending) = output.rsplit_once('.').unwrap_or((output, "svg"));
    ["light", "dark"]
        .map(|theme| (format!("{name}-{theme}.{ending}"), Some(theme)))
        .to_vec()
}

/// Our comments, in the order of the page, where Markdown has comments; and whether there is a fenced block of ours.
fn comments(text: &str, fenced: &mut bool) -> Vec<Range<usize>> {
    let body = head(text).map_or(0, |head| head.end);
    let mut found: Vec<Range<usize>> = Vec::new();
    for stretch in stretches(text.get(body..).unwrap_or_default()) {
        match stretch {
            Stretch::Html(range) => {
                let (mut at, end) = (range.start + body, range.end + body);
                while let Some(next) = next(text, at..end) {
                    at = next.end;
                    found.push(next);
                }
            }
            Stretch::Fenced { .. } => *fenced = true,
        }
    }
    found.sort_by_key(|range| range.start);
    found.dedup();
    found
}

/// The next comment of ours.
fn next(text: &str, within: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(within.clone())?;
    let start = [OPEN, CLOSE]
        .iter()
        .filter_map(|mark| part.find(mark))
        .min()?;
    let end = start + part.get(start..)?.find("-->")? + 3;
    Some(within.start + start..within.start + end)
}

fn inner<'t>(text: &'t str, comment: &Range<usize>) -> &'t str {
    let words = text.get(comment.clone()).unwrap_or_default();
    words
        .strip_prefix(OPEN)
        .and_then(|rest| rest.strip_suffix("-->"))
        .unwrap_or_default()
        .trim()
}

/// Words, as a shell has them: blanks part them, but within quotes.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in line.chars() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (None, '"' | '\'') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, blank) if blank.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

/// The bytes of the YAML at the head of a page.
fn head(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches('\u{feff}').trim_end();
        match start {
            None if words == "---" => start = Some(at + line.len()),
            None if words.is_empty() => {}
            None => return None,
            Some(start) if words == "---" || words == "..." => return Some(start..at),
            Some(_) => {}
        }
        at += line.len();
    }
    None
}

fn field<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    entries
        .iter()
        .find(|(known, _)| known.text == key)
        .map(|(_, node)| node)
}

/// The page with a picture between each pair of comments. `alt` gives the words of a picture whose comment has none.
pub(in crate::app) fn written(
    text: &str,
    page: &str,
    wishes: &[Wish],
    alt: &dyn Fn(&str) -> String,
) -> String {
    let mut out = String::with_capacity(text.len() + 100 * wishes.len());
    let mut copied = 0;
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    for wish in wishes {
        let Some(between) = &wish.between else {
            continue;
        };
        out.push_str(text.get(copied..between.start).unwrap_or_default());
        let words = wish.alt.clone().unwrap_or_else(|| alt(&wish.source));
        // A comment within a paragraph keeps to its line.
        let alone = text.get(..wish.whole.start).is_none_or(|before| {
            before
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .trim()
                .is_empty()
        });
        let (before, after) = if alone { (ending, ending) } else { ("", "") };
        let _ = write!(out, "{before}{}{after}", shown(wish, folder(page), &words));
        copied = between.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// What shows a picture.
fn shown(wish: &Wish, here: &str, alt: &str) -> String {
    let alt = one_line(alt);
    let path = |output: &str| match &wish.link {
        Some(before) => {
            let name = output.rsplit('/').next().unwrap_or_default();
            format!("{before}{}", address(name))
        }
        None => address(&relative(here, output)),
    };
    match &wish.outputs[..] {
        [(light, _), (dark, _)] => format!(
            "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"{}\"><img alt=\"{}\" src=\"{}\"></picture>",
            path(dark),
            as_attribute(&alt),
            path(light)
        ),
        [(one, _), ..] => {
            let (alt, path) = (as_markdown(&alt), path(one));
            // A template's tag may have blanks; the template is gone before Markdown is read.
            if path.contains(' ') {
                format!("![{alt}](<{path}>)")
            } else {
                format!("![{alt}]({path})")
            }
        }
        [] => String::new(),
    }
}

/// What an input is called, as far as one sees without reading it: its title, its first heading, or its file's name.
pub(in crate::app) fn title(name: &str, text: &str) -> String {
    let body = head(text);
    let yaml = body.clone().and_then(|bytes| text.get(bytes));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let whole = matches!(ending, "yaml" | "yml" | "json") && body.is_none();
    let lines = yaml
        .or_else(|| whole.then_some(text))
        .unwrap_or_default()
        .lines();
    let key = lines.take(200).find_map(|line| line.strip_prefix("title:"));
    let key = key.map(|value| value.trim().trim_matches(['"', '\'']));
    let rest = text
        .get(body.map_or(0, |body| body.end)..)
        .unwrap_or_default();
    let heading = || rest.lines().find_map(|line| line.strip_prefix("# "));
    let found = key
        .filter(|key| !key.is_empty())
        .or_else(heading)
        .map(str::trim);
    found
        .filter(|found| !found.is_empty())
        .map_or_else(|| stem(name).to_owned(), str::to_owned)
}

/// A source of its own for a page.
pub(in crate::app) fn source(name: &str, text: &str) -> (Sources, SourceId) {
    let mut sources = Sources::default();
    let id = sources.add(Source::new(name, text));
    (sources, id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Parser, Tag};

    fn page(name: &str, text: &str) -> Page {
        let (sources, id) = source(name, text);
        read(&sources, id)
    }

    fn rewritten(name: &str, text: &str, alt: &str) -> String {
        written(text, name, &page(name, text).wishes, &|_| alt.to_owned())
    }

    #[test]
    fn a_pair_of_comments_gets_its_picture_and_stays_as_it_is_afterwards() {
        let text =
            "# T\n\n<!-- k8sdiag: ../notes/x.md theme=dark -->\nold\n<!-- /k8sdiag -->\n\nend\n";
        let once = rewritten("docs/a.md", text, "The shop");
        assert_eq!(
            once,
            "# T\n\n<!-- k8sdiag: ../notes/x.md theme=dark -->\n![The shop](x.svg)\n<!-- /k8sdiag -->\n\nend\n"
        );
        assert_eq!(rewritten("docs/a.md", &once, "The shop"), once);
        let wish = &page("docs/a.md", text).wishes[0];
        assert_eq!(
            (wish.source.as_str(), wish.outputs[0].0.as_str()),
            ("notes/x.md", "docs/x.svg")
        );
        assert_eq!(wish.words["theme"], "dark");
        let crlf = rewritten("docs/a.md", &text.replace('\n', "\r\n"), "The shop");
        assert_eq!(crlf, once.replace('\n', "\r\n"));
    }

    #[test]
    fn a_link_stands_before_the_name_and_can_be_nothing_else() {
        let comment = |link: &str| {
            format!("<!-- k8sdiag: x.md output=../img/x.svg {link} -->\n<!-- /k8sdiag -->\n")
        };
        let made = |link: &str| rewritten("docs/a.md", &comment(link), "t");
        assert!(made("link=/img/").contains("![t](/img/x.svg)"));
        assert!(
            made("link=https://e.org/i/ theme=both")
                .contains("src=\"https://e.org/i/x-light.svg\"")
        );
        let tag = made("link='{{ site.baseurl }}/img/'");
        assert!(
            tag.contains("![t](<{{ site.baseurl }}/img/x.svg>)"),
            "{tag}"
        );
        for wrong in [
            "link=javascript:x/",
            "link=/img",
            "link='\"/'",
            "link='/)(/'",
            "link='/>/'",
            "link=data:a/",
        ] {
            let told = page("docs/a.md", &comment(wrong)).diagnostics;
            assert_eq!(told.len(), 1, "{wrong}");
        }
    }

    #[test]
    fn both_themes_make_a_picture_element() {
        let text = "<!-- k8sdiag: . --theme both output=img/t.svg alt=\"a \\\"b\" -->\n<!-- /k8sdiag -->\n";
        let made = rewritten("docs/a.md", text, "");
        assert!(made.contains("srcset=\"img/t-dark.svg\""), "{made}");
        assert!(made.contains("src=\"img/t-light.svg\""), "{made}");
    }

    #[test]
    fn comments_in_code_and_corrections_are_left_alone() {
        let text = "```md\n<!-- k8sdiag: x.md -->\n<!-- /k8sdiag -->\n```\n\n<!-- k8sdiag: a -> b -->\n\n<!-- k8sdiag: ignore c -->\n\n`<!-- /k8sdiag -->`\n";
        let found = page("a.md", text);
        assert!(
            found.wishes.is_empty() && found.diagnostics.is_empty(),
            "{found:?}"
        );
        assert_eq!(rewritten("a.md", text, ""), text);
    }

    #[test]
    fn what_is_not_closed_or_opened_is_told() {
        let told = |text: &str| {
            page("a.md", text)
                .diagnostics
                .into_iter()
                .map(|one| one.message)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            told("<!-- k8sdiag: x.md -->\n\ntext\n"),
            ["the picture of `x.md` has no end"]
        );
        assert_eq!(
            told("<!-- /k8sdiag -->\n"),
            ["this closes a picture that was not opened"]
        );
        assert_eq!(
            told("<!-- k8sdiag: -->\n<!-- /k8sdiag -->\n"),
            ["this comment names no input"]
        );
        assert_eq!(
            told("<!-- k8sdiag: x.md font=/etc/passwd -->\n<!-- /k8sdiag -->\n"),
            ["there is no option `font` here"]
        );
    }

    #[test]
    fn a_note_asks_for_its_own_picture() {
        let wishes = page(
            "n/x.md",
            "---\ntitle: T\nk8sdiag:\n  theme: dark\n  output: ../img/y.svg\n---\n# H\n",
        )
        .wishes;
        assert_eq!(
            (wishes[0].source.as_str(), wishes[0].outputs[0].0.as_str()),
            ("n/x.md", "img/y.svg")
        );
        assert_eq!(wishes[0].words["theme"], "dark");
        let fenced = page("n/x.md", "# H\n\n```k8sdiag\nlinks: [a -> b]\n```\n").wishes;
        assert_eq!(fenced[0].outputs[0].0, "n/x.svg");
        assert!(page("n/x.md", "# k8sdiag\n").wishes.is_empty());
    }

    #[test]
    fn a_hostile_title_breaks_neither_markdown_nor_html_nor_a_template() {
        let title = "]( javascript:x) --> <script>alert(1)</script> `a` {{ site }} {% x %} {# y #} \"q\" | $x$ &lt; *b* \\ \u{202e}\nnew";
        let wanted = "]( javascript:x) --> <script>alert(1)</script> `a` {{ site }} {% x %} {# y #} \"q\" | $x$ &lt; *b* \\ \u{fffd} new";
        let text = "<!-- k8sdiag: x.md -->\n<!-- /k8sdiag -->\n";
        let made = rewritten("a.md", text, title);
        let mut alt = String::new();
        let mut inside = false;
        for event in Parser::new(&made) {
            match event {
                Event::Start(Tag::Image { .. }) => inside = true,
                Event::Text(words) if inside => alt.push_str(&words),
                Event::InlineHtml(_) | Event::Code(_) | Event::Start(Tag::Link { .. }) => {
                    panic!("{made}")
                }
                _ => {}
            }
        }
        assert_eq!(alt, wanted, "every letter is shown, once");
        let line = made.lines().nth(1).unwrap();
        for sign in ["{{", "{%", "{#", "-->", "](j"] {
            assert!(!line.contains(sign), "{sign} {line}");
        }
        let both = rewritten("a.md", &text.replace("x.md", "x.md theme=both"), title);
        let line = both.lines().nth(1).unwrap();
        let alt = line
            .split("alt=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        assert!(
            !alt.contains(['<', '>', '`', '{', '}', '\'']) && !alt.contains("--"),
            "{alt}"
        );
        assert!(line.ends_with("src=\"x-light.svg\"></picture>"), "{line}");
        assert_eq!(address("a b)--(\"ø.svg"), "a%20b%29-%2D%28%22%C3%B8.svg");
    }

    #[test]
    fn the_title_is_seen_without_reading() {
        assert_eq!(
            title("a.md", "---\ntitle: \"Shop\"\n---\n# Other\n"),
            "Shop"
        );
        assert_eq!(title("a.md", "text\n\n# Head\n"), "Head");
        assert_eq!(title("d/a.yaml", "title: Shop\ncomponents: []\n"), "Shop");
        assert_eq!(title("d/a.md", "text\n"), "a");
    }
}
