import { expect, it } from 'vitest';
import { shortKeys } from './short-keys';

it('calls a setting by as much of its key as tells it from the others', () => {
  expect(shortKeys(['seed', 'objective.name', 'gan.generator.adam.rate', 'gan.critic.adam.rate'])).toEqual([
    'seed',
    'objective.name',
    'generator.adam.rate',
    'critic.adam.rate',
  ]);
});
