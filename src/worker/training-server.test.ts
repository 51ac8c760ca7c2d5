import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { RUN_FILES } from '../shared/run-format';
import {
  type Envelope,
  type FromWorker,
  Receiver,
  Sender,
  type ToWorker,
  type TrainingRequest,
} from '../shared/worker-protocol';
import { checkpointSteps } from '../training/run-folder/checkpoints';
import { serveTraining } from './training-server';

const TOY = {
  data: { source: 'points2d', count: 200 },
  model: 'toy2d',
  length: { steps: 40 },
  logging: { logEvery: 1, sampleEvery: 20, checkpointEvery: 20 },
};

async function experiment(config: object): Promise<string> {
  const file = join(await temporaryFolder(), 'toy.gan.json');
  await writeFile(file, JSON.stringify(config));
  return file;
}

/** Serves one job; `react` may answer each message. Comes back with all messages when the worker has closed. */
async function serve(
  request: TrainingRequest,
  react: (message: FromWorker, send: (message: ToWorker) => void) => void = () => undefined,
): Promise<Envelope<FromWorker>[]> {
  const { port1: host, port2: worker }: { port1: MessagePort; port2: MessagePort } = new MessageChannel();
  const messages: Envelope<FromWorker>[] = [];
  const sender = new Sender<ToWorker>('job', (envelope) => host.postMessage(envelope));
  host.on('message', (message: Envelope<FromWorker>) => {
    messages.push(message);
    react(message, (answer) => sender.send(answer));
  });
  const closed = once(host, 'close');
  serveTraining(worker);
  sender.send({ type: 'train', request });
  await closed;
  return messages;
}

function runFolderOf(messages: readonly FromWorker[]): string {
  const opened = messages.find((message) => message.type === 'opened');
  if (opened?.type !== 'opened') throw new Error('No run was opened.');
  return opened.runFolder;
}

describe('the training server', () => {
  it('trains an experiment to its end, in numbered messages', async () => {
    const messages = await serve({ type: 'start', experimentFile: await experiment(TOY) });
    expect(messages[0]?.type).toBe('opened');
    expect(messages.at(-1)).toMatchObject({ type: 'ended', status: 'completed', step: 40 });
    const receiver = new Receiver('job');
    expect(messages.map((message) => receiver.problem(message))).toEqual(messages.map(() => undefined));
    const written = messages.filter((message) => message.type === 'written');
    expect(written.map((message) => message.what)).toContain('checkpoint');
    expect(messages.findLast((message) => message.type === 'progress')).toMatchObject({
      progress: { step: 40, totalSteps: 40 },
    });
  });

  it('stops with a checkpoint, and goes on from it', async () => {
    const long = { ...TOY, length: { steps: 100_000 } };
    const stopped = await serve(
      { type: 'start', experimentFile: await experiment(long) },
      (message, send) => {
        if (message.type === 'progress') send({ type: 'steer', request: 'stop' });
      },
    );
    const end = stopped.at(-1);
    if (end?.type !== 'ended') throw new Error(`It ended with ${JSON.stringify(end)}.`);
    expect(end.status).toBe('stopped');
    expect(end.step).toBeLessThan(100_000);
    const runFolder = runFolderOf(stopped);
    expect((await checkpointSteps(runFolder)).at(-1)).toBe(end.step);

    const resumed = await serve({ type: 'resume', runFolder }, (message, send) => {
      if (message.type === 'progress') send({ type: 'steer', request: 'stop' });
    });
    expect(runFolderOf(resumed)).toBe(runFolder);
    const secondEnd = resumed.at(-1);
    expect(secondEnd?.type === 'ended' && secondEnd.step > end.step).toBe(true);
  });

  it('pauses and continues', async () => {
    const statuses: string[] = [];
    let paused = false;
    await serve({ type: 'start', experimentFile: await experiment(TOY) }, (message, send) => {
      if (message.type === 'opened') send({ type: 'steer', request: 'pause' });
      if (message.type !== 'status') return;
      statuses.push(message.status);
      if (message.status !== 'paused' || paused) return;
      paused = true;
      send({ type: 'steer', request: 'continue' });
    });
    expect(statuses).toEqual(['running', 'paused', 'running', 'completed']);
  });

  it('a stop that comes before the run is open ends it before its first step', async () => {
    const { port1: host, port2: worker } = new MessageChannel();
    const messages: FromWorker[] = [];
    host.on('message', (message: FromWorker) => messages.push(message));
    const sender = new Sender<ToWorker>('job', (envelope) => host.postMessage(envelope));
    const closed = once(host, 'close');
    serveTraining(worker);
    sender.send({ type: 'train', request: { type: 'start', experimentFile: await experiment(TOY) } });
    sender.send({ type: 'steer', request: 'stop' });
    await closed;
    expect(messages.at(-1)).toMatchObject({ type: 'ended', status: 'stopped', step: 0 });
  });

  it('says what is wrong with an experiment, where, and what to do', async () => {
    const file = await experiment({ ...TOY, model: 'toy3d' });
    const messages = await serve({ type: 'start', experimentFile: file });
    expect(messages).toHaveLength(1);
    const [failed] = messages;
    if (failed?.type !== 'failed') throw new Error('It did not fail.');
    expect(failed.failure.message).toContain('toy3d');
    expect(failed.failure.remedy).not.toBe('');
    const text = await readFile(file, 'utf8');
    expect(failed.failure.place).toEqual({ file, line: 1, column: text.indexOf('"toy3d"') + 1 });
  });

  it('a folder that is no run is refused with its name', async () => {
    const runFolder = await temporaryFolder();
    const [failed] = await serve({ type: 'resume', runFolder });
    expect(failed).toMatchObject({
      type: 'failed',
      failure: { message: expect.stringContaining(join(runFolder, RUN_FILES.run)) },
    });
  });
});
