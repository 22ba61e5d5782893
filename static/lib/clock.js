/**
 * The shop's clock. The visitor's may be wrong and may jump, so instants are counted on `performance.now()` from what
 * the shop said; the server alone decides when a sale opens.
 */
import { signal } from '@preact/signals';
import { api } from './api.js';

/** @typedef {{offset: number, rtt: number}} Sample `offset`: shop's epoch minus performance.now(), in ms */

const SAMPLES = 4;
const STALE_MS = 10 * 60 * 1000;

/** Half of the best round trip: how far the clock may be off, in ms; null until the shop was asked. */
export const precision = signal(/** @type {number | null} */ (null));

let offset = Date.now() - performance.now();
let syncedAt = -Infinity;
/** @type {Promise<void> | null} */
let running = null;

/** The shop's time, ms since the epoch. */
export const shopNow = () => performance.now() + offset;

/**
 * One answer: the shop read its clock about half a round trip after we asked.
 * @param {number} sent @param {number} received @param {number} epochMs
 * @returns {Sample}
 */
export const sample = (sent, received, epochMs) => ({ offset: epochMs - (sent + received) / 2, rtt: received - sent });

/** The sample with the shortest round trip errs least. @param {Sample[]} samples */
export const best = (samples) => samples.reduce((a, b) => (b.rtt < a.rtt ? b : a));

async function ask() {
  const sent = performance.now();
  const { epoch_ms } = await api.get('/time', { timeout: 4000 });
  return sample(sent, performance.now(), epoch_ms);
}

async function sync() {
  /** @type {Sample[]} */
  const samples = [];
  for (let i = 0; i < SAMPLES; i += 1) {
    try { samples.push(await ask()); } catch { break; } // what we have will do
  }
  if (!samples.length) return;
  const chosen = best(samples);
  offset = chosen.offset;
  precision.value = Math.ceil(chosen.rtt / 2);
  syncedAt = performance.now();
}

/** Asks the shop for its time; at most one asking runs, and not again within ten minutes unless forced. */
export function syncClock(force = false) {
  if (!force && performance.now() - syncedAt < STALE_MS) return Promise.resolve();
  running ??= sync().finally(() => { running = null; });
  return running;
}

/** A `server_time` of an answer that has just come, for use until the first real sync; what came with the page may be old. @param {string} serverTime */
export function hearTime(serverTime) {
  if (syncedAt === -Infinity) offset = Date.parse(serverTime) - performance.now();
}

// A machine that slept has stopped performance.now().
globalThis.document?.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && syncedAt > -Infinity) void syncClock(true);
});
