/** Hearts: shown at once, taken back when the shop refuses. */
import { effect, signal } from '@preact/signals';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { withQuery } from '../lib/match.js';
import { Problem } from '../lib/problem.js';
import { navigate } from '../lib/router.js';
import { user } from '../lib/session.js';
import { toast } from '../lib/toast.js';

export const favourites = signal(/** @type {ReadonlySet<number>} */ (new Set()));

/** @param {number} id @param {boolean} on */
function mark(id, on) {
  const next = new Set(favourites.value);
  if (on) next.add(id);
  else next.delete(id);
  favourites.value = next;
}

/** @param {number} id of a product */
export async function toggleFavourite(id) {
  if (!user.value) return void navigate(withQuery('/login', { next: location.pathname + location.search }));
  await setFavourite(id, !favourites.value.has(id));
}

/** @param {number} id of a product @param {boolean} on @returns {Promise<boolean>} whether the shop took it */
export async function setFavourite(id, on) {
  mark(id, on);
  try {
    if (on) await api.post('/collection', { product_id: id });
    else await api.delete('/collection', { query: { product_id: id } });
    return true;
  } catch (error) {
    if (!on && error instanceof Problem && error.status === 404) return true; // it was none any more
    mark(id, !on);
    toast(t('catalogue.likeFailed'));
    return false;
  }
}

async function load() {
  const ids = new Set(/** @type {number[]} */ ([]));
  let cursor = /** @type {string | null | undefined} */ (undefined);
  do {
    const page = await api.get('/collection', { query: { page_size: 100, cursor } });
    for (const one of page.items) ids.add(one.product.id);
    cursor = page.next_cursor;
  } while (cursor);
  favourites.value = ids;
}

export function followFavourites() {
  effect(() => {
    if (user.value?.id) void load().catch(() => { /* hearts stay empty, nothing else hangs on them */ });
    else favourites.value = new Set();
  });
}
