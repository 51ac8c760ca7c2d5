/** Scores a run while it trains, as its config says. */
import type { ExperimentConfig } from '../config/schema';
import type { Dataset } from '../data/source';
import type { Engine } from '../engine/engine';
import { dataKey, namedData } from '../evaluation/content-key';
import type { Contest, EquivalenceSettings } from '../evaluation/equivalence';
import { halves, tellApart } from '../evaluation/equivalence';
import { EVALUATION_SEED } from '../evaluation/evaluate';
import { readAll } from '../evaluation/read-examples';
import { Random } from '../random/random';
import type { EvaluationProgress } from '../shared/evaluation-progress';
import { RUN_SCHEMA_VERSION, type ScoreRecord } from '../shared/run-format';
import { said } from '../shared/said';
import type { RunScoring, StepScores } from '../training/run-scores';
import type { TrainingTask } from '../training/task';
import { openEngine } from './engines';
import { Evaluator } from './evaluation';

interface ScoringContext {
  readonly config: ExperimentConfig;
  readonly task: TrainingTask;
  readonly data: Dataset;
  /** Folder that the path of an ONNX file is relative to. */
  readonly baseFolder: string;
  onProgress?(progress: EvaluationProgress): void;
}

/** Undefined where the config asks for no scores. What scores need is opened, and a classifier trained, before the first one. */
export function openRunScoring(context: ScoringContext): RunScoring | undefined {
  const { evaluation } = context.config;
  if (evaluation === false) return undefined;
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
      const notes = refusals.map(({ metric, reason }) => `${metric} is not scored: ${reason}`);
      const { samples, every, indistinguishable } = evaluation;
      const told: StepScores =
        indistinguishable === false
          ? { records: [], notes: [] }
          : await compared(context, { ...indistinguishable, samples, every }, engine, step, signal);
      const all = [...records, ...told.records];
      const { best } = evaluation;
      if (best !== undefined && all.every(({ name }) => name !== best))
        notes.push(`${best}, by which the best step was to be chosen, is not among the scores.`);
      return { ...told, records: all, notes: [...notes, ...told.notes] };
    },
    async close() {
      await (await opening?.catch(() => undefined))?.close();
    },
  };
}

/** Trained on the training part, judged on the held-out one; the control has real examples on both sides. */
async function compared(
  { config, task, data }: ScoringContext,
  { samples, every, ...asked }: EquivalenceSettings & { readonly samples: number; readonly every: number },
  engine: Engine,
  step: number,
  signal: AbortSignal,
): Promise<StepScores> {
  const random = Random.seeded(EVALUATION_SEED, 'equivalence samples');
  const made = await task.sampleSource(random, samples, async () => data);
  if (made.given !== undefined)
    return { records: [], notes: ['images that are translated are not tested for being told apart'] };
  const again = await task.sampleSource(random, samples, async () => data);
  const [learned, judged] = [await task.sample(engine, made), await task.sample(engine, again)];
  const real = (await readAll(data.train, samples)).examples;
  const key = await dataKey(data, data.heldOut);
  const heldOut = (await readAll(data.heldOut, samples)).examples;
  // A test at each scoring has as many chances to err: they share the level (Bonferroni).
  const looks = Math.max(1, Math.floor(config.length.steps / every));
  const settings = { margin: asked.margin, level: asked.level / looks };
  const tell = (contest: Contest) =>
    tellApart(
      contest,
      task.example,
      settings,
      () => openEngine(config.engine.name, config.engine.threads),
      signal,
    );
  const result = await tell({ learned: [real, learned], judged: [heldOut, judged] });
  const control = await tell({ learned: halves(real), judged: halves(heldOut) });
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
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
          indistinguishable: said(
            'Real and generated examples cannot be told apart: a classifier is right on {0} of {1} held-out ones (of real against real on {2}), which rejects {3} or more (p = {4}).',
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
