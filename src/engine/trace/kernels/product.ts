/** Matrix products. */
import type { GraphValue } from '../graph';
import type { KernelTable, TracedKernel } from '../kernel';
import { attribute } from '../kernel';
import { broadcastShape, matrixProduct, reshape, transpose } from '../operators';

const batchMatMul: TracedKernel = (call) => {
  const { graph } = call;
  const a = call.input('a');
  const b = call.input('b');
  const transposeA = attribute.boolean(call, 'transposeA');
  const transposeB = attribute.boolean(call, 'transposeB');
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const batch = broadcastShape(batchA, batchB);
  if (batch.every((extent) => extent === 1)) {
    const product = matrixProduct(
      graph,
      reshape(graph, a, a.shape.slice(-2)),
      reshape(graph, b, b.shape.slice(-2)),
      {
        transposeA,
        transposeB,
      },
    );
    return reshape(graph, product, [...batch, ...product.shape]);
  }
  const swapLast = (value: GraphValue): GraphValue => {
    const axes = value.shape.map((_, axis) => axis);
    return transpose(graph, value, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
  };
  const left = transposeA ? swapLast(a) : a;
  const right = transposeB ? swapLast(b) : b;
  if (left.shape.at(-1) !== right.shape.at(-2))
    throw new RangeError(
      `the inner sizes of a product must be the same: [${left.shape.join(', ')}] times [${right.shape.join(', ')}]`,
    );
  return graph.add('MatMul', [left, right], {
    shape: [...batch, left.shape.at(-2) ?? 1, right.shape.at(-1) ?? 1],
  });
};

export const productKernels = {
  BatchMatMul: batchMatMul,
} satisfies KernelTable;
