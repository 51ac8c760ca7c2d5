/** All objectives that a config can name. */
import { hinge } from './hinge';
import { leastSquares } from './least-squares';
import { minimax } from './minimax';
import { nonSaturating } from './non-saturating';
import type { Objective } from './objective';
import { relativisticAverage } from './relativistic-average';
import { relativisticPairing } from './relativistic-pairing';
import { wasserstein } from './wasserstein';

export const objectives: readonly Objective[] = [
  nonSaturating,
  minimax,
  leastSquares,
  wasserstein,
  hinge,
  relativisticAverage,
  relativisticPairing,
];
