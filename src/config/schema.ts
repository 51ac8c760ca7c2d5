/**
 * The one source of what an experiment file may say: types, defaults, validation and the JSON schema all come from
 * here, and what the registered parts accept comes from the parts themselves.
 */
import * as z from 'zod';
import { dataSources } from '../data/registry';
import { augmentations } from '../gan/augmentations/registry';
import { generatorConditioningNames } from '../gan/conditionings/generator';
import { conditionings } from '../gan/conditionings/registry';
import { generatorLosses } from '../gan/generator-losses/registry';
import { models } from '../gan/models/registry';
import { networks } from '../gan/networks/registry';
import { objectives } from '../gan/objectives/registry';
import { optimisers } from '../gan/optimisers/registry';
import { regularisers } from '../gan/regularisers/registry';
import { schedules } from '../gan/schedules/registry';
import { evaluation } from './evaluation';
import { namedEntry, namedOrFirst, nameOf, networkEntry, sourceEntry } from './tagged';

export const CONFIG_SCHEMA_VERSION = 1;

const count = (most: number) => z.int().min(1).max(most);
const learningRate = z.number().positive().max(1).default(2e-4);

const latent = z
  .strictObject({
    size: count(65536).default(100).describe('Numbers in each latent vector.'),
    prior: z
      .enum(['normal', 'uniform'])
      .default('normal')
      .describe('Standard normal, or uniform in [-1, 1).'),
  })
  .prefault({})
  .describe('What the generator starts from.');

const optimiser = namedOrFirst(optimisers, {
  generatorLearningRate: learningRate.describe('Learning rate of the generator.'),
  discriminatorLearningRate: learningRate.describe(
    'Learning rate of the discriminator; one of its own is the two time-scale rule (Heusel et al. 2017).',
  ),
})
  .prefault({ name: 'adam' })
  .describe('How both networks are updated.');

const warmupSteps = z
  .int()
  .min(0)
  .max(1e9)
  .default(0)
  .describe('Steps over which the learning rates rise from zero before the schedule begins.');

const schedule = namedEntry(schedules, { warmupSteps })
  .prefault('constant')
  .describe('How the learning rates change over the run.');

const gradientClipping = z
  .union([z.literal(false), z.number().positive()])
  .default(false)
  .describe('The largest norm that the gradient of a network may have; larger ones are scaled down to it.');

const conditioning = z
  .union([
    z.literal(false),
    namedEntry(conditionings, {
      generator: z
        .enum(generatorConditioningNames)
        .default('concatenate')
        .describe(
          'How the generator is told the class: beside its latents, or by class-conditional batch norm.',
        ),
    }),
  ])
  .default(false)
  .describe('Whether both networks are told the class of an example, and how; the data must have labels.');

const augmentation = z
  .union([
    z.literal(false),
    z.strictObject({
      transforms: z
        .array(namedEntry(augmentations, {}))
        .min(1)
        .max(8)
        .describe(
          'What is done to real and generated images before the discriminator sees them, in this order.',
        ),
      probability: z
        .union([z.literal('adaptive'), z.number().min(0).max(1)])
        .default(1)
        .describe(
          'Probability of each transform for each image; "adaptive" raises it while the discriminator is sure of real images (Karras et al. 2020, "Training Generative Adversarial Networks with Limited Data", section 3, equation 1).',
        ),
      target: z
        .number()
        .gt(0)
        .lt(1)
        .default(0.6)
        .describe(
          'Adaptive: the mean sign of the logits of real images, counted from the boundary between real and generated, that is aimed at.',
        ),
      rampImages: z
        .int()
        .min(1)
        .max(1e9)
        .default(500_000)
        .describe('Adaptive: real images over which the probability can go from 0 to 1.'),
    }),
  ])
  .default(false)
  .describe('Differentiable augmentation, for small data.');

const poolSize = z
  .int()
  .min(0)
  .max(1000)
  .default(50)
  .describe('Generated images of earlier steps that the discriminators are shown as well; 0: none.');

const cycle = z
  .strictObject({
    weight: z.number().positive().default(10).describe('λ of the cycle-consistency loss.'),
    identityWeight: z
      .number()
      .min(0)
      .default(0.5)
      .describe(
        'Weight of the identity loss, as a share of `weight`; it needs images of like shape on both sides.',
      ),
    poolSize,
  })
  .prefault({})
  .describe('Unpaired translation (Zhu et al. 2017); used only where the data is unpaired.');

const ema = z
  .union([
    z.literal(false),
    z.strictObject({
      decay: z
        .number()
        .min(0)
        .lt(1)
        .default(0.995)
        .describe('Share of the average that stays at each step; less while the run is young.'),
      rampUp: z
        .int()
        .min(0)
        .max(1e9)
        .default(10)
        .describe(
          'Step at which that share has risen to a half; from there on towards `decay`. 0: `decay` at once.',
        ),
    }),
  ])
  .prefault({})
  .describe(
    'Samples come from a running average of the generator, which is steadier than the generator itself; false turns it off.',
  );

const steps = count(1e9).describe('Number of steps: generator updates.');

const length = z
  .union([
    z.strictObject({ steps }),
    z.strictObject({
      kimg: z
        .number()
        .positive()
        .max(1e9)
        .describe('Thousands of real examples that the discriminator is shown.'),
    }),
  ])
  .default({ steps: 2000 })
  .describe('How long to train: "steps" or "kimg", one of the two.');

const logging = z
  .strictObject({
    logEvery: count(1e6).default(1).describe('Steps between records of the curves.'),
    sampleEvery: count(1e9).default(100).describe('Steps between sample grids.'),
    earlySamples: z
      .array(count(1e9))
      .max(64)
      .default([10, 25, 50, 100])
      .describe(
        'Steps of extra sample grids at the start of the run; only steps below `sampleEvery` apply. []: none.',
      ),
    sampleCount: count(4096).default(64).describe('Examples in a sample grid.'),
    keepRecentSamples: z
      .int()
      .min(0)
      .max(1e6)
      .default(200)
      .describe('Newest sample grids that are all kept; older ones thin out as they age. 0 keeps every one.'),
    checkpointEvery: count(1e9).default(500).describe('Steps between checkpoints.'),
    keepCheckpoints: count(10000).default(3).describe('Newest checkpoints to keep, beside the pinned ones.'),
  })
  .prefault({})
  .describe('What is written while training, and how often.');

const engine = z
  .strictObject({
    name: z
      .enum(['auto', 'onnx', 'onnx-wasm'])
      .default('auto')
      .describe(
        '"onnx" is the native runtime, "onnx-wasm" runs anywhere; "auto" takes the first that works.',
      ),
    threads: z
      .union([z.literal('auto'), count(1024)])
      .default('auto')
      .describe('Threads of a step; "auto" is one for each core. Part of what makes a run repeatable.'),
  })
  .prefault({})
  .describe('What executes the training steps.');

const generator = networkEntry(networks.filter(({ role }) => role === 'generator'));
const discriminator = networkEntry(networks.filter(({ role }) => role === 'discriminator'));

const batchSize = count(65536).default(64).describe('Real examples in each batch.');
const superResolution = z
  .literal([2, 4])
  .exactOptional()
  .describe(
    'Makes pairs for super-resolution: the image given is the example scaled down so many times by averaging areas, ' +
      'and the example is to be produced from it.',
  );
const every = count(10000)
  .default(1)
  .describe('Discriminator updates between applications; the penalty is multiplied by as much (lazy).');

const schemaVersion = z
  .literal(CONFIG_SCHEMA_VERSION)
  .default(CONFIG_SCHEMA_VERSION)
  .describe('Version of this file’s format.');

/** What a person writes. */
export const experimentInput = z.strictObject({
  $schema: z.string().optional().describe('Where an editor finds the schema of this file; ignored.'),
  schemaVersion,
  data: sourceEntry(dataSources, { batchSize, superResolution }).describe(
    'Where the real examples come from.',
  ),
  model: nameOf(models)
    .optional()
    .describe(
      `A shorthand for both networks and what suits them. ${models.map(({ name, description }) => `"${name}": ${description}`).join(' ')}`,
    ),
  generator: generator.optional().describe('The generator written out, instead of the model’s.'),
  discriminator: discriminator.optional().describe('The discriminator written out, instead of the model’s.'),
  latent,
  objective: namedEntry(objectives, {}).prefault('non-saturating').describe('The two losses.'),
  regularisers: z
    .array(namedEntry(regularisers, ({ penalty }) => (penalty === undefined ? {} : { every })))
    .max(8)
    .default([])
    .describe('What keeps the discriminator in bounds: penalties, normalised weights, noise.'),
  adversarialWeight: z
    .number()
    .min(0)
    .default(1)
    .describe('Factor of the objective in the generator’s loss, beside `generatorLosses`.'),
  generatorLosses: z
    .array(namedEntry(generatorLosses, {}))
    .max(8)
    .default([])
    .describe(
      'What is added to the generator’s loss where the data is paired: how far its image is from the target.',
    ),
  conditioning,
  augmentation,
  cycle,
  optimiser,
  schedule,
  gradientClipping,
  ema,
  length,
  criticSteps: count(100).default(1).describe('Discriminator updates for each generator update.'),
  accumulate: count(1000)
    .default(1)
    .describe('Batches whose gradients make one update, for batches larger than memory.'),
  seed: z.int().min(0).default(0).describe('Seed of everything random.'),
  logging,
  evaluation,
  engine,
});

/** With the model expanded; `length` is still in steps or kimg. */
export const expandedExperiment = experimentInput.omit({ $schema: true }).extend({
  generator,
  discriminator,
});

/** What a run keeps: nothing is left to decide. */
export const experimentConfig = expandedExperiment.extend({ length: z.strictObject({ steps }) });

/** Checked part by part; `length` is still in steps or kimg. */
export type ExpandedExperiment = z.output<typeof expandedExperiment>;

type Checked = z.output<typeof experimentConfig>;
/** A part's own options stand beside its name; `bindPart` gives them to the part. */
type WithOptions<Entry> = Entry & Readonly<Record<string, unknown>>;
type RegisteredPart = 'data' | 'generator' | 'discriminator' | 'objective' | 'optimiser' | 'schedule';
type RegisteredParts = 'regularisers' | 'generatorLosses';
type Optional = 'conditioning' | 'augmentation';

type Augmentation = Exclude<Checked['augmentation'], false>;

/** A resolved experiment. `model` is kept as information: the networks are what counts. */
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
