import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { type Intervention, RUN_FILES } from '../shared/run-format';
import { RunFolderError } from './errors';
import { changedBy, interventionLines, readConfigJson, readInterventions } from './interventions';

const base = { schemaVersion: 1, step: 5, at: '2026-11-28T10:00:00.000Z' } as const;
const SCRIPT: readonly Intervention[] = [
  { ...base, type: 'change', changes: [{ key: 'criticSteps', before: 1, after: 5 }] },
  { ...base, type: 'playerStep', player: 'generator' },
  {
    ...base,
    step: 9,
    type: 'change',
    changes: [
      { key: 'objective.name', before: 'hinge', after: 'wasserstein' },
      { key: 'objective.margin', before: 1 },
      { key: 'optimiser.beta.first', after: 0.5 },
    ],
  },
];
const CONFIG = { seed: 1, objective: { name: 'hinge', margin: 1 }, criticSteps: 1 };

it('the configuration is what it was, with the changes so far', () => {
  expect(changedBy(CONFIG, [])).toBe(CONFIG);
  expect(changedBy(CONFIG, SCRIPT.slice(0, 2))).toEqual({ ...CONFIG, criticSteps: 5 });
  const all = changedBy(CONFIG, SCRIPT);
  expect(JSON.stringify(all)).toBe(
    '{"seed":1,"objective":{"name":"wasserstein"},"criticSteps":5,"optimiser":{"beta":{"first":0.5}}}',
  );
});

it('the file has a line for each, and need not exist', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, RUN_FILES.interventions);
  await writeFile(join(folder, RUN_FILES.config), JSON.stringify(CONFIG));
  expect(await readInterventions(folder)).toEqual([]);
  expect(await readConfigJson(folder)).toEqual(CONFIG);
  await writeFile(file, interventionLines(SCRIPT));
  expect(await readInterventions(folder)).toEqual(SCRIPT);
  expect(await readConfigJson(folder)).toMatchObject({ criticSteps: 5 });
  await writeFile(file, `${interventionLines(SCRIPT.slice(0, 1))}{"step":`);
  const damaged = readInterventions(folder);
  await expect(damaged).rejects.toThrow(RunFolderError);
  await expect(damaged).rejects.toThrow(`Line 2 of ${file} is damaged.`);
});
