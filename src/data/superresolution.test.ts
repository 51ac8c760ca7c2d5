import { expect, it } from 'vitest';
import type { Examples } from './source';
import { reducedShape, withReducedInputs } from './superresolution';

/** Images of 4×4 with two channels, with value index + p + 100c at pixel p and channel c. */
const images: Examples = {
  count: 5,
  shape: { kind: 'image', height: 4, width: 4, channels: 2 },
  classes: 0,
  async read(indices, target) {
    indices.forEach((index, slot) => {
      for (let i = 0; i < 32; i++) target[32 * slot + i] = index + (i >> 1) + 100 * (i % 2);
    });
  },
  async close() {},
};

it('gives the mean of each area, image by image and channel by channel', async () => {
  const { train } = withReducedInputs({ train: images, heldOut: images }, 2);
  expect(train.input).toEqual({ kind: 'image', height: 2, width: 2, channels: 2 });
  const inputs = new Float32Array(16);
  await train.read(Uint32Array.of(0, 3), new Float32Array(64), undefined, inputs);
  const means = [2.5, 4.5, 10.5, 12.5].flatMap((mean) => [mean, mean + 100]);
  expect([...inputs]).toEqual([...means, ...means.map((mean) => mean + 3)]);
});

it('is for images whose sides divide', () => {
  const shape = { kind: 'image', height: 28, width: 30, channels: 1 } as const;
  expect(reducedShape(shape, 2)).toMatchObject({ height: 14, width: 15 });
  expect(reducedShape(shape, 4)).toBeUndefined();
});
