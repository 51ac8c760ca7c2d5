/**
 * The lowering of exported networks: the operators that other runtimes know and optimise, where those of training are
 * chosen for a step on a processor. Convolutions are `Conv` and `ConvTranspose` with their biases, between transpositions
 * that runtimes cancel; ReLUs are operators of their own.
 */
import type { Graph, GraphValue } from '../../engine/trace/graph';
import { attribute, type TracedKernel } from '../../engine/trace/kernel';
import {
  axesOf,
  type ConvolutionAxis,
  type ConvolutionGeometry,
  type ConvolutionMethods,
  convolutionKernels,
} from '../../engine/trace/kernels/convolutions';
import { type Lowering, sharedKernels } from '../../engine/trace/lowering';
import { binary, transpose } from '../../engine/trace/operators';

const CHANNELS_FIRST = [0, 3, 1, 2];
const CHANNELS_LAST = [0, 2, 3, 1];
/** A filter `[height, width, in, out]` as `[out, in, height, width]`. */
const FILTER_FIRST = [3, 2, 0, 1];

const methods: ConvolutionMethods = {
  convolution(graph, x, filter, g) {
    const product = graph.add(
      'Conv',
      [moved(graph, x, CHANNELS_FIRST), transpose(graph, filter, FILTER_FIRST)],
      { shape: [g.batchSize, g.outChannels, g.outHeight, g.outWidth] },
      attributesOf(g),
    );
    return moved(graph, product, CHANNELS_LAST);
  },
  inputGradient(graph, dy, filter, g) {
    const { y, x } = axesOf(g);
    const product = graph.add(
      'ConvTranspose',
      [moved(graph, dy, CHANNELS_FIRST), transpose(graph, filter, FILTER_FIRST)],
      { shape: [g.batchSize, g.inChannels, g.inHeight, g.inWidth] },
      { ...attributesOf(g), output_padding: [missing(y, g.padInfo.bottom), missing(x, g.padInfo.right)] },
    );
    return moved(graph, product, CHANNELS_LAST);
  },
  filterGradient() {
    throw new TypeError('a network that is exported computes no gradients');
  },
};

/** A transposition even of a single channel, so that a bias after a convolution is found, and runtimes cancel it. */
function moved(graph: Graph, x: GraphValue, permutation: readonly number[]): GraphValue {
  const source = graph.producer(x);
  const [before] = source?.op === 'Transpose' ? source.inputs : [];
  if (before !== undefined && isUndone(source?.attributes.perm, permutation)) return before;
  const shape = permutation.map((axis) => x.shape[axis] ?? 1);
  return graph.add('Transpose', [x], { shape }, { perm: permutation });
}

function isUndone(before: unknown, permutation: readonly number[]): boolean {
  return Array.isArray(before) && permutation.every((axis, i) => before[axis] === i);
}

function attributesOf(g: ConvolutionGeometry) {
  const { top, left, bottom, right } = g.padInfo;
  return {
    kernel_shape: [g.filterHeight, g.filterWidth],
    strides: [g.strideHeight, g.strideWidth],
    dilations: [g.dilationHeight, g.dilationWidth],
    pads: [top, left, bottom, right],
  };
}

/** Rows of the image that the last position of the filter does not reach. */
function missing({ input, output, taps, stride, padding }: ConvolutionAxis, paddingAfter: number): number {
  return input - (stride * (output - 1) + taps - padding - paddingAfter);
}

/** 1 where x > 0, `alpha` elsewhere. */
const step: TracedKernel = (call) => {
  const { graph } = call;
  const x = call.input('x');
  const slope = graph.scalar(attribute.number(call, 'alpha'));
  const positive = binary(graph, 'Greater', x, graph.scalar(0), 'bool');
  return graph.add('Where', [positive, graph.scalar(1), slope], { shape: x.shape });
};

/** x · step(x, alpha) is a ReLU, leaky where alpha is not 0. */
const multiply: TracedKernel = ({ graph, input }) => {
  const [a, b] = [input('a'), input('b')];
  const slope = slopeOfStep(graph, b, a);
  if (slope === undefined) return binary(graph, 'Mul', a, b);
  if (slope === 0) return graph.add('Relu', [a], { shape: a.shape });
  return graph.add('LeakyRelu', [a], { shape: a.shape }, { alpha: { float: slope } });
};

function slopeOfStep(graph: Graph, value: GraphValue, x: GraphValue): number | undefined {
  const where = graph.producer(value);
  if (where?.op !== 'Where') return undefined;
  const [condition, above, below] = where.inputs;
  const greater = condition === undefined ? undefined : graph.producer(condition);
  const isStep =
    greater?.op === 'Greater' &&
    greater.inputs[0]?.id === x.id &&
    greater.inputs[1]?.uniform === 0 &&
    above?.uniform === 1;
  return isStep ? below?.uniform : undefined;
}

/** A convolution plus a value for each channel is a convolution with a bias. */
const add: TracedKernel = ({ graph, input }) => {
  const [a, b] = [input('a'), input('b')];
  return withBias(graph, a, b) ?? binary(graph, 'Add', a, b);
};

function withBias(graph: Graph, value: GraphValue, bias: GraphValue): GraphValue | undefined {
  const last = graph.producer(value);
  const [product] = last?.op === 'Transpose' ? last.inputs : [];
  const convolution = product === undefined ? undefined : graph.producer(product);
  if (product === undefined || convolution === undefined) return undefined;
  const { op, inputs, attributes } = convolution;
  const isPlain = (op === 'Conv' || op === 'ConvTranspose') && inputs.length === 2;
  if (!isPlain || bias.shape.length !== 1 || bias.shape[0] !== product.shape[1]) return undefined;
  const biased = graph.add(op, [...inputs, bias], { shape: product.shape }, attributes);
  return moved(graph, biased, CHANNELS_LAST);
}

export const exportLowering: Lowering = {
  ...sharedKernels,
  ...convolutionKernels(methods),
  Add: add,
  Multiply: multiply,
  Step: step,
};
