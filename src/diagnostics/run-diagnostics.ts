/**
 * Monitors one run: feeds records and samples to the rules and reports each finding once, and its recovery. Its state
 * is a fold over the run's records alone, so that a resumed run continues as if it had never stopped.
 */

import { classSharesOf } from '../shared/class-scores';
import type { ExampleShape } from '../shared/example-shape';
import { formatText, localizable } from '../shared/localizable-text';
import {
  type FindingRecord,
  type MetricsRecord,
  type RecoveryRecord,
  RUN_SCHEMA_VERSION,
  type ScoreRecord,
  type StepRecord,
} from '../shared/run-format';
import type { SampleSet } from '../training/samples';
import type { TrainingWatch, WatchRecord } from '../training/training-watch';
import { Curves } from './curves';
import { featuresOf } from './distances';
import { causesAmong } from './odd-settings';
import { rules as registeredRules } from './registry';
import type { ClassShares, Judgement, Rule, RuleContext, Verdict } from './rule';
import {
  MAX_MEASURED,
  measureDiversity,
  measureMemorisation,
  measuresOf,
  type Reference,
  type SampleMeasures,
  scoreRecordOf,
} from './sample-measures';
import { fittingChanges } from './suggestions';
import { CEASED_AFTER, JUDGED_EVERY, SAMPLE_GAPS } from './thresholds';

/** A finding that was reported and has not cleared. */
interface Told {
  /** Step of the finding. */
  readonly step: number;
  /** Consecutive evaluations without the condition. */
  absent: number;
}

export interface RunDiagnosticsOptions {
  readonly context: RuleContext;
  readonly shape: ExampleShape;
  readonly reference: Reference;
  readonly rules?: readonly Rule[];
}

export class RunDiagnostics implements TrainingWatch {
  readonly #context: RuleContext;
  readonly #shape: ExampleShape;
  readonly #reference: Reference;
  readonly #rules: readonly Rule[];
  readonly #curves = new Curves();
  readonly #history: SampleMeasures[] = [];
  readonly #shares: ClassShares[] = [];
  readonly #told = new Map<Rule, Told>();

  constructor({ context, shape, reference, rules = registeredRules }: RunDiagnosticsOptions) {
    this.#context = context;
    this.#shape = shape;
    this.#reference = reference;
    this.#rules = rules;
  }

  /**
   * Processes a record written earlier and returns its findings. Records must be in order; stored findings are skipped,
   * since they are found again.
   */
  replay(record: MetricsRecord): readonly WatchRecord[] {
    if (record.type === 'step') return this.onStep(record);
    if (record.type !== 'score') return [];
    this.onScores([record]);
    const measures = measuresOf(record);
    return measures === undefined ? [] : this.#judgeSamples(measures);
  }

  onStep(record: StepRecord): readonly WatchRecord[] {
    return this.#judgeCurves(record);
  }

  onSamples(step: number, samples: SampleSet): readonly MetricsRecord[] {
    const measures = this.#measure(step, samples);
    if (measures === undefined) return [];
    return [scoreRecordOf(measures, this.#reference.diversity), ...this.#judgeSamples(measures)];
  }

  onScores(records: readonly ScoreRecord[]): void {
    for (const record of records) {
      const shares = classSharesOf(record);
      if (shares.length > 0) this.#shares.push({ step: record.step, shares });
    }
  }

  #judgeCurves(record: StepRecord): WatchRecord[] {
    this.#curves.add(record);
    const isTurn = this.#curves.count % JUDGED_EVERY === 0;
    return this.#rules.flatMap((rule) =>
      rule.watches === 'curves' && (isTurn || rule.isUrgent === true)
        ? this.#news(rule, rule.judge(this.#curves, this.#context), record.step)
        : [],
    );
  }

  #judgeSamples(measures: SampleMeasures): WatchRecord[] {
    this.#history.push(measures);
    return this.#rules.flatMap((rule) =>
      rule.watches === 'samples'
        ? this.#news(
            rule,
            rule.judge(this.#history, this.#curves, this.#context, this.#shares),
            measures.step,
          )
        : [],
    );
  }

  #news(rule: Rule, verdict: Verdict, step: number): WatchRecord[] {
    if (verdict === 'unjudged') return [];
    const told = this.#told.get(rule);
    if (verdict !== undefined) {
      this.#told.set(rule, { step: told?.step ?? step, absent: 0 });
      return told === undefined ? [this.#finding(rule, verdict, step)] : [];
    }
    if (told === undefined || ++told.absent < CEASED_AFTER[rule.watches]) return [];
    this.#told.delete(rule);
    return [recovery(rule, told.step, step)];
  }

  /** Returns undefined if the last measure is too recent, which limits the cost. */
  #measure(step: number, samples: SampleSet): SampleMeasures | undefined {
    // Before the first step there is nothing to measure in a generator.
    if (step === 0 || samples.fake.shape[0] === 0) return undefined;
    const last = this.#history.at(-1);
    if (last !== undefined && step - last.step < SAMPLE_GAPS.diversitySteps) return undefined;
    const fake = featuresOf(samples.fake.data, this.#shape, MAX_MEASURED[this.#reference.diversity.of]);
    if (fake.count < 2) return undefined;
    const measures = measureDiversity(fake, this.#reference.diversity, step);
    // Identical real examples leave nothing to compare with.
    if (!Number.isFinite(measures.diversity)) return undefined;
    const { neighbours } = this.#reference;
    const lastNeighbours = this.#history.findLast(({ memorisation }) => memorisation !== undefined);
    const isTooSoon =
      lastNeighbours !== undefined && step - lastNeighbours.step < SAMPLE_GAPS.memorisationSteps;
    if (neighbours === undefined || isTooSoon) return measures;
    const memorisation = measureMemorisation(fake, neighbours);
    return Number.isFinite(memorisation) ? { ...measures, memorisation } : measures;
  }

  #finding(rule: Rule, { severity, message, evidence }: Judgement, step: number): FindingRecord {
    const causes = causesAmong(rule.causedBy ?? [], this.#context.config);
    const said = causes.reduce(
      (text, cause) => localizable('{0} Likely cause: {1}', text, cause.said),
      message,
    );
    const suggestions =
      causes.length > 0 ? causes.map(({ change }) => change) : rule.suggestions(this.#context);
    return {
      schemaVersion: RUN_SCHEMA_VERSION,
      type: 'finding',
      step,
      rule: rule.name,
      title: rule.title,
      severity,
      message: formatText(said),
      said,
      evidence,
      explanation: causes[0]?.explanation ?? rule.explanation,
      changes: fittingChanges(this.#context.config, suggestions).map(({ title, set }) => ({
        title: formatText(title),
        said: title,
        set,
      })),
    };
  }
}

function recovery({ name, title }: Rule, foundAt: number, step: number): RecoveryRecord {
  return { schemaVersion: RUN_SCHEMA_VERSION, type: 'recovery', step, rule: name, title, foundAt };
}
