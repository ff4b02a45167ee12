// How the best BD-rate came down: every measured experiment as a mark, the best so far as a stepped line.
import { html } from '../core/html.js';
import { experimentHref } from '../core/route.js';
import { signed } from '../core/format.js';
import { ChartFrame } from './frame.js';

const CROP_COUNT_MIN = 8;

/** The greatest value that is drawn: a few first tries that are ten times worse would press all others into one line. @param {number[]} values */
export function limitOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length < CROP_COUNT_MIN) {
    return Infinity;
  }
  const at = (/** @type {number} */ part) => sorted[Math.floor((sorted.length - 1) * part)];
  const limit = at(0.75) + 3 * Math.max(at(0.75) - at(0.25), 5);
  return limit < at(1) ? limit : Infinity;
}

/** Experiments asked for by hand bear no number: they stand in the order of finishing. @param {any[]} points */
function numbered(points) {
  return points.map((point, place) => ({ ...point, index: point.index ?? place }));
}

/** @param {{points: any[], anchor?: string, leftOut?: number}} props points: in the order of finishing; percent null where there is none; leftOut: older ones that were not the best and are not among them */
export function Convergence({ points: given, anchor, leftOut }) {
  const points = numbered(given);
  const all = points.filter((point) => typeof point.percent === 'number');
  const limit = limitOf(all.map((point) => point.percent));
  const measured = all.filter((point) => point.percent <= limit);
  const best = points.filter((point) => typeof point.best_percent === 'number');
  const label = (/** @type {any} */ point) => `experiment ${point.index}: BD-rate ${signed(point.percent)} %, best so far ${signed(point.best_percent)} %`;
  const series = [
    { name: 'best so far', style: 0, step: true, markers: false, points: best.filter((point) => point.best_percent <= limit).map((point) => ({ x: point.index, y: point.best_percent, label: `best after experiment ${point.index}: ${signed(point.best_percent)} %` })) },
    { name: 'each experiment', style: 1, line: false, points: measured.map((point) => ({ x: point.index, y: point.percent, label: label(point), href: experimentHref(point.experiment_id) })) },
  ];
  const without = points.length - all.length;
  const above = all.length - measured.length;
  const notes = [leftOut ? `${leftOut} older ones that were not the best when they came` : '', above ? `${above} above ${signed(limit)} % lie outside the frame` : '', without ? `${without} have no number` : ''].filter(Boolean);
  return html`<${ChartFrame} title="BD-rate by experiment" series=${series} height=${260} zeroLine x=${{ label: 'experiment number' }} y=${{ label: `BD-rate % against ${anchor ?? 'the first anchor'}` }}
    head=${['experiment', 'number', 'outcome', 'BD-rate %', 'best so far %']} rows=${points.map((point) => [point.experiment_id, point.index, point.outcome, point.percent, point.best_percent])}
    note=${notes.length ? `Not drawn: ${notes.join('; ')}.${leftOut ? '' : ' The table names them.'}` : null} />`;
}
