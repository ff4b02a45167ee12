// One side of the player that plays a video. A picture counts as frame n only when its own timestamp says so: seeking to n / fps lands a
// frame too early now and then, so the middle of the frame is sought, and what came is read from the picture itself.

import { made } from './made.js';

const SEEK_COUNT_MAX = 3;
const SEEK_WAIT_MS = 4000;
const TYPE = 'video/mp4; codecs="vp09.00.10.08"';

/** @typedef {{image: CanvasImageSource, frame: number, close: () => void}} Picture */

/** Why this browser must do with single pictures; empty when it need not. @returns {string} */
export function lacking() {
  if (!('requestVideoFrameCallback' in HTMLVideoElement.prototype) || typeof VideoFrame !== 'function') {
    return 'this browser cannot tell which frame a video shows';
  }
  return document.createElement('video').canPlayType(TYPE) ? '' : 'this browser plays no VP9 in MP4 (Chromium and Firefox do)';
}

export class VideoSide {
  /** @param {string} url @param {number} fps frames per second @param {(text: string) => void} say */
  constructor(url, fps, say) {
    this.url = url;
    this.fps = fps;
    this.say = say;
    this.proxy = false;
    this.closed = false;
    this.following = false;
    this.video = document.createElement('video');
    this.video.muted = true;
    this.video.playsInline = true;
    this.video.preload = 'auto';
    this.video.className = 'hidden-video';
    this.video.setAttribute('aria-hidden', 'true');
    this.video.tabIndex = -1;
    document.body.append(this.video);
  }

  /** Waits until the server has made the file and the browser can show its first frame. */
  async load() {
    const response = await made(this.url, { headers: { Range: 'bytes=0-0' }, say: this.say, isClosed: () => this.closed });
    await response.body?.cancel();
    this.proxy = response.headers.get('X-AiV1-Proxy') === 'proxy';
    await this.open();
  }

  open() {
    return new Promise((resolve, reject) => {
      this.video.addEventListener('loadeddata', () => resolve(undefined), { once: true });
      this.video.addEventListener('error', () => reject(new Error(`this browser cannot play the file: ${this.video.error?.message || 'it does not say why'}`)), { once: true });
      this.video.src = this.url;
    });
  }

  /** The picture shown now, under the number that its timestamp gives. @returns {Picture | null} */
  picture() {
    try {
      const image = new VideoFrame(this.video);
      return { image, frame: Math.round(((image.timestamp ?? 0) / 1e6) * this.fps), close: () => image.close() };
    } catch {
      return null;
    }
  }

  /** @param {number} frame @returns {Promise<Picture>} */
  async at(frame) {
    for (let attempt = 0; attempt < SEEK_COUNT_MAX; attempt += 1) {
      await this.seek((frame + 0.5) / this.fps);
      const picture = this.picture();
      if (picture?.frame === frame) {
        return picture;
      }
      picture?.close();
    }
    throw new Error(`frame ${frame} could not be sought`);
  }

  /** @param {number} seconds */
  seek(seconds) {
    return new Promise((resolve) => {
      let done = false;
      const finish = () => {
        if (!done) {
          done = true;
          resolve(undefined);
        }
      };
      this.video.addEventListener('seeked', () => requestAnimationFrame(finish), { once: true });
      setTimeout(finish, SEEK_WAIT_MS);
      this.video.currentTime = seconds;
    });
  }

  /** Calls back at each frame that is shown while playing. @param {(picture: Picture) => void} give */
  follow(give) {
    const step = () => {
      if (this.closed) {
        return;
      }
      const picture = this.picture();
      if (picture) {
        give(picture);
      }
      this.video.requestVideoFrameCallback(step);
    };
    this.video.requestVideoFrameCallback(step);
  }

  close() {
    this.closed = true;
    this.video.pause();
    this.video.removeAttribute('src');
    this.video.load();
    this.video.remove();
  }
}
