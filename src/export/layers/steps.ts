/**
 * A network as a list of layers, whatever library they are written for. Matchers find the operators that make up a layer
 * from the last of them backwards; those that only a found layer needs are left out.
 */
import type { OnnxNode } from '../../engine/onnx/protobuf';
import type { NetworkGraph } from './network-graph';

export interface LayerStep {
  readonly kind: string;
  /** The values that it reads, constants aside. */
  readonly inputs: readonly string[];
  readonly output: string;
}

/** An operator by itself. */
export interface OperatorStep extends LayerStep {
  readonly kind: 'operator';
  readonly node: OnnxNode;
}

/** Returns the layer that a node is the last operator of. */
export type LayerMatcher<Layer extends LayerStep> = (
  graph: NetworkGraph,
  node: OnnxNode,
  output: string,
) => Layer | undefined;

/** The steps of a network, in an order in which each follows what it reads. */
export function layerSteps<Layer extends LayerStep>(
  graph: NetworkGraph,
  matchers: readonly LayerMatcher<Layer>[],
): (Layer | OperatorStep)[] {
  const needed = new Set([graph.output]);
  const steps: (Layer | OperatorStep)[] = [];
  for (const node of graph.nodes.toReversed()) {
    const output = node.outputs.find((name) => needed.has(name));
    if (output === undefined) continue;
    const step = matched(graph, node, output, matchers) ?? operator(node, output);
    for (const input of step.inputs) needed.add(input);
    steps.push(step);
  }
  return steps.reverse();
}

function matched<Layer extends LayerStep>(
  graph: NetworkGraph,
  node: OnnxNode,
  output: string,
  matchers: readonly LayerMatcher<Layer>[],
): Layer | undefined {
  for (const match of matchers) {
    const layer = match(graph, node, output);
    if (layer !== undefined) return layer;
  }
  return undefined;
}

function operator(node: OnnxNode, output: string): OperatorStep {
  return { kind: 'operator', node, inputs: node.inputs, output };
}
