// The small parts that every page shares: what a missing value, a state, a time and a link to an experiment look like.
import { html } from '../core/html.js';
import { experimentHref } from '../core/route.js';
import { count, fixed, localTime, shortHash, signed } from '../core/format.js';

const NO_REASON = 'the lab gave no reason';

/**
 * A value that was not measured: a dash that tells its reason (on hover, focus and tap, and to screen readers).
 * @param {{reason?: string | null, word?: boolean}} props word: show the reason beside the dash
 */
export function Missing({ reason, word }) {
  const why = reason || NO_REASON;
  return html`<span class="missing" data-tip=${why} tabindex="0">—<span class=${word ? 'why' : 'unseen'}> ${why}</span></span>`;
}

/** @param {{text: string | null | undefined, reason?: string | null}} props */
export function Value({ text, reason }) {
  return text === null || text === undefined || text === '' ? html`<${Missing} reason=${reason} />` : html`<span>${text}</span>`;
}

/** A BD-rate: percent with its sign. @param {{bd: any, reason?: string}} props */
export function Percent({ bd, reason }) {
  return html`<${Value} text=${signed(bd?.percent)} reason=${bd?.reason ?? reason} />`;
}

/** @param {{value: any, decimals: number, reason?: string}} props */
export function Fixed({ value, decimals, reason }) {
  return html`<${Value} text=${fixed(value, decimals)} reason=${reason} />`;
}

/** @param {{value: any, reason?: string}} props */
export function Count({ value, reason }) {
  return html`<${Value} text=${count(value)} reason=${reason} />`;
}

/** @param {{iso: any, reason?: string, short?: boolean}} props short: without the date, which stands before */
export function Time({ iso, reason, short }) {
  const text = short ? localTime(iso)?.slice(11) : localTime(iso);
  return text ? html`<time datetime=${iso} title=${iso + ' UTC'}>${text}</time>` : html`<${Missing} reason=${reason ?? 'not yet'} />`;
}

/** @param {{hash: any, reason?: string}} props */
export function Hash({ hash, reason }) {
  const text = shortHash(hash);
  return text ? html`<code title=${hash}>${text}</code>` : html`<${Missing} reason=${reason ?? 'no hash was recorded'} />`;
}

/** @param {{id: string, label?: string}} props */
export function ExperimentLink({ id, label }) {
  return html`<a class="mono" href=${experimentHref(id)}>${label ?? id}</a>`;
}

/** State as word and shape. */
const STATES = {
  measured: ['ok', 'measured'],
  in_progress: ['running', 'in progress'],
  queued: ['queued', 'queued'],
  failed: ['bad', 'failed'],
  cancelled: ['queued', 'cancelled'],
  running: ['running', 'running'],
  finished: ['ok', 'finished'],
  paused: ['queued', 'paused'],
  stopped: ['queued', 'stopped'],
  stopping: ['running', 'ends after what runs'],
  well: ['ok', 'well'],
  new: ['queued', 'not looked at yet'],
  left: ['queued', 'no longer listed'],
  duplicate: ['queued', 'listed twice'],
  set_aside: ['bad', 'set aside: it lied'],
  lost: ['bad', 'lost'],
};

const SHAPES = {
  ok: html`<circle cx="6" cy="6" r="4.5" />`,
  bad: html`<path d="M2 2L10 10M10 2L2 10" />`,
  running: html`<path d="M3 1.5L10.5 6L3 10.5Z" />`,
  queued: html`<circle class="hollow" cx="6" cy="6" r="4" />`,
};

/** @param {{state: string, outcome?: string | null}} props */
export function Status({ state, outcome }) {
  const [kind, word] = STATES[/** @type {keyof typeof STATES} */ (state)] ?? ['queued', state];
  const told = state === 'failed' && outcome ? String(outcome).replaceAll('_', ' ') : word;
  return html`<span class=${'status ' + kind}><svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">${SHAPES[/** @type {keyof typeof SHAPES} */ (kind)]}</svg>${told}</span>`;
}

/** Phase and frame of an experiment under way. @param {{slim: any}} props */
export function Progress({ slim }) {
  const done = slim.done_runs ?? 0;
  const runs = slim.total_runs ? `run ${Math.min(done + 1, slim.total_runs)} of ${slim.total_runs}` : done ? `${done} ${done === 1 ? 'run' : 'runs'} done` : '';
  const isBuild = slim.phase === 'build'; // It comes before any clip is read.
  const frames = slim.frames && !isBuild ? `frame ${slim.frame} of ${slim.frames}` : '';
  const where = slim.clip && !isBuild ? `${slim.clip} q${slim.quality}` : '';
  const text = [slim.phase, where, frames, runs].filter(Boolean).join(', ');
  return html`<span class="progress">${slim.total_runs ? html`<progress max=${slim.total_runs} value=${done} aria-label="runs done"></progress>` : null}<span>${text || 'waiting for its first report'}</span></span>`;
}

/** One sentence on why an experiment failed. @param {any} failure */
export function failureSentence(failure) {
  if (!failure) {
    return '';
  }
  const where = failure.line ? `${failure.part ?? ''} line ${failure.line}` : failure.part ?? '';
  return [failure.stage, failure.exception ?? failure.category, where, failure.message].filter(Boolean).join(': ').replace(/\s+/g, ' ');
}

/** What an answer without data looks like. @param {{of: {data: any, problem: any, loading: boolean, reload: () => void}, what: string}} props */
export function Waiting({ of, what }) {
  if (of.problem) {
    return html`<div class="problem" role="alert">
      <p><strong>${what} could not be loaded.</strong> ${of.problem.title}${of.problem.detail ? ': ' + of.problem.detail : ''}</p>
      <span class="actions"><button type="button" onClick=${of.reload}>Try again</button>${of.problem.status === 404 ? html`<a class="button" href="/experiments">All experiments</a>` : null}</span>
    </div>`;
  }
  return html`<p class="quiet" role="status">Loading ${what.toLowerCase()}…</p>`;
}

/** @param {{title: any, children?: any, aside?: any, id?: string, className?: string}} props */
export function Panel({ title, children, aside, id, className }) {
  return html`<section class=${'panel ' + (className ?? '')} id=${id}>
    <header><h2>${title}</h2>${aside ? html`<div class="aside">${aside}</div>` : null}</header>
    ${children}
  </section>`;
}
