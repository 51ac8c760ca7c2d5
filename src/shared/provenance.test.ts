import { expect, it } from 'vitest';
import { RING_RECORD } from '../../test/support/run-records';
import { formatText } from './localizable-text';
import { gitText, provenanceRows } from './provenance';
import type { RunRecord } from './run-format';

function rowsOf(record: RunRecord): readonly (readonly [string, string])[] {
  return provenanceRows(record).map(({ title, value }) => [formatText(title), formatText(value)]);
}

it('names versions, engine and machine', () => {
  expect(rowsOf(RING_RECORD)).toEqual([
    ['GAN Workbench', '1'],
    ['Node.js', '20'],
    ['Engine', '1, 1 thread'],
    ['Computer', 'h, p, c'],
  ]);
});

it('names the commit, later ones and the graphics card where they are known', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  const rows = rowsOf({
    ...RING_RECORD,
    engine: { ...RING_RECORD.engine, threads: 2, adapter: 'NVIDIA' },
    git: { commit, branch: 'main', changes: 'none', resumed: [{ commit, changes: 'uncommitted', step: 30 }] },
  });
  expect(rows).toContainEqual(['Git commit', '0123456789ab on branch main']);
  expect(rows).toContainEqual(['Git commit from step 30', '0123456789ab, with uncommitted changes']);
  expect(rows).toContainEqual(['Engine', '1, 2 threads']);
  expect(rows).toContainEqual(['Device', 'NVIDIA']);
});

it('says what git has not told', () => {
  const texts = [{ changes: 'unknown' }, { commit: 'ab', changes: 'unknown' }] as const;
  expect(texts.map((state) => formatText(gitText(state)))).toEqual([
    'unknown, because git did not answer in time',
    'ab, uncommitted changes unknown',
  ]);
});
