import { afterAll, beforeAll, expect, it, vi } from 'vitest';

beforeAll(() => {
  vi.stubGlobal('document', { querySelector: () => null });
});
afterAll(() => vi.unstubAllGlobals());

it('says the position and every value, with the run where there are several', async () => {
  const { positionText, readingText } = await import('./reading');
  const { chartsFor } = await import('./definitions');
  const runs = ['a', 'b'].map((name) => ({ name, colour: '' }));
  const lines = (count: number) => chartsFor(runs.slice(0, count), [], [])[0]?.lines ?? [];
  expect(readingText(positionText('step', 1200), lines(1), [0.5, null], [0.6, 1], runs.slice(0, 1))).toBe(
    'Step 1,200, Discriminator 0.5 (raw 0.6), Generator – (raw 1)',
  );
  expect(readingText(positionText('seconds', 65), lines(2), [1, 2, 3, 4], undefined, runs)).toBe(
    'Time 1:05, a – Discriminator 1, a – Generator 2, b – Discriminator 3, b – Generator 4',
  );
});
