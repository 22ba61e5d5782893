//! What users do to their own accounts.

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;

/// Request to register an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// User name, 3–32 characters: letters, marks and digits of any script, and `_.-`; unique
    /// after NFKC normalisation and case folding.
    #[schema(min_length = 3, max_length = 32)]
    pub user_name: String,
    /// Password, 8–256 characters.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 256)]
    pub password: SecretString,
    /// Payment PIN, 6–32 characters.
    #[schema(value_type = String, format = Password, min_length = 6, max_length = 32)]
    pub key: SecretString,
    /// Display name, at most 64 characters, not counting blanks around it; the user name when absent.
    pub nick_name: Option<String>,
    /// E-mail address to bind; a confirmation token is mailed to it.
    pub email: Option<String>,
}

/// Request to change the nick name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rename {
    /// Display name, at most 64 characters, not counting blanks around it.
    pub nick_name: String,
}

/// Request to change the password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// Present password.
    #[schema(value_type = String, format = Password)]
    pub old: SecretString,
    /// New password, 8–256 characters.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 256)]
    pub new: SecretString,
}

/// Request to change the payment PIN.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPin {
    /// Password of the caller.
    #[schema(value_type = String, format = Password)]
    pub password: SecretString,
    /// New payment PIN, 6–32 characters.
    #[schema(value_type = String, format = Password, min_length = 6, max_length = 32)]
    pub key: SecretString,
}

/// Form to set the caller's avatar.
#[derive(Debug, MultipartForm, ToSchema)]
#[multipart(deny_unknown_fields, duplicate_field = "deny")]
pub struct Avatar {
    /// Picture: JPEG, PNG, WebP or GIF; at most 2 MiB.
    #[multipart(limit = "2MiB")]
    #[schema(value_type = String, format = Binary)]
    pub file: Bytes,
}
