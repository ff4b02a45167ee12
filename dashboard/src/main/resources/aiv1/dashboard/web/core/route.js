// Where the page is: path and query, kept in the address. Everything that a reader can set is in the query, so an address is a whole view.
import { signal } from './html.js';

/** @typedef {{path: string, query: URLSearchParams, key: string}} Place */

const SCROLL_KEY = 'aiv1.scroll';
const RESTORE_FRAMES_MAX = 120;

/** @type {Map<string, number>} scroll position in pixels, by the key of the history entry */
const scrolls = new Map(stored());
let restoring = 0;

export const place = signal(read());

/** @returns {Place} */
function read() {
  return { path: location.pathname, query: new URLSearchParams(location.search), key: history.state?.key ?? 'first' };
}

/** @returns {[string, number][]} */
function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(SCROLL_KEY) ?? '[]');
  } catch {
    return [];
  }
}

function newKey() {
  return Math.random().toString(36).slice(2, 10);
}

/**
 * Goes to another address of the page.
 * @param {string} href
 */
export function go(href) {
  remember();
  history.pushState({ key: newKey() }, '', href);
  place.value = read();
  restoring += 1;
  scrollTo(0, 0);
  requestAnimationFrame(() => document.getElementById('main')?.focus({ preventScroll: true }));
}

/**
 * Changes parts of the query; null or '' removes one. A step of its own in the history with push, else in place of the present one.
 * @param {Record<string, string | number | null | undefined>} changes
 * @param {{push?: boolean}} [how]
 */
export function setQuery(changes, how = {}) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') {
      query.delete(name);
    } else {
      query.set(name, String(value));
    }
  }
  const text = query.toString();
  const href = location.pathname + (text ? '?' + text : '') + location.hash;
  if (href === location.pathname + location.search + location.hash) {
    return;
  }
  if (how.push) {
    remember();
    const key = newKey();
    scrolls.set(key, scrollY);
    history.pushState({ key }, '', href);
  } else {
    history.replaceState(history.state, '', href);
  }
  place.value = read();
}

/**
 * An address: a path and a query without its empty parts.
 * @param {string} path
 * @param {Record<string, string | number | boolean | null | undefined>} [query]
 */
export function at(path, query = {}) {
  const parts = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false);
  const text = new URLSearchParams(parts.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

/** @param {string} id */
export function experimentHref(id) {
  return '/experiments/' + encodeURIComponent(id);
}

/** Whether an address is a page of this program (and not a file or a document of the API). @param {URL} url */
export function isPage(url) {
  return url.origin === location.origin && !url.pathname.startsWith('/api/') && !url.pathname.startsWith('/web/');
}

function remember() {
  scrolls.set(place.value.key, scrollY);
}

/** Goes back to where the reader was, as soon as the page is long enough for it; a wheel or key of the reader ends the attempt. */
function restore() {
  const wanted = scrolls.get(place.value.key) ?? 0;
  restoring += 1;
  const mine = restoring;
  let frames = 0;
  const attempt = () => {
    if (mine !== restoring) {
      return;
    }
    scrollTo(0, wanted);
    frames += 1;
    if (Math.abs(scrollY - wanted) > 1 && frames < RESTORE_FRAMES_MAX) {
      requestAnimationFrame(attempt);
    } else {
      restoring += 1;
    }
  };
  requestAnimationFrame(attempt);
}

/** Starts to follow links, history and scrolling. */
export function startRouting() {
  history.scrollRestoration = 'manual';
  if (!history.state?.key) {
    history.replaceState({ key: newKey() }, '', location.href);
  }
  place.value = read();
  addEventListener('popstate', () => {
    // The entry that is left keeps the position which the last scroll event noted.
    place.value = read();
    restore();
  });
  let noting = false;
  addEventListener('scroll', () => {
    if (!noting) {
      noting = true;
      const key = place.value.key;
      requestAnimationFrame(() => {
        noting = false;
        if (key === place.value.key) {
          remember();
        }
      });
    }
  }, { passive: true });
  for (const type of ['wheel', 'touchstart', 'keydown', 'pointerdown']) {
    addEventListener(type, () => { restoring += 1; }, { passive: true });
  }
  addEventListener('pagehide', () => {
    remember();
    try {
      sessionStorage.setItem(SCROLL_KEY, JSON.stringify([...scrolls].slice(-100)));
    } catch {
      // Storage is full or forbidden: positions are lost on reload.
    }
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return;
    }
    const href = link.getAttribute('href') ?? '';
    const url = new URL(href, location.href);
    if (link.hasAttribute('download') || link.hasAttribute('target') || !isPage(url) || href.startsWith('#')) {
      return;
    }
    event.preventDefault();
    go(url.pathname + url.search + url.hash);
  });
  restore();
}
