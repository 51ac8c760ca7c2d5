/** Floating-point operations of the products in a network, two per multiplication; all others are far fewer. */
import type { GraphNode } from '../engine/trace/graph';
import { sizeOf } from '../shared/host-tensor';

export function isConvolution({ op }: GraphNode): boolean {
  return op === 'Conv2D';
}

export function isTransposedConvolution({ op }: GraphNode): boolean {
  return op === 'Conv2DBackpropInput';
}

export function isMatrixProduct({ op }: GraphNode): boolean {
  return op === 'MatMul' || op === 'Gemm';
}

/** Of the whole batch; 0 for operations that are no products. */
export function flopsOf(node: GraphNode): number {
  const [a, b] = node.inputs;
  const [shape, other] = [a?.shape ?? [], b?.shape ?? []];
  const outputs = sizeOf(node.outputs[0]?.shape ?? []);
  const [filterHeight = 0, filterWidth = 0, inChannels = 0] = other;
  if (isConvolution(node)) return 2 * outputs * filterHeight * filterWidth * inChannels;
  // Each input pixel adds a filter for every output channel to the output; filters are `[height, width, out, in]`.
  if (isTransposedConvolution(node)) return 2 * sizeOf(shape) * filterHeight * filterWidth * inChannels;
  if (isMatrixProduct(node))
    return 2 * outputs * (shape[node.attributes.transA === 1 ? 0 : shape.length - 1] ?? 0);
  return 0;
}
