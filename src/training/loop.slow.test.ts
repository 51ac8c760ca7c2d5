import { renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { deleteAtOnce } from '../../test/support/delete-at-once';
import { ScalarTask } from '../../test/support/scalar-training';
import { temporaryFolder } from '../../test/support/temporary-folder';
import {
  checkpointBytes,
  jobFor,
  loggedSteps,
  newRun,
  recordsOf,
  renderBytes,
  resume,
  trainNew,
} from '../../test/support/training-job';
import { checkpointPath, checkpointSteps, readCheckpoint } from '../run-folder/checkpoints';
import { requestControl } from '../run-folder/control';
import { createRun } from '../run-folder/create-run';
import { MetricsChangedError, RunDeletedError, RunLockedError } from '../run-folder/errors';
import { readRunRecord } from '../run-folder/run-record';
import { sampleSteps } from '../run-folder/sample-files';
import { describeError } from '../shared/errors';
import { formatText } from '../shared/localizable-text';
import { RUN_FILES, type StoredRunStatus, stepFileName } from '../shared/run-format';
import { decodeSafetensors } from '../storage/safetensors';
import { StorageError } from '../storage/storage-error';
import type { TrainingObserver, TrainingProgress } from './job';
import { TrainingLoop } from './loop';
import { NonFiniteError } from './non-finite';
import type { TrainingWatch } from './training-watch';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('a run from beginning to end', () => {
  it('leaves records, samples and checkpoints at their intervals', async () => {
    const folder = await trainNew(await temporaryFolder());
    expect(await loggedSteps(folder)).toEqual(range(20));
    expect(await sampleSteps(folder)).toEqual([0, 5, 10, 15, 20]);
    expect(await checkpointSteps(folder)).toEqual([10, 20]);
    expect(await readRunRecord(folder)).toMatchObject({ status: 'completed', step: 20, totalSteps: 20 });
    const events = (await recordsOf(folder)).flatMap((record) =>
      record.type === 'event' ? `${record.step} ${record.event}` : [],
    );
    expect(events).toEqual([
      '0 started',
      '0 sample',
      '5 sample',
      '10 sample',
      '10 checkpoint',
      '15 sample',
      '20 sample',
      '20 checkpoint',
      '20 completed',
    ]);
  });

  it('samples its first steps, too, and goes on in the same course', async () => {
    const plain = await trainNew(await temporaryFolder(), { settings: { sampleEvery: 15 } });
    const measured: number[] = [];
    const watch: TrainingWatch = {
      onStep: () => [],
      onSamples: (step) => {
        measured.push(step);
        return [];
      },
      onScores: () => undefined,
    };
    const settings = { sampleEvery: 15, earlySamples: [2, 7, 15, 18] };
    const folder = await trainNew(await temporaryFolder(), { settings, watch });
    expect(await sampleSteps(folder)).toEqual([0, 2, 7, 15, 20]);
    expect(measured).toEqual([0, 15, 20]);
    const name = stepFileName(20, 'safetensors');
    expect((await checkpointBytes(folder, name)).equals(await checkpointBytes(plain, name))).toBe(true);
  });

  it('has the same early samples after a stop between them', async () => {
    const settings = { sampleEvery: 15, earlySamples: [2, 7], checkpointEvery: 3 };
    const folder = await trainNew(await temporaryFolder(), { settings: { ...settings, totalSteps: 4 } });
    await resume(folder, { settings });
    expect(await sampleSteps(folder)).toEqual([0, 2, 4, 7, 15, 20]);
  });

  it('counts the real images that were consumed and the seconds that passed', async () => {
    const folder = await trainNew(await temporaryFolder(), { settings: { logEvery: 4 } });
    const steps = (await recordsOf(folder)).flatMap((record) => (record.type === 'step' ? [record] : []));
    expect(steps.map(({ step, images }) => [step, images])).toEqual([
      [4, 24],
      [8, 48],
      [12, 72],
      [16, 96],
      [20, 120],
    ]);
    const seconds = steps.map((record) => record.seconds);
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
    expect(steps.every(({ imagesPerSecond }) => imagesPerSecond > 0)).toBe(true);
  });

  it('keeps real and generated points and the heat map beside the picture', async () => {
    const folder = await trainNew(await temporaryFolder());
    const path = join(folder, RUN_FILES.samples, stepFileName(5, 'safetensors'));
    const { tensors } = decodeSafetensors(await readFile(path), path);
    expect(tensors.real?.data).toEqual(Float32Array.of(0, -0, 0.1, -1, 0.2, -2, 0.3, -3));
    expect(tensors.fake?.shape).toEqual([4, 2]);
    expect(tensors.heat?.shape).toEqual([64, 64]);
    expect(tensors.extent?.data).toEqual(Float32Array.of(3.75));
  });

  it('draws the same latents for each sample, so that steps can be compared', async () => {
    const folder = await trainNew(await temporaryFolder());
    const fakeMinusPoint = async (step: number): Promise<number> => {
      const path = join(folder, RUN_FILES.samples, stepFileName(step, 'safetensors'));
      const fake = decodeSafetensors(await readFile(path), path).tensors.fake?.data ?? [];
      const { leaves } = await readCheckpoint(checkpointPath(folder, step));
      return (fake[0] ?? Number.NaN) - (leaves['generator/point']?.data[0] ?? Number.NaN);
    };
    expect(await fakeMinusPoint(10)).toBeCloseTo(await fakeMinusPoint(20), 5);
  });

  it('tells its progress after each step', async () => {
    const told: TrainingProgress[] = [];
    await trainNew(await temporaryFolder(), { observer: { onProgress: (progress) => told.push(progress) } });
    expect(told.map(({ step }) => step)).toEqual(range(20));
    expect(told.at(-1)).toMatchObject({ totalSteps: 20, etaSeconds: 0, lastRecord: { step: 20 } });
    expect(told[9]?.etaSeconds).toBeGreaterThan(0);
    expect(told[9]?.imagesPerSecond).toBeGreaterThan(0);
  });

  it('tells the speed that the newest record has', async () => {
    const told: TrainingProgress[] = [];
    const folder = await trainNew(await temporaryFolder(), {
      settings: { logEvery: 4 },
      observer: { onProgress: (progress) => told.push(progress) },
    });
    const records = (await recordsOf(folder)).flatMap((record) => (record.type === 'step' ? [record] : []));
    for (const { step, imagesPerSecond } of told.slice(3)) {
      const newest = records.findLast((record) => record.step <= step);
      expect(imagesPerSecond).toBe(newest?.imagesPerSecond);
    }
  });

  it('thins old samples and deletes old checkpoints', async () => {
    const settings = {
      totalSteps: 40,
      sampleEvery: 1,
      checkpointEvery: 5,
      keepCheckpoints: 2,
      keepRecentSamples: 4,
    };
    const folder = await trainNew(await temporaryFolder(), { settings });
    expect(await checkpointSteps(folder)).toEqual([35, 40]);
    expect(await sampleSteps(folder)).toEqual([0, 16, 24, 28, 32, 34, 36, 37, 38, 39, 40]);
  });
});

describe('exact resume', () => {
  it.each([10, 3])('gives the same bytes after a stop at step %i', async (stopAt) => {
    const straight = await trainNew(await temporaryFolder());
    const halves = await stopped(await temporaryFolder(), stopAt);
    expect(await readRunRecord(halves)).toMatchObject({ status: 'stopped', step: stopAt });
    await resume(halves);
    const name = stepFileName(20, 'safetensors');
    expect((await checkpointBytes(halves, name)).equals(await checkpointBytes(straight, name))).toBe(true);
    expect(await loggedSteps(halves)).toEqual(range(20));
  });

  it('does not depend on where samples, records and checkpoints are taken', async () => {
    const often = await trainNew(await temporaryFolder(), {
      settings: { sampleEvery: 1, checkpointEvery: 1 },
    });
    const seldom = await trainNew(await temporaryFolder(), {
      settings: { logEvery: 100, sampleEvery: 100, checkpointEvery: 100 },
    });
    const name = stepFileName(20, 'safetensors');
    expect((await checkpointBytes(often, name)).equals(await checkpointBytes(seldom, name))).toBe(true);
  });

  it('depends on the seed', async () => {
    const one = await trainNew(await temporaryFolder());
    const other = await trainNew(await temporaryFolder(), { settings: { seed: 8 } });
    const name = stepFileName(20, 'safetensors');
    expect((await checkpointBytes(one, name)).equals(await checkpointBytes(other, name))).toBe(false);
  });

  it('trains a completed run further when it is given more steps', async () => {
    const folder = await trainNew(await temporaryFolder());
    const longer = await trainNew(await temporaryFolder(), { settings: { totalSteps: 30 } });
    expect(await resume(folder, { settings: { totalSteps: 30 } })).toEqual({ status: 'completed', step: 30 });
    const name = stepFileName(30, 'safetensors');
    expect((await checkpointBytes(folder, name)).equals(await checkpointBytes(longer, name))).toBe(true);
    expect(await loggedSteps(folder)).toEqual(range(30));
    expect((await readRunRecord(folder)).totalSteps).toBe(30);
  });

  it('accumulates the seconds of training over the sessions', async () => {
    const folder = await stopped(await temporaryFolder(), 10);
    const before = (await readRunRecord(folder)).trainingSeconds;
    await resume(folder);
    const seconds = (await recordsOf(folder)).flatMap((record) =>
      record.type === 'step' ? record.seconds : [],
    );
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
    expect((await readRunRecord(folder)).trainingSeconds).toBeGreaterThan(before);
  });

  it('refuses a checkpoint of other networks and names a tensor that differs', async () => {
    const folder = await stopped(await temporaryFolder(), 10);
    class OtherTask extends ScalarTask {
      override initialState(): ReturnType<ScalarTask['initialState']> {
        return { 'generator/point': { shape: [3], dtype: 'float32', data: new Float32Array(3) } };
      }
    }
    await expect(resume(folder, { task: new OtherTask() })).rejects.toThrow(
      '2 tensors differ, the first is generator/point (checkpoint: float32 [2], experiment: float32 [3])',
    );
  });
});

describe('steering', () => {
  it('stops after the step that is under way, with a checkpoint', async () => {
    const folder = await stopped(await temporaryFolder(), 7);
    expect(await checkpointSteps(folder)).toEqual([7]);
    expect(await loggedSteps(folder)).toEqual(range(7));
  });

  it('writes a checkpoint when it is asked to', async () => {
    const folder = await steered(await temporaryFolder(), 4, (loop) => loop.checkpointNow());
    expect(await checkpointSteps(folder)).toEqual([4, 10, 20]);
  });

  it('stands still while it is paused and does not count that time', async () => {
    const statuses: StoredRunStatus[] = [];
    const run = await createRun(newRun(await temporaryFolder()));
    const loop: TrainingLoop = new TrainingLoop(
      jobFor(run, {
        observer: {
          onProgress: ({ step }) => {
            if (step === 6) loop.pause();
          },
          onStatus: (status) => {
            statuses.push(status);
            if (status !== 'paused') return;
            expect(run.record).toMatchObject({ status: 'paused', step: 6 });
            loop.continue();
          },
        },
      }),
    );
    expect(await loop.run()).toEqual({ status: 'completed', step: 20 });
    await run.close();
    expect(statuses).toEqual(['running', 'paused', 'running', 'completed']);
    const records = await recordsOf(run.folder);
    const secondsOf = (event: string): number | undefined =>
      records.flatMap((record) =>
        record.type === 'event' && record.event === event ? record.seconds : [],
      )[0];
    expect(secondsOf('continued')).toBeGreaterThanOrEqual(secondsOf('paused') ?? Number.NaN);
  });

  it('can be stopped and can write a checkpoint while it is paused', async () => {
    const run = await createRun(newRun(await temporaryFolder()));
    const loop: TrainingLoop = new TrainingLoop(
      jobFor(run, {
        observer: {
          onProgress: ({ step }) => {
            if (step === 6) loop.pause();
          },
          onStatus: (status) => {
            if (status === 'paused') loop.checkpointNow();
          },
          onCheckpoint: () => loop.stop(),
        },
      }),
    );
    expect(await loop.run()).toEqual({ status: 'stopped', step: 6 });
    await run.close();
    expect(await checkpointSteps(run.folder)).toEqual([6]);
  });

  it('names the checkpoint of its step to whoever asks for another', async () => {
    const run = await createRun(newRun(await temporaryFolder()));
    const files: string[] = [];
    const loop: TrainingLoop = new TrainingLoop(
      jobFor(run, {
        settings: { checkpointEvery: 5 },
        observer: {
          // When requests are next polled, the step already has a checkpoint.
          onCheckpoint: ({ file }) => (files.push(file) === 1 ? loop.checkpointNow() : loop.stop()),
        },
      }),
    );
    expect(await loop.run()).toEqual({ status: 'stopped', step: 6 });
    await run.close();
    expect(files.slice(0, 2)).toEqual([checkpointPath(run.folder, 5), checkpointPath(run.folder, 5)]);
  });

  it('obeys requests in the control folder, also while it is paused', async () => {
    const run = await createRun(newRun(await temporaryFolder()));
    await requestControl(run.folder, 'pause');
    const loop = new TrainingLoop(
      jobFor(run, {
        observer: {
          onStatus: (status) => {
            if (status === 'paused') void requestControl(run.folder, 'stop');
          },
        },
      }),
    );
    expect(await loop.run()).toEqual({ status: 'stopped', step: 0 });
    await run.close();
    expect(await readdir(join(run.folder, RUN_FILES.control, 'requests'))).toEqual([]);
  });

  it('does not obey a request that was made to an earlier session', async () => {
    const folder = await stopped(await temporaryFolder(), 7);
    await requestControl(folder, 'stop');
    expect(await resume(folder)).toEqual({ status: 'completed', step: 20 });
  });

  it('is the only one that trains the run', async () => {
    const run = await createRun(newRun(await temporaryFolder()));
    const refusal: unknown = await resume(run.folder).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RunLockedError);
    expect(describeError(refusal)).toContain(`process ${process.pid} on `);
    await run.close();
  });
});

describe('failures', () => {
  it('says that the folder was deleted, whichever file is missed first, and leaves nothing there', async () => {
    const afterDeletion = async (settings: object): Promise<unknown> => {
      const run = await createRun(newRun(await temporaryFolder()));
      const onProgress = ({ step }: TrainingProgress): void => {
        if (step === 7) deleteAtOnce(run.folder);
      };
      const loop = new TrainingLoop(jobFor(run, { settings, observer: { onProgress } }));
      const reason: unknown = await loop.run().catch((error: unknown) => error);
      await run.close();
      expect(await readdir(join(run.folder, '..'))).toEqual(['.gitignore']);
      return reason;
    };
    for (const settings of [{}, { sampleEvery: 1 }, { checkpointEvery: 1 }]) {
      const reason = await afterDeletion(settings);
      expect(reason).toBeInstanceOf(RunDeletedError);
      expect(reason).toMatchObject({
        message: expect.stringMatching(/^The run’s folder was deleted during training: /),
        remedy: 'The run cannot be resumed. Train the experiment again.',
      });
    }
  });

  it('restores records that were deleted, and says so', async () => {
    const run = await createRun(newRun(await temporaryFolder()));
    const file = join(run.folder, RUN_FILES.metrics);
    const warnings: string[] = [];
    const observer: TrainingObserver = {
      onProgress: ({ step }) => {
        if (step === 7) rmSync(file);
      },
      onWarning: (message) => warnings.push(formatText(message)),
    };
    expect(await new TrainingLoop(jobFor(run, { observer })).run()).toMatchObject({ status: 'completed' });
    await run.close();
    expect(await loggedSteps(run.folder)).toEqual(range(20));
    expect(warnings).toEqual([`${file} was deleted during training and has been restored.`]);
    expect(await readFile(join(run.folder, RUN_FILES.log), 'utf8')).toContain(warnings[0]);
  });

  it.each([
    ['truncated', (file: string) => truncateSync(file, 0)],
    [
      'replaced',
      (file: string) => {
        renameSync(file, `${file}.old`);
        writeFileSync(file, '');
      },
    ],
  ])('ends with a checkpoint where the records were %s', async (_, change) => {
    const run = await createRun(newRun(await temporaryFolder()));
    const observer: TrainingObserver = {
      onProgress: ({ step }) => {
        if (step === 7) change(join(run.folder, RUN_FILES.metrics));
      },
    };
    const reason: unknown = await new TrainingLoop(jobFor(run, { observer }))
      .run()
      .catch((error: unknown) => error);
    await run.close();
    expect(reason).toBeInstanceOf(MetricsChangedError);
    expect(await readRunRecord(run.folder)).toMatchObject({ status: 'failed', step: 7 });
    expect(await checkpointSteps(run.folder)).toContain(7);
  });

  it('keeps the last good state when a step gives NaN and says where it began', async () => {
    const runs = await temporaryFolder();
    const healthy = await trainNew(runs, { settings: { totalSteps: 12, checkpointEvery: 12 } });
    await expect(trainNew(runs, { task: new ScalarTask(13) })).rejects.toThrow(
      'Training stopped at step 13: NaN or infinity in gradient of generator/point.',
    );
    const failed = join(runs, '00002-line-points');
    expect(await readRunRecord(failed)).toMatchObject({
      status: 'failed',
      step: 12,
      failure: { step: 13, tensor: 'gradient of generator/point' },
    });
    const name = stepFileName(12, 'safetensors');
    expect((await checkpointBytes(failed, name)).equals(await checkpointBytes(healthy, name))).toBe(true);
    expect(await loggedSteps(failed)).toEqual(range(12));
  });

  it('finds values that are not finite even when the task does not', async () => {
    class InfiniteTask extends ScalarTask {
      override async trainStep(
        ...args: Parameters<ScalarTask['trainStep']>
      ): ReturnType<ScalarTask['trainStep']> {
        const result = await super.trainStep(...args);
        return args[1].step === 2 ? { ...result, extra: { r1Penalty: Number.POSITIVE_INFINITY } } : result;
      }
    }
    await expect(trainNew(await temporaryFolder(), { task: new InfiniteTask() })).rejects.toThrow(
      new NonFiniteError(2, 'r1Penalty'),
    );
  });

  it('goes on from the last good state when the cause is gone', async () => {
    const runs = await temporaryFolder();
    await expect(trainNew(runs, { task: new ScalarTask(13) })).rejects.toThrow(NonFiniteError);
    const folder = join(runs, '00001-line-points');
    await resume(folder);
    const record = await readRunRecord(folder);
    expect(record.status).toBe('completed');
    expect(record.failure).toBeUndefined();
    const straight = await trainNew(await temporaryFolder());
    const name = stepFileName(20, 'safetensors');
    expect((await checkpointBytes(folder, name)).equals(await checkpointBytes(straight, name))).toBe(true);
  });

  it('goes back to the state before a step in the middle of which the engine failed', async () => {
    class BrokenTask extends ScalarTask {
      override async trainStep(
        ...args: Parameters<ScalarTask['trainStep']>
      ): ReturnType<ScalarTask['trainStep']> {
        const result = await super.trainStep(...args);
        if (args[1].step === 5) throw new Error('the device is lost');
        return result;
      }
    }
    const runs = await temporaryFolder();
    await expect(trainNew(runs, { task: new BrokenTask() })).rejects.toThrow('the device is lost');
    const folder = join(runs, '00001-line-points');
    const healthy = await stopped(await temporaryFolder(), 4);
    const name = stepFileName(4, 'safetensors');
    expect((await checkpointBytes(folder, name)).equals(await checkpointBytes(healthy, name))).toBe(true);
    expect(await readFile(join(folder, RUN_FILES.log), 'utf8')).toContain('the device is lost\n    at');
  });

  it('keeps no step whose record could not be written, so that a resume leaves no gap', async () => {
    const run = await createRun(newRun(await temporaryFolder()));
    const append = run.append.bind(run);
    vi.spyOn(run, 'append').mockImplementation(async (record) => {
      if (record.type === 'step' && record.step === 7)
        throw new StorageError('the disk is full', 'free some space');
      return await append(record);
    });
    await expect(new TrainingLoop(jobFor(run)).run()).rejects.toThrow('the disk is full');
    await run.close();
    expect(await checkpointSteps(run.folder)).toEqual([6]);
    await resume(run.folder);
    expect(await loggedSteps(run.folder)).toEqual(range(20));
  });

  it('makes up for a sample that could not be written', async () => {
    const runs = await temporaryFolder();
    const run = await createRun(newRun(runs));
    const broken = { ...jobFor(run), renderSamples: failAfter(2) };
    await expect(new TrainingLoop(broken).run()).rejects.toThrow('cannot draw');
    await run.close();
    expect(await sampleSteps(run.folder)).toEqual([0, 5]);
    await resume(run.folder);
    expect(await sampleSteps(run.folder)).toEqual([0, 5, 10, 15, 20]);
    expect(await loggedSteps(run.folder)).toEqual(range(20));
  });

  it('says so when the folder cannot be written any more', async () => {
    const run = await createRun(newRun(await temporaryFolder()));
    const warnings: string[] = [];
    const loop = new TrainingLoop(
      jobFor(run, {
        settings: { sampleEvery: 100 },
        observer: {
          onWarning: (warning) => warnings.push(formatText(warning)),
          onSample: () => replaceByFile(join(run.folder, RUN_FILES.checkpoints)),
        },
      }),
    );
    await expect(loop.run()).rejects.toThrow(/^Cannot write .*step-00000010\.safetensors: .*ENOTDIR/);
    await run.close();
    expect(warnings).toHaveLength(1);
    expect(await readRunRecord(run.folder)).toMatchObject({ status: 'failed', step: 10 });
  });
});

function failAfter(pictures: number): typeof renderBytes {
  let left = pictures;
  return (samples) => {
    if (left-- === 0) throw new Error('cannot draw');
    return renderBytes(samples);
  };
}

function replaceByFile(path: string): void {
  rmSync(path, { recursive: true });
  writeFileSync(path, '');
}

async function steered(
  runsFolder: string,
  atStep: number,
  steer: (loop: TrainingLoop) => void,
): Promise<string> {
  const run = await createRun(newRun(runsFolder));
  const loop: TrainingLoop = new TrainingLoop(
    jobFor(run, {
      observer: {
        onProgress: ({ step }) => {
          if (step === atStep) steer(loop);
        },
      },
    }),
  );
  await loop.run();
  await run.close();
  return run.folder;
}

async function stopped(runsFolder: string, atStep: number): Promise<string> {
  return await steered(runsFolder, atStep, (loop) => loop.stop());
}
