/** Texts of the console: webhooks. */
export default {
};
