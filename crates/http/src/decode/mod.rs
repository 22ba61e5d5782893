//! Decoding of untrusted data into a type; an error names the field and has a stable code.
//!
//! The data becomes a tree of untyped values first. Types are deserialized from the tree with
//! an error type of this crate, so that codes and details do not depend on a library's
//! wording, and no value that was sent is repeated in a response.

mod error;
mod value;

use serde::de::DeserializeOwned;
use stampede_kernel::FieldError;

pub use error::{DecodeError, field_error, safe_name};
pub use value::{UntypedValue, parse_bool, parse_integer};

/// Deserializes a `T`, or returns the field at fault.
pub fn decode<T: DeserializeOwned>(tree: UntypedValue) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(tree).map_err(|error| field_error(error.path(), error.inner()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Asked {
        flag: Option<bool>,
        number: Option<u8>,
        text: Option<String>,
    }

    fn asked(name: &str, value: &str) -> Result<Asked, String> {
        let value = UntypedValue::Parameter(value.to_owned());
        let tree = UntypedValue::Object(vec![(name.to_owned(), value)], None);
        decode(tree).map_err(|error| format!("{} {}", error.field, error.code))
    }

    #[test]
    fn a_parameter_is_refused_by_the_code_of_its_rule() {
        let refused = |name: &str, value: &str| asked(name, value).unwrap_err();

        assert_eq!(refused("flag", "maybe"), "flag wrong_type");
        assert_eq!(refused("number", "many"), "number wrong_type");
        assert_eq!(refused("number", "1.5"), "number wrong_type");
        assert_eq!(refused("number", "256"), "number out_of_range");
        assert_eq!(refused("number", "-1"), "number out_of_range");
        assert_eq!(refused("text", "a\0"), "text characters");
    }

    #[test]
    fn a_parameter_without_a_value_is_absent_and_a_strange_one_is_passed_over() {
        for name in ["flag", "number", "text"] {
            let nothing = Asked {
                flag: None,
                number: None,
                text: None,
            };
            assert_eq!(asked(name, ""), Ok(nothing), "{name}");
        }
        assert!(asked("other\0", "\0").is_ok());
        assert!(asked("flag", "on").is_ok_and(|asked| asked.flag == Some(true)));
    }
}
