import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { bundleWorker, type WorkerBundle } from '../../../test/support/worker-bundle';
import { checkpointSteps } from '../../run-folder/checkpoints';
import { readRun } from '../../run-folder/list-runs';
import { LockObserver, readLock } from '../../run-folder/lock-file';
import { RUN_FILES } from '../../shared/run-format';
import { type FromWorker, Sender, type ToWorker } from '../../shared/worker-protocol';
import { recordDeath } from './record-death';
import type { TrainingJob } from './training-job';
import { TrainingManager } from './training-manager';
import { openWorkerProcess } from './worker-process';

let bundle: WorkerBundle;

beforeAll(async () => {
  bundle = await bundleWorker();
});

afterAll(() => bundle.remove());

function managed() {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const manager = new TrainingManager({
    openWorker: () => openWorkerProcess(bundle.file, write),
    maxParallel: () => 1,
    recordDeath: (runFolder, failure) => recordDeath(runFolder, failure, write),
    log: { info: write, warn: write, error: write },
  });
  return { manager, lines };
}

async function longExperiment(): Promise<string> {
  const file = join(await temporaryFolder(), 'toy.gan.json');
  const config = {
    data: { source: 'points2d', count: 200 },
    model: 'toy2d',
    length: { steps: 100_000 },
    logging: { checkpointEvery: 10 },
    engine: { threads: 1 },
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}

/** Resolves once the job has a checkpoint to resume from. */
async function trainedFolder(manager: TrainingManager, job: TrainingJob): Promise<string> {
  for (;;) {
    const { runFolder } = job;
    if (runFolder !== undefined && (await checkpointSteps(runFolder)).length > 0) return runFolder;
    await once(manager.events, 'changed');
  }
}

async function writerOf(runFolder: string): Promise<number> {
  const lock = await readLock(join(runFolder, RUN_FILES.lock));
  if (typeof lock === 'string') throw new Error(`The lock is ${lock}.`);
  return lock.owner.pid;
}

describe('training in a process', () => {
  it('that is killed is a failed run with its reason, which goes on when it is resumed', async () => {
    const { manager } = managed();
    const ended = once(manager.events, 'ended');
    const job = manager.add({ type: 'start', experimentFile: await longExperiment() });
    const folder = await trainedFolder(manager, job);
    const pid = await writerOf(folder);
    expect(pid).not.toBe(process.pid);
    process.kill(pid, 'SIGKILL');
    await ended;
    expect(job.state).toBe('failed');
    const run = await readRun(folder, new LockObserver());
    expect(run).toMatchObject({
      status: 'failed',
      record: {
        failure: {
          message: 'The training process of 00001-toy stopped unexpectedly: it was ended by SIGKILL.',
          remedy: expect.stringContaining('Resume the run'),
        },
      },
    });
    const endedAgain = once(manager.events, 'ended');
    const again = manager.add({ type: 'resume', runFolder: folder });
    while (again.progress === undefined) await once(manager.events, 'changed');
    await manager.close();
    await endedAgain;
    expect(again.state).toBe('stopped');
    expect(await readRun(folder, new LockObserver())).toMatchObject({ status: 'stopped' });
  });

  it('ends by itself, with a checkpoint, when its host is gone', async () => {
    const worker = fork(bundle.file, { stdio: 'ignore', execArgv: [] });
    const gone = once(worker, 'exit');
    const opened = new Promise<string>((resolve) =>
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'opened') resolve(message.runFolder);
      }),
    );
    const request = { type: 'start', experimentFile: await longExperiment() } as const;
    new Sender<ToWorker>('job', (message) => worker.send(message)).send({ type: 'train', request });
    const folder = await opened;
    worker.disconnect();
    expect(await gone).toEqual([0, null]);
    expect(await readRun(folder, new LockObserver())).toMatchObject({ status: 'stopped' });
  });
});

it('has as many threads to decode pictures as there are cores', async () => {
  const script = join(await temporaryFolder(), 'say.cjs');
  await writeFile(
    script,
    'process.stdout.write(process.env.UV_THREADPOOL_SIZE, () => process.disconnect());',
  );
  const said = new Promise<string>((resolve) => openWorkerProcess(script, resolve));
  expect(Number(await said)).toBeGreaterThan(availableParallelism());
});
