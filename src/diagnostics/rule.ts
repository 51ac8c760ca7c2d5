/**
 * A rule that monitors training. To add one, create a file in `rules/`, list it in `registry.ts` and put its numbers in
 * `thresholds.ts`; the documentation is generated from the rule's own texts.
 */
import type { ExperimentConfig } from '../config/schema';
import type { LossRange } from '../gan/objectives/objective';
import type { ClassShare } from '../shared/class-scores';
import type { EvidenceName } from '../shared/evidence';
import type { LocalizableText } from '../shared/localizable-text';
import type { FindingChange, FindingRecord } from '../shared/run-format';
import type { Curves } from './curves';
import type { OddSettingName } from './odd-settings';
import type { SampleMeasures } from './sample-measures';

/** Facts about the run that rules use in addition to the records. */
export interface RuleContext {
  readonly config: ExperimentConfig;
  /** Undefined if the discriminator's loss has no reference range, as with Wasserstein. */
  readonly lossRange: LossRange | undefined;
  /** Whether `realScore` and `fakeScore` are probabilities, as with the cross-entropy losses only. */
  readonly scoresAreProbabilities: boolean;
  /** Kind of data, which determines how the `diversity` of samples is measured. */
  readonly diversityOf: 'points' | 'images';
}

/** A rule's report when its condition holds. */
export interface Judgement {
  readonly severity: FindingRecord['severity'];
  /** One or two sentences that include the numbers. */
  readonly message: LocalizableText;
  readonly evidence: Readonly<Partial<Record<EvidenceName, number>>>;
}

/** A suggested change; the record of a finding stores it as a `FindingChange`. */
export interface Suggestion extends Pick<FindingChange, 'set'> {
  readonly title: LocalizableText;
}

/** `unjudged` if no verdict is possible: an earlier finding is neither confirmed nor cleared. */
export type Verdict = Judgement | 'unjudged' | undefined;

interface RuleText {
  readonly name: string;
  readonly title: string;
  /** Description of the symptom, for the documentation. */
  readonly symptom: string;
  /** Explanation of the cause. */
  readonly explanation: string;
  /** Settings that lead to it where they are out of the ordinary; they are then suggested instead. */
  readonly causedBy?: readonly OddSettingName[];
  /** Objectives or data that it does not cover, for the documentation; undefined if it covers all. */
  readonly limits?: string;
  /**
   * Most promising first. Suggestions that the config rejects, or already contains, are filtered out before they are
   * shown.
   */
  suggestions(context: RuleContext): readonly Suggestion[];
}

/** Evaluated after step records. */
export interface CurveRule extends RuleText {
  readonly watches: 'curves';
  /** Whether it is evaluated at every record; other rules are evaluated at every `JUDGED_EVERY`-th. */
  readonly isUrgent?: true;
  judge(curves: Curves, context: RuleContext): Verdict;
}

/** Frequency of each class among the samples of a step. */
export interface ClassShares {
  readonly step: number;
  readonly shares: readonly ClassShare[];
}

/** Evaluated after samples are measured. */
export interface SampleRule extends RuleText {
  readonly watches: 'samples';
  /**
   * @param history the measures so far, newest last, at least one
   * @param shares class shares of each scoring that has them, newest last
   */
  judge(
    history: readonly SampleMeasures[],
    curves: Curves,
    context: RuleContext,
    shares: readonly ClassShares[],
  ): Verdict;
}

export type Rule = CurveRule | SampleRule;
