/** How many of the modes of stacked data a generator makes, and how evenly. */
import type { Metric } from '../metric';
import { required } from '../metric';

export interface StackedModes {
  readonly modes: number;
  /** In nats. */
  readonly divergence: number;
}

/**
 * Number of modes among the samples, and the Kullback-Leibler divergence Σ p ln(p / q) of their distribution p from that
 * of the data q. Modes without samples add nothing to it.
 *
 * @param found the mode of each sample
 * @param expected the probability of each mode in the data
 */
export function countStackedModes(found: Int32Array, expected: Float64Array): StackedModes {
  const counts = new Map<number, number>();
  for (const mode of found) counts.set(mode, (counts.get(mode) ?? 0) + 1);
  let divergence = 0;
  for (const [mode, count] of counts) {
    const share = count / found.length;
    divergence += share * Math.log(share / (expected[mode] ?? 0));
  }
  return { modes: counts.size, divergence };
}

export const stackedModes: Metric = {
  name: 'stackedModes',
  title: 'Modes of stacked digits',
  description:
    'For stacked digits: number of combinations among the samples, and the divergence of their distribution from that of the data, as a classifier of the digits reads each channel. Published values use 25,600 or 26,000 samples.',
  paper:
    'Metz et al. 2017, "Unrolled Generative Adversarial Networks", section 3.3.1; Srivastava et al. 2017, "VEEGAN", section 4.2',
  needs: ['stack'],
  score({ stack }) {
    const { modes: found, expected, accuracy } = required(stack, 'stackedModes', 'stacked images');
    const { modes, divergence } = countStackedModes(found, expected);
    const details = { modes: expected.length, classifierHeldOutAccuracy: accuracy };
    return [
      { name: 'modesOfStacked', value: modes, details },
      { name: 'klOfStacked', value: divergence, details },
    ];
  },
};
