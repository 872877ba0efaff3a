//! Which addresses a page may link to.

use chancery_model::Problem;

/// The longest address that Typst accepts.
const LONGEST: usize = 8000;

/// Whether a page may link to `url`; if not, why.
pub(super) fn check(url: &str) -> Result<(), Problem> {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| is_scheme(scheme));
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("http" | "https" | "mailto") if url.len() <= LONGEST => Ok(()),
        Some("http" | "https" | "mailto") => {
            Err(Problem::warning("link-length", "This link's address is too long for a PDF.")
                .hint("It is shown as text; link to a shorter address."))
        }
        Some(scheme) => {
            Err(Problem::warning("link-scheme", format!("A link to a “{scheme}:” address is shown as text."))
                .hint("Links may lead to http, https and mailto addresses."))
        }
        None => Err(Problem::warning(
            "relative-link",
            format!("The link to “{}” leads to no address on the web.", brief(url)),
        )
        .hint("It is shown as text; refer to a snippet with [[id]], or write the whole address with https://.")),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() >= 2
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn brief(url: &str) -> String {
    match url.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &url[..at]),
        None => url.to_owned(),
    }
}
