//! A seeded random number generator for reproducible seed data.

/// A seeded random number generator, one for each product or order.
#[derive(Debug)]
pub struct SeededRandom(u64);

impl SeededRandom {
    /// Creates the generator of `seed`.
    pub fn of(seed: i64) -> Self {
        Self(seed.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// `SplitMix64` (Steele, Lea, Flood 2014).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from 0 to `end` − 1.
    pub fn below(&mut self, end: i64) -> i64 {
        let end = u64::try_from(end).unwrap_or(1).max(1);
        i64::try_from(self.next() % end).unwrap_or(0)
    }

    /// Returns true with a probability of `percent`.
    pub fn percent(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    /// Picks an element of a slice, which must not be empty.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        let end = i64::try_from(among.len()).unwrap_or(1);
        let place = usize::try_from(self.below(end)).unwrap_or(0);
        &among[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_seed_others() {
        let draw = |seed| {
            let mut chance = SeededRandom::of(seed);
            (0..8).map(|_| chance.below(1_000)).collect::<Vec<_>>()
        };

        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert!(draw(9).iter().all(|n| (0..1_000).contains(n)));
    }
}
