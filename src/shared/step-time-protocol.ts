/** Messages between the extension host and the process that measures training speed on this machine. */

export interface ToStepTime {
  /** Source text of an experiment. */
  readonly experiment: string;
  /** Number of classes, if only opening the data reveals it. */
  readonly classes?: number;
  /** Overrides the experiment's threads. */
  readonly threads?: number;
}

export type FromStepTime =
  | { readonly type: 'measured'; readonly secondsPerStep: number }
  | { readonly type: 'failed'; readonly message: string };
