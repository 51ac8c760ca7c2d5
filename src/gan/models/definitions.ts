/** The models that ship: what each shorthand stands for. */
import type { ExampleShape } from '../../data/source';
import type { ModelDefinition } from './model';

/** Channels of a DCGAN for this size: the coarsest map is 7 or 8 pixels for small images and 4 for large ones. */
function dcganChannels(example: ExampleShape): number[] {
  const size = example.kind === 'image' ? Math.max(example.height, example.width) : 28;
  return size > 32 ? [64, 128, 256, 512] : [64, 128];
}

export const dcgan: ModelDefinition = {
  name: 'dcgan',
  title: 'DCGAN',
  description:
    'Convolutional generator and discriminator for images of 28, 32 or 64 pixels, gray or colour, with batch normalisation in every hidden layer of the generator. The default for images.',
  expand(example) {
    const finestFirst = dcganChannels(example);
    const kernelSize = finestFirst.length > 2 ? 4 : 5;
    return {
      generator: { network: 'dcgan', channels: [...finestFirst].reverse(), kernelSize },
      discriminator: { network: 'dcgan', channels: finestFirst, kernelSize },
      overrides: {},
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
    },
  }),
};
