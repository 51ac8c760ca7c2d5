/** Names the node of a program that the graphics device has no kernel for: the runtime only says that there is one. */

import type { EncodedGraph } from '../onnx/encode';
import { encodeModel } from '../onnx/encode';
import type { OrtRuntime } from '../onnx/session-values';
import { type GraphNode, type GraphValue, liveNodes } from '../trace/graph';
import { deviceOptions } from './device-options';

/** For instance `Sign of float32 [3, 4]`; undefined if each node alone can be computed. */
export async function unsupportedNode(runtime: OrtRuntime, graph: EncodedGraph): Promise<string | undefined> {
  const tried = new Set<string>();
  for (const node of liveNodes(graph)) {
    const described = describe(node);
    if (tried.has(described)) continue;
    tried.add(described);
    try {
      const session = await runtime.InferenceSession.create(encodeModel(alone(node)), deviceOptions({}));
      await session.release();
    } catch {
      return described;
    }
  }
  return undefined;
}

function alone(node: GraphNode): EncodedGraph {
  const values = new Map(node.inputs.flatMap((input) => (input === undefined ? [] : [[input.id, input]])));
  const given = [...values.values()];
  return {
    nodes: [node],
    inputs: given
      .filter(({ constant }) => constant === undefined)
      .map((value) => ({ name: `input ${value.id}`, value })),
    constants: given.filter(({ constant }) => constant !== undefined),
    outputs: node.outputs.map((value) => ({ name: `output ${value.id}`, value })),
  };
}

function describe({ op, inputs }: GraphNode): string {
  const of = (value: GraphValue | undefined): string =>
    value === undefined ? 'nothing' : `${value.type} [${value.shape.join(', ')}]`;
  return `${op} of ${inputs.map(of).join(' and ')}`;
}
