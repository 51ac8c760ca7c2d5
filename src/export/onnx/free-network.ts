/** A network of a run as a graph for any number of examples, and its weights by the names that exports give them. */
import type { OnnxConstant } from '../../engine/onnx/protobuf';
import type { Graph } from '../../engine/trace/graph';
import { INPUT, LEAF_IN, traceProgram } from '../../engine/trace/trace';
import type { HostTensors } from '../../shared/host-tensor';
import type { ChosenNetwork } from '../network-facts';
import { weightName } from '../weight-name';
import { type FreeGraph, freeBatch, TRACED_BATCHES } from './free-batch';
import { exportLowering } from './lowering';

export interface FreeNetwork {
  readonly free: FreeGraph;
  readonly made: { readonly name: string; readonly extents: readonly number[] };
}

/** The leaves that the network reads. */
export async function weightsOf({ network, generator, facts }: ChosenNetwork): Promise<HostTensors> {
  return await generator.engine.read(network.program(1, facts.weights).reads);
}

/** @param inputs names of the inputs, by their names in the network; the first one has the batch as its first axis */
export function freeNetwork(
  { network, facts }: ChosenNetwork,
  leaves: HostTensors,
  inputs: ReadonlyMap<string, string>,
): FreeNetwork {
  const nameOf = (traced: string): string =>
    traced.startsWith(LEAF_IN)
      ? weightName(traced.slice(LEAF_IN.length))
      : (inputs.get(traced.slice(INPUT.length)) ?? traced);
  const trace = (batch: number): Graph =>
    traceProgram(network.program(batch, facts.weights), leaves, exportLowering).graph;
  const [a, b, c] = TRACED_BATCHES;
  const first = trace(a);
  const [source = ''] = inputs.values();
  const free = freeBatch([first, trace(b), trace(c)], nameOf, source);
  const made = first.outputs[0]?.value;
  if (made === undefined) throw new RangeError('a network without an output');
  return { free, made: { name: free.names.get(made.id) ?? '', extents: made.shape.slice(1) } };
}

export function weightConstants(leaves: HostTensors): OnnxConstant[] {
  return Object.entries(leaves).map(([leaf, { dtype, shape, data }]) => ({
    name: weightName(leaf),
    type: dtype,
    shape,
    data,
  }));
}
