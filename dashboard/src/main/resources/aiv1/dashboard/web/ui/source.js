// Source code with line numbers, and what differs between two versions of it.
import { html, useMemo } from '../core/html.js';
import { linesOf, tokens } from './highlight.js';

/** @param {{name: string, text: string, fault?: number | null}} props fault: the line where it failed, from 1 */
export function Source({ name, text, fault }) {
  const lines = useMemo(() => linesOf(text.endsWith('\n') ? text.slice(0, -1) : text, name), [text, name]);
  return html`<section class="source" aria-label=${name} tabindex="0"><h2>${name}</h2><pre>${lines.map((line, index) => {
    const id = `${name}-L${index + 1}`;
    return html`<span key=${index} id=${id} class=${'row' + (index + 1 === fault ? ' fault' : '')}><span class="at">${index + 1}</span>${tokens(line)}</span>`;
  })}</pre></section>`;
}

/** @param {{parts: any[]}} props */
export function Diff({ parts }) {
  const changed = parts.filter((part) => part.hunks.length > 0);
  if (changed.length === 0) {
    return html`<p class="quiet">No line differs.</p>`;
  }
  return html`<div class="stack">${changed.map((part) => html`<section key=${part.name} class="source" aria-label=${'Differences in ' + part.name} tabindex="0"><h3>${part.name} <span class="unit">${tally(part)}</span></h3>
    <pre>${part.hunks.map((/** @type {any} */ hunk, /** @type {number} */ index) => html`<span key=${'h' + index} class="row hunk">line ${hunk.a} before, ${hunk.b} after</span>${rows(hunk, part.name)}`)}</pre></section>`)}</div>`;
}

/** @param {any} hunk @param {string} name */
function rows(hunk, name) {
  const kinds = { '+': 'added', '-': 'removed', ' ': '' };
  const lines = linesOf(hunk.lines.map((/** @type {any} */ line) => line.text).join('\n'), name);
  return hunk.lines.map((/** @type {any} */ line, /** @type {number} */ index) => html`<span key=${index} class=${'row ' + kinds[/** @type {keyof typeof kinds} */ (line.kind)]}><span class="at"></span><span class="sign">${line.kind === '-' ? '\u2212' : line.kind}</span>${tokens(lines[index] ?? [])}</span>`);
}

/** @param {any} part */
function tally(part) {
  const lines = part.hunks.flatMap((/** @type {any} */ hunk) => hunk.lines);
  const of = (/** @type {string} */ kind) => lines.filter((/** @type {any} */ line) => line.kind === kind).length;
  return `+${of('+')} \u2212${of('-')}`;
}
