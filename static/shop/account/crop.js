/**
 * The square part of a picture that is shown: its middle in the picture's own pixels, and how much larger than
 * necessary the picture is drawn. Pure geometry; `view` is the edge of the square on the screen.
 */

/** @typedef {{zoom: number, x: number, y: number}} Crop */
/** @typedef {{width: number, height: number}} Size */

export const MAX_ZOOM = 6;

/** @param {Size} size @returns {Crop} the largest square in the middle */
export const whole = ({ width, height }) => ({ zoom: 1, x: width / 2, y: height / 2 });

/** Pixels of the picture along one edge of the square. @param {Crop} crop @param {Size} size */
export const edge = ({ zoom }, { width, height }) => Math.min(width, height) / zoom;

/** Keeps the square inside of the picture. @param {Crop} crop @param {Size} size @returns {Crop} */
export function inside(crop, size) {
  const zoom = Math.min(MAX_ZOOM, Math.max(1, crop.zoom)), half = edge({ ...crop, zoom }, size) / 2;
  const within = (/** @type {number} */ at, /** @type {number} */ length) => Math.min(length - half, Math.max(half, at));
  return { zoom, x: within(crop.x, size.width), y: within(crop.y, size.height) };
}

/** The picture follows the pointer. @param {Crop} crop @param {Size} size @param {number} view @param {number} dx @param {number} dy on the screen */
export function drag(crop, size, view, dx, dy) {
  const scale = edge(crop, size) / view;
  return inside({ ...crop, x: crop.x - dx * scale, y: crop.y - dy * scale }, size);
}

/** What is under the point stays there. @param {Crop} crop @param {Size} size @param {number} view @param {number} zoom @param {{x: number, y: number}} [at] on the screen, from the middle */
export function zoomTo(crop, size, view, zoom, at = { x: 0, y: 0 }) {
  const next = Math.min(MAX_ZOOM, Math.max(1, zoom)), before = edge(crop, size) / view, after = edge({ ...crop, zoom: next }, size) / view;
  return inside({ zoom: next, x: crop.x + at.x * (before - after), y: crop.y + at.y * (before - after) }, size);
}

/** The part to draw. @param {Crop} crop @param {Size} size */
export function part(crop, size) {
  const length = edge(crop, size);
  return { left: crop.x - length / 2, top: crop.y - length / 2, length };
}
