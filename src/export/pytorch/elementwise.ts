/** The operators that compute each element by itself, as Python. */
import type { OnnxNode } from '../../engine/onnx/protobuf';
import { slopeOf } from '../layers/attributes';
import { type Expression, python } from './script';

const FUNCTIONS: Readonly<Record<string, string>> = {
  Relu: 'F.relu',
  Elu: 'F.elu',
  Softplus: 'F.softplus',
  Tanh: 'torch.tanh',
  Sigmoid: 'torch.sigmoid',
  Exp: 'torch.exp',
  Log: 'torch.log',
  Sqrt: 'torch.sqrt',
  Reciprocal: 'torch.reciprocal',
  Abs: 'torch.abs',
  Sign: 'torch.sign',
  Floor: 'torch.floor',
  Ceil: 'torch.ceil',
  Sin: 'torch.sin',
  Cos: 'torch.cos',
  Erf: 'torch.erf',
  Not: 'torch.logical_not',
  Neg: 'torch.neg',
  Where: 'torch.where',
  Max: 'torch.maximum',
  Min: 'torch.minimum',
};

const SIGNS: Readonly<Record<string, string>> = {
  Add: '+',
  Sub: '-',
  Mul: '*',
  Div: '/',
  Pow: '**',
  Greater: '>',
  GreaterOrEqual: '>=',
  Less: '<',
  LessOrEqual: '<=',
  Equal: '==',
  And: '&',
  Or: '|',
};

const CASTS: Readonly<Record<number, string>> = { 1: 'float', 6: 'int', 7: 'long', 9: 'bool' };

/** Undefined for an operator of another kind. The operands are variables or numbers. */
export function elementwise(
  { op, attributes = {} }: Pick<OnnxNode, 'op' | 'attributes'>,
  operands: readonly Expression[],
): Expression | undefined {
  const [a = [], b = [], c = []] = operands;
  const sign = SIGNS[op];
  if (sign !== undefined) return python`${a} ${sign} ${b}`;
  switch (op) {
    case 'LeakyRelu':
      return python`F.leaky_relu(${a}, ${slopeOf(attributes.alpha)})`;
    case 'Clip':
      return python`torch.clamp(${a}, ${b}, ${c})`;
    case 'Cast':
      return python`${a}.${CASTS[Number(attributes.to)] ?? 'float'}()`;
    case 'Identity':
      return a;
    case 'Max':
    case 'Min':
      return extreme(op, a, b);
  }
  const name = FUNCTIONS[op];
  if (name === undefined) return undefined;
  return python`${name}(${operands.flatMap((operand, i) => (i === 0 ? operand : [', ', ...operand]))})`;
}

/** `torch.maximum` takes no numbers. */
function extreme(op: 'Max' | 'Min', a: Expression, b: Expression): Expression {
  const isNumber = (operand: Expression): boolean => operand.every((part) => /^[-\d.e]+$/.test(String(part)));
  const bound = op === 'Max' ? 'min' : 'max';
  if (isNumber(b)) return python`torch.clamp(${a}, ${bound}=${b})`;
  if (isNumber(a)) return python`torch.clamp(${b}, ${bound}=${a})`;
  return python`${FUNCTIONS[op] ?? ''}(${a}, ${b})`;
}
