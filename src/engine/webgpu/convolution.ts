/**
 * Convolutions and their gradients for graphics cards. The runtime's own `Conv` reads patches while it multiplies, so
 * that none are stored; it computes in NHWC, and drops the transpositions here that undo each other. Its transposed
 * convolution is a plain loop, so gradients of inputs are dense convolutions, one for each phase of the stride.
 */

import { examples, partsOfBatch } from '../onnx/batch-parts';
import { patches } from '../onnx/convolution';
import type { Graph, GraphValue } from '../trace/graph';
import { axesOf, type ConvolutionAxis, type ConvolutionGeometry } from '../trace/kernels/convolutions';
import { binary, concat, pad, reduce, reshape, reverse, slice, transpose } from '../trace/operators';

/** Size limit of a patch matrix, beyond which the batch is split: 128 MiB, which every device can bind. */
const MAX_PATCH_ELEMENTS = 1 << 25;

/** The runtime computes products in square tiles of this size, each in a group of threads. */
const TILE = 32;

/** A product of fewer tiles leaves most of a large card idle. */
const ENOUGH_TILES = 256;

/** Forward pass: input and filter `[height, width, in, out]` -> output. */
export function convolution(
  graph: Graph,
  x: GraphValue,
  filter: GraphValue,
  g: ConvolutionGeometry,
): GraphValue {
  const { top, left, bottom, right } = g.padInfo;
  return conv(graph, x, transpose(graph, filter, [3, 2, 0, 1]), {
    pads: [top, left, bottom, right],
    strides: [g.strideHeight, g.strideWidth],
    dilations: [g.dilationHeight, g.dilationWidth],
    size: [g.outHeight, g.outWidth],
  });
}

interface ConvOptions {
  /** Top, left, bottom, right. */
  readonly pads: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Height and width of the result. */
  readonly size: readonly number[];
}

/** @param weights `[out, in, height, width]`, as the runtime takes them */
function conv(graph: Graph, x: GraphValue, weights: GraphValue, options: ConvOptions): GraphValue {
  const { size, strides, dilations } = options;
  const shape = [x.shape[0] ?? 1, weights.shape[0] ?? 1, ...size];
  const channels = missingChannels(x, weights);
  const margins = ignoredMargins(x, weights, options);
  const input = pad(graph, x, [0, 0, 0, 0], [0, ...(margins ?? [0, 0]), channels]);
  const filter = pad(graph, weights, [0, 0, 0, 0], [0, channels, 0, 0]);
  const attributes = {
    strides,
    dilations,
    pads: margins === undefined ? options.pads : [0, 0, 0, 0],
    kernel_shape: weights.shape.slice(2),
  };
  const product = graph.add('Conv', [transpose(graph, input, [0, 3, 1, 2]), filter], { shape }, attributes);
  return transpose(graph, product, [0, 2, 3, 1]);
}

/**
 * How many channels to add so that the runtime does not read them by threes, since it then computes wrongly if there
 * are more than three.
 */
function missingChannels(x: GraphValue, weights: GraphValue): number {
  const [, , , channels = 1] = x.shape;
  const [outChannels = 1] = weights.shape;
  const isByThrees = channels % 3 === 0 && channels % 4 !== 0 && outChannels % 4 === 0;
  return isByThrees && channels > 3 ? 4 - (channels % 4) : 0;
}

/**
 * Padding below and on the right where the runtime would ignore it: it multiplies matrices where a filter is a single
 * tap, or as large as the image, and looks at the padding of the other two sides only.
 */
function ignoredMargins(
  x: GraphValue,
  weights: GraphValue,
  { pads }: ConvOptions,
): readonly [number, number] | undefined {
  const [top = 0, left = 0, bottom = 0, right = 0] = pads;
  const taps = weights.shape.slice(2).join();
  const isProduct = taps === '1,1' || taps === x.shape.slice(1, 3).join();
  return isProduct && top === 0 && left === 0 && bottom + right > 0 ? [bottom, right] : undefined;
}

/**
 * Backward pass: gradient of the output and filter -> gradient of the input; also the transposed convolution. tfjs
 * differentiates no dilated convolution.
 */
export function inputGradient(
  graph: Graph,
  dy: GraphValue,
  filter: GraphValue,
  g: ConvolutionGeometry,
): GraphValue {
  const axes = axesOf(g);
  const rows = phasesOfAxis(axes.y);
  const columns = phasesOfAxis(axes.x);
  // Correlating with the flipped filter convolves.
  const weights = transpose(graph, reverse(graph, filter, [0, 1]), [2, 3, 0, 1]);
  const phases = rows.map((row) => columns.map((column) => inputPhase(graph, dy, weights, row, column)));
  const full = interleave(graph, phases);
  return slice(graph, full, [0, 0, 0, 0], [g.batchSize, g.inHeight, g.inWidth, g.inChannels]);
}

/** How one axis of the gradient of the output is read for the pixels of the input at one offset modulo the stride. */
interface Phase {
  /** Number of these pixels, as many in each phase; those past the end of the input are dropped later. */
  readonly size: number;
  /** Absent if no tap reads a pixel. */
  readonly read?: {
    /** Of the flipped filter. */
    readonly taps: Range;
    readonly pixels: Range;
    readonly before: number;
    readonly after: number;
  };
}

interface Range {
  readonly begin: number;
  readonly size: number;
  readonly step: number;
}

function phasesOfAxis(axis: ConvolutionAxis): readonly Phase[] {
  return Array.from({ length: axis.stride }, (_, phase) => phaseOfAxis(axis, phase));
}

function phaseOfAxis({ stride, taps, padding, input, output }: ConvolutionAxis, phase: number): Phase {
  const size = Math.ceil(input / stride);
  const reaching = Array.from({ length: taps }, (_, tap) => tap).filter(
    (tap) => (phase + padding - tap) % stride === 0,
  );
  const last = reaching.at(-1);
  if (last === undefined) return { size };
  const first = (phase + padding - last) / stride;
  const end = first + size + reaching.length - 1;
  const begin = Math.max(first, 0);
  const readEnd = Math.min(end, output);
  if (begin >= readEnd) return { size };
  return {
    size,
    read: {
      taps: { begin: taps - 1 - last, size: reaching.length, step: stride },
      pixels: { begin, size: readEnd - begin, step: 1 },
      before: begin - first,
      after: end - readEnd,
    },
  };
}

/**
 * @param weights `[in, out, height, width]`, flipped
 * @returns `[batch, rows, columns, in]`
 */
function inputPhase(
  graph: Graph,
  dy: GraphValue,
  weights: GraphValue,
  rows: Phase,
  columns: Phase,
): GraphValue {
  const [batch = 1, , , outChannels = 1] = dy.shape;
  const [inChannels = 1] = weights.shape;
  const vertical = rows.read;
  const horizontal = columns.read;
  const size = [rows.size, columns.size];
  if (vertical === undefined || horizontal === undefined)
    return graph.filled([batch, ...size, inChannels], 0);
  const all = (extent: number): Range => ({ begin: 0, size: extent, step: 1 });
  const taps = [all(inChannels), all(outChannels), vertical.taps, horizontal.taps];
  const pixels = [all(batch), vertical.pixels, horizontal.pixels, all(outChannels)];
  return conv(graph, sliceRanges(graph, dy, pixels), sliceRanges(graph, weights, taps), {
    pads: [vertical.before, horizontal.before, vertical.after, horizontal.after],
    strides: [1, 1],
    dilations: [1, 1],
    size,
  });
}

function sliceRanges(graph: Graph, x: GraphValue, ranges: readonly Range[]): GraphValue {
  const of = (key: keyof Range): number[] => ranges.map((range) => range[key]);
  return slice(graph, x, of('begin'), of('size'), of('step'));
}

/** The pixels of `[batch, rows, columns, channels]` at each pair of offsets -> the image that they are phases of. */
function interleave(graph: Graph, phases: readonly (readonly GraphValue[])[]): GraphValue {
  const [[first] = []] = phases;
  if (first === undefined) throw new RangeError('a convolution without a stride');
  const [batch = 1, height = 1, width = 1, channels = 1] = first.shape;
  const offsets = [phases.length, phases[0]?.length ?? 1] as const;
  const joined = reshape(graph, concat(graph, phases.flat(), 3), [
    batch,
    height,
    width,
    ...offsets,
    channels,
  ]);
  const moved = transpose(graph, joined, [0, 1, 3, 2, 4, 5]);
  return reshape(graph, moved, [batch, height * offsets[0], width * offsets[1], channels]);
}

/**
 * Backward pass: input and gradient of the output -> gradient of the filter. The products of ranges of the batch are
 * computed side by side and added, since one of a small filter and a large batch would be a few long loops.
 */
export function filterGradient(
  graph: Graph,
  x: GraphValue,
  dy: GraphValue,
  g: ConvolutionGeometry,
): GraphValue {
  const rows = g.filterHeight * g.filterWidth * g.inChannels;
  const pixels = g.outHeight * g.outWidth;
  const parts = partsOfBatch(g.batchSize, pixels * rows, MAX_PATCH_ELEMENTS).map(({ start, size }) => {
    const ofPart = (value: GraphValue): GraphValue => examples(graph, value, start, size);
    const count = rangesOfBatch(size, rows, g.outChannels);
    const inner = (size / count) * pixels;
    const gathered = reshape(graph, patches(graph, ofPart(x), { ...g, batchSize: size }), [
      count,
      inner,
      rows,
    ]);
    const gradients = reshape(graph, ofPart(dy), [count, inner, g.outChannels]);
    const products = graph.add('MatMul', [transpose(graph, gradients, [0, 2, 1]), gathered], {
      shape: [count, g.outChannels, rows],
    });
    return reduce(graph, 'ReduceSum', products, [0]);
  });
  const sum = parts.reduce((total, part) => binary(graph, 'Add', total, part));
  return reshape(graph, transpose(graph, sum, [1, 0]), [
    g.filterHeight,
    g.filterWidth,
    g.inChannels,
    g.outChannels,
  ]);
}

/** The least number of equal ranges whose products occupy a large card. */
function rangesOfBatch(batch: number, rows: number, columns: number): number {
  const tiles = Math.ceil(rows / TILE) * Math.ceil(columns / TILE);
  const counts = Array.from({ length: batch }, (_, i) => i + 1).filter((count) => batch % count === 0);
  return counts.find((count) => count * tiles >= ENOUGH_TILES) ?? batch;
}
