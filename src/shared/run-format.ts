/**
 * What stands in a run folder: the contract between whoever trains (extension, command line, cluster node) and
 * whoever looks. Every JSON file and every line of `metrics.jsonl` carries `schemaVersion`.
 */
import type { LocalizableFailure, LocalizableText } from './localizable-text';

export const RUN_SCHEMA_VERSION = 1;

/** Names inside a run folder. */
export const RUN_FILES = {
  config: 'config.json',
  run: 'run.json',
  metrics: 'metrics.jsonl',
  samples: 'samples',
  checkpoints: 'checkpoints',
  modules: 'modules',
  log: 'log.txt',
  control: 'control',
  discarded: 'discarded',
  lock: 'run.lock',
} as const;

export const RUNS_FOLDER = 'gan-runs';

/** Names inside `control/`, the one place into which others than the writer of the run write. */
export const CONTROL_FILES = {
  /** An empty file named as a checkpoint, e.g. `pins/step-00000500.safetensors`, keeps that checkpoint. */
  pins: 'pins',
  /** An empty file named as a `ControlRequest` asks for it; the loop removes it when it has seen it. */
  requests: 'requests',
  /** `RunLabels`. */
  labels: 'labels.json',
  /** A `StoredEvaluation` for each checkpoint and protocol that was scored beside training. */
  scores: 'scores',
} as const;

export const CONTROL_REQUESTS = ['stop', 'pause', 'continue', 'checkpoint'] as const;
export type ControlRequest = (typeof CONTROL_REQUESTS)[number];

/** Whether somebody trains the run, as far as its folder says. */
export function isLive(status: string): boolean {
  return status === 'created' || status === 'running' || status === 'paused';
}

/** What a person has said of a run. */
export interface RunLabels {
  readonly schemaVersion: number;
  /** Shown instead of the folder's name. */
  readonly name?: string;
  readonly tags: readonly string[];
  readonly note: string;
}

/** `interrupted` is never written: it is what a `created`, `running` or `paused` run is whose writer has died. */
export const STORED_RUN_STATUSES = [
  'created',
  'running',
  'paused',
  'stopped',
  'completed',
  'failed',
] as const;
export type StoredRunStatus = (typeof STORED_RUN_STATUSES)[number];
export type RunStatus = StoredRunStatus | 'interrupted';

/** Why a run was completed: it had its length, its scores had ceased to improve, or nothing could be told apart. */
export const RUN_ENDINGS = ['length', 'patience', 'indistinguishable'] as const;

export interface RunEnding {
  readonly kind: (typeof RUN_ENDINGS)[number];
  /** With figures, as a sentence; left out where the length says it all. */
  readonly reason?: string;
  /** The reason with places for its values. Missing in older records. */
  readonly said?: LocalizableText;
}

/** Who stopped a run: a person, the editor that went away or loaded its window anew, or a signal to the command. */
export const STOP_CAUSES = ['user', 'shutdown', 'signal'] as const;
export type StopCause = (typeof STOP_CAUSES)[number];

export interface RunFailure {
  readonly message: string;
  readonly remedy: string;
  readonly step: number;
  /** The tensor in which NaN or infinity began, where that was the reason. */
  readonly tensor?: string;
  /** Message and remedy with places for their values, where they can be read in another language. */
  readonly said?: LocalizableFailure;
}

/** What a run was trained on, to be recognised when it is resumed. */
export interface RunData {
  /** Examples to train on. */
  readonly examples: number;
  readonly heldOut: number;
  /** Images given, of the training part of unpaired data. */
  readonly inputs?: number;
  /** The same for the same examples; left out where the config alone decides them. */
  readonly fingerprint?: string;
}

/** JSON, as configs hold it. */
export type ConfigValue =
  | string
  | number
  | boolean
  | null
  | readonly ConfigValue[]
  | { readonly [key: string]: ConfigValue };

/** A key in which a run's config differs from its parent's; a value that is absent stood in one of them alone. */
export interface ConfigDifference {
  /** Dotted. */
  readonly key: string;
  readonly before?: ConfigValue;
  readonly after?: ConfigValue;
}

export interface RunParent {
  readonly run: string;
  /** The step from which this run goes on; 0 where it began anew under a changed config. */
  readonly step: number;
  /** Left out where there are none, and in runs of version 0.1. */
  readonly changes?: readonly ConfigDifference[];
}

/** What a generator makes its examples from. */
export const GENERATOR_INPUTS = ['latents', 'images'] as const;

export interface RunRecord {
  readonly schemaVersion: number;
  /** Number and name of the folder, e.g. `00007-dcgan-digits`. */
  readonly id: string;
  /** Name of the experiment: the file's name without `.gan.json`. */
  readonly experiment: string;
  /** Absolute path of the experiment file when the run was made. */
  readonly experimentFile: string;
  /** Where that is relative to the folder of the runs, with slashes. Missing in older records. */
  readonly experimentPlace?: string;
  readonly status: StoredRunStatus;
  /** Steps done, of the last status change or checkpoint. */
  readonly step: number;
  readonly totalSteps: number;
  readonly engine: { readonly name: string; readonly version: string; readonly threads: number };
  readonly versions: { readonly workbench: string; readonly node: string };
  readonly host: { readonly name: string; readonly platform: string; readonly cpu: string };
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Seconds spent training, over all sessions. */
  readonly trainingSeconds: number;
  readonly parent?: RunParent;
  readonly failure?: RunFailure;
  /** Of completed runs; missing in those of version 0.1. */
  readonly ending?: RunEnding;
  /** Of stopped runs; missing in those of version 0.1. */
  readonly stoppedBy?: StopCause;
  /** Missing in runs of version 0.1. */
  readonly data?: RunData;
  /** Missing in runs of version 0.1. */
  readonly generatorInput?: (typeof GENERATOR_INPUTS)[number];
}

/** Whether there is a generator of the run with latents to explore, as far as its record says. */
export function hasLatents({ step, generatorInput }: RunRecord): boolean {
  return step > 0 && generatorInput !== 'images';
}

interface MetricsBase {
  readonly schemaVersion: number;
  readonly step: number;
}

export interface StepRecord extends MetricsBase {
  readonly type: 'step';
  /** Real images (or points) that the discriminator has consumed since the run began. */
  readonly images: number;
  /** Seconds of training since the run began, over all sessions, without pauses. */
  readonly seconds: number;
  /** The running mean of `Throughput`; since the record before in runs of version 0.1. */
  readonly imagesPerSecond: number;
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  /** Means over the batch of sigmoid(logit): D(x) on real and D(G(z)) on generated images. */
  readonly realScore: number;
  readonly fakeScore: number;
  /** Euclidean norms of the whole gradient of each network. */
  readonly discriminatorGradientNorm: number;
  readonly generatorGradientNorm: number;
  /** Values that only some experiments have: `r1Penalty`, `augmentProbability`, … */
  readonly extra?: Readonly<Record<string, number>>;
}

export interface ScoreRecord extends MetricsBase {
  readonly type: 'score';
  readonly name: string;
  readonly value: number;
  readonly protocol: string;
  /** What all scores of the step took together, where the run was scored while it trained; missing in older records. */
  readonly scoringSeconds?: number;
  /** Name of the score that the run is to be ranked by, where its config names one. */
  readonly rankedBy?: string;
  readonly details?: Readonly<Record<string, number | string>>;
}

/** Scores that were computed of a checkpoint beside training. */
export interface StoredEvaluation {
  readonly schemaVersion: number;
  /** ISO 8601. */
  readonly evaluatedAt: string;
  /** Of one step. */
  readonly records: readonly ScoreRecord[];
}

/** Something to try against a finding; it fits the config of the run that it was found in. */
export interface FindingChange {
  readonly title: string;
  /** The title with places for its values. Missing in older records. */
  readonly said?: LocalizableText;
  /** Dotted keys of the config and the values that they shall have. */
  readonly set: Readonly<Record<string, ConfigValue>>;
}

export interface FindingRecord extends MetricsBase {
  readonly type: 'finding';
  readonly rule: string;
  /** What the rule is called for people. Missing in older records. */
  readonly title?: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  /** The message with places for its values. Missing in older records. */
  readonly said?: LocalizableText;
  readonly evidence: Readonly<Record<string, number>>;
  /** Why it happens. Missing in records of version 0.1, as `changes`. */
  readonly explanation?: string;
  readonly changes?: readonly FindingChange[];
}

/** The condition of an earlier finding has ceased. Version 0.1 wrote none, and passes over them. */
export interface RecoveryRecord extends MetricsBase {
  readonly type: 'recovery';
  readonly rule: string;
  /** What the rule is called for people. */
  readonly title: string;
  /** Step of the finding. */
  readonly foundAt: number;
}

export const RUN_EVENTS = [
  'started',
  'resumed',
  'paused',
  'continued',
  'checkpoint',
  'sample',
  'stopped',
  'completed',
  'failed',
] as const;
export type RunEvent = (typeof RUN_EVENTS)[number];

export interface EventRecord extends MetricsBase {
  readonly type: 'event';
  readonly event: RunEvent;
  /** ISO 8601. */
  readonly at: string;
  readonly message?: string;
  /** Path inside the run folder of what the event made. */
  readonly file?: string;
  /** Seconds of training so far, over all sessions. */
  readonly seconds?: number;
}

export type MetricsRecord = StepRecord | ScoreRecord | FindingRecord | RecoveryRecord | EventRecord;

/** File name of a checkpoint or sample of a step: `step-00000500.safetensors`. */
export function stepFileName(step: number, extension: string): string {
  return `step-${String(step).padStart(8, '0')}.${extension}`;
}

/** Step in a name made by `stepFileName`, or undefined for any other file. */
export function stepOfFileName(name: string): number | undefined {
  const match = /^step-(\d{8,})\.[a-z]+$/.exec(name);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/**
 * What is kept beside the tensors in a checkpoint: everything that makes the next step what it would have been, and
 * nothing that a clock decides, so that two ways to the same step give the same bytes.
 */
export interface CheckpointState {
  readonly schemaVersion: number;
  readonly step: number;
  /** Real images consumed. */
  readonly images: number;
  /** State of each random stream, by name. */
  readonly random: Readonly<Record<string, { readonly words: readonly [number, number, number, number] }>>;
  /** Position in the shuffled data that training consumed. */
  readonly data: DataPosition;
  /** The same of the images given, where the data is unpaired. */
  readonly unpairedInputs?: DataPosition;
}

/** `offset` examples of the permutation of `epoch` have been consumed. */
export interface DataPosition {
  readonly epoch: number;
  readonly offset: number;
}
