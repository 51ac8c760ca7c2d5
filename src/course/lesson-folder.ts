/**
 * A student's copy of a lesson: its experiments in a folder of the workspace, which may be changed, and their runs. What
 * is there is never overwritten.
 */
import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { listRuns } from '../run-folder/list-runs';
import { LockObserver } from '../run-folder/lock-file';
import { ScoreReader } from '../runs/score-reader';
import { EXPERIMENT_EXTENSION } from '../shared/experiment-place';
import { localizable } from '../shared/localizable-text';
import { RUNS_FOLDER } from '../shared/run-format';
import { createFolder } from '../storage/durable-file';
import { errorCode, storageError } from '../storage/storage-error';
import type { LessonRun, LessonRuns } from './goals/goal';
import type { Lesson } from './lesson';

/** In the workspace. */
export const COURSE_FOLDER = 'gan-course';

/** Copies the experiments that are not there yet. */
export async function copyExperiments(lesson: Lesson, folder: string): Promise<void> {
  await createFolder(folder);
  for (const name of lesson.experiments) {
    const file = name + EXPERIMENT_EXTENSION;
    try {
      await copyFile(join(lesson.folder, file), join(folder, file), constants.COPYFILE_EXCL);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST')
        throw storageError(localizable('write {0}', join(folder, file)), error);
    }
  }
}

/** Reads the runs of a lesson again and again, and of their records only what is new. */
export class LessonRunsReader {
  readonly #runsFolder: string;
  readonly #observer = new LockObserver();
  readonly #readers = new Map<string, ScoreReader>();

  /** @param folder the student's copy of the lesson */
  constructor(folder: string) {
    this.#runsFolder = join(folder, RUNS_FOLDER);
  }

  /** Damaged runs are left out: the tree shows what is wrong with them. */
  async read(): Promise<LessonRuns> {
    const runs = new Map<string, LessonRun[]>();
    for (const run of (await listRuns([this.#runsFolder], this.#observer)).reverse()) {
      if ('problem' in run) continue;
      const { folder, status, record } = run;
      const reader = this.#readers.get(folder) ?? new ScoreReader(folder);
      this.#readers.set(folder, reader);
      const { step = record.step } = await reader.look();
      const read: LessonRun = {
        folder,
        status,
        step: Math.max(step, record.step),
        totalSteps: record.totalSteps,
        scores: reader.scores,
        findings: reader.findings,
      };
      runs.set(record.experiment, [...(runs.get(record.experiment) ?? []), read]);
    }
    return runs;
  }
}

/** Where a run of a lesson is. */
export interface LessonPlace {
  /** Id of the lesson. */
  readonly lesson: string;
  /** Folder with the copies of all lessons, and the file of progress. */
  readonly courseFolder: string;
}

/** Undefined for a run that belongs to no lesson: those of a lesson are in its copy. */
export function lessonPlaceOf(runFolder: string): LessonPlace | undefined {
  const copy = dirname(dirname(resolve(runFolder)));
  const courseFolder = dirname(copy);
  return basename(courseFolder) === COURSE_FOLDER ? { lesson: basename(copy), courseFolder } : undefined;
}
