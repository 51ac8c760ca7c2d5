import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { newRun, trainNew } from '../../test/support/training-job';
import { RUN_FILES } from '../shared/run-format';
import { createRun } from './create-run';
import { listRuns, readRun } from './list-runs';
import { LockObserver } from './lock-file';

it('lists runs of several folders in the order of their numbers, with how they stand', async () => {
  const [runs, others] = [await temporaryFolder(), await temporaryFolder()];
  const completed = await trainNew(runs);
  const live = await createRun(newRun(runs));
  await live.update({ status: 'running' });
  const interrupted = await createRun(newRun(others));
  await interrupted.update({ status: 'paused', step: 4 });
  await interrupted.close();

  const listed = await listRuns([runs, others, join(runs, 'absent')], new LockObserver());
  expect(listed).toMatchObject([
    { folder: completed, status: 'completed', record: { step: 20 } },
    { folder: live.folder, status: 'running' },
    { folder: interrupted.folder, status: 'interrupted', record: { status: 'paused', step: 4 } },
  ]);
  await live.close();
});

it('shows folders that are no whole run with what is wrong', async () => {
  const runs = await temporaryFolder();
  const folders = ['00001-empty', '00002-torn', '00003-wrong', '00004-newer'].map((name) => join(runs, name));
  const texts = [
    undefined,
    '{"schemaVersion": 1, "id"',
    '{"schemaVersion": 1, "status": "odd"}',
    '{"schemaVersion": 9}',
  ];
  for (const [i, folder] of folders.entries()) {
    await mkdir(folder);
    const text = texts[i];
    if (text !== undefined) await writeFile(join(folder, RUN_FILES.run), text);
  }
  await mkdir(join(runs, 'not a run'));
  await writeFile(join(runs, '00005-a-file'), '');

  const listed = await listRuns([runs], new LockObserver());
  expect(listed.map((run) => ('problem' in run ? run.problem : 'a run'))).toEqual([
    `${folders[0]}/run.json does not exist.`,
    expect.stringContaining('run.json is not valid JSON'),
    expect.stringContaining('run.json is damaged'),
    expect.stringContaining('has schema version 9'),
    expect.stringContaining('part of the path is a file'),
  ]);
});

it('names a copied run after its folder', async () => {
  const run = await createRun(newRun(await temporaryFolder()));
  await run.close();
  const copy = join(await temporaryFolder(), '00008-copied');
  await cp(run.folder, copy, { recursive: true });
  expect(await readRun(copy, new LockObserver())).toMatchObject({ record: { id: '00008-copied' } });
});

it('says of a run that was deleted that it is gone', async () => {
  const folder = join(await temporaryFolder(), '00001-toy');
  expect(await readRun(folder, new LockObserver())).toMatchObject({
    folder,
    problem: `${folder} was deleted or moved.`,
  });
});

it('reads a run written with fields that it does not know', async () => {
  const folder = await trainNew(await temporaryFolder());
  const path = join(folder, RUN_FILES.run);
  const record: object = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...record, later: true }));
  await rm(join(folder, RUN_FILES.metrics));
  expect(await readRun(folder, new LockObserver())).toMatchObject({ status: 'completed' });
});
