//! Links by reference that stay text: the parser resolves them only until their addresses together are as long as the
//! text, so that a small file cannot become a huge one.

use crate::finding::Findings;
use crate::origin::Text;
use chancery_model::Problem;
use comrak::ResolvedReference;
use comrak::options::{BrokenLinkCallback, BrokenLinkReference};
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// Labels that the parser looked up in vain.
#[derive(Debug, Default)]
pub(super) struct Missed(Mutex<HashSet<String>>);

impl BrokenLinkCallback for Missed {
    fn resolve(&self, link: BrokenLinkReference<'_>) -> Option<ResolvedReference> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(normal(link.original));
        None
    }
}

impl Missed {
    /// Returns those labels that the text defines all the same.
    pub(super) fn defined(&self, text: &str) -> HashSet<String> {
        let missed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if missed.is_empty() {
            return HashSet::new();
        }
        let label = |line: &str| {
            let inner = line.trim_start_matches([' ', '>']).strip_prefix('[')?;
            let (label, _) = inner.split_once("]:")?;
            (!label.starts_with('^')).then(|| normal(label))
        };
        text.lines().filter_map(label).filter(|label| missed.contains(label)).collect()
    }
}

/// Notes links by reference that stand as text though their label is defined.
pub(super) fn note(text: &Text, labels: &HashSet<String>, findings: &mut Findings) {
    if labels.is_empty() {
        return;
    }
    let value = text.as_str();
    for (at, _) in value.match_indices('[').filter(|(at, _)| text.is_verbatim(*at)) {
        let Some(length) = value[at + 1..].find([']', '[']) else { break };
        let end = at + 1 + length;
        let label = &value[at + 1..end];
        if value.as_bytes()[end] == b']' && labels.contains(&normal(label)) {
            findings.push(text.span_of(at..end + 1), stays_text(label));
        }
    }
}

/// Returns a label as labels are compared: CommonMark 0.31.2, section 6.3.
fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn stays_text(label: &str) -> Problem {
    Problem::warning("reference-limit", format!("The link “[{label}]” is shown as text."))
        .hint("This file refers to its long addresses too often: write the address here, as in [text](https://…).")
}

#[cfg(test)]
mod tests {
    use crate::{Options, parse};

    fn left(text: &str) -> Vec<String> {
        let document = parse(text, 0, &Options::default());
        let found = document.findings.iter().filter(|finding| finding.problem.code == "reference-limit");
        found.map(|finding| text[finding.span.clone()].to_owned()).collect()
    }

    #[test]
    fn links_beyond_the_parsers_limit_are_named() {
        let address = format!("https://example.org/{}", "a".repeat(200));
        let text = format!("{}[text][A  b] end\n\n[a b]: {address}\n", "[a b] and ".repeat(20));
        let left = left(&text);
        assert!(left.len() > 15, "{left:?}");
        assert!(left.iter().all(|place| place == "[a b]" || place == "[A  b]"), "{left:?}");
    }

    #[test]
    fn links_that_are_made_and_brackets_that_mean_nothing_are_no_problem() {
        assert_eq!(left("[a] [b] \\[a] [^a] `[a]`\n\n[a]: https://example.org\n"), Vec::<String>::new());
        assert_eq!(left("[not defined] and [@key, p. 3]"), Vec::<String>::new());
    }
}
