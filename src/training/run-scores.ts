/** When a run is scored while it trains, which of its steps is the best, and whether scores have ceased to improve. */
import type { Engine } from '../engine/engine';
import type { LocalizableText } from '../shared/localizable-text';
import type { ScoreRecord } from '../shared/run-format';
import type { BestScore } from '../shared/scores';
import { bestScore, bestScores } from '../shared/scores';

export interface StepScores {
  readonly records: readonly ScoreRecord[];
  /** What could not be scored, and why. */
  readonly notes: readonly string[];
  /** What a test that nothing can be told apart found, as a sentence, where it says so: training then ends. */
  readonly indistinguishable?: LocalizableText;
}

export interface ScoringSettings {
  /** Steps between scores. */
  readonly every: number;
  /** Share of the time, scoring included, that scores may take, in (0, 1]. */
  readonly budgetShare: number;
  /** Training ends after so many scores without a better one. */
  readonly patience: number | undefined;
  /** Name of the score that decides which step is the best; undefined for the order of `SCORE_KINDS`. */
  readonly rankedBy?: string;
}

/** Without the time that scores took. */
export interface TrainingSeconds {
  readonly soFar: number;
  /** Of the whole run, if it goes on as it has. */
  readonly planned: number;
}

/** Scores the generator that an engine holds, without changing the engine's state or drawing from training's stream. */
export interface RunScoring extends ScoringSettings {
  /** Opens what scores need, once: it counts for no budget. Throws the signal's reason when it is aborted. */
  prepare(signal: AbortSignal): Promise<void>;
  /** Seconds that the first scoring will take, by a part of it. Throws the signal's reason when it is aborted. */
  estimate(engine: Engine, signal: AbortSignal): Promise<number>;
  /** Throws the signal's reason when it is aborted. */
  score(engine: Engine, step: number, signal: AbortSignal): Promise<StepScores>;
  close(): Promise<void>;
}

export class RunScores {
  readonly #records: ScoreRecord[];
  #seconds = 0;
  /** Of one scoring, the last. */
  #lastSeconds: number | undefined;
  /** Of the first scoring, as long as there has been none. */
  #expectedSeconds: number | undefined;

  /** @param earlier the scores of the run up to here, which count for its budget */
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

  /** The best of each protocol: scores of an earlier one cannot be compared, and may still be what somebody wants. */
  get bestSteps(): ReadonlySet<number> {
    const kind = this.best?.kind;
    return new Set(bestScores(this.#records).flatMap((score) => (score.kind === kind ? score.step : [])));
  }

  /** Whether nothing is known of how long a scoring takes. */
  get isUnknown(): boolean {
    return this.#lastSeconds === undefined && this.#expectedSeconds === undefined;
  }

  /** What the first scoring is estimated to take. */
  expect(seconds: number): void {
    this.#expectedSeconds = seconds;
  }

  /**
   * Whether one more scoring, as long as the last, keeps within the share. The first comes early, and may take what the
   * whole run affords.
   */
  isAffordable({ budgetShare }: ScoringSettings, { soFar, planned }: TrainingSeconds): boolean {
    const isFirst = this.#lastSeconds === undefined;
    const scoring = this.#seconds + (this.#lastSeconds ?? this.#expectedSeconds ?? 0);
    return scoring <= budgetShare * ((isFirst ? planned : soFar) + scoring);
  }

  /** Returns the records as they are to be kept. */
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

  /** Scorings since the best one. */
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
