import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import type { Examples } from '../data/source';
import { STACKED, stack } from '../data/stack';
import { openNativeEngine } from '../engine/onnx/open-native';
import { float32 } from '../shared/host-tensor';
import { openStackJudge } from './stack-judge';

const COUNT = 300;
const PIXELS = 16;

/** Two thirds of the images are dark and one third bright, class 0 and 1. */
const greys: Examples = {
  count: COUNT,
  shape: { kind: 'image', height: 4, width: 4, channels: 1 },
  classes: 2,
  labels: Array.from({ length: COUNT }, (_, i) => brightness(i)),
  async read(indices, target, labels) {
    indices.forEach((index, i) => {
      target.fill(brightness(index) - index / (2 * COUNT), PIXELS * i, PIXELS * (i + 1));
      labels?.set([brightness(index)], i);
    });
  },
  close: async () => undefined,
};

function brightness(index: number): number {
  return index % 3 === 0 ? 1 : 0;
}

it('reads the class of each channel, and knows how frequent the combinations are', async () => {
  vi.stubEnv('GAN_WORKBENCH_CACHE', await temporaryFolder());
  const grey = { train: greys, heldOut: greys, fingerprint: 'greys' };
  const judge = await openStackJudge(grey, { openEngine: () => openNativeEngine(1) });
  try {
    const stacked = stack(grey, { train: 600, heldOut: 600 }).train;
    const images = new Float32Array(600 * PIXELS * STACKED);
    await stacked.read(
      Uint32Array.from({ length: 600 }, (_, i) => i),
      images,
    );
    let done = 0;
    const { modes, expected, accuracy } = await judge.judge(float32([600, 4, 4, STACKED], images), {
      onDone: (judged) => {
        done = judged;
      },
    });
    expect(done).toBe(600);
    expect(accuracy).toBe(1);
    const bright = (image: number, channel: number): number =>
      (images[image * PIXELS * STACKED + channel] ?? 0) > 0.5 - 1e-6 ? 1 : 0;
    const told = Array.from({ length: 600 }, (_, i) => 4 * bright(i, 0) + 2 * bright(i, 1) + bright(i, 2));
    expect([...modes]).toEqual(told);
    expect(new Set(told).size).toBe(8);
    expect(expected[0]).toBeCloseTo(8 / 27, 12);
    expect(expected[0b101]).toBeCloseTo(2 / 27, 12);
    expect(expected.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
  } finally {
    vi.unstubAllEnvs();
    await judge.close();
  }
});
