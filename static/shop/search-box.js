import { html, useEffect, useState } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { withQuery } from '../lib/match.js';
import { current, navigate } from '../lib/router.js';
import { Icon } from '../ui/icon.js';

/** The search of the header. */
export function SearchBox() {
  const page = current.value;
  const asked = page?.path === '/search' ? page.query.q ?? '' : '';
  const [text, setText] = useState(asked);
  useEffect(() => setText(asked), [asked]);
  const search = (/** @type {Event} */ event) => {
    event.preventDefault();
    void navigate(withQuery('/search', { q: text.trim() }));
  };
  return html`<form class="searchbox" role="search" action="/search" onSubmit=${search}><${Icon} name="search" />
    <input type="search" name="q" maxlength="200" autocomplete="off" enterkeyhint="search" aria-label=${t('common.search')} placeholder=${t('common.searchHint')}
      value=${text} onInput=${(/** @type {any} */ event) => setText(event.currentTarget.value)} /></form>`;
}
