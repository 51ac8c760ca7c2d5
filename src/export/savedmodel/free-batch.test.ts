import { expect, it } from 'vitest';
import { GraphBuilder } from '../../engine/tensorflow/graph-builder';
import type { TensorFlowNode } from '../../engine/tensorflow/graph-def';
import { BatchError } from '../onnx/free-batch';
import { freeBatch, type SizedGraphs } from './free-batch';

/** A graph over an input of any batch size, built for one size. */
function graphs(build: (builder: GraphBuilder, input: string, batch: number) => void): SizedGraphs {
  const sized = (batch: number) => {
    const builder = new GraphBuilder('g');
    const input = builder.add('Placeholder', [], { dtype: { type: 'float32' }, shape: { shape: [-1, 6] } });
    build(builder, input, batch);
    return { batch, nodes: builder.nodes };
  };
  return [sized(5), sized(7), sized(11)];
}

const INPUT = 'g/Placeholder_0';

function free(
  build: (builder: GraphBuilder, input: string, batch: number) => void,
): readonly TensorFlowNode[] {
  return freeBatch(graphs(build), INPUT);
}

function valuesOf(nodes: readonly TensorFlowNode[], name: string): number[] {
  const value = nodes.find((node) => node.name === name)?.attributes.value;
  return value !== undefined && 'tensor' in value ? Array.from(value.tensor.data, Number) : [];
}

it('leaves a graph alone that does not know the batch', () => {
  const nodes = free((builder, input) => void builder.add('Relu', [input]));
  expect(nodes.map(({ op }) => op)).toEqual(['Placeholder', 'Relu']);
});

it('lets a reshape find the batch', () => {
  const nodes = free(
    (builder, input, batch) => void builder.add('Reshape', [input, builder.integers([batch, 2, 3])]),
  );
  expect(valuesOf(nodes, 'g/Const_1')).toEqual([-1, 2, 3]);
});

it('computes other shapes from the size of the input', () => {
  const nodes = free(
    (builder, input, batch) => void builder.add('Tile', [input, builder.integers([2 * batch + 1, 1])]),
  );
  const computed = nodes.find(({ name }) => name === 'g/Const_1');
  expect(computed).toMatchObject({ op: 'AddV2', inputs: ['g/Const_1/fixed', 'g/Const_1/scaled'] });
  expect(valuesOf(nodes, 'g/Const_1/fixed')).toEqual([1, 1]);
  expect(valuesOf(nodes, 'g/Const_1/of_batch')).toEqual([2, 0]);
  expect(nodes.find(({ op }) => op === 'Shape')?.inputs).toEqual([INPUT]);
});

it('refuses what depends on the batch in another way', () => {
  const square = (builder: GraphBuilder, input: string, batch: number) =>
    void builder.add('Tile', [input, builder.integers([batch ** 2, 1])]);
  const mean = (builder: GraphBuilder, input: string, batch: number) => {
    const share = builder.constant({ type: 'float32', shape: [], data: Float32Array.of(1 / batch) });
    builder.add('Mul', [input, share]);
  };
  for (const build of [square, mean]) expect(() => free(build)).toThrow(BatchError);
});
