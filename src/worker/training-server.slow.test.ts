import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { deleteAtOnce } from '../../test/support/delete-at-once';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { bundleWorker, type WorkerBundle } from '../../test/support/worker-bundle';
import { openWorkerProcess } from '../host/training/worker-process';
import { openWorkerThread } from '../host/training/worker-thread';
import { checkpointSteps } from '../run-folder/checkpoints';
import { readInterventions } from '../run-folder/interventions';
import { readRunRecord } from '../run-folder/run-record';
import { readLatestConfig, readStoredConfig } from '../session/stored-run';
import { describeError } from '../shared/errors';
import { RUN_FILES } from '../shared/run-format';
import {
  type Envelope,
  type FromWorker,
  Receiver,
  Sender,
  type ToWorker,
  type TrainingRequest,
} from '../shared/worker-protocol';
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

/** One end of a worker under test: sends messages, and receives the worker's until it exits. */
interface Served {
  post(message: Envelope<ToWorker>): void;
  onMessage(listener: (message: Envelope<FromWorker>) => void): void;
  readonly gone: Promise<unknown>;
}

function serveOverPort(): Served {
  const { port1: host, port2: worker }: { port1: MessagePort; port2: MessagePort } = new MessageChannel();
  serveTraining(worker);
  return {
    post: (message) => host.postMessage(message),
    onMessage: (listener) => host.on('message', listener),
    gone: once(host, 'close'),
  };
}

let bundle: WorkerBundle | undefined;

afterAll(() => bundle?.remove());

async function serveIn(open: typeof openWorkerProcess): Promise<Served> {
  bundle ??= await bundleWorker();
  const output: string[] = [];
  const worker = open(bundle.file, (text) => output.push(text));
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.on('message', listener),
    gone: new Promise((resolve, reject) => {
      worker.on('error', (error) => reject(new Error(`${describeError(error)}: ${output.join('')}`)));
      worker.on('exit', resolve);
    }),
  };
}

const serveInProcess = (): Promise<Served> => serveIn(openWorkerProcess);
const serveInThread = (): Promise<Served> => serveIn(openWorkerThread);

/** Serves one job; `react` may answer each message. Resolves with all messages when the worker has closed. */
async function serveWith(
  open: () => Served | Promise<Served>,
  request: TrainingRequest,
  react: (message: FromWorker, send: (message: ToWorker) => void) => void = () => undefined,
  early: readonly ToWorker[] = [],
): Promise<Envelope<FromWorker>[]> {
  const worker = await open();
  const messages: Envelope<FromWorker>[] = [];
  const sender = new Sender<ToWorker>('job', (envelope) => worker.post(envelope));
  worker.onMessage((message) => {
    messages.push(message);
    react(message, (answer) => sender.send(answer));
  });
  sender.send({ type: 'train', request });
  for (const message of early) sender.send(message);
  await worker.gone;
  return messages;
}

function runFolderOf(messages: readonly FromWorker[]): string {
  const opened = messages.find((message) => message.type === 'opened');
  if (opened?.type !== 'opened') throw new Error('No run was opened.');
  return opened.runFolder;
}

describe.each([
  ['over a port, as in a thread', serveOverPort],
  ['in a process', serveInProcess],
])('the training server %s', (_, open) => {
  const serve = (
    request: TrainingRequest,
    react?: (message: FromWorker, send: (message: ToWorker) => void) => void,
    early?: readonly ToWorker[],
  ): Promise<Envelope<FromWorker>[]> => serveWith(open, request, react, early);

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

  it('sends live samples while it is watched', async () => {
    const long = { ...TOY, length: { steps: 100_000 } };
    const messages = await serve(
      { type: 'start', experimentFile: await experiment(long) },
      (message, send) => {
        if (message.type === 'liveSample' && message.step > 3) send({ type: 'steer', request: 'stop' });
      },
      [{ type: 'watch', isWatched: true }],
    );
    const live = messages.findLast((message) => message.type === 'liveSample');
    if (live?.type !== 'liveSample') throw new Error('There is none.');
    expect(live.sample.fake).toBeInstanceOf(Float32Array);
    expect(live.sample.descent).toHaveLength(live.sample.fake.length);
    expect(live.sample.manifold).toMatchObject({ columns: 25, latentSize: 2 });
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

    expect(await readRunRecord(runFolder)).toMatchObject({ status: 'stopped', stoppedBy: 'user' });

    const resumed = await serve({ type: 'resume', runFolder }, (message, send) => {
      if (message.type === 'progress') send({ type: 'steer', request: 'shutdown' });
    });
    expect(runFolderOf(resumed)).toBe(runFolder);
    expect(await readRunRecord(runFolder)).toMatchObject({ status: 'stopped', stoppedBy: 'shutdown' });
    const secondEnd = resumed.at(-1);
    expect(secondEnd?.type === 'ended' && secondEnd.step > end.step).toBe(true);
  });

  it('trains a completed run longer, and remembers its new length', async () => {
    const started = await serve({ type: 'start', experimentFile: await experiment(TOY) });
    const runFolder = runFolderOf(started);
    const longer = await serve({ type: 'resume', runFolder, totalSteps: 60 });
    expect(longer.at(-1)).toMatchObject({ type: 'ended', status: 'completed', step: 60 });
    await serve({ type: 'resume', runFolder });
    expect(await readRunRecord(runFolder)).toMatchObject({ status: 'completed', step: 60, totalSteps: 60 });
  });

  it('goes on from an older checkpoint in a new run that names its parent, up to another end', async () => {
    const started = await serve({ type: 'start', experimentFile: await experiment(TOY) });
    const runFolder = runFolderOf(started);
    const forked = await serve({ type: 'fork', runFolder, fromStep: 20, totalSteps: 30 });
    expect(forked.at(-1)).toMatchObject({ type: 'ended', status: 'completed', step: 30 });
    const child = runFolderOf(forked);
    expect(child).not.toBe(runFolder);
    expect(await readRunRecord(child)).toMatchObject({
      parent: { run: basename(runFolder), step: 20 },
      step: 30,
      totalSteps: 30,
    });
    expect(await readRunRecord(runFolder)).toMatchObject({ status: 'completed', step: 40 });
    const [refused] = await serve({ type: 'fork', runFolder, fromStep: 21 });
    expect(refused).toMatchObject({
      type: 'failed',
      failure: { message: expect.stringContaining('no checkpoint of step 21') },
    });
  });

  it('takes the threads that it is told, and writes them into the config of the run', async () => {
    const experimentFile = await experiment({ ...TOY, engine: { threads: 2 } });
    const messages = await serve({ type: 'start', experimentFile, threads: 1 });
    const runFolder = runFolderOf(messages);
    expect((await readStoredConfig(runFolder)).engine.threads).toBe(1);
    expect((await readRunRecord(runFolder)).engine.threads).toBe(1);
  });

  it('takes the engine that it is told where the experiment leaves the choice open', async () => {
    const trainedOn = async (engine: object): Promise<readonly string[]> => {
      const experimentFile = await experiment({ ...TOY, length: { steps: 1 }, engine });
      const messages = await serve({ type: 'start', experimentFile, engine: 'onnx-wasm' });
      const runFolder = runFolderOf(messages);
      const { engine: stored } = await readStoredConfig(runFolder);
      return [stored.name, (await readRunRecord(runFolder)).engine.name];
    };
    expect(await trainedOn({ threads: 1 })).toEqual(['onnx-wasm', 'onnx-wasm']);
    expect(await trainedOn({ name: 'onnx' })).toEqual(['onnx', 'onnx']);
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

  it('answers live requests', async () => {
    const answers: unknown[] = [];
    const messages = await serve(
      { type: 'start', experimentFile: await experiment(TOY) },
      (message, send) => {
        if (message.type === 'opened') send({ type: 'steer', request: 'pause' });
        if (message.type === 'status' && message.status === 'paused') {
          send({ type: 'live', number: 4, request: { type: 'stepOnce' } });
          send({ type: 'live', number: 5, request: { type: 'applyChange', changes: { criticSteps: 3 } } });
          send({ type: 'live', number: 6, request: { type: 'stepPlayer', player: 'generator' } });
        }
        if (message.type !== 'answer') return;
        answers.push([message.number, message.refusal?.remedy]);
        if (message.number !== 6) return;
        send({ type: 'steer', request: 'continue' });
        send({ type: 'live', number: 7, request: { type: 'stepOnce' } });
      },
    );
    expect(answers).toEqual([
      [4, undefined],
      [5, undefined],
      [6, undefined],
      [7, 'Pause it first.'],
    ]);
    const runFolder = runFolderOf(messages);
    expect((await readLatestConfig(runFolder)).criticSteps).toBe(3);
    expect((await readInterventions(runFolder)).map(({ type }) => type)).toEqual(['change', 'playerStep']);
  });

  it('says that the run was deleted, and which experiment can be trained again', async () => {
    const experimentFile = await experiment({ ...TOY, length: { steps: 1_000_000 } });
    let runFolder = '';
    const messages = await serve({ type: 'start', experimentFile }, (message) => {
      if (message.type === 'opened') ({ runFolder } = message);
      if (message.type === 'progress' && existsSync(runFolder)) deleteAtOnce(runFolder);
    });
    expect(messages.at(-1)).toMatchObject({
      type: 'failed',
      failure: {
        message: `The run’s folder was deleted during training: ${runFolder}.`,
        deletedRun: { experimentFile },
      },
    });
  });

  it('a stop that comes before the run is open ends it before its first step', async () => {
    const messages = await serve({ type: 'start', experimentFile: await experiment(TOY) }, undefined, [
      { type: 'steer', request: 'stop' },
    ]);
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

it.runIf(process.platform === 'linux')(
  'asks for a process where another thread uses the graphics card',
  async () => {
    process.env.GAN_WORKBENCH_WEBGPU_THREAD = `${process.pid}:1000`;
    onTestFinished(() => void delete process.env.GAN_WORKBENCH_WEBGPU_THREAD);
    const experimentFile = await experiment({ ...TOY, engine: { name: 'onnx-webgpu' } });
    expect(await serveWith(serveOverPort, { type: 'start', experimentFile })).toMatchObject([
      { type: 'failed', failure: { needsProcess: true } },
    ]);
  },
);

it.each([
  ['thread', serveInThread],
  ['process', serveInProcess],
])('a %s ends with an error where a module never finishes loading', async (_, open) => {
  const folder = await temporaryFolder();
  const experimentFile = join(folder, 'own.gan.json');
  await writeFile(join(folder, 'own.mjs'), 'await new Promise(() => {});\nexport function generator() {}');
  const generator = { network: 'module', module: './own.mjs', export: 'generator' };
  await writeFile(experimentFile, JSON.stringify({ ...TOY, generator }));
  const messages = await serveWith(open, { type: 'start', experimentFile });
  expect(messages).toMatchObject([
    {
      type: 'failed',
      failure: { message: expect.stringContaining('cannot be loaded: its top-level await never finishes') },
    },
  ]);
});
