/** Features of a dataset's examples, read in small batches: features are small, the images behind them may not be. */
import type { Examples } from '../data/source';
import { spreadIndices } from '../data/spread';
import { exampleExtents } from '../shared/example-shape';
import { sizeOf } from '../shared/host-tensor';
import { type Features, featuresOf } from './distances';

const READ_TOGETHER = 64;

export interface ExampleFeatures {
  readonly features: Features;
  /** Index of the example of each row. */
  readonly indices: Uint32Array;
}

/**
 * Reads up to `most` examples, evenly spread over all of them, since data may be sorted. Propagates errors of reading
 * and of `onProgress`.
 */
export async function readFeatures(
  examples: Examples,
  most: number,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<ExampleFeatures> {
  const order = spreadIndices(examples.count, most);
  const count = order.length;
  // Even positions first, so that each half covers all of the data.
  const indices = Uint32Array.from([
    ...order.filter((_, i) => i % 2 === 0),
    ...order.filter((_, i) => i % 2 === 1),
  ]);
  const length = sizeOf(exampleExtents(examples.shape));
  let rows = new Float32Array(0);
  let size = 0;
  for (let begin = 0; begin < count; begin += READ_TOGETHER) {
    const part = indices.slice(begin, begin + READ_TOGETHER);
    const values = new Float32Array(part.length * length);
    await examples.read(part, values);
    const features = featuresOf(values, examples.shape);
    if (begin === 0) {
      size = features.size;
      rows = new Float32Array(count * size);
    }
    rows.set(features.rows, begin * size);
    onProgress(begin + part.length, count);
  }
  return { features: { rows, count, size }, indices };
}
