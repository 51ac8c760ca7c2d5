/** Inception score: whether samples are recognisable and cover many classes, by a classifier of the data's classes. */
import { type ClassShare, shareDetails } from '../../shared/class-scores';
import { localizable } from '../../shared/localizable-text';
import type { FloatMatrix } from '../algebra/matrix';
import { selectRows } from '../algebra/matrix';
import type { ClassEvidence, Metric } from '../metric';
import { required } from '../metric';
import { likeliestClasses } from './class-accuracy';

const SPLITS = 10;
/** Minimum expected samples of a class; with fewer, its share says nothing, since chance alone could miss it. */
const LEAST_EXPECTED = 20;

/** exp of the mean KL divergence between p(y|x), the rows `[count, classes]`, and their mean p(y). */
export function inceptionScoreOf({ rows, columns, data }: FloatMatrix): number {
  const marginal = new Float64Array(columns);
  for (let i = 0; i < data.length; i++)
    marginal[i % columns] = (marginal[i % columns] ?? 0) + (data[i] ?? 0) / rows;
  let divergence = 0;
  for (let i = 0; i < data.length; i++) {
    const p = data[i] ?? 0;
    if (p > 0) divergence += (p * Math.log(p / (marginal[i % columns] ?? 0))) / rows;
  }
  return Math.exp(divergence);
}

/**
 * Returns rows `first`, `first + n`, …: samples of a conditional generator are sorted by class, and each part needs all
 * classes.
 */
export function everyNth(matrix: FloatMatrix, first: number, n: number): FloatMatrix {
  const count = Math.floor((matrix.rows - first - 1) / n) + 1;
  return selectRows(
    matrix,
    Array.from({ length: count }, (_, i) => first + n * i),
  );
}

/** Frequency of each class among samples, relative to its frequency among real examples, both by the classifier. */
export function classShares(
  probabilities: FloatMatrix,
  { probabilities: ofReal, names }: NonNullable<ClassEvidence['real']>,
): readonly ClassShare[] {
  const made = likeliestClasses(probabilities);
  const labels = likeliestClasses(ofReal);
  const count = (all: Int32Array, wanted: number): number =>
    all.reduce((sum, label) => sum + (label === wanted ? 1 : 0), 0);
  return Array.from({ length: probabilities.columns }, (_, c) => c).flatMap((c) => {
    const expected = (count(labels, c) / labels.length) * made.length;
    if (expected < LEAST_EXPECTED) return [];
    return [{ label: names?.[c] ?? String(c), share: count(made, c) / expected }];
  });
}

export const inceptionScore: Metric = {
  name: 'inceptionScore',
  title: 'Inception score',
  description:
    'How confidently a classifier recognises each sample, and how evenly the classes occur; from 1 to the number of classes. Ignores the real examples and does not detect collapse within a class. Not comparable with published values, because the classifier is trained on the dataset itself.',
  paper: 'Salimans et al. 2016, "Improved Techniques for Training GANs", section 4',
  needs: ['classes'],
  score({ classes }) {
    const { probabilities, accuracy, real } = required(classes, 'inceptionScore', 'classes');
    const parts = Array.from({ length: SPLITS }, (_, i) =>
      inceptionScoreOf(everyNth(probabilities, i, SPLITS)),
    );
    const mean = parts.reduce((sum, part) => sum + part, 0) / SPLITS;
    const deviation = Math.sqrt(parts.reduce((sum, part) => sum + (part - mean) ** 2, 0) / SPLITS);
    return [
      {
        name: 'inceptionScore',
        value: mean,
        details: {
          standardDeviation: deviation,
          splits: SPLITS,
          classifierHeldOutAccuracy: accuracy,
          ...(real === undefined ? {} : shareDetails(classShares(probabilities, real))),
        },
      },
    ];
  },
  unsuitable: ({ generated }) =>
    (generated.shape[0] ?? 0) >= 2 * SPLITS
      ? undefined
      : localizable('{0} splits need {1} samples', SPLITS, 2 * SPLITS),
};
