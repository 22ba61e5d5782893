//! Decoding of untrusted data into a type; an error names the field and has a stable code.
//!
//! The data becomes a tree of untyped values first. Types are deserialized from the tree with
//! an error
//! type of this crate, so that codes and details do not depend on a library's wording, and no
//! value
//! that was sent is repeated in a response.

use std::collections::HashSet;
use std::fmt::{self, Write};
use std::str::FromStr;

use serde::de::value::{MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{
    self, Deserialize, DeserializeOwned, Deserializer, Expected, IntoDeserializer, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;
use serde_path_to_error::Segment;
use stampede_kernel::FieldError;

/// Longest member name that is repeated in a response, in characters.
const LONGEST_NAME: usize = 64;

/// A value of JSON or of a query string, before it has a type.
#[derive(Debug)]
pub enum UntypedValue {
    /// `null`
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer that is not negative.
    Unsigned(u64),
    /// A negative integer.
    Signed(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(String),
    /// A value of a query string: a string that may be parsed as a number or a flag.
    Parameter(String),
    /// A list.
    List(Vec<UntypedValue>),
    /// Members in their order, and the first name that occurs twice.
    Object(Vec<(String, UntypedValue)>, Option<String>),
}

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

/// Deserializes a `T`, or returns the field at fault.
pub fn decode<T: DeserializeOwned>(tree: UntypedValue) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(tree).map_err(|error| field_error(error.path(), error.inner()))
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

impl<'de> Deserialize<'de> for UntypedValue {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_any(Builder)
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = UntypedValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<UntypedValue, E> {
        Ok(UntypedValue::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<UntypedValue, E> {
        Ok(UntypedValue::Signed(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<UntypedValue, E> {
        Ok(UntypedValue::Unsigned(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<UntypedValue, E> {
        Ok(UntypedValue::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<UntypedValue, E> {
        Ok(UntypedValue::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<UntypedValue, E> {
        Ok(UntypedValue::Text(value))
    }

    fn visit_unit<E>(self) -> Result<UntypedValue, E> {
        Ok(UntypedValue::Null)
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<UntypedValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(UntypedValue::List(list))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut members: A) -> Result<UntypedValue, A::Error> {
        let mut object = Vec::new();
        let mut names = HashSet::new();
        let mut repeated = None;
        while let Some((name, value)) = members.next_entry::<String, UntypedValue>()? {
            if repeated.is_none() && !names.insert(name.clone()) {
                repeated = Some(name.clone());
            }
            object.push((name, value));
        }
        Ok(UntypedValue::Object(object, repeated))
    }
}

impl IntoDeserializer<'_, DecodeError> for UntypedValue {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Reads a parameter as a number; a JSON number is given as it is.
macro_rules! numbers {
    ($($method:ident $visit:ident $number:ty,)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            match self {
                Self::Parameter(text) => visitor.$visit(parse_integer::<$number>(&text)?),
                other => other.deserialize_any(visitor),
            }
        }
    )+};
}

impl<'de> Deserializer<'de> for UntypedValue {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Unsigned(value) => visitor.visit_u64(value),
            Self::Signed(value) => visitor.visit_i64(value),
            Self::Float(value) => visitor.visit_f64(value),
            Self::Text(text) | Self::Parameter(text) if text.contains('\0') => {
                drop(text);
                Err(DecodeError::Characters)
            }
            Self::Text(text) | Self::Parameter(text) => visitor.visit_string(text),
            Self::List(items) => {
                let mut items = SeqDeserializer::new(items.into_iter());
                let list = visitor.visit_seq(&mut items)?;
                items.end().map(|()| list)
            }
            Self::Object(_, Some(repeated)) => Err(DecodeError::DuplicateField(repeated)),
            Self::Object(members, None) => {
                let mut members = MapDeserializer::new(members.into_iter().map(named));
                let object = visitor.visit_map(&mut members)?;
                members.end().map(|()| object)
            }
        }
    }

    /// Null, and a parameter without a value, which is what an empty input of a
    /// form sends, are absent.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self {
            Self::Null => visitor.visit_none(),
            Self::Parameter(text) if text.is_empty() => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self {
            Self::Parameter(text) => match parse_bool(&text) {
                Some(flag) => visitor.visit_bool(flag),
                None => Err(DecodeError::WrongType("`true` or `false`")),
            },
            other => other.deserialize_any(visitor),
        }
    }

    numbers! {
        deserialize_i8 visit_i8 i8,
        deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64,
        deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64,
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match self {
            Self::Text(name) | Self::Parameter(name) => {
                let name: StringDeserializer<DecodeError> = name.into_deserializer();
                visitor.visit_enum(name)
            }
            _ => Err(DecodeError::WrongType("a text")),
        }
    }

    forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map
    }

    /// Members have names: a list of their values is no object.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match self {
            Self::Object(..) => self.deserialize_any(visitor),
            _ => Err(DecodeError::WrongType("an object")),
        }
    }

    /// The name of a member or a parameter: whatever it is, it is known or not.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self {
            Self::Text(name) => visitor.visit_string(name),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }
}

/// A member as key and value, for maps: names follow the rule of texts.
fn named((name, value): (String, UntypedValue)) -> (UntypedValue, UntypedValue) {
    (UntypedValue::Text(name), value)
}

/// Parses an integer in digits: `OutOfRange` when it does not fit, `WrongType` for other text.
pub fn parse_integer<N: FromStr>(text: &str) -> Result<N, DecodeError> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecodeError::WrongType("an integer"));
    }
    text.parse().map_err(|_| DecodeError::OutOfRange)
}

/// Parses `true` and `false` in the spellings of people and forms.
pub fn parse_bool(text: &str) -> Option<bool> {
    const YES: [&str; 4] = ["true", "1", "on", "yes"];
    const NO: [&str; 4] = ["false", "0", "off", "no"];
    let is = |word: &&str| word.eq_ignore_ascii_case(text);
    if YES.iter().any(is) {
        Some(true)
    } else {
        NO.iter().any(is).then_some(false)
    }
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

    #[test]
    fn only_what_looks_like_a_name_is_repeated() {
        assert_eq!(safe_name("boss_id"), "boss_id");
        for name in ["", "a b", "<script>", "a\nb", "`", &"x".repeat(65)] {
            assert_eq!(safe_name(name), "?", "{name}");
        }
    }
}
