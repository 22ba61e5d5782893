/** Whether the browser thinks that there is a network. */
import { signal } from '@preact/signals';

export const online = signal(globalThis.navigator?.onLine !== false);

globalThis.window?.addEventListener('online', () => { online.value = true; });
globalThis.window?.addEventListener('offline', () => { online.value = false; });
