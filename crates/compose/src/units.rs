//! The files of all units, with the numbers that they go by.

use crate::plan::{Part, Unit};
use crate::request::Mode;
use crate::scene::Scene;
use crate::texts::{Parsed, Texts, hash};
use crate::unit::{self, DrawnUnit};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Units drawn the last time.
#[derive(Debug, Default)]
pub(crate) struct KeptUnits {
    drawn: HashMap<u64, Arc<DrawnUnit>>,
    /// What told them apart, and their numbers, in order.
    numbers: Vec<(u64, usize)>,
}

impl KeptUnits {
    /// Returns all units drawn, those that are as they were the last time kept.
    pub fn draw(
        &mut self,
        scene: &Scene<'_>,
        texts: &mut Texts,
        sums: &[u64],
        units: &[Unit<'_>],
        parsed: &Parsed,
    ) -> Vec<Arc<DrawnUnit>> {
        let whole = whole(scene);
        let sums: Vec<u64> = sums.iter().map(|sum| hash(&(whole, sum))).collect();
        let numbers = match scene.request.mode {
            Mode::Export => (1..=units.len()).collect(),
            Mode::Preview => numbers(&self.numbers, &sums),
        };
        let mut kept = HashMap::with_capacity(units.len());
        let mut drawn = Vec::with_capacity(units.len());
        for (at, unit) in units.iter().enumerate() {
            let inner = inner(unit, &numbers, at);
            let key = hash(&(sums.get(at), numbers[at], inner));
            let one = match self.drawn.remove(&key).or_else(|| kept.get(&key).cloned()) {
                Some(known) => known,
                None => Arc::new(unit::draw(scene, texts, unit, parsed, numbers[at], inner)),
            };
            kept.insert(key, Arc::clone(&one));
            drawn.push(one);
        }
        self.drawn = kept;
        self.numbers = sums.into_iter().zip(numbers).collect();
        drawn
    }
}

/// The numbers of the units that stand in a slide or section.
fn inner<'n>(unit: &Unit<'_>, numbers: &'n [usize], at: usize) -> &'n [usize] {
    match &unit.part {
        Part::Frame(frame) => numbers.get(at + 1..at + 1 + frame.blocks).unwrap_or_default(),
        Part::Block(_) => &[],
    }
}

/// A sum of what all units depend on.
fn whole(scene: &Scene<'_>) -> u64 {
    let mut placed: Vec<&String> = scene.placed.keys().collect();
    placed.sort_unstable();
    let request = scene.request;
    let config = &request.workspace.config;
    let marking = (&config.marking.levels, &config.default_marking, scene.rank);
    let mut listed: Vec<&String> = scene.listed.iter().collect();
    listed.sort_unstable();
    hash(&(placed, listed, scene.citing, scene.words, marking, request.mode, scene.is_deck()))
}

/// Numbers units so that those which are as before keep theirs, and a changed one takes the place of what it was.
///
/// Typst knows a file by its name: a file that is the same under the same name costs nothing.
fn numbers(before: &[(u64, usize)], sums: &[u64]) -> Vec<usize> {
    let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
    for (sum, number) in before.iter().rev() {
        known.entry(*sum).or_default().push(*number);
    }
    let kept: Vec<Option<usize>> = sums.iter().map(|sum| known.get_mut(sum).and_then(Vec::pop)).collect();
    let taken: HashSet<usize> = kept.iter().flatten().copied().collect();
    let mut free = before.iter().map(|(_, number)| *number).filter(|number| !taken.contains(number));
    let mut next = before.iter().map(|(_, number)| *number).max().unwrap_or(0);
    let mut fresh = || {
        free.next().unwrap_or_else(|| {
            next += 1;
            next
        })
    };
    kept.into_iter().map(|number| number.unwrap_or_else(&mut fresh)).collect()
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn units_keep_their_numbers() {
        assert_eq!(numbers(&[], &[10, 11, 12]), [1, 2, 3]);
        let before = [(10, 1), (11, 2), (12, 3)];
        assert_eq!(numbers(&before, &[10, 99, 12]), [1, 2, 3], "a changed unit keeps its file");
        assert_eq!(numbers(&before, &[10, 98, 11, 12]), [1, 4, 2, 3], "a new one takes a new file");
        assert_eq!(numbers(&before, &[12, 10]), [3, 1]);
        assert_eq!(numbers(&[(7, 1), (7, 2)], &[7, 7]), [1, 2]);
    }
}
