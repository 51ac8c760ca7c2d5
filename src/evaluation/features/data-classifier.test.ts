import { expect, it } from 'vitest';
import type { Dataset, Examples, ImageShape } from '../../data/source';
import { isWorthClassifying } from './data-classifier';

const image: ImageShape = { kind: 'image', height: 8, width: 8, channels: 1 };

function data(changes: Partial<Examples> = {}, more: Partial<Dataset> = {}): Dataset {
  const part: Examples = {
    count: 10,
    shape: image,
    classes: 3,
    read: async () => undefined,
    close: async () => undefined,
    ...changes,
  };
  return { train: part, heldOut: part, ...more };
}

it('takes the time for labelled images that are made of latents, and for no others', () => {
  expect(isWorthClassifying(data())).toBe(true);
  expect(isWorthClassifying(data({ classes: 0 }))).toBe(false);
  expect(isWorthClassifying(data({ shape: { kind: 'points', dimensions: 2 } }))).toBe(false);
  expect(isWorthClassifying(data({ input: image }))).toBe(false);
  const { train, heldOut } = data();
  expect(isWorthClassifying(data({}, { unpairedInputs: { train, heldOut } }))).toBe(false);
});
