import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createToyRun } from '../../../test/support/toy-run';
import { readRun } from '../../run-folder/list-runs';
import { LockObserver } from '../../run-folder/lock-file';
import { recordDeath } from './record-death';
import type { TrainingWorker } from './training-job';
import { TrainingManager } from './training-manager';
import { openWorkerProcess } from './worker-process';

/** Reports that it has opened a run and then dies of `ending`, in a thread or in a process. */
async function dyingWorker(runFolder: string, ending: string): Promise<string> {
  const source = `
    const { parentPort } = require('node:worker_threads');
    const port = parentPort ?? process;
    const send = parentPort === null ? process.send.bind(process) : parentPort.postMessage.bind(parentPort);
    port.once('message', ({ protocolVersion, jobId }) => {
      const runFolder = ${JSON.stringify(runFolder)};
      send({ type: 'opened', runFolder, protocolVersion, jobId, sequence: 0 });
      setTimeout(() => { ${ending} });
    });`;
  const file = join(await temporaryFolder(), 'dying.cjs');
  await writeFile(file, source);
  return file;
}

function openSmallThread(file: string): TrainingWorker {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: 16 } });
  return Object.assign(worker, { isolation: 'thread' } as const);
}

function openSmallProcess(file: string): TrainingWorker {
  vi.stubEnv('NODE_OPTIONS', '--max-old-space-size=32');
  try {
    return openWorkerProcess(file, () => undefined);
  } finally {
    vi.unstubAllEnvs();
  }
}

type OpenWorker = (file: string) => TrainingWorker;

async function failureAfter(open: OpenWorker, ending: string): Promise<unknown> {
  const runsFolder = join(await temporaryFolder(), 'gan-runs');
  // The lock left by the dead worker: it is held by this process, like a lock of the extension host.
  const run = await createToyRun({ runsFolder, experimentFile: join(runsFolder, '..', 'toy.gan.json') });
  onTestFinished(() => run.close());
  const { folder } = run;
  const file = await dyingWorker(folder, ending);
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
  };
  const manager = new TrainingManager({
    openWorker: () => open(file),
    maxParallel: () => 1,
    recordDeath: (runFolder, failure) => recordDeath(runFolder, failure, write),
    log: { info: write, warn: write, error: write },
  });
  const ended = once(manager.events, 'ended');
  manager.add({ type: 'start', experimentFile: 'toy.gan.json' });
  await ended;
  const listed = await readRun(folder, new LockObserver());
  return 'record' in listed ? listed.record.failure : listed;
}

describe.each([
  ['thread', openSmallThread],
  ['process', openSmallProcess],
])('a worker %s that dies', (_, open) => {
  it('of an error that nobody caught is a failed run with that reason', async () => {
    expect(await failureAfter(open, `throw new Error('the disk is gone');`)).toMatchObject({
      message: expect.stringContaining('the disk is gone'),
      remedy: expect.stringContaining('Resume the run'),
      // Used to show the failure in another language.
      said: {
        message: { values: ['00001-toy', expect.anything()] },
        remedy: { values: [] },
      },
    });
  });

  it('of a full memory is a failed run, and this process lives', async () => {
    const fill = 'const all = []; for (;;) all.push(new Array(100_000).fill({}).map(() => ({})));';
    expect(await failureAfter(open, fill)).toMatchObject({ message: expect.stringContaining('memory') });
  });

  it('without a word is a failed run as well', async () => {
    expect(await failureAfter(open, 'process.exit(7);')).toMatchObject({
      message: expect.stringContaining('code 7'),
    });
  });
});

describe('a worker process that dies', () => {
  it.each(['SIGKILL', 'SIGABRT', 'SIGSEGV'])('of %s is a failed run that names it', async (signal) => {
    expect(await failureAfter(openSmallProcess, `process.kill(process.pid, '${signal}');`)).toMatchObject({
      message: expect.stringContaining(
        `process of 00001-toy stopped unexpectedly: it was ended by ${signal}`,
      ),
      remedy: expect.stringContaining('Resume the run'),
    });
  });
});
