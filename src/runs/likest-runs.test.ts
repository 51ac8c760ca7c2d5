import { expect, it } from 'vitest';
import { RING_RECORD } from '../../test/support/run-records';
import { likestFirst } from './likest-runs';
import type { CataloguedRun } from './run-catalogue';

function run(id: string, experimentFile: string, examples: number): CataloguedRun {
  const record = { ...RING_RECORD, id, experimentFile, data: { examples, heldOut: 0 } };
  return {
    run: { folder: `/w/gan-runs/${id}`, record, status: 'completed' },
    labels: { schemaVersion: 1, tags: [], note: '' },
  };
}

it('has the run that was chosen, then those of its experiment, then of its data, then the rest', () => {
  const runs = [
    run('00005', '/w/faces.gan.json', 50),
    run('00004', '/w/digits-hinge.gan.json', 10_000),
    run('00003', '/w/digits.gan.json', 9000),
    run('00002', '/w/digits.gan.json', 10_000),
  ];
  const ids = likestFirst(runs, ['/w/gan-runs/00002']).map(({ run: { folder } }) => folder.slice(-5));
  expect(ids).toEqual(['00002', '00003', '00004', '00005']);
  expect(likestFirst(runs, [])).toBe(runs);
});
