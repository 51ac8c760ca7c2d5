/** What a registered network is. A new one is a file in this folder and a line in `registry.ts`. */
import type { z } from 'zod';
import type { ExampleShape } from '../../data/source';
import type { Network } from '../../nn/scope';

export interface NetworkContext {
  readonly example: ExampleShape;
  readonly latentSize: number;
}

export interface NetworkDefinition<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly role: 'generator' | 'discriminator';
  readonly title: string;
  readonly description: string;
  /** Citation with section, or undefined where it is our own. */
  readonly paper?: string;
  /** Strict zod object of its sizes, without the discriminating key `network`. */
  readonly options: Options;
  /** Why this network cannot be used for such examples with such options, as a sentence, or undefined if it can. */
  unsuitable(options: z.output<Options>, context: NetworkContext): string | undefined;
  /**
   * Generator: latent `[batch, latentSize]` -> `[batch, height, width, channels]` in [-1, 1] (points: `[batch, dimensions]`).
   * Discriminator: example -> logits `[batch, 1]`.
   */
  build(options: z.output<Options>, context: NetworkContext): Network;
}

/** Keeps the link between a definition's options and the functions that take them. */
export function defineNetwork<Options extends z.ZodObject>(
  definition: NetworkDefinition<Options>,
): NetworkDefinition<Options> {
  return definition;
}
