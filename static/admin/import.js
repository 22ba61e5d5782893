import { classes, html, useRef, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { download } from '../lib/download.js';
import { number, t } from '../lib/i18n.js';
import { useAction, usePage } from '../lib/page.js';
import { toast } from '../lib/toast.js';
import { Button, Passing } from '../ui/button.js';
import { problemText } from '../ui/error.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { Tile, Tiles } from '../ui/tile.js';
import { readCsv } from './import/csv.js';
import { Sheet } from './import/sheet.js';
import { useTopbar } from './shell.js';

/** @typedef {import('./import/csv.js').Row} Row */
/** @typedef {{dry_run: boolean, created: number, changed: number, unchanged: number, categories: number, faults: import('./import/csv.js').SheetFault[], fault_count: number}} Report */

const BYTES = 8 * 1024 * 1024, IMPORT_MS = 300_000;

/** Products as a table: out, and in after a check that writes nothing. */
export default function Page() {
  const [file, setFile] = useState(/** @type {File | null} */ (null)), [rows, setRows] = useState(/** @type {Row[]} */ ([])), [report, setReport] = useState(/** @type {Report | null} */ (null)), [wrong, setWrong] = useState('');
  usePage({ title: t('adminImport.title') });
  useTopbar({ crumbs: [{ label: t('adminCommon.products'), href: '/admin/products' }, { label: t('adminImport.crumb') }] }, []);
  const check = useAction(async (/** @type {File} */ next) => { setReport(await send(next, true)); });
  const write = useAction(async () => { setReport(await send(/** @type {File} */ (file), false)); });
  const save = useAction(async () => download('/admin/products/export', 'products.csv', { query: { bom: true } }));
  const take = async (/** @type {File | undefined} */ next) => {
    if (!next) return;
    setFile(next); setReport(null); setRows([]); setWrong(''); check.clear(); write.clear();
    if (next.size > BYTES) { setWrong(t('adminImport.tooLarge')); return; }
    const bytes = new Uint8Array(await next.slice(0, 4).arrayBuffer());
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes.includes(0)) { setWrong(t('adminImport.utf16')); return; }
    setRows(readCsv(await next.text()));
    await check.run(next);
  };
  const error = write.error ?? check.error;
  return html`<div class="work-head"><div><h1 tabindex="-1">${t('adminImport.title')}</h1><p class="sub import-intro">${t('adminImport.intro')}</p></div></div>
    <div class="split"><section class="panel" aria-labelledby="in"><header><h2 id="in">${t('adminImport.inTitle')}</h2>${file && !check.busy && html`<${FileLink} onFile=${take} />`}</header>
      <div class="in stack">${!file || wrong ? html`<${Drop} onFile=${take} />` : null}
        ${check.busy && html`<p class="row" role="status"><${Passing} /> ${t('adminImport.checking', { name: file?.name ?? '' })}</p>`}
        ${wrong && html`<${Notice} kind="bad" alert>${wrong}</${Notice}>`}
        ${error && html`<${Notice} kind="bad" alert>${problemText(error)}</${Notice}>`}
        ${report && file && html`<${Outcome} report=${report} name=${file.name} busy=${write.busy} onWrite=${() => void write.run()} />`}</div></section>
      <section class="panel" aria-labelledby="out"><header><h2 id="out">${t('adminImport.out')}</h2></header><div class="in stack"><p class="muted">${t('adminImport.outHint')}</p>
        ${save.error && html`<${Notice} kind="bad" alert>${problemText(save.error)}</${Notice}>`}
        <div><${Button} kind="line" busy=${save.busy} onClick=${() => void save.run()}><${Icon} name="download" />${t('adminImport.downloadCsv')}</${Button}></div></div></section></div>
    ${report && rows.length > 0 && report.dry_run && html`<${Sheet} rows=${rows} faults=${report.faults} />`}`;
}

/** @param {File} file @param {boolean} dryRun @returns {Promise<Report>} */
async function send(file, dryRun) {
  const form = new FormData();
  form.append('file', file, file.name);
  form.append('dry_run', String(dryRun));
  const { data } = await api.send('POST', '/admin/products/import', form, { timeout: IMPORT_MS });
  if (!dryRun) toast(t('adminImport.written'));
  return data;
}

/** @param {{onFile: (file: File | undefined) => Promise<void>}} props */
function Drop({ onFile }) {
  const [over, setOver] = useState(false);
  const drag = (/** @type {DragEvent} */ event) => { event.preventDefault(); setOver(true); };
  const drop = (/** @type {DragEvent} */ event) => { event.preventDefault(); setOver(false); void onFile(event.dataTransfer?.files[0]); };
  return html`<label class=${classes('file-drop', over && 'drop-over')} onDragOver=${drag} onDragEnter=${drag} onDragLeave=${() => setOver(false)} onDrop=${drop}><${FileInput} onFile=${onFile} />
    <${Icon} name="upload" /><b>${t(over ? 'adminImport.dropNow' : 'adminImport.drop')}</b><span class="muted tiny">${t('adminImport.atMost')}</span></label>`;
}

/** @param {{onFile: (file: File | undefined) => Promise<void>}} props */
function FileLink({ onFile }) {
  return html`<label class="link tiny file-link"><${FileInput} onFile=${onFile} />${t('adminImport.another')}</label>`;
}

/** @param {{onFile: (file: File | undefined) => Promise<void>}} props */
function FileInput({ onFile }) {
  const ref = useRef(/** @type {HTMLInputElement | null} */ (null));
  const choose = () => { void onFile(ref.current?.files?.[0]); if (ref.current) ref.current.value = ''; };
  return html`<input class="unseen" ref=${ref} type="file" accept=".csv,.tsv,.txt,text/csv" onChange=${choose} />`;
}

/** What the check or the import found. @param {{report: Report, name: string, busy: boolean, onWrite: () => void}} props */
function Outcome({ report, name, busy, onWrite }) {
  const n = report.created + report.changed, told = report.faults.length;
  if (report.fault_count) {
    return html`<${Notice} kind="bad" alert><b>${name}</b> ${t('adminImport.faults', { n: report.fault_count })} ${report.fault_count > told && t('adminImport.firstFaults', { n: told })}</${Notice}>`;
  }
  const word = !report.dry_run ? t('adminImport.written') : n || report.categories ? t('adminImport.ready', { name }) : t('adminImport.nothing', { name });
  return html`<${Notice} kind="good" alert>${word}</${Notice}><${Tiles}><${Tile} label=${t('adminImport.created')} value=${number(report.created)} /><${Tile} label=${t('adminImport.changed')} value=${number(report.changed)} />
      <${Tile} label=${t('adminImport.unchanged')} value=${number(report.unchanged)} /><${Tile} label=${t('adminImport.categories')} value=${number(report.categories)} /></${Tiles}>
    ${report.dry_run ? (n > 0 || report.categories > 0) && html`<div><${Button} busy=${busy} onClick=${onWrite}>${t('adminImport.write', { n })}</${Button}></div>`
      : html`<div><${Button} kind="line" href="/admin/products">${t('adminImport.toProducts')}</${Button}></div>`}`;
}
