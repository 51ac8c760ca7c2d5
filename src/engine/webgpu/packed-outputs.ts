/**
 * All numbers that a program returns, as one vector: each output that is read from the device takes a copy and a wait of
 * its own.
 */
import {
  float32,
  type HostTensor,
  type HostTensors,
  sizeOf,
  type TensorSpec,
} from '../../shared/host-tensor';
import type { EncodedGraph } from '../onnx/encode';
import { concat, reshape } from '../trace/operators';
import { OUTPUT, type TracedProgram } from '../trace/trace';

export const PACKED_OUTPUTS = 'packed outputs';

/** The same program with `PACKED_OUTPUTS` in place of its outputs of floats. */
export function packOutputs({ graph, outputs }: TracedProgram): EncodedGraph {
  const isPacked = (name: string): boolean =>
    name.startsWith(OUTPUT) && outputs[name.slice(OUTPUT.length)]?.dtype === 'float32';
  const packed = graph.outputs.filter(({ name }) => isPacked(name));
  const others = graph.outputs.filter(({ name }) => !isPacked(name));
  const flat = packed.map(({ value }) => reshape(graph, value, [sizeOf(value.shape)]));
  return {
    nodes: graph.nodes,
    inputs: graph.inputs,
    constants: graph.constants,
    outputs:
      flat.length === 0 ? others : [...others, { name: PACKED_OUTPUTS, value: concat(graph, flat, 0) }],
  };
}

/** The outputs of floats in a vector, in the order in which the program returns them. */
export function unpackOutputs(
  outputs: Readonly<Record<string, TensorSpec>>,
  vector: Float32Array,
): HostTensors {
  const unpacked: Record<string, HostTensor> = {};
  let at = 0;
  for (const [name, { shape, dtype }] of Object.entries(outputs)) {
    if (dtype !== 'float32') continue;
    const end = at + sizeOf(shape);
    unpacked[name] = float32(shape, vector.slice(at, end));
    at = end;
  }
  return unpacked;
}
