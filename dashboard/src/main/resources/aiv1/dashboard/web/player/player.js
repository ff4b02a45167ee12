// The player's stage and controls. What it shows is in the query: mode, frame, zoom, gain, split.
import { html, useEffect, useLayoutEffect, useRef, useState } from '../core/html.js';
import { setQuery } from '../core/route.js';
import { useKeys } from '../core/keys.js';
import { Pair } from './pair.js';
import { paint } from './painter.js';

const MODES = [['split', 'Split'], ['side', 'Side by side'], ['toggle', 'A / B'], ['diff', 'Difference']];
const GAINS = [1, 2, 4, 8, 16, 32];
const ZOOMS = [1, 2, 4, 8];

/**
 * @param {{a: any, b: any, names: [string, string], clip: {width: number, height: number, fps: number, frames: number}, query: URLSearchParams, worst: number | null, onFrame: (frame: number) => void, links: (frame: number) => any}} props
 */
export function Player(props) {
  const { a, b, names, clip, query, worst, onFrame } = props;
  const look = lookOf(query, clip);
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const stage = useRef(/** @type {HTMLElement | null} */ (null));
  const pair = useRef(/** @type {Pair | null} */ (null));
  const latest = useRef(look);
  const [frame, setFrame] = useState(numberOf(query, 'frame', 0, clip.frames - 1, 0));
  const [playing, setPlaying] = useState(false);
  const [said, setSaid] = useState({ text: 'loading', isProblem: false });
  const [kind, setKind] = useState('');
  const [second, setSecond] = useState(false);
  latest.current = { ...look, second };
  const repaint = () => {
    const shown = pair.current;
    if (canvas.current && shown?.lastA && shown.lastB) {
      paint(canvas.current, shown.lastA.image, shown.lastB.image, latest.current, (stage.current?.clientWidth ?? 640) - 2);
      canvas.current.dataset.frame = String(shown.lastA.frame);
      canvas.current.dataset.pair = `${shown.lastA.frame} ${shown.lastB.frame}`;
      canvas.current.dataset.painted = String(shown.painted);
    }
  };
  useEffect(() => {
    const made = new Pair(a, b, { fps: clip.fps, frames: clip.frames, say: (text, isProblem = false) => setSaid({ text, isProblem }), paint: (first) => {
      repaint();
      setFrame(first.frame);
      onFrame(first.frame);
    } });
    pair.current = made;
    setPlaying(false);
    made.load().then(() => {
      setKind(made.refused ? '' : made.kind);
      made.show(numberOf(new URLSearchParams(location.search), 'frame', 0, clip.frames - 1, 0));
    });
    addEventListener('resize', repaint);
    return () => {
      removeEventListener('resize', repaint);
      made.close();
    };
  }, [a.video, b.video]);
  // Before the browser draws: a label must never name one side while the other is seen.
  useLayoutEffect(repaint, [query, second]);
  const show = (/** @type {number} */ next) => {
    const wanted = Math.max(0, Math.min(clip.frames - 1, next));
    setPlaying(false);
    pair.current?.show(wanted);
    setQuery({ frame: wanted || null });
  };
  const toggle = () => {
    if (pair.current?.playing) {
      pair.current.pause();
      setPlaying(false);
      show(pair.current.frame);
    } else {
      pair.current?.play();
      setPlaying(pair.current?.playing ?? false);
    }
  };
  const mode = (/** @type {string} */ next) => setQuery({ mode: next === 'split' ? null : next }, { push: true });
  const more = (/** @type {number} */ by) => (look.mode === 'diff' ? setQuery({ gain: stepped(GAINS, look.gain, by) }) : setQuery({ zoom: stepped(ZOOMS, look.zoom, by) }));
  const flip = () => (look.mode === 'toggle' ? setSecond((now) => !now) : mode('toggle'));
  useKeys('Player', [
    { key: 'Space', what: 'play or pause', act: toggle },
    { key: ',', what: 'one frame back', act: () => show((pair.current?.frame ?? 0) - 1) },
    { key: '.', what: 'one frame on', act: () => show((pair.current?.frame ?? 0) + 1) },
    { key: 't', what: 'A / B: the other one', act: flip },
    { key: 's', what: 'split, or side by side', act: () => mode(look.mode === 'split' ? 'side' : 'split') },
    { key: 'd', what: 'difference', act: () => mode('diff') },
    { key: '+', what: 'zoom in; in the difference: more gain', act: () => more(1) },
    { key: '-', what: 'zoom out; in the difference: less gain', act: () => more(-1) },
    { key: 'w', what: 'the worst frame', act: () => worst !== null && show(worst) },
    { key: '[', what: 'the split to the left', act: () => setQuery({ split: Math.max(0, look.split - 0.05).toFixed(2) }) },
    { key: ']', what: 'the split to the right', act: () => setQuery({ split: Math.min(1, look.split + 0.05).toFixed(2) }) },
  ]);
  const drag = (/** @type {PointerEvent} */ event) => dragged(event, look, canvas.current);
  return html`<div>
    <div class="player-bar"><span class="modes" role="group" aria-label="How to show both">${MODES.map(([id, label]) => html`<button key=${id} type="button" aria-pressed=${look.mode === id ? 'true' : 'false'} onClick=${() => mode(id)}>${label}</button>`)}</span>
      ${look.mode === 'toggle' ? html`<button type="button" onClick=${flip}>Showing ${second ? 'B' : 'A'}: change</button>` : null}
      <span>${look.mode === 'diff' ? `difference ×${look.gain}, in R, G and B` : `zoom ×${look.zoom}`}</span><button type="button" class="small" aria-label="less" onClick=${() => more(-1)}>−</button><button type="button" class="small" aria-label="more" onClick=${() => more(1)}>+</button>
      <span class=${kind === 'proxy' ? 'proxy' : 'quiet'} data-player-kind>${{ lossless: 'lossless video', proxy: 'proxy while it plays; exact PNG while it stands', still: 'exact PNG frames' }[kind] ?? ''}</span></div>
    <div class="stage" ref=${stage} onPointerDown=${drag} onPointerMove=${drag}><canvas ref=${canvas} role="img" aria-label=${`Frame ${frame}: A is ${names[0]}, B is ${names[1]}`}></canvas>
      ${look.mode === 'toggle' ? html`<span class="side-name a">${second ? 'B: ' + names[1] : 'A: ' + names[0]}</span>` : look.mode === 'diff' ? null : html`<span class="side-name a">A: ${names[0]}</span><span class="side-name b">B: ${names[1]}</span>`}</div>
    <p class=${said.isProblem ? 'problem' : 'quiet'} role=${said.isProblem ? 'alert' : 'status'} data-player-state>${said.isProblem ? html`<strong>Nothing to see.</strong> ` : null}${said.text}</p>
    <div class="player-bar"><button type="button" class="primary" onClick=${toggle} data-play>${playing ? 'Pause' : 'Play'}</button><button type="button" aria-label="one frame back" onClick=${() => show(frame - 1)}>‹</button><button type="button" aria-label="one frame on" onClick=${() => show(frame + 1)}>›</button>
      <span class="clock">frame ${frame} of ${clip.frames - 1}</span>${worst === null ? null : html`<button type="button" onClick=${() => show(worst)}>Worst frame (${worst})</button>`}${props.links(frame)}</div>
    <input class="scrub" type="range" min="0" max=${clip.frames - 1} value=${frame} aria-label="frame" onInput=${(/** @type {Event} */ event) => show(Number(/** @type {HTMLInputElement} */ (event.currentTarget).value))} />
  </div>`;
}

/** @param {URLSearchParams} query @param {{width: number, height: number}} clip */
function lookOf(query, clip) {
  const mode = query.get('mode') ?? 'split';
  return {
    mode: MODES.some(([id]) => id === mode) ? mode : 'split', split: numberOf(query, 'split', 0, 1, 0.5), gain: numberOf(query, 'gain', 1, 32, 8), zoom: numberOf(query, 'zoom', 1, 8, 1),
    x: numberOf(query, 'x', 0, 1, 0.5), y: numberOf(query, 'y', 0, 1, 0.5), second: false, width: clip.width, height: clip.height,
  };
}

/** @param {URLSearchParams} query @param {string} name @param {number} min @param {number} max @param {number} otherwise */
function numberOf(query, name, min, max, otherwise) {
  const value = Number(query.get(name) ?? NaN);
  return Number.isFinite(value) ? Math.max(min, Math.min(max, value)) : otherwise;
}

/** @param {number[]} steps @param {number} now @param {number} by */
function stepped(steps, now, by) {
  const place = steps.findIndex((step) => step >= now);
  return steps[Math.max(0, Math.min(steps.length - 1, (place < 0 ? steps.length - 1 : place) + by))];
}

/** Dragging moves the split line; when zoomed in, the picture. @param {PointerEvent} event @param {any} look @param {HTMLCanvasElement | null} canvas */
function dragged(event, look, canvas) {
  if (!canvas || (event.buttons & 1) === 0) {
    return;
  }
  const place = canvas.getBoundingClientRect();
  if (look.mode === 'split' && look.zoom === 1) {
    setQuery({ split: Math.max(0, Math.min(1, (event.clientX - place.left) / place.width)).toFixed(3) });
  } else if (look.zoom > 1) {
    const columns = look.mode === 'side' ? 2 : 1;
    setQuery({
      x: Math.max(0, Math.min(1, look.x - (event.movementX * columns) / (place.width * look.zoom))).toFixed(4),
      y: Math.max(0, Math.min(1, look.y - event.movementY / (place.height * look.zoom))).toFixed(4),
    });
  }
}
