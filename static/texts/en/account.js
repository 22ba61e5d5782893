/** Texts of account, wallet, addresses. */
export default {
};
