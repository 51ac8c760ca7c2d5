/** Jensen-Shannon divergence between histograms of generated and real points. */
import type { HostTensor } from '../../shared/host-tensor';
import type { Metric } from '../metric';

/** Along each axis. */
const CELLS = 20;
/** Ratio of the square's half side to the farthest coordinate of a real point. */
const MARGIN = 1.25;

/**
 * Counts of points in the cells of a grid over [-extent, extent]², and, as the last one, of those outside. Takes `count`
 * rows from `from`.
 */
function histogram({ data }: HostTensor, extent: number, from: number, count: number): Float64Array {
  const counts = new Float64Array(CELLS * CELLS + 1);
  const cellOf = (value: number): number => Math.floor(((value / extent + 1) / 2) * CELLS);
  for (let i = from; i < from + count; i++) {
    const [column, row] = [cellOf(data[2 * i] ?? 0), cellOf(data[2 * i + 1] ?? 0)];
    const isInside = column >= 0 && column < CELLS && row >= 0 && row < CELLS;
    const at = isInside ? row * CELLS + column : CELLS * CELLS;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/**
 * In bits, in [0, 1]: 0 for equal distributions and 1 for those without a common cell (Lin 1991, equation 4.1 with equal
 * weights; Goodfellow et al. 2014, section 4.1). Counts need not sum to 1.
 */
export function jensenShannonDivergence(p: Float64Array, q: Float64Array): number {
  const sum = (counts: Float64Array): number => counts.reduce((all, count) => all + count, 0);
  const [allP, allQ] = [sum(p), sum(q)];
  const part = (share: number, mean: number): number => (share === 0 ? 0 : share * Math.log2(share / mean));
  return p.reduce((divergence, count, cell) => {
    const [ofP, ofQ] = [count / allP, (q[cell] ?? 0) / allQ];
    const mean = (ofP + ofQ) / 2;
    return divergence + (part(ofP, mean) + part(ofQ, mean)) / 2;
  }, 0);
}

export const jensenShannon: Metric = {
  name: 'jensenShannon',
  title: 'Jensen-Shannon divergence',
  description:
    'For points: divergence in bits, from 0 to 1, between histograms of as many generated and real points on a grid of 20×20 cells over a square that the real points fill to 80 %, with one more cell for all points outside. Samples of the same distribution differ too; `realAgainstReal` in the details is the divergence between two sets of real points.',
  paper:
    'Lin 1991, "Divergence measures based on the Shannon entropy", equation 4.1; Goodfellow et al. 2014, "Generative adversarial nets", section 4.1',
  needs: ['points'],
  score({ generated, reference }) {
    const [available = 0] = reference.shape;
    // Half of the real points are for the comparison with other real ones.
    const count = Math.max(1, Math.min(generated.shape[0] ?? 0, Math.floor(available / 2)));
    let farthest = Number.MIN_VALUE;
    for (const value of reference.data) farthest = Math.max(farthest, Math.abs(value));
    const extent = MARGIN * farthest;
    const of = (points: HostTensor, from: number): Float64Array => histogram(points, extent, from, count);
    const real = of(reference, 0);
    return [
      {
        name: 'jensenShannon',
        value: jensenShannonDivergence(of(generated, 0), real),
        details: {
          points: count,
          cells: CELLS * CELLS,
          extent,
          ...(available < 2 * count
            ? {}
            : { realAgainstReal: jensenShannonDivergence(of(reference, count), real) }),
        },
      },
    ];
  },
};
