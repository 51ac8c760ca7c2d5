/**
 * The lowering for TensorFlow: convolutions and whatever else it has an operator for, each as one. The runtime chooses
 * how to compute them.
 */
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

export const tensorFlowLowering: Lowering = {
  ...sharedKernels,
  ...convolutions,
  BatchMatMul: batchMatMul,
  Expm1: one('Expm1'),
  Log1p: one('Log1p'),
  Rsqrt: one('Rsqrt'),
};
