/**
 * `npm run course`: does every lesson in the editor as a student does, from the prediction to the last goal, and prints
 * how long each takes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import type { Frame } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { type Lesson, lessonNamed, lessonText, readLessons, titleOf } from '../../../src/course/lesson';
import { COURSE_FOLDER } from '../../../src/course/lesson-folder';
import { EXPERIMENT_EXTENSION } from '../../../src/shared/experiment-place';
import { useFolder, useWorkbench } from '../ui/use-workbench';
import { SOLUTIONS, type Solution } from './solutions';

/** A lesson that takes so long has hung. */
const LESSON_TIMEOUT_MS = 40 * 60_000;
const TRAINING = { timeout: 20 * 60_000, interval: 1000 };

/** `COURSE_LESSONS=3,4` does those only. */
const chosen = process.env.COURSE_LESSONS?.split(',');
const lessons = (await readLessons()).filter(
  ({ id }) => chosen === undefined || chosen.some((name) => id === name || id.startsWith(`${name}-`)),
);

describe('the course', () => {
  const folder = useFolder('gan-course-');
  const workbench = useWorkbench({ workspaceFolder: folder });
  const rows: { readonly lesson: string; readonly seconds: number; readonly goals: string }[] = [];
  let page: Frame;

  /** All experiments are started at once, and train one after the other. */
  async function train(names: readonly string[]): Promise<void> {
    const card = (name: string) => page.locator(`.experiment[data-experiment="${name}"]`);
    const before = await Promise.all(names.map((name) => card(name).locator('.facts').textContent()));
    for (const name of names) await card(name).locator('vscode-button:not([disabled])').click();
    for (const [index, name] of names.entries()) {
      const facts = card(name).locator('.facts');
      await expect.poll(() => facts.textContent(), TRAINING).not.toBe(before[index]);
      await expect
        .poll(() => facts.locator('.status.completed, .status.failed, .status.stopped').count(), TRAINING)
        .toBe(1);
      expect(await facts.locator('.status.completed').count(), `${name}: ${await facts.textContent()}`).toBe(
        1,
      );
    }
  }

  function apply(lesson: Lesson, { experiment, changes }: Solution): void {
    const path = join(folder, COURSE_FOLDER, lesson.id, experiment + EXPERIMENT_EXTENSION);
    writeFileSync(path, JSON.stringify({ ...parse(readFileSync(path, 'utf8')), ...changes }, null, 2));
  }

  async function choose(lesson: string): Promise<void> {
    const title = titleOf(await lessonText(lessonNamed(lessons, lesson), 'en'));
    const chooser = page.getByRole('combobox', { name: 'Lesson' });
    // Beside a dashboard, the page has no room for the list.
    if (await chooser.isVisible()) await chooser.selectOption(lesson);
    else await page.getByRole('button', { name: title }).first().click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  }

  it('opens', async () => {
    await workbench.runCommand('GAN: Open Course');
    page = await workbench.webview('.lesson');
  });

  it.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
    '%s',
    async (id, lesson) => {
      const beginMs = performance.now();
      await choose(id);
      for (const question of await page.getByRole('radiogroup').all())
        await question.getByRole('radio').first().check();
      await train(lesson.experiments);
      const solutions = SOLUTIONS[id.replace(/^\d\d-/, '')] ?? [];
      for (const solution of solutions) apply(lesson, solution);
      if (solutions.length > 0) await train(solutions.map(({ experiment }) => experiment));
      const seconds = Math.round((performance.now() - beginMs) / 1000);
      await workbench.screenshot(`course-${id}`);
      await expect
        .poll(async () => (await page.locator('.goal:not(.met)').allTextContents()).join('\n'))
        .toBe('');
      const goals = `${await page.locator('.goal.met').count()} of ${lesson.goals.length}`;
      rows.push({ lesson: id, seconds, goals });
      expect(goals).toBe(`${lesson.goals.length} of ${lesson.goals.length}`);
    },
    LESSON_TIMEOUT_MS,
  );

  afterAll(() => console.table(rows));
});
