import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { isAbort } from '../../lib/problem.js';
import { Heart } from '../../ui/heart.js';
import { Icon } from '../../ui/icon.js';
import { favourites, toggleFavourite } from '../favourites.js';

/** On the phone the heart stands on the picture, and beside it the device's own way to share. @param {{product: import('../../types/api.js').Product}} props */
export function PhoneTools({ product }) {
  return html`<div class="plate-tools">${'share' in navigator && html`<button class="icon-btn" type="button" aria-label=${t('product.share')} onClick=${() => void share(product.name)}><${Icon} name="share-2" /></button>`}
    <${Heart} pressed=${favourites.value.has(product.id)} onPress=${() => void toggleFavourite(product.id)} over /></div>`;
}

/** @param {string} title */
async function share(title) {
  try {
    await navigator.share({ title, url: location.href });
  } catch (error) {
    if (!isAbort(error)) console.warn('nothing was shared', error);
  }
}
