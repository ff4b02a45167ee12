// Curves of several experiments against the anchors, clip by clip, with the BD-rates and the raw points.
import { html } from '../core/html.js';
import { useData } from '../core/api.js';
import { at, go } from '../core/route.js';
import { Fixed, ExperimentLink, Panel, Percent, Waiting } from '../ui/cells.js';
import { Choose } from '../ui/choose.js';
import { PickExperiment } from '../ui/pick.js';
import { Table } from '../ui/table.js';
import { RdChart } from '../charts/rd.js';

const CURVE_COUNT_MAX = 5;

/** @param {{query: URLSearchParams}} props */
export function Rd({ query }) {
  const chosen = query.getAll('experiment').filter(Boolean).slice(0, CURVE_COUNT_MAX);
  const overview = useData(chosen.length ? null : '/api/overview');
  const best = overview.data?.best?.experiment_id;
  const ids = chosen.length ? chosen : best ? [best] : [];
  const clip = query.get('clip') ?? '';
  const metric = query.get('metric') ?? 'psnr-yuv';
  const rate = query.get('rate') ?? 'total';
  const url = ids.length ? at('/api/rd', { clip, metric, rate }) + ids.map((id) => '&experiment=' + encodeURIComponent(id)).join('') : null;
  const answer = useData(url);
  const rewrite = (/** @type {string[]} */ next) => {
    const params = new URLSearchParams(location.search);
    params.delete('experiment');
    next.forEach((id) => params.append('experiment', id));
    go('/rd?' + params);
  };
  return html`<div class="page-head"><div><h1>RD curves</h1><p class="sub">${chosen.length ? 'Rate on a log axis; further up and to the left is better.' : 'The best experiment so far against the anchors. Add others to compare.'}</p></div></div>
    <div class="toolbar"><${PickExperiment} name="add" label="Add an experiment" value="" onPick=${(/** @type {string} */ id) => id && !ids.includes(id) && rewrite([...ids, id].slice(-CURVE_COUNT_MAX))} />
      <${Choose} name="clip" label="Clip" value=${clip || answer.data?.clip || ''} options=${answer.data?.clips ?? [clip]} /><${Choose} name="metric" label="Metric" value=${metric} options=${['psnr-yuv', 'psnr-y', 'ssim-y']} />
      <${Choose} name="rate" label="Rate" value=${rate} options=${[['total', 'stream and decoder'], ['stream', 'stream alone']]} />
      ${chosen.map((id) => html`<button key=${id} type="button" class="mono" aria-label=${'remove ' + id} onClick=${() => rewrite(chosen.filter((one) => one !== id))}>${id} ×</button>`)}</div>
    ${answer.data ? html`<div class="grid"><${Panel} title=${answer.data.clip}><${RdChart} rd=${answer.data} height=${440} /></${Panel}>
      <${Panel} title="BD-rate by clip" aside="in PSNR-YUV, whichever metric is drawn; PCHIP over log rate; overlap of the quality ranges"><${BdTable} rows=${answer.data.bd} /></${Panel}></div>`
      : ids.length ? html`<${Waiting} of=${answer} what="Curves" />` : overview.data ? html`<p class="quiet">Nothing has been measured yet.</p>` : html`<${Waiting} of=${overview} what="The best experiment" />`}`;
}

/** @param {{rows: any[]}} props */
function BdTable({ rows }) {
  const columns = [
    { key: 'id', head: 'experiment', cell: (/** @type {any} */ bd) => html`<${ExperimentLink} id=${bd.experiment_id} />` },
    { key: 'clip', head: 'clip', cell: (/** @type {any} */ bd) => bd.clip },
    { key: 'anchor', head: 'anchor', cell: (/** @type {any} */ bd) => bd.anchor },
    { key: 'percent', head: 'BD-rate', unit: '%', numeric: true, cell: (/** @type {any} */ bd) => html`<${Percent} bd=${bd} />` },
    { key: 'overlap', head: 'overlap', unit: '%', numeric: true, cell: (/** @type {any} */ bd) => html`<${Fixed} value=${typeof bd.overlap === 'number' ? bd.overlap * 100 : null} decimals=${0} reason=${bd.reason} />` },
  ];
  return html`<${Table} caption="BD-rate by clip and anchor" columns=${columns} rows=${rows} empty="No BD-rate was taken." />`;
}
