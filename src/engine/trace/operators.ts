/**
 * Graph-building functions shared by the traced kernels: broadcasting, reshaping and reductions, with simplifications
 * that pay off at every step, because the runtime would otherwise pass over whole activations.
 */
import type { ElementType, Graph, GraphValue } from './graph';

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((extent, i) => extent === b[i]);
}

/**
 * NumPy's broadcasting rule. Throws `RangeError` if the shapes are incompatible, a check that tfjs leaves to its
 * backends.
 */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const fromA = a[a.length - rank + i] ?? 1;
    const fromB = b[b.length - rank + i] ?? 1;
    if (fromA !== fromB && fromA !== 1 && fromB !== 1)
      throw new RangeError(`the shapes [${a.join(', ')}] and [${b.join(', ')}] do not go together`);
    return fromA === 1 ? fromB : fromA;
  });
}

export function reshape(graph: Graph, value: GraphValue, shape: readonly number[]): GraphValue {
  if (sameShape(value.shape, shape)) return value;
  if (value.uniform !== undefined && value.type === 'float32') return graph.filled(shape, value.uniform);
  const source = graph.producer(value);
  if (source?.op === 'Reshape' && source.inputs[0] !== undefined)
    return reshape(graph, source.inputs[0], shape);
  return graph.add('Reshape', [value, graph.integers(shape)], { shape, type: value.type });
}

/** Turns a uniform operand into a scalar if the other operand alone determines the shape of the result. */
function asScalar(graph: Graph, value: GraphValue, other: GraphValue): GraphValue {
  if (value.uniform === undefined || value.type !== 'float32') return value;
  return sameShape(broadcastShape(value.shape, other.shape), other.shape)
    ? graph.scalar(value.uniform)
    : value;
}

/** The identity element of each operator, by operand position. */
const NEUTRAL: Record<string, { readonly left?: number; readonly right?: number }> = {
  Add: { left: 0, right: 0 },
  Sub: { right: 0 },
  Mul: { left: 1, right: 1 },
  Div: { right: 1 },
};

export function binary(
  graph: Graph,
  op: string,
  a: GraphValue,
  b: GraphValue,
  type: ElementType = a.type,
): GraphValue {
  const shape = broadcastShape(a.shape, b.shape);
  const neutral = NEUTRAL[op];
  if (neutral?.right !== undefined && b.uniform === neutral.right && sameShape(a.shape, shape)) return a;
  if (neutral?.left !== undefined && a.uniform === neutral.left && sameShape(b.shape, shape)) return b;
  return graph.add(op, [asScalar(graph, a, b), asScalar(graph, b, a)], { shape, type });
}

export function unary(graph: Graph, op: string, x: GraphValue, type: ElementType = x.type): GraphValue {
  return graph.add(op, [x], { shape: x.shape, type });
}

export function transpose(graph: Graph, x: GraphValue, permutation: readonly number[]): GraphValue {
  const shape = permutation.map((axis) => x.shape[axis] ?? 1);
  // A transpose that moves only axes of extent 1 moves no elements.
  const moved = permutation.filter((axis) => x.shape[axis] !== 1);
  if (moved.every((axis, i) => i === 0 || axis > (moved[i - 1] ?? -1))) return reshape(graph, x, shape);
  return graph.add('Transpose', [x], { shape, type: x.type }, { perm: permutation });
}

/**
 * `op` is an ONNX reduction; adjacent axes are merged first, which gives the runtime's fastest loops.
 *
 * @param reduceMerged reduces a value whose adjacent axes are merged, none of them of extent 1
 */
export function reduce(
  graph: Graph,
  op: string,
  x: GraphValue,
  axes: readonly number[],
  keepDims = false,
  reduceMerged = reduceInBlocks,
): GraphValue {
  const reduced = new Set(axes);
  const shape = x.shape.flatMap((extent, axis) => (reduced.has(axis) ? (keepDims ? [1] : []) : [extent]));
  const merged: { extent: number; reduced: boolean }[] = [];
  x.shape.forEach((extent, axis) => {
    const last = merged.at(-1);
    if (last?.reduced === reduced.has(axis)) last.extent *= extent;
    else merged.push({ extent, reduced: reduced.has(axis) });
  });
  const groups = merged.filter((group) => group.extent !== 1);
  const flat = reshape(
    graph,
    x,
    groups.map((group) => group.extent),
  );
  const flatAxes = groups.flatMap((group, axis) => (group.reduced ? [axis] : []));
  if (flatAxes.length === 0) return reshape(graph, flat, shape);
  return reshape(graph, reduceMerged(graph, op, flat, flatAxes), shape);
}

export function reduceInBlocks(graph: Graph, op: string, x: GraphValue, axes: readonly number[]): GraphValue {
  const [rows = 1, columns = 1] = x.shape;
  const blocks = reducesRows(x, axes) ? blocksOfRows(rows, columns) : 1;
  if (blocks > 1) {
    const stacked = reshape(graph, x, [blocks, rows / blocks, columns]);
    return reduceInBlocks(graph, op, reduceInBlocks(graph, op, stacked, [1]), [0]);
  }
  const shape = x.shape.filter((_, axis) => !axes.includes(axis));
  return graph.add(op, [x, graph.integers(axes)], { shape, type: x.type }, { keepdims: 0 });
}

/** Whether it is a matrix of which each column is reduced to a number. */
export function reducesRows(x: GraphValue, axes: readonly number[]): boolean {
  return x.shape.length === 2 && axes.length === 1 && axes[0] === 0;
}

/**
 * Into how many blocks the rows of a tall matrix are divided when its columns are reduced. The runtime reduces a stack of
 * blocks with all threads, several times as fast as a single matrix; and sums of sums are more exact than long ones.
 */
export function blocksOfRows(rows: number, columns: number): number {
  if (rows < 1024 || columns > 1024) return 1;
  return [64, 32, 16, 8].find((blocks) => rows % blocks === 0) ?? 1;
}

export function slice(
  graph: Graph,
  x: GraphValue,
  begin: readonly number[],
  size: readonly number[],
  steps?: readonly number[],
): GraphValue {
  if (sameShape(size, x.shape) && (steps ?? []).every((step) => step === 1)) return x;
  const ends = begin.map((start, axis) => start + ((size[axis] ?? 1) - 1) * (steps?.[axis] ?? 1) + 1);
  const axes = begin.map((_, axis) => axis);
  return graph.add(
    'Slice',
    [
      x,
      graph.integers(begin),
      graph.integers(ends),
      graph.integers(axes),
      ...(steps === undefined ? [] : [graph.integers(steps)]),
    ],
    { shape: size, type: x.type },
  );
}

/** Mirrors the values along each of the axes. */
export function reverse(graph: Graph, x: GraphValue, axes: readonly number[]): GraphValue {
  const moving = axes.filter((axis) => x.shape[axis] !== 1);
  if (moving.length === 0) return x;
  const each = (value: number): GraphValue => graph.integers(moving.map(() => value));
  // The end is before the first element, where every negative number in range would count from the end.
  return graph.add('Slice', [x, each(-1), each(-(2 ** 31)), graph.integers(moving), each(-1)], {
    shape: x.shape,
    type: x.type,
  });
}

export function concat(graph: Graph, values: readonly GraphValue[], axis: number): GraphValue {
  const first = values[0];
  if (first === undefined) throw new RangeError('concat of no values');
  for (const { shape: other } of values)
    if (
      other.length !== first.shape.length ||
      other.some((extent, i) => i !== axis && extent !== first.shape[i])
    )
      throw new RangeError(
        `[${first.shape.join(', ')}] and [${other.join(', ')}] cannot be joined along axis ${axis}`,
      );
  if (values.length === 1) return first;
  const total = values.reduce((sum, value) => sum + (value.shape[axis] ?? 0), 0);
  const shape = first.shape.map((extent, i) => (i === axis ? total : extent));
  return graph.add('Concat', values, { shape, type: first.type }, { axis });
}

/** Pads with a constant; `before` and `after` have one entry per axis. */
export function pad(
  graph: Graph,
  x: GraphValue,
  before: readonly number[],
  after: readonly number[],
  value = 0,
): GraphValue {
  if ([...before, ...after].every((count) => count === 0)) return x;
  const shape = x.shape.map((extent, axis) => extent + (before[axis] ?? 0) + (after[axis] ?? 0));
  return graph.add('Pad', [x, graph.integers([...before, ...after]), graph.scalar(value)], { shape });
}

export interface MatrixProductOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** A matrix of the result's shape to which the product is added. */
  readonly addTo?: GraphValue | undefined;
}

/** Product of matrices `[rows, inner]` and `[inner, columns]`, either of which may be stored transposed. */
export function matrixProduct(
  graph: Graph,
  a: GraphValue,
  b: GraphValue,
  { transposeA = false, transposeB = false, addTo }: MatrixProductOptions = {},
): GraphValue {
  const shape = [a.shape[transposeA ? 1 : 0] ?? 1, b.shape[transposeB ? 0 : 1] ?? 1];
  const inner = [a.shape[transposeA ? 0 : 1], b.shape[transposeB ? 1 : 0]];
  if (inner[0] !== inner[1])
    throw new RangeError(
      `the inner sizes of a product must be the same, and they are ${inner.join(' and ')}: [${a.shape.join(', ')}]${transposeA ? ' transposed' : ''} times [${b.shape.join(', ')}]${transposeB ? ' transposed' : ''}`,
    );
  if (!transposeA && !transposeB && addTo === undefined) return graph.add('MatMul', [a, b], { shape });
  return graph.add(
    'Gemm',
    addTo === undefined ? [a, b] : [a, b, addTo],
    { shape },
    { ...(transposeA ? { transA: 1 } : {}), ...(transposeB ? { transB: 1 } : {}) },
  );
}

/**
 * Gathers rows along axis 1 of `[batch, rows, width]`; the index `rows` yields a row of zeros.
 *
 * The runtime copies rows one by one, which is slow where they have one or two elements; the batch is then made
 * innermost before and outermost again after, which takes a fifth of the time, both transpositions included.
 *
 * @param wideIndices keeps the indices in 64 bits, so that the result is not shared with an earlier, equal call
 */
export function gatherRows(
  graph: Graph,
  x: GraphValue,
  indices: Int32Array,
  wideIndices = false,
): GraphValue {
  const [batch = 1, rows = 1, width = 1] = x.shape;
  if (width <= MAX_NARROW && batch >= MIN_INNERMOST) {
    const innermost = transpose(graph, x, [1, 2, 0]);
    const joined = reshape(graph, innermost, [1, rows, width * batch]);
    const gathered = gatherRows(graph, joined, indices, wideIndices);
    return transpose(graph, reshape(graph, gathered, [indices.length, width, batch]), [2, 0, 1]);
  }
  // The runtime joins with all threads, and pads with one.
  const source = indices.includes(rows) ? concat(graph, [x, graph.filled([batch, 1, width], 0)], 1) : x;
  const index = wideIndices
    ? graph.integers(Array.from(indices))
    : graph.constant(indices, [indices.length], 'int32');
  return graph.add('Gather', [source, index], { shape: [batch, indices.length, width] }, { axis: 1 });
}

/** Rows up to this many elements are narrow; with three, both ways take about equally long. */
const MAX_NARROW = 2;
/** Examples in a batch from which it pays to make the batch innermost. */
const MIN_INNERMOST = 4;
