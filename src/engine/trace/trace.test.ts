import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import '../../nn/gradients';
import type { Program, Tensors } from '../engine';
import { onnxLowering } from '../onnx/lowering';
import { liveNodes } from './graph';
import type { Lowering } from './lowering';
import { at } from './place';
import { withSymbols } from './symbols';
import { traceProgram } from './trace';

function programOf(build: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor): Program {
  return {
    name: 'test',
    reads: ['w'],
    writes: [],
    inputs: { x: { shape: [2, 3], dtype: 'float32' } },
    build(state: Tensors, inputs: Tensors) {
      const { x } = inputs;
      const { w } = state;
      if (x === undefined || w === undefined) throw new Error('the program was not given its tensors');
      return { state: {}, outputs: { y: build(x, w) } };
    },
  };
}

const leaves = { w: { shape: [3, 3], dtype: 'float32' as const } };
const trace = (build: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor, lowering: Lowering = onnxLowering) =>
  traceProgram(programOf(build), leaves, lowering);

describe('what cannot be compiled is named with its place', () => {
  it('an operation without a traced kernel', () => {
    expect(() => trace((x) => at('generator/block2', () => tf.cumsum(x)))).toThrow(
      'The operation Cumsum in generator/block2 (program test) cannot be compiled: it has no traced kernel.',
    );
  });

  it('an operation whose gradient does not exist', () => {
    expect(() =>
      trace((x) =>
        tf.grad((y: tf.Tensor) => tf.sum(tf.grad((z: tf.Tensor) => tf.sum(tf.leakyRelu(z)))(y)))(x),
      ),
    ).toThrow(/The operation \w+ in program test has no gradient/);
  });

  it('a program that reads values', () => {
    expect(() => trace((x) => tf.mul(x, x.dataSync()[0] ?? 0))).toThrow('reads the values of a tensor');
  });

  it('a leaf that is not there', () => {
    expect(() => traceProgram({ ...programOf((x) => x), reads: ['none'] }, leaves, onnxLowering)).toThrow(
      'reads the leaf none, which the state does not have',
    );
  });

  it('a leaf that changes its shape', () => {
    const program: Program = {
      ...programOf((x) => x),
      writes: ['w'],
      build: (_state, { x }) => ({ state: x === undefined ? {} : { w: x }, outputs: {} }),
    };
    expect(() => traceProgram(program, leaves, onnxLowering)).toThrow(
      'changes the shape of w from [3, 3] to [2, 3]',
    );
  });
});

describe('the graph', () => {
  const operations = (build: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor): string[] =>
    liveNodes(trace(build).graph).map((node) => node.op);

  it('computes equal operations once', () => {
    expect(operations((x, w) => tf.add(tf.exp(tf.matMul(x, w)), tf.exp(tf.matMul(x, w))))).toEqual([
      'MatMul',
      'Exp',
      'Add',
    ]);
  });

  it('leaves out what no output needs', () => {
    expect(
      operations((x) => {
        tf.exp(x);
        return tf.neg(x);
      }),
    ).toEqual(['Neg']);
  });

  it('leaves out neutral operands, and moves of axes of one', () => {
    expect(operations((x) => tf.neg(tf.add(tf.mul(x, tf.ones([2, 3])), tf.zeros([2, 3]))))).toEqual(['Neg']);
    expect(operations((x) => tf.neg(tf.transpose(tf.reshape(x, [1, 2, 3]), [1, 0, 2])))).toEqual([
      'Reshape',
      'Neg',
    ]);
  });

  it('sums the columns of a matrix by a product, and those of a tall one in blocks', () => {
    const rows = (x: tf.Tensor, count: number): tf.Tensor => tf.tile(x, [count / 2, 1]);
    expect(operations((x) => tf.sum(rows(x, 64), 0))).toEqual(['Tile', 'Expand', 'MatMul', 'Reshape']);
    expect(operations((x) => tf.sum(rows(x, 2048), 0))).toEqual([
      'Tile',
      'Reshape',
      'ReduceSum',
      'ReduceSum',
    ]);
  });

  it('holds constants of one value as scalars', () => {
    const { graph } = trace((x) => tf.mul(x, tf.fill([2, 3], 7)));
    const live = new Set(liveNodes(graph).flatMap((node) => node.inputs.map((input) => input?.id)));
    const sizes = graph.constants.filter((value) => live.has(value.id)).map((value) => value.shape.length);
    expect(sizes).toEqual([0]);
  });
});

describe('a lowering', () => {
  const operations = (lowering: Lowering): string[] =>
    liveNodes(trace((x, w) => tf.tanh(tf.matMul(x, w)), lowering).graph).map((node) => node.op);

  it('replaces kernels for its own engine alone', () => {
    const other: Lowering = {
      ...onnxLowering,
      Tanh: ({ graph, input }) => graph.add('FastTanh', [input('x')], { shape: input('x').shape }),
    };
    expect(operations(onnxLowering)).toEqual(['MatMul', 'Tanh']);
    expect(operations(other)).toEqual(['MatMul', 'FastTanh']);
    expect(operations(onnxLowering)).toEqual(['MatMul', 'Tanh']);
  });

  it('has no tensors of another', () => {
    let strange: tf.Tensor | undefined;
    withSymbols((symbol) => {
      strange = symbol('x', { shape: [2, 3], dtype: 'float32' });
    });
    expect(() => trace((x) => (strange === undefined ? x : tf.add(x, strange)))).toThrow(
      'A program uses a tensor that was made outside it.',
    );
  });
});
