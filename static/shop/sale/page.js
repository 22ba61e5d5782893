import { html, useEffect, useState } from '../../lib/html.js';
import { api, pause } from '../../lib/api.js';
import { syncClock } from '../../lib/clock.js';
import { t } from '../../lib/i18n.js';
import { useLoad, usePage } from '../../lib/page.js';
import * as session from '../../lib/session.js';
import { Loaded } from '../../ui/loaded.js';
import { About } from './about.js';
import { AddressDialog } from './address-dialog.js';
import { Desk, payWithin } from './desk.js';
import { openDesk } from './desk-store.js';
import { How } from './how.js';
import { saveReminder } from './reminder.js';
import { Stage } from './stage.js';
import { useWatch } from './watch.js';

/** @typedef {import('./machine.js').Sale} Sale */

/** The first picture waits so long for the clock and for who is here, so that it is the right one. */
const PATIENCE_MS = 800;

/** @param {string} id @param {AbortSignal} signal @returns {Promise<Sale>} */
async function loadSale(id, signal) {
  const ready = Promise.all([session.restored, syncClock()]);
  const sale = await api.get('/seckill/{id}', { params: { id }, signal });
  await Promise.race([ready, pause(PATIENCE_MS)]);
  return sale;
}

/** One flash sale. @param {import('../../lib/router.js').PageProps} props */
export default function SalePage({ params }) {
  const load = useLoad((signal) => loadSale(params.id, signal), [params.id]);
  usePage({ title: load.data ? t('sale.pageTitle', { name: load.data.product.name }) : load.error ? t('common.goneTitle') : '', ready: !load.loading });
  return html`<${Loaded} of=${load} page skeleton=${html`<${Waiting} />`}>${(/** @type {Sale} */ sale) => html`<${Shown} key=${sale.id} first=${sale} />`}</${Loaded}>`;
}

/** @param {{first: Sale}} props */
function Shown({ first }) {
  const [store] = useState(() => openDesk(first));
  useEffect(() => store.close, []);
  const [dialog, setDialog] = useState(/** @type {null | 'change' | 'claim'} */ (null));
  const watch = useWatch(store);
  const sale = store.sale.value;

  /** @param {import('./rows.js').Act} act */
  function act({ do: what }) {
    if (what === 'claim') claim();
    if (what === 'remind') saveReminder(sale);
    if (what === 'watch') watch();
    if (what === 'address') setDialog('change');
  }
  function claim() {
    // Without an address the shop would have to give the unit back: it is asked for before, not after.
    if (store.addresses.peek()?.length === 0) setDialog('claim');
    else store.press();
  }
  return html`<${Stage} sale=${sale}><${Desk} store=${store} onAct=${act} /></${Stage}>
    <${How} sale=${sale} payWithinMs=${payWithin(store.orders.value)} /><${About} sale=${sale} />
    ${dialog && html`<${AddressDialog} store=${store} claims=${dialog === 'claim'} onClose=${() => setDialog(null)} />`}`;
}

function Waiting() {
  return html`<section class="stage on-night" aria-hidden="true"><div class="wrap"><div class="stage-show"></div><div class="desk"></div></div></section>`;
}
