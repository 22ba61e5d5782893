/** Texts of orders and one order. */
export default {
};
