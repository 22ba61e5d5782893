//! Multipart forms: named texts and the pictures of `file`, all of them bounded.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::BytesMut;
use futures::StreamExt;
use serde::de::DeserializeOwned;

use crate::json;
use crate::problem::{Code, FieldError, Problem};

/// A text of a form, in bytes.
const TEXT_BYTES: usize = 256 * 1024;
/// Headers and boundaries of all parts, in bytes.
const SLACK_BYTES: usize = 64 * 1024;

/// What a form may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Names of texts; any other part is refused.
    pub(crate) texts: &'static [&'static str],
    /// How many files.
    pub(crate) files: usize,
    /// How large each may be, in bytes.
    pub(crate) file_bytes: usize,
}

/// A form as it was sent.
#[derive(Debug, Default)]
pub(crate) struct Form {
    texts: BTreeMap<&'static str, String>,
    /// The pictures, in their order.
    pub(crate) files: Vec<Vec<u8>>,
}

impl Form {
    /// Reads a form of this shape.
    ///
    /// # Errors
    ///
    /// 415 for another media type, 400 for what is not a form, 413 for too much
    /// of it, 422 for a part that is unknown, repeated or not text.
    pub(crate) async fn read(
        request: &HttpRequest,
        payload: Payload,
        shape: Shape,
    ) -> Result<Self, Problem> {
        announced(request, shape)?;
        let mut parts = Multipart::new(request.headers(), payload);
        let mut form = Self::default();
        while let Some(part) = parts.next().await {
            form.take(part.map_err(|error| broken(&error))?, shape)
                .await?;
        }
        Ok(form)
    }

    async fn take(&mut self, mut part: Field, shape: Shape) -> Result<(), Problem> {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" && shape.files > 0 {
            return self.take_file(part, shape).await;
        }
        let Some(name) = shape.texts.iter().find(|known| **known == name) else {
            let detail = format!("`{name}` is not known here");
            return Err(Problem::field(name, "unknown_field", detail));
        };
        let bytes = all(&mut part, TEXT_BYTES).await?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Problem::field(*name, "not_utf8", "must be text in UTF-8"))?;
        if text.contains('\0') {
            let detail = "a text may not contain U+0000";
            return Err(Problem::field(*name, "invalid_value", detail));
        }
        match self.texts.insert(name, text) {
            None => Ok(()),
            Some(_) => Err(Problem::field(*name, "duplicate_field", "is given twice")),
        }
    }

    async fn take_file(&mut self, mut part: Field, shape: Shape) -> Result<(), Problem> {
        let named = part
            .content_disposition()
            .and_then(|disposition| disposition.get_filename())
            .is_some_and(|name| !name.is_empty());
        let bytes = all(&mut part, shape.file_bytes).await?;
        if bytes.is_empty() && !named {
            // What a browser sends for a file field that was left empty.
            return Ok(());
        }
        if self.files.len() == shape.files {
            let detail = format!("at most {} files can be sent", shape.files);
            return Err(Problem::field("file", "too_many", detail));
        }
        self.files.push(bytes);
        Ok(())
    }
}

/// Takes the texts of a form out one by one and gathers what is wrong with them.
#[derive(Debug)]
pub(crate) struct Texts {
    texts: BTreeMap<&'static str, String>,
    faults: Vec<FieldError>,
}

impl From<Form> for (Texts, Vec<Vec<u8>>) {
    fn from(form: Form) -> Self {
        let texts = Texts {
            texts: form.texts,
            faults: Vec::new(),
        };
        (texts, form.files)
    }
}

impl Texts {
    /// Whether the text was sent.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.texts.contains_key(name)
    }

    /// A text that must be there; empty where it is not, and a fault.
    pub(crate) fn required(&mut self, name: &'static str) -> String {
        self.texts.remove(name).unwrap_or_else(|| {
            self.fault(name, "missing_field", format!("`{name}` is missing"));
            String::new()
        })
    }

    /// A number or a flag that must be there.
    pub(crate) fn required_value<T: FromStr + Default>(&mut self, name: &'static str) -> T {
        if self.has(name) {
            return self.value(name).unwrap_or_default();
        }
        self.required(name);
        T::default()
    }

    /// A number or a flag; nothing is none.
    pub(crate) fn value<T: FromStr>(&mut self, name: &'static str) -> Option<T> {
        let text = self.texts.remove(name)?;
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let value = text.parse().ok();
        if value.is_none() {
            self.fault(name, "wrong_type", format!("`{name}` cannot be read"));
        }
        value
    }

    /// A member in JSON.
    pub(crate) fn json<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        let text = self.texts.remove(name)?;
        match json::decode(text.as_bytes()) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.faults.extend(problem.within(name));
                None
            }
        }
    }

    /// Notes a fault.
    pub(crate) fn fault(&mut self, name: &str, code: &str, detail: impl Display) {
        self.faults
            .push(FieldError::new(name, code, detail.to_string()));
    }

    /// 422 if anything was wrong.
    pub(crate) fn done(self) -> Result<(), Problem> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(Problem::fields(self.faults))
        }
    }
}

/// Refuses what says of itself that it is not a form, or too much of one.
fn announced(request: &HttpRequest, shape: Shape) -> Result<(), Problem> {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let most = shape.files * shape.file_bytes + shape.texts.len() * TEXT_BYTES + SLACK_BYTES;
    if length.is_some_and(|length| length > most) {
        return Err(too_large(most));
    }
    Ok(())
}

/// The whole part, if it has at most `limit` bytes.
async fn all(part: &mut Field, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = part.next().await {
        bytes.extend_from_slice(&chunk.map_err(|error| broken(&error))?);
        if bytes.len() > limit {
            return Err(too_large(limit));
        }
    }
    Ok(bytes.into())
}

fn too_large(limit: usize) -> Problem {
    let detail = format!("at most {} KiB are taken here", limit / 1024);
    Problem::because(Code::PayloadTooLarge, detail)
}

fn broken(error: &MultipartError) -> Problem {
    match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible => Problem::because(
            Code::UnsupportedMediaType,
            "the body must be multipart/form-data",
        ),
        _ => Problem::because(Code::MalformedForm, "the body is not a whole form"),
    }
}
