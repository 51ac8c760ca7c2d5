/** Constants of a graph as tensors, in the layouts of other libraries. */
import type { OnnxConstant } from '../../engine/onnx/protobuf';
import { float32, type HostTensor, sizeOf } from '../../shared/host-tensor';

/** Floats as they are, and integers as `int32`. */
export function hostTensorOf({ type, shape, data }: OnnxConstant): HostTensor {
  return type === 'float32'
    ? float32(shape, Float32Array.from(data, Number))
    : { shape, dtype: 'int32', data: Int32Array.from(data, Number) };
}

/** Moves the axes of a tensor. */
export function permuted({ shape, data }: HostTensor, axes: readonly number[]): HostTensor {
  const to = axes.map((axis) => shape[axis] ?? 1);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const result = new Float32Array(data.length);
  const place = new Array<number>(to.length).fill(0);
  for (let i = 0; i < result.length; i++) {
    result[i] = data[axes.reduce((sum, axis, at) => sum + (strides[axis] ?? 0) * (place[at] ?? 0), 0)] ?? 0;
    for (let at = to.length - 1; at >= 0; at--) {
      place[at] = (place[at] ?? 0) + 1;
      if ((place[at] ?? 0) < (to[at] ?? 1)) break;
      place[at] = 0;
    }
  }
  return float32(to, result);
}
