//! Splitting an amount by largest remainder.

/// Splits `amount` in proportion to `weights`, so that the parts add up exactly: each part
/// is rounded down, and what is left goes to the largest remainders, the first of equals.
/// An amount of at most the sum of the weights gives no part above its weight; without
/// weights there is nothing to split. Nothing here is negative.
pub(crate) fn allocate(amount: i64, weights: &[i64]) -> Vec<i64> {
    let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if whole == 0 {
        return vec![0; weights.len()];
    }
    let shares = weights.iter().map(|weight| {
        let share = i128::from(amount) * i128::from(*weight);
        (share / whole, share % whole)
    });
    let (mut parts, rests): (Vec<_>, Vec<_>) = shares
        .map(|(part, rest)| (i64::try_from(part).unwrap_or(i64::MAX), rest))
        .unzip();
    let given: i128 = parts.iter().map(|part| i128::from(*part)).sum();
    let left = usize::try_from(i128::from(amount) - given).unwrap_or(0);
    let mut places: Vec<_> = (0..weights.len()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(rests.get(*place).copied()));
    for place in places.into_iter().take(left) {
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_split_goes_to_the_largest_remainders() {
        assert_eq!(allocate(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(allocate(10, &[999, 1]), [10, 0]);
        assert_eq!(allocate(5, &[0, 0]), [0, 0]);
        assert_eq!(allocate(0, &[7, 3]), [0, 0]);
        assert_eq!(allocate(3, &[]), [0; 0]);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_none_is_above_its_weight(
            (weights, amount) in prop::collection::vec(0..1_000_000_i64, 1..20)
                .prop_flat_map(|weights| {
                    let whole: i64 = weights.iter().sum();
                    (Just(weights), 0..=whole)
                })
        ) {
            let parts = allocate(amount, &weights);

            prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!((0..=*weight).contains(part));
            }
        }
    }
}
