import { expect, it } from 'vitest';
import { EnvelopeSequence, isEnvelope, PAGE_PROTOCOL_VERSION } from './page-channel';

it('numbers the messages of a direction, anew where its receiver starts anew', () => {
  const sequence = new EnvelopeSequence<string>();
  const numbers = ['a', 'b'].map((message) => sequence.wrap(message).sequence);
  sequence.restart();
  expect([...numbers, sequence.wrap('c').sequence]).toEqual([0, 1, 0]);
  expect(isEnvelope(sequence.wrap('d'))).toBe(true);
});

it.each([
  [undefined],
  [null],
  ['ready'],
  [{ type: 'ready' }],
  [{ protocol: PAGE_PROTOCOL_VERSION - 1, sequence: 0, message: {} }],
  [{ protocol: PAGE_PROTOCOL_VERSION, message: {} }],
  [{ protocol: PAGE_PROTOCOL_VERSION, sequence: 'first', message: {} }],
  [{ protocol: PAGE_PROTOCOL_VERSION, sequence: 0 }],
])('takes %o for no envelope', (value) => {
  expect(isEnvelope(value)).toBe(false);
});
