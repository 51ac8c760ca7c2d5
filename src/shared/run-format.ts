/**
 * The format of a run folder: the contract between processes that train (extension, command line, cluster node) and
 * processes that read. Every JSON file and every line of `metrics.jsonl` carries `schemaVersion`.
 */
import type { LocalizableFailure, LocalizableText } from './localizable-text';

export const RUN_SCHEMA_VERSION = 1;

/** Names inside a run folder. */
export const RUN_FILES = {
  config: 'config.json',
  run: 'run.json',
  metrics: 'metrics.jsonl',
  interventions: 'interventions.jsonl',
  samples: 'samples',
  checkpoints: 'checkpoints',
  modules: 'modules',
  log: 'log.txt',
  control: 'control',
  discarded: 'discarded',
  lock: 'run.lock',
} as const;

export const RUNS_FOLDER = 'gan-runs';
/** In `gan-runs`: the folders of batch jobs. */
export const BATCH_JOBS_FOLDER = 'slurm';

/** Names inside `control/`, the only folder written to by processes other than the run's writer. */
export const CONTROL_FILES = {
  /** An empty file with the name of a checkpoint, e.g. `pins/step-00000500.safetensors`, keeps that checkpoint. */
  pins: 'pins',
  /** An empty file named after a `ControlRequest` makes that request; the training loop removes it once seen. */
  requests: 'requests',
  /** `RunLabels`. */
  labels: 'labels.json',
  /** A `StoredEvaluation` for each checkpoint and protocol scored outside training. */
  scores: 'scores',
} as const;

export const CONTROL_REQUESTS = ['stop', 'pause', 'continue', 'checkpoint'] as const;
export type ControlRequest = (typeof CONTROL_REQUESTS)[number];

/** Whether the run is being trained, according to its stored status. */
export function isLive(status: string): boolean {
  return status === 'created' || status === 'running' || status === 'paused';
}

/** The user's name, tags and note for a run. */
export interface RunLabels {
  readonly schemaVersion: number;
  /** Shown instead of the folder's name. */
  readonly name?: string;
  readonly tags: readonly string[];
  readonly note: string;
}

/** `interrupted` is never stored: it is the status of a `created`, `running` or `paused` run whose writer has died. */
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

/**
 * Why a run completed: it reached its length, its scores stopped improving, or real and fake became indistinguishable.
 */
export const RUN_ENDINGS = ['length', 'patience', 'indistinguishable'] as const;

export interface RunEnding {
  readonly kind: (typeof RUN_ENDINGS)[number];
  /** A sentence with figures; omitted if the length is the whole reason. */
  readonly reason?: string;
  /** The reason with placeholders for its values. Missing in older records. */
  readonly said?: LocalizableText;
}

/**
 * What stopped a run: the user, the editor closing or reloading its window, a signal to the command, or its sweep, which
 * pruned it.
 */
export const STOP_CAUSES = ['user', 'shutdown', 'signal', 'pruned'] as const;
export type StopCause = (typeof STOP_CAUSES)[number];

export interface RunFailure {
  readonly message: string;
  readonly remedy: string;
  readonly step: number;
  /** The tensor in which NaN or infinity first appeared, if that was the cause. */
  readonly tensor?: string;
  /** Message and remedy with placeholders for their values, if they can be translated. */
  readonly said?: LocalizableFailure;
}

/** The data of a run, checked when the run is resumed. */
export interface SkippedData {
  readonly count: number;
  /** The first ones, each with the reason. */
  readonly files: readonly { readonly name: string; readonly reason: string }[];
}

export interface RunData {
  /** Number of training examples. */
  readonly examples: number;
  readonly heldOut: number;
  /** Number of input images in the training part of unpaired data. */
  readonly inputs?: number;
  /** Identical for identical examples; omitted if the config alone determines them. */
  readonly fingerprint?: string;
  /** Files of the data that could not be used when the run was created. */
  readonly skipped?: SkippedData;
}

/** A JSON value of a config. */
export type ConfigValue =
  | string
  | number
  | boolean
  | null
  | readonly ConfigValue[]
  | { readonly [key: string]: ConfigValue };

/**
 * A key whose value differs between a run's config and its parent's; an absent value was present in only one of them.
 */
export interface ConfigDifference {
  /** Dotted path. */
  readonly key: string;
  readonly before?: ConfigValue;
  readonly after?: ConfigValue;
}

/** The networks of a GAN; in a CycleGAN, those of both directions. */
export const NETWORK_ROLES = ['generator', 'discriminator'] as const;
export type NetworkRole = (typeof NETWORK_ROLES)[number];

/** The weights that a new run started from. */
export interface TakenWeights {
  /** Absolute path of the run folder or the checkpoint. */
  readonly path: string;
  readonly networks: readonly NetworkRole[];
  /** Whether the generator started from its moving average. */
  readonly isAveraged: boolean;
  /** Weights that did not fit; `leaves` are the first ones, each with both shapes. */
  readonly skipped?: { readonly count: number; readonly leaves: readonly string[] };
}

export interface RunParent {
  /** Id of the run; the file's name if `weights` came from a checkpoint outside of a run folder. */
  readonly run: string;
  /** The step that this run continues from; 0 if it restarted under a changed config. */
  readonly step: number;
  /** Set if this run began at step 0 with the weights of that step. */
  readonly weights?: TakenWeights;
  /** Omitted if there are none, and in runs of version 0.1. */
  readonly changes?: readonly ConfigDifference[];
}

/** Whether files of the experiment's folder, new ones among them, differ from the commit. */
export const GIT_CHANGES = ['none', 'uncommitted', 'unknown'] as const;

/** The git repository that holds an experiment. */
export interface GitState {
  /** Full hash; omitted if git did not answer in time. */
  readonly commit?: string;
  /** Omitted if none is checked out. */
  readonly branch?: string;
  readonly changes: (typeof GIT_CHANGES)[number];
}

/** State in which a run was resumed at a step. */
export interface ResumedGitState extends GitState {
  readonly step: number;
}

/** The state in which a run began, and the later ones if it was resumed at another commit. */
export interface RecordedGit extends GitState {
  readonly resumed?: readonly ResumedGitState[];
}

/** The trial of a sweep that a run belongs to. */
export interface SweepMembership {
  /** Name of the sweep's folder. */
  readonly sweep: string;
  /** From 1. */
  readonly trial: number;
}

/** What a generator takes as input. */
export const GENERATOR_INPUTS = ['latents', 'images'] as const;

export interface RunRecord {
  readonly schemaVersion: number;
  /** Number and name of the folder, e.g. `00007-dcgan-digits`. */
  readonly id: string;
  /** Name of the experiment: the file's name without `.gan.json`. */
  readonly experiment: string;
  /** Absolute path of the experiment file when the run was created. */
  readonly experimentFile: string;
  /** Its path relative to the runs folder, with forward slashes. Missing in older records. */
  readonly experimentPlace?: string;
  readonly status: StoredRunStatus;
  /** Completed steps as of the last status change or checkpoint. */
  readonly step: number;
  readonly totalSteps: number;
  readonly engine: {
    readonly name: string;
    readonly version: string;
    readonly threads: number;
    /** The graphics card, if it computes on one. */
    readonly adapter?: string;
  };
  readonly versions: { readonly workbench: string; readonly node: string };
  readonly host: { readonly name: string; readonly platform: string; readonly cpu: string };
  /** Omitted if the experiment is in no git repository, and in older records. */
  readonly git?: RecordedGit;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Training time in seconds, over all sessions. */
  readonly trainingSeconds: number;
  readonly parent?: RunParent;
  /** Omitted if the run belongs to no sweep. */
  readonly sweep?: SweepMembership;
  /** Name of the folder in `gan-runs/slurm`, if a batch job of its own trains it. */
  readonly batchJob?: string;
  readonly failure?: RunFailure;
  /** Set for completed runs; missing in those of version 0.1. */
  readonly ending?: RunEnding;
  /** Set for stopped runs; missing in those of version 0.1. */
  readonly stoppedBy?: StopCause;
  /** Missing in runs of version 0.1. */
  readonly data?: RunData;
  /** Missing in runs of version 0.1. */
  readonly generatorInput?: (typeof GENERATOR_INPUTS)[number];
}

/** Whether the run has a generator with latents to explore, according to its record. */
export function hasLatents({ step, generatorInput }: RunRecord): boolean {
  return step > 0 && generatorInput !== 'images';
}

/** Whether its generator can be applied to a person's own images. */
export function translatesImages({ step, generatorInput }: RunRecord): boolean {
  return step > 0 && generatorInput === 'images';
}

interface MetricsBase {
  readonly schemaVersion: number;
  readonly step: number;
}

/** What every step computes. */
export interface StepValues {
  readonly discriminatorLoss: number;
  readonly generatorLoss: number;
  /** Means over the batch of sigmoid(logit): D(x) on real and D(G(z)) on generated images. */
  readonly realScore: number;
  readonly fakeScore: number;
  /** Euclidean norm of the full gradient of each network. */
  readonly discriminatorGradientNorm: number;
  readonly generatorGradientNorm: number;
}

export interface StepRecord extends MetricsBase, StepValues {
  readonly type: 'step';
  /** Real images (or points) that the discriminator has consumed since the run began. */
  readonly images: number;
  /** Training time in seconds since the run began, over all sessions, excluding pauses. */
  readonly seconds: number;
  /** The running mean from `Throughput`; in runs of version 0.1, the mean since the previous record. */
  readonly imagesPerSecond: number;
  /** Values recorded by only some experiments: `r1Penalty`, `augmentProbability`, … */
  readonly extra?: Readonly<Record<string, number>>;
}

export interface ScoreRecord extends MetricsBase {
  readonly type: 'score';
  readonly name: string;
  readonly value: number;
  readonly protocol: string;
  /** Time for all scores of this step together, if scored during training; missing in older records. */
  readonly scoringSeconds?: number;
  /** Name of the score to rank the run by, if its config names one. */
  readonly rankedBy?: string;
  readonly details?: Readonly<Record<string, number | string>>;
}

/** Scores computed from a checkpoint outside training. */
export interface StoredEvaluation {
  readonly schemaVersion: number;
  /** ISO 8601. */
  readonly evaluatedAt: string;
  /** All of the same step. */
  readonly records: readonly ScoreRecord[];
}

/** A suggested fix for a finding; it fits the config of the run that has the finding. */
export interface FindingChange {
  readonly title: string;
  /** The title with placeholders for its values. Missing in older records. */
  readonly said?: LocalizableText;
  /** Dotted config keys with their new values. */
  readonly set: Readonly<Record<string, ConfigValue>>;
}

export interface FindingRecord extends MetricsBase {
  readonly type: 'finding';
  readonly rule: string;
  /** Display title of the rule. Missing in older records. */
  readonly title?: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  /** The message with placeholders for its values. Missing in older records. */
  readonly said?: LocalizableText;
  readonly evidence: Readonly<Record<string, number>>;
  /** The cause. Missing in records of version 0.1, as is `changes`. */
  readonly explanation?: string;
  readonly changes?: readonly FindingChange[];
}

/** The condition of an earlier finding has cleared. Version 0.1 wrote no such records, and ignores them. */
export interface RecoveryRecord extends MetricsBase {
  readonly type: 'recovery';
  readonly rule: string;
  /** Display title of the rule. */
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
  'changed',
  'playerStep',
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
  /** Path inside the run folder of the file that the event produced. */
  readonly file?: string;
  /** Training time so far in seconds, over all sessions. */
  readonly seconds?: number;
  /** Of `changed`: the keys of the config that have another value from the next step on. */
  readonly changes?: readonly ConfigDifference[];
  /** Of `playerStep`: the network that was updated alone. */
  readonly player?: NetworkRole;
}

export type MetricsRecord = StepRecord | ScoreRecord | FindingRecord | RecoveryRecord | EventRecord;

/** A line of `interventions.jsonl`: what was done to a run between two steps. */
export type Intervention = {
  readonly schemaVersion: number;
  /** Steps completed before it. */
  readonly step: number;
  /** ISO 8601. */
  readonly at: string;
} & (
  | { readonly type: 'change'; readonly changes: readonly ConfigDifference[] }
  /** One update of one network alone. */
  | { readonly type: 'playerStep'; readonly player: NetworkRole }
);

/** File name of the checkpoint or sample of a step: `step-00000500.safetensors`. */
export function stepFileName(step: number, extension: string): string {
  return `step-${String(step).padStart(8, '0')}.${extension}`;
}

/** Step encoded in a name from `stepFileName`, or undefined for any other file. */
export function stepOfFileName(name: string): number | undefined {
  const match = /^step-(\d{8,})\.[a-z]+$/.exec(name);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/**
 * The non-tensor state in a checkpoint: everything that determines the next step, and nothing that depends on a clock,
 * so that two paths to the same step produce the same bytes.
 */
export interface CheckpointState {
  readonly schemaVersion: number;
  readonly step: number;
  /** Real images consumed. */
  readonly images: number;
  /** State of each random stream, by name. */
  readonly random: Readonly<Record<string, { readonly words: readonly [number, number, number, number] }>>;
  /** Position in the shuffled training data. */
  readonly data: DataPosition;
  /** The same for the input images of unpaired data. */
  readonly unpairedInputs?: DataPosition;
  /** Missing before the first intervention. */
  readonly interventions?: InterventionState;
}

export interface InterventionState {
  /** Number of lines of `interventions.jsonl` that this state comes after. */
  readonly applied: number;
  /** Updates of each network so far, since its optimiser began. */
  readonly updates: Readonly<Record<NetworkRole, number>>;
}

/** `offset` examples of the permutation of `epoch` have been consumed. */
export interface DataPosition {
  readonly epoch: number;
  readonly offset: number;
}
