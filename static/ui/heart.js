import { classes, html } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { Icon } from './icon.js';

/** @param {{name?: string, pressed?: boolean, onPress: () => void, over?: boolean}} props `name` of the product when there are many hearts; `over` a picture */
export function Heart({ name, pressed, onPress, over }) {
  const label = name ? t('catalogue.likeNamed', { name }) : t('common.favourite');
  return html`<button class=${classes('icon-btn', over ? 'heart' : 'like')} type="button" aria-pressed=${String(Boolean(pressed))} aria-label=${label}
    onClick=${onPress}><${Icon} name="heart" /></button>`;
}
