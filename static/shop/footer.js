import { html } from '../lib/html.js';
import { appearance, setAppearance, setLanguage } from '../lib/appearance.js';
import { language, t } from '../lib/i18n.js';
import { withQuery } from '../lib/match.js';
import { isAdmin } from '../lib/session.js';
import { assets, shop } from '../lib/shop.js';
import { Brand } from '../ui/brand.js';
import { Segment } from '../ui/segment.js';

/** @param {{path: string}} props */
export function Footer({ path }) {
  return html`<footer class="foot"><div class="wrap">
    <div class="foot-about"><${Brand} /><p>${t('common.footTagline')}${shop.demo && html` ${t('common.footDemo')}`}</p></div>
    <div><h2>${t('common.shop')}</h2><ul><li><a href="/c">${t('common.allGoods')}</a></li><li><a href="/sales">${t('common.flashSales')}</a></li><li><a href="/favorites">${t('common.favourites')}</a></li></ul></div>
    <div><h2>${t('common.you')}</h2><ul><li><a href="/orders">${t('common.orders')}</a></li><li><a href="/wallet">${t('common.wallet')}</a></li><li><a href="/addresses">${t('common.addresses')}</a></li></ul></div>
    <${Behind} />
    <div class="set"><${LanguageSwitch} path=${path} /><${AppearanceSwitch} /></div>
  </div></footer>`;
}

function Behind() {
  return html`<div><h2>${t('common.behind')}</h2><ul><li><a href="/docs">${t('common.apiDocs')}</a></li>
    ${(isAdmin.value || shop.demo) && html`<li><a href="/admin">${t('common.console')}</a></li>`}
    ${shop.demo && html`<li><a href="/dev/mailbox">${t('common.mailbox')}</a></li><li><a href=${`${assets}demo/LICENSES.md`}>${t('common.credits')}</a></li>`}</ul></div>`;
}

const LANGUAGES = /** @type {const} */ ([['en', 'EN', 'en'], ['zh', '中文', 'zh-Hans'], ['ja', '日本語', 'ja']]);

/** Links, so that each language has an address; a press keeps the choice. @param {{path: string}} props */
export function LanguageSwitch({ path }) {
  const choose = (/** @type {Event} */ event, /** @type {'en' | 'zh' | 'ja'} */ one) => { event.preventDefault(); setLanguage(one); };
  return html`<div class="segment" role="group" aria-label=${t('common.language')}>${LANGUAGES.map(([one, name, tag]) => html`<a href=${withQuery(path, { lang: one })} lang=${tag} hreflang=${tag}
    aria-current=${one === language ? 'true' : undefined} onClick=${(/** @type {Event} */ event) => choose(event, one)}>${name}</a>`)}</div>`;
}

export function AppearanceSwitch() {
  const options = /** @type {const} */ (['auto', 'light', 'dark']).map((value) => ({ value, label: t(`common.${value}`) }));
  return html`<${Segment} label=${t('common.appearance')} value=${appearance.value} options=${options} onChange=${setAppearance} />`;
}
