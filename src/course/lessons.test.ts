/** Every lesson of the course: both languages ask the same, and what they name exists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { loadExperiment } from '../config/load';
import { rules } from '../diagnostics/registry';
import { EXPERIMENT_EXTENSION } from '../shared/experiment-place';
import { formatText } from '../shared/localizable-text';
import { lessonNamed, lessonText, readLessons, textFile, titleOf } from './lesson';

const lessons = await readLessons();
const LANGUAGES = ['en', 'zh-cn'];
/** Of a lesson, or of a laboratory sheet. */
const TITLE = /^(?:Lab |实验 )?\d+\. /;
const COURSE = join(__dirname, '../../course');

const FORMULA = /\$\$[^$]+\$\$|\$[^$]+\$/g;
const TAG = /<\/?(?:details|summary)>/g;

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** What the page makes of a text, in numbers that both languages have in common. */
function shapeOf(text: string) {
  return {
    choices: text.split('\n\n').flatMap((part) => (/^- \[ \]/.test(part) ? [count(part, /^- \[ \]/gm)] : [])),
    questions: count(text, /^✎ /gm),
    hidden: count(text, /^<details>$/gm),
    experiments: [...text.matchAll(/\]\(([\w-]+)\.gan\.json\)/g)].map(([, name]) => name),
    pictures: [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, name]) => name),
    formulas: count(text, /^\$\$$/gm),
    headings: count(text, /^##+ /gm),
  };
}

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('%s', (id, lesson) => {
  it('asks the same in both languages', async () => {
    const [english, chinese] = await Promise.all(LANGUAGES.map((one) => lessonText(lesson, one)));
    expect(shapeOf(chinese ?? '')).toEqual(shapeOf(english ?? ''));
    expect(chinese).not.toBe(english);
  });

  it.each(LANGUAGES)(
    'has a numbered title, a prediction, a question and a hidden answer (%s)',
    async (one) => {
      const text = await lessonText(lesson, one);
      const { choices, questions, hidden } = shapeOf(text);
      expect(titleOf(text)).toMatch(TITLE);
      expect(Number(/\d+/.exec(titleOf(text))?.[0])).toBe(Number(/\d+/.exec(id)?.[0]));
      for (const number of [choices.length, questions, hidden]) expect(number).toBeGreaterThan(0);
      for (const number of choices) expect(number).toBeGreaterThan(1);
      expect(count(text, /<\/?(?!details|summary)\w+/g), 'other tags').toBe(0);
    },
  );

  it.each(LANGUAGES)('is Markdown throughout (%s)', async (one) => {
    const text = (await lessonText(lesson, one)).replaceAll(FORMULA, 'x').replaceAll(TAG, '');
    const words = new MarkdownIt().render(text).replaceAll(/<code[\s\S]*?<\/code>|<[^>]+>/g, '');
    // Emphasis that ends in punctuation is none where a Chinese word follows at once.
    expect(words.match(/.{0,20}[*`].{0,20}/g) ?? []).toEqual([]);
  });

  it.each(LANGUAGES)('links to what exists (%s)', async (one) => {
    const file = textFile(lesson, one);
    const links = [...readFileSync(file, 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    const local = links.filter((link) => !/^https:/.test(link));
    expect(local.filter((link) => !existsSync(join(dirname(file), link)))).toEqual([]);
    // Links lead to the same language.
    const texts = local.filter((link) => link.endsWith('.md')).map((link) => basename(link));
    expect(texts.filter((name) => name !== basename(file))).toEqual([]);
  });

  it('trains experiments that exist and are valid, and offers each of them', async () => {
    for (const name of lesson.experiments)
      await expect(loadExperiment(join(lesson.folder, name + EXPERIMENT_EXTENSION))).resolves.toBeDefined();
    const offered = new Set(shapeOf(await lessonText(lesson, 'en')).experiments);
    expect([...offered].sort()).toEqual([...lesson.experiments]);
  });

  it('has goals about its own experiments, and rules that exist', () => {
    const names = lesson.goals.flatMap(({ experiments }) => experiments);
    expect(names.filter((name) => !lesson.experiments.includes(name))).toEqual([]);
    const goals: { goals: { rule?: string }[] } = JSON.parse(
      readFileSync(join(lesson.folder, 'lesson.json'), 'utf8'),
    );
    const named = goals.goals.flatMap(({ rule }) => rule ?? []);
    expect(named.filter((rule) => !rules.some(({ name }) => name === rule))).toEqual([]);
    for (const { title } of lesson.goals) expect(formatText(title)).not.toMatch(/\{\d\}/);
  });
});

it.each([
  ['README.md', 'en'],
  ['README.zh-cn.md', 'zh-cn'],
])('lists the lessons in order in %s', async (file, language) => {
  const listed = [...readFileSync(join(COURSE, file), 'utf8').matchAll(/^\d+\. \[(.+)\]\((.+)\)$/gm)];
  const titles = await Promise.all(lessons.map(async (one) => titleOf(await lessonText(one, language))));
  expect(listed.map(([, title]) => title)).toEqual(titles.map((title) => title.replace(TITLE, '')));
  expect(listed.map(([, , link]) => link)).toEqual(
    lessons.map((lesson) => `${lesson.id}/${basename(textFile(lesson, language))}`),
  );
});

it.each([/^\d\d-/, /^lab-\d-/])('numbers %s without gaps', (pattern) => {
  const folders = readdirSync(COURSE)
    .filter((name) => pattern.test(name))
    .sort();
  expect(folders.map((name) => Number(/\d+/.exec(name)?.[0]))).toEqual(folders.map((_, index) => index + 1));
  expect(lessons.map(({ id }) => id).filter((id) => pattern.test(id))).toEqual(folders);
});

it('finds a lesson by number or name', () => {
  const first = lessons[0]?.id ?? '';
  expect(lessonNamed(lessons, '1').id).toBe(first);
  expect(lessonNamed(lessons, first).id).toBe(first);
  expect(lessonNamed(lessons, 'lab-1').id).toMatch(/^lab-1-/);
  expect(() => lessonNamed(lessons, 'cats')).toThrow('There is no lesson "cats".');
});
