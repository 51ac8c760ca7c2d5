/** The values of everything that neither the file nor its model says. */
import { CONFIG_SCHEMA_VERSION } from './schema';

export const COMMON_DEFAULTS: Readonly<Record<string, unknown>> = {
  schemaVersion: CONFIG_SCHEMA_VERSION,
  data: { batchSize: 64 },
  latent: { size: 100, prior: 'normal' },
  objective: 'non-saturating',
  regularisers: [],
  optimiser: {
    name: 'adam',
    beta1: 0.5,
    beta2: 0.999,
    epsilon: 1e-8,
    generatorLearningRate: 2e-4,
    discriminatorLearningRate: 2e-4,
  },
  ema: { decay: 0.995 },
  length: { steps: 2000 },
  criticSteps: 1,
  seed: 0,
  logging: {
    logEvery: 1,
    sampleEvery: 100,
    sampleCount: 64,
    keepRecentSamples: 200,
    checkpointEvery: 500,
    keepCheckpoints: 3,
  },
  engine: { name: 'auto', threads: 'auto' },
};
