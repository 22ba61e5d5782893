/** Texts of log in, join, codes from letters. */
export default {
};
