import { html, useState } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { usePage } from '../lib/page.js';
import { rich } from '../lib/rich.js';
import { isAdmin, user } from '../lib/session.js';
import { shop } from '../lib/shop.js';
import { AccountFrame } from './account/frame.js';
import { Purse } from './wallet/purse.js';
import { Statement, useStatement } from './wallet/statement.js';

/** @type {import('../lib/router.js').Page} */
export default function Wallet() {
  const statement = useStatement(user.value?.id);
  const [balance, setBalance] = useState(/** @type {import('../types/api.js').Balance | null} */ (null));
  usePage({ title: t('common.wallet'), ready: !statement.first.loading });
  return html`<${AccountFrame} at="wallet" title=${t('common.wallet')}>
    <${Purse} balance=${balance} onChange=${setBalance} />
    <${Statement} statement=${statement} open=${balance !== null} />
    <${TopUp} />
  </${AccountFrame}>`;
}

/** How money comes in. */
function TopUp() {
  const users = (/** @type {string} */ inner) => (isAdmin.value || shop.demo ? html`<a class="link" href="/admin/users">${inner}</a>` : inner);
  const name = user.value?.user_name ?? '';
  return html`<section aria-labelledby="top-up"><h2 class="h-part" id="top-up">${t('account.topUp')}</h2>
    <p class="muted">${rich('account.topUpText', {}, { name })} ${shop.demo && rich('account.topUpDemo', { users })}</p></section>`;
}
