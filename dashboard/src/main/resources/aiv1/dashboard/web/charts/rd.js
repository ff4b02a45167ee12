// Rate-distortion curves from /api/rd: experiments and anchors over one clip, rate in kbit/s on a log axis.
import { html } from '../core/html.js';
import { experimentHref } from '../core/route.js';
import { ChartFrame } from './frame.js';

const QUALITIES = { 'psnr-yuv': 'PSNR-YUV dB', 'psnr-y': 'PSNR-Y dB', 'ssim-y': 'SSIM-Y' };

/** @param {any} curve @param {any} point */
function settingOf(curve, point) {
  return curve.kind === 'experiment' ? `quality ${point.parameter}` : `setting ${point.parameter}`;
}

/** @param {{rd: any, height?: number, title?: string}} props */
export function RdChart({ rd, height, title }) {
  const quality = QUALITIES[/** @type {keyof typeof QUALITIES} */ (rd.metric)] ?? rd.metric;
  const decimals = rd.metric === 'ssim-y' ? 4 : 2;
  const series = rd.curves.map((/** @type {any} */ curve, /** @type {number} */ index) => ({
    name: curve.name + (curve.kind === 'anchor' ? ' (anchor)' : ''),
    style: index,
    points: [...curve.points].sort((a, b) => a.bitrate_kbps - b.bitrate_kbps).map((point) => ({
      x: point.bitrate_kbps, y: point.quality,
      label: `${curve.name}, ${settingOf(curve, point)}: ${point.bitrate_kbps.toFixed(1)} kbit/s, ${point.quality.toFixed(decimals)} ${quality}`,
      href: curve.experiment_id ? experimentHref(curve.experiment_id) : undefined,
    })),
  }));
  const rows = rd.curves.flatMap((/** @type {any} */ curve) => curve.points.map((/** @type {any} */ point) => [curve.name, curve.kind, settingOf(curve, point), point.bitrate_kbps, point.quality]));
  return html`<${ChartFrame} title=${title ?? `Rate and distortion, ${rd.clip}`} series=${series} height=${height ?? 340}
    x=${{ label: `bitrate kbit/s, ${rd.rate === 'total' ? 'stream and decoder' : 'stream alone'}`, log: true }} y=${{ label: quality }}
    head=${['curve', 'kind', 'setting', 'bitrate kbit/s', quality]} rows=${rows} />`;
}
