//! Empty query parameters in the OpenAPI document: `?min_price=` is as good as no `min_price`.

use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::ParameterIn;
use utoipa::openapi::{OpenApi, Required};

use super::parameters;

/// A field of the specification that utoipa's `Parameter` lacks.
const ALLOW_EMPTY_VALUE: &str = "allowEmptyValue";

/// Says of every query parameter that may be absent that it may also be empty, as HTML forms
/// send it.
pub(super) fn allow(api: &mut OpenApi) {
    for parameter in parameters(api) {
        if parameter.parameter_in == ParameterIn::Query && parameter.required != Required::True {
            let extensions = parameter.extensions.get_or_insert_default();
            extensions.merge(Extensions::from_iter([(ALLOW_EMPTY_VALUE, true)]));
        }
    }
}
