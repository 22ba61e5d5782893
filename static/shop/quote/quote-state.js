/** What stands in the place of the totals while there are none. */
import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { ActButton } from '../../ui/act-button.js';
import { SkeletonLine } from '../../ui/skeleton.js';
import { Trouble } from '../checkout/trouble.js';

/** The shop does not say what it costs; nothing is guessed. @param {{quoted: import('./use-quote.js').Quoted}} props */
export const QuoteFailed = ({ quoted }) => html`<div class="stack quote-failed"><${Trouble} error=${quoted.error} unknown="checkout.quoteUnknown" />
  <${ActButton} kind="line" size="sm" error=${quoted.error} busy=${quoted.busy} onClick=${quoted.reload}>${t('common.retry')}</${ActButton}></div>`;

export const TotalsWait = () => html`<div class="stack" aria-hidden="true"><${SkeletonLine} width="100%" /><${SkeletonLine} width="100%" /></div>`;
