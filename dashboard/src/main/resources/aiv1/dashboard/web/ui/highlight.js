// Source code as coloured text. highlight.js finds the tokens; the nodes are made here from its token tree, so that no markup of a
// candidate is ever read as markup (its ready-made HTML is not used).
import hljs from '../vendor/highlight.js';
import python from '../vendor/highlight-python.js';
import c from '../vendor/highlight-c.js';
import { html } from '../core/html.js';

const LENGTH_MAX = 400_000;

hljs.registerLanguage('python', python);
hljs.registerLanguage('c', c);

/** @typedef {{text: string, scope: string}} Token */

/**
 * The tokens of each line.
 * @param {string} text
 * @param {string} name of the file; its ending tells the language
 * @returns {Token[][]}
 */
export function linesOf(text, name) {
  const language = name.endsWith('.py') ? 'python' : /\.[ch]$/.test(name) ? 'c' : '';
  if (!language || text.length > LENGTH_MAX) {
    return text.split('\n').map((line) => [{ text: line, scope: '' }]);
  }
  const result = hljs.highlight(text, { language, ignoreIllegals: true });
  /** @type {Token[][]} */
  const lines = [[]];
  walk(result._emitter.rootNode, '', (part, scope) => {
    part.split('\n').forEach((piece, index) => {
      if (index > 0) {
        lines.push([]);
      }
      if (piece) {
        lines[lines.length - 1].push({ text: piece, scope });
      }
    });
  });
  return lines;
}

/** @param {any} node @param {string} scope @param {(text: string, scope: string) => void} give */
function walk(node, scope, give) {
  if (typeof node === 'string') {
    give(node, scope);
    return;
  }
  const inner = typeof node.scope === 'string' ? node.scope.split('.')[0] : scope;
  for (const child of node.children) {
    walk(child, inner, give);
  }
}

const KNOWN = new Set(['keyword', 'built_in', 'type', 'string', 'number', 'literal', 'comment', 'meta', 'title']);

/** @param {Token[]} tokens */
export function tokens(tokens) {
  return tokens.map((token, index) => (KNOWN.has(token.scope) ? html`<span key=${index} class=${'tok-' + token.scope}>${token.text}</span>` : token.text));
}
