/** Kernels that reduce along axes, and kernels built on reductions. */
import type { KernelCall, KernelTable, TracedKernel } from '../kernel';
import { attribute } from '../kernel';
import { binary, reduce, reduceInBlocks } from '../operators';

/** tfjs omits the axes to mean all of them. */
function axesOf(call: KernelCall, rank: number, name = 'axis'): number[] {
  const given = call.attributes[name];
  if (given === undefined || given === null) return Array.from({ length: rank }, (_, axis) => axis);
  return attribute.numbers(call, name).map((axis) => (axis < 0 ? rank + axis : axis));
}

/** `reduceMerged` as in `reduce`. */
export function traceReduction(op: string, reduceMerged = reduceInBlocks): TracedKernel {
  return (call) => {
    const x = call.input('x');
    const axes = axesOf(call, x.shape.length);
    return reduce(call.graph, op, x, axes, attribute.boolean(call, 'keepDims'), reduceMerged);
  };
}

/** Along the last axis, like tfjs's kernel. */
const softmax: TracedKernel = (call) => {
  const logits = call.input('logits');
  return call.graph.add('Softmax', [logits], { shape: logits.shape }, { axis: -1 });
};

const logSoftmax: TracedKernel = (call) => {
  const logits = call.input('logits');
  return call.graph.add('LogSoftmax', [logits], { shape: logits.shape }, { axis: -1 });
};

function traceArgument(op: string): TracedKernel {
  return (call) => {
    const x = call.input('x');
    const given = attribute.number(call, 'axis');
    const axis = given < 0 ? x.shape.length + given : given;
    const shape = x.shape.filter((_, i) => i !== axis);
    const index = call.graph.add(op, [x], { shape, type: 'int64' }, { axis, keepdims: 0 });
    return call.graph.add('Cast', [index], { shape, type: 'int32' }, { to: 6 });
  };
}

export const reductionKernels = {
  Sum: traceReduction('ReduceSum'),
  Mean: traceReduction('ReduceMean'),
  Max: (call) => {
    const x = call.input('x');
    const axes = axesOf(call, x.shape.length, 'reductionIndices');
    return reduce(call.graph, 'ReduceMax', x, axes, attribute.boolean(call, 'keepDims'));
  },
  Min: traceReduction('ReduceMin'),
  Prod: traceReduction('ReduceProd'),
  All: ({ graph, ...call }) => {
    const x = call.input('x');
    const asFloat = graph.add('Cast', [x], { shape: x.shape }, { to: 1 });
    const full = { graph, ...call };
    const least = reduce(
      graph,
      'ReduceMin',
      asFloat,
      axesOf(full, x.shape.length),
      attribute.boolean(full, 'keepDims'),
    );
    return binary(graph, 'Greater', least, graph.scalar(0), 'bool');
  },
  ArgMax: traceArgument('ArgMax'),
  ArgMin: traceArgument('ArgMin'),
  Softmax: softmax,
  LogSoftmax: logSoftmax,
} satisfies KernelTable;
