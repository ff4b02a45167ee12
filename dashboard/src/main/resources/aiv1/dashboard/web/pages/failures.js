// Why codecs failed: how often each way, what those that failed alike have in common, and what is suspect.
import { html } from '../core/html.js';
import { useData } from '../core/api.js';
import { at } from '../core/route.js';
import { plural } from '../core/format.js';
import { Panel, Waiting } from '../ui/cells.js';
import { ChooseCampaign } from '../ui/campaigns.js';
import { Choose } from '../ui/choose.js';
import { Table } from '../ui/table.js';
import { SlimLines } from '../ui/slim.js';

/** @param {{query: URLSearchParams}} props */
export function Failures({ query }) {
  const campaign = query.get('campaign') ?? '';
  const last = query.get('last') ?? '50';
  const answer = useData(at('/api/failures', { campaign, last }), ['experiment.failed']);
  const data = answer.data;
  return html`<div class="page-head"><div><h1>Failures</h1><p class="sub">Failures of the lab itself are never counted against a codec.</p></div></div>
    <div class="toolbar"><${ChooseCampaign} value=${campaign} none="all" /><${Choose} name="last" label="Of the last" value=${last} options=${['50', '200', '500']} /><span class="quiet" role="status">${data ? plural(data.analysed, 'experiment') + ' looked at' + (typeof data.failed === 'number' ? `, ${data.failed} failed` : '') : ''}</span></div>
    ${data?.shared?.length ? html`<p class="lead">What the failures have in common: ${data.shared.join('; ')}.</p>` : null}
    ${data ? html`<div class="grid"><${Panel} title="Category by stage" className="half"><${Matrix} classes=${data.classes ?? []} /></${Panel}>
        <${Panel} title="Suspects" className="half"><${Suspects} list=${data.suspects ?? []} /></${Panel}>
        <${Panel} title="Patterns">${(data.clusters ?? []).length === 0 ? html`<p class="quiet">No two failed alike.</p>` : data.clusters.map((/** @type {any} */ cluster) => html`<${Cluster} key=${cluster.signature} cluster=${cluster} />`)}</${Panel}></div>`
      : html`<${Waiting} of=${answer} what="Failures" />`}`;
}

/** @param {{classes: any[]}} props */
function Matrix({ classes }) {
  const stages = [...new Set(classes.map((one) => one.stage))];
  const categories = [...new Set(classes.map((one) => one.category))];
  const countOf = (/** @type {string} */ category, /** @type {string} */ stage) => classes.filter((one) => one.category === category && one.stage === stage).reduce((sum, one) => sum + one.count, 0);
  const columns = [
    { key: 'category', head: 'category', cell: (/** @type {string} */ category) => category.replaceAll('_', ' ') },
    ...stages.map((stage) => ({ key: 'in ' + stage, head: stage, numeric: true, cell: (/** @type {string} */ category) => String(countOf(category, stage)) })),
    { key: 'sum', head: 'all', numeric: true, cell: (/** @type {string} */ category) => html`<strong>${stages.reduce((sum, stage) => sum + countOf(category, stage), 0)}</strong>` },
  ];
  return html`<${Table} caption="Failures by category and stage" columns=${columns} rows=${categories} empty="None failed." />`;
}

/** @param {{list: any[]}} props */
function Suspects({ list }) {
  return list.length ? html`<ul class="list">${list.map((one, index) => html`<li key=${index}>${typeof one === 'string' ? one : html`<strong>${one.suspect ?? one.name ?? ''}</strong> ${one.text ?? ''}`}</li>`)}</ul>` : html`<p class="quiet">None was named.</p>`;
}

/** @param {{cluster: any}} props */
function Cluster({ cluster }) {
  return html`<details class="cluster" open=${cluster.count > 1}><summary><strong>${cluster.count}×</strong> <span class="mono">${cluster.signature}</span></summary>
    <p>${cluster.text}</p>${cluster.shared?.length ? html`<p class="quiet">In common: ${cluster.shared.map((/** @type {any} */ one) => (typeof one === 'string' ? one : one.text ?? JSON.stringify(one))).join('; ')}</p>` : null}
    <${SlimLines} slims=${cluster.examples ?? []} failure empty="No example is kept." /></details>`;
}
