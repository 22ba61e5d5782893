/** Reads from the way back of a log-in what the visitor was about to do. Pure, so that it can be tested. */

/** @typedef {{kind: 'sale' | 'product', id: number} | {kind: 'checkout', sku: number | null} | {kind: 'place' | 'none'}} Intent */

/** @param {string} next a path of the shop @returns {Intent} */
export function intentOf(next) {
  const [path, query = ''] = next.split('#')[0].split('?');
  const goods = /^\/(sale|p)\/([1-9]\d{0,15})\/?$/.exec(path);
  if (goods) return { kind: goods[1] === 'sale' ? 'sale' : 'product', id: Number(goods[2]) };
  if (path === '/checkout' || path === '/cart') {
    const sku = Number(new URLSearchParams(query).get('sku'));
    return { kind: 'checkout', sku: Number.isSafeInteger(sku) && sku > 0 ? sku : null };
  }
  return { kind: path === '/' ? 'none' : 'place' };
}
