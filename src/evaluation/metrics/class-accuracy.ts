/** Whether samples of a class are recognised as that class by a classifier trained on the real examples. */

import { localizable } from '../../shared/localizable-text';
import type { FloatMatrix } from '../algebra/matrix';
import type { Metric } from '../metric';
import { required } from '../metric';

/** Returns the most probable class of each row `[count, classes]`, the first one in a tie. */
export function likeliestClasses({ rows, columns, data }: FloatMatrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let c = 1; c < columns; c++)
      if ((data[row * columns + c] ?? 0) > (data[row * columns + best] ?? 0)) best = c;
    return best;
  });
}

export function shareEqual(found: Int32Array, expected: Int32Array): number {
  return found.reduce((right, label, i) => right + (label === expected[i] ? 1 : 0), 0) / found.length;
}

export const classAccuracy: Metric = {
  name: 'classAccuracy',
  title: 'Class accuracy',
  description:
    'Fraction of samples that a classifier, trained on the real examples, assigns to the class they were generated for. The classifier’s accuracy on held-out real examples is reported with it.',
  paper: 'Odena et al. 2017, "Conditional Image Synthesis with Auxiliary Classifier GANs", section 4.1',
  needs: ['classes'],
  unsuitable: ({ classes }) =>
    classes?.asked === undefined ? localizable('the generator is not class-conditional') : undefined,
  score({ classes }) {
    const { probabilities, asked, accuracy } = required(classes, 'classAccuracy', 'labels');
    const labels = required(asked, 'classAccuracy', 'classes that were asked for');
    return [
      {
        name: 'classAccuracy',
        value: shareEqual(likeliestClasses(probabilities), labels),
        details: { classifierHeldOutAccuracy: accuracy },
      },
    ];
  },
};
