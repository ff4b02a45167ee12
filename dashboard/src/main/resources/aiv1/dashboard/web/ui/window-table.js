// A table of which only the rows near the window exist: 5,000 rows cost as many nodes as 50. It scrolls with the page itself, so that the
// browser's own find, history and scroll position work; spacer rows above and below stand for the others. Rows have one height.
import { html, useEffect, useLayoutEffect, useRef, useState } from '../core/html.js';
import { useKeys } from '../core/keys.js';
import { label } from './table.js';

const OVERSCAN_COUNT = 8;
const NARROW = '(max-width: 699px)';

/** @typedef {import('./table.js').Column & {drop?: number, cls?: string}} WideColumn */

/**
 * @param {{caption: string, columns: WideColumn[], count: number, row: (index: number) => any, pinned?: any[], pinnedCell?: (column: WideColumn, row: any) => any,
 *   rowHeight?: number, cardHeight?: number, current: number, onCurrent: (index: number) => void, onOpen: (index: number) => void,
 *   onSelect: (index: number) => void, onNeed: (last: number) => void, isSelected: (row: any) => boolean}} props
 */
export function WindowTable(props) {
  const { caption, columns, count, row, pinned = [], current } = props;
  const body = useRef(/** @type {HTMLElement | null} */ (null));
  const narrow = useNarrow();
  const height = narrow ? props.cardHeight ?? 116 : props.rowHeight ?? 30;
  const [first, last] = useWindow(body, count, height);
  useEffect(() => props.onNeed(last), [last, count]);
  useLayoutEffect(() => {
    if (current >= 0) {
      bringIntoView(body.current, current, height);
    }
  }, [current]);
  // Keys may come faster than pages are drawn: the row is known at once.
  const at = useRef(current);
  const told = useRef(current);
  if (told.current !== current) {
    told.current = current;
    at.current = current;
  }
  const move = (/** @type {number} */ by) => {
    at.current = Math.max(0, Math.min(count - 1, at.current + by));
    props.onCurrent(at.current);
  };
  useKeys('Rows', [
    { key: 'j', what: 'next row', act: () => move(1) },
    { key: 'k', what: 'row before', act: () => move(-1) },
    { key: 'Enter', what: 'open the row', act: () => at.current >= 0 && props.onOpen(at.current) },
    { key: 'x', what: 'select the row to compare', act: () => at.current >= 0 && props.onSelect(at.current) },
  ]);
  const rows = [];
  for (let index = first; index < last; index += 1) {
    rows.push(line(props, index, row(index)));
  }
  return html`<table class="windowed" aria-rowcount=${count + pinned.length + 1}>
    <caption class="unseen">${caption}</caption>
    <colgroup>${columns.map((column) => html`<col key=${column.key} class=${classOf(column)} />`)}</colgroup>
    <thead><tr aria-rowindex="1">${columns.map((column) => html`<th key=${column.key} scope="col" class=${classOf(column)}>${column.head}${column.unit ? html` <span class="unit">${column.unit}</span>` : null}</th>`)}</tr>
      ${pinned.map((one, index) => html`<tr key=${'pin' + index} class="pinned" aria-rowindex=${index + 2}>${columns.map((column) => html`<td key=${column.key} class=${classOf(column)} data-label=${label(column)}>${props.pinnedCell?.(column, one)}</td>`)}</tr>`)}
    </thead>
    <tbody ref=${body}>
      <tr class="spacer" aria-hidden="true" key="above"><td colspan=${columns.length} style=${{ height: first * height + 'px' }}></td></tr>
      ${rows}
      <tr class="spacer" aria-hidden="true" key="below"><td colspan=${columns.length} style=${{ height: (count - last) * height + 'px' }}></td></tr>
    </tbody>
  </table>`;
}

/** @param {any} props @param {number} index @param {any} one */
function line(props, index, one) {
  const cls = [index === props.current ? 'current' : '', one && props.isSelected(one) ? 'selected' : ''].join(' ');
  return html`<tr key=${one?.experiment_id ?? 'row' + index} class=${cls} aria-rowindex=${index + (props.pinned?.length ?? 0) + 2} aria-current=${index === props.current ? 'true' : undefined}
    onClick=${(/** @type {MouseEvent} */ event) => click(event, props, index)}>
    ${one
      ? props.columns.map((/** @type {WideColumn} */ column) => html`<td key=${column.key} class=${classOf(column)} data-label=${label(column)}>${column.cell(one, index)}</td>`)
      : html`<td colspan=${props.columns.length} class="quiet">loading…</td>`}
  </tr>`;
}

/** @param {MouseEvent} event @param {any} props @param {number} index */
function click(event, props, index) {
  if (event.target instanceof Element && !event.target.closest('a, button, input, .missing')) {
    props.onCurrent(index);
  }
}

/** @param {WideColumn} column */
function classOf(column) {
  return ['c-' + column.key, column.numeric ? 'num' : '', column.drop ? 'drop' + column.drop : ''].filter(Boolean).join(' ');
}

function useNarrow() {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const hear = () => setNarrow(query.matches);
    query.addEventListener('change', hear);
    return () => query.removeEventListener('change', hear);
  }, []);
  return narrow;
}

/** The rows that are near the window. @param {{current: HTMLElement | null}} body @param {number} count @param {number} height */
function useWindow(body, count, height) {
  const [range, setRange] = useState(() => [0, Math.min(count, Math.ceil(innerHeight / height) + OVERSCAN_COUNT)]);
  useLayoutEffect(() => {
    let asked = 0;
    const look = () => {
      asked = 0;
      const top = body.current ? -body.current.getBoundingClientRect().top : 0;
      const start = Math.max(0, Math.min(count, Math.floor(top / height)) - OVERSCAN_COUNT);
      const end = Math.min(count, Math.max(0, Math.ceil((top + innerHeight) / height)) + OVERSCAN_COUNT);
      setRange((old) => (old[0] === start && old[1] === end ? old : [start, end]));
    };
    const later = () => {
      if (!asked) {
        asked = requestAnimationFrame(look);
      }
    };
    look();
    addEventListener('scroll', later, { passive: true });
    addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(asked);
      removeEventListener('scroll', later);
      removeEventListener('resize', later);
    };
  }, [count, height]);
  return [Math.min(range[0], count), Math.min(range[1], count)];
}

/** @param {HTMLElement | null} body @param {number} index @param {number} height */
function bringIntoView(body, index, height) {
  if (!body) {
    return;
  }
  const head = body.parentElement?.querySelector('thead')?.getBoundingClientRect().height ?? 0;
  const top = body.getBoundingClientRect().top + index * height;
  const ceiling = head + 50;
  if (top < ceiling) {
    scrollBy(0, top - ceiling);
  } else if (top + height > innerHeight - 40) {
    scrollBy(0, top + height - innerHeight + 40);
  }
}
