/** Lookup of an optimiser's declared tensors: a missing slot or scalar is a bug in the caller, and reported as such. */
import type { Tensor } from '@tensorflow/tfjs-core';

/** Throws `RangeError` if there is no tensor of this name. */
export function named(tensors: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) throw new RangeError(`the optimiser was not given ${name}`);
  return tensor;
}
