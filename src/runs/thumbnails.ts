/** Thumbnails of the newest samples of runs: made when somebody looks, and again when there is a newer sample. */
import type { RunThumbnail } from '../shared/runs-table-protocol';

/** Of so many runs; each has a few kilobytes. */
const MAX_KEPT = 500;

interface Kept {
  /** Which file it was made of. */
  readonly version: string;
  readonly thumbnail: RunThumbnail | undefined;
}

export class Thumbnails {
  readonly #kept = new Map<string, Kept>();
  /** One is made at a time: lists of runs must not hold up what else the host does. */
  #last: Promise<unknown> = Promise.resolve();

  /** Undefined where the run has no sample that can be shown. */
  async of(runFolder: string): Promise<RunThumbnail | undefined> {
    const made = this.#last.then(() => this.#lookAt(runFolder));
    this.#last = made;
    return await made;
  }

  async #lookAt(runFolder: string): Promise<RunThumbnail | undefined> {
    const { makeThumbnail, newestSample } = await import('./newest-sample');
    const sample = await newestSample(runFolder);
    if (sample === undefined) return undefined;
    const known = this.#kept.get(runFolder);
    if (known?.version === sample.version) return known.thumbnail;
    const thumbnail = await makeThumbnail(sample);
    this.#kept.delete(runFolder);
    this.#kept.set(runFolder, { version: sample.version, thumbnail });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) break;
      this.#kept.delete(oldest);
    }
    return thumbnail;
  }
}
