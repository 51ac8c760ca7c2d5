/** Counts the arithmetic operations of a program: two per multiplication of its matrix products. */
import type { Program } from '../engine/engine';
import { directLowering } from '../engine/onnx/lowering';
import { liveNodes } from '../engine/trace/graph';
import { traceProgram } from '../engine/trace/trace';
import type { TensorSpec } from '../shared/host-tensor';
import { sizeOf } from '../shared/host-tensor';

/**
 * Floating-point operations of one run, in the lowering of ONNX Runtime for every engine, since it multiplies as little
 * as direct convolution needs. Element-wise work is not counted; it is less than a hundredth.
 */
export function countFlops(program: Program, leaves: Readonly<Record<string, TensorSpec>>): number {
  const { graph } = traceProgram(program, leaves, directLowering);
  let flops = 0;
  for (const node of liveNodes(graph)) {
    if (node.op !== 'MatMul' && node.op !== 'Gemm') continue;
    const [a, b] = node.inputs;
    const inner = a?.shape[node.attributes.transA === 1 ? 0 : a.shape.length - 1] ?? 0;
    // A product with a constant matrix of ones sums elements; it is not part of the network.
    if (b?.constant !== undefined) continue;
    flops += 2 * sizeOf(node.outputs[0]?.shape ?? []) * inner;
  }
  return flops;
}
