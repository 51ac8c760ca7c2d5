import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { encodeModel } from '../../engine/onnx/encode';
import { traceProgram } from '../../engine/trace/trace';
import { float32 } from '../../shared/host-tensor';
import { openOnnxFile, resized } from './onnx-file';

it('enlarges between the centres of pixels and repeats gray', () => {
  const row = resized(float32([1, 1, 2, 1], Float32Array.of(0, 1)), 4, false);
  expect([...row.subarray(0, 12)]).toEqual([0, 0, 0, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 1, 1, 1]);
});

it('takes features from a file, in whole batches', async () => {
  const { graph } = traceProgram(
    {
      name: 'means',
      reads: [],
      writes: [],
      inputs: { images: { shape: [2, 3, 299, 299], dtype: 'float32' } },
      build: (_state, { images }) => {
        if (images === undefined) throw new Error('no images');
        return { state: {}, outputs: { features: tf.mean(images, [2, 3]) } };
      },
    },
    {},
  );
  const file = join(await temporaryFolder(), 'means.onnx');
  await writeFile(file, encodeModel(graph));
  const network = await openOnnxFile(file, 1);
  const values = Float32Array.from({ length: 3 * 4 * 3 }, (_, i) => (i % 3) / 4 + Math.floor(i / 12) / 10);
  const { features } = await network.extract(float32([3, 2, 2, 3], values));
  expect([features.rows, features.columns]).toEqual([3, 3]);
  [0, 0.25, 0.5, 0.1, 0.35, 0.6, 0.2, 0.45, 0.7].forEach((value, i) => {
    // The runtime adds 89,401 pixels up in single precision.
    expect(features.data[i]).toBeCloseTo(value, 3);
  });
  await network.close();
}, 30_000);

it('says which file is no network', async () => {
  await expect(openOnnxFile('/nowhere/inception.onnx', 1)).rejects.toThrow(
    '/nowhere/inception.onnx cannot be used',
  );
});
