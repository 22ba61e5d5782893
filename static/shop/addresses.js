import { html, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { useAction, useLoad, usePage } from '../lib/page.js';
import { user } from '../lib/session.js';
import { toast } from '../lib/toast.js';
import { Button } from '../ui/button.js';
import { Confirm, Dialog } from '../ui/dialog.js';
import { Empty } from '../ui/empty.js';
import { problemText } from '../ui/error.js';
import { Icon } from '../ui/icon.js';
import { Loaded } from '../ui/loaded.js';
import { Notice, ProblemNotice } from '../ui/notice.js';
import { SkeletonRows } from '../ui/skeleton.js';
import { AccountFrame } from './account/frame.js';
import { AddressCard } from './addresses/card.js';
import { AddressForm, hasDraft } from './addresses/form.js';

/** @typedef {import('../types/api.js').Address} Address */

/** As many as the shop keeps for one buyer. */
const MOST = 50;

/** All of them: there are no more than one page holds. @param {AbortSignal} [signal] */
const loadAll = async (signal) => (await api.get('/address', { query: { page_size: 100 }, signal })).items;

/** @type {import('../lib/router.js').Page} */
export default function Addresses() {
  const who = user.value?.id;
  const load = useLoad(who ? loadAll : null, [who]);
  const [edited, edit] = useState(/** @type {Address | 'new' | null} */ (hasDraft() ? 'new' : null));
  const [leaving, remove] = useState(/** @type {Address | null} */ (null));
  usePage({ title: t('common.addresses'), ready: !load.loading });
  /** The default may have moved to another one: the shop is asked for all of them. */
  const again = async () => load.set(await loadAll());
  const makeDefault = useAction(async (/** @type {Address} */ { id, name, phone, address, postcode, country }) => {
    await api.put('/address/{id}', { name, phone, address, postcode, country, is_default: true }, { params: { id } });
    await again();
    toast(t('account.defaultSet', { name }));
  });
  const drop = useAction(async (/** @type {Address} */ { id }) => {
    await api.delete('/address/{id}', { params: { id } });
    remove(null);
    await again();
    toast(t('account.addressRemoved'));
  });
  const saved = () => { edit(null); toast(t('address.saved')); void again().catch(load.reload); };
  const full = (load.data?.length ?? 0) >= MOST;

  return html`<${AccountFrame} at="addresses" title=${t('common.addresses')}>
    <${Loaded} of=${load} skeleton=${html`<${SkeletonRows} count=${2} height="7rem" />`}>${(/** @type {Address[]} */ all) => html`
      ${all.length ? html`<ul class="addresses">${all.map((one) => html`<li key=${one.id}><${AddressCard} address=${one}>
        <div class="address-acts"><button class="link small" type="button" aria-label=${t('address.editNamed', { name: one.name })} onClick=${() => edit(one)}>${t('common.edit')}</button>
          ${!one.is_default && html`<button class="link small" type="button" disabled=${makeDefault.busy} aria-label=${t('account.makeDefaultNamed', { name: one.name })} onClick=${() => void makeDefault.run(one)}>${t('account.makeDefault')}</button>`}
          <button class="link small" type="button" aria-label=${t('account.removeNamed', { name: one.name })} onClick=${() => { drop.clear(); remove(one); }}>${t('common.remove')}</button></div>
      </${AddressCard}></li>`)}</ul>` : html`<${Empty} title=${t('account.noAddresses')} text=${t('account.noAddressesText')} />`}
      <${ProblemNotice} error=${makeDefault.error} />
      ${full && html`<${Notice}>${t('problems.too_many_addresses')}</${Notice}>`}
      <div><${Button} kind=${all.length ? 'line' : 'primary'} disabled=${full} onClick=${() => edit('new')}><${Icon} name="plus" />${t('address.add')}</${Button}></div>`}</${Loaded}>
    ${edited && html`<${Dialog} kind="wide" title=${t(edited === 'new' ? 'address.newTitle' : 'address.editTitle')} onClose=${() => edit(null)}>
      <${AddressForm} address=${edited === 'new' ? null : edited} first=${!load.data?.length} onSaved=${saved} onCancel=${() => edit(null)} /></${Dialog}>`}
    ${leaving && html`<${Confirm} title=${t('account.removeTitle')} text=${t('account.removeText', { name: leaving.name })} safe=${t('account.keepIt')} act=${t('account.removeIt')} danger
      busy=${drop.busy} error=${drop.error && problemText(drop.error)} onAct=${() => void drop.run(leaving)} onClose=${() => remove(null)} />`}
  </${AccountFrame}>`;
}
