// Who comes from whom: every measured experiment by number and BD-rate, with lines to its parents; and the ancestry of the one chosen.
import { html, useMemo } from '../core/html.js';
import { useData } from '../core/api.js';
import { at } from '../core/route.js';
import { signed } from '../core/format.js';
import { ExperimentLink, Missing, Panel, Waiting } from '../ui/cells.js';
import { ChooseCampaign } from '../ui/campaigns.js';
import { ChartFrame } from '../charts/frame.js';
import { PickExperiment } from '../ui/pick.js';
import { limitOf } from '../charts/convergence.js';

const EDGE_COUNT_MAX = 1500;
const DEPTH_MAX = 40;

/** @param {{query: URLSearchParams}} props */
export function Lineage({ query }) {
  const campaign = query.get('campaign') ?? '';
  const answer = useData(at('/api/lineage', { campaign }), ['experiment.finished']);
  const chosen = query.get('experiment') ?? '';
  return html`<div class="page-head"><div><h1>Lineage</h1><p class="sub">Lines lead from parents to children. Choose a mark to see where it comes from.</p></div></div>
    <div class="toolbar"><${ChooseCampaign} value=${campaign} none="all" /><${PickExperiment} name="experiment" label="Ancestry of" value=${chosen} /></div>
    ${answer.data ? html`<${Family} nodes=${answer.data.nodes.map((/** @type {any} */ node, /** @type {number} */ place) => ({ ...node, index: campaign ? node.index ?? place : answer.data.left_out + place }))} edges=${answer.data.edges} chosen=${chosen} axis=${campaign ? 'experiment number' : 'order of recording, all campaigns'} leftOut=${answer.data.left_out} />` : html`<${Waiting} of=${answer} what="The lineage" />`}`;
}

/** @param {{nodes: any[], edges: any[], chosen: string, axis: string, leftOut: number}} props */
function Family({ nodes, edges, chosen, axis, leftOut }) {
  const known = useMemo(() => new Map(nodes.map((node) => [node.experiment_id, node])), [nodes]);
  const parents = useMemo(() => {
    /** @type {Map<string, string[]>} */
    const map = new Map();
    edges.forEach((edge) => map.set(edge.child, [...(map.get(edge.child) ?? []), edge.parent]));
    return map;
  }, [edges]);
  const best = nodes.filter((node) => typeof node.percent === 'number').reduce((a, b) => (a && a.percent <= b.percent ? a : b), null);
  const focus = chosen || best?.experiment_id || '';
  const line = ancestry(focus, parents);
  const inLine = new Set(line.map((step) => step.id));
  const limit = limitOf(nodes.filter((node) => typeof node.percent === 'number').map((node) => node.percent));
  const shown = (/** @type {any} */ node) => node && typeof node.percent === 'number' && node.percent <= limit;
  const drawn = edges.map((edge) => ({ edge, from: known.get(edge.parent), to: known.get(edge.child) })).filter(({ from, to }) => shown(from) && shown(to));
  const lines = [...drawn.filter(({ edge }) => inLine.has(edge.child) && inLine.has(edge.parent)).map((one) => ({ ...one, strong: true })), ...drawn.filter(({ edge }) => !(inLine.has(edge.child) && inLine.has(edge.parent))).slice(-EDGE_COUNT_MAX)].reverse();
  const pointOf = (/** @type {any} */ node) => ({ x: node.index, y: node.percent, label: `experiment ${node.index}, ${node.proposer}: BD-rate ${signed(node.percent)} %. ${node.title}`, href: at('/lineage', { ...Object.fromEntries(new URLSearchParams(location.search)), experiment: node.experiment_id }) });
  const visible = nodes.filter(shown);
  const series = [
    { name: 'in the line of the chosen', style: 0, line: false, points: visible.filter((node) => inLine.has(node.experiment_id)).map(pointOf) },
    { name: 'other experiments', style: 1, line: false, points: visible.filter((node) => !inLine.has(node.experiment_id)).map(pointOf) },
  ];
  const without = nodes.filter((node) => typeof node.percent !== 'number').length;
  const above = nodes.length - without - visible.length;
  const away = [without ? `${without} have no BD-rate` : '', above ? `${above} lie above ${signed(limit)} %` : ''].filter(Boolean);
  const notes = [away.length ? `Not drawn: ${away.join('; ')}. The table names them.` : '', leftOut ? `${leftOut} older ones are left out.` : ''].filter(Boolean);
  return html`<div class="grid"><${Panel} title="Scores and descent" className="two-thirds">
      <${ChartFrame} title="BD-rate and parents" series=${series} height=${460} zeroLine edges=${lines.map(({ from, to, strong }) => ({ from: { x: from.index, y: from.percent }, to: { x: to.index, y: to.percent }, strong }))}
        x=${{ label: axis }} y=${{ label: 'BD-rate % total' }} note=${notes.join(' ') || null}
        head=${['experiment', 'number', 'outcome', 'BD-rate %', 'parents', 'proposer']} rows=${nodes.map((node) => [node.experiment_id, node.index, node.outcome, node.percent, (parents.get(node.experiment_id) ?? []).join(' '), node.proposer])} /></${Panel}>
    <${Panel} title="Ancestry" className="third" aside=${chosen ? '' : 'of the best'}>
      ${line.length ? html`<ol class="trail">${line.map((step, index) => html`<${Ancestor} key=${step.id} step=${step} node=${known.get(step.id)} child=${line[index - 1]?.id} parents=${parents.get(step.id) ?? []} known=${known} />`)}</ol>` : html`<p class="quiet">Nothing has been measured yet.</p>`}</${Panel}></div>`;
}

/** @param {{step: {id: string}, node: any, child?: string, parents: string[], known: Map<string, any>}} props */
function Ancestor({ step, node, parents, known }) {
  const main = parents[0];
  const gain = node && main && typeof node.percent === 'number' && typeof known.get(main)?.percent === 'number' ? node.percent - known.get(main).percent : null;
  return html`<li><div class="line"><${ExperimentLink} id=${step.id} /><span class="num">${node && typeof node.percent === 'number' ? signed(node.percent) : html`<${Missing} reason=${node ? `its outcome is ${node.outcome}` : 'it is not in this campaign'} />`} %</span>
      ${main ? html`<a href=${at('/compare', { a: main, b: step.id })}>diff</a><span class="num">${gain === null ? '' : signed(gain)}</span>` : html`<span class="quiet">from nothing</span>`}</div>
    <p class="note" dir="auto">${node?.title ?? ''}</p>${parents.length > 1 ? html`<p class="note">crossed with ${parents.slice(1).map((id) => html`<${ExperimentLink} key=${id} id=${id} /> `)}</p>` : null}</li>`;
}

/** The chosen one, its first parent, that one's first parent, and so on. @param {string} id @param {Map<string, string[]>} parents */
function ancestry(id, parents) {
  const line = [];
  const seen = new Set();
  for (let at = id; at && !seen.has(at) && line.length < DEPTH_MAX; at = parents.get(at)?.[0] ?? '') {
    seen.add(at);
    line.push({ id: at });
  }
  return line;
}
