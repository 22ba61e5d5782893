import { html, useEffect, useRef, useState } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { online } from '../lib/online.js';
import { timeOfDay } from '../lib/time.js';
import { toast } from '../lib/toast.js';
import { Icon } from './icon.js';

/** A bar under the header while there is no network. */
export function OfflineBar() {
  const is = online.value, was = useRef(is);
  const [since, setSince] = useState(() => Date.now());
  useEffect(() => {
    if (is && !was.current) toast(t('common.onlineAgain'));
    if (!is && was.current) setSince(Date.now());
    was.current = is;
  }, [is]);
  return is ? null : html`<p class="offline" role="status"><${Icon} name="wifi-off" /><span>${t('common.offline', { time: timeOfDay(since) })}</span></p>`;
}
