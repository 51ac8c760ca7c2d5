/** All rules that monitor training, in the order of the documentation. */
import type { Rule } from './rule';
import { discriminatorOverpowering } from './rules/discriminator-overpowering';
import { diversityLoss } from './rules/diversity-loss';
import { generatorGradientExploding } from './rules/generator-gradient-exploding';
import { generatorGradientVanishing } from './rules/generator-gradient-vanishing';
import { learningRateTooHigh } from './rules/learning-rate-too-high';
import { memorisation } from './rules/memorisation';
import { modeCollapse } from './rules/mode-collapse';
import { nanPrecursors } from './rules/nan-precursors';
import { oscillation } from './rules/oscillation';
import { stalled } from './rules/stalled';

export const rules: readonly Rule[] = [
  discriminatorOverpowering,
  generatorGradientVanishing,
  generatorGradientExploding,
  learningRateTooHigh,
  nanPrecursors,
  oscillation,
  modeCollapse,
  diversityLoss,
  memorisation,
  stalled,
];
