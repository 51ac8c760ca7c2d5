/** Wasserstein distances between generated and real points, by an exact optimal transport between samples. */
import type { HostTensor } from '../../shared/host-tensor';
import { assign } from '../algebra/assignment';
import type { Metric } from '../metric';

/** The solver is cubic in their number. */
const MAX_POINTS = 256;

/**
 * The distances of order 1 and 2 between two sets of `count` points, of which rows from `from` are taken: the least mean
 * distance between points that are paired one to one, and the root of the least mean squared distance. Distances are
 * Euclidean (Peyré and Cuturi 2019, "Computational Optimal Transport", equation 2.2 and proposition 2.2).
 */
export function wassersteinDistances(
  a: HostTensor,
  b: HostTensor,
  count: number,
  from: { readonly a?: number; readonly b?: number } = {},
): { readonly first: number; readonly second: number } {
  const distances = new Float64Array(count * count);
  const coordinate = (tensor: HostTensor, row: number, axis: number): number =>
    tensor.data[2 * row + axis] ?? 0;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const [row, other] = [i + (from.a ?? 0), j + (from.b ?? 0)];
      distances[i * count + j] = Math.hypot(
        coordinate(a, row, 0) - coordinate(b, other, 0),
        coordinate(a, row, 1) - coordinate(b, other, 1),
      );
    }
  const squares = distances.map((distance) => distance ** 2);
  return {
    first: assign(distances, count).cost / count,
    second: Math.sqrt(assign(squares, count).cost / count),
  };
}

export const wasserstein: Metric = {
  name: 'wasserstein',
  title: 'Wasserstein distances',
  description:
    'For points: the exact Wasserstein-1 and Wasserstein-2 distances between the first 256 generated and real points, from an optimal one-to-one pairing. Samples of the same distribution differ too; `realAgainstReal` in the details is the distance between two sets of real points.',
  paper:
    'Arjovsky et al. 2017, "Wasserstein GAN", section 2; solved as in Jonker and Volgenant 1987, "A shortest augmenting path algorithm for dense and sparse linear assignment problems"',
  needs: ['points'],
  cost: ({ generated, reference }) => {
    const count = Math.min(MAX_POINTS, generated, reference);
    // Two orders, twice, of a solver that takes about a third of the cube.
    return { products: 0, operations: (4 * count ** 3) / 3 };
  },
  score({ generated, reference }) {
    const [available = 0] = reference.shape;
    const count = Math.min(MAX_POINTS, generated.shape[0] ?? 0, available);
    const { first, second } = wassersteinDistances(generated, reference, count);
    const real =
      available < 2 * count ? undefined : wassersteinDistances(reference, reference, count, { b: count });
    const details = (floor: number | undefined): Readonly<Record<string, number>> => ({
      points: count,
      ...(floor === undefined ? {} : { realAgainstReal: floor }),
    });
    return [
      { name: 'wasserstein1', value: first, details: details(real?.first) },
      { name: 'wasserstein2', value: second, details: details(real?.second) },
    ];
  },
};
