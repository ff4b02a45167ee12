// The reconstructions of an experiment: one link into the player for each run.
import { html, useState } from '../core/html.js';
import { at } from '../core/route.js';
import { Fixed, Panel } from '../ui/cells.js';
import { Table } from '../ui/table.js';
import { saveMade } from '../player/made.js';

/** @param {{data: any}} props */
export function VideoTab({ data }) {
  const [saving, setSaving] = useState('');
  const id = data.experiment_id;
  const parent = data.parents?.[0]?.experiment_id;
  const runs = (data.runs ?? []).filter((/** @type {any} */ run) => run.outcome === 'measured');
  const view = (/** @type {any} */ run, /** @type {any} */ more) => at('/view', { experiment: id, clip: run.clip, quality: run.quality, ...more });
  const file = (/** @type {any} */ run) => {
    const url = `/api/video/${encodeURIComponent(id)}/${encodeURIComponent(run.clip)}/q${run.quality}.mp4`;
    const name = `${id}-${run.clip}-q${run.quality}.mp4`;
    return html`<a href=${url} download=${name} onClick=${(/** @type {Event} */ event) => {
      event.preventDefault();
      saveMade(url, name, setSaving);
    }}>MP4</a>`;
  };
  const columns = [
    { key: 'clip', head: 'clip', cell: (/** @type {any} */ run) => run.clip },
    { key: 'quality', head: 'q', numeric: true, cell: (/** @type {any} */ run) => String(run.quality) },
    { key: 'yuv', head: 'PSNR-YUV', unit: 'dB', numeric: true, cell: (/** @type {any} */ run) => html`<${Fixed} value=${run.psnr_yuv_db} decimals=${2} />` },
    { key: 'look', head: 'look at it', wide: true, cell: (/** @type {any} */ run) => html`<span class="actions"><a href=${view(run, {})}>split with the source</a><a href=${view(run, { mode: 'side' })}>side by side</a><a href=${view(run, { mode: 'diff' })}>difference</a>${parent ? html`<a href=${view(run, { against: parent })}>beside its parent</a>` : null}</span>` },
    { key: 'file', head: 'file', cell: (/** @type {any} */ run) => file(run) },
  ];
  return html`<${Panel} title="Reconstructed clips" aside="decoded again from the stored bitstream, in the sandbox, when first asked for"><${Table} caption="Reconstructed clips" columns=${columns} rows=${runs} empty="No run was measured, so there is nothing to look at." /><p class="quiet" role="status">${saving}</p></${Panel}>`;
}
