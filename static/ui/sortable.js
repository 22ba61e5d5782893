/** Entries in an order of one's own: dragged by mouse, pen or finger, or moved by the arrow keys on their grip. */
import { useEffect, useRef, useState } from '../lib/html.js';
import { placeByKey } from './reorder.js';

/**
 * Spread `item(i)` on each entry and `grip(i)` on a button in it. While one is dragged it takes the place of whatever
 * it is over, so that the list always shows what would be.
 * @param {{count: number, onMove: (from: number, to: number) => void}} options
 */
export function useSortable({ count, onMove }) {
  const [lifted, setLifted] = useState(/** @type {number | null} */ (null));
  const at = useRef(/** @type {number | null} */ (null)), root = useRef(/** @type {any} */ (null)), focus = useRef(/** @type {number | null} */ (null));
  const latest = useRef(onMove);
  latest.current = onMove;

  useEffect(() => {
    // A node that moved in the document has lost the focus.
    if (focus.current === null) return;
    root.current?.querySelector(`[data-grip="${focus.current}"]`)?.focus();
    focus.current = null;
  });
  useEffect(() => {
    if (lifted === null) return undefined;
    const over = (/** @type {PointerEvent} */ event) => {
      const place = placeUnder(root.current, event);
      if (place === null || at.current === null || place === at.current) return;
      latest.current(at.current, place);
      at.current = place;
      setLifted(place);
    };
    const drop = () => { at.current = null; setLifted(null); };
    addEventListener('pointermove', over);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', drop);
    return () => { removeEventListener('pointermove', over); removeEventListener('pointerup', drop); removeEventListener('pointercancel', drop); };
  }, [lifted === null]);

  const lift = (/** @type {number} */ i) => { at.current = i; setLifted(i); };
  return {
    root,
    lifted,
    /** @param {number} i */
    item: (i) => ({
      'data-place': i,
      onPointerDown: (/** @type {any} */ event) => {
        if (event.pointerType !== 'mouse' || event.button !== 0 || event.target.closest('button, input, a, select')) return;
        event.preventDefault();
        lift(i);
      },
    }),
    /** @param {number} i */
    grip: (i) => ({
      'data-grip': i,
      onPointerDown: (/** @type {any} */ event) => {
        if (event.button !== 0) return;
        // Otherwise a finger keeps all events to the grip that it began on.
        event.currentTarget.releasePointerCapture?.(event.pointerId);
        lift(i);
      },
      onKeyDown: (/** @type {KeyboardEvent} */ event) => {
        const to = placeByKey(event.key, i, count);
        if (to === null) return;
        event.preventDefault();
        if (to === i) return;
        focus.current = to;
        onMove(i, to);
      },
    }),
  };
}

/** @param {HTMLElement | null} root @param {PointerEvent} event @returns {number | null} */
function placeUnder(root, event) {
  const item = document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-place]');
  return item instanceof HTMLElement && root?.contains(item) ? Number(item.dataset.place) : null;
}
