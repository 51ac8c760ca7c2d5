/** The built-in models: the networks and settings behind each shorthand. */
import type { DataShape } from '../../shared/example-shape';
import type { ModelDefinition } from './model';

/** Above this many pixels, the sizes and rates of the DCGAN paper; up to it, smaller and faster networks. */
const SMALL_IMAGE = 32;

export const dcgan: ModelDefinition = {
  name: 'dcgan',
  title: 'DCGAN',
  description:
    'Convolutional generator and discriminator for images of 28, 32 or 64 pixels, grey or colour, with batch normalisation in every hidden layer of the generator. The default for images.',
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
      // R1 permits a learning rate ten times the paper's, which a training run of a few minutes needs.
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
    'The textbook’s convolutional GAN for 28×28 greyscale images, for study and benchmarks. "dcgan" trains better.',
  expand: () => ({
    generator: { network: 'dcgan-textbook' },
    discriminator: { network: 'dcgan-textbook' },
    overrides: {},
  }),
};

export const gan: ModelDefinition = {
  name: 'gan',
  title: 'Original GAN',
  description: 'Multi-layer perceptrons on flattened images, as in the original paper.',
  expand: () => ({
    generator: { network: 'mlp', hidden: [256, 512, 1024] },
    discriminator: { network: 'mlp', hidden: [512, 256] },
    overrides: {},
  }),
};

export const toy2d: ModelDefinition = {
  name: 'toy2d',
  title: 'Toy GAN for 2-D points',
  description:
    'Small multi-layer perceptrons for 2-D points, with R1 regularisation: the quickest way to watch a GAN learn.',
  expand: () => ({
    generator: { network: 'mlp', hidden: [128, 128, 128] },
    discriminator: { network: 'mlp', hidden: [128, 128, 128] },
    overrides: {
      data: { batchSize: 256 },
      latent: { size: 2 },
      regularisers: [{ name: 'r1', weight: 0.1 }],
      optimiser: { generatorLearningRate: 0.001, discriminatorLearningRate: 0.001 },
      length: { steps: 5000 },
      // Matrix products this small gain nothing from a second thread.
      engine: { threads: 1 },
    },
  }),
};

function sizeOf({ example }: DataShape): number {
  return example.kind === 'image' ? Math.max(example.height, example.width) : SMALL_IMAGE;
}

/**
 * Residual networks by image size: down to 7×7 or 8×8 for small images, the paper's widths divided by four for larger
 * ones.
 */
function residual(data: DataShape): { generator: number[]; discriminator: number[]; halvings: number } {
  return sizeOf(data) > SMALL_IMAGE
    ? { generator: [256, 128, 64, 32, 16], discriminator: [16, 32, 64, 128, 256], halvings: 4 }
    : { generator: [64, 64, 64], discriminator: [64, 64, 64], halvings: 2 };
}

export const sngan: ModelDefinition = {
  name: 'sngan',
  title: 'SNGAN',
  description:
    'Residual networks with spectral normalisation and the hinge loss (Miyato et al. 2018), narrower than in the paper for training on a CPU.',
  expand(data) {
    const { generator, discriminator, halvings } = residual(data);
    return {
      generator: { network: 'resnet', channels: generator },
      discriminator: { network: 'resnet', channels: discriminator, halvings },
      overrides: {
        data: { batchSize: 32 },
        objective: 'hinge',
        regularisers: ['spectral-norm'],
        optimiser: { beta1: 0, beta2: 0.9 },
      },
    };
  },
};

export const wganGp: ModelDefinition = {
  name: 'wgan-gp',
  title: 'WGAN-GP',
  description:
    'DCGAN networks with the Wasserstein loss and gradient penalty (Gulrajani et al. 2017), with five critic updates per step.',
  expand(data) {
    const isLarge = sizeOf(data) > SMALL_IMAGE;
    const channels = isLarge ? [256, 128, 64, 32] : [96, 48];
    return {
      generator: { network: 'dcgan', channels, kernelSize: isLarge ? 4 : 5 },
      discriminator: {
        network: 'dcgan',
        channels: isLarge ? [32, 64, 128, 256] : [32, 64],
        kernelSize: isLarge ? 4 : 5,
        norm: 'layer',
      },
      overrides: {
        data: { batchSize: 32 },
        objective: 'wasserstein',
        regularisers: ['gradient-penalty'],
        optimiser: { beta1: 0, beta2: 0.9, generatorLearningRate: 0.0005, discriminatorLearningRate: 0.0005 },
        criticSteps: 5,
      },
    };
  },
};

/** Smallest side that the networks of StyleGAN2 start from. */
const SMALLEST = 4;

/** Channels at each size, smallest first, halved where the size doubles beyond 16 pixels. */
function channelsBySize({ example }: DataShape): number[] {
  const [height, width] =
    example.kind === 'image' ? [example.height, example.width] : [SMALL_IMAGE, SMALL_IMAGE];
  const channels: number[] = [];
  for (let scale = 1; Number.isInteger(height / scale) && Number.isInteger(width / scale); scale *= 2) {
    const size = Math.max(height, width) / scale;
    if (Math.min(height, width) / scale < SMALLEST) break;
    channels.unshift(Math.max(8, Math.min(64, 2 ** Math.round(Math.log2(1024 / size)))));
  }
  return channels;
}

export const stylegan2: ModelDefinition = {
  name: 'stylegan2',
  title: 'StyleGAN2',
  description:
    'Style-based generator and residual discriminator (Karras et al. 2020) with the authors’ settings for small datasets, at an eighth of their width, for images of 28 to 256 pixels, square or not.',
  expand(data) {
    const channels = channelsBySize(data);
    const { example } = data;
    const pixels = example.kind === 'image' ? example.height * example.width : SMALL_IMAGE ** 2;
    const batchSize = 32;
    return {
      generator: { network: 'stylegan2', channels, mappingLayers: 2 },
      discriminator: { network: 'stylegan2', channels: channels.toReversed() },
      overrides: {
        data: { batchSize },
        latent: { size: 64 },
        regularisers: [{ name: 'r1', weight: (0.0002 * pixels) / batchSize, every: 16 }],
        generatorRegularisers: ['path-length'],
        optimiser: {
          beta1: 0,
          beta2: 0.99,
          generatorLearningRate: 0.002,
          discriminatorLearningRate: 0.002,
        },
        // Ten thousand images of a batch of 32.
        ema: { decay: { halfLife: 312.5 } },
      },
    };
  },
};

export const pix2pix: ModelDefinition = {
  name: 'pix2pix',
  title: 'pix2pix',
  description:
    'Image-to-image translation for paired images: U-Net, PatchGAN and L1 loss (Isola et al. 2017), at a quarter of the paper’s width.',
  expand: (data) => ({
    generator: { network: 'unet', channels: 16 },
    discriminator: { network: 'patchgan', channels: 16, layers: sizeOf(data) > 128 ? 3 : 2 },
    overrides: { data: { batchSize: 4 }, generatorLosses: ['l1'] },
  }),
};

export const srgan: ModelDefinition = {
  name: 'srgan',
  title: 'SRGAN',
  description:
    'Super-resolution with SRResNet and a pixel loss (Ledig et al. 2017), small and without batch normalisation.',
  expand: () => ({
    generator: { network: 'srresnet', channels: 32, blocks: 4, norm: 'none' },
    discriminator: { network: 'srgan', channels: [16, 32], units: 128, norm: 'none' },
    overrides: {
      data: { batchSize: 16 },
      generatorLosses: ['l1'],
      adversarialWeight: 0.1,
      optimiser: { beta1: 0.9 },
    },
  }),
};

export const cyclegan: ModelDefinition = {
  name: 'cyclegan',
  title: 'CycleGAN',
  description:
    'Unpaired image-to-image translation: residual generators, PatchGANs, least-squares and cycle-consistency losses (Zhu et al. 2017), at a quarter of the paper’s width.',
  expand: (data) => ({
    generator: { network: 'resnet-translate', channels: 16, blocks: sizeOf(data) > 128 ? 6 : 3 },
    discriminator: { network: 'patchgan', channels: 16, layers: sizeOf(data) > 128 ? 3 : 2 },
    // Learning rate schedule of section 4 of the paper.
    overrides: {
      data: { batchSize: 2 },
      objective: 'least-squares',
      schedule: { name: 'linear', start: 0.5 },
    },
  }),
};

/** Widths of the paper divided by four, by size; larger images have as many as the last. */
const FASTGAN_GENERATOR = [256, 128, 64, 32, 32, 16, 8];
const FASTGAN_DISCRIMINATOR = [256, 128, 64, 32, 16, 8];

export const fastgan: ModelDefinition = {
  name: 'fastgan',
  title: 'FastGAN',
  description:
    'For 50 to 500 images of 32 to 256 pixels: skip-layer excitation, a self-supervised discriminator, hinge loss and augmentation (Liu et al. 2021), at a quarter of the paper’s width.',
  expand(data) {
    const doublings = halvingsTo(sizeOf(data), 4);
    const halvings = halvingsTo(sizeOf(data), 7);
    return {
      generator: {
        network: 'fastgan',
        channels: widths(FASTGAN_GENERATOR, doublings + 1),
        excitation: Math.min(4, doublings),
      },
      discriminator: { network: 'fastgan', channels: widths(FASTGAN_DISCRIMINATOR, halvings + 1).reverse() },
      overrides: {
        data: { batchSize: 8 },
        latent: { size: 256 },
        objective: { name: 'hinge', jitter: 0.2 },
        regularisers: ['spectral-norm', 'reconstruction'],
        augmentation: { transforms: ['colour', 'translation'] },
        ema: { decay: 0.999 },
      },
    };
  },
};

/** Number of halvings of an image that leave at least so many pixels. */
function halvingsTo(size: number, least: number): number {
  return size % 2 === 0 && size / 2 >= least ? 1 + halvingsTo(size / 2, least) : 0;
}

function widths(bySize: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, i) => bySize[i] ?? bySize.at(-1) ?? 8);
}

export const conditional: ModelDefinition = {
  name: 'conditional',
  title: 'Conditional DCGAN',
  description:
    'Class-conditional DCGAN networks: conditional batch normalisation in the generator, projection in the discriminator (Miyato & Koyama 2018). For datasets with labels.',
  expand(data) {
    const { generator, discriminator, overrides } = dcgan.expand(data);
    const conditioning = { name: 'projection', generator: 'batch-norm' };
    return { generator, discriminator, overrides: { ...overrides, conditioning } };
  },
};
