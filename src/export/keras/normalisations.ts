/** Finds normalisation that Keras has a layer for and the graph has as operators, with a scale and a shift of the class or not. */
import type { OnnxNode } from '../../engine/onnx/protobuf';
import type { HostTensor } from '../../shared/host-tensor';
import { sizeOf } from '../../shared/host-tensor';
import { BATCH, type NetworkGraph } from '../layers/network-graph';
import type { LayerMatcher, LayerStep } from '../layers/steps';
import { type BatchNormWeights, EPSILON, isClose, layerOf } from '../layers/weighted-layers';

/** What a mean is taken over: the pixels of each channel, all of an example, or the channels of each pixel. */
export type Extent = 'pixels' | 'example' | 'channels';

export interface MomentsLayer extends LayerStep {
  readonly kind: 'moments';
  readonly over: Exclude<Extent, 'channels'>;
  readonly epsilon: number;
  /** Names of constants or values, `[…, channels]`. */
  readonly scale: string;
  readonly shift: string;
}

/** Divides by the root mean square. */
export interface PixelNormLayer extends LayerStep {
  readonly kind: 'pixelNorm';
  readonly epsilon: number;
}

/** Batch normalisation with a scale and a shift that are computed. */
export interface ClassBatchNormLayer extends LayerStep, Pick<BatchNormWeights, 'mean' | 'variance'> {
  readonly kind: 'classBatchNorm';
  readonly path: string;
  readonly scale: string;
  readonly shift: string;
}

export type NormalisationLayer = MomentsLayer | PixelNormLayer | ClassBatchNormLayer;

/** centred · (scale · 1/√(variance + ε)) + shift */
const moments: LayerMatcher<MomentsLayer> = (graph, node, output) => {
  if (node.op !== 'Add') return undefined;
  const [sum, shift = ''] = node.inputs;
  const [centred = '', factor] = graph.producer(sum, 'Mul')?.inputs ?? [];
  const [scale = '', inverse] = graph.producer(factor, 'Mul')?.inputs ?? [];
  const [x = '', mean] = graph.producer(centred, 'Sub')?.inputs ?? [];
  const root = inverseRoot(graph, inverse, centred);
  const over = meanOf(graph, mean, x);
  if (root === undefined || over === undefined || over === 'channels' || root.over !== over) return undefined;
  const computed = [scale, shift].filter((name) => !graph.constants.has(name));
  return { kind: 'moments', inputs: [x, ...computed], output, over, epsilon: root.epsilon, scale, shift };
};

/** x · 1/√(mean(x²) + ε) */
const pixelNorm: LayerMatcher<PixelNormLayer> = (graph, node, output) => {
  const [x = '', inverse] = node.op === 'Mul' ? node.inputs : [];
  const root = inverseRoot(graph, inverse, x);
  return root?.over === 'channels'
    ? { kind: 'pixelNorm', inputs: [x], output, epsilon: root.epsilon }
    : undefined;
};

/** x · (scale · 1/√(variance + ε)) + (shift - mean · that) */
const classBatchNorm: LayerMatcher<ClassBatchNormLayer> = (graph, node, output) => {
  const [sum, rest] = node.op === 'Add' ? node.inputs : [];
  const [x = '', factor = ''] = graph.producer(sum, 'Mul')?.inputs ?? [];
  const scaled = withConstantOf(graph, graph.producer(factor, 'Mul'));
  const [shift = '', moved] = graph.producer(rest, 'Sub')?.inputs ?? [];
  const mean = withConstantOf(graph, graph.producer(moved, 'Mul'));
  if (scaled === undefined || mean?.value !== factor) return undefined;
  const path = layerOf(scaled.by.origins.find((name) => name.endsWith('/variance')) ?? '');
  const [means, variance] = ['mean', 'variance'].map((name) => graph.weights[`${path}/${name}`]);
  if (means === undefined || variance === undefined || !isInverse(scaled.by.constant.data, variance))
    return undefined;
  const inputs = [x, scaled.value, shift];
  return { kind: 'classBatchNorm', inputs, output, path, scale: scaled.value, shift, mean: means, variance };
};

function withConstantOf(graph: NetworkGraph, node: OnnxNode | undefined) {
  return node === undefined ? undefined : graph.withConstant(node);
}

function isInverse(found: ArrayLike<number | bigint>, { data }: HostTensor): boolean {
  return (
    found.length === data.length &&
    Array.from(data).every((value, i) => isClose(Number(found[i]), 1 / Math.sqrt(value + EPSILON)))
  );
}

/** 1/√(mean(x²) + ε) */
function inverseRoot(
  graph: NetworkGraph,
  name: string | undefined,
  x: string,
): { readonly over: Extent; readonly epsilon: number } | undefined {
  const [root] = graph.producer(name, 'Reciprocal')?.inputs ?? [];
  const [sum] = graph.producer(root, 'Sqrt')?.inputs ?? [];
  const added = withConstantOf(graph, graph.producer(sum, 'Add'));
  const squares = reducedOf(graph, added?.value);
  const square = graph.producer(squares, 'Mul');
  if (added?.by.constant.data.length !== 1 || !square?.inputs.every((input) => input === x)) return undefined;
  const over = meanOf(graph, added.value, square.outputs[0] ?? '');
  return over === undefined ? undefined : { over, epsilon: Number(added.by.constant.data[0]) };
}

/** The value whose mean this is, as it was before it was reshaped for that. */
function reducedOf(graph: NetworkGraph, name: string | undefined): string | undefined {
  const [flat] = graph.producer(unshaped(graph, name), 'ReduceMean')?.inputs ?? [];
  return unshaped(graph, flat);
}

/** What the mean of `x` is taken over, if this is one; reduced axes are kept. */
function meanOf(graph: NetworkGraph, name: string | undefined, x: string): Extent | undefined {
  if (name === undefined || reducedOf(graph, name) !== unshaped(graph, x)) return undefined;
  const [kept, all] = [graph.shape(name), graph.shape(x)];
  const channels = all.at(-1) ?? 1;
  const flat = graph.shape(graph.producer(unshaped(graph, name), 'ReduceMean')?.inputs[0] ?? '');
  const pixels = sizeOf(all.slice(1, -1));
  const isAs = (extents: readonly number[], grouped: readonly number[]): boolean =>
    kept.join() === extents.join() && without1(flat).join() === without1(grouped).join();
  const ones = all.slice(1, -1).map(() => 1);
  if (isAs([BATCH, ...ones, 1], [BATCH, pixels * channels])) return 'example';
  if (isAs([BATCH, ...ones, channels], [BATCH, pixels, channels])) return 'pixels';
  return isAs([...all.slice(0, -1), 1], [BATCH * pixels, channels]) ? 'channels' : undefined;
}

function without1(shape: readonly number[]): readonly number[] {
  return shape.filter((extent) => extent !== 1);
}

/** What a value is a reshaped form of. */
export function unshaped(graph: NetworkGraph, name: string | undefined): string | undefined {
  const reshaped = graph.producer(name, 'Reshape');
  return reshaped === undefined ? name : unshaped(graph, reshaped.inputs[0]);
}

export const normalisations: readonly LayerMatcher<NormalisationLayer>[] = [
  moments,
  classBatchNorm,
  pixelNorm,
];
