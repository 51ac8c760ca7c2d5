import { expect, it } from 'vitest';
import { parseExperiment } from '../config/load';
import { configurationText } from './configuration-text';
import { experimentOf } from './load-sweep';

const TEXT = `{
  // Digits.
  "data": { "source": "digits" },
  "model": "dcgan",
  "objective": "hinge",
  "length": { "kimg": 20 }, // short
}
`;

it('sets the values of a trial, and keeps comments', () => {
  const values = { 'optimiser.generatorLearningRate': 0.001, 'latent.size': 32 };
  const text = configurationText(TEXT, { 'latent.size': 16 }, values);
  expect(text).toContain('// Digits.');
  expect(text).toContain('"size": 32');
  expect(parseExperiment(text, 'a.gan.json')).toEqual(experimentOf(TEXT, 'a.gan.json', values));
});

it('replaces what the value excludes, and writes a shorthand out', () => {
  const values = { 'length.steps': 300, 'data.batchSize': 16, 'objective.name': 'least-squares' };
  const text = configurationText(TEXT, values);
  expect(text).not.toContain('kimg');
  expect(text).toContain('// short');
  expect(parseExperiment(text, 'a.gan.json')).toEqual(experimentOf(TEXT, 'a.gan.json', values));
});

it('sets entries of lists and whole parts', () => {
  const values = {
    regularisers: [{ name: 'r1', weight: 1 }],
    'regularisers[0].weight': 5,
    evaluation: false,
  };
  const text = configurationText(TEXT, values);
  expect(parseExperiment(text, 'a.gan.json')).toEqual(experimentOf(TEXT, 'a.gan.json', values));
});
