//! Console sessions in Markdown. Each file of `tests/commands` is one; it runs in the folder of its name that ends in `.in`.
//!
//! `TRYCMD=overwrite cargo test --test commands` writes down what the program says now; read the difference before it is kept.

#[test]
fn sessions_go_as_they_are_written() {
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .case("tests/commands/*.md");
}
