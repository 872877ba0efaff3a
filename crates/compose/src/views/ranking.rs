//! Ranks by weighted criteria, and how firm they are.
//!
//! The total of an area is the weighted mean of the scores that it has. How firm a rank is is computed over all
//! weights that differ from the given ones by at most some points each, not over a sample of them: that set is a
//! polytope, and the places where two areas change order cut it. Within a part that no such place cuts, every rank
//! is the same. An area may be at its worst in the middle of the set, so looking at its corners is not enough.

use super::polytope::Polytope;
use std::cmp::Ordering;

const EPSILON: f64 = 1e-9;

/// Parts of the set of weights that are looked at for one rank before its bound is taken.
const PARTS: usize = 4_000;

/// Width in weight below which a part is not divided further.
const FINEST: f64 = 0.002;

/// Areas ranked by weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The weights as shares of one.
    pub weights: Vec<f64>,
    /// The areas that have scores, first rank first.
    pub ranked: Vec<Ranked>,
    /// Indices of the areas without any score.
    pub unranked: Vec<usize>,
    /// For each criterion, over which range of its weight the first place stays.
    pub stays: Vec<Stay>,
}

/// A ranked area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Which one it is, in the order given.
    pub index: usize,
    /// The weighted mean of its scores.
    pub total: f64,
    /// Its rank from 1; equal totals share one.
    pub rank: usize,
    /// The best rank it takes while weights move.
    pub low: usize,
    /// The worst rank it takes while weights move.
    pub high: usize,
}

/// The range of one weight over which the first place stays, the others keeping their proportions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stay {
    /// The lowest share of one.
    pub from: f64,
    /// The highest share of one.
    pub to: f64,
}

/// The scores of one area, one a criterion.
pub type Scores = Vec<Option<f64>>;

/// How one area stands to another on a part of the weights.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Above it throughout.
    Above,
    /// Not above it anywhere.
    NotAbove,
    /// Here above it, there not.
    Both,
}

impl Ranking {
    /// Ranks areas by weights, and tells how ranks move while each weight moves by up to `shift` of their sum.
    ///
    /// Weights need not add up to one; where none is positive, all count the same.
    pub fn new(weights: &[f64], scores: &[Scores], shift: f64) -> Self {
        let weights = shares(weights);
        let unranked: Vec<usize> = (0..scores.len()).filter(|i| scores[*i].iter().all(Option::is_none)).collect();
        let totals: Vec<(usize, f64)> =
            (0..scores.len()).filter(|i| !unranked.contains(i)).map(|i| (i, total(&weights, &scores[i]))).collect();
        let around = Polytope::around(&weights, shift);
        let mut ranked: Vec<Ranked> = totals
            .iter()
            .map(|(index, total)| {
                let rank = 1 + totals.iter().filter(|(_, other)| *other > total + EPSILON).count();
                let others: Vec<usize> = totals.iter().map(|(i, _)| *i).filter(|i| i != index).collect();
                let range =
                    |most| 1 + Search { scores, area: *index, others: &others, most, parts: PARTS }.run(&around);
                Ranked { index: *index, total: *total, rank, low: range(false).min(rank), high: range(true).max(rank) }
            })
            .collect();
        ranked.sort_by_key(|area| (area.rank, area.index));
        let stays = (0..weights.len()).map(|i| stay(i, &weights, scores, &ranked)).collect();
        Self { weights, ranked, unranked, stays }
    }

    /// Returns how many of the first places nobody changes while the weights move.
    pub fn firm_places(&self) -> usize {
        self.ranked.iter().take_while(|area| area.low == area.high && area.low == area.rank).count()
    }
}

/// Returns weights as shares of one.
fn shares(weights: &[f64]) -> Vec<f64> {
    let positive: Vec<f64> =
        weights.iter().map(|weight| if weight.is_finite() { weight.max(0.0) } else { 0.0 }).collect();
    let sum: f64 = positive.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        positive.iter().map(|weight| weight / sum).collect()
    } else {
        vec![1.0 / weights.len().max(1) as f64; weights.len()]
    }
}

/// Sum of weight times score and sum of weights, over the scores that are there.
fn parts(weights: &[f64], scores: &Scores) -> (f64, f64) {
    let present = weights.iter().zip(scores).filter_map(|(weight, score)| Some((weight, (*score)?)));
    present.fold((0.0, 0.0), |(sum, weight_sum), (weight, score)| (sum + weight * score, weight_sum + weight))
}

/// The weighted mean; the plain mean where all that an area has weighs nothing.
fn total(weights: &[f64], scores: &Scores) -> f64 {
    let (sum, weight) = parts(weights, scores);
    if weight > EPSILON {
        return sum / weight;
    }
    let present: Vec<f64> = scores.iter().flatten().copied().collect();
    present.iter().sum::<f64>() / present.len().max(1) as f64
}

/// The bounds of an area's total over a part of the weights: a quotient of linear functions has them at corners.
fn bounds(part: &Polytope, scores: &Scores) -> (f64, f64) {
    let mut low = f64::INFINITY;
    let mut high = f64::NEG_INFINITY;
    for point in part.points() {
        let (sum, weight) = parts(point, scores);
        let present = scores.iter().flatten();
        let (least, most) = if weight > EPSILON {
            (sum / weight, sum / weight)
        } else {
            (present.clone().copied().fold(f64::INFINITY, f64::min), present.copied().fold(f64::NEG_INFINITY, f64::max))
        };
        (low, high) = (low.min(least), high.max(most));
    }
    (low, high)
}

/// Looks for the most, or fewest, areas that stand above one while the weights move.
struct Search<'a> {
    scores: &'a [Scores],
    area: usize,
    others: &'a [usize],
    most: bool,
    parts: usize,
}

impl Search<'_> {
    fn run(mut self, around: &Polytope) -> usize {
        let mut best = if self.most { 0 } else { self.others.len() };
        self.visit(around, &mut best);
        best
    }

    fn visit(&mut self, part: &Polytope, best: &mut usize) {
        let standings: Vec<(usize, Standing)> =
            self.others.iter().map(|other| (*other, self.standing(part, *other))).collect();
        let count = |wanted: Standing| standings.iter().filter(|(_, standing)| *standing == wanted).count();
        let (above, both) = (count(Standing::Above), count(Standing::Both));
        let bound = if self.most { above + both } else { above };
        let better = |value: usize, best: usize| if self.most { value > best } else { value < best };
        if !better(bound, *best) {
            return;
        }
        let open = standings.iter().find(|(_, standing)| *standing == Standing::Both);
        let halves = open.and_then(|(other, _)| self.halves(part, *other));
        match halves {
            Some((first, second)) if self.parts > 0 => {
                self.parts -= 1;
                self.visit(&first, best);
                self.visit(&second, best);
            }
            // Nothing left to divide, or not worth dividing: the bound holds.
            _ => *best = bound,
        }
    }

    fn same_criteria(&self, other: usize) -> bool {
        let (a, b) = (&self.scores[self.area], &self.scores[other]);
        a.iter().zip(b).all(|(a, b)| a.is_some() == b.is_some())
    }

    /// How far another area stands above this one: linear where both have scores by the same criteria.
    fn lead(&self, other: usize, weights: &[f64]) -> f64 {
        parts(weights, &self.scores[other]).0 - parts(weights, &self.scores[self.area]).0
    }

    fn standing(&self, part: &Polytope, other: usize) -> Standing {
        let (low, high) = if self.same_criteria(other) {
            let leads = part.points().map(|point| self.lead(other, point));
            leads.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), lead| (low.min(lead), high.max(lead)))
        } else {
            let (mine, theirs) = (bounds(part, &self.scores[self.area]), bounds(part, &self.scores[other]));
            (theirs.0 - mine.1, theirs.1 - mine.0)
        };
        match (low.partial_cmp(&-EPSILON), high > EPSILON) {
            (_, false) => Standing::NotAbove,
            (Some(Ordering::Less), true) => Standing::Both,
            _ => Standing::Above,
        }
    }

    /// Divides a part where two areas change order, or in the middle where that place is no plane.
    fn halves(&self, part: &Polytope, other: usize) -> Option<(Polytope, Polytope)> {
        if self.same_criteria(other) {
            return part.cut(|weights| self.lead(other, weights));
        }
        let (widest, middle, width) = part.widest();
        (width > FINEST).then(|| part.cut(|weights| weights[widest] - middle)).flatten()
    }
}

/// Weights where one takes a share and the others keep their proportions.
fn with_share(weights: &[f64], criterion: usize, share: f64) -> Vec<f64> {
    let others = 1.0 - weights[criterion];
    let even = 1.0 / (weights.len().saturating_sub(1).max(1)) as f64;
    let part = |i: usize| if others > EPSILON { weights[i] / others } else { even };
    (0..weights.len()).map(|i| if i == criterion { share } else { part(i) * (1.0 - share) }).collect()
}

/// The range of a criterion's weight over which the first place stays with those who have it.
fn stay(criterion: usize, weights: &[f64], scores: &[Scores], ranked: &[Ranked]) -> Stay {
    let leaders: Vec<usize> = ranked.iter().filter(|area| area.rank == 1).map(|area| area.index).collect();
    let rest: Vec<usize> = ranked.iter().filter(|area| area.rank > 1).map(|area| area.index).collect();
    let holds = |share: f64| {
        let weights = with_share(weights, criterion, share);
        let best =
            |areas: &[usize]| areas.iter().map(|i| total(&weights, &scores[*i])).fold(f64::NEG_INFINITY, f64::max);
        best(&leaders) + EPSILON >= best(&rest)
    };
    if weights.len() < 2 || rest.is_empty() {
        return Stay { from: 0.0, to: 1.0 };
    }
    let mut turns: Vec<f64> = leaders
        .iter()
        .flat_map(|a| rest.iter().map(move |b| (*a, *b)))
        .flat_map(|(a, b)| crossings(criterion, weights, &scores[a], &scores[b]))
        .collect();
    turns.extend([0.0, 1.0]);
    turns.sort_by(f64::total_cmp);
    let now = weights[criterion];
    let upward: Vec<f64> = turns.iter().copied().filter(|turn| *turn > now + EPSILON).collect();
    let downward: Vec<f64> = turns.iter().rev().copied().filter(|turn| *turn < now - EPSILON).collect();
    Stay { from: reach(now, &downward, &holds), to: reach(now, &upward, &holds) }
}

/// How far from `now` something holds, going from turn to turn.
fn reach(now: f64, turns: &[f64], holds: &impl Fn(f64) -> bool) -> f64 {
    let mut reached = now;
    for turn in turns {
        if !holds((reached + turn) / 2.0) {
            break;
        }
        reached = *turn;
    }
    reached
}

/// The shares of a criterion at which two areas have the same total: roots of a polynomial of degree two.
fn crossings(criterion: usize, weights: &[f64], a: &Scores, b: &Scores) -> Vec<f64> {
    let lead = |share: f64| {
        let weights = with_share(weights, criterion, share);
        let ((sum_a, weight_a), (sum_b, weight_b)) = (parts(&weights, a), parts(&weights, b));
        sum_a * weight_b - sum_b * weight_a
    };
    let (at_0, at_half, at_1) = (lead(0.0), lead(0.5), lead(1.0));
    let square = 2.0 * (at_0 - 2.0 * at_half + at_1);
    let slope = at_1 - at_0 - square;
    let roots = if square.abs() <= EPSILON {
        if slope.abs() <= EPSILON { Vec::new() } else { vec![-at_0 / slope] }
    } else {
        let inner = slope * slope - 4.0 * square * at_0;
        if inner < 0.0 {
            Vec::new()
        } else {
            vec![(-slope - inner.sqrt()) / (2.0 * square), (-slope + inner.sqrt()) / (2.0 * square)]
        }
    };
    roots.into_iter().filter(|root| (0.0..=1.0).contains(root)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(rows: &[&[f64]]) -> Vec<Scores> {
        rows.iter().map(|row| row.iter().map(|score| Some(*score)).collect()).collect()
    }

    #[test]
    fn totals_are_weighted_means_and_equal_ones_share_a_rank() {
        let ranking = Ranking::new(&[2.0, 1.0], &all(&[&[3.0, 3.0], &[5.0, 2.0], &[3.0, 3.0]]), 0.1);
        let ranks: Vec<(usize, usize)> = ranking.ranked.iter().map(|area| (area.index, area.rank)).collect();
        assert_eq!(ranks, [(1, 1), (0, 2), (2, 2)]);
        assert!((ranking.ranked[0].total - 4.0).abs() < 1e-9);
    }

    #[test]
    fn areas_without_scores_stay_out_and_missing_ones_do_not_count() {
        let scores = vec![vec![None, None], vec![Some(4.0), None], vec![Some(3.0), Some(5.0)]];
        let ranking = Ranking::new(&[1.0, 1.0], &scores, 0.1);
        assert_eq!(ranking.unranked, [0]);
        assert_eq!(ranking.ranked.iter().map(|area| area.total).collect::<Vec<_>>(), [4.0, 4.0]);
    }

    #[test]
    fn the_worst_rank_is_found_inside_of_the_set_too() {
        // The first area is overtaken by both others only while the first weight is between 0.46 and 0.54.
        let scores = all(&[&[2.5, 2.5], &[5.0, 0.4], &[0.4, 5.0]]);
        let at =
            |w: f64| Ranking::new(&[w, 1.0 - w], &scores, 0.0).ranked.iter().find(|a| a.index == 0).map(|a| a.rank);
        assert_eq!((at(0.4), at(0.5), at(0.6)), (Some(2), Some(3), Some(2)));
        let ranking = Ranking::new(&[0.5, 0.5], &scores, 0.1);
        let first = ranking.ranked.iter().find(|area| area.index == 0).expect("the first area");
        assert_eq!((first.low, first.high), (2, 3));
    }

    #[test]
    fn the_first_place_stays_up_to_where_another_overtakes() {
        let ranking = Ranking::new(&[0.5, 0.5], &all(&[&[5.0, 2.0], &[1.0, 4.0]]), 0.1);
        // 5x + 2(1 − x) = x + 4(1 − x) at x = 1/3.
        assert!((ranking.stays[0].from - 1.0 / 3.0).abs() < 1e-6);
        assert_eq!(ranking.stays[0].to, 1.0);
        assert_eq!(ranking.firm_places(), 2);
    }

    #[test]
    fn nothing_and_one_are_ranked_too() {
        assert!(Ranking::new(&[], &[], 0.1).ranked.is_empty());
        let one = Ranking::new(&[0.0], &all(&[&[3.0]]), 0.1);
        assert_eq!((one.ranked[0].rank, one.ranked[0].low, one.ranked[0].high), (1, 1, 1));
    }

    fn score() -> impl Strategy<Value = Option<f64>> {
        prop_oneof![4 => (0_u8..=5).prop_map(|score| Some(f64::from(score))), 1 => Just(None)]
    }

    fn problem() -> impl Strategy<Value = (Vec<f64>, Vec<Scores>)> {
        (1_usize..=4).prop_flat_map(|criteria| {
            let weights = prop::collection::vec(1.0_f64..10.0, criteria);
            (weights, prop::collection::vec(prop::collection::vec(score(), criteria), 1..8))
        })
    }

    fn summary(ranking: &Ranking) -> Vec<(usize, usize, usize, usize)> {
        ranking.ranked.iter().map(|area| (area.index, area.rank, area.low, area.high)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn scaled_weights_rank_the_same((weights, scores) in problem(), scale in 0.01_f64..100.0) {
            let scaled: Vec<f64> = weights.iter().map(|weight| weight * scale).collect();
            prop_assert_eq!(summary(&Ranking::new(&weights, &scores, 0.1)), summary(&Ranking::new(&scaled, &scores, 0.1)));
        }

        #[test]
        fn the_order_of_criteria_does_not_matter((weights, scores) in problem()) {
            let backwards = |row: &Scores| row.iter().rev().copied().collect::<Scores>();
            let turned: Vec<Scores> = scores.iter().map(backwards).collect();
            let turned_weights: Vec<f64> = weights.iter().rev().copied().collect();
            prop_assert_eq!(summary(&Ranking::new(&weights, &scores, 0.1)), summary(&Ranking::new(&turned_weights, &turned, 0.1)));
        }

        #[test]
        fn no_weights_in_reach_give_a_rank_outside_of_its_range(
            (weights, scores) in problem(),
            moves in prop::collection::vec(prop::collection::vec(-1.0_f64..1.0, 4), 20),
        ) {
            let ranking = Ranking::new(&weights, &scores, 0.1);
            for shift in moves {
                let moved: Vec<f64> = ranking.weights.iter().zip(&shift).map(|(weight, by)| (weight + by * 0.05).max(0.0)).collect();
                let sum: f64 = moved.iter().sum();
                let moved: Vec<f64> = moved.iter().map(|weight| weight / sum).collect();
                if moved.iter().zip(&ranking.weights).any(|(a, b)| (a - b).abs() > 0.1) {
                    continue;
                }
                for area in Ranking::new(&moved, &scores, 0.0).ranked {
                    let range = ranking.ranked.iter().find(|known| known.index == area.index).map(|known| (known.low, known.high));
                    prop_assert!(range.is_some_and(|(low, high)| (low..=high).contains(&area.rank)), "{area:?} outside {range:?}");
                }
            }
        }
    }
}
