//! `build` and `build --check`, with a configuration.

use super::{CONFIG, PATIENCE, err, k8sdiag, out, read, repository, status, times, write};
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn a_docs_repository_is_built_and_then_only_where_something_changed() {
    let (_outer, root) = repository(50, Some(CONFIG));
    let first = k8sdiag(&root, &["build"]);
    assert_eq!(status(&first), 0, "{}", err(&first));
    assert!(
        err(&first).starts_with("50 diagrams: 50 written, 0 as before"),
        "{}",
        err(&first)
    );
    let before = times(&root.join("images"));
    assert_eq!(before.len(), 50);

    let start = Instant::now();
    let second = k8sdiag(&root, &["build"]);
    let time = start.elapsed();
    assert!(
        err(&second).starts_with("50 diagrams: 0 written, 50 as before"),
        "{}",
        err(&second)
    );
    assert_eq!(
        times(&root.join("images")),
        before,
        "unchanged outputs keep their time"
    );
    assert!(time < Duration::from_millis(100) * PATIENCE, "{time:?}");

    let path = root.join("notes/n01.md");
    write(
        &path,
        &read(&path).replace("Stores data", "Stores all data"),
    );
    let third = k8sdiag(&root, &["build"]);
    assert!(
        err(&third).starts_with("50 diagrams: 1 written, 49 as before"),
        "{}",
        err(&third)
    );
    let after = times(&root.join("images"));
    let moved: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(a, b)| a != b)
        .map(|(a, _)| a.0.as_str())
        .collect();
    assert_eq!(moved, ["n01.svg"]);

    let below = k8sdiag(&root.join("notes"), &["build"]);
    assert!(
        err(&below).starts_with("50 diagrams: 0 written, 50 as before"),
        "found upward: {}",
        err(&below)
    );
    let forced = k8sdiag(&root, &["build", "--force", "--jobs", "3"]);
    assert!(
        err(&forced).starts_with("50 diagrams: 0 written, 50 as before"),
        "the same bytes: {}",
        err(&forced)
    );
}

#[test]
fn a_broken_note_does_not_stop_the_others() {
    let (_outer, root) = repository(12, Some(CONFIG));
    write(
        &root.join("notes/n04.md"),
        "---\nk8sdiag:\n  links: [\n---\n- **a:** talks to **b**\n",
    );
    fs::File::create(root.join("notes/n05.md"))
        .unwrap()
        .write_all(b"ok\nbad \xff byte\n")
        .unwrap();
    let built = k8sdiag(&root, &["build"]);
    assert_eq!(status(&built), 2);
    assert_eq!(times(&root.join("images")).len(), 10);
    let told = err(&built);
    assert!(told.contains("notes/n04.md:"), "{told}");
    assert!(
        told.contains("notes/n05.md") && told.contains("UTF-8"),
        "{told}"
    );
    assert!(
        told.contains("10 written") && told.contains("1 failed"),
        "{told}"
    );
    assert!(
        !told.contains(root.to_str().unwrap()),
        "files are named from the root on: {told}"
    );
}

#[test]
fn check_writes_nothing_and_tells_in_words_what_changed() {
    let (_outer, root) = repository(9, Some(CONFIG));
    let missing = k8sdiag(&root, &["build", "--check"]);
    assert_eq!(status(&missing), 1);
    assert_eq!(out(&missing).matches("missing ").count(), 9);
    assert!(!root.join("images").exists() && !root.join(".k8sdiag").exists());

    k8sdiag(&root, &["build"]);
    fs::remove_dir_all(root.join(".k8sdiag")).unwrap();
    let fine = k8sdiag(&root, &["build", "--check"]);
    assert_eq!(
        (status(&fine), out(&fine)),
        (0, String::new()),
        "a clean checkout has no cache"
    );

    let path = root.join("notes/n01.md");
    write(
        &path,
        &read(&path).replace("Keeps the stock", "Keeps the stock and writes to etcd"),
    );
    fs::remove_file(root.join("notes/n02.md")).unwrap();
    let stale = k8sdiag(&root, &["build", "--check"]);
    assert_eq!(status(&stale), 1);
    let told = out(&stale);
    assert!(told.contains("stale    images/n01.svg\n"), "{told}");
    assert!(
        told.contains("link Warehouse 1 → etcd added (notes/n01.md:8)"),
        "{told}"
    );
    assert!(told.contains("orphaned images/n02.svg\n"), "{told}");
    assert_eq!(told.matches(".svg\n").count(), 2, "{told}");
    let github = k8sdiag(&root, &["build", "--check", "--message-format", "github"]);
    assert!(
        out(&github).contains("::error file=notes/n01.md,line=8"),
        "{}",
        out(&github)
    );
    assert!(
        out(&github).contains("link Warehouse 1 → etcd added"),
        "{}",
        out(&github)
    );

    let built = k8sdiag(&root, &["build"]);
    assert_eq!(status(&built), 0);
    assert!(err(&built).contains("orphaned-output"), "{}", err(&built));
    assert!(root.join("images/n02.svg").exists(), "nothing is deleted");
}

#[cfg(unix)]
#[test]
fn a_tree_that_cannot_be_written_to_can_be_checked() {
    use std::os::unix::fs::PermissionsExt;
    let (_outer, root) = repository(4, Some(CONFIG));
    k8sdiag(&root, &["build"]);
    fs::remove_dir_all(root.join(".k8sdiag")).unwrap();
    let mode = |mode| {
        for folder in [root.join("images"), root.clone()] {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    mode(0o555);
    let check = k8sdiag(&root, &["build", "--check"]);
    let build = k8sdiag(&root, &["build"]);
    mode(0o755);
    assert_eq!(status(&check), 0, "{}", err(&check));
    assert_eq!(
        status(&build),
        0,
        "all is up to date, and a cache is no must: {}",
        err(&build)
    );
}

#[test]
fn two_builds_at_once_leave_what_one_leaves() {
    let (_outer, root) = repository(20, Some(CONFIG));
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_k8sdiag"))
            .arg("build")
            .current_dir(&root)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut both = [start(), start()];
    for child in &mut both {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(times(&root.join("images")).len(), 20, "no leftovers");
    assert_eq!(status(&k8sdiag(&root, &["build", "--check"])), 0);
}

#[test]
fn views_themes_formats_and_several_outputs() {
    let config = "diagrams:\n  - input: notes/n0*.md\n    merge: true\n    output: \"out/all-{theme}.{format}\"\n    themes: [light, dark]\n    formats: [svg, json]\n  - input: notes/n01.md\n    output: \"out/{stem}-{view}.svg\"\n    views: [{name: stated, links: stated}, {name: wide, fit: \"16:9\"}]\n";
    let (_outer, root) = repository(3, Some(config));
    let built = k8sdiag(&root, &["build"]);
    assert_eq!(status(&built), 0, "{}", err(&built));
    let names: Vec<String> = times(&root.join("out"))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        [
            "all-dark.json",
            "all-dark.svg",
            "all-light.json",
            "all-light.svg",
            "n01-stated.svg",
            "n01-wide.svg"
        ]
    );
    assert_ne!(
        read(&root.join("out/all-dark.svg")),
        read(&root.join("out/all-light.svg"))
    );
}

#[test]
fn mistakes_in_the_configuration_are_told_with_their_line() {
    for (entry, words) in [
        (
            "{input: notes/*.md, output: x.svg}",
            "2 inputs would all be written to `x.svg`",
        ),
        (
            "{input: notes/*.md, output: \"{stme}.svg\"}",
            "did you mean `{stem}`?",
        ),
        (
            "{input: nots/*.md, output: \"{stem}.svg\"}",
            "`nots/*.md` fits no file",
        ),
        ("{input: notes/n00.md, output: a.svg, theme: drak}", "drak"),
        ("{input: notes/n00.md, output: a.xyz}", "xyz"),
        (
            "{input: notes/n00.md, output: a.svg, knowledge: /etc/passwd}",
            "knowledge",
        ),
        (
            "{input: notes/n00.md, output: ../a.svg}",
            "outside of the repository",
        ),
        (
            "{input: notes/n00.md, output: /tmp/a.svg}",
            "outside of the repository",
        ),
        (
            "{input: ../secret.md, output: a.svg}",
            "outside of the repository",
        ),
        (
            "{input: notes/n00.md, output: .git/a.svg}",
            "outside of the repository",
        ),
        (
            "{input: notes/n00.md, output: notes/n00.md}",
            "would be overwritten",
        ),
        ("[", "k8sdiag.yaml:"),
    ] {
        let (outer, root) = repository(2, Some(&format!("diagrams:\n  - {entry}\n")));
        let built = k8sdiag(&root, &["build"]);
        assert_eq!(status(&built), 2, "{entry} {}", err(&built));
        assert!(err(&built).contains(words), "{entry} {}", err(&built));
        assert!(
            !outer.path().join("a.svg").exists() && !root.join("a.svg").exists(),
            "{entry}"
        );
    }
}

#[test]
fn a_theme_of_the_configuration_is_drawn_and_drawn_anew_when_its_colours_change() {
    let config = |colour: &str| {
        format!(
            "own-themes:\n  house: {{based-on: auto, inks: {{box-line: \"{colour}\"}}}}\ndiagrams:\n  - {{input: \"notes/*.md\", output: \"images/{{stem}}-{{theme}}.svg\", themes: [house, dark]}}\n"
        )
    };
    let (_outer, root) = repository(1, Some(&config("#7a1f1f")));
    let built = k8sdiag(&root, &["build"]);
    assert_eq!(status(&built), 0, "{}", err(&built));
    let own = || read(&root.join("images/n00-house.svg"));
    assert!(own().contains("#7a1f1f") && own().contains("prefers-color-scheme"));
    assert!(!read(&root.join("images/n00-dark.svg")).contains("#7a1f1f"));

    write(&root.join("k8sdiag.yaml"), &config("#1f7a1f"));
    assert_eq!(status(&k8sdiag(&root, &["build", "--check"])), 1);
    let again = k8sdiag(&root, &["build"]);
    assert!(
        err(&again).starts_with("2 diagrams: 1 written, 1 as before"),
        "{}",
        err(&again)
    );
    assert!(own().contains("#1f7a1f") && !own().contains("#7a1f1f"));
}

#[test]
fn who_runs_the_program_names_a_theme_file_and_a_repository_does_not() {
    let (_outer, root) = repository(1, Some(CONFIG));
    let theme = root.join("house.yaml");
    write(&theme, "based-on: dark\ninks: {link: \"#7a1f1f\"}\n");
    let render = |file: &str| k8sdiag(&root, &["render", "notes/n00.md", "--theme", file]);
    let drawn = render("house.yaml");
    assert_eq!(status(&drawn), 0, "{}", err(&drawn));
    assert!(out(&drawn).contains("#7a1f1f"));

    write(&theme, "based-on: dark\ninks: {link: red}\n");
    let told = err(&render("house.yaml"));
    assert!(
        told.contains("`house.yaml` is no theme file: `red` is no colour"),
        "{told}"
    );
    let told = err(&render("drak"));
    assert!(told.contains("did you mean `dark`?"), "{told}");

    write(
        &root.join("k8sdiag.yaml"),
        &CONFIG.replace("auto", "house.yaml"),
    );
    let built = k8sdiag(&root, &["build"]);
    assert_ne!(status(&built), 0);
    assert!(
        err(&built).contains("no theme is called `house.yaml`"),
        "{}",
        err(&built)
    );
}
