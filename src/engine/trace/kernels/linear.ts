/** Matrix products and convolutions. */
import { backend_util } from '@tensorflow/tfjs-core';
import type { ConvolutionGeometry } from '../convolution';
import { convolution, filterGradient, inputGradient } from '../convolution';
import type { GraphValue } from '../graph';
import type { KernelCall, KernelTable, TracedKernel } from '../kernel';
import { attribute } from '../kernel';
import { broadcastShape, matrixProduct, reshape, transpose } from '../operators';

const batchMatMul: TracedKernel = (call) => {
  const { graph } = call;
  const a = call.input('a');
  const b = call.input('b');
  const transposeA = attribute.boolean(call, 'transposeA');
  const transposeB = attribute.boolean(call, 'transposeB');
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const batch = broadcastShape(batchA, batchB);
  if (batch.every((extent) => extent === 1)) {
    const product = matrixProduct(
      graph,
      reshape(graph, a, a.shape.slice(-2)),
      reshape(graph, b, b.shape.slice(-2)),
      {
        transposeA,
        transposeB,
      },
    );
    return reshape(graph, product, [...batch, ...product.shape]);
  }
  const swapLast = (value: GraphValue): GraphValue => {
    const axes = value.shape.map((_, axis) => axis);
    return transpose(graph, value, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
  };
  const left = transposeA ? swapLast(a) : a;
  const right = transposeB ? swapLast(b) : b;
  if (left.shape.at(-1) !== right.shape.at(-2))
    throw new RangeError(
      `the inner sizes of a product must be the same: [${left.shape.join(', ')}] times [${right.shape.join(', ')}]`,
    );
  return graph.add('MatMul', [left, right], {
    shape: [...batch, left.shape.at(-2) ?? 1, right.shape.at(-1) ?? 1],
  });
};

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

export const linearKernels: KernelTable = {
  BatchMatMul: batchMatMul,
  Conv2D: (call) => {
    const x = call.input('x');
    const filter = call.input('filter');
    return convolution(call.graph, x, filter, geometry(call, x.shape, filter.shape));
  },
  Conv2DBackpropInput: (call) => {
    const filter = call.input('filter');
    const info = geometry(call, attribute.numbers(call, 'inputShape'), filter.shape);
    return inputGradient(call.graph, call.input('dy'), filter, info);
  },
  Conv2DBackpropFilter: (call) => {
    const x = call.input('x');
    const info = geometry(call, x.shape, attribute.numbers(call, 'filterShape'));
    return filterGradient(call.graph, x, call.input('dy'), info);
  },
};
