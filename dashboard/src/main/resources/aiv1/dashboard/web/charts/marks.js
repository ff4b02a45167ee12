// Series are told apart by marker and dash as well as by colour.

const SHAPES = [
  (/** @type {number} */ r) => `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`,
  (/** @type {number} */ r) => `M${-r} ${-r}H${r}V${r}H${-r}Z`,
  (/** @type {number} */ r) => `M0 ${-r * 1.25}L${r * 1.15} ${r * 0.85}H${-r * 1.15}Z`,
  (/** @type {number} */ r) => `M0 ${-r * 1.35}L${r * 1.35} 0L0 ${r * 1.35}L${-r * 1.35} 0Z`,
  (/** @type {number} */ r) => `M${-r} ${-r}L${r} ${r}M${r} ${-r}L${-r} ${r}`,
  (/** @type {number} */ r) => `M${-r * 1.2} 0H${r * 1.2}M0 ${-r * 1.2}V${r * 1.2}`,
];
export const STYLE_COUNT = SHAPES.length;

/** The outline of a marker around 0, 0. @param {number} style @param {number} [radius] pixels */
export function markerPath(style, radius = 3.5) {
  return SHAPES[style % STYLE_COUNT](radius);
}

/** A sample of a series for a legend. @param {number} style */
export function seriesClass(style) {
  return 'series s' + (style % STYLE_COUNT);
}
