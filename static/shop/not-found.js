import { html } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { usePage } from '../lib/page.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';

/** For addresses that are none; the server has said 404. */
export default function NotFound() {
  usePage({ title: t('common.notFoundTitle') });
  return html`<div class="wrap waiting"><${Empty} page title=${t('common.notFoundTitle')} text=${t('common.notFoundText')}>
    <div class="row"><${Button} href="/c">${t('common.toSearch')}</${Button}><${Button} kind="line" href="/">${t('common.toHome')}</${Button}></div>
  </${Empty}></div>`;
}
