/** A network of a run as exporters that write layers see it: its operators, with what the weights alone determine computed. */
import type { OnnxConstant, OnnxNode } from '../../engine/onnx/protobuf';
import { exampleExtents } from '../../shared/example-shape';
import type { HostTensors } from '../../shared/host-tensor';
import type { NetworkValue } from '../../training/task';
import type { ChosenNetwork } from '../network-facts';
import { foldConstants } from '../onnx/fold';
import { type Linear, TRACED_BATCHES } from '../onnx/free-batch';
import { freeNetwork, weightConstants, weightsOf } from '../onnx/free-network';
import { weightName } from '../weight-name';

/** Stands for the size of the batch in shapes. */
export const [BATCH] = TRACED_BATCHES;

export interface FoldedConstant {
  readonly constant: OnnxConstant;
  /** Weights that it depends on. */
  readonly origins: readonly string[];
}

export class NetworkGraph {
  readonly nodes: readonly OnnxNode[];
  /** The value that the network makes. */
  readonly output: string;
  readonly constants: ReadonlyMap<string, FoldedConstant>;
  /** Of all values, with `BATCH` examples. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** Integers that are computed from the size of the batch, by name. */
  readonly computed: ReadonlyMap<string, Linear>;
  /** As they are before anything is computed from them, by name. */
  readonly weights: HostTensors;
  readonly #producers = new Map<string, OnnxNode>();
  readonly #readers = new Map<string, readonly OnnxNode[]>();

  constructor(
    parts: Pick<NetworkGraph, 'nodes' | 'output' | 'constants' | 'shapes' | 'computed' | 'weights'>,
  ) {
    this.nodes = parts.nodes;
    this.output = parts.output;
    this.constants = parts.constants;
    this.shapes = parts.shapes;
    this.computed = parts.computed;
    this.weights = parts.weights;
    for (const node of parts.nodes) {
      for (const output of node.outputs) this.#producers.set(output, node);
      for (const input of node.inputs) this.#readers.set(input, [...this.readers(input), node]);
    }
  }

  shape(name: string): readonly number[] {
    return this.shapes.get(name) ?? this.constants.get(name)?.constant.shape ?? [];
  }

  /** The operator that computes a value, if it is one of these. */
  producer(name: string | undefined, ...ops: readonly string[]): OnnxNode | undefined {
    const node = this.#producers.get(name ?? '');
    return node !== undefined && ops.includes(node.op) ? node : undefined;
  }

  /** The operators that read a value. */
  readers(name: string): readonly OnnxNode[] {
    return this.#readers.get(name) ?? [];
  }

  /** The operands of a sum or product of a constant with something else. */
  withConstant({ inputs }: OnnxNode): { readonly value: string; readonly by: FoldedConstant } | undefined {
    const [a = '', b = ''] = inputs;
    const [left, right] = [this.constants.get(a), this.constants.get(b)];
    if (left !== undefined && right === undefined) return { value: b, by: left };
    return left === undefined && right !== undefined ? { value: a, by: right } : undefined;
  }
}

export interface NamedInput {
  readonly key: string;
  readonly value: NetworkValue;
  /** As it is called outside. */
  readonly name: string;
}

/** @param nameOf what an input is called outside, by its name in the network */
export function namedInputs(
  { network }: ChosenNetwork,
  nameOf: (key: string, value: NetworkValue) => string,
): NamedInput[] {
  return Object.entries(network.inputs).map(([key, value]) => ({ key, value, name: nameOf(key, value) }));
}

/** Throws `BatchError`. */
export async function networkGraph(
  chosen: ChosenNetwork,
  inputs: readonly NamedInput[],
): Promise<NetworkGraph> {
  const leaves = await weightsOf(chosen);
  const { free, made } = freeNetwork(chosen, leaves, new Map(inputs.map(({ key, name }) => [key, name])));
  const { nodes, constants, origins } = await foldConstants({
    nodes: free.nodes,
    constants: [...weightConstants(leaves), ...free.constants],
    types: free.types,
    outputs: [made.name],
  });
  const isComputed = (name = ''): boolean =>
    free.computed.has(name) || name === 'batch_size' || name.startsWith('scaled_');
  return new NetworkGraph({
    nodes: nodes.filter(({ outputs }) => !isComputed(outputs[0])),
    output: made.name,
    constants: new Map(
      constants.map((constant) => [constant.name, { constant, origins: origins.get(constant.name) ?? [] }]),
    ),
    shapes: new Map([...free.shapes, ...inputs.map(({ name, value }) => [name, shapeOf(value)] as const)]),
    computed: free.computed,
    weights: Object.fromEntries(Object.entries(leaves).map(([leaf, value]) => [weightName(leaf), value])),
  });
}

function shapeOf(value: NetworkValue): readonly number[] {
  switch (value.kind) {
    case 'latents':
      return [BATCH, value.space.size];
    case 'classes':
      return [BATCH, value.count];
    case 'examples':
      return [BATCH, ...exampleExtents(value.shape)];
  }
}
