// One side of the player made of exact PNG frames: for browsers that cannot play exactly, and where there is no video.

import { made } from './made.js';

const KEPT_MAX = 24;

export class StillSide {
  /** @param {(frame: number) => string} urlOf @param {(text: string) => void} say */
  constructor(urlOf, say) {
    this.urlOf = urlOf;
    this.say = say;
    this.closed = false;
    /** @type {Map<number, Promise<ImageBitmap>>} */
    this.kept = new Map();
  }

  /** @param {number} frame @returns {Promise<import('./video-side.js').Picture>} */
  async at(frame) {
    const known = this.kept.get(frame) ?? this.fetched(frame);
    this.kept.set(frame, known);
    if (this.kept.size > KEPT_MAX) {
      this.kept.delete(this.kept.keys().next().value ?? -1);
    }
    try {
      return { image: await known, frame, close: () => {} };
    } catch (error) {
      this.kept.delete(frame);
      throw error;
    }
  }

  /** @param {number} frame */
  async fetched(frame) {
    const response = await made(this.urlOf(frame), { say: this.say, isClosed: () => this.closed });
    return createImageBitmap(await response.blob());
  }

  close() {
    this.closed = true;
    this.kept.clear();
  }
}
