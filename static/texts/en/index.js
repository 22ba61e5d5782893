/** All texts of the shop in one: for types and tests; pages load them area by area. */
import common from './common.js';
import catalogue from './catalogue.js';
import problems from './problems.js';
import sale from './sale.js';
import list from './list.js';
import product from './product.js';
import checkout from './checkout.js';
import orders from './orders.js';
import account from './account.js';
import login from './login.js';
import address from './address.js';

export default { common, catalogue, problems, sale, list, product, checkout, orders, account, login, address };
