/** What is particular to TensorFlow: variables, and libraries that are missing, wrong or broken. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openForTest, presentEngines } from '../../../test/support/present-engines';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { bundleProgram } from '../../../test/support/worker-bundle';
import { float32, scalar } from '../../shared/host-tensor';
import { LIBRARY_VARIABLE, WORKSPACE_VARIABLE } from '../../shared/tensorflow-search';
import type { Program } from '../engine';
import { firstThatWorks } from './open-tensorflow';
import { tensorFlow } from './tensorflow';

const isPresent = presentEngines.some(({ name }) => name === tensorFlow.name);
const vector = (...values: number[]) => float32([values.length], Float32Array.from(values));

/** Each leaf takes the value of the other, and both are used again. */
const swap: Program = {
  name: 'swap',
  reads: ['a', 'b'],
  writes: ['a', 'b'],
  inputs: {},
  build: ({ a = tf.scalar(0), b = tf.scalar(0) }) => ({
    state: { a: b, b: a },
    outputs: { difference: tf.sub(a, b) },
  }),
};

describe.runIf(isPresent)('the variables of tensorflow', () => {
  it('are read before any of them is assigned', async () => {
    const engine = await openForTest(tensorFlow, 2);
    engine.write({ a: vector(1, 2), b: vector(5, 7) });
    await engine.compile(swap);
    for (let time = 0; time < 100; time++) {
      expect((await engine.run('swap', {})).difference).toEqual(
        time % 2 === 0 ? vector(-4, -5) : vector(4, 5),
      );
    }
    expect(await engine.read(['b', 'a'])).toEqual({ a: vector(1, 2), b: vector(5, 7) });
  });

  it('take a leaf of another shape', async () => {
    const engine = await openForTest(tensorFlow);
    engine.write({ a: vector(1, 2) });
    engine.write({ a: vector(1, 2, 3) });
    expect(await engine.read(['a'])).toEqual({ a: vector(1, 2, 3) });
    expect(await engine.read([])).toEqual({});
  });

  it('hold integers', async () => {
    const engine = await openForTest(tensorFlow);
    const count = { shape: [2], dtype: 'int32', data: Int32Array.of(2 ** 30, -1) } as const;
    engine.write({ count });
    engine.mark();
    engine.write({ other: scalar(1) });
    engine.mark();
    engine.rollback();
    expect(await engine.read(['count'])).toEqual({ count });
  });
});

it.runIf(isPresent)('tensorflow says what it computes on, and where its library is', async () => {
  const { info } = await openForTest(tensorFlow);
  expect(info.adapter).toMatch(/^[CG]PU$/);
  expect(await tensorFlow.foundAt?.()).toMatch(/tensorflow[^/\\]*$/);
});

it.runIf(isPresent)('tensorflow convolves with dilations', async () => {
  const engine = await openForTest(tensorFlow);
  await engine.compile({
    name: 'dilated',
    reads: [],
    writes: [],
    inputs: {
      x: { shape: [1, 5, 5, 1], dtype: 'float32' },
      filter: { shape: [3, 3, 1, 1], dtype: 'float32' },
    },
    build(_state, { x, filter }) {
      if (x === undefined || filter === undefined) throw new Error('no inputs');
      const image = tf.reshape<tf.Rank.R4>(x, [1, 5, 5, 1]);
      const weights = tf.reshape<tf.Rank.R4>(filter, [3, 3, 1, 1]);
      return { state: {}, outputs: { y: tf.conv2d(image, weights, 1, 'valid', 'NHWC', [2, 2]) } };
    },
  });
  const x = float32(
    [1, 5, 5, 1],
    Float32Array.from({ length: 25 }, (_, i) => i),
  );
  const filter = float32([3, 3, 1, 1], Float32Array.of(1, 0, 0, 0, 10, 0, 0, 0, 100));
  expect((await engine.run('dilated', { x, filter })).y?.data).toEqual(Float32Array.of(0 + 120 + 2400));
});

it.runIf(isPresent)('tensorflow runs in one thread after another, and the process ends well', async () => {
  const program = await bundleProgram(`
import { isMainThread, SHARE_ENV, Worker } from 'node:worker_threads';
import { float32 } from './src/shared/host-tensor';
import { tensorFlow } from './src/engine/tensorflow/tensorflow';
const work = async () => {
  const engine = await tensorFlow.open(1);
  engine.write({ w: float32([2], Float32Array.of(1, 2)) });
  console.log(String((await engine.read(['w'])).w?.data));
  await engine.dispose();
};
const begin = () => new Promise((done) => new Worker(__filename, { env: SHARE_ENV }).on('exit', done));
if (isMainThread) begin().then(begin).then((code) => console.log(code));
else work();
`);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program.file]);
    expect(stdout.trim().split('\n')).toEqual(['1,2', '1,2', '0']);
  } finally {
    await program.remove();
  }
});

it.runIf(isPresent)('a process keeps the TensorFlow library that it has loaded', async () => {
  const other = join(await temporaryFolder(), 'libtensorflow.so.2');
  await writeFile(other, '');
  vi.stubEnv(LIBRARY_VARIABLE, other);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(tensorFlow.open(1)).rejects.toThrow(/ is already in use in this process\.$/);
});

function onThisMachine(env: Readonly<Record<string, string>>) {
  const nothing = { PATH: '', [WORKSPACE_VARIABLE]: '' };
  return {
    platform: process.platform,
    env: { ...nothing, ...env },
    home: '/nowhere',
    currentFolder: '/nowhere',
  };
}

describe('a TensorFlow library', () => {
  it('that is not where a person says it is, is named', async () => {
    const missing = onThisMachine({ [LIBRARY_VARIABLE]: '/nowhere/libtensorflow.so' });
    await expect(firstThatWorks(missing)).rejects.toMatchObject({
      message: 'There is no TensorFlow library at /nowhere/libtensorflow.so.',
      remedy: expect.stringContaining('gan.engines.tensorflowLibrary'),
    });
  });

  it.runIf(process.platform === 'linux')('that is no library is refused, with the reason', async () => {
    const file = join(await temporaryFolder(), 'libtensorflow.so');
    await writeFile(file, 'not found');
    await expect(firstThatWorks(onThisMachine({ [LIBRARY_VARIABLE]: file }))).rejects.toThrow(
      /^The TensorFlow library cannot be used: .*libtensorflow\.so: .*(file too short|invalid ELF header)\.$/,
    );
  });

  it.runIf(process.platform === 'linux')('that is another library is refused', async () => {
    const [, mathematics = ''] =
      /"([^"]*\/libm\.so[^"]*)"/.exec(JSON.stringify(process.report.getReport())) ?? [];
    await expect(firstThatWorks(onThisMachine({ [LIBRARY_VARIABLE]: mathematics }))).rejects.toThrow(
      `The TensorFlow library cannot be used: ${mathematics}: Cannot find function 'TF_NewStatus' in shared library.`,
    );
  });

  it('that nobody has installed can be, by a command', async () => {
    const none = { ...onThisMachine({}), platform: 'aix' } as const;
    await expect(firstThatWorks(none)).rejects.toMatchObject({
      message: 'TensorFlow is not installed.',
      remedy: expect.stringContaining('pip install tensorflow'),
    });
    await expect(firstThatWorks({ ...none, platform: 'win32' })).rejects.toMatchObject({
      remedy: 'Run "npm install @tensorflow/tfjs-node-gpu", or use the engine "onnx".',
    });
  });
});
