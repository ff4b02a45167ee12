// All experiments: tabs by state, search, filters, a choice of columns, anchors pinned, two to be chosen and compared.
import { html, useEffect, useMemo, useRef, useState } from '../core/html.js';
import { at, experimentHref, go, setQuery } from '../core/route.js';
import { connection, running } from '../core/live.js';
import { useData } from '../core/api.js';
import { useKeys } from '../core/keys.js';
import { count, plural } from '../core/format.js';
import { Waiting } from '../ui/cells.js';
import { ChooseCampaign } from '../ui/campaigns.js';
import { Choose, Toggle } from '../ui/choose.js';
import { Tabs } from '../ui/tabs.js';
import { WindowTable } from '../ui/window-table.js';
import { anchorCell, columnsOf } from './columns.js';
import { useList } from './list.js';

const FILTERS = ['campaign', 'state', 'q', 'proposer', 'outcome', 'contract', 'clip', 'starred', 'sort'];
const SORTS = [['newest', 'newest first'], ['oldest', 'oldest first'], ['bd_total', 'BD-rate total'], ['bd_stream', 'BD-rate stream'], ['decoder_bytes', 'decoder size'], ['duration', 'duration']];
const OUTCOMES = [['', 'any'], 'measured', 'invalid', 'crashed', 'timed_out', 'out_of_memory', 'nondeterministic', 'hostile', 'quarantined', 'lab_fault', 'cancelled'];
const SEARCH_PAUSE_MS = 250;

/** @param {{query: URLSearchParams}} props */
export function Experiments({ query }) {
  const filter = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? '']).filter(([, value]) => value));
  const list = useList({ ...filter, state: filter.state ?? 'all' });
  const { rows, total, counts, problem, loaded } = list.state.value;
  const [current, setCurrent] = useState(-1);
  const [hint, setHint] = useState('');
  const selected = selectedIn(query);
  const select = (/** @type {any} */ slim) => {
    const id = slim.experiment_id;
    const now = selectedIn(new URLSearchParams(location.search));
    const next = now.includes(id) ? now.filter((one) => one !== id) : [...now, id].slice(-2);
    setQuery({ selected: next.join(',') });
    setHint(next.length === 2 ? 'Two are selected: compare them.' : next.length === 1 ? 'One is selected; select another to compare.' : '');
  };
  const isSelected = (/** @type {any} */ slim) => selected.includes(slim.experiment_id);
  const compare = () => {
    const [a, b] = selectedIn(new URLSearchParams(location.search));
    if (a && b) {
      go(at('/compare', { a, b }));
    }
  };
  useKeys('Experiments', [{ key: 'c', what: 'compare the two that are selected', act: compare }, { key: 'n', what: 'show what is new', act: () => list.renew() }]);
  const all = columnsOf({ select, isSelected });
  const hidden = hiddenColumns(query, all);
  const columns = all.filter((column) => !hidden.has(column.key));
  const anchors = useAnchors(filter.campaign ?? '');
  const csvHref = at('/api/experiments.csv', filter);
  const chosen = filter.state ?? 'all';
  const tabs = [
    { id: 'all', label: 'All', count: counts ? count(counts.total) : undefined },
    { id: 'in_progress', label: 'In progress', count: counts ? count(counts.in_progress) : undefined },
    { id: 'successful', label: 'Successful', count: counts ? count(counts.successful) : undefined },
    { id: 'failed', label: 'Failed', count: counts ? count(counts.failed) : undefined },
  ];
  return html`<div class="page-head"><h1>Experiments</h1><div class="actions">
      <button type="button" disabled=${selected.length !== 2} onClick=${compare}>Compare ${selected.length ? `(${selected.length} of 2)` : 'two'}</button>
      ${selected.length ? html`<button type="button" onClick=${() => setQuery({ selected: null })}>Clear selection</button>` : null}
      <a class="button" href=${csvHref} download>CSV</a><${Chooser} all=${all} hidden=${hidden} /></div></div>
    <${Tabs} name="state" label="State" tabs=${tabs} chosen=${chosen}>
      <div class="toolbar"><${Search} value=${filter.q ?? ''} /><${ChooseCampaign} value=${filter.campaign ?? ''} none="all" />
        <${Choose} name="outcome" label="Outcome" value=${filter.outcome ?? ''} options=${OUTCOMES} /><${Choose} name="contract" label="Contract" value=${filter.contract ?? ''} options=${[['', 'any'], 'native', 'c5', 'c3']} />
        <${Choose} name="sort" label="Order" value=${filter.sort ?? 'newest'} options=${SORTS} /><${Toggle} name="starred" label="Starred" on=${filter.starred === '1'} />
        <span class="quiet" role="status">${loaded ? plural(total, 'experiment') + (hint ? '. ' + hint : '') : ''}</span></div>
      <${Fresh} list=${list} />
      ${!loaded ? html`<${Waiting} of=${{ data: null, problem, loading: true, reload: () => list.need(1) }} what="Experiments" />` : total === 0 ? html`<p class="quiet">${filter.q || filter.outcome ? 'No experiment is like that.' : 'No experiment here yet.'}</p>`
        : html`<${WindowTable} caption="Experiments" columns=${columns} count=${total} row=${(/** @type {number} */ index) => rows[index]} pinned=${anchors} pinnedCell=${anchorCell}
          current=${current} onCurrent=${setCurrent} onOpen=${(/** @type {number} */ index) => rows[index] && go(experimentHref(rows[index].experiment_id))} onSelect=${(/** @type {number} */ index) => rows[index] && select(rows[index])}
          onNeed=${(/** @type {number} */ last) => list.need(last)} isSelected=${isSelected} live=${running.value} />`}
      ${loaded && problem ? html`<p class="problem" role="alert">More rows could not be loaded: ${problem.message} <button type="button" onClick=${() => list.need(1)}>Try again</button></p>` : null}
    </${Tabs}>`;
}

/** @param {URLSearchParams} query @returns {string[]} */
function selectedIn(query) {
  return (query.get('selected') ?? '').split(',').filter(Boolean);
}

/** @param {{list: import('./list.js').ExperimentList}} props */
function Fresh({ list }) {
  const fresh = list.fresh.value.size;
  const show = () => {
    list.renew();
    scrollTo(0, 0);
  };
  return fresh ? html`<div class="sticky-chip"><button type="button" class="chip" onClick=${show}>${count(fresh)} new</button></div>` : null;
}

/** @param {{value: string}} props */
function Search({ value }) {
  const timer = useRef(0);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    if (field.current && document.activeElement !== field.current) {
      field.current.value = value;
    }
  }, [value]);
  const type = (/** @type {Event} */ event) => {
    const text = /** @type {HTMLInputElement} */ (event.currentTarget).value;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setQuery({ q: text }), SEARCH_PAUSE_MS);
  };
  return html`<label class="field"><span>Search <kbd>/</kbd></span><input ref=${field} type="search" data-search defaultValue=${value} onInput=${type} placeholder="id, candidate, failure" /></label>`;
}

/** @param {{all: any[], hidden: Set<string>}} props */
function Chooser({ all, hidden }) {
  const [open, setOpen] = useState(false);
  const change = (/** @type {string} */ key) => {
    const next = new Set(hidden);
    if (!next.delete(key)) {
      next.add(key);
    }
    setQuery({ columns: all.filter((column) => !column.fixed && !next.has(column.key)).map((column) => column.key).join(',') || 'none' });
  };
  const key = (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && setOpen(false);
  return html`<div class="chooser" onKeyDown=${key}><button type="button" aria-expanded=${open ? 'true' : 'false'} onClick=${() => setOpen(!open)}>Columns</button>
    ${open ? html`<div class="menu" role="group" aria-label="Columns">${all.filter((column) => !column.fixed).map((column) => html`<label key=${column.key}><input type="checkbox" checked=${!hidden.has(column.key)} onChange=${() => change(column.key)} />${column.name}</label>`)}
      <button type="button" class="small" onClick=${() => setQuery({ columns: null })}>As at first</button></div>` : null}</div>`;
}

/** @param {URLSearchParams} query @param {any[]} all */
function hiddenColumns(query, all) {
  const named = query.get('columns');
  if (named === null) {
    return new Set(all.filter((column) => column.off).map((column) => column.key));
  }
  const wanted = new Set(named.split(','));
  return new Set(all.filter((column) => !column.fixed && !wanted.has(column.key)).map((column) => column.key));
}

/** The anchors of the campaign (of the latest, which is told first, when none is chosen), the first one being what BD-rates are against. @param {string} campaign */
function useAnchors(campaign) {
  const { data } = useData('/api/campaigns');
  return useMemo(() => {
    const known = data?.campaigns ?? [];
    const one = known.find((/** @type {any} */ entry) => entry.campaign_id === campaign) ?? known[0];
    return (one?.anchors ?? []).map((/** @type {any} */ anchor, /** @type {number} */ index) => ({ name: typeof anchor === 'string' ? anchor : anchor.name, first: index === 0, bd_rate: anchor.bd_rate }));
  }, [data, campaign]);
}
