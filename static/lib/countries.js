/** Countries: the codes that the shop knows, and their names in the language of the page. */
import { locale } from './i18n.js';
import { shop } from './shop.js';

/** ISO 3166-1 alpha-2, and `XK` for Kosovo: those of crates/kernel/src/country.rs. */
const CODES = 'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ '
  + 'DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR '
  + 'KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY '
  + 'QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

export const COUNTRIES = CODES.split(' ');

/** The name of a country; its code where the browser has none. @param {string} code */
export const countryName = (code, tag = locale) => new Intl.DisplayNames(tag, { type: 'region', fallback: 'code' }).of(code) ?? code;

/** All of them by name, for a select. */
export function countryOptions(tag = locale) {
  const names = new Intl.DisplayNames(tag, { type: 'region', fallback: 'code' }), { compare } = new Intl.Collator(tag);
  return COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value })).sort((a, b) => compare(a.label, b.label));
}

/**
 * Postcode and country of an address; the country only where it is not the shop's own. Empty when neither is there to be told.
 * @param {{postcode?: string | null, country?: string}} address
 */
export function placeLine({ postcode, country }, home = shop.country, tag = locale) {
  const abroad = country && country !== home ? countryName(country, tag) : null;
  return [postcode, abroad].filter(Boolean).join(tag.startsWith('en') ? ', ' : ' ');
}
