/**
 * Estimates the duration of scoring before it begins, from timing one batch and one small product rather than from a
 * table.
 */
import type { EvaluationEstimate } from '../shared/evaluation-progress';
import type { FloatMatrix, Multiply } from './algebra/matrix';
import { floatMatrix, multiplyPlainly } from './algebra/matrix';
import type { EvidenceSizes, Metric } from './metric';

/** Size of the timed product; for smaller ones the overhead of the call dominates. */
const TIMED_SIDE = 256;
const TIMED_PLAIN_SIDE = 64;
/** A first batch slower than this counts as measured; a faster one was mostly warm-up. */
const LONG_MS = 1000;

/** Work on one batch, and the number of examples in a batch. */
export interface TimedWork {
  readonly batch: number;
  /** Total number of examples to process. */
  readonly count: number;
  runBatch(): Promise<unknown>;
}

export interface EstimateContext {
  readonly sampling: TimedWork;
  /** Extraction from the generated examples; omitted if no network is used, or it takes no time. */
  readonly extraction?: TimedWork;
  /** Number of real examples whose features are not cached yet. */
  readonly referenceCount: number;
  readonly metrics: readonly Metric[];
  readonly sizes: EvidenceSizes;
  readonly multiply: Multiply;
  /** Milliseconds since an arbitrary origin. */
  readonly now?: () => number;
}

/** Extrapolates the seconds of all the work from one batch; from the second of two where the first was fast. */
async function secondsOf({ batch, count, runBatch }: TimedWork, now: () => number): Promise<number> {
  const timed = async (): Promise<number> => {
    const begun = now();
    await runBatch();
    return now() - begun;
  };
  let batchMs = await timed();
  if (batchMs < LONG_MS) batchMs = await timed();
  return (batchMs / 1000) * Math.ceil(count / batch);
}

function filled(side: number): FloatMatrix {
  return floatMatrix(side, side, new Float64Array(side * side).fill(0.5));
}

/** Propagates errors of the work. */
export async function estimateSeconds({
  sampling,
  extraction,
  referenceCount,
  metrics,
  sizes,
  multiply,
  now = () => performance.now(),
}: EstimateContext): Promise<EvaluationEstimate> {
  const samples = await secondsOf(sampling, now);
  const features = extraction === undefined ? 0 : await secondsOf(extraction, now);
  const [large, small] = [filled(TIMED_SIDE), filled(TIMED_PLAIN_SIDE)];
  const [product, operation] = [
    await secondsOf({ batch: TIMED_SIDE ** 3, count: 1, runBatch: () => multiply(large, large) }, now),
    await secondsOf(
      { batch: TIMED_PLAIN_SIDE ** 3, count: 1, runBatch: () => multiplyPlainly(small, small) },
      now,
    ),
  ];
  const costs = metrics.map((metric) => metric.cost?.(sizes) ?? { products: 0, operations: 0 });
  const parts = {
    referenceFeatures: extraction === undefined ? 0 : (features / extraction.count) * referenceCount,
    samples,
    features,
    metrics: costs.reduce(
      (sum, cost) =>
        sum +
        (product * cost.products) / TIMED_SIDE ** 3 +
        (operation * cost.operations) / TIMED_PLAIN_SIDE ** 3,
      0,
    ),
  };
  return {
    seconds: Object.values(parts).reduce((sum, part) => sum + part, 0),
    samples: sizes.generated,
    reference: sizes.reference,
    ...(sizes.features === 0 ? {} : { features: sizes.features }),
    parts,
  };
}
