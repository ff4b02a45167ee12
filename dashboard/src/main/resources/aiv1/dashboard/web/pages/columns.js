// The columns of the list of experiments. drop: which go first on a narrow window (3 before 2 before 1).
import { html } from '../core/html.js';
import { running } from '../core/live.js';
import { fixed, signed } from '../core/format.js';
import { Count, ExperimentLink, Percent, Progress, Status, Time, Value, failureSentence } from '../ui/cells.js';

/** @param {any} slim */
export function alive(slim) {
  return slim.state === 'in_progress' ? { ...slim, ...running.value.get(slim.experiment_id) } : slim;
}

const RUNNING = 'still running';
const reasonOf = (/** @type {any} */ slim) => (slim.state === 'in_progress' || slim.state === 'queued' ? RUNNING : slim.state === 'failed' ? 'it failed: ' + failureSentence(slim.failure) : undefined);

/** @param {{select: (slim: any) => void, isSelected: (slim: any) => boolean}} how */
export function columnsOf(how) {
  return [
    { key: 'select', head: html`<span class="unseen">select</span>`, fixed: true, cell: (/** @type {any} */ slim) => html`<input type="checkbox" aria-label=${'select ' + slim.experiment_id} checked=${how.isSelected(slim)} onChange=${() => how.select(slim)} />` },
    { key: 'state', name: 'state', head: 'state', cell: (/** @type {any} */ slim) => html`<${Status} state=${slim.state} outcome=${slim.outcome} />` },
    { key: 'id', name: 'experiment', head: 'experiment', fixed: true, cell: (/** @type {any} */ slim) => html`<${ExperimentLink} id=${slim.experiment_id} />${slim.starred ? html` <span title="starred" aria-label="starred">★</span>` : null}${slim.flagged ? html` <span class="status bad" title=${'not to be believed: ' + slim.flagged}>flagged</span>` : null}${slim.rerun_of ? html` <span class="quiet" title=${'of ' + slim.rerun_of}>rerun</span>` : null}` },
    { key: 'total', name: 'BD-rate total', head: 'BD total', unit: '%', numeric: true, cell: (/** @type {any} */ slim) => html`<${Percent} bd=${slim.bd_rate?.total} reason=${reasonOf(slim)} />` },
    { key: 'stream', name: 'BD-rate stream', head: 'BD stream', unit: '%', numeric: true, drop: 1, cell: (/** @type {any} */ slim) => html`<${Percent} bd=${slim.bd_rate?.stream} reason=${reasonOf(slim)} />` },
    { key: 'overlap', name: 'overlap', head: 'overlap', unit: '%', numeric: true, drop: 3, off: true, cell: (/** @type {any} */ slim) => html`<${Value} text=${typeof slim.bd_rate?.total?.overlap === 'number' ? (slim.bd_rate.total.overlap * 100).toFixed(0) : null} reason=${slim.bd_rate?.total?.reason ?? reasonOf(slim)} />` },
    { key: 'decoder', name: 'decoder', head: 'decoder', unit: 'B', numeric: true, drop: 2, cell: (/** @type {any} */ slim) => html`<${Count} value=${slim.decoder_bytes} reason="the decoder's size was not taken" />` },
    { key: 'duration', name: 'duration', head: 'took', unit: 's', numeric: true, drop: 2, cell: (/** @type {any} */ slim) => html`<${Value} text=${fixed(slim.duration_seconds, 1)} reason=${slim.state === 'in_progress' ? RUNNING : 'no start time was recorded'} />` },
    { key: 'runs', name: 'runs done', head: 'runs', numeric: true, drop: 3, off: true, cell: (/** @type {any} */ slim) => `${alive(slim).done_runs ?? 0}/${slim.total_runs ?? '?'}` },
    { key: 'proposer', name: 'proposer', head: 'proposer', drop: 3, cell: (/** @type {any} */ slim) => html`<span title=${slim.model ?? slim.proposer}>${slim.model ?? slim.proposer}</span>` },
    { key: 'contract', name: 'contract', head: 'contract', drop: 3, off: true, cell: (/** @type {any} */ slim) => slim.contract },
    { key: 'parents', name: 'parents', head: 'parents', drop: 3, off: true, numeric: true, cell: (/** @type {any} */ slim) => String(slim.parent_ids?.length ?? 0) },
    { key: 'finished', name: 'finished', head: 'finished', drop: 2, cell: (/** @type {any} */ slim) => html`<${Time} iso=${slim.finished_at} reason=${RUNNING} />` },
    { key: 'title', name: 'what it is', head: 'what it is', fixed: true, cell: (/** @type {any} */ slim) => what(alive(slim)) },
  ];
}

/** @param {any} slim */
function what(slim) {
  if (slim.state === 'in_progress') {
    return html`<${Progress} slim=${slim} />`;
  }
  const failure = failureSentence(slim.failure);
  return html`<span title=${slim.title + (failure ? '\n' + failure : '')}>${failure ? html`<span class="fault-text">${failure}</span>${slim.title ? ' · ' : ''}` : null}${slim.title}</span>`;
}

/** What a pinned anchor shows in a column. @param {any} column @param {any} anchor */
export function anchorCell(column, anchor) {
  if (column.key === 'id') {
    return anchor.name;
  }
  if (column.key === 'state') {
    return 'anchor';
  }
  if (column.key === 'total' || column.key === 'stream') {
    return anchor.first ? signed(0) : html`<${Value} text=${signed(anchor.bd_rate?.[column.key]?.percent)} reason="anchors are not compared with each other here; see their curves under RD" />`;
  }
  if (column.key === 'title') {
    return anchor.first ? 'the reference: BD-rates in this list are against it' : 'reference codec; its curves are under RD';
  }
  return '';
}
