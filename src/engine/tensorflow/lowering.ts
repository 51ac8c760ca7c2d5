/**
 * The lowering for TensorFlow: convolutions and whatever else it has an operator for, each as one. The runtime chooses
 * how to compute them.
 */
import type { Graph, GraphValue } from '../trace/graph';
import { attribute, type TracedKernel } from '../trace/kernel';
import { type ConvolutionGeometry, convolutionKernels } from '../trace/kernels/convolutions';
import { type Lowering, sharedKernels } from '../trace/lowering';
import { broadcastShape, unary } from '../trace/operators';

const one =
  (op: string): TracedKernel =>
  ({ graph, input }) =>
    unary(graph, op, input('x'));

function attributesOf(g: ConvolutionGeometry) {
  const { top, bottom, left, right, type } = g.padInfo;
  return {
    strides: [1, g.strideHeight, g.strideWidth, 1],
    dilations: [1, g.dilationHeight, g.dilationWidth, 1],
    ...(type === 'SAME' || type === 'VALID'
      ? { padding: type }
      : { padding: 'EXPLICIT', pads: [0, 0, top, bottom, left, right, 0, 0] }),
  };
}

const convolutions = convolutionKernels({
  convolution: (graph, x, filter, g) =>
    graph.add(
      'Conv2D',
      [x, filter],
      { shape: [g.batchSize, g.outHeight, g.outWidth, g.outChannels] },
      attributesOf(g),
    ),
  inputGradient: (graph, dy, filter, g) =>
    graph.add(
      'Conv2DBackpropInput',
      [dy, filter],
      { shape: [g.batchSize, g.inHeight, g.inWidth, g.inChannels] },
      attributesOf(g),
    ),
  filterGradient: (graph, x, dy, g) =>
    graph.add(
      'Conv2DBackpropFilter',
      [x, dy],
      { shape: [g.filterHeight, g.filterWidth, g.inChannels, g.outChannels] },
      attributesOf(g),
    ),
});

/** Products of stacks too take matrices that are stored transposed. */
const batchMatMul: TracedKernel = (call) => {
  const { graph } = call;
  const [a, b] = [call.input('a'), call.input('b')];
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (batch.every((extent) => extent === 1)) return sharedKernels.BatchMatMul(call);
  const transA = attribute.boolean(call, 'transposeA');
  const transB = attribute.boolean(call, 'transposeB');
  const [rows, inner] = [a.shape.at(transA ? -1 : -2) ?? 1, a.shape.at(transA ? -2 : -1) ?? 1];
  const [other, columns] = [b.shape.at(transB ? -1 : -2) ?? 1, b.shape.at(transB ? -2 : -1) ?? 1];
  if (inner !== other) return sharedKernels.BatchMatMul(call);
  return graph.add(
    'MatMul',
    [a, b],
    { shape: [...batch, rows, columns] },
    { ...(transA ? { transA: 1 } : {}), ...(transB ? { transB: 1 } : {}) },
  );
};

/** 1 where x > 0, `alpha` elsewhere; mostly a factor, and then part of the operator that multiplies. */
const step: TracedKernel = (call) => {
  const x = call.input('x');
  const alpha = { float: attribute.number(call, 'alpha') };
  return call.graph.add('Step', [x], { shape: x.shape }, { alpha });
};

/** A product with a step is a rectifier or its gradient, for which TensorFlow takes one pass instead of three. */
const multiply: TracedKernel = (call) => {
  const { graph } = call;
  const [a, b] = [call.input('a'), call.input('b')];
  return rectified(graph, a, b) ?? rectified(graph, b, a) ?? sharedKernels.Multiply(call);
};

function rectified(graph: Graph, values: GraphValue, factor: GraphValue): GraphValue | undefined {
  const step = graph.producer(factor);
  const [x] = step?.inputs ?? [];
  if (step?.op !== 'Step' || x === undefined || values.shape.join() !== x.shape.join()) return undefined;
  const { alpha } = step.attributes;
  const shape = { shape: x.shape };
  const isPlain = typeof alpha === 'object' && 'float' in alpha && alpha.float === 0;
  if (values === x)
    return isPlain ? unary(graph, 'Relu', x) : graph.add('LeakyRelu', [x], shape, step.attributes);
  return isPlain
    ? graph.add('ReluGrad', [values, x], shape)
    : graph.add('LeakyReluGrad', [values, x], shape, step.attributes);
}

/** Adding a vector along the last axis is an operator of its own, which the runtime joins with a product before it. */
const add: TracedKernel = (call) => {
  const [a, b] = [call.input('a'), call.input('b')];
  return biased(call.graph, a, b) ?? biased(call.graph, b, a) ?? sharedKernels.Add(call);
};

function biased(graph: Graph, x: GraphValue, bias: GraphValue): GraphValue | undefined {
  const { shape, type } = x;
  const fits = shape.length > 1 && bias.shape.length === 1 && bias.shape[0] === shape.at(-1);
  if (!fits || type !== 'float32' || bias.uniform !== undefined || x.uniform !== undefined) return undefined;
  return graph.add('BiasAdd', [x, bias], { shape });
}

export const tensorFlowLowering: Lowering = {
  ...sharedKernels,
  ...convolutions,
  Add: add,
  BatchMatMul: batchMatMul,
  Expm1: one('Expm1'),
  Log1p: one('Log1p'),
  Multiply: multiply,
  Rsqrt: one('Rsqrt'),
  Step: step,
};
