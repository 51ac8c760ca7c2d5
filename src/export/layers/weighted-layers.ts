/** The layers that every library has: convolutions, dense layers and batch normalisation, with the network's weights. */
import type { OnnxNode } from '../../engine/onnx/protobuf';
import { float32, type HostTensor } from '../../shared/host-tensor';
import { hostTensorOf } from './host-tensors';
import type { FoldedConstant, NetworkGraph } from './network-graph';
import type { LayerMatcher, LayerStep } from './steps';

interface WeightedStep extends LayerStep {
  readonly inputs: readonly [string];
  /** Name of the layer, of which the names of its weights are made. */
  readonly path: string;
}

export interface ConvolutionLayer extends WeightedStep {
  readonly kind: 'convolution';
  /** Channels come first in its input and its output. */
  readonly node: OnnxNode;
  readonly isTransposed: boolean;
  /** `[out, in / groups, height, width]`, or `[in, out, height, width]` where it is transposed. */
  readonly kernel: HostTensor;
  readonly groups: number;
  readonly bias?: HostTensor;
}

export interface DenseLayer extends WeightedStep {
  readonly kind: 'dense';
  /** `[in, out]` */
  readonly kernel: HostTensor;
  readonly bias?: HostTensor;
}

export interface BatchNormLayer extends WeightedStep, BatchNormWeights {
  readonly kind: 'batchNorm';
  readonly epsilon: number;
}

export interface BatchNormWeights {
  readonly gamma: HostTensor;
  readonly beta: HostTensor;
  readonly mean: HostTensor;
  readonly variance: HostTensor;
}

export type WeightedLayer = ConvolutionLayer | DenseLayer | BatchNormLayer;

/** The default of normalisation layers. */
export const EPSILON = 1e-5;

const convolution: LayerMatcher<ConvolutionLayer> = (graph, node, output) => {
  if (node.op !== 'Conv' && node.op !== 'ConvTranspose') return undefined;
  const [input = '', filter = '', bias = ''] = node.inputs;
  const kernel = graph.constants.get(filter);
  if (kernel === undefined) return undefined;
  return {
    kind: 'convolution',
    inputs: [input],
    output,
    path: layerOf(filter),
    node,
    isTransposed: node.op === 'ConvTranspose',
    ...groupedKernel(graph, layerOf(filter), hostTensorOf(kernel.constant)),
    ...biasOf(graph.constants.get(bias)),
  };
};

/**
 * In the graph, a grouped convolution is one or several, each of some of the groups, whose kernels have zeros between
 * them, which training on would fill.
 */
function groupedKernel(
  { weights }: NetworkGraph,
  path: string,
  kernel: HostTensor,
): Pick<ConvolutionLayer, 'kernel' | 'groups'> {
  const own = weights[`${path}/kernel`];
  const [filters = 1, channels = 1, ...size] = kernel.shape;
  const [height, width, inGroup = 1, made = 1] = own?.shape ?? [];
  const groups = channels / inGroup;
  const isOfSome = made % filters === 0 && size.join() === [height, width].join() && groups > 1;
  return own !== undefined && isOfSome && Number.isInteger(groups)
    ? { kernel: betweenZeros(kernel, groups), groups }
    : { kernel, groups: 1 };
}

/** `[out, in, height, width]` without the zeros: `[out, in / groups, height, width]`. */
function betweenZeros(
  { shape: [filters = 1, channels = 1, ...size], data }: HostTensor,
  groups: number,
): HostTensor {
  const kept = float32([filters, channels / groups, ...size]);
  const length = kept.data.length / filters;
  for (let filter = 0; filter < filters; filter++) {
    const group = Math.floor((filter * groups) / filters);
    const start = (filter * groups + group) * length;
    kept.data.set(data.subarray(start, start + length), filter * length);
  }
  return kept;
}

/** A product with weights, and the bias that is added to it alone. */
const dense: LayerMatcher<DenseLayer> = (graph, node, output) => {
  const sum = node.op === 'Add' ? graph.withConstant(node) : undefined;
  const product = node.op === 'MatMul' ? node : graph.producer(sum?.value, 'MatMul');
  const [input = '', weight = ''] = product?.inputs ?? [];
  const kernel = graph.constants.get(weight);
  const isLayer = kernel !== undefined && kernel.origins.length > 0 && kernel.constant.shape.length === 2;
  if (!isLayer || graph.constants.has(input)) return undefined;
  const isBias =
    sum?.by.constant.shape.join() === String(kernel.constant.shape[1]) &&
    graph.readers(sum.value).length === 1;
  if (sum !== undefined && !isBias) return undefined;
  return {
    kind: 'dense',
    inputs: [input],
    output,
    path: layerOf(weight),
    kernel: hostTensorOf(kernel.constant),
    ...biasOf(sum?.by),
  };
};

function biasOf(bias: FoldedConstant | undefined): { bias?: HostTensor } {
  return bias === undefined ? {} : { bias: hostTensorOf(bias.constant) };
}

/** A scale and a shift that come from the four tensors of a batch normalisation. */
const batchNorm: LayerMatcher<BatchNormLayer> = (graph, node, output) => {
  const sum = node.op === 'Add' ? graph.withConstant(node) : undefined;
  const product = graph.producer(sum?.value, 'Mul');
  const scaled = product === undefined ? undefined : graph.withConstant(product);
  if (sum === undefined || scaled === undefined || graph.readers(sum.value).length !== 1) return undefined;
  const path = layerOf(scaled.by.origins.find((name) => name.endsWith('/variance')) ?? '');
  const weights = batchNormWeights(graph, path);
  const rank = graph.shape(scaled.value).length;
  if (weights === undefined || (rank !== 2 && rank !== 4)) return undefined;
  const epsilon = [EPSILON, epsilonOf(weights, scaled.by)].find((value) =>
    isTheirs(weights, value, scaled.by, sum.by),
  );
  if (epsilon === undefined) return undefined;
  return { kind: 'batchNorm', inputs: [scaled.value], output, path, epsilon, ...weights };
};

/**
 * The graph has only γ/√(variance + ε). ε is what this leaves of the channel with the smallest variance, to three digits,
 * which single precision gives unless all variances are far larger than ε.
 */
function epsilonOf({ gamma, variance }: BatchNormWeights, { constant }: FoldedConstant): number {
  const variances = Array.from(variance.data);
  const least = variances.indexOf(Math.min(...variances));
  const root = (gamma.data[least] ?? 0) / Number(constant.data[least]);
  return Number((root ** 2 - (variances[least] ?? 0)).toPrecision(3));
}

function batchNormWeights({ weights }: NetworkGraph, path: string): BatchNormWeights | undefined {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map(
    (name) => weights[`${path}/${name}`],
  );
  if (gamma === undefined || beta === undefined || mean === undefined || variance === undefined)
    return undefined;
  return { gamma, beta, mean, variance };
}

function isTheirs(
  { gamma, beta, mean, variance }: BatchNormWeights,
  epsilon: number,
  scale: FoldedConstant,
  shift: FoldedConstant,
): boolean {
  const [scales, shifts] = [scale, shift].map(({ constant }) => Array.from(constant.data, Number));
  const count = gamma.data.length;
  if (scales?.length !== count || shifts?.length !== count) return false;
  return scales.every(
    (value, i) =>
      isClose(value, (gamma.data[i] ?? 0) / Math.sqrt((variance.data[i] ?? 0) + epsilon)) &&
      isClose(shifts[i] ?? 0, (beta.data[i] ?? 0) - (mean.data[i] ?? 0) * value),
  );
}

export const weightedLayers: readonly LayerMatcher<WeightedLayer>[] = [convolution, dense, batchNorm];

/** `generator/up1/kernel` and what is computed from it belong to `generator/up1`. */
export function layerOf(weight: string): string {
  return weight.replace(/\/folded(?:_\d+)?$/, '').replace(/\/(?:kernel|variance)(?:_\d+)?$/, '');
}

export function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-4 * Math.max(1, Math.abs(a), Math.abs(b));
}
