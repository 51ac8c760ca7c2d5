import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, it } from 'vitest';
import { numbersIn } from '../../test/support/numbers';
import { applyNetwork } from '../nn/parameters';
import { ofCopies, packed, packedShape, packSizeOf } from './packs';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

it('puts the channels of the images of a pack next to each other', () => {
  // Four images of one row, two pixels and one channel.
  const images = tf.tensor([1, 2, 3, 4, 5, 6, 7, 8], [4, 1, 2, 1]);
  const packs = packed(images, 2);
  expect(packs.shape).toEqual(packedShape(images.shape, 2));
  // The first and the third image, then the second and the fourth.
  expect(numbersIn(packs)).toEqual([1, 5, 2, 6, 3, 7, 4, 8]);
  expect(packed(images, 1)).toBe(images);
});

it('puts the coordinates of points next to each other', () => {
  const points = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  expect(packed(points, 2).arraySync()).toEqual([[1, 2, 3, 4]]);
});

it('judges a single example as a pack of copies', () => {
  const network = ofCopies((_scope, x) => tf.sum(tf.mul(x, tf.tensor2d([[1, 10, 100, 1000]])), 1, true), 2);
  const logits = applyNetwork(network, 'n', tf.tensor2d([1, 2, 3, 4], [2, 2]), {}, 'sample');
  expect(numbersIn(logits)).toEqual([2121, 4343]);
});

it('has packs of the size that a regulariser asks for', () => {
  expect(packSizeOf([])).toBe(1);
  expect(packSizeOf([{}, { packs: 3 }])).toBe(3);
});
