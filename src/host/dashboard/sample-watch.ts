/** Live samples of the runs that a dashboard shows, while this window trains them and somebody can see them. */
import type { LiveSample } from '../../shared/point-sample';
import type { TrainingJob } from '../training/training-job';
import type { TrainingManager } from '../training/training-manager';

export interface SampleWatchOptions {
  readonly training: TrainingManager;
  readonly folders: readonly string[];
  /** Whether the page can be seen at all. */
  readonly isVisible: () => boolean;
  /** `run` is the index of the folder. */
  readonly onSample: (run: number, live: LiveSample) => void;
}

export class SampleWatch {
  readonly #options: SampleWatchOptions;
  /** The runs whose samples are in view. */
  #wanted: ReadonlySet<number> = new Set();
  #jobs: ReadonlyMap<TrainingJob, number> = new Map();

  constructor(options: SampleWatchOptions) {
    this.#options = options;
    options.training.events.on('changed', this.#update);
    options.training.events.on('liveSample', this.#tell);
  }

  /** Replaces what is wanted. */
  want(runs: readonly number[]): void {
    this.#wanted = new Set(runs);
    this.#update();
  }

  /** Call when the page has appeared or disappeared. */
  update(): void {
    this.#update();
  }

  dispose(): void {
    this.want([]);
    const { events } = this.#options.training;
    events.off('changed', this.#update);
    events.off('liveSample', this.#tell);
  }

  readonly #update = (): void => {
    const { training, folders, isVisible } = this.#options;
    const next = new Map<TrainingJob, number>();
    if (isVisible())
      for (const run of this.#wanted) {
        const job = training.jobOfRun(folders[run] ?? '');
        if (job !== undefined && !job.hasEnded) next.set(job, run);
      }
    for (const job of this.#jobs.keys()) if (!next.has(job)) job.watch(this, false);
    for (const job of next.keys()) if (!this.#jobs.has(job)) job.watch(this, true);
    this.#jobs = next;
  };

  readonly #tell = (job: TrainingJob, live: LiveSample): void => {
    const run = this.#jobs.get(job);
    if (run !== undefined) this.#options.onSample(run, live);
  };
}
