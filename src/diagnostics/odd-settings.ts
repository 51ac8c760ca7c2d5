/**
 * Settings far outside the range in which GANs are trained. Where one of them explains a finding, the usual advice on the
 * balance of the networks would not help: the finding names the setting and suggests its usual value instead.
 */
import { bindPart } from '../config/bind';
import { plainValue } from '../config/difference';
import { dataShapeOf, resolveExperiment } from '../config/resolve';
import type { ExperimentConfig } from '../config/schema';
import { regularisers as registeredRegularisers } from '../gan/regularisers/registry';
import { isRamp, largestOf } from '../gan/schedules/scalar';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import type { Suggestion } from './rule';
import { setRate } from './suggestions';

/** A setting that is out of the ordinary in an experiment. */
export interface Cause {
  /** What the setting is, its effect, and its usual value. */
  readonly said: LocalizableText;
  /** Why this leads to the finding, in place of the rule's own explanation. */
  readonly explanation: string;
  /** Sets the usual value. */
  readonly change: Suggestion;
}

interface OddSetting {
  /** When it is out of the ordinary, for the documentation. */
  readonly condition: string;
  readonly explanation: string;
  /** @param usual the same data and networks with everything else at the defaults of their model */
  find(config: ExperimentConfig, usual: ExperimentConfig): Omit<Cause, 'explanation'> | undefined;
}

/** Generous limits: whatever papers and presets use is well within them. */
const LIMITS = {
  /** The lowest rate is 5e-5 (Arjovsky et al. 2017, algorithm 1). */
  minGeneratorRate: 1e-6,
  /** A decay of 0.999 (Karras et al. 2018, appendix A) has forgotten the initial weights within a few thousand steps. */
  maxInitialShare: 0.5,
  /** Gradient penalties have a weight of 10 (Gulrajani et al. 2017, algorithm 1; Mescheder et al. 2018). */
  maxPenaltyWeight: 1000,
  /** Latent vectors have 100 (Radford et al. 2016) to 512 values (Karras et al. 2018); 2 for points. */
  minLatentSize: 2,
} as const;

export const ODD_SETTINGS = {
  generatorRate: {
    condition: '`optimiser.generatorLearningRate` is below 0.000001',
    explanation:
      'With such a small learning rate the generator’s weights hardly change. Its samples stay as initialised, and the discriminator soon separates them from real examples. Changing the discriminator or the losses does not help.',
    find({ optimiser: { generatorLearningRate: rate } }, { optimiser }) {
      if (rate >= LIMITS.minGeneratorRate) return undefined;
      const { generatorLearningRate: usualRate } = optimiser;
      return {
        said: localizable(
          '"optimiser.generatorLearningRate" is {0}, so the generator hardly changes. The usual value is {1}.',
          rate,
          usualRate,
        ),
        change: setRate('generator', usualRate),
      };
    },
  },
  averaging: {
    condition:
      '`ema.rampUp` is 0 and `ema.decay` so close to 1 that most of the average is still initial weights at the end of the run',
    explanation:
      'Samples are drawn from an exponential moving average of the generator’s weights. With this decay and no ramp-up the average hardly leaves the initial weights, however well the generator itself learns.',
    find({ ema, length: { steps } }, { ema: usual }) {
      if (ema === false || usual === false || ema.rampUp > 0) return undefined;
      if (typeof ema.decay !== 'number' || typeof usual.decay !== 'number') return undefined;
      const initialShare = ema.decay ** steps;
      if (initialShare <= LIMITS.maxInitialShare) return undefined;
      return {
        said: localizable(
          '"ema.decay" is {0} with "ema.rampUp" 0, so the average that samples are drawn from still consists of {1}% initial weights at the end of the run. The usual values are {2} and {3}.',
          ema.decay,
          Math.round(100 * initialShare),
          usual.decay,
          usual.rampUp,
        ),
        change: {
          title: localizable('Set the EMA’s decay to {0} and its ramp-up to {1}', usual.decay, usual.rampUp),
          set: { 'ema.decay': usual.decay, 'ema.rampUp': usual.rampUp },
        },
      };
    },
  },
  penaltyWeight: {
    condition: 'the `weight` of a penalty in `regularisers` is above 1,000',
    explanation:
      'The penalty outweighs the adversarial loss, so the discriminator becomes flat instead of separating real from generated examples. The generator learns only through the discriminator’s gradient, which is then almost zero.',
    find({ regularisers }, usual) {
      const heavy = regularisers.find((entry) => weightOf(entry) > LIMITS.maxPenaltyWeight);
      if (heavy === undefined) return undefined;
      const ordinary = usual.regularisers.find(({ name }) => name === heavy.name);
      const weight = weightOf(
        ordinary ?? bindPart(registeredRegularisers, { name: heavy.name }, 'name').options,
      );
      return {
        said: localizable(
          '"regularisers" gives "{0}" a weight of {1}, so the penalty outweighs the adversarial loss. The usual weight is {2}.',
          heavy.name,
          weightOf(heavy),
          weight,
        ),
        change: {
          title: localizable('Set the weight of the regulariser "{0}" to {1}', heavy.name, weight),
          set: {
            regularisers: regularisers.map((entry) =>
              plainValue(entry === heavy ? { ...entry, weight } : entry),
            ),
          },
        },
      };
    },
  },
  latentSize: {
    condition: '`latent.size` is 1',
    explanation:
      'With a single latent value, all samples of a generator lie on one curve through the space of examples. They cannot be as diverse as the data, however well the two networks are balanced.',
    find({ data, latent }, usual) {
      const startsFromImages = dataShapeOf(data).input !== undefined;
      if (latent.size >= LIMITS.minLatentSize || startsFromImages) return undefined;
      return {
        said: localizable(
          '"latent.size" is 1, so all samples lie on one curve. The usual value is {0}.',
          usual.latent.size,
        ),
        change: {
          title: localizable('Set the size of the latent vector to {0}', usual.latent.size),
          set: { 'latent.size': usual.latent.size },
        },
      };
    },
  },
} as const satisfies Readonly<Record<string, OddSetting>>;

export type OddSettingName = keyof typeof ODD_SETTINGS;

/** Returns those of the settings that are out of the ordinary in the experiment. */
export function causesAmong(names: readonly OddSettingName[], config: ExperimentConfig): readonly Cause[] {
  const usual = usualConfig(config);
  if (usual === undefined) return [];
  return names.flatMap((name) => {
    const { explanation, find } = ODD_SETTINGS[name];
    const found = find(config, usual);
    return found === undefined ? [] : [{ ...found, explanation }];
  });
}

/** Undefined if the data and the networks alone are no valid experiment. */
function usualConfig({
  data,
  model,
  generator,
  discriminator,
}: ExperimentConfig): ExperimentConfig | undefined {
  const experiment = { data, generator, discriminator, ...(model === undefined ? {} : { model }) };
  const resolved = resolveExperiment(experiment, experiment);
  return 'config' in resolved ? resolved.config : undefined;
}

/** 0 for regularisers without a weight. */
function weightOf({ weight }: Readonly<Record<string, unknown>>): number {
  return typeof weight === 'number' ? weight : isRamp(weight) ? largestOf(weight) : 0;
}
