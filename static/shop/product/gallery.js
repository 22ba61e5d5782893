import { html, useLayoutEffect, useRef, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { Dialog } from '../../ui/dialog.js';
import { Icon } from '../../ui/icon.js';
import { Picture } from '../../ui/plate.js';

/** @typedef {import('../../types/api.js').Image} Image */

/**
 * The main picture is a track that snaps, so that fingers, arrow keys and thumbs all scroll the same thing.
 * @param {{images: Image[], name: string, children?: any}} props `children` stand on the picture
 */
export function Gallery({ images, name, children }) {
  const track = useRef(/** @type {HTMLElement | null} */ (null));
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const go = (/** @type {number} */ i) => {
    const next = Math.min(Math.max(i, 0), images.length - 1);
    setAt(next);
    track.current?.scrollTo({ left: next * track.current.clientWidth, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth' });
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (open) return; // the viewer moves, and tells us
    if (event.key === 'ArrowRight') go(at + 1);
    else if (event.key === 'ArrowLeft') go(at - 1);
    else return;
    event.preventDefault();
  };
  const scrolled = () => { if (track.current) setAt(Math.round(track.current.scrollLeft / track.current.clientWidth)); };
  if (!images.length) return html`<div class="gallery"><div class="plate">${children}</div></div>`;
  return html`<div class="gallery" role="group" aria-label=${t('product.gallery')} onKeyDown=${key}>
    <div class="plate"><div class="gallery-track" ref=${track} onScrollEnd=${scrolled} tabindex=${images.length > 1 ? 0 : undefined} role="group" aria-label=${t('product.pictureN', { n: at + 1 })}>
        ${images.map((image, i) => html`<${Picture} key=${image.id} image=${image} alt=${altOf(name, i, images.length)} sizes="(width < 60rem) 100vw, 45rem" eager=${i === 0} aria-hidden=${i === at ? undefined : 'true'} />`)}</div>
      ${images.length > 1 && html`<span class="tag paper at">${at + 1} / ${images.length}</span>`}
      <button class="icon-btn zoom" type="button" aria-label=${t('product.enlarge')} onClick=${() => setOpen(true)}><${Icon} name="maximize-2" /></button>${children}</div>
    ${images.length > 1 && html`<div class="thumbs">${images.map((image, i) => html`<button type="button" aria-current=${i === at ? 'true' : undefined} aria-label=${t('product.pictureN', { n: i + 1 })}
      onClick=${() => go(i)}><${Picture} image=${image} sizes="5rem" /></button>`)}</div>`}
    ${open && html`<${Viewer} images=${images} name=${name} from=${at} onClose=${() => setOpen(false)} onMove=${go} />`}
  </div>`;
}

/** @param {string} name @param {number} i @param {number} count */
const altOf = (name, i, count) => (count > 1 ? t('product.pictureOf', { name, n: i + 1 }) : name);

const STEPS = [1, 1.5, 2, 3];

/** The picture by itself, as large as one likes. @param {{images: Image[], name: string, from: number, onClose: () => void, onMove: (i: number) => void}} props */
function Viewer({ images, name, from, onClose, onMove }) {
  const [at, setAt] = useState(from);
  const [zoom, setZoom] = useState(0);
  const move = (/** @type {number} */ by) => { const next = (at + by + images.length) % images.length; setAt(next); setZoom(0); onMove(next); };
  const scale = (/** @type {number} */ by) => setZoom((now) => Math.min(STEPS.length - 1, Math.max(0, now + by)));
  useLayoutEffect(() => { // before it is seen: a key pressed at once counts
    const key = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === '+' || event.key === '=') scale(1);
      if (event.key === '-') scale(-1);
      if (event.key === 'ArrowRight' && images.length > 1) move(1);
      if (event.key === 'ArrowLeft' && images.length > 1) move(-1);
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  });
  return html`<${Dialog} kind="viewer" title=${name} quiet onClose=${onClose}>
    <div class="viewer-bar"><span>${images.length > 1 ? `${at + 1} / ${images.length}` : ''}</span><div class="row">
      <${Tool} icon="minus" label=${t('product.zoomOut')} off=${zoom === 0} act=${() => scale(-1)} /><${Tool} icon="plus" label=${t('product.zoomIn')} off=${zoom === STEPS.length - 1} act=${() => scale(1)} />
      <${Tool} icon="x" label=${t('common.close')} act=${onClose} /></div></div>
    <div class="viewer-room"><${Picture} image=${images[at]} alt=${altOf(name, at, images.length)} sizes="100vw" eager style=${{ '--zoom': STEPS[zoom] }} onDblClick=${() => setZoom(zoom ? 0 : 2)} /></div>
    <div class="viewer-bar">${images.length > 1 ? html`<${Tool} icon="chevron-left" label=${t('common.previous')} act=${() => move(-1)} /><${Tool} icon="chevron-right" label=${t('common.next')} act=${() => move(1)} />` : null}</div>
  </${Dialog}>`;
}

/** @param {{icon: string, label: string, act: () => void, off?: boolean}} props */
const Tool = ({ icon, label, act, off }) => html`<button class="icon-btn" type="button" aria-label=${label} disabled=${off} onClick=${act}><${Icon} name=${icon} /></button>`;
