/**
 * A regulariser of the discriminator. To add one, create a file in this folder and list it in `registry.ts`. It acts in
 * one or more of five ways: a penalty added to the loss, a modified network (normalised weights), a modified view of
 * the examples (noise), packs of examples, or a constraint on the weights after each update (clipping).
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { Network, RandomSource } from '../../nn/scope';
import type { Logits } from '../objectives/objective';
import type { CombinedPart } from '../part';
import type { Scalar } from '../schedules/scalar';

export interface RegulariserContext {
  readonly random: RandomSource;
  /** Scalar: fraction of the run's steps completed, 0 at the first and approaching 1 at the last. */
  progress(): Tensor;
}

export interface PenaltyInputs extends RegulariserContext {
  /**
   * Returns the logits of a batch under the discriminator's current parameters, without further views or augmentation,
   * and with the labels of the real or the generated examples (real by default).
   */
  readonly discriminator: (examples: Tensor, labelsOf?: 'real' | 'fake') => Tensor;
  /**
   * `[batch, ...example]` as the discriminator sees them: after views and augmentation, with input images as extra
   * channels, and in packs if there are any.
   */
  readonly real: Tensor;
  readonly fake: Tensor;
  /** The logits that the loss is computed from. */
  readonly logits: Logits;
  /** Returns what the discriminator exposed in the passes that the logits are of. */
  tap(name: string, of: 'real' | 'fake'): Tensor;
  /** Returns a scalar of `state` as the last update left it. */
  kept(name: string): Tensor;
  /** Sets a scalar of `state` for the next update. */
  keep(name: string, value: Tensor): void;
  /** Returns the present value of the option `weight`: a scalar tensor if it changes during training. */
  weight(option: Scalar): Tensor | number;
}

export interface Regulariser<Options extends z.ZodObject = z.ZodObject> extends CombinedPart<Options> {
  readonly formula: string;
  /**
   * Whether its penalty pairs each real example with the generated one at the same index, which must then have its
   * class.
   */
  readonly joinsExamples?: true;
  /** Scalars that the penalty keeps from update to update, with their first values. */
  readonly state?: Readonly<Record<string, number>>;
  /** Scalar added to the discriminator's loss. */
  penalty?(inputs: PenaltyInputs, options: z.output<Options>): Tensor;
  /** Returns a modified discriminator. */
  network?(discriminator: Network, options: z.output<Options>): Network;
  /**
   * Returns what the discriminator sees instead of `[batch, ...example]`, real and generated alike, in both updates.
   */
  view?(examples: Tensor, context: RegulariserContext, options: z.output<Options>): Tensor;
  /** Returns the number of examples that the discriminator judges together. */
  packs?(options: z.output<Options>): number;
  /** Returns the constrained value of a trained discriminator leaf after an update. */
  constrain?(parameter: Tensor, options: z.output<Options>): Tensor;
}

/** Identity function that ties a regulariser's options type to its penalty. */
export function defineRegulariser<Definition extends z.ZodObject, Part extends Regulariser<Definition>>(
  regulariser: Part & Regulariser<Definition>,
): Part {
  return regulariser;
}
