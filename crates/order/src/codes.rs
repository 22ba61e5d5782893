//! Error codes of carts and orders.

stampede_kernel::error_codes! {
    CART_EMPTY = Conflict "cart_empty" "The cart is empty";
    CART_FULL = Conflict "cart_full" "No more lines fit into the cart";
    PRICE_CHANGED = Conflict "price_changed" "The total is not what was expected";
    TOO_MANY_OPEN_ORDERS = Conflict "too_many_open_orders" "Too many orders are unpaid";
    ORDER_EXPIRED = Conflict "order_expired" "The time to pay has run out";
    WRONG_STATUS = Conflict "wrong_status" "The order does not stand where it would have to";
}
