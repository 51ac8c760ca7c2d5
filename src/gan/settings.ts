/** Settings of a GAN run, with names from a config already resolved to functions. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Network, RandomSource } from '../nn/scope';
import type { ExampleShape, ImageShape } from '../shared/example-shape';
import type { NetworkRole } from '../shared/run-format';
import type { AuxiliaryInputs } from './conditionings/conditioning';
import type { GeneratorLossInputs } from './generator-losses/generator-loss';
import type { GeneratorPenaltyInputs } from './generator-regularisers/generator-regulariser';
import type { Logits } from './objectives/objective';
import type { OptimiserLeaf, UpdateMoment } from './optimisers/optimiser';
import type { PenaltyInputs, RegulariserContext } from './regularisers/regulariser';
import type { Scalar } from './schedules/scalar';

/** Input of a generator. */
export type GeneratorSource =
  | { readonly kind: 'latents'; readonly size: number; readonly prior: 'normal' | 'uniform' }
  | {
      readonly kind: 'image';
      readonly shape: ImageShape;
      /** Whether the discriminator sees the input image alongside the image to judge. */
      readonly isSeenByDiscriminator: boolean;
    };

/** Optimisation settings, common to all networks of all games. */
export interface Optimisation {
  readonly optimiser: BoundOptimiser;
  readonly learningRate: { readonly generator: number; readonly discriminator: number };
  /** Factor of the learning rates at a step; 1 for the first step. */
  readonly learningRateFactor: (step: number) => number;
  /** Maximum norm of a network's gradient. */
  readonly gradientClipping: number | undefined;
  readonly averaging: Averaging | undefined;
  /** Discriminator updates per generator update. */
  readonly criticSteps: number;
  /** Number of batches whose gradients are accumulated into one update. */
  readonly accumulate: number;
}

/** Running average of the generator's weights, used for sampling. */
export interface Averaging {
  /** Share of the average kept at each step, once past the ramp-up, or the steps after which half of it is left. */
  readonly decay: Scalar | { readonly halfLife: Scalar };
  /** Number of steps after which the share kept is one half; 0 applies `decay` from the beginning. */
  readonly rampUp: number;
}

/** What a discriminator is trained with, besides the examples. */
export interface DiscriminatorRules
  extends Pick<Optimisation, 'optimiser' | 'gradientClipping' | 'accumulate'> {
  readonly objective: BoundObjective;
  readonly regularisers: readonly BoundRegulariser[];
  readonly auxiliary: BoundAuxiliary | undefined;
  readonly augmentation: BoundAugmentation | undefined;
  /** Share of the generated examples that the generator's adversarial loss uses, those with the highest logits. */
  readonly topK: Scalar;
}

/** Settings of a whole run, for any game. */
export interface RunSettings extends Optimisation, DiscriminatorRules {
  readonly batchSize: number;
  /** Weight of the objective's loss in the generator's loss. */
  readonly adversarialWeight: number;
  readonly generatorRegularisers: readonly BoundGeneratorRegulariser[];
  /** Total steps of the run, which schedules are relative to. */
  readonly totalSteps: number;
  /** Layers whose weights are not trained, for the networks of each role. */
  readonly frozenLayers: Readonly<Record<NetworkRole, readonly string[]>>;
  /** Values at a step of the scalars that change during training, by the name under which they are recorded. */
  readonly scheduled: Readonly<Record<string, (step: number) => number>>;
}

/** One generator against one discriminator. */
export interface GanSettings extends RunSettings {
  readonly example: ExampleShape;
  readonly source: GeneratorSource;
  /** Number of classes that both networks are conditioned on; 0 for none. */
  readonly classes: number;
  readonly generator: Network;
  readonly discriminator: Network;
  readonly generatorLosses: readonly BoundGeneratorLoss[];
}

export interface BoundObjective {
  readonly generatorUsesReal: boolean;
  discriminatorLoss(logits: Logits, random: RandomSource): Tensor;
  generatorLoss(logits: Logits): Tensor;
}

export interface BoundRegulariser {
  readonly name: string;
  /** Applies its penalty once every this many discriminator updates, with its weight multiplied by the same number. */
  readonly every: number;
  /** Whether generated examples must have the classes of the real ones at the same index. */
  readonly joinsExamples?: true;
  /** Scalars that the penalty keeps from update to update, with their first values. */
  readonly state?: Readonly<Record<string, number>>;
  readonly penalty?: (inputs: PenaltyInputs) => Tensor;
  readonly view?: (examples: Tensor, context: RegulariserContext) => Tensor;
  /** Number of examples that the discriminator judges together. */
  readonly packs?: number;
  readonly constrain?: (parameter: Tensor) => Tensor;
}

export interface BoundGeneratorRegulariser {
  readonly name: string;
  /** Applies its penalty once every this many generator updates, with its weight multiplied by the same number. */
  readonly every: number;
  /** Scalars that the penalty keeps from update to update, with their first values. */
  readonly state?: Readonly<Record<string, number>>;
  penalty(inputs: GeneratorPenaltyInputs): Tensor;
}

export interface BoundGeneratorLoss {
  readonly name: string;
  loss(inputs: GeneratorLossInputs): Tensor;
}

export interface BoundAuxiliary {
  discriminator(inputs: AuxiliaryInputs): Tensor;
  generator(inputs: Pick<AuxiliaryInputs, 'fake' | 'fakeLabels'>): Tensor;
}

/** A probability that starts at 0 and follows how much the discriminator overfits. */
export interface AdaptiveProbability {
  readonly target: Scalar;
  /** Returns the new probability (scalar) from the current one (scalar) and the logits of a batch of real examples. */
  adapt(probability: Tensor, real: Tensor, target: Tensor | number): Tensor;
}

export interface BoundAugmentation {
  /** Transforms in order of application. */
  readonly transforms: readonly {
    readonly name: string;
    apply(images: Tensor, context: { readonly random: RandomSource; readonly gate: Tensor }): Tensor;
  }[];
  /** Probability per transform and image. */
  readonly probability: Scalar | AdaptiveProbability;
}

export interface BoundOptimiser {
  readonly slots: readonly string[];
  readonly scalars: readonly string[];
  step(moment: UpdateMoment): Readonly<Record<string, number>>;
  update(leaf: OptimiserLeaf, gradient: Tensor, scalars: Readonly<Record<string, Tensor>>): OptimiserLeaf;
}
