/** Python for the operators that move, choose or reduce elements. */
import type { OnnxConstant, OnnxNode } from '../../engine/onnx/protobuf';
import { pythonTuple } from './parts';
import { type Expression, python, type Variable } from './script';

export const REDUCTIONS: Readonly<Record<string, string>> = {
  ReduceSum: 'sum',
  ReduceMean: 'mean',
  ReduceMax: 'amax',
  ReduceMin: 'amin',
  ReduceProd: 'prod',
};

export function numberText(constant: OnnxConstant | undefined): string {
  const value = Number(constant?.data[0] ?? 0);
  if (constant?.type !== 'float32') return String(value);
  const text = String(Number(value.toPrecision(9)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}

export function sliced(
  x: Variable,
  rank: number,
  [starts = [], ends = [], axes = [], steps = []]: readonly (readonly (number | string)[])[],
): Expression {
  const reversed = axes.filter((_, i) => Number(steps[i] ?? 1) < 0);
  if (reversed.length > 0) return python`${x}.flip(${pythonTuple(reversed)})`;
  const parts = Array.from({ length: rank }, () => ':');
  axes.forEach((axis, i) => {
    const end = ends[i] ?? '';
    const stop = typeof end === 'number' && end >= 2 ** 31 ? '' : String(end);
    const start = starts[i] === 0 ? '' : String(starts[i]);
    parts[Number(axis)] = `${start}:${stop}${Number(steps[i] ?? 1) === 1 ? '' : `:${steps[i]}`}`;
  });
  return python`${x}[${parts.join(', ')}]`;
}

/** ONNX lists what is before each axis and then what is after; PyTorch pairs them from the last axis on. */
export function padding(counts: readonly (number | string)[]): string {
  const rank = counts.length / 2;
  return pythonTuple(
    Array.from({ length: rank }, (_, i) => rank - 1 - i).flatMap((axis) => [
      counts[axis] ?? 0,
      counts[rank + axis] ?? 0,
    ]),
  );
}

export function gemm({ attributes = {} }: OnnxNode, [a, b, c]: readonly Variable[]): Expression {
  if (a === undefined || b === undefined) throw new RangeError('a product of fewer than two matrices');
  const left = python`${a}${attributes.transA === 1 ? '.T' : ''}`;
  const right = python`${b}${attributes.transB === 1 ? '.T' : ''}`;
  return c === undefined ? python`${left} @ ${right}` : python`${left} @ ${right} + ${c}`;
}
