//! Ids in the OpenAPI document: an integer that is called `id` or `…_id` is positive.

use utoipa::Number;
use utoipa::openapi::schema::{Object, Schema, SchemaType, Type};
use utoipa::openapi::{OpenApi, RefOr};

use super::parameters;

/// Gives the minimum 1 to every integer id: to the parameters of all operations and to the
/// properties of all schemas. A client that reads the document learns it there, and not from
/// a refusal.
pub(super) fn set_minimum(api: &mut OpenApi) {
    for parameter in parameters(api) {
        if let Some(schema) = &mut parameter.schema {
            set(&parameter.name, schema);
        }
    }
    let components = api.components.get_or_insert_default();
    for schema in components.schemas.values_mut() {
        if let RefOr::T(Schema::Object(object)) = schema {
            set_in(object);
        }
    }
}

fn set_in(object: &mut Object) {
    for (name, schema) in &mut object.properties {
        set(name, schema);
    }
}

fn set(name: &str, schema: &mut RefOr<Schema>) {
    let is_id = name == "id" || name.ends_with("_id");
    if let RefOr::T(Schema::Object(object)) = schema
        && is_id
        && is_integer(&object.schema_type)
    {
        object.minimum = Some(Number::Int(1));
    }
}

fn is_integer(kind: &SchemaType) -> bool {
    match kind {
        SchemaType::Type(kind) => *kind == Type::Integer,
        SchemaType::Array(kinds) => kinds.contains(&Type::Integer),
        SchemaType::AnyValue => false,
    }
}
