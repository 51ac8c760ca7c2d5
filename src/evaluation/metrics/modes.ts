/**
 * How well a generator has learnt a mixture of Gaussians with known modes: two scores from one pass over the points.
 */
import type { PointMixture } from '../../data/points/distribution';
import type { HostTensor } from '../../shared/host-tensor';
import type { Metric } from '../metric';
import { required } from '../metric';

const NEAR_IN_DEVIATIONS = 3;

export interface ModeCounts {
  /** Number of good samples per mode. */
  readonly good: readonly number[];
  readonly modesCovered: number;
  readonly highQualityShare: number;
}

/**
 * A sample `[count, 2]` is good if it is within three standard deviations of the nearest mode's centre; a mode is
 * covered if it has a good sample (Srivastava et al. 2017, "VEEGAN", section 4.1).
 */
export function countModes(
  { shape, data }: HostTensor,
  { modes, standardDeviation }: PointMixture,
): ModeCounts {
  const [count = 0] = shape;
  const good = modes.map(() => 0);
  for (let i = 0; i < count; i++) {
    const distances = modes.map(([x, y]) => Math.hypot((data[2 * i] ?? 0) - x, (data[2 * i + 1] ?? 0) - y));
    const nearest = distances.reduce(
      (best, distance, k) => (distance < (distances[best] ?? 0) ? k : best),
      0,
    );
    if ((distances[nearest] ?? Number.POSITIVE_INFINITY) <= NEAR_IN_DEVIATIONS * standardDeviation)
      good[nearest] = (good[nearest] ?? 0) + 1;
  }
  return {
    good,
    modesCovered: good.filter((samples) => samples > 0).length,
    highQualityShare: good.reduce((sum, samples) => sum + samples, 0) / count,
  };
}

export const modes: Metric = {
  name: 'modes',
  title: 'Modes and quality',
  description:
    'For toy data: number of Gaussians with a sample within three standard deviations of the centre, and fraction of samples within that distance of a centre.',
  paper: 'Srivastava et al. 2017, "VEEGAN", section 4.1',
  needs: ['mixture'],
  score({ generated, mixture }) {
    const known = required(mixture, 'modes', 'data whose modes are known');
    const { good, modesCovered, highQualityShare } = countModes(generated, known);
    const details = {
      modes: known.modes.length,
      smallestMode: Math.min(...good),
      largestMode: Math.max(...good),
    };
    return [
      { name: 'modesCovered', value: modesCovered, details },
      { name: 'highQualityShare', value: highQualityShare },
    ];
  },
};
