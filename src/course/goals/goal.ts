/** What a lesson asks of its runs: a rule over their records, as the diagnostics have, that says whether it was met. */
import type * as z from 'zod';
import type { GoalState } from '../../shared/course-protocol';
import type { LocalizableText } from '../../shared/localizable-text';
import type { FindingRecord, RunStatus, ScoreRecord } from '../../shared/run-format';

/** What a goal can be judged by. */
export interface LessonRun {
  /** Absolute path. */
  readonly folder: string;
  readonly status: RunStatus;
  readonly step: number;
  readonly totalSteps: number;
  readonly scores: readonly ScoreRecord[];
  /** All of them, also those whose condition has ceased. */
  readonly findings: readonly FindingRecord[];
}

/** The runs of each experiment of a lesson, by its name without extension; newest first. */
export type LessonRuns = ReadonlyMap<string, readonly LessonRun[]>;

export interface GoalResult {
  /** `waiting`: there is no run yet, or it is still training and has not met the goal. */
  readonly state: GoalState;
  /** What was found, in a sentence. */
  readonly found: LocalizableText;
}

/** A goal with its options. */
export interface Goal {
  readonly title: LocalizableText;
  /** Names of the experiments that it is about. */
  readonly experiments: readonly string[];
  check(runs: LessonRuns): GoalResult;
}

export interface GoalDefinition<Options> {
  /** In `lesson.json`: `{ "goal": "score", … }`. */
  readonly name: string;
  readonly schema: z.ZodType<Options>;
  title(options: Options): LocalizableText;
  experiments(options: Options): readonly string[];
  check(options: Options, runs: LessonRuns): GoalResult;
}

/** A kind of goal; `read` throws a `z.ZodError` if the options are wrong. */
export interface GoalKind {
  readonly name: string;
  read(options: unknown): Goal;
}

export function defineGoal<Options>(definition: GoalDefinition<Options>): GoalKind {
  return {
    name: definition.name,
    read(value) {
      const options = definition.schema.parse(value);
      return {
        title: definition.title(options),
        experiments: definition.experiments(options),
        check: (runs) => definition.check(options, runs),
      };
    },
  };
}
