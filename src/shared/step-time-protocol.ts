/** What the extension host asks of the process that measures how fast this machine trains, and what that answers. */

export interface ToStepTime {
  /** Text of an experiment. */
  readonly experiment: string;
  /** Of the data, where only opening them would tell. */
  readonly classes?: number;
  /** In the place of the experiment's own threads. */
  readonly threads?: number;
}

export type FromStepTime =
  | { readonly type: 'measured'; readonly secondsPerStep: number }
  | { readonly type: 'failed'; readonly message: string };
