/** Messages to and from the process that measures training steps on this machine. */
import type { DataShape } from './example-shape';
import type { LocalizableText } from './localizable-text';

export interface TimedExperiment {
  /** Source text of an experiment. */
  readonly experiment: string;
  /** Number of classes, if only opening the data reveals it. */
  readonly classes?: number;
  /** Overrides the experiment's threads. */
  readonly threads?: number;
  /** Overrides the engine of an experiment that leaves the choice to the editor. */
  readonly engine?: string;
}

/** A network to train for some steps on the processor and on a device. */
export interface ComparedNetwork {
  /** The resolved config of an experiment, as plain JSON. */
  readonly config: object;
  readonly data: DataShape;
  /** The folder of the experiment, or of the run that has copies of its modules. */
  readonly modules: { readonly of: 'experiment' | 'run'; readonly folder: string };
  /** Names of the engines. */
  readonly processor: string;
  readonly device: string;
}

export type ToStepTime =
  | ({ readonly type: 'time' } & TimedExperiment)
  | ({ readonly type: 'compare' } & ComparedNetwork);

export type Comparison =
  | {
      readonly kind: 'measured';
      readonly processorStepMs: number;
      /** Undefined if no step ended in time. */
      readonly deviceStepMs?: number;
    }
  /** The device fails, or computes something else. */
  | { readonly kind: 'unusable'; readonly reason: LocalizableText };

/** The time of the processor is known, and the device has the rest of the time for at least one step. */
export interface TimingStart {
  readonly processorStepMs: number;
  readonly remainingMs: number;
}

export type FromStepTime =
  | { readonly type: 'measured'; readonly secondsPerStep: number }
  | ({ readonly type: 'timing' } & TimingStart)
  | { readonly type: 'compared'; readonly comparison: Comparison }
  | { readonly type: 'failed'; readonly message: string };
