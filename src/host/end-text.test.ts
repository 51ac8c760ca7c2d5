import { expect, it, vi } from 'vitest';
import type { FindingRecord } from '../shared/run-format';
import { SCORE_KINDS } from '../shared/scores';

vi.mock('vscode', () => ({
  env: { language: 'en' },
  l10n: {
    t: (text: string, ...values: readonly unknown[]) =>
      values.reduce((filled: string, value, index) => filled.replace(`{${index}}`, String(value)), text),
  },
}));

const { endText } = await import('./end-text');

const kind = SCORE_KINDS.find(({ name }) => name === 'fid');
const best = kind === undefined ? {} : { best: { kind, value: 28.61, step: 6000, protocol: 'p' } };
const finding = (title: string, severity: FindingRecord['severity']): FindingRecord => ({
  schemaVersion: 1,
  type: 'finding',
  step: 500,
  rule: title,
  title,
  severity,
  message: '',
  evidence: {},
});

it('says the score of a run that went well', () => {
  expect(endText('/w/gan-runs/00001-digits', 6000, best)).toEqual({
    text: '00001-digits finished: step 6,000, FID 28.6.',
    isWarning: false,
  });
});

it('warns of a run that ended clearly worse than its best', () => {
  const decline = kind === undefined ? {} : { decline: { kind, value: 41.23, step: 9000, protocol: 'p' } };
  expect(endText('/w/gan-runs/00001-digits', 9000, { ...best, ...decline })).toEqual({
    text: '00001-digits finished with a warning: FID 41.2, best 28.6 at step 6,000.',
    isWarning: true,
  });
});

it('says what was found instead, each thing once', () => {
  const collapse = finding('Mode collapse', 'warning');
  expect(
    endText('/w/gan-runs/00001-digits', 6000, { findings: [collapse, collapse, finding('Note', 'info')] }),
  ).toEqual({ text: '00001-digits finished with a warning: Mode collapse.', isWarning: true });
  expect(
    endText('/w/gan-runs/00001-digits', 6000, {
      ...best,
      findings: [collapse, finding('NaN is imminent', 'error')],
    }).text,
  ).toBe('00001-digits finished with 2 warnings: Mode collapse, NaN is imminent. FID 28.6.');
});
