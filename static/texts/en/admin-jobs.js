/** Texts of the console: jobs. */
export default {
};
