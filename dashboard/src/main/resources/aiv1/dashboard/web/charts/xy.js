// The one chart of this page: series of points over two axes, with lines, markers and edges. Used for RD curves, convergence, frames, lineage.
//
// Each point can be reached by the keyboard (arrow keys; one tab stop for the chart) and says what it is. With more than 600 points their
// markers are drawn as one path, and the pointer or the arrow keys choose the nearest: the table beside the chart holds all of them.
import { html, useEffect, useRef, useState } from '../core/html.js';
import { go } from '../core/route.js';
import { markerPath, seriesClass } from './marks.js';
import { scaleOf } from './scale.js';

const SINGLE_COUNT_MAX = 600;
const MARGIN = { left: 54, right: 14, top: 12, bottom: 40 };
const NEAR_PIXELS = 28;

/**
 * @typedef {{x: number, y: number, label: string, href?: string, mark?: string}} Point
 * @typedef {{name: string, style: number, points: Point[], line?: boolean, step?: boolean, markers?: boolean}} Series
 * @typedef {{label: string, log?: boolean, zero?: boolean}} Axis
 * @typedef {{from: {x: number, y: number}, to: {x: number, y: number}, strong?: boolean}} Edge
 */

/** @param {{label: string, series: Series[], x: Axis, y: Axis, height?: number, edges?: Edge[], cursor?: number | null, zeroLine?: boolean, onPick?: (x: number) => void, svgRef?: any}} props */
export function XyChart(props) {
  const [width, box] = useWidth();
  const [active, setActive] = useState(/** @type {[number, number] | null} */ (null));
  const height = props.height ?? 300;
  const frame = { width, height, left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
  const points = props.series.flatMap((series) => series.points);
  const x = scaleOf(points.map((point) => point.x), { log: props.x.log, zero: props.x.zero, from: frame.left, to: frame.right, tickCount: Math.max(3, Math.floor(width / 90)) });
  const y = scaleOf(points.map((point) => point.y), { log: props.y.log, zero: props.y.zero, from: frame.bottom, to: frame.top, tickCount: Math.max(3, Math.floor(height / 55)) });
  const single = points.length <= SINGLE_COUNT_MAX;
  const shown = active ? props.series[active[0]]?.points[active[1]] : null;
  const move = (/** @type {PointerEvent} */ event) => setActive(nearest(event, props.series, x, y));
  const key = (/** @type {KeyboardEvent} */ event) => steer(event, props.series, active, setActive);
  const pick = () => {
    if (shown?.href) {
      go(shown.href);
    } else if (shown && props.onPick) {
      props.onPick(shown.x);
    }
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter' && shown) {
      event.preventDefault();
      pick();
    } else {
      key(event);
    }
  };
  return html`<div class="chart" ref=${box}>
    ${width > 0 && html`<svg ref=${props.svgRef} width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="application" tabindex="0" aria-roledescription="chart"
      aria-label=${props.label + '. Arrow keys move between points.'} onPointerMove=${move} onPointerLeave=${() => setActive(null)} onKeyDown=${onKey} onClick=${pick} class=${shown?.href || props.onPick ? 'picks' : ''}>
      ${axes(x, y, frame, props)}
      ${props.zeroLine && y.min < 0 && y.max > 0 ? html`<line class="zero" x1=${frame.left} x2=${frame.right} y1=${y.at(0)} y2=${y.at(0)} />` : null}
      <g>${(props.edges ?? []).map((edge, index) => html`<line key=${index} class=${edge.strong ? 'edge strong' : 'edge'} x1=${x.at(edge.from.x)} y1=${y.at(edge.from.y)} x2=${x.at(edge.to.x)} y2=${y.at(edge.to.y)} />`)}</g>
      ${props.series.map((series) => drawn(series, x, y, single))}
      ${props.cursor === null || props.cursor === undefined ? null : html`<line class="cursor" x1=${x.at(props.cursor)} x2=${x.at(props.cursor)} y1=${frame.top} y2=${frame.bottom} />`}
      ${shown ? html`<circle class="active" cx=${x.at(shown.x)} cy=${y.at(shown.y)} r="7" />` : null}
    </svg>`}
    <p class="reading" aria-live="polite">${shown ? shown.label : html`<span class="quiet">${points.length ? 'Point at a mark, or focus the chart and use the arrow keys.' : 'Nothing was measured yet.'}</span>`}</p>
  </div>`;
}

/** @param {Series} series @param {any} x @param {any} y @param {boolean} single */
function drawn(series, x, y, single) {
  const at = series.points.map((point) => [x.at(point.x), y.at(point.y)]);
  const line = at.map(([px, py], index) => (index === 0 ? `M${r(px)} ${r(py)}` : series.step ? `H${r(px)}V${r(py)}` : `L${r(px)} ${r(py)}`)).join('');
  return html`<g key=${series.name} class=${seriesClass(series.style)}>
    ${series.line !== false && at.length > 1 ? html`<path class="line" d=${line} />` : null}
    ${series.markers === false ? null : single
      ? at.map(([px, py], index) => html`<path key=${index} class=${'marker ' + (series.points[index].mark ?? '')} role="img" aria-label=${series.points[index].label} transform=${`translate(${r(px)} ${r(py)})`} d=${markerPath(series.style)} />`)
      : html`<path class="marker many" d=${at.map(([px, py]) => `M${r(px) - 1.5} ${r(py) - 1.5}h3v3h-3z`).join('')} />`}
  </g>`;
}

/** @param {any} x @param {any} y @param {any} frame @param {any} props */
function axes(x, y, frame, props) {
  return html`<g class="axes" aria-hidden="true">
    ${x.ticks.map((/** @type {number} */ tick) => html`<g key=${'x' + tick}><line x1=${r(x.at(tick))} x2=${r(x.at(tick))} y1=${frame.top} y2=${frame.bottom} /><text class="xt" x=${r(x.at(tick))} y=${frame.bottom + 15}>${x.text(tick)}</text></g>`)}
    ${y.ticks.map((/** @type {number} */ tick) => html`<g key=${'y' + tick}><line x1=${frame.left} x2=${frame.right} y1=${r(y.at(tick))} y2=${r(y.at(tick))} /><text class="yt" x=${frame.left - 6} y=${r(y.at(tick)) + 4}>${y.text(tick)}</text></g>`)}
    <text class="xt name" x=${(frame.left + frame.right) / 2} y=${frame.height - 6}>${props.x.label}${props.x.log ? ' (log)' : ''}</text>
    <text class="name yname" x=${-(frame.top + frame.bottom) / 2} y="12" transform="rotate(-90)">${props.y.label}</text>
  </g>`;
}

/** @param {number} value */
function r(value) {
  return Math.round(value * 10) / 10;
}

/** @param {PointerEvent} event @param {Series[]} series @param {any} x @param {any} y @returns {[number, number] | null} */
function nearest(event, series, x, y) {
  const place = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
  const px = event.clientX - place.left;
  const py = event.clientY - place.top;
  let found = null;
  let least = NEAR_PIXELS;
  series.forEach((one, s) => one.points.forEach((point, p) => {
    const distance = Math.hypot(x.at(point.x) - px, y.at(point.y) - py);
    if (distance < least) {
      least = distance;
      found = [s, p];
    }
  }));
  return found;
}

/** @param {KeyboardEvent} event @param {Series[]} series @param {[number, number] | null} active @param {(next: [number, number]) => void} setActive */
function steer(event, series, active, setActive) {
  const filled = series.map((one, s) => (one.points.length ? s : -1)).filter((s) => s >= 0);
  if (!filled.length || !['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key)) {
    return;
  }
  event.preventDefault();
  const [s, p] = active ?? [filled[0], -1];
  const last = series[s].points.length - 1;
  const aside = filled[(filled.indexOf(s) + (event.key === 'ArrowDown' ? 1 : filled.length - 1)) % filled.length];
  const next = {
    ArrowLeft: [s, Math.max(0, p - 1)], ArrowRight: [s, Math.min(last, p + 1)], Home: [s, 0], End: [s, last],
    ArrowUp: [aside, Math.min(Math.max(p, 0), series[aside].points.length - 1)], ArrowDown: [aside, Math.min(Math.max(p, 0), series[aside].points.length - 1)],
  }[event.key];
  setActive(/** @type {[number, number]} */ (next));
}

/** @returns {[number, any]} */
function useWidth() {
  const [width, setWidth] = useState(0);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (!box.current) {
      return undefined;
    }
    const watch = new ResizeObserver((entries) => setWidth(Math.floor(entries[0].contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [width, box];
}
