/** Texts of the console: webhooks and jobs. */
export default {
};
