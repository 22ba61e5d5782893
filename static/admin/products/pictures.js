import { classes, html, useEffect, useRef, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { PICTURE_TYPES, pictureFault } from '../../lib/picture-files.js';
import { FieldError } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { moved } from '../../ui/reorder.js';
import { useSortable } from '../../ui/sortable.js';
import { newKey } from './draft.js';

/** @typedef {import('./draft.js').Shot} Shot */

const MOST = 10;

/**
 * The pictures of a product: dropped or chosen, in an order of their own, the first is the cover.
 * @param {{shots: Shot[], onChange: (shots: Shot[]) => void, uploading: string | null, fault?: string | null}} props `uploading`: key of the one on its way
 */
export function Pictures({ shots, onChange, uploading, fault }) {
  const [faults, setFaults] = useState(/** @type {string[]} */ ([])), [over, setOver] = useState(false), [said, say] = useState('');
  const latest = useRef(shots);
  latest.current = shots;
  const move = (/** @type {number} */ from, /** @type {number} */ to) => {
    onChange(moved(latest.current, from, to));
    say(t('adminProducts.movedTo', { n: to + 1, total: shots.length }));
  };
  const sort = useSortable({ count: shots.length, onMove: move });
  useObjectUrls(shots);
  const add = async (/** @type {File[]} */ files) => {
    const { good, wrong } = await sorted(files, MOST - latest.current.length);
    setFaults(wrong);
    onChange([...latest.current, ...good]);
  };
  const drop = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setOver(false);
    void add([...(event.dataTransfer?.files ?? [])]);
  };
  const drag = (/** @type {DragEvent} */ event) => { if (event.dataTransfer?.types.includes('Files')) { event.preventDefault(); setOver(true); } };
  const leave = (/** @type {any} */ event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOver(false); };
  return html`<section class=${classes('panel', over && 'drop-over')} aria-labelledby="pictures" onDragEnter=${drag} onDragOver=${drag} onDragLeave=${leave} onDrop=${drop}>
    <header><h2 id="pictures">${t('adminProducts.pictures')}</h2><span class="note">${t('adminProducts.picturesHint')}</span></header>
    <div class="in stack"><ol class="shots" ref=${sort.root}>${shots.map((shot, i) => html`<li key=${shot.key} class=${classes('shot', sort.lifted === i && 'lifted', shot.key === uploading && 'on-its-way')} ...${sort.item(i)}>
        <img src=${shot.url} alt="" draggable=${false} />
        <button type="button" class="grip" aria-label=${t('adminProducts.grip', { n: i + 1, total: shots.length })} ...${sort.grip(i)}><${Icon} name="grip-vertical" /></button>
        <button type="button" class="grip shot-remove" aria-label=${t('adminProducts.removePicture', { n: i + 1 })} onClick=${() => onChange(shots.filter((one) => one !== shot))}><${Icon} name="x" /></button>
        ${i === 0 ? html`<span class="tag paper">${t('adminProducts.cover')}</span>` : shot.file && html`<span class="tag paper">${t('adminProducts.notSavedYet')}</span>`}</li>`)}
      ${shots.length < MOST && html`<li><${PictureInput} label=${t(over ? 'adminProducts.dropHere' : 'adminProducts.addPictures')} hint=${t('adminProducts.eachAtMost')} multiple onFiles=${add} /></li>`}</ol>
      ${[...faults, ...(fault ? [fault] : [])].map((text) => html`<${FieldError} text=${text} />`)}
      <p class="unseen" role="status">${said}</p></div></section>`;
}

/** The place where files are chosen. @param {{label: string, hint?: string, multiple?: boolean, onFiles: (files: File[]) => Promise<void> | void, class?: string}} props */
export function PictureInput({ label, hint, multiple, onFiles, class: extra }) {
  const choose = (/** @type {any} */ event) => { void onFiles([...event.currentTarget.files]); event.currentTarget.value = ''; };
  return html`<label class=${classes('shot place', extra)}><input class="unseen" type="file" accept=${PICTURE_TYPES.join()} multiple=${multiple} onChange=${choose} />
    <${Icon} name="image-plus" /><span>${label}${hint && html`<span class="wide-only hint-line">${hint}</span>`}</span></label>`;
}

/** What can be taken of the files, and what is wrong with the others. @param {File[]} files @param {number} room */
async function sorted(files, room) {
  /** @type {Shot[]} */
  const good = [];
  const wrong = files.length > room ? [t('adminProducts.picturesMost')] : [];
  for (const file of files.slice(0, room)) {
    const fault = await pictureFault(file);
    if (fault) wrong.push(t(`adminProducts.${fault}`, { name: file.name }));
    else good.push({ key: newKey(), image: null, file, name: file.name, url: URL.createObjectURL(file) });
  }
  return { good, wrong };
}

/** Lets go of the files when the editor closes: a discarded one may still come back by undo. @param {Shot[]} shots */
function useObjectUrls(shots) {
  const made = useRef(new Set());
  for (const shot of shots) if (shot.file) made.current.add(shot.url);
  useEffect(() => () => { for (const url of made.current) URL.revokeObjectURL(url); }, []);
}
