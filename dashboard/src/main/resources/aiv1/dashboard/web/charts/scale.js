// Scales: from a value to a place in pixels, with ticks at round numbers.

/** @typedef {{log: boolean, min: number, max: number, at: (value: number) => number, ticks: number[], text: (value: number) => string}} Scale */

/**
 * @param {number[]} values at least one finite number; for a log scale all > 0
 * @param {{log?: boolean, from: number, to: number, zero?: boolean, tickCount?: number}} how from, to: pixels of the least and the greatest value
 * @returns {Scale}
 */
export function scaleOf(values, how) {
  const finite = values.filter((value) => Number.isFinite(value) && (!how.log || value > 0));
  let min = finite.length ? finite.reduce((a, b) => Math.min(a, b)) : 0;
  let max = finite.length ? finite.reduce((a, b) => Math.max(a, b)) : 1;
  if (how.log) {
    min = finite.length ? min : 1;
    max = finite.length ? max : 10;
    return logScale(min === max ? min / 2 : min / 1.08, min === max ? max * 2 : max * 1.08, how.from, how.to);
  }
  if (how.zero) {
    min = Math.min(min, 0);
    max = Math.max(max, 0);
  }
  if (min === max) {
    min -= 1;
    max += 1;
  }
  return linearScale(min, max, how.from, how.to, how.tickCount ?? 6, finite.every(Number.isInteger));
}

/** @param {number} min @param {number} max @param {number} from @param {number} to @param {number} tickCount @param {boolean} isWhole @returns {Scale} */
function linearScale(min, max, from, to, tickCount, isWhole) {
  const rough = roundStep((max - min) / tickCount);
  const step = isWhole ? Math.max(1, rough) : rough;
  const low = Math.floor(min / step + 1e-9) * step;
  const high = Math.ceil(max / step - 1e-9) * step;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = [];
  for (let i = 0; i <= Math.round((high - low) / step); i += 1) {
    ticks.push(low + i * step);
  }
  return {
    log: false, min: low, max: high, ticks,
    at: (value) => from + ((value - low) / (high - low)) * (to - from),
    text: (value) => value.toFixed(decimals).replace(/^-(0(\.0+)?)$/, '$1').replace('-', '\u2212'),
  };
}

/** @param {number} rough */
function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  const part = rough / power;
  return (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10) * power;
}

/** @param {number} min @param {number} max @param {number} from @param {number} to @returns {Scale} */
function logScale(min, max, from, to) {
  const low = Math.log10(min);
  const span = Math.log10(max) - low;
  const parts = span > 2.5 ? [1] : span > 1.2 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 7];
  const ticks = [];
  for (let power = Math.floor(low); power <= Math.ceil(low + span); power += 1) {
    for (const part of parts) {
      const value = part * 10 ** power;
      if (value >= min && value <= max) {
        ticks.push(value);
      }
    }
  }
  return {
    log: true, min, max, ticks,
    at: (value) => from + ((Math.log10(value) - low) / span) * (to - from),
    text: (value) => (value >= 1000 ? value / 1000 + 'k' : String(Number(value.toPrecision(3)))),
  };
}
