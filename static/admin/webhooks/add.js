import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Checkbox, Field, FieldError, faultText } from '../../ui/field.js';
import { ProblemNotice } from '../../ui/notice.js';
import { EVENTS, eventName } from './parts.js';

/** @typedef {import('../../types/api.js').Webhook} Webhook */

/** @param {{onClose: () => void, onDone: (hook: Webhook) => void}} props */
export function AddWebhook({ onClose, onDone }) {
  const [url, setUrl] = useState(''), [all, setAll] = useState(true), [chosen, choose] = useState(/** @type {string[]} */ ([])), [tried, setTried] = useState(false);
  const badUrl = !/^https?:\/\/[^\s/@]+/i.test(url.trim()), noEvents = !all && !chosen.length;
  const add = useAction(async () => onDone(await api.post('/admin/webhooks', { url: url.trim(), events: all ? ['*'] : chosen })));
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); setTried(true); if (!badUrl && !noEvents) void add.run(); };
  const toggle = (/** @type {string} */ event, /** @type {boolean} */ on) => choose(on ? [...chosen, event] : chosen.filter((one) => one !== event));
  const eventsFault = tried && noEvents ? t('adminWebhooks.oneEvent') : faultText(add.error?.field('events'));
  return html`<${Dialog} title=${t('adminWebhooks.addTitle')} onClose=${onClose}><form class="stack" novalidate onSubmit=${submit}>
    <${Field} label=${t('adminWebhooks.address')} type="url" inputmode="url" autocomplete="off" spellcheck="false" maxlength="2048" hint=${t('adminWebhooks.addressHint')}
      error=${tried && badUrl ? t('adminWebhooks.badUrl') : add.error?.field('url')} value=${url} onInput=${(/** @type {any} */ event) => setUrl(event.currentTarget.value)} autofocus />
    <fieldset class="stack tight"><legend class="label">${t('adminWebhooks.events')}</legend>
      <${Checkbox} label=${t('adminWebhooks.everything')} checked=${all} onChange=${setAll} />
      ${!all && EVENTS.map((event) => html`<${Checkbox} key=${event} label=${html`${eventName(event)} <code class="muted">${event}</code>`} checked=${chosen.includes(event)} onChange=${(/** @type {boolean} */ on) => toggle(event, on)} />`)}
      ${eventsFault && html`<${FieldError} text=${eventsFault} />`}</fieldset>
    ${!add.error?.errors.length && html`<${ProblemNotice} error=${add.error} />`}
    <div class="acts"><${Button} kind="line" onClick=${onClose}>${t('common.cancel')}</${Button}><${Button} type="submit" busy=${add.busy}>${t('adminWebhooks.add')}</${Button}></div>
  </form></${Dialog}>`;
}
