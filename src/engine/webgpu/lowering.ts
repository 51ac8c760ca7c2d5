/**
 * The lowering for graphics cards: convolutions in their own file, and other operators in place of those that the
 * WebGPU provider lacks or computes too roughly.
 */

import type { Graph, GraphValue } from '../trace/graph';
import { attribute, type TracedKernel } from '../trace/kernel';
import { convolutionKernels } from '../trace/kernels/convolutions';
import { type Lowering, sharedKernels } from '../trace/lowering';
import { binary, reduce, unary } from '../trace/operators';
import { convolution, filterGradient, inputGradient } from './convolution';

function asNumber(graph: Graph, condition: GraphValue): GraphValue {
  return graph.add('Cast', [condition], { shape: condition.shape }, { to: 1 });
}

/** (x > 0) - (x < 0) */
const sign: TracedKernel = ({ graph, input }) => {
  const compared = (op: string): GraphValue =>
    asNumber(graph, binary(graph, op, input('x'), graph.scalar(0), 'bool'));
  return binary(graph, 'Sub', compared('Greater'), compared('Less'));
};

/** De Morgan: a ∨ b = ¬(¬a ∧ ¬b). */
const logicalOr: TracedKernel = ({ graph, input }) => {
  const neither = binary(graph, 'And', unary(graph, 'Not', input('a')), unary(graph, 'Not', input('b')));
  return unary(graph, 'Not', neither);
};

/** x - max x - log Σ exp(x - max x), along the last axis. */
const logSoftmax: TracedKernel = ({ graph, input }) => {
  const logits = input('logits');
  const last = [logits.shape.length - 1];
  const shifted = binary(graph, 'Sub', logits, reduce(graph, 'ReduceMax', logits, last, true));
  const total = reduce(graph, 'ReduceSum', unary(graph, 'Exp', shifted), last, true);
  return binary(graph, 'Sub', shifted, unary(graph, 'Log', total));
};

/** Taylor series of sin r / r in r², from r² on: exact to 6e-8 for |r| ≤ π/2. */
const SINE = [-1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800];

/** π in two parts, so that a small multiple of it is subtracted without rounding. */
const [PI_HIGH, PI_LOW] = [3.140625, Math.PI - 3.140625];

/**
 * The device's own sine and cosine are wrong by up to 2⁻¹¹. With k = round(x/π) and r = x - kπ, sin x = (-1)ᵏ sin r.
 *
 * @param quarter 0 for the sine and 1/2 for the cosine, which is the sine of x + π/2
 */
function sineOf(quarter: 0 | 0.5): TracedKernel {
  return ({ graph, input }) => {
    const x = input('x');
    const number = (value: number): GraphValue => graph.scalar(value);
    const add = (a: GraphValue, b: GraphValue): GraphValue => binary(graph, 'Add', a, b);
    const times = (a: GraphValue, b: GraphValue): GraphValue => binary(graph, 'Mul', a, b);
    const floor = (a: GraphValue): GraphValue => unary(graph, 'Floor', a);
    const halfTurns = floor(add(times(x, number(1 / Math.PI)), number(quarter + 0.5)));
    const angle = add(halfTurns, number(-quarter));
    const r = add(add(x, times(angle, number(-PI_HIGH))), times(angle, number(-PI_LOW)));
    const squared = times(r, r);
    const series = SINE.reduceRight<GraphValue>(
      (sum, coefficient) => times(squared, add(sum, number(coefficient))),
      number(0),
    );
    const isOdd = add(halfTurns, times(floor(times(halfTurns, number(0.5))), number(-2)));
    return times(times(r, add(series, number(1))), add(times(isOdd, number(-2)), number(1)));
  };
}

/** The first position of the extreme value. The runtime's own operators return integers of 64 bits. */
function positionOf(reduction: 'ReduceMax' | 'ReduceMin'): TracedKernel {
  return (call) => {
    const { graph } = call;
    const x = call.input('x');
    const given = attribute.number(call, 'axis');
    const axis = given < 0 ? x.shape.length + given : given;
    const extent = x.shape[axis] ?? 1;
    const hit = binary(graph, 'Equal', x, reduce(graph, reduction, x, [axis], true), 'bool');
    const positions = graph.constant(
      Float32Array.from({ length: extent }, (_, i) => i),
      x.shape.map((_, i) => (i === axis ? extent : 1)),
      'float32',
    );
    const candidates = graph.add('Where', [hit, positions, graph.scalar(extent)], { shape: x.shape });
    const first = reduce(graph, 'ReduceMin', candidates, [axis]);
    return graph.add('Cast', [first], { shape: first.shape, type: 'int32' }, { to: 6 });
  };
}

export const webGpuLowering: Lowering = {
  ...sharedKernels,
  ...convolutionKernels({ convolution, inputGradient, filterGradient }),
  ArgMax: positionOf('ReduceMax'),
  ArgMin: positionOf('ReduceMin'),
  Cos: sineOf(0.5),
  Sin: sineOf(0),
  Sign: sign,
  LogicalOr: logicalOr,
  LogSoftmax: logSoftmax,
};
