import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { onBoth, worstError } from '../../../test/support/engines';
import { keepDeviceOpen, presentEngines } from '../../../test/support/present-engines';
import type { Program, Tensors } from '../engine';
import { onnxLowering } from '../onnx/lowering';
import { withSymbols } from './symbols';
import { traceProgram } from './trace';

type Build = (inputs: Tensors) => tf.Tensor | tf.Tensor[];

interface KernelCase {
  readonly name: string;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly build: Build;
  /** How many times the result can be differentiated; 1 by default. */
  readonly order?: 0 | 1 | 2;
}

function tensor(inputs: Tensors, name: string): tf.Tensor {
  const found = inputs[name];
  if (found === undefined) throw new Error(`no input ${name}`);
  return found;
}

/** Outputs the result and, up to the case's order, derivatives of a weighted sum of it. */
function programOf({ name, shapes, build, order = 1 }: KernelCase): Program {
  const names = Object.keys(shapes);
  return {
    name,
    reads: [],
    writes: [],
    inputs: Object.fromEntries(
      names.map((key) => [key, { shape: shapes[key] ?? [], dtype: 'float32' as const }]),
    ),
    build(_state, inputs) {
      const outputs: Tensors = {};
      const values = [build(inputs)].flat();
      values.forEach((value, i) => {
        outputs[`value${i}`] = value.dtype === 'bool' ? tf.cast(value, 'float32') : value;
      });
      const loss = (...given: tf.Tensor[]): tf.Scalar => {
        const named: Tensors = {};
        names.forEach((key, i) => {
          const value = given[i];
          if (value !== undefined) named[key] = value;
        });
        // Squaring makes the derivative depend on the value, so that a wrong element order is detected.
        const parts = [build(named)].flat().map((part) => tf.sum(tf.square(part)));
        return tf.reshape<tf.Rank.R0>(tf.addN(parts), []);
      };
      if (order >= 1)
        tf.grads(loss)(names.map((key) => tensor(inputs, key))).forEach((gradient, i) => {
          outputs[`gradient of ${names[i]}`] = gradient;
        });
      if (order >= 2) {
        const [first = ''] = names;
        const rest = names.slice(1).map((key) => tensor(inputs, key));
        const penalty = (x: tf.Tensor): tf.Scalar =>
          tf.reshape<tf.Rank.R0>(tf.sum(tf.square(tf.grad((y: tf.Tensor) => loss(y, ...rest))(x))), []);
        outputs[`second derivative of ${first}`] = tf.grad(penalty)(tensor(inputs, first));
      }
      return { state: {}, outputs };
    },
  };
}

const one = (
  name: string,
  fn: (x: tf.Tensor) => tf.Tensor | tf.Tensor[],
  order: 0 | 1 | 2 = 1,
): KernelCase => ({
  name,
  shapes: { x: [3, 4] },
  order,
  build: (inputs) => fn(tensor(inputs, 'x')),
});

const two = (
  name: string,
  fn: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  order: 0 | 1 | 2 = 1,
  a: number[] = [2, 3, 4],
  b: number[] = [4],
): KernelCase => ({
  name,
  shapes: { a, b },
  order,
  build: (inputs) => fn(tensor(inputs, 'a'), tensor(inputs, 'b')),
});

const positive = (x: tf.Tensor): tf.Tensor => tf.add(tf.square(x), 0.5);
const image = (x: tf.Tensor): tf.Tensor4D => tf.reshape<tf.Rank.R4>(x, [...shape4(x)]);
function shape4(x: tf.Tensor): [number, number, number, number] {
  const [a = 1, b = 1, c = 1, d = 1] = x.shape;
  return [a, b, c, d];
}

const elementwise: KernelCase[] = [
  two('Add', tf.add, 2),
  two('Sub', tf.sub, 2),
  two('Multiply', tf.mul, 2),
  two('RealDiv', (a, b) => tf.div(a, positive(b)), 2),
  two('Maximum', tf.maximum, 1, [3, 4], [3, 4]),
  two('Minimum', tf.minimum, 1, [3, 4], [3, 4]),
  two('Pow', (a, b) => tf.pow(positive(a), b)),
  two('SquaredDifference', tf.squaredDifference, 2, [3, 4], [3, 4]),
  two('AddN', (a, b) => tf.addN([a, a, tf.add(a, b)])),
  two('Greater', tf.greater, 0),
  two('GreaterEqual', tf.greaterEqual, 0),
  two('Less', tf.less, 0),
  two('LessEqual', tf.lessEqual, 0),
  two('Equal', (a, b) => tf.equal(tf.step(a), tf.step(b)), 0),
  two('NotEqual', (a, b) => tf.notEqual(tf.step(a), tf.step(b)), 0),
  two('LogicalAnd', (a, b) => tf.logicalAnd(tf.greater(a, 0), tf.greater(b, 0)), 0),
  two('LogicalOr', (a, b) => tf.logicalOr(tf.greater(a, 0), tf.greater(b, 0)), 0),
  one('LogicalNot', (x) => tf.logicalNot(tf.greater(x, 0)), 0),
  one('Abs', tf.abs),
  one('Neg', tf.neg, 2),
  one('Sign', tf.sign, 0),
  one('Exp', tf.exp, 2),
  one('Expm1', tf.expm1, 2),
  one('Log', (x) => tf.log(positive(x)), 2),
  one('Log1p', (x) => tf.log1p(positive(x))),
  one('Sqrt', (x) => tf.sqrt(positive(x)), 2),
  one('Rsqrt', (x) => tf.rsqrt(positive(x)), 2),
  one('Square', tf.square, 2),
  one('Reciprocal', (x) => tf.reciprocal(positive(x)), 2),
  one('Floor', tf.floor, 0),
  one('Ceil', tf.ceil, 0),
  one('Sin', tf.sin, 2),
  one('Cos', tf.cos, 2),
  one('Erf', tf.erf),
  one('Tanh', tf.tanh, 2),
  one('Sigmoid', tf.sigmoid, 2),
  one('Relu', tf.relu),
  one('Elu', tf.elu, 0),
  one('Softplus', tf.softplus, 2),
  one('LeakyRelu', (x) => tf.leakyRelu(x, 0.2)),
  one('Step', (x) => tf.mul(x, tf.step(x, 0.2)), 2),
  one('Step with a slope above 1', (x) => tf.step(x, 1.5), 0),
  two('Select', (a, b) => tf.where(tf.tensor1d([1, 0, 0, 1], 'bool'), a, tf.mul(a, b))),
  one('ClipByValue', (x) => tf.clipByValue(x, -0.5, 0.7)),
  one('Cast', (x) => tf.cast(tf.cast(x, 'int32'), 'float32'), 0),
  one('Cast from bool', (x) => tf.cast(tf.greater(x, 0), 'float32'), 0),
  one('Identity', (x) => tf.clone(x), 2),
  one('ZerosLike', (x) => tf.add(x, tf.zerosLike(x))),
  one('OnesLike', (x) => tf.mul(x, tf.onesLike(x))),
];

const shapes: KernelCase[] = [
  one('Fill', (x) => tf.mul(x, tf.fill([3, 4], 2.5))),
  one('Reshape', (x) => tf.reshape(x, [2, -1]), 2),
  one('ExpandDims', (x) => tf.expandDims(x, -1), 2),
  one('Transpose', (x) => tf.transpose(x), 2),
  {
    name: 'Transpose of four axes',
    shapes: { x: [2, 3, 4, 5] },
    build: (i) => tf.transpose(tensor(i, 'x'), [0, 3, 1, 2]),
  },
  {
    name: 'Transpose of an axis of one',
    shapes: { x: [2, 1, 4] },
    build: (i) => tf.transpose(tensor(i, 'x'), [1, 0, 2]),
  },
  two('Concat', (a, b) => tf.concat([a, b], 1), 2, [2, 3], [2, 2]),
  two('Pack', (a, b) => tf.stack([a, b], 1), 1, [2, 3], [2, 3]),
  one('Unpack', (x) => tf.unstack(x, 1)),
  one('Slice', (x) => tf.slice(x, [1, 1], [2, 2]), 2),
  one('StridedSlice', (x) => tf.stridedSlice(x, [0, 0], [3, 4], [2, 3]), 0),
  one('SplitV', (x) => tf.split(x, [1, 3], 1)),
  one(
    'PadV2',
    (x) =>
      tf.pad(
        x,
        [
          [1, 0],
          [2, 1],
        ],
        0.5,
      ),
    2,
  ),
  one('Tile', (x) => tf.tile(x, [2, 3])),
  { name: 'Tile of an axis of one', shapes: { x: [3, 1] }, build: (i) => tf.tile(tensor(i, 'x'), [1, 5]) },
  one('Reverse', (x) => tf.reverse(x, 1)),
  one('OneHot', (x) => tf.oneHot(tf.cast(tf.reshape(tf.abs(x), [12]), 'int32'), 4), 0),
];

const reductions: KernelCase[] = [
  one('Sum', (x) => tf.sum(x), 2),
  {
    name: 'Sum over leading axes',
    shapes: { x: [2, 3, 4, 5] },
    build: (i) => tf.sum(tensor(i, 'x'), [0, 1, 2]),
    order: 2,
  },
  {
    name: 'Sum over separate axes',
    shapes: { x: [2, 3, 4, 5] },
    build: (i) => tf.sum(tensor(i, 'x'), [0, 2], true),
  },
  { name: 'Sum over an axis of one', shapes: { x: [2, 1, 4] }, build: (i) => tf.sum(tensor(i, 'x'), 1) },
  one('Mean', (x) => tf.mean(x, 0), 2),
  one('Mean of everything', (x) => tf.mean(x)),
  one('Max', (x) => tf.max(x, 1)),
  one('Min', (x) => tf.min(x, 1)),
  one('Prod', (x) => tf.prod(x, 1), 0),
  one('All', (x) => tf.all(tf.greater(x, -1), 1), 0),
  one('ArgMax', (x) => tf.cast(tf.argMax(x, 1), 'float32'), 0),
  one('ArgMin', (x) => tf.cast(tf.argMin(x, 0), 'float32'), 0),
  one('Softmax', (x) => tf.softmax(x)),
  one('LogSoftmax', (x) => tf.logSoftmax(x)),
];

const products: KernelCase[] = [
  two('BatchMatMul', (a, b) => tf.matMul(a, b), 2, [3, 4], [4, 5]),
  two('BatchMatMul, first transposed', (a, b) => tf.matMul(a, b, true), 2, [4, 3], [4, 5]),
  two('BatchMatMul, second transposed', (a, b) => tf.matMul(a, b, false, true), 2, [3, 4], [5, 4]),
  two('BatchMatMul, both transposed', (a, b) => tf.matMul(a, b, true, true), 2, [4, 3], [5, 4]),
  two('BatchMatMul of stacks', (a, b) => tf.matMul(a, b, true), 1, [2, 4, 3], [2, 4, 5]),
];

interface ConvolutionCase {
  /** 2 if omitted. */
  readonly batch?: number;
  readonly size: readonly [number, number];
  readonly channels: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly stride: number;
  readonly padding: 'same' | 'valid' | number;
}

const geometries: ConvolutionCase[] = [
  { size: [7, 7], channels: [3, 4], kernel: [5, 5], stride: 1, padding: 'same' },
  { size: [8, 8], channels: [3, 4], kernel: [5, 5], stride: 2, padding: 'same' },
  { size: [8, 6], channels: [2, 3], kernel: [4, 4], stride: 2, padding: 'same' },
  { size: [7, 9], channels: [2, 3], kernel: [3, 3], stride: 2, padding: 'same' },
  { size: [9, 7], channels: [2, 3], kernel: [3, 2], stride: 2, padding: 'valid' },
  { size: [10, 10], channels: [2, 3], kernel: [4, 4], stride: 3, padding: 'valid' },
  { size: [7, 7], channels: [2, 3], kernel: [4, 4], stride: 2, padding: 1 },
  { size: [6, 6], channels: [5, 4], kernel: [1, 1], stride: 1, padding: 'same' },
  { size: [6, 6], channels: [2, 4], kernel: [1, 1], stride: 2, padding: 'same' },
  { size: [8, 8], channels: [1, 8], kernel: [5, 5], stride: 2, padding: 'same' },
  { batch: 5, size: [6, 8], channels: [1, 8], kernel: [5, 5], stride: 2, padding: 'same' },
  { batch: 4, size: [5, 6], channels: [2, 3], kernel: [3, 3], stride: 1, padding: 'valid' },
  { size: [6, 6], channels: [2, 16], kernel: [4, 4], stride: 2, padding: 'same' },
  { size: [7, 5], channels: [1, 9], kernel: [3, 3], stride: 1, padding: 'valid' },
  { size: [4, 5], channels: [6, 4], kernel: [3, 3], stride: 1, padding: 'same' },
  { size: [4, 4], channels: [4, 6], kernel: [4, 4], stride: 2, padding: 'same' },
];

const convolutions: KernelCase[] = geometries.flatMap(
  ({ batch = 2, size, channels, kernel, stride, padding }) => {
    const [inChannels, outChannels] = channels;
    const name = `${batch} of ${size.join('×')} ${channels.join('→')} kernel ${kernel.join('×')} stride ${stride} ${padding}`;
    const filter = [...kernel, inChannels, outChannels];
    const cases: KernelCase[] = [
      {
        name: `Conv2D ${name}`,
        shapes: { x: [batch, ...size, inChannels], filter },
        order: 2,
        build: (i) => tf.conv2d(image(tensor(i, 'x')), image(tensor(i, 'filter')), stride, padding),
      },
    ];
    // tfjs's transposed convolution does not accept asymmetric explicit padding; 'same' and 'valid' cover it.
    if (typeof padding === 'string') {
      const extent = (length: number, k: number): number =>
        padding === 'same' ? Math.ceil(length / stride) : Math.ceil((length - k + 1) / stride);
      const small = [batch, extent(size[0], kernel[0]), extent(size[1], kernel[1]), outChannels];
      cases.push({
        name: `Conv2DBackpropInput ${name}`,
        shapes: { x: small, filter },
        order: 2,
        build: (i) =>
          tf.conv2dTranspose(
            image(tensor(i, 'x')),
            image(tensor(i, 'filter')),
            [batch, size[0], size[1], inChannels],
            stride,
            padding,
          ),
      });
    }
    return cases;
  },
);

const named = (cases: readonly KernelCase[]) => cases.map((one) => [one.name, one] as const);

const cases = [...elementwise, ...shapes, ...reductions, ...products, ...convolutions];

describe.each(presentEngines)('kernels on $name agree with the oracle', (definition) => {
  keepDeviceOpen(definition);

  it.each(named(cases))('%s', async (_name, kernelCase) => {
    const { compiled, oracle } = await onBoth(programOf(kernelCase), definition);
    const { name, error } = worstError(compiled, oracle);
    expect(error, name).toBeLessThan(1e-5);
    expect(Object.keys(oracle).length).toBeGreaterThan(0);
  });
});

it.each(named(convolutions))('%s has the same shapes without an engine', (_name, kernelCase) => {
  const program = programOf(kernelCase);
  const shapes = withSymbols((symbol) => {
    const inputs = Object.entries(program.inputs).map(([name, spec]) => [name, symbol(name, spec)]);
    const { outputs } = program.build({}, Object.fromEntries(inputs));
    return Object.entries(outputs).map(([name, { shape }]) => [name, shape]);
  });
  const compiled = Object.entries(traceProgram(program, {}, onnxLowering).outputs);
  expect(shapes).toEqual(compiled.map(([name, { shape }]) => [name, shape]));
});

it('tests every traced kernel', () => {
  const tested = new Set(cases.map((c) => c.name.split(/[ ,]/)[0]));
  // This kernel computes the gradient of each convolution with respect to its filter.
  tested.add('Conv2DBackpropFilter');
  expect(Object.keys(onnxLowering).filter((kernel) => !tested.has(kernel))).toEqual([]);
});
