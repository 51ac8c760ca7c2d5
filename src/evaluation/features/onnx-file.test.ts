import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { encodeModel } from '../../engine/onnx/encode';
import { onnxLowering } from '../../engine/onnx/lowering';
import { traceProgram } from '../../engine/trace/trace';
import { float32 } from '../../shared/host-tensor';
import { openOnnxFile, prepared } from './onnx-file';

/** Writes an ONNX file of a function of images. */
async function onnxFile(
  shape: readonly number[],
  build: (images: tf.Tensor) => tf.Tensor,
  others: Readonly<Record<string, readonly number[]>> = {},
): Promise<string> {
  const inputs = Object.fromEntries(
    Object.entries({ images: shape, ...others }).map(([name, extents]) => [
      name,
      { shape: extents, dtype: 'float32' as const },
    ]),
  );
  const { graph } = traceProgram(
    {
      name: 'features',
      reads: [],
      writes: [],
      inputs,
      build: (_state, tensors) => {
        const sum = Object.values(tensors).reduce((total, one) => tf.add(total, one));
        return { state: {}, outputs: { features: build(sum) } };
      },
    },
    {},
    onnxLowering,
  );
  const file = join(await temporaryFolder(), 'network.onnx');
  await writeFile(file, encodeModel(graph));
  return file;
}

describe('preparing images', () => {
  /** As in `bench/evaluation/inception_input.py`, which prints PyTorch's result. */
  const waves = (height: number, width: number) =>
    float32(
      [1, height, width, 3],
      Float32Array.from({ length: height * width * 3 }, (_, i) => {
        const [y, x, c] = [Math.floor(i / (3 * width)), Math.floor(i / 3) % width, i % 3];
        return 1.2 * Math.sin(1.7 * y + 0.9 * x + 2.3 * c);
      }),
    );

  it.each([
    [4, 5, 9, [0.003922, -0.67635, -0.550327, -0.105882], 0.5660742413],
    [12, 10, 7, [0.458824, 0.269468, -0.542537, 0.770228], 0.5107754834],
  ])('is as pytorch-fid does it, %i×%i to %i', (height, width, side, values, size) => {
    const made = prepared(waves(height, width), side, true);
    const places = [
      [0, 0, 0] as const,
      [1, 2, 3] as const,
      [2, side - 1, 1] as const,
      [0, 4, side - 1] as const,
    ];
    for (const [i, [c, y, x]] of places.entries())
      expect(made[(c * side + y) * side + x]).toBeCloseTo(values[i] ?? 0, 5);
    expect(made.reduce((sum, value) => sum + Math.abs(value), 0) / made.length).toBeCloseTo(size, 6);
  });

  it('repeats grey and can put the channels last', () => {
    const row = prepared(float32([1, 1, 2, 1], Float32Array.of(-1, 1)), 4, false);
    expect([...row.subarray(0, 12)]).toEqual([-1, -1, -1, -0.5, -0.5, -0.5, 0.5, 0.5, 0.5, 1, 1, 1]);
  });
});

it('takes features from a file, in whole batches', async () => {
  const network = await openOnnxFile(
    await onnxFile([2, 3, 299, 299], (images) => tf.mean(images, [2, 3])),
    1,
  );
  const level = (i: number): number => i / 127.5 - 1;
  const values = Float32Array.from({ length: 3 * 4 * 3 }, (_, i) =>
    level(40 * (i % 3) + 20 * Math.floor(i / 12)),
  );
  const told: number[] = [];
  const { features } = await network.extract(float32([3, 2, 2, 3], values), {
    onDone: (done) => told.push(done),
  });
  expect([features.rows, features.columns]).toEqual([3, 3]);
  [0, 40, 80, 20, 60, 100, 40, 80, 120].forEach((value, i) => {
    // The runtime sums 89,401 pixels in single precision.
    expect(features.data[i]).toBeCloseTo(level(value), 3);
  });
  expect(told).toEqual([2, 3]);
  await network.close();
}, 30_000);

it('ends between batches when it is cancelled', async () => {
  const network = await openOnnxFile(
    await onnxFile([1, 3, 299, 299], (images) => tf.mean(images, [2, 3])),
    1,
  );
  const cancelling = new AbortController();
  const told: number[] = [];
  const extracting = network.extract(float32([3, 2, 2, 3]), {
    signal: cancelling.signal,
    onDone: (done) => {
      told.push(done);
      cancelling.abort();
    },
  });
  await expect(extracting).rejects.toThrow('aborted');
  expect(told).toEqual([1]);
  await network.close();
}, 30_000);

describe('a file that is no feature network', () => {
  it('is named where it cannot be read', async () => {
    await expect(openOnnxFile('/nowhere/inception.onnx', 1)).rejects.toThrow(
      '/nowhere/inception.onnx cannot be used',
    );
    const file = join(await temporaryFolder(), 'text.onnx');
    await writeFile(file, 'no network');
    await expect(openOnnxFile(file, 1)).rejects.toThrow(`${file} cannot be used for features`);
  });

  it('is told what its inputs are and what they should be', async () => {
    const small = await onnxFile([2, 3, 64, 64], (images) => tf.mean(images, [2, 3]));
    await expect(openOnnxFile(small, 1)).rejects.toMatchObject({
      message: expect.stringContaining('is [2, 3, 64, 64]'),
      remedy: expect.stringContaining('[batch, 3, 299, 299]'),
    });
    const two = await onnxFile([1, 3, 299, 299], (images) => tf.mean(images, [2, 3]), {
      more: [1, 3, 299, 299],
    });
    await expect(openOnnxFile(two, 1)).rejects.toThrow('it has 2 inputs');
  });

  it('is told what its output is', async () => {
    const network = await openOnnxFile(await onnxFile([2, 3, 299, 299], (images) => tf.mean(images, [3])), 1);
    await expect(network.extract(float32([2, 2, 2, 3]))).rejects.toThrow('is float32 [2, 3, 299]');
    await network.close();
  }, 30_000);
});
