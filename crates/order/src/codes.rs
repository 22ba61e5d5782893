//! Error codes of carts, delivery methods and orders.

stampede_kernel::error_codes! {
    DELIVERY_METHOD_REQUIRED = Invalid "delivery_method_required" "Several delivery methods serve the address";
    DELIVERY_NOT_OFFERED = Invalid "delivery_not_offered" "This delivery is not offered for the address";
    TOO_MANY_DELIVERY_METHODS = Conflict "too_many_delivery_methods" "No more delivery methods can be kept";
    CART_EMPTY = Conflict "cart_empty" "The cart is empty";
    CART_FULL = Conflict "cart_full" "No more lines fit into the cart";
    PRICE_CHANGED = Conflict "price_changed" "The total is not what was expected";
    TOO_MANY_OPEN_ORDERS = Conflict "too_many_open_orders" "Too many orders are unpaid";
    ORDER_EXPIRED = Conflict "order_expired" "The time to pay has run out";
    WRONG_STATUS = Conflict "wrong_status" "The order does not stand where it would have to";
}
