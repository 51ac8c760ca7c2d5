/** Converts a resolved config to settings of the task and the loop: the only place where names become functions. */
import { bindPart } from '../config/bind';
import type { ExperimentConfig } from '../config/schema';
import { adaptProbability } from '../gan/augmentations/adaptive';
import { augmentations } from '../gan/augmentations/registry';
import { generatorConditioning } from '../gan/conditionings/generator';
import { conditionings } from '../gan/conditionings/registry';
import { generatorLosses } from '../gan/generator-losses/registry';
import { generatorRegularisers } from '../gan/generator-regularisers/registry';
import type { NetworkContext, UserModules } from '../gan/networks/network';
import { networks } from '../gan/networks/registry';
import { objectives } from '../gan/objectives/registry';
import { bindOptimiser } from '../gan/optimisers/bind-optimiser';
import { optimisers } from '../gan/optimisers/registry';
import { packSizeOf } from '../gan/packs';
import { regularisers } from '../gan/regularisers/registry';
import { bindSchedule } from '../gan/schedules/bind-schedule';
import { schedules } from '../gan/schedules/registry';
import type {
  AdaptiveProbability,
  BoundAugmentation,
  BoundAuxiliary,
  BoundObjective,
  BoundRegulariser,
  GanSettings,
  GeneratorSource,
  Optimisation,
  RunSettings,
} from '../gan/settings';
import type { Network } from '../nn/scope';
import type { DataShape } from '../shared/example-shape';
import type { LoopSettings } from '../training/job';
import { scheduledScalars } from './scheduled-scalars';

/**
 * @param data shape of the opened data
 * @param modules user modules that the config names, if any
 */
export function ganSettings(config: ExperimentConfig, data: DataShape, modules?: UserModules): GanSettings {
  const built = buildNetworks(config, networkContext(config, data, modules));
  const conditioned = condition(config, built);
  return {
    ...runSettings(config),
    example: data.example,
    source: generatorSource(config, data),
    classes: config.conditioning === false ? 0 : (data.classes ?? 0),
    generator: conditioned.generator,
    discriminator: regularisedNetwork(config, conditioned.discriminator),
    generatorLosses: config.generatorLosses.map((entry) => {
      const { part, options } = bindPart(generatorLosses, entry, 'name');
      return { name: part.name, loss: (inputs) => part.loss(inputs, options) };
    }),
    auxiliary: conditioned.auxiliary,
  };
}

/** Settings common to runs of any GAN family. */
export function runSettings(config: ExperimentConfig): RunSettings {
  return {
    ...optimisation(config),
    batchSize: config.data.batchSize,
    objective: objective(config),
    adversarialWeight: config.adversarialWeight,
    topK: config.topK,
    regularisers: boundRegularisers(config),
    generatorRegularisers: config.generatorRegularisers.map((entry) => {
      const { part, options } = bindPart(generatorRegularisers, entry, 'name');
      const { name, state } = part;
      return {
        name,
        every: entry.every,
        ...(state === undefined ? {} : { state }),
        penalty: (inputs) => part.penalty(inputs, options),
      };
    }),
    auxiliary: undefined,
    augmentation: augmentation(config),
    totalSteps: config.length.steps,
    frozenLayers: config.freeze ?? { generator: [], discriminator: [] },
    scheduled: scheduledScalars(config),
  };
}

export function loopSettings(config: ExperimentConfig): LoopSettings {
  return { seed: config.seed, totalSteps: config.length.steps, ...config.logging };
}

/** Settings of the networks' updates. */
function optimisation(config: ExperimentConfig): Optimisation {
  const { generatorLearningRate, discriminatorLearningRate, ...entry } = config.optimiser;
  const optimiser = bindPart(optimisers, entry, 'name');
  const schedule = bindPart(schedules, config.schedule, 'name');
  return {
    optimiser: bindOptimiser(optimiser.part, optimiser.options),
    learningRate: { generator: generatorLearningRate, discriminator: discriminatorLearningRate },
    learningRateFactor: bindSchedule(schedule.part, schedule.options, {
      warmupSteps: config.schedule.warmupSteps,
      totalSteps: config.length.steps,
    }),
    gradientClipping: config.gradientClipping === false ? undefined : config.gradientClipping,
    averaging: config.ema === false ? undefined : config.ema,
    criticSteps: config.criticSteps,
    accumulate: config.accumulate,
  };
}

function objective(config: ExperimentConfig): BoundObjective {
  const { part, options } = bindPart(objectives, config.objective, 'name');
  return {
    generatorUsesReal: part.generatorUsesReal === true,
    discriminatorLoss: (logits, random) => part.discriminatorLoss(logits, options, random),
    generatorLoss: (logits) => part.generatorLoss(logits, options),
  };
}

export function networkContext(
  config: ExperimentConfig,
  data: DataShape,
  modules?: UserModules,
): NetworkContext {
  return {
    ...(modules === undefined ? {} : { modules }),
    example: data.example,
    latentSize: config.latent.size,
    latentPrior: config.latent.prior,
    ...(data.input === undefined ? {} : { input: data.input.shape }),
  };
}

interface Networks {
  readonly generator: Network;
  readonly discriminator: Network;
}

export function buildNetworks(config: ExperimentConfig, context: NetworkContext): Networks {
  const build = (role: 'generator' | 'discriminator'): Network => {
    const ofRole = networks.filter((candidate) => candidate.role === role);
    const { part, options } = bindPart(ofRole, config[role], 'network');
    return part.build(options, context);
  };
  return { generator: build('generator'), discriminator: build('discriminator') };
}

/**
 * Where the sizes are equal, the discriminator judges whether the two images belong together (Isola et al. 2017,
 * section 3.1).
 */
function generatorSource(config: ExperimentConfig, { example, input }: DataShape): GeneratorSource {
  if (input === undefined) return { kind: 'latents', ...config.latent };
  const isSeenByDiscriminator =
    example.kind === 'image' && example.height === input.shape.height && example.width === input.shape.width;
  return { kind: 'image', shape: input.shape, isSeenByDiscriminator };
}

function condition(
  config: ExperimentConfig,
  { generator, discriminator }: Networks,
): Networks & { readonly auxiliary: BoundAuxiliary | undefined } {
  if (config.conditioning === false) return { generator, discriminator, auxiliary: undefined };
  const { part, options } = bindPart(conditionings, config.conditioning, 'name');
  const { auxiliary } = part;
  return {
    generator: generatorConditioning(config.conditioning.generator, generator),
    discriminator: part.discriminator(discriminator, options),
    auxiliary:
      auxiliary === undefined
        ? undefined
        : {
            discriminator: (inputs) => auxiliary.discriminator(inputs, options),
            generator: (inputs) => auxiliary.generator(inputs, options),
          },
  };
}

/** Returns the discriminator as modified by its regularisers. */
export function regularisedNetwork(config: ExperimentConfig, discriminator: Network): Network {
  return config.regularisers.reduce((network, entry) => {
    const { part, options } = bindPart(regularisers, entry, 'name');
    return part.network?.(network, options) ?? network;
  }, discriminator);
}

function boundRegularisers(config: ExperimentConfig): BoundRegulariser[] {
  return config.regularisers.map((entry) => {
    const { part, options } = bindPart(regularisers, entry, 'name');
    const { joinsExamples, state, penalty, view, packs, constrain } = part;
    return {
      name: part.name,
      every: typeof entry.every === 'number' ? entry.every : 1,
      ...(joinsExamples === undefined ? {} : { joinsExamples }),
      ...(state === undefined ? {} : { state }),
      ...(penalty === undefined ? {} : { penalty: (inputs) => penalty(inputs, options) }),
      ...(view === undefined ? {} : { view: (examples, context) => view(examples, context, options) }),
      ...(packs === undefined ? {} : { packs: packs(options) }),
      ...(constrain === undefined ? {} : { constrain: (parameter) => constrain(parameter, options) }),
    };
  });
}

function augmentation(config: ExperimentConfig): BoundAugmentation | undefined {
  if (config.augmentation === false) return undefined;
  const { transforms, probability, target, rampImages } = config.augmentation;
  const bound = transforms.map((entry) => {
    const { part, options } = bindPart(augmentations, entry, 'name');
    return {
      name: part.name,
      apply: (...[images, context]: Parameters<BoundAugmentation['transforms'][number]['apply']>) =>
        part.apply(images, context, options),
    };
  });
  if (probability !== 'adaptive') return { transforms: bound, probability };
  const { part, options } = bindPart(objectives, config.objective, 'name');
  // Runs created before such objectives were rejected continue as they began.
  const boundary = part.boundary?.(options) ?? 0;
  // Counted in logits, of which there is one for each pack.
  const speedImages = rampImages / packSizeOf(boundRegularisers(config));
  const adapt: AdaptiveProbability['adapt'] = (present, real, wanted) =>
    adaptProbability(present, real, { boundary, target: wanted, speedImages });
  return { transforms: bound, probability: { target, adapt } };
}
