// Two experiments side by side: numbers, curves, code.
import { html } from '../core/html.js';
import { useData } from '../core/api.js';
import { at, setQuery } from '../core/route.js';
import { fixed, signed } from '../core/format.js';
import { Count, ExperimentLink, Missing, Panel, Percent, Status, Value, Waiting } from '../ui/cells.js';
import { Choose } from '../ui/choose.js';
import { Table } from '../ui/table.js';
import { Diff } from '../ui/source.js';
import { RdChart } from '../charts/rd.js';
import { PickExperiment } from '../ui/pick.js';

/** @param {{query: URLSearchParams}} props */
export function Compare({ query }) {
  const a = query.get('a') ?? '';
  const b = query.get('b') ?? '';
  const first = useData(a ? '/api/experiments/' + encodeURIComponent(a) : null);
  const second = useData(b ? '/api/experiments/' + encodeURIComponent(b) : null);
  return html`<div class="page-head"><h1>Compare</h1><div class="actions"><button type="button" disabled=${!a || !b} onClick=${() => setQuery({ a: b, b: a }, { push: true })}>Swap A and B</button></div></div>
    <div class="toolbar"><${PickExperiment} name="a" label="A" value=${a} /><${PickExperiment} name="b" label="B" value=${b} /></div>
    ${!a || !b ? html`<p class="quiet">Choose two experiments here, or select two in the list of experiments (x) and press c.</p>`
      : first.data && second.data ? html`<${Both} a=${first.data} b=${second.data} query=${query} />` : html`<${Waiting} of=${first.problem ? first : second} what="The experiments" />`}`;
}

/** @param {{a: any, b: any, query: URLSearchParams}} props */
function Both({ a, b, query }) {
  const clips = [...new Set([...a.runs, ...b.runs].map((run) => run.clip))];
  const clip = query.get('clip') ?? clips[0] ?? '';
  const metric = query.get('metric') ?? 'psnr-yuv';
  const shared = a.runs.filter((/** @type {any} */ run) => run.outcome === 'measured' && b.runs.some((/** @type {any} */ other) => other.clip === run.clip && other.quality === run.quality && other.outcome === 'measured'));
  const rd = useData(clips.length ? at('/api/rd', { experiment: a.experiment_id, clip, metric }) + '&experiment=' + encodeURIComponent(b.experiment_id) : null);
  const diff = useData(at(`/api/experiments/${encodeURIComponent(b.experiment_id)}/diff`, { base: a.experiment_id }));
  return html`<div class="grid">
    <${Panel} title="In numbers" className="half"><${Numbers} a=${a} b=${b} /></${Panel}>
    <${Panel} title="Rate and distortion" className="half" aside=${html`<span class="actions"><${Choose} name="clip" label="Clip" value=${clip} options=${clips} /><${Choose} name="metric" label="Metric" value=${metric} options=${['psnr-yuv', 'psnr-y', 'ssim-y']} /></span>`}>
      ${rd.data ? html`<${RdChart} rd=${rd.data} height=${300} />` : clips.length ? html`<${Waiting} of=${rd} what="Curves" />` : html`<p class="quiet">Neither has a measured run.</p>`}</${Panel}>
    <${Panel} title="By run" ><${Runs} a=${a} b=${b} /></${Panel}>
    <${Panel} title="Look at both">${shared.length ? html`<p class="actions">${shared.map((/** @type {any} */ run) => html`<a class="button" key=${run.clip + run.quality} href=${at('/view', { experiment: b.experiment_id, against: a.experiment_id, clip: run.clip, quality: run.quality })}>${run.clip} q${run.quality}</a>`)}</p>` : html`<p class="quiet">They have no measured run in common.</p>`}</${Panel}>
    <${Panel} title="Code: from A to B">${diff.data ? html`<${Diff} parts=${diff.data.parts} />` : html`<${Waiting} of=${diff} what="The difference" />`}</${Panel}>
  </div>`;
}

/** @param {{a: any, b: any}} props */
function Numbers({ a, b }) {
  const bd = (/** @type {string} */ rate) => (/** @type {any} */ slim) => html`<${Percent} bd=${slim.bd_rate?.[rate]} reason="it was not measured" />`;
  const lessOf = (/** @type {any} */ x, /** @type {any} */ y, /** @type {(n: number) => any} */ say) => (typeof x === 'number' && typeof y === 'number' ? say(y - x) : html`<${Missing} reason="one of the two has no such number" />`);
  const rows = [
    { name: 'experiment', show: (/** @type {any} */ slim) => html`<${ExperimentLink} id=${slim.experiment_id} />`, less: '' },
    { name: 'state', show: (/** @type {any} */ slim) => html`<${Status} state=${slim.state} outcome=${slim.outcome} />`, less: '' },
    { name: 'BD-rate total, %', show: bd('total'), less: lessOf(a.slim.bd_rate?.total?.percent, b.slim.bd_rate?.total?.percent, signed) },
    { name: 'BD-rate stream, %', show: bd('stream'), less: lessOf(a.slim.bd_rate?.stream?.percent, b.slim.bd_rate?.stream?.percent, signed) },
    { name: 'decoder, B', show: (/** @type {any} */ slim) => html`<${Count} value=${slim.decoder_bytes} reason="not taken" />`, less: lessOf(a.slim.decoder_bytes, b.slim.decoder_bytes, (n) => (n > 0 ? '+' : '') + fixed(n, 0)) },
    { name: 'proposer', show: (/** @type {any} */ slim) => slim.model ?? slim.proposer, less: '' },
  ];
  const columns = [
    { key: 'name', head: 'what', cell: (/** @type {any} */ row) => row.name },
    { key: 'a', head: 'A', numeric: true, cell: (/** @type {any} */ row) => row.show(a.slim) },
    { key: 'b', head: 'B', numeric: true, cell: (/** @type {any} */ row) => row.show(b.slim) },
    { key: 'less', head: 'B less A', numeric: true, cell: (/** @type {any} */ row) => row.less },
  ];
  return html`<${Table} caption="The two experiments in numbers" columns=${columns} rows=${rows} />`;
}

/** @param {{a: any, b: any}} props */
function Runs({ a, b }) {
  const keys = [...new Set([...a.runs, ...b.runs].map((run) => `${run.clip} ${run.quality}`))];
  const rows = keys.map((key) => ({ key, a: find(a, key), b: find(b, key) }));
  const less = (/** @type {string} */ name, /** @type {number} */ decimals) => (/** @type {any} */ row) => html`<${Value} text=${row.a && row.b ? fixed(row.b[name] - row.a[name], decimals) : null} reason="one of the two has no such run" />`;
  const value = (/** @type {'a' | 'b'} */ side, /** @type {string} */ name, /** @type {number} */ decimals) => (/** @type {any} */ row) => html`<${Value} text=${fixed(row[side]?.[name], decimals)} reason="no such run was measured" />`;
  const columns = [
    { key: 'run', head: 'clip and q', cell: (/** @type {any} */ row) => row.key },
    { key: 'ka', head: 'A bitrate', unit: 'kbit/s', numeric: true, cell: value('a', 'bitrate_kbps', 1) }, { key: 'kb', head: 'B bitrate', unit: 'kbit/s', numeric: true, cell: value('b', 'bitrate_kbps', 1) }, { key: 'kd', head: 'B less A', unit: 'kbit/s', numeric: true, cell: less('bitrate_kbps', 1) },
    { key: 'pa', head: 'A PSNR-YUV', unit: 'dB', numeric: true, cell: value('a', 'psnr_yuv_db', 2) }, { key: 'pb', head: 'B PSNR-YUV', unit: 'dB', numeric: true, cell: value('b', 'psnr_yuv_db', 2) }, { key: 'pd', head: 'B less A', unit: 'dB', numeric: true, cell: less('psnr_yuv_db', 2) },
    { key: 'dd', head: 'decode CPU, B less A', unit: 's', numeric: true, cell: less('decode_cpu_seconds', 2) },
  ];
  return html`<${Table} caption="Runs of both" columns=${columns} rows=${rows} empty="Neither has a run." />`;
}

/** @param {any} data @param {string} key */
function find(data, key) {
  return data.runs.find((/** @type {any} */ run) => `${run.clip} ${run.quality}` === key && run.outcome === 'measured');
}
