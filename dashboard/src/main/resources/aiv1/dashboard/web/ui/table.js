// A plain table for tens of rows. Long lists are windowed: ui/window-table.js.
import { html } from '../core/html.js';

/**
 * One column: what its head says (with the unit), whether it holds numbers, what a cell shows.
 * @typedef {{key: string, head: any, unit?: string, numeric?: boolean, wide?: boolean, short?: boolean, cell: (row: any, index: number) => any}} Column
 */

/**
 * @param {{caption: string, columns: Column[], rows: any[], rowKey?: (row: any, index: number) => any, empty?: string, rowClass?: (row: any) => string, showCaption?: boolean}} props
 */
export function Table({ caption, columns, rows, rowKey, empty, rowClass, showCaption }) {
  if (rows.length === 0 && empty) {
    return html`<p class="quiet">${empty}</p>`;
  }
  return html`<div class="scroller" tabindex="0" role="region" aria-label=${caption}><table class="plain">
    <caption class=${showCaption ? '' : 'unseen'}>${caption}</caption>
    <thead><tr>${columns.map((column) => html`<th key=${column.key} scope="col" class=${kind(column)}>${column.head}${column.unit ? html` <span class="unit">${column.unit}</span>` : null}</th>`)}</tr></thead>
    <tbody>${rows.map((row, index) => html`<tr key=${rowKey ? rowKey(row, index) : index} class=${rowClass ? rowClass(row) : ''}>
      ${columns.map((column) => html`<td key=${column.key} class=${kind(column)} data-label=${label(column)}>${column.cell(row, index)}</td>`)}
    </tr>`)}</tbody>
  </table></div>`;
}

/** @param {Column} column */
function kind(column) {
  return (column.numeric ? 'num' : '') + (column.wide ? ' wide' : '') + (column.short ? ' short' : '');
}

/** @param {Column} column */
export function label(column) {
  return typeof column.head === 'string' ? column.head + (column.unit ? ' ' + column.unit : '') : '';
}

/** Names and values. @param {{pairs: [any, any][]}} props */
export function Facts({ pairs }) {
  return html`<dl class="facts">${pairs.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
