/**
 * Frees the size of the batch in a TensorFlow graph, whose shapes are constants: the network is traced at several sizes,
 * and the constants that differ between the traces are computed from the size of the input.
 */
import type { Attribute, ConstantTensor, TensorFlowNode } from '../../engine/tensorflow/graph-def';
import { BatchError } from '../onnx/free-batch';

/** A graph at each of `TRACED_BATCHES`, with the same nodes in the same order. */
export type SizedGraphs = readonly [Sized, Sized, Sized];

interface Sized {
  readonly batch: number;
  readonly nodes: readonly TensorFlowNode[];
}

/**
 * Throws `BatchError`.
 *
 * @param source a node whose first axis is the batch
 */
export function freeBatch([first, second, third]: SizedGraphs, source: string): readonly TensorFlowNode[] {
  if (second.nodes.length !== first.nodes.length || third.nodes.length !== first.nodes.length)
    throw new BatchError();
  const size = `${source}/batch_size`;
  let isFree = false;
  const nodes = first.nodes.flatMap((node, i) => {
    const others = [second.nodes[i], third.nodes[i]];
    if (others.every((other) => isSame(node, other))) return [node];
    const [values, ...counterparts] = [node, ...others].map(integersOf);
    if (values === undefined || others.some((other) => other?.name !== node.name)) throw new BatchError();
    isFree = true;
    const batches = [second.batch, third.batch];
    const slope = values.data.map(
      (value, at) => ((counterparts[0]?.data[at] ?? Number.NaN) - value) / (second.batch - first.batch),
    );
    const base = values.data.map((value, at) => value - (slope[at] ?? 0) * first.batch);
    counterparts.forEach((counterpart, which) => {
      const batch = batches[which] ?? 0;
      if (base.some((value, at) => counterpart?.data[at] !== value + (slope[at] ?? 0) * batch))
        throw new BatchError();
    });
    return isReshaped(first.nodes, node.name) && slope.filter((value) => value !== 0).length === 1
      ? [
          constant(
            node.name,
            base.map((value, at) => (slope[at] === 0 ? value : -1)),
            values,
          ),
        ]
      : computed(node.name, { base, slope, like: values, size });
  });
  return isFree ? [...nodes, ...sizeOf(source, size)] : nodes;
}

function isSame(a: TensorFlowNode, b: TensorFlowNode | undefined): boolean {
  return JSON.stringify(plain(a)) === JSON.stringify(b === undefined ? b : plain(b));
}

/** The values of a constant as a list, since JSON has none for 64 bits. */
function plain(node: TensorFlowNode) {
  const value = node.attributes.value;
  const data = value !== undefined && 'tensor' in value ? Array.from(value.tensor.data, String) : undefined;
  return { ...node, attributes: { ...node.attributes, value: data ?? value } };
}

interface Integers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

function integersOf(node: TensorFlowNode | undefined): Integers | undefined {
  const value = node?.attributes.value;
  if (node?.op !== 'Const' || value === undefined || !('tensor' in value)) return undefined;
  const { type, shape, data }: ConstantTensor = value.tensor;
  return type === 'int32' ? { shape, data: Array.from(data, Number) } : undefined;
}

/** Whether a constant is nothing but the shape of reshapes, which find one extent by themselves. */
function isReshaped(nodes: readonly TensorFlowNode[], name: string): boolean {
  const users = nodes.filter(({ inputs }) => inputs.includes(name));
  return users.every(({ op, inputs }) => op === 'Reshape' && inputs[1] === name);
}

const INT32: Attribute = { type: 'int32' };

function constant(
  name: string,
  values: readonly number[],
  { shape }: Pick<Integers, 'shape'>,
): TensorFlowNode {
  const tensor = { type: 'int32', shape, data: Int32Array.from(values) } as const;
  return { op: 'Const', name, inputs: [], attributes: { dtype: INT32, value: { tensor } } };
}

function computed(
  name: string,
  { base, slope, like, size }: { base: number[]; slope: number[]; like: Integers; size: string },
): TensorFlowNode[] {
  const [fixed, factor, product] = [`${name}/fixed`, `${name}/of_batch`, `${name}/scaled`];
  return [
    constant(fixed, base, like),
    constant(factor, slope, like),
    { op: 'Mul', name: product, inputs: [factor, size], attributes: { T: INT32 } },
    { op: 'AddV2', name, inputs: [fixed, product], attributes: { T: INT32 } },
  ];
}

function sizeOf(source: string, name: string): TensorFlowNode[] {
  const [shape, begin, end] = [`${name}/shape`, `${name}/begin`, `${name}/end`];
  return [
    {
      op: 'Shape',
      name: shape,
      inputs: [source],
      attributes: { T: { type: 'float32' }, out_type: INT32 },
    },
    constant(begin, [0], { shape: [1] }),
    constant(end, [1], { shape: [1] }),
    {
      op: 'StridedSlice',
      name,
      inputs: [shape, begin, end, end],
      attributes: { T: INT32, Index: INT32, shrink_axis_mask: { int: 1 } },
    },
  ];
}
