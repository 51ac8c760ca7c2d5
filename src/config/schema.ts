/**
 * The one source of what an experiment file may say: types, defaults, validation and the JSON schema all come from
 * here, and what the registered parts accept comes from the parts themselves.
 */
import { z } from 'zod';
import { dataSources } from '../data/registry';
import { models } from '../gan/models/registry';
import { networks } from '../gan/networks/registry';
import { objectives } from '../gan/objectives/registry';
import { regularisers } from '../gan/regularisers/registry';
import { namedEntry, nameOf, networkEntry, sourceEntry } from './tagged';

export const CONFIG_SCHEMA_VERSION = 1;

const count = (most: number) => z.int().min(1).max(most);
const beta = z.number().min(0).lt(1);
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

const optimiser = z
  .strictObject({
    name: z.literal('adam').default('adam').describe('Adam (Kingma & Ba 2015).'),
    beta1: beta.default(0.5).describe('Memory of the mean gradient; GANs use 0.5 rather than 0.9.'),
    beta2: beta.default(0.999).describe('Memory of the squared gradient.'),
    epsilon: z.number().positive().max(1).default(1e-8).describe('Keeps the division finite.'),
    generatorLearningRate: learningRate.describe('Learning rate of the generator.'),
    discriminatorLearningRate: learningRate.describe(
      'Learning rate of the discriminator; one of its own is the two time-scale rule (Heusel et al. 2017).',
    ),
  })
  .prefault({})
  .describe('How both networks are updated.');

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
    .array(namedEntry(regularisers, { every }))
    .max(8)
    .default([])
    .describe('Penalties that are added to the discriminator’s loss.'),
  optimiser,
  ema,
  length,
  criticSteps: count(100).default(1).describe('Discriminator updates for each generator update.'),
  seed: z.int().min(0).default(0).describe('Seed of everything random.'),
  logging,
  engine,
});

/** With the model expanded; `length` is still in steps or kimg. */
export const expandedExperiment = experimentInput.omit({ $schema: true }).extend({
  generator,
  discriminator,
});

/** What a run keeps: nothing is left to decide. */
export const experimentConfig = expandedExperiment.extend({ length: z.strictObject({ steps }) });

type Checked = z.output<typeof experimentConfig>;
type RegisteredPart = 'data' | 'generator' | 'discriminator' | 'objective';
/** A part's own options stand beside its name; `bindPart` gives them to the part. */
type WithOptions<Entry> = Entry & Readonly<Record<string, unknown>>;

/** A resolved experiment. `model` is kept as information: the networks are what counts. */
export type ExperimentConfig = Omit<Checked, RegisteredPart | 'regularisers'> & {
  readonly [Key in RegisteredPart]: WithOptions<Checked[Key]>;
} & { readonly regularisers: readonly WithOptions<Checked['regularisers'][number]>[] };
