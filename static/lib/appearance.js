/** The switches of the footer: appearance at once, language by cookie and reload. */
import { signal } from '@preact/signals';

/** @typedef {'auto' | 'light' | 'dark'} Appearance */

const KEY = 'stampede_theme';
const YEAR_SECS = 31536000;

/** @returns {Appearance} */
function stored() {
  const theme = globalThis.document?.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

export const appearance = signal(stored());

/** @param {Appearance} choice */
export function setAppearance(choice) {
  appearance.value = choice;
  const root = document.documentElement;
  if (choice === 'auto') delete root.dataset.theme;
  else root.dataset.theme = choice;
  try {
    if (choice === 'auto') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch { /* it holds for this page at least */ }
}

/** @param {'en' | 'zh' | 'ja'} language */
export function setLanguage(language) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `stampede_language=${language}; Path=/; SameSite=Lax; Max-Age=${YEAR_SECS}${secure}`;
  const url = new URL(location.href);
  url.searchParams.delete('lang'); // it would beat the cookie
  location.replace(url);
  if (url.href === location.href) location.reload();
}
