import { expect, it } from 'vitest';
import { coursePageMessage, lessonInState } from './page-messages';

it.each([
  [{ type: 'ready' }],
  [{ type: 'predict', question: 0, choice: 2 }],
  [{ type: 'answer', question: 1, text: 'Because.' }],
  [{ type: 'start', experiment: 'ring' }],
  [{ type: 'compare', experiments: ['a', 'b'] }],
  [{ type: 'report' }],
])('takes %o', (message) => {
  expect(coursePageMessage.parse(message)).toEqual(message);
});

it.each([
  [undefined],
  [{ type: 'delete' }],
  [{ type: 'predict', question: -1, choice: 0 }],
  [{ type: 'predict', question: 0 }],
  [{ type: 'compare', experiments: ['a'] }],
  [{ type: 'answer', question: 0, text: 'x'.repeat(20_001) }],
])('refuses %o', (message) => {
  expect(coursePageMessage.safeParse(message).success).toBe(false);
});

it('finds the lesson in the kept state', () => {
  expect(lessonInState({ lesson: '01-two-networks' })).toBe('01-two-networks');
  expect(lessonInState(undefined)).toBeUndefined();
});
