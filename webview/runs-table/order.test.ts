import { describe, expect, it } from 'vitest';
import type { RunRow, TableScore } from '../../src/shared/runs-table-protocol';
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
  return grouped(rows, { column, isDescending }).map(({ protocol = '', rows: ofGroup }) => [
    protocol,
    ...ofGroup.map(({ name }) => name),
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
      grouped(some, { column, isDescending: false }).flatMap((group) => group.rows.map(({ name }) => name));
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

it('finds the best of each protocol that several runs have, which of another may be worse', () => {
  const some = [...rows, row('6', { scores: [fid(5, 'of 50')] })];
  const best = some.flatMap(({ name, scores }) =>
    scores.filter((score) => isBestOfProtocol(some, score)).map(({ value }) => [name, value]),
  );
  expect(best).toEqual([
    ['9', 3],
    ['8', 20],
  ]);
});
