/** Kernels that move, repeat, slice or concatenate elements. */
import { slice_util } from '@tensorflow/tfjs-core';
import type { KernelTable, TracedKernel } from '../kernel';
import { attribute } from '../kernel';
import { concat, pad, reshape, reverse, slice, transpose } from '../operators';

const fill: TracedKernel = (call) => {
  const value = call.attributes.value;
  if (typeof value !== 'number') throw new TypeError('fill with text has no traced form');
  return call.graph.filled(attribute.numbers(call, 'shape'), value);
};

const reshapeKernel: TracedKernel = (call) => {
  const x = call.input('x');
  const requested = attribute.numbers(call, 'shape');
  const known = requested.reduce((product, extent) => (extent === -1 ? product : product * extent), 1);
  const total = x.shape.reduce((product, extent) => product * extent, 1);
  if (requested.includes(-1) ? total % known !== 0 : total !== known)
    throw new RangeError(
      `[${x.shape.join(', ')}] has ${total} values, which do not fill [${requested.join(', ')}]`,
    );
  return reshape(
    call.graph,
    x,
    requested.map((extent) => (extent === -1 ? total / known : extent)),
  );
};

const expandDims: TracedKernel = (call) => {
  const x = call.input('input');
  const dim = attribute.number(call, 'dim');
  const shape = [...x.shape];
  shape.splice(dim < 0 ? x.shape.length + dim + 1 : dim, 0, 1);
  return reshape(call.graph, x, shape);
};

const concatKernel: TracedKernel = (call) => {
  const axis = attribute.number(call, 'axis');
  const rank = call.inputs[0]?.shape.length ?? 0;
  return concat(
    call.graph,
    call.inputs.filter((value) => !value.shape.includes(0)),
    axis < 0 ? rank + axis : axis,
  );
};

const packKernel: TracedKernel = (call) => {
  const axis = attribute.number(call, 'axis');
  const parts = call.inputs.map((value) => {
    const shape = [...value.shape];
    shape.splice(axis < 0 ? value.shape.length + axis + 1 : axis, 0, 1);
    return reshape(call.graph, value, shape);
  });
  return concat(call.graph, parts, axis < 0 ? (parts[0]?.shape.length ?? 0) + axis : axis);
};

const unpackKernel: TracedKernel = (call) => {
  const value = call.input('value');
  const given = attribute.number(call, 'axis');
  const axis = given < 0 ? value.shape.length + given : given;
  const rest = value.shape.filter((_, i) => i !== axis);
  return Array.from({ length: value.shape[axis] ?? 0 }, (_, index) => {
    const begin = value.shape.map((_, i) => (i === axis ? index : 0));
    const size = value.shape.map((extent, i) => (i === axis ? 1 : extent));
    return reshape(call.graph, slice(call.graph, value, begin, size), rest);
  });
};

const sliceKernel: TracedKernel = (call) => {
  const x = call.input('x');
  const begin = attribute.numbers(call, 'begin');
  const requested = attribute.numbers(call, 'size');
  const size = requested.map((extent, axis) =>
    extent === -1 ? (x.shape[axis] ?? 0) - (begin[axis] ?? 0) : extent,
  );
  return slice(call.graph, x, begin, size);
};

const stridedSlice: TracedKernel = (call) => {
  const x = call.input('x');
  const info = slice_util.sliceInfo(
    [...x.shape],
    attribute.numbers(call, 'begin'),
    attribute.numbers(call, 'end'),
    attribute.numbers(call, 'strides'),
    attribute.number(call, 'beginMask'),
    attribute.number(call, 'endMask'),
    attribute.number(call, 'ellipsisMask'),
    attribute.number(call, 'newAxisMask'),
    attribute.number(call, 'shrinkAxisMask'),
  );
  if (info.strides.some((stride) => stride < 0)) throw new TypeError('negative strides have no traced form');
  return reshape(
    call.graph,
    slice(call.graph, x, info.begin, info.finalShapeSparse, info.strides),
    info.finalShape,
  );
};

const splitV: TracedKernel = (call) => {
  const x = call.input('x');
  const given = attribute.number(call, 'axis');
  const axis = given < 0 ? x.shape.length + given : given;
  const extent = x.shape[axis] ?? 0;
  const requested = call.attributes.numOrSizeSplits;
  const sizes =
    typeof requested === 'number'
      ? Array.from({ length: requested }, () => extent / requested)
      : attribute.numbers(call, 'numOrSizeSplits');
  let start = 0;
  return sizes.map((size) => {
    const begin = x.shape.map((_, i) => (i === axis ? start : 0));
    start += size;
    return slice(
      call.graph,
      x,
      begin,
      x.shape.map((full, i) => (i === axis ? size : full)),
    );
  });
};

const padV2: TracedKernel = (call) => {
  const paddings = call.attributes.paddings;
  if (!Array.isArray(paddings)) throw new TypeError('pad without paddings');
  const sides = paddings.map((pair) => (Array.isArray(pair) ? pair.map(Number) : [0, 0]));
  return pad(
    call.graph,
    call.input('x'),
    sides.map((side) => side[0] ?? 0),
    sides.map((side) => side[1] ?? 0),
    attribute.number(call, 'constantValue'),
  );
};

const tile: TracedKernel = (call) => {
  const { graph } = call;
  const x = call.input('x');
  const repeats = attribute.numbers(call, 'reps');
  if (repeats.every((count) => count === 1)) return x;
  const shape = x.shape.map((extent, axis) => extent * (repeats[axis] ?? 1));
  if (x.uniform !== undefined && x.type === 'float32') return graph.filled(shape, x.uniform);
  const broadcasts = repeats.every((count, axis) => count === 1 || x.shape[axis] === 1);
  return broadcasts
    ? graph.add('Expand', [x, graph.integers(shape)], { shape, type: x.type })
    : graph.add('Tile', [x, graph.integers(repeats)], { shape, type: x.type });
};

const reverseKernel: TracedKernel = (call) => {
  const x = call.input('x');
  const axes = attribute.numbers(call, 'dims').map((axis) => (axis < 0 ? x.shape.length + axis : axis));
  return reverse(call.graph, x, axes);
};

/** A comparison with 0 … depth-1: the runtime's own operator supports only a few combinations of types. */
const oneHot: TracedKernel = (call) => {
  const { graph } = call;
  const indices = call.input('indices');
  const depth = attribute.number(call, 'depth');
  const on = graph.scalar(attribute.number(call, 'onValue'));
  const off = graph.scalar(attribute.number(call, 'offValue'));
  const shape = [...indices.shape, depth];
  const classes = graph.constant(
    Int32Array.from({ length: depth }, (_, i) => i),
    [depth],
    'int32',
  );
  const column = reshape(graph, indices, [...indices.shape, 1]);
  const hit = graph.add('Equal', [column, classes], { shape, type: 'bool' });
  return graph.add('Where', [hit, on, off], { shape });
};

export const shapeKernels = {
  Fill: fill,
  Reshape: reshapeKernel,
  ExpandDims: expandDims,
  Transpose: (call) => transpose(call.graph, call.input('x'), attribute.numbers(call, 'perm')),
  Concat: concatKernel,
  Pack: packKernel,
  Unpack: unpackKernel,
  Slice: sliceKernel,
  StridedSlice: stridedSlice,
  SplitV: splitV,
  PadV2: padV2,
  Tile: tile,
  Reverse: reverseKernel,
  OneHot: oneHot,
} satisfies KernelTable;
