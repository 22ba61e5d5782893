/** The form of a promotion: what was typed, what it means, what is wrong with it. Pure, so that it is tested without a browser. */
import { parsePercent, percentInput } from '../../lib/percent-input.js';
import { fromLocal, parseCount, toLocal } from '../sales/form.js';

/** @typedef {import('../../types/api.js').Promotion} Promotion */
/** @typedef {import('../../types/api.js').PromotionKind} PromotionKind */
/**
 * @typedef {object} Typed
 * @property {string} name
 * @property {boolean} byCode customers ask for it with a code, or it applies by itself
 * @property {string} code
 * @property {PromotionKind} kind
 * @property {string} percent
 * @property {string} amount
 * @property {string} buy
 * @property {string} get
 * @property {string} least what all lines must cost
 * @property {number[] | null} shelves null for all
 * @property {number[] | null} goods products; null for all
 * @property {string} opens
 * @property {string} closes
 * @property {string} uses
 * @property {string} each uses of one customer
 * @property {boolean} combinable
 * @property {boolean} enabled
 */
/** @typedef {Omit<Promotion, 'id' | 'used' | 'created_at'>} Wanted */
/** @typedef {{key: string, params?: Record<string, string | number>}} Fault a text of adminPromotions */
/** @typedef {'name' | 'code' | 'percent' | 'amount' | 'buy' | 'get' | 'least' | 'shelves' | 'goods' | 'opens' | 'closes' | 'uses' | 'each'} Name */

export const MOST_IDS = 100;
const MOST_BUNDLE = 99, MOST_USES = 1_000_000_000, LONGEST_NAME = 128, LONGEST_CODE = 32;

/** @param {Promotion | null} promotion @param {(minor: number) => string} moneyInput @returns {Typed} */
export function typedOf(promotion, moneyInput) {
  const count = (/** @type {number | null | undefined} */ n) => (n ? String(n) : ''), at = (/** @type {string | null | undefined} */ text) => (text ? toLocal(Date.parse(text)) : '');
  const { kind = 'percent', value = 0 } = promotion ?? {};
  return { name: promotion?.name ?? '', byCode: promotion ? Boolean(promotion.code) : true, code: promotion?.code ?? '', kind,
    percent: kind === 'percent' && value ? percentInput(value) : '', amount: kind === 'amount' ? moneyInput(value) : '', buy: count(promotion?.buy), get: count(promotion?.get),
    least: promotion?.min_items ? moneyInput(promotion.min_items) : '', shelves: promotion?.category_ids ?? null, goods: promotion?.product_ids ?? null,
    opens: at(promotion?.starts_at), closes: at(promotion?.ends_at), uses: count(promotion?.usage_limit), each: count(promotion?.per_user_limit),
    combinable: promotion?.combinable ?? false, enabled: promotion?.enabled ?? true };
}

/**
 * @param {Typed} typed
 * @param {{promotion: Promotion | null, parseMoney: (text: string) => number | null}} facts `promotion`: what is changed, null for a new one
 * @returns {{faults: Partial<Record<Name, Fault>>, wanted: Wanted | null}}
 */
export function readForm(typed, { promotion, parseMoney }) {
  const is = (/** @type {PromotionKind} */ kind) => typed.kind === kind;
  const name = typed.name.trim(), code = typed.byCode ? typed.code.trim() : null;
  const percent = parsePercent(typed.percent), amount = parseMoney(typed.amount), buy = parseCount(typed.buy), get = parseCount(typed.get);
  const least = typed.least.trim() ? parseMoney(typed.least) : 0, uses = limit(typed.uses), each = limit(typed.each);
  const opens = instant(typed.opens, promotion?.starts_at), closes = instant(typed.closes, promotion?.ends_at);
  const bundled = (/** @type {number | null} */ n) => (is('buy_x_get_y') && (n === null || n < 1 || n > MOST_BUNDLE) ? { key: 'needBundle' } : null);
  const faults = clean({
    name: !name ? { key: 'needName' } : [...name].length > LONGEST_NAME ? { key: 'longName' } : null,
    code: code !== null && (!code || /\s/.test(code) || [...code].length > LONGEST_CODE) ? { key: 'needCode' } : null,
    percent: is('percent') && !percent ? { key: 'needPercent' } : null,
    amount: is('amount') && (amount === null || amount < 1) ? { key: 'needAmount' } : null,
    buy: bundled(buy), get: bundled(get),
    least: least === null ? { key: 'needLeast' } : null,
    shelves: scopeFault(typed.shelves, 'needShelves'), goods: scopeFault(typed.goods, 'needGoods'),
    opens: null, closes: opens && closes && Date.parse(closes) <= Date.parse(opens) ? { key: 'closesFirst' } : null,
    uses: uses === false ? { key: 'needLimit' } : promotion && uses !== null && uses < promotion.used ? { key: 'belowUsed', params: { n: promotion.used } } : null,
    each: each === false ? { key: 'needLimit' } : null,
  });
  if (Object.keys(faults).length || least === null || uses === false || each === false) return { faults, wanted: null };
  return { faults, wanted: { name, code, kind: typed.kind, value: (is('percent') ? percent : is('amount') ? amount : 0) ?? 0, buy: is('buy_x_get_y') ? buy : null, get: is('buy_x_get_y') ? get : null,
    min_items: least, category_ids: typed.shelves, product_ids: typed.goods, starts_at: opens, ends_at: closes, usage_limit: uses, per_user_limit: each,
    combinable: typed.combinable, enabled: typed.enabled } };
}

/** Null when nothing was typed: there is no limit; false when it is no count. @param {string} text @returns {number | null | false} */
function limit(text) {
  if (!text.trim()) return null;
  const n = parseCount(text);
  return n !== null && n >= 1 && n <= MOST_USES && n;
}

/** What is shown to the second keeps the parts of a second that it has. @param {string} text @param {string | null | undefined} kept @returns {string | null} */
function instant(text, kept) {
  if (kept && text === toLocal(Date.parse(kept))) return kept;
  const ms = fromLocal(text);
  return ms === null ? null : new Date(ms).toISOString();
}

/** @param {number[] | null} ids @param {string} none @returns {Fault | null} */
const scopeFault = (ids, none) => (ids === null ? null : !ids.length ? { key: none } : ids.length > MOST_IDS ? { key: 'tooMany', params: { n: MOST_IDS } } : null);

/** @template {Record<string, Fault | null>} T @param {T} all @returns {Partial<Record<keyof T, Fault>>} */
const clean = (all) => /** @type {any} */ (Object.fromEntries(Object.entries(all).filter(([, fault]) => fault !== null)));

const TERMS = /** @type {const} */ (['kind', 'value', 'buy', 'get']);

/** What differs from the promotion as it is: what a change sends; a kind goes with its values. @param {Wanted} wanted @param {Promotion} promotion @returns {Partial<Wanted>} */
export function changes(wanted, promotion) {
  const same = (/** @type {keyof Wanted} */ name) => JSON.stringify(sorted(wanted[name])) === JSON.stringify(sorted(promotion[name] ?? null));
  const moved = /** @type {(keyof Wanted)[]} */ (Object.keys(wanted)).filter((name) => !same(name));
  const names = new Set(moved.some((name) => TERMS.includes(/** @type {any} */ (name))) ? [...moved, ...TERMS] : moved);
  return Object.fromEntries([...names].map((name) => [name, wanted[name]]));
}

/** @param {unknown} value ids have no order */
const sorted = (value) => (Array.isArray(value) ? [...value].sort((a, b) => a - b) : value);

/** @typedef {'off' | 'ended' | 'used_up' | 'coming' | 'on'} State */

/** @param {Pick<Promotion, 'enabled' | 'starts_at' | 'ends_at' | 'usage_limit' | 'used'>} promotion @param {number} now @returns {State} */
export function stateOf({ enabled, starts_at, ends_at, usage_limit, used }, now) {
  if (!enabled) return 'off';
  if (ends_at && Date.parse(ends_at) <= now) return 'ended';
  if (usage_limit && used >= usage_limit) return 'used_up';
  return starts_at && Date.parse(starts_at) > now ? 'coming' : 'on';
}
