/**
 * What a student has done in the course: the predictions made before a run, and answers to questions. A file of the
 * workspace, so that it can be handed in and survives a new machine.
 */
import { join } from 'node:path';
import * as z from 'zod';
import { jsonText, readVersionedJson } from '../run-folder/json-file';
import { createFolder, readFolder, writeFileDurably } from '../storage/durable-file';

export const PROGRESS_FILE = 'progress.json';
const PROGRESS_VERSION = 1;

const lessonProgressSchema = z.object({
  /** Number of the choice, from 0, of each question with choices. */
  predictions: z.record(z.string(), z.int().min(0)).default({}),
  /** Text of the answer to each open question. */
  answers: z.record(z.string(), z.string()).default({}),
});
export type LessonProgress = z.output<typeof lessonProgressSchema>;

const progressSchema = z.object({
  schemaVersion: z.int().min(1),
  /** By the id of the lesson. */
  lessons: z.record(z.string(), lessonProgressSchema).default({}),
});
export type Progress = z.output<typeof progressSchema>;

export const NO_PROGRESS: LessonProgress = { predictions: {}, answers: {} };

/** Empty if nothing was done yet. Throws `RunFolderError` if the file is damaged. */
export async function readProgress(courseFolder: string): Promise<Progress> {
  if (!(await readFolder(courseFolder)).includes(PROGRESS_FILE))
    return { schemaVersion: PROGRESS_VERSION, lessons: {} };
  return await readVersionedJson(join(courseFolder, PROGRESS_FILE), progressSchema);
}

/** Writes what was done in one lesson, and keeps the others. */
export async function writeProgress(
  courseFolder: string,
  lesson: string,
  change: (before: LessonProgress) => LessonProgress,
): Promise<void> {
  const { lessons, ...rest } = await readProgress(courseFolder);
  const changed = { ...lessons, [lesson]: change(lessons[lesson] ?? NO_PROGRESS) };
  await createFolder(courseFolder);
  await writeFileDurably(join(courseFolder, PROGRESS_FILE), jsonText({ ...rest, lessons: changed }));
}
