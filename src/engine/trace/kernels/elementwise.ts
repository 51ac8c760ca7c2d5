/** Elementwise kernels. */
import type { Graph, GraphValue } from '../graph';
import type { KernelTable, TracedKernel } from '../kernel';
import { attribute } from '../kernel';
import { binary, broadcastShape, unary } from '../operators';

function traceUnary(op: string): TracedKernel {
  return ({ graph, input }) => unary(graph, op, input('x'));
}

function traceBinary(op: string): TracedKernel {
  return ({ graph, input }) => binary(graph, op, input('a'), input('b'));
}

function traceComparison(op: string): TracedKernel {
  return ({ graph, input }) => binary(graph, op, input('a'), input('b'), 'bool');
}

const ELEMENT_TYPES = ['float32', 'int32', 'bool'] as const;

function cast(graph: Graph, x: GraphValue, type: 'float32' | 'int32' | 'bool'): GraphValue {
  if (x.type === type) return x;
  const to = { float32: 1, int32: 6, bool: 9 }[type];
  return graph.add('Cast', [x], { shape: x.shape, type }, { to });
}

function square(graph: Graph, x: GraphValue): GraphValue {
  return binary(graph, 'Mul', x, x);
}

/**
 * log(1 + e^x) without overflow: max(x, 0) + log(1 + e^-|x|). The runtime's own Softplus computes the same in one pass.
 */
const softplus: TracedKernel = ({ graph, input }) => unary(graph, 'Softplus', input('x'));

/** Larger than the reciprocal of any normal float, so that its product with x saturates on either side of zero. */
const STEEP = 3e38;

/**
 * 1 where x > 0, `alpha` elsewhere. For slopes in [0, 1] this is a steep line clipped at both ends: two fast passes
 * instead of the five of a comparison and a selection.
 */
const step: TracedKernel = (call) => {
  const { graph } = call;
  const x = call.input('x');
  const alpha = attribute.number(call, 'alpha');
  if (alpha >= 0 && alpha <= 1) {
    const line = binary(graph, 'Mul', x, graph.scalar(STEEP));
    return graph.add('Clip', [line, graph.scalar(alpha), graph.scalar(1)], { shape: x.shape });
  }
  const positive = binary(graph, 'Greater', x, graph.scalar(0), 'bool');
  return graph.add('Where', [positive, graph.scalar(1), graph.scalar(alpha)], { shape: x.shape });
};

const select: TracedKernel = ({ graph, input }) => {
  const condition = input('condition');
  const t = input('t');
  const e = input('e');
  const shape = broadcastShape(condition.shape, broadcastShape(t.shape, e.shape));
  return graph.add('Where', [condition, t, e], { shape, type: t.type });
};

const leakyRelu: TracedKernel = (call) =>
  call.graph.add(
    'LeakyRelu',
    [call.input('x')],
    { shape: call.input('x').shape },
    { alpha: { float: attribute.number(call, 'alpha') } },
  );

const clip: TracedKernel = (call) => {
  const { graph } = call;
  const x = call.input('x');
  const low = graph.scalar(attribute.number(call, 'clipValueMin'));
  const high = graph.scalar(attribute.number(call, 'clipValueMax'));
  return graph.add('Clip', [x, low, high], { shape: x.shape });
};

const castKernel: TracedKernel = (call) => {
  const target = ELEMENT_TYPES.find((type) => type === call.attributes.dtype);
  if (target === undefined) throw new TypeError(`a cast to ${String(call.attributes.dtype)}`);
  return cast(call.graph, call.input('x'), target);
};

export const elementwiseKernels = {
  Add: traceBinary('Add'),
  Sub: traceBinary('Sub'),
  Multiply: traceBinary('Mul'),
  RealDiv: traceBinary('Div'),
  Maximum: traceBinary('Max'),
  Minimum: traceBinary('Min'),
  Pow: traceBinary('Pow'),
  SquaredDifference: ({ graph, input }) => square(graph, binary(graph, 'Sub', input('a'), input('b'))),
  AddN: ({ graph, inputs }) => inputs.reduce((sum, value) => binary(graph, 'Add', sum, value)),

  Greater: traceComparison('Greater'),
  GreaterEqual: traceComparison('GreaterOrEqual'),
  Less: traceComparison('Less'),
  LessEqual: traceComparison('LessOrEqual'),
  Equal: traceComparison('Equal'),
  NotEqual: ({ graph, input }) => unary(graph, 'Not', binary(graph, 'Equal', input('a'), input('b'), 'bool')),
  LogicalAnd: traceComparison('And'),
  LogicalOr: traceComparison('Or'),
  LogicalNot: traceUnary('Not'),

  Abs: traceUnary('Abs'),
  Neg: traceUnary('Neg'),
  Sign: traceUnary('Sign'),
  Exp: traceUnary('Exp'),
  Expm1: ({ graph, input }) => binary(graph, 'Sub', unary(graph, 'Exp', input('x')), graph.scalar(1)),
  Log: traceUnary('Log'),
  Log1p: ({ graph, input }) => unary(graph, 'Log', binary(graph, 'Add', input('x'), graph.scalar(1))),
  Sqrt: traceUnary('Sqrt'),
  Rsqrt: ({ graph, input }) => unary(graph, 'Reciprocal', unary(graph, 'Sqrt', input('x'))),
  Square: ({ graph, input }) => square(graph, input('x')),
  Reciprocal: traceUnary('Reciprocal'),
  Floor: traceUnary('Floor'),
  Ceil: traceUnary('Ceil'),
  Sin: traceUnary('Sin'),
  Cos: traceUnary('Cos'),
  Erf: traceUnary('Erf'),
  Tanh: traceUnary('Tanh'),
  Sigmoid: traceUnary('Sigmoid'),
  Relu: traceUnary('Relu'),
  Elu: traceUnary('Elu'),
  Softplus: softplus,
  LeakyRelu: leakyRelu,
  Step: step,
  Select: select,
  ClipByValue: clip,
  Cast: castKernel,
  Identity: ({ input }) => input('x'),
  ZerosLike: ({ graph, input }) => graph.filled(input('x').shape, 0),
  OnesLike: ({ graph, input }) => graph.filled(input('x').shape, 1),
} satisfies KernelTable;
