/**
 * Winograd convolutions: matrices transform the image and the filter, the transforms are multiplied point by point (a
 * stack of matrix products over the channels), and another matrix transforms the products to the result. A 3×3
 * convolution takes 2.25 to 4 times fewer multiplications than a direct one (Lavin and Gray 2016, "Fast Algorithms for
 * Convolutional Neural Networks").
 *
 * Gradients use the transposed matrices, so that the transforms of the image, of the filter and of the gradient are
 * each computed once for all that need them, unless the batch is computed in parts. Inside, images are `[height, width,
 * batch, channels]`: a transform along the height or the width is then a product of a small matrix with a wide one.
 */
import { sizeOf } from '../../../shared/host-tensor';
import type { Graph, GraphValue } from '../../trace/graph';
import type { ConvolutionGeometry } from '../../trace/kernels/convolutions';
import { binary, reshape, transpose } from '../../trace/operators';
import { examples, overBatch, partsOfBatch } from '../batch-parts';
import type { AxisMatrices } from './axis-matrices';
import { type Matrix, transposed } from './toom-cook';

/** The matrices of both axes. */
export interface ImageMatrices {
  readonly y: AxisMatrices;
  readonly x: AxisMatrices;
}

/** 64 MB: products over parts of a batch have to be added, which costs more than missing a processor's cache. */
const MAX_ELEMENTS_OF_FILTER_GRADIENT = 1 << 24;

/** Forward pass: input and filter `[height, width, in, out]` -> output. */
export function winogradConvolution(
  graph: Graph,
  x: GraphValue,
  filter: GraphValue,
  { outHeight, outWidth, inChannels, outChannels }: ConvolutionGeometry,
  matrices: ImageMatrices,
): GraphValue {
  const weights = filterTransform(graph, filter, matrices);
  const { y: vertical, x: horizontal } = matrices;
  return overBatch(graph, x, elementsOf(matrices, inChannels, outChannels), (part, batchSize) => {
    const products = matMul(graph, inputTransform(graph, part, matrices), weights);
    const image = transformImage(graph, vertical.inverse, horizontal.inverse, products);
    return fromInside(graph, image, [outHeight, outWidth, batchSize, outChannels]);
  });
}

/** Backward pass: gradient of the output and filter -> gradient of the input; also the transposed convolution. */
export function winogradInputGradient(
  graph: Graph,
  dy: GraphValue,
  filter: GraphValue,
  { inHeight, inWidth, inChannels, outChannels }: ConvolutionGeometry,
  matrices: ImageMatrices,
): GraphValue {
  const weights = transpose(graph, filterTransform(graph, filter, matrices), [0, 1, 2, 4, 3]);
  const { y, x } = matrices;
  return overBatch(graph, dy, elementsOf(matrices, inChannels, outChannels), (part, batchSize) => {
    const products = matMul(graph, outputTransform(graph, part, matrices), weights);
    const image = transformImage(graph, transposed(y.data), transposed(x.data), products);
    return fromInside(graph, image, [inHeight, inWidth, batchSize, inChannels]);
  });
}

/** Backward pass: input and gradient of the output -> gradient of the filter. */
export function winogradFilterGradient(
  graph: Graph,
  x: GraphValue,
  dy: GraphValue,
  { batchSize, filterHeight, filterWidth, inChannels, outChannels }: ConvolutionGeometry,
  matrices: ImageMatrices,
): GraphValue {
  const { y: vertical, x: horizontal } = matrices;
  const parts = partsOfBatch(
    batchSize,
    elementsOf(matrices, inChannels, outChannels),
    MAX_ELEMENTS_OF_FILTER_GRADIENT,
  );
  const sums = parts.map(({ start, size }) => {
    const inputs = inputTransform(graph, examples(graph, x, start, size), matrices);
    const errors = outputTransform(graph, examples(graph, dy, start, size), matrices);
    return matMul(graph, transpose(graph, inputs, [0, 1, 2, 4, 3]), errors);
  });
  const products = sums.reduce((sum, part) => binary(graph, 'Add', sum, part));
  // Repeated columns sum over the tiles of a column of the image; the products have summed over those of a row.
  const sumOverTiles = transposed(vertical.filter).map((row) =>
    row.flatMap((value) => new Array<number>(vertical.tiles).fill(value)),
  );
  const taps = transformImage(graph, sumOverTiles, transposed(horizontal.filter), products);
  return reshape(graph, taps, [filterHeight, filterWidth, inChannels, outChannels]);
}

/** Number of elements of the larger of the two stacks that are multiplied, for each example. */
function elementsOf({ y, x }: ImageMatrices, inChannels: number, outChannels: number): number {
  return y.points * y.tiles * x.points * x.tiles * Math.max(inChannels, outChannels);
}

/** `[batch, height, width, in] -> [pointsY, tilesY, pointsX, tilesX·batch, in]` */
function inputTransform(graph: Graph, input: GraphValue, { y, x }: ImageMatrices): GraphValue {
  return stacked(graph, transformImage(graph, y.data, x.data, toInside(graph, input)), { y, x }, input);
}

/** `[batch, height, width, out] -> [pointsY, tilesY, pointsX, tilesX·batch, out]`, by the transposed inverse. */
function outputTransform(graph: Graph, output: GraphValue, { y, x }: ImageMatrices): GraphValue {
  const inside = toInside(graph, output);
  const transform = transformImage(graph, transposed(y.inverse), transposed(x.inverse), inside);
  return stacked(graph, transform, { y, x }, output);
}

function stacked(graph: Graph, value: GraphValue, { y, x }: ImageMatrices, image: GraphValue): GraphValue {
  const [batch = 1, , , channels = 1] = image.shape;
  return reshape(graph, value, [y.points, y.tiles, x.points, x.tiles * batch, channels]);
}

/** `[height, width, in, out] -> [pointsY, 1, pointsX, in, out]` */
function filterTransform(graph: Graph, filter: GraphValue, { y, x }: ImageMatrices): GraphValue {
  const [, , inChannels = 1, outChannels = 1] = filter.shape;
  const transform = transformImage(graph, y.filter, x.filter, filter);
  return reshape(graph, transform, [y.points, 1, x.points, inChannels, outChannels]);
}

/** Multiplies by a matrix along each axis of an image: `[columnsY·columnsX·rest] -> [rowsY, rowsX, rest]`. */
function transformImage(graph: Graph, y: Matrix, x: Matrix, image: GraphValue): GraphValue {
  const [height, width] = [y[0]?.length ?? 1, x[0]?.length ?? 1];
  const rest = sizeOf(image.shape) / (height * width);
  const alongY = matMul(graph, constant(graph, y), reshape(graph, image, [height, width * rest]));
  return matMul(graph, constant(graph, x), reshape(graph, alongY, [y.length, width, rest]));
}

function toInside(graph: Graph, image: GraphValue): GraphValue {
  return transpose(graph, image, [1, 2, 0, 3]);
}

function fromInside(graph: Graph, image: GraphValue, shape: readonly number[]): GraphValue {
  return transpose(graph, reshape(graph, image, shape), [2, 0, 1, 3]);
}

function constant(graph: Graph, matrix: Matrix): GraphValue {
  return graph.constant(Float32Array.from(matrix.flat()), [matrix.length, matrix[0]?.length ?? 0], 'float32');
}

/** The product of two matrices, or of each pair in two stacks of them, where a stack of one fits any. */
function matMul(graph: Graph, a: GraphValue, b: GraphValue): GraphValue {
  const stack = b.shape
    .slice(0, -2)
    .map((extent, i) => Math.max(extent, a.shape.at(i - b.shape.length) ?? 1));
  return graph.add('MatMul', [a, b], { shape: [...stack, a.shape.at(-2) ?? 1, b.shape.at(-1) ?? 1] });
}
