/**
 * Checks whether the parts of an experiment make sense together: each part may reject the combination with a reason.
 */
import { dataSources } from '../data/registry';
import { augmentations } from '../gan/augmentations/registry';
import type { Combination } from '../gan/combination';
import { conditionings } from '../gan/conditionings/registry';
import { generatorLosses } from '../gan/generator-losses/registry';
import { generatorRegularisers } from '../gan/generator-regularisers/registry';
import { networks } from '../gan/networks/registry';
import { objectives } from '../gan/objectives/registry';
import { packSizeOf } from '../gan/packs';
import { regularisers } from '../gan/regularisers/registry';
import type { DataShape } from '../shared/example-shape';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import { bindPart } from './bind';
import type { ValueProblem } from './issues';
import type { JsonPath } from './json-path';
import type { ExpandedExperiment } from './schema';

type Entry = Readonly<Record<string, unknown>>;

interface Judge {
  readonly name: string;
  readonly options: Parameters<typeof bindPart>[0][number]['options'];
  unsuitable?(options: Entry, combination: Combination): LocalizableText | undefined;
}

/**
 * @param config valid part by part
 * @param data shape of the training data, as far as its options determine it
 */
export function unsuitableParts(config: ExpandedExperiment, data: DataShape): ValueProblem[] {
  const combination = combinationOf(config, data);
  const asked: readonly (readonly [JsonPath, readonly Judge[], Entry])[] = [
    [['objective'], objectives, config.objective],
    ...config.regularisers.map((entry, i) => [['regularisers', i], regularisers, entry] as const),
    ...config.generatorLosses.map((entry, i) => [['generatorLosses', i], generatorLosses, entry] as const),
    ...config.generatorRegularisers.map(
      (entry, i) => [['generatorRegularisers', i], generatorRegularisers, entry] as const,
    ),
    ...(config.conditioning === false
      ? []
      : [[['conditioning'], conditionings, config.conditioning] as const]),
    ...(config.augmentation === false
      ? []
      : config.augmentation.transforms.map(
          (entry, i) => [['augmentation', 'transforms', i], augmentations, entry] as const,
        )),
  ];
  const source = bindPart(dataSources, config.data, 'source');
  const reasonOfData = source.part.unsuitable?.(source.options);
  return [
    ...(reasonOfData === undefined ? [] : [refusal(['data'], source.part.name, reasonOfData)]),
    ...asked.flatMap(([path, parts, entry]) => {
      const { part, options } = bindPart(parts, entry, 'name');
      const reason = part.unsuitable?.(options, combination);
      return reason === undefined ? [] : [refusal(path, part.name, reason)];
    }),
    ...misfits(config, data, combination),
    ...repeated(['regularisers'], config.regularisers),
    ...repeated(['generatorLosses'], config.generatorLosses),
    ...repeated(['generatorRegularisers'], config.generatorRegularisers),
    ...(config.augmentation === false
      ? []
      : repeated(['augmentation', 'transforms'], config.augmentation.transforms)),
  ];
}

function combinationOf(config: ExpandedExperiment, data: DataShape): Combination {
  const discriminators = networks.filter(({ role }) => role === 'discriminator');
  const { part, options } = bindPart(discriminators, config.discriminator, 'network');
  return {
    data,
    objective: config.objective.name,
    regularisers: config.regularisers.map(({ name }) => name),
    conditioning: config.conditioning === false ? undefined : config.conditioning.name,
    augmentation: config.augmentation === false ? [] : config.augmentation.transforms.map(({ name }) => name),
    generator: {
      network: config.generator.network,
      hasStyles: networks.some(
        ({ role, name, hasStyles }) =>
          role === 'generator' && name === config.generator.network && hasStyles === true,
      ),
    },
    discriminator: {
      network: part.name,
      mixesExamples: part.mixesExamples?.(options) ?? false,
      judgesPatches: part.judgesPatches === true,
    },
    criticSteps: config.criticSteps,
    batchSize: config.data.batchSize,
    packSize: packSizeOf(
      config.regularisers.map((entry) => {
        const regulariser = bindPart(regularisers, entry, 'name');
        const packs = regulariser.part.packs?.(regulariser.options);
        return packs === undefined ? {} : { packs };
      }),
    ),
  };
}

/** Draws, programs and records are keyed by the names of parts, which must therefore be unique. */
function repeated(list: JsonPath, entries: readonly { readonly name: string }[]): ValueProblem[] {
  return entries.flatMap(({ name }, i) =>
    entries.findIndex((entry) => entry.name === name) === i
      ? []
      : [{ path: [...list, i], message: localizable('{0} is already in this list.', JSON.stringify(name)) }],
  );
}

/** Problems that no single part can detect. */
function misfits(
  config: ExpandedExperiment,
  { example, classes, input }: DataShape,
  { conditioning, packSize }: Combination,
): ValueProblem[] {
  const generators = networks.filter(({ role }) => role === 'generator');
  const { part, options } = bindPart(generators, config.generator, 'network');
  const startsFrom = part.startsFrom ?? 'latents';
  const problems: ValueProblem[] = [];
  if (startsFrom === 'image' && input === undefined)
    problems.push(
      refusal(
        ['generator'],
        part.name,
        localizable(
          'it translates images, and this data has no input images; use paired data or "superResolution"',
        ),
      ),
    );
  if (startsFrom === 'latents' && input !== undefined)
    problems.push(
      refusal(
        ['generator'],
        part.name,
        localizable(
          'it starts from latents, and this data has input images; use an image-to-image network such as "unet"',
        ),
      ),
    );
  if (
    config.conditioning !== false &&
    config.conditioning.generator === 'batch-norm' &&
    part.normalises?.(options) === false
  )
    problems.push(
      refusal(
        ['conditioning', 'generator'],
        'batch-norm',
        localizable(
          '{0} has no normalisation layers; set its "norm" or use "concatenate"',
          JSON.stringify(part.name),
        ),
      ),
    );
  if (conditioning !== undefined && classes === 0)
    problems.push(refusal(['conditioning'], conditioning, localizable('the data has no class labels')));
  if (config.generatorLosses.length > 0 && input?.paired !== true)
    problems.push({
      path: ['generatorLosses'],
      message: localizable('These losses compare an image with its target, and the data is not paired.'),
    });
  if (config.augmentation !== false && example.kind === 'points')
    problems.push({
      path: ['augmentation'],
      message: localizable('Augmentation needs images, and the data is points.'),
    });
  const { minibatchStddev: groupSize }: Entry = config.discriminator;
  const judged = config.data.batchSize / packSize;
  if (typeof groupSize === 'number' && judged % groupSize !== 0)
    problems.push({
      path: ['discriminator', 'minibatchStddev'],
      message:
        packSize === 1
          ? localizable(
              'Expected a group size that divides the batch size, {0}, found {1}.',
              judged,
              groupSize,
            )
          : localizable(
              'Expected a group size that divides the number of packs in a batch, {0}, found {1}.',
              judged,
              groupSize,
            ),
    });
  const objective = bindPart(objectives, config.objective, 'name');
  if (
    config.augmentation !== false &&
    config.augmentation.probability === 'adaptive' &&
    objective.part.boundary?.(objective.options) === undefined
  )
    problems.push(
      refusal(
        ['augmentation', 'probability'],
        'adaptive',
        localizable(
          'with {0} the sign of a logit does not separate real from generated; use a number or an objective such as "non-saturating"',
          JSON.stringify(objective.part.name),
        ),
      ),
    );
  if (config.topK !== 1 && objective.part.generatorUsesReal === true)
    problems.push({
      path: ['topK'],
      message: localizable(
        'Expected 1: with {0} the generator’s loss compares generated with real images, so that no image has a loss of its own.',
        JSON.stringify(objective.part.name),
      ),
    });
  if (config.topK !== 1 && input !== undefined)
    problems.push({
      path: ['topK'],
      message: localizable('Expected 1: this generator has to translate every image.'),
    });
  if (startsFrom === 'latents' && config.adversarialWeight === 0)
    problems.push({
      path: ['adversarialWeight'],
      message: localizable('Expected a number greater than 0: this generator has no other loss.'),
    });
  return input?.paired === false ? [...problems, ...cycleMisfits(config)] : problems;
}

/** Problems specific to unpaired translation. */
function cycleMisfits({ conditioning, cycle, data, adversarialWeight }: ExpandedExperiment): ValueProblem[] {
  const problems: ValueProblem[] = [];
  if (conditioning !== false)
    problems.push(
      refusal(
        ['conditioning'],
        conditioning.name,
        localizable('in unpaired data only one side has class labels'),
      ),
    );
  if (cycle.poolSize > 0 && cycle.poolSize < data.batchSize)
    problems.push({
      path: ['cycle', 'poolSize'],
      message: localizable(
        'Expected 0 or at least the batch size, {0}, found {1}.',
        data.batchSize,
        cycle.poolSize,
      ),
    });
  if (adversarialWeight === 0)
    problems.push({
      path: ['adversarialWeight'],
      message: localizable(
        'Expected a number greater than 0: without the discriminators, copying the input minimises the loss.',
      ),
    });
  return problems;
}

function refusal(path: JsonPath, name: string, reason: LocalizableText): ValueProblem {
  return { path, message: localizable('{0} cannot be used here: {1}.', JSON.stringify(name), reason) };
}
