/** Finds resampling of images that Keras has a layer for and the graph has as moves of elements. */
import type { OnnxNode } from '../../engine/onnx/protobuf';
import { BATCH, type NetworkGraph } from '../layers/network-graph';
import type { LayerMatcher, LayerStep } from '../layers/steps';
import { unshaped } from './normalisations';

export interface ResamplingLayer extends LayerStep {
  readonly kind: 'upsampleNearest' | 'averagePool' | 'depthToSpace';
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

/** A quarter of the sum of the halves of rows of the sum of the halves of pairs of rows. */
const averagePool: LayerMatcher<ResamplingLayer> = (graph, node, output) => {
  const scaled = node.op === 'Mul' ? graph.withConstant(node) : undefined;
  const isQuarter = scaled?.by.constant.data.length === 1 && Number(scaled.by.constant.data[0]) === 0.25;
  const pixels = isQuarter ? halved(graph, unshaped(graph, scaled.value)) : undefined;
  const rows = halved(graph, unshaped(graph, pixels));
  const from = unshaped(graph, rows);
  const [, height = 0, width = 0, channels = 0] = graph.shape(output);
  if (from === undefined || !isShape(graph, rows, [BATCH, height, 4 * width * channels])) return undefined;
  return {
    kind: 'averagePool',
    inputs: [from],
    output,
    from: [2 * height, 2 * width, channels],
    to: [height, width, channels],
    factor: 2,
  };
};

/** What the sum is of: the halves of the last axis of one value. */
function halved(graph: NetworkGraph, sum: string | undefined): string | undefined {
  const [first, second] = (graph.producer(sum, 'Add')?.inputs ?? []).map((name) =>
    graph.producer(name, 'Slice'),
  );
  const [whole = ''] = first?.inputs ?? [];
  const half = (graph.shape(whole).at(-1) ?? 0) / 2;
  const startOf = (slice: OnnxNode | undefined): number =>
    Number(graph.constants.get(slice?.inputs[1] ?? '')?.constant.data.at(-1));
  const areHalves =
    second?.inputs[0] === whole &&
    graph.shape(sum ?? '').at(-1) === half &&
    startOf(first) === 0 &&
    startOf(second) === half;
  return areHalves ? whole : undefined;
}

export const resamplings: readonly LayerMatcher<ResamplingLayer>[] = [
  upsampleNearest,
  depthToSpace,
  averagePool,
];
