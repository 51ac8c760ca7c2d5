/** Changes suggested by several rules, and the check that a change fits the run's config. */
import { ConfigError } from '../config/config-error';
import { plainValue } from '../config/difference';
import type { ExperimentConfig } from '../config/schema';
import { changeStoredConfig, differingKeys } from '../config/stored';
import { overridesOf } from '../shared/finding-change';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import type { ConfigValue } from '../shared/run-format';
import type { Suggestion } from './rule';

/** Returns the suggestions that the config accepts and that change it. */
export function fittingChanges(
  config: ExperimentConfig,
  suggestions: readonly Suggestion[],
): readonly Suggestion[] {
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

/** Rounds to two digits, to avoid false precision. */
function rounded(rate: number): number {
  return Number(rate.toPrecision(2));
}

export function divideRate(
  { optimiser }: ExperimentConfig,
  player: 'generator' | 'discriminator',
  divisor: number,
): Suggestion {
  const key = player === 'generator' ? 'generatorLearningRate' : 'discriminatorLearningRate';
  const rate = rounded(optimiser[key] / divisor);
  return {
    title:
      player === 'generator'
        ? localizable('Divide the generator’s learning rate by {0}, to {1}', divisor, rate)
        : localizable('Divide the discriminator’s learning rate by {0}, to {1}', divisor, rate),
    set: { [`optimiser.${key}`]: rate },
  };
}

export function setRate(player: 'generator' | 'discriminator', to: number): Suggestion {
  const key = player === 'generator' ? 'generatorLearningRate' : 'discriminatorLearningRate';
  const rate = rounded(to);
  return {
    title:
      player === 'generator'
        ? localizable('Set the generator’s learning rate to {0}', rate)
        : localizable('Set the discriminator’s learning rate to {0}', rate),
    set: { [`optimiser.${key}`]: rate },
  };
}

/** Suggests adding a regulariser to the existing ones; returns none if it is already there. */
export function addRegulariser(
  { regularisers }: ExperimentConfig,
  entry: { readonly name: string; readonly [option: string]: ConfigValue },
  title: LocalizableText,
): readonly Suggestion[] {
  if (regularisers.some(({ name }) => name === entry.name)) return [];
  return [{ title, set: { regularisers: [...regularisers.map(plainValue), entry] } }];
}

/** R1 with a weight that suits most experiments (Mescheder et al. 2018, section 4.1). */
export function addR1(config: ExperimentConfig): readonly Suggestion[] {
  return addRegulariser(
    config,
    { name: 'r1', weight: 0.5 },
    localizable(
      'Add the regulariser "r1", which penalises steep gradients of the discriminator at real examples',
    ),
  );
}

export function averageTheGenerator(): Suggestion {
  return {
    title: localizable('Sample from a moving average of the generator’s weights'),
    set: { ema: { decay: 0.995, rampUp: 10 } },
  };
}

export function clipGradients(limit: number): Suggestion {
  return { title: localizable('Clip gradient norms at {0}', limit), set: { gradientClipping: limit } };
}
