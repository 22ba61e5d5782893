import { html, useEffect, useRef, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { breakable } from '../../lib/rich.js';
import { Icon } from '../../ui/icon.js';
import { Picture } from '../../ui/plate.js';

/** @typedef {import('../../types/api.js').Carousel} Slide */
/** @typedef {import('../../types/api.js').Product} Product */

const STAYS_MS = 7000;

/**
 * One slide at a time. It moves by itself every seven seconds, rests under the pointer and the focus, and for good after
 * a step by hand; with reduced motion it stands.
 * @param {{slides: Slide[], known: Map<number, Product>}} props `known` products lend their line to a slide
 */
export function Carousel({ slides, known }) {
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [held, setHeld] = useState(false);
  const slide = slides[at], many = slides.length > 1;
  useAutoplay(many && playing && !held, () => setAt((i) => (i + 1) % slides.length), at);
  const step = (/** @type {number} */ by) => { setPlaying(false); setAt((at + by + slides.length) % slides.length); };
  const swipe = useSwipe(step);
  const product = slide.product_id ? known.get(slide.product_id) : undefined;
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false), onFocusIn: () => setHeld(true), onFocusOut: () => setHeld(false) };
  return html`<section class="hero plain" aria-roledescription="carousel" aria-label=${t('catalogue.highlights')} ...${hold} ...${swipe}>
    <${Picture} key=${slide.id} class="hero-pic" image=${slide.image} sizes="(width < 48rem) 100vw, 60vw" eager=${at === 0} />
    <div class="wrap"><div class="hero-slide" aria-live=${playing ? 'off' : 'polite'}>
      <h1>${breakable(slide.title)}</h1>
      ${product && html`<p class="lead">${t('catalogue.slideLead', { name: product.name, title: product.title })}</p>`}
      ${slide.product_id ? html`<p class="row"><a class="btn primary" href=${`/p/${slide.product_id}`}>${t('catalogue.seeIt')}</a></p>` : null}</div>
      ${many && html`<${Controls} at=${at} count=${slides.length} playing=${playing} onStep=${step} onPlay=${() => setPlaying(!playing)} />`}
    </div></section>`;
}

/** @param {{at: number, count: number, playing: boolean, onStep: (by: number) => void, onPlay: () => void}} props */
function Controls({ at, count, playing, onStep, onPlay }) {
  return html`<div class="hero-ctl">
    <button class="icon-btn" type="button" aria-label=${t('common.previous')} onClick=${() => onStep(-1)}><${Icon} name="chevron-left" /></button>
    <span class="hero-steps" role="img" aria-label=${t('catalogue.slideOf', { n: at + 1, total: count })}>${Array.from({ length: count }, (_, i) => html`<i class=${i === at ? 'on' : ''}></i>`)}</span>
    <button class="icon-btn" type="button" aria-label=${t('common.next')} onClick=${() => onStep(1)}><${Icon} name="chevron-right" /></button>
    <button class="icon-btn" type="button" aria-label=${t(playing ? 'catalogue.pause' : 'catalogue.play')} onClick=${onPlay}><${Icon} name=${playing ? 'pause' : 'play'} /></button>
  </div>`;
}

/** @param {boolean} on @param {() => void} advance @param {number} at starts the seven seconds again */
function useAutoplay(on, advance, at) {
  useEffect(() => {
    if (!on) return undefined;
    const timer = setTimeout(() => { if (document.visibilityState === 'visible') advance(); }, STAYS_MS);
    return () => clearTimeout(timer);
  }, [on, at]);
}

/** @param {(by: number) => void} step */
function useSwipe(step) {
  const from = useRef(/** @type {{x: number, y: number} | null} */ (null));
  return {
    onTouchStart: (/** @type {TouchEvent} */ event) => { from.current = { x: event.touches[0].clientX, y: event.touches[0].clientY }; },
    onTouchEnd: (/** @type {TouchEvent} */ event) => {
      const { clientX, clientY } = event.changedTouches[0], start = from.current;
      if (start && Math.abs(clientX - start.x) > 48 && Math.abs(clientY - start.y) < 40) step(clientX < start.x ? 1 : -1);
    },
  };
}
