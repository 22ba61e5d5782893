import { html, useEffect, useState } from '../lib/html.js';
import { t, tMaybe } from '../lib/i18n.js';

/** @typedef {import('../lib/problem.js').Problem} Problem */

/** One sentence by the code of the problem. @param {Problem} error */
export const problemText = (error) => tMaybe(`problems.${error.code}`) ?? tMaybe('problems.unknown') ?? '';

/** @type {typeof import('./error-state.js').ErrorState | null} */
let State = null;

/** Its script is fetched with the first error; `useLoad` waits for it before it tells of one. */
export async function loadErrorState() {
  State ??= (await import('./error-state.js')).ErrorState;
}

/**
 * What failed, that nothing was bought, when it tries again, a button.
 * @param {{error: Problem, retry?: () => void, busy?: boolean, page?: boolean}} props `page`: its title is the `h1`
 */
export function ErrorState(props) {
  const [, again] = useState(0);
  useEffect(() => { if (!State) loadErrorState().then(() => again(1), () => {}); }, []);
  if (State) return html`<${State} ...${props} />`;
  return html`<div role="alert" class="empty"><h1>${t('common.errorTitle')}</h1>
    ${props.retry && html`<button class="btn line" type="button" onClick=${props.retry}>${t('common.retry')}</button>`}</div>`;
}
