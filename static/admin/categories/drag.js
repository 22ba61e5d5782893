/** Dragging a branch of the tree onto another one, by mouse, pen or finger. */
import { useEffect, useRef, useState } from '../../lib/html.js';

/** Where a branch is let go: on a category, or at the top level. @typedef {number | null} Place */

/**
 * @param {{mayDrop: (id: number, onto: Place) => boolean, onDrop: (id: number, onto: Place) => void}} options
 * @returns {{dragged: number | null, over: Place | undefined, lift: (event: any, id: number) => void}} entries carry `data-shelf`, empty for the top
 */
export function useTreeDrag({ mayDrop, onDrop }) {
  const [dragged, setDragged] = useState(/** @type {number | null} */ (null)), [over, setOver] = useState(/** @type {Place | undefined} */ (undefined));
  const latest = useRef({ mayDrop, onDrop }), target = useRef(/** @type {Place | undefined} */ (undefined));
  latest.current = { mayDrop, onDrop };
  useEffect(() => {
    if (dragged === null) return undefined;
    const aim = (/** @type {PointerEvent} */ event) => {
      const shelf = document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-shelf]');
      const place = shelf instanceof HTMLElement ? (shelf.dataset.shelf ? Number(shelf.dataset.shelf) : null) : undefined;
      target.current = place !== undefined && latest.current.mayDrop(dragged, place) ? place : undefined;
      setOver(target.current);
    };
    const stop = () => { target.current = undefined; setDragged(null); setOver(undefined); };
    const drop = () => {
      const place = target.current;
      stop();
      if (place !== undefined) latest.current.onDrop(dragged, place);
    };
    const key = (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Escape') stop(); };
    addEventListener('pointermove', aim);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', stop);
    addEventListener('keydown', key);
    return () => { removeEventListener('pointermove', aim); removeEventListener('pointerup', drop); removeEventListener('pointercancel', stop); removeEventListener('keydown', key); };
  }, [dragged]);
  const lift = (/** @type {any} */ event, /** @type {number} */ id) => {
    if (event.button !== 0) return;
    event.currentTarget.releasePointerCapture?.(event.pointerId);
    setDragged(id);
  };
  return { dragged, over, lift };
}
