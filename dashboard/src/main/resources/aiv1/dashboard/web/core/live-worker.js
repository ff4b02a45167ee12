// The shared worker: one for all tabs of this browser.
import { LiveHub } from './live-hub.js';

const hub = new LiveHub();

self.addEventListener('connect', (event) => {
  const port = /** @type {MessageEvent} */ (event).ports[0];
  port.addEventListener('message', (message) => hub.hear(port, message.data));
  port.start();
});
