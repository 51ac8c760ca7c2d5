/** The smallest experiments of each kind, for tests that train them. */
const TINY = { imageSize: 8, channels: 1, batchSize: 2 };

export const images = {
  data: { source: 'folder', folder: '.', labels: 'folders', ...TINY },
  latent: { size: 3 },
  generator: { network: 'dcgan', channels: [4, 3], kernelSize: 3 },
  discriminator: { network: 'dcgan', channels: [3, 4], kernelSize: 3 },
  length: { steps: 6 },
};

export const points = {
  data: { source: 'points2d', batchSize: 4 },
  generator: { network: 'mlp', hidden: [6] },
  discriminator: { network: 'mlp', hidden: [6] },
  latent: { size: 2 },
  length: { steps: 6 },
};

const pairs = { source: 'pairs', folder: '.', ...TINY };

export const patchgan = { network: 'patchgan', channels: 3, layers: 1 };

export const pix2pix = {
  ...images,
  data: pairs,
  generator: { network: 'unet', channels: 3 },
  discriminator: patchgan,
  generatorLosses: ['l1'],
};

export const superResolution = {
  ...images,
  data: { ...images.data, superResolution: 2 },
  generator: { network: 'srresnet', channels: 3, blocks: 1 },
  discriminator: { network: 'srgan', channels: [3, 3], units: 4 },
  generatorLosses: ['l2', 'features'],
};

export const cycleGan = {
  ...images,
  data: { ...pairs, use: 'unpaired', targets: '..' },
  generator: { network: 'resnet-translate', channels: 2, blocks: 1 },
  discriminator: patchgan,
  cycle: { poolSize: 4 },
};
