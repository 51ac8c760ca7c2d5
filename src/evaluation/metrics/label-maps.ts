/** Confusion matrix of label maps: predicted against true class of each pixel. */
import type { HostTensor } from '../../shared/host-tensor';
import { imagePair } from './images';

/** `[targets, generated]` counts of pixels, row-major, classes × classes. */
export interface Confusion {
  readonly classes: number;
  readonly counts: Float64Array;
}

function strongest(data: Float32Array, begin: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) if ((data[begin + c] ?? 0) > (data[begin + best] ?? 0)) best = c;
  return best;
}

/**
 * Takes the largest channel as the class of a pixel, the first one in a tie. Both arguments `[count, height, width,
 * classes]`.
 */
export function confusionOf(generated: HostTensor, targets: HostTensor): Confusion {
  const [a, b] = imagePair(generated, targets);
  const classes = a.channels;
  const counts = new Float64Array(classes * classes);
  for (let at = 0; at < a.data.length; at += classes) {
    const cell = strongest(b.data, at, classes) * classes + strongest(a.data, at, classes);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return { classes, counts };
}
