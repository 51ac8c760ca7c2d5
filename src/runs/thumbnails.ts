/** Thumbnails of the newest samples of runs, created on demand and refreshed when there is a newer sample. */
import type { RunThumbnail } from '../shared/runs-table-protocol';

/** Maximum number of runs in the cache; each takes a few kilobytes. */
const MAX_KEPT = 500;

interface Kept {
  /** Identifies the file that the thumbnail was made from. */
  readonly version: string;
  readonly thumbnail: RunThumbnail | undefined;
}

export class Thumbnails {
  readonly #kept = new Map<string, Kept>();
  /** Thumbnails are made one at a time, so that lists of runs do not block the host. */
  #last: Promise<unknown> = Promise.resolve();

  /** Undefined if the run has no displayable sample. */
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
