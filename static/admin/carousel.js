/** To be written. */
export { default } from '../shop/not-found.js';
