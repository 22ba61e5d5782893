//! Error codes that several crates share.

crate::error_codes! {
    UNAUTHENTICATED = Unauthenticated "unauthenticated" "Sign in first";
    FORBIDDEN = Forbidden "forbidden" "Your role may not do this";
    NOT_FOUND = NotFound "not_found" "There is no such thing";
    INVALID_FIELD = Invalid "invalid_field" "A field breaks its rule";
    UNKNOWN_FIELD = Invalid "unknown_field" "A field is not known here";
    BAD_CURSOR = Invalid "bad_cursor" "The cursor does not belong to this list";
    RATE_LIMITED = TooMany "rate_limited" "Too many requests";
    TOO_MANY_FAILURES = TooMany "too_many_failures" "Too many failed attempts";
    INTERNAL = Internal "internal" "The shop failed";
    OVERLOADED = Busy "overloaded" "The shop is busy";
    UNAVAILABLE = Unavailable "unavailable" "Something the shop depends on is down";
}
