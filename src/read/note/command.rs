//! Commands that stand in prose: *kubectl get* asks nobody anything, it is quoted.

use super::book::Book;
use crate::read::prose::{Folded, Kind, Role, Token};

/// What is typed behind the name of a command line tool.
const COMMANDS: &[&str] = &[
    "annotate",
    "apply",
    "attach",
    "auth",
    "build",
    "config",
    "create",
    "delete",
    "describe",
    "drain",
    "edit",
    "exec",
    "expose",
    "get",
    "images",
    "init",
    "inspect",
    "install",
    "label",
    "logs",
    "patch",
    "ps",
    "pull",
    "push",
    "rollout",
    "run",
    "scale",
    "set",
    "start",
    "stop",
    "top",
    "uninstall",
    "upgrade",
    "wait",
];

/// Takes their uses from the words of quoted commands.
pub(super) fn silence(tokens: &mut [Token], folded: &Folded, book: &Book<'_>) {
    let typed = |tokens: &[Token], at: usize| {
        let part = tokens[at].name();
        let part = part.and_then(|mention| book.knowledge.parts.get(mention.entity));
        match part.and_then(|part| part.role.as_deref()) {
            Some("client") => true,
            // *The kubelet and Docker run …*: several do so, nothing is quoted.
            Some("runtime") => !at.checked_sub(1).is_some_and(|at| tokens[at].is(Role::And)),
            _ => false,
        }
    };
    for at in 1..tokens.len() {
        let quoted = typed(tokens, at - 1)
            && tokens[at].kind == Kind::Word
            && COMMANDS.contains(&folded.words(&tokens[at].range));
        if !quoted {
            continue;
        }
        let nested = folded.words(&tokens[at].range) == "config";
        for token in tokens.iter_mut().skip(at).take(1 + usize::from(nested)) {
            if token.kind == Kind::Word {
                token.roles.clear();
                token.rests.clear();
            }
        }
    }
}
