// Two sides in step. Only pictures of one and the same frame are ever painted together.
//
// While playing, each side gives the pictures it shows, with their numbers. They wait until the other side has given the same number; what
// finds no partner is dropped and counted. A side that runs ahead is held until the other has caught up.
import { StillSide } from './still-side.js';
import { VideoSide, lacking } from './video-side.js';

const WAITING_COUNT_MAX = 6;
const LEAD_COUNT_MAX = 3;
// No such thing, not what was measured, gone: what has no video for such a reason has no pictures either.
const FINAL = [404, 409, 410];

/**
 * @typedef {import('./video-side.js').Picture} Picture
 * @typedef {{video: string, still: (frame: number) => string}} Source
 */

/** What went wrong, by side. @param {PromiseSettledResult<any>[]} outcomes @returns {{text: string, status: number}[]} */
function sayings(outcomes) {
  return outcomes.flatMap((one, side) => (one.status === 'rejected' ? [{ text: `${'AB'[side]}: ${one.reason instanceof Error ? one.reason.message : one.reason}`, status: Number(one.reason?.status) || 0 }] : []));
}

export class Pair {
  /** @param {Source} a @param {Source} b @param {{fps: number, frames: number, paint: (a: Picture, b: Picture) => void, say: (text: string, isProblem?: boolean) => void}} how */
  constructor(a, b, how) {
    this.sources = [a, b];
    this.how = how;
    /** @type {string[]} */
    this.waits = ['', ''];
    this.notice = '';
    this.refused = '';
    const wait = (/** @type {number} */ side) => (/** @type {string} */ text) => this.wait(side, text);
    this.stills = [new StillSide(a.still, wait(0)), new StillSide(b.still, wait(1))];
    /** @type {VideoSide[]} both, once they can be played */
    this.videos = [];
    /** @type {VideoSide[]} */
    this.opened = [];
    this.kind = 'still';
    this.frame = 0;
    this.playing = false;
    this.painted = 0;
    this.unpaired = 0;
    this.request = 0;
    /** @type {Picture | null} */
    this.lastA = null;
    /** @type {Picture | null} */
    this.lastB = null;
    /** @type {Map<number, Picture>[]} */
    this.waiting = [new Map(), new Map()];
    this.closed = false;
  }

  async load() {
    const lack = lacking();
    if (lack) {
      this.remark(`${lack}: exact PNG frames are shown instead`);
      return;
    }
    this.opened = this.sources.map((source, side) => new VideoSide(source.video, this.how.fps, (text) => this.wait(side, text)));
    const failed = sayings(await Promise.allSettled(this.opened.map((video) => video.load())));
    if (failed.length === 0) {
      this.videos = this.opened;
      this.kind = this.videos.some((video) => video.proxy) ? 'proxy' : 'lossless';
      this.remark('');
      return;
    }
    this.opened.forEach((video) => video.close());
    const words = failed.map((one) => one.text).join(' · ');
    if (failed.some((one) => FINAL.includes(one.status))) {
      this.refused = words;
    } else if (!this.closed) {
      this.remark(`no video (${words}): exact PNG frames are shown instead`);
    }
  }

  /** Says what is waited for, of each side. @param {number} side @param {string} text */
  wait(side, text) {
    this.waits[side] = text ? `${'AB'[side]}: ${text}` : '';
    if (!this.closed) {
      const waits = this.waits.filter((one) => one);
      this.how.say([this.notice, ...waits, waits.length ? 'made once from what is stored, then kept' : ''].filter((one) => one).join(' · '));
    }
  }

  /** Says what stays true of what is shown; nothing is waited for now. @param {string} text */
  remark(text) {
    this.notice = text;
    this.waits = ['', ''];
    this.how.say(text);
  }

  /** Shows one frame and stands still. A proxy is good for motion alone: standing frames are then exact PNGs. @param {number} frame */
  async show(frame) {
    this.pause();
    if (this.refused) {
      this.how.say(this.refused, true);
      return;
    }
    const wanted = Math.max(0, Math.min(this.how.frames - 1, frame));
    this.frame = wanted;
    this.request += 1;
    const mine = this.request;
    const sides = this.kind === 'lossless' ? this.videos : this.stills;
    try {
      const [a, b] = await this.both(sides, wanted);
      if (mine === this.request && !this.closed) {
        this.give(a, b);
      } else {
        a.close();
        b.close();
      }
    } catch (error) {
      if (mine === this.request && !this.closed) {
        this.how.say(error instanceof Error ? error.message : String(error), true);
      }
    }
  }

  /** A frame that a video does not give is shown as a PNG, on both sides alike. @param {(VideoSide | StillSide)[]} sides @param {number} frame @returns {Promise<Picture[]>} */
  async both(sides, frame) {
    const got = await Promise.allSettled(sides.map((side) => side.at(frame)));
    const [a, b] = got;
    if (a.status === 'fulfilled' && b.status === 'fulfilled') {
      return [a.value, b.value];
    }
    got.forEach((one) => one.status === 'fulfilled' && one.value.close());
    if (sides !== this.stills) {
      return this.both(this.stills, frame);
    }
    throw new Error(sayings(got).map((one) => one.text).join(' · '));
  }

  /** @param {Picture} a @param {Picture} b */
  give(a, b) {
    this.lastA?.close();
    this.lastB?.close();
    this.lastA = a;
    this.lastB = b;
    this.frame = a.frame;
    this.painted += 1;
    if (this.waits.some((text) => text)) {
      this.remark(this.notice);
    }
    this.how.paint(a, b);
  }

  async play() {
    if (this.playing || this.refused) {
      return;
    }
    this.playing = true;
    this.request += 1;
    if (this.videos.length === 0) {
      this.playStills();
      return;
    }
    const from = this.frame >= this.how.frames - 1 ? 0 : this.frame;
    await Promise.all(this.videos.map((video) => video.seek((from + 0.5) / this.how.fps)));
    if (!this.playing || this.closed) {
      return;
    }
    this.videos.forEach((video, side) => {
      if (!video.following) {
        video.following = true;
        video.follow((picture) => this.take(side, picture));
        video.video.addEventListener('ended', () => this.again());
      }
    });
    await Promise.all(this.videos.map((video) => video.video.play().catch(() => {})));
  }

  /** @param {number} side @param {Picture} picture */
  take(side, picture) {
    if (!this.playing) {
      picture.close();
      return;
    }
    const other = this.waiting[1 - side];
    const partner = other.get(picture.frame);
    if (partner) {
      other.delete(picture.frame);
      this.forget(picture.frame);
      this.give(side === 0 ? picture : partner, side === 0 ? partner : picture);
    } else {
      this.waiting[side].get(picture.frame)?.close();
      this.waiting[side].set(picture.frame, picture);
      if (this.waiting[side].size > WAITING_COUNT_MAX) {
        this.drop(side, Math.min(...this.waiting[side].keys()));
      }
    }
    this.hold();
  }

  /** A side that leads by more than three frames waits for the other. */
  hold() {
    const [a, b] = this.videos.map((video) => video.video);
    const lead = Math.round((a.currentTime - b.currentTime) * this.how.fps);
    const ahead = lead > LEAD_COUNT_MAX ? a : lead < -LEAD_COUNT_MAX ? b : null;
    for (const video of [a, b]) {
      if (video === ahead) {
        video.pause();
      } else if (video.paused && !video.ended && this.playing) {
        video.play().catch(() => {});
      }
    }
  }

  /** What is older than a painted frame finds no partner any more. @param {number} frame */
  forget(frame) {
    this.waiting.forEach((pictures, side) => [...pictures.keys()].filter((key) => key < frame).forEach((key) => this.drop(side, key)));
  }

  /** @param {number} side @param {number} frame */
  drop(side, frame) {
    this.waiting[side].get(frame)?.close();
    this.waiting[side].delete(frame);
    this.unpaired += 1;
  }

  /** From the start again, when both have come to the end. */
  async again() {
    if (!this.playing || !this.videos.every((video) => video.video.ended)) {
      return;
    }
    this.clear();
    await Promise.all(this.videos.map((video) => video.seek(0.5 / this.how.fps)));
    if (this.playing) {
      this.videos.forEach((video) => video.video.play().catch(() => {}));
    }
  }

  async playStills() {
    while (this.playing && !this.closed) {
      const began = performance.now();
      const next = (this.frame + 1) % this.how.frames;
      try {
        const [a, b] = await this.both(this.stills, next);
        if (!this.playing || this.closed) {
          return;
        }
        this.give(a, b);
      } catch (error) {
        this.playing = false;
        this.how.say(error instanceof Error ? error.message : String(error), true);
      }
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1000 / this.how.fps - (performance.now() - began))));
    }
  }

  pause() {
    this.playing = false;
    this.videos.forEach((video) => video.video.pause());
    this.clear();
  }

  clear() {
    this.waiting.forEach((pictures) => {
      pictures.forEach((picture) => picture.close());
      pictures.clear();
    });
  }

  close() {
    this.closed = true;
    this.pause();
    this.lastA?.close();
    this.lastB?.close();
    [...this.opened, ...this.stills].forEach((side) => side.close());
  }
}
