// What the lab does now, and how far it has come.
import { html, useEffect } from '../core/html.js';
import { useData } from '../core/api.js';
import { at } from '../core/route.js';
import { running, seedRunning } from '../core/live.js';
import { count, localTime, signed } from '../core/format.js';
import { ExperimentLink, Missing, Panel, Percent, Progress, Value, Waiting } from '../ui/cells.js';
import { ChooseCampaign } from '../ui/campaigns.js';
import { SlimLines } from '../ui/slim.js';
import { Table } from '../ui/table.js';
import { RdChart } from '../charts/rd.js';
import { Convergence } from '../charts/convergence.js';

const CHANGES = ['experiment.created', 'experiment.finished', 'experiment.failed', 'best.changed', 'campaign.changed'];

/** @param {{query: URLSearchParams}} props */
export function Overview({ query }) {
  const campaign = query.get('campaign') ?? '';
  const answer = useData(at('/api/overview', { campaign }), CHANGES);
  const data = answer.data;
  useEffect(() => {
    if (data) {
      seedRunning(data.running);
    }
  }, [data]);
  if (!data) {
    return html`<h1>Overview</h1><${Waiting} of=${answer} what="The overview" />`;
  }
  return html`<div class="page-head"><div><h1>Overview</h1><p class="sub">${subtitle(data.campaign)}</p></div><${ChooseCampaign} value=${campaign} none="the latest" /></div>
    <${Counts} data=${data} campaign=${data.campaign?.campaign_id} />
    <div class="grid">
      <${Running} className="half" />
      <${Best} data=${data} />
      <${Panel} title="Convergence" className="half"><${Convergence} points=${data.convergence ?? []} anchor=${data.campaign?.anchors?.[0]} leftOut=${data.convergence_left_out} /></${Panel}>
      <${BestRd} best=${data.best} />
      <${Panel} title="Latest results" className="half" aside=${html`<a href=${at('/experiments', { campaign: data.campaign?.campaign_id })}>all experiments</a>`}>
        <${SlimLines} slims=${(data.latest ?? []).filter((/** @type {any} */ slim) => slim.state !== 'in_progress')} empty="Nothing has finished yet." /></${Panel}>
      <${LatestFailures} campaign=${data.campaign?.campaign_id ?? ''} />
    </div>`;
}

/** @param {any} campaign */
function subtitle(campaign) {
  return campaign ? html`<a href=${'/campaigns/' + encodeURIComponent(campaign.campaign_id)}>${campaign.campaign_id}</a> · ${campaign.state} · ${campaign.proposer} · seed ${String(campaign.seed ?? '—')}` : 'No campaign yet: start one with aiv1 run.';
}

/** @param {{data: any, campaign?: string}} props */
function Counts({ data, campaign }) {
  const counts = data.counts;
  const link = (/** @type {string | null} */ state, /** @type {string} */ name, /** @type {any} */ value) => html`<a href=${at('/experiments', { state, campaign })}><span class="figure">${count(value)}</span><span class="name">${name}</span></a>`;
  const expected = data.expected_completion;
  const when = typeof expected === 'string' ? expected : expected?.time;
  return html`<div class="counts">
    ${link('successful', 'successful', counts.successful)}${link('in_progress', 'in progress', counts.in_progress)}${link('failed', 'failed', counts.failed)}
    <div><span class="figure">${count(counts.queued)}</span><span class="name">queued</span></div>
    ${link('all', data.campaign?.experiments_planned ? `of ${count(data.campaign.experiments_planned)} planned` : 'in all', counts.total)}
    <div><span class="figure"><${Percent} bd=${data.best?.bd_rate?.total} reason="nothing has been measured yet" /></span><span class="name">best BD-rate <span class="unit">% total</span></span></div>
    <div><span class="figure">${when ? localTime(when)?.slice(11, 16) : html`<${Missing} reason=${expected?.reason ?? data.expected_completion_reason ?? 'no campaign is running'} />`}</span><span class="name">expected end</span></div>
  </div>`;
}

/** @param {{className: string}} props */
function Running({ className }) {
  const slims = [...running.value.values()];
  return html`<${Panel} title="Running" className=${className} aside=${slims.length ? String(slims.length) : ''}>
    ${slims.length === 0 ? html`<p class="quiet">No experiment is under way.</p>` : html`<ul class="list">${slims.map((slim) => html`<li key=${slim.experiment_id}>
      <div class="line"><${ExperimentLink} id=${slim.experiment_id} /><span class="grow" title=${slim.title}>${slim.title}</span></div><${Progress} slim=${slim} /></li>`)}</ul>`}
  </${Panel}>`;
}

/** @param {{data: any}} props */
function Best({ data }) {
  const rows = data.best_by_anchor ?? [];
  const columns = [
    { key: 'anchor', head: 'anchor', cell: (/** @type {any} */ row) => row.anchor },
    { key: 'total', head: 'BD-rate total', unit: '%', numeric: true, cell: (/** @type {any} */ row) => html`<${Percent} bd=${row.total} />` },
    { key: 'stream', head: 'BD-rate stream', unit: '%', numeric: true, cell: (/** @type {any} */ row) => html`<${Percent} bd=${row.stream} />` },
  ];
  return html`<${Panel} title="Best so far" className="half" aside="stream and decoder count as rate; lower is better">
    ${data.best ? html`<div class="line"><${ExperimentLink} id=${data.best.experiment_id} /><span class="grow" title=${data.best.title}>${data.best.title}</span></div>` : null}
    <${Table} caption="BD-rate of the best experiment against each anchor" columns=${columns} rows=${rows} empty="Nothing has been measured yet." />
  </${Panel}>`;
}

/** @param {{best: any}} props */
function BestRd({ best }) {
  const answer = useData(best ? at('/api/rd', { experiment: best.experiment_id, rate: 'total' }) : null);
  return html`<${Panel} title="Best against the anchors" className="half" aside=${best ? html`<a href=${at('/rd', { experiment: best.experiment_id })}>all clips and metrics</a>` : ''}>
    ${answer.data ? html`<${RdChart} rd=${answer.data} height=${260} />` : best ? html`<${Waiting} of=${answer} what="Curves" />` : html`<p class="quiet">Nothing has been measured yet.</p>`}
  </${Panel}>`;
}

/** @param {{campaign: string}} props */
function LatestFailures({ campaign }) {
  const answer = useData(at('/api/experiments', { campaign, state: 'failed', limit: 6 }), ['experiment.failed']);
  return html`<${Panel} title="Latest failures" className="half" aside=${html`<a href=${at('/failures', { campaign })}>patterns</a>`}>
    ${answer.data ? html`<${SlimLines} slims=${answer.data.experiments} failure empty="None failed." />` : html`<${Waiting} of=${answer} what="Failures" />`}
  </${Panel}>`;
}
