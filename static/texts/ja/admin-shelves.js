/** Texts of the console: categories and carousel. */
export default {
};
