import { html, useEffect, useRef } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { drag, MAX_ZOOM, part, zoomTo } from './crop.js';

/** Edge of the square on the screen, in CSS pixels; the sheet makes it smaller where there is less room. */
const VIEW = 288;
/** Edge of what is sent. */
const SENT = 512;
/** How far a key moves, and how much a key or a turn of the wheel zooms. */
const STEP = 16, ZOOM_STEP = 1.12;

/** @typedef {import('./crop.js').Crop} Crop */

/** @param {CanvasRenderingContext2D} context @param {ImageBitmap} image @param {Crop} crop @param {number} length */
function draw(context, image, crop, length) {
  const from = part(crop, image);
  context.imageSmoothingQuality = 'high';
  context.clearRect(0, 0, length, length);
  context.drawImage(image, from.left, from.top, from.length, from.length, 0, 0, length, length);
}

/** The chosen part as a file: a JPEG from photographs, else a PNG, which keeps what is see-through. @param {ImageBitmap} image @param {Crop} crop @param {string} type @returns {Promise<Blob>} */
export function cut(image, crop, type) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SENT;
  draw(/** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')), image, crop, SENT);
  const kind = type === 'image/jpeg' ? type : 'image/png';
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no picture'))), kind, 0.9));
}

/**
 * The part is moved by dragging and by arrow keys, and sized by wheel, two fingers, plus and minus, and the slider.
 * @param {{image: ImageBitmap, crop: Crop, onChange: (crop: Crop) => void}} props
 */
export function Cropper({ image, crop, onChange }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const latest = useRef(crop);
  latest.current = crop;
  /** Fingers that are down. @type {{current: Map<number, {x: number, y: number}>}} */
  const fingers = useRef(new Map());
  const view = () => canvas.current?.clientWidth || VIEW;
  const set = (/** @type {Crop} */ next) => { latest.current = next; onChange(next); };
  const zoom = (/** @type {number} */ factor, /** @type {{x: number, y: number}} */ at = { x: 0, y: 0 }) => set(zoomTo(latest.current, image, view(), latest.current.zoom * factor, at));
  const fromMiddle = (/** @type {{clientX: number, clientY: number}} */ point) => {
    const box = /** @type {HTMLElement} */ (canvas.current).getBoundingClientRect();
    return { x: point.clientX - box.left - box.width / 2, y: point.clientY - box.top - box.height / 2 };
  };

  useEffect(() => {
    const on = canvas.current, context = on?.getContext('2d');
    if (!on || !context) return;
    const length = Math.round(VIEW * Math.min(2, devicePixelRatio));
    if (on.width !== length) on.width = on.height = length;
    draw(context, image, crop, length);
  }, [image, crop]);

  const move = (/** @type {any} */ event) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = fromMiddle(event), others = [...fingers.current].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    fingers.current.set(event.pointerId, now);
    if (!others.length) return set(drag(latest.current, image, view(), now.x - before.x, now.y - before.y));
    const [other] = others, gap = (/** @type {{x: number, y: number}} */ p) => Math.hypot(p.x - other.x, p.y - other.y);
    if (gap(before) > 0) zoom(gap(now) / gap(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
  };
  const down = (/** @type {any} */ event) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, fromMiddle(event));
  };
  const up = (/** @type {any} */ event) => { fingers.current.delete(event.pointerId); };
  const wheel = (/** @type {any} */ event) => { event.preventDefault(); zoom(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, fromMiddle(event)); };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const step = event.shiftKey ? STEP * 3 : STEP;
    const by = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] })[event.key];
    if (by) set(drag(latest.current, image, view(), ...by));
    else if (event.key === '+' || event.key === '=') zoom(ZOOM_STEP);
    else if (event.key === '-') zoom(1 / ZOOM_STEP);
    else return;
    event.preventDefault();
  };
  return html`<div class="cropper">
    <div class="crop-room" tabindex="0" role="group" aria-label=${t('account.part')} aria-describedby="crop-how" onPointerDown=${down} onPointerMove=${move} onPointerUp=${up}
      onPointerCancel=${up} onWheel=${wheel} onKeyDown=${key}><canvas ref=${canvas} aria-hidden="true"></canvas></div>
    <p class="small muted" id="crop-how">${t('account.partHow')}</p>
    <label class="crop-zoom"><span class="label">${t('account.zoom')}</span><input type="range" min="0" max="1" step="0.01" value=${Math.log(crop.zoom) / Math.log(MAX_ZOOM)} aria-valuetext=${`${Math.round(crop.zoom * 100)}%`}
      onInput=${(/** @type {any} */ event) => set(zoomTo(latest.current, image, view(), MAX_ZOOM ** Number(event.currentTarget.value)))} /></label>
  </div>`;
}
