/** How long scoring will take, told before it begins: by the time of one batch and of one small product, not by a table. */
import type { EvaluationEstimate } from '../shared/evaluation-progress';
import type { FloatMatrix, Multiply } from './algebra/matrix';
import { floatMatrix, multiplyPlainly } from './algebra/matrix';
import type { EvidenceSizes, Metric } from './metric';

/** A product of this side is timed; smaller ones say more of the cost of a call. */
const TIMED_SIDE = 256;
const TIMED_PLAIN_SIDE = 64;
/** A first batch that took longer counts as it is; one that was quicker was mostly preparation. */
const LONG_MS = 1000;

/** Work on a batch, and how many examples a batch has. */
export interface TimedWork {
  readonly batch: number;
  /** Examples that are to be worked on. */
  readonly count: number;
  runBatch(): Promise<unknown>;
}

export interface EstimateContext {
  readonly sampling: TimedWork;
  /** Of the generated examples; left out where no network is used, or it takes no time. */
  readonly extraction?: TimedWork;
  /** Real examples whose features are not there yet. */
  readonly referenceCount: number;
  readonly metrics: readonly Metric[];
  readonly sizes: EvidenceSizes;
  readonly multiply: Multiply;
  /** Milliseconds since anything. */
  readonly now?: () => number;
}

/** Seconds of all the work, by a batch of it; the second of two where the first was quick. */
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

/** Throws what the work throws. */
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
