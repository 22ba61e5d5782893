/** Web storage that may be closed (private windows, full disks): then nothing is remembered, and nothing breaks. */

/**
 * @param {() => Storage} area
 */
function open(area) {
  return {
    /** @param {string} key @returns {any} the value, or null when absent or unreadable */
    get(key) {
      try { return JSON.parse(area().getItem(key) ?? 'null'); } catch { return null; }
    },
    /** @param {string} key @param {unknown} value */
    set(key, value) {
      try { area().setItem(key, JSON.stringify(value)); } catch { /* see above */ }
    },
    /** @param {string} key */
    remove(key) {
      try { area().removeItem(key); } catch { /* see above */ }
    },
  };
}

/** Lives as long as the tab. */
export const tab = open(() => sessionStorage);
/** Lives until it is cleared. */
export const device = open(() => localStorage);
