import { html } from '../lib/html.js';
import { ErrorState } from './error.js';
import { LoadingWord } from './skeleton.js';

/**
 * The three faces of a load: its data, its error with a way on, a skeleton after 200 ms.
 * @param {{of: import('../lib/page.js').Load<any>, skeleton?: any, page?: boolean, children: (data: any) => any}} props
 *   `page`: this is the page's main data, so the error's title is the `h1`
 */
export function Loaded({ of: load, skeleton, page, children }) {
  if (load.data !== undefined) return children(load.data);
  if (load.error) return html`<div class=${page ? 'wrap waiting' : undefined}><${ErrorState} error=${load.error} retry=${load.reload} busy=${load.loading} page=${page} /></div>`;
  return load.slow ? html`<${LoadingWord} />${skeleton ?? null}` : null;
}
