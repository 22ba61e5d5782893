import { html, useEffect, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { breakable } from '../../lib/rich.js';
import { dayAndTime } from '../../lib/time.js';
import { Countdown } from '../../ui/countdown.js';
import { Picture } from '../../ui/plate.js';
import { Price } from '../../ui/price.js';
import { isComing } from '../sale/phase.js';
import { followSales, nextSale, phaseNow } from '../sales-store.js';

/** @typedef {import('../../types/api.js').Sale} Sale */

const AFTER_THE_PAGE_MS = 100;

/** The crowd behind the text: a drawing that nothing waits for. */
function Crowd() {
  const [Rush, setRush] = useState(/** @type {any} */ (null));
  useEffect(() => {
    const timer = setTimeout(() => { import('../../ui/rush.js').then((file) => setRush(() => file.Rush), () => {}); }, AFTER_THE_PAGE_MS);
    return () => clearTimeout(timer);
  }, []);
  return Rush && html`<${Rush} />`;
}

/** The next flash sale on the night; nothing without one. It opens and closes by the shop's clock, as its own page does. */
export function Strip() {
  const sale = nextSale.value;
  useEffect(followSales, []);
  if (!sale) return null;
  const coming = isComing(phaseNow(sale));
  return html`<section class="strip on-night" aria-labelledby="strip"><${Crowd} />
    <div class="wrap"><div class="strip-text">
        <p class="eyebrow"><span class="dot ember"></span>${eyebrow(sale)}</p>
        <h2 id="strip">${breakable(sale.product.name)}</h2>
        ${coming ? html`<${Countdown} until=${sale.starts_at} />` : html`<${Left} sale=${sale} />`}
        <div class="row"><a class="btn sale" href=${`/sale/${sale.id}`}>${t('catalogue.toSale')}</a><${Price} now=${sale.price} list=${sale.list_price} size="mid" /></div>
      </div>
      <${Picture} class="sale-pic sale-tile" image=${sale.product.cover} sizes="(width < 40rem) 88vw, 30rem" />
    </div></section>`;
}

/** @param {Sale} sale */
function eyebrow(sale) {
  const phase = phaseNow(sale);
  if (isComing(phase)) return t('catalogue.saleAt', { when: dayAndTime(sale.starts_at) });
  if (phase === 'paused') return t('catalogue.salePaused');
  return t(phase === 'sold_out' ? 'catalogue.saleGone' : 'catalogue.saleNow');
}

/** Units instead of a clock, once it runs. @param {{sale: Sale}} props */
function Left({ sale }) {
  return html`<p class="strip-left"><span class="clock num">${sale.stock_left}</span> <span>${t('catalogue.unitsLeft', { total: sale.stock_total })}</span></p>`;
}
