import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { RUN_SCHEMA_VERSION } from '../../shared/run-format';
import { pinCheckpoint, writeLabels } from '../../training/run-folder/control';
import { createRun } from '../../training/run-folder/create-run';
import type { RunWriter } from '../../training/run-folder/run-writer';
import { listCheckpoints, RunCatalogue } from './run-catalogue';

async function makeRun(runsFolder: string, experiment: string): Promise<RunWriter> {
  return await createRun({
    runsFolder,
    experiment,
    experimentFile: join(runsFolder, '..', `${experiment}.gan.json`),
    config: {},
    totalSteps: 10,
    engine: { name: 'onnx', version: '1', threads: 1 },
    workbenchVersion: '0',
  });
}

function catalogue() {
  const problems: string[] = [];
  return { runs: new RunCatalogue((problem) => problems.push(problem)), problems };
}

function statusOf({ run }: { run: object }): unknown {
  return 'status' in run ? run.status : 'damaged';
}

describe('the catalogue of runs', () => {
  it('sees every change of a run, and one that has ended go on', async () => {
    const runsFolder = join(await temporaryFolder(), 'gan-runs');
    const { runs, problems } = catalogue();
    expect(await runs.read([runsFolder])).toEqual([]);
    const writer = await makeRun(runsFolder, 'toy');
    expect((await runs.read([runsFolder])).map(statusOf)).toEqual(['created']);
    await writer.update({ status: 'completed', step: 10 });
    expect((await runs.read([runsFolder])).map(statusOf)).toEqual(['completed']);
    await writer.update({ status: 'running', step: 10, totalSteps: 200 });
    expect((await runs.read([runsFolder])).map(statusOf)).toEqual(['running']);
    await writer.close();
    expect((await runs.read([runsFolder])).map(statusOf)).toEqual(['interrupted']);
    expect(problems).toEqual([]);
  });

  it('sees tags that are given after the run has ended', async () => {
    const runsFolder = join(await temporaryFolder(), 'gan-runs');
    const { runs } = catalogue();
    const writer = await makeRun(runsFolder, 'toy');
    await writer.update({ status: 'completed' });
    expect((await runs.read([runsFolder]))[0]?.labels.tags).toEqual([]);
    await writeLabels(writer.folder, { schemaVersion: RUN_SCHEMA_VERSION, tags: ['good'], note: '' });
    expect((await runs.read([runsFolder]))[0]?.labels.tags).toEqual(['good']);
    await writer.close();
  });

  it('lists the newest first over all folders, damaged ones as such, and forgets deleted ones', async () => {
    const folder = await temporaryFolder();
    const [a, b] = [join(folder, 'a', 'gan-runs'), join(folder, 'b', 'gan-runs')];
    await mkdir(join(folder, 'a'));
    await mkdir(join(folder, 'b'));
    const { runs } = catalogue();
    for (const [where, name] of [
      [a, 'one'],
      [a, 'two'],
      [b, 'one'],
    ] as const)
      await (await makeRun(where, name)).close();
    await writeFile(join(a, '00002-two', 'run.json'), '{');
    const listed = await runs.read([a, b]);
    expect(listed.map(statusOf)).toEqual(['damaged', 'interrupted', 'interrupted']);
    expect(listed[0]?.run.folder).toBe(join(a, '00002-two'));
    await rm(join(a, '00002-two'), { recursive: true });
    expect(await runs.read([a, b])).toHaveLength(2);
  });
});

describe('the checkpoints of a run', () => {
  it('are listed from the newest, which is marked, with the pinned ones', async () => {
    const runFolder = await temporaryFolder();
    expect(await listCheckpoints(runFolder)).toEqual([]);
    await mkdir(join(runFolder, 'checkpoints'));
    for (const step of ['00000005', '00000010'])
      await writeFile(join(runFolder, 'checkpoints', `step-${step}.safetensors`), '');
    await pinCheckpoint(runFolder, 5);
    expect(await listCheckpoints(runFolder)).toEqual([
      { step: 10, isLatest: true, isPinned: false },
      { step: 5, isLatest: false, isPinned: true },
    ]);
  });
});
