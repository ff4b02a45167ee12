// Numbers and times as text. What is absent is null here; the page shows it with its reason (ui/cells.js), never as 0.

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** @param {any} value @returns {value is number} */
export function isNumber(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A number with a fixed count of decimals; null when there is none. @param {any} value @param {number} decimals */
export function fixed(value, decimals) {
  return isNumber(value) ? value.toFixed(decimals).replace('-', '\u2212') : null;
}

/** A percentage with its sign, without the unit. @param {any} value */
export function signed(value) {
  if (!isNumber(value)) {
    return null;
  }
  const text = fixed(value, 1) ?? '';
  return value > 0 && !/^[0.]+$/.test(text) ? '+' + text : text.replace(/^\u2212(0\.0)$/, '$1');
}

/** A whole number with separated thousands. @param {any} value */
export function count(value) {
  return isNumber(value) ? whole.format(value) : null;
}

/** Bytes in MiB. @param {any} bytes */
export function mebibytes(bytes) {
  return isNumber(bytes) ? (bytes / 1048576).toFixed(bytes < 10485760 ? 1 : 0) : null;
}

/** Seconds as 12.3 s, 4:05 or 1:04:05. @param {any} seconds */
export function duration(seconds) {
  if (!isNumber(seconds)) {
    return null;
  }
  if (seconds < 60) {
    return seconds.toFixed(1) + ' s';
  }
  const total = Math.round(seconds);
  const pad = (/** @type {number} */ part) => String(part).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours ? `${hours}:${pad(minutes)}:${pad(total % 60)}` : `${minutes}:${pad(total % 60)}`;
}

/** Local date and time of an instant, to the second. @param {any} iso */
export function localTime(iso) {
  const at = typeof iso === 'string' ? new Date(iso) : null;
  if (!at || Number.isNaN(at.getTime())) {
    return null;
  }
  const pad = (/** @type {number} */ part) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}

/** The first digits of a hash. @param {any} hash */
export function shortHash(hash) {
  return typeof hash === 'string' && hash ? hash.slice(0, 12) : null;
}

/** @param {number} n @param {string} one @param {string} [many] */
export function plural(n, one, many) {
  return `${whole.format(n)} ${n === 1 ? one : many ?? one + 's'}`;
}

/** One field of a CSV file after RFC 4180; a leading = + - @ of a text is kept from being a formula. @param {any} value */
export function csvField(value) {
  if (isNumber(value)) {
    return String(value);
  }
  const text = value === null || value === undefined ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}

/** @param {any[][]} rows */
export function csv(rows) {
  return rows.map((row) => row.map(csvField).join(',')).join('\r\n') + '\r\n';
}
