/**
 * The picture of a card becomes the picture of its product, and back again: a view transition, where the browser has
 * them and the visitor has not asked for stillness. Importing this file turns it on.
 */
import { change } from './router.js';

const NAME = 'picture';
/** The old page stands still for so long at most while the new one gets ready. */
const PATIENCE_MS = 300;
const PRODUCT = /^\/p\/\d+$/;

change.run = async (swap, from, to) => {
  const old = pictureOn(from, to);
  if (!old) return swap();
  old.style.viewTransitionName = NAME;
  /** @type {HTMLElement | null} */
  let next = null;
  const transition = document.startViewTransition(async () => {
    old.style.viewTransitionName = '';
    swap();
    await shown();
    next = pictureOn(to, from);
    if (next) next.style.viewTransitionName = NAME;
  });
  transition.finished.finally(() => { if (next) next.style.viewTransitionName = ''; });
  transition.ready.catch(() => {}); // a hidden tab skips the animation, not the change
  await transition.updateCallbackDone;
};

/**
 * On a product's page its main picture; elsewhere that of the card which leads to the other page.
 * @param {string} page @param {string} other
 * @returns {HTMLElement | null}
 */
function pictureOn(page, other) {
  if (PRODUCT.test(page) === PRODUCT.test(other) || !document.startViewTransition || matchMedia('(prefers-reduced-motion: reduce)').matches) return null;
  const all = PRODUCT.test(page) ? document.querySelectorAll('.gallery .plate')
    : [...document.querySelectorAll(`.card:has(a[href="${other}"])`)].map((card) => card.querySelector('.plate'));
  for (const one of all) if (one instanceof HTMLElement && inSight(one)) return one;
  return null;
}

/** @param {HTMLElement} element */
function inSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** Until the page says that it shows something. */
async function shown() {
  const until = performance.now() + PATIENCE_MS;
  do await new Promise((resolve) => { setTimeout(resolve, 8); }); while (!document.documentElement.dataset.ready && performance.now() < until);
}
