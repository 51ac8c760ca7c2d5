/** Solutions of the exercises that goals of lessons depend on: changes to a copied experiment, by lesson. */

export interface Solution {
  /** Name of the experiment to change, without extension. */
  readonly experiment: string;
  /** Values by the keys of the experiment. */
  readonly changes: Readonly<Record<string, unknown>>;
}

/** By the name of the lesson's folder, without the number of lessons, which may change. */
export const SOLUTIONS: Readonly<Record<string, readonly Solution[]>> = {
  'lab-1-perceptrons': [
    {
      experiment: 'own',
      changes: {
        generator: {
          network: 'layers',
          layers: [
            { layer: 'dense', units: 256 },
            { layer: 'batch-norm' },
            { layer: 'activation', function: 'leaky-relu' },
            { layer: 'dense', units: 512 },
            { layer: 'batch-norm' },
            { layer: 'activation', function: 'leaky-relu' },
            { layer: 'dense', units: 784 },
            { layer: 'activation', function: 'tanh' },
            { layer: 'reshape', to: [28, 28, 1] },
          ],
        },
        discriminator: {
          network: 'layers',
          layers: [
            { layer: 'flatten' },
            { layer: 'dense', units: 512 },
            { layer: 'activation', function: 'leaky-relu' },
            { layer: 'dropout', rate: 0.3 },
            { layer: 'dense', units: 256 },
            { layer: 'activation', function: 'leaky-relu' },
            { layer: 'dropout', rate: 0.3 },
            { layer: 'dense', units: 1 },
          ],
        },
        optimiser: { generatorLearningRate: 0.0005, discriminatorLearningRate: 0.0005 },
        ema: { decay: 0.998 },
      },
    },
  ],
  'lab-2-dcgan': [
    {
      experiment: 'own',
      changes: {
        generator: {
          network: 'layers',
          layers: [
            { layer: 'dense', units: 1568, useBias: false },
            { layer: 'reshape', to: [7, 7, 32] },
            { layer: 'batch-norm' },
            { layer: 'activation', function: 'relu' },
            { layer: 'upsample', filters: 32, kernelSize: 4, useBias: false },
            { layer: 'batch-norm' },
            { layer: 'activation', function: 'relu' },
            { layer: 'upsample', filters: 1, kernelSize: 4 },
            { layer: 'activation', function: 'tanh' },
          ],
        },
        discriminator: {
          network: 'layers',
          layers: [
            { layer: 'conv', filters: 16, kernelSize: 4, strides: 2 },
            { layer: 'activation', function: 'leaky-relu' },
            { layer: 'conv', filters: 32, kernelSize: 4, strides: 2, useBias: false },
            { layer: 'batch-norm' },
            { layer: 'activation', function: 'leaky-relu' },
            { layer: 'flatten' },
            { layer: 'dense', units: 1 },
          ],
        },
        optimiser: { generatorLearningRate: 0.001, discriminatorLearningRate: 0.001, beta1: 0.5 },
      },
    },
  ],
  'lab-3-wgan': [
    {
      experiment: 'own',
      changes: {
        regularisers: [{ name: 'gradient-penalty', weight: 10 }],
        optimiser: {
          beta1: 0,
          beta2: 0.9,
          generatorLearningRate: 0.001,
          discriminatorLearningRate: 0.001,
        },
      },
    },
  ],
  'two-losses': [{ experiment: 'minimax', changes: { regularisers: [{ name: 'r1', weight: 0.1 }] } }],
};
