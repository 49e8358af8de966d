//! `watch`, `mdbook` and `lsp`, spoken to as a browser, mdBook and an editor do.

use super::{PATIENCE, err, k8sdiag, out, repository, status, write};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A process that is ended with the test.
struct Guard(Child);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn get(port: &str, path: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

#[test]
#[cfg(feature = "watch")]
fn watch_shows_each_save_and_what_is_wrong_with_it() {
    let (_outer, root) = repository(0, None);
    let path = root.join("a.yaml");
    write(&path, "title: Shop\ncomponents: [{id: a}]\n");
    let child = Command::new(env!("CARGO_BIN_EXE_k8sdiag"))
        .args(["watch", "a.yaml", "--port", "0"])
        .current_dir(&root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut guard = Guard(child);
    let mut line = String::new();
    BufReader::new(guard.0.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let port = line
        .trim()
        .trim_end_matches('/')
        .rsplit(':')
        .next()
        .unwrap()
        .to_owned();
    let host = format!("127.0.0.1:{port}");
    let state = || -> Value {
        let text = get(&port, "/state", &host);
        serde_json::from_str(text.split_once("\r\n\r\n").unwrap().1).unwrap()
    };
    assert!(get(&port, "/", &host).contains("<title>k8sdiag</title>"));
    let first = state();
    assert_eq!(first["title"], "Shop");
    assert!(first["svg"].as_str().unwrap().contains("data-id=\"a\""));
    assert!(get(&port, "/", "evil.example").starts_with("HTTP/1.1 403"));
    assert!(get(&port, "/../../etc/passwd", &host).starts_with("HTTP/1.1 404"));

    let mut events = TcpStream::connect(&host).unwrap();
    write!(events, "GET /events HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    events
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let mut lines = BufReader::new(events).lines().map(Result::unwrap);
    assert!(lines.any(|line| line == "data: 1"));
    let start = Instant::now();
    write(&path, "title: Shop\ncomponents: [{id: a}, {id: b}]\n");
    assert!(lines.any(|line| line.starts_with("data: ")));
    let time = start.elapsed();
    assert!(time < Duration::from_millis(100) * PATIENCE, "{time:?}");
    let wait = |wanted: &dyn Fn(&Value) -> bool| {
        let start = Instant::now();
        loop {
            let state = state();
            if wanted(&state) {
                return state;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "{state}");
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    wait(&|state| state["svg"].as_str().unwrap().contains("data-id=\"b\""));
    write(&path, "components: [{id: a}, {id: a}]\n");
    let broken = wait(&|state| state["failed"] == true);
    assert!(
        broken["svg"].as_str().unwrap().contains("data-id=\"b\""),
        "the last good picture stays"
    );
    assert!(
        broken["diagnostics"][0]["place"]
            .as_str()
            .unwrap()
            .starts_with("a.yaml:1:"),
        "{broken}"
    );
    let line: Vec<&str> = broken["diagnostics"][0]["line"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part.as_str().unwrap())
        .collect();
    assert_eq!(line.concat(), "components: [{id: a}, {id: a}]");
    assert!(!line[0].is_empty() && !line[1].is_empty(), "{line:?}");
}

#[test]
fn a_book_gets_its_pictures() {
    let (_outer, root) = repository(0, None);
    write(
        &root.join("book/src/shop.yaml"),
        "components: [{id: till}, {id: ledger}]\nlinks: [{from: till, to: ledger}]\n",
    );
    let content = "# Intro\n\n```k8sdiag theme=dark\ncomponents: [{id: a, label: \"<b>\\n\\nx\"}, {id: b}]\nlinks: [{from: a, to: b}]\n```\n\ntext\n\n<!-- k8sdiag: shop.yaml -->\n<!-- /k8sdiag -->\n\n```rust\nfn main() {}\n```\n";
    let chapter = |content: &str, sub: Value| json!({"Chapter": {"name": "x", "content": content, "number": null, "sub_items": sub, "path": "intro.md", "source_path": "intro.md", "parent_names": []}});
    let run = |content: &str| {
        let book = json!([
            {"root": root.join("book"), "config": {"book": {"src": "src"}, "preprocessor": {"k8sdiag": {"fit": "16:9", "command": "k8sdiag mdbook"}}}, "renderer": "html", "mdbook_version": "0.4.40"},
            {"sections": [chapter("plain", json!([chapter(content, json!([]))])), "Separator"], "__non_exhaustive": null}
        ]);
        let mut child = Command::new(env!("CARGO_BIN_EXE_k8sdiag"))
            .arg("mdbook")
            .current_dir(&root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(book.to_string().as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    };
    let made = run(content);
    assert_eq!(status(&made), 0, "{}", err(&made));
    let back: Value = serde_json::from_str(&out(&made)).unwrap();
    assert_eq!(back["sections"][0]["Chapter"]["content"], "plain");
    let text = back["sections"][0]["Chapter"]["sub_items"][0]["Chapter"]["content"]
        .as_str()
        .unwrap();
    assert_eq!(
        text.matches("<div class=\"k8sdiag\"><svg ").count(),
        2,
        "{text}"
    );
    assert!(text.contains("data-id=\"till\"") && text.contains("data-id=\"a\""));
    assert!(text.contains("```rust\nfn main() {}\n```"));
    let picture = text
        .lines()
        .find(|line| line.contains("data-id=\"a\""))
        .unwrap();
    assert!(
        picture.starts_with("<div") && picture.ends_with("</svg></div>"),
        "a picture keeps to one line"
    );
    let bad = run(
        "```k8sdiag\ncomponents: [{id: a}]\nlinks: [{from: a, to: zzz}]\n```\n\n<!-- k8sdiag: ../../../secret.md -->\n<!-- /k8sdiag -->\n",
    );
    assert_eq!(status(&bad), 2);
    assert!(
        err(&bad).contains("zzz") && err(&bad).contains("outside of the repository"),
        "{}",
        err(&bad)
    );
    assert_eq!(status(&k8sdiag(&root, &["mdbook", "supports", "html"])), 0);
    assert_eq!(
        status(&k8sdiag(&root, &["mdbook", "supports", "not-supported"])),
        1
    );
}

/// An editor, as much of it as the test needs.
struct Editor {
    child: Guard,
    next: u64,
}

impl Editor {
    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let pipe = self.child.0.stdin.as_mut().unwrap();
        write!(pipe, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        pipe.flush().unwrap();
    }

    fn receive(&mut self) -> Value {
        let pipe = self.child.0.stdout.as_mut().unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            pipe.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap();
        let length = head.trim().rsplit(' ').next().unwrap().parse().unwrap();
        let mut body = vec![0; length];
        pipe.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    fn ask(&mut self, method: &str, given: &Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": given}));
        let answer = self.receive();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    fn open(&mut self, uri: &str, text: &str) -> Value {
        self.send(&json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}}}));
        self.receive()
    }
}

#[test]
fn an_editor_is_served() {
    let child = Command::new(env!("CARGO_BIN_EXE_k8sdiag"))
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut editor = Editor {
        child: Guard(child),
        next: 0,
    };
    let ready = editor.ask(
        "initialize",
        &json!({"processId": null, "rootUri": null, "capabilities": {}}),
    );
    assert_eq!(ready["result"]["capabilities"]["hoverProvider"], true);
    editor.send(&json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}));

    let note = "---\nlang: en\n---\n# Services\n\n- **Checkout:** writes to the Ledger\n- **Ledger:** keeps what was sold\n- **Lonely:** waits\n";
    let told = editor.open("file:///docs/a%20b.md", note);
    assert_eq!(told["method"], "textDocument/publishDiagnostics");
    let all = told["params"]["diagnostics"].as_array().unwrap();
    let orphan = all.iter().find(|one| one["code"] == "orphan").unwrap();
    assert_eq!(orphan["range"]["start"]["line"], 7, "{orphan}");
    let at = |line: u32, character: u32| json!({"textDocument": {"uri": "file:///docs/a%20b.md"}, "position": {"line": line, "character": character}});
    let hover = editor.ask("textDocument/hover", &at(5, 20));
    let words = hover["result"]["contents"]["value"].as_str().unwrap();
    assert!(words.contains("→ `Ledger`: writes"), "{words}");
    let place = editor.ask("textDocument/definition", &at(5, 33));
    assert_eq!(place["result"]["range"]["start"]["line"], 6, "{place}");
    assert_eq!(
        editor.ask("textDocument/hover", &at(0, 0))["result"],
        Value::Null
    );

    let file = "components:\n  - id: till\n  - id: ledger\nlinks:\n  - {from: till, to: }\n";
    editor.open("file:///docs/a.yaml", file);
    let offered = editor.ask(
        "textDocument/completion",
        &json!({"textDocument": {"uri": "file:///docs/a.yaml"}, "position": {"line": 4, "character": 21}}),
    );
    let items = offered["result"].as_array().unwrap();
    let labels: Vec<_> = items
        .iter()
        .map(|item| item["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, ["till", "ledger"]);
    editor.send(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"textDocument": {"uri": "file:///docs/a.yaml", "version": 2}, "contentChanges": [{"text": "components: [{id: a}]\nlinks: [{from: a, to: b}]\n"}]}}));
    let changed = editor.receive();
    assert_eq!(
        changed["params"]["diagnostics"][0]["code"], "unresolved-name",
        "{changed}"
    );
    assert_eq!(
        changed["params"]["diagnostics"][0]["range"]["start"]["line"],
        1
    );

    assert_eq!(editor.ask("no/such", &json!({}))["error"]["code"], -32601);
    assert_eq!(editor.ask("shutdown", &Value::Null)["result"], Value::Null);
    editor.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert!(editor.child.0.wait().unwrap().success());
}
