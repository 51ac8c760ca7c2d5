/** A report of a lesson: the student's answers, whether its goals are met, and the newest run of each experiment. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lesson } from '../course/lesson';
import { LessonRunsReader } from '../course/lesson-folder';
import { readStoredConfig } from '../session/stored-run';
import type { Language } from '../shared/language';
import { localizable } from '../shared/localizable-text';
import { writeOutput } from '../storage/placed-output';
import { ExportError } from './exporter';
import { reportedLesson, reportedRun } from './report';
import { type Reported, reportPage } from './report/page';

export interface LessonReport {
  readonly lesson: Lesson;
  /** With the student's copies and answers. */
  readonly courseFolder: string;
  readonly path: string;
  readonly replaces: boolean;
  readonly language: Language;
  readonly author?: string;
}

/** Throws `ExportError` if no experiment of the lesson was trained, and `OccupiedError`. */
export async function writeLessonReport(asked: LessonReport): Promise<void> {
  const { lesson, courseFolder, path, replaces, language, author } = asked;
  const trained = await new LessonRunsReader(join(courseFolder, lesson.id)).read();
  const folders = lesson.experiments.flatMap((name) => trained.get(name)?.[0]?.folder ?? []);
  if (folders.length === 0)
    throw new ExportError(
      localizable('No experiment of {0} has been trained in {1}.', lesson.id, courseFolder),
      localizable('Train one first.'),
    );
  await writeOutput({ path, kind: 'file', replaces }, async (place) => {
    const runs: Reported[] = [];
    for (const folder of folders)
      runs.push(await reportedRun(folder, await readStoredConfig(folder), () => undefined));
    const told = await reportedLesson(lesson, courseFolder, language);
    await writeFile(
      place,
      reportPage({ runs, lesson: told, language, ...(author === undefined ? {} : { author }) }),
    );
  });
}
