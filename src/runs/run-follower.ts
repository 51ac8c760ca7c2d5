/** Polls one run and reports changes. A dashboard has one follower per run. Does not depend on VS Code. */

import { checkpointSteps } from '../run-folder/checkpoints';
import { readLabels } from '../run-folder/control';
import type { CurveView, RunNews } from '../shared/dashboard-protocol';
import { type Problem, problemOf } from '../shared/errors';
import type { EvaluationProgress } from '../shared/evaluation-progress';
import type { Pace } from '../shared/live-request';
import { isLive, RUN_SCHEMA_VERSION, type RunLabels, type RunStatus } from '../shared/run-format';
import type { CurveStore } from './curves/curve-store';
import { type RunChanges, RunHistory } from './curves/run-history';
import { curveNews, NEWS_SOURCES } from './run-news';

export interface RunFollowerOptions {
  readonly folder: string;
  readonly store: CurveStore;
  /** Whether this window is training the run or about to; its folder reflects that with a delay. */
  readonly isBeginning: () => boolean;
  /** Progress of scoring the run in this window; undefined if it is not being scored. */
  readonly scoring?: () => EvaluationProgress | undefined;
  /** Slow motion of the run in this window; undefined if it is not training here. */
  readonly pace?: () => Pace | undefined;
  readonly onNews: (news: RunNews) => void;
  /** Called with read errors, while the rest is shown. */
  readonly onProblem: (problem: Problem) => void;
}

export class RunFollower {
  readonly folder: string;
  readonly history: RunHistory;
  readonly #options: RunFollowerOptions;
  #view: CurveView | undefined;
  #sentRun = '';
  /** Error of the last poll, so that it is reported once rather than at every poll. */
  #problem: string | undefined;
  #labelsProblem: string | undefined;
  #evaluationsProblem: Problem | undefined;
  #name: string | undefined;

  constructor(options: RunFollowerOptions) {
    this.folder = options.folder;
    this.history = new RunHistory(options.folder, options.store);
    this.#options = options;
  }

  /** The user's name for the run, or else its id; undefined until it has been read. */
  get name(): string | undefined {
    return this.#name;
  }

  get isLive(): boolean {
    const status = this.#status();
    return status !== undefined && isLive(status);
  }

  /** Whether the first step has been recorded. */
  get hasCurves(): boolean {
    return this.history.progress() !== undefined;
  }

  /** Sets the range of the curves to report. */
  set view(view: CurveView) {
    this.#view = view;
  }

  /** Reports what is new since the last poll, or everything. */
  async look(everything: boolean): Promise<void> {
    try {
      const changes = await this.history.refresh(async () => {
        await this.#tellRun(true);
        this.tellCurves();
      });
      const { evaluationsProblem } = this.history;
      if (
        evaluationsProblem !== undefined &&
        evaluationsProblem.problem !== this.#evaluationsProblem?.problem
      )
        this.#options.onProblem(evaluationsProblem);
      this.#evaluationsProblem = evaluationsProblem;
      await this.#tellChanges(changes, everything);
      await this.history.keep();
      this.#problem = undefined;
    } catch (error) {
      // The run record has been read by then.
      await this.#tellRun(everything);
      const problem = problemOf(error);
      if (problem.problem !== this.#problem || everything) this.#options.onProblem(problem);
      this.#problem = problem.problem;
    }
  }

  tellCurves(): void {
    this.#tell(curveNews(this.history, this.#view));
  }

  async tellSample(step: number): Promise<void> {
    this.#options.onNews({ type: 'sample', step, content: await this.history.sample(step) });
  }

  #status(): RunStatus | undefined {
    const { run } = this.history;
    if (run === undefined || !('status' in run)) return undefined;
    return !isLive(run.status) && this.#options.isBeginning() ? 'created' : run.status;
  }

  async #tellChanges(changes: RunChanges, everything: boolean): Promise<void> {
    await this.#tellRun(everything || changes.curves);
    for (const { hasChanged, read } of NEWS_SOURCES)
      if (everything || hasChanged(changes)) this.#tell(await read(this.history, this.#view));
  }

  #tell(news: RunNews | undefined): void {
    if (news !== undefined) this.#options.onNews(news);
  }

  async #tellRun(hasProgressed: boolean): Promise<void> {
    const { run } = this.history;
    if (run === undefined) return;
    if ('problem' in run) {
      if (run.problem !== this.#sentRun || hasProgressed)
        this.#options.onNews({
          type: 'damaged',
          problem: run.problem,
          ...(run.said === undefined ? {} : { said: run.said }),
        });
      this.#sentRun = run.problem;
      return;
    }
    const labels = await this.#labels();
    this.#name = labels.name ?? run.record.id;
    const { record } = run;
    const status = this.#status() ?? run.status;
    const hasCheckpoints = await this.#hasCheckpoints();
    const scoring = this.#options.scoring?.();
    const pace = this.#options.pace?.();
    const text = JSON.stringify([record, status, labels, hasCheckpoints, scoring, { pace }]);
    if (text === this.#sentRun && !hasProgressed) return;
    this.#sentRun = text;
    const progress = this.history.progress();
    this.#options.onNews({
      type: 'run',
      record,
      status,
      labels,
      hasCheckpoints,
      ...(progress === undefined ? {} : { progress }),
      ...(scoring === undefined ? {} : { scoring }),
      ...(pace === undefined ? {} : { pace }),
    });
  }

  /** Problems with the checkpoints folder are shown in the tree instead. */
  async #hasCheckpoints(): Promise<boolean> {
    try {
      return (await checkpointSteps(this.folder)).length > 0;
    } catch {
      return false;
    }
  }

  /** Labels that cannot be read must not hide the run; the error is reported once. */
  async #labels(): Promise<RunLabels> {
    try {
      const labels = await readLabels(this.folder);
      this.#labelsProblem = undefined;
      return labels;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.problem !== this.#labelsProblem) this.#options.onProblem(problem);
      this.#labelsProblem = problem.problem;
      return { schemaVersion: RUN_SCHEMA_VERSION, tags: [], note: '' };
    }
  }
}
