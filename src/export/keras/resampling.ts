/** Finds resampling of images that Keras has a layer for and the graph has as moves of elements. */
import type { OnnxNode } from '../../engine/onnx/protobuf';
import { BATCH, type NetworkGraph } from '../layers/network-graph';
import type { LayerMatcher, LayerStep } from '../layers/steps';
import { isClose } from '../layers/weighted-layers';
import { unshaped } from './normalisations';

export interface ResamplingLayer extends LayerStep {
  readonly kind: 'upsampleNearest' | 'averagePool' | 'maxPool' | 'depthToSpace';
  /** Height, width and channels of the input and of the output, which may have other shapes in the graph. */
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  /** Of height and width. */
  readonly factor: number;
}

/** Doubles rows of pixels, and then rows, by joining each with itself. */
const upsampleNearest: LayerMatcher<ResamplingLayer> = (graph, node, output) => {
  const rows = node.op === 'Concat' ? twice(node) : undefined;
  const pixels = twice(graph.producer(graph.producer(rows, 'Reshape')?.inputs[0], 'Concat'));
  const from = unshaped(graph, pixels);
  const [all = 0, width = 0, channels = 0] = graph.shape(pixels ?? '');
  const height = all / BATCH;
  if (from === undefined || !isShape(graph, rows, [BATCH, height, 2 * width * channels])) return undefined;
  return {
    kind: 'upsampleNearest',
    inputs: [from],
    output,
    from: [height, width, channels],
    to: [2 * height, 2 * width, channels],
    factor: 2,
  };
};

/** What is joined with itself along the third axis. */
function twice(joined: OnnxNode | undefined): string | undefined {
  const [first, second, ...others] = joined?.inputs ?? [];
  const isTwice = first === second && others.length === 0 && Number(joined?.attributes?.axis) === 2;
  return isTwice ? first : undefined;
}

function isShape(graph: NetworkGraph, name: string | undefined, shape: readonly number[]): boolean {
  return name !== undefined && graph.shape(name).join() === shape.join();
}

/** The channels of a pixel become a square of pixels. */
const depthToSpace: LayerMatcher<ResamplingLayer> = (graph, { op, inputs, attributes }, output) => {
  const [squares = ''] = inputs;
  const isMoved = op === 'Transpose' && String(attributes?.perm) === '0,2,1,3';
  const from = unshaped(graph, squares);
  const [rows = 0, width = 0, factor = 0, depth = 0] = graph.shape(squares);
  const height = rows / BATCH;
  const isSquare = Number.isInteger(height) && depth % factor === 0;
  if (!isMoved || from === undefined || !isSquare) return undefined;
  return {
    kind: 'depthToSpace',
    inputs: [from],
    output,
    from: [height, width, depth * factor],
    to: [height * factor, width * factor, depth / factor],
    factor,
  };
};

/** The maxima, or the means, of blocks: of the parts of rows of the same of the parts of joined rows. */
function pooling(kind: 'averagePool' | 'maxPool', combine: 'Add' | 'Max'): LayerMatcher<ResamplingLayer> {
  return (graph, node, output) => {
    const scaled = kind === 'averagePool' && node.op === 'Mul' ? graph.withConstant(node) : undefined;
    const reduced = kind === 'averagePool' ? scaled?.value : output;
    const pixels = partsOf(graph, unshaped(graph, reduced), combine);
    const rows = partsOf(graph, unshaped(graph, pixels?.whole), combine);
    const factor = pixels?.count ?? 0;
    const from = unshaped(graph, rows?.whole);
    if (from === undefined || rows?.count !== factor) return undefined;
    const isMean = isClose(Number(scaled?.by.constant.data[0]), 1 / factor ** 2);
    if (kind === 'averagePool' && (scaled?.by.constant.data.length !== 1 || !isMean)) return undefined;
    const [, height = 0, width = 0, channels = 0] = graph.shape(output);
    if (!isShape(graph, rows.whole, [BATCH, height, factor * factor * width * channels])) return undefined;
    const pooled = [factor * height, factor * width, channels] as const;
    const whole = uncropped(graph, from, pooled);
    return {
      kind,
      inputs: [whole?.name ?? from],
      output,
      from: whole?.extents ?? pooled,
      to: [height, width, channels],
      factor,
    };
  };
}

/** The image of which this is the top left part, if it is one. A layer of Keras drops the rest by itself. */
function uncropped(
  graph: NetworkGraph,
  name: string,
  part: readonly number[],
): { readonly name: string; readonly extents: readonly [number, number, number] } | undefined {
  const [whole = '', starts = ''] = graph.producer(name, 'Slice')?.inputs ?? [];
  const isCorner = graph.constants.get(starts)?.constant.data.every((start) => Number(start) === 0) === true;
  if (!isCorner || !isShape(graph, name, [BATCH, ...part])) return undefined;
  const [, height = 0, width = 0, channels = 0] = graph.shape(whole);
  return { name: whole, extents: [height, width, channels] };
}

/** What is combined: the equal parts of the last axis of one value, in order. */
function partsOf(
  graph: NetworkGraph,
  name: string | undefined,
  combine: 'Add' | 'Max',
): { readonly whole: string; readonly count: number } | undefined {
  const slices = operandsOf(graph, name, combine).map((operand) => graph.producer(operand, 'Slice'));
  const [whole = ''] = slices[0]?.inputs ?? [];
  const size = graph.shape(name ?? '').at(-1) ?? 0;
  const startOf = (slice: OnnxNode | undefined): number =>
    Number(graph.constants.get(slice?.inputs[1] ?? '')?.constant.data.at(-1));
  const areParts = slices.every((slice, i) => slice?.inputs[0] === whole && startOf(slice) === i * size);
  const count = slices.length;
  return count > 1 && areParts && graph.shape(whole).at(-1) === count * size ? { whole, count } : undefined;
}

/** Of `a + b + c`, from the left. */
function operandsOf(
  graph: NetworkGraph,
  name: string | undefined,
  op: 'Add' | 'Max',
): (string | undefined)[] {
  const [left, right] = graph.producer(name, op)?.inputs ?? [];
  return right === undefined ? [name] : [...operandsOf(graph, left, op), right];
}

export const resamplings: readonly LayerMatcher<ResamplingLayer>[] = [
  upsampleNearest,
  depthToSpace,
  pooling('averagePool', 'Add'),
  pooling('maxPool', 'Max'),
];
