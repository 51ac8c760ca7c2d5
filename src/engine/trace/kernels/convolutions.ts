/**
 * The kernels of convolutions: they read the geometry from tfjs's attributes, and a lowering supplies the methods, since
 * the fastest one differs most between machines.
 */
import { backend_util } from '@tensorflow/tfjs-core';
import type { Graph, GraphValue } from '../graph';
import type { KernelCall, TracedKernel } from '../kernel';
import { attribute } from '../kernel';

/** Geometry of a convolution `[batch, inHeight, inWidth, inChannels] -> [batch, outHeight, outWidth, outChannels]`. */
export type ConvolutionGeometry = Pick<
  backend_util.Conv2DInfo,
  | 'batchSize'
  | 'inHeight'
  | 'inWidth'
  | 'inChannels'
  | 'outHeight'
  | 'outWidth'
  | 'outChannels'
  | 'filterHeight'
  | 'filterWidth'
  | 'strideHeight'
  | 'strideWidth'
  | 'dilationHeight'
  | 'dilationWidth'
  | 'padInfo'
>;

/** One axis of a convolution: `output[o] = Σ_k weights[k] · input[o · stride + k - padding]`. */
export interface ConvolutionAxis {
  readonly input: number;
  readonly output: number;
  readonly taps: number;
  readonly stride: number;
  readonly padding: number;
}

export function axesOf(g: ConvolutionGeometry): Record<'y' | 'x', ConvolutionAxis> {
  return {
    y: {
      input: g.inHeight,
      output: g.outHeight,
      taps: g.filterHeight,
      stride: g.strideHeight,
      padding: g.padInfo.top,
    },
    x: {
      input: g.inWidth,
      output: g.outWidth,
      taps: g.filterWidth,
      stride: g.strideWidth,
      padding: g.padInfo.left,
    },
  };
}

/** How a machine convolves; filters are `[height, width, in, out]`. */
export interface ConvolutionMethods {
  /** Forward pass: input and filter -> output. */
  convolution(graph: Graph, x: GraphValue, filter: GraphValue, geometry: ConvolutionGeometry): GraphValue;
  /** Gradient of the output and filter -> gradient of the input; also the transposed convolution. */
  inputGradient(graph: Graph, dy: GraphValue, filter: GraphValue, geometry: ConvolutionGeometry): GraphValue;
  /** Input and gradient of the output -> gradient of the filter. */
  filterGradient(graph: Graph, x: GraphValue, dy: GraphValue, geometry: ConvolutionGeometry): GraphValue;
}

export type ConvolutionKernels = Readonly<
  Record<'Conv2D' | 'Conv2DBackpropInput' | 'Conv2DBackpropFilter', TracedKernel>
>;

export function convolutionKernels(methods: ConvolutionMethods): ConvolutionKernels {
  return {
    Conv2D: (call) => {
      const x = call.input('x');
      const filter = call.input('filter');
      return methods.convolution(call.graph, x, filter, geometry(call, x.shape, filter.shape));
    },
    Conv2DBackpropInput: (call) => {
      const filter = call.input('filter');
      const info = geometry(call, attribute.numbers(call, 'inputShape'), filter.shape);
      return methods.inputGradient(call.graph, call.input('dy'), filter, info);
    },
    Conv2DBackpropFilter: (call) => {
      const x = call.input('x');
      const info = geometry(call, x.shape, attribute.numbers(call, 'filterShape'));
      return methods.filterGradient(call.graph, x, call.input('dy'), info);
    },
  };
}

const ROUNDINGS = ['floor', 'ceil', 'round'] as const;

type Shape4D = [number, number, number, number];

function shape4D(shape: readonly number[]): Shape4D {
  const [a, b, c, d] = shape;
  if (shape.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined)
    throw new TypeError(`expected four dimensions, found [${shape.join(', ')}]`);
  return [a, b, c, d];
}

function geometry(
  call: KernelCall,
  inputShape: readonly number[],
  filterShape: readonly number[],
): ConvolutionGeometry {
  if (call.attributes.dataFormat === 'NCHW')
    throw new TypeError('convolutions are traced in NHWC only; use the default data format');
  const pair = (name: string): [number, number] => {
    const [height = 1, width = height] =
      call.attributes[name] === undefined ? [1, 1] : attribute.numbers(call, name);
    return [height, width];
  };
  const padding = call.attributes.pad;
  return backend_util.computeConv2DInfo(
    shape4D(inputShape),
    shape4D(filterShape),
    pair('strides'),
    pair('dilations'),
    explicitPadding(padding),
    ROUNDINGS.find((mode) => mode === call.attributes.dimRoundingMode),
    false,
    'channelsLast',
  );
}

function explicitPadding(
  padding: unknown,
): 'valid' | 'same' | number | [[number, number], [number, number], [number, number], [number, number]] {
  if (padding === 'valid' || padding === 'same' || typeof padding === 'number') return padding;
  if (Array.isArray(padding)) {
    const side = (i: number): [number, number] => [
      Number(padding[i]?.[0] ?? 0),
      Number(padding[i]?.[1] ?? 0),
    ];
    return [side(0), side(1), side(2), side(3)];
  }
  throw new TypeError(`padding ${String(padding)} has no traced form`);
}
