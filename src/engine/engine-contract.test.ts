/** What the rest of the code relies on, whichever engine runs a program. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openOracle, worstError } from '../../test/support/engines';
import {
  absentEngines,
  keepDeviceOpen,
  openForTest,
  presentEngines,
} from '../../test/support/present-engines';
import { float32, type HostTensors, scalar } from '../shared/host-tensor';
import { defaultThreads } from './definition';
import type { Engine, Program, Tensors } from './engine';
import { UnknownLeafError } from './leaf-table';
import { openEngine } from './open-engine';
import { engines } from './registry';

function of(tensors: Tensors, name: string): tf.Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) throw new Error(`no tensor ${name}`);
  return tensor;
}

/** Gradient descent with momentum on ‖tanh(x·w)‖²: leaves of two shapes, a gradient, and two outputs. */
const descend: Program = {
  name: 'descend',
  reads: ['net/w', 'momentum/net/w'],
  writes: ['net/w', 'momentum/net/w'],
  inputs: { x: { shape: [4, 3], dtype: 'float32' }, rate: { shape: [], dtype: 'float32' } },
  build(state, inputs) {
    const loss = (w: tf.Tensor): tf.Scalar =>
      tf.reshape<tf.Rank.R0>(tf.sum(tf.square(tf.tanh(tf.matMul(of(inputs, 'x'), w)))), []);
    const gradient = tf.grad((w: tf.Tensor) => loss(w))(of(state, 'net/w'));
    const momentum = tf.add(tf.mul(of(state, 'momentum/net/w'), 0.9), gradient);
    return {
      state: {
        'net/w': tf.sub(of(state, 'net/w'), tf.mul(momentum, of(inputs, 'rate'))),
        'momentum/net/w': momentum,
      },
      outputs: { loss: loss(of(state, 'net/w')), gradient },
    };
  },
};

const initial: HostTensors = {
  'net/w': float32([3, 2], Float32Array.of(0.5, -0.25, 0.125, 1, -1, 0.75)),
  'momentum/net/w': float32([3, 2]),
};

function inputsOf(step: number): HostTensors {
  const x = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i + step));
  return { x: float32([4, 3], x), rate: scalar(0.1) };
}

const broken: HostTensors = { x: float32([4, 3], new Float32Array(12).fill(Number.NaN)), rate: scalar(0.1) };

async function prepared(engine: Engine, state: HostTensors = initial): Promise<Engine> {
  engine.write(state);
  await engine.compile(descend);
  return engine;
}

/** Runs the steps from `first` to `last`, and returns the outputs of the last one. */
async function run(engine: Engine, first: number, last = first): Promise<HostTensors> {
  let outputs: HostTensors = {};
  for (let step = first; step <= last; step++) outputs = await engine.run(descend.name, inputsOf(step));
  return outputs;
}

const stateOf = (engine: Engine): Promise<HostTensors> => engine.read(engine.leafNames());

describe.each(presentEngines)('the engine $name', (definition) => {
  keepDeviceOpen(definition);
  const open = (): Promise<Engine> => openForTest(definition, 2);

  it('is opened by its name, with no more threads than it can use', async () => {
    const engine = await openEngine(definition.name, 2);
    onTestFinished(() => engine.dispose());
    const { name, version, threads } = engine.info;
    expect([name, threads]).toEqual([definition.name, Math.min(2, definition.maxThreads)]);
    expect(version).toMatch(new RegExp(`^${definition.library ?? definition.runtimePackage} \\d`));
  });

  it('steps as the oracle does', async () => {
    const [engine, oracle] = [await prepared(await open()), await prepared(openOracle())];
    const outputs = worstError(await run(engine, 1, 10), await run(oracle, 1, 10));
    expect(outputs.error, outputs.name).toBeLessThan(1e-5);
    const state = worstError(await stateOf(engine), await stateOf(oracle));
    expect(state.error, state.name).toBeLessThan(1e-5);
  });

  it('keeps what was written and read apart from its own state', async () => {
    const given = float32([2], Float32Array.of(1, 2));
    const engine = await open();
    engine.write({ given });
    given.data.fill(9);
    const read = await engine.read(['given']);
    expect(read.given?.data).toEqual(Float32Array.of(1, 2));
    read.given?.data.fill(9);
    expect((await engine.read(['given'])).given?.data).toEqual(Float32Array.of(1, 2));

    await prepared(engine);
    const [before, outputs] = [await stateOf(engine), await run(engine, 1)];
    const [copies, kept] = [structuredClone(before), structuredClone(outputs)];
    await run(engine, 2, 6);
    expect([before, outputs]).toEqual([copies, kept]);
  });

  it('names its leaves in the order in which they were written', async () => {
    const engine = await prepared(await open());
    engine.write({ 'ema/net/w': float32([3, 2]), 'net/w': float32([3, 2]) });
    expect(engine.leafNames()).toEqual(['net/w', 'momentum/net/w', 'ema/net/w']);
    await expect(engine.read(['net/none'])).rejects.toThrow(UnknownLeafError);
  });

  it('returns to the marked state after a step that gave NaN, and goes on as if it had not been', async () => {
    const [engine, healthy] = [await prepared(await open()), await prepared(await open())];
    await run(engine, 1, 3);
    await run(healthy, 1, 3);
    const before = await stateOf(engine);
    engine.mark();
    const { loss } = await engine.run(descend.name, broken);
    expect(loss?.data[0]).toBeNaN();
    expect((await engine.read(['net/w']))['net/w']?.data[0]).toBeNaN();
    engine.rollback();
    expect(await stateOf(engine)).toEqual(before);
    expect(await run(engine, 4, 6)).toEqual(await run(healthy, 4, 6));
    expect(await stateOf(engine)).toEqual(await stateOf(healthy));
  });

  it('returns to the mark however many programs ran since, as often as asked', async () => {
    const engine = await prepared(await open());
    expect(() => engine.rollback()).toThrow('There is no state to go back to.');
    engine.mark();
    for (let round = 0; round < 2; round++) {
      await run(engine, 1, 5);
      engine.rollback();
      expect(await stateOf(engine)).toEqual(initial);
    }
  });

  it('goes on in another engine of its kind, byte for byte', async () => {
    const straight = await prepared(await open());
    await run(straight, 1, 8);
    const first = await prepared(await open());
    await run(first, 1, 3);
    const second = await prepared(await open(), await stateOf(first));
    await run(second, 4, 8);
    expect(await stateOf(second)).toEqual(await stateOf(straight));
  });

  it('takes and returns integers, constants, its inputs, and one value twice', async () => {
    const engine = await open();
    const program: Program = {
      name: 'values',
      reads: ['w'],
      writes: [],
      inputs: { classes: { shape: [3], dtype: 'int32' } },
      build(state, inputs) {
        const classes = of(inputs, 'classes');
        const doubled = tf.mul(of(state, 'w'), 2);
        const outputs = {
          classes,
          oneHot: tf.cast(tf.oneHot(tf.cast(classes, 'int32'), 3), 'float32'),
          constant: tf.scalar(7),
          doubled,
          again: doubled,
        };
        return { state: {}, outputs };
      },
    };
    engine.write({ w: float32([2], Float32Array.of(1, -3)) });
    await engine.compile(program);
    const classes = { shape: [3], dtype: 'int32', data: Int32Array.of(2, 0, 1) } as const;
    expect(await engine.run('values', { classes })).toEqual({
      classes,
      oneHot: float32([3, 3], Float32Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0)),
      constant: scalar(7),
      doubled: float32([2], Float32Array.of(2, -6)),
      again: float32([2], Float32Array.of(2, -6)),
    });
  });

  it('replaces a program of the same name', async () => {
    const engine = await prepared(await open());
    const loss = async () => (await run(engine, 1)).loss?.data[0] ?? Number.NaN;
    const before = await loss();
    engine.write(initial);
    await engine.compile({
      ...descend,
      writes: [],
      build: (state, inputs) => ({
        state: {},
        outputs: { loss: tf.mul(of(descend.build(state, inputs).outputs, 'loss'), 2) },
      }),
    });
    expect(await loss()).toBeCloseTo(2 * before, 5);
  });

  it('begins anew with leaves of other names and shapes', async () => {
    const engine = await prepared(await open());
    await run(engine, 1);
    engine.mark();
    await engine.clear();
    expect(engine.leafNames()).toEqual([]);
    expect(() => engine.rollback()).toThrow('There is no state to go back to.');
    await expect(engine.run(descend.name, inputsOf(1))).rejects.toThrow('has not been compiled');
    engine.write({ 'net/w': float32([1], Float32Array.of(3)) });
    expect(await stateOf(engine)).toEqual({ 'net/w': float32([1], Float32Array.of(3)) });
    await engine.clear();
    const again = await run(await prepared(engine), 1);
    expect(again).toEqual(await run(await prepared(await open()), 1));
  });

  it('names the program and what is wrong with a call', async () => {
    const engine = await open();
    await expect(engine.run('none', {})).rejects.toThrow('The program none has not been compiled.');
    await prepared(engine);
    const { x, rate } = inputsOf(1);
    if (x === undefined || rate === undefined) throw new Error('no inputs');
    await expect(engine.run('descend', { x })).rejects.toThrow('descend was run without its input rate');
    await expect(engine.run('descend', { x: rate, rate })).rejects.toThrow(
      'The input x of the program descend has the shape []; it was compiled for [4, 3].',
    );
  });

  it('estimates memory before there is any state, and then compiles the same trace', async () => {
    const engine = await open();
    const build = vi.spyOn(descend, 'build');
    try {
      // The product and its square alone take two values of [4, 2].
      expect(engine.peakBytes(descend, initial)).toBeGreaterThanOrEqual(2 * 4 * 2 * 4);
      await prepared(engine);
      expect(build).toHaveBeenCalledTimes(1);
    } finally {
      build.mockRestore();
    }
  });
});

it.skip.each(absentEngines)('the engine $name does not work on this machine: $reason', () => undefined);

it('`auto` opens the first engine that works, on all cores that it can use', async () => {
  const [first] = presentEngines;
  if (first === undefined) throw new Error('no engine works here');
  const engine = await openEngine('auto', 'auto');
  onTestFinished(() => engine.dispose());
  expect(engine.info).toMatchObject({ name: first.name, threads: defaultThreads(first) });
});

it('has a last resort, which `auto` tries last', () => {
  expect(engines.map(({ isLastResort }) => isLastResort).indexOf(true)).toBe(engines.length - 1);
  expect(new Set(engines.map(({ name }) => name)).size).toBe(engines.length);
});
