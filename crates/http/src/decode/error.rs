//! What is wrong with a value: the field, its stable code, and words for the client.

use std::fmt::{self, Write};

use serde::de::{self, Expected, Unexpected};
use serde_path_to_error::Segment;
use stampede_kernel::FieldError;

/// Longest member name that is repeated in a response, in characters.
const LONGEST_NAME: usize = 64;

/// A value does not fit its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// The type has no member of this name.
    UnknownField(String),
    /// A required member is absent.
    MissingField(&'static str),
    /// A member occurs twice.
    DuplicateField(String),
    /// A string is none of these values.
    UnknownValue(&'static [&'static str]),
    /// A value has another type than this.
    WrongType(&'static str),
    /// A number does not fit the type.
    OutOfRange,
    /// A string has a forbidden character.
    Characters,
    /// A value breaks a rule of its type.
    InvalidValue,
}

/// The error of the field at `path`, with the code and detail of `fault`.
pub fn field_error(path: &serde_path_to_error::Path, fault: &DecodeError) -> FieldError {
    let mut segments: Vec<_> = path.iter().collect();
    if let (DecodeError::UnknownField(name), Some(Segment::Map { key })) = (fault, segments.last())
        && name == key
    {
        segments.pop();
    }
    let mut field = String::new();
    for segment in segments {
        match segment {
            Segment::Seq { index } => {
                // Writing to a string does not fail.
                let _ = write!(field, "[{index}]");
            }
            Segment::Map { key } => join(&mut field, key),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    match fault {
        DecodeError::UnknownField(name) | DecodeError::DuplicateField(name) => {
            join(&mut field, name);
        }
        DecodeError::MissingField(name) => join(&mut field, name),
        _ => {}
    }
    let (code, words) = fault.words();
    if field.is_empty() {
        return FieldError::new(".", code, format!("the JSON {words}"));
    }
    let detail = format!("`{field}` {words}");
    FieldError::new(field, code, detail)
}

/// Appends a member name to a path. Names that are long or unusual are not repeated.
fn join(field: &mut String, name: &str) {
    if !field.is_empty() {
        field.push('.');
    }
    field.push_str(safe_name(name));
}

/// `name` if it looks like a member name, else `?`.
pub fn safe_name(name: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    if (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(plain) {
        name
    } else {
        "?"
    }
}

impl DecodeError {
    /// The field code of the error, and its description.
    pub fn words(&self) -> (&'static str, String) {
        match self {
            Self::UnknownField(_) => ("unknown_field", "is not known here".to_owned()),
            Self::MissingField(_) => ("missing_field", "is missing".to_owned()),
            Self::DuplicateField(_) => ("duplicate_field", "is given twice".to_owned()),
            Self::UnknownValue(known) => {
                let known: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
                let words = format!("must be one of {}", known.join(", "));
                ("unknown_value", words)
            }
            Self::WrongType(wanted) => ("wrong_type", format!("must be {wanted}")),
            Self::OutOfRange => ("out_of_range", "is too small or too large".to_owned()),
            Self::Characters => ("characters", "may not contain U+0000".to_owned()),
            Self::InvalidValue => ("invalid_value", "is not a possible value".to_owned()),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().1)
    }
}

impl std::error::Error for DecodeError {}

/// Errors that serde reports, without any text of the input.
impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::InvalidValue
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::WrongType(kind(&expected.to_string()))
    }

    fn invalid_value(sent: Unexpected<'_>, _: &dyn Expected) -> Self {
        match sent {
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => {
                Self::OutOfRange
            }
            _ => Self::InvalidValue,
        }
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::InvalidValue
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::UnknownValue(expected)
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::UnknownField(field.to_owned())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::MissingField(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::DuplicateField(field.to_owned())
    }
}

/// The expected type, in words for a client. serde's wording only makes the detail more
/// precise; the code does not depend on it.
fn kind(expected: &str) -> &'static str {
    match expected {
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" => "an integer",
        "f32" | "f64" => "a number",
        "a boolean" => "`true` or `false`",
        "a string" | "a borrowed string" => "a text",
        "a sequence" => "a list",
        "a map" => "an object",
        other if other.starts_with("struct ") => "an object",
        _ => "of another type",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_looks_like_a_name_is_repeated() {
        assert_eq!(safe_name("boss_id"), "boss_id");
        for name in ["", "a b", "<script>", "a\nb", "`", &"x".repeat(65)] {
            assert_eq!(safe_name(name), "?", "{name}");
        }
    }
}
