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
import { binary, concat, gatherRows, reshape, transpose } from '../../trace/operators';
import { type PartOfBatch, partsOfBatch } from '../batch-parts';
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
  g: ConvolutionGeometry,
  matrices: ImageMatrices,
): GraphValue {
  const weights = filterTransform(graph, filter, matrices);
  const parts = partsOfBatch(g.batchSize, elementsOf(matrices, g));
  const images = parts.map((part) => {
    const products = matMul(graph, inputTransform(graph, x, part, matrices), weights);
    return transformImage(graph, matrices.y.inverse, matrices.x.inverse, products);
  });
  return fromInside(graph, images, parts, [g.batchSize, g.outHeight, g.outWidth, g.outChannels]);
}

/** Backward pass: gradient of the output and filter -> gradient of the input; also the transposed convolution. */
export function winogradInputGradient(
  graph: Graph,
  dy: GraphValue,
  filter: GraphValue,
  g: ConvolutionGeometry,
  matrices: ImageMatrices,
): GraphValue {
  const weights = transpose(graph, filterTransform(graph, filter, matrices), [0, 1, 2, 4, 3]);
  const parts = partsOfBatch(g.batchSize, elementsOf(matrices, g));
  const [alongY, alongX] = [transposed(matrices.y.data), transposed(matrices.x.data)];
  const images = parts.map((part) => {
    const products = matMul(graph, outputTransform(graph, dy, part, matrices), weights);
    return transformImage(graph, alongY, alongX, products);
  });
  return fromInside(graph, images, parts, [g.batchSize, g.inHeight, g.inWidth, g.inChannels]);
}

/** Backward pass: input and gradient of the output -> gradient of the filter. */
export function winogradFilterGradient(
  graph: Graph,
  x: GraphValue,
  dy: GraphValue,
  g: ConvolutionGeometry,
  matrices: ImageMatrices,
): GraphValue {
  const { y: vertical, x: horizontal } = matrices;
  const parts = partsOfBatch(g.batchSize, elementsOf(matrices, g), MAX_ELEMENTS_OF_FILTER_GRADIENT);
  const sums = parts.map((part) => {
    const inputs = transpose(graph, inputTransform(graph, x, part, matrices), [0, 1, 2, 4, 3]);
    return matMul(graph, inputs, outputTransform(graph, dy, part, matrices));
  });
  const products = sums.reduce((sum, part) => binary(graph, 'Add', sum, part));
  // Repeated columns sum over the tiles of a column of the image; the products have summed over those of a row.
  const sumOverTiles = transposed(vertical.filter).map((row) =>
    row.flatMap((value) => new Array<number>(vertical.tiles).fill(value)),
  );
  const taps = transformImage(graph, sumOverTiles, transposed(horizontal.filter), products);
  return reshape(graph, taps, [g.filterHeight, g.filterWidth, g.inChannels, g.outChannels]);
}

/** Number of elements of the larger of the two stacks that are multiplied, for each example. */
function elementsOf({ y, x }: ImageMatrices, { inChannels, outChannels }: ConvolutionGeometry): number {
  return y.points * y.tiles * x.points * x.tiles * Math.max(inChannels, outChannels);
}

/** `[batch, height, width, in] -> [pointsY, tilesY, pointsX, tilesX·examples, in]` */
function inputTransform(
  graph: Graph,
  input: GraphValue,
  part: PartOfBatch,
  matrices: ImageMatrices,
): GraphValue {
  const { y, x } = matrices;
  return stacked(graph, transformImage(graph, y.data, x.data, toInside(graph, input, part)), part, matrices);
}

/** `[batch, height, width, out] -> [pointsY, tilesY, pointsX, tilesX·examples, out]`, by the transposed inverse. */
function outputTransform(
  graph: Graph,
  output: GraphValue,
  part: PartOfBatch,
  matrices: ImageMatrices,
): GraphValue {
  const [alongY, alongX] = [transposed(matrices.y.inverse), transposed(matrices.x.inverse)];
  return stacked(graph, transformImage(graph, alongY, alongX, toInside(graph, output, part)), part, matrices);
}

function stacked(
  graph: Graph,
  value: GraphValue,
  { size }: PartOfBatch,
  { y, x }: ImageMatrices,
): GraphValue {
  const rows = y.points * y.tiles * x.points * x.tiles * size;
  return reshape(graph, value, [y.points, y.tiles, x.points, x.tiles * size, sizeOf(value.shape) / rows]);
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

/**
 * `[batch, height, width, channels] -> [height, width, examples, channels]` of a part of the batch. The runtime gathers
 * rows with all threads, and transposes with one.
 */
function toInside(graph: Graph, image: GraphValue, { start, size }: PartOfBatch): GraphValue {
  const [batch = 1, height = 1, width = 1, channels = 1] = image.shape;
  const pixels = height * width;
  const rows = Int32Array.from(
    { length: pixels * size },
    (_, row) => (start + (row % size)) * pixels + Math.floor(row / size),
  );
  const gathered = gatherRows(graph, reshape(graph, image, [1, batch * pixels, channels]), rows);
  return reshape(graph, gathered, [height, width, size, channels]);
}

/** The inverse, for the images of all parts. */
function fromInside(
  graph: Graph,
  images: readonly GraphValue[],
  parts: readonly PartOfBatch[],
  shape: readonly [batch: number, height: number, width: number, channels: number],
): GraphValue {
  const [batch, height, width, channels] = shape;
  const pixels = height * width;
  const inside = images.map((image) => reshape(graph, image, [1, sizeOf(image.shape) / channels, channels]));
  const rows = parts.flatMap(({ start, size }) =>
    Array.from(
      { length: size * pixels },
      (_, row) => start * pixels + (row % pixels) * size + Math.floor(row / pixels),
    ),
  );
  const gathered = gatherRows(graph, concat(graph, inside, 1), Int32Array.from(rows));
  return reshape(graph, gathered, [batch, height, width, channels]);
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
