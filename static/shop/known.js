/** Products that lists have shown: a product's page begins with them, and with its picture, while it asks for the rest. */

/** @typedef {import('../types/api.js').Product} Product */

const MOST = 300;
/** @type {Map<number, Product>} */
const known = new Map();

/** @param {Product[]} products */
export function keepKnown(products) {
  for (const product of products) known.set(product.id, product);
  for (const id of known.keys()) {
    if (known.size <= MOST) break;
    known.delete(id);
  }
}

/** @param {number} id */
export const knownProduct = (id) => known.get(id);

/** @param {number} sku @returns {Product | undefined} the product that has it */
export const knownBySku = (sku) => [...known.values()].find((product) => product.skus.some((one) => one.id === sku));
