import { html, useEffect, useRef } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { online } from '../lib/online.js';
import { toast } from '../lib/toast.js';
import { Icon } from './icon.js';

/** A bar under the header while there is no network. */
export function OfflineBar() {
  const is = online.value, was = useRef(is);
  useEffect(() => {
    if (is && !was.current) toast(t('common.onlineAgain'));
    was.current = is;
  }, [is]);
  return is ? null : html`<p class="offline" role="status"><${Icon} name="wifi-off" />${t('common.offline')}</p>`;
}
