// Tells a screen reader what happened: politely, at most one sentence in 10 s; the newest wins, a new best before all others.
import { signal } from './html.js';
import { onLive } from './live.js';

const PAUSE_MS = 10_000;

export const announcement = signal('');
let waiting = '';
let waitingWeight = 0;
let freeAt = 0;
let timer = 0;

/** @param {string} sentence @param {number} [weight] the heavier sentence is kept when two wait */
export function announce(sentence, weight = 1) {
  if (!waiting || weight >= waitingWeight) {
    waiting = sentence;
    waitingWeight = weight;
  }
  if (!timer) {
    timer = setTimeout(speak, Math.max(0, freeAt - Date.now()));
  }
}

function speak() {
  timer = 0;
  announcement.value = waiting;
  waiting = '';
  waitingWeight = 0;
  freeAt = Date.now() + PAUSE_MS;
}

export function startAnnouncing() {
  onLive(['experiment.created'], (event) => announce(`Experiment ${event.data.index ?? event.data.experiment_id} started.`));
  onLive(['experiment.finished'], (event) => announce(`Experiment ${event.data.index ?? event.data.experiment_id} finished.`, 2));
  onLive(['experiment.failed'], (event) => announce(`Experiment ${event.data.index ?? event.data.experiment_id} failed.`, 2));
  onLive(['best.changed'], (event) => {
    const percent = event.data?.bd_rate?.total?.percent;
    announce(`New best: experiment ${event.data?.index ?? ''}${typeof percent === 'number' ? `, BD-rate ${percent.toFixed(1)} percent` : ''}.`, 3);
  });
}
