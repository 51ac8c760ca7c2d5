/**
 * The single source of truth for the experiment file format: types, defaults, validation and the JSON schema are
 * derived from here; the options of registered parts come from the parts themselves.
 */
import * as z from 'zod';
import { dataSources } from '../data/registry';
import { engines } from '../engine/registry';
import { augmentations } from '../gan/augmentations/registry';
import { GENERATOR_CONDITIONINGS, generatorConditioningNames } from '../gan/conditionings/generator';
import { conditionings } from '../gan/conditionings/registry';
import { generatorLosses } from '../gan/generator-losses/registry';
import { generatorRegularisers } from '../gan/generator-regularisers/registry';
import { models } from '../gan/models/registry';
import { networks } from '../gan/networks/registry';
import { objectives } from '../gan/objectives/registry';
import { optimisers } from '../gan/optimisers/registry';
import { regularisers } from '../gan/regularisers/registry';
import { schedules } from '../gan/schedules/registry';
import { scalarOption } from '../gan/schedules/scalar';
import { choice, explained } from '../shared/choice';
import { evaluation } from './evaluation';
import { namedEntry, namedOrFirst, nameOf, networkEntry, sourceEntry } from './tagged';
import { freeze, initialise } from './transfer';

export const CONFIG_SCHEMA_VERSION = 1;

const count = (most: number) => z.int().min(1).max(most);
const learningRate = z.number().positive().max(1).default(2e-4);

const latent = z
  .strictObject({
    size: count(65536).default(100).describe('Size of the latent vector.'),
    prior: choice(['normal', 'uniform'], {
      normal: 'Standard normal distribution.',
      uniform: 'Uniform distribution in [-1, 1).',
    })
      .default('normal')
      .describe('Distribution of the latent vector.'),
  })
  .prefault({})
  .describe('Latent vector, the input of the generator.');

const optimiser = namedOrFirst(optimisers, {
  generatorLearningRate: learningRate.describe('Learning rate of the generator.'),
  discriminatorLearningRate: learningRate.describe(
    'Learning rate of the discriminator. A different one is the two time-scale update rule (Heusel et al. 2017).',
  ),
})
  .prefault({ name: 'adam' })
  .describe('Optimiser of both networks, with a learning rate for each.');

const warmupSteps = z
  .int()
  .min(0)
  .max(1e9)
  .default(0)
  .describe('Steps of linear warm-up from zero before the schedule begins.');

const schedule = namedEntry(schedules, { warmupSteps })
  .prefault('constant')
  .describe('Learning rate schedule of both networks.');

const gradientClipping = z
  .union([z.literal(false), z.number().positive()])
  .default(false)
  .describe(
    'Maximum gradient norm of a network; larger gradients are scaled down. false turns clipping off.',
  );

const conditioning = z
  .union([
    z.literal(false),
    namedEntry(conditionings, {
      generator: z
        .enum(generatorConditioningNames)
        .meta(
          explained(
            generatorConditioningNames.map((value) => {
              const { title, description, paper } = GENERATOR_CONDITIONINGS[value];
              return { value, title, description, paper };
            }),
          ),
        )
        .default('concatenate')
        .describe('How the generator receives the class.'),
    }),
  ])
  .default(false)
  .describe('Conditions both networks on the class of each image. The dataset must have labels.');

const augmentation = z
  .union([
    z.literal(false),
    z.strictObject({
      transforms: z
        .array(namedEntry(augmentations, {}))
        .min(1)
        .max(8)
        .describe('Transforms of real and generated images before the discriminator, applied in this order.'),
      probability: z
        .union([z.literal('adaptive'), scalarOption(z.number().min(0).max(1))])
        .default(1)
        .describe(
          'Probability of each transform for each image, or a ramp between two. "adaptive" raises it as the discriminator overfits (ADA, Karras et al. 2020, section 3, equation 1).',
        ),
      target: scalarOption(z.number().gt(0).lt(1))
        .default(0.6)
        .describe(
          'Adaptive: target for the mean sign of the logits of real images, relative to the decision boundary, or a ramp between two.',
        ),
      rampImages: z
        .int()
        .min(1)
        .max(1e9)
        .default(500_000)
        .describe('Adaptive: number of real images over which the probability can rise from 0 to 1.'),
    }),
  ])
  .default(false)
  .describe('Differentiable augmentation, for small datasets.');

const poolSize = z
  .int()
  .min(0)
  .max(1000)
  .default(50)
  .describe('Size of the pool of earlier generated images that the discriminators also see. 0 turns it off.');

const cycle = z
  .strictObject({
    weight: z
      .number()
      .positive()
      .default(10)
      .describe('Weight of the cycle-consistency loss, λ in the paper.'),
    identityWeight: z
      .number()
      .min(0)
      .default(0.5)
      .describe(
        'Weight of the identity loss, relative to `weight`. Needs images of the same shape on both sides.',
      ),
    poolSize,
  })
  .prefault({})
  .describe('Settings of unpaired translation (CycleGAN, Zhu et al. 2017). Used only with unpaired data.');

const ema = z
  .union([
    z.literal(false),
    z.strictObject({
      decay: z
        .union([
          scalarOption(z.number().min(0).lt(1)),
          z.strictObject({
            halfLife: scalarOption(z.number().min(0).max(1e9)).describe(
              'Number of steps after which half of the average is left, or a ramp between two. 0 keeps no average.',
            ),
          }),
        ])
        .default(0.995)
        .describe(
          'Decay of the average per step, lower early in the run: a number, a ramp between two, or a half-life in steps.',
        ),
      rampUp: z
        .int()
        .min(0)
        .max(1e9)
        .default(10)
        .describe(
          'Step at which the decay reaches 0.5 on its way to `decay`. 0 uses `decay` from the start.',
        ),
    }),
  ])
  .prefault({})
  .describe(
    'Exponential moving average (EMA) of the generator’s weights, used for samples. false turns it off.',
  );

const steps = count(1e9).describe('Number of steps (generator updates).');

const length = z
  .union([
    z.strictObject({ steps }),
    z.strictObject({
      kimg: z.number().positive().max(1e9).describe('Thousands of real images shown to the discriminator.'),
    }),
  ])
  .default({ steps: 2000 })
  .describe('Length of training: either "steps" or "kimg".');

const logging = z
  .strictObject({
    logEvery: count(1e6).default(1).describe('Steps between log records.'),
    sampleEvery: count(1e9).default(100).describe('Steps between sample grids.'),
    earlySamples: z
      .array(count(1e9))
      .max(64)
      .default([10, 25, 50, 100])
      .describe(
        'Steps of additional sample grids early in the run. Steps from `sampleEvery` on have no effect.',
      ),
    sampleCount: count(4096).default(64).describe('Examples in a sample grid.'),
    keepRecentSamples: z
      .int()
      .min(0)
      .max(1e6)
      .default(200)
      .describe('Number of recent sample grids to keep. Older ones are thinned out; 0 keeps all.'),
    checkpointEvery: count(1e9).default(500).describe('Steps between checkpoints.'),
    keepCheckpoints: count(10000)
      .default(3)
      .describe('Number of recent checkpoints to keep, in addition to pinned ones.'),
  })
  .prefault({})
  .describe('Logging, sample grids and checkpoints.');

const engine = z
  .strictObject({
    name: z
      .enum(['auto', ...engines.map(({ name }) => name)])
      .meta(
        explained([
          {
            value: 'auto',
            description:
              'The processor, or a graphics card on which this network was measured to train faster.',
          },
          ...engines.map(({ name, description }) => ({ value: name, description })),
        ]),
      )
      .default('auto')
      .describe('Engine to use.'),
    threads: z
      .union([z.literal('auto'), count(1024)])
      .default('auto')
      .describe(
        'CPU threads per step; "auto" uses one per core. Results are reproducible only with the same number of threads.',
      ),
  })
  .prefault({})
  .describe('Runtime that executes the training steps.');

const generator = networkEntry(networks.filter(({ role }) => role === 'generator'));
const discriminator = networkEntry(networks.filter(({ role }) => role === 'discriminator'));

const batchSize = count(65536).default(64).describe('Examples per batch.');
const superResolution = z
  .literal([2, 4])
  .exactOptional()
  .describe(
    'Trains super-resolution by this factor: each image is the target, and its downscaled copy the input.',
  );
const every = count(10000)
  .default(1)
  .describe('Applies the penalty every n discriminator updates, multiplied by n (lazy regularisation).');
const everyOfGenerator = count(10000).describe(
  'Applies the penalty every n generator updates, multiplied by n (lazy regularisation).',
);

const schemaVersion = z
  .literal(CONFIG_SCHEMA_VERSION)
  .default(CONFIG_SCHEMA_VERSION)
  .describe('Version of the file format.');

/** The input format that users write. */
export const experimentInput = z.strictObject({
  $schema: z.string().optional().describe('JSON schema of this file for editors. Ignored in training.'),
  schemaVersion,
  data: sourceEntry(dataSources, { batchSize, superResolution }).describe('Dataset to train on.'),
  model: nameOf(models)
    .optional()
    .describe('Preset of both networks and matching settings. Keys set in the experiment take precedence.'),
  generator: generator.optional().describe('Generator network, in place of the model’s.'),
  discriminator: discriminator.optional().describe('Discriminator network, in place of the model’s.'),
  latent,
  objective: namedEntry(objectives, {})
    .prefault('non-saturating')
    .describe('Losses of the discriminator and the generator.'),
  regularisers: z
    .array(namedEntry(regularisers, ({ penalty }) => (penalty === undefined ? {} : { every })))
    .max(8)
    .default([])
    .describe('Regularisation of the discriminator: gradient penalties, weight normalisation, noise.'),
  adversarialWeight: z
    .number()
    .min(0)
    .default(1)
    .describe('Weight of the adversarial loss in the generator’s loss, next to `generatorLosses`.'),
  topK: scalarOption(z.number().gt(0).max(1))
    .default(1)
    .describe(
      'Top-k training (Sinha et al. 2020, algorithm 1): fraction of the generated images that the generator’s update uses, those with the highest logits, or a ramp between two. Typically from 1 to 0.5; 1 uses all.',
    ),
  generatorLosses: z
    .array(namedEntry(generatorLosses, {}))
    .max(8)
    .default([])
    .describe('Additional losses of the generator against the target, for paired data.'),
  generatorRegularisers: z
    .array(namedEntry(generatorRegularisers, (part) => ({ every: everyOfGenerator.default(part.every) })))
    .max(8)
    .default([])
    .describe('Regularisation of the generator.'),
  conditioning,
  augmentation,
  cycle,
  initialise,
  freeze,
  optimiser,
  schedule,
  gradientClipping,
  ema,
  length,
  criticSteps: count(100).default(1).describe('Discriminator updates per generator update.'),
  accumulate: count(1000)
    .default(1)
    .describe('Number of batches to accumulate gradients over, for batches larger than memory.'),
  seed: z.int().min(0).default(0).describe('Random seed.'),
  logging,
  evaluation,
  engine,
});

/** The input with its model expanded; `length` may still be in steps or kimg. */
export const expandedExperiment = experimentInput.omit({ $schema: true }).extend({
  generator,
  discriminator,
});

/** The fully resolved config that a run stores. */
export const experimentConfig = expandedExperiment.extend({ length: z.strictObject({ steps }) });

/** Validated part by part; `length` may still be in steps or kimg. */
export type ExpandedExperiment = z.output<typeof expandedExperiment>;

type Checked = z.output<typeof experimentConfig>;
/** A part's own options are in the same object as its name; `bindPart` extracts them. */
type WithOptions<Entry> = Entry & Readonly<Record<string, unknown>>;
type RegisteredPart = 'data' | 'generator' | 'discriminator' | 'objective' | 'optimiser' | 'schedule';
type RegisteredParts = 'regularisers' | 'generatorLosses' | 'generatorRegularisers';
type Optional = 'conditioning' | 'augmentation';

type Augmentation = Exclude<Checked['augmentation'], false>;

/** A resolved experiment. `model` is informational: the networks take precedence. */
export type ExperimentConfig = Omit<Checked, RegisteredPart | RegisteredParts | Optional> & {
  readonly [Key in RegisteredPart]: WithOptions<Checked[Key]>;
} & {
  readonly [Key in RegisteredParts]: readonly WithOptions<Checked[Key][number]>[];
} & {
  readonly conditioning: false | WithOptions<Exclude<Checked['conditioning'], false>>;
  readonly augmentation:
    | false
    | (Omit<Augmentation, 'transforms'> & {
        readonly transforms: readonly WithOptions<Augmentation['transforms'][number]>[];
      });
};
