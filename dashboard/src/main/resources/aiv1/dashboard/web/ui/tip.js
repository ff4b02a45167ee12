// One small box that tells what a [data-tip] says, on hover, focus or tap. Placed by the style object, which the security policy allows.
import { html, useEffect, useRef, useState } from '../core/html.js';

export function Tip() {
  const [tip, setTip] = useState(/** @type {{text: string, x: number, y: number} | null} */ (null));
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const show = (/** @type {Event} */ event) => {
      const owner = event.target instanceof Element ? event.target.closest('[data-tip]') : null;
      if (!owner) {
        setTip(null);
        return;
      }
      const place = owner.getBoundingClientRect();
      setTip({ text: owner.getAttribute('data-tip') ?? '', x: place.left + place.width / 2, y: place.bottom });
    };
    const hide = () => setTip(null);
    const escape = (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && hide();
    document.addEventListener('pointerover', show);
    document.addEventListener('focusin', show);
    document.addEventListener('click', show);
    document.addEventListener('keydown', escape);
    addEventListener('scroll', hide, { passive: true, capture: true });
    return () => {
      document.removeEventListener('pointerover', show);
      document.removeEventListener('focusin', show);
      document.removeEventListener('click', show);
      document.removeEventListener('keydown', escape);
      removeEventListener('scroll', hide, { capture: true });
    };
  }, []);
  useEffect(() => {
    if (tip && box.current) {
      const width = box.current.offsetWidth;
      const height = box.current.offsetHeight;
      const below = tip.y + 6 + height < innerHeight;
      box.current.style.left = Math.max(6, Math.min(innerWidth - width - 6, tip.x - width / 2)) + 'px';
      box.current.style.top = (below ? tip.y + 6 : Math.max(6, tip.y - height - 30)) + 'px';
    }
  }, [tip]);
  return tip ? html`<div class="tip" ref=${box} aria-hidden="true">${tip.text}</div>` : null;
}
