import { expect, it } from 'vitest';
import { noiseData } from '../../test/support/noise-data';
import { NearestExamples } from './nearest-examples';

const shape = { kind: 'image', height: 4, width: 4, channels: 1 } as const;
const { train } = noiseData({ example: shape }, 200);

async function example(index: number): Promise<Float32Array> {
  const values = new Float32Array(16);
  await train.read(Uint32Array.of(index), values);
  return values;
}

it('finds an image among all others, and how far it is', async () => {
  const told: number[] = [];
  const nearest = await NearestExamples.open(train, (done) => told.push(done));
  expect(told).toEqual([64, 128, 192, 200]);
  const wanted = (await example(123)).map((value) => value + 0.01);
  const found = await nearest.find(wanted, 3);
  expect(found?.map(({ index }) => index)[0]).toBe(123);
  expect(found?.[0]?.distance).toBeCloseTo(0.01, 5);
  expect(found?.[0]?.values).toEqual(await example(123));
  const distances = found?.map(({ distance }) => distance) ?? [];
  expect(distances).toHaveLength(3);
  expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  // Compares with a brute-force search over all pixels.
  const all: number[] = [];
  for (let i = 0; i < train.count; i++) {
    const values = await example(i);
    all.push(Math.hypot(...values.map((value, k) => value - (wanted[k] ?? 0))) / 4);
  }
  expect(distances[2]).toBeCloseTo(all.toSorted((a, b) => a - b)[2] ?? 0, 5);
});

it('gives up where nobody waits any more', async () => {
  const nearest = await NearestExamples.open(train, () => undefined);
  expect(await nearest.find(await example(0), 3, () => false)).toBeUndefined();
});
