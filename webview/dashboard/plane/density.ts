/** Densities of points as contour lines: a kernel estimate on a grid, and marching squares over it. */

export interface Density {
  /** Row-major from the top, relative to the number of points. */
  readonly values: Float32Array;
  readonly cells: number;
}

/** Cells along each axis. */
const CELLS = 96;
/** Standard deviation of the kernel, and where it is cut off, in cells. */
const KERNEL_CELLS = 1.4;
const REACH = 4;

/** Gaussian kernel estimate over [-extent, extent]²; points are x, y, x, y, …, and those outside do not count. */
export function densityOf(points: Float32Array, extent: number): Density {
  const values = new Float32Array(CELLS * CELLS);
  const count = points.length / 2;
  const alongX = new Float32Array(2 * REACH + 1);
  for (let i = 0; i < count; i++) {
    const x = ((points[2 * i] ?? 0) / extent + 1) * 0.5 * CELLS - 0.5;
    const y = (1 - (points[2 * i + 1] ?? 0) / extent) * 0.5 * CELLS - 0.5;
    const [column, row] = [Math.round(x), Math.round(y)];
    for (let j = 0; j < alongX.length; j++) alongX[j] = kernel(column + j - REACH - x);
    for (let r = Math.max(0, row - REACH); r <= Math.min(CELLS - 1, row + REACH); r++) {
      const weight = kernel(r - y) / count;
      for (let c = Math.max(0, column - REACH); c <= Math.min(CELLS - 1, column + REACH); c++) {
        const at = r * CELLS + c;
        values[at] = (values[at] ?? 0) + weight * (alongX[c - column + REACH] ?? 0);
      }
    }
  }
  return { values, cells: CELLS };
}

function kernel(distance: number): number {
  return Math.exp(-0.5 * (distance / KERNEL_CELLS) ** 2);
}

/**
 * Calls `line` for each piece of the contour at a level; coordinates in [0, 1] from the top left (Lorensen and Cline
 * 1987, in two dimensions).
 */
export function contour(
  { values, cells }: Density,
  level: number,
  line: (x0: number, y0: number, x1: number, y1: number) => void,
): void {
  const at = (column: number, row: number): number => (values[row * cells + column] ?? 0) - level;
  const place = (cell: number): number => (cell + 0.5) / cells;
  for (let row = 0; row + 1 < cells; row++)
    for (let column = 0; column + 1 < cells; column++) {
      const [a, b, c, d] = [
        at(column, row),
        at(column + 1, row),
        at(column + 1, row + 1),
        at(column, row + 1),
      ];
      const isInside = a > 0;
      // Most cells are not crossed at all.
      if (isInside === b > 0 && isInside === c > 0 && isInside === d > 0) continue;
      const corners = [a, b, c, d];
      const crossings: number[] = [];
      for (let edge = 0; edge < 4; edge++) {
        const [from = 0, to = 0] = [corners[edge], corners[(edge + 1) % 4]];
        if (from > 0 === to > 0) continue;
        const share = from / (from - to);
        const [dx = 0, dy = 0] =
          [
            [share, 0],
            [1, share],
            [1 - share, 1],
            [0, 1 - share],
          ][edge] ?? [];
        crossings.push(place(column + dx), place(row + dy));
      }
      for (let i = 0; i + 3 < crossings.length; i += 4)
        line(crossings[i] ?? 0, crossings[i + 1] ?? 0, crossings[i + 2] ?? 0, crossings[i + 3] ?? 0);
    }
}
