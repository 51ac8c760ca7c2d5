import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { float32, scalar } from '../../shared/host-tensor';
import type { Program } from '../engine';
import { liveNodes } from '../trace/graph';
import { traceProgram } from '../trace/trace';
import { webGpuLowering } from './lowering';
import { concatenate, PACKED_INPUTS, packInputs } from './packed-inputs';

const float = { shape: [2, 3], dtype: 'float32' } as const;

function packedInputsOf(inputs: Program['inputs'], build: Program['build']) {
  const { graph } = traceProgram(
    { name: 'program', reads: [], writes: [], inputs, build },
    {},
    webGpuLowering,
  );
  const { nodes, inputs: own, constants, outputs } = graph;
  return packInputs(graph, { nodes: [...nodes], inputs: [...own], constants, outputs });
}

it('passes the numbers that a program needs as one vector, and integers by themselves', () => {
  const { graph, packed } = packedInputsOf(
    {
      images: float,
      labels: { shape: [2], dtype: 'int32' },
      rate: { shape: [], dtype: 'float32' },
      unused: float,
    },
    (_state, { images = tf.scalar(0), labels = tf.scalar(0), rate = tf.scalar(0) }) => ({
      state: {},
      outputs: { sum: tf.add(tf.mul(images, rate), tf.sum(tf.cast(labels, 'float32'))) },
    }),
  );
  expect(packed).toEqual(['images', 'rate']);
  expect(graph.inputs.map(({ name, value }) => [name, value.shape])).toEqual([
    ['input:labels', [2]],
    ['input:unused', [2, 3]],
    [PACKED_INPUTS, [7]],
  ]);
  const ready = new Set([...graph.inputs.map(({ value }) => value), ...graph.constants].map(({ id }) => id));
  for (const { op, inputs, outputs } of liveNodes(graph)) {
    for (const input of inputs) expect(ready, op).toContain(input?.id);
    for (const { id } of outputs) ready.add(id);
  }
  for (const { value } of graph.outputs) expect(ready).toContain(value.id);
});

it('leaves a single input alone', () => {
  const { graph, packed } = packedInputsOf({ images: float }, (_state, { images = tf.scalar(0) }) => ({
    state: {},
    outputs: { images },
  }));
  expect([packed, graph.inputs.map(({ name }) => name)]).toEqual([[], ['input:images']]);
});

it('puts values one after the other', () => {
  expect(concatenate([float32([1, 2], Float32Array.of(1, 2)), scalar(3)])).toEqual(Float32Array.of(1, 2, 3));
});
