// Tabs of an experiment that hold text written by its author: code, what changed against the parent, the rationale, and where it failed.
import { html } from '../core/html.js';
import { useData } from '../core/api.js';
import { at } from '../core/route.js';
import { Missing, Panel, Waiting, failureSentence } from '../ui/cells.js';
import { Choose } from '../ui/choose.js';
import { Facts } from '../ui/table.js';
import { Diff, Source } from '../ui/source.js';

/** @param {{data: any, path: string, query: URLSearchParams}} props */
export function CodeTab({ data, path, query }) {
  const parents = (data.parents ?? []).map((/** @type {any} */ slim) => slim.experiment_id);
  const base = query.get('base') ?? '';
  const options = [['', 'the whole code'], ...parents.map((/** @type {string} */ id) => [id, 'changes since ' + id])];
  if (base && !parents.includes(base)) {
    options.push([base, 'changes since ' + base]);
  }
  const code = useData(base ? null : path + '/code');
  const diff = useData(base ? at(path + '/diff', { base }) : null);
  const answer = base ? diff : code;
  return html`<div class="toolbar"><${Choose} name="base" label="Show" value=${base} options=${options} />${parents.length ? null : html`<span class="quiet">It has no parent to differ from.</span>`}</div>
    ${answer.data ? base ? html`<${Diff} parts=${answer.data.parts} />` : html`<div class="stack">${answer.data.parts.map((/** @type {any} */ part) => html`<${Source} key=${part.name} name=${part.name} text=${part.text} fault=${faultIn(data.failure, part.name)} />`)}</div>` : html`<${Waiting} of=${answer} what="The code" />`}`;
}

/** @param {any} failure @param {string} name */
function faultIn(failure, name) {
  return failure?.part && failure.line && name.startsWith(failure.part + '.') ? failure.line : null;
}

/** @param {{data: any}} props */
export function RationaleTab({ data }) {
  return html`<${Panel} title="Why it was tried, in its author's words"><p class="prose" dir="auto">${data.rationale ?? html`<${Missing} reason="its author gave none" word />`}</p></${Panel}>`;
}

/** @param {{data: any, path: string}} props */
export function FailureTab({ data, path }) {
  const code = useData(path + '/code');
  const failures = [...(data.failure ? [['the experiment', data.failure]] : []), ...(data.runs ?? []).filter((/** @type {any} */ run) => run.failure && JSON.stringify(run.failure) !== JSON.stringify(data.failure)).map((/** @type {any} */ run) => [`${run.clip} q${run.quality}`, run.failure])];
  return html`<div class="stack">${failures.map(([where, failure], index) => html`<${Panel} key=${index} title=${where}>
      <p>${failureSentence(failure)}</p>
      <${Facts} pairs=${['stage', 'category', 'exception', 'part', 'function', 'line'].map((name) => [name, failure[name] === null || failure[name] === undefined ? html`<${Missing} reason="not told by the failure" />` : String(failure[name])])} />
      ${failure.stderr_tail ? html`<h3>The end of its standard error</h3><pre class="trace" tabindex="0">${failure.stderr_tail}</pre>` : null}
      <${Around} failure=${failure} parts=${code.data?.parts ?? []} />
    </${Panel}>`)}</div>`;
}

const CONTEXT_COUNT = 6;

/** The lines around the one that failed. @param {{failure: any, parts: any[]}} props */
function Around({ failure, parts }) {
  const part = parts.find((one) => faultIn(failure, one.name));
  if (!part) {
    return null;
  }
  const lines = part.text.split('\n');
  const first = Math.max(0, failure.line - 1 - CONTEXT_COUNT);
  const text = lines.slice(first, failure.line + CONTEXT_COUNT);
  return html`<h3>${part.name}, line ${failure.line}</h3><div class="source" tabindex="0" role="region" aria-label=${part.name}><pre>${text.map((/** @type {string} */ line, /** @type {number} */ index) => html`<span key=${index} class=${'row' + (first + index + 1 === failure.line ? ' fault' : '')}><span class="at">${first + index + 1}</span>${line}</span>`)}</pre></div>`;
}
