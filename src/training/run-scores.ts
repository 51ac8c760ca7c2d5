/**
 * Decides when a run is scored during training, which of its steps is the best, and whether scores have stopped
 * improving.
 */
import type { Engine } from '../engine/engine';
import type { LocalizableText } from '../shared/localizable-text';
import type { ScoreRecord } from '../shared/run-format';
import type { BestScore } from '../shared/scores';
import { bestScore, bestScores } from '../shared/scores';

export interface StepScores {
  readonly records: readonly ScoreRecord[];
  /** Scores that could not be computed, with the reason. */
  readonly notes: readonly string[];
  /** Result of the indistinguishability test, as a sentence, where it succeeds: training then ends. */
  readonly indistinguishable?: LocalizableText;
}

export interface ScoringSettings {
  /** Steps between scorings. */
  readonly every: number;
  /** Share of the total time, including scoring, that scoring may take, in (0, 1]. */
  readonly budgetShare: number;
  /** Training ends after this many scorings without an improvement. */
  readonly patience: number | undefined;
  /** Name of the score that selects the best step; undefined for the order of `SCORE_KINDS`. */
  readonly rankedBy?: string;
}

/** Seconds of training, without scoring. */
export interface TrainingSeconds {
  readonly soFar: number;
  /** Projected for the whole run, at the present speed. */
  readonly planned: number;
}

/** Scores the generator in an engine, without changing the engine's state or drawing from training's random stream. */
export interface RunScoring extends ScoringSettings {
  /** Opens what scores need, once; does not count towards the budget. Throws the signal's reason when it is aborted. */
  prepare(signal: AbortSignal): Promise<void>;
  /** Estimates the seconds of the first scoring from a part of it. Throws the signal's reason when it is aborted. */
  estimate(engine: Engine, signal: AbortSignal): Promise<number>;
  /** Throws the signal's reason when it is aborted. */
  score(engine: Engine, step: number, signal: AbortSignal): Promise<StepScores>;
  close(): Promise<void>;
}

export class RunScores {
  readonly #records: ScoreRecord[];
  #seconds = 0;
  /** Duration of the last scoring. */
  #lastSeconds: number | undefined;
  /** Estimated duration of the first scoring, until there has been one. */
  #expectedSeconds: number | undefined;

  /** @param earlier the scores of the run so far, which count towards its budget */
  constructor(earlier: readonly ScoreRecord[]) {
    this.#records = [...earlier];
    const secondsOf = new Map(
      earlier.flatMap(({ step, scoringSeconds }) =>
        scoringSeconds === undefined ? [] : [[step, scoringSeconds] as const],
      ),
    );
    for (const seconds of secondsOf.values()) this.#count(seconds);
  }

  get best(): BestScore | undefined {
    return bestScore(this.#records);
  }

  /** The best steps by protocol: scores under an earlier protocol are not comparable, but may still be of interest. */
  get bestSteps(): ReadonlySet<number> {
    const kind = this.best?.kind;
    return new Set(bestScores(this.#records).flatMap((score) => (score.kind === kind ? score.step : [])));
  }

  /** Whether the duration of a scoring is unknown. */
  get isUnknown(): boolean {
    return this.#lastSeconds === undefined && this.#expectedSeconds === undefined;
  }

  /** Sets the estimated duration of the first scoring. */
  expect(seconds: number): void {
    this.#expectedSeconds = seconds;
  }

  /**
   * Whether another scoring, of the same duration as the last, stays within the share. The first one comes early and
   * may use the budget of the whole run.
   */
  isAffordable({ budgetShare }: ScoringSettings, { soFar, planned }: TrainingSeconds): boolean {
    const isFirst = this.#lastSeconds === undefined;
    const scoring = this.#seconds + (this.#lastSeconds ?? this.#expectedSeconds ?? 0);
    return scoring <= budgetShare * ((isFirst ? planned : soFar) + scoring);
  }

  /** Returns the records as they are to be stored. */
  add(
    records: readonly ScoreRecord[],
    seconds: number,
    { rankedBy }: ScoringSettings,
  ): readonly ScoreRecord[] {
    const common = { scoringSeconds: seconds, ...(rankedBy === undefined ? {} : { rankedBy }) };
    const kept = records.map((record) => ({ ...record, ...common }));
    this.#records.push(...kept);
    this.#count(seconds);
    return kept;
  }

  #count(seconds: number): void {
    this.#seconds += seconds;
    this.#lastSeconds = seconds;
  }

  /** Number of scorings since the best one. */
  get sinceBest(): number {
    const { best } = this;
    if (best === undefined) return 0;
    const steps = new Set(
      this.#records.flatMap(({ name, protocol, step }) =>
        name === best.kind.name && protocol === best.protocol && step > best.step ? step : [],
      ),
    );
    return steps.size;
  }
}
