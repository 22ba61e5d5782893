//! Error codes of sales and claims.

stampede_kernel::error_codes! {
    LIMIT_REACHED = Conflict "limit_reached" "You have as many units as one buyer may have";
    TICKET_LOST = Conflict "ticket_lost" "The ticket was lost, and nothing was bought";
    BELOW_TAKEN = Conflict "below_taken" "More than that is taken";
    SALE_OVER = Conflict "sale_over" "The sale is over";
    SOLD_OUT = Gone "sold_out" "The sale is sold out";
    SALE_ENDED = Gone "sale_ended" "The sale has ended";
    SALE_CANCELLED = Gone "sale_cancelled" "The sale was cancelled";
    SALE_NOT_STARTED = TooEarly "sale_not_started" "The sale has not started";
    SALE_BUSY = Busy "sale_busy" "The sale is busy";
    SALE_PAUSED = Unavailable "sale_paused" "The sale is paused";
}
