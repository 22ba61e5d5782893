/** Addresses of pages: patterns, and queries. Pure, so that it can be tested without a browser. */

/**
 * @typedef {object} Match
 * @property {import('./router.js').Route} route
 * @property {Record<string, string>} params
 */

/**
 * `/p/:id` takes digits where a name is `id`, anything but a slash elsewhere.
 * @param {string} pattern
 */
export function compile(pattern) {
  const source = pattern.replace(/:(\w+)/g, (_, name) => (name === 'id' ? '(?<id>[1-9][0-9]{0,15})' : `(?<${name}>[^/]+)`));
  return new RegExp(`^${source}/?$`);
}

/**
 * @param {import('./router.js').Route[]} routes
 * @param {string} path
 * @returns {Match | null} null when there is no such page
 */
export function matchRoute(routes, path) {
  for (const route of routes) {
    const found = compile(route.path).exec(path);
    if (found) return { route, params: Object.fromEntries(Object.entries(found.groups ?? {}).map(([k, v]) => [k, decode(v)])) };
  }
  return null;
}

/** @param {string} text */
function decode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

/**
 * A path with a changed query: null, '' and false take a part away.
 * @param {string} path with or without a query
 * @param {Record<string, string | number | boolean | null | undefined>} patch
 */
export function withQuery(path, patch) {
  const [bare, search = ''] = path.split('?');
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === undefined || value === '' || value === false) query.delete(name);
    else query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${bare}?${text}` : bare;
}

/** `next` of a log-in: a path of this shop, or the start. @param {string | null | undefined} next */
export function ownPath(next) {
  if (!next || !/^\/(?![/\\])/.test(next)) return '/';
  try {
    const url = new URL(next, 'https://shop.invalid');
    return url.host === 'shop.invalid' && !/[\u0000-\u001f\\]/.test(next) ? url.pathname + url.search + url.hash : '/';
  } catch {
    return '/';
  }
}
