/**
 * Runs functions on symbolic tensors to learn what they ask for and which shapes they return. What an operation costs
 * is of no interest then, so this needs no engine: a convolution is a single node.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { TensorSpec } from '../../shared/host-tensor';
import type { Graph, GraphValue } from './graph';
import { type ConvolutionGeometry, convolutionKernels } from './kernels/convolutions';
import { type Lowering, sharedKernels } from './lowering';
import { traceBackend } from './register';
import { withTraceBackend } from './trace';

function stepsOf(g: ConvolutionGeometry) {
  return {
    strides: [g.strideHeight, g.strideWidth],
    dilations: [g.dilationHeight, g.dilationWidth],
  };
}

const symbolicLowering: Lowering = {
  ...sharedKernels,
  ...convolutionKernels({
    convolution: (graph, x, filter, g) =>
      graph.add(
        'Conv2D',
        [x, filter],
        { shape: [g.batchSize, g.outHeight, g.outWidth, g.outChannels] },
        stepsOf(g),
      ),
    inputGradient: (graph, dy, filter, g) =>
      graph.add(
        'Conv2DBackpropInput',
        [dy, filter],
        { shape: [g.batchSize, g.inHeight, g.inWidth, g.inChannels] },
        stepsOf(g),
      ),
    filterGradient: (graph, x, dy, g) =>
      graph.add('Conv2DBackpropFilter', [x, dy], {
        shape: [g.filterHeight, g.filterWidth, g.inChannels, g.outChannels],
      }),
  }),
};

/** @param body receives a function that makes a named symbolic tensor */
export function withSymbols<Result>(
  body: (symbol: (name: string, spec: TensorSpec) => tf.Tensor) => Result,
): Result {
  return withTraceBackend(symbolicLowering, (_graph, symbol) => body(symbol));
}

/** The graph of what functions have done with symbols so far. Call it within `withSymbols`. */
export function symbolicGraph(): Graph {
  return traceBackend(symbolicLowering).graph;
}

/** What a symbol, or a tensor computed from symbols, is in that graph. */
export function symbolicValue(tensor: tf.Tensor): GraphValue {
  return traceBackend(symbolicLowering).graphValue(tensor);
}
