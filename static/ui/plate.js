import { classes, html } from '../lib/html.js';

/** @typedef {import('../types/api.js').Image} Image */

/** Longest edges of the variants, as the shop makes them; a picture that is smaller has them no wider than itself. */
const EDGES = { thumb: 160, small: 400, large: 800 };

/** @param {Image} image */
export function srcset(image) {
  const widths = /** @type {('thumb' | 'small' | 'large')[]} */ (['thumb', 'small', 'large']).map((name) => {
    const edge = EDGES[name], scale = Math.min(1, edge / Math.max(image.width, image.height));
    return { url: image.variants[name], width: name === 'large' ? image.width : Math.round(image.width * scale) };
  });
  return widths.map(({ url, width }) => `${url} ${width}w`).join(', ');
}

/**
 * A picture in the size that the place needs. `alt` is empty where the name stands beside it.
 * @param {{image: Image | null | undefined, alt?: string, sizes?: string, eager?: boolean, class?: string, [more: string]: any}} props
 */
export function Picture({ image, alt = '', sizes = '20rem', eager, class: extra, ...rest }) {
  if (!image) return null;
  return html`<img class=${extra} src=${image.variants.large} srcset=${srcset(image)} sizes=${sizes} width=${image.width} height=${image.height} alt=${alt}
    loading=${eager ? 'eager' : 'lazy'} decoding="async" fetchpriority=${eager ? 'high' : undefined} ...${rest} />`;
}

/** A picture on its plate. @param {{image: Image | null | undefined, alt?: string, sizes?: string, eager?: boolean, class?: string, children?: any}} props */
export function Plate({ image, alt, sizes, eager, class: extra, children }) {
  return html`<div class=${classes('plate', extra)}><${Picture} image=${image} alt=${alt} sizes=${sizes} eager=${eager} />${children}</div>`;
}
