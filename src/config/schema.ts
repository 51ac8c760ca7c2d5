/**
 * The one source of what an experiment file may say: types, validation and the JSON schema all come from here, and
 * what the registered parts accept comes from the parts themselves.
 */
import { z } from 'zod';
import { dataSources } from '../data/registry';
import { models } from '../gan/models/registry';
import { networks } from '../gan/networks/registry';
import { objectives } from '../gan/objectives/registry';
import { regularisers } from '../gan/regularisers/registry';

export const CONFIG_SCHEMA_VERSION = 1;

interface Part {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly options: z.ZodObject;
}

/** Objects told apart by `tag`, one for each registered part, with `common` beside the options of each. */
function choice<Tag extends string>(tag: Tag, parts: readonly Part[], common: z.ZodRawShape = {}) {
  const variants = parts.map((part) =>
    z
      .strictObject({
        [tag]: z.literal(part.name).describe(`${part.title}. ${part.description}`),
        ...part.options.shape,
        ...common,
      })
      .describe(part.description),
  );
  const [first, ...rest] = variants;
  if (first === undefined) throw new RangeError(`no parts are registered for "${tag}"`);
  return z.discriminatedUnion(tag, [first, ...rest]);
}

/** A part by its name alone, for its defaults, or written out. */
function named<Full extends z.ZodType>(parts: readonly Part[], full: Full) {
  return z.union([z.enum(parts.map((part) => part.name)), full]);
}

const learningRate = z.number().positive().max(1);
const count = (most: number) => z.int().min(1).max(most);
const beta = z.number().min(0).lt(1);

const batchSize = count(65536).describe('Real examples in each batch.');

const latent = z
  .strictObject({
    size: count(65536).describe('Numbers in each latent vector.'),
    prior: z.enum(['normal', 'uniform']).describe('Standard normal, or uniform in [-1, 1).'),
  })
  .describe('What the generator starts from.');

const optimiser = z
  .strictObject({
    name: z.literal('adam').describe('Adam (Kingma & Ba 2015).'),
    beta1: beta.describe('Memory of the mean gradient; GANs use 0.5 rather than 0.9.'),
    beta2: beta.describe('Memory of the squared gradient.'),
    epsilon: z.number().positive().max(1).describe('Keeps the division finite.'),
    generatorLearningRate: learningRate.describe('Learning rate of the generator.'),
    discriminatorLearningRate: learningRate.describe(
      'Learning rate of the discriminator; one of its own is the two time-scale rule (Heusel et al. 2017).',
    ),
  })
  .describe('How both networks are updated.');

const ema = z
  .strictObject({
    decay: z.number().min(0).lt(1).describe('Share of the average that stays at each step.'),
  })
  .describe(
    'Samples come from a running average of the generator, which is steadier than the generator itself; false turns it off.',
  );

const length = z
  .strictObject({
    steps: count(1e9).optional().describe('Number of steps.'),
    kimg: z.number().positive().max(1e9).optional().describe('Thousands of real images to train on instead.'),
  })
  .describe('How long to train: "steps" or "kimg", one of the two.');

const logging = z
  .strictObject({
    logEvery: count(1e6).describe('Steps between records of the curves.'),
    sampleEvery: count(1e9).describe('Steps between sample grids.'),
    sampleCount: count(4096).describe('Examples in a sample grid.'),
    keepRecentSamples: z
      .int()
      .min(0)
      .max(1e6)
      .describe('Newest sample grids that are all kept; older ones thin out as they age. 0 keeps every one.'),
    checkpointEvery: count(1e9).describe('Steps between checkpoints.'),
    keepCheckpoints: count(10000).describe('Newest checkpoints to keep, beside the pinned ones.'),
  })
  .describe('What is written while training, and how often.');

const engine = z
  .strictObject({
    name: z
      .enum(['auto', 'onnx', 'onnx-wasm'])
      .describe(
        '"onnx" is the native runtime, "onnx-wasm" runs anywhere; "auto" takes the first that works.',
      ),
    threads: z
      .union([z.literal('auto'), count(1024)])
      .describe('Threads of a step; "auto" is one for each core. Part of what makes a run repeatable.'),
  })
  .describe('What executes the training steps.');

const generator = choice(
  'network',
  networks.filter((network) => network.role === 'generator'),
);
const discriminator = choice(
  'network',
  networks.filter((network) => network.role === 'discriminator'),
);
const objective = choice('name', objectives);
const regulariser = choice('name', regularisers, {
  every: count(10000)
    .default(1)
    .describe('Discriminator updates between applications; the penalty is multiplied by as much (lazy).'),
});
const seed = z.int().min(0).max(Number.MAX_SAFE_INTEGER).describe('Seed of everything random.');
const criticSteps = count(100).describe('Discriminator updates for each generator update.');

/** What a person writes. */
export const experimentInput = z.strictObject({
  $schema: z.string().optional().describe('Where an editor finds the schema of this file; ignored.'),
  schemaVersion: z.literal(CONFIG_SCHEMA_VERSION).optional().describe('Version of this file’s format.'),
  data: choice('source', dataSources, { batchSize: batchSize.optional() }).describe(
    'Where the real examples come from.',
  ),
  model: z
    .enum(models.map((model) => model.name))
    .optional()
    .describe(
      `A shorthand for both networks and what suits them. ${models.map(({ name, description }) => `"${name}": ${description}`).join(' ')}`,
    ),
  generator: generator.optional().describe('The generator written out, instead of the model’s.'),
  discriminator: discriminator.optional().describe('The discriminator written out, instead of the model’s.'),
  latent: latent.partial().optional(),
  objective: named(objectives, objective).optional().describe('The two losses.'),
  regularisers: z
    .array(named(regularisers, regulariser))
    .max(8)
    .optional()
    .describe('Penalties that are added to the discriminator’s loss.'),
  optimiser: optimiser.partial().optional(),
  ema: z.union([z.literal(false), ema]).optional(),
  length: length.optional(),
  criticSteps: criticSteps.optional(),
  seed: seed.optional(),
  logging: logging.partial().optional(),
  engine: engine.partial().optional(),
});

/** What a run keeps: nothing is left to a default. */
export const experimentConfig = z.strictObject({
  schemaVersion: z.literal(CONFIG_SCHEMA_VERSION),
  data: choice('source', dataSources, { batchSize }),
  /** The shorthand that the networks came from, where there was one. */
  model: z.string().optional(),
  generator,
  discriminator,
  latent,
  objective,
  regularisers: z.array(regulariser),
  optimiser,
  ema: z.union([z.literal(false), ema]),
  length: z.strictObject({ steps: count(1e9) }),
  criticSteps,
  seed,
  logging,
  engine,
});

/** Options of a part as the config keeps them; `bindPart` gives them their types back. */
export type Tagged<Tag extends string> = { readonly [Key in Tag]: string } & Readonly<
  Record<string, unknown>
>;

type Checked = z.output<typeof experimentConfig>;

/** A resolved experiment. */
export type ExperimentConfig = Omit<
  Checked,
  'data' | 'generator' | 'discriminator' | 'objective' | 'regularisers'
> & {
  readonly data: Tagged<'source'> & { readonly batchSize: number };
  readonly generator: Tagged<'network'>;
  readonly discriminator: Tagged<'network'>;
  readonly objective: Tagged<'name'>;
  readonly regularisers: readonly (Tagged<'name'> & { readonly every: number })[];
};
