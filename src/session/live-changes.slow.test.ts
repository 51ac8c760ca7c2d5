/** Runs that are changed while they train: the same bytes however often they are interrupted. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { checkpointBytes, recordsOf } from '../../test/support/training-job';
import { loadExperiment } from '../config/load';
import { checkpointPath, checkpointSteps, readCheckpoint } from '../run-folder/checkpoints';
import { readInterventions } from '../run-folder/interventions';
import { readRunRecord } from '../run-folder/run-record';
import type { LiveRequest } from '../shared/live-request';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import type { TrainingLoop } from '../training/loop';
import { openGenerator, readConfigAt, readLatestConfig, readStoredConfig } from './stored-run';
import { resumeSession, startSession, type TrainingSession } from './training-session';

const TOY = {
  data: { source: 'points2d', count: 200, batchSize: 8 },
  model: 'toy2d',
  generator: { network: 'mlp', hidden: [8, 8] },
  discriminator: { network: 'mlp', hidden: [8, 8] },
  length: { steps: 40 },
  logging: { sampleEvery: 20, sampleCount: 16, checkpointEvery: 10, keepCheckpoints: 10 },
  evaluation: false,
  engine: { threads: 1 },
};

/** By the step after which they are asked of the paused run. */
type Script = Readonly<Record<number, readonly LiveRequest[]>>;

const SCRIPT: Script = {
  10: [{ type: 'applyChange', changes: { 'optimiser.generatorLearningRate': 0.003 } }],
  13: [
    { type: 'stepPlayer', player: 'discriminator' },
    { type: 'stepPlayer', player: 'discriminator' },
    { type: 'stepPlayer', player: 'generator' },
    { type: 'stepOnce' },
  ],
  17: [{ type: 'applyChange', changes: { objective: { name: 'hinge' }, criticSteps: 3 } }],
  24: [
    { type: 'applyChange', changes: { 'generator.hidden': [12, 8, 8] } },
    { type: 'stepPlayer', player: 'generator' },
  ],
  33: [
    {
      type: 'applyChange',
      changes: { 'discriminator.hidden': [8], regularisers: [{ name: 'r1', weight: 0.1 }] },
    },
  ],
};

/** Does what the script says when its run pauses; returns what was refused. */
function actor(script: Script) {
  const refused: unknown[] = [];
  let loop: TrainingLoop | undefined;
  let paused = 0;
  const act = async (step: number): Promise<void> => {
    for (const request of script[step] ?? [])
      await loop?.ask(request).catch((error: unknown) => refused.push(error));
    loop?.continue();
  };
  return {
    refused,
    observer: {
      onProgress: ({ step }: { readonly step: number }) => {
        if (!(step in script) || step === paused) return;
        paused = step;
        loop?.pause();
      },
      onStatus: (status: string) => {
        if (status === 'paused') void act(paused);
      },
    },
    async train(session: TrainingSession): Promise<string> {
      loop = session.loop;
      await session.run();
      return session.folder;
    },
  };
}

async function trainNew(script: Script, place?: string) {
  const file = join(place ?? (await temporaryFolder()), 'toy.gan.json');
  await writeFile(file, JSON.stringify(TOY));
  const { observer, train, refused } = actor(script);
  const folder = await train(await startSession({ experiment: await loadExperiment(file, []), observer }));
  return { folder, refused };
}

/** As after a crash that nothing of the later checkpoints survived. */
async function killedAfter(folder: string, step: number): Promise<string> {
  const copy = join(await temporaryFolder(), 'gan-runs', basename(folder));
  await cp(folder, copy, { recursive: true });
  for (const later of (await checkpointSteps(copy)).filter((one) => one > step))
    await rm(checkpointPath(copy, later));
  return copy;
}

async function resume(runFolder: string, script: Script = {}): Promise<readonly unknown[]> {
  const record = await readRunRecord(runFolder);
  const { observer, train, refused } = actor(script);
  await train(
    await resumeSession({
      runFolder,
      config: await readStoredConfig(runFolder),
      experimentFile: join(dirname(runFolder), 'toy.gan.json'),
      experimentName: record.experiment,
      observer,
    }),
  );
  return refused;
}

const last = stepFileName(40, 'safetensors');
const events = async (folder: string): Promise<string[]> =>
  (await recordsOf(folder)).flatMap((record) =>
    record.type === 'event' && (record.event === 'changed' || record.event === 'playerStep')
      ? `${record.step} ${record.player ?? record.changes?.map(({ key }) => key).join(' ')}`
      : [],
  );

describe('a run that is changed while it trains', () => {
  let [place, folder] = ['', ''];
  afterAll(() => rm(place, { recursive: true, force: true }));
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'gan-test-'));
    const trained = await trainNew(SCRIPT, place);
    expect(trained.refused).toEqual([]);
    ({ folder } = trained);
  });

  it('records what was done to it', async () => {
    const done = await events(folder);
    expect(done).toEqual([
      '10 optimiser.generatorLearningRate',
      '13 discriminator',
      '13 discriminator',
      '13 generator',
      expect.stringMatching(/^17 .*criticSteps/),
      '24 generator.hidden',
      '24 generator',
      expect.stringMatching(/^33 .*discriminator\.hidden/),
    ]);
    expect(await readInterventions(folder)).toHaveLength(8);
  });

  it.each([0, 10, 20, 30])('has the same bytes after a crash since step %d', async (step) => {
    const copy = await killedAfter(folder, step);
    await resume(copy);
    expect((await checkpointBytes(copy, last)).equals(await checkpointBytes(folder, last))).toBe(true);
    expect(await events(copy)).toEqual(await events(folder));
  });

  it('has the configuration in force at each checkpoint', async () => {
    const at = async (step: number): Promise<unknown> => {
      const { generator, criticSteps, optimiser } = await readConfigAt(folder, step);
      return [generator.hidden, criticSteps, optimiser.generatorLearningRate];
    };
    const { generatorLearningRate } = (await readStoredConfig(folder)).optimiser;
    // The change after step 10 came after its checkpoint.
    expect(await at(10)).toEqual([[8, 8], 1, generatorLearningRate]);
    expect(await at(20)).toEqual([[8, 8], 3, 0.003]);
    expect(await at(30)).toEqual([[12, 8, 8], 3, 0.003]);
    expect((await readLatestConfig(folder)).discriminator.hidden).toEqual([8]);
    for (const step of [10, 20, 30, 40]) {
      const generator = await openGenerator(folder, step);
      expect(generator.config).toEqual(await readConfigAt(folder, step));
      await generator.close();
    }
  });

  it('goes on from an earlier checkpoint as a run with the configuration of that time', async () => {
    const session = await resumeSession({
      runFolder: folder,
      config: await readConfigAt(folder, 20),
      experimentFile: join(dirname(dirname(folder)), 'toy.gan.json'),
      experimentName: 'toy',
      fromStep: 20,
    });
    await session.run();
    expect((await readStoredConfig(session.folder)).criticSteps).toBe(3);
    expect((await readRunRecord(session.folder)).parent).toMatchObject({ step: 20 });
    expect((await readRunRecord(session.folder)).parent?.changes).toBeUndefined();
    expect(await events(session.folder)).toEqual([]);
    const { leaves, state } = await readCheckpoint(checkpointPath(session.folder, 40));
    expect(leaves['generator/hidden1/kernel']?.shape).toEqual([expect.any(Number), 8]);
    expect(state.interventions?.applied).toBe(0);
  });

  it('is not changed before it has repeated what was done to it', async () => {
    const copy = await killedAfter(folder, 10);
    const [refused] = await resume(copy, { 15: [{ type: 'applyChange', changes: { criticSteps: 2 } }] });
    expect(refused).toMatchObject({ message: expect.stringContaining('until step 33') });
    expect((await checkpointBytes(copy, last)).equals(await checkpointBytes(folder, last))).toBe(true);
  });

  it('cannot be resumed without its script', async () => {
    const copy = await killedAfter(folder, 40);
    const lines = (await readFile(join(copy, RUN_FILES.interventions), 'utf8')).split('\n');
    await writeFile(join(copy, RUN_FILES.interventions), lines.slice(0, 3).join('\n'));
    await expect(resume(copy)).rejects.toThrow('has 3 lines, but the checkpoint of step 40 comes after 8');
  });
});

it('a change of nothing but learning rates does not touch the state', async () => {
  const { folder } = await trainNew({
    4: [{ type: 'applyChange', changes: { 'optimiser.discriminatorLearningRate': 0.5 } }],
    5: [{ type: 'applyChange', changes: { 'optimiser.discriminatorLearningRate': 1e-3 } }],
  });
  expect((await readInterventions(folder)).map(({ type }) => type)).toEqual(['change', 'change']);
  const { state } = await readCheckpoint(checkpointPath(folder, 40));
  const plain = (await trainNew({})).folder;
  const expected = (await readCheckpoint(checkpointPath(plain, 40))).state;
  expect({ ...state, interventions: undefined }).toEqual({ ...expected, interventions: undefined });
  expect(state.interventions).toEqual({ applied: 2, updates: { discriminator: 40, generator: 40 } });
});

it('a refused change leaves the run as it is', async () => {
  const refusals: Readonly<Record<string, LiveRequest>> = {
    'data.batchSize': { type: 'applyChange', changes: { 'data.batchSize': 4 } },
    'has these values': { type: 'applyChange', changes: { criticSteps: 1 } },
    'criticSteps: Expected an integer': { type: 'applyChange', changes: { criticSteps: 0 } },
    Lipschitz: { type: 'applyChange', changes: { objective: { name: 'wasserstein' } } },
    memory: { type: 'applyChange', changes: { 'generator.hidden': Array.from({ length: 16 }, () => 16384) } },
    'generator cannot change': {
      type: 'applyChange',
      changes: { generator: { network: 'module', module: './own.mjs', export: 'generator' } },
    },
  };
  const { folder, refused } = await trainNew({ 5: Object.values(refusals) });
  expect(refused.map(String)).toEqual(Object.keys(refusals).map((text) => expect.stringContaining(text)));
  const plain = (await trainNew({})).folder;
  expect((await checkpointBytes(folder, last)).equals(await checkpointBytes(plain, last))).toBe(true);
});
