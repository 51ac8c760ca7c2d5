/** All models that a config can name. */
import {
  conditional,
  cyclegan,
  dcgan,
  dcganTextbook,
  fastgan,
  gan,
  pix2pix,
  sngan,
  srgan,
  stylegan2,
  toy2d,
  wganGp,
} from './definitions';
import type { ModelDefinition } from './model';

export const models: readonly ModelDefinition[] = [
  dcgan,
  dcganTextbook,
  gan,
  toy2d,
  sngan,
  wganGp,
  stylegan2,
  fastgan,
  conditional,
  pix2pix,
  srgan,
  cyclegan,
];
