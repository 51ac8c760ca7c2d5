import { expect, it } from 'vitest';
import { openNativeEngine } from '../engine/onnx/open-native';
import { Random } from '../random/random';
import type { HostTensor } from '../shared/host-tensor';
import { float32 } from '../shared/host-tensor';
import { halves, tellApart, testEquivalence } from './equivalence';

const settings = { margin: 0.1, level: 0.05 };

it('rejects only where so few right answers would be a surprise', () => {
  // Of 100 at 0.6, 52 or fewer successes have probability 0.0638, 51 or fewer 0.0423 (SciPy's binom.cdf).
  expect(testEquivalence(52, 100, settings)).toMatchObject({ accuracy: 0.52, isIndistinguishable: false });
  expect(testEquivalence(51, 100, settings)).toMatchObject({ isIndistinguishable: true });
  expect(testEquivalence(51, 100, settings).pValue).toBeCloseTo(0.0423014202, 8);
  expect(testEquivalence(52, 100, settings).pValue).toBeCloseTo(0.0637891769, 8);
});

const points = (seed: number, shift: number) =>
  float32(
    [400, 2],
    Random.seeded(seed, 'points')
      .fillNormal(new Float32Array(800))
      .map((value) => value + shift),
  );
const tell = (shift: number) =>
  tellApart(
    { learned: [points(1, 0), points(2, shift)], judged: [points(3, 0), points(4, shift)] },
    { kind: 'points', dimensions: 2 },
    settings,
    () => openNativeEngine(1),
  );

it('tells apart what differs', async () => {
  const { accuracy, isIndistinguishable } = await tell(2);
  expect(accuracy).toBeGreaterThan(0.9);
  expect(isIndistinguishable).toBe(false);
});

it('cannot tell apart what is drawn alike', async () => {
  const { pValue, isIndistinguishable } = await tell(0);
  expect(pValue).toBeLessThan(0.05);
  expect(isIndistinguishable).toBe(true);
});

it('judges all of a longer side that stands class by class', async () => {
  const join = (...parts: readonly HostTensor[]) =>
    float32([400 * parts.length, 2], Float32Array.from(parts.flatMap(({ data }) => [...data])));
  // The second half of the generated examples is far off, and only those can be told apart.
  const { accuracy, judged } = await tellApart(
    {
      learned: [join(points(1, 0), points(2, 0)), join(points(3, 0), points(4, 6))],
      judged: [points(5, 0), join(points(6, 0), points(7, 6))],
    },
    { kind: 'points', dimensions: 2 },
    settings,
    () => openNativeEngine(1),
  );
  expect(judged).toBe(800);
  expect(accuracy).toBeGreaterThan(0.65);
  expect(accuracy).toBeLessThan(0.85);
});

it('halves by turns', () => {
  const [even, odd] = halves(float32([5, 1], Float32Array.of(0, 1, 2, 3, 4)));
  expect([[...even.data], [...odd.data]]).toEqual([
    [0, 2],
    [1, 3],
  ]);
});
