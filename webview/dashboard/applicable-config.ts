/** What of a configuration applies to the run that has it. */
import { isGroup } from '../../src/shared/config-rows';
import type { RunRecord } from '../../src/shared/run-format';

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
