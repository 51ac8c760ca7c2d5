/**
 * The lines of standard output with `--json`, one object each: the contract between the `gan` command and the programs
 * that read it, including the extension.
 */
import { failureOfError } from './errors';
import type { EvaluationEstimate, EvaluationProgress } from './evaluation-progress';
import type { LocalizableFailure, LocalizableText } from './localizable-text';
import type { ExperimentSummary } from './network-summary';
import type {
  ConfigValue,
  FindingRecord,
  RecoveryRecord,
  RunRecord,
  RunStatus,
  ScoreRecord,
  SkippedData,
} from './run-format';

interface ImportLine {
  readonly type: 'import';
  readonly done: number;
  readonly total: number;
  readonly skipped: number;
  readonly imagesPerSecond: number;
  readonly etaSeconds: number;
}

/** `gan train` and `gan resume`. Paths are absolute; lines with a step have paths relative to the run folder. */
export type TrainingLine =
  | ImportLine
  /** Once, if files of the data cannot be used. */
  | ({ readonly type: 'skipped' } & SkippedData)
  /** Worth telling and no problem, such as which engine trains. */
  | { readonly type: 'remark'; readonly message: string }
  | { readonly type: 'run'; readonly folder: string }
  | { readonly type: 'status'; readonly status: RunStatus }
  | {
      readonly type: 'progress';
      readonly step: number;
      readonly totalSteps: number;
      readonly imagesPerSecond: number;
      readonly etaSeconds: number;
      readonly discriminatorLoss?: number;
      readonly generatorLoss?: number;
    }
  | { readonly type: 'sample' | 'checkpoint'; readonly step: number; readonly file: string }
  | ({ readonly type: 'scoring' } & EvaluationProgress)
  | FindingRecord
  | RecoveryRecord
  | ScoreRecord
  | {
      readonly type: 'end';
      readonly status: 'completed' | 'stopped';
      readonly step: number;
      readonly reason?: string;
      readonly folder: string;
      readonly sample?: string;
      readonly checkpoint?: string;
      readonly lossPlot?: string;
    };

/** `gan evaluate`. */
export type EvaluationLine =
  | ({ readonly type: 'estimate' } & EvaluationEstimate)
  | ({ readonly type: 'progress' } & EvaluationProgress)
  | ScoreRecord
  | { readonly type: 'refusal'; readonly metric: string; readonly reason: string }
  | { readonly type: 'end'; readonly step: number; readonly seconds: number };

/** `gan doctor`: a line for each check, and the verdict at the end. */
export interface DoctorLine {
  readonly type: 'machine' | 'engine' | 'cache' | 'decoder' | 'verdict';
  readonly ok: boolean;
  /** For `machine` lines. */
  readonly workbench?: string;
  readonly node?: string;
  readonly platform?: string;
  readonly cpu?: string;
  readonly threads?: number;
  readonly memoryGb?: string;
  readonly freeMemoryGb?: string;
  /** For `engine` lines. */
  readonly name?: string;
  readonly version?: string;
  /** The graphics card that the engine computes on. */
  readonly adapter?: string;
  readonly selfTestSteps?: number;
  /** Of the fastest matrix product, in billions of operations a second. */
  readonly gflops?: number;
  /** Path of the cache. */
  readonly folder?: string;
  readonly problem?: string;
  /** The whole line as text for the user. */
  readonly said: LocalizableText;
}

/** `gan bench`: one line per engine, network and batch size. */
export interface BenchmarkLine {
  readonly engine: string;
  readonly version: string;
  readonly threads: number;
  readonly model: string;
  readonly imageSize: number;
  readonly batchSize: number;
  /** Median. */
  readonly stepMs: number;
  readonly fastestStepMs: number;
  /** Median of the processor time of all threads, which other programs on the machine hardly change. */
  readonly cpuMs: number;
  readonly imagesPerSecond: number;
  /** Billions of floating-point operations in a step. */
  readonly gflopPerStep: number;
  /** Billions of floating-point operations per second. */
  readonly gflops: number;
  /** GFLOP/s of a 2048×2048 matrix product: the median of the measurements before and after the steps. */
  readonly peakGflops: number;
  readonly shareOfPeak: number;
  /** Milliseconds to trace and compile every program. */
  readonly compileMs: number;
  /** Peak resident memory of the process so far. */
  readonly peakMemoryMb: number;
}

/** `gan runs`. */
export type RunLine =
  | ({ readonly folder: string } & Omit<RunRecord, 'status'> & { readonly status: RunStatus })
  | { readonly folder: string; readonly problem: string };

/** `gan sample`. */
export interface SampleLine {
  readonly type: 'sample';
  readonly step: number;
  readonly count: number;
  readonly file: string;
}

/** `gan export`. */
export interface ExportLine {
  readonly type: 'export';
  readonly format: string;
  readonly file: string;
}

/** `gan translate`. */
export interface TranslateLine {
  readonly type: 'translate';
  readonly step: number;
  readonly count: number;
  /** Images that cannot be used, with the reason. */
  readonly skipped: readonly UnusedImage[];
  /** With `--targets`. */
  readonly scores?: {
    readonly count: number;
    /** Mean over the images, by the name of the metric. */
    readonly means: Readonly<Record<string, number>>;
    /** Images without a usable target. */
    readonly unscored: readonly UnusedImage[];
  };
  readonly file: string;
}

export interface UnusedImage {
  readonly name: string;
  readonly reason: string;
}

/** `gan translate` of a folder, for each image: its name inside the folder, and that of what was made of it. */
export interface TranslatedImageLine {
  readonly type: 'image';
  readonly from: string;
  readonly to: string;
}

/** `gan invert`, for each image. */
export interface InversionLine {
  readonly type: 'inversion';
  readonly name: string;
  /** In dB, of the image found against the image given. */
  readonly psnr: number;
  readonly label?: number;
}

/** `gan invert`, at the end. */
export interface InvertLine {
  readonly type: 'invert';
  readonly step: number;
  readonly count: number;
  readonly file: string;
}

/** `gan sweep`, while trials are trained. A value is the objective of the sweep; paths are absolute. */
export type SweepLine =
  | { readonly type: 'sweep'; readonly folder: string; readonly trials: number }
  | { readonly type: 'trial'; readonly trial: number; readonly values: ConfigValues }
  | { readonly type: 'trialRun'; readonly trial: number; readonly seed: number; readonly folder: string }
  | {
      readonly type: 'trialScore';
      readonly trial: number;
      readonly seed: number;
      readonly step: number;
      readonly value: number;
    }
  | {
      readonly type: 'trialEnd';
      readonly trial: number;
      readonly status: string;
      readonly value?: number;
      readonly reason?: string;
    };

/** `gan sweep --slurm`, and for its jobs `gan sweep status`. */
export type SlurmLine =
  | { readonly type: 'slurmJob'; readonly job: number; readonly tasks: number; readonly script: string }
  | {
      readonly type: 'slurmTasks';
      readonly job: number;
      readonly state: string;
      readonly reason: string;
      readonly count: number;
    };

type ConfigValues = Readonly<Record<string, ConfigValue>>;

/** `gan sweep status`, and at the end of the other commands of sweeps: one line per trial, best first. */
export interface TrialLine {
  readonly type: 'trialStatus';
  readonly trial: number;
  readonly status: string;
  /** Undecided until the trial begins. */
  readonly values?: ConfigValues;
  /** Mean over the runs. */
  readonly value?: number;
  readonly reason?: string;
  readonly runs: readonly { readonly seed: number; readonly folder: string; readonly value?: number }[];
}

/** Commands that count: `gan sample`, `gan export`, `gan translate` and `gan invert`. */
export interface CountLine {
  readonly type: 'count';
  readonly done: number;
  readonly total: number;
}

/** `gan data list`. */
export interface DataPackageLine {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly licenceUrl: string;
  readonly downloadMebibytes: number;
  readonly fetched: boolean;
  readonly folder: string;
}

/** `gan data fetch`. */
export interface FetchedDataLine {
  readonly name: string;
  readonly licence: string;
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/** `gan describe`. */
export interface DescribeLine extends ExperimentSummary {
  readonly type: 'describe';
}

/** `gan course`. */
export interface LessonLine {
  readonly lesson: string;
  readonly title: string;
  /** Training time on two cores. */
  readonly minutes: number;
  /** Absolute path of its text. */
  readonly text: string;
}

/** `gan course check`: one for each goal. */
export interface GoalLine {
  readonly lesson: string;
  readonly goal: string;
  readonly state: 'met' | 'unmet' | 'waiting';
  readonly found: string;
}

/** The last line of any command that fails; standard error has the same as text. */
export interface FailureLine extends LocalizableFailure {
  readonly type: 'failure';
}

export type CommandLine =
  | FailureLine
  | TrainingLine
  | EvaluationLine
  | DoctorLine
  | BenchmarkLine
  | RunLine
  | SampleLine
  | CountLine
  | ExportLine
  | TranslateLine
  | TranslatedImageLine
  | InversionLine
  | InvertLine
  | SweepLine
  | SlurmLine
  | TrialLine
  | DataPackageLine
  | FetchedDataLine
  | DescribeLine
  | LessonLine
  | GoalLine;

export function failureLine(error: unknown): FailureLine {
  return { type: 'failure', ...failureOfError(error) };
}

/** Both ends have the same version, so the type of a line determines its fields. */
export function isFailureLine(line: object | undefined): line is FailureLine {
  return line !== undefined && 'type' in line && line.type === 'failure';
}

/** The failure among lines of output, if the command got far enough to write one. */
export function failureAmong(output: string): FailureLine | undefined {
  return output.split('\n').map(parseLine).findLast(isFailureLine);
}

/** Parses one line; returns undefined for anything but an object, such as a library's warning between the lines. */
export function parseLine(text: string): object | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null && !Array.isArray(line) ? line : undefined;
  } catch {
    return undefined;
  }
}
