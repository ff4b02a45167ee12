import { html } from '../core/html.js';
export function View() { return html`<h1>View</h1>`; }
