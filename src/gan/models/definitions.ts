/** The models that ship: what each shorthand stands for. */
import type { ModelDefinition } from './model';

/** Beyond this many pixels the sizes and rates of the DCGAN paper; below it smaller, quicker networks. */
const SMALL_IMAGE = 32;

export const dcgan: ModelDefinition = {
  name: 'dcgan',
  title: 'DCGAN',
  description:
    'Convolutional generator and discriminator for images of 28, 32 or 64 pixels, gray or colour, with batch normalisation in every hidden layer of the generator. The default for images.',
  expand({ example }) {
    const size = example.kind === 'image' ? Math.max(example.height, example.width) : SMALL_IMAGE;
    if (size > SMALL_IMAGE)
      return {
        generator: { network: 'dcgan', channels: [512, 256, 128, 64], kernelSize: 4 },
        discriminator: { network: 'dcgan', channels: [64, 128, 256, 512], kernelSize: 4, batchNorm: true },
        overrides: {},
      };
    return {
      generator: { network: 'dcgan', channels: [96, 48], kernelSize: 5 },
      discriminator: { network: 'dcgan', channels: [32, 64], kernelSize: 5 },
      // R1 carries a learning rate ten times the paper's, which a few minutes of training need.
      overrides: {
        data: { batchSize: 32 },
        latent: { size: 64 },
        regularisers: [{ name: 'r1', weight: 0.5, every: 2 }],
        optimiser: { beta2: 0.99, generatorLearningRate: 0.002, discriminatorLearningRate: 0.002 },
        ema: { decay: 0.998 },
      },
    };
  },
};

export const dcganTextbook: ModelDefinition = {
  name: 'dcgan-textbook',
  title: 'Textbook DCGAN',
  description:
    'The convolutional GAN of the chapter, exactly: gray 28×28 images, one batch norm. For study and for benchmarks; "dcgan" trains better.',
  expand: () => ({
    generator: { network: 'dcgan-textbook' },
    discriminator: { network: 'dcgan-textbook' },
    overrides: {},
  }),
};

export const gan: ModelDefinition = {
  name: 'gan',
  title: 'GAN of 2014',
  description: 'Multi-layer perceptrons on flattened images, as in the first paper.',
  expand: () => ({
    generator: { network: 'mlp', hidden: [256, 512, 1024] },
    discriminator: { network: 'mlp', hidden: [512, 256] },
    overrides: {},
  }),
};

export const toy2d: ModelDefinition = {
  name: 'toy2d',
  title: 'Toy GAN in the plane',
  description:
    'Small perceptrons on two-dimensional points: the quickest way to watch a GAN learn. R1 keeps it dependable.',
  expand: () => ({
    generator: { network: 'mlp', hidden: [128, 128, 128] },
    discriminator: { network: 'mlp', hidden: [128, 128, 128] },
    overrides: {
      data: { batchSize: 256 },
      latent: { size: 2 },
      regularisers: [{ name: 'r1', weight: 0.1 }],
      optimiser: { generatorLearningRate: 0.001, discriminatorLearningRate: 0.001 },
      length: { steps: 5000 },
      // Products this small gain nothing from a second thread.
      engine: { threads: 1 },
    },
  }),
};
