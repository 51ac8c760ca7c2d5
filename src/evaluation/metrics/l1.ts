/** Mean absolute error of the pixels. */
import type { HostTensor } from '../../shared/host-tensor';
import { imagePair } from './images';
import { pairedMetric } from './paired-metric';

/** Mean of |generated - target| over all values, which are in [-1, 1]. */
export function meanAbsoluteError(generated: HostTensor, targets: HostTensor): number {
  const [a, b] = imagePair(generated, targets);
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0));
  return sum / a.data.length;
}

export const l1 = pairedMetric({
  name: 'l1',
  title: 'L1',
  description: 'Mean absolute difference between output and target; values are in [-1, 1].',
  compare: meanAbsoluteError,
});
