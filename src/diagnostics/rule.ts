/**
 * What a rule is that watches training. A new one is a file in `rules/`, a line in `registry.ts` and its numbers in
 * `thresholds.ts`; the documentation is made of what the rule says of itself.
 */
import type { ExperimentConfig } from '../config/schema';
import type { LossRange } from '../gan/objectives/objective';
import type { ClassShare } from '../shared/class-scores';
import type { EvidenceName } from '../shared/evidence';
import type { LocalizableText } from '../shared/localizable-text';
import type { FindingChange, FindingRecord } from '../shared/run-format';
import type { Curves } from './curves';
import type { SampleMeasures } from './sample-measures';

/** What rules know of the run beside what they watch. */
export interface RuleContext {
  readonly config: ExperimentConfig;
  /** Undefined where the discriminator's loss has no bounds to be judged by, as that of Wasserstein. */
  readonly lossRange: LossRange | undefined;
  /** Whether `realScore` and `fakeScore` are probabilities, which they are for the cross-entropy losses alone. */
  readonly scoresAreProbabilities: boolean;
  /** What `diversity` of the samples is measured by. */
  readonly diversityOf: 'points' | 'images';
}

/** What a rule says when its condition holds. */
export interface Judgement {
  readonly severity: FindingRecord['severity'];
  /** One or two sentences with the numbers. */
  readonly message: LocalizableText;
  readonly evidence: Readonly<Partial<Record<EvidenceName, number>>>;
}

/** Something to try; the record of a finding holds it as a `FindingChange`. */
export interface Suggestion extends Pick<FindingChange, 'set'> {
  readonly title: LocalizableText;
}

/** `unjudged` where nothing can be said: what was found before neither holds nor has ceased. */
export type Verdict = Judgement | 'unjudged' | undefined;

interface RuleText {
  readonly name: string;
  readonly title: string;
  /** What it looks like, for the documentation. */
  readonly symptom: string;
  /** Why it happens. */
  readonly explanation: string;
  /** Which objectives or data it does not judge, for the documentation; undefined where it judges all. */
  readonly limits?: string;
  /**
   * The likeliest to help comes first. What the config refuses, or has already, is left out before anybody sees it.
   */
  suggestions(context: RuleContext): readonly Suggestion[];
}

/** Judged after step records. */
export interface CurveRule extends RuleText {
  readonly watches: 'curves';
  /** Whether it is asked at every record; the others are at each `JUDGED_EVERY`-th. */
  readonly isUrgent?: true;
  judge(curves: Curves, context: RuleContext): Verdict;
}

/** How often each class came among the samples of a step. */
export interface ClassShares {
  readonly step: number;
  readonly shares: readonly ClassShare[];
}

/** Judged after samples were measured. */
export interface SampleRule extends RuleText {
  readonly watches: 'samples';
  /**
   * @param history the measures so far, the newest last, at least one
   * @param shares of each scoring that could tell them, the newest last
   */
  judge(
    history: readonly SampleMeasures[],
    curves: Curves,
    context: RuleContext,
    shares: readonly ClassShares[],
  ): Verdict;
}

export type Rule = CurveRule | SampleRule;
