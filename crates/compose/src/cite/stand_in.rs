//! Citations that differ only in what their locators say: rendered once, with stand-ins for the locators.
//!
//! A style may treat a number otherwise than a heading (Chicago prints no “p.” before a page), so each gets a stand-in
//! of its own sort. Ranges and lists are left alone: styles shorten them.

use super::citer::CiteItem;
use super::locator::Locator;
use super::run::Run;
use crate::words::Words;

/// Stands for the page of the first item, the next number for the second item.
const NUMBER: u32 = 987_654_321;

/// Stands for the heading of the first item: a private character.
const HEADING: u32 = 0xF_0000;

/// What stands for what.
pub(super) struct StandIns(Vec<(String, String)>);

impl StandIns {
    /// Puts stand-ins into the locators of items; none where a locator has to be rendered as it is.
    pub fn put(items: &mut [CiteItem], words: Words) -> Option<Self> {
        let mut pairs = Vec::new();
        for (at, item) in (0..).zip(items.iter_mut()) {
            let Some(written) = &item.locator else { continue };
            let locator = Locator::parse(written)?;
            let [part] = locator.parts.as_slice() else { return None };
            locator.csl(words)?;
            let stand_in = match (
                part.value.bytes().all(|b| b.is_ascii_digit()),
                part.value.bytes().any(|b| b.is_ascii_digit()),
            ) {
                (true, _) => (NUMBER + at).to_string(),
                (false, false) => char::from_u32(HEADING + at)?.to_string(),
                (false, true) => return None,
            };
            let start = written.rfind(&part.value)?;
            let replaced = format!("{}{stand_in}{}", &written[..start], &written[start + part.value.len()..]);
            pairs.push((stand_in, part.value.clone()));
            item.locator = Some(replaced);
        }
        (!pairs.is_empty()).then_some(Self(pairs))
    }

    /// Returns runs with the locators back; none where a stand-in is not there once.
    pub fn take_out(&self, runs: &[Run]) -> Option<Vec<Run>> {
        let mut runs = runs.to_vec();
        for (stand_in, value) in &self.0 {
            let once = runs.iter().map(|run| run.text.matches(stand_in.as_str()).count()).sum::<usize>() == 1;
            let run = runs.iter_mut().find(|run| run.text.contains(stand_in.as_str())).filter(|_| once)?;
            run.text = run.text.replacen(stand_in.as_str(), value, 1);
        }
        Some(runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locators(written: &[&str]) -> Option<Vec<String>> {
        let mut items: Vec<CiteItem> = written
            .iter()
            .map(|locator| CiteItem { locator: Some((*locator).to_owned()), ..CiteItem::default() })
            .collect();
        StandIns::put(&mut items, Words::for_lang("en"))?;
        Some(items.into_iter().filter_map(|item| item.locator).collect())
    }

    #[test]
    fn numbers_and_headings_get_stand_ins_and_ranges_do_not() {
        assert_eq!(locators(&["p. 4", "8"]), Some(vec!["p. 987654321".to_owned(), "987654322".to_owned()]));
        assert_eq!(locators(&["sec. Motives"]), Some(vec!["sec. \u{f0000}".to_owned()]));
        assert_eq!(locators(&["pp. 3–4"]), None);
        assert_eq!(locators(&["sec. The year 2022"]), None);
        assert_eq!(locators(&["sec. Motives, para. 2"]), None);
    }
}
