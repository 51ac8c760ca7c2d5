/** A tensor in plain memory: the form that crosses every boundary between the engine, the disk and user code. */

export type DType = 'float32' | 'int32';

export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Row-major values; `data.length` is the product of `shape` (1 for a scalar, whose shape is `[]`). */
export type HostTensor =
  | { readonly shape: readonly number[]; readonly dtype: 'float32'; readonly data: Float32Array }
  | { readonly shape: readonly number[]; readonly dtype: 'int32'; readonly data: Int32Array };

/** A flat tree of tensors; `/` in a name separates the levels, e.g. `generator/dense/kernel`. */
export type HostTensors = Readonly<Record<string, HostTensor>>;

/** Number of elements of a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function float32(shape: readonly number[], data?: Float32Array): HostTensor {
  return { shape, dtype: 'float32', data: data ?? new Float32Array(sizeOf(shape)) };
}

/** Rows of equal width as a tensor `[rows, width]`. */
export function rowsOf(rows: readonly Float32Array[], width: number): HostTensor {
  const all = float32([rows.length, width]);
  for (const [i, row] of rows.entries()) all.data.set(row, i * width);
  return all;
}

export function scalar(value: number): HostTensor {
  return float32([], Float32Array.of(value));
}

export function copyOf(tensor: HostTensor): HostTensor {
  return tensor.dtype === 'int32'
    ? { ...tensor, data: tensor.data.slice() }
    : { ...tensor, data: tensor.data.slice() };
}
