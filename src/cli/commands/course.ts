/** `gan course`: lists the lessons, copies the experiments of one, checks whether its goals are met, and reports on it. */
import { join, relative, resolve } from 'node:path';
import { checkLesson } from '../../course/check';
import { type Lesson, lessonNamed, lessonText, readLessons, textFile, titleOf } from '../../course/lesson';
import { COURSE_FOLDER, copyExperiments } from '../../course/lesson-folder';
import { writeLessonReport } from '../../export/lesson-report';
import { EXPERIMENT_EXTENSION } from '../../shared/experiment-place';
import { formatText } from '../../shared/localizable-text';
import { padStartTo } from '../../shared/text-width';
import type { GanCommand } from '../command';
import { EXIT } from '../command';
import type { Output } from '../output';
import { spokenLanguage, t } from '../texts';

const MARKS = { met: '✓', unmet: '✗', waiting: '…' } as const;

interface ReportOptions {
  readonly out?: string;
  readonly author?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export const course: GanCommand = {
  name: 'course',
  define(command, { output }) {
    command.description(t('Learn about GANs: lessons with experiments, and checks of their goals.'));
    command
      .command('list', { isDefault: true })
      .description(t('List the lessons.'))
      .option('--json', t('print one JSON object per line'))
      .action(async (options: { json?: boolean }) => {
        output.json = options.json === true;
        await list(await readLessons(), output);
      });
    command
      .command('start')
      .description(t('Copy the experiments of a lesson into {0}, where they can be changed.', COURSE_FOLDER))
      .argument('<lesson>', t('number or name of the lesson'))
      .argument('[folder]', t('where {0} is', COURSE_FOLDER), '.')
      .action(async (named: string, folder: string) => {
        const lesson = lessonNamed(await readLessons(), named);
        const copy = join(resolve(folder), COURSE_FOLDER, lesson.id);
        await copyExperiments(lesson, copy);
        output.say(t('Read {0}, then train:', textFile(lesson, spokenLanguage())));
        for (const name of lesson.experiments)
          output.say(`  gan train ${relative('.', join(copy, name + EXPERIMENT_EXTENSION))}`);
        output.say(t('and check: {0}', `gan course check ${lesson.id}`));
      });
    command
      .command('check')
      .description(t('Check the goals of one lesson, or of all that have been started.'))
      .argument('[lesson]', t('number or name of the lesson'))
      .argument('[folder]', t('where {0} is', COURSE_FOLDER), '.')
      .option('--json', t('print one JSON object per line'))
      .action(async (named: string | undefined, folder: string, options: { json?: boolean }) => {
        output.json = options.json === true;
        const lessons = await readLessons();
        const chosen = named === undefined ? lessons : [lessonNamed(lessons, named)];
        await check(chosen, join(resolve(folder), COURSE_FOLDER), named !== undefined, output);
      });
    command
      .command('report')
      .description(t('Write a report of a lesson to hand in: answers, goals, and the newest runs.'))
      .argument('<lesson>', t('number or name of the lesson'))
      .argument('[folder]', t('where {0} is', COURSE_FOLDER), '.')
      .option('--out <file>', t('.html file to write (default: named after the lesson)'))
      .option('--author <name>', t('name of who hands in a report'))
      .option('--force', t('replace existing files'))
      .option('--json', t('print one JSON object per line'))
      .action(async (named: string, folder: string, options: ReportOptions) => {
        output.json = options.json === true;
        const lesson = lessonNamed(await readLessons(), named);
        const path = resolve(options.out ?? `${lesson.id}.html`);
        await writeLessonReport({
          lesson,
          courseFolder: join(resolve(folder), COURSE_FOLDER),
          path,
          replaces: options.force === true,
          language: spokenLanguage(),
          ...(options.author === undefined ? {} : { author: options.author }),
        });
        output.emit({ type: 'export', format: 'report', file: path });
        output.say(t('Saved {0}', path));
      });
  },
};

async function list(lessons: readonly Lesson[], output: Output): Promise<void> {
  for (const lesson of lessons) {
    const title = titleOf(await lessonText(lesson, spokenLanguage()));
    output.emit({
      lesson: lesson.id,
      title,
      minutes: lesson.minutes,
      text: textFile(lesson, spokenLanguage()),
    });
    output.say(`${lesson.id.padEnd(28)} ${padStartTo(t('{0} min', lesson.minutes), 6)}  ${title}`);
  }
  output.say(
    t(
      '`gan course start LESSON` copies its experiments; the pages are nicer in the editor: GAN: Open Course.',
    ),
  );
}

/** Sets the exit status to `failed` unless all goals of the lessons are met. */
async function check(
  lessons: readonly Lesson[],
  folder: string,
  isNamed: boolean,
  output: Output,
): Promise<void> {
  let isFailed = false;
  for (const lesson of lessons) {
    const goals = await checkLesson(lesson, join(folder, lesson.id));
    if (!isNamed && goals.every(({ isStarted }) => !isStarted)) continue;
    output.say(lesson.id);
    for (const { title, state, found } of goals) {
      output.emit({ lesson: lesson.id, goal: formatText(title), state, found: formatText(found) });
      output.say(`  ${MARKS[state]} ${t('{0}. {1}', title, found)}`);
      if (state !== 'met') isFailed = true;
    }
  }
  if (isFailed) process.exitCode = EXIT.failed;
}
