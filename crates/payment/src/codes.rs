//! Codes of wallets.

stampede_kernel::error_codes! {
    INSUFFICIENT_BALANCE = PaymentRequired "insufficient_balance" "The balance does not cover the total";
    BAD_PIN = Forbidden "bad_pin" "The payment PIN is wrong";
}
