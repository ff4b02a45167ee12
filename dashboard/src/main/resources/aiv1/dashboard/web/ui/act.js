// Buttons that ask the server to do something, and what is said when it will not.
import { html, useState } from '../core/html.js';
import { post, setToken } from '../core/api.js';
import { announce } from '../core/announce.js';

/** @param {{problem: any}} props */
export function ActionProblem({ problem }) {
  const [saved, setSaved] = useState(false);
  if (!problem) {
    return null;
  }
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    setToken(String(new FormData(form).get('token') ?? ''));
    setSaved(true);
  };
  return html`<div class="problem" role="alert"><p><strong>Not done.</strong> ${problem.title ?? ''}${problem.message ? ': ' + problem.message : ''}</p>
    ${problem.status === 401 || problem.status === 403 ? html`<form onSubmit=${save}><label class="field"><span>Token (kept for this tab)</span><input name="token" type="password" autocomplete="off" /></label> <button>Keep</button>${saved ? ' Kept: try again.' : ''}</form>` : null}</div>`;
}

/** @param {{label: string, url: string, body?: any, said: string, after?: () => void, onProblem: (problem: any) => void, onSaid?: (said: string) => void, disabled?: boolean, pressed?: boolean}} props */
export function ActButton({ label, url, body, said, after, onProblem, onSaid, disabled, pressed }) {
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    onProblem(null);
    try {
      const answer = await post(url, body);
      announce(answer.said ?? said, 3);
      onSaid?.(answer.said ?? said);
      after?.();
    } catch (problem) {
      onProblem(problem);
    }
    setBusy(false);
  };
  return html`<button type="button" disabled=${disabled || busy} aria-pressed=${pressed === undefined ? undefined : pressed ? 'true' : 'false'} onClick=${act}>${label}</button>`;
}
