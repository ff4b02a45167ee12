// The page: its shell, and which page stands at which path.
import { html, render, useEffect, useState } from './core/html.js';
import { place, startRouting } from './core/route.js';
import { announcement, startAnnouncing } from './core/announce.js';
import { useData } from './core/api.js';
import { connection, startLive } from './core/live.js';
import { allKeys, helpOpen, startKeys } from './core/keys.js';
import { Tip } from './ui/tip.js';
import { Overview } from './pages/overview.js';
import { Campaign, Campaigns } from './pages/campaign.js';
import { Experiments } from './pages/experiments.js';
import { Experiment } from './pages/experiment.js';
import { Compare } from './pages/compare.js';
import { Leaderboard } from './pages/leaderboard.js';
import { Rd } from './pages/rd.js';
import { Lineage } from './pages/lineage.js';
import { Failures } from './pages/failures.js';
import { Workers } from './pages/workers.js';
import { View } from './pages/view.js';
import { Reference } from './pages/reference.js';

const LINKS = [
  ['/', 'Overview'], ['/campaigns', 'Campaigns'], ['/experiments', 'Experiments'], ['/compare', 'Compare'], ['/leaderboard', 'Leaderboard'], ['/rd', 'RD'],
  ['/lineage', 'Lineage'], ['/failures', 'Failures'], ['/workers', 'Workers'], ['/view', 'View'], ['/api', 'API'],
];

/** @type {[RegExp, string, any][]} */
const PAGES = [
  [/^\/$/, 'Overview', Overview],
  [/^\/campaigns\/?$/, 'Campaigns', Campaigns],
  [/^\/campaigns\/([^/]+)$/, 'Campaign', Campaign],
  [/^\/experiments\/?$/, 'Experiments', Experiments],
  [/^\/experiments\/([^/]+)$/, 'Experiment', Experiment],
  [/^\/compare$/, 'Compare', Compare],
  [/^\/leaderboard$/, 'Leaderboard', Leaderboard],
  [/^\/rd$/, 'RD curves', Rd],
  [/^\/lineage$/, 'Lineage', Lineage],
  [/^\/failures$/, 'Failures', Failures],
  [/^\/workers$/, 'Workers', Workers],
  [/^\/view$/, 'View', View],
  [/^\/api\/?$/, 'API', Reference],
];

function App() {
  const { path, query } = place.value;
  const [page, id] = pageAt(path);
  const title = page ? page[1] : 'No such page';
  useEffect(() => {
    document.title = `${id ?? title} · AiV1`;
    const here = document.querySelector('.bar nav a[aria-current]');
    if (here instanceof HTMLElement && here.parentElement) {
      here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 40;
    }
  }, [id, title]);
  return html`<a class="skip" href="#main">To the content</a>
    <header class="bar">
      <a class="brand" href="/">AiV1</a>
      <nav aria-label="Pages">${LINKS.map(([href, name]) => html`<a key=${href} href=${href} aria-current=${isHere(path, href) ? 'page' : undefined}>${name}</a>`)}</nav>
      <div class="right"><${Connection} /><${Theme} /><button type="button" class="small" aria-label="Keys" aria-haspopup="dialog" onClick=${() => { helpOpen.value = true; }}>?</button></div>
    </header>
    <main id="main" tabindex="-1">${page ? html`<${page[2]} key=${path} id=${id} query=${query} />` : html`<h1>No such page</h1><p>Nothing stands at <code>${path}</code>. <a href="/">Overview</a></p>`}</main>
    <${Foot} />
    <div class="unseen" aria-live="polite" role="status">${announcement.value}</div>
    ${helpOpen.value ? html`<${Help} />` : null}
    <${Tip} />`;
}

/** @param {string} path @returns {[any, string | undefined]} */
function pageAt(path) {
  for (const page of PAGES) {
    const match = page[0].exec(path);
    if (match) {
      return [page, match[1] === undefined ? undefined : decode(match[1])];
    }
  }
  return [null, undefined];
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string} path @param {string} href */
function isHere(path, href) {
  return path === href || (href !== '/' && path.startsWith(href + '/'));
}

function Connection() {
  const { word, attempt, retryAt } = connection.value;
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = retryAt ? setInterval(() => tick((n) => n + 1), 1000) : 0;
    return () => clearInterval(timer);
  }, [retryAt]);
  const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
  const told = { live: 'live', connecting: 'connecting', paused: 'paused while hidden', reconnecting: `no connection, try ${attempt} in ${seconds} s` }[word] ?? word;
  return html`<span class=${'connection ' + word} data-connection=${word}>${told}</span>`;
}

function Theme() {
  const [theme, setTheme] = useState(document.documentElement.dataset.theme ?? 'auto');
  const next = { auto: 'light', light: 'dark', dark: 'auto' }[theme] ?? 'auto';
  const change = () => {
    setTheme(next);
    if (next === 'auto') {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = next;
    }
    try {
      localStorage.setItem('aiv1.theme', next);
    } catch {
      // Storage is forbidden: the choice lasts until the page is left.
    }
  };
  return html`<button type="button" class="small" onClick=${change} aria-label=${`Theme: ${theme}. Change to ${next}.`}>${theme}</button>`;
}

function Foot() {
  const { data } = useData('/api/health');
  return html`<footer class="foot">${data ? html`<span>build ${data.build}</span><span>home ${data.home}</span>
    <span>${data.writes === 'off' ? 'read only' : data.writes === 'token' ? 'changes need a token' : 'changes allowed'}</span>` : html`<span>the server has not answered yet</span>`}
    <span>BD-rate: PSNR-YUV, PCHIP over log rate, mean over clips; lower is better</span></footer>`;
}

function Help() {
  const close = () => { helpOpen.value = false; };
  useEffect(() => {
    const before = document.activeElement;
    document.getElementById('help-close')?.focus();
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  const trap = (/** @type {KeyboardEvent} */ event) => event.key === 'Tab' && event.preventDefault();
  return html`<div class="shade" onClick=${(/** @type {Event} */ event) => event.target === event.currentTarget && close()}><div class="dialog" role="dialog" aria-modal="true" aria-label="Keys" onKeyDown=${trap}>
    <header><h2>Keys</h2><button type="button" id="help-close" onClick=${close}>Close</button></header>
    <div class="keys">${allKeys().map((group) => html`<section key=${group.title}><h3>${group.title}</h3><dl>${group.bindings.map((one) => html`<dt key=${one.key}><kbd>${one.key}</kbd></dt><dd>${one.what}</dd>`)}</dl></section>`)}</div>
  </div></div>`;
}

startRouting();
startKeys();
startAnnouncing();
startLive();
const root = document.getElementById('app');
if (root) {
  render(html`<${App} />`, root);
}
