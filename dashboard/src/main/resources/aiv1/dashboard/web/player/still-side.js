// One side of the player made of exact PNG frames: for browsers that cannot play exactly, and where there is no video.

const KEPT_MAX = 24;

export class StillSide {
  /** @param {(frame: number) => string} urlOf */
  constructor(urlOf) {
    this.urlOf = urlOf;
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
    const response = await fetch(this.urlOf(frame));
    if (!response.ok) {
      throw new Error(response.status === 202 ? 'the server still decodes it; try again in a moment' : `frame ${frame}: the server answered ${response.status}`);
    }
    return createImageBitmap(await response.blob());
  }

  close() {
    this.kept.clear();
  }
}
