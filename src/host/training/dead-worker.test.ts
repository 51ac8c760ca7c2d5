import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createRun } from '../../training/run-folder/create-run';
import { readRun } from '../../training/run-folder/list-runs';
import { LockObserver } from '../../training/run-folder/lock-file';
import { recordDeath } from './record-death';
import { TrainingManager } from './training-manager';

/** Says that it has opened a run, and then dies of `ending`. */
function dyingWorker(runFolder: string, ending: string): Worker {
  const source = `
    const { parentPort } = require('node:worker_threads');
    parentPort.once('message', ({ protocolVersion, jobId }) => {
      const runFolder = ${JSON.stringify(runFolder)};
      parentPort.postMessage({ type: 'opened', runFolder, protocolVersion, jobId, sequence: 0 });
      setImmediate(() => { ${ending} });
    });`;
  return new Worker(source, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } });
}

async function failureAfter(ending: string): Promise<unknown> {
  const runsFolder = join(await temporaryFolder(), 'gan-runs');
  // The lock that the dead worker leaves: this process holds it, as the extension host does.
  const { folder } = await createRun({
    runsFolder,
    experiment: 'toy',
    experimentFile: join(runsFolder, '..', 'toy.gan.json'),
    config: {},
    totalSteps: 10,
    engine: { name: 'onnx', version: '1', threads: 1 },
    workbenchVersion: '0',
  });
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
  };
  const manager = new TrainingManager({
    openWorker: () => dyingWorker(folder, ending),
    maxParallel: () => 1,
    recordDeath: (runFolder, failure) => recordDeath(runFolder, failure, write),
    log: { info: write, warn: write, error: write },
  });
  const ended = once(manager.events, 'ended');
  manager.add({ type: 'start', experimentFile: 'toy.gan.json' });
  await ended;
  const run = await readRun(folder, new LockObserver());
  return 'record' in run ? run.record.failure : run;
}

describe('a worker thread that dies', () => {
  it('of an error that nobody caught is a failed run with that reason', async () => {
    expect(await failureAfter(`throw new Error('the disk is gone');`)).toMatchObject({
      message: expect.stringContaining('the disk is gone'),
      remedy: expect.stringContaining('Resume the run'),
    });
  });

  it('of a full memory is a failed run, and this process lives', async () => {
    const fill = 'const all = []; for (;;) all.push(new Array(100_000).fill({}).map(() => ({})));';
    expect(await failureAfter(fill)).toMatchObject({ message: expect.stringContaining('memory') });
  });

  it('without a word is a failed run as well', async () => {
    expect(await failureAfter('process.exit(7);')).toMatchObject({
      message: expect.stringContaining('code 7'),
    });
  });
});
