/**
 * Resolves an experiment: merges the file over its model's settings and the common defaults, then validates everything.
 */
import { isDeepStrictEqual } from 'node:util';
import { dataSources } from '../data/registry';
import { reducedShape } from '../data/superresolution';
import { models } from '../gan/models/registry';
import type { NetworkDefinition } from '../gan/networks/network';
import { networks } from '../gan/networks/registry';
import { optimisers } from '../gan/optimisers/registry';
import type { DataShape, ImageShape } from '../shared/example-shape';
import { localizable } from '../shared/localizable-text';
import { bindPart } from './bind';
import { unsuitableParts } from './combination';
import type { ValueProblem } from './issues';
import { problemsOf } from './issues';
import type { JsonPath } from './json-path';
import { isRecord } from './json-path';
import type { ExperimentConfig } from './schema';
import { expandedExperiment, experimentInput } from './schema';
import { MODULE_NETWORK } from './tagged';

export type Resolved = { readonly config: ExperimentConfig } | { readonly problems: readonly ValueProblem[] };

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * @param value content of the file, with overrides applied
 * @param file content of the file without overrides
 */
export function resolveExperiment(value: unknown, file: unknown): Resolved {
  if (!isRecord(value)) return { problems: problemsOf(experimentInput, value) };
  const tagged = withModulesTagged(value);
  const layer = modelLayer(tagged);
  const { $schema, ...input } = overThe(layer, tagged, isRecord(file) ? file : {});
  const merged = merge(layer, input);
  const problems = [
    ...problemsOf(experimentInput, { ...input, ...($schema === undefined ? {} : { $schema }) }),
    ...unsuitableData(merged),
    ...unsuitableNetworks(merged, value),
  ];
  return problems.length > 0 ? { problems } : completed(merged);
}

/** Adds the network tag to an entry that names a module, so that the user need not write it. */
function withModulesTagged(value: JsonObject): JsonObject {
  const tagged: Record<string, unknown> = { ...value };
  for (const role of ['generator', 'discriminator']) {
    const entry = value[role];
    if (isRecord(entry) && 'module' in entry && !('network' in entry))
      tagged[role] = { network: MODULE_NETWORK, ...entry };
  }
  return tagged;
}

/**
 * Runs the final validation and converts "kimg" to steps.
 *
 * @param merged with the model expanded, without defaults
 * @param known problems that older versions accepted, which are not rejected now
 */
export function completed(merged: JsonObject, known: readonly ValueProblem[] = []): Resolved {
  const problems = problemsOf(expandedExperiment, merged);
  if (problems.length > 0) return { problems };
  const config = expandedExperiment.parse(merged);
  const unsuitable = unsuitableParts(config, dataShapeOf(config.data)).filter(
    (problem) => !known.some((one) => isDeepStrictEqual(one, problem)),
  );
  if (unsuitable.length > 0) return { problems: unsuitable };
  const { length, data, criticSteps, accumulate } = config;
  const imagesPerStep = data.batchSize * criticSteps * accumulate;
  const steps = 'steps' in length ? length.steps : Math.ceil((length.kimg * 1000) / imagesPerStep);
  const optimiser = { ...config.optimiser, name: config.optimiser.name ?? 'adam' };
  return { config: { ...config, optimiser, length: { steps } } };
}

/** Returns combination problems; none if the value is not a complete experiment. */
export function unsuitableIn(value: unknown): readonly ValueProblem[] {
  const config = expandedExperiment.safeParse(value);
  return config.success ? unsuitableParts(config.data, dataShapeOf(config.data.data)) : [];
}

/** Returns the shape of the data, as far as its options determine it. */
export function dataShapeOf(data: JsonObject): DataShape {
  const { part, options } = bindPart(dataSources, data, 'source');
  const shape = part.describe(options);
  const input = reducedInputOf(shape, data);
  return input === undefined ? shape : { ...shape, input: { shape: input, paired: true } };
}

/**
 * Returns the shape of the input image for super-resolution, where the config enables it and the data can be scaled
 * down.
 */
function reducedInputOf({ example, input }: DataShape, data: JsonObject): ImageShape | undefined {
  const { superResolution } = data;
  return example.kind === 'image' && input === undefined && typeof superResolution === 'number'
    ? reducedShape(example, superResolution)
    : undefined;
}

/** Pairs of low and high resolution require plain images whose size is divisible by the factor. */
function unsuitableData(merged: JsonObject): ValueProblem[] {
  const data = expandedExperiment.shape.data.safeParse(merged.data);
  if (!data.success || data.data.superResolution === undefined) return [];
  const { part, options } = bindPart(dataSources, data.data, 'source');
  if (reducedInputOf(part.describe(options), data.data) !== undefined) return [];
  return [
    {
      path: ['data', 'superResolution'],
      message: localizable(
        '"superResolution" {0} needs unpaired images whose height and width it divides; {1} has none.',
        data.data.superResolution,
        JSON.stringify(part.name),
      ),
    },
  ];
}

/**
 * Returns the settings that come from the model; empty if the file specifies both networks, or is too invalid to tell.
 */
function modelLayer(input: JsonObject): JsonObject {
  const data = experimentInput.shape.data.safeParse(input.data);
  const isWrittenOut = input.generator !== undefined && input.discriminator !== undefined;
  if (!data.success || (isWrittenOut && input.model === undefined)) return {};
  const shape = dataShapeOf(data.data);
  const name = input.model ?? modelFor(shape);
  const model = models.find((candidate) => candidate.name === name);
  if (model === undefined) return {};
  const { generator, discriminator, overrides } = model.expand(shape);
  return { ...overrides, model: model.name, generator, discriminator };
}

/** Returns the default model for the data. */
function modelFor({ example, input }: DataShape): string {
  if (example.kind === 'points') return 'toy2d';
  if (input === undefined) return 'dcgan';
  if (!input.paired) return 'cyclegan';
  return input.shape.height < example.height ? 'srgan' : 'pix2pix';
}

/**
 * An override such as `generator.kernelSize=3` refers to an entry that the file leaves to the model or the defaults: it
 * is merged over that entry, so that the entry need not be named.
 */
function overThe(layer: JsonObject, input: JsonObject, file: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...input };
  for (const [key, tag] of [
    ['generator', 'network'],
    ['discriminator', 'network'],
    ['objective', 'name'],
  ] as const) {
    const entry = input[key];
    if (!isRecord(entry) || tag in entry || file[key] !== undefined) continue;
    const below = key === 'objective' ? experimentInput.shape.objective.parse(layer[key]) : layer[key];
    if (isRecord(below)) result[key] = { ...below, ...entry };
  }
  return result;
}

function unsuitableNetworks(merged: JsonObject, written: JsonObject): ValueProblem[] {
  const { shape } = expandedExperiment;
  const data = shape.data.safeParse(merged.data);
  const latent = shape.latent.safeParse(merged.latent);
  if (!data.success || !latent.success) return [];
  const { example, input } = dataShapeOf(data.data);
  const context = {
    example,
    latentSize: latent.data.size,
    ...(input === undefined ? {} : { input: input.shape }),
  };

  const problems = (['generator', 'discriminator'] as const).flatMap((role): ValueProblem[] => {
    const entry = shape[role].safeParse(merged[role]);
    if (!entry.success) return [];
    const ofRole = networks.filter((network) => network.role === role);
    const { part, options } = bindPart<NetworkDefinition>(ofRole, entry.data, 'network');
    const reason = part.unsuitable(options, context);
    if (reason === undefined) return [];
    const name = JSON.stringify(part.name);
    const message =
      role === 'generator'
        ? localizable('The generator {0} does not suit the data: {1}.', name, reason)
        : localizable('The discriminator {0} does not suit the data: {1}.', name, reason);
    const path: JsonPath =
      written[role] !== undefined
        ? [role, ...(reason.at ?? ['network'])]
        : written.model !== undefined
          ? ['model']
          : ['data'];
    return [{ path, message }];
  });
  // Both networks of a model usually reject the data for the same reason.
  return problems.filter(
    ({ path }, index) =>
      path.length > 1 || problems.findIndex((first) => first.path[0] === path[0]) === index,
  );
}

/** Keys whose objects are alternatives that replace one another, rather than being merged key by key. */
const REPLACED = new Set(['length', 'generator', 'discriminator', 'objective', 'conditioning', 'schedule']);

function merge(base: JsonObject, over: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = key === 'optimiser' ? forOptimiser(merged[key], value) : merged[key];
    merged[key] = isRecord(below) && isRecord(value) && !REPLACED.has(key) ? merge(below, value) : value;
  }
  return merged;
}

/** Of the settings below, keeps those that another optimiser shares: the learning rates. */
function forOptimiser(below: unknown, over: unknown): unknown {
  if (!isRecord(below) || !isRecord(over) || over.name === undefined) return below;
  if (over.name === (below.name ?? optimisers[0]?.name)) return below;
  const shared = Object.entries(below).filter(([key]) => key.endsWith('LearningRate'));
  return Object.fromEntries(shared);
}
