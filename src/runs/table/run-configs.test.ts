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

it('has no settings of a run whose config cannot be read', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'config.json'), '{');
  const configs = new RunConfigs();
  await configs.read([runIn(folder)]);
  expect(configs.of(folder).size).toBe(0);
});
