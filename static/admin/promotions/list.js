import { html } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction, usePage } from '../../lib/page.js';
import { navigate } from '../../lib/router.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { problemText } from '../../ui/error.js';
import { Icon } from '../../ui/icon.js';
import { ListPanel } from '../list-parts.js';
import { useTopbar } from '../shell.js';
import { useList } from '../use-list.js';
import { periodText, StateTag, takesOff, usedText } from './words.js';

/** @typedef {import('../../types/api.js').Promotion} Promotion */

/** All promotions, the newest first. */
export default function PromotionsPage() {
  const list = useList((cursor, signal) => api.get('/admin/promotions', { signal, query: { page_size: 50, cursor } }), []);
  usePage({ title: t('adminPromotions.title'), ready: !list.load.loading });
  useTopbar({ crumbs: [{ label: t('adminPromotions.title') }] }, []);
  const put = (/** @type {Promotion} */ next) => list.put((one) => one.id === next.id, next);
  return html`<div class="work-head"><div><h1>${t('adminPromotions.title')}</h1><p class="sub">${t('adminPromotions.text')}</p></div>
      <${Button} href="/admin/promotions/new"><${Icon} name="plus" />${t('adminPromotions.new')}</${Button}></div>
    <${ListPanel} list=${list} label=${t('adminPromotions.title')}
      head=${html`<th>${t('adminPromotions.promotion')}</th><th class="wide-only">${t('adminPromotions.takesOff')}</th><th class="end wide-only">${t('adminPromotions.used')}</th>
        <th class="wide-only">${t('adminPromotions.period')}</th><th>${t('adminPromotions.state')}</th><th class="end wide-only"><span class="unseen">${t('adminPromotions.acts')}</span></th>`}
      row=${(/** @type {Promotion} */ promotion) => html`<${Row} key=${promotion.id} promotion=${promotion} onChange=${put} />`}
      empty=${{ title: t('adminPromotions.none'), text: t('adminPromotions.noneText') }} />`;
}

/** @param {{promotion: Promotion, onChange: (next: Promotion) => void}} props */
function Row({ promotion, onChange }) {
  const { id, name, code, enabled, used, usage_limit: most, per_user_limit: each } = promotion, href = `/admin/promotions/${id}`;
  const turn = useAction(async () => {
    onChange(await api.put('/admin/promotions/{id}', { enabled: !enabled }, { params: { id } }));
    toast(t(enabled ? 'adminPromotions.isOff' : 'adminPromotions.isOn', { name }));
  });
  const open = (/** @type {MouseEvent} */ event) => {
    if (event.target instanceof Element && event.target.closest('a, button')) return;
    void navigate(href);
  };
  const act = html`<${Button} kind="line" size="sm" busy=${turn.busy} aria-label=${t(enabled ? 'adminPromotions.turnOffNamed' : 'adminPromotions.turnOnNamed', { name })} onClick=${() => void turn.run()}>${t(enabled ? 'adminPromotions.turnOff' : 'adminPromotions.turnOn')}</${Button}>`;
  return html`<tr class="opens" onClick=${open}><td><a class="opens-link" href=${href}>${name}</a>
      <small class="muted below">${code ? html`<code>${code}</code>` : t('adminPromotions.bySelf')}<span class="narrow-only"> ${takesOff(promotion)}</span></small>
      <small class="narrow-only muted below">${t('adminPromotions.usedN', { used: usedText(promotion) })}</small>
      ${turn.error && html`<p class="error">${problemText(turn.error)}</p>`}<span class="narrow-only">${act}</span></td>
    <td class="wide-only">${takesOff(promotion)}</td>
    <td class="end wide-only"><div class="stockcell uses"><span>${usedText(promotion)}</span>${most ? html`<span class="tr"><i style=${{ '--p': `${(used / most) * 100}%` }}></i></span>` : html`<span></span>`}</div>
      ${each ? html`<small class="muted below">${t('adminPromotions.eachN', { n: each })}</small>` : null}</td>
    <td class="wide-only">${periodText(promotion)}</td><td><${StateTag} promotion=${promotion} /></td><td class="end wide-only">${act}</td></tr>`;
}
