import { expect, it, vi } from 'vitest';
import { RING_RECORD as record } from '../../../test/support/run-records';
import { scriptedTraining } from '../../../test/support/scripted-worker';
import type { CataloguedRun } from '../../runs/run-catalogue';
import type { ScoreLook } from '../../runs/score-reader';

vi.mock('vscode', () => ({
  env: { language: 'en' },
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      values.reduce((filled: string, value, index) => filled.replace(`{${index}}`, String(value)), text),
  },
  ThemeIcon: class {},
  ThemeColor: class {},
}));

const { runItem } = await import('./run-items');

const labels = { schemaVersion: 1, tags: ['paper'], note: '' };
const completed: CataloguedRun = {
  run: {
    folder: '/w/gan-runs/00003-ring',
    record: { ...record, step: 2000, totalSteps: 2500 },
    status: 'completed',
  },
  labels,
};
const best = {
  kind: { name: 'fid', title: 'FID', better: 'lower' },
  value: 28.6123,
  step: 2000,
  protocol: 'p',
} as const;
const twoHoursLater = Date.parse(record.createdAt) + 2 * 3_600_000;

function item(run: CataloguedRun, look: ScoreLook) {
  const { manager: training } = scriptedTraining();
  return runItem({ training, runs: { scoreLook: () => look } }, run, twoHoursLater);
}

it('says what a person remembers of a run, and not where it lies', () => {
  const offered = item(completed, { best });
  expect(offered).toMatchObject({
    label: '00003-ring',
    description: 'completed · 2 hours ago',
    detail: 'ring · step 2,000 of 2,500 · FID 28.6, best at step 2,000 · #paper',
  });
  const { label, description = '', detail = '' } = offered;
  expect([label, description, detail].join()).not.toContain('/w');
});

it('says of a damaged run what is wrong with it', () => {
  const damaged = { run: { folder: '/w/gan-runs/00004-ring', problem: 'run.json is torn.' }, labels };
  expect(item({ ...damaged, labels: { ...labels, name: 'Second' } }, {})).toMatchObject({
    label: 'Second',
    description: 'damaged',
    detail: 'run.json is torn.',
  });
});
