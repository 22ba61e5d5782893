import { html } from '../../../lib/html.js';
import { number, t } from '../../../lib/i18n.js';
import { Tile, Tiles } from '../../../ui/tile.js';
import { ms } from './plots.js';

/** Six figures. @param {{history: import('./history.js').History, out: {seconds: number} | null}} props */
export function Figures({ history: { seconds, peak, worst }, out }) {
  const now = seconds.at(-1);
  if (!now) return null;
  return html`<${Tiles} six>
    <${Tile} label=${t('adminLive.left')} value=${number(now.left)} sub=${out ? t('adminLive.ofOut', { total: now.total, n: Math.max(1, Math.round(out.seconds)) }) : t('adminLive.of', { total: now.total })} />
    <${Tile} label=${t('adminLive.claims')} value=${number(now.claims)} unit="/s" sub=${t('adminLive.peakOf', { n: peak })} />
    <${Tile} label=${t('adminLive.wonLabel')} value=${number(now.rates.won)} unit="/s" sub=${t('adminLive.takenInAll', { n: now.taken })} />
    <${Tile} label=${t('adminLive.inFlight')} value=${number(now.inFlight)} sub=${t('adminLive.inFlightText')} />
    <${Tile} label="p50" value=${ms(now.p50)} unit="ms" sub=${now.p50 ? t('adminLive.nowWord') : t('adminLive.quiet')} />
    <${Tile} label="p99" value=${ms(now.p99)} unit="ms" sub=${worst ? t('adminLive.worst', { n: ms(worst) }) : t('adminLive.quiet')} />
  </${Tiles}>`;
}
