import { expect, it, vi } from 'vitest';
import { runLook } from '../run-look';

vi.mock('../../shared/texts', () => ({
  t: (text: string, ...values: readonly unknown[]) =>
    values.reduce<string>((filled, value, index) => filled.replace(`{${index}}`, String(value)), text),
}));
const { withSeeds } = await import('./seed-looks');

const named = ['00001-ring', '00002-ring', '00003-ring', '00004-ring'].map((id) => ({
  id,
  experiment: 'ring',
}));
const looks = named.map(({ id }, run) => runLook(run, id));
const identities = ['a', 'b', 'a', 'b'].map((rest, run) => ({ seed: String(run), rest }));
const differences = [
  { path: 'seed', values: ['0', '1', '2', '3'] },
  { path: 'objective.name', values: ['hinge', 'wasserstein', 'hinge', 'wasserstein'] },
];
const compared = { named, identities, differences };

it('gives runs of one line its name and its colour', () => {
  expect(withSeeds(looks, { ...compared, isAveraged: () => true })).toEqual([
    { name: '00001-ring', colour: '--run-0', seeds: { runs: [0, 2], name: 'ring, hinge (2 seeds)' } },
    { name: '00002-ring', colour: '--run-1', seeds: { runs: [1, 3], name: 'ring, wasserstein (2 seeds)' } },
    { name: '00003-ring', colour: '--run-0', seeds: { runs: [0, 2], name: 'ring, hinge (2 seeds)' } },
    { name: '00004-ring', colour: '--run-1', seeds: { runs: [1, 3], name: 'ring, wasserstein (2 seeds)' } },
  ]);
});

it('leaves each run its colour if it has a line of its own', () => {
  const colours = (made: ReturnType<typeof withSeeds>) => made.map(({ colour }) => colour);
  expect(colours(withSeeds(looks, { ...compared, isAveraged: () => false }))).toEqual(colours(looks));
  const alone = identities.map(({ seed }) => ({ seed, rest: seed }));
  expect(withSeeds(looks, { ...compared, identities: alone, isAveraged: () => false })).toEqual(looks);
});

it('calls a run that is a line of its own by what tells it from the others', () => {
  const three = {
    named: named.slice(0, 3),
    identities: identities.slice(0, 3),
    differences: differences.map(({ path, values }) => ({ path, values: values.slice(0, 3) })),
  };
  const made = withSeeds(looks.slice(0, 3), { ...three, isAveraged: () => true });
  expect(made.map(({ name }) => name)).toEqual(['00001-ring', '00002, wasserstein', '00003-ring']);
});

it('keeps a name that the user gave to all seeds', () => {
  const users = named.map((run) => ({ ...run, name: 'Wide' }));
  const [first] = withSeeds(looks, { ...compared, named: users, isAveraged: () => true });
  expect(first?.seeds?.name).toBe('Wide (2 seeds)');
});
