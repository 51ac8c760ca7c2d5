/** Messages between the extension host and the page of a sweep. */
import type { LocalizableText } from './localizable-text';
import type { ConfigValue } from './run-format';
import type { RunThumbnail } from './runs-table-protocol';

/** A range of numbers, or a list of values. */
export type SweepParameter =
  | {
      readonly key: string;
      readonly from: number;
      readonly to: number;
      readonly isLogarithmic: boolean;
      readonly isWhole: boolean;
    }
  | { readonly key: string; readonly values: readonly ConfigValue[] };

/**
 * `waiting`: not begun; `stopped` and `interrupted`: to be resumed; `damaged`: its files cannot be read.
 */
export type ShownTrialStatus =
  | 'waiting'
  | 'running'
  | 'stopped'
  | 'interrupted'
  | 'completed'
  | 'pruned'
  | 'failed'
  | 'damaged';

export interface SweepTrialRun {
  /** Absolute path. */
  readonly folder: string;
  readonly seed: number;
  readonly steps: number;
  /** The objective so far. */
  readonly value?: number;
}

export interface ShownTrial {
  /** From 1. */
  readonly trial: number;
  readonly status: ShownTrialStatus;
  /** Of each parameter, in the order of `parameters`; empty for a trial that has not begun. */
  readonly values: readonly ConfigValue[];
  /** Mean objective over the runs of a trial that has ended: of a pruned one, over the steps that it has trained. */
  readonly value?: number;
  /** The objective of the first run at each score, as it would count if training ended there. */
  readonly curve: readonly { readonly step: number; readonly value: number }[];
  /** Of all runs. */
  readonly steps: number;
  readonly runs: readonly SweepTrialRun[];
  /** The Slurm task that took it last. */
  readonly slurm?: { readonly job: string; readonly node: string };
  /** Why it was pruned or failed, or what is wrong with its files. */
  readonly reason?: string;
  /** Scored under another protocol than most trials: its values cannot be compared with theirs. */
  readonly isIncomparable?: true;
}

/**
 * `idle`: trials are left, but no process trains one; `budget`: the budget admits no further trial.
 */
export type SweepActivity = 'running' | 'done' | 'budget' | 'stopped' | 'idle';

/** Tasks of a Slurm job that have not ended. */
export interface SlurmTasks {
  readonly job: number;
  /** In Slurm's words, such as `PENDING`. */
  readonly state: string;
  /** Why they wait, or the node on which they run. */
  readonly reason: string;
  readonly count: number;
}

export interface SweepView {
  /** Name of the sweep file without its extension. */
  readonly name: string;
  /** Absolute paths. */
  readonly folder: string;
  readonly sweepFile: string;
  /** Name of the experiment's file. */
  readonly experiment: string;
  readonly activity: SweepActivity;
  readonly objective: {
    readonly name: string;
    readonly better: 'lower' | 'higher';
    readonly counts: 'best' | 'last';
  };
  readonly seeds: number;
  readonly parameters: readonly SweepParameter[];
  /** In their order, those that have not begun included. */
  readonly trials: readonly ShownTrial[];
  /** Of all runs together. */
  readonly steps: number;
  /** Training time of all runs together. */
  readonly seconds: number;
}

/** Where trials are compared: by what counts at their end, or by the score of their first run at a step. */
export type ComparedAt = 'end' | number;

/** How much a parameter explains of the differences between trials; shares add up to 1. */
export interface ParameterImportance {
  readonly key: string;
  /** Mean over forests with different seeds. */
  readonly share: number;
  /** Standard deviation over these forests. */
  readonly deviation: number;
}

export interface SweepImportance {
  readonly at: ComparedAt;
  /** Number of trials that it is computed from. */
  readonly trials: number;
  /** Number of trials below which nothing is shown. */
  readonly needed: number;
  /** Share of the differences that the forests predict for trials they were not fitted to. */
  readonly explained: number;
  /** In the order of the sweep's parameters; empty with too few trials. */
  readonly parameters: readonly ParameterImportance[];
}

export type ToSweepPage =
  /** With what waits in Slurm's queue, such as `3 in the queue (Priority)`. */
  | { readonly type: 'sweep'; readonly sweep: SweepView; readonly queued?: string }
  /** The folder cannot be read (any more). */
  | { readonly type: 'unreadable'; readonly problem: string; readonly said?: LocalizableText }
  | { readonly type: 'importance'; readonly importance: SweepImportance }
  | { readonly type: 'thumbnail'; readonly folder: string; readonly thumbnail: RunThumbnail };

export type FromSweepPage =
  | { readonly type: 'ready'; readonly at: ComparedAt }
  | { readonly type: 'openRun'; readonly folder: string }
  /** Writes the experiment of a trial as a file of its own. */
  | { readonly type: 'startFrom'; readonly trial: number }
  | { readonly type: 'compareAt'; readonly at: ComparedAt }
  | { readonly type: 'stop' }
  | { readonly type: 'resume' }
  /** Requests the newest samples of these runs, now and whenever they change. */
  | { readonly type: 'showSamples'; readonly folders: readonly string[] };

/** Page state that VS Code persists across a window reload. */
export interface SweepPageState {
  readonly folder: string;
  /** Keys of the axes from left to right. */
  readonly order?: readonly string[];
  /** Chosen part of an axis, each end from 0 (bottom) to 1. */
  readonly brushes?: Readonly<Record<string, readonly [number, number]>>;
  readonly at?: ComparedAt;
  /** The parameter of the scatter plot. */
  readonly scattered?: string;
  readonly sorting?: { readonly column: string; readonly isDescending: boolean };
}
