/** Texts of all goods, category, search, favourites. */
export default {
};
