/** Double-precision matrices for scores: plain row-major arrays, multiplied by the fastest method available. */

/** Row-major; `data.length` is rows × columns. */
export interface FloatMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** `[n, k] · [k, m] -> [n, m]` in double precision; with `isTransposed` the second operand is `[m, k]`. */
export type Multiply = (
  a: FloatMatrix,
  b: FloatMatrix,
  options?: { readonly isTransposed?: boolean },
) => Promise<FloatMatrix>;

export function floatMatrix(rows: number, columns: number, data?: ArrayLike<number>): FloatMatrix {
  if (data !== undefined && data.length !== rows * columns)
    throw new RangeError(`a matrix of ${rows}×${columns} has not ${data.length} entries`);
  return {
    rows,
    columns,
    data: data === undefined ? new Float64Array(rows * columns) : Float64Array.from(data),
  };
}

/** Rows from `begin` up to but excluding `end`, as a view of the same memory. */
export function rowsOf({ rows, columns, data }: FloatMatrix, begin: number, end: number): FloatMatrix {
  const last = Math.min(rows, end);
  return { rows: last - begin, columns, data: data.subarray(begin * columns, last * columns) };
}

/** Copies the rows at these indices. */
export function selectRows({ columns, data }: FloatMatrix, indices: ArrayLike<number>): FloatMatrix {
  const selected = floatMatrix(indices.length, columns);
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i] ?? 0;
    selected.data.set(data.subarray(row * columns, (row + 1) * columns), i * columns);
  }
  return selected;
}

export function transpose({ rows, columns, data }: FloatMatrix): FloatMatrix {
  const result = floatMatrix(columns, rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) result.data[j * rows + i] = data[i * columns + j] ?? 0;
  return result;
}

/** Products in plain JavaScript: the fallback without a native runtime, and the reference for the native ones. */
export const multiplyPlainly: Multiply = async (a, b, { isTransposed = false } = {}) => {
  const columns = isTransposed ? b.rows : b.columns;
  const shared = isTransposed ? b.columns : b.rows;
  if (a.columns !== shared) throw new RangeError(`rows of ${a.columns} do not go with columns of ${shared}`);
  const right = isTransposed ? transpose(b) : b;
  const result = floatMatrix(a.rows, columns);
  for (let i = 0; i < a.rows; i++) {
    const row = result.data.subarray(i * columns, (i + 1) * columns);
    for (let k = 0; k < shared; k++) {
      const factor = a.data[i * shared + k] ?? 0;
      const offset = k * columns;
      for (let j = 0; j < columns; j++) row[j] = (row[j] ?? 0) + factor * (right.data[offset + j] ?? 0);
    }
  }
  return result;
};
