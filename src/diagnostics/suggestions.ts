/** Changes that several rules suggest, and the check that a change fits the config of the run. */
import { ConfigError } from '../config/config-error';
import { plainValue } from '../config/difference';
import type { ExperimentConfig } from '../config/schema';
import { changeStoredConfig, differingKeys } from '../config/stored';
import { overridesOf } from '../shared/finding-change';
import type { ConfigValue, FindingChange } from '../shared/run-format';

/** Those that the config accepts and that change it. */
export function fittingChanges(
  config: ExperimentConfig,
  suggestions: readonly FindingChange[],
): readonly FindingChange[] {
  return suggestions.filter((suggestion) => {
    try {
      const changed = changeStoredConfig(config, overridesOf(suggestion));
      return differingKeys(config, changed).length > 0;
    } catch (error) {
      if (error instanceof ConfigError) return false;
      throw error;
    }
  });
}

/** Rounded to two digits, so that nobody reads more into it. */
function rounded(rate: number): number {
  return Number(rate.toPrecision(2));
}

export function divideRate(
  { optimiser }: ExperimentConfig,
  player: 'generator' | 'discriminator',
  divisor: number,
): FindingChange {
  const key = player === 'generator' ? 'generatorLearningRate' : 'discriminatorLearningRate';
  const rate = rounded(optimiser[key] / divisor);
  return {
    title: `Divide the learning rate of the ${player} by ${divisor}, to ${rate}`,
    set: { [`optimiser.${key}`]: rate },
  };
}

export function setRate(player: 'generator' | 'discriminator', to: number): FindingChange {
  const key = player === 'generator' ? 'generatorLearningRate' : 'discriminatorLearningRate';
  const rate = rounded(to);
  return {
    title: `Set the learning rate of the ${player} to ${rate}`,
    set: { [`optimiser.${key}`]: rate },
  };
}

/** Adds it to those that there are; one that is there already is suggested to nobody. */
export function addRegulariser(
  { regularisers }: ExperimentConfig,
  entry: { readonly name: string; readonly [option: string]: ConfigValue },
  title: string,
): readonly FindingChange[] {
  if (regularisers.some(({ name }) => name === entry.name)) return [];
  return [{ title, set: { regularisers: [...regularisers.map(plainValue), entry] } }];
}

/** R1 at a weight that suits most experiments (Mescheder et al. 2018, section 4.1). */
export function addR1(config: ExperimentConfig): readonly FindingChange[] {
  return addRegulariser(
    config,
    { name: 'r1', weight: 0.5 },
    'Add the regulariser "r1", which keeps the discriminator from growing steep around real examples',
  );
}

export function averageTheGenerator(): FindingChange {
  return {
    title: 'Take samples from a running average of the generator',
    set: { ema: { decay: 0.995, rampUp: 10 } },
  };
}

export function clipGradients(limit: number): FindingChange {
  return { title: `Clip gradients to a norm of ${limit}`, set: { gradientClipping: limit } };
}
