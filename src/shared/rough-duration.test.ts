import { expect, it } from 'vitest';
import { roughDuration } from './rough-duration';

it.each([
  [0.2, 1, 'seconds'],
  [7.4, 7, 'seconds'],
  [31, 30, 'seconds'],
  [88, 90, 'seconds'],
  [95, 2, 'minutes'],
  [165, 3, 'minutes'],
  [5300, 88, 'minutes'],
  [7000, 2, 'hours'],
  [9400, 2.5, 'hours'],
])('%d s is about %d %s', (seconds, value, unit) => {
  expect(roughDuration(seconds)).toEqual({ value, unit });
});
