/** Texts of the console: overview. */
export default {
};
