//! Pagination: page size, opaque cursor and page.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// How many items a page holds: 1–100, 15 unless asked otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize(u16);

/// The page size is not in 1–100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("page size must be between 1 and 100")]
pub struct PageSizeOutOfRange;

impl PageSize {
    /// A page of `items` items.
    pub fn new(items: u64) -> Result<Self, PageSizeOutOfRange> {
        u16::try_from(items)
            .ok()
            .filter(|items| (1..=100).contains(items))
            .map(Self)
            .ok_or(PageSizeOutOfRange)
    }

    /// The number of items.
    pub fn get(self) -> u64 {
        u64::from(self.0)
    }
}

impl Default for PageSize {
    fn default() -> Self {
        Self(15)
    }
}

/// An opaque cursor: base64url of the position in a list and of the filters that it
/// belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// The cursor is malformed or belongs to a list with other filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cursor does not belong to this list")]
pub struct CursorMismatch;

impl Cursor {
    /// Creates a cursor at the position `place` of the list that `filters` describes.
    pub fn new<P: Serialize>(filters: &str, place: &P) -> Self {
        let text = serde_json::to_vec(&(filters, place)).unwrap_or_default();
        Self(URL_SAFE_NO_PAD.encode(text))
    }

    /// Returns the position, if the cursor was made for the same filters.
    ///
    /// # Errors
    ///
    /// [`CursorMismatch`] for other filters and for anything not made by [`Cursor::new`].
    pub fn place<P: DeserializeOwned>(&self, filters: &str) -> Result<P, CursorMismatch> {
        let text = URL_SAFE_NO_PAD
            .decode(&self.0)
            .map_err(|_| CursorMismatch)?;
        let (of, place): (String, P) = serde_json::from_slice(&text).map_err(|_| CursorMismatch)?;
        if of == filters {
            Ok(place)
        } else {
            Err(CursorMismatch)
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// The cursor of the next page; `None` on the last.
    pub next: Option<Cursor>,
    /// How many items the whole list has, where the list counts them.
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// Builds a page from `rows`, which the caller has read one beyond `size`, so that
    /// the last page is known without another query.
    pub fn cut<P: Serialize>(
        mut rows: Vec<T>,
        size: PageSize,
        filters: &str,
        place: impl Fn(&T) -> P,
    ) -> Self {
        let size = usize::from(size.0);
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|last| Cursor::new(filters, &place(last)));
        Self {
            items: rows,
            next,
            total: None,
        }
    }

    /// Converts every item of the page.
    pub fn map<U>(self, each: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(each).collect(),
            next: self.next,
            total: self.total,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_other_filters_is_refused() {
        let cursor = Cursor::new("sort=new", &42_i64);

        assert_eq!(cursor.place::<i64>("sort=new"), Ok(42));
        assert_eq!(cursor.place::<i64>("sort=price"), Err(CursorMismatch));
        assert_eq!(
            Cursor("garbage!".into()).place::<i64>("sort=new"),
            Err(CursorMismatch)
        );
    }

    #[test]
    fn only_a_full_page_with_a_row_beyond_it_has_a_next() {
        let size = PageSize::new(2).unwrap();

        let first = Page::cut(vec![1, 2, 3], size, "", |n| *n);
        let last = Page::cut(vec![1, 2], size, "", |n| *n);

        assert_eq!(first.items, [1, 2]);
        assert_eq!(first.next.unwrap().place::<i32>(""), Ok(2));
        assert_eq!(last.next, None);
    }

    #[test]
    fn a_page_holds_one_to_a_hundred_items() {
        assert!(PageSize::new(0).is_err());
        assert!(PageSize::new(101).is_err());
        assert_eq!(PageSize::new(100).map(PageSize::get), Ok(100));
    }
}
