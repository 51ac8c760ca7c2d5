/** Malformed run folders: each is listed as damaged, and does not affect the valid ones. */
import { cp, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRun } from '../run-folder/create-run';
import { readMetrics } from '../run-folder/metrics-reader';
import { RUN_FILES } from '../shared/run-format';
import { BestScores } from './best-scores';
import { type CataloguedRun, listCheckpoints, RunCatalogue } from './run-catalogue';

const SPARSE_BYTES = 2 * 2 ** 30;

let folder = '';
let runsFolder = '';
let whole = '';
let number = 1;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gan-malformed-'));
  runsFolder = join(folder, 'gan-runs');
  const writer = await createRun({
    runsFolder,
    experiment: 'whole',
    experimentFile: join(folder, 'whole.gan.json'),
    config: {},
    totalSteps: 10,
    engine: { name: 'onnx', version: '1', threads: 1 },
    workbenchVersion: '0',
  });
  await writer.update({ status: 'completed', step: 10 });
  await writer.close();
  whole = writer.folder;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A copy of the valid run, to be damaged. */
async function copy(): Promise<string> {
  const run = join(runsFolder, `${String(++number).padStart(5, '0')}-copy`);
  await cp(whole, run, { recursive: true });
  return run;
}

async function changeRecord(run: string, change: (text: string) => string): Promise<void> {
  const file = join(run, RUN_FILES.run);
  await writeFile(file, change(await readFile(file, 'utf8')));
}

/** Lists the run, checking that the valid one is still listed. */
async function listed(run: string): Promise<CataloguedRun> {
  const runs = await new RunCatalogue(() => undefined).read([runsFolder]);
  expect(runs.find((other) => other.run.folder === whole)?.run).toMatchObject({ status: 'completed' });
  const found = runs.find((other) => other.run.folder === run);
  if (found === undefined) throw new Error(`${run} is not listed.`);
  return found;
}

describe('a record that cannot be one', () => {
  it.each<readonly [what: string, (text: string) => string, problem: string]>([
    ['is torn', (text) => text.slice(0, text.length / 2), 'not valid JSON'],
    ['is empty', () => '', 'not valid JSON'],
    ['is a list', () => '[]', 'damaged'],
    ['has a text for its step', (text) => text.replace('"step": 10', '"step": "ten"'), 'step'],
    ['has more steps than numbers go', (text) => text.replace('"step": 10', '"step": 1e400'), 'step'],
    ['has steps that are not exact', (text) => text.replace('"step": 10', '"step": 1e300'), 'step'],
    ['has less than no steps', (text) => text.replace('"step": 10', '"step": -1'), 'step'],
    ['has a status of its own', (text) => text.replace('"completed"', '"perfect"'), 'status'],
    ['is of the future', (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 99'), 'Version 99'],
  ])('%s', async (_, change, problem) => {
    const run = await copy();
    await changeRecord(run, change);
    expect((await listed(run)).run).toMatchObject({
      problem: expect.stringMatching(new RegExp(problem, 'i')),
    });
  });

  it('is far too large to be one', async () => {
    const run = await copy();
    await truncate(join(run, RUN_FILES.run), SPARSE_BYTES);
    expect((await listed(run)).run).toMatchObject({ problem: expect.stringContaining('far more than') });
  });

  it('is a folder', async () => {
    const run = await copy();
    await rm(join(run, RUN_FILES.run));
    await mkdir(join(run, RUN_FILES.run));
    expect((await listed(run)).run).toMatchObject({
      problem: expect.stringContaining('is not a regular file'),
    });
  });

  it('is elsewhere', async () => {
    const run = await copy();
    const outside = join(folder, 'outside.json');
    await cp(join(run, RUN_FILES.run), outside);
    await rm(join(run, RUN_FILES.run));
    await symlink(outside, join(run, RUN_FILES.run));
    expect((await listed(run)).run).toMatchObject({ problem: expect.stringContaining('is a link to') });
  });
});

describe('a run that cannot be one', () => {
  it('is a file', async () => {
    const run = join(runsFolder, `${String(++number).padStart(5, '0')}-file`);
    await writeFile(run, '');
    expect((await listed(run)).run).toMatchObject({ problem: expect.any(String) });
  });

  it('is elsewhere', async () => {
    const outside = join(folder, 'elsewhere');
    await cp(whole, outside, { recursive: true });
    const run = join(runsFolder, `${String(++number).padStart(5, '0')}-link`);
    await symlink(outside, run);
    expect((await listed(run)).run).toMatchObject({ problem: expect.stringContaining('is a link to') });
  });
});

describe('a run of which a part is damaged', () => {
  it('is listed with what is wrong with its labels', async () => {
    const run = await copy();
    await mkdir(join(run, RUN_FILES.control, 'labels.json'), { recursive: true });
    expect(await listed(run)).toMatchObject({
      run: { status: 'completed' },
      labelsProblem: { problem: expect.stringContaining('is not a regular file') },
    });
  });

  it('is listed with what is wrong with its records, however many bytes they pretend to have', async () => {
    const run = await copy();
    await writeFile(join(run, RUN_FILES.metrics), 'x'.repeat(100));
    await truncate(join(run, RUN_FILES.metrics), SPARSE_BYTES);
    const scores = new BestScores();
    expect(await scores.read([await listed(run)])).toEqual([run]);
    expect(scores.of(run).problem?.problem).toContain('the rest is not read');
    for await (const { record } of readMetrics(join(run, RUN_FILES.metrics)))
      expect.unreachable(JSON.stringify(record));
  });

  it('says that its checkpoints are a file, or elsewhere', async () => {
    const run = await copy();
    await rm(join(run, RUN_FILES.checkpoints), { recursive: true, force: true });
    await writeFile(join(run, RUN_FILES.checkpoints), '');
    await expect(listCheckpoints(run)).rejects.toThrow('part of the path is a file');
    await rm(join(run, RUN_FILES.checkpoints));
    await symlink(folder, join(run, RUN_FILES.checkpoints));
    await expect(listCheckpoints(run)).rejects.toThrow('is a link to');
  });
});
