//! Views that are lists: recommendations, acronyms, sources.

use super::exhibits::{Filled, in_parentheses, joined};
use super::writer::{indented, one_line};
use super::{Markdown, escape, words};
use crate::data::{Acronyms, Recommendation, Recommendations, Sources};

impl Markdown<'_> {
    pub(super) fn recommendations(&self, data: &Recommendations, filled: &Filled<'_>) -> String {
        let mut parts = self.headed(data.title.as_ref(), filled);
        for group in &data.groups {
            let sub = group.sub.as_ref().map(|sub| format!(" ({})", filled.rich(sub))).unwrap_or_default();
            parts.push(format!("**{}**{sub}", filled.rich(&group.heading)));
            parts.extend(group.items.iter().map(|item| self.recommendation(item, filled)));
        }
        parts.push(filled.maybe(data.caption.as_ref()));
        parts.push(self.noted(data.note.as_ref(), filled));
        joined(parts)
    }

    fn recommendation(&self, item: &Recommendation, filled: &Filled<'_>) -> String {
        let w = self.scene.words;
        let more = [
            item.addressee.as_ref().map(|who| format!("{}: {}", words::addressee(w), filled.rich(who))),
            item.area.as_ref().map(|area| format!("{}: {}", words::area(w), filled.rich(area))),
            item.condition.as_ref().map(|condition| format!("{}: {}", words::condition(w), filled.rich(condition))),
            (item.explicit == Some(false)).then(|| words::implied(w).to_owned()),
            (!item.grounds.is_empty()).then(|| {
                let grounds: Vec<String> = item.grounds.iter().map(|ground| filled.rich(&ground.text)).collect();
                format!("{}: {}", words::evidence(w), grounds.join("; "))
            }),
        ];
        let more: Vec<String> = more.into_iter().flatten().collect();
        let more = if more.is_empty() { String::new() } else { format!("\n\n{}", more.join(" · ")) };
        let text = format!("{}{}{more}", filled.rich(&item.text), in_parentheses(&item.sources));
        format!("- {}\\. {}", escape::text(&item.number), indented(&text, "  "))
    }

    pub(super) fn acronyms(&self, data: &Acronyms, filled: &Filled<'_>) -> String {
        let mut parts = self.headed(data.title.as_ref(), filled);
        let term = |term: &crate::data::Acronym| {
            format!("- **{}** {}", escape::text(&term.abbr), one_line(&filled.rich(&term.expansion)))
        };
        parts.push(data.terms.iter().map(term).collect::<Vec<_>>().join("\n"));
        parts.push(filled.maybe(data.caption.as_ref()));
        joined(parts)
    }

    pub(super) fn sources(&self, data: &Sources, filled: &Filled<'_>) -> String {
        let mut parts = self.headed(data.title.as_ref(), filled);
        let entry = |entry: &crate::data::Entry| {
            let number = entry.number.as_ref().map(|number| format!("{} ", escape::text(number))).unwrap_or_default();
            format!("- {number}{}", one_line(&filled.rich(&entry.text)))
        };
        parts.push(data.entries.iter().map(entry).collect::<Vec<_>>().join("\n"));
        parts.push(filled.maybe(data.caption.as_ref()));
        joined(parts)
    }
}
