import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { toldRun } from '../../../test/support/told-run';
import { readLessons } from '../../course/lesson';
import { COURSE_FOLDER } from '../../course/lesson-folder';
import { writeProgress } from '../../course/progress';
import { OccupiedError } from '../../storage/placed-output';
import { exportRun, type RunExport } from '../export-run';
import { writeLessonReport } from '../lesson-report';

async function report(options: Partial<RunExport> = {}, folder?: string): Promise<string> {
  const place = folder ?? (await temporaryFolder());
  const path = join(place, 'report.html');
  const runFolder = await toldRun(place);
  await exportRun({ runFolder, format: 'report', path, replaces: false, ...options });
  return await readFile(path, 'utf8');
}

const LESSON = '01-two-networks';

/** A student's copy of the first lesson, with a prediction and an answer. */
async function lessonFolder(): Promise<{ readonly courseFolder: string; readonly copy: string }> {
  const courseFolder = join(await temporaryFolder(), COURSE_FOLDER);
  const copy = join(courseFolder, LESSON);
  await mkdir(copy, { recursive: true });
  await writeProgress(courseFolder, LESSON, () => ({
    predictions: { 0: 1 },
    answers: { 0: 'Towards the <ring>.\nThey followed.' },
  }));
  return { courseFolder, copy };
}

it('tells the result, the scores and their protocols, the findings, the configuration and the origin', async () => {
  const page = await report();
  expect(page).toContain('Best FID: 20.5 at step 3');
  expect(page).toContain('onnx, 1 thread<');
  expect(page).toMatch(/<table class="scores">/);
  expect(page).toContain('<td>9 samples, &quot;random&quot; features</td>');
  expect(page).toContain('Samples are &lt;alike&gt; &amp; few.');
  expect(page).toContain('<span>data.source</span><code>points2d</code>');
  expect(page).toMatch(/<th>GAN Workbench<\/th><td>0<\/td>/);
  expect(page).toContain('<td>0123456789ab on branch main, with uncommitted changes</td>');
  expect(page).toContain('<dt>Licence of the data</dt><dd>not stated</dd>');
});

it('has the charts of the dashboard with their explanations', async () => {
  const page = await report();
  const titles = [...page.matchAll(/<h3>([^<]+)<\/h3>/g)].map(([, title]) => title);
  expect(titles).toEqual([
    'In the course of training',
    'Loss',
    'Discriminator output',
    'FID',
    'Gradient norm',
    'R1 penalty',
  ]);
  expect(page).toContain('The two compete, so neither loss measures image quality.');
  expect(page).not.toContain('NaN');
});

it('loads nothing from elsewhere', async () => {
  const page = await report();
  expect(page.match(/(?:src|href)="(?!data:)[^"]*"/g)).toBeNull();
  expect(page).not.toMatch(/<script|@import|url\(/);
});

it('has samples of 0, 25, 50, 75 and 100 % of the training, as far as there are any', async () => {
  const page = await report();
  const captions = [...page.matchAll(/<figcaption class="caption">([^<]+)</g)].map(([, text]) => text);
  expect(captions).toEqual(['Step 3', '0 %, step 0', '67 %, step 2', '100 %, step 3']);
});

it('has the goals and the answers of the lesson that the run belongs to, and a name', async () => {
  const { copy } = await lessonFolder();
  const page = await report({ author: 'Li <Lei>' }, copy);
  expect(page).toContain('<h1>1. Two networks and a game</h1>\n<p class="author">Li &lt;Lei&gt;</p>');
  expect(page).toMatch(/<li class="chosen">[^<]+<\/li>/);
  expect(page.match(/class="chosen"/g)).toHaveLength(1);
  expect(page).toContain('<p class="answer">Towards the &lt;ring&gt;.\nThey followed.</p>');
  expect(page).toContain('Train ring to its end');
  expect(page.match(/<article class="run">/g)).toHaveLength(1);
});

it('is in the language that is asked for', async () => {
  const { copy } = await lessonFolder();
  const page = await report({ language: 'zh-cn' }, copy);
  expect(page).toContain('<html lang="zh-cn">');
  expect(page).toContain('<h1>1. 两个网络，一场博弈</h1>');
  const body = page.slice(page.indexOf('<body>'));
  const headings = [...body.matchAll(/<(h2|h3|dt)>([^<]+)</g)].map(([, , text = '']) => text);
  expect(headings.filter((text) => !/\p{Script=Han}|^FID$/u.test(text))).toEqual([]);
  expect(body).toContain('67%，第 2 步');
});

it('of a lesson has the newest run of each of its experiments', async () => {
  const { courseFolder, copy } = await lessonFolder();
  const [lesson] = await readLessons();
  if (lesson === undefined) throw new Error('there is no lesson');
  const path = join(courseFolder, 'report.html');
  const asked = {
    lesson: { ...lesson, experiments: ['toy'] },
    courseFolder,
    path,
    replaces: false,
    language: 'en',
  } as const;
  await expect(writeLessonReport(asked)).rejects.toThrow(`No experiment of ${LESSON} has been trained`);
  await toldRun(copy);
  await toldRun(copy);
  await writeLessonReport(asked);
  const page = await readFile(path, 'utf8');
  expect(page.match(/<article class="run">/g)).toHaveLength(1);
  expect(page).toContain('00002-toy');
  await expect(writeLessonReport(asked)).rejects.toBeInstanceOf(OccupiedError);
});
