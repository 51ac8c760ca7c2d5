/** How an optimiser finds what it declared: a missing slot or scalar is a mistake of the caller, and said as such. */
import type { Tensor } from '@tensorflow/tfjs-core';

/** Throws `RangeError` where there is none of this name. */
export function named(tensors: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) throw new RangeError(`the optimiser was not given ${name}`);
  return tensor;
}
