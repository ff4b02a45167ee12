// Paints a pair of pictures: split at a line, side by side, one of both, or their difference. Zoom and place are the same for both.

/** @typedef {{mode: string, split: number, gain: number, zoom: number, x: number, y: number, second: boolean, width: number, height: number}} Look
 * split: part of the width, 0 to 1; x, y: the middle of what is seen, 0 to 1; second: whether B is shown in the toggle mode; width, height: of the clip, in samples */

/** @type {(OffscreenCanvas | null)[]} */
const sheets = [null, null];

/** The part of the picture that is seen. @param {Look} look */
function seen(look) {
  const width = look.width / look.zoom;
  const height = look.height / look.zoom;
  return { x: Math.max(0, Math.min(look.width - width, look.x * look.width - width / 2)), y: Math.max(0, Math.min(look.height - height, look.y * look.height - height / 2)), width, height };
}

/**
 * @param {HTMLCanvasElement} canvas its size is set here
 * @param {CanvasImageSource} a
 * @param {CanvasImageSource} b
 * @param {Look} look
 * @param {number} room pixels of the page that the canvas may take in width
 */
export function paint(canvas, a, b, look, room) {
  const columns = look.mode === 'side' ? 2 : 1;
  const fit = Math.min(room / (look.width * columns), Math.max(1, (innerHeight * 0.7) / look.height));
  const scale = fit >= 1 ? Math.floor(fit) : fit;
  const width = Math.round(look.width * scale);
  const height = Math.round(look.height * scale);
  if (canvas.width !== width * columns || canvas.height !== height) {
    canvas.width = width * columns;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  if (!context) {
    return;
  }
  context.imageSmoothingEnabled = false;
  const part = seen(look);
  const put = (/** @type {CanvasImageSource} */ image, /** @type {number} */ left) => context.drawImage(image, part.x, part.y, part.width, part.height, left, 0, width, height);
  if (look.mode === 'diff') {
    put(difference(a, b, look), 0);
  } else if (look.mode === 'side') {
    put(a, 0);
    put(b, width);
  } else if (look.mode === 'toggle') {
    put(look.second ? b : a, 0);
  } else {
    put(a, 0);
    const line = Math.round(look.split * width);
    context.save();
    context.beginPath();
    context.rect(line, 0, width - line, height);
    context.clip();
    put(b, 0);
    context.restore();
    context.fillStyle = '#ffffff';
    context.fillRect(line - 1, 0, 1, height);
    context.fillStyle = '#000000';
    context.fillRect(line, 0, 1, height);
  }
}

/** |A - B| times the gain, in each of R, G and B. @param {CanvasImageSource} a @param {CanvasImageSource} b @param {Look} look */
function difference(a, b, look) {
  const [first, second] = [a, b].map((image, side) => {
    const sheet = sheetOf(side, look.width, look.height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (sheet.getContext('2d', { willReadFrequently: true }));
    context.drawImage(image, 0, 0, look.width, look.height);
    return { sheet, context, samples: context.getImageData(0, 0, look.width, look.height) };
  });
  const from = first.samples.data;
  const to = second.samples.data;
  for (let at = 0; at < from.length; at += 4) {
    from[at] = Math.abs(from[at] - to[at]) * look.gain;
    from[at + 1] = Math.abs(from[at + 1] - to[at + 1]) * look.gain;
    from[at + 2] = Math.abs(from[at + 2] - to[at + 2]) * look.gain;
    from[at + 3] = 255;
  }
  first.context.putImageData(first.samples, 0, 0);
  return first.sheet;
}

/** @param {number} side @param {number} width @param {number} height */
function sheetOf(side, width, height) {
  let sheet = sheets[side];
  if (!sheet || sheet.width !== width || sheet.height !== height) {
    sheet = new OffscreenCanvas(width, height);
    sheets[side] = sheet;
  }
  return sheet;
}
