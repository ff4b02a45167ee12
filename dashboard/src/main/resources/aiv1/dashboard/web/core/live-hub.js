// Follows the server's events for all tabs of one browser over one connection: a browser opens only six to one host, so a stream for each
// tab would hang the seventh. Runs in a shared worker; where there is none, each tab runs it for itself.
//
// A tab says when it is seen and when it is hidden. Without a tab that is seen the connection is closed; with one it is opened again behind
// the last event that was read. What a tab missed while hidden is told to it from memory, or it is told to load anew ("reset").

const REPLAY_COUNT_MAX = 1000;
const SILENT_TAB_MS = 90_000;
const RETRY_MS = [1000, 2000, 4000, 8000, 15_000];
const QUIET_MS = 45_000;
const EVENT_NAMES = ['snapshot', 'experiment.created', 'experiment.phase', 'experiment.progress', 'experiment.finished', 'experiment.failed',
  'best.changed', 'campaign.changed', 'worker.heartbeat', 'worker.lost', 'budget', 'reset'];

/** @typedef {{id: string, type: string, data: any}} LiveEvent */
/** @typedef {{postMessage: (message: any) => void}} Port */

export class LiveHub {
  constructor() {
    /** @type {Map<Port, {seen: boolean, heardAt: number}>} */
    this.tabs = new Map();
    /** @type {LiveEvent[]} */
    this.recent = [];
    /** @type {EventSource | null} */
    this.source = null;
    this.lastId = '';
    this.attempt = 0;
    this.retryTimer = 0;
    this.heardAt = 0;
    this.state = { word: 'closed', attempt: 0, retryAt: 0 };
    setInterval(() => this.sweep(), 15_000);
  }

  /** @param {Port} port @param {{kind: string, since?: string}} message */
  hear(port, message) {
    const now = Date.now();
    if (message.kind === 'bye') {
      this.tabs.delete(port);
    } else {
      this.tabs.set(port, { seen: message.kind === 'ping' ? this.tabs.get(port)?.seen ?? true : message.kind === 'seen', heardAt: now });
    }
    if (message.kind === 'seen') {
      port.postMessage({ kind: 'state', ...this.state });
      this.replay(port, message.since ?? '');
    }
    this.settle();
  }

  /** @param {Port} port @param {string} since the last event that the tab saw; '' when none */
  replay(port, since) {
    if (since === '' || since === this.lastId) {
      return;
    }
    const place = this.recent.findIndex((event) => event.id === since);
    if (place < 0) {
      port.postMessage({ kind: 'event', event: { id: this.lastId, type: 'reset', data: null } });
      return;
    }
    for (const event of this.recent.slice(place + 1)) {
      port.postMessage({ kind: 'event', event });
    }
  }

  settle() {
    const wanted = [...this.tabs.values()].some((tab) => tab.seen);
    if (wanted && !this.source && !this.retryTimer) {
      this.open();
    } else if (!wanted) {
      this.close('paused');
    }
  }

  open() {
    this.say('connecting');
    const source = new EventSource(this.lastId ? '/api/events?since=' + encodeURIComponent(this.lastId) : '/api/events');
    this.source = source;
    this.heardAt = Date.now();
    source.onopen = () => {
      this.attempt = 0;
      this.heardAt = Date.now();
      this.say('live');
    };
    source.onerror = () => {
      if (source === this.source) {
        this.retry();
      }
    };
    for (const type of EVENT_NAMES) {
      source.addEventListener(type, (event) => this.take(type, /** @type {MessageEvent} */ (event)));
    }
  }

  /** @param {string} type @param {MessageEvent} message */
  take(type, message) {
    this.heardAt = Date.now();
    this.lastId = message.lastEventId || this.lastId;
    /** @type {LiveEvent} */
    const event = { id: this.lastId, type, data: null };
    try {
      event.data = JSON.parse(message.data);
    } catch {
      return;
    }
    this.recent.push(event);
    if (this.recent.length > REPLAY_COUNT_MAX) {
      this.recent.splice(0, this.recent.length - REPLAY_COUNT_MAX);
    }
    for (const [port, tab] of this.tabs) {
      if (tab.seen) {
        port.postMessage({ kind: 'event', event });
      }
    }
  }

  retry() {
    this.close('');
    const wait = RETRY_MS[Math.min(this.attempt, RETRY_MS.length - 1)];
    this.attempt += 1;
    this.say('reconnecting', Date.now() + wait);
    this.retryTimer = setTimeout(() => {
      this.retryTimer = 0;
      this.settle();
    }, wait);
  }

  /** @param {string} word '' leaves the state as it is */
  close(word) {
    this.source?.close();
    this.source = null;
    clearTimeout(this.retryTimer);
    this.retryTimer = 0;
    if (word) {
      this.say(word);
    }
  }

  /** @param {string} word @param {number} [retryAt] */
  say(word, retryAt = 0) {
    this.state = { word, attempt: this.attempt, retryAt };
    for (const port of this.tabs.keys()) {
      port.postMessage({ kind: 'state', ...this.state });
    }
  }

  /** Tabs that were killed say nothing more: without their pings they are forgotten. A silent connection is opened again. */
  sweep() {
    const now = Date.now();
    for (const [port, tab] of this.tabs) {
      if (now - tab.heardAt > SILENT_TAB_MS) {
        this.tabs.delete(port);
      }
    }
    if (this.source && this.source.readyState === EventSource.CLOSED && now - this.heardAt > QUIET_MS) {
      this.retry();
    }
    this.settle();
  }
}
