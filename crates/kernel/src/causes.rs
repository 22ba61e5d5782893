//! Error chains for the log.

use std::error::Error;

/// Returns the error and its sources in one line.
pub fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("the picture could not be stored")]
    struct Outer(#[source] std::io::Error);

    #[test]
    fn every_cause_is_named_from_the_outside_in() {
        let error = Outer(std::io::Error::other("the disk is full"));

        assert_eq!(
            causes(&error),
            "the picture could not be stored: the disk is full"
        );
    }
}
