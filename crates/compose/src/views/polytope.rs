//! The weights that are near some weights: a polytope, by its vertices, that hyperplanes cut.
//!
//! Vertices of a cut are found on edges: two vertices are joined by an edge where no third one lies on all the
//! constraints that both lie on (Fukuda and Prodon, “Double description method revisited”, 1996).

const EPSILON: f64 = 1e-9;

/// Constraints that one vertex can keep track of.
const CONSTRAINTS: u32 = 128;

/// Weights that move, at most: more would have too many vertices.
pub(super) const MOVING: usize = 12;

/// A corner, and the constraints that it lies on.
#[derive(Debug, Clone, PartialEq)]
struct Vertex {
    point: Vec<f64>,
    on: u128,
}

/// A convex set of weights.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Polytope {
    vertices: Vec<Vertex>,
    constraints: u32,
}

impl Polytope {
    /// Returns all weights that add up to one, are not negative, and differ from `weights` by at most `shift` each.
    pub fn around(weights: &[f64], shift: f64) -> Self {
        let mut moving: Vec<usize> = (0..weights.len()).collect();
        moving.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
        moving.truncate(MOVING);
        let bounds: Vec<(f64, f64)> =
            moving.iter().map(|i| ((weights[*i] - shift).max(0.0), (weights[*i] + shift).min(1.0))).collect();
        let sum: f64 = moving.iter().map(|i| weights[*i]).sum();
        let mut polytope = Self { vertices: Vec::new(), constraints: 2 * bounds.len() as u32 };
        for free in 0..bounds.len() {
            let others: Vec<usize> = (0..bounds.len()).filter(|i| *i != free).collect();
            for choice in 0..1_u32 << others.len() {
                let mut values = vec![0.0; bounds.len()];
                for (bit, i) in others.iter().enumerate() {
                    values[*i] = if choice >> bit & 1 == 1 { bounds[*i].1 } else { bounds[*i].0 };
                }
                values[free] = sum - values.iter().sum::<f64>();
                if values[free] >= bounds[free].0 - EPSILON && values[free] <= bounds[free].1 + EPSILON {
                    let mut point = weights.to_vec();
                    moving.iter().zip(&values).for_each(|(i, value)| point[*i] = *value);
                    polytope.add(Vertex { point, on: bounds_met(&values, &bounds) });
                }
            }
        }
        if polytope.vertices.is_empty() {
            polytope.vertices.push(Vertex { point: weights.to_vec(), on: 0 });
        }
        polytope
    }

    /// Returns its corners.
    pub fn points(&self) -> impl Iterator<Item = &[f64]> {
        self.vertices.iter().map(|vertex| vertex.point.as_slice())
    }

    /// Returns the coordinate in which it is widest, its middle there, and how wide it is.
    pub fn widest(&self) -> (usize, f64, f64) {
        let size = self.vertices.first().map_or(0, |vertex| vertex.point.len());
        let extent = |i: usize| {
            let values = self.points().map(|point| point[i]);
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
        };
        let widths = (0..size).map(|i| (i, extent(i))).map(|(i, (low, high))| (i, (low + high) / 2.0, high - low));
        widths.max_by(|a, b| a.2.total_cmp(&b.2)).unwrap_or((0, 0.0, 0.0))
    }

    /// Returns the parts where `side` is positive and negative; none where it cannot be cut.
    ///
    /// `side` must be linear.
    pub fn cut(&self, side: impl Fn(&[f64]) -> f64) -> Option<(Self, Self)> {
        if self.constraints >= CONSTRAINTS {
            return None;
        }
        let values: Vec<f64> = self.vertices.iter().map(|vertex| side(&vertex.point)).collect();
        let mut parts = [1.0, -1.0].map(|sign| {
            let mut part = Self { vertices: Vec::new(), constraints: self.constraints + 1 };
            for (vertex, value) in self.vertices.iter().zip(&values) {
                if value * sign >= -EPSILON {
                    let on = if value.abs() <= EPSILON { vertex.on | 1 << self.constraints } else { vertex.on };
                    part.add(Vertex { point: vertex.point.clone(), on });
                }
            }
            part
        });
        for (i, a) in self.vertices.iter().enumerate().filter(|(i, _)| values[*i] > EPSILON) {
            for (j, b) in self.vertices.iter().enumerate().filter(|(j, _)| values[*j] < -EPSILON) {
                let common = a.on & b.on;
                let joined =
                    !self.vertices.iter().enumerate().any(|(k, c)| k != i && k != j && c.on & common == common);
                if joined {
                    let share = values[i] / (values[i] - values[j]);
                    let point = a.point.iter().zip(&b.point).map(|(a, b)| a + (b - a) * share).collect();
                    let vertex = Vertex { point, on: common | 1 << self.constraints };
                    parts.iter_mut().for_each(|part| part.add(vertex.clone()));
                }
            }
        }
        let [positive, negative] = parts;
        Some((positive, negative))
    }

    /// Adds a corner, or the constraints of one that is there.
    fn add(&mut self, vertex: Vertex) {
        let same = |known: &&mut Vertex| known.point.iter().zip(&vertex.point).all(|(a, b)| (a - b).abs() <= EPSILON);
        match self.vertices.iter_mut().find(same) {
            Some(known) => known.on |= vertex.on,
            None => self.vertices.push(vertex),
        }
    }
}

fn bounds_met(values: &[f64], bounds: &[(f64, f64)]) -> u128 {
    let met = |i: usize| {
        let low = u128::from((values[i] - bounds[i].0).abs() <= EPSILON) << (2 * i);
        low | u128::from((values[i] - bounds[i].1).abs() <= EPSILON) << (2 * i + 1)
    };
    (0..values.len()).map(met).fold(0, |on, bit| on | bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_weights_within_ten_points_are_a_hexagon() {
        let around = Polytope::around(&[0.4, 0.4, 0.2], 0.1);
        assert_eq!(around.points().count(), 6);
        assert!(around.points().all(|point| (point.iter().sum::<f64>() - 1.0).abs() < 1e-9));
    }

    #[test]
    fn a_cut_leaves_two_parts_that_share_an_edge() {
        let around = Polytope::around(&[0.4, 0.4, 0.2], 0.1);
        let (left, right) = around.cut(|w| w[0] - w[1]).expect("two parts");
        assert_eq!((left.points().count(), right.points().count()), (5, 5));
        assert!(left.points().all(|w| w[0] >= w[1] - 1e-9));
    }

    #[test]
    fn weights_do_not_fall_below_zero() {
        let around = Polytope::around(&[0.95, 0.05], 0.1);
        assert!(around.points().flatten().all(|weight| *weight >= 0.0));
    }
}
