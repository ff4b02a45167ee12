// Campaigns, and one of them: what it is for, on which clips, against which anchors, within which budget, and its controls.
import { html, useState } from '../core/html.js';
import { post, useData } from '../core/api.js';
import { at } from '../core/route.js';
import { clipOf } from '../core/clip.js';
import { count, signed } from '../core/format.js';
import { announce } from '../core/announce.js';
import { Count, ExperimentLink, Hash, Missing, Panel, Percent, Status, Time, Value, Waiting } from '../ui/cells.js';
import { Facts, Table } from '../ui/table.js';
import { ActionProblem } from '../ui/act.js';

const CHANGES = ['campaign.changed', 'experiment.finished', 'experiment.failed', 'best.changed'];

export function Campaigns() {
  const answer = useData('/api/campaigns', CHANGES);
  const columns = [
    { key: 'id', head: 'campaign', cell: (/** @type {any} */ row) => html`<a class="mono" href=${hrefOf(row)}>${row.campaign_id}</a>` },
    { key: 'state', head: 'state', cell: (/** @type {any} */ row) => html`<${Status} state=${row.state} />` },
    { key: 'began', head: 'began', cell: (/** @type {any} */ row) => html`<${Time} iso=${row.created_at} />` },
    { key: 'proposer', head: 'proposer', cell: (/** @type {any} */ row) => row.proposer },
    { key: 'ok', head: 'successful', numeric: true, cell: (/** @type {any} */ row) => count(row.counts?.successful) },
    { key: 'bad', head: 'failed', numeric: true, cell: (/** @type {any} */ row) => count(row.counts?.failed) },
    { key: 'planned', head: 'planned', numeric: true, cell: (/** @type {any} */ row) => html`<${Count} value=${row.experiments_planned} reason="no end was set" />` },
    { key: 'best', head: 'best BD-rate', unit: '%', numeric: true, cell: (/** @type {any} */ row) => html`<${Percent} bd=${row.best?.bd_rate?.total} reason="nothing was measured" />` },
    { key: 'clips', head: 'clips', wide: true, cell: (/** @type {any} */ row) => (row.clips ?? []).map((/** @type {any} */ clip) => clip.name).join(', ') },
  ];
  return html`<div class="page-head"><h1>Campaigns</h1></div>
    ${answer.data ? html`<${Table} caption="Campaigns" columns=${columns} rows=${answer.data.campaigns} rowKey=${(/** @type {any} */ row) => row.campaign_id} empty="No campaign yet: start one with aiv1 run." />` : html`<${Waiting} of=${answer} what="Campaigns" />`}`;
}

/** @param {any} campaign */
function hrefOf(campaign) {
  return '/campaigns/' + encodeURIComponent(campaign.campaign_id);
}

/** @param {{id: string}} props */
export function Campaign({ id }) {
  const path = '/api/campaigns/' + encodeURIComponent(id);
  const answer = useData(path, CHANGES);
  const log = useData(at('/api/audit', { campaign: id }), ['campaign.changed']);
  const models = useData(path + '/models', ['budget', 'experiment.created']);
  const data = answer.data;
  if (!data) {
    return html`<h1>${id}</h1><${Waiting} of=${answer} what="The campaign" />`;
  }
  return html`<div class="page-head"><div><h1>${data.campaign_id}</h1><p class="sub">${data.goal ?? 'the lowest BD-rate (PSNR-YUV, stream and decoder) against the first anchor'}</p></div><${Controls} campaign=${data} path=${path} after=${() => { answer.reload(); log.reload(); }} /></div>
    <div class="verdict ${data.state === 'running' ? 'running' : ''}"><${Status} state=${data.state} />${data.reason ? html`<span>${data.reason}</span>` : null}
      <span>${count(data.counts?.successful)} successful</span><span>${count(data.counts?.in_progress)} in progress</span><span>${count(data.counts?.failed)} failed</span><span>of ${data.experiments_planned ? count(data.experiments_planned) : html`<${Missing} reason="no end was set" />`} planned</span>
      ${data.best ? html`<span>best <${ExperimentLink} id=${data.best.experiment_id} /> ${signed(data.best.bd_rate?.total?.percent)} %</span>` : null}</div>
    <p class="actions"><a class="button" href=${at('/', { campaign: id })}>Overview</a><a class="button" href=${at('/experiments', { campaign: id })}>Experiments</a><a class="button" href=${at('/leaderboard', { campaign: id })}>Leaderboard</a><a class="button" href=${at('/lineage', { campaign: id })}>Lineage</a><a class="button" href=${at('/failures', { campaign: id })}>Failures</a></p>
    <div class="grid">
      <${Panel} title="How it is run" className="half"><${Facts} pairs=${[['began', html`<${Time} iso=${data.created_at} />`], ['seed', html`<span class="mono">${String(data.seed)}</span>`], ['proposer', data.proposer], ['anchors', (data.anchors ?? []).map((/** @type {any} */ one) => one.name ?? one).join(', ')], ...budgetFacts(data)]} /></${Panel}>
      <${Panel} title="Clips" className="half"><${Clips} clips=${data.clips ?? []} /></${Panel}>
      ${data.proposer === 'inventor' && !models.data?.models.length ? null : html`<${Panel} title="Language models"><${Models} answer=${models} /></${Panel}>`}
      <${Panel} title="Log of changes"><${Log} answer=${log} /></${Panel}>
    </div>`;
}

/** What bounds it. @param {any} campaign @returns {[any, any][]} */
function budgetFacts(campaign) {
  return [
    ['experiments', html`<${Count} value=${campaign.experiments_planned} reason="no end was set" />`],
    ['side by side', html`<${Count} value=${campaign.parallel_experiments} reason="not recorded" />`],
    ['delay between, s', html`<${Value} text=${campaign.delay_seconds === undefined ? null : String(campaign.delay_seconds)} reason="not recorded" />`],
    ['limits of a run', html`<${Value} text=${campaign.limit_class} reason="not recorded" />`],
  ];
}

/** What was asked of each model and what it cost. @param {{answer: any}} props */
function Models({ answer }) {
  if (!answer.data) {
    return html`<${Waiting} of=${answer} what="What the models cost" />`;
  }
  const { budget, spent, models } = answer.data;
  const columns = [
    { key: 'model', head: 'model', cell: (/** @type {any} */ row) => `${row.provider}: ${row.model}` },
    { key: 'questions', head: 'questions', numeric: true, cell: (/** @type {any} */ row) => count(row.questions) },
    { key: 'refused', head: 'not usable', numeric: true, cell: (/** @type {any} */ row) => count(row.refused) },
    { key: 'input', head: 'tokens in', numeric: true, cell: (/** @type {any} */ row) => count(row.input_tokens + row.cache_read_tokens + row.cache_write_tokens) },
    { key: 'cached', head: 'of them cached', numeric: true, cell: (/** @type {any} */ row) => count(row.cache_read_tokens) },
    { key: 'output', head: 'tokens out', numeric: true, cell: (/** @type {any} */ row) => count(row.output_tokens) },
    { key: 'seconds', head: 'asked for', unit: 's', numeric: true, cell: (/** @type {any} */ row) => row.seconds.toFixed(1) },
    { key: 'usd', head: 'cost', unit: 'US$', numeric: true, cell: (/** @type {any} */ row) => html`<${Usd} of=${row} />` },
  ];
  return html`<p class="quiet">Spent: <${Usd} of=${spent} /> US$ of <${Value} text=${budget.usd === null ? null : budget.usd.toFixed(2)} reason=${budget.reason} />; ${count(spent.tokens)} tokens of <${Count} value=${budget.tokens} reason=${budget.reason} />.</p>
    <${Table} caption="Language models that were asked" columns=${columns} rows=${models} rowKey=${(/** @type {any} */ row) => row.provider + ':' + row.model} empty="No model has answered yet." />`;
}

/** @param {{of: any}} props */
function Usd({ of }) {
  const known = html`<${Value} text=${of.usd === null ? null : of.usd.toFixed(4)} reason=${of.questions ? 'no price is known of this model' : 'nothing was asked'} />`;
  return of.usd !== null && of.unpriced ? html`${known} and ${count(of.unpriced)} of unknown price` : known;
}

/** @param {{clips: any[]}} props */
function Clips({ clips }) {
  const columns = [
    { key: 'name', head: 'clip', cell: (/** @type {any} */ clip) => clip.name },
    { key: 'size', head: 'size', unit: 'pixels', numeric: true, cell: (/** @type {any} */ clip) => `${clip.width}×${clip.height}` },
    { key: 'frames', head: 'frames', numeric: true, cell: (/** @type {any} */ clip) => count(clip.frames) },
    { key: 'fps', head: 'rate', unit: 'frames/s', numeric: true, cell: (/** @type {any} */ clip) => String(Number(clip.fps.toFixed(3))) },
    { key: 'hash', head: 'SHA-256', cell: (/** @type {any} */ clip) => html`<${Hash} hash=${clip.sha256} />` },
  ];
  return html`<${Table} caption="Clips of the campaign" columns=${columns} rows=${clips.map(clipOf)} empty="No clip is recorded." />`;
}

/** @param {{answer: any}} props */
function Log({ answer }) {
  const columns = [
    { key: 'at', head: 'time', cell: (/** @type {any} */ row) => html`<${Time} iso=${row.at} />` },
    { key: 'action', head: 'action', cell: (/** @type {any} */ row) => row.action },
    { key: 'target', head: 'of', cell: (/** @type {any} */ row) => row.target },
    { key: 'by', head: 'by', cell: (/** @type {any} */ row) => row.by },
    { key: 'result', head: 'result', wide: true, cell: (/** @type {any} */ row) => row.text || row.result },
  ];
  return answer.data ? html`<${Table} caption="Changes made through this page" columns=${columns} rows=${answer.data.entries} empty="Nothing was changed through this page." />` : html`<${Waiting} of=${answer} what="The log" />`;
}

const CONTROLS = { start: ['paused', 'stopped', 'unknown'], pause: ['running'], stop: ['running', 'paused'] };

/** @param {{campaign: any, path: string, after: () => void}} props */
function Controls({ campaign, path, after }) {
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [said, setSaid] = useState('');
  const act = async (/** @type {string} */ verb) => {
    setProblem(null);
    setSaid('');
    try {
      const answer = await post(`${path}:${verb}`);
      setSaid(answer.said ?? '');
      announce(answer.said ?? `${verb} was asked for.`, 3);
      after();
    } catch (error) {
      setProblem(error);
    }
  };
  return html`<div><div class="actions">${Object.entries(CONTROLS).map(([verb, states]) => html`<button key=${verb} type="button" disabled=${!states.includes(campaign.state)} onClick=${() => act(verb)}>${verb[0].toUpperCase() + verb.slice(1)}</button>`)}</div>${said ? html`<p class="quiet said">${said}</p>` : null}<${ActionProblem} problem=${problem} /></div>`;
}
