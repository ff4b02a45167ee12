// A clip as the API names it, in both of its forms (of a campaign's document, of a list).

/**
 * @param {any} clip
 * @returns {{name: string, sha256: string, width: number, height: number, frames: number, fps: number}} fps: frames per second
 */
export function clipOf(clip) {
  const [over, under] = String(clip.frame_rate ?? clip.fps).split('/').map(Number);
  return { name: clip.name, sha256: clip.clip_id ?? clip.sha256, width: clip.width, height: clip.height, frames: clip.frame_count ?? clip.frames, fps: under ? over / under : over };
}
