/**
 * How fast a run trains: the one definition behind the header, the status bar, the command line and the chart. Images are
 * real images consumed; seconds are those of training, samples and checkpoints included, pauses and scores not.
 */

/** Seconds of training after which an image counts for 1/e in the running mean. */
const MEMORY_SECONDS = 20;

/** The running mean: each image and each second counts less the longer ago it was. */
export class Throughput {
  #images = 0;
  #seconds = 0;

  /** What was trained since the last call. */
  add(images: number, seconds: number): void {
    const kept = Math.exp(-seconds / MEMORY_SECONDS);
    this.#images = kept * this.#images + images;
    this.#seconds = kept * this.#seconds + seconds;
  }

  /** 0 before any time has passed. */
  get imagesPerSecond(): number {
    return averageThroughput(this.#images, this.#seconds);
  }
}

/** Of a whole run. */
export function averageThroughput(images: number, seconds: number): number {
  return seconds > 0 ? images / seconds : 0;
}

/** Seconds until a run has all its steps, at a constant number of images a step; undefined where nothing tells. */
export function remainingSeconds(
  { step, images, imagesPerSecond }: { step: number; images: number; imagesPerSecond: number },
  totalSteps: number,
): number | undefined {
  if (step === 0 || imagesPerSecond === 0) return undefined;
  return ((totalSteps - step) * (images / step)) / imagesPerSecond;
}
