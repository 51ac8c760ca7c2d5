/**
 * Looks at one run again and again and tells what is new. Each dashboard has one for each of its runs. Knows nothing of
 * VS Code.
 */

import { checkpointSteps } from '../run-folder/checkpoints';
import { readLabels } from '../run-folder/control';
import type { CurveView, RunNews } from '../shared/dashboard-protocol';
import { type Problem, problemOf } from '../shared/errors';
import type { EvaluationProgress } from '../shared/evaluation-progress';
import { isLive, RUN_SCHEMA_VERSION, type RunLabels, type RunStatus } from '../shared/run-format';
import type { CurveStore } from './curves/curve-store';
import { type RunChanges, RunHistory } from './curves/run-history';

/** A run in which more has been found is in more trouble than a list can tell. */
const MAX_FINDINGS = 500;

export interface RunFollowerOptions {
  readonly folder: string;
  readonly store: CurveStore;
  /** Whether this window is about to train the run, or does: its folder says so a little later. */
  readonly isBeginning: () => boolean;
  /** How far this window is in scoring the run; undefined where it does not. */
  readonly scoring?: () => EvaluationProgress | undefined;
  readonly onNews: (news: RunNews) => void;
  /** Called with what could not be read, while the rest is shown. */
  readonly onProblem: (problem: Problem) => void;
}

export class RunFollower {
  readonly folder: string;
  readonly history: RunHistory;
  readonly #options: RunFollowerOptions;
  #view: CurveView | undefined;
  #sentRun = '';
  #sentRecords = '';
  /** Why the last look failed: said once, and not at every look. */
  #problem: string | undefined;
  #labelsProblem: string | undefined;
  #evaluationsProblem: Problem | undefined;
  #name: string | undefined;

  constructor(options: RunFollowerOptions) {
    this.folder = options.folder;
    this.history = new RunHistory(options.folder, options.store);
    this.#options = options;
  }

  /** The name that somebody gave the run, or its id; undefined as long as it has not been read. */
  get name(): string | undefined {
    return this.#name;
  }

  get isLive(): boolean {
    const status = this.#status();
    return status !== undefined && isLive(status);
  }

  /** Whether there is a first step to be seen. */
  get hasCurves(): boolean {
    return this.history.progress() !== undefined;
  }

  /** From now on curves are told of this part. */
  set view(view: CurveView) {
    this.#view = view;
  }

  /** Tells what is new since the last look, or everything. */
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
      await this.#tellChanges(
        everything ? { curves: true, samples: true, evaluations: true } : changes,
        everything,
      );
      await this.history.keep();
      this.#problem = undefined;
    } catch (error) {
      // What the run's record says is known by then.
      await this.#tellRun(everything);
      const problem = problemOf(error);
      if (problem.problem !== this.#problem || everything) this.#options.onProblem(problem);
      this.#problem = problem.problem;
    }
  }

  tellCurves(): void {
    if (this.#view !== undefined)
      this.#options.onNews({ type: 'curves', slice: this.history.curves(this.#view) });
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
    if (changes.curves) {
      this.tellCurves();
    }
    if (changes.curves || changes.evaluations) this.#tellRecords(everything || changes.evaluations);
    if (changes.samples) this.#options.onNews({ type: 'samples', steps: this.history.samples });
    const { run } = this.history;
    if (everything && run !== undefined && 'record' in run)
      this.#options.onNews({ type: 'config', config: await this.history.config() });
  }

  /** Findings and scores are few, and most looks find no new ones. */
  #tellRecords(everything: boolean): void {
    const { findings, recoveries, scores } = this.history;
    const told = `${findings.length} ${recoveries.length} ${scores.length} ${findings.at(-1)?.step} ${scores.at(-1)?.step}`;
    if (told === this.#sentRecords && !everything) return;
    this.#sentRecords = told;
    this.#options.onNews({
      type: 'findings',
      findings: this.history.placed(this.history.shownFindings(MAX_FINDINGS)),
    });
    this.#options.onNews({ type: 'scores', scores: this.history.placed(scores) });
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
    const text = JSON.stringify([record, status, labels, hasCheckpoints, scoring]);
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
    });
  }

  /** What is wrong with a folder of checkpoints stands in the tree, in its place. */
  async #hasCheckpoints(): Promise<boolean> {
    try {
      return (await checkpointSteps(this.folder)).length > 0;
    } catch {
      return false;
    }
  }

  /** Labels that cannot be read must not hide the run; that they cannot is said once. */
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
