/** All regularisers that a config can name. */
import { consistency } from './consistency';
import { dragan } from './dragan';
import { gradientPenalty } from './gradient-penalty';
import { instanceNoise } from './instance-noise';
import { lecam } from './lecam';
import { pac } from './pac';
import { r1 } from './r1';
import { r2 } from './r2';
import { reconstruction } from './reconstruction';
import type { Regulariser } from './regulariser';
import { san } from './san';
import { spectralNorm } from './spectral-norm';
import { weightClipping } from './weight-clipping';

export const regularisers: readonly Regulariser[] = [
  r1,
  r2,
  gradientPenalty,
  dragan,
  spectralNorm,
  weightClipping,
  instanceNoise,
  consistency,
  lecam,
  pac,
  reconstruction,
  san,
];
