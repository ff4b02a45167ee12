// A field for the id of an experiment, with the latest ones offered.
import { html } from '../core/html.js';
import { useData } from '../core/api.js';
import { setQuery } from '../core/route.js';

/** @param {{name: string, label: string, value: string, onPick?: (id: string) => void}} props */
export function PickExperiment({ name, label, value, onPick }) {
  const { data } = useData('/api/experiments?state=successful&limit=100');
  const pick = (/** @type {Event} */ event) => {
    const id = /** @type {HTMLInputElement} */ (event.currentTarget).value.trim();
    if (onPick) {
      onPick(id);
    } else {
      setQuery({ [name]: id }, { push: true });
    }
  };
  return html`<label class="field"><span>${label}</span><input class="mono" list=${'pick-' + name} size="26" value=${value} onChange=${pick} placeholder="id of an experiment" spellcheck=${false} />
    <datalist id=${'pick-' + name}>${(data?.experiments ?? []).map((/** @type {any} */ slim) => html`<option key=${slim.experiment_id} value=${slim.experiment_id}>${slim.title}</option>`)}</datalist></label>`;
}
