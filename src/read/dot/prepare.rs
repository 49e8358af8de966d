//! DOT tokens become a text that layout-rs reads, in which every name is the number of its token.
//!
//! Before: tokens of any text. After: the text follows the grammar of <https://graphviz.org/doc/info/lang.html>, and what the crate's parser would refuse
//! or lose is written in a way that it takes: `a -> {b c}` becomes `subgraph g0 {t2;t3;};t0->g0;`, ports and unknown attributes are gone,
//! two lists of attributes are one, every statement ends in exactly one `;`. Names are `t` and the number of their token, so that the
//! syntax tree leads back to the bytes; subgraphs are `g` and their own number.

use super::token::{Kind, Lexer, Token, Wrong};
use crate::model::Code;
use crate::read::limits::Limits;
use std::fmt::Write;
use std::ops::Range;

/// Subgraphs nest at most so deep, whatever the user allows: the crate's parser recurses on them.
const DEEPEST: usize = 200;
/// Tokens that a part or link may take on average: more is refused before memory is spent on it.
const TOKENS: usize = 4;

/// The attributes that are read. All others only decide about the looks or the places of things.
pub(super) const ATTRIBUTES: &[&str] = &[
    "label",
    "xlabel",
    "headlabel",
    "taillabel",
    "URL",
    "href",
    "tooltip",
    "style",
    "shape",
    "image",
    "class",
    "dir",
    "arrowhead",
    "arrowtail",
    "lhead",
    "ltail",
    "rankdir",
    "compound",
    "cluster",
    "k8sdiag_kind",
    "k8sdiag_known_as",
    "k8sdiag_aliases",
    "k8sdiag_external",
    "k8sdiag_instances",
    "k8sdiag_introduced",
    "k8sdiag_direction",
    "k8sdiag_step",
    "k8sdiag_tier",
    "k8sdiag_lhead",
    "k8sdiag_ltail",
    "k8sdiag_language",
    "k8sdiag_theme",
    "k8sdiag_rules",
];

/// A text for the crate, and what it lost.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// The tokens of the original.
    pub(super) tokens: Vec<Token>,
    /// The text for the crate.
    pub(super) text: String,
    /// The subgraphs, by their numbers.
    pub(super) subgraphs: Vec<Subgraph>,
    /// The name of the graph, as a token.
    pub(super) name: Option<usize>,
    /// Whether edges have a way.
    pub(super) directed: bool,
    /// Whether there is at most one edge between two nodes.
    pub(super) strict: bool,
    /// One past the last byte of each statement, by its first token; in the order of the first tokens.
    ends: Vec<(usize, usize)>,
}

/// A subgraph of the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subgraph {
    /// Its name, as a token.
    pub(super) name: Option<usize>,
    /// Its head: `subgraph cluster_a`.
    pub(super) bytes: Range<usize>,
    /// Whether it is an end of edges.
    pub(super) joined: bool,
}

impl Prepared {
    /// The bytes of the statement that begins at a token.
    pub(super) fn statement(&self, first: usize) -> Range<usize> {
        let bytes = self.tokens.get(first).map_or(0..0, |token| token.bytes());
        let found = self.ends.binary_search_by_key(&first, |(token, _)| *token);
        let end = found.ok().and_then(|at| self.ends.get(at));
        bytes.start..end.map_or(bytes.end, |(_, end)| *end)
    }
}

/// Reads the whole of `text`.
pub(super) fn prepare(text: &str, limits: &Limits) -> Result<Prepared, Wrong> {
    let most = TOKENS.saturating_mul(limits.parts.saturating_add(limits.links));
    let mut prepared = Prepared::default();
    for token in Lexer::new(text) {
        let token = token?;
        if prepared.tokens.len() >= most {
            let message = format!("more than {most} words and signs");
            return Err(Wrong::new(message, token.bytes())
                .code(Code::Limit)
                .help("raise it with `--max-links N`"));
        }
        prepared.tokens.push(token);
    }
    let mut machine = Machine {
        source: text,
        depth: limits.depth.min(DEEPEST),
        prepared,
        at: 0,
        frames: Vec::new(),
    };
    machine.header()?;
    while machine.step()? {}
    machine.nothing_more()?;
    let mut prepared = machine.prepared;
    prepared.ends.sort_unstable();
    Ok(prepared)
}

/// Goes over the tokens once, with a stack of the braces that are open.
struct Machine<'a> {
    source: &'a str,
    depth: usize,
    prepared: Prepared,
    at: usize,
    frames: Vec<Frame>,
}

/// An open brace.
struct Frame {
    /// The token of the brace.
    brace: usize,
    /// The subgraph that it opened; `None` for the graph.
    subgraph: Option<usize>,
    /// The edge statement that is being read.
    statement: String,
    /// The first token of that statement.
    first: usize,
}

impl Machine<'_> {
    fn kind(&self, at: usize) -> Option<Kind> {
        self.prepared.tokens.get(at).map(|token| token.kind)
    }

    fn here(&self) -> Option<Kind> {
        self.kind(self.at)
    }

    fn is_id(&self, at: usize) -> bool {
        self.prepared
            .tokens
            .get(at)
            .is_some_and(|token| token.is_id())
    }

    fn bytes(&self, at: usize) -> Range<usize> {
        let end = self.source.len();
        self.prepared
            .tokens
            .get(at)
            .map_or(end..end, |token| token.bytes())
    }

    /// A complaint about the token at hand.
    fn expected(&self, what: &str) -> Wrong {
        let bytes = self.bytes(self.at);
        let found = match self.source.get(bytes.clone()) {
            None | Some("") => "the end of the file".to_owned(),
            Some(found) => {
                let short: String = found.chars().take(40).collect();
                let rest = if short.len() < found.len() { "…" } else { "" };
                format!("`{short}{rest}`")
            }
        };
        Wrong::new(format!("expected {what}, found {found}"), bytes)
    }

    /// `[strict] (graph | digraph) [ID] '{'`
    fn header(&mut self) -> Result<(), Wrong> {
        if self.here() == Some(Kind::Strict) {
            self.prepared.strict = true;
            self.at += 1;
        }
        self.prepared.directed = match self.here() {
            Some(Kind::Digraph) => true,
            Some(Kind::Graph) => false,
            _ => return Err(self.expected("`digraph` or `graph`")),
        };
        self.at += 1;
        if self.is_id(self.at) {
            self.prepared.name = Some(self.at);
            self.at += 1;
        }
        self.prepared.text.push_str("digraph{");
        self.brace(None)
    }

    /// Takes a `{`.
    fn brace(&mut self, subgraph: Option<usize>) -> Result<(), Wrong> {
        if self.here() != Some(Kind::OpenBrace) {
            return Err(self.expected("`{`"));
        }
        if self.frames.len() > self.depth {
            let message = format!("subgraphs are nested more than {} deep", self.depth);
            let wrong = Wrong::new(message, self.bytes(self.at)).code(Code::Limit);
            return Err(if self.depth < DEEPEST {
                wrong.help("raise it with `--max-depth N`")
            } else {
                wrong
            });
        }
        self.frames.push(Frame {
            brace: self.at,
            subgraph,
            statement: String::new(),
            first: 0,
        });
        self.at += 1;
        Ok(())
    }

    /// Reads one statement, or a brace of it; `false` after the graph's own closing brace.
    fn step(&mut self) -> Result<bool, Wrong> {
        let Some(frame) = self.frames.last_mut() else {
            return Ok(false);
        };
        if frame.statement.is_empty() {
            frame.first = self.at;
        }
        let brace = frame.brace;
        match self.here() {
            None => {
                return Err(Wrong::new("this `{` is never closed", self.bytes(brace))
                    .help("close it with `}`"));
            }
            Some(Kind::Semicolon) => self.at += 1,
            Some(Kind::CloseBrace) => self.close()?,
            Some(Kind::Graph | Kind::Node | Kind::Edge) => self.defaults()?,
            Some(Kind::Subgraph | Kind::OpenBrace) => self.open()?,
            Some(_) if self.is_id(self.at) && self.kind(self.at + 1) == Some(Kind::Equal) => {
                self.assignment()?;
            }
            Some(_) if self.is_id(self.at) => {
                self.node();
                self.after_end()?;
            }
            Some(_) => return Err(self.expected("a node, an edge, a subgraph or `}`")),
        }
        Ok(true)
    }

    /// `subgraph [ID] {`
    fn open(&mut self) -> Result<(), Wrong> {
        let start = self.at;
        let mut name = None;
        if self.here() == Some(Kind::Subgraph) {
            self.at += 1;
            if self.is_id(self.at) {
                name = Some(self.at);
                self.at += 1;
            }
        }
        let last = self.bytes(self.at.saturating_sub(1).max(start));
        let number = self.prepared.subgraphs.len();
        self.brace(Some(number))?;
        self.prepared.subgraphs.push(Subgraph {
            name,
            bytes: self.bytes(start).start..last.end,
            joined: false,
        });
        let _ = write!(self.prepared.text, "subgraph g{number}{{");
        Ok(())
    }

    /// `}`; the subgraph may be an end of an edge.
    fn close(&mut self) -> Result<(), Wrong> {
        self.at += 1;
        let number = self.frames.pop().and_then(|frame| frame.subgraph);
        self.prepared.text.push('}');
        let (Some(number), Some(frame)) = (number, self.frames.last_mut()) else {
            return Ok(());
        };
        self.prepared.text.push(';');
        let arrow = matches!(
            self.prepared.tokens.get(self.at).map(|token| token.kind),
            Some(Kind::Arrow | Kind::Line)
        );
        if frame.statement.is_empty() && !arrow {
            return Ok(());
        }
        let _ = write!(frame.statement, "g{number}");
        self.prepared.subgraphs[number].joined = true;
        self.after_end()
    }

    /// `(graph | node | edge) attr_list`
    fn defaults(&mut self) -> Result<(), Wrong> {
        let word = match self.here() {
            Some(Kind::Node) => "node",
            Some(Kind::Edge) => "edge",
            _ => "graph",
        };
        self.at += 1;
        if self.here() != Some(Kind::OpenBracket) {
            return Err(self
                .expected("`[`")
                .help(format!("put a node that is called `{word}` between quotes")));
        }
        self.write(word);
        self.attributes()?;
        self.finish();
        Ok(())
    }

    /// `ID '=' ID`
    fn assignment(&mut self) -> Result<(), Wrong> {
        let name = self.at;
        self.at += 2;
        if !self.is_id(self.at) {
            return Err(self.expected("a value"));
        }
        let value = self.at;
        self.at += 1;
        self.write("graph[");
        self.attribute(name, Some(value));
        self.write("]");
        self.finish();
        Ok(())
    }

    /// `ID [port]`
    fn node(&mut self) {
        let name = format!("t{}", self.at);
        self.write(&name);
        self.at += 1;
        for _ in 0..2 {
            if self.here() == Some(Kind::Colon) && self.is_id(self.at + 1) {
                self.at += 2;
            }
        }
    }

    /// What may stand after a node or subgraph: an arrow and a further end, attributes, or the next statement.
    fn after_end(&mut self) -> Result<(), Wrong> {
        while let Some(kind @ (Kind::Arrow | Kind::Line)) = self.here() {
            let directed = self.prepared.directed;
            if directed != (kind == Kind::Arrow) {
                let (what, right) = if directed {
                    ("digraph", "->")
                } else {
                    ("graph", "--")
                };
                let wrong = self.expected(&format!("`{right}`"));
                return Err(wrong.help(format!("the edges of a `{what}` are written `{right}`")));
            }
            self.write("->");
            self.at += 1;
            match self.here() {
                Some(Kind::Subgraph | Kind::OpenBrace) => return self.open(),
                _ if self.is_id(self.at) => self.node(),
                _ => return Err(self.expected("a node or a subgraph")),
            }
        }
        if self.here() == Some(Kind::Colon) {
            return Err(self.expected("a port"));
        }
        if self.here() == Some(Kind::OpenBracket) {
            self.attributes()?;
        }
        self.finish();
        Ok(())
    }

    /// `'[' [a_list] ']' [attr_list]`
    fn attributes(&mut self) -> Result<(), Wrong> {
        self.write("[");
        while self.here() == Some(Kind::OpenBracket) {
            let open = self.at;
            self.at += 1;
            loop {
                match self.here() {
                    Some(Kind::CloseBracket) => break,
                    Some(Kind::Comma | Kind::Semicolon) => self.at += 1,
                    None => {
                        let wrong = Wrong::new("this `[` is never closed", self.bytes(open));
                        return Err(wrong.help("close it with `]`"));
                    }
                    Some(_) if self.is_id(self.at) => self.name_and_value()?,
                    Some(_) => return Err(self.expected("an attribute or `]`")),
                }
            }
            self.at += 1;
        }
        self.write("]");
        Ok(())
    }

    /// `ID ['=' ID]`
    fn name_and_value(&mut self) -> Result<(), Wrong> {
        let name = self.at;
        self.at += 1;
        let mut value = None;
        if self.here() == Some(Kind::Equal) {
            self.at += 1;
            if !self.is_id(self.at) {
                return Err(self.expected("a value"));
            }
            value = Some(self.at);
            self.at += 1;
        }
        self.attribute(name, value);
        Ok(())
    }

    /// Writes an attribute, if it is one that is read. One without a value is `true`.
    fn attribute(&mut self, name: usize, value: Option<usize>) {
        let Some(token) = self.prepared.tokens.get(name) else {
            return;
        };
        let spelled = token.value(self.source);
        if let Some(known) = ATTRIBUTES.iter().find(|known| **known == spelled) {
            let value = value.map_or_else(|| "true".to_owned(), |value| format!("t{value}"));
            self.write(&format!("{known}={value};"));
        }
    }

    fn write(&mut self, text: &str) {
        if let Some(frame) = self.frames.last_mut() {
            frame.statement.push_str(text);
        }
    }

    /// Ends the statement at hand.
    fn finish(&mut self) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        self.prepared.text.push_str(&frame.statement);
        self.prepared.text.push(';');
        frame.statement.clear();
        let first = frame.first;
        let end = self.bytes(self.at.saturating_sub(1)).end;
        self.prepared.ends.push((first, end));
    }

    /// A file holds one graph.
    fn nothing_more(&self) -> Result<(), Wrong> {
        match self.here() {
            None => Ok(()),
            Some(Kind::Strict | Kind::Graph | Kind::Digraph) => Err(Wrong::new(
                "a second graph begins here: one file holds one",
                self.bytes(self.at),
            )),
            Some(_) => Err(self
                .expected("the end of the file")
                .help("a `}` before it closes the graph")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(text: &str) -> String {
        prepare(text, &Limits::default()).unwrap().text
    }

    #[test]
    fn what_the_crate_refuses_is_written_as_it_takes_it() {
        assert_eq!(prepared("Digraph {}"), "digraph{}");
        assert_eq!(
            prepared("digraph { a -> {b c} }"),
            "digraph{subgraph g0{t5;t6;};t2->g0;}"
        );
        assert_eq!(
            prepared(
                "graph { {a b} -- c:n:w -- subgraph x {d} [label=<<b>x</b>>][color=red, href=\"y\"] }"
            ),
            "digraph{subgraph g0{t3;t4;};subgraph g1{t16;};g0->t7->g1[label=t21;href=t30;];}"
        );
        assert_eq!(
            prepared("digraph { ;; rankdir=LR; node [style=dashed compound] a; edge[] }"),
            "digraph{graph[rankdir=t6;];node[style=t12;compound=true;];t15;edge[];}"
        );
    }

    #[test]
    fn a_statement_knows_where_it_ends() {
        let text = "digraph { a -> {b} [x=y] c }";
        let prepared = prepare(text, &Limits::default()).unwrap();
        assert_eq!(text.get(prepared.statement(2)), Some("a -> {b} [x=y]"));
        assert_eq!(text.get(prepared.statement(5)), Some("b"));
    }

    #[test]
    fn what_breaks_the_grammar_is_told_where_it_stands() {
        let cases = [
            (
                "",
                0,
                "expected `digraph` or `graph`, found the end of the file",
            ),
            ("digraph x", 9, "expected `{`, found the end of the file"),
            ("digraph {a {", 11, "this `{` is never closed"),
            ("digraph {a -- b}", 11, "expected `->`, found `--`"),
            ("graph {a -> b}", 9, "expected `--`, found `->`"),
            (
                "digraph {a ->}",
                13,
                "expected a node or a subgraph, found `}`",
            ),
            ("digraph {a [b=]}", 14, "expected a value, found `]`"),
            ("digraph {a [b", 11, "this `[` is never closed"),
            ("digraph {node}", 13, "expected `[`, found `}`"),
            (
                "digraph {} }",
                11,
                "expected the end of the file, found `}`",
            ),
            (
                "digraph {} graph {}",
                11,
                "a second graph begins here: one file holds one",
            ),
            ("digraph {a = }", 13, "expected a value, found `}`"),
            (
                "digraph {] }",
                9,
                "expected a node, an edge, a subgraph or `}`, found `]`",
            ),
            ("digraph {a: -> b}", 10, "expected a port, found `:`"),
        ];
        for (text, at, message) in cases {
            let wrong = prepare(text, &Limits::default()).unwrap_err();
            assert_eq!(
                (wrong.bytes.start, wrong.message.as_str()),
                (at, message),
                "{text}"
            );
        }
    }

    #[test]
    fn depth_and_size_are_counted_before_the_crate_is_called() {
        let deep = |levels: usize| {
            format!(
                "digraph {}{}",
                "{".repeat(levels + 1),
                "}".repeat(levels + 1)
            )
        };
        assert!(prepare(&deep(100), &Limits::default()).is_ok());
        let wrong = prepare(&deep(101), &Limits::default()).unwrap_err();
        assert_eq!(wrong.code, Code::Limit);
        let few = Limits {
            parts: 2,
            links: 1,
            ..Limits::default()
        };
        let wrong = prepare("digraph {a b c d e f g h i j k l m}", &few).unwrap_err();
        assert_eq!(wrong.code, Code::Limit);
    }
}
