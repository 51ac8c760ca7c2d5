/** Experiments with networks of a few channels, for tests of what is made of trained ones. */
import { folderData } from './checkpointed-run';

export const dcgan = {
  generator: { network: 'dcgan', channels: [4, 3], kernelSize: 3 },
  discriminator: { network: 'dcgan', channels: [3, 4], kernelSize: 4, batchNorm: true },
};
export const images = { data: folderData(), latent: { size: 5 }, ...dcgan };
export const digits = { ...images, data: { source: 'digits', batchSize: 4 } };
export const pairs = folderData({ source: 'pairs', imageSize: 16 });
export const patchgan = { network: 'patchgan', channels: 3, layers: 1 };
