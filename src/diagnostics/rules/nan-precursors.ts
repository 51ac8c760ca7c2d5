import { localizable } from '../../shared/localizable-text';
import {
  discriminatorGradient,
  discriminatorLoss,
  generatorGradient,
  generatorLoss,
  shown,
} from '../numbers';
import type { CurveRule } from '../rule';
import { clipGradients, divideRate } from '../suggestions';
import { NAN_PRECURSORS } from '../thresholds';

const WATCHED = [
  {
    name: 'discriminatorLoss',
    of: discriminatorLoss,
    told: (size: string, step: number) =>
      localizable('The discriminator’s loss reached a magnitude of {0} at step {1}.', size, step),
  },
  {
    name: 'generatorLoss',
    of: generatorLoss,
    told: (size: string, step: number) =>
      localizable('The generator’s loss reached a magnitude of {0} at step {1}.', size, step),
  },
  {
    name: 'discriminatorGradientNorm',
    of: discriminatorGradient,
    told: (size: string, step: number) =>
      localizable('The discriminator’s gradient norm reached {0} at step {1}.', size, step),
  },
  {
    name: 'generatorGradientNorm',
    of: generatorGradient,
    told: (size: string, step: number) =>
      localizable('The generator’s gradient norm reached {0} at step {1}.', size, step),
  },
] as const;

/** Warns while there is still time: NaN ends a run, and the numbers before it show where it comes from. */
export const nanPrecursors: CurveRule = {
  name: 'nan-precursors',
  title: 'NaN is imminent',
  watches: 'curves',
  isUrgent: true,
  symptom: 'A loss or gradient norm is orders of magnitude larger than in any healthy GAN.',
  explanation:
    'Training uses 32-bit numbers, which overflow at 3.4e38, and gradients are squared, so values of 1e19 are already too large. Losses and gradients that grow by orders of magnitude within a few steps soon become infinite. Infinity minus infinity is NaN, and one NaN in a weight spreads to everything in the next step. Training then stops and keeps the last valid state.',
  causedBy: ['penaltyWeight'],
  judge(curves) {
    const record = curves.newest;
    if (record === undefined) return undefined;
    const sizes = WATCHED.map(({ name, of, told }) => ({ name, told, size: Math.abs(of(record)) }));
    const [largest] = sizes.toSorted((a, b) => b.size - a.size);
    if (largest === undefined || largest.size <= NAN_PRECURSORS.magnitude) return undefined;
    return {
      severity: 'error',
      message: largest.told(shown(largest.size), record.step),
      evidence: Object.fromEntries(sizes.map(({ name, size }) => [name, size])),
    };
  },
  suggestions: ({ config }) => {
    const { generatorLearningRate: generator, discriminatorLearningRate: discriminator } = config.optimiser;
    const faster = generator > discriminator ? 'generator' : 'discriminator';
    const slower = generator > discriminator ? 'discriminator' : 'generator';
    return [
      divideRate(config, faster, generator === discriminator ? 10 : 100),
      clipGradients(1),
      divideRate(config, slower, 10),
    ];
  },
};
