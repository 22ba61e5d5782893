/** Addresses of the API: parameters put in, queries appended. */

/**
 * The order of the query is that of the object, so that an answer which the server put into the page is found again.
 * @param {string} path with `{name}` for each of `params`
 * @param {{params?: Record<string, string | number>, query?: Record<string, string | number | boolean | null | undefined>}} options
 */
export function addressOf(path, { params = {}, query = {} } = {}) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => {
    if (params[name] === undefined) throw new Error(`${path} needs ${name}`);
    return encodeURIComponent(params[name]);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.append(name, String(value));
  }
  const text = search.toString();
  return text ? `${filled}?${text}` : filled;
}
