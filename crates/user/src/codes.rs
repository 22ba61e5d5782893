//! Codes of accounts, sessions, proofs and addresses.

stampede_kernel::error_codes! {
    BAD_EMAIL_TOKEN = Malformed "bad_email_token" "The e-mail token is not valid";
    BAD_CREDENTIALS = Unauthenticated "bad_credentials" "The user name or the password is wrong";
    BAD_REFRESH_TOKEN = Unauthenticated "bad_refresh_token" "The refresh token is not valid";
    BAD_PASSWORD = Forbidden "bad_password" "The password is wrong";
    USER_NAME_TAKEN = Conflict "user_name_taken" "The user name is taken";
    EMAIL_TAKEN = Conflict "email_taken" "The e-mail address belongs to another account";
    NO_VERIFIED_EMAIL = Conflict "no_verified_email" "There is no verified e-mail address";
    LAST_ADMIN = Conflict "last_admin" "The shop would be left without an admin";
    TOO_MANY_ADDRESSES = Conflict "too_many_addresses" "No more addresses can be kept";
    ADDRESS_REQUIRED = Invalid "address_required" "There is no address to deliver to";
    TOO_MANY_EMAILS = TooMany "too_many_emails" "Too many e-mails were asked for";
    AUTH_UNAVAILABLE = Unavailable "auth_unavailable" "Sign-in cannot be checked right now";
}
