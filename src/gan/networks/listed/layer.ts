/** What a layer of a layer list is. A new one is an export of a file in this folder and a line in `registry.ts`. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { Scope } from '../../../nn/scope';

export interface ListedLayer<Options extends z.ZodObject = z.ZodObject> {
  /** As it stands after `"layer":`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Strict zod object of its sizes, without the discriminating key `layer`. */
  readonly options: Options;
  /** Vectors are `[batch, values]`, images `[batch, height, width, channels]`. */
  readonly takes: 'vectors' | 'images' | 'anything';
  /** @param name of the layer within its network, for its parameters */
  apply(scope: Scope, name: string, x: Tensor, options: z.output<Options>): Tensor;
}

/** Keeps the link between a layer's options and the function that takes them. */
export function defineLayer<Options extends z.ZodObject>(layer: ListedLayer<Options>): ListedLayer<Options> {
  return layer;
}
