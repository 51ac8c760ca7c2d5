/**
 * One axis of a convolution as three matrices. The target is cut into tiles, and each is computed from a window of the
 * source by the same algorithm; with a stride of s, the taps fall into s phases, each a correlation without stride.
 */
import type { ConvolutionAxis } from '../../trace/kernels/convolutions';
import { type Matrix, toomCook } from './toom-cook';

/** `output = inverse · ((filter · weights, once for each tile) ⊙ (data · input))`; points come before tiles. */
export interface AxisMatrices {
  readonly points: number;
  readonly tiles: number;
  /** `[points·tiles, input]` */
  readonly data: Matrix;
  /** `[points, taps]` */
  readonly filter: Matrix;
  /** `[output, points·tiles]` */
  readonly inverse: Matrix;
}

/** @param size number of outputs in a tile */
export function axisMatrices(axis: ConvolutionAxis, size: number): AxisMatrices {
  const { input, output, taps, stride, padding } = axis;
  const tiles = Math.ceil(output / size);
  const phases = Array.from({ length: Math.min(stride, taps) }, (_, phase) => ({
    phase,
    ...toomCook(size, Math.ceil((taps - phase) / stride)),
  }));
  const tileStarts = Array.from({ length: tiles }, (_, tile) => tile * size);
  const inverseRows = Array.from({ length: size }, (_, i) =>
    phases.flatMap(({ inverse }) => inverse[i] ?? []),
  );
  return {
    points: inverseRows[0]?.length ?? 0,
    tiles,
    data: phases.flatMap(({ phase, data }) =>
      data.flatMap((row) =>
        tileStarts.map((start) => placed(row, input, (i) => (start + i) * stride + phase - padding)),
      ),
    ),
    filter: phases.flatMap(({ phase, filter }) =>
      filter.map((row) => placed(row, taps, (i) => phase + i * stride)),
    ),
    inverse: Array.from({ length: output }, (_, o) =>
      placed(
        inverseRows[o % size] ?? [],
        tiles * (inverseRows[0]?.length ?? 0),
        (point) => point * tiles + Math.floor(o / size),
      ),
    ),
  };
}

/** A row of `length` elements with `values[i]` at `place(i)`, where that is inside, and zeros elsewhere. */
function placed(values: readonly number[], length: number, place: (i: number) => number): number[] {
  const row = new Array<number>(length).fill(0);
  values.forEach((value, i) => {
    const at = place(i);
    if (at >= 0 && at < length) row[at] = value;
  });
  return row;
}
