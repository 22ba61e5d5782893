/** Codes out of the letters of the demo's mailbox. */
import { origin } from './harness.js';

/** Codes that were handed out already. */
const used = new Set();

/** The code of the newest letter to `address` that no test has taken yet. */
export async function letterTo(address) {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await fetch(`${origin}/dev/mailbox`, { headers: { Accept: 'application/json' } });
    for (const letter of await answer.json()) {
      const code = letter.to === address && /\n {4}(\S+)\n/.exec(letter.text)?.[1];
      if (code && !used.has(code)) {
        used.add(code);
        return code;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no letter to ${address}`);
}
