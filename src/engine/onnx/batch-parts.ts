/** Convolutions of large batches in parts, so that their intermediate matrices fit a processor's cache. */
import type { Graph, GraphValue } from '../trace/graph';
import { concat, slice } from '../trace/operators';

/** Size limit of a matrix, beyond which the batch is split: 16 MB, on the order of a processor's cache. */
const MAX_ELEMENTS = 1 << 22;

/** A range of examples. */
export interface PartOfBatch {
  readonly start: number;
  readonly size: number;
}

/** Splits the batch into ranges of nearly equal size that keep `elementsPerExample` within the limit. */
export function partsOfBatch(batch: number, elementsPerExample: number, limit = MAX_ELEMENTS): PartOfBatch[] {
  const count = Math.min(batch, Math.ceil((batch * elementsPerExample) / limit));
  return Array.from({ length: count }, (_, i) => {
    const start = Math.floor((i * batch) / count);
    return { start, size: Math.floor(((i + 1) * batch) / count) - start };
  });
}

export function examples(graph: Graph, x: GraphValue, start: number, size: number): GraphValue {
  const begin = x.shape.map((_, axis) => (axis === 0 ? start : 0));
  return slice(graph, x, begin, [size, ...x.shape.slice(1)]);
}

/** Applies `body` to each part of the batch of `x` and concatenates the results. */
export function overBatch(
  graph: Graph,
  x: GraphValue,
  elementsPerExample: number,
  body: (part: GraphValue, batchSize: number) => GraphValue,
): GraphValue {
  const parts = partsOfBatch(x.shape[0] ?? 1, elementsPerExample);
  return concat(
    graph,
    parts.map(({ start, size }) => body(examples(graph, x, start, size), size)),
    0,
  );
}
