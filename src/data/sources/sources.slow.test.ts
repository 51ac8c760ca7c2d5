import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import type { Examples } from '../source';
import { digits } from './digits';
import { idx } from './idx';
import { pointsFile } from './points-file';
import { points2d } from './points2d';

const context = { baseFolder: '/', seed: 3 };

async function labelsOf(examples: Examples, values: Float32Array): Promise<Int32Array> {
  const labels = new Int32Array(examples.count);
  await examples.read(
    Uint32Array.from({ length: examples.count }, (_, i) => i),
    values,
    labels,
  );
  return labels;
}

function histogram(labels: Int32Array, classes: number): number[] {
  return Array.from({ length: classes }, (_, label) => labels.filter((value) => value === label).length);
}

describe('digits', () => {
  it('are 8,000 to train on and 2,000 held out, as many of each', async () => {
    const { train, heldOut } = await digits.open(digits.options.parse({}), context);
    expect([train.count, heldOut.count, train.classes]).toEqual([8000, 2000, 10]);
    const values = new Float32Array(train.count * 784);
    expect(histogram(await labelsOf(train, values), 10)).toEqual(Array(10).fill(800));
    expect(histogram(await labelsOf(heldOut, new Float32Array(2000 * 784)), 10)).toEqual(Array(10).fill(200));
    // The mean brightness of MNIST's training images is 0.1307 of white.
    const mean = values.reduce((sum, value) => sum + (value + 1) / 2, 0) / values.length;
    expect(mean).toBeCloseTo(0.13, 2);
    expect(Math.min(...values.subarray(0, 784))).toBe(-1);
  });
});

describe('points', () => {
  it.each([
    ['ring', 8],
    ['grid', 25],
    ['moons', 2],
    ['spiral', 0],
    ['gaussian', 0],
    ['two-gaussians', 2],
    ['line', 0],
    ['circles', 2],
    ['s-curve', 0],
    ['swiss-roll', 0],
    ['pinwheel', 5],
    ['checkerboard', 8],
    ['letters', 3],
  ] as const)('%s: the same for a seed, within reach, every mode there', async (distribution, classes) => {
    const options = points2d.options.parse({ distribution, count: 1000 });
    const { train, heldOut } = await points2d.open(options, context);
    const again = await points2d.open(options, context);
    expect([train.count, heldOut.count, train.classes]).toEqual([800, 200, classes]);
    const values = new Float32Array(1600);
    const labels = await labelsOf(train, values);
    const repeated = new Float32Array(1600);
    await labelsOf(again.train, repeated);
    expect(repeated).toEqual(values);
    // Some points of a single Gaussian are farther away.
    const reach = distribution === 'gaussian' ? 3.2 : 2.4;
    expect(values.every((value) => Math.abs(value) < reach)).toBe(true);
    if (classes > 0) expect(histogram(labels, classes).every((count) => count > 10)).toBe(true);
  });

  it('of the ring lie on it', async () => {
    const { train } = await points2d.open(points2d.options.parse({}), context);
    const values = new Float32Array(train.count * 2);
    await labelsOf(train, values);
    let near = 0;
    for (let i = 0; i < values.length; i += 2)
      if (Math.abs(Math.hypot(values[i] ?? 0, values[i + 1] ?? 0) - 2) < 0.15) near++;
    expect(near / train.count).toBeGreaterThan(0.99);
  });
});

describe('points of a file', () => {
  it('are the same for any seed, shuffled and scaled', async () => {
    const folder = await temporaryFolder();
    const lines = Array.from({ length: 100 }, (_, i) => `${i},${2 * i}`);
    await writeFile(join(folder, 'line.csv'), ['x,y', ...lines].join('\n'));
    const options = pointsFile.options.parse({ file: 'line.csv' });
    const { train, heldOut, fingerprint } = await pointsFile.open(options, { baseFolder: folder, seed: 1 });
    const other = await pointsFile.open(options, { baseFolder: folder, seed: 2 });
    expect([train.count, heldOut.count, train.classes]).toEqual([80, 20, 0]);
    const [values, again] = [new Float32Array(160), new Float32Array(160)];
    await labelsOf(train, values);
    await labelsOf(other.train, again);
    expect(again).toEqual(values);
    expect(other.fingerprint).toBe(fingerprint);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(2);
    for (let i = 0; i < 160; i += 2) expect(values[i + 1]).toBeCloseTo(2 * (values[i] ?? 0), 5);
    expect([...values.filter((_, i) => i % 2 === 0)]).not.toEqual(
      [...values.filter((_, i) => i % 2 === 0)].sort((a, b) => a - b),
    );
    const plain = pointsFile.options.parse({ file: 'line.csv', scale: 'none' });
    const unscaled = await pointsFile.open(plain, { baseFolder: folder, seed: 1 });
    expect(unscaled.fingerprint).not.toBe(fingerprint);
  });

  it('are refused where there is no file', async () => {
    const options = pointsFile.options.parse({ file: 'none.csv' });
    await expect(pointsFile.open(options, context)).rejects.toThrow('none.csv does not exist');
  });
});

describe('idx', () => {
  it.each([
    [{ images: 'a', testLabels: 'b' }, '"testImages" is not set'],
    [{ images: 'a', labels: 'b', testImages: 'c' }, '"labels" is set, but not "testLabels"'],
    [{ images: 'a', testImages: 'c', testLabels: 'd' }, '"testLabels" is set, but not "labels"'],
  ])('refuses %o', async (options, expected) => {
    await expect(idx.open(idx.options.parse(options), context)).rejects.toThrow(expected);
  });
});
