//! The Redis keys of a sale.

use stampede_kernel::SaleId;

use crate::gate::Epoch;

/// The key that does not depend on the epoch.
pub(super) fn main(sale: SaleId) -> String {
    format!("sk:{{{sale}}}:m")
}

/// The main key, which every script takes first, then keys of an epoch. The braces
/// put them into the same slot of a Cluster.
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
