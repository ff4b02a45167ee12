// The interface for programs, read from the server's own description of it.
import { html } from '../core/html.js';
import { useData } from '../core/api.js';
import { Panel, Waiting } from '../ui/cells.js';
import { Table } from '../ui/table.js';

const VERBS = ['get', 'post', 'put', 'delete'];

export function Reference() {
  const answer = useData('/api/openapi.json');
  const data = answer.data;
  const entries = Object.entries(data?.paths ?? {}).flatMap(([path, item]) => VERBS.filter((verb) => /** @type {any} */ (item)[verb]).map((verb) => ({ path, verb, what: resolve(data, /** @type {any} */ (item)[verb]), shared: /** @type {any} */ (item).parameters ?? [] })));
  return html`<div class="page-head"><div><h1>API</h1><p class="sub">Everything on these pages comes from here; <a href="/api/openapi.json" target="_blank" rel="noopener">openapi.json</a> is the whole description (OpenAPI ${data?.openapi ?? '3.1'}).</p></div></div>
    ${data ? html`<div class="stack">${entries.map((entry) => html`<${Operation} key=${entry.verb + entry.path} entry=${entry} document=${data} />`)}</div>` : html`<${Waiting} of=${answer} what="The description" />`}`;
}

/** @param {{entry: any, document: any}} props */
function Operation({ entry, document }) {
  const parameters = [...entry.shared, ...(entry.what.parameters ?? [])].map((one) => resolve(document, one));
  const columns = [
    { key: 'name', head: 'parameter', cell: (/** @type {any} */ one) => html`<code>${one.name}</code>${one.required ? ' (needed)' : ''}` },
    { key: 'in', head: 'in', cell: (/** @type {any} */ one) => one.in },
    { key: 'type', head: 'type', cell: (/** @type {any} */ one) => typeOf(resolve(document, one.schema ?? {})) },
    { key: 'text', head: 'what', wide: true, cell: (/** @type {any} */ one) => one.description ?? '' },
  ];
  const example = entry.verb === 'get' && !entry.path.includes('{') ? html`<a href=${entry.path} target="_blank" rel="noopener">try it</a>` : null;
  return html`<${Panel} title=${html`<code>${entry.verb.toUpperCase()} ${entry.path}</code>`} aside=${example}><p>${entry.what.summary ?? ''}</p>${entry.what.description ? html`<p class="quiet">${entry.what.description}</p>` : null}
    ${parameters.length ? html`<${Table} caption=${'Parameters of ' + entry.path} columns=${columns} rows=${parameters} />` : null}
    <ul class="note">${Object.entries(entry.what.responses ?? {}).map(([status, answer]) => html`<li key=${status}><code>${status}</code> ${resolve(document, answer).description ?? ''}</li>`)}</ul></${Panel}>`;
}

/** Follows one reference within the document. @param {any} document @param {any} value */
function resolve(document, value) {
  if (typeof value?.$ref !== 'string' || !value.$ref.startsWith('#/')) {
    return value ?? {};
  }
  return value.$ref.slice(2).split('/').reduce((/** @type {any} */ at, /** @type {string} */ part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document) ?? {};
}

/** @param {any} schema */
function typeOf(schema) {
  return schema.enum ? schema.enum.join(' | ') : Array.isArray(schema.type) ? schema.type.join(' or ') : schema.type ?? '';
}
