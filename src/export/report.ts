/** Exports a run as one HTML file to hand in, read and print. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExperimentConfig } from '../config/schema';
import { checkLesson } from '../course/check';
import { type Lesson, lessonText, readLessons, titleOf } from '../course/lesson';
import { lessonPlaceOf } from '../course/lesson-folder';
import { NO_PROGRESS, readProgress } from '../course/progress';
import { answeredQuestions } from '../course/questions';
import { readBounded } from '../run-folder/bounded-file';
import { pathInRun } from '../run-folder/path-in-run';
import { MAX_SAMPLE_BYTES, nearestStep } from '../run-folder/sample-files';
import { RunHistory } from '../runs/curves/run-history';
import type { Language } from '../shared/language';
import { localizable } from '../shared/localizable-text';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import { bestScore } from '../shared/scores';
import { ExportError, type Exporter } from './exporter';
import type { ReportedLesson } from './report/lesson-section';
import { type Reported, reportPage, type SamplePicture } from './report/page';

/** Shares of the training of which samples are shown. */
const STAGES = [0, 0.25, 0.5, 0.75, 1];

export const exportReport: Exporter = async ({ runFolder, config, language, author, report }, place) => {
  const reported = await reportedRun(runFolder, config, report);
  const lesson = await lessonOf(runFolder, language);
  await writeFile(
    place,
    reportPage({
      runs: [reported],
      language,
      ...(lesson === undefined ? {} : { lesson }),
      ...(author === undefined ? {} : { author }),
    }),
  );
};

/** Throws `ExportError` if the folder cannot be read as a run. */
export async function reportedRun(
  runFolder: string,
  config: ExperimentConfig,
  report: (done: number, total: number) => void,
): Promise<Reported> {
  const history = new RunHistory(runFolder);
  await history.refresh();
  const { run, samples } = history;
  if (run === undefined || 'problem' in run)
    throw new ExportError(
      localizable('{0} cannot be read as a run.', runFolder),
      localizable('Choose another run.'),
    );
  const { record, status } = run;
  const pictures = new Map<number, SamplePicture>();
  const shown = nearestStep(samples, bestScore(history.scores)?.step);
  const steps = Math.max(record.step, samples.at(-1) ?? 0);
  const staged = stagesOf(samples, steps);
  const wanted = new Set([...staged, ...(shown === undefined ? [] : [shown])]);
  for (const step of wanted) {
    const file = await pathInRun(runFolder, RUN_FILES.samples, stepFileName(step, 'png'));
    pictures.set(step, { step, png: await readBounded(file, MAX_SAMPLE_BYTES) });
    report(pictures.size, wanted.size);
  }
  const result = shown === undefined ? undefined : pictures.get(shown);
  const stages = staged.flatMap((step) => pictures.get(step) ?? []);
  return { history, record, status, config, steps, stages, ...(result === undefined ? {} : { result }) };
}

/** Steps of the samples nearest to the stages, each once. */
function stagesOf(samples: readonly number[], steps: number): readonly number[] {
  return [...new Set(STAGES.flatMap((share) => nearestStep(samples, share * steps) ?? []))];
}

/** Undefined for a run of no lesson. */
async function lessonOf(runFolder: string, language: Language): Promise<ReportedLesson | undefined> {
  const place = lessonPlaceOf(runFolder);
  if (place === undefined) return undefined;
  const lesson = (await readLessons()).find(({ id }) => id === place.lesson);
  return lesson === undefined ? undefined : await reportedLesson(lesson, place.courseFolder, language);
}

/** @param courseFolder with the student's copies and answers */
export async function reportedLesson(
  lesson: Lesson,
  courseFolder: string,
  language: Language,
): Promise<ReportedLesson> {
  const text = await lessonText(lesson, language);
  const { lessons } = await readProgress(courseFolder);
  return {
    title: titleOf(text),
    goals: await checkLesson(lesson, join(courseFolder, lesson.id)),
    questions: answeredQuestions(text, lessons[lesson.id] ?? NO_PROGRESS),
  };
}
