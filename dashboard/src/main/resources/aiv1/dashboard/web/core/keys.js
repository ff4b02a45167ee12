// Keys of the page. Each page names its own while it is shown; "?" lists them all.
import { signal, useLayoutEffect } from './html.js';
import { go } from './route.js';

/** @typedef {{key: string, what: string, act: (event: KeyboardEvent) => void}} Binding */

export const helpOpen = signal(false);

/** @type {{title: string, bindings: Binding[]}[]} */
const groups = [];

const PLACES = { o: '/', e: '/experiments', l: '/leaderboard', r: '/rd', n: '/lineage', f: '/failures', w: '/workers', c: '/compare', v: '/view' };
let leader = 0;

/** Keys while a component is shown. @param {string} title @param {Binding[]} bindings */
export function useKeys(title, bindings) {
  // As soon as it is drawn, not a moment later: who types fast would lose a key.
  useLayoutEffect(() => {
    const group = { title, bindings };
    groups.push(group);
    return () => {
      groups.splice(groups.indexOf(group), 1);
    };
  });
}

/** @returns {{title: string, bindings: {key: string, what: string}[]}[]} */
export function allKeys() {
  return [
    {
      title: 'Everywhere',
      bindings: [
        { key: '?', what: 'show or hide these keys' },
        { key: '/', what: 'search experiments' },
        { key: 'g o', what: 'overview' }, { key: 'g e', what: 'experiments' }, { key: 'g l', what: 'leaderboard' }, { key: 'g r', what: 'RD curves' },
        { key: 'g n', what: 'lineage' }, { key: 'g f', what: 'failures' }, { key: 'g w', what: 'workers' }, { key: 'g c', what: 'compare' },
        { key: 'Esc', what: 'close what is open' },
      ],
    },
    ...groups,
  ];
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select'));
}

function search() {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector('[data-search]'));
  if (field) {
    field.focus();
    field.select();
  } else {
    go('/experiments');
    setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector('[data-search]'))?.focus(), 100);
  }
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.key === 'Escape') {
    if (helpOpen.value) {
      helpOpen.value = false;
    } else if (isTyping(event.target)) {
      // A search field would empty itself; leaving it must not undo the search.
      event.preventDefault();
      /** @type {HTMLElement} */ (event.target).blur();
    }
    return;
  }
  if (isTyping(event.target) || event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) {
    return;
  }
  if (event.key === '?') {
    helpOpen.value = !helpOpen.value;
    event.preventDefault();
    return;
  }
  if (helpOpen.value) {
    return;
  }
  if (Date.now() - leader < 1200 && event.key in PLACES) {
    leader = 0;
    event.preventDefault();
    go(PLACES[/** @type {keyof typeof PLACES} */ (event.key)]);
    return;
  }
  if (event.key === 'g') {
    leader = Date.now();
    return;
  }
  if (event.key === '/') {
    event.preventDefault();
    search();
    return;
  }
  for (const group of [...groups].reverse()) {
    const binding = group.bindings.find((one) => one.key === event.key || (one.key === 'Space' && event.key === ' '));
    if (binding) {
      if (event.key === ' ' || event.key === 'Enter') {
        if (event.target instanceof HTMLElement && event.target.closest('button, a, summary, input, [role=tab]')) {
          return;
        }
      }
      event.preventDefault();
      binding.act(event);
      return;
    }
  }
}

export function startKeys() {
  document.addEventListener('keydown', press);
}
