/** For `node --test`: bare names lead to vendor/, as the import map of the pages says. */
import { register } from 'node:module';

const VENDOR = new URL('../vendor/', import.meta.url).href;
const NAMES = { preact: 'preact.js', 'preact/hooks': 'hooks.js', '@preact/signals-core': 'signals-core.js', '@preact/signals': 'signals.js', htm: 'htm.js' };

register(`data:text/javascript,${encodeURIComponent(`
const names = ${JSON.stringify(NAMES)};
export const resolve = (name, context, next) => names[name]
  ? { url: ${JSON.stringify(VENDOR)} + names[name], format: 'module', shortCircuit: true } : next(name, context);
export const load = (url, context, next) => next(url, /\\/static\\/.*\\.js$/.test(url) ? { ...context, format: 'module' } : context);
`)}`);
