//! Paragraphs whose lines are the entries of a list.

use super::structure::{Block, Kind};
use std::ops::Range;

/// Takes paragraphs apart whose every line begins with an emphasised term: they are lists without bullets.
pub(super) fn split_lines(blocks: Vec<Block>) -> Vec<Block> {
    let mut places: Vec<usize> = Vec::with_capacity(blocks.len());
    let mut split: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        block.parent = places.get(block.parent).copied().unwrap_or(0);
        places.push(split.len());
        let mut starts = term_lines(&block);
        if starts.is_empty()
            && let Some(second) = headed(&block)
        {
            starts = vec![0, second];
            if block.runs.first().is_none_or(|run| run.start > 0) {
                block.runs.insert(0, 0..second - 1);
            }
        }
        if starts.len() < 2 {
            split.push(block);
            continue;
        }
        for (at, start) in starts.iter().enumerate() {
            let end = starts
                .get(at + 1)
                .map_or(block.text.text.len(), |next| next.saturating_sub(1));
            let within = |run: &&Range<usize>| run.start >= *start && run.end <= end;
            split.push(Block {
                kind: Kind::Paragraph,
                parent: block.parent,
                list: block.list,
                text: block.text.slice(*start..end),
                runs: block
                    .runs
                    .iter()
                    .filter(within)
                    .map(|run| run.start - start..run.end - start)
                    .collect(),
                first: block.first && at == 0,
            });
        }
    }
    split
}

/// Lines that a paragraph has at least where each is a sentence of its own.
const SENTENCES: usize = 3;

/// Whether each line of a text is a sentence without its full stop: all begin with a capital, and they end where their author ended them,
/// not at a margin.
pub(super) fn are_sentences(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let capital = |line: &&str| {
        let first = line.chars().find(|letter| letter.is_alphabetic());
        first.is_some_and(char::is_uppercase)
    };
    let ended =
        |line: &&str| line.ends_with(|last: char| last.is_alphanumeric() || ").!?:".contains(last));
    let (_, before) = lines.split_last().unwrap_or((&"", &[]));
    let length = |line: &&str| line.chars().count();
    let longest = lines.iter().map(length).max().unwrap_or(0);
    let shortest = before.iter().map(length).min().unwrap_or(0);
    lines.len() >= SENTENCES
        && lines.iter().all(capital)
        && before.iter().all(ended)
        && shortest * 4 < longest * 3
}

/// Where the second line of a paragraph begins, if the first is an emphasised name, or the name that the second begins with: *Envoy*, and below *Envoy proxies are …*.
fn headed(block: &Block) -> Option<usize> {
    let text = &block.text.text;
    let (first, rest) = text.split_once('\n')?;
    let name = first.trim();
    let short = name.split_whitespace().count() <= NAME && name.contains(char::is_alphabetic);
    let says = rest
        .get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name));
    let strong = block.runs.first() == Some(&(0..first.trim_end().len()));
    (block.kind == Kind::Paragraph && short && (strong || says && rest.len() > name.len() + 1))
        .then_some(first.len() + 1)
}

/// Words of a name that heads a paragraph.
const NAME: usize = 3;

/// Where the lines of a paragraph begin, if each begins with an emphasised term or an article before one.
fn term_lines(block: &Block) -> Vec<usize> {
    let text = &block.text.text;
    if block.kind != Kind::Paragraph || block.runs.len() < 2 || !text.contains('\n') {
        return Vec::new();
    }
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let is_term = |start: &usize| {
        block.runs.iter().any(|run| {
            run.start >= *start
                && text.get(*start..run.start).is_some_and(|before| {
                    let word = before.trim_end_matches([' ', '\'', '’']);
                    word.chars().count() <= ARTICLE && word.chars().all(char::is_alphabetic)
                })
        })
    };
    if starts.iter().all(is_term) {
        starts
    } else {
        Vec::new()
    }
}

/// Letters that an article before a term may have.
const ARTICLE: usize = 3;
