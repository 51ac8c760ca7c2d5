import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { lessonNamed, readLessons } from './lesson';
import { COURSE_FOLDER, copyExperiments } from './lesson-folder';
import { PROGRESS_FILE, readProgress, writeProgress } from './progress';

const folder = mkdtempSync(join(tmpdir(), 'gan-course-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('copies experiments, and leaves alone what the student has changed', async () => {
  const lesson = lessonNamed(await readLessons(), '1');
  const copy = join(folder, COURSE_FOLDER, lesson.id);
  await copyExperiments(lesson, copy);
  const [first = ''] = lesson.experiments.map((name) => join(copy, `${name}.gan.json`));
  expect(existsSync(first)).toBe(true);
  writeFileSync(first, 'mine');
  await copyExperiments(lesson, copy);
  expect(readFileSync(first, 'utf8')).toBe('mine');
});

it('keeps the progress of each lesson, and refuses a damaged file', async () => {
  const course = join(folder, 'progress');
  expect((await readProgress(course)).lessons).toEqual({});
  await writeProgress(course, '01-a', (before) => ({ ...before, predictions: { 0: 2 } }));
  await writeProgress(course, '02-b', (before) => ({ ...before, answers: { 0: 'Why?' } }));
  await writeProgress(course, '01-a', (before) => ({ ...before, answers: { 1: 'So.' } }));
  expect((await readProgress(course)).lessons).toEqual({
    '01-a': { predictions: { 0: 2 }, answers: { 1: 'So.' } },
    '02-b': { predictions: {}, answers: { 0: 'Why?' } },
  });
  writeFileSync(join(course, PROGRESS_FILE), '{');
  await expect(writeProgress(course, '01-a', (before) => before)).rejects.toThrow('not valid JSON');
  expect(readFileSync(join(course, PROGRESS_FILE), 'utf8')).toBe('{');
});
