/**
 * What a regulariser of the discriminator is. A new one is a file in this folder and a line in `registry.ts`. It acts
 * in one or more of four ways: a penalty added to the loss, another form of the network (normalised weights), another
 * view of the examples (noise), or a constraint on the weights after each update (clipping).
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { Network, RandomSource } from '../../nn/scope';
import type { LocalizableText } from '../../shared/localizable-text';
import type { Combination } from '../combination';
import type { Logits } from '../objectives/objective';

export interface RegulariserContext {
  readonly random: RandomSource;
  /** Scalar: share of the run's steps that are done, 0 at the first and towards 1 at the last. */
  progress(): Tensor;
}

export interface PenaltyInputs extends RegulariserContext {
  /**
   * Logits of a batch under the discriminator's present parameters, which sees it as it is, without further views or
   * augmentation, and with the labels of the real or of the generated examples (real, if not said).
   */
  readonly discriminator: (examples: Tensor, labelsOf?: 'real' | 'fake') => Tensor;
  /**
   * `[batch, ...example]` as the discriminator was shown them: views and augmentation applied, and images that were
   * given as further channels.
   */
  readonly real: Tensor;
  readonly fake: Tensor;
  /** The logits that the loss is made of. */
  readonly logits: Logits;
}

export interface Regulariser<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  readonly formula: string;
  /** Strict zod object, without `name`, and without `every`, which is common to all that have a penalty. */
  readonly options: Options;
  /** Why it cannot be used in a combination, as a clause, or undefined if it can. */
  unsuitable?(options: z.output<Options>, combination: Combination): LocalizableText | undefined;
  /** Whether its penalty joins each real example with the generated one at its place, which must be of its class then. */
  readonly joinsExamples?: true;
  /** Scalar that is added to the discriminator's loss. */
  penalty?(inputs: PenaltyInputs, options: z.output<Options>): Tensor;
  /** The discriminator in another form. */
  network?(discriminator: Network, options: z.output<Options>): Network;
  /** What the discriminator is shown instead of `[batch, ...example]`, real and generated alike, in both updates. */
  view?(examples: Tensor, context: RegulariserContext, options: z.output<Options>): Tensor;
  /** A trained leaf of the discriminator as it shall be after an update. */
  constrain?(parameter: Tensor, options: z.output<Options>): Tensor;
}

/** Keeps the link between a regulariser's options and its penalty. */
export function defineRegulariser<Definition extends z.ZodObject, Part extends Regulariser<Definition>>(
  regulariser: Part & Regulariser<Definition>,
): Part {
  return regulariser;
}
