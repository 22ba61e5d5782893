/** Asks before a page with unsaved changes is left: by a link, by closing the tab, by another address. */
import { html, useEffect, useRef, useState } from '../lib/html.js';
import { navigate } from '../lib/router.js';
import { Confirm } from '../ui/dialog.js';

/**
 * Render what it returns. Leaving by the browser's back button cannot be held up.
 * @param {boolean} dirty
 * @param {{title: string, text: string, stay: string, leave: string}} words
 */
export function useUnsaved(dirty, words) {
  const [target, setTarget] = useState(/** @type {string | null} */ (null)), free = useRef(false);
  useEffect(() => {
    if (!dirty) return undefined;
    free.current = false;
    const close = (/** @type {BeforeUnloadEvent} */ event) => { if (!free.current) event.preventDefault(); };
    const click = (/** @type {MouseEvent} */ event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement) || free.current || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target || link.hasAttribute('download')) return;
      if (link.protocol === 'blob:') return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(link.href);
    };
    addEventListener('beforeunload', close);
    document.addEventListener('click', click, true);
    return () => { removeEventListener('beforeunload', close); document.removeEventListener('click', click, true); };
  }, [dirty]);
  const go = () => {
    const url = new URL(/** @type {string} */ (target));
    free.current = true;
    setTarget(null);
    if (url.origin === location.origin) void navigate(url.pathname + url.search);
    else location.assign(url);
  };
  return target && html`<${Confirm} title=${words.title} text=${words.text} safe=${words.stay} act=${words.leave} onAct=${go} onClose=${() => setTarget(null)} />`;
}
