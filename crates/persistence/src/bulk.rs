//! Bulk inserts whose statements come in few sizes, so that the prepared-statement
//! cache of a connection is hit.

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, QueryTrait, Statement,
};

/// Maximum rows per statement: with at most 32 columns each, they stay below SQLite's
/// 32,766 parameters.
const MOST: usize = 512;
/// Up to this many rows are one statement.
const FEW: usize = 8;
/// More rows are split into a multiple of this, and the rest; below it, into a multiple of
/// 8 and the rest.
pub const BULK_ROWS: usize = 64;

/// Inserts any number of rows, in order. All rows must set the same columns.
///
/// # Errors
///
/// When one of them is refused.
pub async fn insert_all<E, A>(tx: &impl ConnectionTrait, rows: Vec<A>) -> Result<(), DbErr>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E>,
{
    send(tx, inserts(tx.get_database_backend(), rows)).await?;
    Ok(())
}

/// Builds the statements of [`insert_all`] without sending them, so that this is done
/// before a transaction begins.
pub fn inserts<E, A>(backend: DatabaseBackend, rows: Vec<A>) -> Vec<Statement>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E>,
{
    in_shapes(rows)
        .map(|chunk| E::insert_many(chunk).build(backend))
        .collect()
}

/// Sends statements one after the other, and returns the number of rows that they changed.
///
/// # Errors
///
/// When one of them is refused; the later ones are not sent.
pub async fn send(tx: &impl ConnectionTrait, statements: Vec<Statement>) -> Result<u64, DbErr> {
    let mut rows = 0;
    for statement in statements {
        rows += tx.execute_raw(statement).await?.rows_affected();
    }
    Ok(rows)
}

/// Splits rows into chunks of few distinct sizes: 1 to 8, multiples of 8 below 64, and
/// multiples of 64 up to 512.
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
    if left <= FEW {
        left
    } else if left < BULK_ROWS {
        left - left % FEW
    } else {
        (left - left % BULK_ROWS).min(MOST)
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
        assert_eq!(sizes(233), [192, 40, 1]);
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
