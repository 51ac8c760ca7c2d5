import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RING_RECORD as record } from '../../../test/support/run-records';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { RunConfigs } from './run-configs';

const labels = { schemaVersion: 1, tags: [], note: '' };

function runIn(folder: string) {
  return { run: { folder, record, status: 'completed' as const }, labels };
}

it('reads the settings of a run, and again when the run is another', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'config.json');
  await writeFile(file, '{"objective": "hinge", "data": {"batchSize": 64}}');
  const configs = new RunConfigs();
  const run = runIn(folder);
  expect([...configs.of(folder)]).toEqual([]);
  await configs.read([run]);
  expect(Object.fromEntries(configs.of(folder))).toEqual({ objective: 'hinge', 'data.batchSize': '64' });
  await writeFile(file, '{"objective": "minimax"}');
  await configs.read([run]);
  expect(configs.of(folder).get('objective')).toBe('hinge');
  await configs.read([runIn(folder)]);
  expect(configs.of(folder).get('objective')).toBe('minimax');
  await configs.read([]);
  expect(configs.of(folder).size).toBe(0);
});

it('tells which runs differ by the seed alone', async () => {
  const configs = new RunConfigs();
  const runs = await Promise.all(
    ['{"seed": 1, "steps": 5}', '{"seed": 2, "steps": 5}', '{"seed": 3, "steps": 6}', '{'].map(
      async (text) => {
        const folder = await temporaryFolder();
        await writeFile(join(folder, 'config.json'), text);
        return runIn(folder);
      },
    ),
  );
  await configs.read(runs);
  const [first, second, other, unknown] = runs.map(({ run }) => configs.identityOf(run.folder));
  expect([first?.seed, second?.seed]).toEqual(['1', '2']);
  expect(second?.rest).toBe(first?.rest);
  expect(other?.rest).not.toBe(first?.rest);
  expect(unknown).toBeUndefined();
});

it('has no settings of a run whose config cannot be read', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'config.json'), '{');
  const configs = new RunConfigs();
  await configs.read([runIn(folder)]);
  expect(configs.of(folder).size).toBe(0);
});
