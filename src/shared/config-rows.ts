/** A configuration as rows of a table: each value that applies to the run, with the path that leads to it. */
import type { RunRecord } from '../src/shared/run-format';

export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `[path, text]` of each value inside, the levels joined by dots. */
export function flatten(value: unknown, path: string): (readonly [string, string])[] {
  if (isGroup(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, inner]) =>
      flatten(inner, path === '' ? key : `${path}.${key}`),
    );
  if (Array.isArray(value) && value.some(isGroup))
    return value.flatMap((inner, index) => flatten(inner, `${path}[${index}]`));
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [[path, text]];
}

/**
 * The configuration without what the run makes no use of. The file keeps every key, since resuming compares all of them.
 */
export function applicable(config: unknown, { data, generatorInput }: RunFacts): unknown {
  if (!isGroup(config)) return config;
  const isUnpaired = data?.inputs !== undefined;
  return {
    ...without(config, [
      ...(isUnpaired ? [] : ['cycle']),
      ...(generatorInput === 'images' ? ['latent'] : []),
    ]),
    ...('discriminator' in config ? { discriminator: withOneNorm(config.discriminator) } : {}),
    ...('augmentation' in config ? { augmentation: ofItsProbability(config.augmentation) } : {}),
  };
}

type RunFacts = Pick<RunRecord, 'data' | 'generatorInput'>;

function without(
  group: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(group).filter(([key]) => !keys.includes(key)));
}

/** `batchNorm` decides where it is set, and `norm` where it is not. */
function withOneNorm(network: unknown): unknown {
  if (!isGroup(network) || !('batchNorm' in network)) return network;
  return without(network, [network.batchNorm === true ? 'norm' : 'batchNorm']);
}

/** An adaptive probability alone has a target. */
function ofItsProbability(augmentation: unknown): unknown {
  if (!isGroup(augmentation) || augmentation.probability === 'adaptive') return augmentation;
  return without(augmentation, ['target', 'rampImages']);
}
