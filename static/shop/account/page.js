/** To be written. */
export { default } from '../not-found.js';
