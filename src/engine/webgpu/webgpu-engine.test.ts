/** What is particular to graphics cards: buffers on the device, operators that it lacks, and machines without a card. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  absentEngines,
  keepDeviceOpen,
  openForTest,
  presentEngines,
} from '../../../test/support/present-engines';
import { bundleProgram } from '../../../test/support/worker-bundle';
import { float32 } from '../../shared/host-tensor';
import type { Program } from '../engine';
import { EngineError } from '../engine-error';
import { loadNativeRuntime } from '../onnx/native-runtime';
import { Graph } from '../trace/graph';
import { ALLOW_SOFTWARE } from './graphics-card';
import { unsupportedNode } from './unsupported';
import { onnxWebGpu } from './webgpu';

const isPresent = presentEngines.some(({ name }) => name === onnxWebGpu.name);
const [absent] = absentEngines.filter(({ name }) => name === onnxWebGpu.name);

/** Doubles one leaf, and returns it as it was. */
const double: Program = {
  name: 'double',
  reads: ['w'],
  writes: ['w'],
  inputs: {},
  build: ({ w = tf.scalar(0) }) => ({ state: { w: tf.mul(w, 2) }, outputs: { w } }),
};

describe.runIf(isPresent)('on a graphics card', () => {
  keepDeviceOpen(onnxWebGpu);
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  it('frees each buffer of the state once', async () => {
    const { Tensor } = await loadNativeRuntime();
    const dispose = vi.spyOn(Tensor.prototype, 'dispose');
    const engine = await onnxWebGpu.open(1);
    engine.write({ w: float32([2], Float32Array.of(1, 2)) });
    await engine.compile(double);
    dispose.mockClear();
    await engine.run('double', {});
    // Uploaded, and replaced by the first run.
    expect(dispose).toHaveBeenCalledTimes(1);
    engine.mark();
    for (let run = 0; run < 4; run++) await engine.run('double', {});
    // All but the marked and the current ones.
    expect(dispose).toHaveBeenCalledTimes(1 + 3);
    engine.rollback();
    expect(dispose).toHaveBeenCalledTimes(1 + 4);
    await engine.dispose();
    expect(dispose).toHaveBeenCalledTimes(1 + 5);
  });

  it('keeps the state that a program returned when another one takes its name', async () => {
    const engine = await openForTest(onnxWebGpu);
    engine.write({ w: float32([2], Float32Array.of(1, 2)) });
    await engine.compile(double);
    await engine.run('double', {});
    await engine.compile({ ...double, build: ({ w = tf.scalar(0) }) => ({ state: { w }, outputs: { w } }) });
    expect((await engine.run('double', {})).w?.data).toEqual(Float32Array.of(2, 4));
    expect((await engine.read(['w'])).w?.data).toEqual(Float32Array.of(2, 4));
  });

  it('says that its memory is not sufficient, and computes on', async () => {
    const engine = await openForTest(onnxWebGpu);
    engine.write({ w: float32([2], Float32Array.of(1, 2)) });
    await engine.compile(double);
    await engine.run('double', {});
    // 6.4 GB, more than drivers allocate at a time.
    const size = 40_000;
    const [column, row] = [
      [size, 1],
      [1, size],
    ] as const;
    await engine.compile({
      name: 'huge',
      reads: [],
      writes: [],
      inputs: { column: { shape: column, dtype: 'float32' }, row: { shape: row, dtype: 'float32' } },
      build: (_, { column = tf.scalar(0), row = tf.scalar(0) }) => ({
        state: {},
        outputs: { sum: tf.sum(tf.exp(tf.add(column, row))) },
      }),
    });
    const failure: unknown = await engine
      .run('huge', { column: float32(column), row: float32(row) })
      .catch((error: unknown) => error);
    if (!(failure instanceof EngineError)) throw failure;
    expect(failure.message).toMatch(
      /^The memory of the graphics card is not sufficient for the program huge: /,
    );
    expect(failure.remedy).toContain('Decrease "data.batchSize"');
    await engine.run('double', {});
    expect((await engine.read(['w'])).w?.data).toEqual(Float32Array.of(4, 8));
  });

  it('names the node that it cannot compute', async () => {
    const graph = new Graph();
    const x = graph.input('x', { shape: [3, 4], dtype: 'float32' });
    const fine = graph.add('Abs', [x], { shape: [3, 4] });
    graph.output('y', graph.add('Sign', [fine], { shape: [3, 4] }));
    expect(await unsupportedNode(await loadNativeRuntime(), graph)).toBe('Sign of float32 [3, 4]');
  });

  it('is refused to a second thread', async () => {
    vi.stubEnv('GAN_WORKBENCH_WEBGPU_THREAD', `${process.pid}:1000`);
    await expect(onnxWebGpu.open(1)).rejects.toThrow('in use by another training in this window');
  });

  it.runIf(process.env[ALLOW_SOFTWARE] === '1')('is no driver that computes on the CPU', async () => {
    vi.stubEnv(ALLOW_SOFTWARE, '');
    await expect(onnxWebGpu.open(1)).rejects.toThrow(
      'There is no graphics card, only SwiftShader, which computes on the CPU.',
    );
  });
});

it.skipIf(isPresent)(`without a graphics card: ${absent?.reason}`, () => undefined);

it.runIf(process.platform === 'linux')(
  'without a card it is refused, and the CPU still computes',
  async () => {
    const program = await bundleProgram(`
import { onnx } from './src/engine/onnx/native';
import { onnxWebGpu } from './src/engine/webgpu/webgpu';
(async () => {
  await onnxWebGpu.open(1).catch((error: Error) => console.log(error.message));
  await (await onnx.open(1)).dispose();
  console.log('done');
})();
`);
    try {
      const env = { ...process.env, VK_ICD_FILENAMES: '/none.json', VK_DRIVER_FILES: '/none.json' };
      const { stdout } = await promisify(execFile)(process.execPath, [program.file], { env });
      expect(stdout.trim().split('\n')).toEqual([
        expect.stringMatching(/^No graphics card can be used: ./),
        'done',
      ]);
    } finally {
      await program.remove();
    }
  },
);
