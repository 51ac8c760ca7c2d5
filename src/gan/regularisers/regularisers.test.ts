import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { combinationOf } from '../../../test/support/combination';
import { onBoth, worstError } from '../../../test/support/engines';
import { gradientError, numberIn, numbersIn } from '../../../test/support/numbers';
import type { Program } from '../../engine/engine';
import { formatText, type LocalizableText } from '../../shared/localizable-text';
import type { Scalar } from '../schedules/scalar';
import { consistency } from './consistency';
import { dragan } from './dragan';
import { gradientPenalty } from './gradient-penalty';
import { instanceNoise } from './instance-noise';
import { lecam } from './lecam';
import { r1 } from './r1';
import { r2 } from './r2';
import { regularisers } from './registry';
import type { PenaltyInputs, Regulariser } from './regulariser';
import { weightClipping } from './weight-clipping';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** logit = x₁² + 3·x₂, whose gradient is (2·x₁, 3). */
function quadratic(x: tf.Tensor): tf.Tensor {
  const [first = x, second = x] = tf.split(x, 2, 1);
  return tf.add(tf.square(first), tf.mul(second, 3));
}

/** Squared gradient norm at a point with this first coordinate. */
const squaredSlope = (first: number): number => (2 * first) ** 2 + 9;

/** Those that modify the network too have tests of their own. */
const penalties = regularisers.filter(
  ({ penalty, network }) => penalty !== undefined && network === undefined,
);

function constantOnly(weight: Scalar): number {
  if (typeof weight !== 'number') throw new Error('a weight that changes');
  return weight;
}

function noTap(name: string): never {
  throw new Error(`no tap ${name}`);
}

function inputsOf(
  discriminator: (x: tf.Tensor) => tf.Tensor,
  real: tf.Tensor,
  fake: tf.Tensor,
  draws: Readonly<Record<string, readonly number[]>> = {},
  progress = 0,
): PenaltyInputs {
  return {
    discriminator,
    real,
    fake,
    logits: { real: discriminator(real), fake: discriminator(fake) },
    tap: noTap,
    kept: () => tf.scalar(0),
    keep: () => undefined,
    weight: constantOnly,
    random: (name, shape) => tf.tensor(draws[name] ?? [], [...shape]),
    progress: () => tf.scalar(progress),
  };
}

const REAL = () =>
  tf.tensor2d([
    [1, 5],
    [-2, 7],
  ]);
const FAKE = () =>
  tf.tensor2d([
    [3, 1],
    [0, -1],
  ]);

describe('penalties against their formulas', () => {
  it('R1: (weight / 2) · mean ‖∇ₓ logit‖² on real examples', () => {
    const expected = (4 / 2) * ((squaredSlope(1) + squaredSlope(-2)) / 2);
    expect(numberIn(r1.penalty(inputsOf(quadratic, REAL(), FAKE()), { weight: 4 }))).toBeCloseTo(expected, 4);
  });

  it('R2: the same on generated examples', () => {
    const expected = (4 / 2) * ((squaredSlope(3) + squaredSlope(0)) / 2);
    expect(numberIn(r2.penalty(inputsOf(quadratic, REAL(), FAKE()), { weight: 4 }))).toBeCloseTo(expected, 4);
  });

  it('R2 judges generated examples by the classes that they were to be of', () => {
    const asked: string[] = [];
    const discriminator = (x: tf.Tensor, labelsOf = 'real'): tf.Tensor => {
      asked.push(labelsOf);
      return quadratic(x);
    };
    r2.penalty({ ...inputsOf(quadratic, REAL(), FAKE()), discriminator }, { weight: 1 });
    expect(asked).toEqual(['fake']);
  });

  it('R1 of a discriminator of patches: the slope of the mean of an example’s patches', () => {
    const patches = (x: tf.Tensor): tf.Tensor => tf.reshape(tf.concat([x, tf.mul(x, 3)], 1), [2, 2, 2, 1]);
    // Four patches: x₁, x₂, 3·x₁ and 3·x₂, whose mean has the gradient (1, 1).
    expect(numberIn(r1.penalty(inputsOf(patches, REAL(), FAKE()), { weight: 1 }))).toBeCloseTo(1, 5);
  });

  it('gradient penalty: (slope - target)² half-way as ε says, on both sides or above only', () => {
    // ε = 1/4 and 1/2: first coordinates 0.25·1 + 0.75·3 = 2.5 and 0.5·-2 = -1.
    const inputs = inputsOf(quadratic, REAL(), FAKE(), { epsilon: [0.25, 0.5] });
    const [far = 0, near = 0] = [2.5, -1].map((first) => Math.sqrt(squaredSlope(first)) - 4);
    expect(far).toBeGreaterThan(0);
    expect(near).toBeLessThan(0);
    const options = { weight: 10, target: 4 };
    expect(numberIn(gradientPenalty.penalty(inputs, { ...options, oneSided: false }))).toBeCloseTo(
      (10 * (far ** 2 + near ** 2)) / 2,
      4,
    );
    expect(numberIn(gradientPenalty.penalty(inputs, { ...options, oneSided: true }))).toBeCloseTo(
      (10 * far ** 2) / 2,
      4,
    );
  });

  it('DRAGAN: (slope - target)² around the real examples', () => {
    // The values 1, 5, -2, 7 have the mean 2.75 and the variance 49.75 / 4.
    const deviation = Math.sqrt(79 / 4 - 2.75 ** 2);
    const perturbation = [1, 0, -1, 2];
    const penalty = dragan.penalty(inputsOf(quadratic, REAL(), FAKE(), { perturbation }), {
      weight: 2,
      target: 1,
      spread: 0.5,
    });
    const firsts = [1 + 0.5 * deviation, -2 - 0.5 * deviation];
    const squares = firsts.map((first) => (Math.sqrt(squaredSlope(first)) - 1) ** 2);
    expect(numberIn(penalty)).toBeCloseTo(
      squares.reduce((sum, square) => sum + square, 0),
      3,
    );
  });

  it('consistency: the squared change of the logit under a flip and a shift', () => {
    // One row of two pixels; the logit is 1·left + 10·right.
    const weighted = (x: tf.Tensor): tf.Tensor =>
      tf.sum(tf.mul(tf.reshape(x, [2, 2]), tf.tensor2d([[1, 10]])), 1, true);
    const real = tf.tensor([1, 2, 3, 4], [2, 1, 2, 1]);
    const draws = { flip: [0.9, 0.1], shiftY: [0.5, 0.5], shiftX: [0.5, 0.9] };
    // The first is flipped: (2, 1); the second shifted to the right: (0, 3).
    const changes = [1 + 20 - (2 + 10), 3 + 40 - 30];
    const penalty = consistency.penalty(inputsOf(weighted, real, real, draws), {
      weight: 3,
      flip: true,
      shift: 0.5,
    });
    expect(numberIn(penalty)).toBeCloseTo((3 * changes.reduce((sum, change) => sum + change ** 2, 0)) / 2, 3);
    const unflipped = consistency.penalty(inputsOf(weighted, real, real, draws), {
      weight: 3,
      flip: false,
      shift: 0.5,
    });
    expect(numberIn(unflipped)).toBeCloseTo((3 * 13 ** 2) / 2, 3);
  });
});

describe('LeCam', () => {
  it('is the distance of logits from the moving average of the other kind, which it updates first', () => {
    const logits = { real: tf.tensor2d([[1], [3]]), fake: tf.tensor2d([[-2], [0]]) };
    const kept: Record<string, number> = { real: 4, fake: -3 };
    const next: Record<string, number> = {};
    const penalty = lecam.penalty(
      {
        ...inputsOf(quadratic, REAL(), FAKE()),
        logits,
        kept: (name) => tf.scalar(kept[name] ?? Number.NaN),
        keep: (name, value) => {
          next[name] = numberIn(value);
        },
      },
      { weight: 2, decay: 0.75 },
    );
    // 0.75 · 4 + 0.25 · 2 and 0.75 · -3 + 0.25 · -1.
    const [real, fake] = [3.5, -2.5];
    expect(next).toEqual({ real, fake });
    const distances = ((1 - fake) ** 2 + (3 - fake) ** 2) / 2 + ((-2 - real) ** 2 + (0 - real) ** 2) / 2;
    expect(numberIn(penalty)).toBeCloseTo(2 * distances, 4);
  });

  it('holds the averages constant', () => {
    const gradient = tf.grad((real: tf.Tensor) =>
      tf.reshape<tf.Rank.R0>(
        lecam.penalty(
          { ...inputsOf(quadratic, REAL(), FAKE()), logits: { real, fake: tf.zeros([1, 1]) } },
          { weight: 1, decay: 0.5 },
        ),
        [],
      ),
    )(tf.tensor2d([[3]]));
    // 2 · (3 - 0); the average of real logits would add its own slope.
    expect(numberIn(gradient)).toBeCloseTo(6, 5);
  });
});

it.each(penalties)('$name takes a weight that is known only as it runs', ({ penalty, options }) => {
  const [real, fake] = [1, 2].map((seed) => tf.randomUniform(EXAMPLES, -1, 1, 'float32', seed));
  if (real === undefined || fake === undefined) throw new Error('no examples');
  const discriminator = (x: tf.Tensor): tf.Tensor => tf.sum(tf.square(x), [1, 2, 3]);
  const inputs = {
    ...inputsOf(discriminator, real, fake),
    random: (_name: string, shape: readonly number[]) => tf.fill([...shape], 0.3),
  };
  const ramp = { from: 1, to: 3, by: 'linear', over: 1 };
  const numberFor = (weight: unknown, value: tf.Tensor | number): number => {
    const result = penalty?.({ ...inputs, weight: () => value }, options.parse({ weight }));
    return result === undefined ? Number.NaN : numberIn(result);
  };
  const constant = numberFor(2, 2);
  expect(constant).toBeGreaterThan(0);
  expect(numberFor(ramp, tf.scalar(2))).toBeCloseTo(constant, 5);
});

describe('instance noise', () => {
  const viewAt = (progress: number): number[] => {
    const context = { random: () => tf.tensor1d([1, -2]), progress: () => tf.scalar(progress) };
    return numbersIn(instanceNoise.view(tf.tensor1d([5, 5]), context, { sigma: 0.5, until: 0.5 }));
  };

  it('falls in a line to nothing', () => {
    expect(viewAt(0)).toEqual([5.5, 4]);
    expect(viewAt(0.25)).toEqual([5.25, 4.5]);
    expect(viewAt(0.5)).toEqual([5, 5]);
    expect(viewAt(0.9)).toEqual([5, 5]);
  });
});

it('weight clipping holds each weight in its limits', () => {
  const clipped = weightClipping.constrain(tf.tensor1d([-3, -0.25, 0.125, 2]), { limit: 0.5 });
  expect(numbersIn(clipped)).toEqual([-0.5, -0.25, 0.125, 0.5]);
});

const EXAMPLES = [2, 4, 4, 1];
const EXAMPLE_SIZE = 16;
const HIDDEN = 3;
const KERNEL_SIZE = EXAMPLE_SIZE * HIDDEN;
/** Draws of the penalties for examples of this shape. */
const DRAWS: Readonly<Record<string, readonly number[]>> = {
  epsilon: [2, 1, 1, 1],
  perturbation: EXAMPLES,
  flip: [2, 1, 1, 1],
  shiftX: [2, 1, 1, 1],
  shiftY: [2, 1, 1, 1],
};

/** tanh(x·W)·v with a smooth hidden layer, whose second derivative depends on the weights. */
function penaltyOf(
  { penalty, options }: Regulariser,
  kernel: tf.Tensor,
  real: tf.Tensor,
  fake: tf.Tensor,
  draw: (name: string) => tf.Tensor,
): tf.Scalar {
  const readout = tf.tensor2d([[1], [-2], [0.5]]);
  const discriminator = (x: tf.Tensor): tf.Tensor =>
    tf.matMul(
      tf.tanh(tf.matMul(tf.reshape(x, [-1, EXAMPLE_SIZE]), tf.reshape(kernel, [-1, HIDDEN]))),
      readout,
    );
  if (penalty === undefined) throw new Error('no penalty');
  const value = penalty(
    {
      discriminator,
      real,
      fake,
      logits: { real: discriminator(real), fake: discriminator(fake) },
      tap: noTap,
      kept: () => tf.scalar(0.3),
      keep: () => undefined,
      weight: constantOnly,
      random: draw,
      progress: () => tf.scalar(0),
    },
    options.parse({}),
  );
  return tf.reshape<tf.Rank.R0>(value, []);
}

describe.each(penalties)('$name', (regulariser) => {
  const wave = (count: number, phase: number): number[] =>
    Array.from({ length: count }, (_, i) => Math.sin(1.7 * i + phase));

  // What a penalty keeps is constant in its gradient, and not in differences.
  it.skipIf(regulariser.state !== undefined)('has the gradient in the weights that differences give', () => {
    const real = tf.tensor(wave(2 * EXAMPLE_SIZE, 0), EXAMPLES);
    const fake = tf.tensor(wave(2 * EXAMPLE_SIZE, 2), EXAMPLES);
    const draw = (name: string): tf.Tensor => {
      const shape = DRAWS[name] ?? [];
      const size = shape.reduce((product, extent) => product * extent, 1);
      return tf.sigmoid(tf.tensor(wave(size, 1), [...shape]));
    };
    const error = gradientError(
      (kernel) => penaltyOf(regulariser, kernel, real, fake, draw),
      tf.tensor1d(wave(KERNEL_SIZE, 0.5)),
    );
    expect(error).toBeLessThan(2e-3);
  });

  it('compiled equals the oracle, gradient in the weights included', async () => {
    const program: Program = {
      name: regulariser.name,
      reads: [],
      writes: [],
      inputs: {
        kernel: { shape: [KERNEL_SIZE], dtype: 'float32' },
        real: { shape: EXAMPLES, dtype: 'float32' },
        fake: { shape: EXAMPLES, dtype: 'float32' },
        ...Object.fromEntries(
          Object.entries(DRAWS).map(([name, shape]) => [name, { shape, dtype: 'float32' as const }]),
        ),
      },
      build(_state, inputs) {
        const { kernel, real, fake } = inputs;
        if (kernel === undefined || real === undefined || fake === undefined) throw new Error('no inputs');
        const draw = (name: string): tf.Tensor => {
          const normal = inputs[name];
          if (normal === undefined) throw new Error(`no draw ${name}`);
          return tf.sigmoid(normal);
        };
        const { value, grad } = tf.valueAndGrad((weights: tf.Tensor) =>
          penaltyOf(regulariser, weights, real, fake, draw),
        )(kernel);
        return { state: {}, outputs: { value, grad } };
      },
    };
    const { compiled, oracle } = await onBoth(program);
    expect(worstError(compiled, oracle).error).toBeLessThan(1e-5);
    expect(oracle.grad?.data.some((value) => value !== 0)).toBe(true);
  });
});

describe('refused combinations', () => {
  it('the gradient penalty needs a discriminator that judges each example by itself', () => {
    const options = gradientPenalty.options.parse({});
    const mixing = combinationOf({ discriminator: { mixesExamples: true } });
    expect(reasonText(gradientPenalty.unsuitable?.(options, mixing))).toContain('batch normalisation');
    expect(gradientPenalty.unsuitable?.(options, combinationOf())).toBeUndefined();
  });

  it('consistency needs images', () => {
    const options = consistency.options.parse({});
    const points = combinationOf({ data: { example: { kind: 'points', dimensions: 2 } } });
    expect(reasonText(consistency.unsuitable?.(options, points))).toContain('points');
    expect(consistency.unsuitable?.(options, combinationOf())).toBeUndefined();
  });
});

function reasonText(reason: LocalizableText | undefined): string {
  return reason === undefined ? '' : formatText(reason);
}
