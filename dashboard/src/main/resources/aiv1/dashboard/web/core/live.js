// What happens now: this tab's end of the live connection. State in words, the running experiments, and who wants to hear of what.
import { signal } from './html.js';
import { LiveHub } from './live-hub.js';

/** @typedef {{id: string, type: string, data: any}} LiveEvent */

/** @type {import('../vendor/signals.js').Signal<{word: string, attempt: number, retryAt: number}>} */
export const connection = signal({ word: 'connecting', attempt: 0, retryAt: 0 });

/** Experiments under way, by id, with phase, frame and run as last heard. */
export const running = signal(/** @type {Map<string, any>} */ (new Map()));

/** @type {Set<{types: string[], hear: (event: LiveEvent) => void}>} */
const listeners = new Set();
let lastId = '';

/**
 * @param {string[]} types
 * @param {(event: LiveEvent) => void} hear
 * @returns {() => void} stops it
 */
export function onLive(types, hear) {
  const listener = { types, hear };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {LiveEvent} event */
function take(event) {
  lastId = event.id || lastId;
  follow(event);
  for (const listener of [...listeners]) {
    if (listener.types.includes(event.type) || listener.types.includes('*')) {
      listener.hear(event);
    }
  }
}

/** @param {LiveEvent} event */
function follow(event) {
  const id = event.data?.experiment_id;
  if (event.type === 'reset') {
    running.value = new Map();
  } else if (id && ['experiment.created', 'experiment.phase', 'experiment.progress'].includes(event.type)) {
    const next = new Map(running.value);
    next.set(id, { ...next.get(id), ...event.data });
    running.value = next;
  } else if (id && ['experiment.finished', 'experiment.failed'].includes(event.type) && running.value.has(id)) {
    const next = new Map(running.value);
    next.delete(id);
    running.value = next;
  }
}

/** What the tab was told at loading, before any event. @param {any[]} slims */
export function seedRunning(slims) {
  const next = new Map();
  for (const slim of slims) {
    next.set(slim.experiment_id, { ...slim, ...running.value.get(slim.experiment_id) });
  }
  running.value = next;
}

export function startLive() {
  const send = connect((message) => {
    if (message.kind === 'state') {
      connection.value = { word: message.word, attempt: message.attempt, retryAt: message.retryAt };
    } else if (message.kind === 'event') {
      take(message.event);
    }
  });
  const tell = () => send(document.visibilityState === 'visible' ? { kind: 'seen', since: lastId } : { kind: 'hidden' });
  document.addEventListener('visibilitychange', tell);
  addEventListener('pagehide', () => send({ kind: 'bye' }));
  addEventListener('pageshow', (event) => event.persisted && tell());
  setInterval(() => send({ kind: 'ping' }), 20_000);
  tell();
}

/**
 * @param {(message: any) => void} hear
 * @returns {(message: any) => void}
 */
function connect(hear) {
  if (typeof SharedWorker === 'function') {
    try {
      const worker = new SharedWorker(new URL('./live-worker.js', import.meta.url), { type: 'module', name: 'aiv1-live' });
      worker.port.addEventListener('message', (message) => hear(message.data));
      worker.port.start();
      return (message) => worker.port.postMessage(message);
    } catch {
      // Forbidden here (some private modes): this tab follows for itself.
    }
  }
  const hub = new LiveHub();
  const port = { postMessage: hear };
  return (message) => hub.hear(port, message);
}
