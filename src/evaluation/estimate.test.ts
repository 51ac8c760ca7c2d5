import { expect, it } from 'vitest';
import { multiplyPlainly } from './algebra/matrix';
import { type EstimateContext, estimateSeconds } from './estimate';
import { kid } from './metrics/kid';
import { psnr } from './metrics/psnr';

/** A clock that advances only with the work done. */
function machine() {
  let nowMs = 0;
  return {
    now: () => nowMs,
    /** Work that takes `firstMs` the first time and `laterMs` from then on. */
    work(firstMs: number, laterMs: number) {
      let runs = 0;
      return async () => {
        nowMs += runs++ === 0 ? firstMs : laterMs;
      };
    },
  };
}

const sizes = { generated: 1000, reference: 500, features: 128, values: 784 };

function context(changes: Partial<EstimateContext> = {}): EstimateContext {
  const { now, work } = machine();
  return {
    sampling: { batch: 64, count: 1000, runBatch: work(900, 100) },
    extraction: { batch: 8, count: 1000, runBatch: work(2000, 9000) },
    referenceCount: 500,
    metrics: [],
    sizes,
    multiply: multiplyPlainly,
    now,
    ...changes,
  };
}

it('goes by the second batch where the first is mostly preparation, and by the first where that is long', async () => {
  const estimate = await estimateSeconds(context());
  expect(estimate.parts).toEqual({ samples: 1.6, features: 250, referenceFeatures: 125, metrics: 0 });
  expect(estimate).toMatchObject({ seconds: 376.6, samples: 1000, reference: 500, features: 128 });
});

it('takes no time for features that are kept, or that nothing needs', async () => {
  expect((await estimateSeconds(context({ referenceCount: 0 }))).parts.referenceFeatures).toBe(0);
  const { extraction: _, ...without } = context({ referenceCount: 0 });
  expect((await estimateSeconds(without)).parts.features).toBe(0);
});

it('goes by the speed of products, and by what the metrics multiply', async () => {
  const { now, work } = machine();
  const slow = work(0, 500);
  const estimate = await estimateSeconds(
    context({
      metrics: [kid, psnr],
      now,
      async multiply(a, b) {
        await slow();
        return await multiplyPlainly(a, b);
      },
    }),
  );
  const products = kid.cost?.(sizes).products ?? 0;
  expect(products).toBe((1000 ** 2 + 500 ** 2 + 1000 * 500) * 128);
  expect(estimate.parts.metrics).toBeCloseTo((0.5 * products) / 256 ** 3, 6);
});
