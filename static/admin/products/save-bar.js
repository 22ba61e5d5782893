import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { Button } from '../../ui/button.js';

/**
 * How many changes wait, and how many faults stand in their way.
 * @param {{changes: number, faults: number, busy: boolean, progress?: string | null, fresh?: boolean, onSave: () => void, onDiscard: () => void}} props
 *   `fresh`: what is edited is not in the shop yet
 */
export function SaveBar({ changes, faults, busy, progress, fresh, onSave, onDiscard }) {
  const word = changes ? t('adminProducts.changes', { n: changes }) : t(fresh ? 'adminProducts.newHint' : 'adminProducts.nothingToSave');
  return html`<section class="savebar" aria-label=${t('adminProducts.unsaved')}><p role="status"><b>${progress ?? word}</b>
      ${faults > 0 && !busy && html` <span class="muted save-faults">${t('adminProducts.faults', { n: faults })}</span>`}</p>
    <div class="row"><${Button} kind="line" disabled=${!changes || busy} onClick=${onDiscard}>${t('adminProducts.discard')}</${Button}>
      <${Button} disabled=${!changes && !fresh} busy=${busy} wait=${t('adminProducts.saving')} onClick=${onSave}>${t('adminProducts.save')}</${Button}></div></section>`;
}
