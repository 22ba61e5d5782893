import { html, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Checkbox } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';

/** The key of the signatures, shown this once: the dialog stays until it is said to be kept. @param {{hook: import('../../types/api.js').Webhook, onDone: () => void}} props */
export function Secret({ hook, onDone }) {
  const [kept, keep] = useState(false), [copied, setCopied] = useState(false);
  const copy = async () => { try { await navigator.clipboard.writeText(hook.secret ?? ''); setCopied(true); } catch { setCopied(false); } };
  return html`<${Dialog} must title=${t('adminWebhooks.secretTitle')} onClose=${() => {}}>
    <p class="muted">${t('adminWebhooks.secretText')}</p>
    <div class="secret"><code tabindex="0">${hook.secret}</code><${Button} kind="line" onClick=${() => void copy()}><${Icon} name=${copied ? 'check' : 'copy'} />${t(copied ? 'common.copied' : 'common.copy')}</${Button}></div>
    <span class="unseen" role="status">${copied ? t('common.copied') : ''}</span>
    <${Checkbox} label=${t('adminWebhooks.secretKept')} checked=${kept} onChange=${keep} />
    <div class="acts"><${Button} disabled=${!kept} onClick=${onDone}>${t('adminWebhooks.secretDone')}</${Button}></div>
  </${Dialog}>`;
}
