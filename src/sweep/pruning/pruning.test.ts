import { expect, it } from 'vitest';
import { asha } from './asha';
import { median } from './median';
import type { LossCurve } from './pruning';

/** A curve with a score every 100 steps. */
function curve(...losses: readonly number[]): LossCurve {
  return losses.map((loss, index) => ({ step: 100 * (index + 1), loss }));
}

const halving = asha.options.parse({ factor: 4, grace: 100 });
const scoreEvery = 100;

it('lets the first trial of a rung go on', () => {
  expect(asha.prunes({ own: curve(9), others: [], scoreEvery }, halving)).toBe(false);
});

it('keeps the best quarter at a rung', () => {
  const others = [1, 2, 3, 4, 5, 6, 7].map((loss) => curve(loss));
  const prunes = (loss: number) => asha.prunes({ own: curve(loss), others, scoreEvery }, halving);
  // Two of the eight go on.
  expect(prunes(0.5)).toBe(false);
  expect(prunes(1.5)).toBe(false);
  expect(prunes(2.5)).toBe(true);
  expect(prunes(9)).toBe(true);
});

it('goes on with a trial as good as the best', () => {
  expect(asha.prunes({ own: curve(1), others: [curve(1), curve(2)], scoreEvery }, halving)).toBe(false);
});

it('compares only at rungs, each of which is four times the last', () => {
  const others = [curve(1, 1, 1, 1), curve(1, 1, 1, 1)];
  const at = (length: number) =>
    asha.prunes(
      { own: curve(...Array.from({ length }, (_, index) => (index === 0 ? 0.5 : 9))), others, scoreEvery },
      halving,
    );
  expect([1, 2, 3, 4, 5].map(at)).toEqual([false, false, false, true, false]);
});

it('compares at the first score after a rung that falls between scores', () => {
  const options = asha.options.parse({ factor: 3, grace: 150 });
  const others = [curve(5, 1), curve(5, 1)];
  expect(asha.prunes({ own: curve(9), others, scoreEvery }, options)).toBe(false);
  expect(asha.prunes({ own: curve(1, 2), others, scoreEvery }, options)).toBe(true);
});

it('stops a trial that is worse than the median of the means', () => {
  const options = median.options.parse({ startupTrials: 3 });
  // Their means up to step 200 are 2, 3 and 4.
  const others = [curve(3, 1), curve(4, 2, 0), curve(5, 3)];
  const prunes = (...losses: number[]) =>
    median.prunes({ own: curve(...losses), others, scoreEvery }, options);
  expect(prunes(9, 3.1)).toBe(true);
  expect(prunes(2.9, 9)).toBe(false);
  // Only one other trial has come as far.
  expect(prunes(9, 9, 9)).toBe(false);
});
