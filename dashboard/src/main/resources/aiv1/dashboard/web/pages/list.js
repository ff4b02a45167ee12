// The rows of the list of experiments: fetched page by page as the reader scrolls, kept while the page lives (so that going back finds
// them), and never moved by what happens meanwhile. What is new is counted; it comes in when the reader asks.
import { signal, useEffect, useMemo } from '../core/html.js';
import { getJson } from '../core/api.js';
import { onLive } from '../core/live.js';
import { at } from '../core/route.js';

const PAGE_COUNT = 500;
const KEPT_MAX = 12;

/** @type {Map<string, ExperimentList>} */
const lists = new Map();

export class ExperimentList {
  /** @param {Record<string, string>} filter */
  constructor(filter) {
    this.filter = filter;
    this.state = signal({ rows: /** @type {any[]} */ ([]), total: 0, counts: /** @type {any} */ (null), problem: /** @type {any} */ (null), loaded: false });
    this.fresh = signal(/** @type {Set<string>} */ (new Set()));
    /** @type {string | null} */
    this.next = '';
    this.loading = false;
    this.wanted = 0;
  }

  /** Loads until the row of that number is there. @param {number} last */
  async need(last) {
    this.wanted = Math.max(this.wanted, last);
    if (this.loading) {
      return;
    }
    this.loading = true;
    try {
      while (this.next !== null && (!this.state.value.loaded || this.state.value.rows.length < this.wanted)) {
        const page = await getJson(at('/api/experiments', { ...this.filter, limit: PAGE_COUNT, cursor: this.next }));
        this.next = page.next ?? null;
        const rows = [...this.state.value.rows, ...page.experiments];
        const counted = totalOf(page.counts, this.filter.state);
        this.state.value = { rows, total: this.next === null ? rows.length : Math.max(counted, rows.length), counts: page.counts, problem: null, loaded: true };
      }
    } catch (problem) {
      this.state.value = { ...this.state.value, problem };
    }
    this.loading = false;
  }

  /** Begins anew from the top, without an empty page between. */
  async renew() {
    const next = new ExperimentList(this.filter);
    await next.need(1);
    this.next = next.next;
    this.wanted = 0;
    this.fresh.value = new Set();
    this.state.value = next.state.value;
  }

  /** @param {string} type @param {any} slim */
  hear(type, slim) {
    if (!slim?.experiment_id || (this.filter.campaign && slim.campaign_id !== this.filter.campaign)) {
      return;
    }
    const place = this.state.value.rows.findIndex((row) => row.experiment_id === slim.experiment_id);
    if (place >= 0 && (type === 'experiment.finished' || type === 'experiment.failed')) {
      const rows = [...this.state.value.rows];
      rows[place] = { ...rows[place], ...slim };
      this.state.value = { ...this.state.value, rows };
    } else if (place < 0 && belongs(this.filter.state, type)) {
      this.fresh.value = new Set([...this.fresh.value, slim.experiment_id]);
    }
  }
}

/** @param {string | undefined} state @param {string} type */
function belongs(state, type) {
  const states = { successful: 'experiment.finished', failed: 'experiment.failed', in_progress: 'experiment.created' };
  const wanted = states[/** @type {keyof typeof states} */ (state ?? '')];
  return wanted ? type === wanted : true;
}

/** @param {any} counts @param {string | undefined} state */
function totalOf(counts, state) {
  return (state && state !== 'all' ? counts?.[state] : counts?.total) ?? 0;
}

/** @param {Record<string, string>} filter @returns {ExperimentList} */
export function useList(filter) {
  const key = at('', filter);
  const list = useMemo(() => {
    const known = lists.get(key) ?? new ExperimentList(filter);
    lists.delete(key);
    lists.set(key, known);
    if (lists.size > KEPT_MAX) {
      lists.delete(lists.keys().next().value ?? '');
    }
    return known;
  }, [key]);
  useEffect(() => {
    list.need(1);
    return onLive(['experiment.created', 'experiment.finished', 'experiment.failed', 'reset'], (event) => {
      if (event.type === 'reset') {
        list.renew();
      } else {
        list.hear(event.type, event.data);
      }
    });
  }, [list]);
  return list;
}
