/** Reads a number of examples at once, for scores that compare whole sets. */
import { type Examples, exampleExtents } from '../data/source';
import type { HostTensor } from '../shared/host-tensor';
import { float32, sizeOf } from '../shared/host-tensor';

export interface ReadExamples {
  /** `[count, ...example]` */
  readonly examples: HostTensor;
  readonly labels?: Int32Array;
}

const READ_AT_ONCE = 256;

/** The first `most` of them, or all where there are fewer. Throws what reading throws. */
export async function readAll(source: Examples, most: number): Promise<ReadExamples> {
  const count = Math.min(most, source.count);
  const extents = exampleExtents(source.shape);
  const width = sizeOf(extents);
  const values = new Float32Array(count * width);
  const labels = source.classes > 0 ? new Int32Array(count) : undefined;
  for (let begin = 0; begin < count; begin += READ_AT_ONCE) {
    const end = Math.min(count, begin + READ_AT_ONCE);
    const indices = Uint32Array.from({ length: end - begin }, (_, i) => begin + i);
    const inputs = source.input && new Float32Array(indices.length * sizeOf(exampleExtents(source.input)));
    await source.read(
      indices,
      values.subarray(begin * width, end * width),
      labels?.subarray(begin, end),
      inputs,
    );
  }
  return { examples: float32([count, ...extents], values), ...(labels === undefined ? {} : { labels }) };
}
