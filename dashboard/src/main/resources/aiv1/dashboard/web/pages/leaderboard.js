// Who is best: one row for each candidate, and only candidates whose decode was verified.
import { html } from '../core/html.js';
import { useData } from '../core/api.js';
import { at } from '../core/route.js';
import { plural } from '../core/format.js';
import { Count, ExperimentLink, Percent, Waiting } from '../ui/cells.js';
import { ChooseCampaign } from '../ui/campaigns.js';
import { Choose } from '../ui/choose.js';
import { Table } from '../ui/table.js';

const SHOWN_COUNT = 200;

/** @param {{query: URLSearchParams}} props */
export function Leaderboard({ query }) {
  const campaign = query.get('campaign') ?? '';
  const rate = query.get('rate') ?? 'total';
  const clip = query.get('clip') ?? 'all';
  const answer = useData(at('/api/leaderboard', { campaign, rate, clip }), ['experiment.finished', 'best.changed']);
  const clips = useData('/api/clips');
  const rows = answer.data?.rows ?? [];
  const pairs = pairsOf(rows);
  const columns = [
    { key: 'rank', head: 'rank', numeric: true, cell: (/** @type {any} */ row) => String(row.rank) },
    { key: 'id', head: 'experiment', cell: (/** @type {any} */ row) => html`<${ExperimentLink} id=${row.experiment_id} />` },
    { key: 'mean', head: clip === 'all' ? 'mean over clips' : clip, unit: '%', numeric: true, cell: (/** @type {any} */ row) => html`<${Percent} bd=${clip === 'all' ? row.bd_rate?.[rate] : row.bd?.find((/** @type {any} */ bd) => bd.clip === clip)} />` },
    ...pairs.map(([one, anchor]) => ({ key: one + anchor, head: `${one} · ${anchor}`, unit: '%', numeric: true, cell: (/** @type {any} */ row) => html`<${Percent} bd=${row.bd?.find((/** @type {any} */ bd) => bd.clip === one && bd.anchor === anchor)} reason="this pair was not compared" />` })),
    { key: 'decoder', head: 'decoder', unit: 'B', numeric: true, cell: (/** @type {any} */ row) => html`<${Count} value=${row.decoder_bytes} reason="not taken" />` },
    { key: 'proposer', head: 'proposer', cell: (/** @type {any} */ row) => row.model ?? row.proposer },
    { key: 'title', head: 'what it is', short: true, cell: (/** @type {any} */ row) => html`<span title=${row.title}>${row.title}</span>` },
  ];
  return html`<div class="page-head"><div><h1>Leaderboard</h1><p class="sub">BD-rate in PSNR-YUV against each anchor, lower is better. Only experiments whose every run was decoded and verified.</p></div></div>
    <div class="toolbar"><${ChooseCampaign} value=${campaign} none="all" /><${Choose} name="rate" label="Rate" value=${rate} options=${[['total', 'stream and decoder'], ['stream', 'stream alone']]} />
      <${Choose} name="clip" label="Clip" value=${clip} options=${['all', ...new Set((clips.data?.clips ?? []).map((/** @type {any} */ one) => one.name))]} />
      <span class="quiet" role="status">${answer.data ? plural(rows.length, 'candidate') : ''}</span></div>
    ${answer.data ? html`<${Table} caption="Leaderboard" columns=${columns} rows=${rows.slice(0, SHOWN_COUNT)} rowKey=${(/** @type {any} */ row) => row.experiment_id} rowClass=${(/** @type {any} */ row) => (row.rank === 1 ? 'best' : '')} empty="Nothing has been measured and verified yet." />
      ${rows.length > SHOWN_COUNT ? html`<p class="quiet">The first ${SHOWN_COUNT}. <a href=${at('/experiments', { campaign, state: 'successful', sort: 'bd_' + rate })}>All of them</a></p>` : null}` : html`<${Waiting} of=${answer} what="The leaderboard" />`}`;
}

/** @param {any[]} rows @returns {[string, string][]} */
function pairsOf(rows) {
  /** @type {Map<string, [string, string]>} */
  const pairs = new Map();
  for (const row of rows) {
    for (const bd of row.bd ?? []) {
      pairs.set(bd.clip + '\n' + bd.anchor, [bd.clip, bd.anchor]);
    }
  }
  return [...pairs.values()].slice(0, 8);
}
