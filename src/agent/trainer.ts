/** Starts trainings for an assistant: in processes for `gan mcp`, in the queue of the editor's window. */
export interface Trainer {
  /** Returns the folder of the new run once it exists. Throws what opening it throws. */
  start(experimentFile: string, signal: AbortSignal): Promise<string>;
  /** Resumes a run that was stopped or interrupted. */
  resume(runFolder: string, signal: AbortSignal): Promise<void>;
  /** Starts a sweep; returns its folder once it exists. */
  sweep(sweepFile: string, signal: AbortSignal): Promise<string>;
}
