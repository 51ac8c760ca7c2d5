/** Everything that defines the training of one GAN, with names from a config already resolved to functions. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Network, RandomSource } from '../nn/scope';
import type { ExampleShape, ImageShape } from '../shared/example-shape';
import type { AuxiliaryInputs } from './conditionings/conditioning';
import type { GeneratorLossInputs } from './generator-losses/generator-loss';
import type { Logits } from './objectives/objective';
import type { OptimiserLeaf } from './optimisers/optimiser';
import type { PenaltyInputs, RegulariserContext } from './regularisers/regulariser';

/** What a generator starts from. */
export type GeneratorSource =
  | { readonly kind: 'latents'; readonly size: number; readonly prior: 'normal' | 'uniform' }
  | {
      readonly kind: 'image';
      readonly shape: ImageShape;
      /** Whether the discriminator sees the image that was given beside the one to be judged. */
      readonly isSeenByDiscriminator: boolean;
    };

/** What trains any network of any game. */
export interface Optimisation {
  readonly optimiser: BoundOptimiser;
  readonly learningRate: { readonly generator: number; readonly discriminator: number };
  /** Factor of the learning rates at a step; 1 for the first step. */
  readonly learningRateFactor: (step: number) => number;
  /** The largest norm that a network's gradient may have. */
  readonly gradientClipping: number | undefined;
  readonly averaging: Averaging | undefined;
  /** Discriminator updates for each generator update. */
  readonly criticSteps: number;
  /** Batches whose gradients make one update. */
  readonly accumulate: number;
}

/** A running average of the generator, of which samples are made. */
export interface Averaging {
  /** Share of the average that stays at each step, once training is well under way. */
  readonly decay: number;
  /** After so many steps the share that stays is a half; 0: `decay` from the beginning. */
  readonly rampUp: number;
}

/** What a discriminator learns from, beside the examples. */
export interface DiscriminatorRules
  extends Pick<Optimisation, 'optimiser' | 'gradientClipping' | 'accumulate'> {
  readonly objective: BoundObjective;
  readonly regularisers: readonly BoundRegulariser[];
  readonly auxiliary: BoundAuxiliary | undefined;
  readonly augmentation: BoundAugmentation | undefined;
}

/** A whole run of any game. */
export interface RunSettings extends Optimisation, DiscriminatorRules {
  readonly batchSize: number;
  /** Factor of the objective's loss in the generator's. */
  readonly adversarialWeight: number;
  /** Steps of the whole run, to which schedules are relative. */
  readonly totalSteps: number;
}

/** One generator against one discriminator. */
export interface GanSettings extends RunSettings {
  readonly example: ExampleShape;
  readonly source: GeneratorSource;
  /** Number of classes that both networks are told of; 0 for none. */
  readonly classes: number;
  readonly generator: Network;
  readonly discriminator: Network;
  readonly generatorLosses: readonly BoundGeneratorLoss[];
}

export interface BoundObjective {
  readonly generatorUsesReal: boolean;
  discriminatorLoss(logits: Logits): Tensor;
  generatorLoss(logits: Logits): Tensor;
}

export interface BoundRegulariser {
  readonly name: string;
  /** Its penalty is applied at every so many discriminator updates, with its weight multiplied by as much. */
  readonly every: number;
  /** Whether examples must be generated of the classes that the real ones at their places have. */
  readonly joinsExamples?: true;
  readonly penalty?: (inputs: PenaltyInputs) => Tensor;
  readonly view?: (examples: Tensor, context: RegulariserContext) => Tensor;
  readonly constrain?: (parameter: Tensor) => Tensor;
}

export interface BoundGeneratorLoss {
  readonly name: string;
  loss(inputs: GeneratorLossInputs): Tensor;
}

export interface BoundAuxiliary {
  discriminator(inputs: AuxiliaryInputs): Tensor;
  generator(inputs: Pick<AuxiliaryInputs, 'fake' | 'fakeLabels'>): Tensor;
}

export interface BoundAugmentation {
  /** Transforms in the order in which they are applied. */
  readonly transforms: readonly {
    readonly name: string;
    apply(images: Tensor, context: { readonly random: RandomSource; readonly gate: Tensor }): Tensor;
  }[];
  /** Of each transform of each image; adapted while training where `adapt` is given. */
  readonly probability: number;
  /** New probability from the present one and the logits of a batch of real examples; both scalars. */
  readonly adapt?: (probability: Tensor, real: Tensor) => Tensor;
}

export interface BoundOptimiser {
  readonly slots: readonly string[];
  readonly scalars: readonly string[];
  step(learningRate: number, update: number): Readonly<Record<string, number>>;
  update(leaf: OptimiserLeaf, gradient: Tensor, scalars: Readonly<Record<string, Tensor>>): OptimiserLeaf;
}
