/** Texts of the sale page and the list of sales. */
export default {
};
