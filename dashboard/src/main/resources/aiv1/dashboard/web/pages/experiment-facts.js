// Tabs of an experiment that hold facts: what was measured, what it cost, which files it left; and the notes of readers.
import { html, useState } from '../core/html.js';
import { post, useData } from '../core/api.js';
import { at } from '../core/route.js';
import { mebibytes } from '../core/format.js';
import { Count, Fixed, Hash, Missing, Panel, Percent, Status, Time, Value, Waiting, failureSentence } from '../ui/cells.js';
import { Facts, Table } from '../ui/table.js';
import { SlimLines } from '../ui/slim.js';
import { ActionProblem } from '../ui/act.js';
import { Choose } from '../ui/choose.js';
import { RdChart } from '../charts/rd.js';

/** @param {any} run */
const why = (run) => failureSentence(run.failure) || 'the run was not measured';
/** @param {string} name @param {number} decimals */
const fixedOf = (name, decimals) => (/** @type {any} */ run) => html`<${Fixed} value=${run[name]} decimals=${decimals} reason=${why(run)} />`;

const RUN_COLUMNS = [
  { key: 'clip', head: 'clip', cell: (/** @type {any} */ run) => run.clip },
  { key: 'quality', head: 'q', numeric: true, cell: (/** @type {any} */ run) => String(run.quality) },
  { key: 'outcome', head: 'outcome', cell: (/** @type {any} */ run) => html`<${Status} state=${run.outcome === 'measured' ? 'measured' : 'failed'} outcome=${run.outcome} />` },
  { key: 'bytes', head: 'stream', unit: 'B', numeric: true, cell: (/** @type {any} */ run) => html`<${Count} value=${run.stream_bytes} reason=${why(run)} />` },
  { key: 'kbps', head: 'bitrate', unit: 'kbit/s', numeric: true, cell: fixedOf('bitrate_kbps', 1) },
  { key: 'y', head: 'PSNR-Y', unit: 'dB', numeric: true, cell: fixedOf('psnr_y_db', 2) },
  { key: 'yuv', head: 'PSNR-YUV', unit: 'dB', numeric: true, cell: fixedOf('psnr_yuv_db', 2) },
  { key: 'ssim', head: 'SSIM-Y', numeric: true, cell: fixedOf('ssim_y', 4) },
  { key: 'hash', head: 'reconstruction SHA-256', cell: (/** @type {any} */ run) => html`<${Hash} hash=${run.reconstruction_sha256} reason=${why(run)} />` },
];

const BD_COLUMNS = [
  { key: 'clip', head: 'clip', cell: (/** @type {any} */ bd) => bd.clip },
  { key: 'anchor', head: 'anchor', cell: (/** @type {any} */ bd) => bd.anchor },
  { key: 'rate', head: 'rate', cell: (/** @type {any} */ bd) => bd.rate },
  { key: 'metric', head: 'metric', cell: (/** @type {any} */ bd) => bd.metric },
  { key: 'percent', head: 'BD-rate', unit: '%', numeric: true, cell: (/** @type {any} */ bd) => html`<${Percent} bd=${bd} />${bd.doubtful ? html` <span class="status running">doubtful</span>` : null}` },
  { key: 'akima', head: 'cross-check (Akima)', unit: '%', numeric: true, cell: (/** @type {any} */ bd) => html`<${Percent} bd=${{ percent: bd.akima_percent, reason: bd.reason }} />` },
  { key: 'overlap', head: 'overlap', unit: '%', numeric: true, cell: (/** @type {any} */ bd) => html`<${Fixed} value=${typeof bd.overlap === 'number' ? bd.overlap * 100 : null} decimals=${0} reason=${bd.reason} />` },
];

/** @param {{data: any, query: URLSearchParams}} props */
export function OverviewTab({ data, query }) {
  const clips = clipNames(data);
  const clip = query.get('clip') ?? clips[0] ?? '';
  const rd = useData(data.runs?.length ? at('/api/rd', { experiment: data.experiment_id, clip }) : null);
  const from = data.provenance;
  return html`<div class="grid">
    <${Panel} title="Rate and distortion" className="half" aside=${clips.length > 1 ? html`<${Choose} name="clip" label="Clip" value=${clip} options=${clips} />` : ''}>
      ${rd.data ? html`<${RdChart} rd=${rd.data} height=${280} />` : data.runs?.length ? html`<${Waiting} of=${rd} what="Curves" />` : html`<p class="quiet">No run was measured.</p>`}</${Panel}>
    <div class="half stack">
      <${Panel} title="BD-rate by clip and anchor" aside="PSNR-YUV; PCHIP over log rate"><${Table} caption="BD-rate by clip and anchor" columns=${BD_COLUMNS} rows=${data.bd_rate ?? []} empty=${data.slim.state === 'measured' ? 'No anchor was compared.' : 'Not measured: ' + (failureSentence(data.failure) || 'the experiment is not finished') + '.'} /></${Panel}>
      <${Panel} title="Provenance">${from ? html`<${Facts} pairs=${Object.entries(from).map(([name, value]) => [name.replaceAll('_', ' '), value === null || value === '' ? html`<${Missing} reason="not recorded" word />` : String(value)])} />` : html`<p class="quiet">Not recorded until the experiment has finished.</p>`}
        ${data.clips?.length ? html`<${Facts} pairs=${data.clips.map((/** @type {any} */ one) => ['clip ' + one.name, html`<${Hash} hash=${one.clip_id} /> ${one.width}×${one.height}, ${one.frame_count} frames`])} />` : null}</${Panel}>
    </div>
    <${Panel} title="Runs"><${Table} caption="Runs" columns=${RUN_COLUMNS} rows=${data.runs ?? []} empty="No run has finished." rowClass=${(/** @type {any} */ run) => (run.failure ? 'fault' : '')} /></${Panel}>
    <${Noticed} runs=${data.runs ?? []} />
    <${Panel} title="Parents" className="half"><${SlimLines} slims=${data.parents ?? []} empty="None: it was made from nothing." /></${Panel}>
    <${Panel} title="Children" className="half"><${SlimLines} slims=${data.children ?? []} empty="None yet." /></${Panel}>
  </div>`;
}

/** What the lab noticed without counting it against the codec, once each with the runs it was noticed in. @param {{runs: any[]}} props */
function Noticed({ runs }) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  runs.forEach((run) => (run.labels ?? []).forEach((/** @type {string} */ label) => found.set(label, [...(found.get(label) ?? []), `${run.clip} q${run.quality}`])));
  return found.size === 0 ? null : html`<${Panel} title="Noticed by the lab" aside="not counted against it"><ul class="list">${[...found].map(([label, where]) => html`<li key=${label}>${label} <span class="quiet">${where.length === runs.length ? 'in all runs' : where.join(', ')}</span></li>`)}</ul></${Panel}>`;
}

/** @param {any} data @returns {string[]} */
export function clipNames(data) {
  return [...new Set((data.runs ?? []).map((/** @type {any} */ run) => run.clip))];
}

const RESOURCE_COLUMNS = [
  RUN_COLUMNS[0], RUN_COLUMNS[1],
  { key: 'ecpu', head: 'encode CPU', unit: 's', numeric: true, cell: fixedOf('encode_cpu_seconds', 2) },
  { key: 'ewall', head: 'encode wall', unit: 's', numeric: true, cell: fixedOf('encode_wall_seconds', 2) },
  { key: 'emem', head: 'encode peak', unit: 'MiB', numeric: true, cell: (/** @type {any} */ run) => html`<${Fixed} value=${run.encode_peak_memory_bytes / 1048576} decimals=${0} reason=${why(run)} />` },
  { key: 'dcpu', head: 'decode CPU', unit: 's', numeric: true, cell: fixedOf('decode_cpu_seconds', 2) },
  { key: 'dwall', head: 'decode wall', unit: 's', numeric: true, cell: fixedOf('decode_wall_seconds', 2) },
  { key: 'dmem', head: 'decode peak', unit: 'MiB', numeric: true, cell: (/** @type {any} */ run) => html`<${Fixed} value=${run.decode_peak_memory_bytes / 1048576} decimals=${0} reason=${why(run)} />` },
];

/** @param {{data: any}} props */
export function ResourcesTab({ data }) {
  return html`<div class="grid"><${Panel} title="What each run cost"><${Table} caption="Resources by run" columns=${RESOURCE_COLUMNS} rows=${data.runs ?? []} empty="No run has finished." /></${Panel}>
    <${Panel} title="Build" className="half">${data.build ? html`<${Build} build=${data.build} />` : html`<p class="quiet">Nothing had to be built.</p>`}</${Panel}>
    <${Panel} title="Decoder" className="half"><${Facts} pairs=${[['size, xz, B', html`<${Count} value=${data.decoder_bytes} reason="not taken" />`], ['limit class', data.limit_class ?? html`<${Missing} reason="not recorded" word />`]]} /></${Panel}></div>`;
}

/** What it took to build it; no run is charged for it. @param {{build: any}} props */
function Build({ build }) {
  return html`<${Facts} pairs=${[
    ['CPU, s', html`<${Fixed} value=${build.cpu_seconds} decimals=${2} reason="not measured" />`],
    ['wall, s', html`<${Fixed} value=${build.wall_seconds} decimals=${2} reason="not measured" />`],
    ['peak memory, MiB', html`<${Value} text=${mebibytes(build.peak_memory_bytes)} reason="not measured" />`],
    ['what it left, KiB', html`<${Fixed} value=${build.archive_bytes / 1024} decimals=${0} reason="not measured" />`],
    ['archive SHA-256', html`<${Hash} hash=${build.archive_sha256} />`],
    ...(build.labels ?? []).map((/** @type {string} */ label) => ['noticed', label]),
  ]} /><p class="note">Reported apart: no run is charged for it.</p>`;
}

/** @param {{data: any, path: string}} props */
export function FilesTab({ data, path }) {
  const log = useData(path + '/log');
  const columns = [
    { key: 'name', head: 'file', cell: (/** @type {any} */ file) => html`<a href=${file.href} download=${file.name}>${file.name}</a>` },
    { key: 'bytes', head: 'size', unit: 'B', numeric: true, cell: (/** @type {any} */ file) => html`<${Count} value=${file.bytes} reason="its size is not recorded with the result" />` },
    { key: 'hash', head: 'SHA-256', cell: (/** @type {any} */ file) => html`<${Hash} hash=${file.sha256} />` },
  ];
  return html`<div class="stack"><${Panel} title="Files"><${Table} caption="Files of the experiment" columns=${columns} rows=${data.files ?? []} empty="No file was kept." /></${Panel}>
    <${Panel} title="Log">${log.data ? html`<${Table} caption="Log" columns=${[{ key: 'at', head: 'time', cell: (/** @type {any} */ line) => html`<${Time} iso=${line.at} />` }, { key: 'text', head: 'what', wide: true, cell: (/** @type {any} */ line) => line.text }]} rows=${log.data.lines} empty="Nothing was logged." />` : html`<${Waiting} of=${log} what="The log" />`}</${Panel}></div>`;
}

/** @param {{data: any, path: string, reload: () => void}} props */
export function NotesPanel({ data, path, reload }) {
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const add = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const text = String(new FormData(form).get('text') ?? '').trim();
    if (!text) {
      return;
    }
    setProblem(null);
    try {
      await post(path + '/notes', { text });
      form.reset();
      reload();
    } catch (error) {
      setProblem(error);
    }
  };
  return html`<${Panel} title="Notes" className="notes"><ul class="list">${(data.notes ?? []).map((/** @type {any} */ note, /** @type {number} */ index) => html`<li key=${index}><span class="quiet"><${Time} iso=${note.at} /></span> <span class="prose">${note.text}</span></li>`)}</ul>
    <form onSubmit=${add}><label class="field"><span>Add a note</span><textarea name="text" maxlength="4000"></textarea></label> <button>Keep</button></form><${ActionProblem} problem=${problem} /></${Panel}>`;
}
