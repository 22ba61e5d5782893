/** Texts of the console: products, editor, import. */
export default {
};
