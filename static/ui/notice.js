import { classes, html } from '../lib/html.js';
import { Icon } from './icon.js';
import { problemText } from './error.js';

const ICONS = { '': 'info', warn: 'info', bad: 'circle-alert', good: 'circle-check' };

/** `kind`: warn, bad, good. @param {{kind?: '' | 'warn' | 'bad' | 'good', alert?: boolean, children?: any}} props `alert`: it has just arisen */
export function Notice({ kind = '', alert, children }) {
  return html`<div class=${classes('notice', kind)} role=${alert ? 'alert' : undefined}><${Icon} name=${ICONS[kind]} /><div>${children}</div></div>`;
}

/** What the shop refused, where it arose. @param {{error: import('../lib/problem.js').Problem | null}} props */
export const ProblemNotice = ({ error }) => (error ? html`<${Notice} kind="bad" alert>${problemText(error)}</${Notice}>` : null);
