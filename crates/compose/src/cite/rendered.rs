//! What hayagriva rendered, put right: words that a locale cannot place, names left out.

use hayagriva::{ElemChild, ElemChildren, ElemMeta};

/// “Kim 와/과 Lee, 호 3” as “Kim·Lee, 3호”.
pub(super) fn korean(text: &str) -> String {
    let text = text.replace(" 와/과 ", "·");
    let mut out = String::with_capacity(text.len());
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        if !out.is_empty() || word.is_empty() {
            out.push(' ');
        }
        let number = words.peek().filter(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        match number.filter(|_| matches!(word, "호" | "권" | "판")) {
            Some(number) => {
                let digits = number.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
                out.push_str(&format!("{digits}{word}{}", &number[digits.len()..]));
                words.next();
            }
            None => out.push_str(word),
        }
    }
    out
}

pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Leaves out the names of an item and the comma behind them.
pub(super) fn without_names(children: &ElemChildren) -> ElemChildren {
    let mut kept = Vec::new();
    let mut removed = false;
    for child in &children.0 {
        match child {
            ElemChild::Elem(elem) if !removed && matches!(elem.meta, Some(ElemMeta::Names(_))) => removed = true,
            ElemChild::Elem(elem) if !removed && elem.children.find_names().is_some() => {
                let mut elem = elem.clone();
                elem.children = without_names(&elem.children);
                kept.push(ElemChild::Elem(elem));
                removed = true;
            }
            other => kept.push(other.clone()),
        }
    }
    if removed && let Some(ElemChild::Text(first)) = kept.first_mut() {
        first.text = first.text.trim_start_matches([',', ' ', '.', ':', ';']).to_owned();
    }
    ElemChildren(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_labels_follow_their_numbers() {
        assert_eq!(korean("Kim 와/과 Lee, 호 9802 (2024년)"), "Kim·Lee, 9802호 (2024년)");
        assert_eq!(korean(", 권 64, 호 3."), ", 64권, 3호.");
        assert_eq!(korean("같은 호 참조"), "같은 호 참조");
    }
}
