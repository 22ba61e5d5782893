/** Texts of the console: flash sales. */
export default {
};
