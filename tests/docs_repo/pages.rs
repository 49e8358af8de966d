//! `build` without a configuration: notes and pages ask for their pictures.

use super::{err, k8sdiag, out, read, repository, status, write};

#[test]
fn pages_without_a_configuration_ask_for_their_pictures() {
    let (outer, root) = repository(2, None);
    write(
        &root.join("notes/own.md"),
        "---\ntitle: \"]( --> <script>alert(1)</script> {{x}}\"\nlang: en\nk8sdiag:\n  output: ../images/own.svg\n  theme: dark\n---\n- **Checkout:** writes to the ledger\n- **Ledger:** keeps it\n",
    );
    write(
        &root.join("README.md"),
        "# Docs\n\n<!-- k8sdiag: notes/n01.md theme=both output=images/one.svg -->\n<!-- /k8sdiag -->\n\n```md\n<!-- k8sdiag: nowhere.md -->\n<!-- /k8sdiag -->\n```\n\n<!-- k8sdiag: notes/own.md output=images/two.svg theme=dark -->\nold\n<!-- /k8sdiag -->\n",
    );
    write(
        &root.join("self.md"),
        "# Self\n\n<!-- k8sdiag: . -->\n<!-- /k8sdiag -->\n\n- **Checkout:** writes to the ledger\n- **Ledger:** keeps it\n",
    );
    let built = k8sdiag(&root, &["build"]);
    assert_eq!(status(&built), 0, "{}", err(&built));
    assert!(
        err(&built).starts_with("5 diagrams: 5 written"),
        "{}",
        err(&built)
    );
    let page = read(&root.join("README.md"));
    assert!(
        page.contains("<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"images/one-dark.svg\"><img alt=\"System 1\" src=\"images/one-light.svg\"></picture>"),
        "{page}"
    );
    assert!(
        page.contains("](images/two.svg)\n<!-- /k8sdiag -->"),
        "{page}"
    );
    assert!(
        !page.contains("<script>") && !page.contains("{{x}}"),
        "{page}"
    );
    assert!(
        page.contains("<!-- k8sdiag: nowhere.md -->\n<!-- /k8sdiag -->\n```"),
        "code is code: {page}"
    );
    assert!(read(&root.join("self.md")).contains("![Self](self.svg)"));
    let again = k8sdiag(&root, &["build", "--check"]);
    assert_eq!(
        (status(&again), out(&again)),
        (0, String::new()),
        "a second build has nothing to do"
    );
    write(
        &root.join("self.md"),
        &read(&root.join("self.md")).replace("self.svg", "other.svg"),
    );
    let edited = k8sdiag(&root, &["build", "--check"]);
    assert!(
        out(&edited).contains("stale    self.md"),
        "{}",
        out(&edited)
    );

    write(
        &root.join("bad.md"),
        "<!-- k8sdiag: ../secret.md -->\n<!-- /k8sdiag -->\n\n<!-- k8sdiag: notes/n00.md output=../out.svg -->\n<!-- /k8sdiag -->\n\n<!-- k8sdiag: gone.md -->\n<!-- /k8sdiag -->\n",
    );
    let bad = k8sdiag(&root, &["build"]);
    assert_eq!(status(&bad), 2);
    assert_eq!(
        err(&bad).matches("lies outside of the repository").count(),
        2,
        "{}",
        err(&bad)
    );
    assert!(
        err(&bad).contains("there is no file `gone.md`"),
        "{}",
        err(&bad)
    );
    assert!(!outer.path().join("out.svg").exists());
}

#[test]
fn what_git_ignores_is_not_looked_through() {
    let (_outer, root) = repository(0, None);
    let asking = "<!-- k8sdiag: notes.md -->\n<!-- /k8sdiag -->\n";
    write(&root.join(".gitignore"), "/site/\n");
    for folder in ["site", "node_modules/x", ".hidden"] {
        write(&root.join(folder).join("page.md"), asking);
    }
    let built = k8sdiag(&root, &["build"]);
    assert_eq!(status(&built), 0, "{}", err(&built));
    assert!(
        err(&built).starts_with("no diagram is asked for"),
        "{}",
        err(&built)
    );
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_not_followed() {
    let config = "diagrams:\n  - {input: \"notes/*.md\", output: \"images/{stem}.svg\"}\n";
    let (outer, root) = repository(1, Some(config));
    std::os::unix::fs::symlink("../../secret.md", root.join("notes/link.md")).unwrap();
    std::os::unix::fs::symlink(outer.path(), root.join("images")).unwrap();
    let built = k8sdiag(&root, &["build"]);
    assert_eq!(status(&built), 2);
    assert!(
        err(&built).contains("outside of the repository"),
        "{}",
        err(&built)
    );
    assert!(!outer.path().join("n00.svg").exists() && !outer.path().join("link.svg").exists());
}
