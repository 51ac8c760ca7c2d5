/** Whether the parts of an experiment make sense together: each part is asked, and says why not. */
import { dataSources } from '../data/registry';
import type { DataShape } from '../data/source';
import { augmentations } from '../gan/augmentations/registry';
import type { Combination } from '../gan/combination';
import { conditionings } from '../gan/conditionings/registry';
import { generatorLosses } from '../gan/generator-losses/registry';
import { networks } from '../gan/networks/registry';
import { objectives } from '../gan/objectives/registry';
import { regularisers } from '../gan/regularisers/registry';
import { bindPart } from './bind';
import type { ValueProblem } from './issues';
import type { JsonPath } from './json-path';
import type { ExpandedExperiment } from './schema';

type Entry = Readonly<Record<string, unknown>>;

interface Judge {
  readonly name: string;
  readonly options: Parameters<typeof bindPart>[0][number]['options'];
  unsuitable?(options: Entry, combination: Combination): string | undefined;
}

/** @param config valid part by part. @param data what it trains on, as far as its options say */
export function unsuitableParts(config: ExpandedExperiment, data: DataShape): ValueProblem[] {
  const combination = combinationOf(config, data);
  const asked: readonly (readonly [JsonPath, readonly Judge[], Entry])[] = [
    [['objective'], objectives, config.objective],
    ...config.regularisers.map((entry, i) => [['regularisers', i], regularisers, entry] as const),
    ...config.generatorLosses.map((entry, i) => [['generatorLosses', i], generatorLosses, entry] as const),
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
    ...(reasonOfData === undefined ? [] : [refusal(['data'], `"${source.part.name}"`, reasonOfData)]),
    ...asked.flatMap(([path, parts, entry]) => {
      const { part, options } = bindPart(parts, entry, 'name');
      const reason = part.unsuitable?.(options, combination);
      return reason === undefined ? [] : [refusal(path, `"${part.name}"`, reason)];
    }),
    ...misfits(config, data, combination),
    ...repeated(['regularisers'], config.regularisers),
    ...repeated(['generatorLosses'], config.generatorLosses),
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
    generator: config.generator.network,
    discriminator: {
      network: part.name,
      mixesExamples: part.mixesExamples?.(options) ?? false,
      judgesPatches: part.judgesPatches === true,
    },
    criticSteps: config.criticSteps,
    batchSize: config.data.batchSize,
  };
}

/** Draws, programs and records go by the names of parts. */
function repeated(list: JsonPath, entries: readonly { readonly name: string }[]): ValueProblem[] {
  return entries.flatMap(({ name }, i) =>
    entries.findIndex((entry) => entry.name === name) === i
      ? []
      : [refusal([...list, i], `"${name}"`, 'it is in this list already, and one can be there only once')],
  );
}

/** What no single part can know. */
function misfits(
  config: ExpandedExperiment,
  { example, classes, input }: DataShape,
  { conditioning }: Combination,
): ValueProblem[] {
  const generators = networks.filter(({ role }) => role === 'generator');
  const { part, options } = bindPart(generators, config.generator, 'network');
  const startsFrom = part.startsFrom ?? 'latents';
  const problems: ValueProblem[] = [];
  if (startsFrom === 'image' && input === undefined)
    problems.push(
      refusal(
        ['generator'],
        `"${part.name}"`,
        'it translates images, and the data gives none to start from; paired data does, and "superResolution" makes it of any images',
      ),
    );
  if (startsFrom === 'latents' && input !== undefined)
    problems.push(
      refusal(
        ['generator'],
        `"${part.name}"`,
        'it starts from latents, and the data gives images to be translated; use one that starts from an image, such as "unet"',
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
        '"batch-norm"',
        `"${part.name}" has no normalisation layers with a scale that the class could decide; give it a "norm", or use "concatenate"`,
      ),
    );
  if (conditioning !== undefined && classes === 0)
    problems.push(refusal(['conditioning'], `"${conditioning}"`, 'the data has no classes'));
  if (config.generatorLosses.length > 0 && input?.paired !== true)
    problems.push(
      refusal(
        ['generatorLosses'],
        `${config.generatorLosses.length} of them`,
        'they compare an image with its target, and the data is not paired',
      ),
    );
  if (config.augmentation !== false && example.kind === 'points')
    problems.push(refusal(['augmentation'], 'transforms', 'they transform images, and the data are points'));
  const objective = bindPart(objectives, config.objective, 'name');
  if (
    config.augmentation !== false &&
    config.augmentation.probability === 'adaptive' &&
    objective.part.boundary?.(objective.options) === undefined
  )
    problems.push(
      refusal(
        ['augmentation', 'probability'],
        '"adaptive"',
        `it is set by how many real examples are taken for real, which a logit of "${objective.part.name}" does not tell; use a number, or another objective, such as "non-saturating"`,
      ),
    );
  if (startsFrom === 'latents' && config.adversarialWeight === 0)
    problems.push(
      refusal(['adversarialWeight'], '0', 'nothing else would train this generator; use a number above 0'),
    );
  return input?.paired === false ? [...problems, ...cycleMisfits(config)] : problems;
}

/** What makes no sense where two bodies of images are translated into each other without pairs. */
function cycleMisfits({ conditioning, cycle, data, adversarialWeight }: ExpandedExperiment): ValueProblem[] {
  const problems: ValueProblem[] = [];
  if (conditioning !== false)
    problems.push(
      refusal(
        ['conditioning'],
        `"${conditioning.name}"`,
        'of unpaired data only one of the two bodies of images has classes',
      ),
    );
  if (cycle.poolSize > 0 && cycle.poolSize < data.batchSize)
    problems.push(
      refusal(
        ['cycle', 'poolSize'],
        `${cycle.poolSize}`,
        `each image of a batch of ${data.batchSize} needs a place of its own in the pool; make it 0 or at least that large`,
      ),
    );
  if (adversarialWeight === 0)
    problems.push(
      refusal(
        ['adversarialWeight'],
        '0',
        'without the discriminators a copy of the input has the least loss; use a number above 0',
      ),
    );
  return problems;
}

function refusal(path: JsonPath, found: string, reason: string): ValueProblem {
  return { path, found, allowed: `something else here; it cannot be used: ${reason}` };
}
