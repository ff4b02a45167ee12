// Who works: each worker's state, age of its heartbeat, load, build, and what it does now.
import { html } from '../core/html.js';
import { useData } from '../core/api.js';
import { running } from '../core/live.js';
import { duration, fixed, isNumber } from '../core/format.js';
import { ExperimentLink, Panel, Progress, Status, Value, Waiting } from '../ui/cells.js';
import { Table } from '../ui/table.js';

const SILENT = 'the worker has not told';

export function Workers() {
  const answer = useData('/api/workers', ['worker.heartbeat', 'worker.lost', 'experiment.created', 'experiment.finished', 'experiment.failed']);
  const data = answer.data;
  const columns = [
    { key: 'url', head: 'worker', cell: (/** @type {any} */ row) => html`<code>${row.url}</code>` },
    { key: 'state', head: 'state', cell: (/** @type {any} */ row) => html`<${Status} state=${row.state} />` },
    { key: 'age', head: 'heartbeat', unit: 'age', numeric: true, cell: (/** @type {any} */ row) => html`<${Value} text=${duration(row.heartbeat_age_seconds)} reason=${SILENT} />` },
    { key: 'now', head: 'now', cell: (/** @type {any} */ row) => (row.running?.length ? row.running.map((/** @type {any} */ one) => html`<${ExperimentLink} key=${idOf(one)} id=${idOf(one)} /> `) : html`<span class="quiet">nothing</span>`) },
    { key: 'slots', head: 'slots', unit: 'used/all', numeric: true, cell: (/** @type {any} */ row) => html`${row.running?.length ?? 0}/<${Value} text=${row.slots === null || row.slots === undefined ? null : String(row.slots)} reason=${SILENT} />` },
    { key: 'cpu', head: 'CPU', unit: '%', numeric: true, cell: (/** @type {any} */ row) => html`<${Value} text=${fixed(isNumber(row.load?.cpu_share) ? row.load.cpu_share * 100 : null, 0)} reason=${SILENT} />` },
    { key: 'memory', head: 'memory', unit: 'GiB used/all', numeric: true, cell: (/** @type {any} */ row) => html`<${Value} text=${memory(row.load)} reason=${SILENT} />` },
    { key: 'disk', head: 'disk free', unit: 'GiB', numeric: true, cell: (/** @type {any} */ row) => html`<${Value} text=${gibibytes(row.load?.disk_free_bytes)} reason=${SILENT} />` },
    { key: 'network', head: 'network', unit: 'GiB in/out', numeric: true, cell: (/** @type {any} */ row) => html`<${Value} text=${pair(gibibytes(row.load?.network_received_bytes), gibibytes(row.load?.network_sent_bytes))} reason=${SILENT} />` },
    { key: 'build', head: 'build', cell: (/** @type {any} */ row) => html`<${Value} text=${row.build} reason=${SILENT} />` },
    { key: 'pid', head: 'process', numeric: true, cell: (/** @type {any} */ row) => html`<${Value} text=${row.pid === null || row.pid === undefined ? null : String(row.pid)} reason=${SILENT} />` },
    { key: 'trouble', head: 'what is wrong', wide: true, cell: (/** @type {any} */ row) => row.trouble ?? html`<span class="quiet">nothing</span>` },
  ];
  const here = [...running.value.values()];
  return html`<div class="page-head"><div><h1>Workers</h1><p class="sub">Who carries out experiments for this process, and how each was when it was last heard.</p></div></div>
    <div class="stack"><${Panel} title="Workers">${data ? html`<${Table} caption="Workers" columns=${columns} rows=${data.workers} rowKey=${(/** @type {any} */ row) => row.url} empty=${'None: ' + (data.reason ?? 'no worker is known to this server') + '.'} rowClass=${(/** @type {any} */ row) => (['lost', 'set_aside'].includes(row.state) ? 'fault' : '')} />
      <p class="note">To drain one: <code>aiv1 drain URL</code>. It finishes what it has and takes nothing new.</p>` : html`<${Waiting} of=${answer} what="Workers" />`}</${Panel}>
      <${Panel} title="Under way">${here.length ? html`<ul class="list">${here.map((slim) => html`<li key=${slim.experiment_id} class="line"><${ExperimentLink} id=${slim.experiment_id} /><${Progress} slim=${slim} /></li>`)}</ul>` : html`<p class="quiet">No experiment is under way.</p>`}</${Panel}></div>`;
}

/** @param {any} bytes */
function gibibytes(bytes) {
  return isNumber(bytes) ? fixed(bytes / 1073741824, 1) : null;
}

/** @param {any} load */
function memory(load) {
  const used = isNumber(load?.memory_bytes) && isNumber(load.memory_free_bytes) ? load.memory_bytes - load.memory_free_bytes : null;
  return pair(gibibytes(used), gibibytes(load?.memory_bytes));
}

/** @param {string | null} one @param {string | null} other */
function pair(one, other) {
  return one === null || other === null ? null : `${one}/${other}`;
}

/** @param {any} one */
function idOf(one) {
  return typeof one === 'string' ? one : one.experiment_id;
}
