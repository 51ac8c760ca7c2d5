/** The objective of a sweep: which scores of a run count, and which of two is better. */
import type { ScoreRecord } from '../shared/run-format';
import { SCORE_KINDS, type ScoreKind } from '../shared/scores';
import type { LossCurve } from './pruning/pruning';
import type { TrialState } from './sweep-format';
import type { SweepConfig } from './sweep-schema';

export interface StepScore {
  readonly step: number;
  readonly value: number;
}

export class Objective {
  readonly kind: ScoreKind;
  readonly #counts: 'best' | 'last';

  constructor({ score, value }: SweepConfig['objective']) {
    const kind = SCORE_KINDS.find(({ name }) => name === score);
    if (kind === undefined) throw new RangeError(`there is no score ${score}`);
    this.kind = kind;
    this.#counts = value;
  }

  /** Of these scores, those that count, with the protocol of the newest: others cannot be compared with it. */
  scoresIn(records: readonly ScoreRecord[]): {
    readonly scores: readonly StepScore[];
    readonly protocol: string | undefined;
  } {
    const counted = records.filter(({ name, value }) => name === this.kind.name && Number.isFinite(value));
    const protocol = counted.at(-1)?.protocol;
    return {
      scores: counted
        .filter((record) => record.protocol === protocol)
        .map(({ step, value }) => ({ step, value })),
      protocol,
    };
  }

  /** Returns the value of a run with these scores; undefined without any. */
  valueOf(scores: readonly StepScore[]): number | undefined {
    const values = scores.map(({ value }) => value);
    if (values.length === 0 || this.#counts === 'last') return values.at(-1);
    return this.kind.better === 'lower' ? Math.min(...values) : Math.max(...values);
  }

  lossOf(value: number): number {
    return this.kind.better === 'lower' ? value : -value;
  }

  curveOf({ scores }: Pick<TrialState, 'scores'>): LossCurve {
    return scores.map(({ step, value }) => ({ step, loss: this.lossOf(value) }));
  }
}
