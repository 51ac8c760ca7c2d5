/** Fréchet distance between Gaussians fitted to the features of real and of generated examples. */

import { localizable } from '../../shared/localizable-text';
import type { Multiply } from '../algebra/matrix';
import { transpose } from '../algebra/matrix';
import type { Gaussian } from '../algebra/statistics';
import { gaussianOf, traceOf } from '../algebra/statistics';
import { choleskyOf, eigenvaluesOf } from '../algebra/symmetric';
import type { Evidence, Metric } from '../metric';
import { required } from '../metric';
import { type ClassPart, detailsOfClasses, findInClasses } from './classes';

/**
 * |m₁ - m₂|² + Tr(C₁ + C₂ - 2·(C₁C₂)^½) (Dowson & Landau 1982, equation 4; Heusel et al. 2017, equation 6). The last
 * trace is the sum of the square roots of the eigenvalues of C₁C₂, which equal those of the symmetric matrix LᵀC₂L
 * where C₁ = L·Lᵀ. Throws the signal's reason.
 */
export async function frechetDistance(
  a: Gaussian,
  b: Gaussian,
  multiply: Multiply,
  signal?: AbortSignal,
): Promise<number> {
  let distance = 0;
  for (let i = 0; i < a.mean.length; i++) distance += ((a.mean[i] ?? 0) - (b.mean[i] ?? 0)) ** 2;
  const upper = transpose(await choleskyOf(a.covariance, signal));
  const between = await multiply(await multiply(upper, b.covariance), upper, { isTransposed: true });
  const eigenvalues = await eigenvaluesOf(between, signal);
  // A negative eigenvalue is rounding error.
  const traceOfRoot = eigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
  return distance + traceOf(a.covariance) + traceOf(b.covariance) - 2 * traceOfRoot;
}

/** Cost of a triangular root and of eigenvalues, in units of the side cubed; measured against a loop of additions. */
const OPERATIONS_OF_ROOTS = 0.5;

/**
 * With too few samples the covariance is rank-deficient, and the distance reflects their number more than their
 * quality.
 */
function isEnough({ reference, generated }: ClassPart): boolean {
  return Math.min(reference.rows, generated.rows) > reference.columns;
}

async function distanceOf(
  { reference, generated }: ClassPart,
  { multiply, signal }: Pick<Evidence, 'multiply' | 'signal'>,
): Promise<number> {
  return await frechetDistance(
    await gaussianOf(reference, multiply),
    await gaussianOf(generated, multiply),
    multiply,
    signal,
  );
}

export const fid: Metric = {
  name: 'fid',
  title: 'FID',
  description:
    'Fréchet distance between Gaussians fitted to the features of real and generated examples. Depends on the feature network and the number of samples: compare only scores of the same protocol, and compare with published values only if the features are those of Inception.',
  paper: 'Heusel et al. 2017, "GANs Trained by a Two Time-Scale Update Rule", section 3, equation 6',
  needs: ['features'],
  unsuitable: ({ features }) =>
    features === undefined || isEnough(features)
      ? undefined
      : localizable(
          '{0} real and {1} generated examples are too few for {2} features: a covariance needs more examples than features',
          features.reference.rows,
          features.generated.rows,
          features.reference.columns,
        ),
  cost: ({ generated, reference, features }) => ({
    products: (generated + reference) * features ** 2 + 2 * features ** 3,
    operations: OPERATIONS_OF_ROOTS * features ** 3,
  }),
  async score({ features, ...machine }) {
    const found = required(features, 'fid', 'features');
    const ofClasses = await findInClasses(found, isEnough, (part) => distanceOf(part, machine));
    const details = detailsOfClasses(ofClasses, (value) => value);
    return [
      {
        name: 'fid',
        value: await distanceOf(found, machine),
        ...(Object.keys(details).length === 0 ? {} : { details }),
      },
    ];
  },
};
