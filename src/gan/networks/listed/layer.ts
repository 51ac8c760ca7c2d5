/** A layer of a layer list. To add one, export it from a file in this folder and list it in `registry.ts`. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { Scope } from '../../../nn/scope';

export interface ListedLayer<Options extends z.ZodObject = z.ZodObject> {
  /** Its value of `"layer"` in the config. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Strict zod object of its sizes, without the discriminating key `layer`. */
  readonly options: Options;
  /** Vectors are `[batch, values]`, images `[batch, height, width, channels]`. */
  readonly takes: 'vectors' | 'images' | 'anything';
  /** @param name name of the layer within its network, which prefixes its parameters */
  apply(scope: Scope, name: string, x: Tensor, options: z.output<Options>): Tensor;
}

/** Identity function that ties a layer's options type to the function that takes them. */
export function defineLayer<Options extends z.ZodObject>(layer: ListedLayer<Options>): ListedLayer<Options> {
  return layer;
}
