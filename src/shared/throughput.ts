/**
 * Training throughput: the single definition behind the header, the status bar, the command line and the chart. Images
 * are real images consumed; seconds are training time, including samples and checkpoints but not pauses and scoring.
 */

/** Time constant of the running mean: after this many seconds of training, an image has weight 1/e. */
const MEMORY_SECONDS = 20;

/**
 * Exponential moving average over images and seconds. The first step after a start prepares the engine and can take a
 * hundred times as long as others, so it counts only until there is a second one.
 */
export class Throughput {
  #images = 0;
  #seconds = 0;
  #calls = 0;

  /** Adds the images and seconds since the last call. */
  add(images: number, seconds: number): void {
    const kept = this.#calls === 1 ? 0 : Math.exp(-seconds / MEMORY_SECONDS);
    this.#images = kept * this.#images + images;
    this.#seconds = kept * this.#seconds + seconds;
    this.#calls += 1;
  }

  /** 0 until any time has passed. */
  get imagesPerSecond(): number {
    return averageThroughput(this.#images, this.#seconds);
  }
}

/** Average over a whole run. */
export function averageThroughput(images: number, seconds: number): number {
  return seconds > 0 ? images / seconds : 0;
}

/**
 * Estimated seconds until the run has all its steps, at a constant number of images per step; undefined without data.
 */
export function remainingSeconds(
  { step, images, imagesPerSecond }: { step: number; images: number; imagesPerSecond: number },
  totalSteps: number,
): number | undefined {
  if (step === 0 || imagesPerSecond === 0) return undefined;
  return ((totalSteps - step) * (images / step)) / imagesPerSecond;
}
