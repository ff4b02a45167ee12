// What stands around a chart: its title, legend, the ways to take it along (SVG, CSV), and the same as a table.
import { html, useRef } from '../core/html.js';
import { csv } from '../core/format.js';
import { saveText, svgText } from '../ui/download.js';
import { Table } from '../ui/table.js';
import { markerPath, seriesClass } from './marks.js';
import { XyChart } from './xy.js';

/**
 * @param {{title: string, series: import('./xy.js').Series[], x: any, y: any, height?: number, edges?: any[], cursor?: number | null, zeroLine?: boolean, onPick?: (x: number) => void,
 *   head: string[], rows: any[][], note?: any}} props head, rows: the chart as a table; a cell null is shown as not measured
 */
export function ChartFrame(props) {
  const svg = useRef(/** @type {SVGSVGElement | null} */ (null));
  const file = props.title.toLowerCase();
  const saveSvg = () => svg.current && saveText(file + '.svg', 'image/svg+xml', svgText(svg.current));
  const saveCsv = () => saveText(file + '.csv', 'text/csv', csv([props.head, ...props.rows]));
  return html`<figure class="chart-frame">
    <figcaption>
      <span class="chart-title">${props.title}</span>
      <span class="chart-actions"><button type="button" class="small" onClick=${saveSvg}>SVG</button><button type="button" class="small" onClick=${saveCsv}>CSV</button></span>
    </figcaption>
    ${props.series.length > 1 ? html`<ul class="legend">${props.series.map((one) => html`<li key=${one.name} class=${seriesClass(one.style)}>
      <svg width="26" height="12" viewBox="-13 -6 26 12" aria-hidden="true">${one.line === false ? null : html`<path class="line" d="M-13 0H13" />`}${one.markers === false ? null : html`<path class="marker" d=${markerPath(one.style)} />`}</svg>${one.name}</li>`)}</ul>` : null}
    <${XyChart} label=${props.title} series=${props.series} x=${props.x} y=${props.y} height=${props.height} edges=${props.edges} cursor=${props.cursor} zeroLine=${props.zeroLine} onPick=${props.onPick} svgRef=${svg} />
    ${props.note ? html`<p class="note">${props.note}</p>` : null}
    <${AsTable} title=${props.title} head=${props.head} rows=${props.rows} />
  </figure>`;
}

const SHOWN_COUNT_MAX = 1000;

/** @param {{title: string, head: string[], rows: any[][]}} props */
function AsTable({ title, head, rows }) {
  const columns = head.map((name, index) => ({
    key: String(index), head: name, numeric: rows.some((row) => typeof row[index] === 'number'),
    cell: (/** @type {any[]} */ row) => (typeof row[index] === 'number' ? row[index].toFixed(Number.isInteger(row[index]) ? 0 : 3) : row[index] ?? html`<span class="missing" data-tip="not measured">—</span>`),
  }));
  return html`<details class="as-table"><summary>View as table</summary>
    <${Table} caption=${title} columns=${columns} rows=${rows.slice(0, SHOWN_COUNT_MAX)} empty="Nothing was measured yet." />
    ${rows.length > SHOWN_COUNT_MAX ? html`<p class="quiet">The first ${SHOWN_COUNT_MAX} of ${rows.length}; the CSV has all.</p>` : null}
  </details>`;
}
