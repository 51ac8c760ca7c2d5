/** All metrics that `gan evaluate` and the config can name. */
import type { Metric } from './metric';
import { classAccuracy } from './metrics/class-accuracy';
import { fid } from './metrics/fid';
import { inceptionScore } from './metrics/inception-score';
import { jensenShannon } from './metrics/jensen-shannon';
import { kid } from './metrics/kid';
import { l1 } from './metrics/l1';
import { meanIou } from './metrics/mean-iou';
import { modes } from './metrics/modes';
import { neighbourhoods } from './metrics/neighbourhoods';
import type { PairedMetric } from './metrics/paired-metric';
import { pixelAccuracy } from './metrics/pixel-accuracy';
import { psnr } from './metrics/psnr';
import { slicedWasserstein } from './metrics/sliced-wasserstein';
import { ssim } from './metrics/ssim';
import { stackedModes } from './metrics/stacked-modes';
import { wasserstein } from './metrics/wasserstein';

/** Those that compare images with their targets. */
export const pairedMetrics: readonly PairedMetric[] = [psnr, ssim, l1, meanIou, pixelAccuracy];

/** In the order in which scores are reported. */
export const metrics: readonly Metric[] = [
  ...pairedMetrics,
  modes,
  stackedModes,
  fid,
  kid,
  neighbourhoods,
  inceptionScore,
  slicedWasserstein,
  wasserstein,
  jensenShannon,
  classAccuracy,
];
