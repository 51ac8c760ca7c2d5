/** Reads many examples at once, for scores that compare whole sets. */
import type { Examples } from '../data/source';
import { spreadIndices } from '../data/spread';
import { exampleExtents } from '../shared/example-shape';
import type { HostTensor } from '../shared/host-tensor';
import { float32, sizeOf } from '../shared/host-tensor';

export interface ReadExamples {
  /** `[count, ...example]` */
  readonly examples: HostTensor;
  readonly labels?: Int32Array;
}

const READ_AT_ONCE = 256;

/** Reads up to `most` examples, evenly spread over all of them. Propagates read errors. */
export async function readAll(source: Examples, most: number): Promise<ReadExamples> {
  const places = spreadIndices(source.count, most);
  const count = places.length;
  const extents = exampleExtents(source.shape);
  const width = sizeOf(extents);
  const values = new Float32Array(count * width);
  const labels = source.classes > 0 ? new Int32Array(count) : undefined;
  for (let begin = 0; begin < count; begin += READ_AT_ONCE) {
    const end = Math.min(count, begin + READ_AT_ONCE);
    const indices = places.slice(begin, end);
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

/** Copies the examples at these indices out of `[count, ...example]`. */
export function pickExamples({ shape, data }: HostTensor, indices: ArrayLike<number>): HostTensor {
  const rest = shape.slice(1);
  const width = sizeOf(rest);
  const values = new Float32Array(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const at = (indices[i] ?? 0) * width;
    values.set(data.subarray(at, at + width), i * width);
  }
  return float32([indices.length, ...rest], values);
}
