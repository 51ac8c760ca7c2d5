import { expect, it } from 'vitest';
import { enteredChanges, type FieldKey, fieldText } from './entered-changes';

const CONFIG = {
  optimiser: { generatorLearningRate: 0.001 },
  objective: { name: 'hinge', margin: 1 },
  criticSteps: 1,
  generator: { hidden: [64, 64] },
};

it('shows values as text', () => {
  const keys: readonly FieldKey[] = ['optimiser.generatorLearningRate', 'objective.name', 'generator.hidden'];
  expect(keys.map((key) => fieldText(CONFIG, key))).toEqual(['0.001', 'hinge', '64, 64']);
  expect(fieldText(CONFIG, 'discriminator.hidden')).toBeUndefined();
});

it('takes what has been changed, and nothing else', () => {
  const unchanged = new Map<FieldKey, string>([
    ['criticSteps', ' 1'],
    ['generator.hidden', '64, 64'],
  ]);
  expect(enteredChanges(CONFIG, unchanged)).toEqual({});
  const changed = new Map<FieldKey, string>([
    ['optimiser.generatorLearningRate', '5e-4'],
    ['objective.name', 'non-saturating'],
    ['criticSteps', 'many'],
    ['generator.hidden', '64, 32,'],
  ]);
  expect(enteredChanges(CONFIG, changed)).toEqual({
    'optimiser.generatorLearningRate': 0.0005,
    objective: { name: 'non-saturating' },
    criticSteps: 'many',
    'generator.hidden': [64, 32, ''],
  });
});
