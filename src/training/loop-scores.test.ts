import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import {
  checkpointBytes,
  jobFor,
  newRun,
  recordsOf,
  resume,
  trainNew,
} from '../../test/support/training-job';
import { checkpointSteps } from '../run-folder/checkpoints';
import { requestControl } from '../run-folder/control';
import { createRun } from '../run-folder/create-run';
import { readRunRecord } from '../run-folder/run-record';
import { readScores } from '../run-folder/scores';
import { formatText, localizable } from '../shared/localizable-text';
import { RUN_FILES, RUN_SCHEMA_VERSION, type ScoreRecord, stepFileName } from '../shared/run-format';
import { TrainingLoop } from './loop';
import { RunScores, type RunScoring } from './run-scores';

/** FID values by step; scoring fails at any other step. */
function scoring(values: Readonly<Record<number, number>>, changes: Partial<RunScoring> = {}): RunScoring {
  return {
    every: 5,
    budgetShare: 1,
    patience: undefined,
    prepare: async () => undefined,
    estimate: async () => 0,
    async score(_engine, step) {
      const value = values[step];
      if (value === undefined) throw new Error(`nothing is known of step ${step}`);
      const record: ScoreRecord = {
        schemaVersion: RUN_SCHEMA_VERSION,
        type: 'score',
        step,
        name: 'fid',
        value,
        protocol: 'test',
      };
      return { records: [record], notes: [] };
    },
    close: async () => undefined,
    ...changes,
  };
}

const settings = { checkpointEvery: 5, keepCheckpoints: 1 };
const log = async (folder: string): Promise<string> => await readFile(join(folder, RUN_FILES.log), 'utf8');

it('keeps the best checkpoint beside the newest', async () => {
  const folder = await trainNew(await temporaryFolder(), {
    settings,
    scoring: scoring({ 5: 3, 10: 1, 15: 2, 20: 2 }),
  });
  expect(await checkpointSteps(folder)).toEqual([10, 20]);
  expect((await readScores(folder)).map(({ step, value }) => [step, value])).toEqual([
    [5, 3],
    [10, 1],
    [15, 2],
    [20, 2],
  ]);
});

it('keeps the best checkpoint of an earlier protocol too, since the two cannot be compared', async () => {
  const folder = await trainNew(await temporaryFolder(), {
    settings,
    scoring: scoring({ 5: 1, 10: 3, 15: 3, 20: 3 }),
  });
  const later = scoring({ 25: 8, 30: 9 });
  await resume(folder, {
    settings: { ...settings, totalSteps: 35 },
    scoring: {
      ...later,
      async score(...given) {
        const { records, notes } = await later.score(...given);
        return { records: records.map((record) => ({ ...record, protocol: 'another' })), notes };
      },
    },
  });
  expect(await checkpointSteps(folder)).toEqual([5, 25, 35]);
});

it('tells scores, and which are the best so far', async () => {
  const told: unknown[] = [];
  const folder = await trainNew(await temporaryFolder(), {
    scoring: scoring({ 5: 3, 10: 1, 15: 2, 20: 0 }),
    observer: {
      onScores({ records, isBest }) {
        told.push([records[0]?.value, isBest]);
      },
    },
  });
  expect(told).toEqual([
    [3, true],
    [1, true],
    [2, false],
    [0, true],
  ]);
  const { ending } = await readRunRecord(folder);
  expect(ending).toEqual({ kind: 'length' });
});

it('writes a checkpoint of the best step where none was due', async () => {
  const folder = await trainNew(await temporaryFolder(), {
    settings: { checkpointEvery: 100, keepCheckpoints: 1 },
    scoring: scoring({ 5: 3, 10: 1, 15: 2, 20: 2 }),
  });
  expect(await checkpointSteps(folder)).toEqual([10, 20]);
});

it('keeps the checkpoint that is the best by the score that was asked for, also when it is resumed', async () => {
  const plain = scoring({ 5: 3, 10: 1, 15: 2, 20: 2 }, { rankedBy: 'kid' });
  const both: RunScoring = {
    ...plain,
    async score(engine, step, signal) {
      const { records, ...rest } = await plain.score(engine, step, signal);
      const kids = records.map((record) => ({ ...record, name: 'kid', value: step === 15 ? 0 : 1 }));
      return { records: [...records, ...kids], ...rest };
    },
  };
  const folder = await trainNew(await temporaryFolder(), { settings, scoring: both });
  expect(await checkpointSteps(folder)).toEqual([15, 20]);
  await resume(folder, { settings: { ...settings, totalSteps: 30 } });
  expect(await checkpointSteps(folder)).toEqual([15, 30]);
});

it('remembers the best step when it is resumed', async () => {
  const folder = await trainNew(await temporaryFolder(), {
    settings,
    scoring: scoring({ 5: 3, 10: 1, 15: 2, 20: 2 }),
  });
  await resume(folder, { settings: { ...settings, totalSteps: 30 } });
  expect(await checkpointSteps(folder)).toEqual([10, 30]);
});

it('ends after so many scores without a better one, and says so', async () => {
  const folder = await trainNew(await temporaryFolder(), {
    settings: { totalSteps: 50 },
    scoring: scoring({ 5: 3, 10: 1, 15: 2, 20: 2, 25: 0 }, { patience: 2 }),
  });
  expect(await readRunRecord(folder)).toMatchObject({
    status: 'completed',
    step: 20,
    ending: {
      kind: 'patience',
      reason: 'FID has not improved for 2 scores; it was best at step 10.',
      said: { values: ['FID', 2, 10] },
    },
  });
  expect((await recordsOf(folder)).at(-1)).toMatchObject({
    event: 'completed',
    message: 'FID has not improved for 2 scores; it was best at step 10.',
  });
});

it('speaks of a single score where its patience is one', async () => {
  const folder = await trainNew(await temporaryFolder(), {
    settings: { totalSteps: 50 },
    scoring: scoring({ 5: 3, 10: 3 }, { patience: 1 }),
  });
  expect(await readRunRecord(folder)).toMatchObject({
    step: 10,
    ending: {
      kind: 'patience',
      reason: 'FID has not improved in the last score; it was best at step 5.',
      said: { values: ['FID', 5] },
    },
  });
});

it('ends where the scores say that the end is reached', async () => {
  const plain = scoring({ 5: 3, 10: 1 });
  const folder = await trainNew(await temporaryFolder(), {
    scoring: {
      ...plain,
      score: async (engine, step, signal) => ({
        ...(await plain.score(engine, step, signal)),
        ...(step === 10
          ? { indistinguishable: localizable('They cannot be told apart by {0}.', 'anybody') }
          : {}),
      }),
    },
  });
  expect(await readRunRecord(folder)).toMatchObject({
    status: 'completed',
    step: 10,
    ending: { kind: 'indistinguishable', reason: 'They cannot be told apart by anybody.' },
  });
  expect((await recordsOf(folder)).at(-1)).toMatchObject({
    message: 'They cannot be told apart by anybody.',
  });
});

it('goes on where scores fail', async () => {
  const warnings: string[] = [];
  const folder = await trainNew(await temporaryFolder(), {
    scoring: scoring({ 10: 1 }),
    observer: { onWarning: (message) => warnings.push(formatText(message)) },
  });
  expect(warnings[0]).toBe('Step 5 could not be scored: nothing is known of step 5');
  expect((await readScores(folder)).map(({ step }) => step)).toEqual([10]);
  expect(await log(folder)).toContain(warnings[0]);
});

it('skips scores that are over their budget, and says so', async () => {
  const folder = await trainNew(await temporaryFolder(), {
    scoring: scoring({ 5: 3, 10: 1, 15: 2, 20: 2 }, { budgetShare: 1e-9 }),
  });
  expect((await readScores(folder)).map(({ step }) => step)).toEqual([5]);
  expect(await log(folder)).toContain('step 10: not scored');
});

it('does not begin to score where even one scoring is more than the whole run affords, and says so', async () => {
  const folder = await trainNew(await temporaryFolder(), {
    scoring: scoring({ 5: 3, 10: 1, 15: 2, 20: 2 }, { budgetShare: 0.2, estimate: async () => 1e9 }),
  });
  expect(await readScores(folder)).toEqual([]);
  const text = await log(folder);
  expect(text).toContain('step 5: the first scores will take about 1000000000 s');
  expect(text.match(/not scored/g)).toHaveLength(4);
});

it('remembers what scores have cost when it is resumed', () => {
  const record: ScoreRecord = {
    schemaVersion: RUN_SCHEMA_VERSION,
    type: 'score',
    step: 5,
    name: 'fid',
    value: 3,
    protocol: 'test',
  };
  const settings = { every: 5, budgetShare: 0.5, patience: undefined };
  const scores = new RunScores([]);
  const kept = [
    ...scores.add([record, { ...record, name: 'kid' }], 30, settings),
    ...scores.add([{ ...record, step: 10 }], 20, settings),
  ];
  const resumed = new RunScores(kept);
  for (const [soFar, isAffordable] of [
    [69, false],
    [70, true],
  ] as const)
    for (const one of [scores, resumed])
      expect(one.isAffordable(settings, { soFar, planned: 1e9 })).toBe(isAffordable);
});

it('keeps with its scores what they have cost', async () => {
  const folder = await trainNew(await temporaryFolder(), { scoring: scoring({ 5: 3, 10: 1, 15: 2, 20: 2 }) });
  for (const { scoringSeconds } of await readScores(folder)) expect(scoringSeconds).toBeGreaterThanOrEqual(0);
});

it('sees a stop that is asked for in the control folder while it scores', async () => {
  const run = await createRun(newRun(await temporaryFolder()));
  const plain = scoring({ 5: 3, 10: 1, 15: 2, 20: 2 });
  const stopping: RunScoring = {
    ...plain,
    async score(engine, step, signal) {
      if (step < 10) return await plain.score(engine, step, signal);
      await requestControl(run.folder, 'stop');
      // Only the stop request ends it.
      return await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    },
  };
  const end = await new TrainingLoop(jobFor(run, { scoring: stopping })).run();
  await run.close();
  expect(end).toEqual({ status: 'stopped', step: 10 });
  expect((await readScores(run.folder)).map(({ step }) => step)).toEqual([5]);
});

it('trains to the same bytes with scores and without', async () => {
  const scored = await trainNew(await temporaryFolder(), { scoring: scoring({ 5: 3, 10: 1, 15: 2, 20: 2 }) });
  const plain = await trainNew(await temporaryFolder());
  const name = stepFileName(20, 'safetensors');
  expect(await checkpointBytes(scored, name)).toEqual(await checkpointBytes(plain, name));
});
