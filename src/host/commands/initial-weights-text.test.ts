import { expect, it } from 'vitest';
import { parseExperiment } from '../../config/load';
import { withInitialWeights } from './initial-weights-text';

const FILE = '/project/digits-2.gan.json';
const WEIGHTS = { runFolder: '/project/gan-runs/00001-digits', step: 500 };

it('adds the weights, and keeps comments and trailing commas', () => {
  const text = `{
  // Handwritten digits.
  "data": { "source": "digits" },
  "length": { "steps": 100 }, // short
}
`;
  const made = withInitialWeights(text, FILE, WEIGHTS) ?? '';
  expect(made).toContain('// Handwritten digits.');
  expect(made).toContain('// short');
  const { initialise, length } = parseExperiment(made, 'digits-2.gan.json');
  expect(initialise).toMatchObject({ from: 'gan-runs/00001-digits', checkpoint: 500 });
  expect(length).toEqual({ steps: 100 });
});

it('replaces earlier weights', () => {
  const text = '{"data": {"source": "digits"}, "initialise": {"from": "old", "mismatch": "skip"}}';
  const made = withInitialWeights(text, FILE, { runFolder: '/runs/00002-digits' }) ?? '';
  expect(JSON.parse(made)).toMatchObject({ initialise: { from: '../runs/00002-digits' } });
  expect(made).not.toContain('skip');
});

it('does not change what is no experiment', () => {
  for (const text of ['', '[]', '{"data": ', 'null'])
    expect(withInitialWeights(text, FILE, WEIGHTS)).toBe(undefined);
});
