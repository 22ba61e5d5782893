/** Makes the shop what the draft says, step by step; what was done before a step failed is known and stays. */
import { api } from '../../lib/api.js';
import { asProblem } from '../../lib/problem.js';
import { draftOf, shotOf } from './draft.js';
import { changeOf } from './requests.js';

/** @typedef {import('./draft.js').Draft} Draft */
/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {{words: boolean, added: number, removed: number, order: boolean, twice: boolean}} Done */
/**
 * @typedef {object} Outcome
 * @property {Product} product as the shop has it now
 * @property {Draft} draft with what is still to be saved
 * @property {Done} done
 * @property {import('../../lib/problem.js').Problem | null} error
 * @property {string[]} sent keys of the variants in the order in which they were sent
 */

/** Pictures may take their time on a slow line. */
const UPLOAD_MS = 120_000;

/** The product as an admin edits it: in the shop's language, with all translations. @param {number} id @param {string} language @param {AbortSignal} [signal] @returns {Promise<Product>} */
export const readProduct = (id, language, signal) => api.get('/product/{id}', { params: { id }, query: { lang: language }, own: true, signal });

/**
 * @param {object} from
 * @param {Product} from.product
 * @param {Draft} from.draft
 * @param {string[]} from.changes
 * @param {string[]} from.languages the shop's first
 * @param {(key: string | null) => void} from.onUpload the picture that is on its way
 * @returns {Promise<Outcome>}
 */
export async function saveChanges({ product, draft, changes, languages, onUpload }) {
  const { id } = product, params = { id }, stored = new Set((product.images ?? []).map((image) => String(image.id)));
  const done = { words: false, added: 0, removed: 0, order: false, twice: false };
  const change = changeOf(draft, changes, languages[0], /** @type {Record<string, unknown>} */ (product.translations ?? {}));
  let shots = draft.shots, error = null;
  try {
    if (change) {
      await api.put('/product/{id}', /** @type {any} */ (change.body), { params });
      done.words = true;
    }
    // First out, then in: a product has room for ten.
    for (const key of [...stored].filter((one) => !shots.some((shot) => shot.key === one))) {
      await api.delete('/product/{id}/images/{image_id}', { params: { id, image_id: key } });
      stored.delete(key);
      done.removed += 1;
    }
    for (const shot of shots.filter((one) => one.file)) {
      onUpload(shot.key);
      const added = await upload(id, /** @type {File} */ (shot.file), stored);
      // The shop knows a picture by its content: one that was there already does not come twice.
      if (added) { stored.add(added.key); done.added += 1; } else done.twice = true;
      shots = shots.flatMap((one) => (one !== shot ? [one] : added ? [added] : []));
    }
    const wanted = shots.map((shot) => Number(shot.key));
    if (wanted.length > 1 && wanted.join() !== [...stored].join()) {
      await api.put('/product/{id}/images', { order: wanted }, { params });
      done.order = true;
    }
  } catch (thrown) {
    error = asProblem(thrown);
  }
  onUpload(null);
  const now = await readProduct(id, languages[0]).catch(() => null);
  if (!now) return { product, draft: { ...draft, shots }, done, error: error ?? asProblem(new TypeError('not read again')), sent: change?.sent ?? [] };
  const fresh = draftOf(now, languages);
  return { product: now, draft: error ? { ...(done.words ? fresh : draft), shots } : fresh, done, error, sent: change?.sent ?? [] };
}

/** @param {number} id @param {File} file @param {Set<string>} stored @returns {Promise<import('./draft.js').Shot | null>} */
async function upload(id, file, stored) {
  const form = new FormData();
  form.append('file', file, file.name);
  const { items } = await api.post('/product/{id}/images', form, { params: { id }, timeout: UPLOAD_MS });
  const added = items.find((image) => !stored.has(String(image.id)));
  return added ? shotOf(added) : null;
}

/** @param {FormData} form @returns {Promise<Product>} */
export const createProduct = (form) => api.post('/product', form, { timeout: UPLOAD_MS });
