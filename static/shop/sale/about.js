import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { date, dayAndTime, timeOfDay } from '../../lib/time.js';
import { skuName } from '../product/choice.js';
import { everyday } from './phase.js';

/** @typedef {import('./machine.js').Sale} Sale */

/** What it is, and where its prices come from. @param {{sale: Sale}} props */
export function About({ sale }) {
  const { product } = sale;
  return html`<section class="section wrap about last" aria-labelledby="about"><div class="stack"><h2 id="about">${t('sale.about')}</h2><p class="muted">${product.info}</p>
      <p><a class="link" href=${`/p/${product.id}?sku=${sale.sku_id}`}>${t('sale.seeProduct')}</a></p></div>
    <dl class="facts spec">${factsOf(sale).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

/** @param {Sale} sale @returns {[string, string][]} */
function factsOf(sale) {
  const usual = everyday(sale), sku = usual?.sku;
  const show = (/** @type {number} */ minor) => money(minor, { currency: sale.currency });
  /** @type {[string, string][]} */
  const facts = [];
  if (sku && skuName(sku)) facts.push([t('sale.variant'), skuName(sku)]);
  facts.push([t('sale.salePrice'), show(sale.price)]);
  facts.push([sku?.price_since ? t('sale.listSince', { date: date(sku.price_since) }) : t('sale.listPrice'), show(sale.list_price)]);
  if (usual && usual.price !== sale.list_price) facts.push([t('sale.everydayPrice'), show(usual.price)]);
  if (sku?.lowest_30_days) facts.push([t('sale.lowest'), show(sku.lowest_30_days)]);
  facts.push([t('sale.eachPerson'), t('sale.unitsEach', { n: sale.per_user_limit })]);
  facts.push([t('sale.openFor'), t('sale.window', { from: dayAndTime(sale.starts_at), to: sameDay(sale) ? timeOfDay(sale.ends_at) : dayAndTime(sale.ends_at) })]);
  return facts;
}

/** @param {Sale} sale */
const sameDay = ({ starts_at, ends_at }) => new Date(starts_at).toDateString() === new Date(ends_at).toDateString();
