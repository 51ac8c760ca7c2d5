import { expect, it } from 'vitest';
import { MemoryEngine, ScalarTask } from '../../test/support/scalar-training';
import { parseExperiment } from '../config/load';
import type { Dataset, Examples } from '../data/source';
import { Random } from '../random/random';
import { scoringParts } from '../session/scoring';
import type { StepScores } from '../training/run-scores';
import type { TrainingTask } from '../training/task';
import { openRunScoring } from './run-scoring';

/** Two well-separated classes of points, sorted: all of the first come before those of the second. */
function sorted(count: number, seed: number): Examples {
  const noise = Random.seeded(seed, 'points').fillNormal(new Float32Array(2 * count));
  const classOf = (index: number): number => (index < count / 2 ? 0 : 1);
  return {
    count,
    shape: { kind: 'points', dimensions: 2 },
    classes: 2,
    async read(indices, target, labels) {
      indices.forEach((index, i) => {
        const shift = 8 * classOf(index);
        target.set([(noise[2 * index] ?? 0) + shift, (noise[2 * index + 1] ?? 0) + shift], 2 * i);
        labels?.set([classOf(index)], i);
      });
    },
    close: async () => undefined,
  };
}

async function scored(evaluation: object, task: TrainingTask = new ScalarTask()): Promise<StepScores> {
  const config = parseExperiment(
    JSON.stringify({
      data: { source: 'points2d' },
      model: 'toy2d',
      engine: { threads: 1 },
      length: { steps: 1000 },
      evaluation: { every: 100, samples: 200, metrics: ['slicedWasserstein'], ...evaluation },
    }),
    'test',
  );
  const engine = new MemoryEngine();
  engine.write(task.initialState(0));
  const data = { train: sorted(600, 1), heldOut: sorted(300, 2) };
  if (config.evaluation === false) throw new Error('no scoring');
  const context = { ...scoringParts(config), steps: config.length.steps, task, data, baseFolder: '.' };
  const scoring = openRunScoring(context, config.evaluation);
  try {
    const { signal } = new AbortController();
    await scoring.prepare(signal);
    expect(await scoring.estimate(engine, signal)).toBeGreaterThan(0);
    return await scoring.score(engine, 100, signal);
  } finally {
    await scoring.close();
  }
}

it('cannot tell real from real in its control, also where the data is sorted by class', async () => {
  const { records, indistinguishable } = await scored({ indistinguishable: {} });
  const toldApart = records.find(({ name }) => name === 'toldApart');
  expect(toldApart?.value).toBeGreaterThan(0.6);
  expect(indistinguishable).toBeUndefined();
  expect(toldApart?.details?.controlAccuracy).toBeLessThan(0.65);
  expect(toldApart?.details?.controlJudged).toBe(200);
  // Ten scorings are planned; together they may err once in twenty runs.
  expect(toldApart?.details).toMatchObject({ level: 0.005, plannedTests: 10 });
});

it('ranks the run as the config says, and tells where that score is not computed', async () => {
  const { notes } = await scored({ best: 'kid' });
  expect(notes).toEqual(['kid, which should select the best step, is not among the scores.']);
  expect((await scored({ best: 'slicedWasserstein' })).notes).toEqual([]);
});

it('makes samples of held-out examples from all over, where they are made of such', async () => {
  const found: number[] = [];
  const scalar = new ScalarTask();
  const task: TrainingTask = Object.assign(scalar, {
    async sampleSource(random: Random, count: number, openData: () => Promise<Dataset>) {
      const { heldOut } = await openData();
      const labels = new Int32Array(heldOut.count);
      const all = Uint32Array.from(labels.keys());
      await heldOut.read(all, new Float32Array(2 * all.length), labels);
      found.push(
        labels.length,
        labels.reduce((sum, label) => sum + label, 0),
      );
      return { source: scalar.drawLatents(random, count) };
    },
  });
  await scored({}, task);
  expect(found.slice(-2)).toEqual([200, 100]);
});
