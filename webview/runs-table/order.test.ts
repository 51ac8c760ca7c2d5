import { describe, expect, it } from 'vitest';
import type { RunRow, TableScore } from '../../src/shared/runs-table-protocol';
import { type Entry, entriesOf, entryOf, groupName, within } from './entries';
import { grouped, isBestOfProtocol, protocolsOf, scoreColumns } from './order';

function fid(value: number, protocol = 'of 1000'): TableScore {
  return { name: 'fid', title: 'FID', better: 'lower', value, step: 1, protocol };
}

function psnr(value: number): TableScore {
  return { name: 'psnr', title: 'PSNR', better: 'higher', value, step: 1, protocol: 'held out' };
}

function row(name: string, more: Partial<RunRow> = {}): RunRow {
  return {
    folder: `/runs/${name}`,
    name,
    experiment: 'x',
    status: 'completed',
    step: 100,
    totalSteps: 100,
    createdAt: '2026-01-01T00:00:00Z',
    tags: [],
    scores: [],
    config: {},
    ...more,
  };
}

const rows = [
  row('10', { step: 5, scores: [fid(30), psnr(20)] }),
  row('9', { step: 40, scores: [fid(3, 'of 50'), fid(40)] }),
  row('8', { experiment: 'a', scores: [fid(20)] }),
  row('7', { status: 'failed' }),
];

function names(column: string, isDescending: boolean): (string | string[])[] {
  return grouped(rows.map(entryOf), { column, isDescending }).map(({ protocol = '', entries }) => [
    protocol,
    ...entries.map(({ first }) => first.name),
  ]);
}

describe('the order of runs', () => {
  it('is that of numbers, words and steps', () => {
    expect(names('name', false)).toEqual([['', '7', '8', '9', '10']]);
    expect(names('step', true)).toEqual([['', '8', '7', '9', '10']]);
    expect(names('status', true)).toEqual([['', '7', '10', '9', '8']]);
  });

  it('is that of settings, of time, of findings and of tags, what is missing first', () => {
    const some = [
      row('1', { config: { lr: '0.01', model: 'gan' }, trainingSeconds: 5, tags: ['b'] }),
      row('2', { config: { lr: '1e-4', model: 'dcgan' }, findings: { count: 3, severity: 'info' } }),
      row('3', { trainingSeconds: 70, findings: { count: 12, severity: 'error' }, tags: ['a', 'c'] }),
    ];
    const by = (column: string): string[] =>
      grouped(some.map(entryOf), { column, isDescending: false }).flatMap(({ entries }) =>
        entries.map(({ first }) => first.name),
      );
    expect(by('config.lr')).toEqual(['3', '2', '1']);
    expect(by('config.model')).toEqual(['3', '2', '1']);
    expect(by('duration')).toEqual(['2', '1', '3']);
    expect(by('findings')).toEqual(['1', '2', '3']);
    expect(by('tags')).toEqual(['2', '3', '1']);
  });

  it('is by score within one protocol alone, runs without it last', () => {
    expect(names('fid', false)).toEqual([
      ['of 1000', '8', '10', '9'],
      ['of 50', '9'],
      ['', '7'],
    ]);
    expect(names('fid', true)[0]).toEqual(['of 1000', '9', '10', '8']);
    expect(names('psnr', true)).toEqual([
      ['held out', '10'],
      ['', '9', '8', '7'],
    ]);
  });
});

it('has a column for each score, that of the most runs first, then in the order in which they rank', () => {
  expect(scoreColumns(rows).map(({ title }) => title)).toEqual(['FID', 'PSNR']);
  expect(scoreColumns(rows.slice(0, 1)).map(({ title }) => title)).toEqual(['PSNR', 'FID']);
  expect(scoreColumns([])).toEqual([]);
  expect(protocolsOf(rows, 'fid')).toEqual(['of 1000', 'of 50']);
});

function best(entries: readonly Entry[]): (string | number)[][] {
  return entries.flatMap((entry) =>
    entry.first.scores
      .filter((score) => isBestOfProtocol(entries, entry, score, score.protocol))
      .map(({ value }) => [entry.first.name, value]),
  );
}

it('finds the best of each protocol that several runs have, which of another may be worse', () => {
  const some = [...rows, row('6', { scores: [fid(5, 'of 50')] })];
  expect(best(some.map(entryOf))).toEqual([
    ['9', 3],
    ['8', 20],
  ]);
});

describe('runs that differ by the seed alone', () => {
  const seeded = (seed: string, rest: string, more: Partial<RunRow>) =>
    row(`${rest}${seed}`, { identity: { seed, rest }, config: { seed }, ...more });
  const some = [
    seeded('1', 'a', { scores: [fid(10)], trainingSeconds: 10 }),
    seeded('1', 'b', { scores: [fid(14)], trainingSeconds: 5, experiment: 'b' }),
    seeded('2', 'a', { scores: [fid(20)], trainingSeconds: 20 }),
    seeded('2', 'b', { scores: [fid(15)], status: 'failed', experiment: 'b' }),
    row('other', { scores: [fid(14.75)] }),
  ];
  const joined = entriesOf(some, true);

  it('are one row if they are joined', () => {
    expect(joined.map(({ runs }) => runs.map(({ name }) => name))).toEqual([
      ['a1', 'a2'],
      ['b1', 'b2'],
      ['other'],
    ]);
    expect(entriesOf(some, false)).toHaveLength(5);
  });

  it('are fewer with a filter, and then a row of a single run', () => {
    const left = joined.flatMap((entry) => within(entry, new Set(['/runs/a1', '/runs/a2', '/runs/b2'])));
    expect(left.map(({ runs, isJoined }) => [isJoined, ...runs.map(({ name }) => name)])).toEqual([
      [true, 'a1', 'a2'],
      [false, 'b2'],
    ]);
  });

  it('are ranked by their mean, and not by the luckiest of them', () => {
    const order = grouped(joined, { column: 'fid', isDescending: false });
    expect(order.map(({ entries }) => entries.map(({ first }) => first.name))).toEqual([
      ['b1', 'other', 'a1'],
    ]);
    expect(best(joined)).toEqual([['b1', 14]]);
    const byDuration = grouped(joined, { column: 'duration', isDescending: true });
    expect(byDuration[0]?.entries.map(({ first }) => first.name)).toEqual(['a1', 'b1', 'other']);
  });

  it('share a protocol where the seed draws the examples that it names', () => {
    const [one, two] = ['1', '2'].map((seed) =>
      seeded(seed, 'a', { scores: [fid(Number(seed), `samples of data 0000000${seed}`)] }),
    );
    const entries = entriesOf(
      [one, two].filter((run) => run !== undefined),
      true,
    );
    const rows = entries.flatMap(({ runs }) => runs);
    expect(protocolsOf(rows, 'fid')).toEqual(['samples of data 00000001, 00000002']);
  });

  it('are called by a name that they share, or else by their experiment', () => {
    const named = (name: string) => row('1', { name, experiment: 'ring' });
    const group = (...names: readonly string[]): Entry => {
      const runs = names.map(named);
      return { runs, first: named(''), isJoined: true };
    };
    expect(groupName(group('wide', 'wide'))).toBe('wide');
    expect(groupName(group('00001-ring', '00002-ring'))).toBe('ring');
  });
});
