// Looks at a reconstruction beside its source, or beside another experiment's.
import { html, useMemo, useState } from '../core/html.js';
import { useData } from '../core/api.js';
import { clipOf } from '../core/clip.js';
import { at, setQuery } from '../core/route.js';
import { ExperimentLink, Panel, Waiting } from '../ui/cells.js';
import { Choose } from '../ui/choose.js';
import { PickExperiment } from '../ui/pick.js';
import { ChartFrame } from '../charts/frame.js';
import { Player } from '../player/player.js';
import { saveMade } from '../player/made.js';
import { METRICS, worst } from './experiment-frames.js';
import { clipNames } from './experiment-facts.js';

/** @param {{query: URLSearchParams}} props */
export function View({ query }) {
  const overview = useData(query.get('experiment') ? null : '/api/overview');
  const id = query.get('experiment') ?? overview.data?.best?.experiment_id ?? '';
  const answer = useData(id ? '/api/experiments/' + encodeURIComponent(id) : null);
  return html`<div class="page-head"><div><h1>View</h1><p class="sub">A is the reference, B the experiment. Colours are converted to RGB by the browser; the lab's numbers are of the 4:2:0 samples.</p></div></div>
    ${answer.data ? html`<${Looking} key=${id} data=${answer.data} query=${query} />` : id ? html`<${Waiting} of=${answer} what="The experiment" />` : html`<div class="toolbar"><${PickExperiment} name="experiment" label="Experiment" value="" /></div><p class="quiet">${overview.data ? 'Nothing has been measured yet.' : 'Loading…'}</p>`}`;
}

/** @param {{data: any, query: URLSearchParams}} props */
function Looking({ data, query }) {
  const id = data.experiment_id;
  const clips = clipNames(data);
  const clip = query.get('clip') ?? clips[0] ?? '';
  const measured = data.runs.filter((/** @type {any} */ run) => run.clip === clip && run.outcome === 'measured').map((/** @type {any} */ run) => String(run.quality));
  const quality = query.get('quality') ?? measured[Math.floor(measured.length / 2)] ?? '';
  const against = query.get('against') ?? '';
  const metric = METRICS.find(([key]) => key === query.get('metric')) ?? METRICS[0];
  const [blind, setBlind] = useState(/** @type {{swapped: boolean, revealed: boolean} | null} */ (null));
  const [frame, setFrame] = useState(0);
  const [saving, setSaving] = useState('');
  const frames = useData(quality ? at(`/api/experiments/${encodeURIComponent(id)}/frames`, { clip, quality }) : null);
  const other = useData(against && quality ? at(`/api/experiments/${encodeURIComponent(against)}/frames`, { clip, quality }) : null);
  const facts = factsOf(data, clip);
  const b = useMemo(() => sourceOf(id, clip, quality, id), [id, clip, quality]);
  const a = useMemo(() => sourceOf(against || 'source', clip, quality, id), [against, clip, quality, id]);
  const swapped = blind?.swapped ?? false;
  const hidden = blind !== null && !blind.revealed;
  const names = /** @type {[string, string]} */ (hidden ? ['?', '?'] : swapped ? [id, against || 'source'] : [against || 'source', id]);
  const begin = () => setBlind(blind ? null : { swapped: Math.random() < 0.5, revealed: false });
  const worstFrame = worst(frames.data?.frames, metric[0]);
  const save = (/** @type {string} */ label, /** @type {string} */ url, /** @type {string} */ name) => html`<a href=${url} download=${name} onClick=${(/** @type {Event} */ event) => {
    event.preventDefault();
    saveMade(url, name, setSaving);
  }}>${label}</a>`;
  const links = (/** @type {number} */ at) => (hidden ? null : html`${save('PNG of A', a.still(at), `${against || 'source'}-${clip}-${at}.png`)}${save('PNG of B', b.still(at), `${id}-${clip}-q${quality}-${at}.png`)}<span role="status">${saving}</span>`);
  return html`<div class="toolbar"><${PickExperiment} name="experiment" label="Experiment (B)" value=${id} /><${PickExperiment} name="against" label="Against (A); empty: the source" value=${against} />
      <${Choose} name="clip" label="Clip" value=${clip} options=${clips} onChange=${(/** @type {string} */ next) => setQuery({ clip: next, frame: null }, { push: true })} /><${Choose} name="quality" label="Quality" value=${quality} options=${measured} onChange=${(/** @type {string} */ next) => setQuery({ quality: next }, { push: true })} />
      <button type="button" aria-pressed=${blind ? 'true' : 'false'} onClick=${begin}>Blind</button>${hidden ? html`<button type="button" onClick=${() => blind && setBlind({ ...blind, revealed: true })}>Reveal</button>` : null}
      ${blind?.revealed ? html`<span role="status">B is ${swapped ? against || 'the source' : id}.</span>` : null}<${ExperimentLink} id=${id} /></div>
    ${quality && facts ? html`<${Player} a=${swapped ? b : a} b=${swapped ? a : b} names=${names} clip=${facts} query=${query} worst=${hidden ? null : worstFrame} onFrame=${setFrame} links=${links} />
      ${hidden ? null : html`<${Panel} title="Quality by frame, against the source" aside=${html`<${Choose} name="metric" label="Metric" value=${metric[0]} options=${METRICS} />`}><${Strip} mine=${frames.data?.frames} other=${other.data?.frames} names=${[id, against]} metric=${metric} frame=${frame} /></${Panel}>`}`
      : html`<p class="quiet">No run of this clip was measured, so there is nothing to look at.</p>`}`;
}

/** Where the pictures of one side are. @param {string} who an experiment, or 'source' @param {string} clip @param {string} quality @param {string} id the experiment that names the clip */
function sourceOf(who, clip, quality, id) {
  const part = encodeURIComponent;
  const run = who === 'source' ? `source/${part(clip)}` : `${part(who)}/${part(clip)}/q${quality}`;
  const query = who === 'source' ? '?experiment=' + part(id) : '';
  return { video: `/api/video/${run}.mp4${query}`, still: (/** @type {number} */ frame) => `/api/frame/${run}/${frame}.png${query}` };
}

/** @param {any} data @param {string} name */
function factsOf(data, name) {
  const found = [...(data.clips ?? []), ...(data.campaign?.clips ?? [])].find((clip) => clip.name === name);
  return found ? clipOf(found) : null;
}

/** @param {{mine?: any[], other?: any[], names: string[], metric: string[], frame: number}} props */
function Strip({ mine, other, names, metric, frame }) {
  const seriesOf = (/** @type {string} */ name, /** @type {number} */ style, /** @type {any[] | undefined} */ list) => ({ name, style, markers: false, points: (list ?? []).filter((one) => typeof one[metric[0]] === 'number').map((one) => ({ x: one.index, y: one[metric[0]], label: `${name}, frame ${one.index}: ${one[metric[0]].toFixed(metric[0] === 'ssim_y' ? 4 : 2)} ${metric[1]}` })) });
  const series = [seriesOf(names[0], 0, mine), ...(other ? [seriesOf(names[1], 1, other)] : [])];
  const beside = new Map((other ?? []).map((one) => [one.index, one[metric[0]]]));
  const head = other ? ['frame', `B ${metric[1]}`, `A ${metric[1]}`] : ['frame', metric[1]];
  return html`<${ChartFrame} title=${metric[1] + ' by frame'} series=${series} x=${{ label: 'frame' }} y=${{ label: metric[1] }} height=${150} cursor=${frame} onPick=${(/** @type {number} */ x) => setQuery({ frame: x || null })}
    head=${head} rows=${(mine ?? []).map((one) => [one.index, one[metric[0]] ?? null, ...(other ? [beside.get(one.index) ?? null] : [])])} />`;
}
