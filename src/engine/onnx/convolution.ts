/**
 * Convolutions and their gradients, each as one large matrix product.
 *
 * A training step cannot use the runtime's own blocked convolution, which requires constant weights; without it, each
 * image is a small product of its own, at less than half the speed. Here the patches of the whole batch are gathered
 * into a matrix (a single `Gather`, since in NHWC a patch is a list of pixel rows), and the product uses the weights
 * exactly as tfjs stores them. The gradient of the filter needs the same patches as the forward pass, so they are
 * gathered once; if they would take much memory, they are gathered for part of the batch at a time, and again for the
 * gradient, which is cheap compared with the product.
 */
import type { Graph, GraphValue } from '../trace/graph';
import type { ConvolutionGeometry } from '../trace/kernels/convolutions';
import { concat, gatherRows, matrixProduct, reshape, slice } from '../trace/operators';
import { examples, overBatch, partsOfBatch } from './batch-parts';

/** Below this ratio of channels, gathering the products is cheaper than gathering their operands. */
const FEW_CHANNELS_RATIO = 4;

function patchElements(g: ConvolutionGeometry): number {
  return g.outHeight * g.outWidth * g.filterHeight * g.filterWidth * g.inChannels;
}

const NO_PIXEL = -1;

/**
 * Index of the input pixel that each tap of each output pixel reads: taps of an output pixel are next to each other.
 *
 * @param outside stands for a pixel in the padding
 */
function pixelsOfTaps(g: ConvolutionGeometry, outside: number): Int32Array<ArrayBuffer> {
  const pixels = new Int32Array(g.outHeight * g.outWidth * g.filterHeight * g.filterWidth);
  let at = 0;
  for (let oy = 0; oy < g.outHeight; oy++)
    for (let ox = 0; ox < g.outWidth; ox++)
      for (let ky = 0; ky < g.filterHeight; ky++)
        for (let kx = 0; kx < g.filterWidth; kx++) {
          const y = oy * g.strideHeight + ky * g.dilationHeight - g.padInfo.top;
          const x = ox * g.strideWidth + kx * g.dilationWidth - g.padInfo.left;
          const isInside = y >= 0 && y < g.inHeight && x >= 0 && x < g.inWidth;
          pixels[at++] = isInside ? y * g.inWidth + x : outside;
        }
  return pixels;
}

/**
 * im2col: `[batch, inHeight, inWidth, inChannels] -> [batch·outHeight·outWidth, taps·inChannels]`.
 *
 * @param again whether to gather again rather than keep the result of an earlier call alive: indices of another type
 *   prevent common subexpression elimination
 */
export function patches(graph: Graph, x: GraphValue, g: ConvolutionGeometry, again = false): GraphValue {
  const rows = g.batchSize * g.outHeight * g.outWidth;
  const taps = g.filterHeight * g.filterWidth;
  if (taps === 1 && g.strideHeight === 1 && g.strideWidth === 1)
    return reshape(graph, x, [rows, g.inChannels]);
  const outside = g.inHeight * g.inWidth;
  const indices = pixelsOfTaps(g, outside);
  const flat = reshape(graph, x, [g.batchSize, outside, g.inChannels]);
  return reshape(graph, gatherRows(graph, flat, indices, again), [rows, taps * g.inChannels]);
}

/** Forward pass: input and filter `[height, width, in, out]` -> output. */
export function convolution(
  graph: Graph,
  x: GraphValue,
  filter: GraphValue,
  g: ConvolutionGeometry,
): GraphValue {
  const inner = g.filterHeight * g.filterWidth * g.inChannels;
  const weights = reshape(graph, filter, [inner, g.outChannels]);
  return overBatch(graph, x, patchElements(g), (part, batchSize) => {
    const product = matrixProduct(graph, patches(graph, part, { ...g, batchSize }), weights);
    return reshape(graph, product, [batchSize, g.outHeight, g.outWidth, g.outChannels]);
  });
}

/** Backward pass: input and gradient of the output -> gradient of the filter. */
export function filterGradient(
  graph: Graph,
  x: GraphValue,
  dy: GraphValue,
  g: ConvolutionGeometry,
): GraphValue {
  const parts = partsOfBatch(g.batchSize, patchElements(g));
  let product: GraphValue | undefined;
  for (const { start, size } of parts) {
    const gathered = patches(
      graph,
      examples(graph, x, start, size),
      { ...g, batchSize: size },
      parts.length > 1,
    );
    const dyRows = [size * g.outHeight * g.outWidth, g.outChannels];
    const dyPart = reshape(graph, examples(graph, dy, start, size), dyRows);
    product = matrixProduct(graph, gathered, dyPart, { transposeA: true, addTo: product });
  }
  if (product === undefined) throw new RangeError('a convolution over no examples');
  return reshape(graph, product, [g.filterHeight, g.filterWidth, g.inChannels, g.outChannels]);
}

/**
 * Backward pass: gradient of the output and filter -> gradient of the input; also the transposed convolution. The input
 * pixels fall into `strideHeight · strideWidth` phases, each reached by its own subset of taps, and each phase is a
 * dense convolution over the output, so that no product with an inserted zero is computed.
 */
export function inputGradient(
  graph: Graph,
  dy: GraphValue,
  filter: GraphValue,
  g: ConvolutionGeometry,
): GraphValue {
  const scatters = g.inChannels * FEW_CHANNELS_RATIO <= g.outChannels;
  const taps = g.filterHeight * g.filterWidth;
  const elements = scatters
    ? g.outHeight * g.outWidth * taps * g.inChannels
    : (g.inHeight * g.inWidth * taps * g.outChannels) / (g.strideHeight * g.strideWidth) ** 2;
  const method = scatters ? scatterProducts : gatherPhases;
  return overBatch(graph, dy, elements, (part, batchSize) =>
    method(graph, part, filter, { ...g, batchSize }),
  );
}

interface Tap {
  readonly index: number;
  readonly dilation: number;
}

/** The taps that reach input coordinates of this phase. */
function tapsOfPhase(phase: number, stride: number, size: number, dilation: number, padding: number): Tap[] {
  return Array.from({ length: size }, (_, index) => ({ index, dilation })).filter(
    (tap) => mod(phase + padding - tap.index * tap.dilation, stride) === 0,
  );
}

function mod(a: number, b: number): number {
  return ((a % b) + b) % b;
}

function gatherPhases(graph: Graph, dy: GraphValue, filter: GraphValue, g: ConvolutionGeometry): GraphValue {
  const { strideHeight, strideWidth, padInfo } = g;
  const height = Math.ceil(g.inHeight / strideHeight);
  const width = Math.ceil(g.inWidth / strideWidth);
  const flatDy = reshape(graph, dy, [g.batchSize, g.outHeight * g.outWidth, g.outChannels]);
  const filterRows = reshape(graph, filter, [
    1,
    g.filterHeight * g.filterWidth * g.inChannels,
    g.outChannels,
  ]);
  const rowsOfPhases: GraphValue[] = [];
  for (let phaseY = 0; phaseY < strideHeight; phaseY++) {
    const tapsY = tapsOfPhase(phaseY, strideHeight, g.filterHeight, g.dilationHeight, padInfo.top);
    const phases: GraphValue[] = [];
    for (let phaseX = 0; phaseX < strideWidth; phaseX++) {
      const tapsX = tapsOfPhase(phaseX, strideWidth, g.filterWidth, g.dilationWidth, padInfo.left);
      const phase = { phaseY, phaseX, tapsY, tapsX, height, width };
      phases.push(gatherPhase(graph, flatDy, filterRows, g, phase));
    }
    rowsOfPhases.push(concat(graph, phases, 4));
  }
  const fullHeight = height * strideHeight;
  const fullWidth = width * strideWidth;
  const full = reshape(graph, concat(graph, rowsOfPhases, 2), [
    g.batchSize,
    fullHeight,
    fullWidth,
    g.inChannels,
  ]);
  return slice(graph, full, [0, 0, 0, 0], [g.batchSize, g.inHeight, g.inWidth, g.inChannels]);
}

/** The `height × width` input pixels at one offset modulo the stride. */
interface Phase {
  readonly phaseY: number;
  readonly phaseX: number;
  readonly tapsY: readonly Tap[];
  readonly tapsX: readonly Tap[];
  readonly height: number;
  readonly width: number;
}

/** `[batch, height, 1, width, 1, in]` of one phase, as a single product. */
function gatherPhase(
  graph: Graph,
  flatDy: GraphValue,
  filterRows: GraphValue,
  g: ConvolutionGeometry,
  phase: Phase,
): GraphValue {
  const { tapsY, tapsX, height, width } = phase;
  const taps = tapsY.length * tapsX.length;
  const shape = [g.batchSize, height, 1, width, 1, g.inChannels];
  if (taps === 0) return graph.filled(shape, 0);
  const indices = pixelsOfPhase(g, phase);
  // Weights `[in, taps·out]`: this moves whole rows of `out`, and the product takes the matrix stored as transposed.
  const weightRows = new Int32Array(g.inChannels * taps);
  let at = 0;
  for (let channel = 0; channel < g.inChannels; channel++)
    for (const tapY of tapsY)
      for (const tapX of tapsX)
        weightRows[at++] = (tapY.index * g.filterWidth + tapX.index) * g.inChannels + channel;
  const weights = reshape(graph, gatherRows(graph, filterRows, weightRows), [
    g.inChannels,
    taps * g.outChannels,
  ]);
  const gathered = reshape(graph, gatherRows(graph, flatDy, indices), [
    g.batchSize * height * width,
    taps * g.outChannels,
  ]);
  return reshape(graph, matrixProduct(graph, gathered, weights, { transposeB: true }), shape);
}

/** The output pixel for each input pixel of a phase and each tap, or one past the last if there is none. */
function pixelsOfPhase(
  g: ConvolutionGeometry,
  { phaseY, phaseX, tapsY, tapsX, height, width }: Phase,
): Int32Array {
  const { strideHeight, strideWidth, padInfo } = g;
  const outside = g.outHeight * g.outWidth;
  const indices = new Int32Array(height * width * tapsY.length * tapsX.length);
  let at = 0;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (const tapY of tapsY)
        for (const tapX of tapsX) {
          const y = (phaseY + row * strideHeight + padInfo.top - tapY.index * tapY.dilation) / strideHeight;
          const x = (phaseX + column * strideWidth + padInfo.left - tapX.index * tapX.dilation) / strideWidth;
          const inside = y >= 0 && y < g.outHeight && x >= 0 && x < g.outWidth;
          indices[at++] = inside ? y * g.outWidth + x : outside;
        }
  return indices;
}

/** Multiplies every output pixel with every tap, then sums the products that reach each input pixel. */
function scatterProducts(
  graph: Graph,
  dy: GraphValue,
  filter: GraphValue,
  g: ConvolutionGeometry,
): GraphValue {
  const taps = g.filterHeight * g.filterWidth;
  const pixels = g.outHeight * g.outWidth;
  const products = matrixProduct(
    graph,
    reshape(graph, dy, [g.batchSize * pixels, g.outChannels]),
    reshape(graph, filter, [taps * g.inChannels, g.outChannels]),
    { transposeB: true },
  );
  const outside = pixels * taps;
  const contributions = (size: number, stride: number, dilation: number): number =>
    Math.max(
      ...Array.from({ length: stride }, (_, phase) => tapsOfPhase(phase, stride, size, dilation, 0).length),
    );
  const most =
    contributions(g.filterHeight, g.strideHeight, g.dilationHeight) *
    contributions(g.filterWidth, g.strideWidth, g.dilationWidth);
  const indices = new Int32Array(g.inHeight * g.inWidth * most).fill(outside);
  const filled = new Int32Array(g.inHeight * g.inWidth);
  pixelsOfTaps(g, NO_PIXEL).forEach((pixel, product) => {
    if (pixel === NO_PIXEL) return;
    const slot = filled[pixel] ?? 0;
    filled[pixel] = slot + 1;
    indices[pixel * most + slot] = product;
  });
  const flat = reshape(graph, products, [g.batchSize, outside, g.inChannels]);
  const gathered = reshape(graph, gatherRows(graph, flat, indices), [
    g.batchSize * g.inHeight * g.inWidth,
    most * g.inChannels,
  ]);
  // A product with stacked identity matrices: faster than the runtime's reduction for a few short addends.
  const stacked = Float32Array.from({ length: most * g.inChannels * g.inChannels }, (_, i) =>
    i % g.inChannels === Math.floor(i / g.inChannels) % g.inChannels ? 1 : 0,
  );
  const units = graph.constant(stacked, [most * g.inChannels, g.inChannels], 'float32');
  const sum = matrixProduct(graph, gathered, units);
  return reshape(graph, sum, [g.batchSize, g.inHeight, g.inWidth, g.inChannels]);
}
