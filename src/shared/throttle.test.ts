import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { throttled, throttledCount, throttledSteps } from './throttle';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('passes on the first call, and then one per interval', () => {
  const seen: number[] = [];
  const receive = throttled<number>(100, (value) => seen.push(value));
  for (let value = 0; value < 10; value++) {
    receive(value);
    vi.advanceTimersByTime(30);
  }
  expect(seen).toEqual([0, 4, 8]);
});

it('never holds back the end', () => {
  const seen: number[] = [];
  const receive = throttledSteps<{ step: number; totalSteps: number }>(100, ({ step }) => seen.push(step));
  for (const step of [1, 2, 3]) receive({ step, totalSteps: 3 });
  expect(seen).toEqual([1, 3]);
});

it('never holds back the first of a phase, nor the last', () => {
  const seen: string[] = [];
  const receive = throttledCount<{ phase: string; done: number; total: number }>(100, ({ phase, done }) =>
    seen.push(`${phase} ${done}`),
  );
  for (const phase of ['samples', 'features'])
    for (const done of [0, 1, 2, 3]) receive({ phase, done, total: 3 });
  expect(seen).toEqual(['samples 0', 'samples 3', 'features 0', 'features 3']);
});
