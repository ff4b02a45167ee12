// The one place that knows the vendored libraries. Text given to a template becomes a text node, never markup.
import { Fragment, h, render } from '../vendor/preact.js';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from '../vendor/preact-hooks.js';
import { computed, effect, signal, batch } from '../vendor/signals.js';
import htm from '../vendor/htm.js';

export const html = htm.bind(h);

export { Fragment, batch, computed, effect, h, render, signal, useEffect, useLayoutEffect, useMemo, useRef, useState };
