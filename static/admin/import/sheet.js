import { classes, html } from '../../lib/html.js';
import { language, number, t } from '../../lib/i18n.js';
import { Icon } from '../../ui/icon.js';
import { reasonOf, rowOf, shownRows } from './csv.js';

/** @typedef {import('./csv.js').Row} Row */
/** @typedef {import('./csv.js').SheetFault} SheetFault */

const MOST = 60;

/** The file as a table, its faulty cells marked with the reason. @param {{rows: Row[], faults: SheetFault[]}} props */
export function Sheet({ rows, faults }) {
  const head = rows[0]?.cells ?? [], body = rows.slice(1), { rows: shown, kind } = shownRows(body, faults, MOST);
  const note = kind === 'all' ? t('adminImport.allRows', { n: body.length }) : kind === 'faulty' ? t('adminImport.onlyFaulty', { total: body.length }) : t('adminImport.firstRows', { n: shown.length, total: body.length });
  const inHead = faults.filter((fault) => !rowOf(body, fault.line) || fault.line < (body[0]?.line ?? Infinity));
  return html`<div class="panel"><header><h2 id="sheet">${t('adminImport.sheet')}</h2><span class="note">${note}</span></header>
    <div class="in"><div class="table-wrap sheet" tabindex="0" role="region" aria-label=${t('adminImport.sheet')}><table class="table"><thead><tr><th scope="col" class="end">${t('adminImport.row')}</th>
        ${head.map((name) => html`<${Cell} tag="th" value=${name} faults=${inHead.filter((fault) => sameName(fault.column, name))} />`)}</tr></thead>
      <tbody>${shown.map((row) => html`<${Line} key=${row.line} row=${row} head=${head} faults=${faults.filter((fault) => !inHead.includes(fault) && rowOf(body, fault.line) === row)} />`)}</tbody></table></div></div></div>`;
}

/** @param {string} column @param {string} name */
const sameName = (column, name) => column !== '' && column.trim().toLowerCase() === name.trim().toLowerCase();

/** @param {{row: Row, head: string[], faults: SheetFault[]}} props */
function Line({ row, head, faults }) {
  const whole = faults.filter((fault) => !head.some((name) => sameName(fault.column, name)));
  return html`<tr class=${classes(whole.length > 0 && 'faulty')}><th scope="row" class="end">${number(row.line)}${whole.map((fault) => html`<${Reason} fault=${fault} />`)}</th>
    ${head.map((name, i) => html`<${Cell} value=${row.cells[i] ?? ''} faults=${faults.filter((fault) => sameName(fault.column, name))} />`)}</tr>`;
}

/** @param {{value: string, faults: SheetFault[], tag?: string}} props */
function Cell({ value, faults, tag = 'td' }) {
  return html`<${tag} scope=${tag === 'th' ? 'col' : undefined} class=${faults.length ? 'faulty' : undefined}><span class="sheet-value" title=${value.length > 40 ? value : undefined}>${value || (faults.length ? '–' : '')}</span>
    ${faults.map((fault) => html`<${Reason} fault=${fault} />`)}</${tag}>`;
}

/** The shop writes its reasons in English: known ones are translated, others are shown as they are. @param {{fault: SheetFault}} props */
function Reason({ fault }) {
  const reason = reasonOf(fault.detail), own = reason === 'other' && language === 'en';
  return html`<span class="error"><${Icon} name="circle-alert" /><span>${own ? fault.detail : t(/** @type {any} */ (`adminImport.f_${reason}`))}${reason === 'other' && !own && html` <small lang="en">${fault.detail}</small>`}</span></span>`;
}
