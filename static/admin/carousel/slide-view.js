import { classes, html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { breakable } from '../../lib/rich.js';

/**
 * A slide as the home page lays it out, smaller: words in the left five twelfths, the picture right of them; on a phone
 * the picture above the words. The room for words is drawn in.
 * @param {{url: string, title: string, line?: string, linked: boolean, phone?: boolean, quiet?: boolean}} props `quiet`: its words stand in fields beside it
 */
export function SlideView({ url, title, line, linked, phone, quiet }) {
  return html`<figure class="slide-fig"><div class=${classes('slide-view', phone && 'on-phone')} role=${quiet ? undefined : 'img'} aria-label=${quiet ? undefined : title} aria-hidden=${quiet ? 'true' : undefined}>
      ${url ? html`<img src=${url} alt="" />` : html`<span class="slide-blank"></span>`}
      <div class="slide-room" aria-hidden="true"><span class="slide-mark">${t('adminShelves.room')}</span><div class="slide-words"><b>${breakable(title)}</b>${line && html`<span>${line}</span>`}${linked && html`<i>${t('adminShelves.seeIt')}</i>`}</div></div></div>
    <figcaption class="tiny muted">${t(phone ? 'adminShelves.phone' : 'adminShelves.wide')}</figcaption></figure>`;
}
