//! HTTP/1.1, as much of it as one page needs: three addresses, one request a connection.

use super::{Board, Shown};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};
use std::thread;
use std::time::Duration;

/// The page.
const PAGE: &str = include_str!("page.html");
/// Bytes that the head of a request may have.
const HEAD: u64 = 16 << 10;
/// Connections at once; a page has two.
const MOST: usize = 64;
/// Between two signs of life to a page that listens.
const BEAT: Duration = Duration::from_secs(10);
/// How long a request may take to come, and an answer to go.
const PATIENCE: Duration = Duration::from_secs(5);

/// Answers until the process ends.
pub(super) fn serve(listener: &TcpListener, port: u16, board: &Arc<Board>) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming().flatten() {
        if open.fetch_add(1, Ordering::Relaxed) >= MOST {
            open.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        let (board, open) = (board.clone(), open.clone());
        thread::spawn(move || {
            // Whoever goes away in the middle is gone.
            let _ = answer(stream, port, &board);
            open.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

fn answer(mut stream: TcpStream, port: u16, board: &Board) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream.try_clone()?.take(HEAD)).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let mut host = String::new();
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("host")
        {
            value.trim().clone_into(&mut host);
        }
    }
    let mut words = first.split(' ');
    let (method, path) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if !own.contains(&host) {
        return respond(
            &mut stream,
            "403 Forbidden",
            "text/plain",
            b"this page is for this machine\n",
        );
    }
    if method != "GET" {
        return respond(
            &mut stream,
            "405 Method Not Allowed",
            "text/plain",
            b"only GET\n",
        );
    }
    let path = path.split('?').next().unwrap_or_default();
    match path {
        "/" => respond(
            &mut stream,
            "200 OK",
            "text/html; charset=utf-8",
            PAGE.as_bytes(),
        ),
        "/state" => {
            let state = serde_json::to_vec(&now(board)).unwrap_or_default();
            respond(&mut stream, "200 OK", "application/json", &state)
        }
        "/picture.svg" => respond(
            &mut stream,
            "200 OK",
            "image/svg+xml",
            now(board).svg.as_bytes(),
        ),
        "/events" => events(&mut stream, board),
        _ => respond(
            &mut stream,
            "404 Not Found",
            "text/plain",
            b"there is only /\n",
        ),
    }
}

fn now(board: &Board) -> Shown {
    board
        .shown
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone()
}

fn respond(stream: &mut TcpStream, status: &str, kind: &str, body: &[u8]) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src 'self' data:; connect-src 'self'\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    stream.flush()
}

/// Tells of every change, as server-sent events, until the page goes away.
fn events(stream: &mut TcpStream, board: &Board) -> io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n")?;
    let mut last = 0;
    loop {
        let shown = board.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let (shown, _) = board
            .bell
            .wait_timeout_while(shown, BEAT, |shown| shown.version == last)
            .unwrap_or_else(PoisonError::into_inner);
        let version = shown.version;
        drop(shown);
        let line = if version == last {
            ": still here\n\n".to_owned()
        } else {
            format!("data: {version}\n\n")
        };
        last = version;
        stream.write_all(line.as_bytes())?;
        stream.flush()?;
    }
}
