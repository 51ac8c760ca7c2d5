/** Operators that are a layer of Keras by themselves. */
import type { OnnxNode } from '../../engine/onnx/protobuf';
import { float32 } from '../../shared/host-tensor';
import { slopeOf } from '../layers/attributes';
import type { FoldedConstant } from '../layers/network-graph';
import type { FunctionalModel, KerasLayer, KerasTensor } from './functional-model';

export interface Operands {
  readonly tensors: readonly KerasTensor[];
  /** The only constant among the operands, and its place. */
  readonly constant?: FoldedConstant & { readonly at: number };
  /** Of the result, without the batch. */
  readonly shape: readonly number[];
  readonly name: string | undefined;
}

/** By the names that Keras gives them. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  Tanh: 'tanh',
  Sigmoid: 'sigmoid',
  Softplus: 'softplus',
  Elu: 'elu',
  Exp: 'exponential',
};

const MERGES: Readonly<Record<string, string>> = { Add: 'Add', Sub: 'Subtract', Mul: 'Multiply' };

/** Adds the layers of an operator. Returns undefined if there are none. */
export function addOperator(
  model: FunctionalModel,
  node: OnnxNode,
  operands: Operands,
): KerasTensor | undefined {
  const { tensors: inputs, shape, name } = operands;
  const layer =
    operands.constant === undefined
      ? ofTensors(node, operands)
      : withConstant(node, operands, operands.constant);
  if (layer !== undefined) return model.add({ ...layer, inputs, shape, name });
  return node.op === 'ReduceSum' || node.op === 'ReduceMean' ? reduced(model, node, operands) : undefined;
}

type OwnParts = Pick<KerasLayer, 'className' | 'config' | 'weights'>;

function ofTensors({ op, attributes = {} }: OnnxNode, { tensors, shape }: Operands): OwnParts | undefined {
  const [first, second] = tensors.map((tensor) => tensor.shape);
  const merged = MERGES[op];
  if (merged !== undefined) return { className: merged };
  const activation = ACTIVATIONS[op];
  if (activation !== undefined) return { className: 'Activation', config: { activation } };
  switch (op) {
    case 'Relu':
      return { className: 'ReLU' };
    case 'LeakyRelu':
      return { className: 'LeakyReLU', config: { negative_slope: slopeOf(attributes.alpha) } };
    case 'Softmax':
      return { className: 'Softmax' };
    case 'Neg':
      return rescaling(-1);
    case 'Concat':
      return { className: 'Concatenate', config: { axis: Number(attributes.axis) } };
    case 'MatMul':
      return first?.length === 3 && second?.length === 3
        ? { className: 'Dot', config: { axes: [2, 1] } }
        : undefined;
    case 'Expand':
      return first?.length === 4 && first[1] === 1 && first[2] === 1 && first[3] === shape[2]
        ? { className: 'UpSampling2D', config: { size: shape.slice(0, 2) } }
        : undefined;
    default:
      return undefined;
  }
}

function withConstant(
  { op }: OnnxNode,
  { tensors: [x], shape }: Operands,
  { constant, origins, at }: NonNullable<Operands['constant']>,
): OwnParts | undefined {
  const values = Float32Array.from(constant.data, Number);
  const [value = 0] = values;
  if (values.length === 1 && origins.length === 0) return withNumber(op, value, at === 1);
  const channels = shape.at(-1) ?? 1;
  const isScale = op === 'Mul' && (values.length === 1 || constant.shape.at(-1) === values.length);
  return isScale && x !== undefined && x.shape.at(-1) === channels ? scale(shape, values) : undefined;
}

/** @param isSecond whether the number is the second operand */
function withNumber(op: string, value: number, isSecond: boolean): OwnParts | undefined {
  switch (op) {
    case 'Add':
      return rescaling(1, value);
    case 'Sub':
      return isSecond ? rescaling(1, -value) : rescaling(-1, value);
    case 'Mul':
      return rescaling(value);
    case 'Div':
      return isSecond ? rescaling(1 / value) : undefined;
    default:
      return undefined;
  }
}

function rescaling(scale: number, offset = 0): OwnParts {
  return { className: 'Rescaling', config: { scale, offset } };
}

/** A trained factor for each channel. */
function scale(shape: readonly number[], values: Float32Array): OwnParts {
  const channels = shape.at(-1) ?? 1;
  const axes = 'abcdef'.slice(0, shape.length + 1);
  return {
    className: 'EinsumDense',
    config: { equation: `${axes},${axes.at(-1)}->${axes}`, output_shape: shape },
    weights: [
      float32([channels], values.length === 1 ? new Float32Array(channels).fill(values[0] ?? 0) : values),
    ],
  };
}

/** Over the second axis of vectors, or of rows of vectors. */
function reduced(
  model: FunctionalModel,
  { op }: OnnxNode,
  { tensors: [x], constant, name }: Operands,
): KerasTensor | undefined {
  const isSecond = constant?.constant.data.join() === '1';
  const [, rows, channels = 1] = x?.shape ?? [];
  if (x === undefined || !isSecond || x.shape.length > 3 || rows == null || channels === null)
    return undefined;
  const stacked =
    x.shape.length === 3
      ? x
      : model.add({
          className: 'Reshape',
          config: { target_shape: [rows, 1] },
          inputs: [x],
          shape: [rows, 1],
        });
  const isSum = op === 'ReduceSum';
  const mean = model.add({
    className: 'GlobalAveragePooling1D',
    inputs: [stacked],
    shape: [channels],
    name: isSum ? undefined : name,
  });
  return isSum ? model.add({ ...rescaling(rows), inputs: [mean], shape: [channels], name }) : mean;
}
