//! Rich text of citations: runs that Typst code and Markdown can be written from.

use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, Formatting};

/// A piece of text of one style.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Run {
    /// The text.
    pub text: String,
    /// How it looks.
    pub style: RunStyle,
    /// Where it leads.
    pub target: Option<Target>,
}

/// How a run looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct RunStyle {
    /// In italics.
    pub italic: bool,
    /// In bold.
    pub bold: bool,
    /// In small capitals.
    pub small_caps: bool,
    /// Raised.
    pub superscript: bool,
    /// Lowered.
    pub subscript: bool,
}

/// Where a run leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// An address: `http`, `https` or `mailto`.
    Url(String),
    /// The entry of a source, by its key, in the list of sources.
    Source(String),
}

impl Run {
    /// Returns plain text that leads nowhere.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: RunStyle::default(), target: None }
    }
}

/// Returns the text of runs without their looks.
pub fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Returns what hayagriva rendered as runs; what leads nowhere else leads to the entry of `key`.
pub(super) fn from_rendered(children: &ElemChildren, key: Option<&str>) -> Vec<Run> {
    let mut runs = Vec::new();
    push_children(children, key, &mut runs);
    runs
}

fn push_children(children: &ElemChildren, key: Option<&str>, runs: &mut Vec<Run>) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => push(runs, &text.text, text.formatting, source_target(key)),
            ElemChild::Elem(elem) => push_children(&elem.children, key, runs),
            ElemChild::Markup(text) => push(runs, text, Formatting::default(), source_target(key)),
            ElemChild::Link { text, url } => {
                let target = allowed(url).then(|| Target::Url(url.clone())).or_else(|| source_target(key));
                push(runs, &text.text, text.formatting, target);
            }
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn source_target(key: Option<&str>) -> Option<Target> {
    key.map(|key| Target::Source(key.to_owned()))
}

/// Adds text to the last run where it looks the same and leads to the same place.
pub(super) fn push(runs: &mut Vec<Run>, text: &str, formatting: Formatting, target: Option<Target>) {
    if text.is_empty() {
        return;
    }
    let style = RunStyle {
        italic: formatting.font_style == FontStyle::Italic,
        bold: formatting.font_weight == FontWeight::Bold,
        small_caps: formatting.font_variant == FontVariant::SmallCaps,
        superscript: formatting.vertical_align == VerticalAlign::Sup,
        subscript: formatting.vertical_align == VerticalAlign::Sub,
    };
    match runs.last_mut() {
        Some(last) if last.style == style && last.target == target => last.text.push_str(text),
        _ => runs.push(Run { text: text.to_owned(), style, target }),
    }
}

/// Whether an address may be a link: only the web and mail.
fn allowed(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https" | "mailto") && url.contains(':')
}
