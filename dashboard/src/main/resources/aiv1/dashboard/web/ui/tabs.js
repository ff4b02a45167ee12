// Tabs whose choice is in the query. Arrow keys move, as the ARIA pattern for tabs has it.
import { html } from '../core/html.js';
import { setQuery } from '../core/route.js';

/**
 * @param {{name: string, label: string, tabs: {id: string, label: any, count?: any}[], chosen: string, children?: any, reset?: Record<string, null>}} props
 * name: the parameter of the query; the first tab is the default and leaves it out
 */
export function Tabs({ name, label, tabs, chosen, children, reset }) {
  const choose = (/** @type {string} */ id) => setQuery({ ...reset, [name]: id === tabs[0].id ? null : id }, { push: true });
  const key = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const place = tabs.findIndex((tab) => tab.id === chosen);
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : step ? (place + step + tabs.length) % tabs.length : -1;
    if (next >= 0) {
      event.preventDefault();
      choose(tabs[next].id);
      document.getElementById(`tab-${name}-${tabs[next].id}`)?.focus();
    }
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} onKeyDown=${key}>
      ${tabs.map((tab) => html`<button key=${tab.id} type="button" role="tab" id=${`tab-${name}-${tab.id}`} aria-selected=${tab.id === chosen ? 'true' : 'false'}
        aria-controls=${`panel-${name}`} tabindex=${tab.id === chosen ? 0 : -1} onClick=${() => choose(tab.id)}>${tab.label}${tab.count === undefined ? null : html` <span class="count">${tab.count}</span>`}</button>`)}
    </div>
    <div role="tabpanel" id=${`panel-${name}`} aria-labelledby=${`tab-${name}-${chosen}`}>${children}</div>`;
}
