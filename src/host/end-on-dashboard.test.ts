import { expect, it } from 'vitest';
import { isEndOnDashboard } from './end-on-dashboard';

const failure = { message: 'The loss is NaN.', remedy: 'Lower the learning rate.' };
const recorded = { ...failure, step: 7 };

it('takes a dashboard to tell of an end that the run folder tells of', () => {
  expect(isEndOnDashboard({ state: 'completed', failure: undefined }, undefined)).toBe(true);
  expect(isEndOnDashboard({ state: 'failed', failure }, recorded)).toBe(true);
});

it('takes no dashboard to tell of a training that could not be opened', () => {
  expect(isEndOnDashboard({ state: 'failed', failure }, undefined)).toBe(false);
  expect(isEndOnDashboard({ state: 'failed', failure }, { ...recorded, message: 'Of before.' })).toBe(false);
});

it('takes no dashboard to offer what can be done about a file or missing data', () => {
  const place = { file: '/toy.gan.json', line: 1, column: 1 };
  for (const more of [{ missingData: 'emoji' }, { place }])
    expect(isEndOnDashboard({ state: 'failed', failure: { ...failure, ...more } }, recorded)).toBe(false);
});
