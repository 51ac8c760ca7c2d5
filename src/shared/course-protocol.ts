/** Messages between the course page and the extension host. */
import type { LocalizableText } from './localizable-text';
import type { RunStatus } from './run-format';

export type GoalState = 'met' | 'unmet' | 'waiting';

export interface LessonSummary {
  /** Name of its folder. */
  readonly id: string;
  readonly title: string;
  /** Training time of its experiments on two cores. */
  readonly minutes: number;
  /** Whether all of its goals are met. */
  readonly isDone: boolean;
}

/** What the student has done in a lesson. Questions are numbered from 0 in the order of the text. */
export interface LessonAnswers {
  /** Number of the choice, from 0. */
  readonly predictions: Readonly<Record<string, number>>;
  readonly answers: Readonly<Record<string, string>>;
}

export interface ShownExperiment {
  readonly name: string;
  /** Its newest run. */
  readonly run?: {
    readonly folder: string;
    readonly status: RunStatus;
    readonly step: number;
    readonly totalSteps: number;
  };
  /** In the queue of the window, without a run yet. */
  readonly isQueued: boolean;
}

export interface ShownGoal {
  readonly title: LocalizableText;
  readonly state: GoalState;
  readonly found: LocalizableText;
}

export type ToCoursePage =
  | { readonly type: 'lessons'; readonly lessons: readonly LessonSummary[] }
  /** Markdown in the language of the editor; the page shows it anew. */
  | ({ readonly type: 'lesson'; readonly id: string; readonly text: string } & LessonAnswers)
  | {
      readonly type: 'runs';
      readonly id: string;
      readonly experiments: readonly ShownExperiment[];
      readonly goals: readonly ShownGoal[];
    }
  /** The newest sample of the newest run of an experiment. */
  | { readonly type: 'sample'; readonly experiment: string; readonly step: number; readonly png: Uint8Array }
  | { readonly type: 'picture'; readonly name: string; readonly bytes: Uint8Array };

export type FromCoursePage =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly lesson: string }
  | { readonly type: 'predict'; readonly question: number; readonly choice: number }
  | { readonly type: 'answer'; readonly question: number; readonly text: string }
  | { readonly type: 'start'; readonly experiment: string }
  | { readonly type: 'edit'; readonly experiment: string }
  | { readonly type: 'openRun'; readonly folder: string }
  | { readonly type: 'compare'; readonly experiments: readonly string[] }
  /** Of the lesson that is open. */
  | { readonly type: 'report' }
  /** A picture of the lesson. */
  | { readonly type: 'picture'; readonly name: string };

/** The state that VS Code keeps. */
export interface CoursePageState {
  readonly lesson: string;
}
