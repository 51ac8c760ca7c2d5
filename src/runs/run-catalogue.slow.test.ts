import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { pinCheckpoint, writeLabels } from '../run-folder/control';
import { createRun } from '../run-folder/create-run';
import { readRun } from '../run-folder/list-runs';
import type { RunWriter } from '../run-folder/run-writer';
import { RUN_SCHEMA_VERSION, stepFileName } from '../shared/run-format';
import { listCheckpoints, RunCatalogue } from './run-catalogue';

vi.mock(import('../run-folder/list-runs'), async (original) => {
  const actual = await original();
  return { ...actual, readRun: vi.fn(actual.readRun) };
});

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

  it('reads a thousand runs once, and gives the same ones again as long as nobody writes to them', async () => {
    const folder = await temporaryFolder();
    const runsFolder = join(folder, 'gan-runs');
    const writer = await makeRun(runsFolder, 'toy');
    await writer.update({ status: 'completed', step: 10 });
    await writer.close();
    const record: unknown = JSON.parse(await readFile(join(writer.folder, 'run.json'), 'utf8'));
    for (let number = 2; number <= 1000; number++) {
      const run = join(runsFolder, `${String(number).padStart(5, '0')}-toy`);
      await mkdir(run);
      const status = number % 10 === 0 ? 'running' : 'completed';
      await writeFile(join(run, 'run.json'), JSON.stringify({ ...Object(record), status }));
    }
    const { runs, problems } = catalogue();
    const first = await runs.read([runsFolder]);
    expect(first).toHaveLength(1000);
    expect(first.filter((run) => statusOf(run) === 'interrupted')).toHaveLength(100);
    vi.mocked(readRun).mockClear();
    const second = await runs.read([runsFolder]);
    expect(readRun).not.toHaveBeenCalled();
    expect(second.every((run, index) => run === first[index])).toBe(true);
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
    const damagedFile = join(a, '00002-two', 'run.json');
    const whole = await readFile(damagedFile);
    await writeFile(damagedFile, '{');
    const listed = await runs.read([a, b]);
    expect(listed.map(statusOf)).toEqual(['damaged', 'interrupted', 'interrupted']);
    expect(listed[0]?.run.folder).toBe(join(a, '00002-two'));
    await writeFile(damagedFile, whole);
    expect((await runs.read([a, b])).map(statusOf)).toEqual(['interrupted', 'interrupted', 'interrupted']);
    await rm(join(a, '00002-two'), { recursive: true });
    expect(await runs.read([a, b])).toHaveLength(2);
  });
});

describe('the checkpoints of a run', () => {
  it('are the latest, the best and the pinned ones, and then the others', async () => {
    const runFolder = await temporaryFolder();
    expect(await listCheckpoints(runFolder)).toEqual([]);
    await mkdir(join(runFolder, 'checkpoints'));
    for (const step of [5, 10, 15, 20, 25])
      await writeFile(join(runFolder, 'checkpoints', stepFileName(step, 'safetensors')), 'weights');
    await pinCheckpoint(runFolder, 5);
    const none = { isLatest: false, isBest: false, isPinned: false, isDamaged: false };
    expect(await listCheckpoints(runFolder, 15)).toEqual([
      { ...none, step: 25, isLatest: true },
      { ...none, step: 15, isBest: true },
      { ...none, step: 5, isPinned: true },
      { ...none, step: 20 },
      { ...none, step: 10 },
    ]);
    expect((await listCheckpoints(runFolder, 25))[0]).toEqual({
      ...none,
      step: 25,
      isLatest: true,
      isBest: true,
    });
    expect((await listCheckpoints(runFolder)).some(({ isBest }) => isBest)).toBe(false);
  });

  it('are damaged where they are empty, no files, or lead to nothing', async () => {
    const runFolder = await temporaryFolder();
    const path = (step: number): string => join(runFolder, 'checkpoints', stepFileName(step, 'safetensors'));
    await mkdir(path(1), { recursive: true });
    await writeFile(path(2), '');
    await symlink(path(9), path(3));
    await writeFile(path(4), 'weights');
    const listed = await listCheckpoints(runFolder);
    expect(listed.map(({ step, isDamaged }) => [step, isDamaged])).toEqual([
      [4, false],
      [3, true],
      [2, true],
      [1, true],
    ]);
  });
});
