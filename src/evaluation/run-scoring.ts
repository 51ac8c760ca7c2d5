import type { Engine } from '../engine/engine';
import { Random } from '../random/random';
import { formatText, localizable } from '../shared/localizable-text';
import { RUN_SCHEMA_VERSION, type ScoreRecord } from '../shared/run-format';
import type { RunScoring, StepScores } from '../training/run-scores';
import { dataKey, namedData } from './content-key';
import type { EquivalenceSettings, TwoSampleTest } from './equivalence';
import { halves, tellApart } from './equivalence';
import { EVALUATION_SEED } from './evaluate';
import type { EvaluationSettings, EvaluatorContext } from './evaluator';
import { Evaluator } from './evaluator';
import { readAll } from './read-examples';

/** The config's `evaluation` section, where it is not `false`. */
export interface RunScoringSettings extends Omit<EvaluationSettings, 'seed'> {
  /** Steps between scorings. */
  readonly every: number;
  readonly budgetShare: number;
  readonly patience: number | false;
  /** Name of the score that selects the best step. */
  readonly best?: string;
  readonly indistinguishable: EquivalenceSettings | false;
}

interface ScoringContext extends Omit<EvaluatorContext, 'signal' | 'onEstimate'> {
  /** Total steps of the run. */
  readonly steps: number;
}

/** Opens what scores need, and trains a classifier, before the first score. */
export function openRunScoring(context: ScoringContext, evaluation: RunScoringSettings): RunScoring {
  let opening: Promise<Evaluator> | undefined;
  const open = async (signal: AbortSignal): Promise<Evaluator> => {
    opening ??= Evaluator.open(
      { ...context, signal },
      {
        samples: evaluation.samples,
        features: evaluation.features,
        reference: evaluation.reference,
        seed: EVALUATION_SEED,
        ...(evaluation.metrics === undefined ? {} : { metrics: evaluation.metrics }),
      },
    );
    return await opening.catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
  };
  return {
    every: evaluation.every,
    budgetShare: evaluation.budgetShare,
    patience: evaluation.patience === false ? undefined : evaluation.patience,
    ...(evaluation.best === undefined ? {} : { rankedBy: evaluation.best }),
    async prepare(signal) {
      await open(signal);
    },
    async estimate(engine, signal) {
      const { seconds } = await (await open(signal)).estimate(engine, signal);
      return seconds;
    },
    async score(engine, step, signal) {
      const evaluator = await open(signal);
      const { records, refusals } = await evaluator.evaluate(engine, step, { signal });
      const notes = refusals.map(({ metric, reason }) => `${metric} is not scored: ${formatText(reason)}`);
      const { samples, every, indistinguishable } = evaluation;
      const told: StepScores =
        indistinguishable === false
          ? { records: [], notes: [] }
          : await compared(context, { ...indistinguishable, samples, every }, engine, step, signal);
      const all = [...records, ...told.records];
      const { best } = evaluation;
      if (best !== undefined && all.every(({ name }) => name !== best))
        notes.push(`${best}, which should select the best step, is not among the scores.`);
      return { ...told, records: all, notes: [...notes, ...told.notes] };
    },
    async close() {
      await (await opening?.catch(() => undefined))?.close();
    },
  };
}

/** Trains on the training part and judges on the held-out one; the control has real examples on both sides. */
async function compared(
  { engine: features, steps, task, data }: ScoringContext,
  { samples, every, ...asked }: EquivalenceSettings & { readonly samples: number; readonly every: number },
  engine: Engine,
  step: number,
  signal: AbortSignal,
): Promise<StepScores> {
  const random = Random.seeded(EVALUATION_SEED, 'equivalence samples');
  const made = await task.sampleSource(random, samples, async () => data);
  if (made.given !== undefined)
    return { records: [], notes: ['image-to-image output is not tested for indistinguishability'] };
  const again = await task.sampleSource(random, samples, async () => data);
  const [learned, judged] = [await task.sample(engine, made), await task.sample(engine, again)];
  const real = (await readAll(data.train, samples)).examples;
  const key = await dataKey(data, data.heldOut);
  const heldOut = (await readAll(data.heldOut, samples)).examples;
  // Testing at every scoring multiplies the chances of error, so the tests share the level (Bonferroni).
  const looks = Math.max(1, Math.floor(steps / every));
  const settings = { margin: asked.margin, level: asked.level / looks };
  const tell = (contest: TwoSampleTest) =>
    tellApart(contest, task.example, settings, () => features.open(), signal);
  const result = await tell({ learned: [real, learned], judged: [heldOut, judged] });
  const control = await tell({ learned: halves(real), judged: halves(heldOut) });
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const record: ScoreRecord = {
    schemaVersion: RUN_SCHEMA_VERSION,
    type: 'score',
    step,
    name: 'toldApart',
    value: result.accuracy,
    protocol: `classifier judged on ${result.judged} held-out and generated examples of ${namedData(key)}`,
    details: {
      pValue: result.pValue,
      margin: settings.margin,
      level: settings.level,
      plannedTests: looks,
      controlAccuracy: control.accuracy,
      controlPValue: control.pValue,
      controlJudged: control.judged,
      data: key,
      seed: EVALUATION_SEED,
    },
  };
  return {
    records: [record],
    notes: [],
    ...(result.isIndistinguishable
      ? {
          indistinguishable: localizable(
            'Real and generated examples are indistinguishable: the accuracy of a classifier on {1} held-out examples is {0} (real against real: {2}), which rejects {3} or more (p = {4}).',
            percent(result.accuracy),
            result.judged,
            percent(control.accuracy),
            percent(0.5 + settings.margin),
            result.pValue.toPrecision(2),
          ),
        }
      : {}),
  };
}
