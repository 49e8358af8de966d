//! `diff`, in every form.

use super::{err, k8sdiag, out, read, repository, status, write};
use serde_json::Value;
use std::process::Command;

#[test]
fn diff_tells_in_every_form_and_by_its_status() {
    let (_outer, root) = repository(0, None);
    write(
        &root.join("old.yaml"),
        "components: [{id: a, label: Web}, {id: b, label: Store}, {id: gone}]\nlinks: [{from: a, to: b}, {from: a, to: gone}]\n",
    );
    write(
        &root.join("new.yaml"),
        "components: [{id: a, label: Web}, {id: b, label: Store}, {id: c, label: Queue}]\nlinks: [{from: a, to: b, label: reads}, {from: a, to: c}]\n",
    );
    let run = |more: &[&str]| k8sdiag(&root, &[&["diff", "old.yaml", "new.yaml"], more].concat());
    let same = k8sdiag(&root, &["diff", "old.yaml", "old.yaml"]);
    assert_eq!(
        (status(&same), out(&same).as_str()),
        (0, "no change in the architecture\n")
    );
    let text = run(&[]);
    assert_eq!(status(&text), 1, "{}", err(&text));
    for line in [
        "+ component Queue added (new.yaml:1)",
        "- component gone removed (old.yaml:1)",
        "~ link Web → Store changed: label reads is new (new.yaml:2)",
        "+ link Web → Queue added (new.yaml:2)",
        "- link Web → gone removed (old.yaml:2)",
        "2 added, 2 removed, 1 changed",
    ] {
        assert!(
            out(&text).lines().any(|own| own == line),
            "{line}\n{}",
            out(&text)
        );
    }
    let markdown = out(&run(&["--format", "markdown"]));
    assert!(
        markdown.contains("| `+` | component `Queue` added | `new.yaml:1` |"),
        "{markdown}"
    );
    let parsed: Value = serde_json::from_str(&out(&run(&["--format", "json"]))).unwrap();
    assert_eq!(parsed["changes"].as_array().unwrap().len(), 5);
    let svg = run(&["-o", "changes.svg"]);
    assert_eq!(status(&svg), 1, "{}", err(&svg));
    let picture = read(&root.join("changes.svg"));
    for id in ["a", "b", "c", "gone"] {
        assert!(picture.contains(&format!("data-id=\"{id}\"")), "{id}");
    }
    for word in [">added</text>", ">removed</text>", ">changed</text>"] {
        assert!(picture.contains(word), "{word}");
    }
    let page = out(&run(&["--format", "html"]));
    assert!(
        page.starts_with("<!DOCTYPE html>")
            && page.contains("<svg ")
            && page.contains("<code>Queue</code>")
    );
    for (arguments, words) in [
        (&["diff", "old.yaml"][..], "compares two inputs"),
        (
            &["diff", "old.yaml", "new.yaml", "--format", "markdwon"],
            "did you mean `markdown`?",
        ),
        (
            &["diff", "git:--output=x:y", "new.yaml"],
            "no revision and path",
        ),
        (
            &["diff", "git:HEAD:old.yaml", "new.yaml"],
            "cannot read `git:HEAD:old.yaml`",
        ),
    ] {
        let refused = k8sdiag(&root, arguments);
        assert_eq!(status(&refused), 2);
        assert!(err(&refused).contains(words), "{}", err(&refused));
    }
}

#[test]
#[cfg(feature = "png")]
fn diff_tells_what_its_picture_lacks() {
    let (_outer, root) = repository(0, None);
    write(
        &root.join("old.yaml"),
        "components: [{id: a, label: 控制}]\n",
    );
    write(
        &root.join("new.yaml"),
        "components: [{id: b, label: Web}]\n",
    );
    let drawn = k8sdiag(
        &root,
        &[
            "diff",
            "old.yaml",
            "new.yaml",
            "--font",
            "none",
            "-o",
            "changes.png",
        ],
    );
    assert_eq!(status(&drawn), 1, "{}", err(&drawn));
    let told = err(&drawn);
    assert!(told.contains("warning[missing-glyph]"), "{told}");
    assert!(told.contains("`制`, `控`"), "{told}");
    // The part is of the old text: the new one is not blamed.
    assert!(!told.contains("new.yaml"), "{told}");
}

#[test]
fn diff_reads_a_revision_through_git() {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path();
    let git = |arguments: &[&str]| {
        let done = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(arguments)
            .current_dir(root)
            .output();
        done.is_ok_and(|done| done.status.success())
    };
    write(&root.join("docs/a.yaml"), "components: [{id: a}]\n");
    if !(git(&["init", "-q"]) && git(&["add", "."]) && git(&["commit", "-qm", "x"])) {
        return;
    }
    write(
        &root.join("docs/a.yaml"),
        "components: [{id: a}, {id: b}]\n",
    );
    let told = k8sdiag(root, &["diff", "git:HEAD:docs/a.yaml", "docs/a.yaml"]);
    assert!(
        out(&told).contains("component b added (docs/a.yaml:1)"),
        "{} {}",
        out(&told),
        err(&told)
    );
}
