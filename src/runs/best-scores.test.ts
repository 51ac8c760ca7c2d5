import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { createToyRun } from '../../test/support/toy-run';
import { RUN_FILES } from '../shared/run-format';
import { BestScores } from './best-scores';
import { RunCatalogue } from './run-catalogue';

it('goes on reading a long run that has ended until it has read all', async () => {
  const runsFolder = join(await temporaryFolder(), 'gan-runs');
  const run = await createToyRun({ runsFolder, experimentFile: join(runsFolder, '..', 'toy.gan.json') });
  await run.update({ status: 'completed', step: 10 });
  await run.close();
  const metrics = join(run.folder, RUN_FILES.metrics);
  const filler = Buffer.from(`${'x'.repeat(2 ** 20 - 1)}\n`);
  await writeFile(metrics, '');
  for (let part = 0; part < 70; part++) await appendFile(metrics, filler);
  const score = { schemaVersion: 1, type: 'score', step: 10, name: 'fid', value: 3, protocol: 'p' };
  await appendFile(metrics, `${JSON.stringify(score)}\n`);
  const runs = await new RunCatalogue((problem) => expect.unreachable(problem)).read([runsFolder]);
  const scores = new BestScores();
  await scores.read(runs);
  expect(scores.of(run.folder).best).toBeUndefined();
  expect(await scores.read(runs)).toEqual([run.folder]);
  expect(scores.of(run.folder).best).toMatchObject({ step: 10, value: 3 });
  expect(await scores.read(runs)).toEqual([]);
});
