/** The scalars of a config that change during training, under the names by which they are supplied and recorded. */
import { bindPart } from '../config/bind';
import type { ExperimentConfig } from '../config/schema';
import { optimisers } from '../gan/optimisers/registry';
import type { Ramp } from '../gan/schedules/scalar';
import { isRamp, valueAt } from '../gan/schedules/scalar';
import type { RunSettings } from '../gan/settings';
import { recordName, SCHEDULED } from '../gan/step/names';
import { emaDecayAt } from '../gan/step/player';

/** @returns the value of each at a step */
export function scheduledScalars(config: ExperimentConfig): RunSettings['scheduled'] {
  const progressAt = (step: number): number => (step - 1) / config.length.steps;
  const ramps = {
    ...penaltyWeights(config),
    ...augmentationScalars(config),
    ...optimiserScalars(config),
    ...(isRamp(config.topK) ? { [SCHEDULED.topK]: config.topK } : {}),
  };
  return {
    ...Object.fromEntries(
      Object.entries(ramps).map(([name, ramp]) => [name, (step: number) => valueAt(ramp, progressAt(step))]),
    ),
    ...averageDecay(config, progressAt),
  };
}

type Ramps = Readonly<Record<string, Ramp>>;

function penaltyWeights({ regularisers, generatorRegularisers }: ExperimentConfig): Ramps {
  return Object.fromEntries(
    [...regularisers, ...generatorRegularisers].flatMap(({ name, weight }) =>
      isRamp(weight) ? [[recordName(name, 'Weight'), weight]] : [],
    ),
  );
}

function augmentationScalars({ augmentation }: ExperimentConfig): Ramps {
  if (augmentation === false) return {};
  const { probability, target } = augmentation;
  if (probability === 'adaptive') return isRamp(target) ? { [SCHEDULED.augmentTarget]: target } : {};
  return isRamp(probability) ? { [SCHEDULED.augmentProbability]: probability } : {};
}

function optimiserScalars({ optimiser }: ExperimentConfig): Ramps {
  const { part, options } = bindPart(optimisers, optimiser, 'name');
  return part.scheduled?.(options) ?? {};
}

/** Recorded only: every program that averages takes the decay as an input of its own. */
function averageDecay(
  { ema }: ExperimentConfig,
  progressAt: (step: number) => number,
): RunSettings['scheduled'] {
  if (ema === false) return {};
  const { decay } = ema;
  const isScheduled = isRamp(decay) || (typeof decay === 'object' && isRamp(decay.halfLife));
  return isScheduled ? { [SCHEDULED.emaDecay]: (step) => emaDecayAt(ema, step, progressAt(step)) } : {};
}
