//! Markdown becomes a tree of blocks: sections, items, rows, paragraphs, fenced code; each with its words, and where they stand.

use super::dress::{is_list, is_title, tight_heading, undress};
use super::lines::split_lines;
use super::shortcode::blank_shortcodes;
use crate::read::prose::Plain;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// The note itself.
    Root,
    /// A heading, and all that stands under it.
    Section(u8),
    /// A list item; the number of an ordered one.
    Item(Option<u64>),
    /// A row of a table: its first cell. The other cells are its children.
    Row,
    /// What the columns of a table are headed; it stands before the rows.
    Columns(Vec<String>),
    /// The title of a definition; the definitions are its children.
    Definition,
    Paragraph,
    /// Fenced code of that language.
    Code(String),
    /// An HTML comment.
    Comment,
}

/// A block.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub kind: Kind,
    /// The block that holds it.
    pub parent: usize,
    /// The list or table that it is an entry of; entries of one list have the same number.
    pub list: usize,
    pub text: Plain,
    /// Emphasised, code and linked runs of the text, in order.
    pub runs: Vec<Range<usize>>,
    /// Whether the first block of its parent's words: their definition.
    pub first: bool,
}

/// Reads the Markdown of `source` from byte `base` on. The first block is the root.
pub(super) fn blocks(source: &str, base: usize, depth: usize) -> Vec<Block> {
    let body = source.get(base..).unwrap_or_default();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    let mut builder = Builder {
        base,
        depth,
        blocks: vec![Block {
            kind: Kind::Root,
            parent: 0,
            list: 0,
            text: Plain::default(),
            runs: Vec::new(),
            first: false,
        }],
        sections: vec![(0, 0)],
        open: Vec::new(),
        lists: Vec::new(),
        list: 0,
        current: None,
        silent: 0,
        run: None,
        code: None,
        row: None,
        columns: None,
        admonition: false,
        inner: None,
    };
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        builder.event(event, range);
        let admonition = builder.admonition;
        if let Some(plain) = builder.admonished() {
            let text = plain.text.clone();
            builder.inner = Some(plain);
            for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
                builder.event(event, range);
            }
            builder.inner = None;
            builder.admonition = admonition;
        }
    }
    builder.finish()
}

/// What has been read so far.
struct Builder {
    base: usize,
    depth: usize,
    blocks: Vec<Block>,
    /// Open sections: level and block.
    sections: Vec<(u8, usize)>,
    /// Open items, rows and definitions.
    open: Vec<usize>,
    /// Open lists: their number, and the number of the next item.
    lists: Vec<(usize, Option<u64>)>,
    list: usize,
    /// The block that words are added to.
    current: Option<usize>,
    /// How many images and deletions are open: their words do not count.
    silent: usize,
    run: Option<usize>,
    code: Option<usize>,
    /// Cells seen of the open row.
    row: Option<usize>,
    /// The cells of the open head of a table.
    columns: Option<Vec<String>>,
    /// Whether what is indented now stands under an admonition (`!!! note`).
    admonition: bool,
    /// The text of an admonition, while it is read.
    inner: Option<Plain>,
}

impl Builder {
    fn parent(&self) -> usize {
        self.open
            .last()
            .or(self.sections.last().map(|(_, block)| block))
            .copied()
            .unwrap_or(0)
    }

    fn add(&mut self, kind: Kind) -> usize {
        let parent = self.parent();
        self.add_to(kind, parent)
    }

    fn add_to(&mut self, kind: Kind, parent: usize) -> usize {
        let first = self
            .blocks
            .last()
            .is_some_and(|_| parent + 1 == self.blocks.len());
        self.blocks.push(Block {
            kind,
            parent,
            list: self.lists.last().map_or(0, |(list, _)| *list),
            text: Plain::default(),
            runs: Vec::new(),
            first,
        });
        self.blocks.len() - 1
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let at = match &self.inner {
            Some(plain) => plain.source(range.start),
            None => self.base + range.start,
        };
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.words(&text, at),
            Event::Code(text) => self.inline_code(&text, at, &range),
            Event::SoftBreak => self.words("\n", at),
            Event::HardBreak => self.words("\u{2028}", at),
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text, at),
            _ => {}
        }
    }

    /// The indented block that just ended, where it is the text of an admonition, or a list: Markdown, not code.
    fn admonished(&mut self) -> Option<Plain> {
        if self.inner.is_some() || self.code.is_some() {
            return None;
        }
        let last = self.blocks.last()?;
        let indented = last.kind == Kind::Code(INDENTED.to_owned());
        if !indented || !(self.admonition || is_list(&last.text.text)) {
            return None;
        }
        self.blocks.pop().map(|block| block.text)
    }

    fn start(&mut self, tag: Tag<'_>) {
        if self.inner.is_none() && !matches!(tag, Tag::CodeBlock(CodeBlockKind::Indented)) {
            self.admonition = false;
        }
        match tag {
            Tag::Heading { level, .. } => self.heading(level_of(level)),
            Tag::Paragraph => {
                // The first paragraph of a loose item is the item's own text.
                let own = self.open.last().filter(|item| {
                    **item + 1 == self.blocks.len() && self.blocks[**item].text.text.is_empty()
                });
                self.current = match own {
                    Some(item) => Some(*item),
                    None => Some(self.add(Kind::Paragraph)),
                };
            }
            Tag::List(first) => {
                self.list += 1;
                self.lists.push((self.list, first));
                self.current = None;
            }
            Tag::Item => {
                let number = self.lists.last_mut().and_then(|(_, next)| {
                    let number = *next;
                    *next = next.map(|number| number.saturating_add(1));
                    number
                });
                self.open_block(Kind::Item(number));
            }
            Tag::Table(_) => {
                self.list += 1;
                self.lists.push((self.list, None));
            }
            Tag::TableRow => self.row = Some(0),
            Tag::TableCell => self.cell(),
            Tag::DefinitionListTitle => {
                self.open_block(Kind::Definition);
            }
            Tag::DefinitionListDefinition => self.current = Some(self.add(Kind::Paragraph)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let language = info
                    .split([' ', '{', ','])
                    .next()
                    .unwrap_or_default()
                    .to_lowercase();
                self.code = Some(self.add(Kind::Code(language)));
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.code = Some(self.add(Kind::Code(INDENTED.to_owned())));
            }
            Tag::HtmlBlock => self.current = None,
            Tag::TableHead => {
                self.silent += 1;
                self.columns = Some(Vec::new());
            }
            Tag::Image { .. } | Tag::Strikethrough | Tag::FootnoteDefinition(_) => self.silent += 1,
            Tag::Strong | Tag::Emphasis | Tag::Link { .. } => {
                let length = self.length();
                self.run.get_or_insert(length);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.tight_heading();
                let said = self.current.take().map(|at| &self.blocks[at].text.text);
                self.admonition = said.is_some_and(|said| {
                    ["!!! ", "??? ", "???+ "]
                        .iter()
                        .any(|mark| said.starts_with(mark))
                });
            }
            TagEnd::Heading(_)
            | TagEnd::TableCell
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.current = None,
            TagEnd::List(_) | TagEnd::Table => {
                self.lists.pop();
                self.current = None;
            }
            TagEnd::Item => {
                self.open.pop();
                self.current = None;
            }
            TagEnd::TableHead => {
                self.silent = self.silent.saturating_sub(1);
                if let Some(columns) = self.columns.take() {
                    self.add(Kind::Columns(columns));
                }
            }
            TagEnd::TableRow => {
                if self.row.take().is_some_and(|cells| cells > 0) {
                    self.open.pop();
                }
                self.current = None;
            }
            TagEnd::DefinitionList
                if self
                    .open
                    .last()
                    .is_some_and(|open| self.blocks[*open].kind == Kind::Definition) =>
            {
                self.open.pop();
            }
            TagEnd::CodeBlock => self.code = None,
            TagEnd::Image | TagEnd::Strikethrough | TagEnd::FootnoteDefinition => {
                self.silent = self.silent.saturating_sub(1);
            }
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link => self.end_run(),
            _ => {}
        }
    }

    /// `#Title` is no heading of Markdown, yet people write it: the paragraph that just ended, where it is one.
    fn tight_heading(&mut self) {
        let last = self.current.filter(|at| at + 1 == self.blocks.len());
        let Some((level, title)) = last.and_then(|at| tight_heading(&self.blocks[at])) else {
            return;
        };
        if let (true, Some(block)) = (self.open.is_empty(), self.blocks.pop()) {
            let end = block.text.text.len();
            let start = end - title;
            self.heading(level);
            if let Some(section) = self.blocks.last_mut() {
                section.text = block.text.slice(start..end);
            }
        }
    }

    fn heading(&mut self, level: u8) {
        self.open.clear();
        self.lists.clear();
        while self.sections.len() > 1
            && self.sections.last().is_some_and(|(open, _)| *open >= level)
        {
            self.sections.pop();
        }
        let block = self.add(Kind::Section(level));
        self.sections.push((level, block));
        self.current = Some(block);
    }

    /// Opens a block that may hold others; below the limit it is a child of the deepest one.
    fn open_block(&mut self, kind: Kind) {
        if kind == Kind::Definition
            && self
                .open
                .last()
                .is_some_and(|open| self.blocks[*open].kind == Kind::Definition)
        {
            self.open.pop();
        }
        let block = self.add(kind);
        if self.open.len() < self.depth {
            self.open.push(block);
        } else {
            self.open.push(self.open.last().copied().unwrap_or(block));
        }
        self.current = Some(block);
    }

    fn cell(&mut self) {
        if let Some(columns) = &mut self.columns {
            columns.push(String::new());
            return;
        }
        let Some(cells) = self.row else {
            return;
        };
        if cells == 0 {
            self.open_block(Kind::Row);
        } else {
            self.current = Some(self.add(Kind::Paragraph));
        }
        self.row = Some(cells + 1);
    }

    fn words(&mut self, words: &str, at: usize) {
        if let Some(code) = self.code {
            self.blocks[code].text.push(words, at);
            return;
        }
        if let Some(column) = self.columns.as_mut().and_then(|columns| columns.last_mut()) {
            column.push_str(words);
        }
        if self.silent > 0 {
            return;
        }
        let place = match self.current {
            Some(current) => current,
            // Words of a tight item after a nested list.
            None if words.trim().is_empty() => return,
            None => {
                let block = self.add(Kind::Paragraph);
                self.current = Some(block);
                block
            }
        };
        self.blocks[place].text.push(words, at);
    }

    fn inline_code(&mut self, text: &str, at: usize, range: &Range<usize>) {
        // Commands and code are no prose; a name in back-ticks is.
        let leads = self.length() == 0 && self.silent == 0 && is_title(text);
        let is_name = leads
            || text.len() <= 60
                && !text.starts_with(['-', '/', '.'])
                && !text.contains(|character: char| {
                    character.is_whitespace() || "=$<>{}()|;\"'*/:,".contains(character)
                });
        let start = self.length();
        if is_name {
            let ticks = (range.len().saturating_sub(text.len())) / 2;
            self.words(text, at + ticks);
        } else {
            self.words("\u{fffc}", at);
        }
        if self.run.is_none() {
            self.add_run(start);
        }
    }

    fn html(&mut self, text: &str, at: usize) {
        let tag = text.trim_start();
        if tag.starts_with("<!--") {
            let block = self.add(Kind::Comment);
            self.blocks[block].text.push(text, at);
        } else if tag.starts_with("<br") || tag.starts_with("</br") {
            self.words("\u{2028}", at);
        }
    }

    fn length(&self) -> usize {
        self.current
            .map_or(0, |current| self.blocks[current].text.text.len())
    }

    fn end_run(&mut self) {
        if let Some(start) = self.run.take() {
            self.add_run(start);
        }
    }

    fn add_run(&mut self, start: usize) {
        let end = self.length();
        let Some(current) = self.current.filter(|_| end > start && self.silent == 0) else {
            return;
        };
        let runs = &mut self.blocks[current].runs;
        match runs.last_mut() {
            // `**kubele**t`, `**_x_**`: runs that touch are one.
            Some(last) if last.end == start => last.end = end,
            _ => runs.push(start..end),
        }
    }

    fn finish(mut self) -> Vec<Block> {
        for block in &mut self.blocks {
            if !matches!(block.kind, Kind::Code(_) | Kind::Comment) {
                blank_shortcodes(&mut block.text.text);
                undress(block);
            }
        }
        split_lines(self.blocks)
    }
}

/// The language of indented code blocks, which are often prose under an admonition.
pub(super) const INDENTED: &str = " indented";

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(source: &str) -> Vec<(Kind, usize, String)> {
        blocks(source, 0, 100)
            .into_iter()
            .skip(1)
            .map(|block| (block.kind, block.parent, block.text.text))
            .collect()
    }

    #[test]
    fn headings_items_and_rows_nest() {
        let found =
            outline("# A\n- **b:** c\n  - d\n\n## E\n| x | y |\n|---|---|\n| f | g |\n\nh\n: i\n");
        let kinds: Vec<_> = found
            .iter()
            .map(|(kind, parent, text)| (kind, *parent, text.as_str()))
            .collect();
        assert_eq!(
            kinds,
            [
                (&Kind::Section(1), 0, "A"),
                (&Kind::Item(None), 1, "b: c"),
                (&Kind::Item(None), 2, "d"),
                (&Kind::Section(2), 1, "E"),
                (&Kind::Columns(vec!["x".to_owned(), "y".to_owned()]), 4, ""),
                (&Kind::Row, 4, "f"),
                (&Kind::Paragraph, 6, "g"),
                (&Kind::Definition, 4, "h"),
                (&Kind::Paragraph, 8, "i"),
            ]
        );
    }

    #[test]
    fn what_is_indented_under_an_admonition_is_no_code() {
        let found = outline(
            "!!! note \"Nodes\"\n\n    - **kubelet:** an agent\n\n    Text.\n\nEnd\n\n    code\n",
        );
        let kinds: Vec<_> = found
            .iter()
            .map(|(kind, _, text)| (kind, text.as_str()))
            .collect();
        assert_eq!(kinds[1], (&Kind::Item(None), "kubelet: an agent"));
        assert_eq!(kinds[2], (&Kind::Paragraph, "Text."));
        assert_eq!(kinds[4].0, &Kind::Code(INDENTED.to_owned()));
    }

    #[test]
    fn commands_in_back_ticks_are_no_words_and_names_are() {
        let found = outline("run `kubectl get pods` on `etcd`");
        assert_eq!(found[0].2, "run \u{fffc} on etcd");
    }
}
