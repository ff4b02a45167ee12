// One experiment: the verdict first, then what stands behind it.
import { html, useEffect, useState } from '../core/html.js';
import { useData } from '../core/api.js';
import { running, onLive } from '../core/live.js';
import { at } from '../core/route.js';
import { localTime, signed } from '../core/format.js';
import { Missing, Percent, Progress, Status, Time, Waiting, failureSentence } from '../ui/cells.js';
import { Tabs } from '../ui/tabs.js';
import { ActButton, ActionProblem } from '../ui/act.js';
import { CodeTab, FailureTab, RationaleTab } from './experiment-code.js';
import { FilesTab, NotesPanel, OverviewTab, ResourcesTab } from './experiment-facts.js';
import { FramesTab } from './experiment-frames.js';
import { VideoTab } from './experiment-video.js';

const TABS = [
  ['overview', 'Overview', OverviewTab], ['code', 'Code', CodeTab], ['rationale', 'Rationale', RationaleTab], ['frames', 'Frames', FramesTab],
  ['video', 'Video', VideoTab], ['failure', 'Failure', FailureTab], ['resources', 'Resources', ResourcesTab], ['files', 'Files', FilesTab],
];

/** @param {{id: string, query: URLSearchParams}} props */
export function Experiment({ id, query }) {
  const path = '/api/experiments/' + encodeURIComponent(id);
  const answer = useData(path);
  useEffect(() => onLive(['experiment.finished', 'experiment.failed', 'experiment.created'], (event) => event.data?.experiment_id === id && answer.reload()), [id]);
  const data = answer.data;
  if (!data) {
    return html`<h1 class="mono">${id}</h1><${Waiting} of=${answer} what="The experiment" />`;
  }
  const tabs = TABS.filter(([tab]) => tab !== 'failure' || data.failure || failedRuns(data).length > 0);
  const wanted = query.get('tab') ?? (data.failure ? 'failure' : 'overview');
  const chosen = tabs.find(([tab]) => tab === wanted) ?? tabs[0];
  const Body = chosen[2];
  return html`<${Head} data=${data} path=${path} reload=${answer.reload} />
    <${Verdict} data=${data} />
    <${Flagged} slim=${data.slim} />
    <${Reruns} data=${data} />
    <${Timeline} entries=${data.timeline ?? []} />
    <${Tabs} name="tab" label="Parts of the experiment" tabs=${tabs.map(([tab, label]) => ({ id: tab, label }))} chosen=${chosen[0]}>
      <${Body} data=${data} path=${path} query=${query} />
    </${Tabs}>
    <${NotesPanel} data=${data} path=${path} reload=${answer.reload} />`;
}

/** @param {any} data */
function failedRuns(data) {
  return (data.runs ?? []).filter((/** @type {any} */ run) => run.failure);
}

/** @param {{data: any, path: string, reload: () => void}} props */
function Head({ data, path, reload }) {
  const slim = data.slim;
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [said, setSaid] = useState('');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setCopied(true);
    } catch {
      setProblem({ title: 'The browser does not let this page copy; the address bar has the link' });
    }
  };
  const alive = slim.state === 'in_progress' || slim.state === 'queued';
  const parent = data.parents?.[0]?.experiment_id;
  return html`<div class="page-head"><div><h1 class="mono">${data.experiment_id}</h1><p class="sub" dir="auto">${slim.title}</p>
      <p class="sub">${slim.proposer}${slim.model ? ' · ' + slim.model : ''} · contract ${slim.contract} · candidate <code title=${slim.candidate_id}>${String(slim.candidate_id ?? '').slice(0, 12)}</code>
        ${slim.campaign_id ? html` · <a href=${'/campaigns/' + encodeURIComponent(slim.campaign_id)}>${slim.campaign_id}</a>` : ' · asked for by hand'}</p></div>
    <div><div class="actions">
      <${ActButton} label=${slim.starred ? 'Starred' : 'Star'} pressed=${slim.starred} url=${path + (slim.starred ? ':unstar' : ':star')} said=${slim.starred ? 'Star removed.' : 'Starred.'} after=${reload} onProblem=${setProblem} />
      <${ActButton} label="Rerun" url=${path + ':rerun'} said="A rerun was asked for." after=${reload} onProblem=${setProblem} onSaid=${setSaid} disabled=${alive} />
      <${ActButton} label="Cancel" url=${path + ':cancel'} said="Cancelling was asked for." after=${reload} onProblem=${setProblem} onSaid=${setSaid} disabled=${!alive} />
      <a class="button" href=${path} download=${data.experiment_id + '.json'}>Download</a>
      <button type="button" onClick=${copy}>${copied ? 'Copied' : 'Copy link'}</button>
      ${parent ? html`<a class="button" href=${at('/compare', { a: parent, b: data.experiment_id })}>Compare with parent</a>` : null}
    </div>${said ? html`<p class="quiet said">${said}</p>` : null}<${ActionProblem} problem=${problem} /></div></div>`;
}

/** @param {{data: any}} props */
function Verdict({ data }) {
  const slim = data.slim;
  if (slim.state === 'in_progress') {
    return html`<div class="verdict running"><${Status} state=${slim.state} /><${Progress} slim=${{ ...slim, ...running.value.get(slim.experiment_id) }} /></div>`;
  }
  const parent = data.parents?.[0];
  const mine = slim.bd_rate?.total?.percent;
  const theirs = parent?.bd_rate?.total?.percent;
  const gain = typeof mine === 'number' && typeof theirs === 'number' ? mine - theirs : null;
  const overlap = slim.bd_rate?.total?.overlap;
  return html`<div class=${'verdict ' + (slim.state === 'measured' ? 'ok' : 'bad')}><${Status} state=${slim.state} outcome=${slim.outcome} />
    <span><span class="figure"><${Percent} bd=${slim.bd_rate?.total} reason=${failureSentence(data.failure)} /></span> % BD-rate total</span>
    <span><span class="figure"><${Percent} bd=${slim.bd_rate?.stream} reason=${failureSentence(data.failure)} /></span> % stream alone</span>
    <span>against ${data.campaign?.anchors?.[0] ?? data.anchors?.[0] ?? 'the first anchor'}${typeof overlap === 'number' ? `, overlap ${(overlap * 100).toFixed(0)} %` : ''}</span>
    <span>${parent ? html`${gain === null ? html`<${Missing} reason="this experiment or its parent has no BD-rate" />` : signed(gain)} points against its parent` : 'no parent'}</span>
    <span>${verified(data)}</span>${slim.state === 'measured' && slim.is_placed === false ? html`<span class="status running">set aside: it does not rank</span>` : null}
    ${data.failure ? html`<span class="sentence status bad">${failureSentence(data.failure)}</span>` : null}</div>`;
}

/** Why the numbers are not to be believed. @param {{slim: any}} props */
function Flagged({ slim }) {
  return slim.flagged ? html`<p class="problem" role="note"><strong>Not to be believed.</strong> ${slim.flagged} It ranks nowhere, and no proposal is made from it.</p>` : null;
}

/** What a second measurement of the same candidate gave. @param {{data: any}} props */
function Reruns({ data }) {
  const rerun = data.rerun;
  const again = data.reruns ?? [];
  const link = (/** @type {string} */ id) => html`<a class="mono" href=${'/experiments/' + encodeURIComponent(id)}>${id}</a> `;
  if (!rerun && again.length === 0) {
    return null;
  }
  return html`<div class="verdict">${rerun ? html`<span>a rerun of ${link(rerun.of)}</span><span>${rerun.equal === null ? rerun.reason : rerun.equal ? 'bytes, decibels and pictures are the same' : `${rerun.differences.length} numbers differ`}</span>` : null}
    ${again.length ? html`<span>measured again as ${again.map(link)}</span>` : null}
    ${rerun?.differences?.length ? html`<ul>${rerun.differences.slice(0, 20).map((/** @type {string} */ one) => html`<li key=${one}>${one}</li>`)}</ul>` : null}</div>`;
}

/** @param {any} data */
function verified(data) {
  const runs = data.runs ?? [];
  const good = runs.filter((/** @type {any} */ run) => run.outcome === 'measured' && run.reconstruction_sha256).length;
  return runs.length === 0 ? 'no run was decoded' : good === runs.length ? `round trip verified in all ${good} runs` : `round trip verified in ${good} of ${runs.length} runs`;
}

/** @param {{entries: any[]}} props */
function Timeline({ entries }) {
  const day = (/** @type {any} */ entry) => localTime(entry?.at)?.slice(0, 10);
  return entries.length ? html`<ol class="timeline" aria-label="Timeline">${entries.map((entry, index) => html`<li key=${index}><${Time} iso=${entry.at} short=${index > 0 && day(entry) === day(entries[index - 1])} reason="no time was recorded" /> ${entry.what}</li>`)}</ol>` : null;
}
