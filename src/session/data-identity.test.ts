import { expect, it } from 'vitest';
import { checkSameData } from './data-identity';

const recorded = { examples: 90, heldOut: 10, fingerprint: 'a' };

it.each([
  ['the same', recorded, { ...recorded }],
  ['unknown, in an older run', undefined, recorded],
  ['decided by the config alone', { examples: 90, heldOut: 10 }, { examples: 90, heldOut: 10 }],
])('goes on where the data is %s', (_, before, now) => {
  expect(() => checkSameData(before, now)).not.toThrow();
});

it.each([
  ['fewer', { ...recorded, examples: 89 }, 'from 90 training and 10 held-out examples to 89'],
  ['other', { ...recorded, fingerprint: 'b' }, '90 training examples as before, but different ones'],
  ['unpaired', { ...recorded, inputs: 5 }, 'to 90 training examples, 5 inputs'],
])('refuses %s examples', (_, now, message) => {
  expect(() => checkSameData(recorded, now)).toThrow(message);
});
