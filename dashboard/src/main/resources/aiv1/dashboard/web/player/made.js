// Asks for what the server makes when it is first wanted, and goes on asking until it is there or cannot be had.
import { problemOf } from '../core/api.js';

const WAIT_SECONDS_MAX = 10;

/**
 * @param {string} url
 * @param {{headers?: Record<string, string>, say?: (text: string) => void, isClosed?: () => boolean}} [how] say hears what is waited for
 * @returns {Promise<Response>} one whose body is there; a Problem is thrown with the server's own words
 */
export async function made(url, how = {}) {
  const began = performance.now();
  for (;;) {
    let response;
    try {
      response = await fetch(url, { headers: how.headers });
    } catch {
      throw new Error('the server does not answer; is it still running?');
    }
    const again = Number(response.headers.get('Retry-After')) || 0;
    if (response.status !== 202 && !(response.status === 503 && again > 0)) {
      if (!response.ok) {
        throw await problemOf(response);
      }
      how.say?.('');
      return response;
    }
    const body = await response.json().catch(() => ({}));
    how.say?.(`${body.detail ?? 'it is being made'} (for ${Math.round((performance.now() - began) / 1000)} s)`);
    await new Promise((resolve) => setTimeout(resolve, 1000 * Math.min(WAIT_SECONDS_MAX, again || 1)));
    if (how.isClosed?.()) {
      throw new Error('not waited for any more');
    }
  }
}

/** Saves a file once the server has made it. @param {string} url @param {string} name @param {(text: string) => void} say */
export async function saveMade(url, name, say) {
  try {
    const response = await made(url, { headers: { Range: 'bytes=0-0' }, say: (text) => say(`${name}: ${text}`) });
    await response.body?.cancel();
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    say('');
  } catch (problem) {
    say(`${name}: ${problem instanceof Error ? problem.message : problem}`);
  }
}
