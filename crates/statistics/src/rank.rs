//! A force's rank among forces, and the words for it: "fourth lowest", "joint third highest".
//!
//! Competition ranks: equal values share a rank, and the rank after two joint firsts is third. Ranks are of unrounded values, so
//! two forces that look equal in print need not be joint. Nothing here says which end is the better one.

use reference::quantity::ordinal;

/// The rank of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rank {
    /// 1 for the highest value.
    pub from_highest: usize,
    /// 1 for the lowest value.
    pub from_lowest: usize,
    /// How many share the value, itself included: 1 when it stands alone.
    pub sharing: usize,
    /// How many values are ranked.
    pub of: usize,
}

/// The rank of each value, in the order given. An absent value, or one that cannot be compared with itself (a float that is not a
/// number), has no rank and is not counted.
#[must_use]
pub fn ranks<T: PartialOrd>(values: &[Option<T>]) -> Vec<Option<Rank>> {
    let present: Vec<&T> = values.iter().flatten().filter(|value| value.partial_cmp(value).is_some()).collect();
    let rank = |value: &T| Rank {
        from_highest: 1 + present.iter().filter(|other| **other > value).count(),
        from_lowest: 1 + present.iter().filter(|other| **other < value).count(),
        sharing: present.iter().filter(|other| **other == value).count(),
        of: present.len(),
    };
    values.iter().map(|value| value.as_ref().filter(|value| value.partial_cmp(value).is_some()).map(rank)).collect()
}

impl Rank {
    /// Counted from the highest: "highest", "second highest", "joint third highest".
    #[must_use]
    pub fn highest_words(&self) -> String {
        self.words_for(self.from_highest, "highest")
    }

    /// Counted from the lowest: "lowest", "second lowest", "joint third lowest".
    #[must_use]
    pub fn lowest_words(&self) -> String {
        self.words_for(self.from_lowest, "lowest")
    }

    /// Counted from the nearer end, from the highest when both are as near.
    #[must_use]
    pub fn words(&self) -> String {
        if self.from_lowest < self.from_highest { self.lowest_words() } else { self.highest_words() }
    }

    fn words_for(&self, place: usize, end: &str) -> String {
        let joint = if self.sharing > 1 { "joint " } else { "" };
        match place {
            1 => format!("{joint}{end}"),
            _ => format!("{joint}{} {end}", ordinal(place)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    fn words(values: &[i64], at: usize) -> String {
        let values: Vec<Option<Decimal>> = values.iter().map(|value| Some(Decimal::from(*value))).collect();
        ranks(&values)[at].unwrap().words()
    }

    #[test]
    fn ranks_read_as_the_reports_write_them() {
        // "The fourth lowest precept in England and Wales."
        let precepts: Vec<i64> = (0..43).map(|i| 100 + 7 * i).collect();
        assert_eq!(words(&precepts, 3), "fourth lowest");
        assert_eq!(words(&precepts, 0), "lowest");
        assert_eq!(words(&precepts, 42), "highest");
        assert_eq!(words(&precepts, 21), "22nd highest");
        assert_eq!(words(&precepts, 11), "12th lowest");
    }

    #[test]
    fn ties_share_a_rank_and_the_next_is_skipped() {
        let values = [9, 8, 7, 7, 5, 1];
        assert_eq!(words(&values, 2), "joint third highest");
        let ranked = ranks(&values.map(Some));
        assert_eq!(ranked[3], ranked[2]);
        assert_eq!(ranked[4].unwrap().from_highest, 5);
        assert_eq!(words(&[4, 4, 4], 1), "joint highest");
        assert_eq!(words(&[1, 1, 3, 4], 0), "joint lowest");
    }

    #[test]
    fn the_absent_are_not_ranked() {
        let ranked = ranks(&[Some(1.0), None, Some(f64::NAN), Some(2.0)]);
        assert_eq!((ranked[1], ranked[2]), (None, None));
        assert_eq!(ranked[0].unwrap().of, 2);
        assert_eq!(ranked[0].unwrap().words(), "lowest");
        assert!(ranks::<f64>(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn without_ties_the_ranks_are_a_permutation(values in prop::collection::btree_set(any::<i64>(), 1..60), seed in any::<usize>()) {
            let mut values: Vec<Option<i64>> = values.into_iter().map(Some).collect();
            let turn = seed % values.len();
            values.rotate_left(turn);
            let ranked = ranks(&values);
            let mut places: Vec<usize> = ranked.iter().map(|rank| rank.unwrap().from_highest).collect();
            places.sort_unstable();
            prop_assert_eq!(places, (1..=values.len()).collect::<Vec<_>>());
            prop_assert!(ranked.iter().flatten().all(|rank| rank.sharing == 1));
        }

        #[test]
        fn the_two_ends_and_the_ties_account_for_every_value(values in prop::collection::vec(0i64..8, 1..60)) {
            for rank in ranks(&values.into_iter().map(Some).collect::<Vec<_>>()).into_iter().flatten() {
                prop_assert_eq!((rank.from_highest - 1) + (rank.from_lowest - 1) + rank.sharing, rank.of);
            }
        }
    }
}
