// Asks the server. Answers are kept for a while, so that going back paints at once; a newer answer replaces them.
import { useEffect, useRef, useState } from './html.js';
import { onLive } from './live.js';

const KEPT_MAX = 60;
const RELOAD_PAUSE_MS = 1500;

/** @type {Map<string, any>} */
const kept = new Map();

/** What the server said instead of an answer, after RFC 9457. */
export class Problem extends Error {
  /** @param {number} status @param {string} title @param {string} detail */
  constructor(status, title, detail) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

/** @param {Response} response */
export async function problemOf(response) {
  try {
    const body = await response.json();
    const extra = body.expected !== undefined ? ` (expected ${body.expected}, got ${body.got})` : '';
    return new Problem(response.status, String(body.title ?? response.statusText), String(body.detail ?? '') + extra);
  } catch {
    return new Problem(response.status, response.statusText || 'error', `the server answered ${response.status}`);
  }
}

/**
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function getJson(url, signal) {
  let response;
  try {
    response = await fetch(url, { signal, headers: { Accept: 'application/json' } });
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw new Problem(0, 'no answer', 'the server does not answer; is it still running?');
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response.json();
}

/**
 * Asks for something to be done. The key makes a repeated request harmless.
 * @param {string} url
 * @param {any} [body]
 */
export async function post(url, body) {
  let response;
  const token = tokenOf();
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now(),
        ...(token ? { Authorization: 'Bearer ' + token } : {}),
      },
      body: JSON.stringify(body ?? {}),
    });
  } catch {
    throw new Problem(0, 'no answer', 'the server does not answer; nothing was done');
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  const text = await response.text();
  return text ? JSON.parse(text) : {};
}

/** The token for writes off loopback, kept for this tab's session alone. */
export function tokenOf() {
  try {
    return sessionStorage.getItem('aiv1.token') ?? '';
  } catch {
    return '';
  }
}

/** @param {string} token */
export function setToken(token) {
  sessionStorage.setItem('aiv1.token', token);
}

/** @param {string} url @param {any} data */
function keep(url, data) {
  kept.delete(url);
  kept.set(url, data);
  if (kept.size > KEPT_MAX) {
    kept.delete(kept.keys().next().value ?? '');
  }
}

/**
 * The answer to one request, asked again (at most once in 1.5 s) when one of the named live events comes.
 * @param {string | null} url null: ask nothing
 * @param {string[]} [reloadOn] names of live events
 * @returns {{data: any, problem: Problem | null, loading: boolean, reload: () => void}}
 */
export function useData(url, reloadOn = []) {
  const [answer, setAnswer] = useState(/** @type {{url: string | null, data: any, problem: Problem | null}} */ ({ url: null, data: null, problem: null }));
  const [loading, setLoading] = useState(false);
  const ask = useRef(() => {});
  useEffect(() => {
    if (!url) {
      return undefined;
    }
    const abort = new AbortController();
    let timer = 0;
    const load = async () => {
      setLoading(true);
      try {
        const data = await getJson(url, abort.signal);
        keep(url, data);
        setAnswer({ url, data, problem: null });
      } catch (error) {
        if (abort.signal.aborted) {
          return;
        }
        const problem = error instanceof Problem ? error : new Problem(0, 'error', String(error));
        setAnswer({ url, data: kept.get(url) ?? null, problem });
      }
      setLoading(false);
    };
    ask.current = load;
    load();
    const stop = onLive([...reloadOn, 'reset', 'visible'], () => {
      clearTimeout(timer);
      timer = setTimeout(load, RELOAD_PAUSE_MS);
    });
    return () => {
      abort.abort();
      clearTimeout(timer);
      stop();
    };
  }, [url]);
  const mine = answer.url === url;
  const data = mine ? answer.data : (url ? kept.get(url) ?? null : null);
  return { data, problem: mine ? answer.problem : null, loading: loading || (!mine && url !== null), reload: () => ask.current() };
}
