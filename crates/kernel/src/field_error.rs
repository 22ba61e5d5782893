//! Validation errors of single fields.

use std::borrow::Cow;

use crate::{Refusal, Refuse, SkuId};

/// A validation error: the field, a stable code, and a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct FieldError {
    /// The field's name as the API spells it; a path such as `items[2].num` inside lists.
    pub field: Cow<'static, str>,
    /// A stable code, such as `too_long`.
    pub code: &'static str,
    /// The message, safe to show.
    pub detail: Cow<'static, str>,
    /// The SKU of the line at fault, when an order is refused.
    pub sku: Option<SkuId>,
}

impl FieldError {
    /// Creates a validation error for `field`.
    pub fn new(
        field: impl Into<Cow<'static, str>>,
        code: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            field: field.into(),
            code,
            detail: detail.into(),
            sku: None,
        }
    }
}

impl Refuse for FieldError {
    fn refusal(&self) -> Refusal {
        Refusal::fields(vec![self.clone()])
    }
}
