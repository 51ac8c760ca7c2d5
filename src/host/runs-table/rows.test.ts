import { expect, it } from 'vitest';
import { RING_RECORD as record } from '../../../test/support/toy-run';
import { rowOf } from './rows';

const labels = { schemaVersion: 1, tags: ['good'], note: '' };

it('says of a run what its folder, its records and its training say', () => {
  const folder = '/w/gan-runs/00003-ring';
  const run = { run: { folder, record, status: 'running' as const }, labels: { ...labels, name: 'Ring' } };
  const kind = { name: 'fid', title: 'FID', better: 'lower' } as const;
  const scores = [{ kind, value: 3, step: 10, protocol: 'p' }];
  expect(rowOf(run, { scores }, 33)).toEqual({
    folder,
    name: 'Ring',
    experiment: 'ring',
    status: 'running',
    step: 33,
    totalSteps: 50,
    createdAt: '2026-01-01T00:00:00Z',
    tags: ['good'],
    scores: [{ ...kind, value: 3, step: 10, protocol: 'p' }],
  });
  expect(rowOf({ ...run, labels }, {}, undefined)).toMatchObject({
    name: '00003-ring',
    step: 20,
    scores: [],
  });
});

it('takes the step from the records while another process trains, and from the checkpoint after that', () => {
  const folder = '/w/gan-runs/00003-ring';
  const running = { run: { folder, record, status: 'running' as const }, labels };
  expect(rowOf(running, { step: 28 }, undefined).step).toBe(28);
  expect(rowOf(running, { step: 12 }, undefined).step).toBe(20);
  const interrupted = { run: { folder, record, status: 'interrupted' as const }, labels };
  expect(rowOf(interrupted, { step: 28 }, undefined).step).toBe(20);
});

it('lists a damaged run under the name of its folder', () => {
  const run = { run: { folder: '/w/gan-runs/00004-moons', problem: 'torn' }, labels };
  expect(rowOf(run, {}, undefined)).toMatchObject({
    name: '00004-moons',
    experiment: 'moons',
    status: 'damaged',
  });
});
