/** Features of examples of a data set, read a few at a time: features are small, the images they are made of may not be. */
import type { Examples } from '../data/source';
import { spreadIndices } from '../data/spread';
import { exampleExtents } from '../shared/example-shape';
import { sizeOf } from '../shared/host-tensor';
import { type Features, featuresOf } from './distances';

const READ_TOGETHER = 64;

export interface ExampleFeatures {
  readonly features: Features;
  /** Of the example that each row is of. */
  readonly indices: Uint32Array;
}

/**
 * Of at most `most` examples, evenly spread over those that there are, since data may be sorted. Throws what reading
 * throws, and what `onProgress` throws.
 */
export async function readFeatures(
  examples: Examples,
  most: number,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<ExampleFeatures> {
  const order = spreadIndices(examples.count, most);
  const count = order.length;
  // Even places first, so that both halves are spread over all of the data.
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
