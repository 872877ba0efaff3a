//! Examples of Markdown with the HTML that they become, and the text of that HTML.

use std::path::Path;

/// An example of a specification.
#[derive(Debug)]
pub struct Example {
    /// Its number in the file, from 1.
    pub number: usize,
    /// The Markdown.
    pub markdown: String,
    /// The HTML.
    pub html: String,
}

/// Tags that Markdown becomes; all others are HTML that stood in the Markdown.
const TAGS: &[&str] = &[
    "p",
    "em",
    "strong",
    "code",
    "pre",
    "a",
    "img",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "br",
    "del",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "input",
];

/// Reads the examples of a file in the form of the CommonMark specification.
pub fn read(file: &Path) -> Vec<Example> {
    let text = std::fs::read_to_string(file)
        .unwrap_or_else(|error| panic!("{}: {error}; `cargo xtask test` installs it", file.display()))
        .replace("\r\n", "\n");
    let fence = "`".repeat(32);
    let (opening, closing) = (format!("{fence} example\n"), format!("\n{fence}"));
    text.split(opening.as_str())
        .skip(1)
        .enumerate()
        .map(|(index, body)| {
            let body = format!("\n{}", body.split(closing.as_str()).next().unwrap_or_default());
            let (markdown, html) = body.split_once("\n.\n").or(body.split_once("\n.")).unwrap_or_default();
            let tabs = |text: &str| text.strip_prefix('\n').unwrap_or(text).replace('→', "\t") + "\n";
            Example { number: index + 1, markdown: tabs(markdown), html: tabs(html) }
        })
        .collect()
}

impl Example {
    /// Returns what the HTML says: its text, raw HTML as its source, pictures as their alternative text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut rest = self.html.as_str();
        while let Some(at) = rest.find('<') {
            out.push_str(&unescaped(&rest[..at]));
            rest = &rest[at..];
            let tag = &rest[..rest.find('>').map_or(rest.len(), |end| end + 1)];
            if self.is_generated(tag) {
                out.push_str(&unescaped(alternative(tag)));
                rest = &rest[tag.len()..];
            } else {
                out.push('<');
                rest = &rest[1..];
            }
        }
        out + &unescaped(rest)
    }

    /// Whether a tag stands for Markdown, not for itself.
    fn is_generated(&self, tag: &str) -> bool {
        let name =
            tag.trim_start_matches(['<', '/']).trim_end_matches(['/', '>']).split(' ').next().unwrap_or_default();
        TAGS.contains(&name) && !self.markdown.contains(tag)
    }
}

/// The alternative text of a picture's tag.
fn alternative(tag: &str) -> &str {
    let alt = tag.strip_prefix("<img ").and_then(|tag| tag.split_once("alt=\"")).map(|(_, alt)| alt);
    alt.and_then(|alt| alt.split('"').next()).unwrap_or_default()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Returns a text with each run of white space as one blank, none at its ends.
pub fn collapsed(text: &str) -> String {
    text.split(char::is_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
