/** Texts of the console: users and audit log. */
export default {
};
