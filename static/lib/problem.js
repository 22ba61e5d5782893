/** What the API refuses, as an error: the texts come from `texts/…/problems.js` by `code`. */

/**
 * @typedef {object} FieldFault
 * @property {string} field
 * @property {string} code
 * @property {string} [detail]
 * @property {number} [sku_id] the line of an order that is at fault
 */

/** Codes of our own, for what never reached the shop: `offline`, `no_answer`, `timeout`, `unreadable_answer`. */
export class Problem extends Error {
  /**
   * @param {{status?: number, code: string, detail?: string, errors?: FieldFault[], retryAfter?: number | null,
   *   requestId?: string | null, more?: Record<string, any>}} what
   */
  constructor({ status = 0, code, detail = '', errors = [], retryAfter = null, requestId = null, more = {} }) {
    super(detail || code);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errors = errors;
    /** Seconds until it is worth trying again, when the shop said so. */
    this.retryAfter = retryAfter;
    this.requestId = requestId;
    /** Members beyond RFC 9457, such as `order_ids` of `limit_reached`. */
    this.more = more;
  }

  /** The fault of one field, if it has any. @param {string} field */
  field(field) {
    return this.errors.find((error) => error.field === field) ?? null;
  }

  /** True when nobody knows whether the request took effect. */
  get unknownOutcome() {
    return this.status === 0 || this.status >= 500 || this.code === 'idempotency_in_flight';
  }
}

/** Seconds of a `Retry-After`, which is a number or a date. @param {string | null} header @param {number} [now] */
export function retryAfterSeconds(header, now = Date.now()) {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}

/**
 * @param {{status: number, headers: {get(name: string): string | null}}} response
 * @param {string} text
 */
export function parseProblem(response, text) {
  const known = { status: response.status, retryAfter: retryAfterSeconds(response.headers.get('Retry-After')),
    requestId: response.headers.get('X-Request-Id') };
  try {
    const { type, title, status, detail, code, request_id, errors, ...more } = JSON.parse(text);
    if (typeof code !== 'string') throw new TypeError('no code');
    return new Problem({ ...known, code, detail, errors, requestId: request_id ?? known.requestId, more });
  } catch {
    // A proxy between us and the shop answers in its own words.
    return new Problem({ ...known, code: fallbackCode(response.status) });
  }
}

/** @param {number} status */
function fallbackCode(status) {
  if (status === 401) return 'unauthenticated';
  if (status === 404) return 'not_found';
  if (status === 413) return 'payload_too_large';
  if (status === 429) return 'rate_limited';
  if (status === 502 || status === 503 || status === 504) return 'unavailable';
  return status >= 500 ? 'internal' : 'unreadable_answer';
}

/** Anything thrown, as a Problem; an abort stays what it is. @param {unknown} error */
export function asProblem(error) {
  if (error instanceof Problem) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError') return new Problem({ code: 'timeout' });
  if (error instanceof TypeError) return new Problem({ code: globalThis.navigator?.onLine === false ? 'offline' : 'no_answer', detail: error.message });
  return new Problem({ code: 'internal', detail: String(error) });
}

/** @param {unknown} error */
export const isAbort = (error) => error instanceof Error && error.name === 'AbortError';
