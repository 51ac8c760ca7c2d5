/** How much memory a traced program takes for its intermediate values, which is known before any is allocated. */
import { sizeOf } from '../../shared/host-tensor';
import { type Graph, type GraphValue, liveNodes } from './graph';

const ELEMENT_BYTES = { float32: 4, int32: 4, int64: 8, bool: 1 } as const;

/** Maximum number of bytes in use at the same time, if each value is freed after its last use. */
export function peakBytes(graph: Graph): number {
  const nodes = liveNodes(graph);
  const results = new Set(graph.outputs.map(({ value }) => value.id));
  const lastUses = new Map<number, number>();
  for (const [at, { inputs }] of nodes.entries())
    for (const input of inputs) if (input !== undefined) lastUses.set(input.id, at);
  const computed = new Set<number>();
  let [bytes, peak] = [0, 0];
  for (const [at, { op, inputs, outputs }] of nodes.entries()) {
    // The runtime reshapes in place.
    if (op !== 'Reshape')
      for (const output of outputs) {
        computed.add(output.id);
        bytes += bytesOf(output);
      }
    peak = Math.max(peak, bytes);
    for (const id of new Set(inputs.flatMap((input) => input?.id ?? []))) {
      if (lastUses.get(id) !== at || results.has(id) || !computed.delete(id)) continue;
      const freed = inputs.find((input) => input?.id === id);
      if (freed !== undefined) bytes -= bytesOf(freed);
    }
  }
  return peak;
}

function bytesOf({ shape, type }: GraphValue): number {
  return sizeOf(shape) * ELEMENT_BYTES[type];
}
