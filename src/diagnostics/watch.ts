/**
 * Watches one run: hands records and samples to the rules and says what they find, once, until it has gone and come
 * back. What it knows is a fold over the run's records alone, so that a run that is resumed goes on as if it had never
 * stopped.
 */
import type { ExampleShape } from '../data/source';
import { classSharesOf } from '../shared/class-scores';
import {
  type FindingRecord,
  type MetricsRecord,
  RUN_SCHEMA_VERSION,
  type ScoreRecord,
  type StepRecord,
} from '../shared/run-format';
import { filled } from '../shared/said';
import type { SampleSet } from '../training/samples';
import type { TrainingWatch } from '../training/watch';
import { Curves } from './curves';
import { featuresOf } from './distances';
import { rules as registeredRules } from './registry';
import type { ClassShares, Judgement, Rule, RuleContext } from './rule';
import {
  MOST_MEASURED,
  measureDiversity,
  measureMemorisation,
  measuresOf,
  type Reference,
  type SampleMeasures,
  scoreRecordOf,
} from './sample-measures';
import { fittingChanges } from './suggestions';
import { JUDGED_EVERY, SAMPLE_GAPS, SILENT_AFTER } from './thresholds';

/** Judgements without the condition since it was told; undefined where there is nothing to be silent about. */
interface Silence {
  absent: number;
}

export interface WatchOptions {
  readonly context: RuleContext;
  readonly shape: ExampleShape;
  readonly reference: Reference;
  readonly rules?: readonly Rule[];
}

export class RunWatch implements TrainingWatch {
  readonly #context: RuleContext;
  readonly #shape: ExampleShape;
  readonly #reference: Reference;
  readonly #rules: readonly Rule[];
  readonly #curves = new Curves();
  readonly #history: SampleMeasures[] = [];
  readonly #shares: ClassShares[] = [];
  readonly #told = new Map<Rule, Silence>();

  constructor({ context, shape, reference, rules = registeredRules }: WatchOptions) {
    this.#context = context;
    this.#shape = shape;
    this.#reference = reference;
    this.#rules = rules;
  }

  /**
   * Takes in a record that was written before, and returns what is found in it. Records come in their order; findings
   * among them are passed over, since they are found again.
   */
  replay(record: MetricsRecord): readonly FindingRecord[] {
    if (record.type === 'step') return this.onStep(record);
    if (record.type !== 'score') return [];
    this.onScores([record]);
    const measures = measuresOf(record);
    return measures === undefined ? [] : this.#findings(this.#judgeSamples(measures), record.step);
  }

  onStep(record: StepRecord): readonly FindingRecord[] {
    return this.#findings(this.#judgeCurves(record), record.step);
  }

  onSamples(step: number, samples: SampleSet): readonly MetricsRecord[] {
    const measures = this.#measure(step, samples);
    if (measures === undefined) return [];
    return [
      scoreRecordOf(measures, this.#reference.diversity),
      ...this.#findings(this.#judgeSamples(measures), step),
    ];
  }

  onScores(records: readonly ScoreRecord[]): void {
    for (const record of records) {
      const shares = classSharesOf(record);
      if (shares.length > 0) this.#shares.push({ step: record.step, shares });
    }
  }

  #judgeCurves(record: StepRecord): [Rule, Judgement][] {
    this.#curves.add(record);
    const isTurn = this.#curves.count % JUDGED_EVERY === 0;
    return this.#rules.flatMap((rule) =>
      rule.watches === 'curves' && (isTurn || rule.isUrgent === true)
        ? this.#news(rule, rule.judge(this.#curves, this.#context))
        : [],
    );
  }

  #judgeSamples(measures: SampleMeasures): [Rule, Judgement][] {
    this.#history.push(measures);
    return this.#rules.flatMap((rule) =>
      rule.watches === 'samples'
        ? this.#news(rule, rule.judge(this.#history, this.#curves, this.#context, this.#shares))
        : [],
    );
  }

  #news(rule: Rule, judgement: Judgement | undefined): [Rule, Judgement][] {
    const silence = this.#told.get(rule);
    if (judgement === undefined) {
      if (silence !== undefined && ++silence.absent >= SILENT_AFTER) this.#told.delete(rule);
      return [];
    }
    this.#told.set(rule, { absent: 0 });
    return silence === undefined ? [[rule, judgement]] : [];
  }

  /** Undefined where the last measure is so near that another would cost too much. */
  #measure(step: number, samples: SampleSet): SampleMeasures | undefined {
    // Before the first step there is nothing to be said of a generator.
    if (step === 0 || samples.fake.shape[0] === 0) return undefined;
    const last = this.#history.at(-1);
    if (last !== undefined && step - last.step < SAMPLE_GAPS.diversitySteps) return undefined;
    const fake = featuresOf(samples.fake.data, this.#shape, MOST_MEASURED[this.#reference.diversity.of]);
    if (fake.count < 2) return undefined;
    const measures = measureDiversity(fake, this.#reference.diversity, step);
    // Real examples that are all the same leave nothing to compare with.
    if (!Number.isFinite(measures.diversity)) return undefined;
    const { neighbours } = this.#reference;
    const lastNeighbours = this.#history.findLast(({ memorisation }) => memorisation !== undefined);
    const isTooSoon =
      lastNeighbours !== undefined && step - lastNeighbours.step < SAMPLE_GAPS.memorisationSteps;
    if (neighbours === undefined || isTooSoon) return measures;
    const memorisation = measureMemorisation(fake, neighbours);
    return Number.isFinite(memorisation) ? { ...measures, memorisation } : measures;
  }

  #findings(judged: readonly [Rule, Judgement][], step: number): FindingRecord[] {
    return judged.map(([rule, judgement]) => this.#finding(rule, judgement, step));
  }

  #finding(rule: Rule, { severity, message, evidence }: Judgement, step: number): FindingRecord {
    return {
      schemaVersion: RUN_SCHEMA_VERSION,
      type: 'finding',
      step,
      rule: rule.name,
      title: rule.title,
      severity,
      message: filled(message),
      said: message,
      evidence,
      explanation: rule.explanation,
      changes: fittingChanges(this.#context.config, rule.suggestions(this.#context)).map(
        ({ title, set }) => ({ title: filled(title), said: title, set }),
      ),
    };
  }
}
