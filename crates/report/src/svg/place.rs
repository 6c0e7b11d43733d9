//! Where labels go so that none touches another.

use super::canvas::Bounds;

/// Moves things of these sizes, wanted at these middles, apart along a line from `low` to `high`; gives their middles.
///
/// Keeps the order of the wanted middles (ties by index) and moves as little as one pass in each direction can. They fit when
/// their sizes add up to no more than the line; otherwise those at the end run over it.
pub(super) fn spread(wanted: &[f64], sizes: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut middles = wanted.to_vec();
    let mut edge = high;
    for index in order.iter().rev() {
        let half = sizes[*index] / 2.0;
        middles[*index] = middles[*index].min(edge - half);
        edge = middles[*index] - half;
    }
    edge = low;
    for index in &order {
        let half = sizes[*index] / 2.0;
        middles[*index] = middles[*index].max(edge + half);
        edge = middles[*index] + half;
    }
    middles
}

/// What is already drawn, so that a label can keep clear of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    bounds: Vec<Bounds>,
}

impl Taken {
    /// Nothing may lie here from now on.
    pub fn add(&mut self, bounds: Bounds) {
        self.bounds.push(bounds);
    }

    /// Whether nothing lies here yet.
    pub fn is_free(&self, bounds: &Bounds) -> bool {
        self.bounds.iter().all(|taken| !taken.meets(bounds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn spread_labels_keep_their_order_do_not_touch_and_stay_inside(
            wanted in proptest::collection::vec(-50.0..350.0_f64, 1..8),
        ) {
            let sizes = vec![20.0; wanted.len()];
            let middles = spread(&wanted, &sizes, 0.0, 300.0);
            for (i, a) in middles.iter().enumerate() {
                prop_assert!((9.99..=290.01).contains(a), "{middles:?}");
                for (j, b) in middles.iter().enumerate().skip(i + 1) {
                    prop_assert!((a - b).abs() > 19.99, "{middles:?}");
                    prop_assert!(wanted[i] == wanted[j] || (wanted[i] < wanted[j]) == (a < b), "{middles:?}");
                }
            }
        }
    }

    #[test]
    fn labels_that_do_not_touch_stay_where_they_are_wanted() {
        assert_eq!(spread(&[50.0, 10.0], &[20.0, 20.0], 0.0, 100.0), [50.0, 10.0]);
    }
}
