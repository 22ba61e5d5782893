//! Bulk inserts whose statements come in few sizes, so that the prepared-statement
//! cache of a connection is hit.

use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait};

/// Maximum rows per statement: with at most 32 columns each, they stay below SQLite's
/// 32,766 parameters.
const MOST: usize = 512;
/// Batches of up to this many rows are one statement; larger ones are split into powers
/// of two.
const FEW: usize = 8;

/// Inserts any number of rows, in order. All rows must set the same columns.
///
/// # Errors
///
/// When one of them is refused.
pub async fn insert_all<E, A>(tx: &impl ConnectionTrait, rows: Vec<A>) -> Result<(), DbErr>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E> + Send,
{
    for chunk in in_shapes(rows) {
        E::insert_many(chunk).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Splits rows into chunks of few distinct sizes: 1 to 8, and powers of two up to 512.
pub fn in_shapes<T>(rows: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    let mut left = rows.len();
    let mut rows = rows.into_iter();
    std::iter::from_fn(move || {
        let size = shape(left);
        left -= size;
        let chunk: Vec<_> = rows.by_ref().take(size).collect();
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// Pads a list for `IN` to one of few distinct lengths by repeating its last item,
/// which does not change the result.
pub fn padded<T: Clone>(mut list: Vec<T>) -> Vec<T> {
    if let (true, Some(last)) = (list.len() > FEW, list.last().cloned()) {
        list.resize(list.len().next_power_of_two(), last);
    }
    list
}

fn shape(left: usize) -> usize {
    match left {
        0..=FEW => left,
        _ => (1 << left.ilog2()).min(MOST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_in_few_shapes_and_none_is_left() {
        let sizes = |rows: usize| -> Vec<_> {
            let rows = (0..rows).collect();
            in_shapes(rows).map(|chunk| chunk.len()).collect()
        };

        assert_eq!(sizes(0), [0; 0]);
        assert_eq!(sizes(7), [7]);
        assert_eq!(sizes(13), [8, 5]);
        assert_eq!(sizes(1_100), [512, 512, 64, 8, 4]);
    }

    #[test]
    fn a_padded_list_names_the_same() {
        assert_eq!(padded(vec![1, 2, 3]), [1, 2, 3]);
        let long = padded((0..9).collect());
        assert_eq!((long.len(), long.last()), (16, Some(&8)));
        assert_eq!(padded(Vec::<i32>::new()), [0; 0]);
    }
}
