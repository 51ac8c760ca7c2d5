/** All networks that a config can name, generators and discriminators. */
import { dcganDiscriminator, dcganGenerator } from './dcgan';
import { textbookDiscriminator, textbookGenerator } from './dcgan-textbook';
import { fastganDiscriminator, fastganGenerator } from './fastgan';
import { layersDiscriminator, layersGenerator } from './layers';
import { mlpDiscriminator, mlpGenerator } from './mlp';
import { moduleDiscriminator, moduleGenerator } from './module';
import type { NetworkDefinition } from './network';
import { patchganDiscriminator } from './patchgan';
import { r3ganDiscriminator, r3ganGenerator } from './r3gan';
import { resnetDiscriminator, resnetGenerator } from './resnet';
import { resnetTranslateGenerator } from './resnet-translate';
import { srganDiscriminator, srresnetGenerator } from './srgan';
import { stylegan2Discriminator } from './stylegan2/discriminator';
import { stylegan2Generator } from './stylegan2/generator';
import { unetGenerator } from './unet';

export const networks: readonly NetworkDefinition[] = [
  dcganGenerator,
  dcganDiscriminator,
  textbookGenerator,
  textbookDiscriminator,
  mlpGenerator,
  mlpDiscriminator,
  resnetGenerator,
  resnetDiscriminator,
  r3ganGenerator,
  r3ganDiscriminator,
  fastganGenerator,
  fastganDiscriminator,
  stylegan2Generator,
  stylegan2Discriminator,
  unetGenerator,
  patchganDiscriminator,
  resnetTranslateGenerator,
  srresnetGenerator,
  srganDiscriminator,
  layersGenerator,
  layersDiscriminator,
  moduleGenerator,
  moduleDiscriminator,
];
