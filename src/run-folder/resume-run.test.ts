import { appendFile, cp, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withFlippedBit } from '../../test/support/flipped-bit';
import { temporaryFolder } from '../../test/support/temporary-folder';
import {
  loggedSteps,
  newRun,
  recordsOf,
  resume,
  trainNew,
  trainOpened,
} from '../../test/support/training-job';
import { formatText } from '../shared/localizable-text';
import { type GitState, RUN_FILES, stepFileName } from '../shared/run-format';
import { checkpointPath, checkpointSteps, readCheckpoint } from './checkpoints';
import { createRun } from './create-run';
import { CheckpointError, RunFolderError } from './errors';
import { readMetrics } from './metrics-reader';
import { openRun } from './resume-run';
import { readRunRecord, writeRunRecord } from './run-record';
import { sampleSteps } from './sample-files';

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** 20 steps, checkpoints at 10 and 20, samples every 5. */
async function trained(): Promise<string> {
  return await trainNew(await temporaryFolder());
}

async function opened(folder: string): Promise<{ step: number | undefined; warnings: readonly string[] }> {
  const { run, resumePoint } = await openRun(folder);
  await run.close();
  return {
    step: resumePoint.checkpoint?.state.step,
    warnings: resumePoint.warnings.map((warning) => formatText(warning)),
  };
}

async function discardedSteps(folder: string): Promise<number[]> {
  const steps: number[] = [];
  for (const name of await readdir(join(folder, RUN_FILES.discarded))) {
    const path = join(folder, RUN_FILES.discarded, name, RUN_FILES.metrics);
    for await (const { record } of readMetrics(path)) if (record.type === 'step') steps.push(record.step);
  }
  return steps;
}

/** Simulates an incomplete write of the newest checkpoint. */
async function damageNewest(folder: string): Promise<void> {
  const path = checkpointPath(folder, 20);
  await truncate(path, (await readFile(path)).length - 1);
}

describe('opening a run', () => {
  it('goes on from the newest checkpoint and puts nothing aside when nothing came after it', async () => {
    const folder = await trained();
    expect(await opened(folder)).toEqual({ step: 20, warnings: [] });
    expect(await readdir(folder)).not.toContain(RUN_FILES.discarded);
  });

  it('says how many records were lost where lines are damaged', async () => {
    const folder = await trained();
    const metrics = join(folder, RUN_FILES.metrics);
    const lines = (await readFile(metrics, 'utf8')).split('\n');
    await writeFile(metrics, lines.map((line, i) => (i === 3 || i === 5 ? line.slice(1) : line)).join('\n'));
    const { step, warnings } = await opened(folder);
    expect(step).toBe(20);
    expect(warnings).toEqual([`Damaged lines in ${metrics}, left out: 2`]);
  });

  it('puts aside what came after the checkpoint, and a torn line', async () => {
    const folder = await trained();
    await appendFile(join(folder, RUN_FILES.metrics), '{"schemaVersion":1,"type":"st');
    await opened(folder);
    expect((await readFile(join(folder, RUN_FILES.metrics), 'utf8')).endsWith('}\n')).toBe(true);
    const [name = ''] = await readdir(join(folder, RUN_FILES.discarded));
    expect(await readFile(join(folder, RUN_FILES.discarded, name, RUN_FILES.metrics), 'utf8')).toBe(
      '{"schemaVersion":1,"type":"st',
    );
  });

  it('falls back from a damaged checkpoint to the one before, says so and keeps the damaged file', async () => {
    const folder = await trained();
    await damageNewest(folder);
    const { step, warnings } = await opened(folder);
    expect(step).toBe(10);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('The checkpoint of step 20 cannot be used and was set aside');
    expect(warnings[0]).toContain('truncated');
    expect(await loggedSteps(folder)).toEqual(range(1, 10));
    expect(await discardedSteps(folder)).toEqual(range(11, 20));
    expect(await sampleSteps(folder)).toEqual([0, 5, 10]);
    const kept = join(folder, RUN_FILES.discarded, '0001');
    expect(await readdir(join(kept, RUN_FILES.checkpoints))).toEqual([stepFileName(20, 'safetensors')]);
    expect(await readdir(join(kept, RUN_FILES.samples))).toContain(stepFileName(15, 'png'));
    await resume(folder);
    expect(await loggedSteps(folder)).toEqual(range(1, 20));
  });

  it.each([
    ['the random state', String.raw`words\":[`, 9],
    ["a tensor's name", '":{"dtype"', -1],
    ['the count of images', String.raw`\"images\":`, 11],
  ])('falls back as well when one bit of %s has flipped', async (_what, near, distance) => {
    const folder = await trained();
    const path = checkpointPath(folder, 20);
    const good = await readFile(path);
    // Flips the lowest bit of a letter or digit: it remains one, so the header stays well-formed.
    const at = good.indexOf(near);
    expect(at).toBeGreaterThan(0);
    await writeFile(path, withFlippedBit(good, 8 * (at + distance)));
    const { step, warnings } = await opened(folder);
    expect(step).toBe(10);
    expect(warnings[0]).toContain('do not match the checksum');
  });

  it('moves records of any length byte for byte', async () => {
    const folder = await trained();
    await damageNewest(folder);
    const metrics = join(folder, RUN_FILES.metrics);
    const tail = `${'no record'.repeat(400_000)}\n`;
    await appendFile(metrics, tail);
    const before = await readFile(metrics, 'utf8');
    await opened(folder);
    const moved = await readFile(join(folder, RUN_FILES.discarded, '0001', RUN_FILES.metrics), 'utf8');
    expect(moved.endsWith(tail)).toBe(true);
    const kept = await readFile(metrics, 'utf8');
    expect(before.startsWith(kept)).toBe(true);
    expect(before.slice(kept.length, kept.length + moved.length) === moved).toBe(true);
  });

  it('says in the records that a damaged checkpoint was passed over', async () => {
    const folder = await trained();
    await damageNewest(folder);
    await resume(folder);
    const resumed = (await recordsOf(folder)).find(
      (record) => record.type === 'event' && record.event === 'resumed',
    );
    expect(resumed).toMatchObject({ step: 10, message: expect.stringContaining('step 20 cannot be used') });
  });

  it('refuses when every checkpoint is damaged, and moves nothing', async () => {
    const folder = await trained();
    for (const step of [10, 20]) await writeFile(checkpointPath(folder, step), 'noise');
    await expect(openRun(folder)).rejects.toThrow(CheckpointError);
    expect(await checkpointSteps(folder)).toEqual([10, 20]);
    expect(await loggedSteps(folder)).toEqual(range(1, 20));
    expect(await readdir(folder)).not.toContain(RUN_FILES.lock);
  });

  it('begins at the beginning when there is no checkpoint yet', async () => {
    const folder = await trained();
    for (const step of [10, 20]) {
      await rm(checkpointPath(folder, step));
    }
    expect(await opened(folder)).toEqual({ step: undefined, warnings: [] });
    expect(await loggedSteps(folder)).toEqual([]);
    expect(await discardedSteps(folder)).toEqual(range(1, 20));
    await resume(folder);
    expect(await loggedSteps(folder)).toEqual(range(1, 20));
  });

  it('opens a run that was made and never trained', async () => {
    const run = await createRun(newRun(await temporaryFolder()));
    await run.close();
    expect(await opened(run.folder)).toEqual({ step: undefined, warnings: [] });
  });

  it('refuses a folder that is no run and leaves it as it is', async () => {
    const folder = await temporaryFolder();
    await expect(openRun(folder)).rejects.toThrow(RunFolderError);
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a run of a newer version', async () => {
    const folder = await trained();
    await writeRunRecord(folder, { ...(await readRunRecord(folder)), schemaVersion: 2 });
    await expect(openRun(folder)).rejects.toThrow(
      'has schema version 2; this version of GAN Workbench supports up to 1.',
    );
  });

  it('removes half-written files', async () => {
    const folder = await trained();
    for (const name of ['.a.tmp', 'samples/.b.tmp', 'checkpoints/.c.tmp'])
      await writeFile(join(folder, name), 'x');
    await opened(folder);
    const left = await Promise.all(
      ['.', 'samples', 'checkpoints'].map((name) => readdir(join(folder, name))),
    );
    expect(left.flat().filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('putting aside, killed at any instant and done again', () => {
  /** The result of a single uninterrupted open. */
  async function expected(folder: string): Promise<Record<string, string>> {
    const copy = join(await temporaryFolder(), basename(folder));
    await cp(folder, copy, { recursive: true });
    await opened(copy);
    return await contents(copy);
  }

  async function contents(folder: string): Promise<Record<string, string>> {
    const files: Record<string, string> = {};
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) files[path.slice(folder.length)] = (await readFile(path)).toString('base64');
    }
    return files;
  }

  const partial = (folder: string): string => join(folder, RUN_FILES.discarded, '0001.partial');

  async function copyTail(folder: string): Promise<number> {
    const records = await readFile(join(folder, RUN_FILES.metrics));
    let end = 0;
    for await (const { record, endByte } of readMetrics(join(folder, RUN_FILES.metrics))) {
      if (record.step <= 10) end = endByte;
    }
    await writeFile(join(partial(folder), RUN_FILES.metrics), records.subarray(end));
    return end;
  }

  it.each([
    [
      'after the folder was made',
      async (folder: string) => void (await mkdir(partial(folder), { recursive: true })),
    ],
    [
      'after the records were copied',
      async (folder: string) => {
        await mkdir(partial(folder), { recursive: true });
        await copyTail(folder);
      },
    ],
    [
      'after the records were cut',
      async (folder: string) => {
        await mkdir(partial(folder), { recursive: true });
        await truncate(join(folder, RUN_FILES.metrics), await copyTail(folder));
      },
    ],
    [
      'after one sample was moved',
      async (folder: string) => {
        await mkdir(join(partial(folder), RUN_FILES.samples), { recursive: true });
        await truncate(join(folder, RUN_FILES.metrics), await copyTail(folder));
        const name = join(RUN_FILES.samples, stepFileName(15, 'png'));
        await rename(join(folder, name), join(partial(folder), name));
      },
    ],
  ])('%s', async (_when, kill) => {
    const folder = await trained();
    await damageNewest(folder);
    const wanted = await expected(folder);
    await kill(folder);
    await opened(folder);
    expect(await contents(folder)).toEqual(wanted);
  });

  it('keeps what two sessions put aside apart', async () => {
    const folder = await trained();
    await damageNewest(folder);
    await opened(folder);
    await resume(folder);
    await damageNewest(folder);
    await opened(folder);
    expect(await readdir(join(folder, RUN_FILES.discarded))).toEqual(['0001', '0002']);
    expect(await discardedSteps(folder)).toEqual([...range(11, 20), ...range(11, 20)]);
    expect((await readCheckpoint(checkpointPath(folder, 10))).state.step).toBe(10);
  });
});

describe('the repository of a resumed run', () => {
  const state = (commit: string) => ({ commit, branch: 'main', changes: 'none' }) as const;

  /** Created in `began`, then resumed and trained to the end in each of `later`. */
  async function gitAfter(began: GitState | undefined, ...later: readonly (GitState | undefined)[]) {
    const runsFolder = await temporaryFolder();
    const run = await createRun({ ...newRun(runsFolder), ...(began === undefined ? {} : { git: began }) });
    await run.close();
    for (const git of later) await trainOpened(await openRun(run.folder, { git }));
    return (await readRunRecord(run.folder)).git;
  }

  it('is that in which it began, while the commit stays the same', async () => {
    const changed = { ...state('a'), changes: 'uncommitted' } as const;
    expect(await gitAfter(state('a'), changed, undefined)).toEqual(state('a'));
  });

  it('is followed by each other commit, with the step', async () => {
    expect(await gitAfter(state('a'), state('b'), state('b'), state('a'))).toEqual({
      ...state('a'),
      resumed: [
        { ...state('b'), step: 0 },
        { ...state('a'), step: 20 },
      ],
    });
  });

  it('stays unknown where it was, or where git does not answer', async () => {
    expect(await gitAfter(undefined, state('a'))).toBeUndefined();
    expect(await gitAfter(state('a'), { changes: 'unknown' })).toEqual(state('a'));
  });
});
