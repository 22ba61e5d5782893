/** Texts of the console: orders and one order. */
export default {
};
