//! Values before they have a type, and types made from them.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use serde::de::value::{MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::DecodeError;

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
