/** Every network that a config can name, generators and discriminators. */
import { dcganDiscriminator, dcganGenerator } from './dcgan';
import { textbookDiscriminator, textbookGenerator } from './dcgan-textbook';
import { mlpDiscriminator, mlpGenerator } from './mlp';
import type { NetworkDefinition } from './network';

export const networks: readonly NetworkDefinition[] = [
  dcganGenerator,
  dcganDiscriminator,
  textbookGenerator,
  textbookDiscriminator,
  mlpGenerator,
  mlpDiscriminator,
];
