/** The part of a configuration that applies to its run. */
import { isGroup } from '../../src/shared/config-rows';
import type { RunRecord } from '../../src/shared/run-format';

/** Returns the configuration without unused keys. The file keeps every key, since resuming compares all of them. */
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

/** `batchNorm` decides if it is set, otherwise `norm`. */
function withOneNorm(network: unknown): unknown {
  if (!isGroup(network) || !('batchNorm' in network)) return network;
  return without(network, [network.batchNorm === true ? 'norm' : 'batchNorm']);
}

/** Only an adaptive probability has a target. */
function ofItsProbability(augmentation: unknown): unknown {
  if (!isGroup(augmentation) || augmentation.probability === 'adaptive') return augmentation;
  return without(augmentation, ['target', 'rampImages']);
}
