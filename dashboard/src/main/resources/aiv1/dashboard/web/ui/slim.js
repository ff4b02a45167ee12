// One experiment as one line of a list.
import { html } from '../core/html.js';
import { ExperimentLink, Percent, Status, failureSentence } from './cells.js';

/** @param {{slim: any, failure?: boolean}} props failure: tell why it failed instead of what it was */
export function SlimLine({ slim, failure }) {
  return html`<div class="line"><${ExperimentLink} id=${slim.experiment_id} /><${Status} state=${slim.state} outcome=${slim.outcome} />${slim.flagged ? html`<span class="status bad" title=${'not to be believed: ' + slim.flagged}>flagged</span>` : null}
    <span class="grow" title=${slim.title}>${failure ? failureSentence(slim.failure) || slim.title : slim.title}</span>
    ${failure ? null : html`<span class="num"><${Percent} bd=${slim.bd_rate?.total} reason=${slim.state === 'in_progress' ? 'still running' : undefined} /> %</span>`}</div>`;
}

/** @param {{slims: any[], empty: string, failure?: boolean}} props */
export function SlimLines({ slims, empty, failure }) {
  return slims.length === 0 ? html`<p class="quiet">${empty}</p>` : html`<ul class="list">${slims.map((slim) => html`<li key=${slim.experiment_id}><${SlimLine} slim=${slim} failure=${failure} /></li>`)}</ul>`;
}
