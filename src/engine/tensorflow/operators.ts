/**
 * What each operator of a traced graph is in TensorFlow. Shapes, axes and paddings, constants of the trace, become
 * constants of the types that TensorFlow expects.
 */
import type { AttributeValue, GraphNode, GraphValue } from '../trace/graph';
import type { GraphBuilder } from './graph-builder';
import type { Attribute } from './graph-def';

interface Call {
  readonly builder: GraphBuilder;
  readonly node: GraphNode;
  readonly output: GraphValue;
  /** Names of the nodes of inputs, except of integers that are constants of the trace. */
  readonly inputs: readonly string[];
  /** Type of the first input. */
  readonly type: GraphValue['type'];
}

/** Adds nodes and returns the name of the one with the result. */
type Translation = (call: Call) => string;

/** An operator with the same inputs, and the type of its first input as its only attribute. */
const same =
  (op: string): Translation =>
  ({ builder, inputs, type }) =>
    builder.add(op, inputs, { T: { type } });

const logical =
  (op: string): Translation =>
  ({ builder, inputs }) =>
    builder.add(op, inputs);

const reduction =
  (op: string): Translation =>
  (call) =>
    call.builder.add(op, [first(call), call.builder.integers(constantOf(call, 1))], {
      T: { type: call.type },
      Tidx: { type: 'int32' },
    });

const extreme =
  (op: string): Translation =>
  (call) =>
    call.builder.add(op, [first(call), call.builder.integers([numberOf(call, 'axis')], [])], {
      T: { type: call.type },
      Tidx: { type: 'int32' },
      output_type: { type: call.output.type },
    });

const reshape: Translation = (call) =>
  call.builder.add('Reshape', [first(call), call.builder.integers(call.output.shape)], {
    T: { type: call.type },
    Tshape: { type: 'int32' },
  });

const expand: Translation = (call) => {
  const { builder, node, type } = call;
  const shape = builder.integers(call.output.shape);
  return node.inputs[0]?.shape.length === 0
    ? builder.add('Fill', [shape, first(call)], { T: { type }, index_type: { type: 'int32' } })
    : builder.add('BroadcastTo', [first(call), shape], { T: { type }, Tidx: { type: 'int32' } });
};

/** Inputs: begin, end, axes, and, where not all elements of a range are taken, steps. */
const slice: Translation = (call) => {
  const { builder, node, type, output } = call;
  const begin = constantOf(call, 1);
  const steps = node.inputs[4] === undefined ? undefined : constantOf(call, 4);
  if (steps?.some((step) => step < 0))
    return builder.add('ReverseV2', [first(call), builder.integers(constantOf(call, 3))], {
      T: { type },
      Tidx: { type: 'int32' },
    });
  if (steps === undefined)
    return builder.add('Slice', [first(call), builder.integers(begin), builder.integers(output.shape)], {
      T: { type },
      Index: { type: 'int32' },
    });
  const ranges = [begin, constantOf(call, 2), steps].map((list) => builder.integers(list));
  return builder.add('StridedSlice', [first(call), ...ranges], { T: { type }, Index: { type: 'int32' } });
};

const concat: Translation = (call) =>
  call.builder.add('ConcatV2', [...call.inputs, call.builder.integers([numberOf(call, 'axis')], [])], {
    N: { int: call.inputs.length },
    T: { type: call.type },
    Tidx: { type: 'int32' },
  });

/** Inputs: the number of elements before each axis and then those after each, and what they are filled with. */
const pad: Translation = (call) => {
  const amounts = constantOf(call, 1);
  const rank = amounts.length / 2;
  const pairs = Array.from({ length: rank }, (_, axis) => [amounts[axis] ?? 0, amounts[rank + axis] ?? 0]);
  const [x = '', , value = ''] = call.inputs;
  return call.builder.add('PadV2', [x, call.builder.integers(pairs.flat(), [rank, 2]), value], {
    T: { type: call.type },
    Tpaddings: { type: 'int32' },
  });
};

const transpose: Translation = (call) =>
  call.builder.add('Transpose', [first(call), call.builder.integers(numbersOf(call, 'perm'))], {
    T: { type: call.type },
    Tperm: { type: 'int32' },
  });

const tile: Translation = (call) =>
  call.builder.add('Tile', [first(call), call.builder.integers(constantOf(call, 1))], {
    T: { type: call.type },
    Tmultiples: { type: 'int32' },
  });

/** Of matrices or of stacks of them, either of which may be stored transposed. */
const product: Translation = (call) => {
  const { builder, inputs, node, type } = call;
  const transposed = (name: string): Attribute => ({ bool: node.attributes[name] === 1 });
  return call.output.shape.length > 2
    ? builder.add('BatchMatMulV2', inputs, {
        T: { type },
        adj_x: transposed('transA'),
        adj_y: transposed('transB'),
      })
    : builder.add('MatMul', inputs, {
        T: { type },
        transpose_a: transposed('transA'),
        transpose_b: transposed('transB'),
      });
};

const cast: Translation = (call) =>
  call.builder.add('Cast', call.inputs, { SrcT: { type: call.type }, DstT: { type: call.output.type } });

const where: Translation = ({ builder, inputs, output }) =>
  builder.add('SelectV2', inputs, { T: { type: output.type } });

const sloped =
  (op: string): Translation =>
  (call) =>
    call.builder.add(op, call.inputs, { T: { type: call.type }, alpha: { float: slopeOf(call) } });

/** Inputs: values, the lowest and the highest. TensorFlow has one operator for it, which TFLite lacks. */
const clip: Translation = ({ builder, inputs, type }) => {
  const [x = '', low = '', high = ''] = inputs;
  const raised = builder.add('Maximum', [x, low], { T: { type } });
  return builder.add('Minimum', [raised, high], { T: { type } });
};

/** x > 0 ? 1 : alpha */
const step: Translation = (call) => {
  const { builder, type } = call;
  const number = (value: number): string =>
    builder.constant({ type, shape: [], data: Float32Array.of(value) });
  const positive = builder.add('Greater', [first(call), number(0)], { T: { type } });
  return builder.add('SelectV2', [positive, number(1), number(slopeOf(call))], { T: { type } });
};

function slopeOf({ node }: Call): number {
  const { alpha } = node.attributes;
  if (typeof alpha !== 'object' || !('float' in alpha)) throw new RangeError(`${node.op} without a slope`);
  return alpha.float;
}

function convolutionAttributes(call: Call): Record<string, Attribute> {
  const padding = call.node.attributes.padding;
  if (typeof padding !== 'string') throw new RangeError('a convolution without padding');
  return {
    T: { type: call.type },
    strides: { ints: numbersOf(call, 'strides') },
    dilations: { ints: numbersOf(call, 'dilations') },
    padding: { string: padding },
    ...(padding === 'EXPLICIT' ? { explicit_paddings: { ints: numbersOf(call, 'pads') } } : {}),
  };
}

const convolution: Translation = (call) =>
  call.builder.add('Conv2D', call.inputs, convolutionAttributes(call));

/** Inputs: gradient of the output, filter. */
const inputGradient: Translation = (call) => {
  const [dy = '', filter = ''] = call.inputs;
  return call.builder.add(
    'Conv2DBackpropInput',
    [call.builder.integers(call.output.shape), filter, dy],
    convolutionAttributes(call),
  );
};

/** Inputs: input, gradient of the output. */
const filterGradient: Translation = (call) => {
  const [x = '', dy = ''] = call.inputs;
  return call.builder.add(
    'Conv2DBackpropFilter',
    [x, call.builder.integers(call.output.shape), dy],
    convolutionAttributes(call),
  );
};

const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  Add: same('AddV2'),
  Sub: same('Sub'),
  Mul: same('Mul'),
  Div: same('RealDiv'),
  Max: same('Maximum'),
  Min: same('Minimum'),
  Pow: same('Pow'),
  Greater: same('Greater'),
  GreaterOrEqual: same('GreaterEqual'),
  Less: same('Less'),
  LessOrEqual: same('LessEqual'),
  Equal: same('Equal'),
  Not: logical('LogicalNot'),
  And: logical('LogicalAnd'),
  Or: logical('LogicalOr'),
  Abs: same('Abs'),
  Neg: same('Neg'),
  Sign: same('Sign'),
  Exp: same('Exp'),
  Expm1: same('Expm1'),
  Log: same('Log'),
  Log1p: same('Log1p'),
  Sqrt: same('Sqrt'),
  Rsqrt: same('Rsqrt'),
  Reciprocal: same('Reciprocal'),
  Floor: same('Floor'),
  Ceil: same('Ceil'),
  Sin: same('Sin'),
  Cos: same('Cos'),
  Erf: same('Erf'),
  Tanh: same('Tanh'),
  Sigmoid: same('Sigmoid'),
  Relu: same('Relu'),
  Elu: same('Elu'),
  Softplus: same('Softplus'),
  LeakyRelu: sloped('LeakyRelu'),
  LeakyReluGrad: sloped('LeakyReluGrad'),
  ReluGrad: same('ReluGrad'),
  BiasAdd: same('BiasAdd'),
  Step: step,
  Clip: clip,
  Where: where,
  Cast: cast,
  Softmax: same('Softmax'),
  LogSoftmax: same('LogSoftmax'),
  ReduceSum: reduction('Sum'),
  ReduceMean: reduction('Mean'),
  ReduceMax: reduction('Max'),
  ReduceMin: reduction('Min'),
  ReduceProd: reduction('Prod'),
  ArgMax: extreme('ArgMax'),
  ArgMin: extreme('ArgMin'),
  Reshape: reshape,
  Expand: expand,
  Slice: slice,
  Concat: concat,
  Pad: pad,
  Transpose: transpose,
  Tile: tile,
  MatMul: product,
  Gemm: product,
  Conv2D: convolution,
  Conv2DBackpropInput: inputGradient,
  Conv2DBackpropFilter: filterGradient,
};

/**
 * Adds a traced node to a TensorFlow graph, and returns the name of the node with its result.
 *
 * @param nameOf name of the node with a value
 */
export function translate(
  builder: GraphBuilder,
  node: GraphNode,
  nameOf: (value: GraphValue) => string,
): string {
  const translation = TRANSLATIONS[node.op];
  const [output] = node.outputs;
  if (translation === undefined || output === undefined)
    throw new RangeError(`the operator ${node.op} has no translation`);
  // Shapes and the like, which have 64 bits in a trace, become other constants.
  const isMade = (input: GraphValue): boolean => input.type === 'int64' && input.constant !== undefined;
  const inputs = node.inputs.map((input) => (input === undefined || isMade(input) ? '' : nameOf(input)));
  return translation({ builder, node, output, inputs, type: node.inputs[0]?.type ?? output.type });
}

function first({ inputs, node }: Call): string {
  const [name] = inputs;
  if (name === undefined) throw new RangeError(`${node.op} without inputs`);
  return name;
}

/** The integers of an input, which is a constant of the trace. */
function constantOf({ node }: Call, at: number): number[] {
  const constant = node.inputs[at]?.constant;
  if (constant === undefined) throw new RangeError(`input ${at} of ${node.op} is not constant`);
  return Array.from(constant, Number);
}

function numberOf({ node }: Call, name: string): number {
  const value: AttributeValue | undefined = node.attributes[name];
  if (typeof value !== 'number') throw new RangeError(`${node.op} without ${name}`);
  return value;
}

function numbersOf({ node }: Call, name: string): readonly number[] {
  const value = node.attributes[name];
  if (!Array.isArray(value)) throw new RangeError(`${node.op} without ${name}`);
  return value.map(Number);
}
