/**
 * A lesson: a folder of `course` with its text in each language, the experiments that it trains, and `lesson.json`, which
 * says how it is judged.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { WorkbenchError } from '../shared/errors';
import { EXPERIMENT_EXTENSION } from '../shared/experiment-place';
import { localizable } from '../shared/localizable-text';
import { packageRoot } from '../shared/package-root';
import { readFolder } from '../storage/durable-file';
import { storageError } from '../storage/storage-error';
import type { Goal } from './goals/goal';
import { goalKinds } from './goals/registry';

/** A lesson does not exist, or its files are wrong. */
class CourseError extends WorkbenchError {}

export interface Lesson {
  /** Name of its folder, such as `01-two-networks`. */
  readonly id: string;
  /** Absolute path of its folder in the product. */
  readonly folder: string;
  /** Rounded training time of its experiments on two cores. */
  readonly minutes: number;
  /** Names of its experiments, without extension. */
  readonly experiments: readonly string[];
  readonly goals: readonly Goal[];
}

const LESSON_FILE = 'lesson.json';
/** Laboratory sheets come after the lessons: `lab-1-perceptrons`. */
const LESSON_FOLDER = /^(?:\d\d|lab-\d)-[a-z0-9-]+$/;

const lessonSchema = z.strictObject({
  minutes: z.int().min(1),
  goals: z.array(z.looseObject({ goal: z.string() })).min(1),
});

function readGoal(options: { goal: string }, place: string): Goal {
  const kind = goalKinds.find(({ name }) => name === options.goal);
  if (kind === undefined)
    throw new CourseError(
      `${place}: there is no goal ${JSON.stringify(options.goal)}.`,
      `There are ${goalKinds.map(({ name }) => name).join(', ')}.`,
    );
  return kind.read(options);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw storageError(localizable('read {0}', path), error);
  }
}

async function readLesson(folder: string, id: string): Promise<Lesson> {
  const path = join(folder, LESSON_FILE);
  const { minutes, goals } = lessonSchema.parse(JSON.parse(await readText(path)));
  const experiments = (await readFolder(folder))
    .filter((name) => name.endsWith(EXPERIMENT_EXTENSION))
    .map((name) => name.slice(0, -EXPERIMENT_EXTENSION.length))
    .sort();
  return { id, folder, minutes, experiments, goals: goals.map((goal) => readGoal(goal, path)) };
}

/** All lessons, in order. */
export async function readLessons(course = join(packageRoot(), 'course')): Promise<readonly Lesson[]> {
  const ids = (await readFolder(course)).filter((name) => LESSON_FOLDER.test(name)).sort();
  return await Promise.all(ids.map((id) => readLesson(join(course, id), id)));
}

/** The lesson with this name or number; `lab-1` is enough for a laboratory sheet. Throws `CourseError` if there is none. */
export function lessonNamed(lessons: readonly Lesson[], named: string): Lesson {
  const lesson = lessons.find(
    ({ id }) => id === named || id.startsWith(`${named}-`) || Number(id.slice(0, 2)) === Number(named),
  );
  if (lesson === undefined)
    throw new CourseError(
      localizable('There is no lesson {0}.', JSON.stringify(named)),
      localizable('There are {0}.', lessons.map(({ id }) => id).join(', ')),
    );
  return lesson;
}

/** Languages other than English in which lessons are written, by the beginning of the editor's language. */
const TRANSLATIONS: Readonly<Record<string, string>> = { zh: 'README.zh-cn.md' };

/**
 * The text of a lesson as Markdown.
 *
 * @param language a language tag such as `zh-cn`
 */
export async function lessonText(lesson: Lesson, language: string): Promise<string> {
  return await readText(textFile(lesson, language));
}

/** Absolute path of the text of a lesson. */
export function textFile({ folder }: Lesson, language: string): string {
  return join(folder, TRANSLATIONS[language.split(/[-_]/)[0]?.toLowerCase() ?? ''] ?? 'README.md');
}

/** The first heading of a text. */
export function titleOf(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1]?.trim() ?? '';
}
