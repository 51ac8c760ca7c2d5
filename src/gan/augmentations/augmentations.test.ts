import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { combinationOf } from '../../../test/support/combination';
import { onBoth, worstError } from '../../../test/support/engines';
import { numberIn, numbersIn } from '../../../test/support/numbers';
import type { Program, Tensors } from '../../engine/engine';
import { formatText, type LocalizableText } from '../../shared/localizable-text';
import { leastSquares } from '../objectives/least-squares';
import { adaptProbability } from './adaptive';
import { colour } from './colour';
import { cutout } from './cutout';
import { flip } from './flip';
import { augmentations } from './registry';
import { translation } from './translation';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A context with these draws for each image, and all gates open by default. */
function contextOf(draws: Readonly<Record<string, readonly number[]>>, gates?: readonly number[]) {
  const count = Object.values(draws)[0]?.length ?? 1;
  return {
    gate: tf.tensor(gates ?? Array.from({ length: count }, () => 1), [count, 1, 1, 1]),
    random: (name: string, shape: readonly number[]): tf.Tensor => {
      const values = draws[name];
      if (values === undefined) throw new Error(`no draw ${name}`);
      return tf.tensor(values, [...shape]);
    },
  };
}

const image = (rows: number[][]): tf.Tensor =>
  tf.tensor(rows.flat(), [1, rows.length, rows[0]?.length ?? 0, 1]);
const rowsIn = (images: tf.Tensor): number[][] => {
  const [, height = 0, width = 0] = images.shape;
  const values = numbersIn(images);
  return Array.from({ length: height }, (_, y) => values.slice(y * width, (y + 1) * width));
};

const NUMBERED = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
  [13, 14, 15, 16],
];

describe('flip', () => {
  it('mirrors the columns of the images whose draw is above one half', () => {
    const two = tf.concat([image(NUMBERED), image(NUMBERED)]);
    const flipped = flip.apply(two, contextOf({ flip: [0.9, 0.1] }), {});
    const [first, second] = tf.split(flipped, 2);
    expect(rowsIn(first ?? flipped)).toEqual(NUMBERED.map((row) => row.toReversed()));
    expect(rowsIn(second ?? flipped)).toEqual(NUMBERED);
  });
});

describe('translation', () => {
  // At a ratio of 1/4 of 4 pixels a draw below 1/3 shifts by -1, above 2/3 by +1.
  it.each([
    [
      'down and left',
      0.9,
      0.1,
      [
        [0, 0, 0, 0],
        [2, 3, 4, 0],
        [6, 7, 8, 0],
        [10, 11, 12, 0],
      ],
    ],
    [
      'right',
      0.5,
      0.9,
      [
        [0, 1, 2, 3],
        [0, 5, 6, 7],
        [0, 9, 10, 11],
        [0, 13, 14, 15],
      ],
    ],
    ['nowhere', 0.5, 0.5, NUMBERED],
  ])('shifts %s and fills up with 0', (_, shiftY, shiftX, expected) => {
    const shifted = translation.apply(image(NUMBERED), contextOf({ shiftY: [shiftY], shiftX: [shiftX] }), {
      ratio: 0.25,
    });
    expect(rowsIn(shifted)).toEqual(expected);
  });

  it('shifts each image and each channel of it by the image’s own draw', () => {
    const two = tf.reshape(tf.tensor([1, -1, 2, -2, 3, -3, 4, -4]), [2, 1, 2, 2]);
    const shifted = translation.apply(two, contextOf({ shiftY: [0.5, 0.5], shiftX: [0.9, 0.1] }), {
      ratio: 0.5,
    });
    expect(numbersIn(shifted)).toEqual([0, 0, 1, -1, 4, -4, 0, 0]);
  });
});

describe('cutout', () => {
  it('clears a rectangle of half the height and width', () => {
    // Draws 0.45 of 5 places: the rectangle is centred at 2 and covers 1 and 2.
    const cut = cutout.apply(image(NUMBERED), contextOf({ cutY: [0.45], cutX: [0.45] }), { ratio: 0.5 });
    expect(rowsIn(cut)).toEqual([
      [1, 2, 3, 4],
      [5, 0, 0, 8],
      [9, 0, 0, 12],
      [13, 14, 15, 16],
    ]);
  });

  it('lets the rectangle reach over the edge', () => {
    const cut = cutout.apply(image(NUMBERED), contextOf({ cutY: [0], cutX: [0.99] }), { ratio: 0.5 });
    expect(rowsIn(cut)[0]).toEqual([1, 2, 3, 0]);
    expect(rowsIn(cut).slice(1)).toEqual(NUMBERED.slice(1));
  });
});

describe('colour', () => {
  it('shifts the brightness and spreads the values around the image’s mean', () => {
    const grey = tf.tensor([0, 0.4, -0.4, 0.8], [1, 2, 2, 1]);
    const changed = colour.apply(grey, contextOf({ brightness: [0.7], contrast: [0.25] }), {});
    // Brightness +0.2 gives the mean 0.4; contrast 0.75.
    [0.2, 0.6, -0.2, 1].forEach((value, i) => {
      expect(numbersIn(changed)[i]).toBeCloseTo(0.4 + 0.75 * (value - 0.4), 6);
    });
  });

  it('takes the colour out of an image where the saturation is 0', () => {
    const pixel = tf.tensor([0.9, 0.3, -0.6], [1, 1, 1, 3]);
    const draws = { brightness: [0.5], saturation: [0], contrast: [0.5] };
    for (const value of numbersIn(colour.apply(pixel, contextOf(draws), {})))
      expect(value).toBeCloseTo(0.2, 6);
  });
});

const SHAPE = [3, 4, 6, 3];

/** Names of all draws; each is uniform in (0, 1), converted from a normal draw. */
const DRAWS = ['flip', 'brightness', 'saturation', 'contrast', 'shiftY', 'shiftX', 'cutY', 'cutX'];

describe.each(augmentations)('$name', (augmentation) => {
  const options = augmentation.options.parse({});

  it('leaves images exactly as they are where the gate is closed, and changes the others', () => {
    const images = tf.tensor(
      Array.from({ length: 2 * 4 * 6 * 3 }, (_, i) => Math.sin(i)),
      [2, 4, 6, 3],
    );
    const draws = Object.fromEntries(DRAWS.map((name) => [name, [0.9, 0.9]]));
    const changed = augmentation.apply(images, contextOf(draws, [0, 1]), options);
    const before = numbersIn(images);
    const after = numbersIn(changed);
    const half = before.length / 2;
    expect(after.slice(0, half)).toEqual(before.slice(0, half));
    expect(after.slice(half)).not.toEqual(before.slice(half));
  });

  it('compiled equals the oracle, first and second derivatives included', async () => {
    const drawn = { shape: [3, 1, 1, 1], dtype: 'float32' } as const;
    const program: Program = {
      name: augmentation.name,
      reads: [],
      writes: [],
      inputs: {
        images: { shape: SHAPE, dtype: 'float32' },
        gate: drawn,
        ...Object.fromEntries(DRAWS.map((name) => [name, drawn])),
      },
      build(_state, inputs) {
        const { images, gate } = inputs;
        if (images === undefined || gate === undefined) throw new Error('no images');
        const context = { gate: tf.step(gate), random: uniform(inputs) };
        const loss = (x: tf.Tensor): tf.Scalar =>
          tf.reshape<tf.Rank.R0>(tf.sum(tf.pow(augmentation.apply(x, context, options), 3)), []);
        const slope = (x: tf.Tensor): tf.Scalar =>
          tf.reshape<tf.Rank.R0>(tf.sum(tf.square(tf.grad(loss)(x))), []);
        return {
          state: {},
          outputs: {
            value: augmentation.apply(images, context, options),
            gradient: tf.grad(loss)(images),
            second: tf.grad(slope)(images),
          },
        };
      },
    };
    const { compiled, oracle } = await onBoth(program);
    expect(worstError(compiled, oracle).error).toBeLessThan(1e-4);
    expect(numbersIn(tf.tensor(oracle.second?.data ?? [])).some((value) => value !== 0)).toBe(true);
  });

  it('is for images', () => {
    const points = combinationOf({ data: { example: { kind: 'points', dimensions: 2 } } });
    expect(reasonText(augmentation.unsuitable?.(options, points))).toContain('points');
    expect(augmentation.unsuitable?.(options, combinationOf())).toBeUndefined();
  });
});

function uniform(inputs: Tensors): (name: string) => tf.Tensor {
  return (name) => {
    const normal = inputs[name];
    if (normal === undefined) throw new Error(`no draw ${name}`);
    return tf.sigmoid(normal);
  };
}

describe('ADA’s rule', () => {
  const settings = { boundary: 0, target: 0.6, speedImages: 1000 };
  const logits = (positive: number, negative: number): tf.Tensor =>
    tf.tensor(
      Array.from({ length: positive + negative }, (_, i) => (i < positive ? 2 : -0.1)),
      [positive + negative, 1],
    );
  const adapted = (p: number, real: tf.Tensor): number =>
    numberIn(adaptProbability(tf.scalar(p), real, settings));

  it('raises p by batch / speedImages where the share of positive logits is too high', () => {
    // 9 of 10 positive: r = 0.8 > 0.6; 7 of 10: r = 0.4 < 0.6.
    expect(adapted(0.5, logits(9, 1))).toBeCloseTo(0.51, 6);
    expect(adapted(0.5, logits(7, 3))).toBeCloseTo(0.49, 6);
  });

  it('counts logits from the boundary of the objective', () => {
    // Between targets 0 and 1: 7 of 10 above ½, though all are positive.
    const real = tf.tensor([0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.1, 0.1, 0.1], [10, 1]);
    const boundary = leastSquares.boundary?.({ a: 0, b: 1, c: 1 });
    if (boundary === undefined) throw new Error('no boundary');
    expect(numberIn(adaptProbability(tf.scalar(0.5), real, { ...settings, boundary }))).toBeCloseTo(0.49, 6);
  });

  it('keeps p in [0, 1]', () => {
    expect(adapted(0.995, logits(10, 0))).toBe(1);
    expect(adapted(0.005, logits(0, 10))).toBe(0);
  });
});

function reasonText(reason: LocalizableText | undefined): string {
  return reason === undefined ? '' : formatText(reason);
}
