import { describe, expect, it } from 'vitest';
import { RING_RECORD } from '../../test/support/run-records';
import type { RunRecord } from './run-format';
import { seedGroups, seedIdentity } from './seed-groups';

const config = new Map([
  ['seed', '1'],
  ['objective', 'hinge'],
  ['data.batchSize', '64'],
]);
const other = (key: string, value: string) => new Map([...config, [key, value]]);
const restOf = (settings: ReadonlyMap<string, string>, change: Partial<RunRecord> = {}) =>
  seedIdentity(settings, { ...RING_RECORD, ...change })?.rest;

describe('what a run is besides its seed', () => {
  it('is the same for other seeds, however the settings are ordered', () => {
    expect(restOf(other('seed', '2'))).toBe(restOf(config));
    expect(restOf(new Map([...config].reverse()))).toBe(restOf(config));
    expect(seedIdentity(other('seed', '2'), RING_RECORD)?.seed).toBe('2');
  });

  it('is another with any other setting, and unknown without a config', () => {
    expect(restOf(other('objective', 'minimax'))).not.toBe(restOf(config));
    expect(restOf(other('r1.weight', '1'))).not.toBe(restOf(config));
    expect(seedIdentity(new Map(), RING_RECORD)).toBeUndefined();
  });

  it('ignores names, versions, the machine and its threads', () => {
    const elsewhere = { ...RING_RECORD.host, name: 'node7' };
    const engine = { ...RING_RECORD.engine, threads: 8, version: '2' };
    const renamed = { experiment: 'copy', id: '00009-copy', host: elsewhere, engine, trainingSeconds: 9 };
    expect(restOf(config, renamed)).toBe(restOf(config));
  });

  it.each<readonly [string, Partial<RunRecord>]>([
    ['engine', { engine: { ...RING_RECORD.engine, name: 'onnx-webgpu' } }],
    ['length', { totalSteps: 100 }],
    ['examples', { data: { examples: 10, heldOut: 2, fingerprint: 'b' } }],
    ['checkpoint that it continued from', { parent: { run: '00001-ring', step: 10 } }],
    [
      'weights that it started from',
      {
        parent: {
          run: '00001-ring',
          step: 0,
          weights: { path: '/w/1', networks: ['generator'], isAveraged: true },
        },
      },
    ],
  ])('is another with another %s', (_, change) => {
    const data = { examples: 10, heldOut: 2, fingerprint: 'a' };
    expect(restOf(config, { data, ...change })).not.toBe(restOf(config, { data }));
  });

  it('takes nothing from a run that it restarted with changes', () => {
    expect(restOf(config, { parent: { run: '00001-ring', step: 0 } })).toBe(restOf(config));
  });
});

describe('groups of seeds', () => {
  const run = (id: string, seed: string, rest = 'a') => ({ id, seed, rest });
  const ids = (runs: readonly ReturnType<typeof run>[]) =>
    seedGroups(runs, (one) => (one.seed === '' ? undefined : one)).map((group) => group.map(({ id }) => id));

  it('are in the order of their first runs', () => {
    expect(ids([run('1', '1'), run('2', '1', 'b'), run('3', '2'), run('4', '2', 'b')])).toEqual([
      ['1', '3'],
      ['2', '4'],
    ]);
  });

  it('have each seed once, and no run of which nothing is known', () => {
    expect(ids([run('1', '1'), run('2', '1'), run('3', '2'), run('4', ''), run('5', '')])).toEqual([
      ['1', '3'],
      ['2'],
      ['4'],
      ['5'],
    ]);
  });
});
