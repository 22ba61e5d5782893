/** Texts of the console: the live board. */
export default {
};
