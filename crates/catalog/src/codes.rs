//! Codes of products, stock, categories and favourites.

stampede_kernel::error_codes! {
    TOO_MANY_FAVORITES = Conflict "too_many_favorites" "No more favourites can be kept";
    TOO_MANY_IMAGES = Conflict "too_many_images" "No more pictures can be kept";
    CATEGORY_NOT_EMPTY = Conflict "category_not_empty" "The category is not empty";
    NOT_ON_SALE = Conflict "not_on_sale" "Something is not on sale any more";
    IN_SALE = Conflict "in_sale" "The product is in a flash sale that is not over";
    STOCK_INSUFFICIENT = Conflict "stock_insufficient" "Not enough units are left";
}
