//! Changes and their picture as one page that stands alone: no script, nothing fetched.

use crate::diff::Diff;
use crate::report;
use std::fmt::Write;

const HEAD: &str = "<!DOCTYPE html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:\">
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #0f172a; background: #ffffff; }
li { margin: .2rem 0; } li::marker { font-weight: bold; }
.added::marker { content: '+  '; color: #15803d; } .removed::marker { content: '\\2212  '; color: #c81e1e; }
.changed::marker { content: '~  '; color: #a16207; } .moved::marker { content: '\\2192  '; color: #1d4ed8; }
code { background: #eff2f6; border-radius: 3px; padding: 0 .25em; }
svg { max-width: 100%; height: auto; }
</style>
";

/// The page.
pub(super) fn page(diff: &Diff, (old, new): (&str, &str), picture: &str) -> String {
    let mut page = String::from(HEAD);
    let (old, new) = (escaped(old), escaped(new));
    let _ = writeln!(
        page,
        "<title>{old} → {new}</title>\n</head>\n<body>\n<h1>What changed in the architecture</h1>\n<p><code>{old}</code> → <code>{new}</code></p>"
    );
    if diff.changes.is_empty() {
        page.push_str("<p>Nothing.</p>\n");
    } else {
        page.push_str("<ul>\n");
        for change in &diff.changes {
            let words = change.words_and_place(&|name| format!("<code>{}</code>", escaped(name)));
            let _ = writeln!(page, "<li class=\"{}\">{words}</li>", change.mark.name());
        }
        page.push_str("</ul>\n");
    }
    page.push_str(picture);
    page.push_str("</body>\n</html>\n");
    page
}

/// Text as it may stand in HTML, in an attribute too.
pub(in crate::app) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in report::clean(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
