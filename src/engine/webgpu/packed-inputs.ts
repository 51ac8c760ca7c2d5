/**
 * All numbers that a caller passes to a program, as one vector: each input that goes to the device takes a buffer and a
 * copy of its own.
 */
import { type HostTensor, sizeOf } from '../../shared/host-tensor';
import type { EncodedGraph } from '../onnx/encode';
import { type Graph, type GraphNode, liveNodes, type NamedValue } from '../trace/graph';
import { slice } from '../trace/operators';
import { INPUT } from '../trace/trace';

export const PACKED_INPUTS = 'packed inputs';

export interface WithPackedInputs {
  readonly graph: EncodedGraph;
  /** Names of the program's inputs in the vector, in order; empty if there is none. */
  readonly packed: readonly string[];
}

/**
 * The same program with `PACKED_INPUTS` in place of its inputs of floats, if it needs several.
 *
 * @param graph to which nodes are added
 */
export function packInputs(graph: Graph, program: EncodedGraph): WithPackedInputs {
  const needed = neededInputs(program);
  const isPacked = ({ name, value }: NamedValue): boolean =>
    needed.has(value.id) && name.startsWith(INPUT) && value.type === 'float32';
  const packed = program.inputs.filter(isPacked);
  if (packed.length < 2) return { graph: program, packed: [] };
  const total = packed.reduce((sum, { value }) => sum + sizeOf(value.shape), 0);
  const others = program.inputs.filter((input) => !isPacked(input));
  const nodes = [...program.nodes];
  const known = new Set(nodes);
  const vector = graph.input(PACKED_INPUTS, { shape: [total], dtype: 'float32' });
  let at = 0;
  const unpacking = packed.map(({ value }): GraphNode => {
    const size = sizeOf(value.shape);
    const part = slice(graph, vector, [at], [size]);
    at += size;
    return { op: 'Reshape', inputs: [part, graph.integers(value.shape)], outputs: [value], attributes: {} };
  });
  const slices = graph.nodes.filter((node) => !known.has(node));
  return {
    graph: {
      nodes: [...slices, ...unpacking, ...nodes],
      inputs: [...others, { name: PACKED_INPUTS, value: vector }],
      constants: graph.constants,
      outputs: program.outputs,
    },
    packed: packed.map(({ name }) => name.slice(INPUT.length)),
  };
}

function neededInputs(program: EncodedGraph): ReadonlySet<number> {
  const read = liveNodes(program).flatMap(({ inputs }) => inputs.map((input) => input?.id ?? -1));
  return new Set([...read, ...program.outputs.map(({ value }) => value.id)]);
}

export function concatenate(tensors: readonly HostTensor[]): Float32Array {
  const vector = new Float32Array(tensors.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of tensors) {
    vector.set(data, at);
    at += data.length;
  }
  return vector;
}
