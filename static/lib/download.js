/** Hands an answer of the API to the browser's downloads: links cannot carry a token. */
import { api } from './api.js';

/** The name that the shop gives a file. @param {string | null} header Content-Disposition @param {string} otherwise */
export const fileName = (header, otherwise) => /filename="([^"]+)"/.exec(header ?? '')?.[1] ?? otherwise;

/** @param {string} path @param {string} name when the shop gives none @param {import('./api.js').Options & {accept?: string}} [options] */
export async function download(path, name, options) {
  const response = await api.open(path, options);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName(response.headers.get('Content-Disposition'), name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
