/** Encodes a traced graph as an ONNX model, in protobuf bytes for ONNX Runtime. */
import type { Graph, GraphNode, GraphValue, NamedValue } from '../trace/graph';
import { liveNodes } from '../trace/graph';
import { encodeProtobuf, type OnnxConstant, type OnnxValue } from './protobuf';

/** What of a graph is encoded. */
export type EncodedGraph = Pick<Graph, 'nodes' | 'inputs' | 'outputs' | 'constants'>;

export interface EncodingOptions {
  /**
   * Makes the target shapes of reshapes inputs with default values, so that the runtime does not know shapes in advance.
   * Otherwise, its planner reserves a buffer for each shape from the first value of that shape to the last, which takes
   * about twice the memory of a training step.
   */
  readonly hidesShapes?: boolean;
}

export function encodeModel(graph: EncodedGraph, { hidesShapes = false }: EncodingOptions = {}): Uint8Array {
  const nodes = liveNodes(graph);
  const names = valueNames(graph, nodes);
  const used = new Set(nodes.flatMap((node) => node.inputs.map((input) => input?.id)));
  for (const output of graph.outputs) used.add(output.value.id);
  const nameOf = (value: GraphValue | undefined): string =>
    value === undefined ? '' : (names.get(value.id) ?? `v${value.id}`);
  // Each output needs a unique name, even if it is an input, a constant or the same value as another output.
  const aliases = graph.outputs
    .filter((output) => nameOf(output.value) !== output.name)
    .map((output) => ({ op: 'Identity', inputs: [nameOf(output.value)], outputs: [output.name] }));
  const targetShapes = hidesShapes ? targetShapesOf(nodes) : [];
  return encodeProtobuf({
    name: 'program',
    inputs: [...graph.inputs, ...targetShapes.map((value) => ({ name: nameOf(value), value }))].map(
      onnxValue,
    ),
    outputs: graph.outputs.map(onnxValue),
    constants: graph.constants
      .filter((value) => used.has(value.id))
      .map((value) => onnxConstant(value, nameOf(value))),
    nodes: [
      ...nodes.map(({ op, inputs, outputs, attributes }) => ({
        op,
        name: `${op}_${outputs[0]?.id}`,
        inputs: inputs.map(nameOf),
        outputs: outputs.map(nameOf),
        attributes,
      })),
      ...aliases,
    ],
  });
}

function targetShapesOf(nodes: readonly GraphNode[]): readonly GraphValue[] {
  const shapes = nodes.flatMap(({ op, inputs }) =>
    op === 'Reshape' && inputs[1] !== undefined ? [inputs[1]] : [],
  );
  return [...new Map(shapes.map((shape) => [shape.id, shape])).values()];
}

function valueNames(graph: EncodedGraph, nodes: readonly GraphNode[]): Map<number, string> {
  const names = new Map<number, string>();
  for (const { name, value } of graph.inputs) names.set(value.id, name);
  const computed = new Set(nodes.flatMap((node) => node.outputs.map((output) => output.id)));
  for (const { name, value } of graph.outputs)
    if (computed.has(value.id) && !names.has(value.id)) names.set(value.id, name);
  return names;
}

function onnxValue({ name, value: { type, shape } }: NamedValue): OnnxValue {
  return { name, type, shape };
}

function onnxConstant(
  { type, shape, constant = new Float32Array() }: GraphValue,
  name: string,
): OnnxConstant {
  return { name, type, shape, data: constant };
}
