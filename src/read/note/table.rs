//! Tables of links: a column of those who act, and one of those who are acted upon.

use super::Note;
use super::structure::Kind;
use super::term::is_label;
use crate::model::phrases::fold;
use crate::model::{Arrow, Evidence, LinkKind, Tier};
use crate::read::prose::{FoundLink, Said};

/// Words that a name in a cell may have.
const NAME: usize = 4;

/// Words that a cell may have that says what a link is.
const LABEL: usize = 4;

/// A row: what acts, what is acted upon, and what the link is.
struct Row {
    from: Vec<String>,
    to: Vec<String>,
    label: Option<String>,
    evidence: Evidence,
}

impl Note<'_> {
    /// Reads every table whose columns are headed as ends of links are.
    pub(super) fn read_tables(&mut self) {
        for at in 1..self.blocks.len() {
            let Kind::Columns(columns) = &self.blocks[at].kind else {
                continue;
            };
            let Some((from, to)) = self.ends_of(columns) else {
                continue;
            };
            let rows = self.rows(at, from, to);
            if self.is_about_parts(&rows) {
                for row in rows {
                    self.read_row(&row);
                }
            }
        }
    }

    /// Which columns are headed *from* and *to*, in whatever words.
    fn ends_of(&self, columns: &[String]) -> Option<(usize, usize)> {
        let headed = |end: usize| {
            columns.iter().position(|column| {
                let column = fold(column);
                let mut lexicons = self.book.lexicons.iter();
                lexicons.any(|lexicon| lexicon.columns[end].iter().any(|known| *known == column))
            })
        };
        let (from, to) = (headed(0)?, headed(1)?);
        (from != to).then_some((from, to))
    }

    /// The rows of the table whose head is the block at `at`.
    fn rows(&self, at: usize, from: usize, to: usize) -> Vec<Row> {
        let list = self.blocks[at].list;
        let own =
            |row: &usize| self.blocks[*row].kind == Kind::Row && self.blocks[*row].list == list;
        let starts = (at + 1..self.blocks.len()).filter(own);
        starts
            .filter_map(|start| {
                let cells: Vec<&str> = (start..self.blocks.len())
                    .take_while(|cell| *cell == start || self.blocks[*cell].parent == start)
                    .map(|cell| self.blocks[cell].text.text.trim())
                    .collect();
                let label = (0..cells.len()).find(|cell| *cell != from && *cell != to);
                Some(Row {
                    from: names(cells.get(from)?),
                    to: names(cells.get(to)?),
                    label: label.and_then(|cell| label_of(cells.get(cell)?)),
                    evidence: self.row_evidence(start, &cells),
                })
            })
            .collect()
    }

    fn row_evidence(&self, start: usize, cells: &[&str]) -> Evidence {
        let last = start + cells.len().max(1) - 1;
        let (first, last) = (&self.blocks[start].text, &self.blocks[last].text);
        let mut bytes = first.source_range(&(0..first.text.len()));
        bytes.end = last.source_range(&(0..last.text.len())).end.max(bytes.end);
        Evidence::written(self.sources.span(self.id, bytes), cells.join(" | "))
    }

    /// Whether half of the rows name a part that is known or that the note introduces: other tables speak of journeys.
    fn is_about_parts(&self, rows: &[Row]) -> bool {
        let is_part = |name: &String| {
            let part = self.book.known(name).is_some_and(|part| {
                let drawn = self.is_known(part) || self.book.entities[part].live;
                drawn && !self.book.is_object(part)
            });
            part || self.ends_in_kind(name)
        };
        let about = |row: &&Row| row.from.iter().chain(&row.to).any(is_part);
        let count = rows.iter().filter(about).count();
        count > 0 && count * 2 >= rows.len()
    }

    fn read_row(&mut self, row: &Row) {
        for from in &row.from {
            for to in &row.to {
                let (Some(from), Some(to)) =
                    (self.end(from, &row.evidence), self.end(to, &row.evidence))
                else {
                    continue;
                };
                if from == to {
                    continue;
                }
                let link = FoundLink {
                    from,
                    to,
                    kind: LinkKind::Communicates,
                    arrow: Arrow::Forward,
                    tier: Tier::Plain,
                    label: None,
                    said: Said::Plain,
                };
                let (label, evidence) = (row.label.clone(), row.evidence.clone());
                self.links.push((link, None, label, evidence));
            }
        }
    }

    /// The part that a cell names.
    fn end(&mut self, name: &str, evidence: &Evidence) -> Option<usize> {
        if name.split_whitespace().count() > NAME
            || !name.contains(char::is_alphabetic)
            || name.contains(['/', '{', '=', '*'])
            || is_label(name, self.book.lexicons)
        {
            return None;
        }
        let end = self.entity_named(name)?;
        let end = self.sort_of(end).unwrap_or(end);
        if self.book.is_object(end) {
            return None;
        }
        let own = &mut self.book.entities[end];
        own.label.get_or_insert_with(|| name.to_owned());
        own.place = own
            .place
            .min(evidence.span().map_or(usize::MAX, |span| span.start));
        if own.evidence.is_empty() {
            own.evidence.push(evidence.clone());
        }
        Some(end)
    }
}

/// The names in a cell.
fn names(cell: &str) -> Vec<String> {
    let names = cell.split([',', ';', '\u{2028}', '、', '，']);
    names
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// A cell that says in a few words what a link is.
fn label_of(cell: &str) -> Option<String> {
    let edge = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let fits = edge(cell.chars().next())
        && edge(cell.chars().next_back())
        && cell.split_whitespace().count() <= LABEL
        && cell.chars().count() <= 40;
    fits.then(|| cell.to_owned())
}
