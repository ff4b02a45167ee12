// The quality of each frame of one run, beside the parent's when it has the same run.
import { html } from '../core/html.js';
import { useData } from '../core/api.js';
import { at } from '../core/route.js';
import { Panel, Waiting } from '../ui/cells.js';
import { Choose } from '../ui/choose.js';
import { ChartFrame } from '../charts/frame.js';
import { clipNames } from './experiment-facts.js';

export const METRICS = [['psnr_yuv_db', 'PSNR-YUV dB'], ['psnr_y_db', 'PSNR-Y dB'], ['psnr_u_db', 'PSNR-U dB'], ['psnr_v_db', 'PSNR-V dB'], ['ssim_y', 'SSIM-Y']];

/** @param {{data: any, path: string, query: URLSearchParams}} props */
export function FramesTab({ data, path, query }) {
  const clips = clipNames(data);
  const clip = query.get('clip') ?? clips[0] ?? '';
  const qualities = (data.runs ?? []).filter((/** @type {any} */ run) => run.clip === clip && run.outcome === 'measured').map((/** @type {any} */ run) => String(run.quality));
  const quality = query.get('quality') ?? qualities[0] ?? '';
  const metric = METRICS.find(([id]) => id === query.get('metric')) ?? METRICS[0];
  const parent = data.parents?.[0]?.experiment_id;
  const answer = useData(quality ? at(path + '/frames', { clip, quality }) : null);
  const beside = useData(parent && quality ? at(`/api/experiments/${encodeURIComponent(parent)}/frames`, { clip, quality }) : null);
  if (!quality) {
    return html`<p class="quiet">No run of this clip was measured, so there are no frames to show.</p>`;
  }
  return html`<div class="toolbar"><${Choose} name="clip" label="Clip" value=${clip} options=${clips} /><${Choose} name="quality" label="Quality" value=${quality} options=${qualities} />
      <${Choose} name="metric" label="Metric" value=${metric[0]} options=${METRICS} /></div>
    <${Panel} title=${`${clip}, quality ${quality}`} aside="bytes by frame are not known: the lab measures whole bitstreams">
      ${answer.data ? html`<${FramesChart} frames=${answer.data.frames} parent=${beside.data?.frames} metric=${metric} id=${data.experiment_id} view=${(/** @type {number} */ frame) => at('/view', { experiment: data.experiment_id, clip, quality, frame })} />` : html`<${Waiting} of=${answer} what="Frames" />`}
      <p class="note"><a href=${at('/view', { experiment: data.experiment_id, clip, quality, frame: worst(answer.data?.frames, metric[0]) })}>Look at the worst frame</a></p></${Panel}>`;
}

/** The number of the frame with the least value. @param {any[] | undefined} frames @param {string} metric @returns {number | null} */
export function worst(frames, metric) {
  const measured = (frames ?? []).filter((frame) => typeof frame[metric] === 'number');
  return measured.length ? measured.reduce((a, b) => (b[metric] < a[metric] ? b : a)).index : null;
}

/** @param {{frames: any[], parent?: any[], metric: string[], id: string, view: (frame: number) => string}} props */
function FramesChart({ frames, parent, metric, id, view }) {
  const decimals = metric[0] === 'ssim_y' ? 4 : 2;
  const seriesOf = (/** @type {string} */ name, /** @type {number} */ style, /** @type {any[]} */ list) => ({
    name, style, markers: list.length <= 60,
    points: list.filter((frame) => typeof frame[metric[0]] === 'number').map((frame) => ({ x: frame.index, y: frame[metric[0]], label: `${name}, frame ${frame.index}: ${frame[metric[0]].toFixed(decimals)} ${metric[1]}`, href: style === 0 ? view(frame.index) : undefined })),
  });
  const series = [seriesOf(id, 0, frames), ...(parent ? [seriesOf('its parent', 1, parent)] : [])];
  return html`<${ChartFrame} title=${`${metric[1]} by frame`} series=${series} x=${{ label: 'frame' }} y=${{ label: metric[1] }} height=${300}
    head=${['frame', ...METRICS.map(([, name]) => name)]} rows=${frames.map((frame) => [frame.index, ...METRICS.map(([key]) => frame[key] ?? null)])} />`;
}
