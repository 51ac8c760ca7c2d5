import { said } from '../../shared/said';
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
      said('The discriminator’s loss reached a magnitude of {0} at step {1}.', size, step),
  },
  {
    name: 'generatorLoss',
    of: generatorLoss,
    told: (size: string, step: number) =>
      said('The generator’s loss reached a magnitude of {0} at step {1}.', size, step),
  },
  {
    name: 'discriminatorGradientNorm',
    of: discriminatorGradient,
    told: (size: string, step: number) =>
      said('The discriminator’s gradient norm reached {0} at step {1}.', size, step),
  },
  {
    name: 'generatorGradientNorm',
    of: generatorGradient,
    told: (size: string, step: number) =>
      said('The generator’s gradient norm reached {0} at step {1}.', size, step),
  },
] as const;

/** Said while there is still time: NaN ends a run, and the numbers before it tell where it comes from. */
export const nanPrecursors: CurveRule = {
  name: 'nan-precursors',
  title: 'NaN is imminent',
  watches: 'curves',
  isUrgent: true,
  symptom: 'A loss or the norm of a gradient is larger by orders of magnitude than any healthy GAN’s.',
  explanation:
    'Numbers are computed in 32 bits, which end at 3.4e38, and gradients are squared on the way, so that 1e19 is too much already. Losses and gradients that grow by orders of magnitude within a few steps go on growing until one is infinite; infinity minus infinity is NaN, and one NaN in a weight makes everything NaN in the next step. Training stops then, and keeps the state before it.',
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
