/** Fills an experiment out: the file over its model's choices over the common defaults, then everything checked. */
import { dataSources } from '../data/registry';
import type { ExampleShape } from '../data/source';
import { models } from '../gan/models/registry';
import { networks } from '../gan/networks/registry';
import { bindPart } from './bind';
import { COMMON_DEFAULTS } from './defaults';
import type { ValueProblem } from './issues';
import { describeValue, problemsOf } from './issues';
import { isRecord } from './json-path';
import type { ExperimentConfig } from './schema';
import { experimentConfig, experimentInput } from './schema';

export type Resolved = { readonly config: ExperimentConfig } | { readonly problems: readonly ValueProblem[] };

/** @param value what a file says, with overrides applied */
export function resolveExperiment(value: unknown): Resolved {
  const problems = problemsOf(experimentInput, value);
  if (problems.length > 0 || !isRecord(value)) return { problems };
  const input = value;
  const length = isRecord(input.length) ? input.length : {};
  if (input.length !== undefined && (length.steps === undefined) === (length.kimg === undefined))
    return {
      problems: [
        { path: ['length'], found: describeValue(input.length), allowed: 'one of "steps" and "kimg"' },
      ],
    };
  const example = exampleOf(input.data);
  const modelName = input.model ?? (example.kind === 'points' ? 'toy2d' : 'dcgan');
  const written = input.generator !== undefined && input.discriminator !== undefined;
  const model =
    written && input.model === undefined ? undefined : models.find(({ name }) => name === modelName);
  const expanded = model?.expand(example);
  const base = merge(COMMON_DEFAULTS, {
    ...expanded?.overrides,
    ...(expanded === undefined
      ? {}
      : { generator: expanded.generator, discriminator: expanded.discriminator }),
    ...(model === undefined ? {} : { model: model.name }),
  });
  const { $schema: _, ...said } = input;
  const merged = merge(base, said);
  const candidate = { ...merged, ...writtenOut(merged) };
  const steps = stepsOf(candidate);
  const complete = { ...candidate, length: { steps } };
  const remaining = problemsOf(experimentConfig, complete);
  if (remaining.length > 0) return { problems: remaining };
  const config = checked(complete);
  const unsuitable = unsuitableNetworks(config, example);
  return unsuitable.length > 0 ? { problems: unsuitable } : { config };
}

/** A value that fits the schema, with the defaults of the parts' own options filled in. */
export function checked(value: unknown): ExperimentConfig {
  const { data, generator, discriminator, objective, regularisers, ...rest } = experimentConfig.parse(value);
  return {
    ...rest,
    data: { ...data, source: text(data.source), batchSize: Number(data.batchSize) },
    generator: { ...generator, network: text(generator.network) },
    discriminator: { ...discriminator, network: text(discriminator.network) },
    objective: { ...objective, name: text(objective.name) },
    regularisers: regularisers.map((entry) => ({
      ...entry,
      name: text(entry.name),
      every: Number(entry.every),
    })),
  };
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`expected a text, found ${describeValue(value)}`);
  return value;
}

/** What the data's options say an example looks like. */
export function exampleOf(data: unknown): ExampleShape {
  const { part, options } = bindPart(dataSources, isRecord(data) ? data : {}, 'source');
  return part.describe(options);
}

function unsuitableNetworks(config: ExperimentConfig, example: ExampleShape): ValueProblem[] {
  const context = { example, latentSize: config.latent.size };
  return (['generator', 'discriminator'] as const).flatMap((role) => {
    const { part, options } = bindPart(
      networks.filter((network) => network.role === role),
      config[role],
      'network',
    );
    const reason = part.unsuitable(options, context);
    return reason === undefined
      ? []
      : [{ path: [role, 'network'], found: `"${part.name}"`, allowed: `another network: ${reason}` }];
  });
}

/** Parts that are given by their names alone, as objects. */
function writtenOut(merged: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const full = (value: unknown): unknown => (typeof value === 'string' ? { name: value } : value);
  const { objective, regularisers } = merged;
  return {
    objective: full(objective),
    regularisers: Array.isArray(regularisers) ? regularisers.map(full) : regularisers,
  };
}

function stepsOf(merged: Readonly<Record<string, unknown>>): unknown {
  const { length, data, criticSteps } = merged;
  if (!isRecord(length)) return undefined;
  if (typeof length.kimg !== 'number') return length.steps;
  const batch = isRecord(data) ? Number(data.batchSize) : Number.NaN;
  return Math.max(1, Math.ceil((length.kimg * 1000) / (batch * Number(criticSteps))));
}

/** Keys whose objects are alternatives, one replacing the other, rather than merged key by key. */
const REPLACED = new Set(['length', 'generator', 'discriminator', 'objective']);

function merge(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isRecord(below) && isRecord(value) && !REPLACED.has(key) ? merge(below, value) : value;
  }
  return merged;
}
