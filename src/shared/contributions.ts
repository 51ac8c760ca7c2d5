/**
 * Ids that package.json contributes, except those of commands and pages (`src/host/registry.ts`). Code refers to them only
 * through this file; a test keeps the two in sync.
 */

export const VIEW_CONTAINERS = { gan: 'gan' } as const;

export const VIEWS = { experiments: 'gan.experiments', datasets: 'gan.datasets' } as const;

export const SETTINGS = {
  maxParallel: 'gan.training.maxParallel',
  isolation: 'gan.training.isolation',
  engine: 'gan.training.engine',
  threads: 'gan.training.threads',
  runFolders: 'gan.runs.folders',
  tensorFlowLibrary: 'gan.engines.tensorflowLibrary',
  slurmPartition: 'gan.slurm.partition',
  slurmTime: 'gan.slurm.time',
  slurmCpus: 'gan.slurm.cpus',
  slurmGpus: 'gan.slurm.gpus',
  slurmMemory: 'gan.slurm.memory',
  slurmSetup: 'gan.slurm.setup',
  slurmOptions: 'gan.slurm.options',
} as const;

/** Where training runs: in a thread of the extension host, or in a separate process. */
export const TRAINING_ISOLATIONS = ['thread', 'process'] as const;
export type TrainingIsolation = (typeof TRAINING_ISOLATIONS)[number];

/** Context keys used in `when` clauses of package.json. */
export const CONTEXT_KEYS = {
  /** Whether this window trains or has queued a run, or another process trains a run known to this window. */
  isTraining: 'gan.isTraining',
  /** Whether a run is queued in this window. */
  isWaiting: 'gan.isWaiting',
  /** Whether an experiment has been found so far. */
  hasExperiments: 'gan.hasExperiments',
  /** Whether a run has been found so far. */
  hasRuns: 'gan.hasRuns',
  /** Whether this machine belongs to a Slurm cluster. */
  hasSlurm: 'gan.hasSlurm',
  /** Whether the tree is filtered. */
  isFiltered: 'gan.isFiltered',
  /** Kind of the selected tree rows: `run`, `runs`, `checkpoints`, `waiting`, or empty. */
  selection: 'gan.selection',
} as const;

/** Id of the provider of MCP servers. */
export const MCP_PROVIDER = 'gan.mcp';

/** Publisher and name: the extension's identifier in VS Code. */
export const EXTENSION_ID = 'gan-workbench.gan-workbench';
