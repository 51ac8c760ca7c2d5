import { expect, it } from 'vitest';
import { RING_RECORD as record } from '../../../test/support/run-records';
import { rowOf } from './rows';

const labels = { schemaVersion: 1, tags: ['good'], note: '' };
const nothing = {
  look: {},
  config: new Map<string, string>(),
  identity: undefined,
  settings: [],
  trainedStep: undefined,
};

function finding(severity: 'info' | 'warning' | 'error') {
  return {
    schemaVersion: 1,
    type: 'finding',
    step: 5,
    rule: 'r',
    severity,
    message: '',
    evidence: {},
  } as const;
}

it('says of a run what its folder, its records, its config and its training say', () => {
  const folder = '/w/gan-runs/00003-ring';
  const run = { run: { folder, record, status: 'running' as const }, labels: { ...labels, name: 'Ring' } };
  const kind = { name: 'fid', title: 'FID', better: 'lower' } as const;
  const scores = [{ kind, value: 3, step: 10, protocol: 'p' }];
  const config = new Map([
    ['objective', 'hinge'],
    ['data.source', 'points2d'],
  ]);
  const look = {
    scores,
    findings: [finding('info'), finding('warning')],
    seen: { step: 30, images: 1920 },
  };
  const identity = { seed: '1', rest: 'a' };
  const known = { look, config, identity, settings: ['objective', 'other'], trainedStep: 33 };
  expect(rowOf(run, known)).toEqual({
    folder,
    name: 'Ring',
    experiment: 'ring',
    dataSource: 'points2d',
    status: 'running',
    step: 33,
    images: 33 * 64,
    identity,
    totalSteps: 50,
    createdAt: '2026-01-01T00:00:00Z',
    trainingSeconds: 1,
    tags: ['good'],
    scores: [{ ...kind, value: 3, step: 10, protocol: 'p' }],
    findings: { count: 2, severity: 'warning' },
    config: { objective: 'hinge' },
  });
  const row = rowOf({ ...run, labels }, nothing);
  expect(row).toMatchObject({ name: '00003-ring', step: 20, scores: [], config: {} });
  expect(row).not.toHaveProperty('findings');
});

it('takes the step from the records while another process trains, and from the checkpoint after that', () => {
  const folder = '/w/gan-runs/00003-ring';
  const running = { run: { folder, record, status: 'running' as const }, labels };
  expect(rowOf(running, { ...nothing, look: { step: 28 } }).step).toBe(28);
  expect(rowOf(running, { ...nothing, look: { step: 12 } }).step).toBe(20);
  const interrupted = { run: { folder, record, status: 'interrupted' as const }, labels };
  expect(rowOf(interrupted, { ...nothing, look: { step: 28 } }).step).toBe(20);
});

it('lists a damaged run under the name of its folder', () => {
  const run = { run: { folder: '/w/gan-runs/00004-moons', problem: 'torn' }, labels };
  expect(rowOf(run, nothing)).toMatchObject({
    name: '00004-moons',
    experiment: 'moons',
    status: 'damaged',
  });
});
