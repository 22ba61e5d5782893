/** Server-sent events of an admin's route, which `EventSource` cannot open for want of a header. */
import { api } from './api.js';

/**
 * Hears events until the stream ends or is aborted; the caller opens it again.
 * @param {string} path
 * @param {(name: string, data: any) => void} hear
 * @param {import('./api.js').Options & {signal: AbortSignal}} options
 */
export async function listen(path, hear, options) {
  const response = await api.open(path, { ...options, accept: 'text/event-stream' });
  if (!response.body) return;
  let rest = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + piece).split(/\r?\n\r?\n/);
    rest = events.pop() ?? '';
    for (const event of events) hearOne(event, hear);
  }
}

/** @param {string} event @param {(name: string, data: any) => void} hear */
export function hearOne(event, hear) {
  let name = 'message', data = '';
  for (const line of event.split(/\r?\n/)) {
    if (line.startsWith('event:')) name = line.slice(6).trim();
    if (line.startsWith('data:')) data += line.slice(5).trim();
  }
  if (data) hear(name, JSON.parse(data));
}
