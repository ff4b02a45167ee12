// Fields that write straight into the query.
import { html } from '../core/html.js';
import { setQuery } from '../core/route.js';

/**
 * @param {{name: string, label: string, value: string, options: ([string, string] | string)[], onChange?: (value: string) => void, reset?: Record<string, null>}} props
 * The first option is the default and leaves the parameter out.
 */
export function Choose({ name, label, value, options, onChange, reset }) {
  const pairs = options.map((option) => (Array.isArray(option) ? option : [option, option]));
  const change = (/** @type {Event} */ event) => {
    const chosen = /** @type {HTMLSelectElement} */ (event.currentTarget).value;
    if (onChange) {
      onChange(chosen);
    } else {
      setQuery({ ...reset, [name]: chosen === pairs[0]?.[0] ? null : chosen }, { push: true });
    }
  };
  return html`<label class="field"><span>${label}</span><select name=${name} value=${value} onChange=${change}>
    ${pairs.map(([id, text]) => html`<option key=${id} value=${id} selected=${id === value}>${text}</option>`)}
  </select></label>`;
}

/** A button that is pressed or not, kept in the query as 1. @param {{name: string, label: string, on: boolean}} props */
export function Toggle({ name, label, on }) {
  return html`<button type="button" class="toggle" aria-pressed=${on ? 'true' : 'false'} onClick=${() => setQuery({ [name]: on ? null : '1' }, { push: true })}>${label}</button>`;
}
