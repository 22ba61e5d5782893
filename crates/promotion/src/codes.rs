//! Error codes of promotions.

stampede_kernel::error_codes! {
    CODE_TAKEN = Conflict "code_taken" "Another promotion has this code";
    BELOW_USED = Conflict "below_used" "The promotion is used more often by now";
    PROMOTION_REJECTED = Conflict "promotion_rejected" "A code cannot be used for this order";
}
