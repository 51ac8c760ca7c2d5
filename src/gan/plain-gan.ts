/** The textbook GAN with nothing added, for benchmarks and self-tests, which choose only networks and sizes. */
import { nonSaturating } from './objectives/non-saturating';
import { adam } from './optimisers/adam';
import { bindOptimiser } from './optimisers/bind-optimiser';
import type { GanSettings } from './settings';

type Chosen = Pick<GanSettings, 'example' | 'batchSize' | 'generator' | 'discriminator'>;

/** Non-saturating loss, Adam at 2e-4 with β 0.5 and 0.999, one discriminator update per step, no weight averaging. */
export function plainGan(
  latentSize: number,
  chosen: Chosen,
  changes: Partial<GanSettings> = {},
): GanSettings {
  const smoothing = { labelSmoothing: 0 };
  return {
    ...chosen,
    source: { kind: 'latents', size: latentSize, prior: 'normal' },
    classes: 0,
    objective: {
      generatorUsesReal: false,
      discriminatorLoss: (logits, random) => nonSaturating.discriminatorLoss(logits, smoothing, random),
      generatorLoss: (logits) => nonSaturating.generatorLoss(logits, smoothing),
    },
    adversarialWeight: 1,
    topK: 1,
    generatorLosses: [],
    generatorRegularisers: [],
    regularisers: [],
    auxiliary: undefined,
    augmentation: undefined,
    optimiser: bindOptimiser(adam, { beta1: 0.5, beta2: 0.999, epsilon: 1e-8 }),
    learningRate: { generator: 2e-4, discriminator: 2e-4 },
    learningRateFactor: () => 1,
    gradientClipping: undefined,
    averaging: undefined,
    criticSteps: 1,
    accumulate: 1,
    totalSteps: 1,
    frozenLayers: { generator: [], discriminator: [] },
    scheduled: {},
    ...changes,
  };
}
