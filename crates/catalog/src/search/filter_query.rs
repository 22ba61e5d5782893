//! Queries for the products that pass a filter.

use std::ops::Bound;

use stampede_kernel::Money;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query, RangeQuery, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::Filter;
use super::index::Fields;

/// Builds the filter as clauses that do not score.
pub(super) fn filter_clauses(fields: &Fields, filter: &Filter) -> Vec<(Occur, Box<dyn Query>)> {
    let mut clauses: Vec<Box<dyn Query>> = Vec::new();
    let is = |term: Term| Box::new(TermQuery::new(term, IndexRecordOption::Basic));
    if let Some(category) = filter.category {
        clauses.push(is(Term::from_field_i64(fields.category, category.0)));
    }
    if filter.in_stock {
        clauses.push(is(Term::from_field_bool(fields.in_stock, true)));
    }
    if filter.min_price.is_some() || filter.max_price.is_some() {
        let bound = |price: Option<Money>| {
            price.map_or(Bound::Unbounded, |price| {
                Bound::Included(Term::from_field_i64(fields.price, price.minor()))
            })
        };
        let range = RangeQuery::new(bound(filter.min_price), bound(filter.max_price));
        clauses.push(Box::new(range));
    }
    clauses
        .into_iter()
        .map(|clause| {
            let unscored: Box<dyn Query> = Box::new(ConstScoreQuery::new(clause, 0.0));
            (Occur::Must, unscored)
        })
        .collect()
}

/// Builds a query for all products that pass the filter.
pub(super) fn filter_query(fields: &Fields, filter: &Filter) -> Box<dyn Query> {
    let clauses = filter_clauses(fields, filter);
    if clauses.is_empty() {
        Box::new(AllQuery)
    } else {
        all(clauses)
    }
}

/// Joins the clauses into one query; a single clause stays as it is.
pub(super) fn all(mut clauses: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    if clauses.len() == 1 {
        clauses.swap_remove(0).1
    } else {
        Box::new(BooleanQuery::new(clauses))
    }
}
