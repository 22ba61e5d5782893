//! Error codes of pictures.

stampede_kernel::error_codes! {
    UNREADABLE_IMAGE = Invalid "unreadable_image" "The file is not a picture that can be read";
}
