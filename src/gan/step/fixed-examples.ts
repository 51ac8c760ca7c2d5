/** The first examples of a data split, for samples that stay the same at each step. */
import type { Examples } from '../../data/source';
import { exampleExtents } from '../../shared/example-shape';
import type { HostTensor } from '../../shared/host-tensor';
import { float32, sizeOf } from '../../shared/host-tensor';

export interface FixedExamples {
  /** `[count, ...example]` */
  readonly examples: HostTensor;
  readonly labels?: Int32Array;
  /** `[count, ...input]`, if the data is paired. */
  readonly inputs?: HostTensor;
}

/** Reads up to `count` examples. Propagates read errors. */
export async function readExamples(source: Examples, count: number): Promise<FixedExamples> {
  const indices = Uint32Array.from({ length: Math.min(count, source.count) }, (_, index) => index);
  const shape = [indices.length, ...exampleExtents(source.shape)];
  const examples = float32(shape, new Float32Array(sizeOf(shape)));
  const labels = source.classes > 0 ? new Int32Array(indices.length) : undefined;
  const inputShape =
    source.input === undefined ? undefined : [indices.length, ...exampleExtents(source.input)];
  const inputs =
    inputShape === undefined ? undefined : float32(inputShape, new Float32Array(sizeOf(inputShape)));
  const values = (tensor: HostTensor): Float32Array => {
    if (tensor.dtype !== 'float32') throw new TypeError('examples are float32');
    return tensor.data;
  };
  await source.read(indices, values(examples), labels, inputs === undefined ? undefined : values(inputs));
  return {
    examples,
    ...(labels === undefined ? {} : { labels }),
    ...(inputs === undefined ? {} : { inputs }),
  };
}
