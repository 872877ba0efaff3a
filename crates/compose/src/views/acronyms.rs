//! `{acronyms}`: the terms that a briefing uses, or those that a query selects.

use super::builder::Builder;
use crate::data::{Acronym, Acronyms, Rich};
use crate::query::{Pick, Sort};
use chancery_model::Kind;

/// Returns the acronyms in alphabetical order.
pub(super) fn draw(builder: &mut Builder) -> Option<serde_json::Value> {
    let picks = if builder.query.is_open() { used(builder) } else { builder.select(Some(Sort::Title)) };
    let mut terms: Vec<Acronym> = picks.iter().filter_map(|pick| acronym(builder, pick)).collect();
    terms.sort_by_key(|term| (term.abbr.to_lowercase(), term.abbr.clone()));
    terms.dedup_by(|a, b| a == b);
    if terms.is_empty() {
        return None;
    }
    let data = Acronyms { title: builder.option("title"), caption: builder.option("caption"), label: None, terms };
    serde_json::to_value(data).ok()
}

fn acronym(builder: &mut Builder, pick: &Pick) -> Option<Acronym> {
    let abbr = pick.field_text("abbr").filter(|abbr| !abbr.trim().is_empty())?;
    let expansion = match builder.field(pick, "expansion") {
        Some(expansion) => expansion,
        None if pick.text.title != abbr => builder.title(pick),
        None => return None,
    };
    Some(Acronym { abbr, expansion: trimmed(expansion) })
}

fn trimmed(rich: Rich) -> Rich {
    match rich {
        Rich::Text(text) => Rich::Text(text.trim().to_owned()),
        prose => prose,
    }
}

/// The terms whose letters stand in the briefing's text.
fn used(builder: &mut Builder) -> Vec<Pick> {
    let context = builder.context;
    let terms = context.workspace.snippets.values().filter(|snippet| snippet.kind == Kind::Term);
    let terms = terms.filter(|snippet| !context.translations.hides(snippet, context.workspace));
    let picks = terms.map(|snippet| context.translations.pick(snippet, context.workspace));
    let stands = |pick: &Pick| pick.field_text("abbr").is_some_and(|abbr| stands_in(&context.shown.text, abbr.trim()));
    let picks: Vec<Pick> = picks.filter(stands).collect();
    picks.iter().for_each(|pick| builder.uses(pick));
    picks
}

/// Whether a text holds a word; Hangul may follow it (`NATO는`), other letters and digits may not.
fn stands_in(text: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() && !('\u{ac00}'..='\u{d7a3}').contains(&c);
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back().is_none_or(|c| !joins(c));
            let rest = &text[at + word.len()..];
            // A plural: “ITPPs”.
            let rest = rest.strip_prefix('s').filter(|rest| !rest.starts_with(joins)).unwrap_or(rest);
            before && !rest.starts_with(joins)
        })
}

#[cfg(test)]
mod tests {
    use super::stands_in;

    #[test]
    fn acronyms_are_found_as_words() {
        assert!(stands_in("Talks on the ITPP.", "ITPP"));
        assert!(stands_in("NATO는 동맹이다", "NATO"));
        assert!(stands_in("two ITPPs", "ITPP"));
        assert!(stands_in("ROK–NATO", "NATO"));
        assert!(!stands_in("the IPCP2", "IPCP"));
        assert!(!stands_in("INSTITUTE", "IT"));
        assert!(!stands_in("anything", ""));
    }
}
