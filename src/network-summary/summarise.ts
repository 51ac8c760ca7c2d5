/** The layers of a network as a table and a graph, from the network alone: nothing is initialised or computed. */
import type { GraphNode, GraphValue } from '../engine/trace/graph';
import { symbolicGraph, symbolicValue } from '../engine/trace/symbols';
import { declareNetwork } from '../nn/parameters';
import type { Network } from '../nn/scope';
import type { LayerSummary, NetworkSummary } from '../shared/network-summary';
import { flopsOf, isConvolution, isMatrixProduct, isTransposedConvolution } from './flops';
import { LayerRecorder, type RecordedLayer } from './layer-recorder';
import { type Field, receptiveFields } from './receptive-field';

export interface SummarisedNetwork {
  /** Prefix of its leaf names, e.g. `generator`. */
  readonly root: string;
  readonly network: Network;
  /** Including the batch. */
  readonly inputShape: readonly number[];
  readonly classes: number;
}

interface Recording {
  nodes: readonly GraphNode[];
  /** Of the network. */
  input?: GraphValue;
}

/** FLOPs and shapes are those of one example. */
export function summarise({ root, network, inputShape, classes }: SummarisedNetwork): NetworkSummary {
  const recorder = new LayerRecorder(root);
  const graph: Recording = { nodes: [] };
  const recorded: Network = (scope, input) => {
    graph.input = symbolicValue(input);
    const output = recorder.within(scope.path, () => network(recorder.scope(scope), input));
    graph.nodes = [...symbolicGraph().nodes];
    return output;
  };
  const { outputShape } = declareNetwork(recorded, root, inputShape, { classes });
  const [batch = 1] = inputShape;
  const fields =
    graph.input === undefined || inputShape.length !== 4
      ? new Map<number, Field>()
      : receptiveFields(graph.nodes, graph.input);
  const shown = recorder.layers.filter(({ parameters, nodes }) => parameters > 0 || nodes.some(isProduct));
  const inputs = inputsOf(graph, shown);
  return {
    name: root,
    input: inputShape.slice(1),
    output: outputShape.slice(1),
    parameters: recorder.layers.reduce((sum, { parameters }) => sum + parameters, 0),
    statistics: recorder.layers.reduce((sum, { statistics }) => sum + statistics, 0),
    flops: graph.nodes.reduce((sum, node) => sum + flopsOf(node), 0) / batch,
    layers: shown.map((layer, index) => summaryOf(layer, batch, fields, inputs[index] ?? [])),
  };
}

function isProduct(node: GraphNode): boolean {
  return flopsOf(node) > 0;
}

function summaryOf(
  layer: RecordedLayer,
  batch: number,
  fields: ReadonlyMap<number, Field>,
  inputs: readonly number[],
): LayerSummary {
  const output = layer.output ?? layer.nodes.findLast(isProduct)?.outputs[0];
  const field = output === undefined ? undefined : fields.get(output.id);
  return {
    path: layer.path,
    ...kindOf(layer),
    output: (output?.shape ?? []).slice(1),
    parameters: layer.parameters,
    flops: layer.nodes.reduce((sum, node) => sum + flopsOf(node), 0) / batch,
    ...(field === undefined ? {} : { receptiveField: field === 'all' ? 'all' : field.size }),
    inputs,
  };
}

function kindOf({ nodes, names }: RecordedLayer): Pick<LayerSummary, 'kind' | 'kernelSize' | 'stride'> {
  // By class, a normalisation has a product that selects its scale and shift.
  if (names.has('beta')) return { kind: 'normalisation' };
  const product = nodes.find(isProduct);
  if (product === undefined) return { kind: 'other' };
  if (isMatrixProduct(product)) return { kind: 'dense' };
  const kernelSize = product.inputs[1]?.shape[0] ?? 0;
  const strides = product.attributes.strides;
  const stride = Array.isArray(strides) ? Number(strides[0]) : 1;
  if (isTransposedConvolution(product)) return { kind: 'transposed-convolution', kernelSize, stride };
  return isConvolution(product) ? { kind: 'convolution', kernelSize, stride } : { kind: 'other' };
}

/**
 * For each layer, the layers whose outputs it reads, directly or through operations that belong to none; -1 is the input
 * of the network.
 */
function inputsOf(
  { nodes, input: first }: Recording,
  layers: readonly RecordedLayer[],
): readonly (readonly number[])[] {
  const owners = new Map(layers.flatMap((layer, index) => layer.nodes.map((node) => [node, index] as const)));
  const read = layers.map(() => new Set<number>());
  /** Of each value, the layers that it comes from; constants and parameters come from none. */
  const sources = new Map<number, ReadonlySet<number>>();
  for (const node of nodes) {
    const owner = owners.get(node);
    const from = new Set<number>();
    for (const input of node.inputs) {
      if (input === undefined) continue;
      if (input.id === first?.id) from.add(-1);
      for (const source of sources.get(input.id) ?? []) from.add(source);
    }
    if (owner !== undefined) for (const source of from) if (source !== owner) read[owner]?.add(source);
    const to = owner === undefined ? from : new Set([owner]);
    // What a layer makes of its parameters alone, such as a normalised kernel, is still its own.
    if (to.size > 0) for (const output of node.outputs) sources.set(output.id, to);
  }
  return read.map((set) => [...set].sort((a, b) => a - b));
}
