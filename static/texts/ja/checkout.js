/** Texts of bag and checkout. */
export default {
};
