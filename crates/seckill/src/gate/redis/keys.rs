//! The names of a sale's keys.

use stampede_kernel::SaleId;

use crate::gate::Epoch;

/// What there is only once, whatever the epoch.
pub(super) fn main(sale: SaleId) -> String {
    format!("sk:{{{sale}}}:m")
}

/// The key that every script wants first, then those of an epoch. The braces make
/// them share a slot of a Cluster.
pub(super) fn keys<const N: usize>(sale: SaleId, epoch: Epoch, kinds: [char; N]) -> Vec<String> {
    let mut keys = vec![main(sale)];
    keys.extend(kinds.map(|kind| format!("sk:{{{sale}}}:{epoch}:{kind}")));
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_a_sale_share_its_hash_tag() {
        let keys = keys(SaleId(42), Epoch(7), ['s', 'u']);

        assert_eq!(keys, ["sk:{42}:m", "sk:{42}:7:s", "sk:{42}:7:u"]);
    }
}
