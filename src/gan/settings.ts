/** Everything that defines the training of one GAN, with names from a config already resolved to functions. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ExampleShape } from '../data/source';
import type { AdamSettings } from '../nn/adam';
import type { Network } from '../nn/scope';
import type { Logits } from './objectives/objective';
import type { PenaltyInputs } from './regularisers/regulariser';

export interface GanSettings {
  readonly example: ExampleShape;
  readonly batchSize: number;
  readonly latent: { readonly size: number; readonly prior: 'normal' | 'uniform' };
  readonly generator: Network;
  readonly discriminator: Network;
  readonly objective: {
    discriminatorLoss(logits: Logits): Tensor;
    generatorLoss(logits: Logits): Tensor;
  };
  readonly regularisers: readonly BoundRegulariser[];
  readonly adam: AdamSettings;
  readonly learningRate: { readonly generator: number; readonly discriminator: number };
  /** Share of the average that stays at each step, once training is well under way; undefined: no average. */
  readonly emaDecay: number | undefined;
  /** Discriminator updates for each generator update. */
  readonly criticSteps: number;
}

export interface BoundRegulariser {
  readonly name: string;
  /** Applied at every so many discriminator updates, with its weight multiplied by as much. */
  readonly every: number;
  penalty(inputs: PenaltyInputs): Tensor;
}
