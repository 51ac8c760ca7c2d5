/**
 * The course: lessons whose experiments are trained from the page, beside their text. The student's copies and runs are
 * in a folder of the workspace; the page shows what is there.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { commands, env, l10n, Uri, type WebviewPanel, window, workspace } from 'vscode';
import { checkGoals } from '../../course/check';
import type { LessonRuns } from '../../course/goals/goal';
import { type Lesson, lessonNamed, lessonText, readLessons, titleOf } from '../../course/lesson';
import { COURSE_FOLDER, copyExperiments, LessonRunsReader } from '../../course/lesson-folder';
import { NO_PROGRESS, readProgress, writeProgress } from '../../course/progress';
import { newestSample } from '../../runs/newest-sample';
import type { FromCoursePage, ShownExperiment, ToCoursePage } from '../../shared/course-protocol';
import { EXPERIMENT_EXTENSION } from '../../shared/experiment-place';
import { isLive } from '../../shared/run-format';
import { BESIDE } from '../dashboard/show-dashboard';
import type { Services } from '../host';
import { isWritingAllowed } from '../is-writing-allowed';
import { showFailure } from '../offer';
import { offerFolder } from '../offer-folder';
import type { GroupedPage, PageDefinition } from '../pages/page-group';
import { type Page, PagePanel } from '../pages/page-panel';
import { COMMANDS } from '../registry';
import { reportLesson } from './lesson-report';
import { coursePageMessage, lessonInState } from './page-messages';

/** Between two looks at the runs while the page is visible. */
const LOOK_INTERVAL_MS = 1000;

const PAGE: Page<FromCoursePage> = { bundle: 'course', title: 'GAN Course', schema: coursePageMessage };

/** There is a single page, which shows one lesson at a time. */
interface CourseTarget {
  /** Name of a lesson; the first one that is not done if omitted. */
  readonly lesson?: string;
}

export function coursePage(services: Services): PageDefinition<CourseTarget, CoursePanel> {
  return {
    keyOf: () => 'course',
    targetIn: (state) => {
      const lesson = lessonInState(state);
      return lesson === undefined ? {} : { lesson };
    },
    titleOf: () => l10n.t('GAN Course'),
    open: (panel, target) => new CoursePanel(panel, services, target),
  };
}

/** Where the student's copies are; undefined without an open folder. */
function courseFolder(): string | undefined {
  const folder = workspace.workspaceFolders?.[0];
  return folder === undefined ? undefined : join(folder.uri.fsPath, COURSE_FOLDER);
}

class CoursePanel implements GroupedPage {
  readonly #host: Services;
  readonly page: PagePanel<ToCoursePage, FromCoursePage>;
  #lessons: readonly Lesson[] = [];
  #lesson: Lesson | undefined;
  #wanted: string | undefined;
  readonly #readers = new Map<string, LessonRunsReader>();
  /** By experiment, the version of the sample that the page has. */
  readonly #sentSamples = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  /** Changes of the file of progress, one after the other. */
  #writing: Promise<void> = Promise.resolve();

  constructor(panel: WebviewPanel, host: Services, { lesson }: CourseTarget) {
    this.#host = host;
    this.#wanted = lesson;
    host.training.events.on('changed', this.#lookSoon);
    this.page = new PagePanel(panel, host.extensionUri, PAGE, {
      onMessage: (message) => this.#act(message),
      onProblem: (problem) => showFailure(host, problem),
      onDispose: () => {
        host.training.events.off('changed', this.#lookSoon);
        clearTimeout(this.#timer);
        this.#timer = undefined;
      },
    });
    this.page.onDidChangeVisibility(this.#lookSoon);
  }

  async #act(message: FromCoursePage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.page.restart();
        await this.#begin();
        break;
      case 'open':
        await this.#open(lessonNamed(this.#lessons, message.lesson));
        break;
      case 'predict':
        await this.#progress((lesson) =>
          writeProgress(this.#requiredFolder(), lesson.id, (before) => ({
            ...before,
            predictions: { ...before.predictions, [message.question]: message.choice },
          })),
        );
        break;
      case 'answer':
        await this.#progress((lesson) =>
          writeProgress(this.#requiredFolder(), lesson.id, (before) => ({
            ...before,
            answers: { ...before.answers, [message.question]: message.text },
          })),
        );
        break;
      case 'start':
        await this.#withExperiment(message.experiment, (file) =>
          commands.executeCommand(COMMANDS.startTraining, file),
        );
        break;
      case 'edit':
        await this.#withExperiment(message.experiment, (file) =>
          window.showTextDocument(file, { preview: false }),
        );
        break;
      case 'openRun':
        await commands.executeCommand(COMMANDS.openDashboard, message.folder, BESIDE);
        break;
      case 'compare':
        await this.#compare(message.experiments);
        break;
      case 'report':
        await this.#report();
        break;
      case 'picture':
        await this.#sendPicture(message.name);
        break;
    }
  }

  async #begin(): Promise<void> {
    this.#lessons = await readLessons(join(this.#host.extensionUri.fsPath, 'course'));
    const isDone = await this.#sendLessons();
    const first = this.#lessons.find(({ id }) => !isDone.has(id)) ?? this.#lessons[0];
    const kept = this.#lessons.find(({ id }) => id === (this.#lesson?.id ?? this.#wanted));
    const lesson = kept ?? first;
    if (lesson !== undefined) await this.#open(lesson);
  }

  async #open(lesson: Lesson): Promise<void> {
    this.#lesson = lesson;
    this.#sentSamples.clear();
    const folder = courseFolder();
    const progress = folder === undefined ? undefined : (await readProgress(folder)).lessons[lesson.id];
    const text = await lessonText(lesson, env.language);
    this.page.post({ type: 'lesson', id: lesson.id, text, ...(progress ?? NO_PROGRESS) });
    await this.#look();
  }

  /** Sends the list of lessons and returns the ids of those that are done. */
  async #sendLessons(): Promise<ReadonlySet<string>> {
    const done = new Set<string>();
    const lessons = [];
    for (const lesson of this.#lessons) {
      const goals = checkGoals(lesson, await this.#runsOf(lesson));
      const isDone = goals.every(({ state }) => state === 'met');
      if (isDone) done.add(lesson.id);
      const { id, minutes } = lesson;
      lessons.push({ id, minutes, isDone, title: titleOf(await lessonText(lesson, env.language)) });
    }
    this.page.post({ type: 'lessons', lessons });
    return done;
  }

  async #runsOf(lesson: Lesson): Promise<LessonRuns> {
    const folder = courseFolder();
    if (folder === undefined) return new Map();
    const reader = this.#readers.get(lesson.id) ?? new LessonRunsReader(join(folder, lesson.id));
    this.#readers.set(lesson.id, reader);
    return await reader.read();
  }

  readonly #lookSoon = (): void => {
    if (this.page.isDisposed || !this.page.isVisible || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#look().catch((error: unknown) => showFailure(this.#host, error));
    }, LOOK_INTERVAL_MS);
  };

  /** Sends the state of the lesson's runs, and again after a while as long as one of them is training. */
  async #look(): Promise<void> {
    const lesson = this.#lesson;
    if (lesson === undefined || this.#isLooking) return;
    this.#isLooking = true;
    try {
      const runs = await this.#runsOf(lesson);
      if (lesson !== this.#lesson) return;
      const experiments = lesson.experiments.map((name) => this.#shown(lesson, name, runs));
      const goals = checkGoals(lesson, runs).map(({ title, state, found }) => ({ title, state, found }));
      this.page.post({ type: 'runs', id: lesson.id, experiments, goals });
      await this.#sendSamples(experiments);
      if (experiments.some(({ run, isQueued }) => isQueued || (run !== undefined && isLive(run.status))))
        this.#lookSoon();
      else await this.#sendLessons();
    } finally {
      this.#isLooking = false;
    }
  }

  #shown(lesson: Lesson, name: string, runs: LessonRuns): ShownExperiment {
    const folder = courseFolder();
    const file = folder === undefined ? undefined : join(folder, lesson.id, name + EXPERIMENT_EXTENSION);
    const isQueued = this.#host.training.jobs.some(
      ({ request, runFolder }) =>
        request.type === 'start' && request.experimentFile === file && runFolder === undefined,
    );
    const newest = runs.get(name)?.[0];
    if (newest === undefined) return { name, isQueued };
    const { folder: runFolder, status, step, totalSteps } = newest;
    return { name, isQueued, run: { folder: runFolder, status, step, totalSteps } };
  }

  async #sendSamples(experiments: readonly ShownExperiment[]): Promise<void> {
    for (const { name, run } of experiments) {
      const sample = run === undefined ? undefined : await newestSample(run.folder);
      if (run === undefined || sample === undefined) continue;
      const version = `${run.folder} ${sample.version}`;
      if (this.#sentSamples.get(name) === version) continue;
      this.#sentSamples.set(name, version);
      const png = await readFile(sample.file).catch(() => undefined);
      if (png !== undefined)
        this.page.post({ type: 'sample', experiment: name, step: sample.step, png: new Uint8Array(png) });
    }
  }

  /** Changes are made one after the other, since each rewrites the file. */
  async #progress(change: (lesson: Lesson) => Promise<void>): Promise<void> {
    const lesson = this.#lesson;
    if (lesson === undefined) return;
    if (courseFolder() === undefined) await offerFolder();
    else if (await isWritingAllowed()) {
      this.#writing = this.#writing.catch(() => undefined).then(() => change(lesson));
      await this.#writing;
    }
  }

  #requiredFolder(): string {
    const folder = courseFolder();
    if (folder === undefined) throw new Error('no folder is open');
    return folder;
  }

  async #withExperiment(name: string, act: (file: Uri) => Thenable<unknown>): Promise<void> {
    const [lesson, folder] = [this.#lesson, courseFolder()];
    if (lesson === undefined || !lesson.experiments.includes(name)) return;
    if (folder === undefined) {
      await offerFolder();
      return;
    }
    if (!(await isWritingAllowed())) return;
    const copy = join(folder, lesson.id);
    await copyExperiments(lesson, copy);
    await act(Uri.file(join(copy, name + EXPERIMENT_EXTENSION)));
    this.#lookSoon();
  }

  async #compare(names: readonly string[]): Promise<void> {
    if (this.#lesson === undefined) return;
    const runs = await this.#runsOf(this.#lesson);
    const folders = names.flatMap((name) => runs.get(name)?.[0]?.folder ?? []);
    if (folders.length > 1) await commands.executeCommand(COMMANDS.compareRuns, folders[0], folders);
  }

  async #report(): Promise<void> {
    const [lesson, folder] = [this.#lesson, courseFolder()];
    if (lesson === undefined || folder === undefined || !(await isWritingAllowed())) return;
    // An answer that is still being typed is saved when its field loses the focus.
    await this.#writing;
    const title = titleOf(await lessonText(lesson, env.language));
    await reportLesson(this.#host, { id: lesson.id, title }, folder);
  }

  async #sendPicture(name: string): Promise<void> {
    if (this.#lesson === undefined || basename(name) !== name) return;
    const bytes = await readFile(join(this.#lesson.folder, name));
    this.page.post({ type: 'picture', name, bytes: new Uint8Array(bytes) });
  }
}
