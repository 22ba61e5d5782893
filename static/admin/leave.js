/** Work that is not saved is not lost by one press. */
import { useEffect } from '../lib/html.js';
import { t } from '../lib/i18n.js';

/** Asks before the page is left while `dirty`. @param {boolean} dirty */
export function useLeaveGuard(dirty) {
  useEffect(() => {
    if (!dirty) return undefined;
    const unload = (/** @type {BeforeUnloadEvent} */ event) => event.preventDefault();
    // In the capture phase, so that it comes before the router takes the link.
    const click = (/** @type {MouseEvent} */ event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!link || link.getAttribute('target') || event.metaKey || event.ctrlKey) return;
      if (!confirm(t('adminCommon.unsaved'))) { event.preventDefault(); event.stopPropagation(); }
    };
    addEventListener('beforeunload', unload);
    document.addEventListener('click', click, true);
    return () => { removeEventListener('beforeunload', unload); document.removeEventListener('click', click, true); };
  }, [dirty]);
}
